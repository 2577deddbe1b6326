/* Who asks for the word: fewest turns first, then as they came. */
#ifndef VIEWS_SPEAKERS_H
#define VIEWS_SPEAKERS_H

#include "tui/canvas.h"
#include "views/scene.h"

struct speaker {
	const char *name; /* borrowed from the debrief */
	int64_t turns;	  /* how often this person has had the word */
};

/* Fills `v` (d->hands.n places) and returns how many. */
size_t speakers_of(const struct debrief *d, struct speaker *v);
/* One a row, the last row says how many more: "kit   next, first time". Returns the rows used. */
int speakers_draw(const struct scene *sc, struct canvas *c, struct rect r);

#endif
