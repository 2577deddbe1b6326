/* A library to preload: makes a chosen call of write, fsync, rename, ... fail, or ends the process
 * just there. FAULT_CALL   which calls count: "write,fsync" (write covers pwrite, fsync covers
 * fdatasync); all when unset FAULT_PATH   only those on files whose path holds this text FAULT_AT
 * the how-manieth of them, from 1 FAULT_DO     "kill" (a write is half done first), or the error:
 * ENOSPC, EIO, EACCES, EFBIG FAULT_ON     set: that one and all after it FAULT_SEEN   a file that
 * is made when it has struck */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static long counted;

static bool
call_wanted(const char *name)
{
	const char *list = getenv("FAULT_CALL"), *at;
	size_t len = strlen(name);

	if (list == NULL)
		return true;
	for (at = list; (at = strstr(at, name)) != NULL; at += len)
		if ((at == list || at[-1] == ',') && (at[len] == ',' || at[len] == '\0'))
			return true;
	return false;
}

static bool
path_wanted(const char *path, int fd)
{
	const char *part = getenv("FAULT_PATH");
	char link[64], target[4096];
	ssize_t n;

	if (part == NULL)
		return true;
	if (path != NULL)
		return strstr(path, part) != NULL;
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	n = readlink(link, target, sizeof target - 1);
	if (n < 0)
		return false;
	target[n] = '\0';
	return strstr(target, part) != NULL;
}

static int
error_number(const char *name)
{
	static const struct {
		const char *name;
		int number;
	} all[] = { { "ENOSPC", ENOSPC }, { "EIO", EIO }, { "EACCES", EACCES },
		{ "EFBIG", EFBIG } };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(name, all[i].name) == 0)
			return all[i].number;
	return EIO;
}

/* Does the fault strike this call? */
static bool
strikes(const char *name, const char *path, int fd)
{
	const char *at = getenv("FAULT_AT"), *seen = getenv("FAULT_SEEN");
	int old = errno, mark;

	if (at == NULL || !call_wanted(name) || !path_wanted(path, fd))
		return false;
	errno = old;
	counted++;
	if (counted != atol(at) && !(getenv("FAULT_ON") != NULL && counted > atol(at)))
		return false;
	mark = seen == NULL ? -1 : creat(seen, 0600);
	if (mark >= 0)
		close(mark);
	return true;
}

static bool
kills(void)
{
	const char *what = getenv("FAULT_DO");

	return what != NULL && strcmp(what, "kill") == 0;
}

/* The end of a call that the fault strikes. */
static int
strike(void)
{
	const char *what = getenv("FAULT_DO");

	if (kills())
		kill(getpid(), SIGKILL);
	errno = error_number(what == NULL ? "EIO" : what);
	return -1;
}

#define REAL(type, name, ...) ((type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name))

ssize_t
write(int fd, const void *bytes, size_t len)
{
	ssize_t (*real)(int, const void *, size_t) =
	    REAL(ssize_t, "write", int, const void *, size_t);

	if (fd > 2 && strikes("write", NULL, fd)) {
		if (kills())
			real(fd, bytes, len / 2);
		return strike();
	}
	return real(fd, bytes, len);
}

static ssize_t
pwrite_any(const char *name, int fd, const void *bytes, size_t len, off_t at)
{
	ssize_t (*real)(int, const void *, size_t, off_t) =
	    REAL(ssize_t, name, int, const void *, size_t, off_t);

	if (strikes("write", NULL, fd)) {
		if (kills())
			real(fd, bytes, len / 2, at);
		return strike();
	}
	return real(fd, bytes, len, at);
}

ssize_t
pwrite(int fd, const void *bytes, size_t len, off_t at)
{
	return pwrite_any("pwrite", fd, bytes, len, at);
}

ssize_t
pwrite64(int fd, const void *bytes, size_t len, off_t at)
{
	return pwrite_any("pwrite64", fd, bytes, len, at);
}

int
fsync(int fd)
{
	return strikes("fsync", NULL, fd) ? strike() : REAL(int, "fsync", int)(fd);
}

int
fdatasync(int fd)
{
	return strikes("fsync", NULL, fd) ? strike() : REAL(int, "fdatasync", int)(fd);
}

int
ftruncate(int fd, off_t len)
{
	return strikes("truncate", NULL, fd) ? strike()
					     : REAL(int, "ftruncate", int, off_t)(fd, len);
}

int
ftruncate64(int fd, off_t len)
{
	return strikes("truncate", NULL, fd) ? strike()
					     : REAL(int, "ftruncate64", int, off_t)(fd, len);
}

int
rename(const char *from, const char *to)
{
	return strikes("rename", to, -1)
		   ? strike()
		   : REAL(int, "rename", const char *, const char *)(from, to);
}

int
link(const char *from, const char *to)
{
	return strikes("link", to, -1) ? strike()
				       : REAL(int, "link", const char *, const char *)(from, to);
}

int
unlink(const char *path)
{
	return strikes("unlink", path, -1) ? strike() : REAL(int, "unlink", const char *)(path);
}

int
mkdir(const char *path, mode_t mode)
{
	return strikes("mkdir", path, -1) ? strike()
					  : REAL(int, "mkdir", const char *, mode_t)(path, mode);
}

static int
open_any(const char *name, const char *path, int flags, mode_t mode)
{
	if ((flags & O_CREAT) != 0 && strikes("create", path, -1))
		return strike();
	return REAL(int, name, const char *, int, ...)(path, flags, mode);
}

#define OPEN(name)                                                                                 \
	int name(const char *path, int flags, ...)                                                 \
	{                                                                                          \
		va_list ap;                                                                        \
		mode_t mode = 0;                                                                   \
		va_start(ap, flags);                                                               \
		if ((flags & (O_CREAT | O_TMPFILE)) != 0)                                          \
			mode = va_arg(ap, mode_t);                                                 \
		va_end(ap);                                                                        \
		return open_any(#name, path, flags, mode);                                         \
	}

OPEN(open)
OPEN(open64)
