#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tui/export.h"
#include "views/clock.h"
#include "views/plain_state.h"

enum { COLS_LEAST = 20 };

void
plain_gap(struct buf *out)
{
	if (out->len > 0 && out->data[out->len - 1] != '\n' && out->data[out->len - 1] != ' ')
		buf_addc(out, ' ');
}

void
plain_end(struct buf *out)
{
	if (out->len > 0 && out->data[out->len - 1] != '\n')
		buf_addc(out, '\n');
}

void
plain_put(struct buf *out, const char *text)
{
	size_t from = out->len;

	text_clean(out, text != NULL ? text : "", text != NULL ? strlen(text) : 0, TEXT_LINE);
	for (size_t i = from; i < out->len; i++)
		if (out->data[i] == '\t')
			out->data[i] = ' ';
}

static bool
is_ended(const struct buf *out)
{
	return out->len > 0 && strchr(".?!:", out->data[out->len - 1]) != NULL;
}

void
plain_put_sentence(struct buf *out, const char *text)
{
	plain_gap(out);
	plain_put(out, text);
	if (!is_ended(out))
		buf_addc(out, '.');
}

void
plain_put_error(struct buf *out, const char *text)
{
	size_t from;

	plain_gap(out);
	from = out->len;
	plain_put_sentence(out, text);
	if (from < out->len && out->data[from] >= 'a' && out->data[from] <= 'z')
		out->data[from] = (char)(out->data[from] - 'a' + 'A');
}

void
plain_put_minutes(struct buf *out, int64_t s)
{
	if (s < 0)
		s = -s;
	if (s < 60)
		word_count(out, s, WORD_SECOND_1);
	else
		word_count(out, (s + 30) / 60, WORD_MINUTE_1);
}

void
plain_put_clock(struct buf *out, const struct scene *sc)
{
	struct clock k = clock_of(sc);
	struct buf b = { 0 };

	if (!k.runs)
		return;
	plain_put_minutes(&b, k.left_s);
	plain_say(out, k.left_s < 0 ? WORD_PLAIN_OVER : WORD_PLAIN_LEFT, b.data);
	buf_fini(&b);
}

static int
by_number(const void *va, const void *vb)
{
	int64_t a = *(const int64_t *)va, b = *(const int64_t *)vb;

	return a < b ? -1 : a > b;
}

/* Three and more in a row are said as a span. */
void
plain_put_numbers(struct buf *out, int64_t *v, size_t n)
{
	if (n > 0)
		qsort(v, n, sizeof *v, by_number);
	if (n == 2) {
		word_put(out, WORD_PLAIN_AND, digits(v[0]).s, digits(v[1]).s);
		return;
	}
	for (size_t i = 0; i < n;) {
		size_t end = i;
		while (end + 1 < n && v[end + 1] == v[end] + 1)
			end++;
		if (i > 0)
			buf_adds(out, ", ");
		if (end >= i + 2) {
			word_put(out, WORD_PLAIN_SPAN, digits(v[i]).s, digits(v[end]).s);
			i = end + 1;
		} else {
			buf_adds(out, digits(v[i++]).s);
		}
	}
}

/* By way of the canvas, which knows wide characters and ASCII and holds no control character. */
static void
put_row(struct buf *out, struct canvas *c, int indent, const char *text, size_t len)
{
	size_t from = out->len;

	canvas_clear(c);
	canvas_textn(c, 0, indent, canvas_cols(c) - indent, text, len, 0);
	export_text(out, c);
	while (out->len > from && (out->data[out->len - 1] == '\n' || out->data[out->len - 1] == ' '))
		out->data[--out->len] = '\0';
	buf_addc(out, '\n');
}

static void
wrap_paragraph(struct buf *out, struct canvas *c, const char *text, size_t len)
{
	size_t indent = 0, at, next, n;

	while (indent < len && text[indent] == ' ')
		indent++;
	at = indent;
	if ((int)indent > canvas_cols(c) / 2)
		indent = 0;
	do {
		n = text_wrap(text + at, len - at, canvas_cols(c) - (int)indent, &next);
		if (next == 0)
			n = next = len - at;
		put_row(out, c, (int)indent, text + at, n);
		at += next;
	} while (at < len);
}

void
plain_wrap(struct buf *out, const char *text, int cols, bool ascii)
{
	struct canvas *c = canvas_new(1, cols < COLS_LEAST ? COLS_LEAST : cols, ascii);
	struct buf clean = { 0 };

	text_clean(&clean, text, strlen(text), TEXT_BLOCK);
	for (const char *p = clean.data; p != NULL && *p != '\0';) {
		size_t len = strcspn(p, "\n");
		wrap_paragraph(out, c, p, len);
		p += len + (p[len] == '\n');
	}
	buf_fini(&clean);
	canvas_free(c);
}
