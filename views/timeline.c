#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/schema.h"
#include "views/curtain.h"
#include "views/draw.h"
#include "views/timeline.h"
#include "views/timeline_lanes.h"
#include "views/timeline_list.h"
#include "views/words.h"

enum { RULES_FROM = 6, LIST_LEAST = 3, WHOLE_MOST = 3 };

const struct event *
timeline_event(const struct scene *sc, const struct pane_state *s)
{
	return (const struct event *)debrief_find(sc->d, KIND_EVENT, s->selected);
}

void
timeline_settle(struct pane_state *s, const struct debrief *d)
{
	size_t n = DEBRIEF_N(d, EVENT);
	const struct item *it;

	if (n == 0)
		return;
	if (s->place < n && id_equal(d->of[KIND_EVENT].v[s->place]->id, s->selected))
		return;
	s->filter &= ~ON_GAP; /* it was of another one */
	it = id_some(s->selected) ? debrief_find(d, KIND_EVENT, s->selected) : NULL;
	if (it != NULL) {
		size_t i = debrief_index(d, KIND_EVENT, it);
		if (i < n && d->of[KIND_EVENT].v[i] == it) {
			s->place = i;
			return;
		}
	}
	if (s->place >= n)
		s->place = n - 1;
	s->selected = d->of[KIND_EVENT].v[s->place]->id;
}

bool
timeline_quiet(const struct scene *sc, const struct pane_state *s, struct quiet *out)
{
	const struct event *e = timeline_event(sc, s);

	if ((s->filter & ON_GAP) == 0 || e == NULL || !event_has_clock(e))
		return false;
	for (size_t i = s->place + 1; i < DEBRIEF_N(sc->d, EVENT); i++) {
		const struct event *after = DEBRIEF_AT(sc->d, EVENT, event, i);
		if (!event_has_clock(after))
			continue;
		*out = (struct quiet){ e, after, span_of(e->at_ns, after->at_ns) };
		return true;
	}
	return false;
}

const char *
timeline_phase_word(int phase)
{
	static const enum word words[] = { WORD_NONE, WORD_PHASE_STARTED, WORD_PHASE_DETECTED,
		WORD_PHASE_ACK, WORD_PHASE_MITIGATED, WORD_PHASE_RESOLVED };

	return phase > PHASE_NONE && phase <= PHASE_RESOLVED ? word(words[phase]) : "";
}

void
put_event_time(struct buf *out, const struct scene *sc, const struct event *e, bool seconds)
{
	if (!event_has_clock(e)) {
		buf_adds(out, "·");
		return;
	}
	if (e->precision == PRECISION_ABOUT)
		buf_addc(out, '~');
	put_clock(out, sc, e->at_ns, seconds && e->precision == PRECISION_EXACT);
}

static struct timeline_rows
rows_of(const struct pane_state *s, const struct scene *sc, struct rect area)
{
	struct rows_look look = { (s->filter & GAPS_ALL) != 0, timeline_list_beside(area) };

	return timeline_rows(sc->d, sc->zone, &look);
}

/* Rows below the list for the selected event whole: where no strip has it, and the list cuts it. */
static int
rows_of_whole(const struct pane_state *s, const struct scene *sc, struct rect area)
{
	const struct event *e = timeline_event(sc, s);
	bool strip = s->frame_rows == 0 || s->frame_rows >= FRAME_MEDIUM_ROWS;
	int most = (area.h - 2) / 2 < WHOLE_MOST ? (area.h - 2) / 2 : WHOLE_MOST;
	bool walk = sc->d->curtain_ns != TIME_NONE && !sc->reviewing; /* the curtain stands there */

	if (strip || walk || e == NULL || area.h < RULES_FROM || s->unselected || (s->filter & ON_GAP) ||
	    !timeline_list_cuts(sc, area, s->place))
		return 0;
	return wrapped_rows(e->text, area.w - 2, most);
}

static void
draw_as_list(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect pane,
    struct rect area)
{
	bool rules = area.h >= RULES_FROM;
	struct timeline_rows rows = rows_of(s, sc, area);
	struct list l = { .sc = sc, .c = c, .pane = pane, .rows = &rows };
	int whole;

	if ((s->filter & ON_GAP) && timeline_gap_row(&rows, s->place) < 0)
		s->filter &= ~ON_GAP;
	if (!s->unselected)
		l.selected = s->selected;
	l.on_gap = (s->filter & ON_GAP) != 0;
	whole = rows_of_whole(s, sc, area);
	area.h -= whole;
	if (whole > 0)
		draw_wrapped(c, (struct rect){ area.y + area.h, area.x + 1, whole, area.w - 2 },
		    timeline_event(sc, s)->text, ROLE_HEAD);
	l.in = (struct rect){ area.y + rules, area.x, area.h - 2 * rules, area.w };
	timeline_list_draw(&l, s, area, rules);
	timeline_rows_fini(&rows);
}

/* Rows that the curtain covers: all that the list below it leaves, and a part of it at the least. */
static int
cover_of(const struct pane_state *s, const struct scene *sc, struct rect area)
{
	struct timeline_rows rows;
	int used;

	if (sc->d->curtain_ns == TIME_NONE || sc->reviewing)
		return 0;
	rows = rows_of(s, sc, area);
	used = rows.n < 1000 ? (int)rows.n : 1000;
	timeline_rows_fini(&rows);
	if (s->layout >= TIMELINE_LANES)
		used = area.h * 2 / 3;
	return curtain_rows(sc, area.h - (area.h >= RULES_FROM), used);
}

static void
timeline_draw(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	bool rules = area.h >= RULES_FROM;
	int cover = cover_of(s, sc, area), durations = 0;
	struct rect seen = { area.y, area.x, area.h - cover, area.w }, lanes = seen;

	timeline_settle(s, sc->d);
	lanes.y += rules;
	lanes.h -= rules;
	if (s->layout < TIMELINE_LANES ||
	    !lanes_draw_under(s, sc, c, lanes, line_at(area.y, area.x, rules ? area.w : 0))) {
		durations = timeline_durations_rows(sc, s);
		if (seen.h - durations < RULES_FROM + LIST_LEAST)
			durations = 0;
		seen.h -= durations;
		/* The curtain's edge is the rule below the list. */
		if (cover > 0 && seen.h + 1 >= RULES_FROM)
			seen.h++;
		draw_as_list(s, sc, c, area, seen);
	}
	if (durations > 0)
		timeline_durations_draw(
		    sc, c, (struct rect){ seen.y + seen.h, area.x, durations, area.w });
	if (cover > 0)
		curtain_draw(
		    sc, c, (struct rect){ area.y + area.h - cover, area.x, cover, area.w });
}

/* "14:02" or, over several days, "31 Jan 23:27". */
static void
put_end(struct buf *out, const struct scene *sc, int64_t t_ns, bool with_day)
{
	if (with_day) {
		put_day(out, scene_day(sc, t_ns));
		buf_addc(out, ' ');
	}
	put_clock(out, sc, t_ns, false);
}

/* "13:58 to 15:22 UTC" */
static void
put_range(struct buf *out, const struct scene *sc)
{
	int64_t first = TIME_NONE, last = TIME_NONE;
	struct buf from = { 0 }, to = { 0 };
	const char *zone = zone_name(sc->zone);
	bool days;

	for (size_t i = 0, n = DEBRIEF_N(sc->d, EVENT); i < n && first == TIME_NONE; i++)
		if (event_has_clock(DEBRIEF_AT(sc->d, EVENT, event, i)))
			first = DEBRIEF_AT(sc->d, EVENT, event, i)->at_ns;
	for (size_t i = DEBRIEF_N(sc->d, EVENT); i-- > 0 && last == TIME_NONE;)
		if (event_has_clock(DEBRIEF_AT(sc->d, EVENT, event, i)))
			last = DEBRIEF_AT(sc->d, EVENT, event, i)->at_ns;
	if (first == TIME_NONE) {
		word_put(out, WORD_TEXT, zone);
		return;
	}
	days = scene_day(sc, first) != scene_day(sc, last);
	put_end(&from, sc, first, days);
	put_end(&to, sc, last, days);
	word_put(out, WORD_RANGE, from.data, to.data, zone);
	buf_fini(&from);
	buf_fini(&to);
}

static void
timeline_counts(const struct scene *sc, struct buf *out)
{
	word_count(out, (int64_t)DEBRIEF_N(sc->d, EVENT), WORD_EVENT_1);
	buf_adds(out, " · ");
	put_range(out, sc);
}

static void
timeline_compact(
    const struct pane_state *s, const struct scene *sc, struct buf *left, struct buf *right)
{
	(void)s;
	if (sc->d->curtain_ns != TIME_NONE && !sc->reviewing) {
		buf_adds(left, word(WORD_THE_WALK));
		return; /* the strip says which step it is */
	}
	buf_addf(left, "%s, ", word(WORD_TIMELINE));
	put_range(left, sc);
	word_count(right, (int64_t)DEBRIEF_N(sc->d, EVENT), WORD_EVENT_1);
}

/* What is looked at, and how. */
static bool
look_verb(struct pane_state *s, const struct debrief *d, enum verb_of_key v)
{
	switch (v) {
	case DO_LAYOUT:
		s->layout = s->layout >= TIMELINE_LANES ? TIMELINE_LIST : TIMELINE_LANES;
		return true;
	case DO_ZOOM_OUT:
	case DO_ZOOM_IN:
		s->layout = timeline_zoom(d, s->layout, v == DO_ZOOM_IN);
		return true;
	case DO_GAPS:
		s->filter ^= GAPS_ALL;
		return true;
	case DO_LANES_BY:
		if (s->filter & LANES_KIND)
			s->filter &= ~(LANES_KIND | LANES_SOURCE);
		else if ((s->filter & LANES_SOURCE) || !timeline_has_lanes(d))
			s->filter = (s->filter & ~LANES_SOURCE) | LANES_KIND;
		else
			s->filter |= LANES_SOURCE;
		if (s->layout < TIMELINE_LANES)
			s->layout = TIMELINE_LANES;
		return true;
	case DO_DURATIONS:
		s->filter ^= DURATIONS;
		return true;
	default:
		return false;
	}
}

static enum answer
timeline_verb(struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct rect area,
    struct view_answer *out)
{
	bool leads = sc->role == PERSON_FACILITATOR || sc->role == PERSON_SCRIBE;

	timeline_settle(s, sc->d);
	if (v == DO_NEXT && leads && sc->d->curtain_ns != TIME_NONE)
		return answer_run(out, "curtain next");
	if (look_verb(s, sc->d, v) || timeline_move(s, sc, v, area))
		return ANSWER_DRAW;
	return timeline_event_verb(s, sc, v, out);
}

static const enum verb_of_key hints[] = { DO_ADD, DO_DAY, DO_EDIT, DO_TIME, DO_PHASE, DO_CAUSE_HERE, DO_NEXT,
	DO_LAYOUT, DO_ZOOM_OUT, DO_GAPS, DO_FIND, DO_PALETTE, DO_EVENT_NOW, DO_WHY, DO_LANES_BY,
	DO_DURATIONS, DO_UNDO, DO_NOTHING };

/* Under the curtain the walk is what everybody waits for. */
static const enum verb_of_key walk_hints[] = { DO_NEXT, DO_CAUSE_HERE, DO_QUESTION_HERE, DO_EDIT,
	DO_WHY, DO_PROMPT, DO_UNDO, DO_ADD, DO_TIME, DO_PALETTE, DO_FIND, DO_NOTHING };

static const enum verb_of_key *
timeline_hints(const struct pane_state *s, const struct scene *sc)
{
	bool leads = sc->role == PERSON_FACILITATOR || sc->role == PERSON_SCRIBE;

	(void)s;
	return leads && sc->d->curtain_ns != TIME_NONE && !sc->reviewing ? walk_hints : hints;
}

const struct view view_timeline = {
	.name = "timeline",
	.title = "2 Timeline",
	.digit = 2,
	.layouts = timeline_layouts,
	.draw = timeline_draw,
	.strip = timeline_strip,
	.verb = timeline_verb,
	.counts = timeline_counts,
	.hints = hints,
	.hints_now = timeline_hints,
	.compact = timeline_compact,
};
