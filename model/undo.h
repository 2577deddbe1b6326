/* Who can undo what: the accepted ops of a session with their inverses, per name, rebuilt on
 * replay. */
#ifndef MODEL_UNDO_H
#define MODEL_UNDO_H

#include <stdbool.h>

#include "model/op.h"

struct undo;

struct undo *undo_new(void);
void undo_free(struct undo *u);

/* Note an op about to be applied to `d`: call it for every completed op, before debrief_apply,
 * live and on replay alike. Ops whose command is "undo" or "redo" move what is next. */
void undo_note(struct undo *u, const struct debrief *d, const struct op *op);

/* The batch that undoes (or, `redo`, redoes) the last own change of `who` (by name, or by the
 * secret of a card where nobody's name is on it): a new op with that
 * command, the inverse's changes and expectations. ERR_REFUSED "nothing of yours to undo". It
 * still has to pass debrief_check, which refuses with both texts where others have built on it. */
bool undo_next(
    const struct undo *u, const struct actor *who, bool redo, struct op *out, struct err *e);

#endif
