#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/draw.h"
#include "views/fishbone.h"
#include "views/words.h"

enum { WIDTH_LEAST = 40, HEIGHT_LEAST = 6, LEFT_EDGE = 6, RIGHT_EDGE = 3 };

/* Bones stand in pairs left and right of a spine that runs up to the effect; a pair is a block of
 * rows. */
struct side {
	size_t *rows; /* of the tree, of the causes shown */
	int n;
};
struct vertical {
	const struct fish_draw *d;
	struct rect in;
	int spine; /* its column */
	bool *shown;
	size_t *rows;
	struct side *sides; /* by bone */
	int height;	    /* of all blocks, with an empty row between them */
	int at;		    /* row of the selected item in them */
};

bool
fish_vertical_fits(struct rect area)
{
	return area.w >= WIDTH_LEAST && area.h >= HEIGHT_LEAST;
}

static int
block_height(const struct vertical *v, size_t left)
{
	int l = v->sides[left].n, r = left + 1 < v->d->b->n ? v->sides[left + 1].n : 0;

	return 1 + (l > r ? l : r);
}

/* Lists what is shown of every bone; returns the rows all blocks take. */
static int
list_sides(struct vertical *v, bool all)
{
	const struct bones *b = v->d->b;
	size_t n = 0;
	int height = 0;

	bones_show(b, v->d->s, all, v->shown);
	for (size_t i = 0; i < b->n; i++) {
		v->sides[i] = (struct side){ .rows = v->rows + n };
		for (size_t row = bone_causes(&b->v[i]); row < b->v[i].end; row++) {
			/* Top causes always: what is folded here are whys. */
			v->shown[row] = v->shown[row] || b->tree.v[row].depth == 0;
			if (v->shown[row])
				v->sides[i].rows[v->sides[i].n++] = row;
		}
		n += (size_t)v->sides[i].n;
	}
	for (size_t i = 0; i < b->n; i += 2)
		height += block_height(v, i) + (i > 0);
	return height;
}

static int
find_selected(const struct vertical *v)
{
	const struct bones *b = v->d->b;
	int top = 0;

	for (size_t i = 0; i < b->n; i++) {
		const struct bone *bone = &b->v[i];
		if (b->at >= bone->row && b->at < bone->end) {
			for (int k = v->sides[i].n; k-- > 0;)
				if (v->sides[i].rows[k] <= b->at)
					return top + 1 + k;
			return top;
		}
		if (i % 2 == 1)
			top += block_height(v, i - 1) + 1;
	}
	return 0;
}

static void
vertical_init(struct vertical *v, const struct fish_draw *d)
{
	size_t n = d->b->tree.n;

	*v = (struct vertical){
		.d = d, .in = fish_inside(d->area, true), .spine = d->area.x + d->area.w / 2
	};
	v->shown = mem_zero(n + 1, sizeof *v->shown);
	v->rows = mem_zero(n + 1, sizeof *v->rows);
	v->sides = mem_zero(d->b->n + 1, sizeof *v->sides);
	v->height = list_sides(v, true);
	if (v->height > v->in.h)
		v->height = list_sides(v, false);
	v->at = find_selected(v);
}

static void
vertical_fini(struct vertical *v)
{
	free(v->shown);
	free(v->rows);
	free(v->sides);
}

/* "━━ CHANGE ━━━━━━ 6 causes, 14 votes ━" from x to end (exclusive), with the name at `name_x`. */
static void
draw_header(const struct vertical *v, const struct bone *bone, struct rect at, int name_x)
{
	bool selected = v->d->b->at == bone->row && bone->category != NULL;
	int end = at.x + at.w - 2,
	    style = selected ? ROLE_SELECTED | STYLE_REVERSE : bone_role(bone) | STYLE_BOLD;
	struct buf name = { 0 }, count = { 0 };
	struct slice sl;
	int w;

	upper_case(&name, bone_name(bone));
	word_count(&count, (int64_t)bone->n_top, WORD_CAUSE_1);
	if (v->d->b->votes > 0 && at.w >= 36) {
		buf_adds(&count, ", ");
		word_count(&count, bone->votes, WORD_VOTE_1);
	}
	w = text_width(count.data, count.len);
	canvas_hline(v->d->c, at.y, at.x, at.w, 0x2501, ROLE_LINE);
	sl = slice_fit(name.data ? name.data : "", name.len, end - w - 3 - name_x);
	canvas_fill(v->d->c, line_at(at.y, name_x - 1, sl.cols + 2), ' ', ROLE_PLAIN);
	if (selected)
		canvas_put(v->d->c, at.y, name_x - 1, 0x25ba, ROLE_SELECTED);
	draw_slice(v->d->c, at.y, name_x, &sl, style);
	canvas_fill(v->d->c, line_at(at.y, end - w - 1, w + 2), ' ', ROLE_PLAIN);
	draw_right(v->d->c, line_at(at.y, end - w, w), count.data, ROLE_COUNT);
	buf_fini(&name);
	buf_fini(&count);
}

/* Text and votes of a cause in `at`; returns the columns used. */
static int
draw_cause(const struct vertical *v, size_t row, struct rect at)
{
	const struct cause *c = v->d->b->tree.v[row].cause;
	struct buf votes = { 0 };
	struct slice sl;
	int w;

	fish_votes(&votes, c->votes);
	w = text_width(votes.data ? votes.data : "", votes.len);
	sl = slice_fit(c->text ? c->text : "", strlen(c->text ? c->text : ""), at.w - w);
	draw_slice(v->d->c, at.y, at.x, &sl,
	    row == v->d->b->at ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN);
	if (w > 0)
		canvas_text(v->d->c, at.y, at.x + sl.cols, w, votes.data, ROLE_COUNT);
	buf_fini(&votes);
	return sl.cols + w;
}

static bool
has_folded(const struct vertical *v, size_t row)
{
	const struct cause_tree *t = &v->d->b->tree;

	for (size_t i = row + 1;
	     i < t->n && t->v[i].cause != NULL && t->v[i].depth > t->v[row].depth; i++)
		if (!v->shown[i])
			return true;
	return false;
}

/* Do more ribs follow on this side? Then the side's line goes on beside whys. */
static bool
ribs_follow(const struct vertical *v, const struct side *s, int k)
{
	for (k++; k < s->n; k++)
		if (v->d->b->tree.v[s->rows[k]].depth == 0)
			return true;
	return false;
}

static void
draw_left(const struct vertical *v, const struct side *s, int k, int y)
{
	size_t row = s->rows[k];
	int depth = v->d->b->tree.v[row].depth, x0 = v->in.x + 2, end = v->spine - LEFT_EDGE;
	int x = x0 + 2 + 2 * depth, used;

	if (depth == 0) {
		used = draw_cause(v, row, line_at(y, x0, end - x0));
		if (row == v->d->b->at)
			canvas_put(v->d->c, y, x0 - 1, 0x25ba, ROLE_SELECTED);
		canvas_hline(v->d->c, y, x0 + used + 1, v->spine - 1 - (x0 + used + 1),
		    has_folded(v, row) ? 0x2550 : 0x2500, ROLE_LINE);
		canvas_put(v->d->c, y, v->spine - 1, 0x2524, ROLE_LINE);
		return;
	}
	if (x > end - 8)
		x = end - 8;
	canvas_put(v->d->c, y, x - 2, row == v->d->b->at ? 0x25ba : 0x2570, ROLE_LINE);
	draw_cause(v, row, line_at(y, x, end - x));
	if (has_folded(v, row))
		canvas_put(v->d->c, y, end, 0x25b8, ROLE_LINE);
	if (ribs_follow(v, s, k))
		canvas_put(v->d->c, y, v->spine - 1, 0x2502, ROLE_LINE);
}

static void
draw_right_side(const struct vertical *v, const struct side *s, int k, int y)
{
	size_t row = s->rows[k];
	int depth = v->d->b->tree.v[row].depth, x0 = v->spine + 5,
	    end = v->in.x + v->in.w - RIGHT_EDGE;
	int x = x0 + 2 + 2 * depth;

	if (depth == 0) {
		canvas_put(v->d->c, y, v->spine + 1, 0x251c, ROLE_LINE);
		canvas_hline(
		    v->d->c, y, v->spine + 2, 2, has_folded(v, row) ? 0x2550 : 0x2500, ROLE_LINE);
		if (row == v->d->b->at)
			canvas_put(v->d->c, y, x0 - 1, 0x25ba, ROLE_SELECTED);
		draw_cause(v, row, line_at(y, x0, end - x0));
		return;
	}
	if (x > end - 8)
		x = end - 8;
	canvas_put(v->d->c, y, x - 2, row == v->d->b->at ? 0x25ba : 0x2570, ROLE_LINE);
	draw_cause(v, row, line_at(y, x, end - x));
	if (has_folded(v, row))
		canvas_put(v->d->c, y, end, 0x25b8, ROLE_LINE);
	if (ribs_follow(v, s, k))
		canvas_put(v->d->c, y, v->spine + 1, 0x2502, ROLE_LINE);
}

static void
draw_block_row(const struct vertical *v, size_t left, int k, int y)
{
	const struct bones *b = v->d->b;
	bool two = left + 1 < b->n;
	int x = v->in.x;

	canvas_put(v->d->c, y, v->spine, k < 0 ? 0x25c6 : 0x2503, ROLE_LINE);
	if (k < 0) {
		draw_header(v, &b->v[left], line_at(y, x + 1, v->spine - x - 2), x + 4);
		canvas_put(v->d->c, y, v->spine - 1, 0x256e, ROLE_LINE);
		if (two) {
			draw_header(v, &b->v[left + 1],
			    line_at(y, v->spine + 2, x + v->in.w - 1 - v->spine - 2), v->spine + 5);
			canvas_put(v->d->c, y, v->spine + 1, 0x256d, ROLE_LINE);
		}
		return;
	}
	if (k < v->sides[left].n)
		draw_left(v, &v->sides[left], k, y);
	if (two && k < v->sides[left + 1].n)
		draw_right_side(v, &v->sides[left + 1], k, y);
}

/* Rows of the blocks that are in sight; counts the causes that are not, and names the bones below.
 */
struct unseen {
	size_t above, below;
	struct buf names;
};

static void
count_unseen(const struct vertical *v, size_t left, int top, struct unseen *u)
{
	int from = v->d->s->scroll, to = from + v->in.h;

	for (size_t i = left; i < left + 2 && i < v->d->b->n; i++) {
		for (int k = 0; k < v->sides[i].n; k++) {
			u->above += top + 1 + k < from;
			u->below += top + 1 + k >= to;
		}
		if (top < to)
			continue;
		buf_adds(&u->names, u->names.len > 0 ? ", " : "");
		buf_adds(&u->names, bone_name(&v->d->b->v[i]));
	}
}

static void
draw_blocks(const struct vertical *v, struct unseen *u)
{
	int top = 0, from = v->d->s->scroll;

	for (size_t left = 0; left < v->d->b->n; left += 2) {
		int h = block_height(v, left);
		for (int k = -1; k < h; k++) {
			int y = v->in.y + top + 1 + k - from;
			if (y < v->in.y || y >= v->in.y + v->in.h ||
			    (k == h - 1 && left + 2 >= v->d->b->n))
				continue;
			if (k == h - 1)
				canvas_put(v->d->c, y, v->spine, 0x2503, ROLE_LINE);
			else
				draw_block_row(v, left, k, y);
		}
		count_unseen(v, left, top, u);
		top += h + 1;
	}
}

static void
draw_rules(const struct vertical *v, const struct unseen *u)
{
	struct rect top = line_at(v->d->area.y, v->d->area.x, v->d->area.w), bottom = top;
	struct buf up = { 0 }, down = { 0 }, left = { 0 };
	bool more = u->below > 0 || u->names.len > 0;

	if (!fish_has_rules(v->d->area))
		return;
	bottom.y += v->d->area.h - 1;
	if (u->above > 0)
		word_put(&up, WORD_MORE, digits((int64_t)u->above).s);
	if (more) {
		word_put(&down, WORD_MORE, digits((int64_t)u->below).s);
		if (u->names.len > 0)
			buf_addf(&down, ": %s", u->names.data);
	}
	if (v->d->note != NULL)
		buf_adds(&left, v->d->note);
	else
		fish_counts(&left, v->d->b, bones_folded_whys(v->d->b, v->shown));
	draw_rule(v->d->c, top, NULL, up.data);
	canvas_put(v->d->c, top.y, v->spine, 0x25b2, ROLE_LINE);
	draw_rule(v->d->c, line_at(bottom.y, bottom.x, v->spine - bottom.x), left.data, NULL);
	draw_rule(
	    v->d->c, line_at(bottom.y, v->spine, bottom.w - v->spine + bottom.x), NULL, down.data);
	canvas_put(v->d->c, bottom.y, v->spine, more ? 0x25bc : 0x2500, ROLE_LINE);
	buf_fini(&up);
	buf_fini(&down);
	buf_fini(&left);
}

void
fish_vertical(const struct fish_draw *d)
{
	struct vertical v;
	struct unseen u = { 0 };

	vertical_init(&v, d);
	d->s->scroll = list_scroll(d->s->scroll, v.at, v.height, v.in.h);
	if (d->b->n == 0)
		draw_wrapped(d->c, v.in, word(WORD_NO_BONES), ROLE_DIM);
	draw_blocks(&v, &u);
	draw_rules(&v, &u);
	buf_fini(&u.names);
	vertical_fini(&v);
}
