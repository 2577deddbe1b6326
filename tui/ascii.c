#include "tui/ascii.h"

#include <stddef.h>

#include <utf8proc.h>

static const struct {
	uint32_t cp;
	char to;
} table[] = {
	{ 0x00a0, ' ' }, { 0x00ab, '<' }, { 0x00b1, '+' }, { 0x00b7, '.' }, { 0x00bb, '>' }, { 0x00d7, 'x' },
	{ 0x00b0, 'o' }, { 0x00df, 's' }, { 0x00e6, 'a' }, { 0x00f8, 'o' }, { 0x0142, 'l' }, { 0x0131, 'i' },
	{ 0x2010, '-' }, { 0x2011, '-' }, { 0x2012, '-' }, { 0x2013, '-' }, { 0x2014, '-' }, { 0x2018, '\'' },
	{ 0x2019, '\'' }, { 0x201c, '"' }, { 0x201d, '"' }, { 0x201e, '"' }, { 0x2022, '*' }, { 0x2026, '~' },
	{ 0x2039, '<' }, { 0x203a, '>' }, { 0x20ac, 'E' }, { 0x2190, '<' }, { 0x2191, '^' }, { 0x2192, '>' },
	{ 0x2193, 'v' }, { 0x2212, '-' }, { 0x2264, '<' }, { 0x2265, '>' }, { 0x2260, '#' },
	{ 0x2500, '-' }, { 0x2501, '=' }, { 0x2502, '|' }, { 0x2503, '|' }, { 0x2504, '-' }, { 0x2506, ':' },
	{ 0x2508, '-' }, { 0x250a, ':' }, { 0x250c, '+' }, { 0x2510, '+' }, { 0x2514, '+' }, { 0x2518, '+' },
	{ 0x251c, ']' }, { 0x2524, '[' }, { 0x252c, '+' }, { 0x2534, '+' }, { 0x253b, '+' }, { 0x253c, '+' },
	{ 0x2550, '=' }, { 0x2551, '#' }, { 0x2554, '#' }, { 0x2557, '#' }, { 0x255a, '#' }, { 0x255d, '#' },
	{ 0x2563, '#' }, { 0x256d, '+' }, { 0x256e, '+' }, { 0x256f, '+' }, { 0x2570, '`' }, { 0x2571, '/' },
	{ 0x2572, '\\' }, { 0x2580, '^' }, { 0x2584, '_' }, { 0x2588, '#' }, { 0x2590, ' ' }, { 0x2591, '.' },
	{ 0x2592, ':' }, { 0x2593, '%' }, { 0x25a0, '#' }, { 0x25b2, '^' }, { 0x25b6, '>' }, { 0x25b8, '>' },
	{ 0x25ba, '>' }, { 0x25bc, 'v' }, { 0x25be, 'v' }, { 0x25c2, '<' }, { 0x25c6, '#' }, { 0x25cb, 'o' },
	{ 0x25cf, '*' }, { 0x2713, 'x' }, { 0x2717, '!' }, { 0xfffd, '?' },
};

/* "é" to "e": the base of its decomposition. */
static char
without_accents(uint32_t cp)
{
	utf8proc_int32_t parts[8];
	int boundary = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, 8,
	    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &boundary);

	return n > 0 && parts[0] > 0x20 && parts[0] < 0x7f ? (char)parts[0] : '?';
}

char
ascii_of(uint32_t cp)
{
	size_t n = sizeof table / sizeof *table;

	if (cp >= 0x20 && cp < 0x7f)
		return (char)cp;
	for (size_t i = 0; i < n; i++)
		if (table[i].cp == cp)
			return table[i].to;
	return without_accents(cp);
}
