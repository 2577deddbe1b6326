#include "views/timeline.h"
#include "views/timeline_list.h"

/* Where the cursor can stand, in the order of reading: events, and the quiet after some of them. */
struct walk {
	const struct debrief *d;
	struct timeline_rows rows; /* of a list; lanes have none */
	int64_t gap_from;
	size_t n, at; /* events; which of them, in that order */
	bool on_gap;
};

static size_t
event_at(const struct walk *w, size_t i)
{
	return w->rows.order != NULL ? w->rows.order[i] : i;
}

/* Where in that order an event stands. */
static size_t
place_of(const struct walk *w, size_t event)
{
	for (size_t i = 0; w->rows.order != NULL && i < w->n; i++)
		if (w->rows.order[i] == event)
			return i;
	return event;
}

static struct walk
walk_of(const struct pane_state *s, const struct scene *sc, struct rect area)
{
	struct rows_look look = { (s->filter & GAPS_ALL) != 0, timeline_list_beside(area) };
	struct walk w = { .d = sc->d, .n = DEBRIEF_N(sc->d, EVENT) };
	int gap = -1;

	if (s->layout < TIMELINE_LANES)
		w.rows = timeline_rows(sc->d, sc->zone, &look);
	else
		w.gap_from = timeline_gap_from(sc->d, look.all_gaps);
	w.on_gap = (s->filter & ON_GAP) != 0;
	if (w.on_gap && w.rows.v != NULL)
		gap = timeline_gap_row(&w.rows, s->place);
	w.at = place_of(&w, gap >= 0 ? timeline_read_before(&w.rows, gap) : s->place);
	return w;
}

/* Is there quiet after the i-th that is read, and which event begins it? */
static bool
gap_after(const struct walk *w, size_t i, size_t *begins)
{
	const struct event *e = DEBRIEF_AT(w->d, EVENT, event, event_at(w, i)), *next;
	size_t ignored = 0;

	begins = begins != NULL ? begins : &ignored;
	*begins = event_at(w, i);
	if (w->rows.v != NULL)
		return timeline_gap_below(&w->rows, event_at(w, i), begins) &&
		       timeline_read_before(&w->rows, timeline_gap_row(&w->rows, *begins)) ==
			   event_at(w, i);
	if (i + 1 >= w->n || !event_has_clock(e) || e->kind == EVENT_GAP)
		return false;
	next = DEBRIEF_AT(w->d, EVENT, event, i + 1);
	return event_has_clock(next) && next->kind != EVENT_GAP &&
	       span_of(e->at_ns, next->at_ns) > w->gap_from;
}

static void
step_on(struct walk *w)
{
	if (!w->on_gap && gap_after(w, w->at, NULL)) {
		w->on_gap = true;
	} else if (w->at + 1 < w->n) {
		w->at++;
		w->on_gap = false;
	}
}

static void
step_back(struct walk *w)
{
	if (w->on_gap) {
		w->on_gap = false;
	} else if (w->at > 0) {
		w->at--;
		w->on_gap = gap_after(w, w->at, NULL);
	}
}

/* The next decision or quiet stretch; where there is none the cursor stays. */
static void
step_to_next(struct walk *w)
{
	for (size_t i = w->at; i < w->n; i++) {
		const struct event *e = DEBRIEF_AT(w->d, EVENT, event, event_at(w, i));
		if (i > w->at && (e->kind == EVENT_DECISION || e->kind == EVENT_GAP)) {
			w->at = i;
			w->on_gap = false;
			return;
		}
		if ((i > w->at || !w->on_gap) && gap_after(w, i, NULL)) {
			w->at = i;
			w->on_gap = true;
			return;
		}
	}
}

static void
step_by(struct walk *w, long by)
{
	long at = (long)w->at + by;

	w->at = at < 0 ? 0 : at >= (long)w->n ? w->n - 1 : (size_t)at;
	w->on_gap = false;
}

bool
timeline_move(struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct rect area)
{
	long page = area.h > 4 ? area.h - 3 : 1;
	struct walk w;

	switch (v) {
	case DO_UP: case DO_LEFT: case DO_DOWN: case DO_RIGHT: case DO_PAGE_UP: case DO_PAGE_DOWN:
	case DO_FIRST: case DO_LAST: case DO_NEXT:
		break;
	default:
		return false;
	}
	if (DEBRIEF_N(sc->d, EVENT) == 0)
		return true;
	w = walk_of(s, sc, area);
	switch (v) {
	case DO_UP: case DO_LEFT: step_back(&w); break;
	case DO_DOWN: case DO_RIGHT: step_on(&w); break;
	case DO_PAGE_UP: step_by(&w, -page); break;
	case DO_PAGE_DOWN: step_by(&w, page); break;
	case DO_FIRST: step_by(&w, -(long)w.n); break;
	case DO_LAST: step_by(&w, (long)w.n); break;
	default: step_to_next(&w); break;
	}
	s->place = event_at(&w, w.at);
	if (w.on_gap)
		gap_after(&w, w.at, &s->place);
	s->selected = sc->d->of[KIND_EVENT].v[s->place]->id;
	s->filter = w.on_gap ? s->filter | ON_GAP : s->filter & ~ON_GAP;
	timeline_rows_fini(&w.rows);
	return true;
}
