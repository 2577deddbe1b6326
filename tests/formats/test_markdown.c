#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "formats/listing.h"
#include "formats/markdown.h"
#include "model/op.h"

static void
check_text(const char *text, const char *want)
{
	struct buf out = { 0 };

	markdown_text(text, &out);
	assert_string_equal(out.data, want);
	buf_fini(&out);
}

static void
texts_read_as_they_were_typed(void **state)
{
	(void)state;
	check_text("plain, with 1.5 % (and more)!", "plain, with 1.5 % (and more)!");
	check_text("*stars* _under_ `ticks`", "\\*stars\\* \\_under\\_ \\`ticks\\`");
	check_text("[a](b) <b> | ~x~ \\", "\\[a\\](b) \\<b\\> \\| \\~x\\~ \\\\");
	check_text("# no heading", "\\# no heading");
	check_text("- no list", "\\- no list");
	check_text("1. no list", "1\\. no list");
	check_text("1.5 is no list", "1\\.5 is no list");
	check_text("a # b - c", "a # b - c");
	check_text("&lt; & co", "\\&lt; & co");
	check_text("one\ntwo", "one two");
	check_text("caf\xc3\xa9 \xe6\xbc\xa2\xe5\xad\x97", "caf\xc3\xa9 \xe6\xbc\xa2\xe5\xad\x97");
}

static void
nothing_harmful_comes_through(void **state)
{
	struct buf out = { 0 };

	(void)state;
	markdown_text("a\033[31mb\007\xe2\x80\xae"
		      "c\xff",
	    &out);
	for (size_t i = 0; i < out.len; i++)
		assert_true((unsigned char)out.data[i] >= 0x20);
	assert_null(strstr(out.data, "\xe2\x80\xae"));
	buf_fini(&out);
}

static struct change *
add(struct op *op, enum kind kind, uint64_t id)
{
	return op_add(op, VERB_ADD, kind, id_make(id));
}

static void
apply(struct debrief *d, struct op *op)
{
	struct actor host = { .name = "lena", .role = PERSON_FACILITATOR, .host = true };
	struct host_gift gift = { 1, 7 };
	struct err e = { 0 };

	if (!debrief_check(d, &host, op, &e))
		fail_msg("%s", e.text);
	debrief_complete(d, &host, op, &gift);
	debrief_apply(d, op);
	op_fini(op);
}

static void
add_causes(struct op *op)
{
	static const char *const texts[] = { "top", "why of top", "why of why" };
	struct change *c = add(op, KIND_CATEGORY, 10);

	change_put_text(c, "name", "Process");
	change_put_num(c, "level", LEVEL_PROCESS);
	for (uint64_t i = 0; i < 3; i++) {
		c = add(op, KIND_CAUSE, 20 + i);
		change_put_text(c, "category", id_make(10).s);
		change_put_text(c, "text", texts[i]);
		if (i > 0)
			change_put_text(c, "parent", id_make(19 + i).s);
	}
}

static void
add_ratings(struct op *op)
{
	for (int64_t i = 0; i < 3; i++) {
		struct change *c = add(op, KIND_RATING, (uint64_t)(30 + i));
		change_put_text(c, "question", "useful?");
		change_put_num(c, "value", 3 + i / 2);
	}
}

static struct debrief *
some_debrief(void)
{
	struct debrief *d = debrief_new(id_make(1));
	struct change *c;
	struct op op;
	int64_t at_ns;

	op_init(&op, "new");
	change_put_text(op_add(&op, VERB_SET, KIND_DEBRIEF, d->item.id), "title", "A *title*");
	assert_true(time_parse("2026-07-14T22:30:00Z", &at_ns));
	c = add(&op, KIND_EVENT, 2);
	change_put_num(c, "at", at_ns);
	change_put_text(c, "text", "late");
	change_put_num(c, "precision", PRECISION_MINUTE);
	add_causes(&op);
	add_ratings(&op);
	apply(d, &op);
	return d;
}

static void
everything_has_its_place(void **state)
{
	struct debrief *d = some_debrief();
	struct zone *z = zone_open("Europe/Berlin", NULL);
	struct buf out = { 0 };

	(void)state;
	markdown_write(d, z, &out);
	assert_ptr_equal(strstr(out.data, "# A \\*title\\*\n"), out.data);
	assert_non_null(strstr(out.data, "- times: Europe/Berlin\n"));
	assert_non_null(strstr(out.data, "- 2026-07-15 00:30 **E1** late\n"));
	assert_non_null(
	    strstr(out.data, "### Process (process)\n\n- **C1** top\n  - **C2** why of top\n"
			     "    - **C3** why of why\n"));
	assert_non_null(strstr(out.data, "- useful?: 3.3 of 5 (3)\n"));
	buf_fini(&out);
	zone_free(z);
	debrief_free(d);
}

static void
lists_are_json(void **state)
{
	struct debrief *d = some_debrief();
	struct buf out = { 0 };
	struct listing *l = listing_begin(&out);

	(void)state;
	listing_debrief(l, "2026-07-14-x-0000", true, d, NULL);
	listing_debrief(l, "broken", false, NULL, "why \"not\"");
	listing_end(l);
	assert_non_null(strstr(out.data, "\"name\": \"2026-07-14-x-0000\""));
	assert_non_null(strstr(out.data, "\"live\": true"));
	assert_non_null(strstr(out.data, "\"events\": 1"));
	assert_non_null(strstr(out.data, "\"error\": \"why \\\"not\\\"\""));
	assert_int_equal(out.data[out.len - 1], '\n');
	buf_fini(&out);
	debrief_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_read_as_they_were_typed),
		cmocka_unit_test(nothing_harmful_comes_through),
		cmocka_unit_test(everything_has_its_place),
		cmocka_unit_test(lists_are_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
