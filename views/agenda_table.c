#include <string.h>

#include "base/text.h"
#include "views/agenda.h"
#include "views/draw.h"
#include "views/words.h"

enum { NARROW_COLS = 60, CHECK_ROWS_MOST = 3, MORE_COLS = 9, NAME_OVER = 8 };

/* Columns at this width; -1: not shown. The numbers end at plan and used (exclusive). */
struct columns {
	int name, name_cols, plan, used, bar, bar_end, checks;
	bool wide;
};

/* Longer names take columns of the bar. */
static void
make_room(struct columns *k, const struct plan *p)
{
	int most = 0, over;

	for (size_t i = 0; i < p->n; i++) {
		const char *name = plan_name(&p->v[i]);
		int w = text_width(name, strlen(name));
		most = w > most ? w : most;
	}
	over = most - k->name_cols;
	over = over > NAME_OVER ? NAME_OVER : over;
	if (k->bar < 0 || over <= 0)
		return;
	k->name_cols += over;
	k->plan += over;
	k->used += over;
	k->bar += over;
}

static struct columns
columns_for(const struct plan *p, struct rect r)
{
	struct columns k = { .name = r.x + 3,
		.name_cols = 13,
		.plan = r.x + 19,
		.used = r.x + 25,
		.bar = r.x + 27,
		.bar_end = r.x + r.w - 10,
		.checks = r.x + r.w - 9 };

	if (area_wide(r))
		k = (struct columns){ .name = r.x + 3,
			.name_cols = 14,
			.plan = r.x + 20,
			.used = r.x + 27,
			.bar = r.x + 30,
			.bar_end = r.x + r.w * 11 / 20 - 2,
			.checks = r.x + r.w * 11 / 20,
			.wide = true };
	else if (r.w < NARROW_COLS)
		k = (struct columns){ .name = r.x + 3,
			.name_cols = r.w - 14,
			.plan = r.x + r.w - 6,
			.used = r.x + r.w - 1,
			.bar = -1,
			.checks = -1 };
	make_room(&k, p);
	return k;
}

/* Minutes a block stands for, so that the longest stage fits its column. */
static int64_t
minutes_a_block(const struct plan *p, const struct columns *k)
{
	int64_t most = 1, cols = k->bar_end - k->bar;

	for (size_t i = 0; i < p->n; i++) {
		int64_t used = (p->v[i].used_s + 59) / 60, plan = p->v[i].stage->minutes;
		most = used > most ? used : most;
		most = plan > most ? plan : most;
	}
	return cols > 0 ? (most + cols - 1) / cols : most;
}

/* █ used, ▓ used beyond the plan, ░ to come or unused. */
static void
draw_bar(
    const struct columns *k, struct canvas *c, int y, const struct plan_stage *s, int64_t block)
{
	int64_t plan = s->stage->minutes / block, used = (s->used_s + 30) / 60 / block;
	int x = k->bar;

	for (int64_t i = 0; x < k->bar_end && (i < plan || i < used); i++) {
		uint32_t cp = i < used ? (i < plan ? 0x2588 : 0x2593) : 0x2591;
		canvas_put(c, y, x++, cp, cp == 0x2593 ? ROLE_WARN : ROLE_LINE);
	}
}

static void
draw_numbers(const struct columns *k, struct canvas *c, int y, const struct plan_stage *s)
{
	bool begun = s->past || s->present || s->used_s > 0;

	canvas_text_right(c, y, k->plan, 6, digits(s->stage->minutes).s, ROLE_PLAIN);
	canvas_text_right(c, y, k->used, 5,
	    begun ? digits((s->used_s + 30) / 60).s : word(WORD_NOBODY), ROLE_PLAIN);
}

/* Rows a stage takes: its check marks may need two. */
static int
stage_rows(const struct plan *p, const struct columns *k, const struct plan_stage *s, struct rect r)
{
	struct buf b = { 0 };
	size_t at = 0;
	int rows = 0, cols = r.x + r.w - k->checks - 1, most = CHECK_ROWS_MOST;

	if (!k->wide)
		return 1;
	if (p->tight && !s->present && s != &p->v[p->selected])
		most = 1;
	while (at < s->stage->checks.n && rows < most) {
		at = plan_put_checks(&b, p, s, at, cols);
		rows++;
	}
	buf_fini(&b);
	rows += plan_override(p, s) != NULL;
	return rows > 0 ? rows : 1;
}

static void
draw_checks(const struct plan *p, const struct columns *k, struct canvas *c,
    const struct plan_stage *s, struct rect r)
{
	struct buf b = { 0 };
	size_t at = 0;
	const char *passed = plan_override(p, s);
	int h = r.h, cols = r.x + r.w - k->checks - 1;

	if (!k->wide) {
		buf_addf(&b, "%s ",
		    s->ticked == s->checks ? "✓"
		    : passed != NULL	   ? "»"
					   : "○");
		word_put(
		    &b, WORD_N_OF_N, digits((int64_t)s->ticked).s, digits((int64_t)s->checks).s);
		if (s->checks > 0)
			draw_right(c, line_at(r.y, k->checks, 8), b.data, ROLE_PLAIN);
	}
	if (passed != NULL && r.h > 1)
		h--;
	for (int i = 0; k->wide && i < h && at < s->stage->checks.n; i++) {
		size_t from = at;
		buf_clear(&b);
		at = plan_put_checks(&b, p, s, from, cols);
		if (at < s->stage->checks.n && i == h - 1) {
			buf_clear(&b);
			at = plan_put_checks(&b, p, s, from, cols - MORE_COLS);
			buf_adds(&b, "  ");
			word_put(&b, WORD_PLUS_MORE, digits((int64_t)(s->stage->checks.n - at)).s);
		}
		draw_text(c, line_at(r.y + i, k->checks, cols), b.data, ROLE_PLAIN);
	}
	if (k->wide && passed != NULL && r.h > 1) {
		buf_clear(&b);
		word_put(&b, WORD_OVERRIDDEN, passed);
		draw_text(c, line_at(r.y + r.h - 1, k->checks, cols), b.data, ROLE_WARN);
	}
	buf_fini(&b);
}

static void
draw_stage(const struct plan *p, const struct columns *k, struct canvas *c, size_t i, struct rect r)
{
	const struct plan_stage *s = &p->v[i];
	int style = s->present ? ROLE_HEAD | STYLE_BOLD : s->past ? ROLE_DIM : ROLE_PLAIN;

	if (i == p->selected)
		style = ROLE_SELECTED | STYLE_REVERSE;
	canvas_text(c, r.y, r.x + 1, 1, plan_mark(s),
	    s->past	 ? ROLE_GOOD
	    : s->present ? ROLE_SELECTED
			 : ROLE_DIM);
	draw_text(c, line_at(r.y, k->name, k->name_cols), plan_name(s), style);
	draw_numbers(k, c, r.y, s);
	if (k->bar >= 0)
		draw_bar(k, c, r.y, s, minutes_a_block(p, k));
	if (k->checks >= 0)
		draw_checks(p, k, c, s, r);
}

static void
draw_heading(const struct plan *p, const struct columns *k, struct canvas *c, struct rect r)
{
	struct buf b = { 0 };
	int64_t block = minutes_a_block(p, k);

	canvas_text(c, r.y, k->name, k->name_cols, word(WORD_HEAD_STAGE), ROLE_DIM);
	canvas_text_right(c, r.y, k->plan, 5, word(WORD_HEAD_PLAN), ROLE_DIM);
	canvas_text_right(c, r.y, k->used, 5, word(WORD_HEAD_USED), ROLE_DIM);
	if (block == 1)
		buf_adds(&b, word(WORD_HEAD_BLOCK));
	else
		word_put(&b, WORD_HEAD_BLOCKS, digits(block).s);
	if (k->bar >= 0)
		draw_text(c, line_at(r.y, k->bar, k->bar_end - k->bar), b.data, ROLE_DIM);
	if (k->wide)
		draw_text(c, line_at(r.y, k->checks, r.x + r.w - k->checks),
		    word(WORD_HEAD_DONE_WHEN), ROLE_DIM);
	else if (k->checks >= 0)
		draw_right(c, line_at(r.y, k->checks, 8), word(WORD_HEAD_CHECKS), ROLE_DIM);
	buf_fini(&b);
}

static void
draw_sums(const struct plan *p, const struct columns *k, struct canvas *c, struct rect r)
{
	int64_t over = p->over_s / 60;
	struct buf b = { 0 };

	canvas_text_right(c, r.y, k->plan, 6, digits(p->minutes).s, ROLE_COUNT);
	canvas_text_right(c, r.y, k->used, 5, digits((p->used_s + 30) / 60).s, ROLE_COUNT);
	if (k->bar >= 0)
		draw_text(
		    c, line_at(r.y, k->bar, k->bar_end - k->bar), word(WORD_LEGEND_USED), ROLE_DIM);
	if (over > 0)
		word_count(&b, over, WORD_MINUTES_OVER_1);
	else if (over < 0)
		word_count(&b, -over, WORD_MINUTES_UNDER_1);
	if (k->wide)
		draw_text(c, line_at(r.y, k->checks, r.x + r.w - k->checks - 1),
		    word(WORD_LEGEND_ADVISE), ROLE_DIM);
	else if (k->bar >= 0 && b.len > 0)
		draw_right(c, line_at(r.y, r.x, r.w - 1), b.data, over > 0 ? ROLE_WARN : ROLE_GOOD);
	buf_fini(&b);
}

int
agenda_table_rows(const struct plan *p, struct rect r)
{
	struct columns k = columns_for(p, r);
	int rows = 2;

	for (size_t i = 0; i < p->n; i++)
		rows += stage_rows(p, &k, &p->v[i], r);
	return rows;
}

/* Heading and sums are left off where the stages themselves need the rows. */
void
agenda_table(const struct plan *p, struct pane_state *s, struct canvas *c, struct rect r)
{
	struct columns k = columns_for(p, r);
	bool single = agenda_table_rows(p, r) > r.h, frame = (int)p->n + 2 <= r.h;
	struct rect in = { .y = r.y + frame, .x = r.x, .h = r.h - 2 * frame, .w = r.w };
	struct more m = { 0 };
	int y = in.y;

	if (in.h < 1)
		return;
	s->scroll = list_scroll(s->scroll, (int)p->selected, (int)p->n, in.h);
	if (frame)
		draw_heading(p, &k, c, line_at(r.y, r.x, r.w));
	m.above = (size_t)s->scroll;
	for (size_t i = m.above; i < p->n; i++) {
		int rows = single ? 1 : stage_rows(p, &k, &p->v[i], r);
		if (y + rows > in.y + in.h) {
			m.below = p->n - i;
			break;
		}
		draw_stage(p, &k, c, i, (struct rect){ .y = y, .x = r.x, .h = rows, .w = r.w });
		y += rows;
	}
	if (frame)
		draw_sums(p, &k, c, line_at(y, r.x, r.w));
	draw_more(c, in, false, &m);
}
