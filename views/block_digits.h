/* Times, and the one word "WHY?", in letters of three rows, to be read from the far end of a
 * room. */
#ifndef VIEWS_BLOCK_DIGITS_H
#define VIEWS_BLOCK_DIGITS_H

#include "tui/canvas.h"

enum { BLOCK_ROWS = 3 };

/* Columns that a text of digits, colons, a plus and the letters of WHY? takes. */
int block_cols(const char *text);
/* Draw it in at most r.w columns and three rows (in ASCII of # " and _); where it has not that room
 * as a plain line of text. Returns the rows used. */
int block_draw(struct canvas *c, struct rect r, const char *text, int style);

#endif
