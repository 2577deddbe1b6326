/* Which verbs can be done just now: a hint that offers what would be refused is a small lie. One table
 * of conditions; a verb without one always can. */
#ifndef VIEWS_POSSIBLE_H
#define VIEWS_POSSIBLE_H

#include "views/view.h"

/* `s` is of that view. */
bool verb_possible(
    const struct view *v, const struct pane_state *s, const struct scene *sc, enum verb_of_key verb);

enum { POSSIBLE_MOST = 40 };
/* Those of `verbs` (DO_NOTHING-ended) that are, in their order; at most POSSIBLE_MOST - 1. */
void verbs_possible(const struct view *v, const struct pane_state *s, const struct scene *sc,
    const enum verb_of_key *verbs, enum verb_of_key out[POSSIBLE_MOST]);

#endif
