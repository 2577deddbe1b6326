#include "live/account.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/when.h"
#include "live/secret.h"
#include "live/state_file.h"

enum { BYTES_MOST = 1 << 20, LINES_MOST = 1000 };

static void
line_fini(struct account_line *l)
{
	free(l->text);
	l->text = NULL;
}

static void
put_in(struct account *a, size_t i, struct account_line line)
{
	VEC_ROOM(a->v, a->n, a->cap);
	memmove(a->v + i + 1, a->v + i, (a->n - i) * sizeof *a->v);
	a->v[i] = line;
	a->n++;
}

static void
take_out(struct account *a, size_t i)
{
	memmove(a->v + i, a->v + i + 1, (a->n - i - 1) * sizeof *a->v);
	a->n--;
}

/* "2026-07-16T13:00:00Z m text": what is no such line is passed over. */
static void
read_line(struct account *a, char *line)
{
	char *precision = strchr(line, ' '), *text = precision ? strchr(precision + 1, ' ') : NULL;
	struct account_line l = { 0 };
	struct buf clean = { 0 };

	if (text == NULL || a->n == LINES_MOST)
		return;
	*precision++ = '\0';
	*text++ = '\0';
	text_clean(&clean, text, strlen(text), TEXT_LINE);
	if (time_parse(line, &l.at_ns) && clean.len > 0) {
		l.minute = precision[0] == 'm';
		l.text = buf_take(&clean);
		put_in(a, a->n, l);
	}
	buf_fini(&clean);
}

static bool
read_all(struct account *a, struct err *e)
{
	int fd = open(a->path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;
	char *bytes, *save = NULL;
	ssize_t n = 0, got = 0;

	if (fd < 0)
		return errno == ENOENT ||
		       err_set(e, ERR_STORE, "%s cannot be read: %s: nothing was changed", a->path,
			   strerror(errno));
	bytes = mem_zero(BYTES_MOST + 1, 1);
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid())
		while (n < BYTES_MOST && (got = read(fd, bytes + n, (size_t)(BYTES_MOST - n))) > 0)
			n += got;
	close(fd);
	for (char *line = strtok_r(bytes, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save))
		read_line(a, line);
	free(bytes);
	return true;
}

struct account *
account_open(const char *secret, struct id debrief, struct err *e)
{
	struct account *a = mem_zero(1, sizeof *a);
	char name[OWNER_LETTERS + 1];

	secret_owner(secret, debrief, name);
	a->path = state_file_path("accounts", name, e);
	if (a->path != NULL && read_all(a, e))
		return a;
	account_free(a);
	return NULL;
}

void
account_free(struct account *a)
{
	if (a == NULL)
		return;
	for (size_t i = 0; i < a->n; i++)
		line_fini(&a->v[i]);
	free(a->v);
	free(a->path);
	free(a);
}

static bool
write_whole(int fd, const struct buf *b)
{
	size_t done = 0;

	while (done < b->len) {
		ssize_t put = write(fd, b->data + done, b->len - done);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		done += (size_t)put;
	}
	return fsync(fd) == 0;
}

/* Beside it, then in its place. */
static bool
save(const struct account *a, struct err *e)
{
	char *beside = mem_fmt("%s.new", a->path), when[TIME_TEXT];
	struct buf b = { 0 };
	bool good;
	int fd;

	for (size_t i = 0; i < a->n; i++)
		buf_addf(&b, "%s %s %s\n", time_text(a->v[i].at_ns, when),
		    a->v[i].minute ? "m" : "s", a->v[i].text);
	unlink(beside);
	fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	good = fd >= 0 && write_whole(fd, &b);
	good = (fd < 0 || close(fd) == 0) && good && rename(beside, a->path) == 0;
	if (!good)
		err_set(e, ERR_STORE, "%s cannot be written: %s: your account is as it was",
		    a->path, strerror(errno));
	buf_fini(&b);
	free(beside);
	return good;
}

bool
account_add(struct account *a, int64_t at_ns, bool minute, const char *text, struct err *e)
{
	struct account_line line = { .at_ns = at_ns, .minute = minute };
	struct buf clean = { 0 };
	size_t i = a->n;

	text_clean(&clean, text, strlen(text), TEXT_LINE);
	if (a->n == LINES_MOST || clean.len == 0) {
		buf_fini(&clean);
		return err_set(e, ERR_REFUSED, a->n == LINES_MOST
			? "that is more than an account holds: nothing was added: release some"
			: "there are no words in it: nothing was added");
	}
	line.text = buf_take(&clean);
	while (i > 0 && a->v[i - 1].at_ns > at_ns)
		i--;
	put_in(a, i, line);
	if (save(a, e))
		return true;
	take_out(a, i);
	line_fini(&line);
	return false;
}

bool
account_drop(struct account *a, size_t i, struct err *e)
{
	struct account_line line = a->v[i];

	take_out(a, i);
	if (!save(a, e)) {
		put_in(a, i, line);
		return false;
	}
	line_fini(&line);
	return true;
}
