#include <string.h>

#include "base/text.h"
#include "views/draw.h"
#include "views/fishbone.h"
#include "views/words.h"

enum { SLOT_LEAST = 12, SLOT_EASY = 18, HEIGHT_LEAST = 7, WIDTH_LEAST = 36, LARGE_COLS = 160 };

struct rect
fish_inside(struct rect area, bool bottom)
{
	struct rect in = area;

	if (!fish_has_rules(area))
		return in;
	in.y++;
	in.h -= 1 + bottom;
	return in;
}

bool
fish_has_rules(struct rect area)
{
	return area.h >= 8;
}

struct fish_ask
fish_classic_ask(const struct scene *sc, struct rect area)
{
	struct fish_head h;
	struct fish_ask ask = { .area = area, .slot_least = SLOT_LEAST };

	fish_head_init(&h, sc, area);
	ask.head_cols = h.cols;
	ask.left_cols = area.w >= LARGE_COLS;
	ask.centered = area_wide(area);
	ask.spare_rows = ask.centered ? 2 : 3;
	fish_head_fini(&h);
	if (ask.centered) { /* a rule above */
		ask.area.y++;
		ask.area.h--;
	}
	return ask;
}

bool
fish_classic_fits(const struct bones *b, struct rect area)
{
	int slots = b->n > 2 ? (int)(b->n + 1) / 2 : 1;

	/* 32: the rows a bone leans over, an arrow, a small head. */
	return area.h >= HEIGHT_LEAST && (area.w - 32) / slots >= SLOT_EASY;
}

static void
draw_label(const struct fish_draw *d, const struct fish *f, const struct fish_bone *fb)
{
	int rows = fb->above ? f->rows_above : f->rows_below, x, w;
	int y = fb->above ? f->spine_y - rows - 1 : f->spine_y + rows + 1;
	bool selected = d->b->at == fb->bone->row && d->b->tree.v[d->b->at].cause == NULL;
	int style = selected ? ROLE_SELECTED | STYLE_REVERSE : bone_role(fb->bone) | STYLE_BOLD;
	struct buf name = { 0 }, count = { 0 };
	struct slice sl;

	if (fb->shown < fb->bone->n_top)
		buf_addf(&count, " %zu/%zu", fb->shown, fb->bone->n_top);
	upper_case(&name, bone_name(fb->bone));
	sl = slice_fit(name.data ? name.data : "", name.len, f->slot - 5 - (int)count.len);
	w = sl.cols + (int)count.len + 4;
	x = fb->x + (f->mirrored ? rows : -rows) - w / 2;
	if (x + w > d->area.x + d->area.w)
		x = d->area.x + d->area.w - w;
	if (x < d->area.x)
		x = d->area.x;
	canvas_put(d->c, y, x, 0x2524, ROLE_LINE);
	canvas_put(d->c, y, x + w - 1, 0x251c, ROLE_LINE);
	if (selected)
		canvas_put(d->c, y, x + 1, 0x25ba, ROLE_SELECTED);
	draw_slice(d->c, y, x + 2, &sl, style);
	canvas_text(
	    d->c, y, x + 2 + sl.cols, (int)count.len, count.data ? count.data : "", ROLE_COUNT);
	buf_fini(&name);
	buf_fini(&count);
}

static void
draw_bone(const struct fish_draw *d, const struct fish *f, const struct fish_bone *fb)
{
	int rows = fb->above ? f->rows_above : f->rows_below, step = fb->above ? -1 : 1;

	for (int i = 1; i <= rows; i++)
		canvas_put(d->c, f->spine_y + step * i, f->mirrored ? fb->x + i : fb->x - i,
		    fb->above != f->mirrored ? 0x2572 : 0x2571, ROLE_LINE);
	draw_label(d, f, fb);
}

/* The text of a row, with its votes; returns the columns used. */
static int
draw_row_text(const struct fish_draw *d, const struct fish_line *l)
{
	int style = l->selected ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN;
	struct buf b = { 0 };
	struct slice sl;

	if (l->cause == NULL) {
		word_put(&b, WORD_PLUS_MORE, digits((int64_t)l->more).s);
		sl = slice_fit(b.data, b.len, l->cols);
		if (sl.cut) { /* the number before the word */
			buf_clear(&b);
			buf_addf(&b, "+%zu", l->more);
			sl = slice_fit(b.data, b.len, l->cols);
		}
		style = l->selected ? style : ROLE_COUNT;
	} else {
		sl = slice_fit(l->text, l->len, l->cols);
	}
	draw_slice(d->c, l->y, l->x, &sl, style);
	if (l->mark_cols > 0) {
		fish_votes(&b, l->cause->votes);
		canvas_textn(d->c, l->y, l->x + sl.cols, l->mark_cols, b.data, b.len, ROLE_COUNT);
	}
	buf_fini(&b);
	return sl.cols + l->mark_cols;
}

static void
draw_line(const struct fish_draw *d, const struct fish *f, const struct fish_line *l)
{
	int used;

	if (l->depth > 0)
		canvas_put(d->c, l->y, l->x - 2, l->selected ? 0x25ba : 0x2570,
		    l->selected ? ROLE_SELECTED : ROLE_LINE);
	else if (l->selected && l->first)
		canvas_put(d->c, l->y, l->x - 1, 0x25ba, ROLE_SELECTED);
	used = draw_row_text(d, l);
	if (!l->leader)
		return;
	if (f->mirrored) {
		canvas_hline(d->c, l->y, l->bone_x + 1, l->x - l->bone_x - 2,
		    l->folded ? 0x2550 : 0x2500, ROLE_LINE);
		return;
	}
	canvas_hline(d->c, l->y, l->x + used + 1, l->bone_x - l->x - used - 1,
	    l->folded ? 0x2550 : 0x2500, ROLE_LINE);
}

/* Below the fish: what the lines mean, and the count of what is there and what is not shown. */
static void
draw_foot(const struct fish_draw *d, const struct fish *f)
{
	struct rect foot = line_at(d->area.y + d->area.h - 1, d->area.x + 1, d->area.w - 3);
	bool all_here = f->whys_folded == 0 && f->bones_left_out == 0;
	struct buf left = { 0 }, right = { 0 };
	int w;

	if (f->bones_left_out > 0) {
		word_count(&right, (int64_t)f->bones_left_out, WORD_PLUS_BONES_1);
		buf_adds(&right, " (");
		word_count(&right, (int64_t)f->causes_left_out, WORD_CAUSE_1);
		buf_adds(&right, "), ");
	}
	/* When all are, ═══ says it. */
	fish_counts(&right, d->b, f->whys_folded < d->b->n_whys ? f->whys_folded : 0);
	if (!all_here || !area_wide(d->area)) {
		if (!d->b->cards)
			buf_addf(&left, "%s   %s   %s", word(WORD_LEGEND_DEEPER), word(WORD_LEGEND_LEAF),
		    word(WORD_LEGEND_VOTES));
		w = text_width(right.data, right.len);
		draw_right(d->c, foot, right.data, ROLE_DIM);
		if (left.len > 0 && text_width(left.data, left.len) + 2 + w <= foot.w)
			draw_text(
			    d->c, line_at(foot.y, foot.x, foot.w - w - 2), left.data, ROLE_DIM);
	}
	buf_fini(&left);
	buf_fini(&right);
}

bool
fish_draw_as(const struct fish_draw *d, const struct fish_ask *ask, const struct fish_head *h)
{
	struct fish fish, *f = &fish;

	if (d->area.h < HEIGHT_LEAST || d->area.w < WIDTH_LEAST || !fish_layout(d->b, d->s, ask, f))
		return false;
	if (ask->centered)
		draw_rule(d->c, line_at(d->area.y, d->area.x, d->area.w), NULL, NULL);
	for (size_t i = 0; i < f->n_bones; i++)
		draw_bone(d, f, &f->bones[i]);
	for (size_t i = 0; i < f->n_lines; i++)
		draw_line(d, f, &f->lines[i]);
	fish_spine_draw(d, f, h);
	draw_foot(d, f);
	fish_fini(f);
	return true;
}

bool
fish_classic(const struct fish_draw *d)
{
	struct fish_ask ask = fish_classic_ask(d->sc, d->area);
	struct fish_head h;
	bool drawn;

	fish_head_init(&h, d->sc, d->area);
	drawn = fish_draw_as(d, &ask, &h);
	fish_head_fini(&h);
	return drawn;
}
