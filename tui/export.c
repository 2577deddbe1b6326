#include "tui/export.h"

#include <string.h>

static void
add_glyph(struct buf *out, const struct canvas *c, const struct cell *cell)
{
	char g[32];

	buf_add(out, g, canvas_glyph(c, cell, g));
}

void
export_text(struct buf *out, const struct canvas *c)
{
	for (int y = 0; y < canvas_rows(c); y++) {
		const struct cell *row = canvas_row(c, y);
		for (int x = 0; x < canvas_cols(c); x++)
			add_glyph(out, c, &row[x]);
		buf_addc(out, '\n');
	}
}

static bool
look_equal(const struct look *a, const struct look *b)
{
	return a->fg == b->fg && a->bg == b->bg && a->attrs == b->attrs;
}

/* The escape that takes all off and then sets this look. */
static void
add_look(struct buf *out, const struct look *l)
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
	if (l->fg >= 0)
		buf_addf(out, ";38;5;%d", l->fg);
	if (l->bg >= 0)
		buf_addf(out, ";48;5;%d", l->bg);
	buf_addc(out, 'm');
}

void
export_ansi(struct buf *out, const struct canvas *c, const struct theme *t, bool color)
{
	static const struct look none = { -1, -1, 0 };

	for (int y = 0; y < canvas_rows(c); y++) {
		const struct cell *row = canvas_row(c, y);
		struct look now = none;
		for (int x = 0; x < canvas_cols(c); x++) {
			struct look l = theme_look(t, row[x].style);
			if (!color)
				l.fg = l.bg = -1;
			if (!look_equal(&l, &now))
				add_look(out, &l);
			now = l;
			add_glyph(out, c, &row[x]);
		}
		/* Each row stands for itself: a pager may begin at any. */
		if (!look_equal(&now, &none))
			add_look(out, &none);
		buf_addc(out, '\n');
	}
}

/* One letter a style: the roles from "a" on in their order, in upper case with any attribute of its
 * own. */
static char
style_letter(int style)
{
	if (style == ROLE_PLAIN)
		return ' ';
	return (char)((style & ~0xff ? 'A' : 'a') + (style & 0xff));
}

/* The end of the canvas is marked, so that no row ends in spaces. */
void
export_frame(struct buf *out, const struct canvas *c)
{
	for (int y = 0; y < canvas_rows(c); y++) {
		const struct cell *row = canvas_row(c, y);
		size_t begin;
		for (int x = 0; x < canvas_cols(c); x++)
			add_glyph(out, c, &row[x]);
		buf_adds(out, "|\n");
		begin = out->len;
		for (int x = 0; x < canvas_cols(c); x++)
			buf_addc(out, style_letter(row[x].style));
		while (out->len > begin && out->data[out->len - 1] == ' ')
			out->data[--out->len] = '\0';
		if (out->len > begin)
			buf_addc(out, '\n');
	}
}
