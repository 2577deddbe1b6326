#include "tui/canvas.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "tui/canvas_cell.h"

enum { ELLIPSIS = 0x2026 };

/* Printable ASCII from `at` on that no mark can follow. */
static size_t
plain_run(const char *s, size_t len, size_t at)
{
	size_t i = at;

	while (i < len && s[i] >= 0x20 && s[i] < 0x7f)
		i++;
	if (i > at && i < len && (unsigned char)s[i] >= 0x80)
		i--;
	return i - at;
}

/* Characters of one column that neither join others nor hide: Latin letters, punctuation, arrows,
 * lines and shapes. */
static bool
is_simple(uint32_t cp)
{
	if (cp < 0x300)
		return cp >= 0xa1 ? cp != 0xad : cp >= 0x20 && cp < 0x7f;
	return (cp >= 0x2010 && cp < 0x2028) || (cp >= 0x2190 && cp < 0x2200) ||
	       (cp >= 0x2500 && cp < 0x25fd);
}

/* One character of up to three bytes; 0 when it is none. */
static inline uint32_t
short_char(const unsigned char *b, size_t len, size_t *n)
{
	*n = 1;
	if (len == 0 || b[0] < 0x80)
		return len == 0 ? 0 : b[0];
	if (len >= 2 && b[0] >= 0xc2 && b[0] < 0xe0 && (b[1] & 0xc0) == 0x80) {
		*n = 2;
		return (b[0] & 0x1fu) << 6 | (b[1] & 0x3fu);
	}
	if (len >= 3 && b[0] == 0xe2 && (b[1] & 0xc0) == 0x80 && (b[2] & 0xc0) == 0x80) {
		*n = 3;
		return 0x2000u | (b[1] & 0x3fu) << 6 | (b[2] & 0x3fu);
	}
	return 0;
}

/* The usual character, which no table of graphemes is needed for. Returns its bytes, or 0. */
static size_t
simple_char(const char *s, size_t len, uint32_t *cp)
{
	const unsigned char *b = (const unsigned char *)s;
	size_t n, next;

	*cp = short_char(b, len, &n);
	if (!is_simple(*cp))
		return 0;
	return n == len || b[n] < 0x80 || is_simple(short_char(b + n, len - n, &next)) ? n : 0;
}

/* text_fit, quick for what is usual. */
static size_t
fit_cols(const char *s, size_t len, int cols, int *used)
{
	size_t at = 0, n;
	uint32_t cp;
	int rest = 0;

	for (*used = 0; at < len && *used < cols; at += n) {
		n = plain_run(s, len, at);
		if (n > 0) {
			n = n < (size_t)(cols - *used) ? n : (size_t)(cols - *used);
			*used += (int)n;
			continue;
		}
		n = simple_char(s + at, len - at, &cp);
		if (n == 0)
			break;
		++*used;
	}
	if (at == len || *used == cols)
		return at;
	n = text_fit(s + at, len - at, cols - *used, &rest);
	*used += rest;
	return at + n;
}

static void
draw_plain(struct canvas *c, int y, int x, const char *s, int n, int style)
{
	struct cell v = { .style = (uint16_t)style, .width = 1 };
	int from = x < c->clip.x ? c->clip.x - x : 0;
	struct cell *row;

	if (n > c->clip.x + c->clip.w - x)
		n = c->clip.x + c->clip.w - x;
	if (y < c->clip.y || y >= c->clip.y + c->clip.h || from >= n)
		return;
	row = canvas_row_open(c, y) + x;
	/* The ends may break a wide character; what is between is drawn over whole. */
	v.glyph = (unsigned char)s[from];
	canvas_place(c, y, x + from, v);
	v.glyph = (unsigned char)s[n - 1];
	canvas_place(c, y, x + n - 1, v);
	for (int i = from + 1; i < n - 1; i++) {
		v.glyph = (unsigned char)s[i];
		row[i] = v;
	}
}

static uint32_t
char_at(const char *s, size_t len, size_t at)
{
	uint32_t cp;

	return at < len && utf8_decode(s + at, len - at, &cp) > 0 ? cp : 0;
}

/* Draw all of it; returns the columns. */
static int
draw_all(struct canvas *c, int y, int x, const char *s, size_t len, int style)
{
	int begin = x;

	for (size_t at = 0; at < len;) {
		size_t n = plain_run(s, len, at);
		struct cell v = { .style = (uint16_t)style, .width = 1 };
		if (n > 0) {
			draw_plain(c, y, x, s + at, (int)n, style);
			x += (int)n;
			at += n;
			continue;
		}
		n = simple_char(s + at, len - at, &v.glyph);
		if (n == 0) {
			n = text_grapheme(s + at, len - at);
			v = cell_of_grapheme(c, s + at, n, style);
		}
		if (c->ascii)
			v = cell_in_ascii(v, canvas_left_of(c, y, x), char_at(s, len, at + n));
		canvas_place(c, y, x, v);
		x += v.width;
		at += n;
	}
	return x - begin;
}

/* How much of a text stays before "…" in `cols` columns: no space stands before it. */
static size_t
fit_cut(const char *s, size_t len, int cols, int *used)
{
	size_t fit = fit_cols(s, len, cols - 1, used);

	while (fit > 0 && s[fit - 1] == ' ') {
		fit--;
		--*used;
	}
	return fit;
}

static int
draw_cut(struct canvas *c, int y, int x, int cols, const char *s, size_t len, int style)
{
	int used;
	size_t fit = fit_cut(s, len, cols, &used);

	draw_all(c, y, x, s, fit, style);
	canvas_put(c, y, x + used, ELLIPSIS, style);
	return used + 1;
}

int
canvas_textn(struct canvas *c, int y, int x, int cols, const char *text, size_t len, int style)
{
	int used;

	assert((style & 0xff) < N_ROLES);
	if (cols < 0)
		cols = c->clip.x + c->clip.w - x;
	if (cols <= 0)
		return 0;
	/* No character takes more columns than bytes. */
	if (len > (size_t)cols && fit_cols(text, len, cols, &used) < len)
		return draw_cut(c, y, x, cols, text, len, style);
	return draw_all(c, y, x, text, len, style);
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
	used = b.len > 0 ? canvas_textn(c, y, x, cols, b.data, b.len, style) : 0;
	buf_fini(&b);
	return used;
}

int
canvas_text_right(struct canvas *c, int y, int right, int cols, const char *text, int style)
{
	size_t len = strlen(text);
	int width;

	if (cols < 0)
		cols = right - c->clip.x;
	width = text_width(text, len);
	if (cols <= 0)
		return right;
	if (width > cols) {
		fit_cut(text, len, cols, &width);
		width++;
	}
	canvas_textn(c, y, right - width, cols, text, len, style);
	return right - width;
}

static bool
only_spaces(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] != ' ' && s[i] != '\n')
			return false;
	return true;
}

int
canvas_text_wrap(struct canvas *c, struct rect area, const char *text, int style)
{
	size_t len = strlen(text);
	int row = 0;

	if (area.w <= 0 || area.h <= 0)
		return 0;
	for (; len > 0 && row < area.h; row++) {
		size_t next, n = text_wrap(text, len, area.w, &next);
		bool cut = row == area.h - 1 && !only_spaces(text + next, len - next);
		if (cut && text_width(text, n) < area.w)
			canvas_put(c, area.y + row,
			    area.x + draw_all(c, area.y + row, area.x, text, n, style), ELLIPSIS,
			    style);
		else if (cut)
			draw_cut(c, area.y + row, area.x, area.w, text, n, style);
		else
			canvas_textn(c, area.y + row, area.x, area.w, text, n, style);
		text += next;
		len -= next;
	}
	return row;
}
