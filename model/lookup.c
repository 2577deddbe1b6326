#include "model/lookup.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { LOOKUP_SHIFT = 32 };

/* Ids are random already; ids made by hand are not, so their digits are mixed once. */
static size_t
lookup_hash(struct id id)
{
	uint64_t head, tail;

	memcpy(&head, id.s, sizeof head);
	memcpy(&tail, id.s + ID_LEN - sizeof tail, sizeof tail);
	head = (head ^ head >> 32) * UINT64_C(0x9e3779b97f4a7c15);
	tail = (head ^ tail ^ tail >> 32) * UINT64_C(0x94d049bb133111eb);
	return (size_t)((tail ^ tail >> 29) >> (64 - LOOKUP_SHIFT));
}

void
lookup_init(struct lookup *l, const struct items *items)
{
	size_t cap = 8;

	assert(items->n < UINT32_MAX / 4);
	while (cap < items->n * 2)
		cap *= 2;
	*l = (struct lookup){
		.items = items, .slot = mem_zero(cap, sizeof *l->slot), .mask = cap - 1
	};
	for (size_t i = 0; i < items->n; i++) {
		size_t at = lookup_hash(items->v[i]->id) & l->mask;
		while (l->slot[at] != 0)
			at = (at + 1) & l->mask;
		l->slot[at] = (uint32_t)(i + 1);
	}
}

void
lookup_fini(struct lookup *l)
{
	free(l->slot);
	l->slot = NULL;
}

size_t
lookup_at(const struct lookup *l, struct id id)
{
	size_t at = lookup_hash(id) & l->mask;

	for (; l->slot[at] != 0; at = (at + 1) & l->mask)
		if (id_equal(l->items->v[l->slot[at] - 1]->id, id))
			return l->slot[at] - 1;
	return LOOKUP_NONE;
}
