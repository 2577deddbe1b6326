#include "formats/prose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static void
add(void *ctx, const char *text, size_t len, const size_t *at)
{
	buf_addf(ctx, "%zu:%s:%zu|", at[0], text, at[len] - at[0]);
}

static const char file[] = "{\n  \"format\": \"debrief/1\",\n  \"title\": \"T \\u00e9\\n\",\n"
			   "  \"services\": [\"s\"],\n  \"events\": [\n"
			   "    { \"id\": \"a\", \"text\": \"own \\\"x\\\"\", \"lane\": \"l\" },\n"
			   "    { \"id\": \"b\", \"text\": \"page\", \"source\": \"alerts\" }\n  ],\n"
			   "  \"summary\": \"S\",\n  \"unknown\": { \"text\": \"no\" }\n}\n";

static void
own_words_come_with_their_places(void **state)
{
	struct buf out = { 0 };
	char want[200];
	const char *title = strstr(file, "T \\u"), *own = strstr(file, "own"),
		   *sum = strstr(file, "S\",\n");

	(void)state;
	assert_true(prose_is_ours(file, strlen(file)));
	assert_true(prose_read(file, strlen(file), add, &out, NULL));
	snprintf(want, sizeof want, "%zu:T \xc3\xa9\n:10|%zu:own \"x\":9|%zu:S:1|",
	    (size_t)(title - file), (size_t)(own - file), (size_t)(sum - file));
	assert_string_equal(out.data, want);
	buf_fini(&out);
}

static void
a_note_has_one_text(void **state)
{
	static const char note[] = "{\"format\":\"debrief-note/1\",\"id\":\"x\",\"text\":\"near\"}";
	struct buf out = { 0 };

	(void)state;
	assert_true(prose_is_ours(note, strlen(note)));
	assert_true(prose_read(note, strlen(note), add, &out, NULL));
	assert_string_equal(out.data, "44:near:4|");
	buf_fini(&out);
}

static void
what_is_no_json_is_refused(void **state)
{
	struct err e = { 0 };

	(void)state;
	for (size_t len = 0; len < strlen(file) - 2; len++)
		assert_false(prose_read(file, len, add, NULL, &e));
	assert_false(prose_is_ours("# text\n{", 8));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(own_words_come_with_their_places),
		cmocka_unit_test(a_note_has_one_text),
		cmocka_unit_test(what_is_no_json_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
