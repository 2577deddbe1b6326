#include "tui/emit.h"

#include <string.h>

enum { BRIDGE = 4 }; /* so many unchanged cells are cheaper written again than jumped over */

struct emitting {
	struct buf *out;
	const struct caps *caps;
	const struct theme *t;
	struct pen *pen;
	const struct canvas *shown, *next;
	bool all;
};

static void
add(struct buf *out, const char *text)
{
	if (text != NULL)
		buf_adds(out, text);
}

static void
move_to(struct emitting *e, int y, int x)
{
	if (e->pen->y == y && e->pen->x == x)
		return;
	e->caps->move(e->caps->ctx, e->out, y, x);
	e->pen->y = y;
	e->pen->x = x;
}

static void
set_style(struct emitting *e, int style)
{
	struct look l;

	if (e->pen->style == style)
		return;
	l = theme_look(e->t, style);
	add(e->out, e->caps->off);
	if (l.attrs & STYLE_BOLD)
		add(e->out, e->caps->bold);
	if (l.attrs & STYLE_DIM)
		add(e->out, e->caps->dim);
	if (l.attrs & STYLE_UNDERLINE)
		add(e->out, e->caps->underline);
	if (l.attrs & STYLE_REVERSE)
		add(e->out, e->caps->reverse);
	if (l.fg >= 0 && e->caps->colors > 0)
		e->caps->color(e->caps->ctx, e->out, false, l.fg);
	if (l.bg >= 0 && e->caps->colors > 0)
		e->caps->color(e->caps->ctx, e->out, true, l.bg);
	e->pen->style = style;
}

static void
put_cell(struct emitting *e, int y, int x, const struct cell *cell)
{
	char g[32];

	set_style(e, cell->style);
	move_to(e, y, x);
	buf_add(e->out, g, canvas_glyph(e->next, cell, g));
	e->pen->x += cell->width;
	/* After the last column, and after characters that terminals measure each in its way, nobody knows. */
	if (e->pen->x >= canvas_cols(e->next) || cell->width == 2 || cell->glyph & CELL_CLUSTER)
		e->pen->x = e->pen->y = -1;
}

static bool
same(const struct emitting *e, int y, int x)
{
	const struct cell *a = canvas_row(e->shown, y) + x, *b = canvas_row(e->next, y) + x;

	return !e->all && canvas_cell_equal(e->shown, a, e->next, b);
}

/* Where the blank tail of a row begins that one "clear to the end" draws; the width where there is none worth it. */
static int
blank_tail(const struct emitting *e, int y)
{
	const struct cell *row = canvas_row(e->next, y);
	int x = canvas_cols(e->next);

	if (e->caps->wipe_tail == NULL || theme_look(e->t, ROLE_PLAIN).bg >= 0)
		return x;
	while (x > 0 && row[x - 1].glyph == ' ' && row[x - 1].style == ROLE_PLAIN)
		x--;
	return x;
}

static void
emit_row(struct emitting *e, int y)
{
	const struct cell *row = canvas_row(e->next, y);
	int cols = canvas_cols(e->next), tail = blank_tail(e, y), last = -BRIDGE - 1;
	bool last_row = y == canvas_rows(e->next) - 1;

	for (int x = 0; x < tail; x++) {
		if (row[x].width == 0 || same(e, y, x))
			continue;
		if (last_row && x == cols - 1 && e->caps->last_cell_scrolls)
			continue;
		if (e->pen->y == y && x - last <= BRIDGE && last >= 0)
			for (int i = last + 1; i < x; i++)
				if (row[i].width != 0)
					put_cell(e, y, i, &row[i]);
		put_cell(e, y, x, &row[x]);
		last = x + (row[x].width == 2);
	}
	for (int x = tail; x < cols; x++)
		if (!same(e, y, x)) {
			set_style(e, ROLE_PLAIN);
			move_to(e, y, tail);
			add(e->out, e->caps->wipe_tail);
			return;
		}
}

static void
place_cursor(struct emitting *e)
{
	int y, x, want = canvas_cursor_at(e->next, &y, &x);

	if (want)
		move_to(e, y, x);
	if (e->pen->cursor != want)
		add(e->out, want ? e->caps->show : e->caps->hide);
	e->pen->cursor = want;
}

void
emit_difference(struct buf *out, const struct caps *caps, const struct theme *t, struct pen *pen,
    const struct canvas *shown, const struct canvas *next, bool all)
{
	struct emitting e = { out, caps, t, pen, shown, next, all };
	size_t width = (size_t)canvas_cols(next) * sizeof(struct cell);

	if (all) {
		*pen = (struct pen){ -1, -1, -1, -1 };
		set_style(&e, ROLE_PLAIN);
		add(out, caps->wipe_all);
	}
	for (int y = 0; y < canvas_rows(next); y++) {
		/* Equal bytes without clusters are equal rows; with clusters each cell is looked at. */
		if (!all && memcmp(canvas_row(shown, y), canvas_row(next, y), width) == 0) {
			bool cluster = false;
			const struct cell *row = canvas_row(next, y);
			for (int x = 0; x < canvas_cols(next) && !cluster; x++)
				cluster = (row[x].glyph & CELL_CLUSTER) != 0;
			if (!cluster)
				continue;
		}
		emit_row(&e, y);
	}
	place_cursor(&e);
}
