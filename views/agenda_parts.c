#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/agenda.h"
#include "views/block_digits.h"
#include "views/draw.h"
#include "views/prompts.h"
#include "views/words.h"

void
agenda_left(const struct plan *p, struct canvas *c, struct rect r)
{
	struct buf time = { 0 }, caption = { 0 };

	if (!p->running || r.h < 1)
		return;
	plan_put_left(&time, p);
	word_put(&caption, p->left_s < 0 ? WORD_OVER_IN : WORD_LEFT_IN, plan_name(&p->v[p->at]));
	if (r.h < BLOCK_ROWS || block_cols(time.data) > r.w) {
		buf_addf(&time, " %s", caption.data);
		draw_text(c, r, time.data, ROLE_HEAD | STYLE_BOLD);
	} else {
		block_draw(c, r, time.data, ROLE_HEAD);
		if (r.h > BLOCK_ROWS)
			draw_text(c, line_at(r.y + BLOCK_ROWS, r.x, r.w), caption.data,
			    p->left_s < 0 ? ROLE_WARN : ROLE_DIM);
	}
	buf_fini(&time);
	buf_fini(&caption);
}

void
agenda_question(const struct plan *p, struct canvas *c, struct rect r)
{
	size_t nth;
	const char *text = prompt_for_stage(p->sc, 0, &nth);
	int rows = draw_wrapped(
	    c, r, text ? text : word(WORD_NO_QUESTION), text ? ROLE_PLAIN | STYLE_BOLD : ROLE_DIM);
	struct buf next = { 0 };

	text = prompt_for_stage(p->sc, 1, &nth);
	if (text != NULL && rows + 1 < r.h) {
		word_put(&next, WORD_NEXT_QUESTION, text);
		draw_wrapped(c,
		    (struct rect){ .y = r.y + rows + 1, .x = r.x, .h = r.h - rows - 1, .w = r.w },
		    next.data, ROLE_DIM);
	}
	buf_fini(&next);
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

/* What its name takes with the mark before it; of a stage without minutes the mark alone, unless the
 * room is there. */
static int
name_cols(const struct plan_stage *s)
{
	return s->stage->minutes > 0 || s->present ? 2 + text_width(plan_name(s), strlen(plan_name(s))) : 1;
}

/* Shares of the minutes; where they would cut a name, it gets its columns from whoever has most over
 * its own. */
static void
share_out(const struct plan *p, int cols, int *w)
{
	int over = -cols;

	for (size_t i = 0; i < p->n; i++) {
		int name = name_cols(&p->v[i]), share = share_of(p, i, cols);
		w[i] = share > name ? share : name;
		over += w[i];
	}
	for (; over > 0; over--) {
		size_t most = 0;
		for (size_t i = 1; i < p->n; i++)
			if (w[i] - name_cols(&p->v[i]) > w[most] - name_cols(&p->v[most]))
				most = i;
		if (w[most] <= name_cols(&p->v[most])) /* all names are as long as that: shares alone */
			break;
		w[most]--;
	}
	for (size_t i = 0; over > 0 && i < p->n; i++)
		w[i] = share_of(p, i, cols) > 1 ? share_of(p, i, cols) : 1;
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
	int x = r.x, now_x = x, *width = mem_zero(p->n + 1, sizeof *width);

	share_out(p, r.w - (int)p->n + 1, width);
	for (size_t i = 0; i < p->n && x < r.x + r.w; i++) {
		const struct plan_stage *s = &p->v[i];
		int w = width[i], used = w;
		int64_t plan_s = s->stage->minutes * 60;
		struct buf name = { 0 };
		if (i + 1 == p->n)
			w = r.x + r.w - x;
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
		draw_text(c, line_at(r.y, x, w), w < 3 ? plan_mark(s) : name.data,
		    s->present ? ROLE_HEAD | STYLE_BOLD : ROLE_DIM);
		canvas_hline(c, r.y + 1, x, used, 0x2588, ROLE_LINE);
		canvas_hline(c, r.y + 1, x + used, w - used, 0x2591, ROLE_DIM);
		if (s->present)
			now_x = x + used;
		x += w + 1;
		buf_fini(&name);
	}
	draw_bar_times(p, c, line_at(r.y + 2, r.x, r.w), now_x);
	free(width);
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
