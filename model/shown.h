/* What a person is called in all that is kept and read later: the name they chose for it, else the
 * role alone. */
#ifndef MODEL_SHOWN_H
#define MODEL_SHOWN_H

#include "base/buf.h"
#include "model/debrief.h"

/* `shown_as`, else "facilitator", "participant 2": numbered where several have that role. Appended.
 */
void person_shown(const struct debrief *d, const struct person *p, struct buf *out);

#endif
