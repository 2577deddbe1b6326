#include <stdlib.h>

#include "base/text.h"
#include "tui/edit_state.h"

/* A newline in a one-line editor is drawn as a mark; so many columns stay in sight beside the
 * cursor. */
enum { NEWLINE_MARK = 0x21b5, MORE_MARK = 0x2026, MARGIN_MAX = 8 };

void
edit_layout(const struct edit *e, struct edit_rows *out)
{
	const char *text = e->text.data;
	int cols = e->wrap_cols > 0 ? e->wrap_cols : INT16_MAX;
	size_t at = 0, next;

	while (at < e->text.len) {
		size_t n = text_wrap(text + at, e->text.len - at, cols, &next);
		VEC_ROOM(out->v, out->n, out->cap);
		out->v[out->n++] = (struct edit_row){ at, at + n, at + next };
		at += next;
	}
	if (at == 0 || text[at - 1] == '\n') {
		VEC_ROOM(out->v, out->n, out->cap);
		out->v[out->n++] = (struct edit_row){ at, at, at };
	}
}

size_t
edit_row_at(const struct edit *e, const struct edit_rows *rows)
{
	size_t i = rows->n - 1;

	while (i > 0 && rows->v[i].start > e->cursor)
		i--;
	return i;
}

int
edit_col_at(const struct edit *e, const struct edit_row *row)
{
	return text_width(e->text.data + row->start, e->cursor - row->start);
}

/* Scroll so that the cursor is in sight, with a little of what is before and behind it. */
static void
scroll_line(struct edit *e, int cols, int at_col, int total)
{
	int margin = cols / 6 < MARGIN_MAX ? cols / 6 : MARGIN_MAX;
	int most = total + 1 - cols;

	/* The first column may hold the mark that there is more. */
	if (at_col - e->scroll < margin || (at_col <= e->scroll && e->scroll > 0))
		e->scroll = at_col - margin - (margin == 0 && cols > 1);
	if (at_col - e->scroll > cols - 1 - margin)
		e->scroll = at_col - cols + 1 + margin;
	if (e->scroll > most)
		e->scroll = most;
	if (e->scroll < 0)
		e->scroll = 0;
}

static void
draw_grapheme(struct canvas *c, int y, int x, const char *g, size_t len, int style)
{
	if (g[0] == '\n')
		canvas_put(c, y, x, NEWLINE_MARK, ROLE_DIM);
	else
		canvas_textn(c, y, x, text_grapheme_width(g, len), g, len, style);
}

static int
draw_line(struct edit *e, struct canvas *c, struct rect area, int style)
{
	const char *text = e->text.data;
	int at_col = text_width(text, e->cursor), total = text_width(text, e->text.len), col = 0;

	scroll_line(e, area.w, at_col, total);
	for (size_t at = 0; at < e->text.len && col < e->scroll + area.w;) {
		size_t n = text_grapheme(text + at, e->text.len - at);
		int w = text_grapheme_width(text + at, n);
		if (col >= e->scroll && col + w <= e->scroll + area.w)
			draw_grapheme(c, area.y, area.x + col - e->scroll, text + at, n, style);
		col += w;
		at += n;
	}
	if (e->scroll > 0 && at_col > e->scroll)
		canvas_put(c, area.y, area.x, MORE_MARK, ROLE_DIM);
	if (total > e->scroll + area.w && at_col < e->scroll + area.w - 1)
		canvas_put(c, area.y, area.x + area.w - 1, MORE_MARK, ROLE_DIM);
	canvas_cursor(c, area.y, area.x + at_col - e->scroll);
	return 1;
}

static int
draw_rows(
    struct edit *e, struct canvas *c, struct rect area, int style, const struct edit_rows *rows)
{
	int at = (int)edit_row_at(e, rows), n = (int)rows->n, col = edit_col_at(e, &rows->v[at]);
	int most = n > area.h ? n - area.h : 0;

	if (at < e->scroll)
		e->scroll = at;
	if (at >= e->scroll + area.h)
		e->scroll = at - area.h + 1;
	if (e->scroll > most)
		e->scroll = most;
	for (int i = e->scroll; i < n && i < e->scroll + area.h; i++) {
		const struct edit_row *r = &rows->v[i];
		canvas_textn(c, area.y + i - e->scroll, area.x, area.w, e->text.data + r->start,
		    r->end - r->start, style);
	}
	/* Spaces at a break are not drawn: the cursor waits at the edge. */
	canvas_cursor(c, area.y + at - e->scroll, area.x + (col < area.w ? col : area.w - 1));
	return n < area.h ? n : area.h;
}

int
edit_draw(struct edit *e, struct canvas *c, struct rect area, int style)
{
	struct edit_rows rows = { 0 };
	int used;

	if (area.w < 1 || area.h < 1)
		return 0;
	/* One column is left for the cursor behind a full row. */
	e->wrap_cols = area.w > 1 ? area.w - 1 : 1;
	if (!e->multi) {
		canvas_fill(c, (struct rect){ area.y, area.x, 1, area.w }, ' ', style);
		return draw_line(e, c, area, style);
	}
	edit_layout(e, &rows);
	used = rows.n < (size_t)area.h ? (int)rows.n : area.h;
	canvas_fill(c, (struct rect){ area.y, area.x, used, area.w }, ' ', style);
	draw_rows(e, c, area, style, &rows);
	free(rows.v);
	return used;
}
