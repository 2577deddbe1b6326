/* The curtain of the timeline's walk: what is later than where the room is is covered, on every
 * screen, so that nobody knows more than was known then. */
#ifndef VIEWS_CURTAIN_H
#define VIEWS_CURTAIN_H

#include "tui/canvas.h"
#include "views/scene.h"

/* While the curtain is down, point the scene at `room`: the same debrief without the later events.
 * Shallow: both are borrowed, `room` lives as long as the scene. */
void curtain_scene(struct scene *sc, struct debrief *room);
/* Of so many rows those that the cover takes, where what is not covered would use `used`; 0: it is
 * not down. */
int curtain_rows(const struct scene *sc, int rows, int used);
/* The cover: "14:09:05 ▸ this is all that anyone knew", and what lifts it. */
void curtain_draw(const struct scene *sc, struct canvas *c, struct rect r);

#endif
