/* The classic fishbone as placed boxes: a pure function from the causes to where every bone, row of
 * text and leader goes. Drawn by fishbone_classic.c; tested without a terminal.
 *
 * The effect is at the right, the spine horizontal. Bones are parallel and, on each side, equally
 * tall; a rib's text begins just right of the neighboring bone and its leader runs to its own.
 * Bones stand above from the head on, then below from the left; of an odd number the last upper one
 * has nobody below. Columns and rows are those of the canvas. */
#ifndef VIEWS_FISHBONE_LAYOUT_H
#define VIEWS_FISHBONE_LAYOUT_H

#include "views/bones.h"

/* One row of text. */
struct fish_line {
	const struct cause *cause; /* NULL: "+4 more" */
	const char *text;	   /* the part of the cause's text that begins here; borrowed */
	size_t len, more;	   /* more: how many ribs the bone holds beside those shown */
	int y, x, cols; /* where, and the columns it may take; what is longer ends in … */
	int bone_x;	/* column of its own bone on this row */
	int depth;	/* 0 a rib, 1 a why of it, ... */
	int mark_cols;	/* of " •12" after the text; 0: none on this row */
	bool first;	/* of its cause; the others are what of its text goes on */
	bool leader;	/* a leader runs between it and the bone ... */
	bool folded;	/* ... and is ═══: not all whys are shown */
	bool selected;	/* it, or a why of it that has no row of its own */
};

struct fish_bone {
	const struct bone *bone;
	size_t index; /* among the debrief's bones */
	int x;	      /* where it meets the spine; on a row d away it is at x - d */
	bool above;
	size_t shown; /* ribs with a row of their own; fewer than bone->n_top: the last row says how
			 many more */
};

struct fish {
	struct rect area;
	int spine_y, spine_x;	    /* its left end */
	int rows_above, rows_below; /* of the bones */
	int slot;		    /* columns from bone to bone */
	int head_x;		    /* the first column of the head */
	struct fish_bone *bones;
	size_t n_bones;
	struct fish_line *lines;
	size_t n_lines, cap_lines;
	size_t bones_left_out,
	    causes_left_out; /* no room for them at this width; causes with their whys */
	size_t whys_folded;  /* of the bones shown */
	size_t cut;	     /* texts of ribs, and with wrap_whys of whys, that end in … */
	bool mirrored;	     /* head at the left: on a row d away a bone is at x + d, and a
				leader comes before its text */
};

struct fish_ask {
	struct rect area;
	int head_cols;	/* columns right of the arrow for the head and the right margin */
	int left_cols;	/* a margin on the left */
	int spare_rows; /* rows left for air and for the line below the fish; at least one is kept
			 */
	bool centered;	/* what is over goes above and below; else all below */
	int slot_least; /* fewer columns a bone: bones are left out (at least 12) */
	bool mirrored;	/* the head at the left, and all else the other way round */
	bool wrap_whys; /* whys too go over several rows where there is room: for paper */
};

/* False when not even one bone with one rib fits (`out` is empty then). */
bool fish_layout(const struct bones *b, const struct pane_state *s, const struct fish_ask *ask,
    struct fish *out);
void fish_fini(struct fish *f);

/* The bone beside bone `i` (index into f->bones): step -1 to the left, 1 to the right, 0 across the
 * spine; i itself when there is none. */
size_t fish_beside(const struct fish *f, size_t i, int step);

#endif
