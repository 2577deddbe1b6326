#include <string.h>

#include "tui/export.h"

/* A cell's size, and the text's, in the picture's units. */
enum { CW = 9, CH = 18, PAD = 9 };

struct svg {
	struct buf *out;
	const struct canvas *c;
	const struct theme *t;
	bool light;
};

static void
add_color(struct buf *out, int color, const char *otherwise)
{
	unsigned char rgb[3];

	if (color < 0) {
		buf_adds(out, otherwise);
		return;
	}
	theme_rgb(color, rgb);
	buf_addf(out, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
}

static const char *
paper(const struct svg *s)
{
	return s->light ? "#ffffff" : "#1e1e2e";
}

static const char *
ink(const struct svg *s)
{
	return s->light ? "#1e1e2e" : "#d8dee9";
}

/* Foreground and background after reversing. */
static void
add_ink(struct svg *s, const struct look *l, bool ground)
{
	bool reversed = (l->attrs & STYLE_REVERSE) != 0;

	if (ground == reversed)
		add_color(s->out, l->fg, ink(s));
	else
		add_color(s->out, l->bg, paper(s));
}

static void
add_escaped(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '&')
			buf_adds(out, "&amp;");
		else if (*text == '<')
			buf_adds(out, "&lt;");
		else if (*text == '>')
			buf_adds(out, "&gt;");
		else if (*text == '"')
			buf_adds(out, "&quot;");
		else
			buf_addc(out, *text);
	}
}

/* Which arms a box-drawing character has: left, right, up, down; 1 thin, 2 thick, 3 double. */
struct box {
	uint32_t cp;
	char arms[5];
};
static const struct box boxes[] = {
	{ 0x2500, "1100" }, { 0x2501, "2200" }, { 0x2502, "0011" }, { 0x2503, "0022" }, { 0x250c, "0101" },
	{ 0x2510, "1001" }, { 0x2514, "0110" }, { 0x2518, "1010" }, { 0x251c, "0111" }, { 0x2524, "1011" },
	{ 0x252c, "1101" }, { 0x2534, "1110" }, { 0x253b, "2220" }, { 0x253c, "1111" }, { 0x2550, "3300" },
	{ 0x2551, "0033" }, { 0x2554, "0303" }, { 0x2557, "3003" }, { 0x255a, "0330" }, { 0x255d, "3030" },
	{ 0x2563, "3033" }, { 0x256d, "0101" }, { 0x256e, "1001" }, { 0x256f, "1010" }, { 0x2570, "0110" },
	{ 0x250a, "0011" }, { 0x2506, "0011" },
};

static const struct box *
box_of(uint32_t cp)
{
	for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++)
		if (boxes[i].cp == cp)
			return &boxes[i];
	return NULL;
}

/* A line of the picture: in twice the cell's units, so that halves are whole numbers. */
static void
add_line(struct svg *s, const struct look *l, const int at[4], int thick)
{
	buf_addf(s->out, "<path d=\"M%d.%d %d.%dL%d.%d %d.%d\" stroke=\"", at[0] / 2, at[0] % 2 * 5, at[1] / 2,
	    at[1] % 2 * 5, at[2] / 2, at[2] % 2 * 5, at[3] / 2, at[3] % 2 * 5);
	add_ink(s, l, false);
	buf_addf(s->out, "\" stroke-width=\"%s\"/>\n", thick == 2 ? "3" : "1.3");
}

static void
add_box(struct svg *s, int y, int x, const struct box *b, const struct look *l)
{
	int left = 2 * (PAD + x * CW), top = 2 * (PAD + y * CH), cx = left + CW, cy = top + CH;
	int ends[4][4] = { { left, cy, cx, cy }, { cx, cy, left + 2 * CW, cy }, { cx, top, cx, cy },
		{ cx, cy, cx, top + 2 * CH } };

	for (int i = 0; i < 4; i++) {
		int arm = b->arms[i] - '0';
		if (arm == 3) {
			for (int off = -3; off <= 3; off += 6) {
				int at[4] = { ends[i][0] + (i >= 2) * off, ends[i][1] + (i < 2) * off,
					ends[i][2] + (i >= 2) * off, ends[i][3] + (i < 2) * off };
				add_line(s, l, at, 1);
			}
		} else if (arm > 0) {
			add_line(s, l, ends[i], arm);
		}
	}
}

static void
add_rect(struct svg *s, const int at[4], const struct look *l, const char *opacity)
{
	buf_addf(s->out, "<path d=\"M%d %dh%dv%dh%dz\" fill=\"", at[0], at[1], at[2], at[3], -at[2]);
	add_ink(s, l, false);
	buf_addf(s->out, "\" fill-opacity=\"%s\"/>\n", opacity);
}

/* Blocks and shades; false: not one of them. */
static bool
add_block(struct svg *s, int y, int x, uint32_t cp, const struct look *l)
{
	int px = PAD + x * CW, py = PAD + y * CH;
	int whole[4] = { px, py, CW, CH }, upper[4] = { px, py, CW, CH / 2 },
	    lower[4] = { px, py + CH / 2, CW, CH / 2 }, right[4] = { px + CW / 2, py, CW - CW / 2, CH };

	switch (cp) {
	case 0x2580:
		add_rect(s, upper, l, "1");
		return true;
	case 0x2584:
		add_rect(s, lower, l, "1");
		return true;
	case 0x2588:
		add_rect(s, whole, l, "1");
		return true;
	case 0x2590:
		add_rect(s, right, l, "1");
		return true;
	case 0x2591:
	case 0x2592:
	case 0x2593:
		add_rect(s, whole, l, cp == 0x2591 ? "0.25" : cp == 0x2592 ? "0.5" : "0.75");
		return true;
	default:
		return false;
	}
}

/* Drawn as lines, so that they join from cell to cell; false: it is text. */
static bool
add_drawn(struct svg *s, int y, int x, const struct cell *cell)
{
	struct look l = theme_look(s->t, cell->style);
	const struct box *b = box_of(cell->glyph);
	int left = 2 * (PAD + x * CW), top = 2 * (PAD + y * CH), right = left + 2 * CW, bottom = top + 2 * CH;

	if (b != NULL) {
		add_box(s, y, x, b, &l);
		return true;
	}
	if (cell->glyph == 0x2572 || cell->glyph == 0x2571) {
		int down[4] = { left, top, right, bottom }, up[4] = { left, bottom, right, top };
		add_line(s, &l, cell->glyph == 0x2572 ? down : up, 1);
		return true;
	}
	return add_block(s, y, x, cell->glyph, &l);
}

static void
add_ground(struct svg *s, int y)
{
	const struct cell *row = canvas_row(s->c, y);

	for (int x = 0, end; x < canvas_cols(s->c); x = end) {
		struct look l = theme_look(s->t, row[x].style);
		for (end = x + 1; end < canvas_cols(s->c) && row[end].style == row[x].style; end++)
			;
		if (l.bg < 0 && !(l.attrs & STYLE_REVERSE))
			continue;
		buf_addf(s->out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"", PAD + x * CW,
		    PAD + y * CH, (end - x) * CW, CH);
		add_ink(s, &l, true);
		buf_adds(s->out, "\"/>\n");
	}
}

static bool
is_text(const struct cell *cell)
{
	return cell->glyph != 0 && !(cell->glyph >= 0x2500 && cell->glyph <= 0x2593 &&
				       (box_of(cell->glyph) != NULL || cell->glyph == 0x2571 ||
					   cell->glyph == 0x2572 || cell->glyph >= 0x2580));
}

/* A run of text of one style, one narrow cell after the other, as one element: it can be selected and copied. */
static int
add_text(struct svg *s, int y, int x)
{
	const struct cell *row = canvas_row(s->c, y);
	struct look l = theme_look(s->t, row[x].style);
	int end = x, last = x;
	char g[32];

	if (row[x].width == 2) {
		end = x + 2;
		last = end;
	}
	for (; row[x].width == 1 && end < canvas_cols(s->c) && row[end].style == row[x].style &&
		 row[end].width == 1 && is_text(&row[end]);
	    end++)
		if (row[end].glyph != ' ')
			last = end + 1;
	if (last == x)
		return end;
	buf_addf(s->out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"", PAD + x * CW, PAD + y * CH + 13,
	    (last - x) * CW);
	add_ink(s, &l, false);
	buf_addf(s->out, "\"%s%s>", l.attrs & STYLE_BOLD ? " font-weight=\"bold\"" : "",
	    l.attrs & STYLE_UNDERLINE ? " text-decoration=\"underline\"" : "");
	for (int i = x; i < last; i++) {
		canvas_glyph(s->c, &row[i], g);
		add_escaped(s->out, g);
	}
	buf_adds(s->out, "</text>\n");
	return end;
}

static void
add_row(struct svg *s, int y)
{
	const struct cell *row = canvas_row(s->c, y);

	add_ground(s, y);
	for (int x = 0; x < canvas_cols(s->c);) {
		if (is_text(&row[x])) {
			if (row[x].glyph == ' ')
				x++;
			else
				x = add_text(s, y, x);
			continue;
		}
		if (row[x].glyph != 0)
			add_drawn(s, y, x, &row[x]);
		x++;
	}
}

void
export_svg(struct buf *out, const struct canvas *c, const struct theme *t, const char *title)
{
	struct svg s = { out, c, t, strcmp(t->name, "light") == 0 };
	int w = canvas_cols(c) * CW + 2 * PAD, h = canvas_rows(c) * CH + 2 * PAD;

	buf_addf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
		      "font-family=\"'DejaVu Sans Mono', 'Noto Sans Mono', Menlo, Consolas, monospace\" "
		      "font-size=\"15\" xml:space=\"preserve\" fill=\"none\">\n<title>", w, h, w, h);
	add_escaped(out, title);
	buf_addf(out, "</title>\n<rect width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", w, h, paper(&s));
	for (int y = 0; y < canvas_rows(c); y++)
		add_row(&s, y);
	buf_adds(out, "</svg>\n");
}
