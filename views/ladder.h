/* The why-ladder as placed rungs: a pure function from the causes to the chain through the selected
 * one, from its top cause down to its last why and the open rung below that, where the next why is
 * typed. Drawn by fishbone_ladder.c; tested without a terminal. */
#ifndef VIEWS_LADDER_H
#define VIEWS_LADDER_H

#include "views/bones.h"

struct rung {
	size_t row;	/* of the tree; of the open one that of the rung above it */
	bool open;	/* the last: there is no why there yet */
	int depth;	/* 0 the cause, 1 a why of it, ... */
	size_t nth, of; /* which of how many whys of the same cause */
	int y, h;	/* rows, counted from the top of the ladder */
	int stem, x;	/* columns from the left: of the line that leads to it, of its text */
	int cols;	/* that the text may take */
	int text_rows;
	bool air; /* a row before its text for the line that leads to it */
	bool saw; /* a row after it for what shows it */
};

struct ladder {
	struct rung *v;
	size_t n, at; /* at: the one the cursor is on */
	int effect_rows, height; /* of the effect on top; of all together */
	bool narrow;		 /* no labels */
};

/* `effect`: the text on top. False when no cause is selected (`out` is empty then). What does not
 * go into area.h rows is to be scrolled; before that air, then what shows them, then long texts
 * give way, but on the rung with the cursor. */
bool ladder_init(struct ladder *out, const struct bones *b, const struct pane_state *s,
    struct rect area, const char *effect);
void ladder_fini(struct ladder *l);

/* Put the cursor on a rung. */
void ladder_select(const struct ladder *l, struct bones *b, struct pane_state *s, size_t rung);
/* The cause beside the one in `row` on the same level or above: step -1 or 1; `row` when there is
 * none. Beyond the last comes the first. */
size_t ladder_beside(const struct bones *b, size_t row, int step);

#endif
