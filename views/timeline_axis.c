#include "views/timeline_axis.h"

#include "base/text.h"
#include "model/durations.h"
#include "views/draw.h"
#include "views/timeline_fold.h"
#include "views/words.h"

enum { TICK_COLS = 7, DAY_S = 86400 };

/* A length in so few columns: to two units, to one, without the space. */
static void
put_short_length(struct buf *out, int64_t ns, int cols)
{
	int64_t s = ns / NS_PER_S;
	static const struct {
		int seconds;
		const char *unit;
	} units[] = { { DAY_S, "d" }, { 3600, "h" }, { 60, "m" }, { 1, "s" } };
	size_t i = 0;

	put_length(out, ns);
	if (text_width(out->data, out->len) <= cols)
		return;
	while (i < 3 && s < units[i].seconds)
		i++;
	buf_clear(out);
	buf_addf(out, "%lld%s", (long long)(s / units[i].seconds), units[i].unit);
}

static void
draw_fold(const struct axis *k, const struct scale_part *p, int y)
{
	struct buf b = { 0 };
	int w;

	canvas_put(k->c, y, p->x, 0x2571, ROLE_LINE);
	canvas_put(k->c, y, p->x + p->cols - 1, 0x2571, ROLE_LINE);
	put_short_length(&b, span_of(p->from_ns, p->to_ns), p->cols - 2);
	w = text_width(b.data, b.len);
	draw_text(k->c, line_at(y, p->x + 1 + (p->cols - 2 - w) / 2, p->cols - 2), b.data, ROLE_DIM);
	buf_fini(&b);
}

/* "14:05", "14:02" and ":10" by the second, "16 Jul" where a day begins. */
static void
put_tick(struct buf *out, const struct scene *sc, int64_t t_ns, int64_t tick_ns)
{
	struct civil t = zone_civil(sc->zone, t_ns);

	if (tick_ns >= DAY_S * NS_PER_S || (t.hour == 0 && t.minute == 0 && t.second == 0))
		put_day(out, scene_day(sc, t_ns));
	else if (tick_ns < 60 * NS_PER_S && t.second != 0)
		buf_addf(out, ":%02d", t.second);
	else
		put_clock(out, sc, t_ns, false);
}

struct ticks {
	int64_t every_ns;
	int free_x; /* from here on a label may begin */
};

static void
draw_ticks(const struct axis *k, const struct scale_part *p, struct ticks *ticks, int y)
{
	const struct scale *s = k->scale;
	int64_t t = scale_first_tick(
	    p->from_ns, ticks->every_ns, zone_offset_s(k->sc->zone, p->from_ns));
	struct buf b = { 0 };

	canvas_hline(k->c, y + 1, p->x, p->cols, 0x2500, ROLE_LINE);
	for (; t >= p->from_ns && t <= p->to_ns; t += ticks->every_ns) {
		int x = scale_x(s, t), from;
		canvas_put(k->c, y + 1, x, 0x2534, ROLE_LINE);
		buf_clear(&b);
		put_tick(&b, k->sc, t, ticks->every_ns);
		from = x - (int)b.len / 2;
		if (from + (int)b.len > s->x + s->cols + 1)
			from = s->x + s->cols + 1 - (int)b.len;
		if (from >= ticks->free_x) {
			draw_text(k->c, line_at(y, from, (int)b.len), b.data, ROLE_DIM);
			ticks->free_x = from + (int)b.len + 1;
		}
		if (span_of(t, p->to_ns) < ticks->every_ns)
			break;
	}
	buf_fini(&b);
}

void
axis_draw_times(const struct axis *k, int y)
{
	struct ticks ticks = { scale_tick(k->scale, TICK_COLS), k->scale->x - TICK_COLS / 2 };

	for (size_t i = 0; i < k->scale->n; i++)
		if (k->scale->v[i].folded)
			draw_fold(k, &k->scale->v[i], y + 1);
		else
			draw_ticks(k, &k->scale->v[i], &ticks, y);
}

struct band {
	int x, end; /* columns; empty when they are the same */
};

static struct band
band_of(const struct axis *k, const struct stretch *st)
{
	const struct scale *s = k->scale;
	int64_t to = st->to != NULL ? st->to->at_ns : scale_to(s);
	struct band b = { s->x, s->x };

	if (st->kind == STRETCH_NONE || s->n == 0 || st->from->at_ns > scale_to(s) ||
	    to < scale_from(s))
		return b;
	b.x = scale_x(s, st->from->at_ns);
	b.end = to >= scale_to(s) ? s->v[s->n - 1].x + s->v[s->n - 1].cols : scale_x(s, to);
	return b;
}

/* "DETECT 6:25"; of one that has not ended "DETECT …". */
static void
put_stretch(struct buf *out, const struct stretch *st)
{
	buf_addf(out, "%s ", word(stretch_word(st->kind)));
	if (st->to != NULL)
		duration_clock(out, span_of(st->from->at_ns, st->to->at_ns));
	else
		buf_adds(out, "…");
}

void
axis_draw_phases(const struct axis *k, int y, int label_x, bool below)
{
	int free_x = k->scale->x, right = k->scale->x + k->scale->cols;
	struct buf b = { 0 };

	draw_text(k->c, line_at(y, label_x, k->scale->x - label_x - 1), word(WORD_HEAD_PHASE),
	    ROLE_DIM);
	for (size_t i = 0; i < k->stretches.n; i++) {
		struct band at = band_of(k, &k->stretches.v[i]);
		int w, room = at.end - at.x, x;
		if (room < 1)
			continue;
		canvas_hline(k->c, y, at.x, room, stretch_density(k->stretches.v[i].kind), ROLE_LINE);
		buf_clear(&b);
		buf_addc(&b, ' ');
		put_stretch(&b, &k->stretches.v[i]);
		buf_addc(&b, ' ');
		w = text_width(b.data, b.len);
		x = at.x > free_x ? at.x : free_x;
		if (w + 2 <= room) {
			draw_text(k->c, line_at(y, at.x + (room - w) / 2, w), b.data, ROLE_HEAD);
		} else if (below && x + w - 2 <= right) {
			b.data[b.len - 1] = '\0';
			draw_text(k->c, line_at(y + 1, x, w - 2), b.data + 1, ROLE_HEAD);
			free_x = x + w;
		}
	}
	buf_fini(&b);
}

void
axis_draw_grid(const struct axis *k, int y, int h)
{
	const struct scale *s = k->scale;

	for (size_t i = 0; i < k->stretches.n; i++) {
		int64_t t = k->stretches.v[i].from->at_ns;
		if (t >= scale_from(s) && t <= scale_to(s))
			canvas_vline(k->c, y, scale_x(s, t), h, 0x2506, ROLE_DIM);
	}
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].folded) {
			canvas_vline(k->c, y, s->v[i].x, h, 0x2571, ROLE_DIM);
			canvas_vline(k->c, y, s->v[i].x + s->v[i].cols - 1, h, 0x2571, ROLE_DIM);
		}
}
