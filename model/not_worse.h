/* Why it was not worse: what helped and what was luck, as causes of their own. Derived, never
 * stored. */
#ifndef MODEL_NOT_WORSE_H
#define MODEL_NOT_WORSE_H

#include "model/debrief.h"

/* Does this column of the board (by its place) say what helped or what was luck? By the check marks
 * of the stages, which count on its place; else by its name. */
bool not_worse_column(const struct debrief *d, size_t column);

/* A debrief whose categories are those columns and whose causes are their cards, by the same ids:
 * a group is its name with its head's text, and the others are whys of it. Cards of a column that
 * is hidden are left out. Title, effect and times are those of `d`. Yours. */
struct debrief *not_worse_of(const struct debrief *d);

#endif
