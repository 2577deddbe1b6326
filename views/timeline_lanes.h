/* The timeline as lanes: time runs to the right, a lane a source, labels beside their marks. Where
 * each goes is a pure function; drawn by timeline_lanes_draw.c. */
#ifndef VIEWS_TIMELINE_LANES_H
#define VIEWS_TIMELINE_LANES_H

#include "views/timeline_scale.h"
#include "views/view.h"

enum { LANE_ROWS_MOST = 4 };

struct lane_mark {
	const struct event *event;
	size_t lane;
	int row;		/* in its lane, from 0 */
	int x;			/* of the mark */
	int label_x, label_cols; /* 0 columns: the mark alone */
};
struct lane {
	const char *name; /* borrowed */
	int y, rows;	  /* rows 0: there is no room for it */
	size_t n;	  /* events in it */
};
struct lanes {
	struct scale scale;
	struct lane *v;
	size_t n;
	struct lane_mark *marks; /* in the order of the events */
	size_t n_marks;
	size_t left_out; /* lanes without room */
};

/* `area`: of the lanes alone, the names in the first `name_cols` columns. Lanes stand in the order
 * of their first events and get rows as their labels need them. */
void lanes_of(
    const struct debrief *d, struct rect area, int name_cols, bool whole, struct lanes *out);
void lanes_fini(struct lanes *l);
const char *lane_name(const struct event *e); /* its lane, else its source, else its kind */

/* Draws over all of `area`; false, having drawn nothing, where there is no room for a lane. */
bool lanes_draw(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area);

#endif
