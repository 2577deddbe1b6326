#include "tui/export.h"

#include <string.h>

void
export_text(struct buf *out, const struct canvas *c)
{
	char g[32];

	for (int y = 0; y < canvas_rows(c); y++) {
		const struct cell *row = canvas_row(c, y);
		for (int x = 0; x < canvas_cols(c); x++)
			buf_add(out, g, canvas_glyph(c, &row[x], g));
		buf_addc(out, '\n');
	}
}

/* The escape that turns everything off and then this look on. */
static void
ansi_look(struct buf *out, const struct look *l, bool color)
{
	buf_adds(out, "\033[0");
	if (l->attrs & STYLE_BOLD)
		buf_adds(out, ";1");
	if (l->attrs & STYLE_DIM)
		buf_adds(out, ";2");
	if (l->attrs & STYLE_UNDERLINE)
		buf_adds(out, ";4");
	if (l->attrs & STYLE_REVERSE)
		buf_adds(out, ";7");
	if (color && l->fg >= 0)
		buf_addf(out, ";38;5;%d", l->fg);
	if (color && l->bg >= 0)
		buf_addf(out, ";48;5;%d", l->bg);
	buf_addc(out, 'm');
}

void
export_ansi(struct buf *out, const struct canvas *c, const struct theme *t, bool color)
{
	char g[32];

	for (int y = 0; y < canvas_rows(c); y++) {
		const struct cell *row = canvas_row(c, y);
		int style = -1;
		for (int x = 0; x < canvas_cols(c); x++) {
			if (row[x].style != style) {
				struct look l = theme_look(t, row[x].style);
				ansi_look(out, &l, color);
				style = row[x].style;
			}
			buf_add(out, g, canvas_glyph(c, &row[x], g));
		}
		buf_adds(out, "\033[0m\n");
	}
}

/* One letter a style: roles a to p, upper case when bold or reversed. */
static char
style_letter(int style)
{
	int role = style & 0xff;

	if (style == ROLE_PLAIN)
		return ' ';
	return (char)((style & (STYLE_BOLD | STYLE_REVERSE) ? 'A' : 'a') + role);
}

void
export_frame(struct buf *out, const struct canvas *c)
{
	char g[32];

	for (int y = 0; y < canvas_rows(c); y++) {
		const struct cell *row = canvas_row(c, y);
		size_t end, begin;
		for (int x = 0; x < canvas_cols(c); x++)
			buf_add(out, g, canvas_glyph(c, &row[x], g));
		buf_adds(out, "|\n");
		begin = out->len;
		for (int x = 0; x < canvas_cols(c); x++)
			buf_addc(out, style_letter(row[x].style));
		for (end = out->len; end > begin && out->data[end - 1] == ' '; end--)
			;
		out->len = end;
		out->data[end] = '\0';
		if (end > begin)
			buf_addc(out, '\n');
	}
}
