/* The timeline as a list: a row an event, accounts of one moment beside each other, the quiet
 * between them. */
#ifndef VIEWS_TIMELINE_LIST_H
#define VIEWS_TIMELINE_LIST_H

#include "views/timeline_fold.h"
#include "views/view.h"

/* Which columns there are at this width; -1: not shown. */
struct list_columns {
	int time, density, mark, number, source, source_cols, text, text_end, phase, phase_cols;
	bool seconds;
};
struct list {
	const struct scene *sc;
	struct canvas *c;
	struct rect pane, in; /* what may be drawn on; of the rows alone */
	struct list_columns k;
	const struct timeline_rows *rows;
	struct id selected;
	bool on_gap; /* the cursor is on the quiet after it */
};

/* Columns that accounts of one moment share in a list over `area`; 0: there is no room for two. */
int timeline_list_beside(struct rect area);
/* Does a list over `area` cut the text of the event? What stands beside others is whole. */
bool timeline_list_cuts(const struct scene *sc, struct rect area, size_t event);
/* Draws the rows over `area`, with a heading and a rule below where `rules`. Keeps the selected one
 * in sight by setting s->scroll. */
void timeline_list_draw(struct list *l, struct pane_state *s, struct rect area, bool rules);

/* One row of accounts beside each other (timeline_accounts.c); sets the clip, and leaves it at
 * l->pane. */
void timeline_accounts_draw(const struct list *l, const struct timeline_row *r, int y);

#endif
