/* The one page for who comes late: the ground rule, where we are, who sees what, the newest three
 * items. Drawn in place of the whole frame. */
#ifndef VIEWS_WELCOME_H
#define VIEWS_WELCOME_H

#include "views/view.h"

/* Enter comes in, arrows move `scroll` (kept in bounds by drawing), tab only watches, esc leaves.
 */
void welcome_draw(const struct scene *sc, int *scroll, struct canvas *c);

#endif
