#include <string.h>

#include "base/text.h"
#include "tui/edit_state.h"

/* A newline in a one-line editor is drawn as a mark. */
enum { NEWLINE_MARK = 0x23ce };

static int
draw_line(struct edit *e, struct canvas *c, struct rect area, int style)
{
	const char *text = e->text.data;
	int at_col = text_width(text, e->cursor), x, col = 0;

	/* The cursor stays in sight, with a little of what is before and behind it. */
	if (at_col < e->scroll)
		e->scroll = at_col > 8 ? at_col - 8 : 0;
	if (at_col >= e->scroll + area.w)
		e->scroll = at_col - area.w + 1;
	canvas_clip(c, area);
	for (size_t at = 0; at < e->text.len && col - e->scroll < area.w;) {
		size_t n = text_grapheme(text + at, e->text.len - at);
		int w = text_grapheme_width(text + at, n);
		x = area.x + col - e->scroll;
		if (col >= e->scroll) {
			if (text[at] == '\n')
				canvas_put(c, area.y, x, NEWLINE_MARK, style);
			else
				canvas_textn(c, area.y, x, w, text + at, n, style);
		}
		col += w;
		at += n;
	}
	if (e->scroll > 0)
		canvas_put(c, area.y, area.x, 0x2026, ROLE_DIM);
	canvas_clip(c, canvas_area(c));
	canvas_cursor(c, area.y, area.x + at_col - e->scroll);
	return 1;
}

/* The row and column of the cursor when the text is wrapped to `w` columns; rows in all. */
static int
place_cursor(const struct edit *e, int w, int *row, int *col)
{
	const char *text = e->text.data;
	size_t at = 0;
	int rows = 0;

	*row = *col = 0;
	do {
		size_t next = 0, n = text_wrap(text + at, e->text.len - at, w, &next);
		if (e->cursor >= at && (e->cursor < at + next || at + next >= e->text.len)) {
			*row = rows;
			*col = text_width(text + at, e->cursor - at);
			if (*col >= w)
				*col = w - 1;
		}
		(void)n;
		at += next;
		rows++;
		if (next == 0)
			break;
	} while (at < e->text.len);
	if (e->text.len > 0 && text[e->text.len - 1] == '\n') {
		if (e->cursor == e->text.len) {
			*row = rows;
			*col = 0;
		}
		rows++;
	}
	return rows;
}

static int
draw_block(struct edit *e, struct canvas *c, struct rect area, int style)
{
	const char *text = e->text.data;
	int row, col, y = 0, rows = place_cursor(e, area.w, &row, &col);
	size_t at = 0;

	if (row < e->scroll)
		e->scroll = row;
	if (row >= e->scroll + area.h)
		e->scroll = row - area.h + 1;
	while (at < e->text.len && y < e->scroll + area.h) {
		size_t next, n = text_wrap(text + at, e->text.len - at, area.w, &next);
		if (y >= e->scroll)
			canvas_textn(c, area.y + y - e->scroll, area.x, area.w, text + at, n, style);
		at += next;
		y++;
	}
	canvas_cursor(c, area.y + row - e->scroll, area.x + col);
	return rows < area.h ? rows : area.h;
}

int
edit_draw(struct edit *e, struct canvas *c, struct rect area, int style)
{
	if (area.w < 1 || area.h < 1)
		return 0;
	return e->multi ? draw_block(e, c, area, style) : draw_line(e, c, area, style);
}
