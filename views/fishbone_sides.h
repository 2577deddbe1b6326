/* The vertical layout as rows: which causes and whys stand on each side of the spine, and over how
 * many rows each text goes. A pure function of the causes and the room; drawn by
 * fishbone_vertical.c.
 *
 * Every top cause has a row, and so have the whys of the selected one. Rows that are free then go
 * first to texts that are cut (most voted first), after that to whys, level by level. Two bones
 * beside each other are one block: rows that the shorter one has over are free. */
#ifndef VIEWS_FISHBONE_SIDES_H
#define VIEWS_FISHBONE_SIDES_H

#include "views/bones.h"

/* A row of text. */
struct side_row {
	size_t row; /* in the tree */
	const char *text; /* what of its text begins here; borrowed; what is longer than the row
			     ends in … */
	size_t len;
	bool first, last; /* of its cause */
};

struct side {
	struct side_row *rows;
	int n;
};

struct sides {
	const struct bones *b;
	struct side *v; /* by bone: even ones left of the spine, odd ones right of the one before */
	bool *shown;	/* by row of the tree */
	int height;	/* of all blocks, with an empty row between them */
	struct side_row *all;
};

/* `cols`: of a top cause's text with its votes, on each side; `rows`: there are. Where the top
 * causes alone take more, `height` is more, and only the free rows of the blocks are shared out. */
void sides_init(struct sides *v, const struct bones *b, const struct pane_state *s,
    const int cols[2], int rows);
void sides_fini(struct sides *v);

/* Rows of the block whose left bone is `left`, its header included. */
int sides_block(const struct sides *v, size_t left);
/* The row of the selected item in all blocks, and how many rows it takes. */
int sides_selected(const struct sides *v, int *rows);
/* How far in a why stands, of `cols`: its text keeps a few columns however deep it is. */
int sides_indent(int depth, int cols);

#endif
