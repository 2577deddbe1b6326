/* Does a cause end at somebody, rather than at what made it possible? Such a text is asked about,
 * never refused. English; names are those of the debrief's people. */
#ifndef MODEL_PERSON_END_H
#define MODEL_PERSON_END_H

#include <stdbool.h>

#include "model/debrief.h"

/* "she was tired", "the on-call engineer restarted it", "Moss's typo", "human error", "typed by the
 * intern"; not "the operator console froze", "nobody" of a name alone in another word. */
bool person_in_cause(const struct debrief *d, const char *text);
/* The first branch, in reading order, whose last why (or the cause itself) is such a text; NULL:
 * none. */
const struct cause *person_end(const struct debrief *d);
/* The question that goes with it. */
extern const char person_end_question[];

/* One level up from where a whole branch stands: technical, process, organization. The branch is
 * the chain from its top cause to `c`, which has no whys; LEVEL_NONE: it is on several levels
 * already, or as far up as there is, or no chain yet. */
int branch_level_up(const struct debrief *d, const struct cause *c);

/* There are causes, and all that were found are technical ones. */
bool only_technical(const struct debrief *d);

#endif
