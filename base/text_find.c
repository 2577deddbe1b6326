#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/mem.h"

/* Without the C library's tables: under some locales "I" and "i" are not the same letter. */
static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool
all_ascii(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

bool
text_blank(const char *s)
{
	size_t len = strlen(s), n;
	uint32_t cp = 0;

	for (; len > 0; s += n, len -= n) {
		n = utf8_decode(s, len, &cp);
		switch (n == 0 ? UTF8PROC_CATEGORY_CN : utf8proc_category((utf8proc_int32_t)cp)) {
		case UTF8PROC_CATEGORY_ZS:
		case UTF8PROC_CATEGORY_ZL:
		case UTF8PROC_CATEGORY_ZP:
		case UTF8PROC_CATEGORY_CC:
		case UTF8PROC_CATEGORY_CF:
			break;
		default:
			return false;
		}
	}
	return true;
}

/* What case and compatibility forms have in common; what is not UTF-8 stays as it is. Yours. */
static char *
folded(const char *s)
{
	char *f = (char *)utf8proc_NFKC_Casefold((const utf8proc_uint8_t *)s);

	return f != NULL ? f : mem_dup(s);
}

static bool
ascii_begins(const char *text, const char *prefix)
{
	while (*prefix != '\0' && lower(*text) == lower(*prefix)) {
		text++;
		prefix++;
	}
	return *prefix == '\0';
}

static bool
ascii_has(const char *text, const char *part)
{
	for (;; text++) {
		if (ascii_begins(text, part))
			return true;
		if (*text == '\0')
			return false;
	}
}

static bool
bytes_same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static bool
bytes_begin(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool
bytes_have(const char *text, const char *part)
{
	return strstr(text, part) != NULL;
}

static bool
fold_and(const char *a, const char *b, bool (*compare)(const char *, const char *))
{
	char *x = folded(a), *y = folded(b);
	bool yes = compare(x, y);

	free(x);
	free(y);
	return yes;
}

bool
text_same(const char *a, const char *b)
{
	if (all_ascii(a) && all_ascii(b))
		return strlen(a) == strlen(b) && ascii_begins(a, b);
	return fold_and(a, b, bytes_same);
}

bool
text_begins(const char *text, const char *prefix)
{
	if (all_ascii(text) && all_ascii(prefix))
		return ascii_begins(text, prefix);
	return fold_and(text, prefix, bytes_begin);
}

bool
text_has(const char *text, const char *part)
{
	if (all_ascii(text) && all_ascii(part))
		return ascii_has(text, part);
	return fold_and(text, part, bytes_have);
}
