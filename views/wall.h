/* Private to the files of the wall. */
#ifndef VIEWS_WALL_H
#define VIEWS_WALL_H

#include "tui/canvas.h"
#include "views/scene.h"

/* The actions as a table to be read from afar: what, who, when, how far, votes; over two rows each
 * where that has room, and how many there are on the last row. Nothing is selected. `focus` is the
 * one that the room is pointed to, or none. */
void wall_actions(const struct scene *sc, struct canvas *c, struct rect r, struct id focus);

#endif
