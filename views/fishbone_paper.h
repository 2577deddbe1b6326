/* The fishbone on paper, from the same layout as the screen's: nothing cut, nothing folded, nothing
 * left out. What does not fit on one page in letters that can be read goes on on the next. */
#ifndef VIEWS_FISHBONE_PAPER_H
#define VIEWS_FISHBONE_PAPER_H

#include "tui/paper.h"
#include "views/scene.h"

/* Draw the causes of sc->d, or (`other`) what helped and what was luck, on pages of `p`: at least
 * one. */
void fish_on_paper(struct paper *p, const struct scene *sc, bool other);

#endif
