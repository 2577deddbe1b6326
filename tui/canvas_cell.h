/* Private to tui/canvas*.c: what a canvas is made of. */
#ifndef TUI_CANVAS_CELL_H
#define TUI_CANVAS_CELL_H

#include "tui/canvas.h"

enum { CLUSTER_MARKS = 4, CLUSTER_BYTES = (1 + CLUSTER_MARKS) * 4 + 1 };

struct cluster {
	char text[CLUSTER_BYTES]; /* UTF-8, NUL at the end */
};

struct canvas {
	int rows, cols;
	struct cell *cells;
	struct rect clip; /* never larger than the canvas */
	bool ascii, cursor_set;
	int cursor_y, cursor_x;
	struct cluster *clusters; /* each once */
	size_t n_clusters, cap_clusters;
	uint32_t *slots; /* hash table of 1 + index, 0: free */
	size_t n_slots;
};

/* The cell for one character, or for the grapheme of `len` bytes at `g`; its width may be 2.
 * Whatever cannot be drawn becomes U+FFFD. */
struct cell cell_of_char(uint32_t cp, int style);
struct cell cell_of_grapheme(struct canvas *c, const char *g, size_t len, int style);
/* The same in ASCII; `left` and `next` as in ascii.h. A wide one stays wide, placed as "??". */
struct cell cell_in_ascii(struct cell cell, uint32_t left, uint32_t next);

/* Put a cell (a wide one takes two) where the clip allows; outside of the canvas is fine. */
void canvas_place(struct canvas *c, int y, int x, struct cell v);
struct cell *canvas_row_open(struct canvas *c, int y);	       /* to draw in; `y` is inside */
uint32_t canvas_left_of(const struct canvas *c, int y, int x); /* the glyph there; 0 at the edge */

#endif
