#include "model/debrief.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "model/op_internal.h"

/* Ids to items, by open addressing. The hash stands in the slot, so that passing over others' slots
 * touches no item. */
struct slot {
	struct item *item; /* NULL: free, or a grave */
	uint32_t hash;
	unsigned char kind; /* enum kind */
	bool grave;         /* its item was taken out: a search goes on behind it */
};
struct id_map {
	struct slot *v;
	size_t n, cap; /* n counts graves too */
	size_t n_items;
};

static struct slot *
map_slot(const struct id_map *m, struct id id)
{
	uint32_t hash = (uint32_t)id_hash(id);

	if (m->cap == 0)
		return NULL;
	for (size_t i = hash & (m->cap - 1);; i = (i + 1) & (m->cap - 1)) {
		struct slot *s = &m->v[i];
		if (s->item == NULL && !s->grave)
			return NULL;
		if (s->item != NULL && s->hash == hash && id_equal(s->item->id, id))
			return s;
	}
}

static void
map_insert(struct id_map *m, struct slot new)
{
	size_t i = new.hash &(m->cap - 1);

	for (; m->v[i].item != NULL || m->v[i].grave; i = (i + 1) & (m->cap - 1))
		assert(m->v[i].item == NULL || m->v[i].hash != new.hash ||
		    !id_equal(m->v[i].item->id, new.item->id));
	m->v[i] = new;
	m->n++;
	m->n_items++;
}

/* Room for one more; graves are left behind. */
static void
map_grow(struct id_map *m)
{
	struct id_map bigger = { .cap = 64 };

	while (bigger.cap < (m->n_items + 1) * 4)
		bigger.cap *= 2;
	bigger.v = mem_zero(bigger.cap, sizeof *bigger.v);
	for (size_t i = 0; i < m->cap; i++)
		if (m->v[i].item != NULL)
			map_insert(&bigger, m->v[i]);
	free(m->v);
	*m = bigger;
}

static void
map_put(struct id_map *m, enum kind kind, struct item *it)
{
	if ((m->n + 1) * 2 > m->cap)
		map_grow(m);
	map_insert(m, (struct slot){ it, (uint32_t)id_hash(it->id), (unsigned char)kind, false });
}

static struct item *
map_take(struct id_map *m, enum kind kind, struct id id)
{
	struct slot *s = map_slot(m, id);
	struct item *it;

	if (s == NULL || s->kind != kind)
		return NULL;
	it = s->item;
	*s = (struct slot){ .grave = true };
	m->n_items--;
	return it;
}

void
extras_set(struct extras *e, const char *key, const char *json)
{
	for (size_t i = 0; i < e->n; i++) {
		if (strcmp(e->v[i].key, key) != 0)
			continue;
		free(e->v[i].json);
		if (json != NULL) {
			e->v[i].json = mem_dup(json);
			return;
		}
		free(e->v[i].key);
		memmove(e->v + i, e->v + i + 1, (e->n - i - 1) * sizeof *e->v);
		e->n--;
		return;
	}
	if (json == NULL)
		return;
	VEC_ROOM(e->v, e->n, e->cap);
	e->v[e->n++] = (struct extra){ mem_dup(key), mem_dup(json) };
}

void
extras_fini(struct extras *e)
{
	for (size_t i = 0; i < e->n; i++) {
		free(e->v[i].key);
		free(e->v[i].json);
	}
	free(e->v);
	*e = (struct extras){ 0 };
}

void
extras_copy(struct extras *to, const struct extras *from)
{
	for (size_t i = 0; i < from->n; i++)
		extras_set(to, from->v[i].key, from->v[i].json);
}

const char *
extras_get(const struct extras *e, const char *key)
{
	for (size_t i = 0; i < e->n; i++)
		if (strcmp(e->v[i].key, key) == 0)
			return e->v[i].json;
	return NULL;
}

bool
extras_equal(const struct extras *a, const struct extras *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->v[i].key, b->v[i].key) != 0 ||
		    strcmp(a->v[i].json, b->v[i].json) != 0)
			return false;
	return true;
}

/* Of an item that is all zero. */
static void
item_defaults(enum kind kind, struct item *it)
{
	const struct schema *s = schema_of(kind);

	it->changed_ns = TIME_NONE;
	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		struct value v;
		if (f->type == FIELD_ID || (f->dflt == 0 && f->dflt_text == NULL))
			continue;
		v = value_default(f);
		field_set(it, f, &v);
		value_fini(&v);
	}
}

struct item *
item_new(enum kind kind, struct id id)
{
	struct item *it = mem_zero(1, schema_of(kind)->size);

	it->id = id;
	item_defaults(kind, it);
	return it;
}

static bool
owns_memory(const struct field *f)
{
	return f->type == FIELD_LINE || f->type == FIELD_TEXT || f->type == FIELD_REFS ||
	    f->type == FIELD_SET || f->type == FIELD_LIST;
}

/* Of an item that goes. */
static void
item_clear(enum kind kind, struct item *it)
{
	const struct schema *s = schema_of(kind);
	struct value nothing = { 0 };

	for (size_t i = 0; i < s->n_fields; i++)
		if (owns_memory(&s->fields[i]))
			field_set(it, &s->fields[i], &nothing);
	extras_fini(&it->extra);
}

void
item_free(enum kind kind, struct item *it)
{
	if (it == NULL)
		return;
	item_clear(kind, it);
	free(it);
}

static void
item_fill(enum kind kind, struct item *to, const struct item *from)
{
	const struct schema *s = schema_of(kind);

	for (size_t i = 0; i < s->n_fields; i++)
		field_set_from(to, from, &s->fields[i]);
	extras_fini(&to->extra);
	extras_copy(&to->extra, &from->extra);
}

struct item *
item_copy(enum kind kind, const struct item *it)
{
	struct item *copy = mem_zero(1, schema_of(kind)->size);

	item_fill(kind, copy, it);
	return copy;
}

struct debrief *
debrief_new(struct id id)
{
	struct debrief *d = mem_zero(1, sizeof *d);

	d->item.id = id;
	d->ids = mem_zero(1, sizeof *d->ids);
	item_defaults(KIND_DEBRIEF, &d->item);
	return d;
}

void
debrief_free(struct debrief *d)
{
	if (d == NULL)
		return;
	for (int k = 0; k < N_KINDS; k++) {
		for (size_t i = 0; i < d->of[k].n; i++)
			item_free((enum kind)k, d->of[k].v[i]);
		free(d->of[k].v);
	}
	free(d->ids->v);
	free(d->ids);
	item_clear(KIND_DEBRIEF, &d->item);
	free(d);
}

struct debrief *
debrief_copy(const struct debrief *d)
{
	struct debrief *copy = debrief_new(d->item.id);

	item_fill(KIND_DEBRIEF, &copy->item, &d->item);
	for (int k = 0; k < N_KINDS; k++) {
		for (size_t i = 0; i < d->of[k].n; i++)
			debrief_put(copy, (enum kind)k, item_copy((enum kind)k, d->of[k].v[i]));
		copy->last_number[k] = d->last_number[k];
	}
	return copy;
}

static bool
item_equal(enum kind kind, const struct item *a, const struct item *b)
{
	const struct schema *s = schema_of(kind);

	if (!id_equal(a->id, b->id) || !extras_equal(&a->extra, &b->extra))
		return false;
	for (size_t i = 0; i < s->n_fields; i++)
		if (!field_equal(a, b, &s->fields[i]))
			return false;
	return true;
}

bool
debrief_equal(const struct debrief *a, const struct debrief *b)
{
	if (!item_equal(KIND_DEBRIEF, &a->item, &b->item))
		return false;
	for (int k = 0; k < N_KINDS; k++) {
		if (a->of[k].n != b->of[k].n)
			return false;
		for (size_t i = 0; i < a->of[k].n; i++)
			if (!item_equal((enum kind)k, a->of[k].v[i], b->of[k].v[i]))
				return false;
	}
	return true;
}

struct item *
debrief_any(const struct debrief *d, struct id id, enum kind *kind)
{
	struct slot *s = id_some(id) ? map_slot(d->ids, id) : NULL;

	if (s == NULL)
		return NULL;
	if (kind != NULL)
		*kind = s->kind;
	return s->item;
}

struct item *
debrief_find(const struct debrief *d, enum kind kind, struct id id)
{
	enum kind is;
	struct item *it = debrief_any(d, id, &is);

	return it != NULL && is == kind ? it : NULL;
}

struct person *
debrief_person(const struct debrief *d, const char *name)
{
	for (size_t i = 0; name != NULL && i < DEBRIEF_N(d, PERSON); i++) {
		struct person *p = DEBRIEF_AT(d, PERSON, person, i);
		if (p->name != NULL && strcmp(p->name, name) == 0)
			return p;
	}
	return NULL;
}

static int
by_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int
item_cmp(enum kind kind, const struct item *a, const struct item *b)
{
	int c = 0;

	if (kind == KIND_EVENT) {
		int64_t x = ((const struct event *)a)->at_ns, y = ((const struct event *)b)->at_ns;
		c = (x > y) - (x < y);
	}
	if (c == 0)
		c = by_text(a->order, b->order);
	return c != 0 ? c : id_cmp(a->id, b->id);
}

static int
event_cmp(const void *a, const void *b)
{
	return item_cmp(KIND_EVENT, *(struct item *const *)a, *(struct item *const *)b);
}

static int
ordered_cmp(const void *a, const void *b)
{
	return item_cmp(KIND_STAGE, *(struct item *const *)a, *(struct item *const *)b);
}

void
debrief_put(struct debrief *d, enum kind kind, struct item *it)
{
	struct items *of = &d->of[kind];

	assert(kind != KIND_DEBRIEF);
	VEC_ROOM(of->v, of->n, of->cap);
	of->v[of->n++] = it;
	map_put(d->ids, kind, it);
	if (it->number > d->last_number[kind])
		d->last_number[kind] = it->number;
}

size_t
debrief_index(const struct debrief *d, enum kind kind, const struct item *it)
{
	const struct items *of = &d->of[kind];
	size_t lo = 0, hi = of->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (item_cmp(kind, of->v[mid], it) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo < of->n && of->v[lo] == it)
		return lo;
	for (lo = 0; of->v[lo] != it; lo++) /* not sorted just now */
		;
	return lo;
}

struct item *
debrief_take(struct debrief *d, enum kind kind, struct id id)
{
	struct items *of = &d->of[kind];
	struct item *it = map_take(d->ids, kind, id);
	size_t i;

	if (it == NULL)
		return NULL;
	i = debrief_index(d, kind, it);
	memmove(of->v + i, of->v + i + 1, (of->n - i - 1) * sizeof *of->v);
	of->n--;
	return it;
}

static int
pointer_cmp(const void *a, const void *b)
{
	const struct item *const *x = a, *const *y = b;
	uintptr_t at = (uintptr_t)*x, other = (uintptr_t)*y;

	return (at > other) - (at < other);
}

void
debrief_drop(struct debrief *d, enum kind kind, const struct id *ids, size_t n)
{
	struct items *of = &d->of[kind];
	struct item **gone = mem_alloc((n + 1) * sizeof *gone);
	size_t n_gone = 0, kept = 0;

	for (size_t i = 0; i < n; i++) {
		gone[n_gone] = map_take(d->ids, kind, ids[i]);
		n_gone += gone[n_gone] != NULL;
	}
	qsort(gone, n_gone, sizeof *gone, pointer_cmp);
	for (size_t i = 0; i < of->n; i++)
		if (bsearch(&of->v[i], gone, n_gone, sizeof *gone, pointer_cmp) == NULL)
			of->v[kept++] = of->v[i];
	of->n = kept;
	for (size_t i = 0; i < n_gone; i++)
		item_free(kind, gone[i]);
	free(gone);
}

void
debrief_settle(struct debrief *d, enum kind kind, size_t i)
{
	struct items *of = &d->of[kind];
	struct item *it = of->v[i];
	size_t lo = 0, hi = i;

	if (i + 1 < of->n && item_cmp(kind, of->v[i + 1], it) < 0) {
		lo = i + 1;
		hi = of->n;
	}
	while (lo < hi) { /* the first that stands behind it */
		size_t mid = (lo + hi) / 2;
		if (item_cmp(kind, of->v[mid], it) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo > i) {
		memmove(of->v + i, of->v + i + 1, (lo - 1 - i) * sizeof *of->v);
		of->v[lo - 1] = it;
	} else {
		memmove(of->v + lo + 1, of->v + lo, (i - lo) * sizeof *of->v);
		of->v[lo] = it;
	}
}

/* Mostly in order already, or with a few out of place: insertion; else a sort. */
void
debrief_sort(struct debrief *d, enum kind kind)
{
	struct items *of = &d->of[kind];
	size_t moved = 0;

	for (size_t i = 1; i < of->n; i++) {
		struct item *it = of->v[i];
		size_t j = i;
		if (item_cmp(kind, of->v[i - 1], it) <= 0)
			continue;
		if (++moved > 8) {
			qsort(of->v, of->n, sizeof *of->v,
			    kind == KIND_EVENT ? event_cmp : ordered_cmp);
			return;
		}
		while (j > 0 && item_cmp(kind, of->v[j - 1], it) > 0) {
			of->v[j] = of->v[j - 1];
			j--;
		}
		of->v[j] = it;
	}
}
