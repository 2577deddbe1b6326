#include "model/undo.h"

#include <stdlib.h>
#include <string.h>

#include "model/op_internal.h"

/* How far back undo goes, of all names together. */
enum { KEPT = 2000 };

struct done {
	struct op inverse;
	bool redo; /* the inverse of an undo */
	/* Where nobody's name is on it: the first card that it is about, by whose secret it is
	 * told. */
	struct id card;
	char *owner;
};

struct undo {
	struct done *v;
	size_t n, cap;
};

struct undo *
undo_new(void)
{
	return mem_zero(1, sizeof(struct undo));
}

static void
done_fini(struct done *d)
{
	op_fini(&d->inverse);
	free(d->owner);
}

void
undo_free(struct undo *u)
{
	if (u == NULL)
		return;
	for (size_t i = 0; i < u->n; i++)
		done_fini(&u->v[i]);
	free(u->v);
	free(u);
}

static bool
is_by(const struct done *done, const char *name)
{
	return name != NULL && done->inverse.by != NULL && strcmp(done->inverse.by, name) == 0;
}

/* By name, or where there is none by the secret that wrote the card. */
static bool
is_of(const struct done *done, const struct actor *who)
{
	struct card card = { .item.id = done->card, .owner = done->owner };

	return done->inverse.by != NULL ? is_by(done, who->name) : actor_owns(who, &card);
}

/* The newest of somebody that undo (or redo) would take; `u->n` when there is none. */
static size_t
next_of(const struct undo *u, const struct actor *who, bool redo)
{
	for (size_t i = u->n; i-- > 0;)
		if (u->v[i].redo == redo && is_of(&u->v[i], who))
			return i;
	return u->n;
}

static void
drop(struct undo *u, size_t i)
{
	if (i >= u->n)
		return;
	done_fini(&u->v[i]);
	memmove(u->v + i, u->v + i + 1, (u->n - i - 1) * sizeof *u->v);
	u->n--;
}

/* What an op that carries no name can be told by. */
static struct id
first_card(const struct op *op)
{
	for (size_t i = 0; i < op->n; i++)
		if (op->v[i].kind == KIND_CARD)
			return op->v[i].id;
	return (struct id){ 0 };
}

static bool
is_like(const struct done *done, const struct op *op)
{
	return op->by != NULL ? is_by(done, op->by)
			      : done->inverse.by == NULL && id_some(done->card) &&
				    id_equal(done->card, first_card(op));
}

/* Does the op do what the entry says? */
static bool
is_from(const struct done *done, const struct op *op)
{
	const struct change *c = done->inverse.v;

	for (size_t i = 0; i < op->n; i++)
		if (op->v[i].verb == c->verb && id_equal(op->v[i].id, c->id))
			return true;
	return false;
}

/* The entry that an undo or redo was made from: the newest of the same name or card; or (a card was
 * signed since, or its column lost its names) one of the other kind. */
static size_t
source_of(const struct undo *u, const struct op *op)
{
	size_t alike = u->n, other = u->n;

	for (size_t i = u->n; i-- > 0;) {
		const struct done *done = &u->v[i];
		if (done->redo != op_is(op, "redo"))
			continue;
		if (is_like(done, op))
			alike = alike == u->n ? i : alike;
		else if ((done->inverse.by == NULL) != (op->by == NULL) && is_from(done, op))
			other = other == u->n ? i : other;
	}
	return alike < u->n && (other == u->n || is_from(&u->v[alike], op)) ? alike : other;
}

/* What this op uses up: an undo or redo its own entry, anything new all that could be done again.
 */
static void
use_up(struct undo *u, const struct op *op)
{
	if (op_is_undo(op)) {
		drop(u, source_of(u, op));
		return;
	}
	for (size_t i = u->n; i-- > 0;)
		if (u->v[i].redo && is_like(&u->v[i], op))
			drop(u, i);
}

/* Would undoing bring back but stamps? Then it is passed over. */
static bool
says_nothing(const struct op *inverse)
{
	for (size_t i = 0; i < inverse->n; i++) {
		const struct change *c = &inverse->v[i];
		bool stamps = c->verb == VERB_SET && c->extra.n == 0;
		for (size_t j = 0; stamps && j < c->n_set; j++)
			stamps = c->set[j].how == HOW_SET && !c->set[j].has_seen;
		if (!stamps)
			return false;
	}
	return true;
}

/* Nobody's name is on it: whose secret tells? False: nobody can undo it. */
static bool
note_card(struct done *done, const struct debrief *d, const struct op *op)
{
	const struct card *card;
	struct op_index index;
	struct item *after;

	if (done->inverse.by != NULL)
		return true;
	done->card = first_card(&done->inverse);
	card = (const struct card *)debrief_find(d, KIND_CARD, done->card);
	op_index_init(&index, op);
	after = item_after(&index, KIND_CARD, done->card, card != NULL ? &card->item : NULL);
	op_index_fini(&index);
	if (card == NULL || card->owner == NULL)
		card = (const struct card *)after;
	done->owner = card != NULL ? mem_dup(card->owner) : NULL;
	item_free(KIND_CARD, after);
	return done->owner != NULL;
}

void
undo_note(struct undo *u, const struct debrief *d, const struct op *op)
{
	struct done done = { .redo = op_is(op, "undo") };

	if (op->command == NULL || !op_inverse(d, op, &done.inverse))
		return;
	use_up(u, op);
	if (says_nothing(&done.inverse) || !note_card(&done, d, op)) {
		done_fini(&done);
		return;
	}
	if (u->n == KEPT)
		drop(u, 0);
	VEC_ROOM(u->v, u->n, u->cap);
	u->v[u->n++] = done;
}

bool
undo_next(const struct undo *u, const struct actor *who, bool redo, struct op *out, struct err *e)
{
	size_t i = next_of(u, who, redo);

	if (i == u->n)
		return err_set(e, ERR_REFUSED, "nothing of yours to %s: nothing was changed",
		    redo ? "redo" : "undo");
	op_copy(out, &u->v[i].inverse);
	free(out->command);
	out->command = mem_dup(redo ? "redo" : "undo");
	return true;
}
