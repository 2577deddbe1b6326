#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "live/host_internal.h"
#include "storage/json_file.h"

enum { TRIES = 3, SHORT_HASH = 7 };

/* The base that the next comparison stands on: these bytes are in the history. */
static bool
set_base(struct host *h, const struct buf *bytes, const char *blob, struct err *e)
{
	free(h->meta.base);
	h->meta.base = mem_dupn(bytes->data != NULL ? bytes->data : "", bytes->len);
	snprintf(h->meta.base_blob, sizeof h->meta.base_blob, "%s", blob);
	return h->journal == NULL ||
	       journal_set_base(h->journal, h->meta.base, bytes->len, blob, e);
}

static struct debrief *
base_of(const struct host *h)
{
	if (h->meta.base == NULL)
		return NULL;
	return file_decode(h->meta.base, strlen(h->meta.base), NULL, NULL, NULL);
}

static void
say_notes(struct host *h, const struct strs *notes)
{
	for (size_t i = 0; i < notes->n; i++)
		peers_notice(h, "%s: %s", h->meta.path, notes->v[i]);
}

/* The difference as one batch by `git`. Nothing is lost when it cannot be kept: the file stays as
 * it is. */
static bool
take_batch(struct host *h, struct op *op, struct err *e)
{
	struct actor git = { .name = "git", .role = PERSON_NONE, .host = true };

	free(op->command);
	op->command = mem_dup("git");
	free(op->by);
	op->by = mem_dup("git");
	op->cid = id_make(host_random(h));
	op->at_ns = host_now_ns(h);
	op->seq = h->seq + 1;
	if (h->read_only != NULL)
		return err_set(e, ERR_STORE, "%s", h->read_only);
	if (!debrief_check(h->d, &git, op, e))
		return err_prefix(
		    e, "%s was changed underneath and cannot be taken in", h->meta.path);
	if (!host_need_journal(h, e) || !journal_append(h->journal, op, 1, e))
		return false;
	debrief_apply(h->next, op);
	publish(h, op);
	return true;
}

/* To those who are here, or to who comes first. */
static void
say_merged(struct host *h, const char *whose, const char *counts)
{
	if (h->n_peers > 0)
		peers_notice(h, "merged what %s changed: %s", whose, counts);
	else
		strs_take(&h->standing, mem_fmt("merged what %s changed: %s", whose, counts));
}

/* Nothing of what is hidden goes into a commit's message. */
static void
note_superseded(struct host *h, const struct merge_report *report, const struct debrief *merged)
{
	const struct viewer file = { .file = true };
	struct merge_report told = *report;

	told.v = mem_alloc((report->n + 1) * sizeof *told.v);
	told.n = 0;
	for (size_t i = 0; i < report->n; i++) {
		const struct superseded *s = &report->v[i];
		const struct item *ours = s->kind == KIND_DEBRIEF
					      ? &h->d->item
					      : debrief_find(h->d, s->kind, s->id);
		if (ours == NULL || visible_item(h->d, &file, s->kind, ours))
			told.v[told.n++] = *s;
	}
	merge_report_words(&told, merged, &h->superseded);
	free(told.v);
}

static bool
take_merged(struct host *h, const struct debrief *theirs, const char *whose, struct err *e)
{
	struct debrief *base = base_of(h), *merged;
	struct merge_report report = { 0 };
	struct buf counts = { 0 };
	struct op op = { 0 };
	bool good = true;

	merged = debrief_merge(base, h->d, theirs, &report, e);
	if (merged != NULL) {
		debrief_difference(h->d, merged, &op);
		difference_counts(h->d, merged, &counts);
		note_superseded(h, &report, merged);
		good = op.n == 0 || take_batch(h, &op, e);
		if (good && op.n > 0)
			say_merged(h, whose, counts.data != NULL ? counts.data : "");
		op_fini(&op);
	}
	merge_report_fini(&report);
	buf_fini(&counts);
	debrief_free(base);
	good = good && merged != NULL;
	debrief_free(merged);
	return good;
}

/* Another version of the file. */
static bool
take_file(struct host *h, const struct buf *bytes, const char *whose, struct err *e)
{
	struct strs notes = { 0 };
	struct debrief *theirs =
	    file_decode(bytes->data != NULL ? bytes->data : "", bytes->len, &notes, NULL, e);
	bool good;

	if (theirs == NULL)
		return err_prefix(e,
		    "%s cannot be read, so it is left alone and nothing is committed over it (all "
		    "is safe in the journal): set it right",
		    h->meta.path);
	say_notes(h, &notes);
	strs_fini(&notes);
	good = take_merged(h, theirs, whose, e);
	debrief_free(theirs);
	return good;
}

struct versions {
	struct buf head, work;
	char head_blob[REPO_HEX], work_blob[REPO_HEX]; /* "" none */
};

struct sought {
	const char *blob;
	bool found;
};

static bool
is_sought(void *ctx, const struct repo_commit_info *c)
{
	struct sought *s = ctx;

	s->found = strcmp(c->blob, s->blob) == 0;
	return !s->found;
}

/* A work tree that only stayed behind holds some earlier commit's version: nobody edited it. */
static bool
was_committed(struct host *h, const char *blob)
{
	struct sought s = { .blob = blob };

	return repo_log(h->repo, h->meta.path, is_sought, &s, NULL) && s.found;
}

static bool
take_versions(struct host *h, const struct versions *v, struct err *e)
{
	if (v->head_blob[0] != '\0' && strcmp(v->head_blob, h->meta.base_blob) != 0 &&
	    !(take_file(h, &v->head, "git", e) && set_base(h, &v->head, v->head_blob, e)))
		return false;
	if (v->work_blob[0] == '\0' || strcmp(v->work_blob, v->head_blob) == 0 ||
	    strcmp(v->work_blob, h->meta.base_blob) == 0 ||
	    strcmp(v->work_blob, h->work_blob) == 0 || was_committed(h, v->work_blob))
		return true;
	if (!take_file(h, &v->work, "a hand", e))
		return false;
	snprintf(h->work_blob, sizeof h->work_blob, "%s", v->work_blob);
	return true;
}

bool
save_sync(struct host *h, struct err *e)
{
	struct versions v = { 0 };
	bool good = repo_head_file(h->repo, h->meta.path, v.head_blob, &v.head, e) &&
		    repo_work_file(h->repo, h->meta.path, v.work_blob, &v.work, e);

	if (good)
		snprintf(h->head_blob, sizeof h->head_blob, "%s", v.head_blob);
	good = good && take_versions(h, &v, e);
	buf_fini(&v.head);
	buf_fini(&v.work);
	return good;
}

/* The work tree's file that was edited by hand and merged in becomes what is committed now, so that
 * the commit finds nothing in its way. Not when it was edited once more meanwhile. */
static bool
settle_work(struct host *h, const struct buf *bytes, struct err *e)
{
	char now[REPO_HEX] = "";
	char *path;
	bool good;

	if (h->work_blob[0] == '\0' || repo_work_dir(h->repo) == NULL ||
	    !repo_work_file(h->repo, h->meta.path, now, NULL, e) || strcmp(now, h->work_blob) != 0)
		return true;
	path = mem_fmt("%s/%s", repo_work_dir(h->repo), h->meta.path);
	good = buf_write_file(path, bytes->data, bytes->len, e);
	free(path);
	if (good)
		repo_hash(bytes->data, bytes->len, h->work_blob);
	return good;
}

static void
write_message(struct host *h, const struct save *s, const struct debrief *now, struct buf *out)
{
	struct debrief *before = base_of(h);
	struct commit_words w = { before, now, s->subject, s->what, h->superseded.data };

	commit_words(&w, out);
	debrief_free(before);
}

/* Does this history want a report beside each file? */
static bool
wants_twin(const struct host *h)
{
	char *report = repo_config(h->repo, "debrief.report");
	bool wants = h->o.twin != NULL && report != NULL && strcmp(report, "md") == 0;

	free(report);
	return wants;
}

/* "NAME.json" has its report in "NAME.md". */
static char *
twin_path(const struct host *h)
{
	return mem_fmt("%.*s.md", (int)(strlen(h->meta.path) - strlen(".json")), h->meta.path);
}

/* A report that somebody edited by hand stays; the debrief itself is committed all the same. */
static bool
commit_files(
    struct host *h, struct commit_request *q, struct commit_result *out, struct err *e)
{
	bool good = repo_commit(h->repo, q, out, e);

	if (good || q->n_files == 1 || e == NULL || e->kind != ERR_REFUSED)
		return good;
	q->n_files = 1;
	e->kind = ERR_NONE;
	if (!repo_commit(h->repo, q, out, e))
		return false;
	strs_add(&out->said, "the report beside it was edited by hand and is left as it is");
	return true;
}

/* What is to be committed: the debrief as the file has it, its bytes, the message. */
struct version {
	const struct debrief *now;
	struct buf bytes, message;
};

static bool
commit(struct host *h, const struct version *v, struct commit_result *out, struct err *e)
{
	struct buf report = { 0 };
	char *path = twin_path(h);
	struct repo_file files[] = { { h->meta.path, v->bytes.data, v->bytes.len, h->head_blob },
		{ .path = path } };
	struct commit_request q = {
		.files = files, .n_files = 1, .message = v->message.data, .at_ns = host_now_ns(h)
	};
	bool good = repo_identity(h->repo, &q.author, e);

	if (good && wants_twin(h)) {
		h->o.twin(v->now, &report);
		files[1].bytes = report.data;
		files[1].len = report.len;
		q.n_files = 2;
	}
	good = good && settle_work(h, &v->bytes, e) && commit_files(h, &q, out, e);
	identity_fini(&q.author);
	buf_fini(&report);
	free(path);
	return good;
}

static bool
note_saved(struct host *h, const struct buf *bytes, const struct commit_result *r,
    const char *message, struct err *e)
{
	if (r->made)
		peers_notice(h, "saved %.*s: %.*s", SHORT_HASH, r->commit,
		    (int)strcspn(message, "\n"), message);
	for (size_t i = 0; i < r->said.n; i++)
		peers_notice(h, "%s", r->said.v[i]);
	strs_fini(&h->standing); /* seen, and settled by this commit */
	buf_clear(&h->superseded);
	h->work_blob[0] = '\0';
	snprintf(h->head_blob, sizeof h->head_blob, "%s", r->blob);
	return set_base(h, bytes, r->blob, e);
}

static bool
commit_once(struct host *h, const struct save *s, struct err *e)
{
	struct viewer file = { .file = true };
	struct debrief *now = visible_copy(s->d, &file);
	struct version v = { .now = now };
	struct commit_result r = { 0 };
	char blob[REPO_HEX];
	bool good = true;

	file_encode(now, &v.bytes);
	repo_hash(v.bytes.data, v.bytes.len, blob);
	if (strcmp(blob, h->head_blob) != 0) {
		write_message(h, s, now, &v.message);
		good = commit(h, &v, &r, e) &&
		    note_saved(h, &v.bytes, &r, v.message.data, e);
	}
	strs_fini(&r.said);
	buf_fini(&v.bytes);
	buf_fini(&v.message);
	debrief_free(now);
	return good;
}

bool
save_now(struct host *h, const struct save *s, struct err *e)
{
	char stood_on[REPO_HEX];
	char head[REPO_HEX];

	/* Who commits in between is merged in, too. */
	for (int i = 0;; i++) {
		if (!save_sync(h, e))
			return false;
		memcpy(stood_on, h->head_blob, sizeof stood_on);
		if (commit_once(h, s, e))
			return true;
		if (i + 1 == TRIES || e->kind != ERR_REFUSED ||
		    !repo_head_file(h->repo, h->meta.path, head, NULL, NULL) ||
		    strcmp(head, stood_on) == 0)
			return false;
		e->kind = ERR_NONE;
	}
}
