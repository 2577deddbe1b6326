#include "tui/export_svg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/export.h"

/* From the top of a cell to the line its letters stand on. */
enum { BASELINE = 13 };

static void
write_color(char out[8], const unsigned char rgb[3])
{
	snprintf(out, 8, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
}

static void
read_color(const char *text, unsigned char rgb[3])
{
	for (int i = 0; i < 3; i++) {
		char part[3] = { text[1 + 2 * i], text[2 + 2 * i], '\0' };
		rgb[i] = (unsigned char)strtol(part, NULL, 16);
	}
}

static void
palette_color(int color, const char *otherwise, unsigned char rgb[3])
{
	if (color < 0)
		read_color(otherwise, rgb);
	else
		theme_rgb(color, rgb);
}

const char *
svg_ink(struct svg *s, int style, bool ground)
{
	int at = (style & 0xf) | (style >> 4 & 0xf0);
	struct look l = theme_look(s->t, style);
	unsigned char letters[3], behind[3];

	if (s->inks[at][ground][0] != '\0')
		return s->inks[at][ground];
	palette_color(l.fg, s->ink, letters);
	palette_color(l.bg, s->paper, behind);
	if (l.attrs & STYLE_DIM)
		for (int i = 0; i < 3; i++)
			letters[i] = (unsigned char)((letters[i] * 2 + behind[i]) / 3);
	write_color(
	    s->inks[at][ground], ground != ((l.attrs & STYLE_REVERSE) != 0) ? behind : letters);
	return s->inks[at][ground];
}

struct buf *
svg_path(struct svg *s, const char *ink, enum svg_kind kind)
{
	for (size_t i = 0; i < s->n_paths; i++)
		if (s->paths[i].kind == kind && strcmp(s->paths[i].ink, ink) == 0)
			return &s->paths[i].d;
	VEC_ROOM(s->paths, s->n_paths, s->cap_paths);
	s->paths[s->n_paths] = (struct svg_path){ ink, kind, { 0 } };
	return &s->paths[s->n_paths++].d;
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
		else
			buf_addc(out, *text);
	}
}

/* What stands behind the letters where it is not the paper. */
static void
add_grounds(struct buf *out, struct svg *s, int y)
{
	const struct cell *row = canvas_row(s->c, y);

	for (int x = 0, end; x < canvas_cols(s->c); x = end) {
		const char *color = svg_ink(s, row[x].style, true);
		for (end = x + 1; end < canvas_cols(s->c) && row[end].style == row[x].style; end++)
			;
		if (strcmp(color, s->paper) != 0)
			buf_addf(out,
			    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n",
			    SVG_PAD + x * SVG_CW, SVG_PAD + y * SVG_CH, (end - x) * SVG_CW, SVG_CH,
			    color);
	}
}

static void
add_paths(struct buf *out, struct svg *s)
{
	static const char *const how[] = { [SVG_THIN] =
					       "stroke-width=\"1.2\" stroke-linecap=\"square\"",
		[SVG_HEAVY] = "stroke-width=\"3\" stroke-linecap=\"square\"",
		[SVG_DASHED] = "stroke-width=\"1.2\" stroke-dasharray=\"3\"",
		[SVG_HEAVY_DASHED] = "stroke-width=\"3\" stroke-dasharray=\"3\"",
		[SVG_FULL] = "fill-opacity=\"1\"",
		[SVG_LIGHT] = "fill-opacity=\".25\"",
		[SVG_MEDIUM] = "fill-opacity=\".5\"",
		[SVG_DARK] = "fill-opacity=\".75\"" };

	for (size_t i = 0; i < s->n_paths; i++) {
		const struct svg_path *p = &s->paths[i];
		if (p->d.len > 0)
			buf_addf(out, "<path %s=\"%s\" %s d=\"%s\"/>\n",
			    p->kind < SVG_FULL ? "stroke" : "fill", p->ink, how[p->kind],
			    p->d.data);
	}
}

static bool
is_text(const struct cell *cell)
{
	return cell->width > 0 && !svg_is_drawn(cell->glyph);
}

/* Fonts give arrows and other signs widths of their own: each is placed by itself. */
static bool
is_sign(const struct cell *cell)
{
	return cell->width == 2 || (cell->glyph >= 0x2190 && cell->glyph < 0x2e80) ||
	       (cell->glyph & CELL_CLUSTER);
}

static bool
is_underlined(const struct svg *s, const struct cell *cell)
{
	return (theme_look(s->t, cell->style).attrs & STYLE_UNDERLINE) != 0;
}

/* Where a run of text of one style ends: before what is drawn, before two spaces. */
static int
text_end(const struct svg *s, const struct cell *row, int x)
{
	int end = x + 1, cols = canvas_cols(s->c);

	if (is_sign(&row[x]))
		return x + row[x].width;
	while (end < cols && is_text(&row[end]) && !is_sign(&row[end]) &&
	       row[end].style == row[x].style) {
		if (row[end].glyph == ' ' &&
		    (end + 1 == cols || row[end + 1].glyph == ' ' || !is_text(&row[end + 1])))
			break;
		end++;
	}
	return end;
}

static void
add_text(struct buf *out, struct svg *s, int y, int x, int end)
{
	const struct cell *row = canvas_row(s->c, y);
	bool bold = (theme_look(s->t, row[x].style).attrs & STYLE_BOLD) != 0;
	char g[32];

	buf_addf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"%s\"%s>",
	    SVG_PAD + x * SVG_CW, SVG_PAD + y * SVG_CH + BASELINE, (end - x) * SVG_CW,
	    svg_ink(s, row[x].style, false), bold ? " font-weight=\"bold\"" : "");
	for (int i = x; i < end; i++) {
		canvas_glyph(s->c, &row[i], g);
		add_escaped(out, g);
	}
	buf_adds(out, "</text>\n");
}

static void
add_row(struct buf *out, struct svg *s, int y)
{
	const struct cell *row = canvas_row(s->c, y);

	for (int x = 0, end; x < canvas_cols(s->c); x = end) {
		end = x + 1;
		if (is_underlined(s, &row[x]))
			buf_addf(svg_path(s, svg_ink(s, row[x].style, false), SVG_FULL),
			    "M%d %dh%dv1h%dz", SVG_PAD + x * SVG_CW,
			    SVG_PAD + y * SVG_CH + BASELINE + 2, SVG_CW, -SVG_CW);
		if (!is_text(&row[x]) || row[x].glyph == ' ')
			continue;
		if (!is_underlined(s, &row[x]))
			end = text_end(s, row, x);
		add_text(out, s, y, x, end);
	}
}

static void
choose_paper(struct svg *s)
{
	const struct look *plain = &s->t->looks[ROLE_PLAIN];
	bool light = s->t->ground == GROUND_LIGHT;
	unsigned char rgb[3];

	palette_color(plain->bg, light ? "#ffffff" : "#1e1e2e", rgb);
	write_color(s->paper, rgb);
	palette_color(plain->fg, light ? "#1e1e2e" : "#d8dee9", rgb);
	write_color(s->ink, rgb);
}

static void
add_head(struct buf *out, const struct svg *s, const char *title)
{
	int w = canvas_cols(s->c) * SVG_CW + 2 * SVG_PAD,
	    h = canvas_rows(s->c) * SVG_CH + 2 * SVG_PAD;
	struct buf clean = { 0 };

	text_clean(&clean, title, strlen(title), TEXT_LINE);
	buf_addf(out,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d "
	    "%d\" "
	    "font-family=\"'DejaVu Sans Mono', 'Noto Sans Mono', Menlo, Consolas, monospace\" "
	    "font-size=\"15\" fill=\"none\" xml:space=\"preserve\">\n<title>",
	    w, h, w, h);
	add_escaped(out, clean.data);
	buf_addf(out, "</title>\n<rect width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", w, h, s->paper);
	buf_fini(&clean);
}

void
export_svg(struct buf *out, const struct canvas *c, const struct theme *t, const char *title)
{
	struct svg *s = mem_zero(1, sizeof *s);
	struct buf text = { 0 };

	s->c = c;
	s->t = t;
	choose_paper(s);
	add_head(out, s, title != NULL ? title : "");
	for (int y = 0; y < canvas_rows(c); y++) {
		add_grounds(out, s, y);
		add_row(&text, s, y);
	}
	svg_add_lines(s);
	svg_add_blocks(s);
	add_paths(out, s);
	buf_add(out, text.data != NULL ? text.data : "", text.len);
	buf_adds(out, "</svg>\n");
	for (size_t i = 0; i < s->n_paths; i++)
		buf_fini(&s->paths[i].d);
	free(s->paths);
	buf_fini(&text);
	free(s);
}
