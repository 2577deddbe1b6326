#include "views/timeline_list.h"

#include <string.h>

#include "base/text.h"
#include "model/schema.h"
#include "views/draw.h"
#include "views/timeline.h"
#include "views/words.h"

/* From where on accounts of one moment have rows of their own: two beside each other, or one below
 * the other. */
enum { BESIDE_LEAST = 50, BELOW_COLS = 20, BELOW_ROWS = 12 };

static struct list_columns
columns_for(struct rect a)
{
	struct list_columns k = { .time = a.x + 1,
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

/* The mark of an event: ○ outside of the incident, ● in it, ◆ where a phase begins, ≠ an account, ┊
 * nothing happened. */
static uint32_t
mark_of(const struct event *e, int stretch)
{
	if (e->kind == EVENT_GAP)
		return 0x250a;
	if (e->certainty == CERTAINTY_ACCOUNT && e->phase == PHASE_NONE)
		return 0x2260;
	if (e->phase > PHASE_STARTED)
		return 0x25c6;
	return stretch == STRETCH_NONE && e->phase == PHASE_NONE ? 0x25cb : 0x25cf;
}

/* What the quiet is called: where its dots would cut that, without them. */
static void
put_quiet(struct buf *out, const char *what, int cols)
{
	struct buf dotted = { 0 };

	word_put(&dotted, WORD_GAP, what);
	buf_adds(out, text_width(dotted.data, dotted.len) <= cols ? dotted.data : what);
	buf_fini(&dotted);
}

static void
put_event_text(struct buf *out, const struct scene *sc, size_t i, int cols)
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
		put_quiet(out, length.data ? length.data : "", cols);
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

/* Only what begins a phase leaves room for the word. */
static int
text_end(const struct list *l, const struct event *e)
{
	if (e->phase == PHASE_NONE)
		return l->in.x + l->in.w - 1;
	return l->k.text_end - (e->phase != PHASE_NONE && l->k.phase_cols > 0);
}

/* Where no column says it, an account begins with whose it is. */
static void
put_row_text(struct buf *out, const struct list *l, size_t i)
{
	const struct event *e = DEBRIEF_AT(l->sc->d, EVENT, event, i);

	if (l->k.source < 0 && e->certainty == CERTAINTY_ACCOUNT && account_teller(e) != NULL)
		buf_addf(out, "%s: ", account_teller(e));
	put_event_text(out, l->sc, i, text_end(l, e) - l->k.text);
}

static void
draw_event(const struct list *l, const struct timeline_row *r, int y)
{
	const struct event *e = DEBRIEF_AT(l->sc->d, EVENT, event, r->event);
	bool selected = !l->on_gap && id_equal(e->item.id, l->selected);
	struct buf text = { 0 };

	if (e->kind != EVENT_GAP)
		draw_time(l, e, y);
	canvas_put(l->c, y, l->k.mark, selected ? 0x25ba : mark_of(e, r->stretch),
	    selected ? ROLE_SELECTED : ROLE_LINE);
	if (l->sc->marked != NULL && l->k.seconds && strs_has(l->sc->marked, e->item.id.s))
		canvas_put(l->c, y, l->k.mark - 1, 0x25a0, ROLE_GOOD);
	if (l->k.number >= 0)
		canvas_textf(l->c, y, l->k.number, 6, ROLE_DIM, "E%lld", (long long)e->item.number);
	if (l->k.source >= 0)
		draw_text(l->c, line_at(y, l->k.source, l->k.source_cols),
		    e->source ? e->source : e->lane, ROLE_DIM);
	put_row_text(&text, l, r->event);
	draw_text(l->c, line_at(y, l->k.text, text_end(l, e) - l->k.text),
	    text.data ? text.data : "", selected ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN);
	draw_phase(l, e, r->length, y);
	buf_fini(&text);
}

/* Narrow panes have one column for it. */
static void
draw_density(const struct list *l, int stretch, int y)
{
	if (stretch != STRETCH_NONE)
		canvas_hline(l->c, y, l->k.density, l->k.source < 0 ? 1 : 2,
		    stretch_density((enum stretch_kind)stretch), ROLE_WARN);
}

static void
draw_gap(const struct list *l, const struct timeline_row *r, int y)
{
	struct rect text = line_at(y, l->k.text, l->k.text_end - l->k.text);
	bool selected =
	    l->on_gap &&
	    id_equal(l->sc->d->of[KIND_EVENT].v[r->event]->id, l->selected);
	struct buf b = { 0 }, length = { 0 };

	canvas_put(l->c, y, l->k.mark, selected ? 0x25ba : 0x250a,
	    selected ? ROLE_SELECTED : ROLE_LINE);
	put_length(&length, r->length);
	put_quiet(&b, length.data, text.w);
	draw_text(l->c, text, b.data, selected ? ROLE_SELECTED | STYLE_REVERSE : ROLE_DIM);
	buf_fini(&b);
	buf_fini(&length);
}

static void
draw_row(const struct list *l, const struct timeline_row *r, int y)
{
	struct buf b = { 0 };

	if (l->k.density >= 0)
		draw_density(l, r->stretch, y);
	switch (r->kind) {
	case ROW_EVENT: draw_event(l, r, y); break;
	case ROW_GAP: draw_gap(l, r, y); break;
	case ROW_ACCOUNTS:
		if (r->line == 0)
			draw_time(l, DEBRIEF_AT(l->sc->d, EVENT, event, r->event), y);
		timeline_accounts_draw(l, r, y);
		break;
	case ROW_DATE:
		put_day_year(&b, r->length);
		draw_text(l->c, line_at(y, l->k.time, l->in.x + l->in.w - l->k.time), b.data,
		    ROLE_HEAD | STYLE_BOLD);
		break;
	}
	buf_fini(&b);
}

static void
draw_heading(struct canvas *c, struct rect at, const struct list_columns *k)
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

/* Events that are in rows `from` to `to`. */
static size_t
events_in(const struct timeline_rows *rows, int from, int to)
{
	size_t n = 0;

	for (int i = from; i < to && i < (int)rows->n; i++) {
		n += rows->v[i].kind == ROW_EVENT;
		if (rows->v[i].kind == ROW_ACCOUNTS && rows->v[i].line == 0)
			n += (size_t)rows->v[i].beside;
	}
	return n;
}

int
timeline_list_beside(struct rect area)
{
	struct list_columns k = columns_for(area);
	int cols = area.x + area.w - 1 - (k.source >= 0 ? k.source : k.text); /* as it is drawn */

	return cols >= BESIDE_LEAST || (cols >= BELOW_COLS && area.h >= BELOW_ROWS) ? cols : 0;
}

bool
timeline_list_cuts(const struct scene *sc, struct rect area, size_t event)
{
	const struct event *e = DEBRIEF_AT(sc->d, EVENT, event, event);
	struct list l = { .sc = sc, .in = area, .k = columns_for(area) };
	struct buf text = { 0 };
	bool cut;

	if (e->certainty == CERTAINTY_ACCOUNT && timeline_list_beside(area) > 0)
		return false;
	put_row_text(&text, &l, event);
	cut = text_width(text.data ? text.data : "", text.len) > text_end(&l, e) - l.k.text;
	buf_fini(&text);
	return cut;
}

/* The rows of what is selected are in sight, the first of them before the others. */
static void
keep_in_sight(const struct list *l, struct pane_state *s)
{
	int n = (int)l->rows->n, first = timeline_row_of(l->rows, s->place), last = first;

	while (last + 1 < n && l->rows->v[last + 1].kind == ROW_ACCOUNTS && l->rows->v[last + 1].line > 0)
		last++;
	if (l->on_gap && timeline_gap_row(l->rows, s->place) >= 0)
		last = timeline_gap_row(l->rows, s->place);
	s->scroll = list_scroll(s->scroll, last, n, l->in.h);
	s->scroll = list_scroll(s->scroll, l->on_gap ? last : first, n, l->in.h);
}

void
timeline_list_draw(struct list *l, struct pane_state *s, struct rect area, bool rules)
{
	struct more m = { .left = s->filter & GAPS_ALL ? word(WORD_GAPS_ALL) : NULL };

	l->k = columns_for(area);
	keep_in_sight(l, s);
	m.above = events_in(l->rows, 0, s->scroll);
	m.below = events_in(l->rows, s->scroll + l->in.h, (int)l->rows->n);
	for (int i = 0; i < l->in.h && s->scroll + i < (int)l->rows->n; i++)
		draw_row(l, &l->rows->v[s->scroll + i], l->in.y + i);
	if (l->rows->n == 0)
		draw_wrapped(l->c,
		    (struct rect){ .y = l->in.y, .x = l->in.x + 1, .h = l->in.h, .w = l->in.w - 2 },
		    word(l->sc->simple		  ? WORD_NO_EVENTS_LINE
			 : l->sc->d->day == TIME_NONE ? WORD_NO_EVENTS_DAY
						      : WORD_NO_EVENTS),
		    ROLE_DIM);
	if (rules)
		draw_heading(l->c, line_at(area.y, area.x, area.w), &l->k);
	draw_more(l->c, area, rules, &m);
}
