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
};

/* May this viewer see that item as it stands in `d`? Cards of a hidden column: only who wrote
 * them. */
bool visible_item(const struct debrief *d, const struct viewer *who, enum kind kind,
    const struct item *it);
/* What of a completed op, about to be or just applied to `d`, leaves for this viewer: fills `out`
 * (which may come out empty, n == 0, then only its number is sent). The same op and viewer give
 * the same result. Who applies it to a visible_copy of what was has a visible_copy of what is:
 * cards that come into sight are added whole (an addition of what is there already is passed
 * over), those that go out of sight are removed. */
void visible_op(const struct debrief *d, const struct viewer *who, const struct op *op,
    struct op *out);
/* A copy of what of `d` this viewer may see. In the file's nothing names what is left out. */
struct debrief *visible_copy(const struct debrief *d, const struct viewer *who);
/* How many unrevealed items `save` leaves out. */
size_t visible_hidden(const struct debrief *d);

#endif
