#include <stdlib.h>
#include <string.h>

#include "model/op_internal.h"

/* A batch that touches more items of a kind than this is sorted in at its end, not one by one. */
enum { ONE_BY_ONE = 8 };

struct applying {
	struct debrief *d;
	const struct op *op;
	bool many[N_KINDS];
	bool unsorted[N_KINDS];
};

static void
list_plus(struct strs *to, const struct strs *more)
{
	for (size_t i = 0; i < more->n; i++)
		if (!strs_has(to, more->v[i]))
			strs_add(to, more->v[i]);
}

static void
list_minus(struct strs *to, const struct strs *less)
{
	size_t kept = 0;

	for (size_t i = 0; i < to->n; i++) {
		if (strs_has(less, to->v[i]))
			free(to->v[i]);
		else
			to->v[kept++] = to->v[i];
	}
	to->n = kept;
}

static int64_t
count_plus(const struct field *f, int64_t num, int64_t more)
{
	if (__builtin_add_overflow(num, more, &num))
		num = more < 0 ? f->min : f->max;
	return num < f->min ? f->min : num > f->max ? f->max : num;
}

static void
assign_apply(struct item *it, const struct assign *a)
{
	struct value v;

	if (a->how == HOW_SET) {
		field_set(it, a->field, &a->value);
		return;
	}
	v = field_get(it, a->field);
	if (a->field->type == FIELD_INT)
		v.num = count_plus(a->field, v.num, a->value.num);
	else if (a->how == HOW_PLUS)
		list_plus(&v.list, &a->value.list);
	else
		list_minus(&v.list, &a->value.list);
	field_set(it, a->field, &v);
	value_fini(&v);
}

void
change_apply(struct item *it, const struct change *c)
{
	for (size_t i = 0; i < c->n_set; i++)
		assign_apply(it, &c->set[i]);
	for (size_t i = 0; i < c->extra.n; i++)
		extras_set(&it->extra, c->extra.v[i].key,
		    c->extra.v[i].json[0] ? c->extra.v[i].json : NULL);
}

struct item *
item_after(const struct op_index *x, enum kind kind, struct id id, const struct item *before)
{
	struct item *it = before != NULL ? item_copy(kind, before) : NULL;

	for (size_t i = op_index_first(x, id); i != INDEX_NONE; i = op_index_next(x, i)) {
		const struct change *c = &x->op->v[i];
		if (c->kind != kind)
			continue;
		if (c->verb == VERB_REMOVE) {
			item_free(kind, it);
			it = NULL;
		} else if (c->verb == VERB_ADD && it == NULL) {
			it = item_new(kind, id);
			change_apply(it, c);
		} else if (c->verb == VERB_SET && it != NULL) {
			change_apply(it, c);
		}
	}
	return it;
}

static void
apply_add(struct applying *k, const struct change *c)
{
	struct item *it;

	if (!id_some(c->id) || debrief_any(k->d, c->id, NULL) != NULL)
		return;
	it = item_new(c->kind, c->id);
	change_apply(it, c);
	debrief_put(k->d, c->kind, it);
	if (k->many[c->kind])
		k->unsorted[c->kind] = true;
	else
		debrief_settle(k->d, c->kind, k->d->of[c->kind].n - 1);
}

static bool
moves(const struct change *c)
{
	return change_find(c, "order") != NULL ||
	       (c->kind == KIND_EVENT && change_find(c, "at") != NULL);
}

static void
apply_set(struct applying *k, const struct change *c)
{
	struct item *it = debrief_find(k->d, c->kind, c->id);
	bool settle = !k->many[c->kind] && moves(c);
	size_t at = 0;

	if (it == NULL)
		return;
	if (settle)
		at = debrief_index(k->d, c->kind, it);
	change_apply(it, c);
	if (it->number > k->d->last_number[c->kind])
		k->d->last_number[c->kind] = it->number;
	if (settle)
		debrief_settle(k->d, c->kind, at);
	else
		k->unsorted[c->kind] = true;
}

/* Removals of one kind that stand together go together. Returns how many. */
static size_t
apply_removals(struct applying *k, size_t from)
{
	const struct change *c = &k->op->v[from];
	size_t n = 1;
	struct id *ids;

	while (from + n < k->op->n && c[n].verb == VERB_REMOVE && c[n].kind == c->kind)
		n++;
	if (n == 1) {
		item_free(c->kind, debrief_take(k->d, c->kind, c->id));
		return n;
	}
	ids = mem_alloc(n * sizeof *ids);
	for (size_t i = 0; i < n; i++)
		ids[i] = c[i].id;
	debrief_drop(k->d, c->kind, ids, n);
	free(ids);
	return n;
}

static size_t
apply_change(struct applying *k, size_t i)
{
	const struct change *c = &k->op->v[i];

	if (c->kind == KIND_DEBRIEF) {
		if (c->verb == VERB_SET)
			change_apply(&k->d->item, c);
		return 1;
	}
	if (c->verb == VERB_REMOVE)
		return apply_removals(k, i);
	if (c->verb == VERB_ADD)
		apply_add(k, c);
	else
		apply_set(k, c);
	return 1;
}

void
debrief_apply(struct debrief *d, const struct op *op)
{
	struct applying k = { .d = d, .op = op };
	size_t n[N_KINDS] = { 0 };

	for (size_t i = 0; i < op->n; i++)
		k.many[op->v[i].kind] = ++n[op->v[i].kind] > ONE_BY_ONE;
	for (size_t i = 0; i < op->n;)
		i += apply_change(&k, i);
	for (int kind = 0; kind < N_KINDS; kind++)
		if (k.many[kind] && k.unsorted[kind])
			debrief_sort(d, (enum kind)kind);
}
