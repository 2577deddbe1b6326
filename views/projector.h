/* What the room reads beside the pane itself, on the projector and on the wall: how to take part,
 * and who types. */
#ifndef VIEWS_PROJECTOR_H
#define VIEWS_PROJECTOR_H

#include "tui/canvas.h"
#include "views/scene.h"

/* On one line: how a newcomer joins; nothing where that is not known. */
void projector_join(const struct scene *sc, struct canvas *c, struct rect r);
/* On one line: who types, by name only where that tells nothing of what is hidden, and how many
 * others there are. */
void projector_typing(const struct scene *sc, struct canvas *c, struct rect r);

#endif
