#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "views/draw.h"
#include "views/timeline.h"
#include "views/timeline_lanes.h"
#include "views/words.h"

enum { NAME_COLS = 9, HEAD_ROWS = 3, TICK_COLS = 7, LEAST_ROWS = 5, LEAST_COLS = 60 };

struct drawing {
	const struct scene *sc;
	struct canvas *c;
	struct lanes l;
	struct rect area; /* of everything */
	struct id selected;
};

/* Round times over ticks, and how long each fold is. */
static void
draw_axis(const struct drawing *k)
{
	const struct scale *s = &k->l.scale;
	int64_t tick = scale_tick(s, TICK_COLS);
	int y = k->area.y, free_x = s->x;
	struct buf b = { 0 };

	for (size_t i = 0; i < s->n; i++) {
		const struct scale_part *p = &s->v[i];
		buf_clear(&b);
		if (p->folded) {
			canvas_put(k->c, y + 1, p->x, 0x2571, ROLE_LINE);
			canvas_put(k->c, y + 1, p->x + p->cols - 1, 0x2571, ROLE_LINE);
			put_length(&b, p->to_ns - p->from_ns);
			draw_text(k->c, line_at(y + 1, p->x + 1, p->cols - 2), b.data, ROLE_DIM);
			continue;
		}
		canvas_hline(k->c, y + 1, p->x, p->cols, 0x2500, ROLE_LINE);
		for (int64_t t = (p->from_ns + tick - 1) / tick * tick; t <= p->to_ns; t += tick) {
			int x = scale_x(s, t);
			canvas_put(k->c, y + 1, x, 0x2534, ROLE_LINE);
			buf_clear(&b);
			put_clock(&b, k->sc, t, tick < 60 * NS_PER_S);
			if (x - 2 < free_x || x + (int)b.len - 2 > s->x + s->cols)
				continue;
			draw_text(k->c, line_at(y, x - 2, (int)b.len), b.data, ROLE_DIM);
			free_x = x - 2 + (int)b.len + 1;
		}
	}
	buf_fini(&b);
}

static const struct event *
phase_event(const struct debrief *d, int phase)
{
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++)
		if (DEBRIEF_AT(d, EVENT, event, i)->phase == phase)
			return DEBRIEF_AT(d, EVENT, event, i);
	return NULL;
}

/* Each phase from its event to the next one's: density, word and duration. */
static void
draw_phases(const struct drawing *k)
{
	static const uint32_t density[] = { ' ', 0x2591, 0x2592, 0x2593, 0x2592, 0x2591 };
	const struct scale *s = &k->l.scale;
	int y = k->area.y + 2;

	draw_text(k->c, line_at(y, k->area.x + 1, NAME_COLS - 2), word(WORD_HEAD_PHASE), ROLE_DIM);
	for (int phase = PHASE_STARTED; phase < PHASE_RESOLVED; phase++) {
		const struct event *from = phase_event(k->sc->d, phase), *to = NULL;
		struct buf b = { 0 };
		int x, end, w;
		for (int next = phase + 1; next <= PHASE_RESOLVED && to == NULL; next++)
			to = phase_event(k->sc->d, next);
		if (from == NULL || to == NULL || to->at_ns < from->at_ns)
			continue;
		x = scale_x(s, from->at_ns);
		end = scale_x(s, to->at_ns);
		canvas_hline(k->c, y, x, end - x, density[phase], ROLE_LINE);
		buf_addf(&b, " %s ", timeline_phase_word(phase));
		put_length(&b, to->at_ns - from->at_ns);
		buf_addc(&b, ' ');
		w = text_width(b.data, b.len);
		if (w + 4 <= end - x)
			draw_text(k->c, line_at(y, x + (end - x - w) / 2, w), b.data, ROLE_HEAD);
		buf_fini(&b);
	}
}

/* Folds and changes of phase go through all lanes. */
static void
draw_grid(const struct drawing *k, int y, int h)
{
	const struct scale *s = &k->l.scale;

	for (int phase = PHASE_STARTED; phase <= PHASE_RESOLVED; phase++) {
		const struct event *e = phase_event(k->sc->d, phase);
		if (e != NULL)
			canvas_vline(k->c, y, scale_x(s, e->at_ns), h, 0x2506, ROLE_DIM);
	}
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].folded) {
			canvas_vline(k->c, y, s->v[i].x, h, 0x2571, ROLE_DIM);
			canvas_vline(k->c, y, s->v[i].x + s->v[i].cols - 1, h, 0x2571, ROLE_DIM);
		}
}

static uint32_t
glyph_of(const struct event *e)
{
	switch (e->precision) {
	case PRECISION_ABOUT: return '~';
	case PRECISION_MINUTE: return 0x25cf;
	default: return 0x25c6;
	}
}

static void
draw_mark(const struct drawing *k, const struct lane_mark *m)
{
	bool selected = id_equal(m->event->item.id, k->selected);
	int y = k->l.v[m->lane].y + m->row;

	if (k->l.v[m->lane].rows == 0)
		return;
	if (m->event->until_ns != TIME_NONE && m->label_cols == 0)
		canvas_hline(k->c, y, m->x, scale_x(&k->l.scale, m->event->until_ns) - m->x + 1, 0x2500,
		    ROLE_LINE);
	if (m->label_cols > 0) {
		canvas_fill(k->c, line_at(y, m->label_x, m->label_cols), ' ', ROLE_PLAIN);
		draw_text(k->c, line_at(y, m->label_x, m->label_cols), m->event->text,
		    selected ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN);
	}
	canvas_put(k->c, y, m->x,
	    selected				  ? 0x25ba
	    : m->event->certainty == CERTAINTY_ACCOUNT ? 0x2260
						       : glyph_of(m->event),
	    selected ? ROLE_SELECTED : m->event->kind == EVENT_ALERT ? ROLE_WARN : ROLE_COUNT);
}

static void
draw_lanes(const struct drawing *k)
{
	const struct lane_mark *last = NULL;

	for (size_t i = 0; i < k->l.n; i++)
		if (k->l.v[i].rows > 0)
			draw_text(k->c, line_at(k->l.v[i].y, k->area.x + 1, NAME_COLS - 2),
			    k->l.v[i].name, ROLE_HEAD);
	for (size_t i = 0; i < k->l.n_marks; i++) {
		draw_mark(k, &k->l.marks[i]);
		if (id_equal(k->l.marks[i].event->item.id, k->selected))
			last = &k->l.marks[i];
	}
	if (last != NULL) /* over those that stand in the same column */
		draw_mark(k, last);
}

static void
draw_legend(const struct drawing *k, int y)
{
	struct buf b = { 0 };

	if (k->l.left_out > 0) {
		word_put(&b, WORD_PLUS_LANES, digits((int64_t)k->l.left_out).s);
		buf_adds(&b, "   ");
	}
	buf_adds(&b, word(WORD_LANES_LEGEND));
	draw_text(k->c, line_at(y, k->area.x + 1, k->area.w - 2), b.data, ROLE_DIM);
	buf_fini(&b);
}

bool
lanes_draw(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	struct drawing k = { .sc = sc, .c = c, .area = area };
	struct rect in = { area.y + HEAD_ROWS + 1, area.x, area.h - HEAD_ROWS - 2, area.w };

	if (area.h < HEAD_ROWS + LEAST_ROWS || area.w < LEAST_COLS)
		return false;
	if (!s->unselected)
		k.selected = s->selected;
	lanes_of(sc->d, in, NAME_COLS, s->layout == TIMELINE_WHOLE, &k.l);
	if (k.l.n_marks == 0) {
		lanes_fini(&k.l);
		return false;
	}
	draw_axis(&k);
	draw_phases(&k);
	if (k.l.v[k.l.n - 1].rows > 0)
		in.h = k.l.v[k.l.n - 1].y + k.l.v[k.l.n - 1].rows - in.y;
	draw_grid(&k, in.y, in.h);
	draw_lanes(&k);
	draw_legend(&k, area.y + area.h - 1);
	lanes_fini(&k.l);
	return true;
}
