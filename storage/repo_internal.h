/* Shared by storage/repo*.c only: what a repository is inside, and libgit2's errors as sentences.
 */
#ifndef STORAGE_REPO_INTERNAL_H
#define STORAGE_REPO_INTERNAL_H

#include <git2.h>

#include "storage/repo.h"

struct repo {
	git_repository *git;
	char *git_dir;	/* real path of the common one */
	char *own_dir;	/* of this work tree: HEAD, index, a rebase under way */
	char *work_dir; /* NULL when bare */
	char *prefix;
	int retry_ms; /* how long a commit tries where another writer is in its way */
};

/* Before the first call of libgit2: its options, and the environment as it is now. May be called
 * again. */
void repo_library_begin(void);
/* libgit2's last error as "what: its reason: kept"; a full disk and missing rights get their own
 * words. Call it before anything else of libgit2. Returns false. */
bool repo_fail(struct err *e, const char *what, const char *kept);

/* The configuration with the environment's GIT_CONFIG_GLOBAL, _SYSTEM and _NOSYSTEM seen as git
 * does. */
bool repo_config_load(struct repo *r);
/* A value of the environment's GIT_CONFIG_KEY_n; NULL when there is none. Yours. */
char *repo_config_env(const char *name);
/* Set it in the repository's own file; false leaves libgit2's error. */
bool repo_config_own(struct repo *r, const char *name, const char *value);
/* Is it set in the repository's own file? */
bool repo_config_is_own(const struct repo *r, const char *name);

/* Where commits go. */
struct target {
	char *ref;	    /* "refs/heads/main" */
	const char *branch; /* in it */
	bool checked_out;   /* by this work tree: files and index follow */
	bool born;
	git_oid tip;
};
void target_fini(struct target *t);
/* Which branch, and its tip now. Does not say whether a commit may be made: target_ready does. */
bool target_find(struct repo *r, struct target *t, struct err *e);
/* ERR_REFUSED with what to do: detached, a merge or rebase under way, checked out elsewhere. */
bool target_ready(struct repo *r, const struct target *t, struct err *e);

/* The tree at the tip of where commits go; *tree is NULL when nothing was committed yet. */
bool repo_tip_tree(struct repo *r, git_tree **tree, struct err *e);
/* A path's blob in a tree (may be NULL): false when there is none. */
bool repo_tree_blob(git_tree *tree, const char *path, git_oid *blob);
void repo_hex(const git_oid *id, char hex[REPO_HEX]);
bool repo_blob_bytes(struct repo *r, const git_oid *blob, struct buf *out, struct err *e);

/* Our own lock on the repository (GITDIR/debrief/commit.lock): one process commits at a time. Waits
 * a bounded time. */
bool commit_lock_take(struct repo *r, int *fd, struct err *e);
void commit_lock_release(int fd);

/* A path that a commit changes, and that work tree and index must follow. */
struct follow {
	char *path;
	bool had; /* it was committed before, as: */
	git_oid old;
};
struct follows {
	struct follow *v;
	size_t n, cap;
};
struct follow *follows_add(struct follows *f, const char *path);
void follows_fini(struct follows *f);
/* Remembered beside HEAD before a commit, so that a process killed in between is made up for by the
 * next commit. On disk when it returns true; an empty list forgets. */
void follows_load(const struct repo *r, struct follows *f);
bool follows_save(const struct repo *r, const struct follows *f, struct err *e);

/* May the work tree's file be replaced: is it absent, or does it hold what was committed or what
 * will be (`blob`, NULL when removed)? ERR_REFUSED says what is in the way. */
bool follow_allowed(struct repo *r, const struct follow *f, const git_oid *blob, struct err *e);
/* Bring work tree and index up to the tip. What could not be done is said and stays in `f`. */
void follow_all(struct repo *r, struct follows *f, struct strs *said);

/* Sleep for a random time of at most that. */
void repo_pause(int most_ms);

/* What a history's .gitattributes says. */
#define ATTRIBUTES_PATTERN "debriefs/**/*.json"
#define ATTRIBUTES_LINE ATTRIBUTES_PATTERN "  merge=debrief diff=debrief text eol=lf\n"

/* As a commit's header can hold it: one line, no angle brackets. NULL when nothing is left. Yours.
 */
char *repo_header_text(const char *raw);

/* Held while we write what git locks, under the commit lock: a kill leaves both `mark` and git's
 * lock. Unlink the mark afterwards. */
void lock_mark(const char *mark);
/* Is that lock one that a killed process of ours left? We hold the commit lock: no live one of ours
 * has it now. It was made within moments of the mark; a lock made later is somebody else's. */
bool lock_of_the_killed(const char *mark, const char *lock);
/* Remove such a one of a ref, and say so. */
void stale_lock_own(const struct repo *r, const char *ref, const char *mark, struct strs *said);
/* Has a ref been locked for so long that whoever did it must be gone? */
bool stale_lock_old(const struct repo *r, const char *ref);
/* A ref's lock that does not go away. Returns true when it was stale, ours to remove and is gone
 * (said); else false with its path and age in `e`. */
bool stale_lock_removed(struct repo *r, const char *ref, struct strs *said, struct err *e);

#endif
