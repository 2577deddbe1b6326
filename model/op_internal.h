/* Private to model/: what check, complete, apply and inverse share. */
#ifndef MODEL_OP_INTERNAL_H
#define MODEL_OP_INTERNAL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "model/op.h"
#include "model/visible.h"

#define INDEX_NONE SIZE_MAX

static inline size_t
id_hash(struct id id)
{
	uint64_t h;
	uint32_t rest;

	memcpy(&h, id.s, sizeof h);
	memcpy(&rest, id.s + sizeof h, sizeof rest);
	h = (h ^ h >> 32 ^ (uint64_t)rest << 29) * UINT64_C(0x9e3779b97f4a7c15);
	h = (h ^ h >> 32) * UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(h ^ h >> 29);
}

/* Which changes of a batch are about an item: for (i = op_index_first(x, id); i != INDEX_NONE; i =
 * op_index_next(x, i)) meets them in their order. Made from the op as it is; the op may grow
 * afterwards, what is added then is not found. */
struct op_index {
	const struct op *op;
	size_t *slot, *next; /* index + 1; 0 is none */
	size_t mask;
};
void op_index_init(struct op_index *x, const struct op *op);
void op_index_fini(struct op_index *x);
size_t op_index_first(const struct op_index *x, struct id id);
size_t op_index_next(const struct op_index *x, size_t i);
/* The last assignment of a field to an item in the batch, or NULL. */
const struct assign *op_index_assign(const struct op_index *x, struct id id, const struct field *f);
/* Is the item there after the batch, and was it put in by it? */
bool op_index_removed(const struct op_index *x, struct id id);
bool op_index_added(const struct op_index *x, enum kind kind, struct id id); /* N_KINDS: any */

/* A set of ids. Zero-initialized is empty. */
struct id_set {
	struct id *v;
	size_t n, cap;
};
bool id_set_add(struct id_set *s, struct id id); /* false: was in it */
bool id_set_has(const struct id_set *s, struct id id);
void id_set_fini(struct id_set *s);

/* The reference after the batch: what it sets, else what the item has. `it` may be NULL. */
struct id ref_after(const struct op_index *x, struct id id, const struct item *it,
    const struct field *f);

/* Fields and unknown members of a change, to an item that has them. */
void change_apply(struct item *it, const struct change *c);

/* What the batch makes of an item, as a copy; `before` (as it is now) may be NULL, and so may the
 * result: it is not there afterwards. Yours. */
struct item *item_after(const struct op_index *x, enum kind kind, struct id id,
    const struct item *before);

/* All that the item has beyond the defaults, as an addition. */
struct change *op_add_whole(struct op *op, enum kind kind, const struct item *it);

void change_copy(struct change *to, const struct change *from); /* `to` is overwritten, not freed */
struct assign *change_find(const struct change *c, const char *field); /* the last one, or NULL */

bool op_is(const struct op *op, const char *command);
bool op_is_undo(const struct op *op);  /* undo or redo: made by the host, see model/undo.h */
bool op_is_merge(const struct op *op); /* what git or a hand changed: everything is in it already */
bool actor_leads(const struct actor *who);


/* What this one sees. */
struct viewer actor_eyes(const struct actor *who);
/* Holds this one the secret that wrote the card? And: or is it signed with that name? */
bool actor_owns(const struct actor *who, const struct card *c);
bool actor_wrote(const struct debrief *d, const struct actor *who, const struct card *c);

/* Takes it a card's words away, or the card? */
bool change_takes_words(const struct change *c);

bool column_hidden(const struct debrief *d, struct id column);
bool column_anonymous(const struct debrief *d, struct id column);
bool card_hidden(const struct debrief *d, const struct card *c);
/* Written by nobody that is named. */
bool card_anonymous(const struct debrief *d, const struct card *c);

/* The same after the batch. */
bool column_hidden_after(const struct op_index *x, const struct debrief *d, struct id column);
bool column_anonymous_after(const struct op_index *x, const struct debrief *d, struct id column);
bool card_hidden_after(const struct op_index *x, const struct debrief *d, struct id card);

/* Fields of which everybody gets the own entries alone, and those that never leave. */
bool field_private(enum kind kind, const struct field *f);
bool field_secret(enum kind kind, const struct field *f);

/* The vote that is open: what a ballot's entry ("SLOT ITEM") says. */
bool ballot_read(const char *entry, struct id *slot, struct id *item);

/* The place of a stage in the agenda, by name or id; -1 when it has none. */
int stage_place(const struct debrief *d, const char *name);

#endif
