#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "model/durations.h"
#include "views/draw.h"
#include "views/timeline.h"
#include "views/timeline_axis.h"
#include "views/timeline_curve.h"
#include "views/timeline_lanes.h"
#include "views/words.h"

enum {
	HEAD_ROWS = 3,	 /* times, their line, phases */
	BELOW_FROM = 14, /* with so many rows one more, for the words of short phases */
	CURVE_FROM = 24, /* with so many rows, a number that is told again and again */
	CURVE_ROWS = 2,
	LEAST_ROWS = 5,
	LEAST_COLS = 40,
	AGAIN_ROWS = N_DURATIONS + 1 /* free rows from which on durations are drawn unasked */
};

/* What of the legend there is. */
enum seen {
	SEEN_EVENT, SEEN_MINUTE, SEEN_ABOUT, SEEN_ORDER, SEEN_ACCOUNT, SEEN_LASTS, SEEN_QUIET,
	SEEN_SEVERAL, SEEN_MARKED, SEEN_SELECTED, SEEN_PHASE, SEEN_FOLDED, N_SEEN
};

struct drawing {
	const struct scene *sc;
	struct canvas *c;
	struct lanes_look look;
	struct lanes l;
	struct rect area; /* of everything */
	bool seen[N_SEEN];
	bool unselected; /* the cursor is not drawn */
};

static uint32_t
see(struct drawing *k, enum seen what, uint32_t glyph)
{
	k->seen[what] = true;
	return glyph;
}

static uint32_t
glyph_of(struct drawing *k, const struct event *e)
{
	if (e->kind == EVENT_GAP)
		return see(k, SEEN_QUIET, 0x250a);
	if (e->certainty == CERTAINTY_ACCOUNT)
		return see(k, SEEN_ACCOUNT, 0x2260);
	switch (e->precision) {
	case PRECISION_ORDER: return see(k, SEEN_ORDER, '?');
	case PRECISION_ABOUT: return see(k, SEEN_ABOUT, '~');
	case PRECISION_MINUTE: return see(k, SEEN_MINUTE, k->look.strips ? 0x25aa : 0x25cf);
	default: return see(k, SEEN_EVENT, k->look.strips ? 0x25aa : 0x25c6);
	}
}

static bool
is_marked(const struct drawing *k, const struct event *e)
{
	return k->sc->marked != NULL && k->sc->marked->n > 0 && strs_has(k->sc->marked, e->item.id.s);
}

static uint32_t
mark_glyph(struct drawing *k, const struct lane_mark *m)
{
	if (m->same > 9)
		return see(k, SEEN_SEVERAL, '+');
	if (m->same > 1)
		return see(k, SEEN_SEVERAL, '0' + (uint32_t)m->same);
	if (k->look.window_ns > 0 && m->event->at_ns < k->look.from_ns)
		return 0x25c2;
	return is_marked(k, m->event) ? see(k, SEEN_MARKED, 0x25a0) : glyph_of(k, m->event);
}

/* From the mark to where it ends, or on over the edge. */
static void
draw_lasting(struct drawing *k, const struct lane_mark *m, int y)
{
	bool over = m->event->until_ns > scale_to(&k->l.scale);

	if (m->end <= m->x)
		return;
	see(k, SEEN_LASTS, 0);
	canvas_hline(k->c, y, m->x, m->end - m->x, 0x2500, ROLE_LINE);
	canvas_put(k->c, y, m->end, over ? 0x25b8 : 0x2502, ROLE_LINE);
}

static bool
is_selected(const struct drawing *k, const struct lane_mark *m)
{
	return !k->unselected && id_equal(m->event->item.id, k->look.selected);
}

static void
draw_mark(struct drawing *k, const struct lane_mark *m, bool selected)
{
	int y = k->l.v[m->lane].y + m->row;

	if (m->label_cols > 0) {
		canvas_fill(k->c, line_at(y, m->label_x - 1, m->label_cols + 2), ' ', ROLE_PLAIN);
		draw_text(k->c, line_at(y, m->label_x, m->label_cols), m->event->text,
		    selected ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN);
	}
	canvas_put(k->c, y, m->x, selected ? 0x25ba : mark_glyph(k, m),
	    selected			      ? ROLE_SELECTED
	    : m->event->kind == EVENT_ALERT ? ROLE_WARN
					    : ROLE_COUNT);
}

static void
draw_lane(struct drawing *k, const struct lane *lane)
{
	const struct lane_mark *marks = k->l.marks + lane->first;

	draw_text(k->c, line_at(lane->y, k->area.x + 1, k->l.name_cols - 2), lane->name, ROLE_HEAD);
	if (k->look.strips)
		for (size_t i = 0; i < k->l.scale.n; i++)
			if (!k->l.scale.v[i].folded)
				canvas_hline(k->c, lane->y, k->l.scale.v[i].x,
				    k->l.scale.v[i].cols, 0xb7, ROLE_DIM);
	for (size_t i = 0; i < lane->n; i++)
		if (marks[i].same > 0)
			draw_lasting(k, &marks[i], lane->y + marks[i].row);
	for (size_t i = 0; i < lane->n; i++)
		if (marks[i].same > 0)
			draw_mark(k, &marks[i], false);
	for (size_t i = 0; i < lane->n; i++) /* over those that stand in the same cell */
		if (is_selected(k, &marks[i]))
			draw_mark(k, &marks[i], true);
}

static void
draw_legend(struct drawing *k, int y)
{
	static const enum word words[N_SEEN] = { WORD_LANES_EVENT, WORD_LANES_MINUTE,
		WORD_LANES_ABOUT, WORD_LANES_ORDER, WORD_LANES_ACCOUNT, WORD_LANES_LASTS,
		WORD_LANES_QUIET, WORD_LANES_SEVERAL, WORD_LANES_MARKED, WORD_LANES_SELECTED,
		WORD_LANES_PHASE, WORD_LANES_FOLDED };
	struct buf b = { 0 };

	if (k->l.left_out > 0)
		word_put(&b, WORD_PLUS_LANES, digits((int64_t)k->l.left_out).s,
		    digits((int64_t)k->l.left_out_marks).s);
	for (int i = 0; i < N_SEEN; i++) {
		const char *text = word(words[i]);
		if (!k->seen[i] || (k->look.strips && i <= SEEN_MINUTE))
			continue;
		if (text_width(b.data, b.len) + text_width(text, strlen(text)) + 3 > k->area.w - 2)
			break;
		buf_addf(&b, "%s%s", b.len > 0 ? "   " : "", text);
	}
	draw_text(k->c, line_at(y, k->area.x + 1, k->area.w - 2), b.data, ROLE_DIM);
	buf_fini(&b);
}

static void
put_moment(struct buf *out, const struct drawing *k, int64_t t_ns)
{
	if (k->look.window_ns >= INT64_C(86400) * NS_PER_S) {
		put_day(out, scene_day(k->sc, t_ns));
		buf_addc(out, ' ');
	}
	put_clock(out, k->sc, t_ns, t_ns % (60 * NS_PER_S) != 0);
}

/* "14:02 to 14:03, lanes by source", "◂ 2 before, 20 after ▸" */
static void
draw_title(const struct drawing *k, struct rect at)
{
	static const enum word by[] = { WORD_BY_LANE, WORD_BY_SOURCE, WORD_BY_KIND };
	struct buf left = { 0 }, right = { 0 }, from = { 0 }, to = { 0 };

	if (k->look.window_ns > 0) {
		put_moment(&from, k, k->look.from_ns);
		put_moment(&to, k, k->look.from_ns + k->look.window_ns);
		word_put(&left, WORD_ZOOM_WINDOW, from.data, to.data);
		if (k->l.before > 0)
			word_put(&right, WORD_BEFORE_WINDOW, digits((int64_t)k->l.before).s);
		if (k->l.before > 0 && k->l.after > 0)
			buf_adds(&right, " · ");
		if (k->l.after > 0)
			word_put(&right, WORD_AFTER_WINDOW, digits((int64_t)k->l.after).s);
	} else if (k->look.strips) {
		buf_adds(&left, word(k->look.whole ? WORD_ZOOM_WHOLE : WORD_ZOOM_FOLDED));
	} else {
		buf_adds(&left, word(k->look.whole ? WORD_ZOOM_UNFOLDED : WORD_ZOOM_LANES));
	}
	buf_addf(&left, ", %s",
	    word(k->look.by == LANES_BY_LANE && !timeline_has_lanes(k->sc->d)
		     ? WORD_BY_SOURCE
		     : by[k->look.by]));
	draw_rule(k->c, at, left.data, right.data);
	buf_fini(&left);
	buf_fini(&right);
	buf_fini(&from);
	buf_fini(&to);
}

/* A moment from which there is a month of time either way: windows are counted without overflow. */
static int64_t
inner(int64_t t_ns)
{
	const int64_t most = INT64_MAX - INT64_C(2678400) * NS_PER_S;

	return t_ns < -most ? -most : t_ns > most ? most : t_ns;
}

/* Where the window begins: not long before the first event of all, where nothing is to be seen. */
static int64_t
window_from(const struct scene *sc, const struct event *e, int64_t window_ns)
{
	int64_t from = lanes_window_from(sc->zone, inner(e->at_ns), window_ns), least;
	int64_t first = inner(DEBRIEF_AT(sc->d, EVENT, event, 0)->at_ns), step = window_ns / 12;

	least = scale_first_tick(first - step, step, zone_offset_s(sc->zone, first));
	return from < least ? least : from;
}

static struct lanes_look
look_of(const struct pane_state *s, const struct scene *sc, struct rect lanes)
{
	const struct event *e = timeline_event(sc, s);
	struct lanes_look look = { .area = lanes, .selected = s->selected };

	look.by = s->filter & LANES_KIND     ? LANES_BY_KIND
		  : s->filter & LANES_SOURCE ? LANES_BY_SOURCE
					     : LANES_BY_LANE;
	look.strips = s->layout == TIMELINE_WHOLE || s->layout == TIMELINE_FOLDED;
	look.whole = s->layout == TIMELINE_WHOLE || (s->filter & GAPS_ALL) != 0;
	if (e != NULL)
		look.window_ns = timeline_window_ns(s->layout);
	if (look.window_ns > 0)
		look.from_ns = window_from(sc, e, look.window_ns);
	return look;
}

/* The cursor on the line of time, where the quiet that it is on is folded. */
static void
draw_quiet(struct drawing *k, const struct quiet *q)
{
	const struct scale *s = &k->l.scale;
	int64_t middle = q->before->at_ns + q->ns / 2;
	int x = scale_x(s, middle);

	canvas_put(k->c, k->area.y + 1, x, 0x25ba, ROLE_SELECTED);
}

static void
draw_all(struct drawing *k, int below, int durations)
{
	struct axis axis = { .sc = k->sc, .c = k->c, .scale = &k->l.scale };
	int lanes_y = k->look.area.y, rows = k->l.rows < k->look.area.h ? k->l.rows : k->look.area.h;
	int end = k->area.y + k->area.h - 1;

	axis.stretches = stretches_of(k->sc->d);
	axis_draw_times(&axis, k->area.y);
	axis_draw_phases(&axis, k->area.y + 2, k->area.x + 1, below > 0);
	if (!k->look.strips || k->l.scale.n > 1)
		axis_draw_grid(&axis, lanes_y, rows);
	k->seen[SEEN_PHASE] = axis.stretches.n > 0 && !k->look.strips;
	k->seen[SEEN_SELECTED] = true;
	k->seen[SEEN_FOLDED] = k->l.scale.n > 1;
	for (size_t i = 0; i < k->l.n; i++)
		if (k->l.v[i].rows > 0)
			draw_lane(k, &k->l.v[i]);
	draw_legend(k, end);
	if (durations == 0 && k->look.area.h - rows >= AGAIN_ROWS && axis.stretches.n > 1)
		durations = N_DURATIONS + 1;
	if (durations > 0)
		timeline_durations_draw(k->sc, k->c,
		    (struct rect){ end - durations, k->area.x, durations, k->area.w });
	stretches_fini(&axis.stretches);
}

bool
lanes_draw_under(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area,
    struct rect rule)
{
	struct drawing k = { .sc = sc, .c = c, .area = area, .unselected = s->unselected };
	int below = area.h >= BELOW_FROM, durations = timeline_durations_rows(sc, s), head;
	struct series curve = { 0 };
	struct quiet quiet;

	if (area.h < HEAD_ROWS + LEAST_ROWS || area.w < LEAST_COLS || DEBRIEF_N(sc->d, EVENT) == 0)
		return false;
	if (durations > area.h / 3)
		durations = area.h / 3 > 1 ? area.h / 3 : 0;
	head = HEAD_ROWS + below;
	if (area.h >= CURVE_FROM && curve_of(sc->d, &curve))
		head += CURVE_ROWS;
	k.look = look_of(
	    s, sc, (struct rect){ area.y + head, area.x, area.h - head - 1 - durations, area.w });
	lanes_of(sc->d, &k.look, &k.l);
	if (k.l.scale.n == 0) { /* nothing has a clock time */
		lanes_fini(&k.l);
		series_fini(&curve);
		return false;
	}
	k.unselected = k.unselected || timeline_quiet(sc, s, &quiet);
	draw_all(&k, below, durations);
	if (curve.n > 0)
		curve_draw(&curve, &k.l.scale, c,
		    (struct rect){ area.y + head - CURVE_ROWS, area.x, CURVE_ROWS, area.w },
		    area.x + 1);
	series_fini(&curve);
	if (timeline_quiet(sc, s, &quiet))
		draw_quiet(&k, &quiet);
	if (rule.h > 0)
		draw_title(&k, rule);
	lanes_fini(&k.l);
	return true;
}

bool
lanes_draw(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	return lanes_draw_under(s, sc, c, area, (struct rect){ 0 });
}
