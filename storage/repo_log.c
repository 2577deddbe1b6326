/* The commits that changed a path. As git's history simplification: a merge that agrees with one of
 * its parents is followed along that parent alone. */
#include <stdlib.h>
#include <string.h>

#include "storage/repo_internal.h"

/* A commit still to be looked at, and the path's blob in it. */
struct visit {
	git_commit *commit;
	git_oid blob;
	bool has;
};

struct walk {
	struct repo *r;
	const char *path;
	struct visit *v;
	size_t n, cap;
	git_oid *shown;
	size_t n_shown, cap_shown;
	repo_commit_fn *fn;
	void *ctx;
};

static bool
visit_open(struct walk *w, const git_oid *id, struct visit *out)
{
	struct visit v = { 0 };
	git_tree *tree = NULL;
	bool good = git_commit_lookup(&v.commit, w->r->git, id) == 0 &&
		    git_commit_tree(&tree, v.commit) == 0;

	if (good) {
		v.has = repo_tree_blob(tree, w->path, &v.blob);
		*out = v;
	} else {
		git_commit_free(v.commit);
	}
	git_tree_free(tree);
	return good;
}

static bool
visit_same(const struct visit *a, const struct visit *b)
{
	return a->has == b->has && (!a->has || git_oid_equal(&a->blob, &b->blob));
}

static void
walk_push(struct walk *w, struct visit v)
{
	for (size_t i = 0; i < w->n; i++)
		if (git_oid_equal(git_commit_id(w->v[i].commit), git_commit_id(v.commit))) {
			git_commit_free(v.commit);
			return;
		}
	VEC_ROOM(w->v, w->n, w->cap);
	w->v[w->n++] = v;
}

static struct visit
walk_newest(struct walk *w)
{
	size_t best = 0;
	struct visit v;

	for (size_t i = 1; i < w->n; i++)
		if (git_commit_time(w->v[i].commit) > git_commit_time(w->v[best].commit))
			best = i;
	v = w->v[best];
	w->v[best] = w->v[--w->n];
	return v;
}

static bool
show(struct walk *w, const struct visit *v)
{
	const git_oid *id = git_commit_id(v->commit);
	const git_signature *author = git_commit_author(v->commit);
	const char *subject = git_commit_summary(v->commit), *body = git_commit_body(v->commit);
	char hex[REPO_HEX], blob[REPO_HEX] = "";
	struct repo_commit_info info;

	for (size_t i = 0; i < w->n_shown; i++)
		if (git_oid_equal(&w->shown[i], id))
			return true;
	VEC_ROOM(w->shown, w->n_shown, w->cap_shown);
	w->shown[w->n_shown++] = *id;
	repo_hex(id, hex);
	if (v->has)
		repo_hex(&v->blob, blob);
	info = (struct repo_commit_info){
		.hex = hex,
		.author = author != NULL ? author->name : "",
		.subject = subject != NULL ? subject : "",
		.body = body != NULL ? body : "",
		.at_ns = (author != NULL ? (int64_t)author->when.time
					 : (int64_t)git_commit_time(v->commit)) *
			 1000000000,
		.blob = blob,
	};
	return w->fn(w->ctx, &info);
}

/* Queue the parents worth looking at. *changed: no parent has the path as `v` does. */
static bool
walk_parents(struct walk *w, const struct visit *v, bool *changed)
{
	unsigned n = git_commit_parentcount(v->commit);
	struct visit *parents = mem_zero(n + 1, sizeof *parents);
	unsigned got = 0, same = 0;
	bool good = true;

	for (; good && got < n; got += good)
		good = visit_open(w, git_commit_parent_id(v->commit, got), &parents[got]);
	while (same < got && !visit_same(v, &parents[same]))
		same++;
	*changed = good && same == got && (v->has || got > 0);
	for (unsigned i = 0; i < got; i++) {
		/* Before the path was there lies nothing of it: a debrief's path is never used
		 * twice. */
		bool wanted = same < got ? i == same : parents[i].has;
		if (good && wanted)
			walk_push(w, parents[i]);
		else
			git_commit_free(parents[i].commit);
	}
	free(parents);
	return good;
}

static bool
walk_all(struct walk *w)
{
	while (w->n > 0) {
		struct visit v = walk_newest(w);
		bool changed, good = walk_parents(w, &v, &changed), going = true;
		if (good && changed)
			going = show(w, &v);
		git_commit_free(v.commit);
		if (!good || !going)
			return good;
	}
	return true;
}

bool
repo_log(struct repo *r, const char *path, repo_commit_fn *fn, void *ctx, struct err *e)
{
	struct walk w = { .r = r, .path = path, .fn = fn, .ctx = ctx };
	struct target t = { 0 };
	struct visit tip;
	bool good;

	if (!target_find(r, &t, e))
		return false;
	good = !t.born || visit_open(&w, &t.tip, &tip);
	if (good && t.born)
		walk_push(&w, tip);
	good = good && walk_all(&w);
	if (!good)
		repo_fail(
		    e, "the history cannot be read", "nothing was changed: git fsck says more");
	while (w.n > 0)
		git_commit_free(w.v[--w.n].commit);
	free(w.v);
	free(w.shown);
	target_fini(&t);
	return good;
}
