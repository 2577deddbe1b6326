/* Private to the timeline's files. */
#ifndef VIEWS_TIMELINE_H
#define VIEWS_TIMELINE_H

#include "views/timeline_fold.h"
#include "views/timeline_phases.h"
#include "views/view.h"

/* The numbers of pane_state.layout. Zoomed in from WHOLE on: strips without and with folds, lanes,
 * then ever shorter windows about the selected event. */
enum timeline_layouts {
	TIMELINE_BY_SIZE, TIMELINE_LIST, TIMELINE_LANES, TIMELINE_WHOLE, TIMELINE_FOLDED,
	TIMELINE_WEEK, TIMELINE_DAY, TIMELINE_6H, TIMELINE_HOUR, TIMELINE_15M, TIMELINE_5M,
	TIMELINE_MINUTE
};
extern const char *const timeline_layouts[]; /* their names from 1 on, NULL-ended */
int64_t timeline_window_ns(int layout);	     /* 0: it shows all of the time */
/* The next layout of the zoom; windows as long as all the events, or longer, are passed over. */
int timeline_zoom(const struct debrief *d, int layout, bool in);

/* Does any event say its lane? */
bool timeline_has_lanes(const struct debrief *d);

/* Bits of pane_state.filter. */
enum timeline_looks {
	GAPS_ALL = 1,	    /* every gap of a minute; lanes without folds */
	LANES_SOURCE = 2,   /* what makes a lane: its source first; */
	LANES_KIND = 4,	    /* its kind; else what `lane` says */
	DURATIONS = 8,	    /* with how long it took */
	ON_GAP = 16	    /* the cursor is on the quiet after the selected event */
};

const struct event *timeline_event(
    const struct scene *sc, const struct pane_state *s); /* selected, or NULL */
const char *timeline_phase_word(int phase);
/* Keeps the selected event when it is still there, else takes the one that stands in its place. */
void timeline_settle(struct pane_state *s, const struct debrief *d);
/* Moves the cursor; false: the verb is none that does. */
bool timeline_move(
    struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct rect area);
/* The quiet after the selected event that the cursor is on; false: it is on no such thing. */
struct quiet {
	const struct event *before, *after; /* borrowed */
	int64_t ns;
};
bool timeline_quiet(const struct scene *sc, const struct pane_state *s, struct quiet *out);
/* "14:02:40", "14:02", "~14:02", "·": as well as it is known. */
void put_event_time(struct buf *out, const struct scene *sc, const struct event *e, bool seconds);

/* Rows that a list of durations takes; 0: there are none, or they are not asked for. It draws below
 * each other as many as `r` has rows for. */
int timeline_durations_rows(const struct scene *sc, const struct pane_state *s);
void timeline_durations_draw(const struct scene *sc, struct canvas *c, struct rect r);

int timeline_strip(
    struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area);
enum answer timeline_event_verb(
    struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct view_answer *out);

#endif
