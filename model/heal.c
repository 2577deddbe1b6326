#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/lookup.h"
#include "model/merge_internal.h"
#include "model/order.h"

/* A file that is all wrong is not told item by item. */
enum { NOTES_MOST = 100 };

static void
note(struct strs *notes, const struct debrief *d, enum kind kind, const struct item *it,
    const char *what)
{
	char name[24];

	if (notes == NULL || notes->n >= NOTES_MOST)
		return;
	item_short_name(d, kind, it, name);
	strs_take(notes, mem_fmt("%s %s %s", schema_of(kind)->word, name, what));
}

static bool
is_there(const struct debrief *d, const struct field *f, struct id id)
{
	enum kind kind;

	if (f->refers == N_KINDS)
		return debrief_any(d, id, &kind) != NULL;
	return debrief_find(d, f->refers, id) != NULL;
}

/* Take out of a reference (or a set of them) what names nothing. Most name something: look before
 * copying. */
static bool
mend_field(struct debrief *d, struct item *it, const struct field *f)
{
	const char *place = (const char *)it + f->offset;
	struct value v;
	bool whole = true;
	struct id id;

	if (f->type == FIELD_REF) {
		memcpy(&id, place, sizeof id);
		if (!id_some(id) || is_there(d, f, id))
			return false;
		v = value_default(f);
	} else {
		const struct strs *ids = (const struct strs *)(const void *)place;
		for (size_t i = 0; i < ids->n; i++)
			whole = whole && id_parse(ids->v[i], &id) && is_there(d, f, id);
		if (whole)
			return false;
		v = field_get(it, f);
		for (size_t i = v.list.n; i-- > 0;)
			if (!id_parse(v.list.v[i], &id) || !is_there(d, f, id))
				strs_drop(&v.list, i);
	}
	field_set(it, f, &v);
	value_fini(&v);
	return true;
}

size_t
heal_references(struct debrief *d, struct strs *notes)
{
	size_t mended = mend_field(d, &d->item, schema_field(KIND_DEBRIEF, "focus"));

	for (int k = 1; k < N_KINDS; k++) {
		const struct schema *s = schema_of((enum kind)k);
		for (size_t n = 0; d->of[k].n > 0 && n < s->n_fields; n++) {
			const struct field *f = &s->fields[n];
			if (f->type != FIELD_REF && f->type != FIELD_REFS)
				continue;
			for (size_t i = 0; i < d->of[k].n; i++) {
				char what[120];
				if (!mend_field(d, d->of[k].v[i], f))
					continue;
				snprintf(what, sizeof what,
				    "named in \"%s\" something that is not there: taken out",
				    f->name);
				note(notes, d, (enum kind)k, d->of[k].v[i], what);
				mended++;
			}
		}
	}
	return mended;
}

const struct field *
field_above(enum kind kind)
{
	const struct schema *s = schema_of(kind);

	for (size_t i = 0; i < s->n_fields; i++)
		if (s->fields[i].type == FIELD_REF && s->fields[i].refers == kind)
			return &s->fields[i];
	return NULL;
}

/* One kind's links upwards, as places in its list. */
struct links {
	struct debrief *d;
	enum kind kind;
	const struct field *above;
	size_t *up;   /* LOOKUP_NONE at a top */
	size_t *mark; /* on which walk, from 1, a place was met */
	loop_cut_fn *cut;
	const void *ctx;
	struct strs *notes;
};

static void
links_init(struct links *l)
{
	const struct items *items = &l->d->of[l->kind];
	struct lookup by_id;

	lookup_init(&by_id, items);
	l->up = mem_alloc((items->n + 1) * sizeof *l->up);
	l->mark = mem_zero(items->n + 1, sizeof *l->mark);
	for (size_t i = 0; i < items->n; i++) {
		struct id id;
		memcpy(&id, (const char *)items->v[i] + l->above->offset, sizeof id);
		l->up[i] = id_some(id) ? lookup_at(&by_id, id) : LOOKUP_NONE;
	}
	lookup_fini(&by_id);
}

static size_t
link_cut(struct links *l, size_t at)
{
	struct item *it = l->d->of[l->kind].v[at];
	struct value none = value_default(l->above);

	field_set(it, l->above, &none);
	value_fini(&none);
	note(l->notes, l->d, l->kind, it, "stood below itself: it is a top one now");
	return 1;
}

/* `at` is on a loop. */
static size_t
loop_cut(struct links *l, size_t at)
{
	struct item *const *v = l->d->of[l->kind].v;
	size_t cut = 0, smallest = at, i = at;

	do {
		if (id_cmp(v[i]->id, v[smallest]->id) < 0)
			smallest = i;
		if (l->cut != NULL && l->cut(l->ctx, l->kind, l->above, v[i]->id))
			cut += link_cut(l, i);
		i = l->up[i];
	} while (i != at);
	return l->cut == NULL ? link_cut(l, smallest) : cut;
}

static size_t
links_walk(struct links *l)
{
	size_t cut = 0, n = l->d->of[l->kind].n;

	for (size_t start = 0; start < n; start++) {
		size_t at = start;
		while (at != LOOKUP_NONE && l->mark[at] == 0) {
			l->mark[at] = start + 1;
			at = l->up[at];
		}
		if (at != LOOKUP_NONE && l->mark[at] == start + 1)
			cut += loop_cut(l, at);
	}
	return cut;
}

size_t
loops_cut(struct debrief *d, loop_cut_fn *cut, const void *ctx, struct strs *notes)
{
	size_t n = 0;

	for (int k = 1; k < N_KINDS; k++) {
		struct links l = {
			.d = d, .kind = (enum kind)k, .cut = cut, .ctx = ctx, .notes = notes
		};
		l.above = d->of[k].n > 0 ? field_above(l.kind) : NULL;
		if (l.above == NULL)
			continue;
		links_init(&l);
		n += links_walk(&l);
		free(l.up);
		free(l.mark);
	}
	return n;
}

/* The jitter of a key that nobody drew: from the id, so that every machine makes the same. */
static uint64_t
jitter(struct id id)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (int i = 0; i < ID_LEN; i++)
		h = (h ^ (unsigned char)id.s[i]) * UINT64_C(0x100000001b3);
	return h;
}

static bool
has_key(const struct item *it)
{
	return it->order != NULL && order_ok(it->order);
}

/* Give items from..to that have no key (or none that is one) a key after all others there, as they
 * stand. */
static size_t
keys_give(struct debrief *d, enum kind kind, size_t from, size_t to)
{
	struct item **v = d->of[kind].v;
	const struct field *order = schema_field(kind, "order");
	const char *last = NULL;
	size_t given = 0;

	for (size_t i = from; i < to; i++)
		if (has_key(v[i]) && (last == NULL || strcmp(v[i]->order, last) > 0))
			last = v[i]->order;
	for (size_t i = from; i < to; i++) {
		struct value key = { 0 };
		if (has_key(v[i]))
			continue;
		key.text = order_between(last, NULL, jitter(v[i]->id));
		field_set(v[i], order, &key);
		value_fini(&key);
		last = v[i]->order;
		given++;
	}
	return given;
}

/* Events stand by their time: only those of one moment need a key; a key that is none goes. Sets
 * *apart when events of one moment may stand apart. */
static size_t
event_keys_give(struct debrief *d, bool *apart)
{
	const struct items *events = &d->of[KIND_EVENT];
	const struct field *order = schema_field(KIND_EVENT, "order");
	int64_t before_ns = INT64_MIN;
	size_t given = 0;

	for (size_t from = 0, to; from < events->n; from = to) {
		int64_t at_ns = ((const struct event *)events->v[from])->at_ns;
		*apart = *apart || at_ns < before_ns;
		before_ns = at_ns;
		for (to = from + 1; to < events->n; to++)
			if (((const struct event *)events->v[to])->at_ns != at_ns)
				break;
		if (to - from > 1) {
			given += keys_give(d, KIND_EVENT, from, to);
		} else if (events->v[from]->order != NULL && !order_ok(events->v[from]->order)) {
			struct value none = value_default(order);
			field_set(events->v[from], order, &none);
			given++;
		}
	}
	return given;
}

/* Items stand as they came, perhaps in no order: events of one moment are found by looking again
 * once sorted. */
static size_t
order_of(struct debrief *d, enum kind kind)
{
	bool apart = false;
	size_t n;

	if (kind != KIND_EVENT)
		return keys_give(d, kind, 0, d->of[kind].n);
	n = event_keys_give(d, &apart);
	if (!apart)
		return n;
	debrief_sort(d, kind);
	return n + event_keys_give(d, &apart);
}

size_t
heal_order(struct debrief *d, struct strs *notes)
{
	size_t total = 0;

	for (int k = 1; k < N_KINDS; k++) {
		const struct schema *s = schema_of((enum kind)k);
		size_t n = 0;
		if (d->of[k].n > 0 && schema_field(s->kind, "order") != NULL)
			n = order_of(d, s->kind);
		debrief_sort(d, s->kind);
		total += n;
		if (n > 0 && notes != NULL)
			strs_take(
			    notes, mem_fmt("%zu %s had no place among the others: put %s", n,
				       n == 1 ? s->word : s->plural,
				       s->kind == KIND_EVENT ? "behind those of the same moment"
							     : "at the end"));
	}
	return total;
}

struct numbered {
	struct item *it;
	bool newer; /* the base did not know it by this number */
};

static int
numbered_cmp(const void *x, const void *y)
{
	const struct numbered *a = x, *b = y;

	if (a->it->number != b->it->number)
		return a->it->number < b->it->number ? -1 : 1;
	if (a->newer != b->newer)
		return a->newer ? 1 : -1;
	return id_cmp(a->it->id, b->it->id);
}

/* All items of a kind that have a number, those that keep it before those of the same number that
 * do not. */
static size_t
numbered_list(
    const struct debrief *d, const struct debrief *base, enum kind kind, struct numbered *out)
{
	size_t n = 0;
	bool sorted = true;

	for (size_t i = 0; i < d->of[kind].n; i++) {
		struct item *it = d->of[kind].v[i];
		const struct item *old = base == NULL ? NULL : debrief_find(base, kind, it->id);
		if (it->number == 0)
			continue;
		out[n++] = (struct numbered){ it, old == NULL || old->number != it->number };
		sorted = sorted && (n == 1 || out[n - 2].it->number < it->number);
	}
	if (!sorted)
		qsort(out, n, sizeof *out, numbered_cmp);
	return n;
}

/* Nearly always every number is there once: that is seen without sorting. False when in doubt.
 * Raises *last to the highest. */
static bool
numbers_differ(const struct items *items, int64_t *last)
{
	size_t room = items->n * 8 + 64;
	bool *met = mem_zero(room, sizeof *met), differ = true;

	for (size_t i = 0; i < items->n; i++) {
		int64_t number = items->v[i]->number;
		*last = number > *last ? number : *last;
		differ = differ &&
			 (number == 0 || (number > 0 && (uint64_t)number < room && !met[number]));
		if (differ)
			met[number] = number != 0;
	}
	free(met);
	return differ;
}

static size_t
numbers_of(struct debrief *d, const struct debrief *base, enum kind kind, struct strs *notes)
{
	struct numbered *v;
	size_t n, renumbered = 0;
	int64_t before = 0, most = schema_field(kind, "number")->max;
	char letter = schema_of(kind)->letter;

	if (numbers_differ(&d->of[kind], &d->last_number[kind]))
		return 0;
	v = mem_alloc((d->of[kind].n + 1) * sizeof *v);
	n = numbered_list(d, base, kind, v);
	for (size_t i = 0; i < n; i++) {
		int64_t number = v[i].it->number;
		if (i > 0 && number == before) {
			v[i].it->number = d->last_number[kind] < most ? ++d->last_number[kind] : 0;
			renumbered++;
			if (notes != NULL && notes->n < NOTES_MOST)
				strs_take(notes,
				    mem_fmt("%c%lld was given twice: one of them is %c%lld now",
					letter, (long long)number, letter,
					(long long)v[i].it->number));
		}
		before = number;
	}
	free(v);
	return renumbered;
}

size_t
heal_numbers(struct debrief *d, const struct debrief *base, struct strs *notes)
{
	size_t n = 0;

	for (int k = 1; k < N_KINDS; k++)
		if (schema_of((enum kind)k)->letter != 0 && d->of[k].n > 0)
			n += numbers_of(d, base, (enum kind)k, notes);
	return n;
}

bool
debrief_heal(struct debrief *d, struct strs *notes)
{
	size_t n = heal_references(d, notes);

	n += loops_cut(d, NULL, NULL, notes);
	n += heal_order(d, notes);
	n += heal_numbers(d, NULL, notes);
	return n > 0;
}
