/* The decoder: every form a terminal sends, cut anywhere; and what is no key at all. */
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
#include "tests/tui/keys_of.h"

static const struct {
	const char *bytes, *names;
} table[] = {
	/* text and controls */
	{ "ab ", "a b space " },
	{ "\r\n\t\x7f\x08", "enter enter tab backspace backspace " },
	{ "\x01\x03\x1a\x1c\x1d\x1e\x1f", "ctrl-a ctrl-c ctrl-z ctrl-\\ ctrl-] ctrl-^ ctrl-_ " },
	{ "é日👍e\xcc\x81", "é 日 👍 e \xcc\x81 " },
	/* broken UTF-8 shows, and takes nothing with it */
	{ "\xff\xc3(", "\xef\xbf\xbd \xef\xbf\xbd ( " },
	{ "\xe6\xbc"
	  "a\xed\xa0\x80z",
	    "\xef\xbf\xbd \xef\xbf\xbd a \xef\xbf\xbd \xef\xbf\xbd \xef\xbf\xbd z " },
	/* what no text may hold is no key */
	{ "a\xef\xbb\xbf\xe2\x80\xae\xc2\x9b\xef\xb8\x8f"
	  "b",
	    "a b " },
	/* ESC, Alt */
	{ "\x1b", "esc " },
	{ "\x1b\x1b", "esc esc " },
	{ "\x1b\x1b[A", "esc up " },
	{ "\x1b"
	  "b\x1b\r\x1b\x7f\x1b\x01\x1bé",
	    "alt-b alt-enter alt-backspace ctrl-alt-a alt-é " },
	{ "\x1b[", "alt-[ " },
	{ "\x1bO", "alt-O " },
	{ "\x1b]", "alt-] " },
	/* cursor and editing keys in all their dialects */
	{ "\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F", "up down right left home end " },
	{ "\x1bOA\x1bOB\x1bOC\x1bOD\x1bOH\x1bOF", "up down right left home end " },
	{ "\x1b[1;2A\x1b[1;3B\x1b[1;5D\x1b[1;8C",
	    "shift-up alt-down ctrl-left ctrl-alt-shift-right " },
	{ "\x1b[a\x1bOd\x1b[3$\x1b[3^\x1b[3@",
	    "shift-up ctrl-left shift-delete ctrl-delete ctrl-shift-delete " },
	{ "\x1bO5A\x1b[Z\x1b[1;5Z", "ctrl-up backtab ctrl-backtab " },
	{ "\x1b[1~\x1b[2~\x1b[3~\x1b[4~\x1b[5~\x1b[6~\x1b[7~\x1b[8~",
	    "home insert delete end page-up page-down home end " },
	{ "\x1b[3;5~", "ctrl-delete " },
	{ "\x1bOP\x1bOQ\x1bOR\x1bOS\x1b[15~\x1b[17~\x1b[18~\x1b[19~\x1b[20~\x1b[21~\x1b[23~\x1b["
	  "24~",
	    "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 " },
	{ "\x1b[11~\x1b[14~\x1b[[A\x1b[[E\x1b[1;5P\x1b[1;2R\x1b[24;2~",
	    "F1 F4 F1 F5 ctrl-F1 shift-F3 shift-F12 " },
	{ "\x1bOM\x1bOj\x1bOk\x1bOp\x1bOy\x1bOX", "enter * + 0 9 = " },
	/* keys told by number */
	{ "\x1b[97u\x1b[97;5u\x1b[97;2u\x1b[97:65;2u\x1b[65;5u\x1b[97;3u",
	    "a ctrl-a A A ctrl-a alt-a " },
	{ "\x1b[13u\x1b[13;5u\x1b[27u\x1b[9u\x1b[9;2u\x1b[127;3u\x1b[32;5u",
	    "enter ctrl-enter esc tab backtab alt-backspace ctrl-space " },
	{ "\x1b[233u\x1b[8364u\x1b[49:33:49;2u\x1b[97;1:3u", "é € ! " },
	{ "\x1b[57399u\x1b[57414u\x1b[57417u\x1b[57426u\x1b[57441u\x1b[55296u\x1b[1u",
	    "0 enter left delete " },
	{ "\x1b[27;5;97~\x1b[27;5;13~\x1b[27;2;65~", "ctrl-a ctrl-enter A " },
	/* mouse: newer and older form, wheel, modifiers; moves and wheels to the side are none */
	{ "\x1b[<0;11;6M\x1b[<2;1;1M\x1b[<64;1;1M\x1b[<65;300;200M\x1b[<0;11;6m",
	    "mouse1@5,10 mouse3@0,0 mouse5@0,0 mouse6@199,299 mouse4@5,10 " },
	{ "\x1b[<16;1;1M\x1b[<35;5;5M\x1b[<66;1;1M\x1b[<128;1;1Mx", "ctrl-mouse1@0,0 x " },
	{ "\x1b[M !!\x1b[M#!!\x1b[M`\xff\xff", "mouse1@0,0 mouse4@0,0 mouse5@222,222 " },
	{ "\x1b[I\x1b[O", "focus-in focus-out " },
	/* answers of terminals, and what nobody knows: swallowed whole */
	{ "\x1b[?62;4cq\x1b[24;80Rr\x1b[999zs\x1b[?2026;2$yt\x1b[200;1tu\x1b[>0;1cv",
	    "q r s t u v " },
	{ "\x1b]0;title\x07z\x1b]11;rgb:00/00/"
	  "00\x1b\\y\x1bP1$r0m\x1b\\x\x1b_abc\x1b\\w\x1bXabc\x07v",
	    "z y x w v " },
	{ "\x1b[201~x\x1b[25~y\x1bOzz", "x y z " },
	/* broken off by something else: that counts */
	{ "\x1b[1;\x1b[A\x1b[12\ra\x1b[5é", "up enter a é " },
	{ "\x1b]0;half\x1b[A", "up " },
	/* paste */
	{ "\x1b[200~two\nlines\x1b[201~x", "[two\nlines] x " },
	{ "\x1b[200~a\rb\r\nc\x1b[201~", "[a\nb\nc] " },
	{ "\x1b[200~a\x1b[2Jb\x07\xc2\x9b\xff\xe2\x80\xae\x1b[201~", "[a[2Jb\xef\xbf\xbd] " },
	{ "\x1b[200~\x1b[201~", "[] " },
	{ "\x1b[200~one\x1b[201~\x1b[200~two\x1b[201~", "[one] [two] " },
	{ "\x1b[200~\x1b[200~x\x1b[20\x1b[201~", "[[200~x[20] " },
};

static void
bytes_become_keys_however_they_are_cut(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		for (size_t piece = 1; piece <= 40; piece++) {
			struct buf b = { 0 };
			keys_of(table[i].bytes, strlen(table[i].bytes), piece, &b);
			assert_string_equal(b.data, table[i].names);
			buf_fini(&b);
		}
}

/* Random pieces of sequences: the keys do not depend on how the bytes were cut, and it never gets
 * stuck. */
static void
cutting_changes_nothing_in_noise(void **state)
{
	static const char *const pieces[] = { "\x1b", "[", "O", "1", ";5", "~", "A", "u", "M",
		"<0;1;1", "m", "\x1b[", "é", "\xc3", "\xe6\xbc", "x", "\r", "]0;t", "\x07",
		"\x1b\\", "[200~", "$", ":3", "[[", "P", "\x7f", "?2026" };
	uint64_t seed = 31;

	(void)state;
	for (int round = 0; round < 6000; round++) {
		struct buf bytes = { 0 }, whole = { 0 };
		int n = 1 + random_below(&seed, 14);
		for (int i = 0; i < n; i++)
			buf_adds(
			    &bytes, pieces[random_below(&seed, sizeof pieces / sizeof *pieces)]);
		buf_adds(&bytes, "\x07\x1b[201~\x1b[201~END");
		keys_of(bytes.data, bytes.len, bytes.len, &whole);
		assert_true(whole.len >= 6 && strcmp(whole.data + whole.len - 6, "E N D ") == 0);
		for (size_t piece = 1; piece < 6; piece++) {
			struct buf cut = { 0 };
			/* Two marks in one read are one end of a paste. */
			if (strstr(bytes.data, "\x1b[200~") != NULL)
				break;
			keys_of(bytes.data, bytes.len, piece, &cut);
			assert_string_equal(cut.data, whole.data);
			buf_fini(&cut);
		}
		buf_fini(&bytes);
		buf_fini(&whole);
	}
}

static void
a_mark_hidden_in_a_paste_does_not_type(void **state)
{
	static const char evil[] = "\x1b[200~harmless\x1b[201~:close\rmore\x1b[201~y";
	struct buf b = { 0 };

	(void)state;
	keys_of(evil, sizeof evil - 1, sizeof evil - 1, &b);
	assert_string_equal(b.data, "[harmless[201~:close\nmore] y ");
	buf_fini(&b);
}

static void
a_paste_is_bounded(void **state)
{
	struct keys *k = keys_new();
	struct key key;
	char block[4096];

	(void)state;
	memset(block, 'x', sizeof block);
	keys_feed(k, "\x1b[200~", 6);
	for (int i = 0; i < 1000; i++) {
		keys_feed(k, block, sizeof block);
		assert_false(keys_next(k, &key));
		assert_false(keys_waiting(k));
	}
	keys_feed(k, "\x1b[201~q", 7);
	assert_true(keys_next(k, &key));
	assert_int_equal(key.code, KEY_PASTE);
	assert_int_equal(key.paste_len, 1 << 20);
	assert_true(keys_next(k, &key) && key.cp == 'q');
	keys_free(k);
}

static void
much_text_at_once_is_taken_quickly(void **state)
{
	enum { MUCH = 1 << 20 };
	char *bytes = malloc(MUCH);
	struct keys *k = keys_new();
	struct key key;
	int n = 0;

	(void)state;
	memset(bytes, 'x', MUCH);
	keys_feed(k, bytes, MUCH);
	while (keys_next(k, &key))
		n++;
	assert_int_equal(n, MUCH);
	keys_free(k);
	free(bytes);
}

static void
only_escapes_wait(void **state)
{
	struct keys *k = keys_new();
	struct buf b = { 0 };
	struct key key;

	(void)state;
	assert_false(keys_waiting(k));
	keys_feed(k, "\xe6\xbc", 2); /* half a character */
	assert_false(keys_next(k, &key));
	assert_false(keys_waiting(k));
	keys_timeout(k);
	assert_false(keys_next(k, &key));
	keys_feed(k, "\xa2", 1);
	assert_true(keys_next(k, &key) && strcmp(key.text, "漢") == 0);
	keys_feed(k, "\x1b", 1);
	assert_false(keys_next(k, &key));
	assert_true(keys_waiting(k));
	keys_feed(k, "[A", 2); /* in time */
	keys_drain(k, &b);
	assert_string_equal(b.data, "up ");
	assert_false(keys_waiting(k));
	/* Too late: the rest of a torn sequence does not turn into letters. */
	buf_clear(&b);
	keys_feed(k, "\x1b[1;5", 5);
	keys_drain(k, &b);
	assert_true(keys_waiting(k));
	keys_timeout(k);
	keys_drain(k, &b);
	assert_false(keys_waiting(k));
	keys_feed(k, ";3Ax\x1b[B", 7);
	keys_drain(k, &b);
	assert_string_equal(b.data, "x down ");
	buf_fini(&b);
	keys_free(k);
}

static void
endless_sequences_end(void **state)
{
	struct buf bytes = { 0 }, b = { 0 };

	(void)state;
	buf_adds(&bytes, "\x1b[");
	for (int i = 0; i < 3000; i++)
		buf_adds(&bytes, "12;");
	buf_adds(&bytes, "Ax\x1b]");
	for (int i = 0; i < 9000; i++)
		buf_addc(&bytes, '.');
	buf_adds(&bytes, "\x1b[B");
	keys_of(bytes.data, bytes.len, 100, &b);
	assert_string_equal(b.data + b.len - 5, "down ");
	assert_int_equal(b.data[0], 'x');
	buf_fini(&bytes);
	buf_fini(&b);
}

static void
names_are_read_back(void **state)
{
	static const char *const names[] = { "a", "A", "é", "ж", "?", "-", "space", "ctrl-f",
		"ctrl-space", "ctrl--", "ctrl-_", "alt-x", "alt--", "ctrl-alt-a", "enter",
		"alt-enter", "tab", "backtab", "esc", "backspace", "delete", "insert", "up", "down",
		"left", "right", "home", "end", "page-up", "page-down", "alt-left", "shift-up",
		"ctrl-alt-shift-right", "F1", "F2", "F9", "F10", "F12", "shift-F5", "paste",
		"mouse", "focus-in", "focus-out" };
	char name[32];
	struct key k;

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		assert_true(key_parse(names[i], &k));
		key_name(&k, name);
		assert_string_equal(name, names[i]);
	}
	assert_true(key_parse("shift-tab", &k) && k.code == KEY_BACKTAB && k.mods == 0);
	assert_true(key_parse("ctrl-A", &k) && k.cp == 'a');
	assert_true(key_parse("shift-ctrl-up", &k) && k.mods == (KEY_MOD_SHIFT | KEY_MOD_CTRL));
	assert_false(key_parse("", &k));
	assert_false(key_parse("nosuch", &k));
	assert_false(key_parse("ctrl-", &k));
	assert_false(key_parse("F13", &k));
	assert_false(key_parse("\x01", &k));
	assert_false(key_parse("\xff", &k));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_become_keys_however_they_are_cut),
		cmocka_unit_test(cutting_changes_nothing_in_noise),
		cmocka_unit_test(a_mark_hidden_in_a_paste_does_not_type),
		cmocka_unit_test(a_paste_is_bounded),
		cmocka_unit_test(much_text_at_once_is_taken_quickly),
		cmocka_unit_test(only_escapes_wait),
		cmocka_unit_test(endless_sequences_end),
		cmocka_unit_test(names_are_read_back),
	};

	setenv("LC_ALL", "C.UTF-8", 1);
	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
