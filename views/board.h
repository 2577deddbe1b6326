/* What others than the board itself ask of it: who will see a card, and the question before the
 * reveal. */
#ifndef VIEWS_BOARD_H
#define VIEWS_BOARD_H

#include <stdbool.h>

#include "base/buf.h"
#include "views/modal.h"
#include "views/view.h"

/* Who will see a card that is written in that column, for an editor's label: "hidden, nobody's
 * name"; "hidden, with your name"; "everybody sees this now"; appended. With fewer than four people
 * here and a hidden or anonymous column it says that they may guess. NULL: any other place. */
void board_label(struct buf *out, const struct scene *sc, const struct column *column);

/* The column that the cursor is in: where `a` adds; NULL when there is none. */
const struct column *board_column(const struct pane_state *s, const struct scene *sc);

/* Where the line that is being typed stands in the pane `area`, when the board keeps a box for it
 * (simple keys in hidden writing, and room enough): one row, without the box's lines. The board
 * draws the box with its label. False: there is none. */
bool board_entry(
    const struct pane_state *s, const struct scene *sc, struct rect area, struct rect *entry);

/* Does the pane, in a frame of that size, show the ballot on going on with the topic itself? */
bool board_shows_bell(const struct pane_state *s, const struct scene *sc, int rows, int cols);

/* "reveal the cards?", over a frame that is drawn already: the pane below is veiled, the strip and
 * the hint line are the question's own. R reveals, enter waits 30 s, esc goes on writing. */
void board_reveal_ask(const struct scene *sc, enum modal m, struct canvas *c);

#endif
