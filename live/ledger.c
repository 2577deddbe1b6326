#include "live/ledger.h"

#include <stdlib.h>
#include <string.h>

static size_t
slot_of(const struct ledger *l, struct id cid)
{
	uint64_t h = UINT64_C(14695981039346656037);
	size_t i;

	for (int k = 0; k < ID_LEN; k++)
		h = (h ^ (unsigned char)cid.s[k]) * UINT64_C(1099511628211);
	for (i = (size_t)(h ^ h >> 29) & (l->cap - 1);
	     id_some(l->v[i].cid) && !id_equal(l->v[i].cid, cid);)
		i = (i + 1) & (l->cap - 1);
	return i;
}

static void
grow(struct ledger *l)
{
	struct ledger bigger = { .cap = l->cap ? l->cap * 2 : 64, .n = l->n };

	bigger.v = mem_zero(bigger.cap, sizeof *bigger.v);
	for (size_t i = 0; i < l->cap; i++)
		if (id_some(l->v[i].cid))
			bigger.v[slot_of(&bigger, l->v[i].cid)] = l->v[i];
	free(l->v);
	*l = bigger;
}

static void
put(struct ledger *l, struct ledger_row row)
{
	size_t i;

	if ((l->n + 1) * 2 > l->cap)
		grow(l);
	i = slot_of(l, row.cid);
	l->n += !id_some(l->v[i].cid);
	l->v[i] = row;
}

void
ledger_add(struct ledger *l, const struct op *op)
{
	if (id_some(op->cid))
		put(l, (struct ledger_row){ op->cid, ledger_item(op), op->seq });
}

void
ledger_alias(struct ledger *l, struct id cid, struct id kept_as)
{
	const struct ledger_row *row = ledger_find(l, kept_as);

	if (row != NULL)
		put(l, (struct ledger_row){ cid, row->item, row->seq });
}

const struct ledger_row *
ledger_find(const struct ledger *l, struct id cid)
{
	size_t i;

	if (l->cap == 0 || !id_some(cid))
		return NULL;
	i = slot_of(l, cid);
	return id_some(l->v[i].cid) ? &l->v[i] : NULL;
}

void
ledger_fini(struct ledger *l)
{
	free(l->v);
	*l = (struct ledger){ 0 };
}

struct id
ledger_item(const struct op *op)
{
	struct id none = { 0 };

	if (strcmp(op->command, "undo") == 0 || strcmp(op->command, "redo") == 0)
		return none;
	for (size_t i = 0; i < op->n; i++) {
		bool came_along =
		    op->v[i].kind == KIND_PERSON && strcmp(op->command, "person") != 0;
		if (op->v[i].verb == VERB_ADD && !came_along)
			return op->v[i].id;
	}
	return none;
}

int64_t
ledger_event_time(const struct op *op)
{
	int64_t at_ns = TIME_NONE;

	if (strcmp(op->command, "undo") == 0 || strcmp(op->command, "redo") == 0)
		return TIME_NONE;
	for (size_t i = 0; i < op->n; i++)
		for (size_t k = 0;
		     op->v[i].kind == KIND_EVENT && op->v[i].verb == VERB_ADD && k < op->v[i].n_set;
		     k++)
			if (strcmp(op->v[i].set[k].field->name, "at") == 0)
				at_ns = op->v[i].set[k].value.num;
	return at_ns;
}
