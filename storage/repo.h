/* A history: a git repository, through libgit2, which is known to storage/repo*.c alone. */
#ifndef STORAGE_REPO_H
#define STORAGE_REPO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

struct repo;

enum { REPO_HEX = 65 }; /* a hash in hex, with NUL */

/* The repository that contains `dir` (searched upwards). ERR_MISSING: none there ("debrief init
 * makes one"); ERR_STORE: owned by another account (names git's safe.directory remedy), unreadable,
 * of a format libgit2 does not know. fsync of the git directory is on before the first open. */
struct repo *repo_open(const char *dir, struct err *e);
void repo_close(struct repo *r);

/* Make one, or complete an existing one, idempotent: git init where there is none, .gitattributes
 * lines, the merge driver (`merge.debrief.driver` = "debrief merge-file %O %A %B || git merge-file
 * ...") and diff driver in its config; commits .gitattributes when it changed and an identity is
 * known. Touches only its own paths. */
bool repo_init(const char *dir, struct strs *said, struct err *e);

/* Real paths without a trailing slash: the common git directory; the work tree, NULL when bare. */
const char *repo_git_dir(const struct repo *r);
/* The same of this work tree alone: a linked one has its own HEAD, and so its own journals and hosts. */
const char *repo_own_dir(const struct repo *r);
const char *repo_work_dir(const struct repo *r);
/* Where in the repository `debriefs/` begins: "" or "sub/folder/" (git config debrief.folder). */
const char *repo_prefix(const struct repo *r);
/* Was it made or completed by repo_init, or does it hold debriefs? */
bool repo_is_history(struct repo *r);
/* GITDIR/debrief, where journals and locks are (made 0700 when `make`). *out is yours. */
bool repo_state_dir(const struct repo *r, bool make, char **out, struct err *e);

/* A setting of git's, by name ("debrief.theme"), whatever file it comes from; NULL when unset.
 * Yours. */
char *repo_config(const struct repo *r, const char *name);
bool repo_config_set(struct repo *r, const char *name, const char *value, struct err *e);
/* The same of the history in `dir`, its own settings before the person's; the person's alone where
 * `dir` is NULL or none is there. Yours. */
char *repo_config_in(const char *dir, const char *name);
/* A global setting where there is no repository yet. */
char *repo_config_global(const char *name);
bool repo_config_global_set(const char *name, const char *value, struct err *e);

struct identity {
	char *name, *email;
};
void identity_fini(struct identity *i);
/* user.name and user.email as git resolves them (environment GIT_AUTHOR_NAME included; email falls
 * back to login@host); false with what to run when user.name is unset. Newlines and angle brackets
 * are stripped. */
bool repo_identity(const struct repo *r, struct identity *out, struct err *e);

/* A file to commit: path from the repository's root; `bytes` NULL removes it. */
struct repo_file {
	const char *path;
	const char *bytes;
	size_t len;
	const char *expect; /* the branch's blob there before ("" for none); NULL: whatever it is */
};
struct commit_request {
	const struct repo_file *files;
	size_t n_files;
	const char *message; /* subject, blank line, body */
	struct identity author;
	int64_t at_ns;
	const char *second_parent; /* hex of a merged commit, or NULL */
};
struct commit_result {
	bool made; /* false: HEAD's tree has it already */
	char commit[REPO_HEX];
	char blob[REPO_HEX]; /* of the first file */
	struct strs said;    /* "the index is locked by another git: ...", "removed a stale lock" */
};

/* Commit on debrief.branch (default: HEAD's), then let the work tree and the index of just those
 * paths follow when that branch is checked out. Under a flock of ours in the git directory; retries
 * where another writer got in between, rebuilding on the new tip, so that no commit of anybody is
 * lost. A work tree file that differs from what HEAD held and from what we write was edited by
 * hand: not overwritten, ERR_REFUSED (the host merges first); so is a path that does not hold
 * `expect`, or that another writer changed meanwhile. What work tree or index could not follow is
 * in `said`, remembered, and made up for by the next commit. ERR_REFUSED deferred: detached,
 * rebasing, merging; ERR_STORE: full disk, no rights, a lock that stays (names the file and the
 * remedy). The repository is whole after kill -9 at any moment. */
bool repo_commit(
    struct repo *r, const struct commit_request *q, struct commit_result *out, struct err *e);

/* Present versions of a path: that of where commits go, and the work tree's. hex is "" where there
 * is none: never committed; removed by hand, bare, or another branch is checked out (then nothing
 * was edited either). `bytes` may be NULL. */
bool repo_head_file(
    struct repo *r, const char *path, char hex[REPO_HEX], struct buf *bytes, struct err *e);
bool repo_work_file(
    struct repo *r, const char *path, char hex[REPO_HEX], struct buf *bytes, struct err *e);
/* A path at a revision ("HEAD~2", a hash, a date is not one). */
bool repo_file_at(
    struct repo *r, const char *rev, const char *path, struct buf *bytes, struct err *e);
void repo_hash(const char *bytes, size_t len, char hex[REPO_HEX]); /* the blob id they would have */

/* Files under a folder of HEAD's tree, in byte order of their paths. Return false from the callback
 * to stop. */
typedef bool repo_file_fn(void *ctx, const char *path, const char *blob_hex);
bool repo_each_file(struct repo *r, const char *folder, repo_file_fn *fn, void *ctx, struct err *e);

/* Commits that changed a path, newest first. */
struct repo_commit_info {
	const char *hex, *author, *subject, *body;
	int64_t at_ns;
	const char *blob; /* of the path there; "" when removed */
};
typedef bool repo_commit_fn(void *ctx, const struct repo_commit_info *c);
bool repo_log(struct repo *r, const char *path, repo_commit_fn *fn, void *ctx, struct err *e);

#endif
