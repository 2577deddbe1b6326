#define _GNU_SOURCE /* struct ucred */
#include "live/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum {
	HASH_CHARS = 20,
	BACKLOG = 1024,
	LOCK_TRIES = 5,	   /* somebody who only looks whether it is held holds it for a moment */
	CONNECT_WAIT_S = 5 /* when hundreds come at once */
};

/* Is this a folder of ours that nobody else can write to? */
static bool
is_ours(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid() &&
	       (st.st_mode & 022) == 0;
}

static bool
fits(const char *path)
{
	struct sockaddr_un a;

	return strlen(path) < sizeof a.sun_path;
}

static char *
socket_path(const char *lock_file)
{
	const char *run = getenv("XDG_RUNTIME_DIR");
	char hash[REPO_HEX];
	char *path;

	repo_hash(lock_file, strlen(lock_file), hash);
	if (run != NULL && run[0] == '/' && is_ours(run)) {
		path = mem_fmt("%s/debrief/%.*s.sock", run, HASH_CHARS, hash);
		if (fits(path))
			return path;
		free(path);
	}
	return mem_fmt("/tmp/debrief-%lu/%.*s.sock", (unsigned long)geteuid(), HASH_CHARS, hash);
}

static bool
id_of(struct repo *r, const struct entry *entry, struct id *id, struct err *e)
{
	struct debrief *d;

	*id = entry->id;
	if (id_some(*id))
		return true;
	d = history_read(r, entry, NULL, e);
	if (d == NULL)
		return false;
	*id = d->item.id;
	debrief_free(d);
	return true;
}

bool
place_of(const struct repo *r, const struct entry *entry, struct place *out, struct err *e)
{
	struct place p = { 0 };
	const char *work = repo_work_dir(r);

	if (!id_of((struct repo *)(uintptr_t)r, entry, &p.id, e))
		return false;
	p.repo_dir = mem_dup(work != NULL ? work : repo_git_dir(r));
	p.name = mem_dup(entry->name);
	p.lock_file = history_lock_file(r, p.id);
	p.socket = socket_path(p.lock_file);
	*out = p;
	return true;
}

void
place_fini(struct place *p)
{
	free(p->repo_dir);
	free(p->name);
	free(p->lock_file);
	free(p->socket);
	*p = (struct place){ 0 };
}

static char *
folder_of(const char *path)
{
	return mem_dupn(path, (size_t)(strrchr(path, '/') - path));
}

/* Is the locked file still the one that others find under its name? */
static bool
same_file(int fd, const char *path)
{
	struct stat held, named;

	return fstat(fd, &held) == 0 && stat(path, &named) == 0 && held.st_dev == named.st_dev &&
	       held.st_ino == named.st_ino;
}

/* 1 taken, 0 held by somebody, -1 with `e`. */
static int
try_lock(const struct place *p, int *out, struct err *e)
{
	int fd = open(p->lock_file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0) {
		err_set(e, ERR_STORE,
		    "cannot open %s (%s): nothing was changed: see whose it is and whether there "
		    "is room",
		    p->lock_file, strerror(errno));
		return -1;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) == 0 && same_file(fd, p->lock_file)) {
		*out = fd;
		return 1;
	}
	close(fd);
	return 0;
}

bool
place_lock(const struct place *p, int *fd, struct err *e)
{
	char *folder = folder_of(p->lock_file);
	int got = 0;

	mkdir(folder, 0700); /* opening the file says what is wrong */
	free(folder);
	if (e != NULL)
		e->kind = ERR_NONE;
	for (int i = 0; i < LOCK_TRIES && got == 0; i++) {
		if (i > 0)
			usleep(1000);
		got = try_lock(p, fd, e);
	}
	return got == 1;
}

bool
place_announce(int fd, const struct place *p, bool foreground, struct err *e)
{
	struct buf b = { 0 };
	bool good;

	buf_addf(&b, "%ld\n%s\n%s\n", (long)getpid(), foreground ? "foreground" : "background",
	    p->socket);
	good = ftruncate(fd, 0) == 0 && pwrite(fd, b.data, b.len, 0) == (ssize_t)b.len;
	buf_fini(&b);
	return good || err_set(e, ERR_STORE, "cannot write %s (%s): nothing was changed: make room",
			   p->lock_file, strerror(errno));
}

/* Where the holder of the lock listens; NULL when it does not say. */
static char *
announced_socket(const struct place *p)
{
	struct buf b = { 0 };
	char *path = NULL, *line;

	if (buf_read_file(&b, p->lock_file, 4096, NULL) && b.data != NULL &&
	    (line = strchr(b.data, '\n')) != NULL && (line = strchr(line + 1, '\n')) != NULL &&
	    line[1] == '/') {
		path = mem_dupn(line + 1, strcspn(line + 1, "\n"));
		if (!fits(path)) {
			free(path);
			path = NULL;
		}
	}
	buf_fini(&b);
	return path;
}

static void
address(const char *path, struct sockaddr_un *a)
{
	memset(a, 0, sizeof *a);
	a->sun_family = AF_UNIX;
	memcpy(a->sun_path, path, strlen(path));
}

static bool
other_is_us(int fd, struct err *e)
{
	struct ucred who;
	socklen_t len = sizeof who;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) == 0 && who.uid == geteuid())
		return true;
	return err_set(e, ERR_REFUSED,
	    "another account answers for this debrief: nothing was sent: see who made its socket");
}

int
place_connect(const struct place *p, struct err *e)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct timeval wait = { .tv_sec = CONNECT_WAIT_S };
	char *path = announced_socket(p);
	struct sockaddr_un a;
	bool there;

	if (e != NULL)
		e->kind = ERR_NONE;
	if (fd < 0) {
		free(path);
		err_set(e, ERR_STORE,
		    "cannot make a socket (%s): nothing was changed: close some programs",
		    strerror(errno));
		return -1;
	}
	address(path != NULL ? path : p->socket, &a);
	free(path);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
	there = connect(fd, (const struct sockaddr *)&a, sizeof a) == 0 && other_is_us(fd, e);
	if (!there) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool
make_folder(const char *folder, struct err *e)
{
	struct stat st;

	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return err_set(e, ERR_STORE,
		    "cannot make the folder %s (%s): nothing was changed: set XDG_RUNTIME_DIR to "
		    "a folder of yours",
		    folder, strerror(errno));
	if (lstat(folder, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid() &&
	    ((st.st_mode & 077) == 0 || chmod(folder, 0700) == 0))
		return true;
	return err_set(e, ERR_STORE,
	    "the folder %s is not yours alone: nothing was put there: set XDG_RUNTIME_DIR to a "
	    "folder of yours",
	    folder);
}

static bool
bind_there(int fd, const char *path)
{
	struct sockaddr_un a;
	mode_t before;
	bool good;

	address(path, &a);
	before = umask(0177);
	unlink(path);
	good = bind(fd, (const struct sockaddr *)&a, sizeof a) == 0;
	umask(before);
	return good && listen(fd, BACKLOG) == 0;
}

int
place_listen(const struct place *p, struct err *e)
{
	char *folder = folder_of(p->socket);
	bool good = make_folder(folder, e);
	int fd;

	free(folder);
	if (!good)
		return -1;
	if (!fits(p->socket)) {
		err_set(e, ERR_STORE,
		    "the socket's path %s is too long: nothing was changed: set XDG_RUNTIME_DIR "
		    "to a shorter folder",
		    p->socket);
		return -1;
	}
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 && bind_there(fd, p->socket))
		return fd;
	err_set(e, ERR_STORE,
	    "cannot listen at %s (%s): nothing was changed: see whether there is room", p->socket,
	    strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}
