#include "tui/ascii.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include <utf8proc.h>

struct stand_in {
	uint32_t cp;
	char c;
};

/* In order of `cp`. */
static const struct stand_in stand_ins[] = {
	{ 0x00a0, ' ' },
	{ 0x00a1, '!' },
	{ 0x00a2, 'c' },
	{ 0x00a3, 'L' },
	{ 0x00a5, 'Y' },
	{ 0x00a6, '|' },
	{ 0x00a7, 'S' },
	{ 0x00a9, 'c' },
	{ 0x00ab, '<' },
	{ 0x00ac, '!' },
	{ 0x00ad, '-' },
	{ 0x00ae, 'r' },
	{ 0x00b0, 'o' },
	{ 0x00b1, '+' },
	{ 0x00b2, '2' },
	{ 0x00b3, '3' },
	{ 0x00b4, '\'' },
	{ 0x00b5, 'u' },
	{ 0x00b6, '|' },
	{ 0x00b7, '.' },
	{ 0x00b9, '1' },
	{ 0x00bb, '>' },
	{ 0x00bf, '?' },
	{ 0x00c6, 'A' },
	{ 0x00d0, 'D' },
	{ 0x00d7, 'x' },
	{ 0x00d8, 'O' },
	{ 0x00de, 'T' },
	{ 0x00df, 's' },
	{ 0x00e6, 'a' },
	{ 0x00f0, 'd' },
	{ 0x00f7, '/' },
	{ 0x00f8, 'o' },
	{ 0x00fe, 't' },
	{ 0x0110, 'D' },
	{ 0x0111, 'd' },
	{ 0x0126, 'H' },
	{ 0x0127, 'h' },
	{ 0x0131, 'i' },
	{ 0x0141, 'L' },
	{ 0x0142, 'l' },
	{ 0x014a, 'N' },
	{ 0x014b, 'n' },
	{ 0x0152, 'O' },
	{ 0x0153, 'o' },
	{ 0x0166, 'T' },
	{ 0x0167, 't' },
	{ 0x0394, 'D' },
	{ 0x03b1, 'a' },
	{ 0x03b2, 'b' },
	{ 0x03bb, 'l' },
	{ 0x03bc, 'u' },
	{ 0x03c3, 's' },
	{ 0x2010, '-' },
	{ 0x2011, '-' },
	{ 0x2012, '-' },
	{ 0x2013, '-' },
	{ 0x2014, '-' },
	{ 0x2015, '-' },
	{ 0x2018, '\'' },
	{ 0x2019, '\'' },
	{ 0x201a, '\'' },
	{ 0x201b, '\'' },
	{ 0x201c, '"' },
	{ 0x201d, '"' },
	{ 0x201e, '"' },
	{ 0x2020, '+' },
	{ 0x2022, '*' },
	{ 0x2023, '>' },
	{ 0x2026, '~' },
	{ 0x2032, '\'' },
	{ 0x2033, '"' },
	{ 0x2039, '<' },
	{ 0x203a, '>' },
	{ 0x203c, '!' },
	{ 0x2044, '/' },
	{ 0x20ac, 'E' },
	{ 0x2190, '<' },
	{ 0x2191, '^' },
	{ 0x2192, '>' },
	{ 0x2193, 'v' },
	{ 0x2194, '-' },
	{ 0x2195, '|' },
	{ 0x21b3, '>' },
	{ 0x21b5, '|' },
	{ 0x21d0, '<' },
	{ 0x21d2, '>' },
	{ 0x2212, '-' },
	{ 0x2215, '/' },
	{ 0x2217, '*' },
	{ 0x221e, '8' },
	{ 0x2248, '~' },
	{ 0x2260, '!' },
	{ 0x2264, '<' },
	{ 0x2265, '>' },
	{ 0x22c5, '.' },
	{ 0x23ce, '|' },
	{ 0x25a0, '#' },
	{ 0x25a1, 'o' },
	{ 0x25aa, '*' },
	{ 0x25ab, 'o' },
	{ 0x25b2, '^' },
	{ 0x25b3, '^' },
	{ 0x25b4, '^' },
	{ 0x25b6, '>' },
	{ 0x25b7, '>' },
	{ 0x25b8, '>' },
	{ 0x25b9, '>' },
	{ 0x25ba, '>' },
	{ 0x25bc, 'v' },
	{ 0x25bd, 'v' },
	{ 0x25be, 'v' },
	{ 0x25c0, '<' },
	{ 0x25c2, '<' },
	{ 0x25c4, '<' },
	{ 0x25c6, '#' },
	{ 0x25c7, 'o' },
	{ 0x25cb, 'o' },
	{ 0x25ce, 'o' },
	{ 0x25cf, '*' },
	{ 0x25d0, 'o' },
	{ 0x25e6, 'o' },
	{ 0x2605, '*' },
	{ 0x2606, '*' },
	{ 0x2610, 'o' },
	{ 0x2611, 'x' },
	{ 0x2612, 'x' },
	{ 0x2690, '!' },
	{ 0x2691, '!' },
	{ 0x26a0, '!' },
	{ 0x2713, 'x' },
	{ 0x2714, 'x' },
	{ 0x2717, '-' },
	{ 0x2718, '-' },
	{ 0x27a4, '>' },
	{ 0xfffd, '?' },
};

/* U+2500 to U+257F, in order. */
static const char box[129] = "-=||-=::-=::"		 /* 2500 straight, dashed */
			     "++++++++++++++++"		 /* 250c corners */
			     "++++++++++++++++"		 /* 251c branches */
			     "++++++++++++++++"		 /* 252c */
			     "++++++++++++++++"		 /* 253c crosses */
			     "-=::"			 /* 254c dashed */
			     "=|+++++++++++++++++++++++" /* 2550 double */
			     "++++"			 /* 2569 */
			     "++++/\\X"			 /* 256d rounded, diagonal */
			     "-|-|-|-|-|-|";		 /* 2574 halves */

/* U+2580 to U+259F: halves, eighths from below and from the left, shades, quadrants. */
static const char block[33] = "\"__.ooOO####|||| .:#\"|##########";

static int
by_cp(const void *key, const void *item)
{
	uint32_t cp = *(const uint32_t *)key, other = ((const struct stand_in *)item)->cp;

	return cp < other ? -1 : cp > other;
}

static bool
is_label_letter(uint32_t cp)
{
	return cp != 0 && cp != ' ';
}

/* The letter without its accents. */
static char
base_letter(uint32_t cp)
{
	utf8proc_int32_t parts[8];
	int last = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char(
	    (utf8proc_int32_t)cp, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &last);

	return n > 0 && parts[0] >= 0x20 && parts[0] < 0x7f ? (char)parts[0] : '?';
}

char
ascii_of(uint32_t cp, uint32_t left, uint32_t next)
{
	const struct stand_in *found;

	if (cp < 0x80)
		return cp >= 0x20 && cp < 0x7f ? (char)cp : '?';
	if (cp == 0x2524) /* the left bracket of a label; else a branch to the left */
		return next == ' ' || (next == 0 && left == ' ') ? '[' : '+';
	if (cp == 0x251c)
		return left == ' ' && !is_label_letter(next) ? ']' : '+';
	if (cp >= 0x2500 && cp <= 0x257f)
		return box[cp - 0x2500];
	found =
	    bsearch(&cp, stand_ins, sizeof stand_ins / sizeof *stand_ins, sizeof *stand_ins, by_cp);
	if (found != NULL)
		return found->c;
	if (cp >= 0x2580 && cp <= 0x259f)
		return block[cp - 0x2580];
	return base_letter(cp);
}
