#include "model/undo.h"

#include <stdlib.h>
#include <string.h>

#include "model/op_internal.h"

/* How far back undo goes, of all names together. */
enum { KEPT = 2000 };

struct done {
	struct op inverse;
	bool redo; /* the inverse of an undo */
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

void
undo_free(struct undo *u)
{
	if (u == NULL)
		return;
	for (size_t i = 0; i < u->n; i++)
		op_fini(&u->v[i].inverse);
	free(u->v);
	free(u);
}

/* The newest of a name that undo (or redo) would take; `u->n` when there is none. */
static size_t
next_of(const struct undo *u, const char *name, bool redo)
{
	for (size_t i = u->n; i-- > 0;)
		if (u->v[i].redo == redo && strcmp(u->v[i].inverse.by, name) == 0)
			return i;
	return u->n;
}

static void
drop(struct undo *u, size_t i)
{
	if (i >= u->n)
		return;
	op_fini(&u->v[i].inverse);
	memmove(u->v + i, u->v + i + 1, (u->n - i - 1) * sizeof *u->v);
	u->n--;
}

/* What this op uses up: an undo or redo its own entry, anything new all that could be done again.
 */
static void
use_up(struct undo *u, const struct op *op)
{
	size_t i;

	if (op_is_undo(op)) {
		drop(u, next_of(u, op->by, op_is(op, "redo")));
		return;
	}
	while ((i = next_of(u, op->by, true)) < u->n)
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

void
undo_note(struct undo *u, const struct debrief *d, const struct op *op)
{
	struct done done = { .redo = op_is(op, "undo") };

	if (op->by == NULL || op->command == NULL || !op_inverse(d, op, &done.inverse))
		return;
	use_up(u, op);
	if (says_nothing(&done.inverse)) {
		op_fini(&done.inverse);
		return;
	}
	if (u->n == KEPT)
		drop(u, 0);
	VEC_ROOM(u->v, u->n, u->cap);
	u->v[u->n++] = done;
}

bool
undo_next(const struct undo *u, const char *name, bool redo, struct op *out, struct err *e)
{
	size_t i = name != NULL ? next_of(u, name, redo) : u->n;

	if (i == u->n)
		return err_set(e, ERR_REFUSED, "nothing of yours to %s: nothing was changed",
		    redo ? "redo" : "undo");
	op_copy(out, &u->v[i].inverse);
	free(out->command);
	out->command = mem_dup(redo ? "redo" : "undo");
	return true;
}
