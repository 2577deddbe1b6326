#include "tui/canvas.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <utf8proc.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/ascii.h"
#include "tui/canvas_cell.h"

enum { UNKNOWN = 0xfffd, GRAPHEME_CHARS = 24 };

/* What is drawn for a character: itself when it is sure to take columns and do nothing else. */
static uint32_t
drawable(uint32_t cp, int *width)
{
	*width = 1;
	if ((cp >= 0x20 && cp < 0x7f) || (cp >= 0x2500 && cp < 0x25a0))
		return cp;
	if (cp == '\n' || cp == '\t' || cp == '\r' || cp == 0xa0 || cp == 0x200b || cp == 0x2060)
		return ' ';
	if (cp == 0xad)
		return '-';
	if (cp < 0xa0 || (cp >= 0x600 && cp <= 0x605) || cp == 0x6dd)
		return UNKNOWN;
	/* Two letters of flags side by side would be joined. */
	if (cp >= 0x1f1e6 && cp <= 0x1f1ff)
		return 'A' + cp - 0x1f1e6;
	*width = wcwidth((wchar_t)cp);
	/* So would a mark that takes a column, with what stands before it. */
	if (*width == 2 || (*width == 1 && utf8proc_grapheme_break('x', (utf8proc_int32_t)cp)))
		return cp;
	*width = 1;
	return UNKNOWN;
}

struct cell
cell_of_char(uint32_t cp, int style)
{
	int width;
	uint32_t glyph = drawable(cp, &width);

	assert((style & 0xff) < N_ROLES);
	return (struct cell){ .glyph = glyph, .style = (uint16_t)style, .width = (uint8_t)width };
}

struct cell
cell_in_ascii(struct cell cell, uint32_t left, uint32_t next)
{
	cell.glyph = cell.width == 2 ? '?' : (uint32_t)ascii_of(cell.glyph, left, next);
	return cell;
}

static size_t
slot_of(const struct canvas *c, const char *text)
{
	uint64_t h = UINT64_C(14695981039346656037);
	size_t at;

	for (const char *p = text; *p != '\0'; p++)
		h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
	at = (size_t)(h ^ h >> 32) & (c->n_slots - 1);
	while (c->slots[at] != 0 && strcmp(c->clusters[c->slots[at] - 1].text, text) != 0)
		at = (at + 1) & (c->n_slots - 1);
	return at;
}

static void
slots_grow(struct canvas *c)
{
	c->n_slots = c->n_slots == 0 ? 64 : c->n_slots * 2;
	free(c->slots);
	c->slots = mem_zero(c->n_slots, sizeof *c->slots);
	for (size_t i = 0; i < c->n_clusters; i++)
		c->slots[slot_of(c, c->clusters[i].text)] = (uint32_t)i + 1;
}

static uint32_t
cluster_add(struct canvas *c, const char *text)
{
	size_t at;

	if ((c->n_clusters + 1) * 2 > c->n_slots)
		slots_grow(c);
	at = slot_of(c, text);
	if (c->slots[at] == 0) {
		VEC_ROOM(c->clusters, c->n_clusters, c->cap_clusters);
		memset(&c->clusters[c->n_clusters], 0, sizeof *c->clusters);
		memcpy(c->clusters[c->n_clusters].text, text, strlen(text));
		c->slots[at] = (uint32_t)++c->n_clusters;
	}
	return CELL_CLUSTER | (c->slots[at] - 1);
}

/* The grapheme's characters; n is cut to what fits, which loses marks only. */
static size_t
decode_all(const char *g, size_t len, int32_t out[GRAPHEME_CHARS])
{
	size_t n = 0, at = 0;

	while (at < len && n < GRAPHEME_CHARS) {
		uint32_t cp;
		size_t used = utf8_decode(g + at, len - at, &cp);
		if (used == 0)
			break;
		out[n++] = (int32_t)cp;
		at += used;
	}
	return n;
}

/* Composed where Unicode has one character for it, unless that would take other columns. Returns
 * the new number of characters. */
static size_t
compose(int32_t *cps, size_t n, int width)
{
	int32_t made[GRAPHEME_CHARS * 4];
	utf8proc_ssize_t m = 0;
	int boundary = 0;

	for (size_t i = 0; i < n; i++) {
		utf8proc_ssize_t room = GRAPHEME_CHARS * 4 - m;
		utf8proc_ssize_t k =
		    utf8proc_decompose_char(cps[i], made + m, room, UTF8PROC_DECOMPOSE, &boundary);
		if (k < 0 || k > room)
			return n;
		m += k;
	}
	m = utf8proc_normalize_utf32(made, m, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
	if (m < 1 || (size_t)m > GRAPHEME_CHARS || wcwidth((wchar_t)made[0]) != width)
		return n;
	memcpy(cps, made, (size_t)m * sizeof *cps);
	return (size_t)m;
}

/* Takes no column and is seen: not a joiner, not a selector of variants. */
static bool
is_mark(uint32_t cp)
{
	utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)cp);

	if (k != UTF8PROC_CATEGORY_MN && k != UTF8PROC_CATEGORY_ME)
		return false;
	if (cp == 0x34f || cp == 0x17b4 || cp == 0x17b5 || (cp >= 0x180b && cp <= 0x180f) ||
	    (cp >= 0xfe00 && cp <= 0xfe0f) || cp >= 0xe0000)
		return false;
	return wcwidth((wchar_t)cp) == 0;
}

struct cell
cell_of_grapheme(struct canvas *c, const char *g, size_t len, int style)
{
	int32_t cps[GRAPHEME_CHARS];
	char text[CLUSTER_BYTES];
	size_t n = decode_all(g, len, cps), at, marks = 0;
	struct cell cell = cell_of_char(n > 0 ? (uint32_t)cps[0] : UNKNOWN, style);

	if (n < 2 || c->ascii || cell.glyph != (uint32_t)cps[0])
		return cell;
	n = compose(cps, n, cell.width);
	cell.glyph = (uint32_t)cps[0];
	/* Terminals disagree on what a mark does to a wide character. */
	if (cell.width == 2)
		return cell;
	at = utf8_encode(cell.glyph, text);
	for (size_t i = 1; i < n && marks < CLUSTER_MARKS; i++) {
		if (!is_mark((uint32_t)cps[i]))
			continue;
		at += utf8_encode((uint32_t)cps[i], text + at);
		marks++;
	}
	text[at] = '\0';
	if (marks > 0)
		cell.glyph = cluster_add(c, text);
	return cell;
}

static const struct cell blank = { .glyph = ' ', .style = ROLE_PLAIN, .width = 1 };

/* Clusters nobody draws any more are forgotten when there are this many. */
enum { CLUSTERS_KEPT = 1024 };

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
	free(c->slots);
	free(c);
}

void
canvas_resize(struct canvas *c, int rows, int cols)
{
	assert(rows >= 0 && cols >= 0 && rows <= 10000 && cols <= 10000);
	c->cells = mem_resize(c->cells, (size_t)rows * (size_t)cols, sizeof *c->cells);
	c->rows = rows;
	c->cols = cols;
	canvas_clear(c);
}

void
canvas_clear(struct canvas *c)
{
	size_t n = (size_t)c->rows * (size_t)c->cols;

	/* As memcpy moves many at once: this is a good part of what a small change costs. */
	if (n > 0)
		c->cells[0] = blank;
	for (size_t done = 1; done < n; done *= 2)
		memcpy(c->cells + done, c->cells, (done < n - done ? done : n - done) * sizeof blank);
	c->cursor_set = false;
	c->clip = canvas_area(c);
	if (c->n_clusters > CLUSTERS_KEPT) {
		c->n_clusters = 0;
		memset(c->slots, 0, c->n_slots * sizeof *c->slots);
	}
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

/* One axis of rect_within; in 64 bits, because areas may be anywhere. */
static void
span_within(int *at, int *n, int from, int room)
{
	int64_t a = *at, b = a + (*n > 0 ? *n : 0), end = (int64_t)from + room;

	a = a < from ? from : a;
	b = b > end ? end : b;
	*at = a > end ? (int)end : (int)a;
	*n = b > a ? (int)(b - a) : 0;
}

/* The part of `a` that lies within `b`. */
static struct rect
rect_within(struct rect a, struct rect b)
{
	span_within(&a.y, &a.h, b.y, b.h);
	span_within(&a.x, &a.w, b.x, b.w);
	return a;
}

void
canvas_clip(struct canvas *c, struct rect area)
{
	c->clip = rect_within(area, canvas_area(c));
}

struct cell *
canvas_row_open(struct canvas *c, int y)
{
	return c->cells + (size_t)y * (size_t)c->cols;
}

/* Half of a wide character is about to be drawn over: what stays of it becomes a space. */
static void
break_wide(struct canvas *c, struct cell *row, int x)
{
	if (row[x].width == 0 && x > 0) {
		row[x - 1].glyph = ' ';
		row[x - 1].width = 1;
	} else if (row[x].width == 2 && x + 1 < c->cols) {
		row[x + 1].glyph = ' ';
		row[x + 1].width = 1;
	}
}

static void
place_one(struct canvas *c, struct cell *row, int x, struct cell v)
{
	if (x < c->clip.x || x >= c->clip.x + c->clip.w)
		return;
	if (row[x].width != 1)
		break_wide(c, row, x);
	row[x] = v;
}

void
canvas_place(struct canvas *c, int y, int x, struct cell v)
{
	struct cell *row, space = v;

	if (y < c->clip.y || y >= c->clip.y + c->clip.h || x < c->clip.x - 1 ||
	    x >= c->clip.x + c->clip.w)
		return;
	row = canvas_row_open(c, y);
	if (v.width != 2) {
		place_one(c, row, x, v);
		return;
	}
	space.width = 1;
	space.glyph = c->ascii ? '?' : ' ';
	place_one(c, row, x, space);
	place_one(c, row, x + 1, space);
	if (c->ascii || x < c->clip.x || x + 1 >= c->clip.x + c->clip.w)
		return;
	row[x] = v;
	row[x + 1] = (struct cell){ .glyph = 0, .style = v.style, .width = 0 };
}

uint32_t
canvas_left_of(const struct canvas *c, int y, int x)
{
	if (y < 0 || y >= c->rows || x <= 0 || x > c->cols)
		return 0;
	return canvas_row(c, y)[x - 1].glyph;
}

void
canvas_put(struct canvas *c, int y, int x, uint32_t cp, int style)
{
	struct cell v = cell_of_char(cp, style);

	if (c->ascii)
		v = cell_in_ascii(v, canvas_left_of(c, y, x), 0);
	canvas_place(c, y, x, v);
}

/* Fill the row from x on with a cell of one column; all of it is inside the clip. */
static void
fill_row(struct canvas *c, struct cell *row, int x, int w, struct cell v)
{
	if (row[x].width != 1)
		break_wide(c, row, x);
	if (row[x + w - 1].width != 1)
		break_wide(c, row, x + w - 1);
	for (int i = x; i < x + w; i++)
		row[i] = v;
}

void
canvas_fill(struct canvas *c, struct rect area, uint32_t cp, int style)
{
	struct cell v = cell_of_char(cp, style);
	struct rect r = rect_within(area, c->clip);

	if (r.h <= 0 || r.w <= 0)
		return;
	if (c->ascii)
		v = cell_in_ascii(v, 0, 0);
	for (int y = r.y; y < r.y + r.h; y++) {
		if (v.width == 1) {
			fill_row(c, canvas_row_open(c, y), r.x, r.w, v);
			continue;
		}
		for (int x = area.x + (r.x - area.x) / 2 * 2; x < r.x + r.w; x += 2)
			canvas_place(c, y, x, v);
	}
}

void
canvas_hline(struct canvas *c, int y, int x, int w, uint32_t cp, int style)
{
	canvas_fill(c, (struct rect){ y, x, 1, w }, cp, style);
}

void
canvas_vline(struct canvas *c, int y, int x, int h, uint32_t cp, int style)
{
	canvas_fill(c, (struct rect){ y, x, h, cell_of_char(cp, style).width }, cp, style);
}

void
canvas_paint(struct canvas *c, struct rect area, int style)
{
	struct rect r = rect_within(area, c->clip);

	assert((style & 0xff) < N_ROLES);
	if (r.w <= 0)
		return;
	for (int y = r.y; y < r.y + r.h; y++) {
		struct cell *row = canvas_row_open(c, y);
		/* A wide character has one style. */
		int from = row[r.x].width == 0 ? r.x - 1 : r.x;
		int to = row[r.x + r.w - 1].width == 2 ? r.x + r.w + 1 : r.x + r.w;
		for (int x = from; x < to; x++)
			row[x].style = (uint16_t)style;
	}
}

void
canvas_cursor(struct canvas *c, int y, int x)
{
	c->cursor_set = y >= 0 && y < c->rows && x >= 0 && x < c->cols;
	c->cursor_y = y;
	c->cursor_x = x;
}

bool
canvas_cursor_at(const struct canvas *c, int *y, int *x)
{
	if (!c->cursor_set)
		return false;
	*y = c->cursor_y;
	*x = c->cursor_x;
	return true;
}

const struct cell *
canvas_row(const struct canvas *c, int y)
{
	assert(y >= 0 && y < c->rows);
	return c->cells + (size_t)y * (size_t)c->cols;
}

size_t
canvas_glyph(const struct canvas *c, const struct cell *cell, char out[32])
{
	size_t len;

	if (cell->width == 0) {
		len = 0;
	} else if (cell->glyph & CELL_CLUSTER) {
		const char *text = c->clusters[cell->glyph & ~CELL_CLUSTER].text;
		len = strlen(text);
		memcpy(out, text, len);
	} else {
		len = utf8_encode(cell->glyph, out);
	}
	out[len] = '\0';
	return len;
}

bool
canvas_cell_equal(
    const struct canvas *a, const struct cell *ca, const struct canvas *b, const struct cell *cb)
{
	if (ca->style != cb->style || ca->width != cb->width)
		return false;
	if ((ca->glyph & cb->glyph & CELL_CLUSTER) == 0)
		return ca->glyph == cb->glyph;
	return strcmp(a->clusters[ca->glyph & ~CELL_CLUSTER].text,
		   b->clusters[cb->glyph & ~CELL_CLUSTER].text) == 0;
}

bool
canvas_row_equal(const struct canvas *a, const struct canvas *b, int y)
{
	const struct cell *ra = canvas_row(a, y), *rb = canvas_row(b, y);

	assert(a->cols == b->cols);
	/* Without clusters cells say all themselves. */
	if (a->n_clusters == 0 || b->n_clusters == 0)
		return memcmp(ra, rb, (size_t)a->cols * sizeof *ra) == 0;
	for (int x = 0; x < a->cols; x++)
		if (!canvas_cell_equal(a, &ra[x], b, &rb[x]))
			return false;
	return true;
}

void
canvas_copy(struct canvas *to, const struct canvas *from)
{
	if (to->rows != from->rows || to->cols != from->cols)
		canvas_resize(to, from->rows, from->cols);
	memcpy(to->cells, from->cells, (size_t)to->rows * (size_t)to->cols * sizeof *to->cells);
	to->clip = canvas_area(to);
	to->ascii = from->ascii;
	to->cursor_set = from->cursor_set;
	to->cursor_y = from->cursor_y;
	to->cursor_x = from->cursor_x;
	/* The cells hold indexes: the same clusters in the same order. */
	to->n_clusters = 0;
	if (to->n_slots > 0)
		memset(to->slots, 0, to->n_slots * sizeof *to->slots);
	for (size_t i = 0; i < from->n_clusters; i++)
		cluster_add(to, from->clusters[i].text);
}
