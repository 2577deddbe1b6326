#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "views/agenda.h"
#include "views/draw.h"
#include "views/words.h"

enum { DIGIT_ROWS = 3 };

static const char *const block_digits[][DIGIT_ROWS] = {
	{ "█▀▀█", "█  █", "█▄▄█" },
	{ "▄█ ", " █ ", "▄█▄" },
	{ "▀▀▀█", "█▀▀▀", "█▄▄▄" },
	{ "▀▀▀█", " ▀▀█", "▄▄▄█" },
	{ "█  █", "▀▀▀█", "   █" },
	{ "█▀▀▀", "▀▀▀█", "▄▄▄█" },
	{ "█▀▀▀", "█▀▀█", "█▄▄█" },
	{ "▀▀▀█", "  █ ", "  █ " },
	{ "█▀▀█", "█▀▀█", "█▄▄█" },
	{ "█▀▀█", "▀▀▀█", "▄▄▄█" },
};
static const char *const block_colon[DIGIT_ROWS] = { "▄", " ", "▀" };

void
agenda_heading(struct canvas *c, struct rect r, const char *title, const char *right)
{
	struct slice sl = slice_fit(title, strlen(title), r.w - 6);
	int w = right ? text_width(right, strlen(right)) : 0;

	canvas_hline(c, r.y, r.x, r.w, 0x2501, ROLE_LINE);
	canvas_fill(c, line_at(r.y, r.x + 2, sl.cols + 2), ' ', ROLE_PLAIN);
	draw_slice(c, r.y, r.x + 3, &sl, ROLE_HEAD | STYLE_BOLD);
	if (w > 0 && w + sl.cols + 8 < r.w) {
		canvas_fill(c, line_at(r.y, r.x + r.w - w - 1, w + 1), ' ', ROLE_PLAIN);
		draw_right(c, r, right, ROLE_DIM);
	}
}

/* One digit or colon; returns the column after it and its blank. */
static int
draw_digit(struct canvas *c, int y, int x, char digit)
{
	const char *const *rows = digit == ':' ? block_colon : block_digits[digit - '0'];

	for (int i = 0; i < DIGIT_ROWS; i++)
		canvas_text(c, y + i, x, 4, rows[i], ROLE_HEAD);
	return x + text_width(rows[0], strlen(rows[0])) + 1;
}

void
agenda_left(const struct plan *p, struct canvas *c, struct rect r)
{
	struct buf time = { 0 }, caption = { 0 };
	int x = r.x;

	if (!p->running || r.h < 1)
		return;
	plan_put_left(&time, p);
	word_put(&caption, p->left_s < 0 ? WORD_OVER_IN : WORD_LEFT_IN, plan_name(&p->v[p->at]));
	if (r.h < DIGIT_ROWS || canvas_ascii(c) || (int)time.len * 5 - 4 > r.w) {
		buf_addf(&time, " %s", caption.data);
		draw_text(c, r, time.data, ROLE_HEAD | STYLE_BOLD);
	} else {
		for (size_t i = 0; i < time.len; i++)
			x = draw_digit(c, r.y, x, time.data[i]);
		if (r.h > DIGIT_ROWS)
			draw_text(c, line_at(r.y + DIGIT_ROWS, r.x, r.w), caption.data,
			    p->left_s < 0 ? ROLE_WARN : ROLE_DIM);
	}
	buf_fini(&time);
	buf_fini(&caption);
}

void
agenda_question(const struct plan *p, struct canvas *c, struct rect r)
{
	size_t nth;
	const char *text = plan_question(p->sc, 0, &nth);
	int rows = draw_wrapped(
	    c, r, text ? text : word(WORD_NO_QUESTION), text ? ROLE_PLAIN | STYLE_BOLD : ROLE_DIM);
	struct buf next = { 0 };

	text = plan_question(p->sc, 1, &nth);
	if (text != NULL && rows + 1 < r.h) {
		word_put(&next, WORD_NEXT_QUESTION, text);
		draw_wrapped(c,
		    (struct rect){ .y = r.y + rows + 1, .x = r.x, .h = r.h - rows - 1, .w = r.w },
		    next.data, ROLE_DIM);
	}
	buf_fini(&next);
}

static void
put_doing(struct buf *out, const struct scene_person *h)
{
	char length[TIME_TEXT];

	if (h->away_s > 0)
		word_put(out, WORD_AWAY, duration_text(h->away_s * NS_PER_S, length));
	else if (h->typing)
		buf_adds(out, word(WORD_WRITING));
}

void
agenda_here(const struct plan *p, struct canvas *c, struct rect r)
{
	const struct scene *sc = p->sc;
	int name = r.w >= 44 ? 12 : r.w / 3, each = (r.w - name) / 3;

	for (size_t i = 0; i < sc->n_here && (int)i < r.h; i++) {
		const struct scene_person *h = &sc->here[i];
		int y = r.y + (int)i;
		struct buf b = { 0 };
		if ((int)i == r.h - 1 && i + 1 < sc->n_here) {
			word_put(&b, WORD_MORE, digits((int64_t)(sc->n_here - i)).s);
			draw_text(c, line_at(y, r.x, r.w), b.data, ROLE_COUNT);
			buf_fini(&b);
			return;
		}
		draw_text(c, line_at(y, r.x, name - 1), h->name, ROLE_PLAIN);
		draw_text(c, line_at(y, r.x + name, each - 1), h->role, ROLE_DIM);
		draw_text(c, line_at(y, r.x + name + each, each - 1), h->pane, ROLE_DIM);
		put_doing(&b, h);
		draw_text(c, line_at(y, r.x + name + 2 * each, r.w - name - 2 * each), b.data,
		    ROLE_PLAIN);
		buf_fini(&b);
	}
	if (sc->n_here == 0 && r.h > 0)
		draw_text(c, r, word(WORD_ALONE), ROLE_DIM);
}

void
agenda_here_line(const struct plan *p, struct canvas *c, struct rect r)
{
	const struct scene *sc = p->sc;
	struct buf b = { 0 };
	int64_t typing = 0;

	for (size_t i = 0; i < sc->n_here; i++)
		typing += sc->here[i].typing;
	if (sc->n_here == 0) {
		buf_adds(&b, word(WORD_ALONE));
	} else {
		word_count(&b, (int64_t)sc->n_here, WORD_PEOPLE_1);
		if (typing > 0) {
			buf_adds(&b, "   ");
			word_put(&b, WORD_TYPING, digits(typing).s);
		}
		for (size_t i = 0; i < sc->n_here; i++)
			buf_addf(&b, "%s%s", i == 0 ? "   " : ", ",
			    sc->here[i].name ? sc->here[i].name : "");
	}
	draw_text(c, r, b.data, ROLE_PLAIN);
	buf_fini(&b);
}

/* Columns a stage gets of the bar: its share of the minutes, at least one. */
static int
share_of(const struct plan *p, size_t i, int cols)
{
	int64_t minutes = p->v[i].stage->minutes;

	if (p->minutes <= 0)
		return cols / (int)p->n;
	return (int)((double)cols * (double)(minutes < 0 ? 0 : minutes) / (double)p->minutes);
}

static void
draw_bar_times(const struct plan *p, struct canvas *c, struct rect r, int now_x)
{
	int64_t start = p->sc->now_ns - p->used_s * NS_PER_S, rest = 0;
	struct buf b = { 0 };

	if (!p->running || p->sc->zone == NULL)
		return;
	for (size_t i = p->at; i < p->n; i++) {
		int64_t left = p->v[i].stage->minutes * 60 - p->v[i].used_s;
		rest += left > 0 ? left : 0;
	}
	put_clock(&b, p->sc, start, false);
	if (now_x - r.x >= 8)
		draw_text(c, r, b.data, ROLE_DIM);
	buf_clear(&b);
	put_clock(&b, p->sc, p->sc->now_ns + rest * NS_PER_S, false);
	if (r.x + r.w - now_x >= 16)
		draw_right(c, r, b.data, ROLE_DIM);
	buf_clear(&b);
	buf_adds(&b, "▲ ");
	put_clock(&b, p->sc, p->sc->now_ns, false);
	draw_text(c, line_at(r.y, now_x, r.x + r.w - now_x), b.data, ROLE_HEAD);
	buf_fini(&b);
}

void
agenda_bar(const struct plan *p, struct canvas *c, struct rect r)
{
	int x = r.x, cols = r.w - (int)p->n + 1, now_x = r.x;

	for (size_t i = 0; i < p->n && x < r.x + r.w; i++) {
		const struct plan_stage *s = &p->v[i];
		int w = share_of(p, i, cols), used = w;
		int64_t plan_s = s->stage->minutes * 60;
		struct buf name = { 0 };
		if (i + 1 == p->n)
			w = r.x + r.w - x;
		if (w < 1)
			w = 1;
		used = s->past ? w
		       : plan_s > 0 && s->used_s < plan_s
			   ? (int)((double)w * (double)s->used_s / (double)plan_s)
		       : s->used_s > 0 ? w
				       : 0;
		buf_addf(&name, "%s ", plan_mark(s));
		if (s->present)
			upper_case(&name, plan_name(s));
		else
			buf_adds(&name, plan_name(s));
		draw_text(c, line_at(r.y, x, w), w < 4 ? plan_mark(s) : name.data,
		    s->present ? ROLE_HEAD | STYLE_BOLD : ROLE_DIM);
		canvas_hline(c, r.y + 1, x, used, 0x2588, ROLE_LINE);
		canvas_hline(c, r.y + 1, x + used, w - used, 0x2591, ROLE_DIM);
		if (s->present)
			now_x = x + used;
		x += w + 1;
		buf_fini(&name);
	}
	draw_bar_times(p, c, line_at(r.y + 2, r.x, r.w), now_x);
}

/* Minutes of the plan that are still to cover `t_s` after the beginning; after now as if the plan
 * held. */
static double
still_to_cover(const struct plan *p, double t_s)
{
	double left = (double)p->minutes;

	for (size_t i = 0; i < p->n; i++) {
		const struct plan_stage *s = &p->v[i];
		double plan = (double)s->stage->minutes, takes = (double)s->used_s, share;
		if (!s->past) {
			takes = plan * 60;
			if (s->present && (double)s->used_s > takes)
				takes = (double)s->used_s;
		}
		share = takes > 0 ? t_s / takes : 1;
		left -= plan * (share < 1 ? share : 1);
		if (share < 1)
			break;
		t_s -= takes;
	}
	return left;
}

/* A column a share of the time: █ and ▄ up to now, ░ for what is to come. */
void
agenda_burndown(const struct plan *p, struct canvas *c, struct rect r)
{
	double all_s = 0, step;
	int axis = 8, cols = r.w - axis, rows = r.h - 1;

	for (size_t i = 0; i < p->n; i++)
		all_s +=
		    p->v[i].past ? (double)p->v[i].used_s : (double)p->v[i].stage->minutes * 60;
	if (all_s <= 0 || p->minutes <= 0 || cols < 10 || rows < 3)
		return;
	step = all_s / cols;
	for (int x = 0; x < cols; x++) {
		double t_s = (x + 0.5) * step;
		int halves = (int)(still_to_cover(p, t_s) * 2 * rows / (double)p->minutes + 0.5);
		bool future = t_s > (double)p->used_s;
		for (int y = 0; y < halves / 2; y++)
			canvas_put(c, r.y + rows - 1 - y, r.x + axis + x, future ? 0x2591 : 0x2588,
			    future ? ROLE_DIM : ROLE_LINE);
		if (halves % 2 == 1 && !future)
			canvas_put(
			    c, r.y + rows - 1 - halves / 2, r.x + axis + x, 0x2584, ROLE_LINE);
	}
	canvas_text_right(c, r.y, r.x + axis - 1, 6, digits(p->minutes).s, ROLE_DIM);
	canvas_text_right(c, r.y + rows / 2, r.x + axis - 1, 6, digits(p->minutes / 2).s, ROLE_DIM);
	canvas_text_right(c, r.y + rows - 1, r.x + axis - 1, 6, "0", ROLE_DIM);
	draw_bar_times(p, c, line_at(r.y + rows, r.x + axis, cols),
	    r.x + axis +
		(int)((double)p->used_s / step < cols - 8 ? (double)p->used_s / step : cols - 8));
}
