#include "model/lookup.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "model/op_internal.h"

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
		size_t at = id_hash(items->v[i]->id) & l->mask;
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
	size_t at = id_hash(id) & l->mask;

	for (; l->slot[at] != 0; at = (at + 1) & l->mask)
		if (id_equal(l->items->v[l->slot[at] - 1]->id, id))
			return l->slot[at] - 1;
	return LOOKUP_NONE;
}
