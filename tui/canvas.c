#include "tui/canvas.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <utf8proc.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/ascii.h"

enum { MARKS_MAX = 4, CLUSTER_BYTES = 32 };

/* A base with its marks, kept once. */
struct cluster {
	char text[CLUSTER_BYTES];
};

struct canvas {
	int rows, cols;
	bool ascii, has_cursor;
	int cursor_y, cursor_x;
	struct rect clip;
	struct cell *cells;
	struct cluster *clusters;
	size_t n_clusters, cap_clusters;
};

static const struct cell blank = { ' ', ROLE_PLAIN, 1, 0 };

struct canvas *
canvas_new(int rows, int cols, bool ascii)
{
	struct canvas *c = mem_zero(1, sizeof *c);

	c->ascii = ascii;
	canvas_resize(c, rows, cols);
	return c;
}

void
canvas_free(struct canvas *c)
{
	if (c == NULL)
		return;
	free(c->cells);
	free(c->clusters);
	free(c);
}

void
canvas_resize(struct canvas *c, int rows, int cols)
{
	c->rows = rows > 0 ? rows : 1;
	c->cols = cols > 0 ? cols : 1;
	c->cells = mem_resize(c->cells, (size_t)c->rows * (size_t)c->cols, sizeof *c->cells);
	canvas_clear(c);
}

void
canvas_copy(struct canvas *to, const struct canvas *from)
{
	if (to->rows != from->rows || to->cols != from->cols)
		canvas_resize(to, from->rows, from->cols);
	memcpy(to->cells, from->cells, (size_t)from->rows * (size_t)from->cols * sizeof *to->cells);
	while (to->cap_clusters < from->n_clusters)
		to->clusters = mem_grow(to->clusters, &to->cap_clusters, sizeof *to->clusters);
	if (from->n_clusters > 0)
		memcpy(to->clusters, from->clusters, from->n_clusters * sizeof *to->clusters);
	to->n_clusters = from->n_clusters;
	to->has_cursor = from->has_cursor;
	to->cursor_y = from->cursor_y;
	to->cursor_x = from->cursor_x;
}

void
canvas_clear(struct canvas *c)
{
	size_t n = (size_t)c->rows * (size_t)c->cols;

	for (size_t i = 0; i < n; i++)
		c->cells[i] = blank;
	c->n_clusters = 0;
	c->has_cursor = false;
	c->clip = canvas_area(c);
}

int
canvas_rows(const struct canvas *c)
{
	return c->rows;
}

int
canvas_cols(const struct canvas *c)
{
	return c->cols;
}

bool
canvas_ascii(const struct canvas *c)
{
	return c->ascii;
}

struct rect
canvas_area(const struct canvas *c)
{
	return (struct rect){ 0, 0, c->rows, c->cols };
}

static struct rect
overlap(struct rect a, struct rect b)
{
	int y = a.y > b.y ? a.y : b.y, x = a.x > b.x ? a.x : b.x;
	int bottom = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
	int right = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;

	return (struct rect){ y, x, bottom > y ? bottom - y : 0, right > x ? right - x : 0 };
}

void
canvas_clip(struct canvas *c, struct rect area)
{
	c->clip = overlap(area, canvas_area(c));
}

static bool
inside(const struct canvas *c, int y, int x)
{
	return y >= c->clip.y && y < c->clip.y + c->clip.h && x >= c->clip.x && x < c->clip.x + c->clip.w;
}

/* Before a cell is written: the other half of a wide one that loses a half becomes a space. */
static void
split_wide(struct canvas *c, int y, int x)
{
	struct cell *row = c->cells + (size_t)y * (size_t)c->cols;

	if (row[x].width == 0 && x > 0) {
		row[x - 1].glyph = ' ';
		row[x - 1].width = 1;
	} else if (row[x].width == 2 && x + 1 < c->cols) {
		row[x + 1].glyph = ' ';
		row[x + 1].width = 1;
	}
}

static void
set_cell(struct canvas *c, int y, int x, uint32_t glyph, int width, int style)
{
	struct cell *row = c->cells + (size_t)y * (size_t)c->cols;

	if (!inside(c, y, x))
		return;
	if (width == 2 && !inside(c, y, x + 1)) {
		glyph = ' ';
		width = 1;
	}
	split_wide(c, y, x);
	if (width == 2)
		split_wide(c, y, x + 1);
	row[x] = (struct cell){ glyph, (uint16_t)style, (uint8_t)width, 0 };
	if (width == 2)
		row[x + 1] = (struct cell){ 0, (uint16_t)style, 0, 0 };
}

static uint32_t
intern(struct canvas *c, const char *text)
{
	for (size_t i = 0; i < c->n_clusters; i++)
		if (strcmp(c->clusters[i].text, text) == 0)
			return CELL_CLUSTER | (uint32_t)i;
	VEC_ROOM(c->clusters, c->n_clusters, c->cap_clusters);
	memcpy(c->clusters[c->n_clusters].text, text, strlen(text) + 1);
	return CELL_CLUSTER | (uint32_t)c->n_clusters++;
}

/* What may stand in a cell: 0 for what is not drawn at all, U+FFFD for what the terminal does not know. */
static uint32_t
harmless(uint32_t cp)
{
	if (cp == '\t' || cp == '\n' || cp == '\r')
		return ' ';
	if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
		return 0xfffd;
	if (cp < 0x300)
		return cp == 0xad ? '-' : cp;
	if (wcwidth((wchar_t)cp) < 0)
		return 0xfffd;
	if (wcwidth((wchar_t)cp) == 0)
		return 0;
	return cp;
}

static bool
is_mark(uint32_t cp)
{
	utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)cp);

	return k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_ME;
}

/* Draw one grapheme; returns its columns. */
static int
put_grapheme(struct canvas *c, int y, int x, const char *g, size_t len, int style)
{
	uint32_t cp = 0, mark;
	size_t at = utf8_decode(g, len, &cp), used = 0;
	char text[CLUSTER_BYTES];
	int width, marks = 0;

	if (at == 0) {
		set_cell(c, y, x, 0xfffd, 1, style);
		return 1;
	}
	cp = harmless(cp);
	if (cp == 0)
		cp = 0xfffd;
	width = cp < 0x300 ? 1 : wcwidth((wchar_t)cp) == 2 ? 2 : 1;
	if (c->ascii) {
		for (int i = 0; i < width; i++)
			set_cell(c, y, x + i, (unsigned char)ascii_of(cp), 1, style);
		return width;
	}
	if (at == len || width == 2) { /* marks and joiners after a wide one are not drawn */
		set_cell(c, y, x, cp, width, style);
		return width;
	}
	used = utf8_encode(cp, text);
	while (at < len && marks < MARKS_MAX) {
		size_t n = utf8_decode(g + at, len - at, &mark);
		if (n == 0)
			break;
		if (is_mark(mark) && wcwidth((wchar_t)mark) == 0 && mark != 0xfe0f) {
			memcpy(text + used, g + at, n);
			used += n;
			marks++;
		}
		at += n;
	}
	text[used] = '\0';
	set_cell(c, y, x, marks > 0 ? intern(c, text) : cp, 1, style);
	return 1;
}

void
canvas_put(struct canvas *c, int y, int x, uint32_t cp, int style)
{
	char text[4];

	if (cp >= 0x20 && cp < 0x7f) {
		set_cell(c, y, x, cp, 1, style);
		return;
	}
	put_grapheme(c, y, x, text, utf8_encode(cp, text), style);
}

void
canvas_fill(struct canvas *c, struct rect area, uint32_t cp, int style)
{
	struct rect r = overlap(area, c->clip);

	for (int y = r.y; y < r.y + r.h; y++)
		for (int x = r.x; x < r.x + r.w; x++)
			canvas_put(c, y, x, cp, style);
}

void
canvas_hline(struct canvas *c, int y, int x, int w, uint32_t cp, int style)
{
	canvas_fill(c, (struct rect){ y, x, 1, w }, cp, style);
}

void
canvas_vline(struct canvas *c, int y, int x, int h, uint32_t cp, int style)
{
	canvas_fill(c, (struct rect){ y, x, h, 1 }, cp, style);
}

void
canvas_paint(struct canvas *c, struct rect area, int style)
{
	struct rect r = overlap(area, c->clip);

	for (int y = r.y; y < r.y + r.h; y++)
		for (int x = r.x; x < r.x + r.w; x++)
			c->cells[(size_t)y * (size_t)c->cols + (size_t)x].style = (uint16_t)style;
}

/* Draw without looking at whether it all fits. */
static int
draw_run(struct canvas *c, int y, int x, const char *text, size_t len, int style)
{
	int begun = x;

	for (size_t at = 0; at < len;) {
		unsigned char b = (unsigned char)text[at];
		size_t n;
		if (b >= 0x20 && b < 0x7f && (at + 1 == len || (unsigned char)text[at + 1] < 0x80)) {
			set_cell(c, y, x++, b, 1, style);
			at++;
			continue;
		}
		n = text_grapheme(text + at, len - at);
		x += put_grapheme(c, y, x, text + at, n, style);
		at += n;
	}
	return x - begun;
}

int
canvas_textn(struct canvas *c, int y, int x, int cols, const char *text, size_t len, int style)
{
	size_t fit;
	int used;

	if (cols < 0)
		cols = c->cols - x;
	if (cols <= 0 || y < 0 || y >= c->rows)
		return 0;
	fit = text_fit(text, len, cols, &used);
	if (fit == len)
		return draw_run(c, y, x, text, len, style);
	fit = text_fit(text, len, cols - 1, &used);
	while (fit > 0 && text[fit - 1] == ' ') {
		fit--;
		used--;
	}
	draw_run(c, y, x, text, fit, style);
	canvas_put(c, y, x + used, 0x2026, style);
	return used + 1;
}

int
canvas_text(struct canvas *c, int y, int x, int cols, const char *text, int style)
{
	return canvas_textn(c, y, x, cols, text, strlen(text), style);
}

int
canvas_textf(struct canvas *c, int y, int x, int cols, int style, const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;
	int used;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	used = canvas_textn(c, y, x, cols, b.data, b.len, style);
	buf_fini(&b);
	return used;
}

int
canvas_text_right(struct canvas *c, int y, int right, int cols, const char *text, int style)
{
	int w = text_width(text, strlen(text));

	if (cols >= 0 && w > cols)
		w = cols;
	canvas_text(c, y, right - w, w, text, style);
	return right - w;
}

int
canvas_text_wrap(struct canvas *c, struct rect area, const char *text, int style)
{
	size_t len = strlen(text);
	int row = 0;

	while (len > 0 && row < area.h && area.w > 0) {
		size_t next, n;
		if (row == area.h - 1) {
			/* The last row shows that there is more. */
			n = text_wrap(text, len, area.w, &next);
			if (next < len) {
				size_t line = strcspn(text, "\n");
				char *rest = mem_dupn(text, line);
				struct buf b = { 0 };
				buf_addf(&b, "%s%s", rest, line < len && text_width(rest, line) <= area.w ? " …" : "");
				canvas_text(c, area.y + row, area.x, area.w, b.data, style);
				buf_fini(&b);
				free(rest);
				return area.h;
			}
		}
		n = text_wrap(text, len, area.w, &next);
		canvas_textn(c, area.y + row, area.x, area.w, text, n, style);
		text += next;
		len -= next;
		row++;
	}
	return row;
}

void
canvas_cursor(struct canvas *c, int y, int x)
{
	c->has_cursor = y >= 0 && y < c->rows && x >= 0 && x < c->cols;
	c->cursor_y = y;
	c->cursor_x = x;
}

bool
canvas_cursor_at(const struct canvas *c, int *y, int *x)
{
	*y = c->cursor_y;
	*x = c->cursor_x;
	return c->has_cursor;
}

const struct cell *
canvas_row(const struct canvas *c, int y)
{
	return c->cells + (size_t)y * (size_t)c->cols;
}

size_t
canvas_glyph(const struct canvas *c, const struct cell *cell, char out[32])
{
	size_t n = 0;

	if (cell->glyph & CELL_CLUSTER) {
		const char *text = c->clusters[cell->glyph & ~CELL_CLUSTER].text;
		n = strlen(text);
		memcpy(out, text, n);
	} else if (cell->glyph != 0) {
		n = utf8_encode(cell->glyph, out);
	}
	out[n] = '\0';
	return n;
}

bool
canvas_cell_equal(const struct canvas *a, const struct cell *ca, const struct canvas *b, const struct cell *cb)
{
	if (ca->style != cb->style || ca->width != cb->width)
		return false;
	if (!(ca->glyph & CELL_CLUSTER) || !(cb->glyph & CELL_CLUSTER))
		return ca->glyph == cb->glyph;
	return strcmp(a->clusters[ca->glyph & ~CELL_CLUSTER].text, b->clusters[cb->glyph & ~CELL_CLUSTER].text) == 0;
}
