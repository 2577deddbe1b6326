#include "model/undo.h"

#include <stdlib.h>
#include <string.h>

struct done {
	struct op inverse;
	bool redo;   /* the inverse of an undo */
	bool spent;
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

/* The newest of a name that undo (or redo) would take. */
static struct done *
next_of(const struct undo *u, const char *name, bool redo)
{
	for (size_t i = u->n; i-- > 0;)
		if (!u->v[i].spent && u->v[i].redo == redo && strcmp(u->v[i].inverse.by, name) == 0)
			return &u->v[i];
	return NULL;
}

static void
forget_redo(struct undo *u, const char *name)
{
	struct done *d;

	while ((d = next_of(u, name, true)) != NULL)
		d->spent = true;
}

void
undo_note(struct undo *u, const struct debrief *d, const struct op *op)
{
	bool is_undo = op->command != NULL && strcmp(op->command, "undo") == 0;
	bool is_redo = op->command != NULL && strcmp(op->command, "redo") == 0;
	struct done done = { .redo = is_undo };
	struct done *before;

	if (op->by == NULL || op->command == NULL || !op_inverse(d, op, &done.inverse))
		return;
	if (done.inverse.n == 0) {
		op_fini(&done.inverse);
		return;
	}
	if (is_undo || is_redo) {
		before = next_of(u, op->by, is_redo);
		if (before != NULL)
			before->spent = true;
	} else {
		forget_redo(u, op->by);
	}
	VEC_ROOM(u->v, u->n, u->cap);
	u->v[u->n++] = done;
}

bool
undo_next(const struct undo *u, const char *name, bool redo, struct op *out, struct err *e)
{
	const struct done *d = name != NULL ? next_of(u, name, redo) : NULL;

	if (d == NULL)
		return err_set(e, ERR_REFUSED, "nothing of yours to %s", redo ? "redo" : "undo");
	op_copy(out, &d->inverse);
	free(out->command);
	out->command = mem_dup(redo ? "redo" : "undo");
	return true;
}
