#include "views/fishbone_layout.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum {
	RIB_LESS = 5,	/* of a slot: marker, a blank, two of the leader, the bone */
	WRAP_LESS = 4,	/* the same on a row without a leader */
	GAP_MOST = 3,	/* empty rows between ribs */
	BONE_LEAST = 3, /* rows of a bone, however little hangs on it */
	BONE_SHARE = 5, /* ... and this part of all rows, up to BONE_TALL, where they are free */
	BONE_TALL = 8,
	WHY_LEAST = 6,	/* columns of a why, however deep */
	SLOT_FLOOR = 12
};

struct rib {
	size_t row, end; /* in the tree, with its whys */
	int need, rows;	 /* of text: for all of it; allotted */
	int whys, why_lines; /* shown; rows allotted to them */
	int why_need;	     /* rows of all its whys */
};

struct plan {
	const struct bones *b;
	const struct pane_state *s;
	const struct fish_ask *ask;
	struct fish *f;
	struct rib *ribs;	      /* of the bones shown, one after the other */
	size_t *first_rib;	      /* by bone, and one more */
	bool *why_barred; /* by row of the tree: somebody folded it away */
	int *why_rows;	  /* the same: rows allotted; 0: it is not shown */
	size_t n_above;
	int n_slots, rows; /* rows: of both sides' bones together */
	int side_cap;	   /* rows of a side at which its slots are as narrow as they may be */
};

static const struct cause *
rib_cause(const struct plan *p, const struct rib *r)
{
	return p->b->tree.v[r->row].cause;
}

static int
mark_cols(const struct cause *c)
{
	int cols = 2;

	if (c->votes <= 0)
		return 0;
	for (int64_t n = c->votes; n > 0; n /= 10)
		cols++;
	return cols;
}

/* The columns of a slot, and what a row without a leader has less. */
struct row_of {
	int slot, less;
};

/* Bytes of a rib's next row of text; *next is where the following begins, `len` when this is the
 * last, which has to leave room for the mark and the leader. */
static size_t
rib_row(const char *s, size_t len, int mark, struct row_of r, size_t *next)
{
	int last = r.slot - RIB_LESS - mark, limit = r.slot - r.less, used;
	size_t n;

	*next = len;
	if (last < 1 || text_fit(s, len, last, NULL) == len)
		return len;
	if (text_fit(s, len, limit, &used) == len)
		limit = used - 1;
	n = limit > 0 ? text_wrap(s, len, limit, next) : 0;
	if (n == 0 || *next == 0 || limit <= 0)
		n = *next = text_grapheme(s, len);
	return n;
}

/* Rows of all of a rib's text, as far as there can be any use for them. */
static int
rib_need(const struct cause *c, struct row_of r, int most)
{
	size_t len = strlen(c->text ? c->text : ""), at = 0, next;
	int rows = 0, mark = mark_cols(c);

	do {
		rib_row(c->text ? c->text + at : "", len - at, mark, r, &next);
		at += next;
		rows++;
	} while (at < len && rows < most);
	return rows;
}

/* The bones that are drawn: a page of them, the one with the selected item in it. */
static void
pick_bones(struct plan *p, size_t slots)
{
	const struct bones *b = p->b;
	size_t most = slots * 2, n = b->n < most ? b->n : most, at = bone_of_row(b, b->at);
	size_t first = at < b->n ? at / n * n : 0;
	struct fish *f = p->f;

	if (first + n > b->n)
		first = b->n - n;
	p->n_slots = (int)((n + 1) / 2);
	p->n_above = (size_t)p->n_slots;
	f->n_bones = n;
	f->bones_left_out = b->n - n;
	f->causes_left_out = b->n_top + b->n_whys;
	for (size_t i = 0; i < n; i++) {
		f->bones[i] = (struct fish_bone){
			.bone = &b->v[first + i], .index = first + i, .above = i < p->n_above
		};
		f->causes_left_out -= b->v[first + i].n_all;
	}
}

/* Ribs, with the rows of the tree that are theirs. */
static void
list_ribs(struct plan *p)
{
	const struct cause_tree *t = &p->b->tree;
	size_t n = 0;

	for (size_t i = 0; i < p->f->n_bones; i++) {
		const struct bone *bone = p->f->bones[i].bone;
		p->first_rib[i] = n;
		for (size_t row = bone_causes(bone); row < bone->end; row++) {
			if (t->v[row].depth == 0)
				p->ribs[n++] = (struct rib){ .row = row };
			p->ribs[n - 1].end = row + 1;
		}
	}
	p->first_rib[p->f->n_bones] = n;
}

static size_t
n_ribs(const struct plan *p, size_t bone)
{
	return p->first_rib[bone + 1] - p->first_rib[bone];
}

/* Whys that somebody folded away by hand. */
static void
bar_whys(struct plan *p)
{
	const struct cause_tree *t = &p->b->tree;
	int closed = -1;

	if (p->s->folded.n == 0)
		return;
	for (size_t i = 0; i < t->n; i++) {
		if (t->v[i].cause == NULL || t->v[i].depth == 0)
			closed = -1;
		p->why_barred[i] = closed >= 0 && t->v[i].depth > closed;
		if (!p->why_barred[i] && t->v[i].cause != NULL)
			closed = row_folded(p->b, p->s, i) ? t->v[i].depth : -1;
	}
}

/* With the leader before the text there is a column less for what is wrapped. */
static struct row_of
rows_of(const struct plan *p, int slot)
{
	return (struct row_of){ slot, WRAP_LESS + p->ask->mirrored };
}

/* How far in a why stands, and the columns of its text, up to one blank before the bone. */
static int
why_indent(int depth, int slot)
{
	int indent = 1 + 2 * depth, most = slot - WRAP_LESS - WHY_LEAST;

	return indent <= most ? indent : most > 3 ? most : 3;
}

static int
why_cols(const struct plan *p, int depth, int slot)
{
	return slot - WRAP_LESS - why_indent(depth, slot) + !p->ask->mirrored - p->ask->mirrored;
}

/* A why's next row of text; *next is where the following begins. */
static size_t
why_row(const struct plan *p, const struct cause_row *t, size_t at, int slot, size_t *next)
{
	const char *text = (t->cause->text ? t->cause->text : "") + at;
	size_t len = strlen(text), n;

	*next = len;
	if (text_fit(text, len, why_cols(p, t->depth, slot), NULL) == len)
		return len;
	n = text_wrap(text, len, why_cols(p, t->depth, slot), next);
	if (n == 0 || *next == 0)
		n = *next = text_grapheme(text, len);
	return n;
}

static int
why_need(const struct plan *p, const struct cause_row *t, int slot)
{
	size_t at = 0, len = strlen(t->cause->text ? t->cause->text : ""), next;
	int rows = 0;

	do {
		why_row(p, t, at, slot, &next);
		at += next;
		rows++;
	} while (p->ask->wrap_whys && at < len && rows < p->ask->area.h);
	return rows;
}

static void
measure_rib(struct plan *p, struct rib *r, struct row_of rows)
{
	r->need = rib_need(rib_cause(p, r), rows, p->ask->area.h);
	r->why_need = (int)(r->end - r->row) - 1;
	if (!p->ask->wrap_whys)
		return;
	r->why_need = 0;
	for (size_t row = r->row + 1; row < r->end; row++)
		r->why_need += why_need(p, &p->b->tree.v[row], rows.slot);
}

/* Where ribs alone take all rows nothing of them is wrapped: it does not matter how long they are.
 */
static void
measure_ribs(struct plan *p, int slot)
{
	for (size_t i = 0; i < p->f->n_bones; i++) {
		bool full = n_ribs(p, i) >= (size_t)p->rows;
		for (size_t k = p->first_rib[i]; k < p->first_rib[i + 1]; k++) {
			struct rib *r = &p->ribs[k];
			if (full)
				r->need = 1, r->why_need = (int)(r->end - r->row) - 1;
			else
				measure_rib(p, r, rows_of(p, slot));
		}
	}
}

/* Rows a side would like: its most demanding bone with all its text and whys and `gap` rows between
 * ribs. */
static int
side_want(const struct plan *p, bool above, int gap)
{
	int most = BONE_LEAST;

	for (size_t i = 0; i < p->f->n_bones; i++) {
		int rows = 0, n = (int)n_ribs(p, i);
		if (p->f->bones[i].above != above)
			continue;
		for (size_t r = p->first_rib[i]; r < p->first_rib[i + 1]; r++)
			rows += p->ribs[r].need + p->ribs[r].why_need;
		rows += gap * (n > 1 ? n - 1 : 0);
		if (rows > most)
			most = rows;
	}
	return most;
}

static int
side_ribs(const struct plan *p, bool above, int least)
{
	int most = least;

	for (size_t i = 0; i < p->f->n_bones; i++)
		if (p->f->bones[i].above == above && (int)n_ribs(p, i) > most)
			most = (int)n_ribs(p, i);
	return most;
}

static int
slot_for(const struct plan *p, int above, int below)
{
	int n = above > below ? above : below;

	return (p->ask->area.w - p->ask->left_cols - p->ask->head_cols - 2 - n) / p->n_slots;
}

/* Rows for both sides together, or 0 when there is no room. The spare rows go where ribs would be
 * hidden. */
static int
rows_for_bones(const struct plan *p)
{
	bool below = p->f->n_bones > p->n_above;
	int all = p->ask->area.h - 2 - below - 1, rows = all + 1 - p->ask->spare_rows;
	int want = side_ribs(p, true, BONE_LEAST) + (below ? side_ribs(p, false, BONE_LEAST) : 0);

	if (rows < want)
		rows = want < all ? want : all;
	if (rows > p->side_cap * (1 + below))
		rows = p->side_cap * (1 + below);
	return rows < 1 + below ? 0 : rows;
}

/* One long bone leaves the other side a third, if it has use for that. */
static int
fair_share(struct plan *p, int above, bool below)
{
	int third = p->rows / 3, want;

	if (!below)
		return above;
	measure_ribs(p, slot_for(p, p->rows / 2, p->rows / 2));
	want = side_want(p, false, 0);
	want = want < third ? want : third;
	if (p->rows - above < want)
		above = p->rows - want;
	want = side_want(p, true, 0);
	want = want < third ? want : third;
	return above < want ? want : above;
}

/* Shares the rows between the sides by their ribs; what one does not want the other gets. */
static void
share_rows(struct plan *p)
{
	struct fish *f = p->f;
	bool below = f->n_bones > p->n_above;
	int R = p->rows, least = R < 2 * BONE_LEAST ? 1 : BONE_LEAST;
	int ra = side_ribs(p, true, least), rb = below ? side_ribs(p, false, least) : 0;
	int share = (2 * R * ra + ra + rb) / (2 * (ra + rb));

	if (below && share >= R)
		share = R - 1;
	share = fair_share(p, share, below);
	if (share > p->side_cap)
		share = p->side_cap;
	f->rows_above = share < 1 ? 1 : share;
	f->rows_below = R - f->rows_above < p->side_cap ? R - f->rows_above : p->side_cap;
	f->slot = slot_for(p, f->rows_above, f->rows_below);
	/* Lower bones leave wider slots, and those need fewer rows. */
	for (int turn = 0; turn < 3 && f->slot >= SLOT_FLOOR; turn++) {
		int above, under;
		measure_ribs(p, f->slot);
		above = side_want(p, true, 1);
		under = below ? side_want(p, false, 1) : 0;
		if (above < f->rows_above)
			f->rows_above = above;
		if (under > R - f->rows_above)
			under = R - f->rows_above;
		if (under > f->rows_below && turn > 0)
			under = f->rows_below;
		f->rows_below = under;
		if (turn == 0 && f->rows_above == share && above > share)
			f->rows_above = above < R - under ? above : R - under;
		if (f->rows_above > p->side_cap)
			f->rows_above = p->side_cap;
		if (f->rows_below > p->side_cap)
			f->rows_below = p->side_cap;
		f->slot = slot_for(p, f->rows_above, f->rows_below);
	}
}

/* A fish with little on it is no flat one: its bones grow where that cuts no text. */
static void
share_height(struct plan *p)
{
	struct fish *f = p->f, was = *f;
	bool below = f->n_bones > p->n_above;
	int least = p->rows / BONE_SHARE < BONE_TALL ? p->rows / BONE_SHARE : BONE_TALL;

	if (least > p->side_cap)
		least = p->side_cap;
	if (f->rows_above >= least || f->rows_below >= least)
		return;
	f->rows_above = least;
	f->rows_below = below ? least : 0;
	f->slot = slot_for(p, f->rows_above, f->rows_below);
	measure_ribs(p, f->slot);
	if (f->rows_above + f->rows_below <= p->rows && side_want(p, true, 0) <= least &&
	    side_want(p, false, 0) <= least)
		return;
	f->rows_above = was.rows_above;
	f->rows_below = was.rows_below;
	f->slot = was.slot;
	measure_ribs(p, f->slot);
}

/* Air: the lower side grows toward the taller one. */
static void
share_air(struct plan *p)
{
	struct fish *f = p->f;
	bool lower_is_above = f->rows_above < f->rows_below;
	int *low = lower_is_above ? &f->rows_above : &f->rows_below;
	int tall = lower_is_above ? f->rows_below : f->rows_above;

	if (f->n_bones == p->n_above)
		return;
	for (int gap = 2; gap <= GAP_MOST; gap++) {
		int want = side_want(p, lower_is_above, gap);
		if (want > tall || want + tall > p->rows)
			break;
		if (want > *low)
			*low = want;
	}
}

/* Indexes of `n` ribs from `first` on, the most voted first, else in their order. */
static void
by_votes(const struct plan *p, size_t first, size_t n, size_t *order)
{
	for (size_t i = 0; i < n; i++) {
		int64_t votes = rib_cause(p, &p->ribs[first + i])->votes;
		size_t at = i;
		for (; at > 0 && rib_cause(p, &p->ribs[order[at - 1]])->votes < votes; at--)
			order[at] = order[at - 1];
		order[at] = first + i;
	}
}

static int
wrap_by_votes(struct plan *p, const size_t *order, size_t n, int spare)
{
	bool more = true;

	while (spare > 0 && more) {
		more = false;
		for (size_t i = 0; i < n && spare > 0; i++) {
			struct rib *r = &p->ribs[order[i]];
			if (r->rows >= r->need)
				continue;
			r->rows++;
			spare--;
			more = true;
		}
	}
	return spare;
}

/* Whys level by level, so that a why is never shown without the one above it. */
static int
whys_by_level(struct plan *p, const size_t *order, size_t n, int spare)
{
	bool more = true;

	for (int depth = 1; spare > 0 && more; depth++) {
		more = false;
		for (size_t i = 0; i < n; i++) {
			struct rib *r = &p->ribs[order[i]];
			for (size_t row = r->row + 1; row < r->end && spare > 0; row++) {
				if (p->b->tree.v[row].depth != depth || p->why_barred[row])
					continue;
				p->why_rows[row] = 1;
				r->whys++;
				r->why_lines++;
				spare--;
				more = true;
			}
		}
	}
	return spare;
}

/* What is over then: to their texts, in reading order. */
static void
wrap_whys(struct plan *p, size_t first, size_t n, int spare)
{
	for (size_t i = first; p->ask->wrap_whys && i < first + n; i++) {
		struct rib *r = &p->ribs[i];
		for (size_t row = r->row + 1; row < r->end && spare > 0; row++) {
			int more = p->why_rows[row] == 0
				       ? 0
				       : why_need(p, &p->b->tree.v[row], p->f->slot) - 1;
			more = more < spare ? more : spare;
			p->why_rows[row] += more;
			r->why_lines += more;
			spare -= more;
		}
	}
}

static struct fish_line *
add_line(struct fish *f)
{
	VEC_ROOM(f->lines, f->n_lines, f->cap_lines);
	f->lines[f->n_lines] = (struct fish_line){ 0 };
	return &f->lines[f->n_lines++];
}

/* A row of bone `fb` at `y`, with its text beginning `indent` columns in. */
static struct fish_line *
line_on(struct fish *f, const struct fish_bone *fb, int y, int indent)
{
	struct fish_line *l = add_line(f);
	int away = y < f->spine_y ? f->spine_y - y : y - f->spine_y;

	l->y = y;
	l->bone_x = fb->x - away;
	l->x = l->bone_x - f->slot + 2 + indent;
	l->cols = f->slot - WRAP_LESS - f->mirrored - indent;
	return l;
}

static void
place_whys(struct plan *p, const struct fish_bone *fb, const struct rib *r, int y)
{
	for (size_t row = r->row + 1; row < r->end; row++) {
		const struct cause_row *t = &p->b->tree.v[row];
		const char *text = t->cause->text ? t->cause->text : "";
		size_t at = 0, len = strlen(text), next;

		for (int i = 0; i < p->why_rows[row]; i++) {
			struct fish_line *l =
			    line_on(p->f, fb, y++, why_indent(t->depth, p->f->slot));
			l->cause = t->cause;
			l->text = text + at;
			l->len = next = len - at;
			if (i + 1 < p->why_rows[row])
				l->len = why_row(p, t, at, p->f->slot, &next);
			l->cols = why_cols(p, t->depth, p->f->slot);
			l->depth = t->depth;
			l->first = i == 0;
			l->selected = row == p->b->at;
			at += next;
		}
		p->f->cut += p->ask->wrap_whys && p->why_rows[row] > 0 &&
			     p->why_rows[row] < why_need(p, t, p->f->slot);
	}
}

static bool
selected_in(const struct plan *p, const struct rib *r)
{
	size_t at = p->b->at;

	return at == r->row || (at > r->row && at < r->end && p->why_rows[at] == 0);
}

static void
place_rib(struct plan *p, const struct fish_bone *fb, const struct rib *r, int y)
{
	const struct cause *c = rib_cause(p, r);
	const char *text = c->text ? c->text : "";
	size_t len = strlen(text), at = 0;

	for (int i = 0; i < r->rows; i++) {
		struct fish_line *l = line_on(p->f, fb, y++, 0);
		size_t n = len - at, next = n;

		if (i + 1 < r->rows)
			n = rib_row(
			    text + at, len - at, mark_cols(c), rows_of(p, p->f->slot), &next);
		l->cause = c;
		l->text = text + at;
		l->len = n;
		l->first = i == 0;
		l->selected = selected_in(p, r);
		at += next;
		l->leader = p->ask->mirrored ? i == 0 : i + 1 == r->rows;
		l->folded = l->leader && r->whys < (int)(r->end - r->row) - 1;
		if (i + 1 < r->rows)
			continue;
		l->mark_cols = mark_cols(c);
		l->cols = p->f->slot - RIB_LESS - l->mark_cols;
	}
	p->f->cut += r->rows < r->need;
	p->f->whys_folded += r->end - r->row - 1 - (size_t)r->whys;
	place_whys(p, fb, r, y);
}

/* The rows of `n` ribs from `first` on, packed toward the spine with even gaps; those of a bone with
 * few of them in its middle. */
static void
place_ribs(struct plan *p, struct fish_bone *fb, size_t first, size_t n, size_t more)
{
	int rows = fb->above ? p->f->rows_above : p->f->rows_below, used = more > 0, gap = 0, air, y;

	for (size_t i = first; i < first + n; i++)
		used += p->ribs[i].rows + p->ribs[i].why_lines;
	if (n > 1)
		gap = (rows - used) / (int)(n - 1);
	if (gap > GAP_MOST)
		gap = GAP_MOST;
	if (n > 1)
		used += gap * (int)(n - 1);
	air = n > 0 && more == 0 && (n == 1 || gap == GAP_MOST) ? (rows - used) / 2 : 0;
	y = fb->above ? p->f->spine_y - used - air : p->f->spine_y + 1 + air;
	for (size_t i = first; i < first + n; i++) {
		place_rib(p, fb, &p->ribs[i], y);
		y += p->ribs[i].rows + p->ribs[i].why_lines + gap;
	}
	if (more > 0) {
		struct fish_line *l = line_on(p->f, fb, y, 0);
		l->more = more;
		l->cols = p->f->slot - RIB_LESS;
		l->leader = true;
		/* In one row there is room for the count alone: it stands for the selected. */
		l->first = true;
		l->selected = n == 0 && p->b->at >= bone_causes(fb->bone) &&
			      p->b->at < fb->bone->end;
	}
}

/* More ribs than rows: those around the selected one, and the last row for the count of the others.
 */
static size_t
first_shown(const struct plan *p, size_t bone, size_t shown)
{
	size_t top = p->b->at < p->b->tree.n ? row_top(p->b, p->b->at) : p->b->tree.n;

	for (size_t i = p->first_rib[bone]; i < p->first_rib[bone + 1]; i++)
		if (p->ribs[i].row == top && i - p->first_rib[bone] >= shown)
			return i + 1 - (shown > 0 ? shown : 1);
	return p->first_rib[bone];
}

static void
place_bone(struct plan *p, size_t i)
{
	struct fish_bone *fb = &p->f->bones[i];
	int rows = fb->above ? p->f->rows_above : p->f->rows_below, spare;
	size_t n = n_ribs(p, i), shown = n <= (size_t)rows ? n : (size_t)rows - 1, first;
	size_t *order = mem_zero(shown + 1, sizeof *order);

	first = first_shown(p, i, shown);
	for (size_t r = first; r < first + shown; r++)
		p->ribs[r].rows = 1;
	fb->shown = shown;
	by_votes(p, first, shown, order);
	spare = rows - (int)shown - (shown < n);
	spare = wrap_by_votes(p, order, shown, spare);
	wrap_whys(p, first, shown, whys_by_level(p, order, shown, spare));
	free(order);
	place_ribs(p, fb, first, shown, n - shown);
}

/* The same the other way round: texts begin right of their own bone, after the leader. */
static void
mirror(struct fish *f)
{
	int last = 2 * f->area.x + f->area.w - 1;

	f->head_x = last - f->head_x;
	f->spine_x = last - f->spine_x;
	for (size_t i = 0; i < f->n_bones; i++)
		f->bones[i].x = last - f->bones[i].x;
	for (size_t i = 0; i < f->n_lines; i++) {
		struct fish_line *l = &f->lines[i];
		int indent = l->x - (l->bone_x - f->slot + 2);
		l->bone_x = last - l->bone_x;
		l->x = l->bone_x + 4 + indent;
	}
}

static void
place_all(struct plan *p)
{
	struct fish *f = p->f;
	const struct rect *a = &p->ask->area;
	bool below = f->n_bones > p->n_above;
	int used = f->rows_above + f->rows_below + 2 + below, spare = a->h - used;
	size_t n_below = f->n_bones - p->n_above;

	f->spine_y = a->y + (p->ask->centered && spare > 1 ? spare / 2 : 0) + 1 + f->rows_above;
	f->head_x = a->x + a->w - p->ask->head_cols;
	for (size_t i = 0; i < f->n_bones; i++) {
		size_t from_right = f->bones[i].above ? i : n_below - 1 - (i - p->n_above);
		f->bones[i].x = f->head_x - 3 - (int)from_right * f->slot;
	}
	f->spine_x = f->head_x - 3 - p->n_slots * f->slot - 2;
	if (f->spine_x < a->x)
		f->spine_x = a->x;
	for (size_t i = 0; i < f->n_bones; i++)
		place_bone(p, i);
	if (f->mirrored)
		mirror(f);
}

/* As many slots as leave each at least ask->slot_least columns; false when not even one does. */
static bool
fit_slots(struct plan *p)
{
	int least = p->ask->slot_least > SLOT_FLOOR ? p->ask->slot_least : SLOT_FLOOR;

	for (size_t slots = (p->b->n + 1) / 2; slots > 0; slots--) {
		if ((int)slots > p->ask->area.w / least && slots > 1)
			continue;
		pick_bones(p, slots);
		list_ribs(p);
		p->side_cap =
		    p->ask->area.w - p->ask->left_cols - p->ask->head_cols - 2 - p->n_slots * least;
		p->rows = rows_for_bones(p);
		if (p->rows == 0 || (p->side_cap < BONE_LEAST && slots > 1))
			continue;
		share_rows(p);
		if (p->f->slot >= least)
			return true;
	}
	return false;
}

bool
fish_layout(
    const struct bones *b, const struct pane_state *s, const struct fish_ask *ask, struct fish *out)
{
	struct plan p = { .b = b, .s = s, .ask = ask, .f = out };
	bool fits;

	*out = (struct fish){ .area = ask->area, .mirrored = ask->mirrored };
	if (b->n == 0)
		return false;
	out->bones = mem_zero(b->n, sizeof *out->bones);
	p.ribs = mem_zero(b->n_top + b->n_whys + 1, sizeof *p.ribs);
	p.first_rib = mem_zero(b->n + 1, sizeof *p.first_rib);
	p.why_rows = mem_zero(b->tree.n + 1, sizeof *p.why_rows);
	p.why_barred = mem_zero(b->tree.n + 1, sizeof *p.why_barred);
	bar_whys(&p);
	fits = fit_slots(&p);
	if (fits) {
		measure_ribs(&p, out->slot);
		share_height(&p);
		share_air(&p);
		place_all(&p);
	} else {
		fish_fini(out);
	}
	free(p.ribs);
	free(p.first_rib);
	free(p.why_rows);
	free(p.why_barred);
	return fits;
}

void
fish_fini(struct fish *f)
{
	free(f->bones);
	free(f->lines);
	*f = (struct fish){ 0 };
}

size_t
fish_beside(const struct fish *f, size_t i, int step)
{
	size_t best = i;

	assert(i < f->n_bones);
	for (size_t j = 0; j < f->n_bones; j++) {
		bool same = f->bones[j].above == f->bones[i].above;
		int dx = f->bones[j].x - f->bones[i].x;

		if (step == 0 ? !same && dx == 0 : same && dx == step * f->slot)
			best = j;
	}
	return best;
}
