/* What is committed, and what the work tree holds. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "storage/repo_internal.h"

enum { FILE_MAX = 64 * 1024 * 1024 };

void
repo_hex(const git_oid *id, char hex[REPO_HEX])
{
	git_oid_tostr(hex, REPO_HEX, id);
}

void
repo_hash(const char *bytes, size_t len, char hex[REPO_HEX])
{
	git_oid id;

	repo_library_begin();
	if (git_odb_hash(&id, len == 0 ? "" : bytes, len, GIT_OBJECT_BLOB) == 0)
		repo_hex(&id, hex);
	else
		hex[0] = '\0';
}

/* A tree's tip must be there unless nothing was ever committed. */
bool
repo_tip_tree(struct repo *r, git_tree **tree, struct err *e)
{
	struct target t = { 0 };
	git_commit *commit = NULL;
	git_tree *found = NULL;
	bool good;

	if (!target_find(r, &t, e))
		return false;
	good = !t.born || (git_commit_lookup(&commit, r->git, &t.tip) == 0 &&
			      git_commit_tree(&found, commit) == 0);
	if (good)
		*tree = found;
	else
		repo_fail(
		    e, "the last commit cannot be read", "nothing was changed: git fsck says more");
	git_commit_free(commit);
	target_fini(&t);
	return good;
}

bool
repo_tree_blob(git_tree *tree, const char *path, git_oid *blob)
{
	git_tree_entry *entry = NULL;
	bool is = tree != NULL && git_tree_entry_bypath(&entry, tree, path) == 0 &&
		  git_tree_entry_type(entry) == GIT_OBJECT_BLOB;

	if (is)
		git_oid_cpy(blob, git_tree_entry_id(entry));
	git_tree_entry_free(entry);
	return is;
}

bool
repo_blob_bytes(struct repo *r, const git_oid *id, struct buf *out, struct err *e)
{
	git_blob *blob = NULL;
	bool good = git_blob_lookup(&blob, r->git, id) == 0;

	if (good && git_blob_rawsize(blob) > FILE_MAX)
		good =
		    err_set(e, ERR_STORE, "a file in the history is over 64 MiB: it was not read");
	else if (good)
		buf_add(out, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
	else
		repo_fail(e, "a file in the history cannot be read",
		    "nothing was changed: git fsck says more");
	git_blob_free(blob);
	return good;
}

bool
repo_head_file(
    struct repo *r, const char *path, char hex[REPO_HEX], struct buf *bytes, struct err *e)
{
	git_tree *tree = NULL;
	git_oid blob;
	bool good = repo_tip_tree(r, &tree, e), is;

	if (!good)
		return false;
	is = repo_tree_blob(tree, path, &blob);
	if (is && bytes != NULL)
		good = repo_blob_bytes(r, &blob, bytes, e);
	if (good) {
		hex[0] = '\0';
		if (is)
			repo_hex(&blob, hex);
	}
	git_tree_free(tree);
	return good;
}

static bool
work_read(struct repo *r, const char *full, const char *path, char hex[REPO_HEX], struct buf *bytes)
{
	git_oid id;

	/* By git's own rules for line ends, so that the hash is the one `git add` would find. */
	if (git_repository_hashfile(&id, r->git, full, GIT_OBJECT_BLOB, path) != 0)
		return false;
	if (bytes != NULL && !buf_read_file(bytes, full, FILE_MAX, NULL))
		return false;
	repo_hex(&id, hex);
	return true;
}

bool
repo_work_file(
    struct repo *r, const char *path, char hex[REPO_HEX], struct buf *bytes, struct err *e)
{
	struct target t = { 0 };
	struct stat st;
	char *full;
	bool good = true;

	if (!target_find(r, &t, e))
		return false;
	full = t.checked_out ? mem_fmt("%s/%s", r->work_dir, path) : NULL;
	target_fini(&t);
	if (full == NULL || (lstat(full, &st) != 0 && (errno == ENOENT || errno == ENOTDIR)))
		hex[0] = '\0';
	else if (!S_ISREG(st.st_mode))
		good = err_set(
		    e, ERR_STORE, "%s is not a file: nothing was changed: move it away", full);
	else if (!work_read(r, full, path, hex, bytes))
		good = err_set(e, ERR_STORE, "%s cannot be read: nothing was changed", full);
	free(full);
	return good;
}

bool
repo_file_at(struct repo *r, const char *rev, const char *path, struct buf *bytes, struct err *e)
{
	git_object *found = NULL, *tree = NULL;
	git_oid blob;
	bool good = false;

	if (git_revparse_single(&found, r->git, rev) != 0 ||
	    git_object_peel(&tree, found, GIT_OBJECT_TREE) != 0)
		err_set(e, ERR_MISSING,
		    "there is no revision \"%s\": nothing was changed: debrief log "
		    "lists them",
		    rev);
	else if (!repo_tree_blob((git_tree *)tree, path, &blob))
		err_set(e, ERR_MISSING,
		    "%s is not in revision %s: nothing was changed: debrief log "
		    "lists where it is",
		    path, rev);
	else
		good = repo_blob_bytes(r, &blob, bytes, e);
	git_object_free(tree);
	git_object_free(found);
	return good;
}

/* A folder still to be listed, and where in it. */
struct level {
	git_tree *tree;
	size_t next;
	size_t path_len;
};

enum { DEEPEST = 64 };

struct lister {
	struct repo *r;
	struct level level[DEEPEST];
	int depth;
	struct buf path;
	repo_file_fn *fn;
	void *ctx;
};

/* Visit one entry. False stops the listing: the callback said so, or a tree could not be read
 * (*broken). */
static bool
list_entry(struct lister *l, const git_tree_entry *entry, bool *broken)
{
	git_object_t type = git_tree_entry_type(entry);
	char hex[REPO_HEX];
	git_tree *tree = NULL;

	if (l->path.len > 0)
		buf_addc(&l->path, '/');
	buf_adds(&l->path, git_tree_entry_name(entry));
	if (type == GIT_OBJECT_BLOB) {
		repo_hex(git_tree_entry_id(entry), hex);
		return l->fn(l->ctx, l->path.data, hex);
	}
	if (type != GIT_OBJECT_TREE || l->depth == DEEPEST)
		return true;
	if (git_tree_lookup(&tree, l->r->git, git_tree_entry_id(entry)) != 0) {
		*broken = true;
		return false;
	}
	l->level[l->depth++] = (struct level){ tree, 0, l->path.len };
	return true;
}

static bool
list_all(struct lister *l, struct err *e)
{
	bool broken = false, going = true;

	while (going && l->depth > 0) {
		struct level *top = &l->level[l->depth - 1];
		if (top->next == git_tree_entrycount(top->tree)) {
			git_tree_free(top->tree);
			l->depth--;
			continue;
		}
		l->path.len = top->path_len;
		going = list_entry(l, git_tree_entry_byindex(top->tree, top->next++), &broken);
	}
	if (broken)
		repo_fail(e, "a folder of the history cannot be read",
		    "nothing was changed: git fsck says more");
	while (l->depth > 0)
		git_tree_free(l->level[--l->depth].tree);
	return !broken;
}

bool
repo_each_file(struct repo *r, const char *folder, repo_file_fn *fn, void *ctx, struct err *e)
{
	struct lister l = { .r = r, .fn = fn, .ctx = ctx };
	git_tree_entry *entry = NULL;
	git_tree *tree = NULL, *sub = NULL;
	bool good = true;

	if (!repo_tip_tree(r, &tree, e))
		return false;
	if (tree != NULL && git_tree_entry_bypath(&entry, tree, folder) == 0 &&
	    git_tree_entry_type(entry) == GIT_OBJECT_TREE)
		good = git_tree_lookup(&sub, r->git, git_tree_entry_id(entry)) == 0 ||
		       repo_fail(e, "a folder of the history cannot be read",
			   "nothing was changed: git fsck says more");
	if (sub != NULL) {
		buf_adds(&l.path, folder);
		l.level[l.depth++] = (struct level){ sub, 0, l.path.len };
		good = list_all(&l, e);
	}
	buf_fini(&l.path);
	git_tree_entry_free(entry);
	git_tree_free(tree);
	return good;
}
