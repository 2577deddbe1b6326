#include "base/text.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <utf8proc.h>

#include "base/mem.h"

static bool
asks_for_utf8(void)
{
	static const char names[][9] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *v = getenv(names[i]);
		if (v == NULL || v[0] == '\0')
			continue;
		return text_has(v, "utf-8") || text_has(v, "utf8");
	}
	return false;
}

bool
text_locale(void)
{
	bool utf8 = asks_for_utf8();

	/* Over ssh the named locale is often missing; wcwidth needs a UTF-8 one all the same. */
	if (!utf8 || setlocale(LC_CTYPE, "") == NULL || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
	setlocale(LC_NUMERIC, "C");
	return utf8;
}

size_t
utf8_decode(const char *s, size_t len, uint32_t *cp)
{
	const unsigned char *b = (const unsigned char *)s;
	uint32_t c;
	size_t need;

	if (len == 0)
		return 0;
	if (b[0] < 0x80) {
		*cp = b[0];
		return 1;
	}
	if (b[0] < 0xc2 || b[0] > 0xf4)
		return 0;
	need = b[0] < 0xe0 ? 2 : b[0] < 0xf0 ? 3 : 4;
	if (len < need)
		return 0;
	c = b[0] & (0x7fu >> need);
	for (size_t i = 1; i < need; i++) {
		if ((b[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (b[i] & 0x3f);
	}
	if ((need == 3 && c < 0x800) || (need == 4 && c < 0x10000) || c > 0x10ffff ||
	    (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*cp = c;
	return need;
}

size_t
utf8_encode(uint32_t cp, char out[4])
{
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)out);
}

/* Bytes of ASCII at the beginning, eight at a time. */
static size_t
ascii_run(const char *s, size_t len)
{
	size_t i = 0;

	while (i + 8 <= len) {
		uint64_t w;
		memcpy(&w, s + i, 8);
		if (w & UINT64_C(0x8080808080808080))
			break;
		i += 8;
	}
	while (i < len && (unsigned char)s[i] < 0x80)
		i++;
	return i;
}

size_t
utf8_valid(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len) {
		uint32_t cp;
		size_t n;
		i += ascii_run(s + i, len - i);
		if (i >= len)
			break;
		n = utf8_decode(s + i, len - i, &cp);
		if (n == 0)
			return i;
		i += n;
	}
	return len;
}

size_t
text_grapheme(const char *s, size_t len)
{
	utf8proc_int32_t state = 0;
	uint32_t before, after;
	size_t n, at;

	if (len == 0)
		return 0;
	if ((unsigned char)s[0] < 0x80 && (len == 1 || (unsigned char)s[1] < 0x80))
		return s[0] == '\r' && len > 1 && s[1] == '\n' ? 2 : 1;
	at = utf8_decode(s, len, &before);
	if (at == 0)
		return 1;
	while (at < len && (n = utf8_decode(s + at, len - at, &after)) > 0) {
		if (utf8proc_grapheme_break_stateful(
			(utf8proc_int32_t)before, (utf8proc_int32_t)after, &state))
			break;
		at += n;
		before = after;
	}
	return at;
}

/* Surely a boundary: the start, after a newline, and between two ASCII characters. */
static bool
surely_begins(const char *s, size_t at)
{
	if (at == 0 || s[at - 1] == '\n')
		return true;
	return (unsigned char)s[at - 1] < 0x80 && (unsigned char)s[at] < 0x80 &&
	       (s[at - 1] != '\r' || s[at] != '\n');
}

size_t
text_grapheme_back(const char *s, size_t pos)
{
	size_t at, n;

	if (pos == 0)
		return 0;
	for (at = pos - 1; !surely_begins(s, at);)
		at--;
	while ((n = text_grapheme(s + at, pos - at)) < pos - at)
		at += n;
	return at;
}

int
text_grapheme_width(const char *g, size_t len)
{
	uint32_t cp;
	size_t n = utf8_decode(g, len, &cp);
	int w;

	if (n == 0 || cp < 0x300)
		return 1;
	w = wcwidth((wchar_t)cp);
	return w == 2 ? 2 : 1;
}

int
text_width(const char *s, size_t len)
{
	int cols = 0;
	size_t at = 0;

	while (at < len) {
		size_t run = ascii_run(s + at, len - at), n;
		/* The last ASCII character may carry a mark. */
		if (run > 1 || at + run == len) {
			size_t take = at + run == len ? run : run - 1;
			cols += (int)take;
			at += take;
			continue;
		}
		n = text_grapheme(s + at, len - at);
		cols += text_grapheme_width(s + at, n);
		at += n;
	}
	return cols;
}

/* At most `most` ASCII characters at the beginning that no mark follows. */
static size_t
plain_run(const char *s, size_t len, int most)
{
	size_t cap = most > 0 ? (size_t)most : 0;
	size_t run = ascii_run(s, len <= cap ? len : cap + 1);

	if (run > 0 && run < len)
		run--;
	return run < cap ? run : cap;
}

size_t
text_fit(const char *s, size_t len, int cols, int *used)
{
	size_t at = 0;
	int have = 0;

	while (at < len) {
		size_t n = plain_run(s + at, len - at, cols - have);
		int w = (int)n;
		if (n == 0) {
			n = text_grapheme(s + at, len - at);
			w = text_grapheme_width(s + at, n);
		}
		if (have + w > cols)
			break;
		have += w;
		at += n;
	}
	if (used != NULL)
		*used = have;
	return at;
}

/* Where the line after one that ends at `at` begins: spaces at a break are not shown, nor is the
 * newline. */
static size_t
skip_break(const char *s, size_t len, size_t at)
{
	while (at < len && s[at] == ' ')
		at++;
	return at < len && s[at] == '\n' ? at + 1 : at;
}

size_t
text_wrap(const char *s, size_t len, int cols, size_t *next)
{
	const char *nl = memchr(s, '\n', len);
	size_t line = nl ? (size_t)(nl - s) : len, fit = text_fit(s, line, cols, NULL), cut = fit;

	if (fit == line) {
		*next = line + (nl != NULL);
		return line;
	}
	if (s[fit] != ' ')
		while (cut > 0 && s[cut - 1] != ' ')
			cut--;
	while (cut > 0 && s[cut - 1] == ' ')
		cut--;
	if (cut > 0) {
		*next = skip_break(s, len, cut);
		return cut;
	}
	/* One word longer than the line. */
	*next = fit > 0 ? fit : text_grapheme(s, line);
	return *next;
}

static bool
is_bidi(uint32_t c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static bool
is_break(uint32_t c)
{
	return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Byte order mark, deprecated formatting, interlinear notes, tags; variation selectors are none. */
static bool
is_invisible(uint32_t c)
{
	return c == 0xfeff || (c >= 0x206a && c <= 0x206f) || (c >= 0xfff9 && c <= 0xfffb) ||
	       (c >= 0xe0000 && c <= 0xe0fff && !(c >= 0xe0100 && c <= 0xe01ef));
}

/* Why a character may not be in a text, or NULL. */
static const char *
forbidden(uint32_t c, enum text_form form)
{
	if (c == '\t' || (c == '\n' && form == TEXT_BLOCK))
		return NULL;
	if (is_break(c))
		return form == TEXT_LINE ? "a line break (this is a text of one line)"
					 : "a line break that is not a newline";
	if (c < 0x20 || (c >= 0x7f && c < 0xa0))
		return "a control character";
	if (c < 0x200b)
		return NULL;
	if (is_bidi(c))
		return "a character that turns the direction of text";
	if (is_invisible(c))
		return "an invisible character";
	if ((c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef))
		return "a code that is no character";
	return NULL;
}

/* Takes no column of its own and piles up on what stands before: marks, zero-width joiners and
 * spaces, the later letters of a Hangul syllable. */
static bool
is_mark(uint32_t c)
{
	utf8proc_category_t k;

	if (c < 0x300)
		return false;
	if ((c >= 0x1160 && c <= 0x11ff) || (c >= 0xd7b0 && c <= 0xd7ff) ||
	    (c >= 0x200b && c <= 0x200d) || (c >= 0x2060 && c <= 0x2064))
		return true;
	k = utf8proc_category((utf8proc_int32_t)c);
	return k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_ME;
}

static bool
plain_ascii(const char *s, size_t len)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
	size_t i = 0;

	for (; i + 8 <= len; i += 8) {
		uint64_t w, del;
		memcpy(&w, s + i, 8);
		del = w ^ (ones * 0x7f);
		/* Set where a byte is over 0x7f, below a space, or DEL; at times elsewhere too. */
		if (((w | (w - ones * 0x20) | ((del - ones) & ~del)) & highs) != 0)
			break;
	}
	for (; i < len; i++)
		if ((unsigned char)s[i] < 0x20 || (unsigned char)s[i] >= 0x7f)
			return false;
	return true;
}

bool
text_ok(const char *s, size_t len, enum text_form form, struct err *e)
{
	size_t most = form == TEXT_LINE ? TEXT_LINE_MAX : TEXT_BLOCK_MAX;
	int marks = 0;

	if (len > most)
		return err_set(e, ERR_REFUSED,
		    "the text has %zu bytes, at most %zu fit: nothing was changed: shorten it", len,
		    most);
	if (plain_ascii(s, len))
		return true;
	for (size_t at = 0; at < len;) {
		uint32_t c = 0;
		size_t n = utf8_decode(s + at, len - at, &c);
		const char *why = n == 0 ? "bytes that are not UTF-8" : forbidden(c, form);
		marks = is_mark(c) ? marks + 1 : 0;
		if (why == NULL && marks > TEXT_MARKS_MAX)
			why = "more than 8 marks on one character";
		if (why != NULL)
			return err_set(e, ERR_REFUSED,
			    "the text holds %s at byte %zu: nothing was changed: take it out", why,
			    at + 1);
		at += n;
	}
	return true;
}

/* One character of what may stay; *marks counts those on the last base that did. */
static void
clean_char(struct buf *out, uint32_t c, enum text_form form, int *marks)
{
	char utf8[4];

	if (is_break(c))
		c = form == TEXT_BLOCK ? '\n' : ' ';
	/* The emoji selector: terminals disagree on the columns it adds. */
	if (c == 0xfe0f || forbidden(c, form) != NULL || (is_mark(c) && *marks >= TEXT_MARKS_MAX))
		return;
	*marks = is_mark(c) ? *marks + 1 : 0;
	buf_add(out, utf8, utf8_encode(c, utf8));
}

/* Bytes at the beginning that stay as they are, whatever stands before. */
static size_t
clean_run(const char *s, size_t len, enum text_form form)
{
	size_t i = 0;

	while (i < len && (((unsigned char)s[i] >= 0x20 && (unsigned char)s[i] < 0x7f) ||
	    s[i] == '\t' || (s[i] == '\n' && form == TEXT_BLOCK)))
		i++;
	return i;
}

void
text_clean(struct buf *out, const char *s, size_t len, enum text_form form)
{
	int marks = 0;

	buf_room(out, len);
	buf_add(out, "", 0);
	for (size_t at = 0; at < len;) {
		uint32_t c = 0xfffd;
		size_t plain = clean_run(s + at, len - at, form), n;
		if (plain > 0) {
			buf_add(out, s + at, plain);
			marks = 0;
			at += plain;
			continue;
		}
		n = utf8_decode(s + at, len - at, &c);
		at += n > 0 ? n : 1;
		if (c != '\r' || at >= len || s[at] != '\n')
			clean_char(out, c, form, &marks);
	}
}
