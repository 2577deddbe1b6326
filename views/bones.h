/* The causes as the fishbone's panes need them: the tree in reading order, cut into bones (one a
 * category), with what is selected, what is folded, and what follows in reading order. */
#ifndef VIEWS_BONES_H
#define VIEWS_BONES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/coverage.h"
#include "views/view.h"

struct bone {
	const struct category *category; /* NULL: of causes whose place is missing */
	size_t row,
	    end; /* its rows of the tree: its own (if it has a category), its causes, up to `end` */
	size_t n_top, n_all; /* top causes; with their whys */
	int64_t votes;	     /* of all of them */
};

struct bones {
	struct cause_tree tree;
	struct bone *v;
	size_t n;
	size_t n_top, n_whys;
	int64_t votes;
	bool cards; /* they are cards of the board, and said to be */
	size_t at; /* the row of the selected item, tree.n when there is none */
};

/* Makes sure of the selection: keeps it when it is still there, else takes who stands in its place
 * now, at first the first cause; `s` is updated. */
void bones_init(struct bones *b, const struct debrief *d, struct pane_state *s);
void bones_fini(struct bones *b);

/* The bone a row belongs to (index); b->n when there is none. */
size_t bone_of_row(const struct bones *b, size_t row);
/* The first row of a bone's causes. */
size_t bone_causes(const struct bone *bone);
const char *bone_name(const struct bone *bone);
int bone_role(const struct bone *bone); /* of its level */
struct id row_id(const struct bones *b, size_t row);
/* The top cause a row is (below); the row itself when it is a category's. */
size_t row_top(const struct bones *b, size_t row);

/* Is this row closed by hand? */
bool row_folded(const struct bones *b, const struct pane_state *s, size_t row);
/* Which rows are to be shown: `shown` gets one flag a row. A row is hidden when one above it in the
 * tree is closed; with `all` only those closed by hand are, else all but what the selection is in.
 * Returns how many are shown. */
size_t bones_show(const struct bones *b, const struct pane_state *s, bool all, bool *shown);
/* How many whys `shown` leaves out. */
size_t bones_folded_whys(const struct bones *b, const bool *shown);

/* Movement in reading order over what is not closed by hand. Category rows count when `categories`
 * or when they have no causes. Puts the selection there. */
void bones_step(struct bones *b, struct pane_state *s, long by, bool categories);
void bones_select(struct bones *b, struct pane_state *s, size_t row);

#endif
