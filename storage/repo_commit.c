/* One commit: blobs, trees and the commit itself are written first, then the branch moves in one
 * step that fails if somebody else moved it. Nothing is visible before that step, and nothing is
 * missing after it. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <strings.h>
#include <time.h>

#include "base/text.h"
#include "base/when.h"
#include "storage/repo_internal.h"

static const char kept[] = "everything is kept";

/* What one attempt and the next have in common. */
struct attempt {
	struct repo *r;
	const struct commit_request *q;
	git_oid *blobs; /* of q->files */
	git_signature *author;
	char *message;
	struct target target;	/* anew each time */
	struct follows follows; /* of q->files */
	struct follows left;	/* of earlier commits */
	bool first;
	git_oid made;
	struct commit_result *out;
};

static bool
part_ok(const char *part, size_t len)
{
	return len > 0 && !(len == 1 && part[0] == '.') &&
	       !(len == 2 && memcmp(part, "..", 2) == 0) &&
	       !(len == 4 && strncasecmp(part, ".git", 4) == 0);
}

static bool
path_ok(const char *path)
{
	for (const char *c = path; *c != '\0'; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			return false;
	for (;;) {
		size_t len = strcspn(path, "/");
		if (!part_ok(path, len))
			return false;
		if (path[len] == '\0')
			return true;
		path += len + 1;
	}
}

static bool
write_blobs(struct attempt *a, struct err *e)
{
	a->blobs = mem_zero(a->q->n_files, sizeof *a->blobs);
	for (size_t i = 0; i < a->q->n_files; i++) {
		const struct repo_file *f = &a->q->files[i];
		if (!path_ok(f->path))
			return err_set(e, ERR_REFUSED,
			    "not committed, everything is kept: a history has no "
			    "path \"%s\"",
			    f->path);
		if (f->bytes != NULL &&
		    git_blob_create_from_buffer(&a->blobs[i], a->r->git, f->bytes, f->len) != 0)
			return repo_fail(e, "not committed", kept);
	}
	return true;
}

/* The offset of local time from UTC then, in minutes, as commits carry it. */
static int
offset_min(int64_t at_s)
{
	time_t t = (time_t)at_s;
	struct tm tm;

	return localtime_r(&t, &tm) == NULL ? 0 : (int)(tm.tm_gmtoff / 60);
}

static bool
write_author(struct attempt *a, struct err *e)
{
	int64_t at_s = a->q->at_ns / NS_PER_S;
	char *name = repo_header_text(a->q->author.name),
	     *email = repo_header_text(a->q->author.email);
	bool good;

	if (name == NULL)
		good = err_set(e, ERR_REFUSED,
		    "not committed, everything is kept: the author has no name: git "
		    "config --global user.name \"Your Name\"");
	else
		good = git_signature_new(&a->author, name, email != NULL ? email : "unknown", at_s,
			   offset_min(at_s)) == 0 ||
		       repo_fail(e, "not committed", kept);
	if (good)
		git_repository_set_ident(a->r->git, name, email != NULL ? email : "unknown");
	free(name);
	free(email);
	return good;
}

static bool
write_message(struct attempt *a, struct err *e)
{
	git_buf tidy = { 0 };
	struct buf clean = { 0 };
	bool good;

	text_clean(&clean, a->q->message, strlen(a->q->message), TEXT_BLOCK);
	good = git_message_prettify(&tidy, clean.len > 0 ? clean.data : "", 0, '#') == 0 ||
	       repo_fail(e, "not committed", kept);
	if (good)
		a->message = mem_dup(tidy.size > 0 ? tidy.ptr : "Save\n");
	buf_fini(&clean);
	git_buf_dispose(&tidy);
	return good;
}

/* Is the path as the caller thinks it is, and the same as at the first attempt? */
static bool
path_expected(struct attempt *a, size_t i, git_tree *tree, struct err *e)
{
	const struct repo_file *file = &a->q->files[i];
	struct follow now = { .path = NULL }, *was;
	char hex[REPO_HEX] = "";
	bool same;

	now.had = repo_tree_blob(tree, file->path, &now.old);
	if (now.had)
		repo_hex(&now.old, hex);
	if (a->first) {
		was = follows_add(&a->follows, file->path);
		was->had = now.had;
		was->old = now.old;
	}
	was = &a->follows.v[i];
	same = now.had == was->had && (!now.had || git_oid_equal(&now.old, &was->old));
	if (same && (file->expect == NULL || strcmp(file->expect, hex) == 0))
		return true;
	return err_set(e, ERR_REFUSED,
	    "not committed, everything is kept: another commit changed %s meanwhile: "
	    "save again",
	    file->path);
}

static bool
paths_ready(struct attempt *a, git_tree *tree, struct err *e)
{
	for (size_t i = 0; i < a->q->n_files; i++)
		if (!path_expected(a, i, tree, e))
			return false;
	for (size_t i = 0; a->target.checked_out && i < a->q->n_files; i++) {
		const git_oid *blob = a->q->files[i].bytes != NULL ? &a->blobs[i] : NULL;
		if (!follow_allowed(a->r, &a->follows.v[i], blob, e))
			return false;
	}
	return true;
}

static bool
write_tree(struct attempt *a, git_tree *base, git_oid *out, struct err *e)
{
	git_tree_update *up = mem_zero(a->q->n_files, sizeof *up);
	size_t n = 0;
	bool good;

	for (size_t i = 0; i < a->q->n_files; i++) {
		bool put = a->q->files[i].bytes != NULL;
		if (!put && !a->follows.v[i].had)
			continue;
		up[n].action = put ? GIT_TREE_UPDATE_UPSERT : GIT_TREE_UPDATE_REMOVE;
		up[n].id = a->blobs[i];
		up[n].filemode = GIT_FILEMODE_BLOB;
		up[n++].path = a->q->files[i].path;
	}
	good = git_tree_create_updated(out, a->r->git, base, n, up) == 0 ||
	       repo_fail(e, "not committed", kept);
	free(up);
	return good;
}

static bool
second_parent(struct attempt *a, git_commit **out, struct err *e)
{
	git_oid id;

	if (a->q->second_parent == NULL)
		return true;
	return (git_oid_fromstr(&id, a->q->second_parent) == 0 &&
		   git_commit_lookup(out, a->r->git, &id) == 0) ||
	       repo_fail(e, "not committed: the merged commit cannot be read", kept);
}

/* Through a buffer, because libgit2's plain way reports success for an object that a full disk
 * refused. */
static bool
write_object(struct attempt *a, git_tree *tree, const git_commit **parents, size_t n, struct err *e)
{
	git_buf text = { 0 };
	bool good =
	    git_commit_create_buffer(
		&text, a->r->git, a->author, a->author, NULL, a->message, tree, n, parents) == 0 &&
	    git_commit_create_with_signature(&a->made, a->r->git, text.ptr, NULL, NULL) == 0;

	git_buf_dispose(&text);
	return good || repo_fail(e, "not committed", kept);
}

static bool
write_commit(struct attempt *a, git_commit *tip, const git_oid *tree_id, struct err *e)
{
	git_commit *second = NULL;
	git_tree *tree = NULL;
	const git_commit *parents[2];
	size_t n = 0;
	bool good = second_parent(a, &second, e);

	if (tip != NULL)
		parents[n++] = tip;
	if (second != NULL)
		parents[n++] = second;
	if (good)
		good = git_tree_lookup(&tree, a->r->git, tree_id) == 0 ||
		       repo_fail(e, "not committed", kept);
	if (good)
		good = write_object(a, tree, parents, n, e);
	git_tree_free(tree);
	git_commit_free(second);
	return good;
}

/* Everything but moving the branch. a->out->made says whether there is anything to move it for. */
static bool
prepare(struct attempt *a, struct err *e)
{
	git_commit *tip = NULL;
	git_tree *base = NULL;
	git_oid tree_id;
	bool good = !a->target.born || (git_commit_lookup(&tip, a->r->git, &a->target.tip) == 0 &&
					   git_commit_tree(&base, tip) == 0);

	if (!good)
		repo_fail(e, "not committed: the last commit cannot be read",
		    "everything is kept: git fsck "
		    "says more");
	good = good && paths_ready(a, base, e) && write_tree(a, base, &tree_id, e);
	if (good) {
		a->out->made = a->q->second_parent != NULL || base == NULL ||
			       !git_oid_equal(&tree_id, git_tree_id(base));
		good = !a->out->made || write_commit(a, tip, &tree_id, e);
	}
	git_tree_free(base);
	git_commit_free(tip);
	return good;
}

static int
move_branch(struct attempt *a)
{
	size_t len = strcspn(a->message, "\n");
	char *log =
	    mem_fmt("commit%s: %.*s", a->target.born ? "" : " (initial)", (int)len, a->message);
	char *mark = mem_fmt("%s/debrief-ref", a->r->git_dir);
	git_reference *ref = NULL;
	git_oid none = { { 0 } };
	int code;

	stale_lock_own(a->r, a->target.ref, mark, &a->out->said);
	lock_mark(mark);
	code = git_reference_create_matching(&ref, a->r->git, a->target.ref, &a->made, 1,
	    a->target.born ? &a->target.tip : &none, log);
	unlink(mark);
	free(mark);
	git_reference_free(ref);
	free(log);
	return code;
}

/* The branch has moved although something failed after that: the log of refs, or the disk when
 * asked to be sure. */
static bool
moved_after_all(struct attempt *a)
{
	const git_error *g = git_error_last();
	char *why = mem_dup(g != NULL && g->message != NULL ? g->message : "no reason given");
	struct target now = { 0 };
	bool moved = target_find(a->r, &now, NULL) && now.ref != NULL &&
		     strcmp(now.ref, a->target.ref) == 0 && now.born &&
		     git_oid_equal(&now.tip, &a->made);

	if (moved)
		strs_take(&a->out->said,
		    mem_fmt("committed, but the disk reported an error (%s): check it, and "
			    "git fsck",
			why));
	else
		git_error_set_str(GIT_ERROR_REFERENCE, why);
	target_fini(&now);
	free(why);
	return moved;
}

static bool
may_pass(int code)
{
	return code == GIT_EMODIFIED || code == GIT_ELOCKED || code == GIT_EEXISTS;
}

/* Note what is still to follow: what earlier commits left, and with `mine` this commit's paths. */
static bool
note_paths(struct attempt *a, bool mine, struct err *e)
{
	struct follows all = { 0 };
	bool good;

	for (size_t i = 0; i < a->left.n + (mine ? a->follows.n : 0); i++) {
		const struct follow *f =
		    i < a->left.n ? &a->left.v[i] : &a->follows.v[i - a->left.n];
		struct follow *one = follows_add(&all, f->path);
		one->had = f->had;
		one->old = f->old;
	}
	good = follows_save(a->r, &all, e);
	follows_fini(&all);
	return good;
}

/* One attempt. *again: somebody was quicker or holds the lock. */
static bool
attempt_once(struct attempt *a, bool *again, struct err *e)
{
	int code;

	*again = false;
	target_fini(&a->target);
	if (!target_find(a->r, &a->target, e) || !target_ready(a->r, &a->target, e) ||
	    !prepare(a, e))
		return false;
	if (!a->out->made)
		return true;
	if (a->first && a->target.checked_out && !note_paths(a, true, e))
		return false;
	a->first = false;
	code = move_branch(a);
	*again = may_pass(code);
	return code == 0 || (!*again && moved_after_all(a)) || repo_fail(e, "not committed", kept);
}

static bool
attempt_all(struct attempt *a, struct err *e)
{
	int64_t until_ms = clock_mono_ms() + a->r->retry_ms;
	bool again, good;

	while (!(good = attempt_once(a, &again, e)) && again) {
		if (clock_mono_ms() < until_ms && !stale_lock_old(a->r, a->target.ref)) {
			repo_pause(20);
			continue;
		}
		if (!stale_lock_removed(a->r, a->target.ref, &a->out->said, e))
			return false;
		until_ms += a->r->retry_ms;
	}
	return good;
}

static void
result_fill(struct attempt *a)
{
	a->out->blob[0] = a->out->commit[0] = '\0';
	if (a->q->n_files > 0 && a->q->files[0].bytes != NULL)
		repo_hex(&a->blobs[0], a->out->blob);
	if (a->out->made)
		repo_hex(&a->made, a->out->commit);
	else if (a->target.born)
		repo_hex(&a->target.tip, a->out->commit);
}

/* What an earlier commit left undone, because it was killed or the index was locked. */
static void
catch_up(struct attempt *a)
{
	struct target t = { 0 };

	follows_load(a->r, &a->left);
	if (a->left.n == 0)
		return;
	if (target_find(a->r, &t, NULL) && t.checked_out && t.ref != NULL)
		follow_all(a->r, &a->left, &a->out->said);
	else
		follows_fini(&a->left); /* another branch is out: git has brought its own files */
	target_fini(&t);
	if (a->left.n == 0)
		note_paths(a, false, NULL);
}

static bool
commit_locked(struct attempt *a, struct err *e)
{
	bool good, noted;

	catch_up(a);
	good = attempt_all(a, e);
	noted = !a->first;
	if (good)
		result_fill(a);
	if (good && a->target.checked_out) {
		follow_all(a->r, &a->follows, &a->out->said);
		noted = noted || a->follows.n > 0;
	}
	if (noted)
		note_paths(a, good, NULL);
	return good;
}

/* The line of .gitattributes that `init` could not commit, because git did not know a name then: it
 * waits in the work tree, and goes with the first commit that there is. Adds it to `files` and
 * returns true. */
static bool
attributes_wait(
    struct repo *r, const struct commit_request *q, struct repo_file *files, char **path)
{
	char head[REPO_HEX], work[REPO_HEX], line[REPO_HEX];
	char *own = mem_fmt("%s.gitattributes", r->prefix);
	bool waits = repo_head_file(r, own, head, NULL, NULL) && head[0] == '\0' &&
		     repo_work_file(r, own, work, NULL, NULL) && work[0] != '\0';

	for (size_t i = 0; waits && i < q->n_files; i++)
		waits = strcmp(q->files[i].path, own) != 0;
	if (waits) {
		repo_hash(ATTRIBUTES_LINE, strlen(ATTRIBUTES_LINE), line);
		waits = strcmp(work, line) == 0;
	}
	if (!waits) {
		free(own);
		return false;
	}
	memcpy(files, q->files, q->n_files * sizeof *files);
	files[q->n_files] =
	    (struct repo_file){ own, ATTRIBUTES_LINE, strlen(ATTRIBUTES_LINE), NULL };
	*path = own;
	return true;
}

static bool
commit_try(struct attempt *a, struct err *e)
{
	bool good;
	int fd;

	if (!commit_lock_take(a->r, &fd, e))
		return false;
	good =
	    write_author(a, e) && write_message(a, e) && write_blobs(a, e) && commit_locked(a, e);
	commit_lock_release(fd);
	return good;
}

static void
attempt_fini(struct attempt *a)
{
	git_signature_free(a->author);
	follows_fini(&a->follows);
	follows_fini(&a->left);
	target_fini(&a->target);
	free(a->message);
	free(a->blobs);
}

bool
repo_commit(
    struct repo *r, const struct commit_request *q, struct commit_result *out, struct err *e)
{
	struct repo_file *files = mem_zero(q->n_files + 1, sizeof *files);
	struct commit_request more = *q;
	struct commit_result result = { 0 };
	struct attempt a = { .r = r, .q = &more, .first = true, .out = &result };
	char *attributes = NULL;
	bool good;

	assert(q->n_files > 0 && q->message != NULL);
	if (attributes_wait(r, q, files, &attributes)) {
		more.files = files;
		more.n_files++;
	}
	good = commit_try(&a, e);
	if (good)
		*out = result;
	else
		strs_fini(&result.said);
	attempt_fini(&a);
	free(attributes);
	free(files);
	return good;
}
