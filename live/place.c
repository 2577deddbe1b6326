#define _GNU_SOURCE /* struct ucred */
#include "live/place_internal.h"

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

bool
place_fits(const char *path)
{
	struct sockaddr_un a;

	return strlen(path) < sizeof a.sun_path;
}

char *
place_hash(const char *lock_file)
{
	char hash[REPO_HEX];

	repo_hash(lock_file, strlen(lock_file), hash);
	return mem_dupn(hash, HASH_CHARS);
}

char *
place_private_socket(const char *lock_file)
{
	const char *run = getenv("XDG_RUNTIME_DIR");
	char *hash = place_hash(lock_file), *path = NULL;

	if (run != NULL && run[0] == '/' && is_ours(run)) {
		path = mem_fmt("%s/debrief/%s.sock", run, hash);
		if (!place_fits(path)) {
			free(path);
			path = NULL;
		}
	}
	if (path == NULL)
		path = mem_fmt("/tmp/debrief-%lu/%s.sock", (unsigned long)geteuid(), hash);
	free(hash);
	return path;
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
	p.socket = place_private_socket(p.lock_file);
	p.uid = geteuid();
	group_of(&p, r);
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
	free(p->live_file);
	free(p->share);
	free(p->owner);
	*p = (struct place){ 0 };
}

void
place_dup(struct place *to, const struct place *from)
{
	*to = *from;
	to->repo_dir = mem_dup(from->repo_dir);
	to->name = mem_dup(from->name);
	to->lock_file = mem_dup(from->lock_file);
	to->socket = mem_dup(from->socket);
	to->live_file = mem_dup(from->live_file);
	to->share = mem_dup(from->share);
	to->owner = mem_dup(from->owner);
}

char *
place_folder(const char *path)
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
	char *folder = place_folder(p->lock_file);
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
	if (p->share != NULL)
		buf_addf(&b, "share %s\n", p->share);
	good = ftruncate(fd, 0) == 0 && pwrite(fd, b.data, b.len, 0) == (ssize_t)b.len;
	buf_fini(&b);
	return good || err_set(e, ERR_STORE, "cannot write %s (%s): nothing was changed: make room",
			   p->lock_file, strerror(errno));
}

char *
place_noted(const char *lock_file, int n)
{
	struct buf b = { 0 };
	char *line = NULL;
	const char *at;

	if (buf_read_file(&b, lock_file, NOTE_MOST, NULL) && b.data != NULL) {
		for (at = b.data; at != NULL && n > 0; n--) {
			at = strchr(at, '\n');
			at = at != NULL ? at + 1 : NULL;
		}
		if (at != NULL && at[0] != '\0')
			line = mem_dupn(at, strcspn(at, "\n"));
	}
	buf_fini(&b);
	return line;
}

/* Where the holder of the lock listens; NULL when it does not say. */
static char *
announced_socket(const struct place *p)
{
	char *path = p->lock_file != NULL ? place_noted(p->lock_file, 2) : NULL;

	if (path != NULL && (path[0] != '/' || !place_fits(path))) {
		free(path);
		path = NULL;
	}
	return path;
}

void
place_address(const char *path, struct sockaddr_un *a)
{
	memset(a, 0, sizeof *a);
	a->sun_family = AF_UNIX;
	memcpy(a->sun_path, path, strlen(path));
}

/* A socket that others share belongs to who wrote the note beside it. */
static bool
other_is_right(const struct place *p, int fd, struct err *e)
{
	struct ucred who;
	socklen_t len = sizeof who;
	unsigned long wanted = p->owner != NULL ? p->uid : geteuid();

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) == 0 && who.uid == wanted)
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
	place_address(path != NULL ? path : p->socket, &a);
	free(path);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
	there = connect(fd, (const struct sockaddr *)&a, sizeof a) == 0 && other_is_right(p, fd, e);
	if (!there) {
		close(fd);
		return -1;
	}
	return fd;
}
