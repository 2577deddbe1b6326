#include "live/trace.h"

#include <stdlib.h>
#include <string.h>

enum { COMMITS_MOST = 2000, NAMED_MOST = 12, SHORT_HASH = 8 };

/* As inside quotes in the file. */
static char *
as_in_file(const char *text)
{
	struct buf b = { 0 };

	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			buf_addf(&b, "\\%c", *text);
		else if (*text == '\n')
			buf_adds(&b, "\\n");
		else if (*text == '\t')
			buf_adds(&b, "\\t");
		else
			buf_addc(&b, *text);
	}
	return buf_take(&b);
}

void
trace_words(const struct debrief *d, const struct op *op, struct strs *out)
{
	for (size_t i = 0; i < op->n; i++) {
		const struct change *c = &op->v[i];
		const struct item *it =
		    c->kind == KIND_DEBRIEF ? &d->item : debrief_find(d, c->kind, c->id);
		for (size_t k = 0; it != NULL && c->verb == VERB_SET && k < c->n_set; k++) {
			struct value v = { 0 };
			if (!c->set[k].field->prose)
				continue;
			v = field_get(it, c->set[k].field);
			if (v.text != NULL && !value_equal(c->set[k].field, &v, &c->set[k].value))
				strs_take(out, as_in_file(v.text));
			value_fini(&v);
		}
	}
}

struct looking {
	struct host *h;
	const struct strs *words;
	struct buf found;
	size_t n, looked;
};

static bool
holds(const struct looking *l, const char *commit)
{
	struct buf bytes = { 0 };
	bool has = false;

	if (repo_file_at(l->h->repo, commit, l->h->meta.path, &bytes, NULL))
		for (size_t i = 0; i < l->words->n && !has; i++)
			has = strstr(bytes.data != NULL ? bytes.data : "", l->words->v[i]) != NULL;
	buf_fini(&bytes);
	return has;
}

static bool
look(void *ctx, const struct repo_commit_info *c)
{
	struct looking *l = ctx;

	if (c->blob[0] != '\0' && holds(l, c->hex)) {
		if (l->n < NAMED_MOST)
			buf_addf(&l->found, "%s%.*s", l->n > 0 ? ", " : "", SHORT_HASH, c->hex);
		l->n++;
	}
	return ++l->looked < COMMITS_MOST;
}

void
trace_tell(struct host *h, const struct strs *words)
{
	struct looking l = { .h = h, .words = words };
	struct err e = { 0 };

	if (words->n == 0)
		return;
	if (!repo_log(h->repo, h->meta.path, look, &l, &e))
		peers_notice(
		    h, "taken out; whether older commits have it is not known: %s", e.text);
	else if (l.n == 0)
		peers_notice(h, "taken out: no commit has it");
	else
		peers_notice(h,
		    "taken out here; %zu older commit%s still ha%s it: %s%s: only rewriting the "
		    "history removes it there",
		    l.n, l.n == 1 ? "" : "s", l.n == 1 ? "s" : "ve", l.found.data,
		    l.n > NAMED_MOST ? ", ..." : "");
	buf_fini(&l.found);
}
