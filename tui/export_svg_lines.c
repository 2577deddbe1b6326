#include "tui/export_svg.h"

#include <string.h>

/* Lengths are in halves of the picture's unit, so that the middle of a cell is a whole number. The
 * middle line is one half above the true middle, which puts thin lines on whole pixels. */
enum { W = 2 * SVG_CW, H = 2 * SVG_CH, MID_X = SVG_CW, MID_Y = SVG_CH - 1, APART = 4, ROUND = 9 };

/* U+2500 to U+257F: the arms to the left, right, up and down. 1 thin, 2 heavy, 3 double, 4 and 5
 * thin and heavy in dashes. */
static const char arms[128][5] = {
	"1100", "2200", "0011", "0022", "4400", "5500", "0044", "0055", /* 2500 */
	"4400", "5500", "0044", "0055", "0101", "0201", "0102", "0202", /* 2508 */
	"1001", "2001", "1002", "2002", "0110", "0210", "0120", "0220", /* 2510 */
	"1010", "2010", "1020", "2020", "0111", "0211", "0121", "0112", /* 2518 */
	"0122", "0221", "0212", "0222", "1011", "2011", "1021", "1012", /* 2520 */
	"1022", "2021", "2012", "2022", "1101", "2101", "1201", "2201", /* 2528 */
	"1102", "2102", "1202", "2202", "1110", "2110", "1210", "2210", /* 2530 */
	"1120", "2120", "1220", "2220", "1111", "2111", "1211", "2211", /* 2538 */
	"1121", "1112", "1122", "2121", "1221", "2112", "1212", "2221", /* 2540 */
	"2212", "2122", "1222", "2222", "4400", "5500", "0044", "0055", /* 2548 */
	"3300", "0033", "0301", "0103", "0303", "3001", "1003", "3003", /* 2550 */
	"0310", "0130", "0330", "3010", "1030", "3030", "0311", "0133", /* 2558 */
	"0333", "3011", "1033", "3033", "3301", "1103", "3303", "3310", /* 2560 */
	"1130", "3330", "3311", "1133", "3333", "0101", "1001", "1010", /* 2568 */
	"0110", "0000", "0000", "0000", "1000", "0010", "0100", "0001", /* 2570 */
	"2000", "0020", "0200", "0002", "1200", "0012", "2100", "0021", /* 2578 */
};

enum {
	FIRST = 0x2500,
	LAST = 0x257f,
	ARC_FIRST = 0x256d,
	ARC_LAST = 0x2570,
	RISING = 0x2571,
	FALLING = 0x2572,
	CROSS = 0x2573
};

bool
svg_is_drawn(uint32_t glyph)
{
	return glyph >= FIRST && glyph <= 0x259f;
}

/* A straight line that may still grow: one of up to three beside each other in a row or column. */
struct run {
	const char *ink; /* NULL: none */
	enum svg_kind kind;
	int at, from, to;
};

static void
add_half(struct buf *d, char command, int halves)
{
	buf_addf(d, halves % 2 ? "%c%d.5" : "%c%d", command, halves / 2);
}

static void
run_end(struct svg *s, struct run *r, bool down)
{
	struct buf *d;

	if (r->ink == NULL)
		return;
	d = svg_path(s, r->ink, r->kind);
	add_half(d, 'M', down ? r->at : r->from);
	add_half(d, ' ', down ? r->from : r->at);
	add_half(d, down ? 'V' : 'H', r->to);
	r->ink = NULL;
}

static void
run_add(struct svg *s, struct run *r, const struct run *more, bool down)
{
	if (r->ink == more->ink && r->kind == more->kind && r->at == more->at &&
	    r->to >= more->from) {
		r->to = more->to > r->to ? more->to : r->to;
		return;
	}
	run_end(s, r, down);
	*r = *more;
}

/* How far beyond the middle a line of one arm reaches, `side` and `other` being the arms across on
 * its own side and the opposite one, `ahead` the arm it goes on in. */
static int
reach_double(char side, char other)
{
	return side == '3' ? -APART : other == '3' ? APART : 0;
}

static int
reach_single(char side, char other, char ahead)
{
	if (ahead != '0')
		return 0;
	return side == '3' && other == '3' ? -APART : side == '3' || other == '3' ? APART : 0;
}

static enum svg_kind
kind_of(char arm)
{
	return arm == '2'   ? SVG_HEAVY
	       : arm == '4' ? SVG_DASHED
	       : arm == '5' ? SVG_HEAVY_DASHED
			    : SVG_THIN;
}

/* One cell along a row (or down a column): where it begins, its middle and end, and the middle
 * across. */
struct step {
	int from, mid, to, across;
	char back, ahead, side, other; /* arms: behind, on, and to both sides */
	bool arc;
	const char *ink;
};

static void
add_arm(struct svg *s, struct run runs[3], const struct step *t, bool on, bool down)
{
	char arm = on ? t->ahead : t->back, opposite = on ? t->back : t->ahead;

	if (arm == '0')
		return;
	for (int i = -1; i <= 1; i++) {
		struct run r = { t->ink, kind_of(arm), t->across + i * APART, t->from, t->to };
		int reach = arm == '3' ? (i < 0 ? reach_double(t->side, t->other)
						: reach_double(t->other, t->side))
			    : t->arc   ? -ROUND
				       : reach_single(t->side, t->other, opposite);
		if ((arm == '3') == (i == 0))
			continue;
		if (on)
			r.from = t->mid - reach;
		else
			r.to = t->mid + reach;
		run_add(s, &runs[i + 1], &r, down);
	}
}

static void
add_step(struct svg *s, struct run runs[3], int y, int x, bool down)
{
	const struct cell *cell = canvas_row(s->c, y) + x;
	int left = 2 * SVG_PAD + x * W, top = 2 * SVG_PAD + y * H;
	const char *a;
	struct step t;

	if (cell->glyph < FIRST || cell->glyph > LAST)
		return;
	a = arms[cell->glyph - FIRST];
	t = down ? (struct step){ top, top + MID_Y, top + H, left + MID_X, a[2], a[3], a[0], a[1],
		false, NULL }
		 : (struct step){ left, left + MID_X, left + W, top + MID_Y, a[0], a[1], a[2], a[3],
			   false, NULL };
	t.arc = cell->glyph >= ARC_FIRST && cell->glyph <= ARC_LAST;
	t.ink = svg_ink(s, cell->style, false);
	add_arm(s, runs, &t, false, down);
	add_arm(s, runs, &t, true, down);
}

static void
add_straight(struct svg *s, bool down)
{
	int rows = canvas_rows(s->c), cols = canvas_cols(s->c);

	for (int i = 0; i < (down ? cols : rows); i++) {
		struct run runs[3] = { { NULL, SVG_THIN, 0, 0, 0 } };
		for (int j = 0; j < (down ? rows : cols); j++)
			add_step(s, runs, down ? j : i, down ? i : j, down);
		for (int k = 0; k < 3; k++)
			run_end(s, &runs[k], down);
	}
}

static void
add_arc(struct svg *s, int y, int x, const struct cell *cell)
{
	const char *a = arms[cell->glyph - FIRST];
	struct buf *d = svg_path(s, svg_ink(s, cell->style, false), SVG_THIN);
	int mx = 2 * SVG_PAD + x * W + MID_X, my = 2 * SVG_PAD + y * H + MID_Y;

	add_half(d, 'M', mx);
	add_half(d, ' ', my + (a[3] != '0' ? ROUND : -ROUND));
	add_half(d, 'Q', mx);
	add_half(d, ' ', my);
	add_half(d, ' ', mx + (a[1] != '0' ? ROUND : -ROUND));
	add_half(d, ' ', my);
}

/* Does a diagonal of this color pass through the cell? */
static bool
is_diagonal(struct svg *s, int y, int x, uint32_t which, const char *ink)
{
	const struct cell *cell;

	if (y < 0 || y >= canvas_rows(s->c) || x < 0 || x >= canvas_cols(s->c))
		return false;
	cell = canvas_row(s->c, y) + x;
	return (cell->glyph == which || cell->glyph == CROSS) &&
	       svg_ink(s, cell->style, false) == ink;
}

/* The whole of a diagonal that begins at this cell, as one line. */
static void
add_diagonal(struct svg *s, int y, int x, uint32_t which)
{
	const char *ink = svg_ink(s, canvas_row(s->c, y)[x].style, false);
	int by = which == FALLING ? 1 : -1, n = 1;
	struct buf *d;

	if (!is_diagonal(s, y, x, which, ink) || is_diagonal(s, y - 1, x - by, which, ink))
		return;
	while (is_diagonal(s, y + n, x + n * by, which, ink))
		n++;
	d = svg_path(s, ink, SVG_THIN);
	x += by < 0;
	add_half(d, 'M', 2 * SVG_PAD + x * W);
	add_half(d, ' ', 2 * SVG_PAD + y * H);
	add_half(d, 'L', 2 * SVG_PAD + (x + n * by) * W);
	add_half(d, ' ', 2 * SVG_PAD + (y + n) * H);
}

void
svg_add_lines(struct svg *s)
{
	add_straight(s, false);
	add_straight(s, true);
	for (int y = 0; y < canvas_rows(s->c); y++)
		for (int x = 0; x < canvas_cols(s->c); x++) {
			const struct cell *cell = canvas_row(s->c, y) + x;
			if (cell->glyph >= ARC_FIRST && cell->glyph <= ARC_LAST)
				add_arc(s, y, x, cell);
			else if (cell->glyph >= RISING && cell->glyph <= CROSS) {
				add_diagonal(s, y, x, FALLING);
				add_diagonal(s, y, x, RISING);
			}
		}
}

/* U+2580 to U+259F in eighths of a cell: left, top, right, bottom; quadrants have a bit for each
 * quarter instead. */
struct block {
	char left, top, right, bottom;
	unsigned char quarters; /* 1 upper left, 2 upper right, 4 lower left, 8 lower right */
};
static const struct block blocks[32] = { { 0, 0, 8, 4, 0 }, { 0, 7, 8, 8, 0 }, { 0, 6, 8, 8, 0 },
	{ 0, 5, 8, 8, 0 }, { 0, 4, 8, 8, 0 }, { 0, 3, 8, 8, 0 }, { 0, 2, 8, 8, 0 },
	{ 0, 1, 8, 8, 0 }, { 0, 0, 8, 8, 0 }, { 0, 0, 7, 8, 0 }, { 0, 0, 6, 8, 0 },
	{ 0, 0, 5, 8, 0 }, { 0, 0, 4, 8, 0 }, { 0, 0, 3, 8, 0 }, { 0, 0, 2, 8, 0 },
	{ 0, 0, 1, 8, 0 }, { 4, 0, 8, 8, 0 }, { 0, 0, 8, 8, 0 }, { 0, 0, 8, 8, 0 },
	{ 0, 0, 8, 8, 0 }, { 0, 0, 8, 1, 0 }, { 7, 0, 8, 8, 0 }, { 0, 0, 0, 0, 4 },
	{ 0, 0, 0, 0, 8 }, { 0, 0, 0, 0, 1 }, { 0, 0, 0, 0, 13 }, { 0, 0, 0, 0, 9 },
	{ 0, 0, 0, 0, 7 }, { 0, 0, 0, 0, 11 }, { 0, 0, 0, 0, 2 }, { 0, 0, 0, 0, 6 },
	{ 0, 0, 0, 0, 14 } };

/* Eighths of a cell from (y, x) on, `n` cells wide. */
static void
add_area(struct buf *d, int y, int x, int n, struct block b)
{
	double left = SVG_PAD + x * SVG_CW + b.left * SVG_CW / 8.0,
	       top = SVG_PAD + y * SVG_CH + b.top * SVG_CH / 8.0;
	double w = (n - 1) * SVG_CW + (b.right - b.left) * SVG_CW / 8.0,
	       h = (b.bottom - b.top) * SVG_CH / 8.0;

	buf_addf(d, "M%g %gh%gv%gh%gz", left, top, w, h, -w);
}

static void
add_block(struct svg *s, int y, int x, int n)
{
	const struct cell *cell = canvas_row(s->c, y) + x;
	const struct block *b = &blocks[cell->glyph - 0x2580];
	enum svg_kind kind = cell->glyph >= 0x2591 && cell->glyph <= 0x2593
				 ? SVG_LIGHT + (enum svg_kind)(cell->glyph - 0x2591)
				 : SVG_FULL;
	struct buf *d = svg_path(s, svg_ink(s, cell->style, false), kind);

	if (b->quarters == 0)
		add_area(d, y, x, n, *b);
	for (int q = 0; q < 4; q++)
		if (b->quarters & 1 << q) {
			char left = q % 2 ? 4 : 0, top = q / 2 ? 4 : 0;
			add_area(d, y, x, 1, (struct block){ left, top, left + 4, top + 4, 0 });
		}
}

void
svg_add_blocks(struct svg *s)
{
	for (int y = 0; y < canvas_rows(s->c); y++) {
		const struct cell *row = canvas_row(s->c, y);
		for (int x = 0, n; x < canvas_cols(s->c); x += n) {
			n = 1;
			if (row[x].glyph < 0x2580 || row[x].glyph > 0x259f)
				continue;
			/* Blocks that touch are one, or a seam would show. */
			while (x + n < canvas_cols(s->c) && row[x + n].glyph == row[x].glyph &&
			       row[x + n].style == row[x].style &&
			       blocks[row[x].glyph - 0x2580].left == 0 &&
			       blocks[row[x].glyph - 0x2580].right == 8)
				n++;
			add_block(s, y, x, n);
		}
	}
}
