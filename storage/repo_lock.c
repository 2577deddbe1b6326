/* Locks: ours, and those that git's writers leave. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/id.h"
#include "base/when.h"
#include "storage/repo_internal.h"

enum { LOCK_WAIT_MS = 20000, STALE_S = 60, MARK_S = 2 };

void
repo_pause(int most_ms)
{
	long ms = 1 + (long)(rand_bits() % (unsigned)most_ms);
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

static bool
flock_wait(int fd, int64_t until_ms)
{
	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if ((errno != EWOULDBLOCK && errno != EINTR) || clock_mono_ms() > until_ms)
			return false;
		repo_pause(4);
	}
	return true;
}

static int
lock_open(const char *dir, const char *name, struct err *e)
{
	char *file = mem_fmt("%s/%s", dir, name);
	int fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		err_set(e, ERR_STORE, "not committed, everything is kept: %s cannot be opened: %s",
		    file, strerror(errno));
	free(file);
	return fd;
}

/* One waiter at a time stands at the lock itself, so that who has just had it must queue again. */
static bool
lock_in_turn(int turn, int lock, struct err *e)
{
	int64_t until_ms = clock_mono_ms() + LOCK_WAIT_MS;

	return (flock_wait(turn, until_ms) && flock_wait(lock, until_ms)) ||
	       err_set(e, ERR_STORE,
		   "not committed, everything is kept: other debriefs have been committing for "
		   "%d s: save again",
		   LOCK_WAIT_MS / 1000);
}

bool
commit_lock_take(struct repo *r, int *fd, struct err *e)
{
	char *dir;
	int turn, lock = -1;
	bool good;

	if (!repo_state_dir(r, true, &dir, e))
		return false;
	turn = lock_open(dir, "commit.turn", e);
	if (turn >= 0)
		lock = lock_open(dir, "commit.lock", e);
	free(dir);
	good = lock >= 0 && lock_in_turn(turn, lock, e);
	if (turn >= 0)
		close(turn);
	if (good)
		*fd = lock;
	else if (lock >= 0)
		close(lock);
	return good;
}

void
commit_lock_release(int fd)
{
	close(fd);
}

void
lock_mark(const char *mark)
{
	int fd = open(mark, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd >= 0) {
		futimens(fd, NULL);
		close(fd);
	}
}

bool
lock_of_the_killed(const char *mark, const char *lock)
{
	struct stat m, l;

	return stat(mark, &m) == 0 && stat(lock, &l) == 0 && l.st_mtime >= m.st_mtime &&
	       l.st_mtime <= m.st_mtime + MARK_S;
}

/* A history that holds nothing but debriefs: no other program has business in it. */
static bool
ours_alone(struct repo *r)
{
	static const char *const ours[] = { ".gitattributes", ".gitignore", "README.md", "debriefs",
		"notes", "problems" };
	git_tree *tree = NULL;
	bool alone = r->prefix[0] == '\0' && repo_tip_tree(r, &tree, NULL);

	for (size_t i = 0; alone && tree != NULL && i < git_tree_entrycount(tree); i++) {
		const char *name = git_tree_entry_name(git_tree_entry_byindex(tree, i));
		alone = false;
		for (size_t k = 0; k < sizeof ours / sizeof *ours; k++)
			alone = alone || strcmp(name, ours[k]) == 0;
	}
	git_tree_free(tree);
	return alone;
}

/* Seconds since the lock was made, -1 when there is none. */
static int64_t
lock_age_s(const char *file)
{
	struct stat st;

	if (stat(file, &st) != 0)
		return -1;
	return clock_now_ns() / NS_PER_S - (int64_t)st.st_mtim.tv_sec;
}

static char *
lock_of(const struct repo *r, const char *ref)
{
	return mem_fmt("%s/%s.lock", r->git_dir, ref);
}

void
stale_lock_own(const struct repo *r, const char *ref, const char *mark, struct strs *said)
{
	char *file = lock_of(r, ref);

	if (lock_of_the_killed(mark, file) && unlink(file) == 0)
		strs_take(said, mem_fmt("removed %s, which a killed debrief had left", file));
	free(file);
}

bool
stale_lock_old(const struct repo *r, const char *ref)
{
	char *file = lock_of(r, ref);
	bool old = lock_age_s(file) >= STALE_S;

	free(file);
	return old;
}

bool
stale_lock_removed(struct repo *r, const char *ref, struct strs *said, struct err *e)
{
	char *file = lock_of(r, ref);
	int64_t age_s = lock_age_s(file);
	bool gone = age_s >= STALE_S && ours_alone(r) && unlink(file) == 0;

	if (gone)
		strs_take(
		    said, mem_fmt("removed %s, which a git that was interrupted had left", file));
	else if (age_s < 0)
		err_set(e, ERR_STORE,
		    "not committed, everything is kept: other writers kept %s busy: "
		    "save again",
		    ref);
	else
		err_set(e, ERR_STORE,
		    "not committed, everything is kept: %s is %lld s old, another git holds or "
		    "left it: "
		    "when no git is running there, remove that file and save again",
		    file, (long long)age_s);
	free(file);
	return gone;
}
