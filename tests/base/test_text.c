#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#include "base/text.h"
#include "tests/base/random.h"

#define WIDE "\xe6\xbc\xa2"				      /* two columns */
#define ACUTE "\xcc\x81"				      /* a mark */
#define FAMILY "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb" /* two emoji, joined */

static void
the_environment_decides_on_utf8(void **state)
{
	static const struct {
		const char *all, *ctype, *lang;
		bool utf8;
	} cases[] = {
		{ "", "", "", false },
		{ "C.UTF-8", "", "", true },
		{ "", "xx_XX.utf8", "", true }, /* not installed */
		{ "", "", "de_DE.UTF-8", true },
		{ "C", "", "C.UTF-8", false },
		{ "", "POSIX", "C.UTF-8", false },
		{ "", "", "de_DE.ISO-8859-1", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		setenv("LC_ALL", cases[i].all, 1);
		setenv("LC_CTYPE", cases[i].ctype, 1);
		setenv("LANG", cases[i].lang, 1);
		setlocale(LC_ALL, "C");
		assert_int_equal(text_locale(), cases[i].utf8);
		assert_int_equal(wcwidth(0x6f22), 2); /* whatever it says, widths are right */
		assert_string_equal(localeconv()->decimal_point, ".");
	}
}

static void
every_code_point_goes_round(void **state)
{
	(void)state;
	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		char s[4];
		uint32_t back = ~c;
		size_t n;
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		n = utf8_encode(c, s);
		assert_int_equal(utf8_decode(s, n, &back), n);
		assert_int_equal(back, c);
		for (size_t cut = 1; cut < n; cut++)
			assert_int_equal(utf8_decode(s, cut, &back), 0);
	}
}

static void
what_is_not_utf8(void **state)
{
	static const char *const bad[] = { "\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80",
		"\xe0\x9f\xbf", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x80\x80\x80",
		"\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xfe", "\xff", "\xc3(",
		"\xe2\x82(", "\xf0\x9f\x98(" };
	char text[64];
	uint32_t c;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(utf8_decode(bad[i], strlen(bad[i]), &c), 0);
		for (int before = 0; before < 20; before++) {
			int len = snprintf(
			    text, sizeof text, "%.*s%sz", before, "abcdefghijklmnopqrst", bad[i]);
			assert_int_equal(utf8_valid(text, (size_t)len), before);
		}
	}
	assert_int_equal(utf8_decode("", 0, &c), 0);
	assert_int_equal(utf8_valid("", 0), 0);
}

/* Every two bytes, and many threes and fours, against the definition. */
static void
valid_is_what_decodes_and_encodes_alike(void **state)
{
	uint64_t seed = 2;

	(void)state;
	for (int i = 0; i < 300000; i++) {
		uint64_t bits = i < 65536 ? (uint64_t)i : random_next(&seed) | 0x80808080u;
		char s[4] = { (char)(bits >> 8), (char)bits, (char)(bits >> 16),
			(char)(bits >> 24) },
		     again[4];
		uint32_t c = 0;
		size_t n = utf8_decode(s, sizeof s, &c);
		if (n == 0)
			continue;
		assert_true(c <= 0x10ffff && (c < 0xd800 || c > 0xdfff));
		assert_int_equal(utf8_encode(c, again), n);
		assert_memory_equal(again, s, n);
	}
}

static void
graphemes(void **state)
{
	static const struct {
		const char *text;
		size_t first;
		int width;
	} cases[] = {
		{ "ab", 1, 1 },
		{ "e" ACUTE "x", 3, 1 },
		{ WIDE WIDE, 3, 2 },
		{ FAMILY "x", 11, 2 },
		{ "\r\n", 2, 1 },
		{ "\n" ACUTE, 1, 1 },
		{ ACUTE "a", 2, 1 },
		{ "\xc3\xa9", 2, 1 },
		{ "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa\xf0\x9f\x87\xa9", 8,
		    1 }, /* a flag and a half */
		{ "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8\xe1\x84\x80", 9,
		    2 }, /* one Hangul syllable */
		{ "\xe2\x9d\xa4\xef\xb8\x8f.", 6, 1 },
		{ "\xf3\xa0\x84\x80", 4, 1 },
		{ "\t", 1, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(
		    text_grapheme(cases[i].text, strlen(cases[i].text)), cases[i].first);
		assert_int_equal(
		    text_grapheme_width(cases[i].text, cases[i].first), cases[i].width);
	}
	assert_int_equal(text_grapheme("", 0), 0);
	assert_int_equal(text_grapheme_back("abc", 0), 0);
}

static void
width_is_wcwidth(void **state)
{
	(void)state;
	for (uint32_t c = 0x20; c <= 0x10ffff; c++) {
		char s[4];
		int w = wcwidth((wchar_t)c);
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		assert_int_equal(text_grapheme_width(s, utf8_encode(c, s)), w == 2 ? 2 : 1);
	}
}

static void
back_is_forward_reversed(void **state)
{
	uint64_t seed = 5;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct buf b = { 0 };
		random_text(&seed, &b, 25);
		for (size_t at = 0, n; at < b.len; at += n) {
			n = text_grapheme(b.data + at, b.len - at);
			assert_true(n > 0 && at + n <= b.len);
			assert_int_equal(text_grapheme_back(b.data, at + n), at);
		}
		buf_fini(&b);
	}
}

/* 300 flags without a space between: only counting from the first tells where one begins. */
static void
back_over_many_flags(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_adds(&b, "x");
	for (int i = 0; i < 300; i++)
		buf_adds(&b, "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa");
	for (size_t at = b.len; at > 1; at -= 8)
		assert_int_equal(text_grapheme_back(b.data, at), at - 8);
	buf_fini(&b);
}

static int
slow_width(const char *s, size_t len)
{
	int cols = 0;

	for (size_t at = 0, n; at < len; at += n) {
		n = text_grapheme(s + at, len - at);
		cols += text_grapheme_width(s + at, n);
	}
	return cols;
}

static void
width_and_fit_agree_with_graphemes(void **state)
{
	uint64_t seed = 6;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct buf raw = { 0 }, b = { 0 };
		int whole, used;
		random_text(&seed, &raw, 20);
		text_clean(&b, raw.data, raw.len, TEXT_BLOCK);
		whole = slow_width(b.data, b.len);
		assert_int_equal(text_width(b.data, b.len), whole);
		for (int cols = -1; cols <= whole + 2; cols++) {
			size_t n = text_fit(b.data, b.len, cols, &used);
			assert_int_equal(slow_width(b.data, n), used);
			assert_true(used <= cols || used == 0);
			if (n < b.len)
				assert_true(used + slow_width(b.data + n,
						       text_grapheme(b.data + n, b.len - n)) >
					    cols);
			assert_true(n == 0 || n == b.len || text_grapheme_back(b.data, n) < n);
		}
		buf_fini(&raw);
		buf_fini(&b);
	}
}

/* The lines of `s`, each in brackets. */
static const char *
wrapped(const char *s, int cols)
{
	static char out[512];
	size_t len = strlen(s), next, at = 0, put = 0;

	out[0] = '\0';
	while (at < len) {
		size_t n = text_wrap(s + at, len - at, cols, &next);
		put += (size_t)snprintf(out + put, sizeof out - put, "[%.*s]", (int)n, s + at);
		at += next;
	}
	return out;
}

static void
wraps_at_spaces(void **state)
{
	(void)state;
	assert_string_equal(wrapped("the old rota was paged", 8), "[the old][rota was][paged]");
	assert_string_equal(wrapped("the old  rota", 7), "[the old][rota]");
	assert_string_equal(wrapped("a\n\nb", 5), "[a][][b]");
	assert_string_equal(wrapped("abcde\nf", 5), "[abcde][f]");
	assert_string_equal(wrapped("abcde  \nf", 5), "[abcde][f]");
	assert_string_equal(wrapped("abcdefgh ij", 3), "[abc][def][gh][ij]");
	assert_string_equal(wrapped("  abcdefgh", 4), "[  ab][cdef][gh]");
	assert_string_equal(wrapped(WIDE WIDE WIDE, 5), "[" WIDE WIDE "][" WIDE "]");
	assert_string_equal(wrapped(WIDE WIDE, 1), "[" WIDE "][" WIDE "]");
	assert_string_equal(wrapped("ab", 0), "[a][b]");
	assert_string_equal(wrapped("", 5), "");
}

static void
wrapping_loses_only_spaces_and_breaks(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (int round = 0; round < 4000; round++) {
		struct buf raw = { 0 }, b = { 0 };
		int cols = 1 + random_below(&seed, 12);
		random_text(&seed, &raw, 30);
		text_clean(&b, raw.data, raw.len, TEXT_BLOCK);
		for (size_t at = 0, next; at < b.len; at += next) {
			size_t n = text_wrap(b.data + at, b.len - at, cols, &next);
			assert_true(next > 0 && next <= b.len - at && n <= next);
			assert_null(memchr(b.data + at, '\n', n));
			assert_true(text_width(b.data + at, n) <= cols ||
				    text_grapheme(b.data + at, n) == n);
			for (size_t i = n; i < next; i++)
				assert_true(b.data[at + i] == ' ' ||
					    (b.data[at + i] == '\n' && i == next - 1));
		}
		buf_fini(&raw);
		buf_fini(&b);
	}
}

static void
what_may_enter(void **state)
{
	static const struct {
		const char *text;
		bool line, block;
		const char *says;
	} cases[] = {
		{ "", true, true, NULL }, { "p99 page\tto the old rota", true, true, NULL },
		{ "a\nb", false, true, "line break" },
		{ "m\xc3\xbc"
		  "de " WIDE " " FAMILY,
		    true, true, NULL },
		{ "a" ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE, true, true, NULL },
		{ "a" ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE ACUTE, false, false,
		    "8 marks" },
		{ "a" ACUTE ACUTE ACUTE ACUTE "\xe2\x80\x8d" ACUTE ACUTE ACUTE ACUTE, false, false,
		    "8 marks" },
		{ "a\r\nb", false, false, "byte 2" },
		{ "\x1b[31m", false, false, "control character at byte 1" },
		{ "abc\x7f", false, false, "byte 4" }, { "12345678\x7f", false, false, "byte 9" },
		{ "\xc2\x9b", false, false, "control" },
		{ "caf\xe9", false, false, "not UTF-8 at byte 4" },
		{ "\xe2\x80\xae"
		  "abc",
		    false, false, "direction" },
		{ "\xe2\x81\xa6", false, false, "direction" },
		{ "\xe2\x80\xa8", false, false, "line break" },
		{ "\xef\xbb\xbf", false, false, "invisible" },
		{ "\xf3\xa0\x81\xa7", false, false, "invisible" },
		{ "\xef\xbf\xbf", false, false, "no character" },
		{ "\xf0\x9f\xbf\xbe", false, false, "no character" },
		{ "\xef\xb7\x90", false, false, "no character" },
		{ "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", true, true,
		    NULL }, /* right to left by itself is fine */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err e = { 0 };
		size_t len = strlen(cases[i].text);
		assert_int_equal(text_ok(cases[i].text, len, TEXT_BLOCK, &e), cases[i].block);
		assert_int_equal(text_ok(cases[i].text, len, TEXT_LINE, &e), cases[i].line);
		if (cases[i].says != NULL) {
			assert_int_equal(e.kind, ERR_REFUSED);
			assert_non_null(strstr(e.text, cases[i].says));
		}
	}
}

static void
limits_are_named(void **state)
{
	static char text[TEXT_BLOCK_MAX + 1];
	struct err e = { 0 };

	(void)state;
	memset(text, 'x', sizeof text);
	assert_true(text_ok(text, TEXT_LINE_MAX, TEXT_LINE, &e));
	assert_false(text_ok(text, TEXT_LINE_MAX + 1, TEXT_LINE, &e));
	assert_non_null(strstr(e.text, "501"));
	assert_non_null(strstr(e.text, "500"));
	assert_true(text_ok(text, TEXT_BLOCK_MAX, TEXT_BLOCK, &e));
	assert_false(text_ok(text, TEXT_BLOCK_MAX + 1, TEXT_BLOCK, &e));
	assert_non_null(strstr(e.text, "16384"));
	assert_false(text_ok("a\0b", 3, TEXT_BLOCK, &e));
}

static void
cleaning(void **state)
{
	static const struct {
		const char *text, *line, *block;
	} cases[] = {
		{ "plain", "plain", "plain" },
		{ "a\r\nb\rc\nd", "a b c d", "a\nb\nc\nd" },
		{ "a\xe2\x80\xa8"
		  "b\xc2\x85"
		  "c",
		    "a b c", "a\nb\nc" },
		{ "\x1b[31mred\x1b[0m\x07", "[31mred[0m", "[31mred[0m" },
		{ "x\xff\xc3(", "x\xef\xbf\xbd\xef\xbf\xbd(", "x\xef\xbf\xbd\xef\xbf\xbd(" },
		{ "\xe2\x80\xae"
		  "abc\xe2\x80\xac\xef\xbb\xbf",
		    "abc", "abc" },
		{ "\xe2\x9d\xa4\xef\xb8\x8f!", "\xe2\x9d\xa4!", "\xe2\x9d\xa4!" },
		{ "a\tb", "a\tb", "a\tb" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = { 0 };
		buf_adds(&b, ">");
		text_clean(&b, cases[i].text, strlen(cases[i].text), TEXT_LINE);
		assert_string_equal(b.data + 1, cases[i].line);
		buf_clear(&b);
		text_clean(&b, cases[i].text, strlen(cases[i].text), TEXT_BLOCK);
		assert_string_equal(b.data, cases[i].block);
		buf_fini(&b);
	}
}

static void
clean_is_ok_and_stays(void **state)
{
	uint64_t seed = 8;

	(void)state;
	for (int round = 0; round < 6000; round++) {
		enum text_form form = round % 2 ? TEXT_LINE : TEXT_BLOCK;
		struct buf raw = { 0 }, b = { 0 }, again = { 0 };
		struct err e = { 0 };
		random_text(&seed, &raw, 12);
		for (int i = random_below(&seed, 4); i > 0 && raw.len > 0; i--)
			raw.data[random_next(&seed) % raw.len] = (char)random_next(&seed);
		text_clean(&b, raw.data, raw.len, form);
		if (b.len <= TEXT_LINE_MAX)
			assert_true(text_ok(b.data, b.len, form, &e));
		text_clean(&again, b.data, b.len, form);
		assert_int_equal(again.len, b.len);
		assert_memory_equal(again.data, b.data, b.len);
		/* What may enter comes through, but for the selector that terminals disagree on. */
		if (text_ok(raw.data, raw.len, form, NULL) &&
		    strstr(raw.data, "\xef\xb8\x8f") == NULL)
			assert_string_equal(b.data, raw.data);
		buf_fini(&raw);
		buf_fini(&b);
		buf_fini(&again);
	}
}

static void
blank_texts(void **state)
{
	static const char *const blank[] = { "", " ", " \t\n", "\xc2\xa0", "\xe3\x80\x80",
		"\xe2\x80\x8b \xe2\x81\xa0" };
	static const char *const said[] = { ".", " x", "\xcc\x81", "\xe2\x80\x8b\xe6\x97\xa5", "\xff" };

	(void)state;
	for (size_t i = 0; i < sizeof blank / sizeof *blank; i++)
		assert_true(text_blank(blank[i]));
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		assert_false(text_blank(said[i]));
}

static void
comparing_names(void **state)
{
	(void)state;
	assert_true(text_same("Lena", "lENA"));
	assert_false(text_same("Lena", "Lenaa"));
	assert_false(text_same("Lenaa", "Lena"));
	assert_true(text_same("", ""));
	assert_true(text_same("M\xc3\x9cLLER", "m\xc3\xbcller"));
	assert_true(text_same("mu\xcc\x88ller", "M\xc3\xbcller"));
	assert_false(text_same("muller", "m\xc3\xbcller"));
	assert_true(text_same("stra\xc3\x9f"
			      "e",
	    "STRASSE"));
	assert_true(text_begins("Checkout 5xx", "check"));
	assert_true(text_begins("anything", ""));
	assert_false(text_begins("check", "checkout"));
	assert_true(text_begins("\xc3\x84pfel", "\xc3\xa4p"));
	assert_true(text_has("Cache stampede", "STAMP"));
	assert_true(text_has("abc", ""));
	assert_true(text_has("", ""));
	assert_false(text_has("", "a"));
	assert_false(text_has("abc", "abcd"));
	assert_true(text_has("\xc3\x84pfel", "PFEL"));
	assert_true(text_has("aab", "ab"));
	assert_true(text_same("\xff", "\xff"));
	assert_false(text_same("\xff", "\xfe"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_environment_decides_on_utf8),
		cmocka_unit_test(every_code_point_goes_round),
		cmocka_unit_test(what_is_not_utf8),
		cmocka_unit_test(valid_is_what_decodes_and_encodes_alike),
		cmocka_unit_test(graphemes),
		cmocka_unit_test(width_is_wcwidth),
		cmocka_unit_test(back_is_forward_reversed),
		cmocka_unit_test(back_over_many_flags),
		cmocka_unit_test(width_and_fit_agree_with_graphemes),
		cmocka_unit_test(wraps_at_spaces),
		cmocka_unit_test(wrapping_loses_only_spaces_and_breaks),
		cmocka_unit_test(what_may_enter),
		cmocka_unit_test(limits_are_named),
		cmocka_unit_test(cleaning),
		cmocka_unit_test(clean_is_ok_and_stays),
		cmocka_unit_test(blank_texts),
		cmocka_unit_test(comparing_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
