#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/draw.h"
#include "views/fishbone.h"
#include "views/words.h"

enum { NARROW_COLS = 40 };

/* Rows of the tree that are shown, in order. */
struct outline {
	size_t *rows, n;
	bool *shown;
	int at; /* of the selected one among them */
};

static void
outline_init(struct outline *o, const struct fish_draw *d, int height)
{
	size_t n = d->b->tree.n;

	*o = (struct outline){ 0 };
	o->rows = mem_zero(n + 1, sizeof *o->rows);
	o->shown = mem_zero(n + 1, sizeof *o->shown);
	if (bones_show(d->b, d->s, true, o->shown) > (size_t)(height > 0 ? height : 0))
		bones_show(d->b, d->s, false, o->shown);
	for (size_t i = 0; i < n; i++) {
		if (!o->shown[i])
			continue;
		if (i <= d->b->at)
			o->at = (int)o->n;
		o->rows[o->n++] = i;
	}
}

static void
outline_fini(struct outline *o)
{
	free(o->rows);
	free(o->shown);
}

/* ▾ open, ▸ closed with something in it, a blank for nothing to open. */
static const char *
fold_mark(const struct fish_draw *d, const struct outline *o, size_t row)
{
	const struct cause_row *r = &d->b->tree.v[row];

	if (r->n_whys == 0)
		return r->cause == NULL ? "·" : " ";
	return o->shown[row + 1] ? "▾" : "▸";
}

static void
draw_bone_row(const struct fish_draw *d, const struct outline *o, size_t row, struct rect at)
{
	const struct bone *bone = &d->b->v[bone_of_row(d->b, row)];
	bool narrow = at.w < NARROW_COLS, selected = row == d->b->at;
	struct buf counts = { 0 };
	int left = narrow ? 0 : 1, right = narrow ? 0 : 3, w;

	if (narrow) {
		buf_addf(&counts, " %zu", bone->n_top);
	} else {
		word_count(&counts, (int64_t)(d->b->cards ? bone->n_all : bone->n_top),
		    d->b->cards ? WORD_CARD_1 : WORD_CAUSE_1);
		if (d->b->votes > 0) {
			struct buf votes = { 0 };
			word_count(&votes, bone->votes, WORD_VOTE_1);
			buf_addf(&counts, "  %*s%s", votes.len < 8 ? 8 - (int)votes.len : 0, "",
			    votes.data);
			buf_fini(&votes);
		}
	}
	w = text_width(counts.data, counts.len);
	canvas_text(d->c, at.y, at.x + left, 1, fold_mark(d, o, row), ROLE_LINE);
	draw_text(d->c,
	    line_at(at.y, at.x + left + 2 - narrow, at.w - left - right - w - 3 + narrow),
	    bone_name(bone),
	    selected ? ROLE_SELECTED | STYLE_REVERSE : bone_role(bone) | STYLE_BOLD);
	draw_right(d->c, line_at(at.y, at.x, at.w - right), counts.data, ROLE_COUNT);
	buf_fini(&counts);
}

static void
draw_cause_row(const struct fish_draw *d, const struct outline *o, size_t row, struct rect at)
{
	const struct cause_row *r = &d->b->tree.v[row];
	bool narrow = at.w < NARROW_COLS, selected = row == d->b->at;
	int x = at.x + (narrow ? 1 : 3), end = at.x + at.w - (narrow ? 1 : 4), reach;
	struct buf b = { 0 };

	if (r->depth > 0)
		x = at.x + (narrow ? 2 : 8);
	if (r->depth == 0)
		canvas_text(d->c, at.y, x, 1, fold_mark(d, o, row), ROLE_LINE);
	if (r->depth == 0 && !narrow)
		x += canvas_textf(
			 d->c, at.y, x + 2, 6, ROLE_COUNT, "%-2lld ", (long long)r->cause->votes) +
		     2;
	else if (r->depth == 0)
		x += 1;
	else
		x += canvas_textf(d->c, at.y, x, 8, ROLE_LINE, narrow ? "%d←" : "%d ← ", r->depth);
	/* Where no mark stands at the end, the text may go on there. */
	reach = selected || narrow || (r->depth > 0 && r->n_whys > 0 && !o->shown[row + 1]) ? end
										       : end + 2;
	draw_text(d->c, line_at(at.y, x, reach - x), r->cause->text ? r->cause->text : "",
	    selected ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN);
	if (r->depth > 0 && r->n_whys > 0 && !o->shown[row + 1])
		canvas_put(d->c, at.y, end, 0x25b8, ROLE_LINE);
	if (selected)
		canvas_put(d->c, at.y, at.x + at.w - (narrow ? 1 : 4), 0x25c2, ROLE_SELECTED);
	buf_fini(&b);
}

/* Causes in rows from..to of the outline, those in closed categories included. */
static size_t
causes_in(const struct fish_draw *d, const struct outline *o, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = from; i < to && i < o->n; i++) {
		const struct cause_row *r = &d->b->tree.v[o->rows[i]];
		if (r->cause != NULL)
			n++;
		else if (r->n_whys > 0 && !o->shown[o->rows[i] + 1])
			n += d->b->v[bone_of_row(d->b, o->rows[i])].n_top;
	}
	return n;
}

static void
draw_ends(const struct fish_draw *d, const struct outline *o, struct rect in)
{
	size_t first = (size_t)d->s->scroll, last = first + (size_t)(in.h > 0 ? in.h : 0);
	bool rules = fish_has_rules(d->area);
	struct buf left = { 0 };
	struct more m = { .above = causes_in(d, o, 0, first),
		.below = causes_in(d, o, last, o->n) };

	if (d->note != NULL)
		buf_adds(&left, d->note);
	else if (d->area.w >= NARROW_COLS)
		fish_counts(&left, d->b, bones_folded_whys(d->b, o->shown));
	m.left = left.data;
	if (rules)
		draw_rule(d->c, line_at(d->area.y, d->area.x, d->area.w), NULL, NULL);
	draw_more(d->c, rules ? d->area : in, rules, &m);
	buf_fini(&left);
}

void
fish_outline(const struct fish_draw *d)
{
	struct rect in = fish_inside(d->area, true);
	struct outline o;

	if (d->note != NULL && !fish_has_rules(d->area) && in.h > 1) {
		draw_text(d->c, line_at(in.y++, in.x, in.w), d->note, ROLE_DIM);
		in.h--;
	}
	if (in.h < 1)
		return;
	outline_init(&o, d, in.h);
	d->s->scroll = list_scroll(d->s->scroll, o.at, (int)o.n, in.h);
	for (int i = 0; i < in.h && (size_t)(d->s->scroll + i) < o.n; i++) {
		size_t row = o.rows[d->s->scroll + i];
		struct rect at = line_at(in.y + i, in.x, in.w);
		if (d->b->tree.v[row].cause == NULL)
			draw_bone_row(d, &o, row, at);
		else
			draw_cause_row(d, &o, row, at);
	}
	if (d->b->n == 0)
		draw_wrapped(d->c,
		    (struct rect){ .y = in.y, .x = in.x + 1, .h = in.h, .w = in.w - 2 },
		    word(WORD_NO_BONES), ROLE_DIM);
	draw_ends(d, &o, in);
	outline_fini(&o);
}
