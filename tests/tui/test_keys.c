#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "tui/edit.h"
#include "tui/keys.h"

/* The names of the keys that bytes give, fed `piece` bytes at a time. */
static void
names_of(const char *bytes, size_t len, size_t piece, struct buf *out)
{
	struct keys *k = keys_new();
	struct key key;
	char name[32];

	for (size_t at = 0; at < len; at += piece) {
		keys_feed(k, bytes + at, len - at < piece ? len - at : piece);
		while (keys_next(k, &key)) {
			if (key.code == KEY_PASTE)
				buf_addf(out, "[%.*s] ", (int)key.paste_len, key.paste);
			else if (key.code == KEY_MOUSE)
				buf_addf(out, "mouse%d@%d,%d ", key.button, key.y, key.x);
			else if (key.code == KEY_FOCUS_IN)
				buf_adds(out, "focus ");
			else {
				key_name(&key, name);
				buf_addf(out, "%s ", name);
			}
		}
	}
	if (keys_waiting(k)) {
		keys_timeout(k);
		while (keys_next(k, &key)) {
			key_name(&key, name);
			buf_addf(out, "%s ", name);
		}
	}
	keys_free(k);
}

static const struct {
	const char *bytes, *names;
} table[] = {
	{ "ab", "a b " },
	{ "\x1b[A\x1b[B\x1bOC\x1b[1;5D", "up down right ctrl-left " },
	{ "\x1b[3~\x1b[5~\x1b[15~\x1b[24~\x1b[1~", "delete page-up F5 F12 home " },
	{ "\r\t\x7f\x08\x1b[Z", "enter tab backspace backspace backtab " },
	{ "\x01\x03\x1a\x1f", "ctrl-a ctrl-c ctrl-z ctrl-_ " },
	{ "é日👍", "é 日 👍 " },
	{ "\xff\xc3(", "\xef\xbf\xbd \xef\xbf\xbd ( " },
	{ "\x1b", "esc " },
	{ "\x1b\x1b[A", "esc up " },
	{ "\x1b" "b\x1b\r", "alt-b alt-enter " },
	{ "\x1b[200~two\nlines\x1b[201~x", "[two\nlines] x " },
	{ "\x1b[200~a\x1b[2Jb\x07\x1b[201~", "[a[2Jb] " },
	{ "\x1b[<0;11;6M\x1b[<64;1;1M\x1b[<0;11;6m", "mouse1@5,10 mouse5@0,0 mouse4@5,10 " },
	{ "\x1b[M !!", "mouse1@0,0 " },
	{ "\x1b[I", "focus " },
	{ "\x1b[97;5u\x1b[13u\x1b[27u", "ctrl-a enter esc " },
	{ "\x1b]0;title\x07z\x1bP1$r\x1b\\y", "z y " },
	{ "\x1b[?62;4cq\x1b[999zr", "q r " },
	{ "\x1b[[A\x1bOP", "F1 F1 " },
	{ "\x1b[1;3A", "alt-up " },
};

static void
bytes_become_keys_however_they_are_cut(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		for (size_t piece = 1; piece <= 8; piece++) {
			struct buf b = { 0 };
			names_of(table[i].bytes, strlen(table[i].bytes), piece, &b);
			assert_string_equal(b.data, table[i].names);
			buf_fini(&b);
		}
}

static void
names_are_read_back(void **state)
{
	static const char *const names[] = { "a", "ctrl-f", "enter", "F10", "alt-left", "space", "?", "page-down", "ж" };
	char name[32];
	struct key k;

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		assert_true(key_parse(names[i], &k));
		key_name(&k, name);
		assert_string_equal(name, names[i]);
	}
	assert_false(key_parse("", &k));
	assert_false(key_parse("nosuch", &k));
}

static void
type(struct edit *e, const char *bytes, enum edit_result want)
{
	struct keys *k = keys_new();
	struct key key;
	enum edit_result got = EDIT_MORE;

	keys_feed(k, bytes, strlen(bytes));
	while (keys_next(k, &key))
		got = edit_key(e, &key);
	assert_int_equal(got, want);
	keys_free(k);
}

static void
editing_knows_characters_and_words(void **state)
{
	struct edit *e = edit_new("", false, 100);

	(void)state;
	type(e, "flag on in ae\xcc\x81👍🏽", EDIT_MORE);
	type(e, "\x7f", EDIT_MORE);
	assert_string_equal(edit_text(e), "flag on in ae\xcc\x81");
	type(e, "\x7f", EDIT_MORE);
	assert_string_equal(edit_text(e), "flag on in a");
	type(e, "\x17", EDIT_MORE);
	assert_string_equal(edit_text(e), "flag on in ");
	type(e, "\x19", EDIT_MORE);
	assert_string_equal(edit_text(e), "flag on in a");
	type(e, "\x01>\x05<", EDIT_MORE);
	assert_string_equal(edit_text(e), ">flag on in a<");
	type(e, "\x1a", EDIT_MORE);
	assert_string_equal(edit_text(e), ">flag on in a");
	type(e, "\x12", EDIT_MORE);
	assert_string_equal(edit_text(e), ">flag on in a<");
	type(e, "\x1b[200~ one\ntwo\n\x1b[201~", EDIT_MORE);
	assert_int_equal(edit_lines(e), 2);
	type(e, "\r", EDIT_DONE);
	edit_free(e);
}

static void
a_full_editor_says_so(void **state)
{
	struct edit *e = edit_new("", false, 5);

	(void)state;
	type(e, "1234é", EDIT_MORE);
	assert_true(edit_full(e));
	assert_string_equal(edit_text(e), "1234");
	edit_free(e);
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
	type(e, "new\x1b[A", EDIT_MORE);
	assert_string_equal(edit_text(e), "second");
	type(e, "\x1b[A\x1b[A", EDIT_MORE);
	assert_string_equal(edit_text(e), "first");
	type(e, "\x1b[B\x1b[B", EDIT_MORE);
	assert_string_equal(edit_text(e), "new");
	strs_fini(&h);
	edit_free(e);
}

static void
several_lines_wrap_and_scroll(void **state)
{
	struct edit *e = edit_new("one two three four\nfive", true, 1000);
	struct canvas *c = canvas_new(4, 20, false);
	int y, x;

	(void)state;
	type(e, "\r\x1b[A\x1b[A", EDIT_MORE);
	assert_string_equal(edit_text(e), "one two three four\nfive\n");
	for (int w = 1; w < 20; w++) {
		canvas_clear(c);
		edit_draw(e, c, (struct rect){ 0, 0, 3, w }, ROLE_ENTRY);
		assert_true(canvas_cursor_at(c, &y, &x));
		assert_true(y < 3 && x < w);
	}
	type(e, "\x1b\r", EDIT_DONE);
	canvas_free(c);
	edit_free(e);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_become_keys_however_they_are_cut),
		cmocka_unit_test(names_are_read_back),
		cmocka_unit_test(editing_knows_characters_and_words),
		cmocka_unit_test(a_full_editor_says_so),
		cmocka_unit_test(history_keeps_what_is_typed),
		cmocka_unit_test(several_lines_wrap_and_scroll),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
