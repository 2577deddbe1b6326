/* A seeded stream of numbers, the same on every machine, and texts made of hard pieces. */
#ifndef TESTS_BASE_RANDOM_H
#define TESTS_BASE_RANDOM_H

#include <stdint.h>
#include <string.h>

#include "base/buf.h"

static inline uint64_t
random_next(uint64_t *state)
{
	uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static inline int
random_below(uint64_t *state, int n)
{
	return (int)(random_next(state) % (uint64_t)n);
}

/* Append up to `most` pieces of valid UTF-8: words, spaces, breaks, wide, combining, joined, flags,
 * Hangul letters, right to left, and characters that no text may hold. */
static inline void
random_text(uint64_t *state, struct buf *out, int most)
{
	static const char *const pieces[] = { "a", "word", " ", "  ", "\n", "\t", "-", "\xc3\xa9",
		"e\xcc\x81", "\xcc\x81",
		"\xcc\x81\xcc\xa7\xcc\x88\xcc\x8a\xcc\x81\xcc\xa7\xcc\x88\xcc\x8a\xcc\x81",
		"\xe6\xbc\xa2", "\xe5\xad\x97\xe5\xad\x97", "\xea\xb0\x80",
		"\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8", "\xf0\x9f\x98\x80",
		"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb", "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa",
		"\xf0\x9f\x87\xa9", "\xe2\x9d\xa4\xef\xb8\x8f", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
		"\xe0\xa4\xa8\xe0\xa4\xbf", "\xe2\x80\x8b", "\xe2\x80\x8d", "\xe2\x80\xae",
		"\xef\xbb\xbf", "\r", "\r\n", "\x1b[31m", "\x7f", "\xc2\x85", "\xe2\x80\xa8",
		"\xf3\xa0\x81\xa7", "\xef\xbf\xbe", "\xf4\x8f\xbf\xbf", "\x01",
		"0123456789abcdef" };
	int n = random_below(state, most + 1);

	buf_add(out, "", 0);
	for (int i = 0; i < n; i++)
		buf_adds(out, pieces[random_below(state, sizeof pieces / sizeof *pieces)]);
}

#endif
