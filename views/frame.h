/* Where the parts of a frame are, for who draws over it (views/view.h draws the frame itself). */
#ifndef VIEWS_FRAME_H
#define VIEWS_FRAME_H

#include "views/view.h"

/* The line that text is typed into with simple keys: one row, its mark included. `label`: a row
 * above it is kept for what it is for. */
struct frame_entry {
	struct rect line;
	bool label;
};
struct frame_entry frame_entry(const struct view *v, struct pane_state *s, const struct scene *sc,
    int rows, int cols);

/* Those who are here now and take part, each once, whatever screens they have open. */
size_t people_here(const struct scene *sc);
/* How many of these are here: "projector", "seat", "console". */
size_t people_of(const struct scene *sc, const char *want);
/* Voices in the room that have no account of their own: bots, and those without a keyboard. */
size_t people_seats(const struct scene *sc);
/* Who dropped and has not come back, each once. */
size_t people_away(const struct scene *sc);
/* Who leads: a facilitator that is here, else one that is known; NULL: nobody. */
const char *people_leader(const struct scene *sc);

#endif
