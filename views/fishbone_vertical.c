#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/draw.h"
#include "views/fishbone.h"
#include "views/fishbone_sides.h"
#include "views/words.h"

enum { WIDTH_LEAST = 40, HEIGHT_LEAST = 6, LEFT_EDGE = 6, RIGHT_TEXT = 5, RIGHT_EDGE = 3 };

/* Bones stand in pairs left and right of a spine that runs up to the effect; a pair is a block of
 * rows. */
struct vertical {
	const struct fish_draw *d;
	struct rect in;
	int spine; /* its column */
	struct sides sides;
	int at, at_rows; /* the selected item's row in all blocks, and how many it takes */
};

bool
fish_vertical_fits(struct rect area)
{
	return area.w >= WIDTH_LEAST && area.h >= HEIGHT_LEAST;
}

static void
vertical_init(struct vertical *v, const struct fish_draw *d)
{
	struct rect in = fish_inside(d->area, true);
	int spine = d->area.x + d->area.w / 2;
	const int cols[2] = { spine - LEFT_EDGE - (in.x + 2),
		in.x + in.w - RIGHT_EDGE - (spine + RIGHT_TEXT) };

	*v = (struct vertical){ .d = d, .in = in, .spine = spine };
	sides_init(&v->sides, d->b, d->s, cols, in.h);
	v->at = sides_selected(&v->sides, &v->at_rows);
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

/* A row of a cause's text in `at`, with its votes on the last; returns the columns used. */
static int
draw_cause(const struct vertical *v, const struct side_row *r, struct rect at)
{
	const struct cause *c = v->d->b->tree.v[r->row].cause;
	struct buf votes = { 0 };
	struct slice sl;
	int w;

	if (r->last)
		fish_votes(&votes, c->votes);
	w = text_width(votes.data ? votes.data : "", votes.len);
	sl = slice_fit(r->text, r->len, at.w - w);
	draw_slice(v->d->c, at.y, at.x, &sl,
	    r->row == v->d->b->at ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN);
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
		if (!v->sides.shown[i])
			return true;
	return false;
}

/* Do more ribs follow on this side? Then the side's line goes on. */
static bool
ribs_follow(const struct vertical *v, const struct side *s, int k)
{
	for (k++; k < s->n; k++)
		if (v->d->b->tree.v[s->rows[k].row].depth == 0)
			return true;
	return false;
}

/* A row of a why, `x0` to `end`, with its mark and that of whys folded below it. */
static void
draw_why(const struct vertical *v, const struct side_row *r, struct rect at)
{
	int indent = sides_indent(v->d->b->tree.v[r->row].depth, at.w);

	if (r->first)
		canvas_put(v->d->c, at.y, at.x + indent - 2,
		    r->row == v->d->b->at ? 0x25ba : 0x2570, ROLE_LINE);
	draw_cause(v, r, line_at(at.y, at.x + indent, at.w - indent));
	if (r->last && has_folded(v, r->row))
		canvas_put(v->d->c, at.y, at.x + at.w, 0x25b8, ROLE_LINE);
}

/* The leader runs from the last row of a text on the left, to the first on the right. */
static void
draw_left(const struct vertical *v, const struct side *s, int k, int y)
{
	const struct side_row *r = &s->rows[k];
	bool rib = v->d->b->tree.v[r->row].depth == 0;
	int x0 = v->in.x + 2, end = v->spine - LEFT_EDGE, used;

	if (!rib)
		draw_why(v, r, line_at(y, x0, end - x0));
	if ((!rib && ribs_follow(v, s, k)) || (rib && !r->last))
		canvas_put(v->d->c, y, v->spine - 1, 0x2502, ROLE_LINE);
	if (!rib)
		return;
	used = draw_cause(v, r, line_at(y, x0, end - x0));
	if (r->row == v->d->b->at && r->first)
		canvas_put(v->d->c, y, x0 - 1, 0x25ba, ROLE_SELECTED);
	if (!r->last)
		return;
	canvas_hline(v->d->c, y, x0 + used + 1, v->spine - 1 - (x0 + used + 1),
	    has_folded(v, r->row) ? 0x2550 : 0x2500, ROLE_LINE);
	canvas_put(v->d->c, y, v->spine - 1, 0x2524, ROLE_LINE);
}

static void
draw_right_side(const struct vertical *v, const struct side *s, int k, int y)
{
	const struct side_row *r = &s->rows[k];
	bool rib = v->d->b->tree.v[r->row].depth == 0, begins = rib && r->first;
	int x0 = v->spine + RIGHT_TEXT, end = v->in.x + v->in.w - RIGHT_EDGE;

	if (rib)
		draw_cause(v, r, line_at(y, x0, end - x0));
	else
		draw_why(v, r, line_at(y, x0, end - x0));
	if (!begins && ribs_follow(v, s, k))
		canvas_put(v->d->c, y, v->spine + 1, 0x2502, ROLE_LINE);
	if (!begins)
		return;
	canvas_put(v->d->c, y, v->spine + 1, 0x251c, ROLE_LINE);
	canvas_hline(v->d->c, y, v->spine + 2, 2, has_folded(v, r->row) ? 0x2550 : 0x2500, ROLE_LINE);
	if (r->row == v->d->b->at)
		canvas_put(v->d->c, y, x0 - 1, 0x25ba, ROLE_SELECTED);
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
			    line_at(y, v->spine + 2, x + v->in.w - 1 - v->spine - 2), v->spine + RIGHT_TEXT);
			canvas_put(v->d->c, y, v->spine + 1, 0x256d, ROLE_LINE);
		}
		return;
	}
	if (k < v->sides.v[left].n)
		draw_left(v, &v->sides.v[left], k, y);
	if (two && k < v->sides.v[left + 1].n)
		draw_right_side(v, &v->sides.v[left + 1], k, y);
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
		const struct side *side = &v->sides.v[i];
		for (int k = 0; k < side->n; k++) {
			u->above += side->rows[k].first && top + 1 + k < from;
			u->below += side->rows[k].first && top + 1 + k >= to;
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
		int h = sides_block(&v->sides, left);
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
		fish_counts(&left, v->d->b, bones_folded_whys(v->d->b, v->sides.shown));
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
	d->s->scroll = list_scroll(d->s->scroll, v.at + v.at_rows - 1, v.sides.height, v.in.h);
	d->s->scroll = list_scroll(d->s->scroll, v.at, v.sides.height, v.in.h);
	if (d->b->n == 0)
		draw_wrapped(d->c, v.in, word(WORD_NO_BONES), ROLE_DIM);
	draw_blocks(&v, &u);
	draw_rules(&v, &u);
	buf_fini(&u.names);
	sides_fini(&v.sides);
}
