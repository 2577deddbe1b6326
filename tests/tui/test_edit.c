/* Text being typed: what keys do to it, what comes back, where it is drawn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "tests/base/random.h"
#include "tui/edit.h"
#include "tui/export.h"

#define PASTE(text) "\x1b[200~" text "\x1b[201~"
#define UP "\x1b[A"
#define DOWN "\x1b[B"
#define RIGHT "\x1b[C"
#define LEFT "\x1b[D"
#define HOME "\x1b[H"
#define END "\x1b[F"

/* Type bytes as a terminal sends them; what the last key led to. */
static enum edit_result
type(struct edit *e, const char *bytes)
{
	struct keys *k = keys_new();
	enum edit_result got = EDIT_MORE;
	struct key key;

	keys_feed(k, bytes, strlen(bytes));
	while (keys_next(k, &key))
		got = edit_key(e, &key);
	keys_free(k);
	return got;
}

static const struct {
	const char *before, *keys, *after; /* "|" is the cursor */
} one_line[] = {
	{ "", "abc", "abc|" },
	{ "", "ae\xcc\x81👍🏽\x7f", "ae\xcc\x81|" },
	{ "", "ae\xcc\x81\x7f", "a|" },
	{ "one two", LEFT LEFT "x", "one tx|wo" },
	{ "one two", "\x01>\x05<", ">one two<|" },
	{ "one two", HOME "\x1b[3~", "|ne two" },
	{ "one two", HOME "\x04", "|ne two" },
	{ "日本", LEFT "\x7f", "|本" },
	/* words */
	{ "one two-three",
	    "\x1b"
	    "b",
	    "one two-|three" },
	{ "one two-three",
	    "\x1b"
	    "b\x1b"
	    "b\x1b[1;5D",
	    "|one two-three" },
	{ "one two",
	    HOME "\x1b"
		 "f\x1b[1;5C",
	    "one two|" },
	{ "one — two“",
	    "\x1b"
	    "b",
	    "one — |two“" },
	{ "one two-three", "\x17", "one |" },
	{ "one two-three  ", "\x17", "one |" },
	{ "one two-three", "\x1b\x7f", "one two-|" },
	{ "one two",
	    HOME "\x1b"
		 "d",
	    "| two" },
	/* cut and put back */
	{ "one two", LEFT "\x15", "|o" },
	{ "one two", LEFT "\x15\x19\x19", "one twone tw|o" },
	{ "one two",
	    HOME "\x1b"
		 "f\x0b",
	    "one|" },
	{ "one two",
	    HOME "\x1b"
		 "f\x0b\x01\x19",
	    " two|one" },
	{ "one two", "\x19", "one two|" },
	/* undo: a run of letters is one step, a word after a space another */
	{ "", "one two\x1a", "one |" },
	{ "", "one two\x1a\x1a", "|" },
	{ "", "one two\x1a\x1a\x1a\x12", "one |" },
	{ "", "one two\x1a\x1a\x12\x12", "one two|" },
	{ "", "one two\x1f!", "one !|" },
	{ "", "one two\x1f!\x12", "one !|" },
	{ "abc", "\x15\x1a", "abc|" },
	/* paste */
	{ "ab", LEFT PASTE("xy"), "axy|b" },
	{ "", PASTE("\none\ntwo\n\n"), "one\ntwo|" },
	{ "", PASTE("one\n\ntwo") HOME "x", "x|one\n\ntwo" },
	{ "a", PASTE("b") "\x1a", "a|" },
	/* at the ends nothing happens */
	{ "", LEFT RIGHT "\x7f\x1b[3~\x17\x15\x0b\x1a\x12", "|" },
};

static void
assert_edited(struct edit *e, const char *after)
{
	const char *bar = strchr(after, '|');
	struct buf want = { 0 };

	buf_add(&want, after, (size_t)(bar - after));
	buf_adds(&want, bar + 1);
	assert_string_equal(edit_text(e), want.data);
	assert_int_equal(edit_cursor(e), bar - after);
	buf_fini(&want);
}

static void
keys_edit_one_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof one_line / sizeof *one_line; i++) {
		struct edit *e = edit_new(one_line[i].before, false, 100);
		assert_int_equal(type(e, one_line[i].keys), EDIT_MORE);
		assert_edited(e, one_line[i].after);
		edit_free(e);
	}
}

static void
keys_that_end_it_and_keys_that_are_not_its(void **state)
{
	struct edit *one = edit_new("x", false, 100), *many = edit_new("x", true, 100);
	static const char *const foreign[] = { "\t", "\x1b[Z", "\x1bOP", "\x06", "\x03", "\x1bx",
		"\x1b[I", "\x1b[<0;1;1M" };

	(void)state;
	assert_int_equal(type(one, "\r"), EDIT_DONE);
	assert_int_equal(type(one, "\x1b\r"), EDIT_DONE);
	assert_int_equal(type(one, "\x1b[27u"), EDIT_CANCEL);
	assert_int_equal(type(one, UP), EDIT_UNKNOWN);
	assert_int_equal(type(one, "\x1b[5~"), EDIT_UNKNOWN);
	assert_int_equal(type(many, "\r"), EDIT_MORE);
	assert_int_equal(type(many, "\x1b\r"), EDIT_DONE);
	assert_int_equal(type(many, "\x04"), EDIT_DONE);
	assert_int_equal(type(many, UP DOWN), EDIT_MORE);
	for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
		assert_int_equal(type(one, foreign[i]), EDIT_UNKNOWN);
		assert_int_equal(type(many, foreign[i]), EDIT_UNKNOWN);
	}
	assert_string_equal(edit_text(one), "x");
	assert_string_equal(edit_text(many), "x\n");
	edit_free(one);
	edit_free(many);
}

static void
a_full_editor_says_so(void **state)
{
	struct edit *e = edit_new("", false, 5);

	(void)state;
	type(e, "1234");
	assert_false(edit_full(e));
	type(e, "é");
	assert_true(edit_full(e));
	assert_string_equal(edit_text(e), "1234");
	type(e, "5");
	assert_false(edit_full(e));
	type(e, "6");
	assert_true(edit_full(e));
	type(e, "\x7f");
	assert_false(edit_full(e));
	type(e, "\x15" PASTE("ab日本"));
	assert_string_equal(edit_text(e), "ab日");
	assert_true(edit_full(e));
	edit_free(e);
}

static void
lines_are_counted(void **state)
{
	static const struct {
		const char *text;
		size_t lines;
	} table[] = { { "", 1 }, { "a", 1 }, { "a\nb", 2 }, { "a\n\n \nb\n", 2 }, { "\n\n", 1 },
		{ "a\nb\nc", 3 } };

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct edit *e = edit_new(table[i].text, true, 100);
		assert_int_equal(edit_lines(e), table[i].lines);
		edit_free(e);
	}
}

static void
history_keeps_what_is_typed(void **state)
{
	struct edit *e = edit_new("", false, 100);
	struct strs h = { 0 };

	(void)state;
	strs_add(&h, "first");
	strs_add(&h, "second");
	edit_history(e, &h);
	strs_fini(&h);
	assert_int_equal(type(e, "new" UP), EDIT_MORE);
	assert_edited(e, "second|");
	type(e, UP UP);
	assert_edited(e, "first|");
	type(e, DOWN DOWN DOWN);
	assert_edited(e, "new|");
	type(e, UP "\x1a");
	assert_edited(e, "new|");
	edit_free(e);
}

static void
setting_is_one_step_and_is_cleaned(void **state)
{
	struct edit *e = edit_new("a\x1b[2Jb\xe2\x80\xae\xff", false, 100);

	(void)state;
	assert_string_equal(edit_text(e), "a[2Jb\xef\xbf\xbd");
	edit_set(e, "commands go here", 8);
	assert_edited(e, "commands| go here");
	edit_set(e, "e\xcc\x81x", 1);
	assert_edited(e, "e\xcc\x81|x");
	edit_set(e, "short", 99);
	assert_edited(e, "short|");
	type(e, "\x1a\x1a");
	assert_edited(e, "commands| go here");
	edit_free(e);
}

static void
marks_do_not_pile_up(void **state)
{
	struct edit *e = edit_new("a", false, 100);

	(void)state;
	for (int i = 0; i < 20; i++)
		type(e, "\xcc\x81");
	assert_true(text_ok(edit_text(e), strlen(edit_text(e)), TEXT_LINE, NULL));
	type(e, HOME PASTE(
		    "b\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81") "\x1b[3~");
	assert_true(text_ok(edit_text(e), strlen(edit_text(e)), TEXT_LINE, NULL));
	edit_free(e);
}

/* Draw into `rows` by `cols`; the rows as text, with the cursor's column in front of its row. */
static void
assert_draws(struct edit *e, int rows, int cols, const char *want)
{
	struct canvas *c = canvas_new(rows, cols, false);
	struct buf text = { 0 }, out = { 0 };
	int y, x, used = edit_draw(e, c, canvas_area(c), ROLE_ENTRY);

	assert_true(canvas_cursor_at(c, &y, &x));
	export_text(&text, c);
	for (int i = 0, at = 0; i < used; i++) {
		size_t len = strcspn(text.data + at, "\n");
		if (i == y)
			buf_addf(&out, "%d", x);
		buf_addf(&out, "[%.*s]", (int)len, text.data + at);
		at += (int)len + 1;
	}
	assert_string_equal(out.data, want);
	buf_fini(&text);
	buf_fini(&out);
	canvas_free(c);
}

static void
one_line_scrolls_sideways(void **state)
{
	struct edit *e = edit_new("abcdef", false, 100);

	(void)state;
	assert_draws(e, 1, 10, "6[abcdef    ]");
	type(e, "ghijk");
	assert_draws(e, 1, 10, "9[…defghijk ]");
	type(e, HOME);
	assert_draws(e, 1, 10, "0[abcdefghi…]");
	type(e, END LEFT LEFT LEFT);
	assert_draws(e, 1, 10, "8[abcdefghi…]");
	edit_set(e, "a\nb日", 99);
	assert_draws(e, 1, 10, "5[a↵b日     ]");
	assert_draws(e, 1, 1, "0[ ]");
	assert_draws(e, 1, 2, "1[… ]");
	edit_set(e, "", 0);
	assert_draws(e, 1, 4, "0[    ]");
	edit_free(e);
}

static void
several_lines_wrap_and_scroll(void **state)
{
	struct edit *e = edit_new("one two three\nfour", true, 1000);

	(void)state;
	assert_draws(e, 5, 9, "[one two  ][three    ]4[four     ]");
	type(e, UP);
	assert_draws(e, 5, 9, "[one two  ]4[three    ][four     ]");
	type(e, UP END RIGHT LEFT UP);
	assert_draws(e, 5, 9, "5[one two  ][three    ][four     ]");
	type(e, UP);
	assert_draws(e, 5, 9, "0[one two  ][three    ][four     ]");
	type(e, "\x1b[F\r");
	assert_draws(e, 2, 9, "[three    ]0[         ]");
	type(e, "\x1b[1;5F" DOWN);
	assert_draws(e, 2, 9, "[         ]4[four     ]");
	type(e, "\x1b[5~");
	assert_draws(e, 2, 9, "4[one two  ][three    ]");
	edit_set(e, "abcdefghijklmnop", 99);
	assert_draws(e, 3, 9, "[abcdefgh ]8[ijklmnop ]");
	type(e, "\n");
	assert_draws(e, 3, 9, "[abcdefgh ][ijklmnop ]0[         ]");
	type(e, UP UP "x");
	assert_draws(e, 3, 9, "1[xabcdefg ][hijklmno ][p        ]");
	edit_free(e);
}

/* The column is kept over shorter lines. */
static void
up_and_down_keep_the_column(void **state)
{
	struct edit *e = edit_new("abcdef\nab\nabcdef", true, 1000);

	(void)state;
	type(e, LEFT UP);
	assert_edited(e, "abcdef\nab|\nabcdef");
	type(e, UP);
	assert_edited(e, "abcde|f\nab\nabcdef");
	type(e, DOWN DOWN DOWN);
	assert_edited(e, "abcdef\nab\nabcdef|");
	type(e, UP LEFT UP);
	assert_edited(e, "a|bcdef\nab\nabcdef");
	edit_free(e);
}

static const char *const random_keys[] = { "a", "word ", " ", "é", "e\xcc\x81", "\xcc\x81", "日本",
	"👩‍👩‍👧", "🇩🇪", "-", LEFT, RIGHT, UP, DOWN, HOME, END, "\x01", "\x05",
	"\x1b"
	"b",
	"\x1b"
	"f",
	"\x7f", "\x1b[3~", "\x17", "\x15", "\x0b", "\x19",
	"\x1b"
	"d",
	"\x1b\x7f", PASTE("two\nlines"), PASTE("\xcc\x81"), PASTE("x\xff\x1b[31m"), "\x1b[5~",
	"\x1b[6~" };

static bool
is_boundary(const char *text, size_t at)
{
	size_t i = 0, len = strlen(text);

	while (i < at)
		i += text_grapheme(text + i, len - i);
	return i == at;
}

static void
assert_whole(struct edit *e, size_t limit)
{
	const char *text = edit_text(e);
	size_t len = strlen(text);

	assert_true(len <= limit && edit_cursor(e) <= len);
	if (len <= TEXT_BLOCK_MAX)
		assert_true(text_ok(text, len, TEXT_BLOCK, NULL));
	assert_true(is_boundary(text, edit_cursor(e)));
}

static void
draw_anywhere(struct edit *e, struct canvas *c, uint64_t *seed)
{
	struct rect area = { random_below(seed, 3), random_below(seed, 5),
		1 + random_below(seed, 4), 1 + random_below(seed, 14) };
	int y, x, used;

	canvas_clear(c);
	canvas_fill(c, canvas_area(c), '.', ROLE_DIM);
	used = edit_draw(e, c, area, ROLE_ENTRY);
	assert_true(used >= 1 && used <= area.h);
	assert_true(canvas_cursor_at(c, &y, &x));
	assert_true(y >= area.y && y < area.y + used && x >= area.x && x < area.x + area.w);
	for (int i = 0; i < canvas_rows(c); i++)
		for (int j = 0; j < canvas_cols(c); j++)
			if (i < area.y || i >= area.y + used || j < area.x || j >= area.x + area.w)
				assert_int_equal(canvas_row(c, i)[j].glyph, '.');
}

static void
random_typing_keeps_it_whole(void **state)
{
	struct canvas *c = canvas_new(8, 24, false);
	uint64_t seed = 41;

	(void)state;
	for (int round = 0; round < 150; round++) {
		struct edit *e = edit_new("", round % 2, 60);
		for (int i = 0; i < 60; i++) {
			type(e, random_keys[random_below(
				    &seed, sizeof random_keys / sizeof *random_keys)]);
			assert_whole(e, 60);
			draw_anywhere(e, c, &seed);
		}
		edit_free(e);
	}
	canvas_free(c);
}

static void
undo_goes_all_the_way_back_and_redo_on(void **state)
{
	uint64_t seed = 42;

	(void)state;
	for (int round = 0; round < 100; round++) {
		struct edit *e = edit_new("begin", round % 2, 1000);
		char *last;
		for (int i = 0; i < 40; i++)
			type(e, random_keys[random_below(
				    &seed, sizeof random_keys / sizeof *random_keys)]);
		last = mem_dup(edit_text(e));
		for (int i = 0; i < 100; i++) {
			type(e, "\x1a");
			assert_whole(e, 1000);
		}
		assert_string_equal(edit_text(e), "begin");
		for (int i = 0; i < 100; i++)
			type(e, "\x12");
		assert_string_equal(edit_text(e), last);
		free(last);
		edit_free(e);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_edit_one_line),
		cmocka_unit_test(keys_that_end_it_and_keys_that_are_not_its),
		cmocka_unit_test(a_full_editor_says_so),
		cmocka_unit_test(lines_are_counted),
		cmocka_unit_test(history_keeps_what_is_typed),
		cmocka_unit_test(setting_is_one_step_and_is_cleaned),
		cmocka_unit_test(marks_do_not_pile_up),
		cmocka_unit_test(one_line_scrolls_sideways),
		cmocka_unit_test(several_lines_wrap_and_scroll),
		cmocka_unit_test(up_and_down_keep_the_column),
		cmocka_unit_test(random_typing_keeps_it_whole),
		cmocka_unit_test(undo_goes_all_the_way_back_and_redo_on),
	};

	setenv("LC_ALL", "C.UTF-8", 1);
	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
