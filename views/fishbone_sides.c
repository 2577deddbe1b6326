#include "views/fishbone_sides.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/fishbone.h"

enum { WHY_LEAST = 8 /* columns of a why, however deep */ };

/* A top cause, to be served in the order of votes. */
struct wish {
	size_t row, bone;
	int64_t votes;
};

struct share {
	struct sides *v;
	const struct pane_state *s;
	const int *cols;
	bool *may;     /* by row: nobody folded it away */
	int *granted;  /* by row: rows of text; 0: not shown */
	struct wish *wishes;
	size_t n_wishes;
	int depth; /* of the deepest why */
	int height, most; /* of all blocks: now; at most */
};

int
sides_indent(int depth, int cols)
{
	int indent = depth > 0 ? 2 + 2 * depth : 0;

	return indent <= cols - WHY_LEAST ? indent : cols > WHY_LEAST ? cols - WHY_LEAST : 0;
}

int
sides_block(const struct sides *v, size_t left)
{
	int l = v->v[left].n, r = left + 1 < v->b->n ? v->v[left + 1].n : 0;

	return 1 + (l > r ? l : r);
}

static int
total(const struct sides *v)
{
	int height = 0;

	for (size_t i = 0; i < v->b->n; i += 2)
		height += sides_block(v, i) + (i > 0);
	return height;
}

/* Bytes of the next row of a text; *next: where the following begins. The last one leaves room for
 * the votes. */
static size_t
next_row(const char *text, size_t len, int cols, int mark, size_t *next)
{
	size_t n;

	*next = len;
	if (text_fit(text, len, cols - mark, NULL) == len)
		return len;
	n = text_wrap(text, len, cols, next);
	if (*next >= len) /* without the votes it would go on one row */
		n = text_wrap(text, len, cols - mark, next);
	if (n == 0 || *next == 0)
		n = *next = text_grapheme(text, len);
	return n;
}

struct row_text {
	const char *s;
	size_t len;
	int cols, mark;
};

static struct row_text
row_text(const struct share *p, size_t row, size_t bone)
{
	const struct cause_row *r = &p->v->b->tree.v[row];
	struct row_text t = { .s = r->cause->text ? r->cause->text : "",
		.cols = p->cols[bone % 2] };
	struct buf votes = { 0 };

	t.len = strlen(t.s);
	t.cols -= sides_indent(r->depth, t.cols);
	fish_votes(&votes, r->cause->votes);
	t.mark = text_width(votes.data ? votes.data : "", votes.len);
	if (t.mark > t.cols - 1)
		t.mark = t.cols - 1;
	buf_fini(&votes);
	return t;
}

static int
need(const struct row_text *t, int most)
{
	size_t at = 0, next;
	int rows = 0;

	do {
		next_row(t->s + at, t->len - at, t->cols, t->mark, &next);
		at += next;
		rows++;
	} while (at < t->len && rows < most);
	return rows;
}

/* Rows that may be added to a bone. */
static int
room(const struct share *p, size_t bone)
{
	int block = sides_block(p->v, bone / 2 * 2) - 1;

	return p->most - p->height + block - p->v->v[bone].n;
}

static void
grant(struct share *p, size_t row, size_t bone, int rows)
{
	int before = sides_block(p->v, bone / 2 * 2);

	p->granted[row] += rows;
	p->v->v[bone].n += rows;
	p->height += sides_block(p->v, bone / 2 * 2) - before;
}

/* More rows for a text that is cut. */
static void
lengthen(struct share *p, size_t row, size_t bone)
{
	int free_rows = room(p, bone), more;
	struct row_text t;

	if (free_rows <= 0 || p->granted[row] != 1)
		return;
	t = row_text(p, row, bone);
	more = need(&t, free_rows + 1) - 1;
	if (more > 0)
		grant(p, row, bone, more);
}

/* The whys of one level below a top cause: a row each, or (`text`) more for what is cut. */
static void
serve_level(struct share *p, const struct wish *w, int depth, bool text)
{
	const struct cause_tree *t = &p->v->b->tree;
	size_t end = w->row + t->v[w->row].n_below, parent = w->row;

	for (size_t i = w->row + 1; i <= end && room(p, w->bone) > 0; i++) {
		if (t->v[i].depth == depth - 1)
			parent = i;
		if (t->v[i].depth != depth)
			continue;
		if (text)
			lengthen(p, i, w->bone);
		else if (p->may[i] && p->granted[parent] > 0 && p->granted[i] == 0)
			grant(p, i, w->bone, 1);
	}
}

static void
share_out(struct share *p)
{
	for (size_t i = 0; i < p->n_wishes; i++)
		lengthen(p, p->wishes[i].row, p->wishes[i].bone);
	for (int depth = 1; depth <= p->depth; depth++)
		for (int text = 0; text < 2; text++)
			for (size_t i = 0; i < p->n_wishes; i++)
				serve_level(p, &p->wishes[i], depth, text);
}

static int
by_votes(const void *va, const void *vb)
{
	const struct wish *a = va, *b = vb;

	if (a->votes != b->votes)
		return a->votes < b->votes ? 1 : -1;
	return a->row < b->row ? -1 : a->row > b->row;
}

/* The top causes, and what stands open around the selected one. */
static void
base(struct share *p)
{
	const struct bones *b = p->v->b;

	bones_show(b, p->s, true, p->may);
	bones_show(b, p->s, false, p->v->shown);
	for (size_t i = 0; i < b->n; i++)
		for (size_t row = bone_causes(&b->v[i]); row < b->v[i].end; row++) {
			const struct cause_row *r = &b->tree.v[row];
			if (r->depth == 0)
				p->wishes[p->n_wishes++] =
				    (struct wish){ row, i, r->cause->votes };
			if (r->depth == 0 || p->v->shown[row])
				grant(p, row, i, 1);
			if (r->depth > p->depth)
				p->depth = r->depth;
		}
	qsort(p->wishes, p->n_wishes, sizeof *p->wishes, by_votes);
}

/* The rows of text of one cause. */
static void
put_rows(const struct share *p, size_t row, size_t bone)
{
	struct side *side = &p->v->v[bone];
	struct row_text t = row_text(p, row, bone);
	size_t at = 0, next;

	for (int k = 0; k < p->granted[row]; k++) {
		bool last = k + 1 == p->granted[row];
		size_t n = next_row(t.s + at, t.len - at, t.cols, t.mark, &next);
		side->rows[side->n++] = (struct side_row){ .row = row,
			.text = t.s + at,
			.len = last ? t.len - at : n,
			.first = k == 0,
			.last = last };
		at += next;
	}
}

static void
place(struct share *p)
{
	const struct bones *b = p->v->b;
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++)
		n += (size_t)p->v->v[i].n;
	p->v->all = mem_zero(n + 1, sizeof *p->v->all);
	n = 0;
	for (size_t i = 0; i < b->n; i++) {
		p->v->v[i] = (struct side){ .rows = p->v->all + n };
		for (size_t row = bone_causes(&b->v[i]); row < b->v[i].end; row++) {
			p->v->shown[row] = p->granted[row] > 0;
			put_rows(p, row, i);
		}
		n += (size_t)p->v->v[i].n;
	}
	p->v->height = total(p->v);
}

void
sides_init(struct sides *v, const struct bones *b, const struct pane_state *s, const int cols[2],
    int rows)
{
	size_t n = b->tree.n;
	struct share p = { .v = v, .s = s, .cols = cols };

	*v = (struct sides){ .b = b };
	v->v = mem_zero(b->n + 1, sizeof *v->v);
	v->shown = mem_zero(n + 1, sizeof *v->shown);
	p.may = mem_zero(n + 1, sizeof *p.may);
	p.granted = mem_zero(n + 1, sizeof *p.granted);
	p.wishes = mem_zero(b->n_top + 1, sizeof *p.wishes);
	p.height = total(v);
	base(&p);
	p.most = rows > p.height ? rows : p.height;
	share_out(&p);
	place(&p);
	free(p.may);
	free(p.granted);
	free(p.wishes);
}

void
sides_fini(struct sides *v)
{
	free(v->v);
	free(v->shown);
	free(v->all);
}

int
sides_selected(const struct sides *v, int *rows)
{
	const struct bones *b = v->b;
	int top = 0;

	*rows = 1;
	for (size_t i = 0; i < b->n; i++) {
		const struct side *side = &v->v[i];
		if (b->at >= b->v[i].row && b->at < b->v[i].end) {
			for (int k = side->n; k-- > 0;)
				if (side->rows[k].row <= b->at && side->rows[k].first)
					return top + 1 + k;
				else if (side->rows[k].row <= b->at)
					(*rows)++;
			return top;
		}
		if (i % 2 == 1)
			top += sides_block(v, i - 1) + 1;
	}
	return 0;
}
