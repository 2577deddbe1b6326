#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/draw.h"
#include "views/fishbone.h"
#include "views/words.h"

enum { NARROW_COLS = 40 };

/* A row: an item of the tree, or what of its text goes on. */
struct line {
	size_t row; /* of the tree */
	const char *text;
	size_t len;
	bool first;
};
struct outline {
	struct line *lines;
	size_t n;
	size_t *rows, n_rows; /* of the tree that are shown, in order */
	int *granted;	      /* how many lines each of these may take */
	bool *shown;
	int at, at_lines; /* the lines of the selected one */
};

/* Where a cause's text stands, of `w` columns: from `x` on; `reach` columns where no mark stands at
 * the end. */
struct place {
	int x, cols, end;
};

static struct place
place_of(const struct fish_draw *d, const struct outline *o, size_t row, int w)
{
	const struct cause_row *r = &d->b->tree.v[row];
	bool narrow = w < NARROW_COLS;
	bool folded = r->depth > 0 && r->n_whys > 0 && !o->shown[row + 1];
	struct place p = { .x = narrow ? 2 : 5, .end = w - (narrow ? 1 : 4) };
	int n_digits = 1;

	for (int64_t n = r->depth > 0 ? r->depth : r->cause->votes; n >= 10; n /= 10)
		n_digits++;
	if (r->depth > 0)
		p.x = (narrow ? 3 : 11) + n_digits;
	else if (!narrow)
		p.x += (n_digits < 2 ? 2 : n_digits) + 1;
	p.cols = p.end - p.x + (row == d->b->at || narrow || folded ? 0 : 2);
	return p;
}

static void
list_rows(struct outline *o, const struct fish_draw *d, int height)
{
	size_t n = d->b->tree.n;

	o->rows = mem_zero(n + 1, sizeof *o->rows);
	o->granted = mem_zero(n + 1, sizeof *o->granted);
	o->shown = mem_zero(n + 1, sizeof *o->shown);
	if (bones_show(d->b, d->s, true, o->shown) > (size_t)height)
		bones_show(d->b, d->s, false, o->shown);
	for (size_t i = 0; i < n; i++)
		if (o->shown[i])
			o->granted[o->n_rows] = 1, o->rows[o->n_rows++] = i;
}

/* Up to `more` lines for a text that is cut; returns how many it took. */
static int
lengthen(struct outline *o, const struct fish_draw *d, size_t i, int more)
{
	const struct cause_row *r = &d->b->tree.v[o->rows[i]];
	int need;

	if (r->cause == NULL || o->granted[i] > 1 || more <= 0)
		return 0;
	need = wrapped_rows(r->cause->text, place_of(d, o, o->rows[i], d->area.w).cols, more + 1);
	o->granted[i] = need > 1 ? need : 1;
	return o->granted[i] - 1;
}

/* Rows that are free go to texts that are cut: the most voted first, then whys in their order.
 * Where no strip has the selected one whole, it is so here. */
static void
share_rows(struct outline *o, const struct fish_draw *d, int height)
{
	bool strip = d->s->frame_rows == 0 || d->s->frame_rows >= FRAME_MEDIUM_ROWS;
	int free_rows = height - (int)o->n_rows;

	for (size_t i = 0; i < o->n_rows && !strip; i++)
		if (o->rows[i] == d->b->at)
			free_rows -= lengthen(o, d, i, height - 2);
	while (free_rows > 0) {
		size_t best = o->n_rows;
		int took = 0;
		for (size_t i = 0; i < o->n_rows; i++) {
			const struct cause_row *r = &d->b->tree.v[o->rows[i]];
			if (r->cause == NULL || r->depth > 0 || o->granted[i] != 1)
				continue;
			if (best == o->n_rows ||
			    r->cause->votes > d->b->tree.v[o->rows[best]].cause->votes)
				best = i;
		}
		if (best == o->n_rows)
			break;
		took = lengthen(o, d, best, free_rows);
		o->granted[best] = took > 0 ? o->granted[best] : -1; /* it is whole */
		free_rows -= took;
	}
	for (size_t i = 0; i < o->n_rows; i++) {
		if (d->b->tree.v[o->rows[i]].depth > 0)
			free_rows -= lengthen(o, d, i, free_rows);
		o->granted[i] = o->granted[i] < 0 ? 1 : o->granted[i];
	}
}

static void
put_lines(struct outline *o, const struct fish_draw *d, size_t i)
{
	const struct cause_row *r = &d->b->tree.v[o->rows[i]];
	const char *text = r->cause != NULL && r->cause->text != NULL ? r->cause->text : "";
	size_t len = strlen(text), at = 0;

	for (int k = 0; k < o->granted[i]; k++) {
		size_t n = len - at, next = n;
		if (k + 1 < o->granted[i])
			n = text_wrap(text + at, len - at,
			    place_of(d, o, o->rows[i], d->area.w).cols, &next);
		o->lines[o->n++] = (struct line){ o->rows[i], text + at, n, k == 0 };
		at += next;
	}
}

static void
outline_init(struct outline *o, const struct fish_draw *d, int height)
{
	size_t n = 0;

	*o = (struct outline){ 0 };
	list_rows(o, d, height > 0 ? height : 0);
	share_rows(o, d, height);
	for (size_t i = 0; i < o->n_rows; i++)
		n += (size_t)o->granted[i];
	o->lines = mem_zero(n + 1, sizeof *o->lines);
	for (size_t i = 0; i < o->n_rows; i++) {
		if (o->rows[i] <= d->b->at)
			o->at = (int)o->n, o->at_lines = o->granted[i];
		put_lines(o, d, i);
	}
}

static void
outline_fini(struct outline *o)
{
	free(o->lines);
	free(o->rows);
	free(o->granted);
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

/* What stands before the text. */
static void
draw_before(const struct fish_draw *d, const struct outline *o, size_t row, struct rect at)
{
	const struct cause_row *r = &d->b->tree.v[row];
	bool narrow = at.w < NARROW_COLS;
	int x = at.x + (narrow ? 1 : 3);

	if (r->depth > 0) {
		canvas_textf(d->c, at.y, at.x + (narrow ? 2 : 8), 8, ROLE_LINE,
		    narrow ? "%d←" : "%d ← ", r->depth);
		return;
	}
	canvas_text(d->c, at.y, x, 1, fold_mark(d, o, row), ROLE_LINE);
	if (!narrow)
		canvas_textf(d->c, at.y, x + 2, 20, ROLE_COUNT, "%-2lld ", (long long)r->cause->votes);
}

static void
draw_cause_row(
    const struct fish_draw *d, const struct outline *o, const struct line *l, struct rect at)
{
	const struct cause_row *r = &d->b->tree.v[l->row];
	struct place p = place_of(d, o, l->row, at.w);
	bool selected = l->row == d->b->at;
	struct slice sl = slice_fit(l->text, l->len, p.cols);

	if (l->first)
		draw_before(d, o, l->row, at);
	draw_slice(d->c, at.y, at.x + p.x, &sl,
	    selected ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN);
	if (l->first && r->depth > 0 && r->n_whys > 0 && !o->shown[l->row + 1])
		canvas_put(d->c, at.y, at.x + p.end, 0x25b8, ROLE_LINE);
	if (selected && l->first)
		canvas_put(d->c, at.y, at.x + p.end, 0x25c2, ROLE_SELECTED);
}

/* Causes in rows from..to of the outline, those in closed categories included. */
static size_t
causes_in(const struct fish_draw *d, const struct outline *o, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = from; i < to && i < o->n; i++) {
		size_t row = o->lines[i].row;
		const struct cause_row *r = &d->b->tree.v[row];
		if (r->cause != NULL)
			n += o->lines[i].first;
		else if (r->n_whys > 0 && !o->shown[row + 1])
			n += d->b->v[bone_of_row(d->b, row)].n_top;
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
	d->s->scroll = list_scroll(d->s->scroll, o.at + o.at_lines - 1, (int)o.n, in.h);
	d->s->scroll = list_scroll(d->s->scroll, o.at, (int)o.n, in.h);
	for (int i = 0; i < in.h && (size_t)(d->s->scroll + i) < o.n; i++) {
		const struct line *l = &o.lines[d->s->scroll + i];
		struct rect at = line_at(in.y + i, in.x, in.w);
		if (d->b->tree.v[l->row].cause == NULL)
			draw_bone_row(d, &o, l->row, at);
		else
			draw_cause_row(d, &o, l, at);
	}
	if (d->b->n == 0)
		draw_wrapped(d->c,
		    (struct rect){ .y = in.y, .x = in.x + 1, .h = in.h, .w = in.w - 2 },
		    word(WORD_NO_BONES), ROLE_DIM);
	draw_ends(d, &o, in);
	outline_fini(&o);
}
