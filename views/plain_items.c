#include <stdlib.h>
#include <string.h>

#include "views/plain_state.h"

/* FNV-1a, one field after the other. */
static uint64_t
hash_bytes(uint64_t h, const void *bytes, size_t len)
{
	const unsigned char *b = bytes;

	for (size_t i = 0; i < len; i++)
		h = (h ^ b[i]) * UINT64_C(0x100000001b3);
	return h;
}

static uint64_t
hash_text(uint64_t h, const char *text)
{
	return text != NULL ? hash_bytes(h, text, strlen(text) + 1) : hash_bytes(h, "\1", 1);
}

static uint64_t
hash_num(uint64_t h, int64_t n)
{
	return hash_bytes(h, &n, sizeof n);
}

/* Of what one is told of an item; votes and counts are told in another way. */
static uint64_t
hash_item(enum kind kind, const struct item *it)
{
	uint64_t h = hash_text(UINT64_C(0xcbf29ce484222325), plain_text_of(kind, it));

	switch (kind) {
	case KIND_EVENT:
		h = hash_num(h, ((const struct event *)it)->at_ns);
		h = hash_num(h, ((const struct event *)it)->phase);
		return hash_text(h, ((const struct event *)it)->seen);
	case KIND_CAUSE:
		h = hash_text(h, ((const struct cause *)it)->category.s);
		return hash_text(h, ((const struct cause *)it)->parent.s);
	case KIND_CARD:
		h = hash_text(h, ((const struct card *)it)->column.s);
		return hash_text(h, ((const struct card *)it)->notes);
	case KIND_ACTION:
		h = hash_text(h, ((const struct action *)it)->owner);
		h = hash_num(h, ((const struct action *)it)->due_day);
		h = hash_num(h, ((const struct action *)it)->status);
		return hash_text(h, ((const struct action *)it)->done_when);
	case KIND_QUESTION:
		return hash_text(h, ((const struct question *)it)->answer);
	case KIND_STAGE:
		return hash_num(h, ((const struct stage *)it)->minutes);
	default:
		return h;
	}
}

static int
by_id(const void *va, const void *vb)
{
	const struct plain_item *a = va, *b = vb;

	return id_cmp(a->id, b->id);
}

void
plain_items_of(struct plain_items *out, const struct debrief *d)
{
	static const enum kind kinds[] = { KIND_STAGE, KIND_EVENT, KIND_CATEGORY, KIND_CAUSE,
		KIND_COLUMN, KIND_CARD, KIND_ACTION, KIND_EXPERIMENT, KIND_QUESTION };

	out->n = 0;
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		for (size_t i = 0; i < d->of[kinds[k]].n; i++) {
			const struct item *it = d->of[kinds[k]].v[i];
			struct plain_item one = { .id = it->id,
				.kind = kinds[k],
				.hash = hash_item(kinds[k], it) };
			if (kinds[k] == KIND_CARD)
				one.group = ((const struct card *)it)->group;
			if (kinds[k] == KIND_COLUMN)
				one.hidden = ((const struct column *)it)->hidden;
			VEC_ROOM(out->v, out->n, out->cap);
			out->v[out->n++] = one;
		}
	if (out->n > 0)
		qsort(out->v, out->n, sizeof *out->v, by_id);
}

void
plain_items_fini(struct plain_items *v)
{
	free(v->v);
	*v = (struct plain_items){ 0 };
}

const struct plain_item *
plain_items_find(const struct plain_items *v, struct id id)
{
	struct plain_item key = { .id = id };

	return v->n > 0 ? bsearch(&key, v->v, v->n, sizeof *v->v, by_id) : NULL;
}
