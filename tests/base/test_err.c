#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/text.h"

static void
sets_kind_and_text_and_returns_false(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_false(err_set(&e, ERR_MISSING, "no %s: %d", "file", 3));
	assert_int_equal(e.kind, ERR_MISSING);
	assert_string_equal(e.text, "no file: 3");
	assert_false(err_set(NULL, ERR_USAGE, "nobody listens"));
	assert_false(err_prefix(NULL, "nobody"));
}

static void
prefix_keeps_the_kind(void **state)
{
	struct err e = { 0 };

	(void)state;
	err_set(&e, ERR_STORE, "disk full");
	assert_false(err_prefix(&e, "file %s", "x.json"));
	assert_int_equal(e.kind, ERR_STORE);
	assert_string_equal(e.text, "file x.json: disk full");
}

static void
arguments_may_be_its_own_text(void **state)
{
	struct err e = { 0 };

	(void)state;
	err_set(&e, ERR_STORE, "one");
	err_set(&e, ERR_REFUSED, "two and %s", e.text);
	assert_string_equal(e.text, "two and one");
	err_prefix(&e, "%s", e.text);
	assert_string_equal(e.text, "two and one: two and one");
}

static void
what_is_too_long_is_cut_between_characters(void **state)
{
	char text[2000];

	(void)state;
	for (int shift = 0; shift < 4; shift++) {
		struct err e = { 0 };
		memset(text, 'x', sizeof text);
		for (size_t i = (size_t)shift; i + 3 < sizeof text; i += 3)
			memcpy(text + i, "\xe6\xbc\xa2", 3);
		text[sizeof text - 1] = '\0';
		err_set(&e, ERR_REFUSED, "%s", text);
		assert_true(strlen(e.text) > sizeof e.text - 5);
		assert_int_equal(utf8_valid(e.text, strlen(e.text)), strlen(e.text));
	}
}

static void
a_long_prefix_leaves_room_for_what_to_do(void **state)
{
	struct err e = { 0 };
	char path[3000];

	(void)state;
	memset(path, 'p', sizeof path);
	path[sizeof path - 1] = '\0';
	err_set(&e, ERR_STORE, "disk full: nothing was changed: make room");
	err_prefix(&e, "%s", path);
	assert_non_null(strstr(e.text, "make room"));
}

static void
arguments_cannot_reach_the_terminal(void **state)
{
	struct err e = { 0 };

	(void)state;
	err_set(&e, ERR_REFUSED, "bad %s", "\x1b[2J\r\n\x07\x7f\xc2\x9b\xe2\x80\xae\xff end");
	for (const char *p = e.text; *p != '\0'; p++)
		assert_true((unsigned char)*p >= 0x20 && *p != 0x7f);
	assert_null(strstr(e.text, "\xc2\x9b"));
	assert_null(strstr(e.text, "\xe2\x80\xae"));
	assert_int_equal(utf8_valid(e.text, strlen(e.text)), strlen(e.text));
	assert_non_null(strstr(e.text, " end"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sets_kind_and_text_and_returns_false),
		cmocka_unit_test(prefix_keeps_the_kind),
		cmocka_unit_test(arguments_may_be_its_own_text),
		cmocka_unit_test(what_is_too_long_is_cut_between_characters),
		cmocka_unit_test(a_long_prefix_leaves_room_for_what_to_do),
		cmocka_unit_test(arguments_cannot_reach_the_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
