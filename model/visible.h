/* Who may see what, in one place. Wire, snapshot, resume, show, save, export, render, index and
 * undo all ask here. */
#ifndef MODEL_VISIBLE_H
#define MODEL_VISIBLE_H

#include <stdbool.h>

#include "model/op.h"

struct viewer {
	const char *name; /* NULL: nobody in particular (the file, an export, a projector) */
	enum role_of role;
	bool file; /* the committed file: nothing live, nothing hidden */
	/* As in struct actor: which cards this one can prove to have written, which ballots are own.
	 * NULL: none. */
	bool (*owns)(void *ctx, const struct card *card);
	void *ctx;
	const struct strs *slots;
	struct id answer_slot;
};

/* May this viewer see that item as it stands in `d`? Cards of a hidden column: only who holds the
 * secret that wrote them. People of whom nothing else is known (`unseen`): only themselves. Of the
 * debrief's own live fields others' ballots and ready marks stay here, and no card's `owner` and no
 * person's `unseen` leaves at all. */
bool visible_item(const struct debrief *d, const struct viewer *who, enum kind kind,
    const struct item *it);
/* What of a completed op, about to be applied to `d` (not yet!), leaves for this viewer: fills `out`
 * (which may come out empty, n == 0). The same op and viewer give the same result. Who applies it
 * to a visible_copy of what was has a visible_copy of what is: cards and people that come into
 * sight are added whole, as they are after it, those that go out of sight are removed. */
void visible_op(const struct debrief *d, const struct viewer *who, const struct op *op,
    struct op *out);
/* A copy of what of `d` this viewer may see. In the file's nothing names what is left out. */
struct debrief *visible_copy(const struct debrief *d, const struct viewer *who);
/* How many unrevealed items `save` leaves out. */
size_t visible_hidden(const struct debrief *d);
/* Is somebody writing or voting where nothing may be told sideways: a column is hidden or
 * anonymous, or a vote is open? */
bool visible_hushed(const struct debrief *d);

#endif
