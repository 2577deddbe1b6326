/* The timeline as lanes: time runs to the right, a lane a source, labels beside their marks; or a
 * strip a lane, marks alone. Where each goes is a pure function; drawn by timeline_lanes_draw.c. */
#ifndef VIEWS_TIMELINE_LANES_H
#define VIEWS_TIMELINE_LANES_H

#include "views/timeline_scale.h"
#include "views/view.h"

enum { LANE_ROWS_MOST = 4 };

/* What makes a lane: its lane, else source, else kind; its source first; its kind alone. */
enum lanes_by { LANES_BY_LANE, LANES_BY_SOURCE, LANES_BY_KIND };

struct lanes_look {
	struct rect area; /* of the lanes alone, their names included */
	enum lanes_by by;
	bool strips;	   /* a row a lane, marks alone */
	bool whole;	   /* nothing is folded */
	int64_t window_ns; /* as much time as is shown, from `from_ns` on; 0: all of it */
	int64_t from_ns;
	struct id selected; /* its lane is always shown */
};

/* Small, since there are as many as events. */
struct lane_mark {
	const struct event *event;
	uint32_t lane;
	uint32_t same; /* marks in this cell, this one included; 0: it is counted by another one */
	int16_t row;	/* in its lane, from 0 */
	int16_t x, end; /* of the mark; the column where what lasts ends, else x */
	int16_t label_x, label_cols; /* 0 columns: the mark alone */
};
struct lane {
	const char *name; /* borrowed */
	int y, rows;	  /* rows 0: there is no room for it */
	size_t first, n;  /* its marks */
};
struct lanes {
	struct scale scale;
	int name_cols;
	struct lane *v;
	size_t n;
	struct lane_mark *marks; /* lane by lane, in the order of the events */
	size_t n_marks;
	size_t left_out, left_out_marks; /* lanes without room, and what is in them */
	size_t before, after;		 /* events out of the window */
	int rows;			 /* of the area that lanes take */
};

/* Lanes stand in the order of their first events and get rows as their labels need them. Every
 * event is in a mark, or before or after; those in `left_out_marks` are of lanes without rows. */
void lanes_of(const struct debrief *d, const struct lanes_look *look, struct lanes *out);
void lanes_fini(struct lanes *l);
const char *lane_name(const struct event *e, enum lanes_by by);
/* The window of that length that an event at `t_ns` is looked at in: it begins at a round time of
 * the zone, and the event is never at its very edge. */
int64_t lanes_window_from(const struct zone *zone, int64_t t_ns, int64_t window_ns);

/* Draws over all of `area`; false, having drawn nothing, where there is no room for a lane. */
bool lanes_draw(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area);
/* The same, with a rule that says what is shown; none where `rule` is empty. */
bool lanes_draw_under(struct pane_state *s, const struct scene *sc, struct canvas *c,
    struct rect area, struct rect rule);

#endif
