#include "tui/emit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/emit_style.h"

/* So many unchanged letters are cheaper written again than jumped over; so many blanks are cheaper
 * written than wiped. */
enum { BRIDGE = 4, BLANKS = 3, UNKNOWN = -1 };

struct emit {
	const struct caps *caps;
	struct emit_styles styles;
	int rows, cols;		     /* of the terminal */
	int y, x;		     /* where its cursor is; UNKNOWN */
	const struct emit_look *pen; /* NULL: unknown */
	int cursor_shown;	     /* or UNKNOWN */
	/* While a frame is made: */
	struct buf *out;
	const struct canvas *shown, *next;
	bool wiped;   /* what was shown is gone */
	bool unknown; /* what was shown may be anything */
};

struct emit *
emit_new(const struct caps *caps, const struct theme *t)
{
	struct emit *e = mem_zero(1, sizeof *e);

	e->caps = caps;
	emit_styles_init(&e->styles, caps, t);
	e->rows = 24;
	e->cols = 80;
	e->y = e->x = e->cursor_shown = UNKNOWN;
	return e;
}

void
emit_free(struct emit *e)
{
	if (e == NULL)
		return;
	emit_styles_fini(&e->styles);
	free(e);
}

void
emit_theme(struct emit *e, const struct theme *t)
{
	emit_styles_fini(&e->styles);
	emit_styles_init(&e->styles, e->caps, t);
	e->pen = NULL;
}

void
emit_size(struct emit *e, int rows, int cols)
{
	e->rows = rows;
	e->cols = cols;
}

static void
move_in_row(struct emit *e, int x)
{
	int by = x - e->x;

	if (x == 0)
		buf_addc(e->out, '\r');
	else if (by < 0 && by >= -BRIDGE)
		buf_add(e->out, "\b\b\b\b", (size_t)-by);
	else if (by == 1)
		buf_adds(e->out, "\033[C");
	else if (by == -1)
		buf_adds(e->out, "\033[D");
	else
		buf_addf(e->out, by > 0 ? "\033[%dC" : "\033[%dD", abs(by));
}

static void
move_to(struct emit *e, int y, int x)
{
	if (e->y == y && e->x == x)
		return;
	if (!e->caps->ansi_moves)
		e->caps->move(e->caps->ctx, e->out, y, x);
	else if (e->y == y)
		move_in_row(e, x);
	else if (x == 0 && e->y != UNKNOWN && y == e->y + 1)
		buf_adds(e->out, "\r\n");
	else if (x == 0)
		buf_addf(e->out, "\033[%dH", y + 1);
	else
		buf_addf(e->out, "\033[%d;%dH", y + 1, x + 1);
	e->y = y;
	e->x = x;
}

static void
use_look(struct emit *e, const struct emit_look *look)
{
	if (e->pen == look)
		return;
	buf_adds(e->out, look->text);
	e->pen = look;
}

static const struct emit_look *
look_of(struct emit *e, const struct cell *cell)
{
	return emit_look_of(&e->styles, cell->style);
}

/* Nothing to see: a space without a ground. */
static bool
is_blank(struct emit *e, const struct cell *cell)
{
	return cell->glyph == ' ' && look_of(e, cell)->clear;
}

static bool
looks_same(struct emit *e, const struct cell *was, const struct cell *is)
{
	if (e->unknown)
		return false;
	if (is_blank(e, is))
		return e->wiped || is_blank(e, was);
	if (e->wiped || was->width != is->width || look_of(e, was) != look_of(e, is))
		return false;
	if ((was->glyph & is->glyph & CELL_CLUSTER) == 0)
		return was->glyph == is->glyph;
	return was->style == is->style && canvas_cell_equal(e->shown, was, e->next, is);
}

/* Do all terminals agree on its columns? Not on emoji, not on marks, not on what fonts define. */
static bool
is_sure(const struct cell *cell)
{
	uint32_t g = cell->glyph;

	if (g & CELL_CLUSTER)
		return false;
	if (cell->width == 1)
		return g < 0xe000;
	return (g >= 0x2e80 && g < 0xd7b0) || (g >= 0xff00 && g < 0xffef) ||
	       (g >= 0x20000 && g < 0x40000);
}

static void
put_glyph(struct emit *e, const struct cell *cell)
{
	char g[32];

	if (cell->glyph < 0x80)
		buf_addc(e->out, (char)cell->glyph);
	else
		buf_add(e->out, g, canvas_glyph(e->next, cell, g));
}

static void
wipe_tail(struct emit *e, int y, int from)
{
	move_to(e, y, from);
	if (e->pen == NULL || !e->pen->clear)
		use_look(e, emit_look_of(&e->styles, ROLE_PLAIN));
	buf_adds(e->out, e->caps->wipe_tail);
}

/* The bottom right cell where writing there scrolls: its character is written one to the left, then
 * pushed. */
static void
push_corner(struct emit *e, int y, int x, const struct cell *cell)
{
	if (e->caps->insert == NULL || x < 1 || cell[-1].width != 1) {
		if (e->caps->wipe_tail != NULL) /* better blank than a screen one row off */
			wipe_tail(e, y, x);
		return;
	}
	move_to(e, y, x - 1);
	use_look(e, look_of(e, cell));
	put_glyph(e, cell);
	e->x = e->y = UNKNOWN;
	move_to(e, y, x - 1);
	use_look(e, look_of(e, cell - 1));
	buf_adds(e->out, e->caps->insert);
	put_glyph(e, cell - 1);
	e->x = e->y = UNKNOWN;
}

static void
put_cell(struct emit *e, int y, int x, const struct cell *cell)
{
	const struct emit_look *look = look_of(e, cell);

	if (x + cell->width > e->cols)
		return;
	if (e->caps->corner_scrolls && y == e->rows - 1 && x + cell->width == e->cols) {
		push_corner(e, y, x, cell);
		return;
	}
	move_to(e, y, x);
	if (!(cell->glyph == ' ' && look->clear && e->pen != NULL && e->pen->clear))
		use_look(e, look);
	put_glyph(e, cell);
	e->x += cell->width;
	/* After the last column the cursor may be on either row. */
	if (e->x >= e->cols || !is_sure(cell))
		e->y = e->x = UNKNOWN;
}

/* From the terminal's cursor to x there are only a few letters in the style in use: write them
 * again. */
static void
bridge(struct emit *e, int y, int x)
{
	const struct cell *row = canvas_row(e->next, y);

	if (e->y != y || e->x >= x || x - e->x > BRIDGE)
		return;
	for (int i = e->x; i < x; i++)
		if (row[i].glyph >= 0x80 || row[i].width != 1 || look_of(e, &row[i]) != e->pen)
			return;
	while (e->x < x && e->y == y)
		put_cell(e, y, e->x, &row[e->x]);
}

/* Where the blank rest of a row begins. */
static int
blank_from(struct emit *e, const struct cell *row, int cols)
{
	while (cols > 0 && is_blank(e, &row[cols - 1]))
		cols--;
	return cols;
}

static void
emit_row(struct emit *e, int y, int cols)
{
	const struct cell *was = canvas_row(e->shown, y), *is = canvas_row(e->next, y);
	int last = cols, tail, wipe = cols;

	while (last > 0 && looks_same(e, &was[last - 1], &is[last - 1]))
		last--;
	tail = blank_from(e, is, last);
	if (last - tail > BLANKS && e->caps->wipe_tail != NULL && blank_from(e, is, cols) <= tail &&
	    emit_look_of(&e->styles, ROLE_PLAIN)->clear) {
		while (tail < last && looks_same(e, &was[tail], &is[tail]))
			tail++;
		wipe = tail;
		last = tail;
	}
	for (int x = 0; x < last; x++) {
		if (is[x].width == 0 || looks_same(e, &was[x], &is[x]))
			continue;
		bridge(e, y, x);
		put_cell(e, y, x, &is[x]);
	}
	if (wipe < cols)
		wipe_tail(e, y, wipe);
}

static void
place_cursor(struct emit *e)
{
	int y, x, want = canvas_cursor_at(e->next, &y, &x);

	want = want && y < e->rows && x < e->cols;
	if (want)
		move_to(e, y, x);
	if (e->cursor_shown != want) {
		const char *text = want ? e->caps->show : e->caps->hide;
		buf_adds(e->out, text != NULL ? text : "");
	}
	e->cursor_shown = want;
}

static void
begin_anew(struct emit *e)
{
	e->y = e->x = e->cursor_shown = UNKNOWN;
	e->pen = NULL;
	use_look(e, emit_look_of(&e->styles, ROLE_PLAIN));
	/* Some terminals wipe in the color behind the letters, some do not. */
	e->wiped = e->caps->wipe_all != NULL && e->pen->clear;
	e->unknown = !e->wiped;
	if (e->caps->wipe_all == NULL)
		return;
	buf_adds(e->out, e->caps->wipe_all);
	e->y = e->x = 0;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

void
emit_frame(struct emit *e, struct buf *out, const struct canvas *shown, const struct canvas *next,
    bool all)
{
	int rows = least(canvas_rows(next), e->rows), cols = least(canvas_cols(next), e->cols);

	e->out = out;
	e->shown = shown;
	e->next = next;
	e->wiped = e->unknown = false;
	if (all)
		begin_anew(e);
	for (int y = 0; y < rows; y++)
		if (all || !canvas_row_equal(shown, next, y))
			emit_row(e, y, cols);
	place_cursor(e);
}

void
emit_off(struct emit *e, struct buf *out)
{
	buf_adds(out, e->caps->off != NULL ? e->caps->off : "");
	e->pen = NULL;
}
