#include <stdlib.h>
#include <string.h>

#include "model/op_internal.h"

static size_t *
index_slot(const struct op_index *x, struct id id)
{
	size_t at = id_hash(id) & x->mask;

	while (x->slot[at] != 0 && !id_equal(x->op->v[x->slot[at] - 1].id, id))
		at = (at + 1) & x->mask;
	return &x->slot[at];
}

void
op_index_init(struct op_index *x, const struct op *op)
{
	size_t cap = 8;

	while (cap < op->n * 2)
		cap *= 2;
	*x = (struct op_index){ .op = op, .mask = cap - 1 };
	x->slot = mem_zero(cap, sizeof *x->slot);
	x->next = mem_zero(op->n + 1, sizeof *x->next);
	for (size_t i = op->n; i-- > 0;) {
		size_t *slot = index_slot(x, op->v[i].id);
		x->next[i] = *slot;
		*slot = i + 1;
	}
}

void
op_index_fini(struct op_index *x)
{
	free(x->slot);
	free(x->next);
	*x = (struct op_index){ 0 };
}

size_t
op_index_first(const struct op_index *x, struct id id)
{
	return *index_slot(x, id) - 1; /* 0 - 1 is INDEX_NONE */
}

size_t
op_index_next(const struct op_index *x, size_t i)
{
	return x->next[i] - 1;
}

const struct assign *
op_index_assign(const struct op_index *x, struct id id, const struct field *f)
{
	const struct assign *last = NULL;

	for (size_t i = op_index_first(x, id); i != INDEX_NONE; i = op_index_next(x, i))
		for (size_t j = 0; j < x->op->v[i].n_set; j++)
			if (x->op->v[i].set[j].field == f)
				last = &x->op->v[i].set[j];
	return last;
}

bool
op_index_removed(const struct op_index *x, struct id id)
{
	bool removed = false;

	for (size_t i = op_index_first(x, id); i != INDEX_NONE; i = op_index_next(x, i))
		if (x->op->v[i].verb != VERB_SET)
			removed = x->op->v[i].verb == VERB_REMOVE;
	return removed;
}

bool
op_index_added(const struct op_index *x, enum kind kind, struct id id)
{
	for (size_t i = op_index_first(x, id); i != INDEX_NONE; i = op_index_next(x, i))
		if (x->op->v[i].verb == VERB_ADD && (kind == N_KINDS || x->op->v[i].kind == kind))
			return true;
	return false;
}

struct id
ref_after(const struct op_index *x, struct id id, const struct item *it, const struct field *f)
{
	const struct assign *a = op_index_assign(x, id, f);
	struct id now = { 0 };

	if (a == NULL && it != NULL)
		memcpy(&now, (const char *)it + f->offset, sizeof now);
	else if (a != NULL && (a->value.text == NULL || !id_parse(a->value.text, &now)))
		now = (struct id){ 0 };
	return now;
}

static size_t
set_slot(const struct id_set *s, struct id id)
{
	size_t at = id_hash(id) & (s->cap - 1);

	while (id_some(s->v[at]) && !id_equal(s->v[at], id))
		at = (at + 1) & (s->cap - 1);
	return at;
}

bool
id_set_has(const struct id_set *s, struct id id)
{
	return s->n > 0 && id_some(s->v[set_slot(s, id)]);
}

bool
id_set_add(struct id_set *s, struct id id)
{
	size_t at;

	if ((s->n + 1) * 2 > s->cap) {
		struct id_set bigger = { .n = s->n, .cap = s->cap == 0 ? 16 : s->cap * 2 };
		bigger.v = mem_zero(bigger.cap, sizeof *bigger.v);
		for (size_t i = 0; i < s->cap; i++)
			if (id_some(s->v[i]))
				bigger.v[set_slot(&bigger, s->v[i])] = s->v[i];
		free(s->v);
		*s = bigger;
	}
	at = set_slot(s, id);
	if (id_some(s->v[at]))
		return false;
	s->v[at] = id;
	s->n++;
	return true;
}

void
id_set_fini(struct id_set *s)
{
	free(s->v);
	*s = (struct id_set){ 0 };
}
