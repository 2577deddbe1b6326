#include "model/merge.h"

#include <stdlib.h>
#include <string.h>

#include "model/merge_internal.h"

void
merge_report_fini(struct merge_report *r)
{
	for (size_t i = 0; i < r->n; i++) {
		free(r->v[i].key);
		free(r->v[i].lost);
		free(r->v[i].kept);
	}
	free(r->v);
	*r = (struct merge_report){ 0 };
}

/* In quotes, on one line. */
static void
quote(struct buf *out, const char *label, const char *text)
{
	if (text == NULL || *text == '\0') {
		buf_addf(out, "%s nothing", label);
		return;
	}
	buf_addf(out, "%s \"", label);
	for (const char *p = text; *p != '\0'; p++)
		buf_addc(out, *p == '\n' || *p == '\t' ? ' ' : *p);
	buf_addc(out, '"');
}

void
merge_report_words(const struct merge_report *r, const struct debrief *merged, struct buf *out)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct superseded *s = &r->v[i];
		const struct item *it =
		    s->kind == KIND_DEBRIEF ? NULL : debrief_find(merged, s->kind, s->id);
		if (it != NULL) {
			char name[24];
			item_short_name(merged, s->kind, it, name);
			buf_addf(out, "%s ", name);
		}
		buf_adds(out, s->field != NULL ? s->field->name : s->key);
		quote(out, ": kept", s->kept);
		quote(out, ", superseded", s->lost);
		buf_addc(out, '\n');
	}
	if (r->loops_cut > 0)
		buf_addf(out, "%zu %s cut that would have made a loop\n", r->loops_cut,
		    r->loops_cut == 1 ? "link was" : "links were");
	if (r->renumbered > 0)
		buf_addf(out, "%zu %s given twice got a new one\n", r->renumbered,
		    r->renumbered == 1 ? "number that was" : "numbers that were");
}

/* The same id for two different things is no accident of drawing ids. */
static bool
put_new(struct merge *m, enum kind kind, struct item *it, struct err *e)
{
	enum kind other;

	if (debrief_any(m->out, it->id, &other) == NULL) {
		debrief_put(m->out, kind, it);
		return true;
	}
	err_set(e, ERR_REFUSED,
	    "%s is the id of a %s on one side and of a %s on the other: nothing was merged: "
	    "give one of them another id",
	    it->id.s, schema_of(other)->word, schema_of(kind)->word);
	item_free(kind, it);
	return false;
}

/* One item that at least one side has; `x` is of either side, `y` the other's or NULL. */
static bool
merge_one(
    struct merge *m, enum kind kind, const struct item *x, const struct item *y, struct err *e)
{
	struct versions v = { .kind = kind, .a = x, .b = y };

	v.base = debrief_find(m->base, kind, x->id);
	v.fresh = v.base == NULL;
	if (y == NULL && v.base != NULL) {
		if (!item_edited(kind, v.base, x) || m->mutant == MERGE_EDIT_LOST)
			return true;
		v.b = v.base;
	} else if (y == NULL) {
		return put_new(m, kind, item_copy(kind, x), e);
	}
	return put_new(m, kind, item_merge(&v, m->mutant, m->report), e);
}

static bool
merge_kind(struct merge *m, enum kind kind, struct err *e)
{
	const struct items *a = &m->a->of[kind], *b = &m->b->of[kind];

	for (size_t i = 0; i < a->n; i++)
		if (!merge_one(m, kind, a->v[i], debrief_find(m->b, kind, a->v[i]->id), e))
			return false;
	for (size_t i = 0; i < b->n; i++)
		if (debrief_find(m->a, kind, b->v[i]->id) == NULL &&
		    !merge_one(m, kind, b->v[i], NULL, e))
			return false;
	return true;
}

/* What was removed on one side while the other put something below it, or edited that. */
struct missing {
	enum kind kind;
	struct id id;
};
struct missing_list {
	struct missing *v;
	size_t n, cap;
};

static void
missing_of(const struct merge *m, enum kind kind, const struct item *it, struct missing_list *out)
{
	const struct schema *s = schema_of(kind);

	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		struct id id;
		if (f->type != FIELD_REF || f->on_remove == REF_CLEAR || f->refers == N_KINDS)
			continue;
		memcpy(&id, (const char *)it + f->offset, sizeof id);
		if (!id_some(id) || debrief_find(m->out, f->refers, id) != NULL)
			continue;
		VEC_ROOM(out->v, out->n, out->cap);
		out->v[out->n++] = (struct missing){ f->refers, id };
	}
}

/* Bring back what kept items stand in or hang under: a child is not kept without its place. */
static bool
bring_back(struct merge *m, struct err *e)
{
	struct missing_list list = { 0 };
	bool ok = true;

	for (int k = 1; k < N_KINDS; k++)
		for (size_t i = 0; i < m->out->of[k].n; i++)
			missing_of(m, (enum kind)k, m->out->of[k].v[i], &list);
	for (size_t i = 0; i < list.n && ok; i++) {
		enum kind kind = list.v[i].kind;
		const struct item *it = debrief_find(m->a, kind, list.v[i].id);
		if (it == NULL)
			it = debrief_find(m->b, kind, list.v[i].id);
		if (it == NULL || debrief_find(m->out, kind, list.v[i].id) != NULL)
			continue;
		ok = put_new(m, kind, item_copy(kind, it), e);
		if (ok)
			missing_of(m, kind, it, &list);
	}
	free(list.v);
	return ok;
}

/* A link counts as changed by a side when it is not what the base had. */
static bool
link_changed(const void *ctx, enum kind kind, const struct field *f, struct id id)
{
	const struct merge *m = ctx;
	const struct item *base = debrief_find(m->base, kind, id),
			  *a = debrief_find(m->a, kind, id), *b = debrief_find(m->b, kind, id);

	return base == NULL || (a != NULL && !field_equal(base, a, f)) ||
	       (b != NULL && !field_equal(base, b, f));
}

static bool
within_limits(const struct debrief *d, struct err *e)
{
	for (int k = 1; k < N_KINDS; k++) {
		const struct schema *s = schema_of((enum kind)k);
		if (d->of[k].n > s->most)
			return err_set(e, ERR_REFUSED,
			    "together there are %zu %s and a debrief holds %zu: nothing was "
			    "merged: remove some on one side",
			    d->of[k].n, s->plural, s->most);
	}
	return true;
}

static int64_t
greatest(int64_t x, int64_t y, int64_t z)
{
	x = x > y ? x : y;
	return x > z ? x : z;
}

/* What no item can see for itself: places, loops, references, numbers. */
static void
settle(struct merge *m)
{
	size_t cut = 0, renumbered = 0, cleared;

	for (int k = 1; k < N_KINDS; k++)
		m->out->last_number[k] =
		    greatest(m->base->last_number[k], m->a->last_number[k], m->b->last_number[k]);
	cleared = heal_references(m->out, NULL);
	if (m->mutant != MERGE_LOOP_LEFT) {
		cut = loops_cut(m->out, link_changed, m, NULL);
		cut += loops_cut(m->out, NULL, NULL, NULL);
	}
	if (m->mutant != MERGE_NUMBER_TWICE)
		renumbered = heal_numbers(m->out, m->base, NULL);
	for (int k = 1; k < N_KINDS; k++)
		debrief_sort(m->out, (enum kind)k);
	if (m->report != NULL) {
		m->report->loops_cut += cut;
		m->report->renumbered += renumbered;
		m->report->cleared += cleared;
	}
}

static bool
merge_all(struct merge *m, bool fresh, struct err *e)
{
	struct versions own = { KIND_DEBRIEF, &m->base->item, &m->a->item, &m->b->item, fresh };

	item_merge_into(&m->out->item, &own, m->mutant, m->report);
	for (int k = 1; k < N_KINDS; k++)
		if (!merge_kind(m, (enum kind)k, e))
			return false;
	if (!bring_back(m, e) || !within_limits(m->out, e))
		return false;
	settle(m);
	return true;
}

struct debrief *
debrief_merge_as(struct merge *m, struct err *e)
{
	struct debrief *blank = NULL;
	struct id id = m->a->item.id;

	if (!id_equal(id, m->b->item.id) || (m->base != NULL && !id_equal(id, m->base->item.id))) {
		err_set(e, ERR_REFUSED,
		    "these are different debriefs (%s and %s): nothing was merged: "
		    "merge two versions of one",
		    id.s, id_equal(id, m->b->item.id) ? m->base->item.id.s : m->b->item.id.s);
		return NULL;
	}
	if (m->base == NULL)
		m->base = blank = debrief_new(id);
	m->out = debrief_new(id);
	if (!merge_all(m, blank != NULL, e)) {
		debrief_free(m->out);
		m->out = NULL;
	}
	if (blank != NULL) {
		debrief_free(blank);
		m->base = NULL;
	}
	return m->out;
}

struct debrief *
debrief_merge(const struct debrief *base, const struct debrief *a, const struct debrief *b,
    struct merge_report *report, struct err *e)
{
	struct merge m = { .base = base, .a = a, .b = b, .report = report };

	return debrief_merge_as(&m, e);
}
