#include "base/err.h"

#include <stdarg.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

enum { PREFIX_MAX = 400 }; /* a long path must not push out what to do */

/* At most `max` bytes of valid UTF-8, whole characters. */
static size_t
whole_chars(const char *s, size_t len, size_t max)
{
	if (len <= max)
		return len;
	for (len = max; len > 0 && ((unsigned char)s[len] & 0xc0) == 0x80;)
		len--;
	return len;
}

static void
err_put(struct err *e, const struct buf *raw)
{
	struct buf b = { 0 };
	size_t len;

	text_clean(&b, raw->data, raw->len, TEXT_LINE);
	len = whole_chars(b.data, b.len, sizeof e->text - 1);
	memcpy(e->text, b.data, len);
	e->text[len] = '\0';
	buf_fini(&b);
}

bool
err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;

	if (e == NULL)
		return false;
	/* The arguments may point into `e` itself, so it is filled last. */
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	e->kind = kind;
	err_put(e, &b);
	buf_fini(&b);
	return false;
}

bool
err_prefix(struct err *e, const char *fmt, ...)
{
	struct buf raw = { 0 }, b = { 0 };
	va_list ap;

	if (e == NULL)
		return false;
	va_start(ap, fmt);
	buf_vaddf(&raw, fmt, ap);
	va_end(ap);
	text_clean(&b, raw.data, raw.len, TEXT_LINE);
	b.len = whole_chars(b.data, b.len, PREFIX_MAX);
	buf_addf(&b, ": %s", e->text);
	err_put(e, &b);
	buf_fini(&raw);
	buf_fini(&b);
	return false;
}
