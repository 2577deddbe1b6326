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
cannot_read(const struct account *a, const char *why, struct err *e)
{
	return err_set(e, ERR_STORE, "%s cannot be read: %s: nothing was changed", a->path, why);
}

/* All of it or nothing: what is not read here would be gone with the next line. */
static bool
read_bytes(const struct account *a, int fd, char *bytes, struct err *e)
{
	struct stat st;
	ssize_t got;
	size_t n = 0;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_uid != geteuid())
		return cannot_read(a, "it is no file of yours", e);
	while (n <= BYTES_MOST && (got = read(fd, bytes + n, BYTES_MOST + 1 - n)) != 0) {
		if (got > 0)
			n += (size_t)got;
		else if (errno != EINTR)
			return cannot_read(a, strerror(errno), e);
	}
	return n <= BYTES_MOST || cannot_read(a, "it is longer than any account", e);
}

static void
forget(struct account *a)
{
	for (size_t i = 0; i < a->n; i++)
		line_fini(&a->v[i]);
	a->n = 0;
}

/* Also what another screen of the same person has put there since. */
static bool
read_all(struct account *a, struct err *e)
{
	int fd = open(a->path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	char *bytes, *save = NULL;
	bool good;

	if (fd < 0 && errno != ENOENT)
		return cannot_read(a, strerror(errno), e);
	bytes = mem_zero(BYTES_MOST + 2, 1);
	good = fd < 0 || read_bytes(a, fd, bytes, e);
	if (fd >= 0)
		close(fd);
	if (good)
		forget(a);
	for (char *line = good ? strtok_r(bytes, "\n", &save) : NULL; line != NULL;
	     line = strtok_r(NULL, "\n", &save))
		read_line(a, line);
	free(bytes);
	return good;
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
	forget(a);
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

char *
account_key(const struct account_line *l)
{
	char when[TIME_TEXT];

	return mem_fmt("%s %s %s", time_text(l->at_ns, when), l->minute ? "m" : "s", l->text);
}

/* Beside it, then in its place. */
static bool
save(const struct account *a, struct err *e)
{
	char *beside = mem_fmt("%s.new", a->path);
	struct buf b = { 0 };
	bool good;
	int fd;

	for (size_t i = 0; i < a->n; i++) {
		char *line = account_key(&a->v[i]);
		buf_addf(&b, "%s\n", line);
		free(line);
	}
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

static bool
add_line(struct account *a, struct account_line line, struct err *e)
{
	size_t i;

	if (!read_all(a, e))
		return false;
	if (a->n == LINES_MOST)
		return err_set(e, ERR_REFUSED,
		    "that is more than an account holds: nothing was added: release some");
	for (i = a->n; i > 0 && a->v[i - 1].at_ns > line.at_ns;)
		i--;
	put_in(a, i, line);
	if (save(a, e))
		return true;
	take_out(a, i);
	return false;
}

bool
account_add(struct account *a, int64_t at_ns, bool minute, const char *text, struct err *e)
{
	struct account_line line = { .at_ns = at_ns, .minute = minute };
	struct buf clean = { 0 };
	bool good;
	int lock;

	text_clean(&clean, text, strlen(text), TEXT_LINE);
	good = clean.len > 0 ? text_ok(clean.data, clean.len, TEXT_LINE, e)
			     : err_set(e, ERR_REFUSED, "there are no words in it: nothing was added");
	line.text = buf_take(&clean);
	if (good) {
		lock = state_file_lock(a->path);
		good = add_line(a, line, e);
		state_file_unlock(lock);
	}
	if (!good)
		line_fini(&line);
	return good;
}

static bool
drop_line(struct account *a, const char *key, struct err *e)
{
	struct account_line line;
	bool is = false;
	size_t i;

	if (!read_all(a, e))
		return false;
	for (i = 0; i < a->n && !is; i++) {
		char *other = account_key(&a->v[i]);
		is = strcmp(other, key) == 0;
		free(other);
	}
	if (!is)
		return true;
	line = a->v[--i];
	take_out(a, i);
	if (!save(a, e)) {
		put_in(a, i, line);
		return false;
	}
	line_fini(&line);
	return true;
}

bool
account_drop(struct account *a, const char *key, struct err *e)
{
	int lock = state_file_lock(a->path);
	bool good = drop_line(a, key, e);

	state_file_unlock(lock);
	return good;
}
