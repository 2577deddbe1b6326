#include "views/ladder.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/draw.h"

enum {
	NARROW_COLS = 44,
	LABEL_COLS = 11, /* "  CAUSE    " */
	STEM = 6,	 /* the column of the first line down */
	STEP = 5,	 /* and how far each goes in */
	WHY_COLS = 11,	 /* "╰─ why 1  ← " less the digits */
	RIGHT_COLS = 11, /* "12 votes" and a margin */
	ROWS_MOST = 12,	 /* of one text */
	EFFECT_ROWS_MOST = 3
};

/* What gives way, one thing more at each. */
enum squeeze { SQUEEZE_NOTHING, SQUEEZE_AIR, SQUEEZE_SAW, SQUEEZE_TEXT, N_SQUEEZES };

static int
digits_of(int n)
{
	return n < 10 ? 1 : n < 100 ? 2 : n < 1000 ? 3 : 4;
}

static void
place_across(const struct ladder *l, struct rung *r, int w)
{
	int most = w / 3;

	if (l->narrow) {
		r->stem = r->depth > 0 ? 1 + (r->depth < 4 ? r->depth : 4) : 0;
		r->x = r->depth > 0 ? r->stem + 2 + digits_of(r->depth) : 2;
		r->cols = w - r->x - 1;
		return;
	}
	r->stem = STEM + STEP * (r->depth > 0 ? r->depth - 1 : 0);
	r->stem = r->stem > most ? most : r->stem;
	r->x = r->depth > 0 ? r->stem + WHY_COLS + digits_of(r->depth) : LABEL_COLS;
	r->cols = w - r->x - RIGHT_COLS;
}

static size_t
parent_of(const struct bones *b, size_t row)
{
	int depth = b->tree.v[row].depth;

	while (row > 0 && b->tree.v[row].depth >= depth)
		row--;
	return row;
}

static void
count_siblings(const struct bones *b, struct rung *r)
{
	size_t parent;

	r->nth = r->of = 1;
	if (r->open || r->depth == 0)
		return;
	parent = parent_of(b, r->row);
	r->nth = r->of = 0;
	for (size_t i = parent + 1; i <= parent + b->tree.v[parent].n_below; i++) {
		bool beside = b->tree.v[i].depth == r->depth;
		r->of += beside;
		r->nth += i <= r->row && beside;
	}
}

/* From the top cause to the selected one, then on by the first whys. */
static void
list_rungs(struct ladder *l, const struct bones *b, const struct pane_state *s, int w)
{
	size_t top = row_top(b, b->at), row, last = top;
	int depth = b->tree.v[b->at].depth;

	l->v = mem_zero(b->tree.v[top].n_below + 2, sizeof *l->v);
	l->n = (size_t)depth + 1;
	row = b->at;
	for (size_t i = l->n; i-- > 0; row = i > 0 ? parent_of(b, row) : row)
		l->v[i] = (struct rung){ .row = row, .depth = (int)i };
	l->at = l->n - 1;
	for (last = b->at; b->tree.v[last].n_whys > 0; l->n++)
		l->v[l->n] = (struct rung){ .row = ++last, .depth = (int)l->n };
	l->v[l->n] = (struct rung){ .row = last, .open = true, .depth = (int)l->n };
	l->n++;
	if (s->filter != 0 && l->at + 2 == l->n)
		l->at++;
	for (size_t i = 0; i < l->n; i++) {
		place_across(l, &l->v[i], w);
		count_siblings(b, &l->v[i]);
	}
}

static int
text_rows(const struct bones *b, const struct rung *r)
{
	const char *text = b->tree.v[r->row].cause->text;

	if (r->open || text == NULL)
		return 1;
	return wrapped_rows(text, r->cols > 0 ? r->cols : 1, ROWS_MOST);
}

static void
place_down(struct ladder *l, const struct bones *b, enum squeeze how)
{
	int y = l->effect_rows;

	for (size_t i = 0; i < l->n; i++) {
		struct rung *r = &l->v[i];
		bool here = i == l->at;
		r->air = how < SQUEEZE_AIR;
		r->saw = !r->open && !l->narrow && (how < SQUEEZE_SAW || here);
		r->text_rows = how < SQUEEZE_TEXT || here ? text_rows(b, r) : 1;
		r->y = y;
		r->h = r->air + r->text_rows + r->saw;
		y += r->h;
	}
	l->height = y;
}

/* Rows that are over where texts gave way: from the top on. */
static void
lengthen(struct ladder *l, const struct bones *b, int spare)
{
	int down = 0;

	for (size_t i = 0; i < l->n; i++) {
		struct rung *r = &l->v[i];
		int more = text_rows(b, r) - r->text_rows;
		more = more < spare ? more : spare;
		spare -= more;
		r->y += down;
		r->h += more;
		r->text_rows += more;
		down += more;
	}
	l->height += down;
}

bool
ladder_init(struct ladder *out, const struct bones *b, const struct pane_state *s,
    struct rect area, const char *effect)
{
	*out = (struct ladder){ .narrow = area.w < NARROW_COLS };
	if (b->at >= b->tree.n || b->tree.v[b->at].cause == NULL)
		return false;
	list_rungs(out, b, s, area.w);
	out->effect_rows = wrapped_rows(
	    effect, area.w - (out->narrow ? 3 : LABEL_COLS + 1), EFFECT_ROWS_MOST);
	for (int how = 0; how < N_SQUEEZES; how++) {
		if (how == SQUEEZE_SAW && out->effect_rows > 1)
			out->effect_rows = 1;
		place_down(out, b, (enum squeeze)how);
		if (out->height <= area.h)
			break;
	}
	if (out->height < area.h)
		lengthen(out, b, area.h - out->height);
	return true;
}

void
ladder_fini(struct ladder *l)
{
	free(l->v);
	*l = (struct ladder){ 0 };
}

void
ladder_select(const struct ladder *l, struct bones *b, struct pane_state *s, size_t rung)
{
	if (rung >= l->n)
		rung = l->n - 1;
	bones_select(b, s, l->v[rung].row);
	s->filter = l->v[rung].open;
}

size_t
ladder_beside(const struct bones *b, size_t row, int step)
{
	size_t n = b->tree.n, at = row;
	int depth = b->tree.v[row].depth;

	for (size_t i = 1; i < n; i++) {
		const struct cause_row *r;
		at = step > 0 ? (at + 1) % n : (at + n - 1) % n;
		r = &b->tree.v[at];
		if (r->cause == NULL || r->depth > depth)
			continue;
		if (step > 0 || r->depth == depth)
			return at;
		depth = r->depth; /* what this one is a why of */
	}
	return row;
}
