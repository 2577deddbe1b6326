#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "model/merge_internal.h"

/* What merging one item needs at each of its fields. */
struct item_merge {
	struct versions v;
	enum merge_mutant mutant;
	struct merge_report *report;
	struct item *out;
};

bool
item_edited(enum kind kind, const struct item *from, const struct item *to)
{
	const struct schema *s = schema_of(kind);

	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		if (!f->live && f->type != FIELD_ID && !field_equal(from, to, f))
			return true;
	}
	return !extras_equal(&from->extra, &to->extra);
}

static void
field_copy(struct item *to, const struct item *from, const struct field *f)
{
	struct value v = field_get(from, f);

	field_set(to, f, &v);
	value_fini(&v);
}

/* Below 0: `b` is the later writer. Equal times decide nothing. */
static int
later(const struct item_merge *m)
{
	int64_t a_ns = m->v.a->changed_ns, b_ns = m->v.b->changed_ns;

	return a_ns > b_ns ? 1 : a_ns < b_ns ? -1 : 0;
}

static void
supersede(const struct item_merge *m, const struct field *f, const char *key, const char *lost,
    const char *kept)
{
	struct merge_report *r = m->report;

	if (r == NULL)
		return;
	VEC_ROOM(r->v, r->n, r->cap);
	r->v[r->n++] = (struct superseded){ .kind = m->v.kind,
		.id = m->v.a->id,
		.field = f,
		.key = mem_dup(key),
		.lost = mem_dup(lost),
		.kept = mem_dup(kept) };
}

/* Places and stamps of the host are no words that anybody would miss. */
static bool
is_bookkeeping(const struct field *f)
{
	return f->offset == offsetof(struct item, order) ||
	       f->offset == offsetof(struct item, number) ||
	       f->offset == offsetof(struct item, changed_ns) ||
	       f->offset == offsetof(struct item, redacted);
}

static void
supersede_value(const struct item_merge *m, const struct field *f, const struct value *lost,
    const struct value *kept)
{
	struct buf l = { 0 }, k = { 0 };

	if (is_bookkeeping(f) || m->report == NULL)
		return;
	value_words(f, lost, &l);
	value_words(f, kept, &k);
	supersede(m, f, NULL, l.data == NULL ? "" : l.data, k.data == NULL ? "" : k.data);
	buf_fini(&l);
	buf_fini(&k);
}

/* What neither side dropped and what either side added. */
static void
merge_sets(const struct strs *base, const struct strs *a, const struct strs *b, struct strs *out)
{
	for (size_t i = 0; i < a->n; i++)
		if (strs_has(b, a->v[i]) || !strs_has(base, a->v[i]))
			strs_add(out, a->v[i]);
	for (size_t i = 0; i < b->n; i++)
		if (!strs_has(a, b->v[i]) && !strs_has(base, b->v[i]))
			strs_add(out, b->v[i]);
	strs_sort(out, true);
}

/* Has `y` nothing to say to `x`: no line that is new there, none dropped that is still in `x`? */
static bool
list_covers(const struct strs *base, const struct strs *x, const struct strs *y)
{
	for (size_t i = 0; i < y->n; i++)
		if (!strs_has(base, y->v[i]) && !strs_has(x, y->v[i]))
			return false;
	for (size_t i = 0; i < x->n; i++)
		if (strs_has(base, x->v[i]) && !strs_has(y, x->v[i]))
			return false;
	return true;
}

/* The lines of `first` where they stand, without those that the other dropped, then the other's new
 * ones. */
static void
merge_lines(
    const struct strs *base, const struct strs *first, const struct strs *other, struct strs *out)
{
	for (size_t i = 0; i < first->n; i++)
		if (strs_has(other, first->v[i]) || !strs_has(base, first->v[i]))
			strs_add(out, first->v[i]);
	for (size_t i = 0; i < other->n; i++)
		if (!strs_has(first, other->v[i]) && !strs_has(base, other->v[i]))
			strs_add(out, other->v[i]);
}

/* Where one list has all that the other says, it stays as it is; so merging again finds nothing to
 * do. */
static void
merge_lists(const struct value *v, struct strs *out, bool a_first)
{
	const struct strs *base = &v[0].list, *a = &v[1].list, *b = &v[2].list;
	bool a_covers = list_covers(base, a, b), b_covers = list_covers(base, b, a);

	if (a_covers != b_covers)
		strs_copy(out, a_covers ? a : b);
	else if (a_covers)
		strs_copy(out, a_first ? a : b);
	else
		merge_lines(base, a_first ? a : b, a_first ? b : a, out);
}

static int64_t
merge_sum(const struct item_merge *m, const struct field *f, const struct value *v)
{
	int64_t sum = v[1].num + v[2].num - v[0].num;

	if (m->v.fresh || m->mutant == MERGE_SUM_IS_MAX)
		return v[1].num > v[2].num ? v[1].num : v[2].num;
	if (sum < 0)
		sum = 0;
	return sum < f->min ? f->min : sum > f->max ? f->max : sum;
}

static bool
is_list(const struct field *f)
{
	return f->type == FIELD_SET || f->type == FIELD_REFS || f->type == FIELD_LIST;
}

/* Both sides changed the field, to different values: v[0] base, v[1] a, v[2] b. */
static void
merge_conflict(const struct item_merge *m, const struct field *f, const struct value *v)
{
	int cmp = later(m);
	bool a_wins;
	struct value out = { 0 };

	if (cmp == 0)
		cmp = value_cmp(f, &v[1], &v[2]);
	a_wins = cmp >= 0 || m->mutant == MERGE_OURS_WINS;
	if (is_list(f) && m->mutant != MERGE_SET_REPLACED && m->mutant != MERGE_OURS_WINS) {
		if (f->type == FIELD_LIST)
			merge_lists(v, &out.list, a_wins);
		else
			merge_sets(&v[0].list, &v[1].list, &v[2].list, &out.list);
	} else if (f->merge == MERGE_SUM) {
		out.num = merge_sum(m, f, v);
	} else {
		if (f->merge == MERGE_MAX)
			a_wins = v[1].num > v[2].num;
		out = value_copy(a_wins ? &v[1] : &v[2]);
		supersede_value(m, f, a_wins ? &v[2] : &v[1], &out);
	}
	field_set(m->out, f, &out);
	value_fini(&out);
}

static void
merge_field(const struct item_merge *m, const struct field *f)
{
	const struct versions *v = &m->v;

	if (field_equal(v->a, v->b, f) || field_equal(v->base, v->b, f)) {
		field_copy(m->out, v->a, f);
	} else if (field_equal(v->base, v->a, f)) {
		field_copy(m->out, v->b, f);
	} else {
		struct value three[3] = { field_get(v->base, f), field_get(v->a, f),
			field_get(v->b, f) };
		merge_conflict(m, f, three);
		for (int i = 0; i < 3; i++)
			value_fini(&three[i]);
	}
}

/* Whose words stand when one of the three is redacted and a side is not: theirs who redacted. NULL:
 * nobody's, the words merge like everything else. */
static const struct item *
redacted_words(const struct item_merge *m)
{
	const struct versions *v = &m->v;

	if (m->mutant == MERGE_REDACTION_LOST || v->a->redacted == v->b->redacted)
		return !v->a->redacted && v->base->redacted ? v->base : NULL;
	return v->a->redacted ? v->a : v->b;
}

/* One unknown member: NULL is absent. */
static const char *
merge_extra(const struct item_merge *m, const char *key)
{
	const char *base = extras_get(&m->v.base->extra, key), *a = extras_get(&m->v.a->extra, key),
		   *b = extras_get(&m->v.b->extra, key);
	bool same = a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
	int cmp = later(m);

	if (same || b == base || (b != NULL && base != NULL && strcmp(b, base) == 0))
		return a;
	if (a == base || (a != NULL && base != NULL && strcmp(a, base) == 0))
		return b;
	if (cmp == 0)
		cmp = a == NULL ? -1 : b == NULL ? 1 : strcmp(a, b);
	if (m->mutant == MERGE_OURS_WINS)
		cmp = 1;
	supersede(m, NULL, key, cmp > 0 ? b : a, cmp > 0 ? a : b);
	return cmp > 0 ? a : b;
}

static void
strs_add_keys(struct strs *out, const struct extras *e, const struct extras *but)
{
	for (size_t i = 0; i < e->n; i++)
		if (extras_get(but, e->v[i].key) == NULL)
			strs_add(out, e->v[i].key);
}

/* Members that were there keep their places; new ones follow in the order of their names. */
static void
merge_extra_members(const struct item_merge *m)
{
	struct strs keys = { 0 };
	const struct extras *base = &m->v.base->extra;

	strs_add_keys(&keys, &m->v.a->extra, base);
	strs_add_keys(&keys, &m->v.b->extra, base);
	strs_sort(&keys, true);
	for (size_t i = 0; i < base->n; i++) {
		const char *json = merge_extra(m, base->v[i].key);
		if (json != NULL)
			extras_set(&m->out->extra, base->v[i].key, json);
	}
	for (size_t i = 0; i < keys.n; i++)
		extras_set(&m->out->extra, keys.v[i], merge_extra(m, keys.v[i]));
	strs_fini(&keys);
}

static void
merge_extras(const struct item_merge *m)
{
	const struct extras *base = &m->v.base->extra, *a = &m->v.a->extra, *b = &m->v.b->extra;

	if (extras_equal(a, b) || extras_equal(base, b))
		extras_copy(&m->out->extra, a);
	else if (extras_equal(base, a))
		extras_copy(&m->out->extra, b);
	else
		merge_extra_members(m);
}

static void
merge_fields(const struct item_merge *m)
{
	const struct schema *s = schema_of(m->v.kind);
	const struct item *a = m->v.a, *b = m->v.b, *words = redacted_words(m);

	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		if (f->type == FIELD_ID || f->offset == offsetof(struct item, changed_ns))
			continue;
		if (f->live)
			field_copy(m->out, a, f);
		else if (words != NULL && f->prose)
			field_copy(m->out, words, f);
		else
			merge_field(m, f);
	}
	m->out->changed_ns = a->changed_ns > b->changed_ns ? a->changed_ns : b->changed_ns;
	if (m->mutant != MERGE_REDACTION_LOST)
		m->out->redacted = a->redacted || b->redacted || m->v.base->redacted;
	merge_extras(m);
}

static void
copy_into(struct item *out, enum kind kind, const struct item *from)
{
	const struct schema *s = schema_of(kind);

	for (size_t i = 0; i < s->n_fields; i++)
		if (s->fields[i].type != FIELD_ID)
			field_copy(out, from, &s->fields[i]);
	extras_copy(&out->extra, &from->extra);
}

static void
live_into(struct item *out, enum kind kind, const struct item *from)
{
	const struct schema *s = schema_of(kind);

	for (size_t i = 0; i < s->n_fields; i++)
		if (s->fields[i].live)
			field_copy(out, from, &s->fields[i]);
}

/* The side to take whole, because the other said nothing; NULL: the fields have to be looked at. */
static const struct item *
whole_side(const struct item_merge *m)
{
	const struct versions *v = &m->v;
	const struct item *side = NULL;

	if (!item_edited(v->kind, v->base, v->b) || !item_edited(v->kind, v->a, v->b))
		side = v->a;
	else if (!item_edited(v->kind, v->base, v->a))
		side = v->b;
	else if (m->mutant == MERGE_LAST_WRITER)
		side = later(m) >= 0 ? v->a : v->b;
	if (side != NULL && v->base->redacted && !side->redacted &&
	    m->mutant != MERGE_REDACTION_LOST)
		return NULL;
	return side;
}

void
item_merge_into(struct item *out, const struct versions *v, enum merge_mutant mutant,
    struct merge_report *report)
{
	struct item_merge m = { .v = *v, .mutant = mutant, .report = report, .out = out };
	struct item *blank = NULL;
	const struct item *whole;

	if (v->base == NULL) {
		m.v.fresh = true;
		m.v.base = blank = item_new(v->kind, v->a->id);
	}
	whole = whole_side(&m);
	if (whole != NULL) {
		copy_into(out, v->kind, whole);
		live_into(out, v->kind, v->a);
	} else {
		merge_fields(&m);
	}
	if (blank != NULL)
		item_free(v->kind, blank);
}

struct item *
item_merge(const struct versions *v, enum merge_mutant mutant, struct merge_report *report)
{
	struct item *out = item_new(v->kind, v->a->id);

	assert(id_equal(v->a->id, v->b->id));
	item_merge_into(out, v, mutant, report);
	return out;
}
