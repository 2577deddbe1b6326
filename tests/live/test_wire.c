/* The wire apart from any socket: every message both ways, rubbish, lines cut anywhere, ops in
 * parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "live/ledger.h"
#include "live/recent.h"
#include "live/wire.h"
#include "storage/json_op.h"
#include "tests/support/random_ops.h"

static void
every_example_is_read_and_written_alike(void **state)
{
	bool shown[N_MESSAGES] = { false };

	(void)state;
	for (size_t i = 0; i < n_wire_examples; i++) {
		const char *line = wire_examples[i].line;
		struct message m;
		struct err e = { 0 };
		struct buf b = { 0 };
		if (!message_decode(line, strlen(line), &m, &e))
			fail_msg("%s: %s", line, e.text);
		message_encode(&m, &b);
		assert_int_equal(b.len, strlen(line) + 1);
		assert_memory_equal(b.data, line, strlen(line));
		shown[m.type] = true;
		message_fini(&m);
		buf_fini(&b);
	}
	for (int i = 0; i < N_MESSAGES; i++)
		assert_true(shown[i]);
}

static void
an_example_with_any_byte_changed_is_read_or_refused(void **state)
{
	struct dice r = { 7 };

	(void)state;
	for (int turn = 0; turn < 20000; turn++) {
		const char *line = wire_examples[dice_below(&r, n_wire_examples)].line;
		size_t len = strlen(line);
		char *bad = mem_dup(line);
		struct message m;
		struct err e = { 0 };
		for (size_t n = 1 + dice_below(&r, 3); n > 0; n--)
			bad[dice_below(&r, len)] = (char)dice_next(&r);
		if (message_decode(bad, len, &m, &e)) {
			struct message again;
			struct buf b = { 0 };
			message_encode(&m, &b);
			assert_true(message_decode(b.data, b.len - 1, &again, &e));
			message_fini(&again);
			message_fini(&m);
			buf_fini(&b);
		} else {
			assert_int_equal(e.kind, ERR_REFUSED);
		}
		free(bad);
	}
}

static void
refused(const char *line)
{
	struct message m;
	struct err e = { 0 };

	if (message_decode(line, strlen(line), &m, &e))
		fail_msg("%s was taken", line);
	assert_true(e.text[0] != '\0');
}

static void
what_is_no_message_is_refused(void **state)
{
	(void)state;
	refused("");
	refused("hello");
	refused("[]");
	refused("{\"type\":\"dance\"}");
	refused("{\"type\":\"ack\"}");
	refused("{\"type\":\"op\"}");
	refused("{\"type\":\"op\",\"op\":{\"do\":\"x\",\"changes\":[{\"add\":\"ship\",\"id\":"
		"\"c1tech000000\"}]}}");
	refused("{\"type\":\"ping\",\"seq\":-1}");
	refused("{\"type\":\"ping\",\"seq\":1.5}");
	refused("{\"type\":\"ping\",\"type\":\"ping\"}");
	refused("{\"type\":\"hello\",\"name\":7}");
	refused("{\"type\":\"hello\",\"name\":\"a\\nb\"}");
	refused("{\"type\":\"hello\",\"name\":\"a\xe2\x80\xae"
		"b\"}");
	refused("{\"type\":\"welcome\",\"you\":\"lena\",\"id\":\"x\"}");
	refused("{\"type\":\"presence\",\"here\":[{}]}");
	refused("{\"type\":\"presence\",\"here\":{}}");
	refused("{\"type\":\"ping\"} {\"type\":\"ping\"}");
}

static void
a_sentence_is_made_harmless(void **state)
{
	static const char line[] = "{\"type\":\"notice\",\"text\":\"a\xe2\x80\xae"
				   "b\"}";
	struct message m;

	(void)state;
	assert_true(message_decode(line, sizeof line - 1, &m, NULL));
	assert_string_equal(m.text, "ab");
	message_fini(&m);
}

static void
lines_cut_anywhere_are_whole_again(void **state)
{
	static const char text[] = "one\n\ntwo words\nthree\nrest";
	static const char *const lines[] = { "one", "", "two words", "three" };

	(void)state;
	for (size_t step = 1; step < sizeof text; step++) {
		struct wire_in in = { 0 };
		const char *line;
		size_t len, got = 0;
		for (size_t at = 0; at < sizeof text - 1; at += step) {
			size_t n = sizeof text - 1 - at < step ? sizeof text - 1 - at : step;
			wire_feed(&in, text + at, n);
			while (wire_line(&in, &line, &len) == 1) {
				assert_true(got < 4);
				assert_int_equal(len, strlen(lines[got]));
				assert_memory_equal(line, lines[got++], len);
			}
		}
		assert_int_equal(got, 4);
		wire_in_fini(&in);
	}
}

static void
a_line_that_is_too_long_is_noticed_early(void **state)
{
	struct wire_in in = { 0 };
	char part[4096];
	const char *line;
	size_t len, fed = 0;
	int got = 0;

	(void)state;
	memset(part, 'x', sizeof part);
	while (got == 0) {
		wire_feed(&in, part, sizeof part);
		fed += sizeof part;
		got = wire_line(&in, &line, &len);
	}
	assert_int_equal(got, -1);
	assert_true(fed <= WIRE_LINE_MAX + 2 * sizeof part);
	wire_in_fini(&in);
}

static void
a_whole_line_that_is_too_long_is_none(void **state)
{
	struct wire_in in = { 0 };
	char *much = mem_alloc(WIRE_LINE_MAX + 2);
	const char *line;
	size_t len;

	(void)state;
	memset(much, 'x', WIRE_LINE_MAX + 1);
	much[WIRE_LINE_MAX + 1] = '\n';
	wire_feed(&in, much + 1, WIRE_LINE_MAX + 1);
	assert_int_equal(wire_line(&in, &line, &len), 1);
	assert_int_equal(len, WIRE_LINE_MAX);
	wire_feed(&in, much, WIRE_LINE_MAX + 2);
	assert_int_equal(wire_line(&in, &line, &len), -1);
	wire_in_fini(&in);
	free(much);
}

/* Much fed and taken: what was taken does not stay in memory. */
static void
taken_lines_are_forgotten(void **state)
{
	struct wire_in in = { 0 };
	char part[1000];
	const char *line;
	size_t len, lines = 0;

	(void)state;
	memset(part, 'x', sizeof part);
	part[999] = '\n';
	for (int i = 0; i < 20000; i++) {
		wire_feed(&in, part, sizeof part - (i == 0));
		while (wire_line(&in, &line, &len) == 1)
			lines++;
	}
	assert_true(lines >= 19999);
	assert_true(in.bytes.cap < 1000000);
	wire_in_fini(&in);
}

/* All lines of an op applied in order; each within the limit; only the last has the number. */
static size_t
apply_lines(struct debrief *d, const struct buf *lines, uint64_t seq)
{
	size_t n = 0;

	for (char *line = lines->data; *line != '\0'; n++) {
		size_t len = strcspn(line, "\n");
		struct message m;
		struct err e = { 0 };
		assert_true(len <= WIRE_LINE_MAX);
		if (!message_decode(line, len, &m, &e))
			fail_msg("%s", e.text);
		assert_int_equal(m.op.seq, line[len + 1] == '\0' ? seq : 0);
		debrief_apply(d, &m.op);
		message_fini(&m);
		line += len + 1;
	}
	return n;
}

static char *
long_text(size_t len, char c)
{
	char *text = mem_alloc(len + 1);

	memset(text, c, len);
	text[len] = '\0';
	return text;
}

static void
check_parts(const struct debrief *d, const struct op *op, bool parts)
{
	struct debrief *direct = debrief_copy(d), *by_wire = debrief_copy(d);
	struct buf lines = { 0 };

	debrief_apply(direct, op);
	wire_put_op(op, &lines);
	assert_int_equal(apply_lines(by_wire, &lines, op->seq) > 1, parts);
	assert_true(debrief_equal(direct, by_wire));
	debrief_free(direct);
	debrief_free(by_wire);
	buf_fini(&lines);
}

static void
an_op_of_any_size_arrives_the_same(void **state)
{
	struct debrief *d = debrief_new(id_make(1));
	struct dice r = { 3 };

	(void)state;
	dice_session(&r, d, 400);
	for (int size = 1; size <= 40; size += 13) {
		struct op op;
		char *text = long_text(16000, size % 2 ? 'x' : '"');
		op_init(&op, "git");
		op.seq = 7;
		for (int i = 0; i < size; i++) {
			struct change *c =
			    op_add(&op, VERB_ADD, KIND_EXPERIMENT, id_make(900000 + (uint64_t)i));
			change_put_text(c, "order", "h0001a");
			for (size_t f = 0; f < schema_of(KIND_EXPERIMENT)->n_fields; f++)
				if (schema_of(KIND_EXPERIMENT)->fields[f].type == FIELD_TEXT)
					change_put_text(
					    c, schema_of(KIND_EXPERIMENT)->fields[f].name, text);
			extras_set(&c->extra, "mood", "[1,2,{\"a\":null}]");
		}
		check_parts(d, &op, size > 1);
		op_fini(&op);
		free(text);
	}
	debrief_free(d);
}

static void
a_long_list_arrives_in_parts(void **state)
{
	struct debrief *d = debrief_new(id_make(1));
	struct op op;
	struct value v = { 0 };
	struct change *c;

	(void)state;
	for (int i = 0; i < 2000; i++)
		strs_take(&v.list, mem_fmt("%0400d", i));
	op_init(&op, "set");
	op.seq = 3;
	c = op_add(&op, VERB_SET, KIND_DEBRIEF, d->item.id);
	change_put(c, "tags", v);
	check_parts(d, &op, true);
	op_fini(&op);
	debrief_free(d);
}

static void
an_unknown_member_that_fits_nowhere_is_left_out(void **state)
{
	struct debrief *d = debrief_new(id_make(1));
	char *much = long_text(300000, '1');
	struct op op;
	struct buf lines = { 0 };

	(void)state;
	much[0] = much[299999] = '"';
	op_init(&op, "git");
	op.seq = 3;
	extras_set(&op_add(&op, VERB_SET, KIND_DEBRIEF, d->item.id)->extra, "note", much);
	change_put_text(&op.v[0], "title", "kept");
	wire_put_op(&op, &lines);
	apply_lines(d, &lines, 3);
	assert_string_equal(d->title, "kept");
	assert_int_equal(d->item.extra.n, 0);
	buf_fini(&lines);
	op_fini(&op);
	debrief_free(d);
	free(much);
}

static void
random_ops_go_through_the_wire(void **state)
{
	struct debrief *d = debrief_new(id_make(1));
	struct dice r = { 11 };

	(void)state;
	dice_session(&r, d, 100);
	for (int i = 0; i < 500; i++) {
		struct message m, back;
		struct buf b = { 0 }, again = { 0 };
		struct err e = { 0 };
		message_init(&m, MSG_OP);
		m.op = dice_op(&r, d);
		message_encode(&m, &b);
		if (!message_decode(b.data, b.len - 1, &back, &e))
			fail_msg("%s: %s", b.data, e.text);
		message_encode(&back, &again);
		assert_string_equal(b.data, again.data);
		message_fini(&m);
		message_fini(&back);
		buf_fini(&b);
		buf_fini(&again);
	}
	debrief_free(d);
}

static void
the_ledger_finds_what_was_added(void **state)
{
	struct ledger l = { 0 };
	struct op op;

	(void)state;
	assert_null(ledger_find(&l, id_make(1)));
	for (uint64_t i = 1; i <= 5000; i++) {
		op_init(&op, "event");
		op.cid = id_make(i * 7919);
		op.seq = i;
		if (i % 2)
			op_add(&op, VERB_ADD, KIND_EVENT, id_make(i));
		ledger_add(&l, &op);
		op_fini(&op);
	}
	for (uint64_t i = 1; i <= 5000; i++) {
		const struct ledger_row *row = ledger_find(&l, id_make(i * 7919));
		assert_non_null(row);
		assert_int_equal(row->seq, i);
		assert_int_equal(id_some(row->item), i % 2);
	}
	assert_null(ledger_find(&l, id_make(7919 * 5001)));
	assert_null(ledger_find(&l, (struct id){ 0 }));
	ledger_fini(&l);
}

static void
the_answer_names_what_its_author_added(void **state)
{
	struct op op;

	(void)state;
	op_init(&op, "event");
	op_add(&op, VERB_ADD, KIND_PERSON, id_make(1));
	op_add(&op, VERB_ADD, KIND_EVENT, id_make(2));
	assert_true(id_equal(ledger_item(&op), id_make(2)));
	free(op.command);
	op.command = mem_dup("person");
	assert_true(id_equal(ledger_item(&op), id_make(1)));
	free(op.command);
	op.command = mem_dup("undo");
	assert_false(id_some(ledger_item(&op)));
	op_fini(&op);
}

static void
recent_ops_go_on_from_where_somebody_was(void **state)
{
	struct recent r = { 0 };
	struct buf line = { 0 }, out = { 0 };

	(void)state;
	for (uint64_t i = 1; i <= 100; i++) {
		buf_clear(&line);
		buf_addf(&line, "%d\n", (int)i);
		recent_add(&r, i, id_make(i), &line);
	}
	assert_true(recent_since(&r, 98, id_make(98), &out));
	assert_string_equal(out.data, "99\n100\n");
	assert_false(recent_since(&r, 98, id_make(97), &out));
	assert_false(recent_since(&r, 101, id_make(101), &out));
	/* Bounded: the oldest go. */
	buf_clear(&line);
	for (int i = 0; i < 100000; i++)
		buf_addc(&line, 'x');
	for (uint64_t i = 101; i <= 300; i++)
		recent_add(&r, i, id_make(i), &line);
	assert_false(recent_since(&r, 98, id_make(98), &out));
	assert_true(r.bytes <= 8 << 20);
	assert_true(recent_since(&r, 299, id_make(299), &out));
	recent_clear(&r);
	assert_false(recent_since(&r, 299, id_make(299), &out));
	recent_fini(&r);
	buf_fini(&line);
	buf_fini(&out);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_example_is_read_and_written_alike),
	cmocka_unit_test(an_example_with_any_byte_changed_is_read_or_refused),
	cmocka_unit_test(what_is_no_message_is_refused),
	cmocka_unit_test(a_sentence_is_made_harmless),
	cmocka_unit_test(lines_cut_anywhere_are_whole_again),
	cmocka_unit_test(a_line_that_is_too_long_is_noticed_early),
	cmocka_unit_test(a_whole_line_that_is_too_long_is_none),
	cmocka_unit_test(taken_lines_are_forgotten),
	cmocka_unit_test(an_op_of_any_size_arrives_the_same),
	cmocka_unit_test(a_long_list_arrives_in_parts),
	cmocka_unit_test(an_unknown_member_that_fits_nowhere_is_left_out),
	cmocka_unit_test(random_ops_go_through_the_wire),
	cmocka_unit_test(the_ledger_finds_what_was_added),
	cmocka_unit_test(the_answer_names_what_its_author_added),
	cmocka_unit_test(recent_ops_go_on_from_where_somebody_was),
};

int
main(void)
{
	return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
