/* The grid: what it holds, where it cuts, what stands for a character in ASCII. */
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
#include "tui/canvas.h"
#include "tui/export.h"

static char *
drawn(struct canvas *c)
{
	struct buf b = { 0 };

	export_text(&b, c);
	return buf_take(&b);
}

#define assert_drawn(c, want)                                                                      \
	do {                                                                                       \
		char *text_ = drawn(c);                                                            \
		assert_string_equal(text_, want);                                                  \
		free(text_);                                                                       \
	} while (0)

/* One cell and its neighbor: nothing that could move a terminal's cursor otherwise than by its
 * width. */
static void
assert_cell(const struct canvas *c, const struct cell *row, int x)
{
	char g[32];
	size_t len = canvas_glyph(c, &row[x], g), at;
	uint32_t cp;
	int marks = 0;

	assert_true((row[x].style & 0xff) < N_ROLES);
	assert_int_equal(row[x].spare, 0);
	if (row[x].width == 0) {
		assert_int_equal(len, 0);
		assert_true(x > 0 && row[x - 1].width == 2 && row[x].glyph == 0);
		return;
	}
	at = utf8_decode(g, len, &cp);
	assert_true(at > 0 && cp >= 0x20 && !(cp >= 0x7f && cp < 0xa0));
	assert_int_equal(wcwidth((wchar_t)cp), row[x].width);
	for (; at < len; marks++) {
		size_t n = utf8_decode(g + at, len - at, &cp);
		assert_true(n > 0 && wcwidth((wchar_t)cp) == 0 && cp >= 0x300);
		assert_true(cp != 0x200d && cp != 0xfe0f && cp != 0xfeff && cp < 0xe0000);
		at += n;
	}
	assert_true(marks <= 4 && (marks == 0 || row[x].width == 1));
	if (row[x].width == 2) {
		assert_true(x + 1 < canvas_cols(c) && row[x + 1].width == 0);
		assert_int_equal(row[x + 1].style, row[x].style);
	}
	if (canvas_ascii(c))
		assert_true(len == 1 && g[0] >= 0x20 && g[0] < 0x7f && row[x].width == 1);
}

static void
assert_sound(const struct canvas *c)
{
	for (int y = 0; y < canvas_rows(c); y++)
		for (int x = 0; x < canvas_cols(c); x++)
			assert_cell(c, canvas_row(c, y), x);
}

static struct rect
random_rect(uint64_t *seed)
{
	return (struct rect){ random_below(seed, 16) - 4, random_below(seed, 40) - 8,
		random_below(seed, 9) - 1, random_below(seed, 30) - 1 };
}

static int
random_style(uint64_t *seed)
{
	return random_below(seed, N_ROLES) |
	       (random_below(seed, 3) ? 0 : 0x100 << random_below(seed, 4));
}

static uint32_t
random_char(uint64_t *seed)
{
	static const uint32_t some[] = { 'x', ' ', 0x2500, 0x2572, 0x2524, 0x251c, 0x65e5, 0x1f600,
		0x301, 0x1b, 0x202e, 0xfeff, 0x1fae8, 0x10ffff, 0xe9, 0x200b, 0xad };

	return some[random_below(seed, sizeof some / sizeof *some)];
}

/* One thing a view could do, anywhere. */
static void
random_drawing(struct canvas *c, uint64_t *seed, struct buf *text)
{
	int y = random_below(seed, 14) - 2, x = random_below(seed, 40) - 6,
	    style = random_style(seed);

	buf_clear(text);
	random_text(seed, text, 8);
	if (random_below(seed, 6) == 0 && text->len > 0)
		text->data[random_next(seed) % text->len] = (char)random_next(seed);
	switch (random_below(seed, 9)) {
	case 0:
		canvas_put(c, y, x, random_char(seed), style);
		break;
	case 1:
		canvas_fill(c, random_rect(seed), random_char(seed), style);
		break;
	case 2:
		canvas_hline(c, y, x, random_below(seed, 20), random_char(seed), style);
		canvas_vline(c, y, x, random_below(seed, 9), random_char(seed), style);
		break;
	case 3:
		canvas_paint(c, random_rect(seed), style);
		break;
	case 4:
		canvas_text_right(c, y, x, random_below(seed, 20) - 1, text->data, style);
		break;
	case 5:
		canvas_text_wrap(c, random_rect(seed), text->data, style);
		break;
	default:
		canvas_textn(c, y, x, random_below(seed, 30) - 1, text->data, text->len, style);
		break;
	}
}

static void
whatever_is_drawn_the_grid_stays_sound(void **state)
{
	struct canvas *c = canvas_new(10, 30, false), *a = canvas_new(10, 30, true);
	struct buf text = { 0 };
	uint64_t seed = 11;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		uint64_t again = seed;
		if (round % 7 == 0) {
			struct rect r = random_rect(&again);
			canvas_clip(c, r);
			canvas_clip(a, r);
		}
		seed = again;
		random_drawing(a, &again, &text);
		random_drawing(c, &seed, &text);
		assert_sound(c);
		assert_sound(a);
		if (round % 50 == 0) {
			canvas_clear(c);
			canvas_clear(a);
		}
	}
	buf_fini(&text);
	canvas_free(c);
	canvas_free(a);
}

static bool
is_within(struct rect r, int y, int x)
{
	return y >= r.y && y < r.y + r.h && x >= r.x && x < r.x + r.w;
}

static void
nothing_is_drawn_outside_the_clip(void **state)
{
	struct canvas *c = canvas_new(10, 30, false);
	struct buf text = { 0 };
	uint64_t seed = 12;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct rect r = random_rect(&seed);
		canvas_clear(c);
		canvas_fill(c, canvas_area(c), '.', ROLE_DIM);
		canvas_clip(c, r);
		random_drawing(c, &seed, &text);
		for (int y = 0; y < 10; y++)
			for (int x = 0; x < 30; x++) {
				const struct cell *cell = canvas_row(c, y) + x;
				if (!is_within(r, y, x))
					assert_true(cell->glyph == '.' && cell->style == ROLE_DIM);
			}
	}
	buf_fini(&text);
	canvas_free(c);
}

static void
text_takes_the_columns_it_says(void **state)
{
	struct canvas *c = canvas_new(1, 300, false), *a = canvas_new(1, 300, true);
	uint64_t seed = 13;

	(void)state;
	for (int round = 0; round < 4000; round++) {
		struct buf raw = { 0 }, text = { 0 };
		int cols = random_below(&seed, 40), used, width;
		random_text(&seed, &raw, 10);
		text_clean(&text, raw.data, raw.len, TEXT_BLOCK);
		width = text_width(text.data, text.len);
		canvas_clear(c);
		canvas_clear(a);
		used = canvas_text(c, 0, 3, cols, text.data, ROLE_HEAD);
		assert_int_equal(canvas_text(a, 0, 3, cols, text.data, ROLE_HEAD), used);
		assert_true(used <= cols);
		if (width <= cols)
			assert_int_equal(used, width);
		else if (cols > 0)
			assert_int_equal(canvas_row(c, 0)[3 + used - 1].glyph, 0x2026);
		for (int x = 0; x < 300; x++) {
			bool mine = x >= 3 && x < 3 + used;
			assert_int_equal(canvas_row(c, 0)[x].style, mine ? ROLE_HEAD : ROLE_PLAIN);
			assert_int_equal(canvas_row(a, 0)[x].style, mine ? ROLE_HEAD : ROLE_PLAIN);
		}
		buf_fini(&raw);
		buf_fini(&text);
	}
	canvas_free(c);
	canvas_free(a);
}

static void
every_code_point_is_harmless(void **state)
{
	struct canvas *c = canvas_new(1, 4, false), *a = canvas_new(1, 4, true);

	(void)state;
	for (uint32_t cp = 0; cp < 0x110000; cp++) {
		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		canvas_put(c, 0, 1, cp, ROLE_PLAIN);
		canvas_put(a, 0, 1, cp, ROLE_PLAIN);
		assert_cell(c, canvas_row(c, 0), 1);
		assert_cell(a, canvas_row(a, 0), 1);
		if (cp >= 0x80 && canvas_row(c, 0)[1].width == 2)
			assert_true(
			    canvas_row(a, 0)[1].glyph == '?' && canvas_row(a, 0)[2].glyph == '?');
	}
	canvas_free(c);
	canvas_free(a);
}

static void
what_does_not_fit_ends_in_an_ellipsis(void **state)
{
	struct canvas *c = canvas_new(1, 10, false);

	(void)state;
	assert_int_equal(canvas_text(c, 0, 0, 6, "canary skipped", ROLE_PLAIN), 6);
	assert_drawn(c, "canar…    \n");
	canvas_clear(c);
	assert_int_equal(canvas_text(c, 0, 0, 6, "日本語テ", ROLE_PLAIN), 5);
	assert_drawn(c, "日本…     \n");
	canvas_clear(c);
	assert_int_equal(canvas_text(c, 0, 0, 8, "canary skipped", ROLE_PLAIN), 7);
	assert_drawn(c, "canary…   \n");
	canvas_clear(c);
	assert_int_equal(canvas_text(c, 0, 0, 1, "ab", ROLE_PLAIN), 1);
	assert_int_equal(canvas_text(c, 0, 4, 0, "ab", ROLE_PLAIN), 0);
	assert_int_equal(canvas_text(c, 0, 6, -1, "abcdef", ROLE_PLAIN), 4);
	assert_drawn(c, "…     abc…\n");
	canvas_clear(c);
	assert_int_equal(canvas_textf(c, 0, 1, -1, ROLE_PLAIN, "%d•%s", 5, "x"), 3);
	assert_drawn(c, " 5•x      \n");
	canvas_free(c);
}

static void
text_can_end_at_a_column(void **state)
{
	struct canvas *c = canvas_new(1, 10, false);

	(void)state;
	assert_int_equal(canvas_text_right(c, 0, 10, -1, "abc", ROLE_PLAIN), 7);
	assert_int_equal(canvas_text_right(c, 0, 6, 4, "日本語", ROLE_PLAIN), 3);
	assert_drawn(c, "   日… abc\n");
	assert_int_equal(canvas_text_right(c, 0, 3, 0, "abc", ROLE_PLAIN), 3);
	canvas_free(c);
}

static void
text_is_wrapped_at_spaces(void **state)
{
	struct canvas *c = canvas_new(4, 10, false);

	(void)state;
	assert_int_equal(
	    canvas_text_wrap(c, (struct rect){ 0, 1, 3, 8 }, "one two three", ROLE_PLAIN), 2);
	assert_drawn(c, " one two  \n three    \n          \n          \n");
	canvas_clear(c);
	assert_int_equal(
	    canvas_text_wrap(c, (struct rect){ 0, 1, 2, 8 }, "one two three four five", ROLE_PLAIN),
	    2);
	assert_drawn(c, " one two  \n three…   \n          \n          \n");
	canvas_clear(c);
	assert_int_equal(
	    canvas_text_wrap(c, (struct rect){ 0, 0, 1, 5 }, "abcde fgh", ROLE_PLAIN), 1);
	assert_drawn(c, "abcd…     \n          \n          \n          \n");
	canvas_clear(c);
	assert_int_equal(
	    canvas_text_wrap(c, (struct rect){ 0, 0, 2, 5 }, "abcde \n", ROLE_PLAIN), 1);
	assert_int_equal(canvas_text_wrap(c, (struct rect){ 0, 0, 2, 0 }, "abc", ROLE_PLAIN), 0);
	assert_int_equal(canvas_text_wrap(c, (struct rect){ 0, 0, 2, 5 }, "", ROLE_PLAIN), 0);
	canvas_free(c);
}

static void
overwriting_half_of_a_wide_one_leaves_a_space(void **state)
{
	struct canvas *c = canvas_new(1, 6, false);

	(void)state;
	canvas_text(c, 0, 0, -1, "日本", ROLE_PLAIN);
	canvas_put(c, 0, 1, 'x', ROLE_PLAIN);
	canvas_put(c, 0, 2, 'y', ROLE_PLAIN);
	assert_drawn(c, " xy   \n");
	canvas_put(c, 0, 5, 0x65e5, ROLE_PLAIN);
	canvas_put(c, 0, -1, 0x65e5, ROLE_PLAIN);
	assert_drawn(c, " xy   \n");
	canvas_clip(c, (struct rect){ 0, 2, 1, 3 });
	canvas_text(c, 0, 1, 6, "日本語", ROLE_PLAIN);
	assert_drawn(c, " x 本 \n");
	canvas_free(c);
}

static void
marks_stay_with_their_letter(void **state)
{
	struct canvas *c = canvas_new(1, 8, false);
	char g[32];

	(void)state;
	/* Composed where there is one character for it; at most four marks; none on wide ones. */
	assert_int_equal(
	    canvas_text(c, 0, 0, -1,
		"e\xcc\x81x\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86日\xcc\x81", 0),
	    4);
	canvas_glyph(c, canvas_row(c, 0), g);
	assert_string_equal(g, "é");
	canvas_glyph(c, canvas_row(c, 0) + 1, g);
	assert_string_equal(g, "x\xcc\x81\xcc\x82\xcc\x83\xcc\x84");
	canvas_glyph(c, canvas_row(c, 0) + 2, g);
	assert_string_equal(g, "日");
	canvas_clear(c);
	/* Hangul in letters is drawn as its syllable; a family as its first member. */
	assert_int_equal(
	    canvas_text(c, 0, 0, -1, "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8👩‍👩‍👧", 0),
	    4);
	assert_drawn(c, "각👩    \n");
	canvas_free(c);
}

static void
invisible_ones_are_seen(void **state)
{
	struct canvas *c = canvas_new(1, 16, false);

	(void)state;
	canvas_text(c, 0, 0, -1,
	    "a\xc2\xad"
	    "b\xc2\xa0"
	    "c\xe2\x80\x8b"
	    "d\xe2\x80\xae\x1b\te\r\nf",
	    ROLE_PLAIN);
	assert_drawn(c, "a-b c d\xef\xbf\xbd\xef\xbf\xbd e f   \n");
	canvas_free(c);
}

static void
clusters_are_kept_apart_and_forgotten(void **state)
{
	struct canvas *c = canvas_new(1, 40, false), *b = canvas_new(1, 40, false);

	(void)state;
	for (int round = 0; round < 300; round++) {
		canvas_clear(c);
		for (int x = 0; x < 40; x++) {
			int n = round * 40 + x;
			char text[8] = { (char)('B' + n % 20), (char)0xcc,
				(char)(0x80 + n / 20 % 50), (char)0xcc,
				(char)(0x80 + n / 1000 % 50), '\0' },
			     g[32];
			canvas_text(c, 0, x, 1, text, ROLE_PLAIN);
			canvas_clear(b);
			canvas_text(b, 0, x, 1, text, ROLE_PLAIN);
			/* Equal by what they show, whatever their index. */
			assert_true(
			    canvas_cell_equal(c, canvas_row(c, 0) + x, b, canvas_row(b, 0) + x));
			canvas_glyph(c, canvas_row(c, 0) + x, g);
			assert_true(g[0] != ' ' && strlen(g) > 1);
		}
		canvas_copy(b, c);
		assert_true(canvas_row_equal(b, c, 0));
		canvas_text(b, 0, 39, 1, "q\xcc\x81", ROLE_PLAIN);
		assert_false(canvas_row_equal(b, c, 0));
		for (int x = 0; x < 39; x++)
			assert_true(
			    canvas_cell_equal(b, canvas_row(b, 0) + x, c, canvas_row(c, 0) + x));
	}
	canvas_free(c);
	canvas_free(b);
}

static void
a_copy_is_equal_and_any_change_is_seen(void **state)
{
	struct canvas *c = canvas_new(10, 30, false), *b = canvas_new(1, 1, true);
	struct buf text = { 0 };
	uint64_t seed = 14;
	int y, x;

	(void)state;
	for (int round = 0; round < 500; round++) {
		int row = random_below(&seed, 10), col = random_below(&seed, 30);
		random_drawing(c, &seed, &text);
		canvas_cursor(c, row, col);
		canvas_copy(b, c);
		for (int i = 0; i < 10; i++)
			assert_true(canvas_row_equal(b, c, i));
		assert_true(canvas_cursor_at(b, &y, &x) && y == row && x == col);
		canvas_put(
		    b, row, col, canvas_row(c, row)[col].glyph == 'Z' ? 'Y' : 'Z', ROLE_PLAIN);
		assert_false(canvas_row_equal(b, c, row));
	}
	canvas_clear(c);
	assert_false(canvas_cursor_at(c, &y, &x));
	canvas_cursor(c, 10, 0);
	assert_false(canvas_cursor_at(c, &y, &x));
	buf_fini(&text);
	canvas_free(c);
	canvas_free(b);
}

static void
paint_changes_only_the_style(void **state)
{
	struct canvas *c = canvas_new(1, 8, false);

	(void)state;
	canvas_text(c, 0, 0, -1, "ab日cd", ROLE_PLAIN);
	canvas_paint(c, (struct rect){ 0, 3, 1, 2 }, ROLE_SELECTED);
	assert_drawn(c, "ab日cd  \n");
	for (int x = 0; x < 8; x++)
		assert_int_equal(
		    canvas_row(c, 0)[x].style, x >= 2 && x <= 4 ? ROLE_SELECTED : ROLE_PLAIN);
	canvas_paint(c, (struct rect){ 0, 1, 1, 2 }, ROLE_NEW);
	for (int x = 1; x < 4; x++)
		assert_int_equal(canvas_row(c, 0)[x].style, ROLE_NEW);
	canvas_free(c);
}

static void
ascii_has_a_sign_for_each(void **state)
{
	static const struct {
		const char *text, *ascii;
	} table[] = {
		{ "▸ ► ▶ ◆ » ● ○ ✓ • … ▼ ▲", "> > > # > * o x * ~ v ^" },
		{ "╲╱═─━", "\\/=-=" },
		{ "╭╮╰╯┌┐└┘┼┬┴", "+++++++++++" },
		{ "│┃║┊┆", "|||::" },
		{ "░▒▓█▐|", ".:## |" },
		{ "←→±×≥≤", "<>+x><" },
		{ "“a” ‘b’ – —", "\"a\" 'b' - -" },
		{ "┤ LABEL ├", "[ LABEL ]" },
		{ "────┤┃├── x", "----+|+-- x" },
		{ "├─ leaf", "+- leaf" },
		{ "Éa Ñ ü ß ø ł Straße", "Ea N u s o l Strase" },
		{ "日x 한", "??x ??" },
		{ "жщ", "??" },
		{ "e\xcc\x81x\xcc\x81", "ex" },
	};
	struct canvas *c = canvas_new(1, 40, true);

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char *text;
		canvas_clear(c);
		canvas_text(c, 0, 0, -1, table[i].text, ROLE_PLAIN);
		text = drawn(c);
		text[strlen(table[i].ascii)] = '\0';
		assert_string_equal(text, table[i].ascii);
		free(text);
	}
	canvas_free(c);
}

static void
sizes_may_be_nothing(void **state)
{
	struct canvas *c = canvas_new(0, 0, false);

	(void)state;
	canvas_text(c, 0, 0, -1, "x", ROLE_PLAIN);
	canvas_fill(c, (struct rect){ 0, 0, 5, 5 }, 'x', ROLE_PLAIN);
	canvas_paint(c, canvas_area(c), ROLE_HEAD);
	assert_drawn(c, "");
	canvas_resize(c, 2, 3);
	canvas_fill(
	    c, (struct rect){ -1000000000, -1000000000, 2000000000, 2000000000 }, 'x', ROLE_PLAIN);
	canvas_clip(c, (struct rect){ 1, 1, INT32_MAX, INT32_MAX });
	canvas_fill(c, canvas_area(c), 'y', ROLE_PLAIN);
	assert_drawn(c, "xxx\nxyy\n");
	canvas_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_is_drawn_the_grid_stays_sound),
		cmocka_unit_test(nothing_is_drawn_outside_the_clip),
		cmocka_unit_test(text_takes_the_columns_it_says),
		cmocka_unit_test(every_code_point_is_harmless),
		cmocka_unit_test(what_does_not_fit_ends_in_an_ellipsis),
		cmocka_unit_test(text_can_end_at_a_column),
		cmocka_unit_test(text_is_wrapped_at_spaces),
		cmocka_unit_test(overwriting_half_of_a_wide_one_leaves_a_space),
		cmocka_unit_test(marks_stay_with_their_letter),
		cmocka_unit_test(invisible_ones_are_seen),
		cmocka_unit_test(clusters_are_kept_apart_and_forgotten),
		cmocka_unit_test(a_copy_is_equal_and_any_change_is_seen),
		cmocka_unit_test(paint_changes_only_the_style),
		cmocka_unit_test(ascii_has_a_sign_for_each),
		cmocka_unit_test(sizes_may_be_nothing),
	};

	setenv("LC_ALL", "C.UTF-8", 1);
	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
