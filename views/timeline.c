#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/coverage.h"
#include "model/schema.h"
#include "views/curtain.h"
#include "views/draw.h"
#include "views/timeline.h"
#include "views/timeline_lanes.h"
#include "views/words.h"

enum { PAGE = 10, GAPS_ALL = 1 /* of pane_state.filter */, RULES_FROM = 6 };

const struct event *
timeline_event(const struct scene *sc, const struct pane_state *s)
{
	return (const struct event *)debrief_find(sc->d, KIND_EVENT, s->selected);
}

/* Keeps the selected event when it is still there, else takes the one that stands in its place. */
static void
select_event(struct pane_state *s, const struct debrief *d)
{
	size_t n = DEBRIEF_N(d, EVENT);
	const struct item *it;

	if (n == 0)
		return;
	if (s->place < n && id_equal(d->of[KIND_EVENT].v[s->place]->id, s->selected))
		return;
	it = id_some(s->selected) ? debrief_find(d, KIND_EVENT, s->selected) : NULL;
	for (size_t i = 0; it != NULL && i < n; i++)
		if (d->of[KIND_EVENT].v[i] == it) {
			s->place = i;
			return;
		}
	if (s->place >= n)
		s->place = n - 1;
	s->selected = d->of[KIND_EVENT].v[s->place]->id;
}

/* Which columns there are at this width; -1: not shown. */
struct columns {
	int time, density, mark, number, source, source_cols, text, text_end, phase, phase_cols;
	bool seconds;
};

static struct columns
columns_for(struct rect a)
{
	struct columns k = { .time = a.x + 1,
		.density = a.x + 11,
		.mark = a.x + 14,
		.number = -1,
		.source = a.x + 18,
		.source_cols = 8,
		.text = a.x + 27,
		.phase = a.x + a.w - 17,
		.phase_cols = 15,
		.seconds = true };

	if (a.w >= 100) {
		k.number = a.x + 16;
		k.source = a.x + 23;
		k.source_cols = 12;
		k.text = a.x + 36;
	} else if (a.w < FRAME_MEDIUM_COLS) {
		k.seconds = a.w >= 30;
		k.density = k.seconds ? a.x + 10 : -1;
		k.mark = a.x + (k.seconds ? 12 : 6);
		k.source = -1;
		k.text = k.mark + 2;
		k.phase_cols = a.w >= 50 ? 9 : 0;
		k.phase = a.x + a.w - k.phase_cols - 1;
		k.time -= !k.seconds;
	}
	k.text_end = k.phase;
	return k;
}

struct list {
	const struct scene *sc;
	struct canvas *c;
	struct rect in;
	struct columns k;
	const struct timeline_rows *rows;
	struct id selected;
};

static const char *
density_of(int phase)
{
	static const char *const marks[] = { [PHASE_STARTED] = "░░",
		[PHASE_DETECTED] = "▒▒",
		[PHASE_ACKNOWLEDGED] = "▓▓",
		[PHASE_MITIGATED] = "▒▒",
		[PHASE_RESOLVED] = "░░" };

	return phase > PHASE_NONE && phase <= PHASE_RESOLVED ? marks[phase] : "";
}

const char *
timeline_phase_word(int phase)
{
	static const enum word words[] = { WORD_NONE, WORD_PHASE_STARTED, WORD_PHASE_DETECTED,
		WORD_PHASE_ACK, WORD_PHASE_MITIGATED, WORD_PHASE_RESOLVED };

	return phase > PHASE_NONE && phase <= PHASE_RESOLVED ? word(words[phase]) : "";
}

/* "14:02:40", "14:02" to the minute, "~14:02" about, "  ·  " for a place in the order only. */
static void
draw_time(const struct list *l, const struct event *e, int y)
{
	struct buf b = { 0 };

	if (!event_has_clock(e)) {
		canvas_text(l->c, y, l->k.time + 2, 1, "·", ROLE_DIM);
		return;
	}
	put_clock(&b, l->sc, e->at_ns, l->k.seconds && e->precision == PRECISION_EXACT);
	if (e->precision == PRECISION_ABOUT && l->k.time > 0)
		canvas_put(l->c, y, l->k.time - 1, '~', ROLE_PLAIN);
	canvas_text(l->c, y, l->k.time, 8, b.data, ROLE_PLAIN);
	if (e->precision == PRECISION_ABOUT && l->k.time == 0)
		canvas_put(l->c, y, l->k.time + 5, '~', ROLE_PLAIN);
	buf_fini(&b);
}

/* The mark of an event: ○ outside of the incident, ● in it, ◆ where a phase begins, ┊ nothing
 * happened. */
static uint32_t
mark_of(const struct event *e, int phase)
{
	if (e->kind == EVENT_GAP)
		return 0x250a;
	if (e->phase > PHASE_STARTED)
		return 0x25c6;
	return phase == PHASE_NONE && e->phase == PHASE_NONE ? 0x25cb : 0x25cf;
}

static void
put_event_text(struct buf *out, const struct scene *sc, size_t i)
{
	const struct event *e = DEBRIEF_AT(sc->d, EVENT, event, i);
	struct buf length = { 0 };

	if (e->kind == EVENT_GAP) {
		const struct event *before = i > 0 ? DEBRIEF_AT(sc->d, EVENT, event, i - 1) : e;
		const struct event *after =
		    i + 1 < DEBRIEF_N(sc->d, EVENT) ? DEBRIEF_AT(sc->d, EVENT, event, i + 1) : e;
		int64_t from = event_has_clock(before) ? before->at_ns : e->at_ns;
		int64_t to = e->until_ns != TIME_NONE ? e->until_ns : after->at_ns;
		if (e->until_ns != TIME_NONE)
			from = e->at_ns;
		if (event_has_clock(e) && event_has_clock(after) && to > from) {
			put_length(&length, to - from);
			buf_adds(&length, ", ");
		}
		buf_adds(&length, e->text ? e->text : "");
		word_put(out, WORD_GAP, length.data ? length.data : "");
	} else if (e->until_ns != TIME_NONE && e->at_ns != TIME_NONE && e->until_ns >= e->at_ns) {
		put_length(&length, e->until_ns - e->at_ns);
		word_put(out, WORD_LASTS, e->text ? e->text : "", length.data);
	} else {
		buf_adds(out, e->text ? e->text : "");
	}
	buf_fini(&length);
}

/* "+6:25", "+4h10m", "+52h", "+12d": at most six columns. */
static void
put_since(struct buf *out, int64_t ns)
{
	long long s = ns / NS_PER_S, most = 9999 * INT64_C(86400);

	s = s < 0 ? 0 : s > most ? most : s;
	if (s < 3600)
		buf_addf(out, "+%lld:%02lld", s / 60, s % 60);
	else if (s < 10 * 3600)
		buf_addf(out, "+%lldh%02lldm", s / 3600, s % 3600 / 60);
	else if (s < 100 * 3600)
		buf_addf(out, "+%lldh", s / 3600);
	else
		buf_addf(out, "+%lldd", s / 86400);
}

static void
draw_phase(const struct list *l, const struct event *e, int64_t since_ns, int y)
{
	struct rect at = line_at(y, l->k.phase, l->k.phase_cols);
	struct buf b = { 0 };

	if (e->phase == PHASE_NONE || at.w < 1)
		return;
	draw_text(l->c, at, timeline_phase_word(e->phase), ROLE_HEAD | STYLE_BOLD);
	if (since_ns != TIME_NONE && at.w >= 15) {
		put_since(&b, since_ns);
		draw_right(l->c, line_at(y, at.x + 8, at.w - 8), b.data, ROLE_COUNT);
	}
	buf_fini(&b);
}

/* In narrow panes only what begins a phase leaves room for the word. */
static int
text_end(const struct list *l, const struct event *e)
{
	if (l->in.w < FRAME_MEDIUM_COLS && e->phase == PHASE_NONE)
		return l->in.x + l->in.w - 1;
	return l->k.text_end - (e->phase != PHASE_NONE && l->k.phase_cols > 0);
}

static void
draw_event(const struct list *l, const struct timeline_row *r, int y)
{
	const struct event *e = DEBRIEF_AT(l->sc->d, EVENT, event, r->event);
	bool selected = id_equal(e->item.id, l->selected);
	struct buf text = { 0 };

	if (e->kind != EVENT_GAP)
		draw_time(l, e, y);
	canvas_put(l->c, y, l->k.mark, selected ? 0x25ba : mark_of(e, r->phase),
	    selected ? ROLE_SELECTED : ROLE_LINE);
	if (l->k.number >= 0)
		canvas_textf(l->c, y, l->k.number, 6, ROLE_DIM, "E%lld", (long long)e->item.number);
	if (l->k.source >= 0)
		draw_text(l->c, line_at(y, l->k.source, l->k.source_cols),
		    e->source ? e->source : e->lane, ROLE_DIM);
	put_event_text(&text, l->sc, r->event);
	draw_text(l->c, line_at(y, l->k.text, text_end(l, e) - l->k.text),
	    text.data ? text.data : "", selected ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN);
	draw_phase(l, e, r->length, y);
	buf_fini(&text);
}

static void
draw_density(const struct list *l, int phase, int y)
{
	const char *mark = density_of(phase);

	/* Narrow panes have one column for it. */
	canvas_textn(
	    l->c, y, l->k.density, 2, mark, strlen(mark) / (l->k.source < 0 ? 2 : 1), ROLE_WARN);
}

static void
draw_row(const struct list *l, const struct timeline_row *r, int y)
{
	struct buf b = { 0 }, length = { 0 };
	struct rect text = line_at(y, l->k.text, l->k.text_end - l->k.text);

	if (l->k.density >= 0)
		draw_density(l, r->phase, y);
	switch (r->kind) {
	case ROW_EVENT:
		draw_event(l, r, y);
		break;
	case ROW_GAP:
		canvas_put(l->c, y, l->k.mark, 0x250a, ROLE_LINE);
		put_length(&length, r->length);
		word_put(&b, WORD_GAP, length.data);
		draw_text(l->c, text, b.data, ROLE_DIM);
		break;
	case ROW_DATE:
		put_day_year(&b, r->length);
		draw_text(l->c, line_at(y, l->k.time, l->in.x + l->in.w - l->k.time), b.data,
		    ROLE_HEAD | STYLE_BOLD);
		break;
	}
	buf_fini(&b);
	buf_fini(&length);
}

static void
draw_heading(struct canvas *c, struct rect at, const struct columns *k)
{
	const struct {
		int x;
		enum word w;
	} heads[] = { { k->time, WORD_HEAD_TIME }, { k->source, WORD_HEAD_SOURCE },
		{ k->text, WORD_HEAD_SAW },
		{ k->phase_cols > 0 ? k->phase : -1, WORD_HEAD_PHASE } };

	draw_rule(c, at, NULL, NULL);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		if (heads[i].x >= 0 && at.w >= FRAME_MEDIUM_COLS)
			canvas_textf(c, at.y, heads[i].x, at.x + at.w - heads[i].x, ROLE_DIM,
			    " %s ", word(heads[i].w));
	}
}

static size_t
events_in(const struct timeline_rows *rows, int from, int to)
{
	size_t n = 0;

	for (int i = from; i < to && i < (int)rows->n; i++)
		n += rows->v[i].kind == ROW_EVENT;
	return n;
}

static int
row_of_place(const struct timeline_rows *rows, size_t place)
{
	/* Every event has a row, and rows before it are at most three an event. */
	for (size_t i = place; i < rows->n; i++)
		if (rows->v[i].kind == ROW_EVENT && rows->v[i].event == place)
			return (int)i;
	return 0;
}

static void
draw_list(struct list *l, const struct pane_state *s, struct rect area, bool rules)
{
	struct more m = { .above = events_in(l->rows, 0, s->scroll),
		.below = events_in(l->rows, s->scroll + l->in.h, (int)l->rows->n),
		.left = s->filter == GAPS_ALL ? word(WORD_GAPS_ALL) : NULL };

	for (int i = 0; i < l->in.h && s->scroll + i < (int)l->rows->n; i++)
		draw_row(l, &l->rows->v[s->scroll + i], l->in.y + i);
	if (l->rows->n == 0)
		draw_wrapped(l->c,
		    (struct rect){ .y = l->in.y, .x = l->in.x + 1, .h = l->in.h, .w = l->in.w - 2 },
		    word(l->sc->simple ? WORD_NO_EVENTS_LINE : WORD_NO_EVENTS), ROLE_DIM);
	if (rules)
		draw_heading(l->c, line_at(area.y, area.x, area.w), &l->k);
	draw_more(l->c, area, rules, &m);
}

static void
timeline_draw(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	bool rules = area.h >= RULES_FROM;
	int cover = curtain_rows(sc, area.h - 2 * rules);
	struct timeline_rows rows = timeline_rows(sc->d, sc->zone, s->filter == GAPS_ALL);
	struct list l = { .sc = sc, .c = c, .in = area, .k = columns_for(area), .rows = &rows };
	struct rect lanes = { area.y + rules, area.x, area.h - cover - rules, area.w };

	if (rules) {
		l.in.y++;
		l.in.h -= 2;
	}
	l.in.h -= cover;
	select_event(s, sc->d);
	if (!s->unselected)
		l.selected = s->selected;
	s->scroll = list_scroll(s->scroll, row_of_place(&rows, s->place), (int)rows.n, l.in.h);
	if (s->layout < TIMELINE_LANES || !lanes_draw(s, sc, c, lanes))
		draw_list(&l, s, (struct rect){ area.y, area.x, area.h - cover, area.w }, rules);
	else if (rules)
		draw_rule(c, line_at(area.y, area.x, area.w), NULL, NULL);
	if (cover > 0)
		curtain_draw(
		    sc, c, (struct rect){ area.y + area.h - cover, area.x, cover, area.w });
	timeline_rows_fini(&rows);
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
	buf_addf(left, "%s, ", word(WORD_TIMELINE));
	put_range(left, sc);
	word_count(right, (int64_t)DEBRIEF_N(sc->d, EVENT), WORD_EVENT_1);
}

static bool
move_verb(struct pane_state *s, const struct debrief *d, enum verb_of_key v, int height)
{
	long n = (long)DEBRIEF_N(d, EVENT), at = (long)s->place, page = height > 4 ? height - 3 : 1;

	switch (v) {
	case DO_UP:
	case DO_LEFT:
		at--;
		break;
	case DO_DOWN:
	case DO_RIGHT:
		at++;
		break;
	case DO_PAGE_UP:
		at -= page;
		break;
	case DO_PAGE_DOWN:
		at += page;
		break;
	case DO_FIRST:
		at = 0;
		break;
	case DO_LAST:
		at = n - 1;
		break;
	case DO_LAYOUT:
		s->layout = s->layout >= TIMELINE_LANES ? TIMELINE_LIST : TIMELINE_LANES;
		return true;
	case DO_ZOOM_OUT:
		s->layout = s->layout < TIMELINE_LANES ? TIMELINE_LANES : TIMELINE_WHOLE;
		return true;
	case DO_ZOOM_IN:
		s->layout = s->layout == TIMELINE_WHOLE ? TIMELINE_LANES : TIMELINE_LIST;
		return true;
	case DO_GAPS:
		s->filter = s->filter == GAPS_ALL ? 0 : GAPS_ALL;
		break;
	case DO_NEXT:
		for (long i = at + 1; i < n; i++) {
			int kind = DEBRIEF_AT(d, EVENT, event, i)->kind;
			if (kind == EVENT_DECISION || kind == EVENT_GAP) {
				at = i;
				break;
			}
		}
		break;
	default:
		return false;
	}
	at = at >= n ? n - 1 : at;
	s->place = (size_t)(at < 0 ? 0 : at);
	if (n > 0)
		s->selected = d->of[KIND_EVENT].v[s->place]->id;
	return true;
}

static enum answer
timeline_verb(struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct rect area,
    struct view_answer *out)
{
	bool leads = sc->role == PERSON_FACILITATOR || sc->role == PERSON_SCRIBE;

	select_event(s, sc->d);
	if (v == DO_NEXT && leads && sc->d->curtain_ns != TIME_NONE)
		return answer_run(out, "curtain next");
	if (move_verb(s, sc->d, v, area.h))
		return ANSWER_DRAW;
	return timeline_event_verb(s, sc, v, out);
}

static const enum verb_of_key hints[] = { DO_ADD, DO_EVENT_NOW, DO_EDIT, DO_TIME, DO_PHASE, DO_WHY,
	DO_CAUSE_HERE, DO_NEXT, DO_LAYOUT, DO_GAPS, DO_FIND, DO_PALETTE, DO_UNDO, DO_NOTHING };
static const char *const layouts[] = { "list", "lanes", "whole", NULL };

const struct view view_timeline = {
	.name = "timeline",
	.title = "2 Timeline",
	.digit = 2,
	.layouts = layouts,
	.draw = timeline_draw,
	.strip = timeline_strip,
	.verb = timeline_verb,
	.counts = timeline_counts,
	.hints = hints,
	.compact = timeline_compact,
};
