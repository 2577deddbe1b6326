#include "views/gameday.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/run.h"
#include "model/schema.h"
#include "model/series.h"
#include "views/block_digits.h"
#include "views/clock.h"
#include "views/draw.h"
#include "views/words.h"

enum { LABEL_COLS = 14, CHART_ROWS = 8, CHART_AXIS = 8, EVENTS_LEAST = 4, RULED_FROM = 12 };

bool
gameday_runs(const struct scene *sc, const struct experiment *x)
{
	return x != NULL && run_is_on(sc->d, x);
}

const struct experiment *
gameday_now(const struct scene *sc, const struct pane_state *s)
{
	const struct experiment *open = NULL, *chosen = NULL;

	if (s != NULL)
		chosen = (const struct experiment *)debrief_find(
		    sc->d, KIND_EXPERIMENT, s->selected);
	if (chosen != NULL && (run_is_on(sc->d, chosen) || !run_any(sc->d)))
		return chosen;
	for (size_t i = 0; i < DEBRIEF_N(sc->d, EXPERIMENT); i++) {
		const struct experiment *x = DEBRIEF_AT(sc->d, EXPERIMENT, experiment, i);
		if (run_is_on(sc->d, x))
			return x;
		if (open == NULL && x->result == RESULT_NONE)
			open = x;
	}
	if (sc->d->aborted_ns != TIME_NONE && run_aborted(sc->d) != NULL)
		return run_aborted(sc->d);
	if (open == NULL && DEBRIEF_N(sc->d, EXPERIMENT) > 0)
		open = DEBRIEF_AT(sc->d, EXPERIMENT, experiment, 0);
	return open;
}

void
gameday_clock(struct buf *out, const struct scene *sc, const struct experiment *x)
{
	struct run_times t = { TIME_NONE, TIME_NONE };
	int64_t s;

	if (x != NULL)
		t = run_times(sc->d, x);
	if (t.began_ns == TIME_NONE)
		return;
	if (t.ended_ns == TIME_NONE)
		t.ended_ns = sc->now_ns;
	s = (t.ended_ns - t.began_ns) / NS_PER_S;
	s = s < 0 ? 0 : s;
	buf_addf(out, "%02lld:%02lld", (long long)(s / 60), (long long)(s % 60));
}

size_t
gameday_events(const struct scene *sc, const struct experiment *x, const struct event **v)
{
	int64_t began_ns = x != NULL ? run_times(sc->d, x).began_ns : TIME_NONE;
	size_t n = 0;

	for (size_t i = 0; i < DEBRIEF_N(sc->d, EVENT); i++) {
		const struct event *ev = DEBRIEF_AT(sc->d, EVENT, event, i);
		if (began_ns != TIME_NONE && ev->at_ns != TIME_NONE && ev->at_ns >= began_ns)
			v[n++] = ev;
	}
	return n;
}

struct run {
	const struct scene *sc;
	const struct experiment *x;
	struct pane_state *s;
	struct canvas *c;
	const struct event **events;
	struct run_times times;
	size_t n, at; /* at: n when the experiment itself is selected */
};

static void
run_init(struct run *r, struct pane_state *s, const struct scene *sc, struct canvas *c)
{
	*r = (struct run){ .sc = sc, .s = s, .c = c };
	r->events = mem_zero(DEBRIEF_N(sc->d, EVENT) + 1, sizeof *r->events);
	r->x = gameday_now(sc, s);
	r->n = gameday_events(sc, r->x, r->events);
	if (r->x != NULL)
		r->times = run_times(sc->d, r->x);
	r->at = r->n;
	for (size_t i = 0; i < r->n; i++)
		if (id_equal(r->events[i]->item.id, s->selected))
			r->at = i;
	if (r->at == r->n && r->x != NULL)
		s->selected = r->x->item.id;
}

static void
run_fini(struct run *r)
{
	free(r->events);
}

/* "HYPOTHESIS    With cold keys ..."; returns the rows used. */
static int
draw_field(const struct run *r, struct rect at, enum word label, const char *text)
{
	int w = at.w < 60 ? 0 : LABEL_COLS, rows;

	if (at.h < 1)
		return 0;
	if (w > 0)
		draw_text(r->c, line_at(at.y, at.x, w - 1), word(label), ROLE_HEAD);
	rows = draw_wrapped(r->c,
	    (struct rect){ at.y, at.x + w, at.h < 3 ? at.h : 3, at.w - w },
	    text != NULL ? text : word(WORD_MISSING), text != NULL ? ROLE_PLAIN : ROLE_WARN);
	return rows > 0 ? rows : 1;
}

static int
draw_plan(const struct run *r, struct rect at)
{
	int y = at.y, end = at.y + at.h;

	y += draw_field(r, (struct rect){ y, at.x, end - y, at.w }, WORD_HYPOTHESIS, r->x->hypothesis);
	if (at.h < 4)
		return y - at.y;
	if (!area_wide(at) && r->times.ended_ns != TIME_NONE) { /* there is no room for both */
		y += draw_field(r, (struct rect){ y, at.x, end - y, at.w }, WORD_EXPECTED,
		    r->x->expected);
		y += draw_field(r, (struct rect){ y, at.x, end - y, at.w }, WORD_OBSERVED_CAPS,
		    r->x->observed);
		y += draw_field(r, (struct rect){ y, at.x, end - y, at.w }, WORD_SURPRISED_CAPS,
		    r->x->surprised);
		return y - at.y;
	}
	y += draw_field(r, (struct rect){ y, at.x, end - y, at.w }, WORD_STEADY, r->x->steady_state);
	y += draw_field(r, (struct rect){ y, at.x, end - y, at.w }, WORD_METHOD, r->x->method);
	y += draw_field(r, (struct rect){ y, at.x, end - y, at.w }, WORD_REACH, r->x->blast_radius);
	return y - at.y;
}

/* A sign a row; where rows are short, one after the other. */
static int
draw_sign_rows(const struct run *r, struct rect in)
{
	const struct strs *signs = &r->x->abort_when;
	size_t rang = gameday_rang(r->sc, r->x);
	struct buf all = { 0 };
	int rows = 0;

	for (size_t i = 0; (int)signs->n <= in.h && i < signs->n; i++, rows++) {
		canvas_put(r->c, in.y + rows, in.x, i == rang ? 0x25c6 : 0x25cb, ROLE_BAD);
		draw_text(r->c, line_at(in.y + rows, in.x + 2, in.w - 2), signs->v[i],
		    i == rang ? ROLE_BAD : ROLE_PLAIN);
	}
	if (rows > 0 || in.h < 1)
		return rows;
	for (size_t i = 0; i < signs->n; i++)
		buf_addf(&all, "%s%s", i > 0 ? " · " : "", signs->v[i]);
	if (signs->n > 0)
		canvas_put(r->c, in.y, in.x, rang < signs->n ? 0x25c6 : 0x25cb, ROLE_BAD);
	rows = draw_wrapped(r->c,
	    (struct rect){ in.y, in.x + (signs->n > 0 ? 2 : 0), in.h, in.w - (signs->n > 0 ? 2 : 0) },
	    signs->n > 0 ? all.data : word(WORD_NO_SIGNS), signs->n > 0 ? ROLE_PLAIN : ROLE_WARN);
	buf_fini(&all);
	return rows;
}

/* The signs to stop at, and the way back: never off the screen. */
static void
draw_signs(const struct run *r, struct rect at)
{
	bool boxed = at.h >= 4 && at.w >= 40;
	struct rect in = at;
	struct buf back = { 0 };
	int y;

	if (boxed) {
		draw_titled_box(r->c, at, word(WORD_ABORT_WHEN), word(WORD_STOPS_IT));
		in = (struct rect){ at.y + 1, at.x + 2, at.h - 2, at.w - 4 };
	}
	y = in.y + draw_sign_rows(r, (struct rect){ in.y, in.x, in.h - (in.h > 2), in.w });
	if (y < in.y + in.h) {
		buf_addf(&back, "%s %s", word(WORD_ROLL_BACK),
		    r->x->rollback != NULL ? r->x->rollback : word(WORD_MISSING));
		draw_text(r->c, line_at(in.y + in.h - 1, in.x, in.w), back.data, ROLE_HEAD);
	}
	buf_fini(&back);
}

static void
put_state(const struct run *r, struct buf *out)
{
	enum word w = r->x->result == RESULT_ABORTED	  ? WORD_RUN_STOPPED
		      : r->times.ended_ns != TIME_NONE	  ? WORD_RUN_OVER
		      : r->times.began_ns != TIME_NONE	  ? WORD_RUN_ON
							  : WORD_RUN_NOT_YET;

	buf_adds(out, word(w));
}

/* How much of the minutes is gone. */
static void
draw_plan_bar(const struct run *r, struct rect at, int64_t minutes)
{
	enum { BAR_COLS = 12 };
	int64_t end_ns = r->times.ended_ns != TIME_NONE ? r->times.ended_ns : r->sc->now_ns;
	int64_t ran_s =
	    r->times.began_ns != TIME_NONE ? (end_ns - r->times.began_ns) / NS_PER_S : 0;
	int x = at.x + draw_text(r->c, at, word(WORD_HEAD_PLAN), ROLE_DIM) + 2;
	int64_t full = ran_s * BAR_COLS / (minutes * 60);

	for (int i = 0; i < BAR_COLS && x + i < at.x + at.w; i++)
		canvas_put(r->c, at.y, x + i, i < full ? 0x2588 : 0x2591,
		    i < full ? ROLE_COUNT : ROLE_DIM);
}

/* The run's own clock, and how much of the stage it has. */
static void
draw_clock(const struct run *r, struct rect at)
{
	const struct stage *stage = scene_stage(r->sc, NULL);
	struct rect in = { at.y + 1, at.x + 3, at.h - 2, at.w - 6 };
	struct buf title = { 0 }, place = { 0 }, clock = { 0 }, of = { 0 };
	int rows = 0, below = 0;

	put_state(r, &title);
	word_put(&place, WORD_N_OF_N,
	    digits((int64_t)debrief_index(r->sc->d, KIND_EXPERIMENT, &r->x->item) + 1).s,
	    digits((int64_t)DEBRIEF_N(r->sc->d, EXPERIMENT)).s);
	draw_titled_box(r->c, at, title.data, place.data);
	gameday_clock(&clock, r->sc, r->x);
	if (clock.len > 0)
		rows = block_draw(r->c, in, clock.data,
		    gameday_runs(r->sc, r->x) ? ROLE_HEAD : ROLE_WARN);
	else
		below = draw_wrapped(r->c, in, word(WORD_START_IT), ROLE_DIM);
	if (stage != NULL && stage->minutes > 0 && in.h > 0) {
		int cols = rows > 1 ? block_cols(clock.data) + 4 : 0;
		struct rect beside = { in.y + (cols == 0 ? rows : 0) + below, in.x + cols, in.h,
			in.w - cols };
		word_put(&of, WORD_OF_N_MINUTES, digits(stage->minutes).s);
		draw_text(r->c, line_at(beside.y, beside.x, beside.w), of.data, ROLE_DIM);
		draw_plan_bar(r, line_at(beside.y + 1, beside.x, beside.w), stage->minutes);
	}
	buf_fini(&title);
	buf_fini(&place);
	buf_fini(&clock);
	buf_fini(&of);
}

static void
draw_happened(const struct run *r, struct rect at)
{
	int fit = at.h - 1, first;

	if (at.h < 2)
		return;
	draw_band(r->c, line_at(at.y, at.x, at.w), word(WORD_WHAT_HAPPENS), word(WORD_STAMPED));
	first = r->at < r->n ? list_scroll(r->s->scroll, (int)r->at, (int)r->n, fit)
	      : (int)r->n > fit ? (int)r->n - fit
				: 0;
	r->s->scroll = first;
	for (int i = 0; i < fit && (size_t)(first + i) < r->n; i++) {
		const struct event *ev = r->events[first + i];
		int64_t s = (ev->at_ns - r->times.began_ns) / NS_PER_S;
		bool selected = (size_t)(first + i) == r->at;
		int y = at.y + 1 + i;
		canvas_textf(r->c, y, at.x + 1, 8, ROLE_DIM, "+%lld:%02lld", (long long)(s / 60),
		    (long long)(s % 60));
		canvas_put(r->c, y, at.x + 9,
		    selected		       ? 0x25ba
		    : ev->kind == EVENT_ALERT ? 0x25c6
						: 0x25cf,
		    selected ? ROLE_SELECTED : ROLE_LINE);
		draw_text(r->c, line_at(y, at.x + 12, at.w - 13), ev->text,
		    selected ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN);
	}
	if (r->n == 0)
		draw_text(r->c, line_at(at.y + 1, at.x + 1, at.w - 2), word(WORD_COMMA_STAMPS),
		    ROLE_DIM);
}

/* When the first value is from, and that the last one is from now. */
static void
draw_chart_foot(const struct run *r, struct rect at)
{
	struct buf b = { 0 };

	put_clock(&b, r->sc, r->times.began_ns, false);
	draw_text(r->c, at, b.data, ROLE_DIM);
	if (gameday_runs(r->sc, r->x))
		draw_right(r->c, at, word(WORD_CHART_NOW), ROLE_DIM);
	buf_fini(&b);
}

/* The columns of the chart: from the beginning of the run to now, or to its end. */
static void
draw_curve(const struct run *r, const struct series *se, double top, struct rect at)
{
	int64_t from = r->times.began_ns,
		to = r->times.ended_ns != TIME_NONE ? r->times.ended_ns : r->sc->now_ns;
	double step = to > from ? (double)(to - from) / at.w : 1, value;

	for (int x = 0; x < at.w; x++) {
		int64_t begin = from + (int64_t)(x * step);
		int halves;
		if (!series_between(se, begin,
			x + 1 < at.w ? from + (int64_t)((x + 1) * step) : INT64_MAX, &value))
			continue;
		halves = (int)(value * 2 * at.h / top + 0.5);
		for (int h = 0; h < halves; h++)
			canvas_put(r->c, at.y + at.h - 1 - h / 2, at.x + x,
			    h % 2 || h + 1 < halves ? 0x2588 : 0x2584,
			    value > 2 * se->high && se->high > 0 ? ROLE_BAD : ROLE_COUNT);
	}
}

/* A number of the steady state over the run; the usual range is named. */
static void
draw_chart(const struct run *r, struct rect at)
{
	struct buf title = { 0 }, usual = { 0 };
	struct series se;
	double top;
	int cols = at.w - CHART_AXIS - 1, rows = at.h - 2;

	if (rows < 2 || cols < 8 || !series_steady(r->x->steady_state, &se))
		return;
	series_fill(&se, r->sc->d, r->times.began_ns != TIME_NONE ? r->times.began_ns : INT64_MAX);
	top = se.most > 2 * se.high ? se.most : 2 * se.high;
	upper_case(&title, se.name);
	buf_addf(&title, " %s", se.unit);
	buf_addf(&usual, "%s %g–%g", word(WORD_USUAL), se.low, se.high);
	draw_band(r->c, line_at(at.y, at.x, at.w), title.data, usual.data);
	canvas_textf(r->c, at.y + 1, at.x, CHART_AXIS - 1, ROLE_DIM, "%7.6g", top);
	canvas_textf(r->c, at.y + rows, at.x, CHART_AXIS - 1, ROLE_DIM, "%7d", 0);
	if (se.n > 0 && top > 0) {
		draw_curve(r, &se, top, (struct rect){ at.y + 1, at.x + CHART_AXIS, rows, cols });
		draw_chart_foot(r, line_at(at.y + rows + 1, at.x + CHART_AXIS, cols));
	}
	series_fini(&se);
	buf_fini(&title);
	buf_fini(&usual);
}

/* `half`: where the right one begins, under those above it. */
static void
draw_compare(const struct run *r, struct rect at, int half)
{
	if (at.h < 2)
		return;
	draw_band(r->c, line_at(at.y, at.x, half - 2), word(WORD_EXPECTED), NULL);
	draw_band(r->c, line_at(at.y, at.x + half, at.w - half), word(WORD_SURPRISED_CAPS), NULL);
	draw_wrapped(r->c, (struct rect){ at.y + 1, at.x + 2, at.h - 1, half - 5 },
	    r->x->expected != NULL ? r->x->expected : word(WORD_MISSING), ROLE_PLAIN);
	draw_wrapped(r->c, (struct rect){ at.y + 1, at.x + half + 2, at.h - 1, at.w - half - 3 },
	    r->x->surprised != NULL ? r->x->surprised : word(WORD_MISSING), ROLE_PLAIN);
}

static void
draw_wide(const struct run *r, struct rect a)
{
	int y = a.y + 1, half = a.w / 2 + 2, box = 7, chart = CHART_ROWS + 2, end = a.y + a.h;

	y += draw_plan(r, (struct rect){ y, a.x + 3, 8, a.w - 6 }) + (a.h > 28);
	draw_signs(r, (struct rect){ y, a.x + 1, box, half });
	draw_clock(r, (struct rect){ y, a.x + half + 3, box, a.w - half - 4 });
	y += box + (a.h > 28);
	if (end - y < chart + 4)
		chart = end - y - 4;
	else if (end - y > chart + 8) /* what came of it is short: the rest is for what happens */
		chart = end - y - 8;
	draw_happened(r, (struct rect){ y, a.x + 1, chart, half });
	draw_chart(r, (struct rect){ y, a.x + half + 3, chart, a.w - half - 4 });
	y += chart + (end - y - chart > 5);
	draw_compare(r, (struct rect){ y, a.x + 1, end - y, a.w - 2 }, half + 2);
}

/* The signs first: they are what must be seen. */
static void
draw_narrow(const struct run *r, struct rect a)
{
	int y = a.y, end = a.y + a.h, signs = (int)r->x->abort_when.n + 1, plan;
	bool boxed = a.h >= 14 && a.w >= 60;
	struct buf line = { 0 }, clock = { 0 };

	gameday_clock(&clock, r->sc, r->x);
	put_state(r, &line);
	if (clock.len > 0)
		buf_addf(&line, "  %s", clock.data);
	draw_text(r->c, line_at(y++, a.x + 1, a.w - 2), line.data, ROLE_HEAD | STYLE_BOLD);
	signs += boxed ? 2 : 0;
	if (signs > (end - y + 1) / 2)
		signs = (end - y + 1) / 2;
	plan = end - y - signs - EVENTS_LEAST;
	if (plan > 0)
		y += draw_plan(r, (struct rect){ y, a.x + 1, plan < 8 ? plan : 8, a.w - 2 });
	draw_signs(r, (struct rect){ y, a.x + 1, signs, a.w - 2 });
	y += signs;
	draw_happened(r, (struct rect){ y, a.x + 1, end - y, a.w - 2 });
	buf_fini(&line);
	buf_fini(&clock);
}

static void
gameday_draw(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	struct run r;

	run_init(&r, s, sc, c);
	if (r.x == NULL) {
		draw_rule(c, line_at(area.y, area.x, area.w), NULL, NULL);
		draw_wrapped(c,
		    (struct rect){ area.y + 1, area.x + 2, area.h - 1, area.w - 4 },
		    word(WORD_NO_EXPERIMENT), ROLE_DIM);
	} else if (area_wide(area) && area.h >= 22) {
		draw_rule(c, line_at(area.y, area.x, area.w), NULL, NULL);
		draw_wide(&r, area);
	} else {
		if (area.h >= RULED_FROM) { /* for the question */
			draw_rule(c, line_at(area.y++, area.x, area.w), NULL, NULL);
			area.h--;
		}
		draw_narrow(&r, area);
	}
	run_fini(&r);
}

static int
gameday_strip(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	enum { ROWS = 4 };
	struct run r;
	struct buf title = { 0 }, again = { 0 };

	if (c == NULL)
		return ROWS;
	run_init(&r, s, sc, c);
	if (r.at < r.n)
		put_clock(&title, sc, r.events[r.at]->at_ns, true);
	else if (r.x != NULL && r.x->result > RESULT_NONE)
		buf_adds(&title, schema_field(KIND_EXPERIMENT, "result")->names[r.x->result]);
	draw_rule(c, line_at(area.y, area.x, area.w), title.data, NULL);
	if (r.at < r.n) {
		draw_wrapped(c, (struct rect){ area.y + 1, area.x + 2, 2, area.w - 3 },
		    r.events[r.at]->text, ROLE_HEAD | STYLE_BOLD);
	} else if (r.x != NULL) {
		draw_field(&r, line_at(area.y + 1, area.x + 2, area.w - 3), WORD_OBSERVED,
		    r.x->observed);
		if (r.x->again_day != TIME_NONE)
			put_day_year(&again, r.x->again_day);
		draw_field(&r, line_at(area.y + 2, area.x + 2, area.w - 3), WORD_AGAIN,
		    again.len > 0 ? again.data : NULL);
	}
	buf_fini(&title);
	buf_fini(&again);
	run_fini(&r);
	return ROWS;
}

static void
move_to(struct run *r, long to)
{
	if (to < 0)
		r->s->selected = r->x->item.id;
	else if (r->n > 0)
		r->s->selected = r->events[(size_t)to < r->n ? (size_t)to : r->n - 1]->item.id;
}

static bool
move_verb(struct run *r, enum verb_of_key v)
{
	long at = r->at < r->n ? (long)r->at : -1;

	switch (v) {
	case DO_UP: move_to(r, at < 0 ? (long)r->n - 1 : at - 1); return true;
	case DO_DOWN: move_to(r, at + 1 < (long)r->n ? at + 1 : at); return true;
	case DO_PAGE_UP:
	case DO_FIRST: move_to(r, -1); return true;
	case DO_PAGE_DOWN:
	case DO_LAST: move_to(r, (long)r->n - 1); return true;
	case DO_LEFT:
	case DO_RIGHT:
	case DO_ACROSS: {
		size_t n = DEBRIEF_N(r->sc->d, EXPERIMENT),
		       i = debrief_index(r->sc->d, KIND_EXPERIMENT, &r->x->item);
		i = (i + (v == DO_LEFT ? n - 1 : 1)) % n;
		r->s->selected = r->sc->d->of[KIND_EXPERIMENT].v[i]->id;
		return true;
	}
	default: return false;
	}
}

static enum answer
edit_event(const struct event *ev, struct view_answer *out)
{
	char command[64];
	enum answer what;

	snprintf(command, sizeof command, "event set %s text=", ev->item.id.s);
	out->edits = true;
	buf_adds(&out->text, ev->text != NULL ? ev->text : "");
	what = answer_type(out, command, NULL, word(WORD_EDIT_EVENT));
	return what;
}

static enum answer
gameday_verb(struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct rect area,
    struct view_answer *out)
{
	enum answer what = ANSWER_NOT_MINE;
	char line[64];
	struct run r;

	(void)area;
	run_init(&r, s, sc, NULL);
	if (v == DO_EVENT_NOW || (v == DO_ADD && gameday_runs(sc, r.x))) {
		out->again = true;
		what = answer_type(out, "event add now ", NULL, word(WORD_ADD_EVENT_NOW));
	} else if (v == DO_ADD) {
		what = answer_type(out, "experiment add ", NULL, word(WORD_ADD_EXPERIMENT));
	} else if (v == DO_ACTION_HERE) {
		what = answer_type(out, "action add ", NULL, word(WORD_ADD_ACTION));
	} else if (r.x != NULL && move_verb(&r, v)) {
		what = ANSWER_DRAW;
	} else if (v == DO_EDIT && r.at < r.n) {
		what = edit_event(r.events[r.at], out);
	} else if (v == DO_PHASE && r.x != NULL) {
		snprintf(line, sizeof line, "experiment %s %s",
		    gameday_runs(sc, r.x) ? "stop" : "start", r.x->item.id.s);
		what = answer_run(out, line);
	} else if (v == DO_REMOVE && r.at < r.n) {
		snprintf(line, sizeof line, "event remove %s", r.events[r.at]->item.id.s);
		what = answer_run(out, line);
	}
	run_fini(&r);
	return what;
}

static void
gameday_counts(const struct scene *sc, struct buf *out)
{
	struct buf clock = { 0 };
	const struct experiment *x = gameday_now(sc, NULL);

	gameday_clock(&clock, sc, x);
	if (clock.len > 0)
		word_put(out, WORD_RUN_CLOCK, clock.data);
	buf_fini(&clock);
}

static void
gameday_compact(
    const struct pane_state *s, const struct scene *sc, struct buf *left, struct buf *right)
{
	(void)s;
	buf_adds(left, word(WORD_GAME_DAY));
	gameday_counts(sc, right);
}

static const enum verb_of_key hints[] = { DO_EVENT_NOW, DO_ABORT, DO_PHASE, DO_MENU, DO_ADD,
	DO_EDIT, DO_ACROSS, DO_STAGE_NEXT, DO_PALETTE, DO_UNDO, DO_NOTHING };

const struct view view_run = {
	.name = "run",
	.title = "5 Run",
	.digit = 5,
	.draw = gameday_draw,
	.strip = gameday_strip,
	.verb = gameday_verb,
	.counts = gameday_counts,
	.hints = hints,
	.compact = gameday_compact,
};
