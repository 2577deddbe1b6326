#include "base/buf.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/id.h"
#include "base/mem.h"

enum { READ_STEP = 65536 };

char *
buf_room(struct buf *b, size_t more)
{
	size_t cap = b->cap;

	assert(more < SIZE_MAX / 4 && b->len < SIZE_MAX / 4);
	if (b->len + more + 1 > cap) {
		cap += cap / 2 + 64;
		if (cap < b->len + more + 1)
			cap = b->len + more + 1;
		b->data = mem_resize(b->data, cap, 1);
		b->cap = cap;
	}
	return b->data + b->len;
}

void
buf_add(struct buf *b, const void *bytes, size_t len)
{
	buf_room(b, len);
	if (len > 0)
		memcpy(b->data + b->len, bytes, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void
buf_adds(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text));
}

void
buf_addc(struct buf *b, char c)
{
	buf_room(b, 1);
	b->data[b->len++] = c;
	b->data[b->len] = '\0';
}

void
buf_vaddf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	assert(len >= 0);
	buf_room(b, (size_t)len);
	vsnprintf(b->data + b->len, (size_t)len + 1, fmt, ap);
	b->len += (size_t)len;
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(b, fmt, ap);
	va_end(ap);
}

void
buf_cut_front(struct buf *b, size_t len)
{
	assert(len <= b->len);
	if (len == 0)
		return;
	memmove(b->data, b->data + len, b->len - len);
	b->len -= len;
	b->data[b->len] = '\0';
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->data != NULL)
		b->data[0] = '\0';
}

char *
buf_take(struct buf *b)
{
	char *text;

	buf_room(b, 0);
	b->data[b->len] = '\0';
	text = b->data;
	*b = (struct buf){ 0 };
	return text;
}

void
buf_fini(struct buf *b)
{
	free(b->data);
	*b = (struct buf){ 0 };
}

bool
buf_read_fd(struct buf *out, int fd, size_t limit, struct err *e)
{
	size_t before = out->len;

	for (;;) {
		ssize_t n = read(fd, buf_room(out, READ_STEP), READ_STEP);
		int why = errno;
		if (n < 0 && why == EINTR)
			continue;
		if (n == 0)
			break;
		if (n > 0 && out->len - before + (size_t)n <= limit) {
			out->len += (size_t)n;
			continue;
		}
		out->len = before;
		out->data[before] = '\0';
		return n < 0 ? err_set(e, ERR_STORE, "cannot be read: %s", strerror(why))
			     : err_set(e, ERR_STORE,
				   "larger than the %zu bytes that fit: nothing was read", limit);
	}
	out->data[out->len] = '\0';
	return true;
}

bool
buf_read_file(struct buf *out, const char *path, size_t limit, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	bool good;

	if (fd < 0)
		return err_set(e, errno == ENOENT || errno == ENOTDIR ? ERR_MISSING : ERR_STORE,
		    "%s: cannot be read: %s", path, strerror(errno));
	good = buf_read_fd(out, fd, limit, e);
	close(fd);
	return good || err_prefix(e, "%s", path);
}

static bool
write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

/* Some file systems cannot sync a folder and say EINVAL: there is nothing more to do then. */
static bool
sync_folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash == NULL ? 0 : slash == path ? 1 : (size_t)(slash - path);
	char *folder = slash == NULL ? mem_dup(".") : mem_dupn(path, len);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd < 0 || fsync(fd) == 0 || errno == EINVAL;
	int why = errno;

	if (fd >= 0)
		close(fd);
	free(folder);
	errno = why;
	return good;
}

/* A new file beside `path` with all of `bytes` on disk. On failure errno says why and nothing is
 * left. */
static bool
write_temp(const char *temp, const char *path, const void *bytes, size_t len)
{
	struct stat old;
	bool had = stat(path, &old) == 0 && S_ISREG(old.st_mode), good;
	int fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, had ? 0600 : 0666), why;

	if (fd < 0)
		return false;
	good = write_all(fd, bytes, len) && (!had || fchmod(fd, old.st_mode & 0777) == 0) &&
	       fsync(fd) == 0;
	why = errno;
	if (close(fd) != 0 && good) {
		why = errno;
		good = false;
	}
	if (!good)
		unlink(temp);
	errno = why;
	return good;
}

bool
buf_write_file(const char *path, const void *bytes, size_t len, struct err *e)
{
	char *temp = mem_fmt("%s.%s.tmp", path, id_random().s);
	bool good = write_temp(temp, path, bytes, len);
	int why = errno;

	if (good && rename(temp, path) != 0) {
		why = errno;
		good = false;
		unlink(temp);
	}
	free(temp);
	if (!good)
		return err_set(e, ERR_STORE,
		    "%s: cannot be written: %s: nothing was changed: mend that and try again",
		    path, strerror(why));
	if (!sync_folder_of(path))
		return err_set(e, ERR_STORE,
		    "%s: is written but a power cut could still undo it: %s: try again", path,
		    strerror(errno));
	return true;
}
