/* Ops as JSON: what is written is read back and does the same; strangers' bytes are refused; a
 * snapshot gives the debrief back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "storage/json_op.h"
#include "tests/random_debrief.h"

static void
any_assign(struct chance *c, const struct debrief *d, struct change *change, const struct field *f)
{
	bool list = f->type == FIELD_SET || f->type == FIELD_LIST || f->type == FIELD_REFS;
	struct assign *a =
	    change_set(change, f, chance_of(c, 20) ? value_default(f) : chance_value(c, d, f));

	if (list && chance_of(c, 50))
		a->how = chance_of(c, 50) ? HOW_PLUS : HOW_MINUS;
	if (f->type == FIELD_INT && chance_of(c, 50)) {
		a->how = HOW_PLUS;
		a->value.num = (int64_t)chance_below(c, 9) - 4;
	}
	if (chance_of(c, 30)) {
		a->has_seen = true;
		a->seen = chance_of(c, 30) ? value_default(f) : chance_value(c, d, f);
	}
}

static void
any_change(struct chance *c, const struct debrief *d, struct op *op)
{
	enum kind kind = (enum kind)chance_below(c, N_KINDS);
	enum verb verb = kind == KIND_DEBRIEF ? VERB_SET : (enum verb)chance_below(c, 3);
	struct id id = kind == KIND_DEBRIEF ? d->item.id
		       : verb == VERB_ADD   ? chance_id(c)
					    : chance_reference(c, d, kind);
	const struct schema *s = schema_of(kind);
	struct change *change;

	if (!id_some(id))
		return;
	change = op_add(op, verb, kind, id);
	if (verb == VERB_REMOVE)
		return;
	for (size_t i = 0; i < s->n_fields; i++)
		if (s->fields[i].type != FIELD_ID && chance_of(c, 30))
			any_assign(c, d, change, &s->fields[i]);
	if (chance_of(c, 30)) {
		change->placed = true;
		change->before = chance_of(c, 50) ? chance_reference(c, d, kind) : (struct id){ 0 };
	}
	if (chance_of(c, 20))
		extras_set(&change->extra, "x-1", chance_of(c, 50) ? "{\"a\":[1,\"b\"]}" : "null");
	if (verb == VERB_SET && chance_of(c, 20))
		extras_set(&change->extra, "x-2", "");
}

static void
any_op(struct chance *c, const struct debrief *d, struct op *op)
{
	op_init(op, chance_of(c, 50) ? "event" : "card group");
	if (chance_of(c, 80))
		op->cid = chance_id(c);
	if (chance_of(c, 80))
		op->seq = chance_bits(c) >> 20;
	if (chance_of(c, 70))
		op->at_ns = (int64_t)(chance_bits(c) >> 8);
	if (chance_of(c, 70))
		op->by = chance_text(c, false);
	if (chance_of(c, 30))
		op->arg = chance_text(c, true);
	for (size_t n = chance_below(c, 6); n > 0; n--)
		any_change(c, d, op);
}

static void
expect_same_value(const struct field *f, const struct value *a, const struct value *b)
{
	assert_true(value_equal(f, a, b));
}

/* Every assignment of `a` is in `b`; they may stand in another order. */
static void
expect_same_assigns(const struct change *a, const struct change *b)
{
	assert_int_equal(a->n_set, b->n_set);
	for (size_t i = 0; i < a->n_set; i++) {
		const struct assign *x = &a->set[i], *y = NULL;
		for (size_t k = 0; k < b->n_set; k++)
			if (b->set[k].field == x->field)
				y = &b->set[k];
		assert_non_null(y);
		assert_int_equal(x->how, y->how);
		expect_same_value(x->field, &x->value, &y->value);
		assert_int_equal(x->has_seen, y->has_seen);
		if (x->has_seen)
			expect_same_value(x->field, &x->seen, &y->seen);
	}
}

static void
expect_same_op(const struct op *a, const struct op *b)
{
	assert_true(id_equal(a->cid, b->cid));
	assert_true(a->seq == b->seq);
	assert_true(a->at_ns == b->at_ns);
	assert_string_equal(a->by == NULL ? "-" : a->by, b->by == NULL ? "-" : b->by);
	assert_string_equal(a->arg == NULL ? "-" : a->arg, b->arg == NULL ? "-" : b->arg);
	assert_string_equal(a->command, b->command);
	assert_int_equal(a->n, b->n);
	for (size_t i = 0; i < a->n; i++) {
		const struct change *x = &a->v[i], *y = &b->v[i];
		assert_int_equal(x->verb, y->verb);
		assert_int_equal(x->kind, y->kind);
		assert_true(id_equal(x->id, y->id));
		assert_int_equal(x->placed, y->placed);
		assert_true(id_equal(x->before, y->before));
		expect_same_assigns(x, y);
		assert_int_equal(x->extra.n, y->extra.n);
	}
}

static void
test_an_op_comes_back(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 1000; seed++) {
		struct chance c = { seed };
		struct debrief *d = chance_debrief(&c, id_make(4), 3), *copy = debrief_copy(d);
		struct op op, back;
		struct buf once = { 0 }, twice = { 0 };
		struct err e = { 0 };
		any_op(&c, d, &op);
		op_encode(&op, &once);
		if (!op_decode_text(once.data, once.len, &back, &e))
			fail_msg("seed %d: %s in %s", (int)seed, e.text, once.data);
		assert_null(strchr(once.data, '\n'));
		expect_same_op(&op, &back);
		op_encode(&back, &twice);
		assert_string_equal(once.data, twice.data);
		debrief_apply(d, &op);
		debrief_apply(copy, &back);
		assert_true(debrief_equal(d, copy));
		op_fini(&op);
		op_fini(&back);
		debrief_free(d);
		debrief_free(copy);
		buf_fini(&once);
		buf_fini(&twice);
	}
}

static void
test_an_op_as_it_is_written(void **state)
{
	static const char want[] = "{\"cid\":\"00000000000a\",\"seq\":17,\"at\":\"2017-01-31T23:00:"
				   "00Z\",\"by\":\"lena\",\"do\":\"event\","
				   "\"changes\":[{\"add\":\"event\",\"id\":\"000000000003\","
				   "\"before\":\"\",\"fields\":{\"at\":"
				   "\"2017-01-31T22:00:00Z\",\"text\":\"two\\nlines\",\"kind\":"
				   "\"alert\"}},{\"set\":\"action\",\"id\":"
				   "\"000000000004\",\"fields\":{\"due\":null},\"plus\":{"
				   "\"causes\":[\"000000000005\"]},\"minus\":{\"causes\":"
				   "[\"000000000006\"]},\"seen\":{\"due\":\"2017-02-14\"},\"drop\":"
				   "[\"x\"]},{\"remove\":\"cause\",\"id\":"
				   "\"000000000006\"}]}";
	struct op op;
	struct change *c;
	struct buf b = { 0 };
	struct value ids = { 0 };
	struct assign *a;

	(void)state;
	op_init(&op, "event");
	op.cid = id_make(10);
	op.seq = 17;
	assert_true(time_parse("2017-01-31T23:00:00Z", &op.at_ns));
	op.by = mem_dup("lena");
	c = op_add(&op, VERB_ADD, KIND_EVENT, id_make(3));
	c->placed = true;
	change_put_num(c, "at", op.at_ns - 3600 * NS_PER_S);
	change_put_text(c, "text", "two\nlines");
	change_put_num(c, "kind", EVENT_ALERT);
	c = op_add(&op, VERB_SET, KIND_ACTION, id_make(4));
	a = change_put_num(c, "due", TIME_NONE);
	a->has_seen = true;
	assert_true(date_parse("2017-02-14", &a->seen.num));
	strs_add(&ids.list, id_make(5).s);
	change_put(c, "causes", ids)->how = HOW_PLUS;
	ids = (struct value){ 0 };
	strs_add(&ids.list, id_make(6).s);
	change_put(c, "causes", ids)->how = HOW_MINUS;
	extras_set(&c->extra, "x", "");
	op_add(&op, VERB_REMOVE, KIND_CAUSE, id_make(6));
	op_encode(&op, &b);
	assert_string_equal(b.data, want);
	op_fini(&op);
	buf_fini(&b);
}

static void
test_strangers_are_refused(void **state)
{
#define CHANGE(c) "{\"do\":\"x\",\"changes\":[" c "]}"
	static const struct {
		const char *text, *part;
	} wrong[] = {
		{ "", "" },
		{ "[]", "an op is an object" },
		{ "{}", "has \"do\" and \"changes\"" },
		{ "{\"do\":\"x\"}", "has \"do\" and \"changes\"" },
		{ "{\"changes\":[]}", "has \"do\" and \"changes\"" },
		{ "{\"do\":\"x\",\"changes\":[],\"more\":1}", "no such member" },
		{ "{\"do\":4,\"changes\":[]}", "do: " },
		{ "{\"do\":\"x\",\"changes\":{}}", "takes a list" },
		{ "{\"do\":\"x\",\"changes\":[],\"seq\":-1}", "seq: " },
		{ "{\"do\":\"x\",\"changes\":[],\"seq\":1.5}", "seq: " },
		{ "{\"do\":\"x\",\"changes\":[],\"cid\":\"lena\"}", "cid: " },
		{ "{\"do\":\"x\",\"changes\":[],\"at\":\"now\"}", "at: " },
		{ "{\"do\":\"x\",\"changes\":[],\"by\":\"a\\nb\"}", "by: " },
		{ "{\"do\":\"x\",\"changes\":[],\"by\":\"a\\u001b[2J\"}", "by: " },
		{ CHANGE("3"), "begins with add, set or remove" },
		{ CHANGE("{}"), "begins with add, set or remove" },
		{ CHANGE("{\"id\":\"000000000001\",\"add\":\"event\"}"),
		    "begins with add, set or remove" },
		{ CHANGE("{\"add\":\"evnt\",\"id\":\"000000000001\"}"), "no such kind" },
		{ CHANGE("{\"add\":5,\"id\":\"000000000001\"}"), "no such kind" },
		{ CHANGE("{\"add\":\"event\"}"), "is no id" },
		{ CHANGE("{\"add\":\"event\",\"id\":\"i00000000001\"}"), "is no id" },
		{ CHANGE("{\"add\":\"event\",\"id\":\"000000000001\",\"filds\":{}}"),
		    "no such member" },
		{ CHANGE("{\"add\":\"event\",\"id\":\"000000000001\",\"fields\":[]}"),
		    "takes an object" },
		{ CHANGE("{\"add\":\"event\",\"id\":\"000000000001\",\"fields\":{\"txt\":\"a\"}}"),
		    "no field \"txt\"" },
		{ CHANGE("{\"set\":\"event\",\"id\":\"000000000001\",\"fields\":{\"id\":"
			 "\"000000000002\"}}"),
		    "no field \"id\"" },
		{ CHANGE("{\"set\":\"event\",\"id\":\"000000000001\",\"fields\":{\"kind\":\"x\"}}"),
		    "kind: " },
		{ CHANGE("{\"set\":\"event\",\"id\":\"000000000001\",\"fields\":{\"text\":"
			 "\"\\u202e\"}}"),
		    "text: " },
		{ CHANGE("{\"set\":\"event\",\"id\":\"000000000001\",\"plus\":{\"text\":\"a\"}}"),
		    "only lists and counts" },
		{ CHANGE("{\"set\":\"event\",\"id\":\"000000000001\",\"minus\":{\"agree\":1}}"),
		    "only lists and counts" },
		{ CHANGE("{\"set\":\"event\",\"id\":\"000000000001\",\"plus\":{\"agree\":null}}"),
		    "whole number" },
		{ CHANGE("{\"set\":\"event\",\"id\":\"000000000001\",\"seen\":{\"text\":\"a\"}}"),
		    "is not changed" },
		{ CHANGE("{\"set\":\"event\",\"id\":\"000000000001\",\"before\":3}"), "before: " },
		{ CHANGE("{\"set\":\"event\",\"id\":\"000000000001\",\"extra\":{\"text\":3}}"),
		    "is a field" },
		{ CHANGE("{\"set\":\"debrief\",\"id\":\"000000000001\",\"extra\":{\"events\":[]}}"),
		    "is a field" },
		{ CHANGE("{\"set\":\"debrief\",\"id\":\"000000000001\",\"extra\":{\"format\":3}}"),
		    "is a field" },
		{ CHANGE("{\"set\":\"event\",\"id\":\"000000000001\",\"drop\":[3]}"),
		    "takes names" },
		{ CHANGE("{\"remove\":\"event\",\"id\":\"000000000001\",\"fields\":{}}"),
		    "an id alone" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct op op = { .seq = 99 };
		struct err e = { 0 };
		if (op_decode_text(wrong[i].text, strlen(wrong[i].text), &op, &e))
			fail_msg("read, but should not: %s", wrong[i].text);
		assert_int_equal(e.kind, ERR_REFUSED);
		assert_true(op.seq == 99);
		if (strstr(e.text, wrong[i].part) == NULL)
			fail_msg(
			    "\"%s\" does not say \"%s\": %s", e.text, wrong[i].part, wrong[i].text);
	}
}

static void
expect_snapshot(const struct debrief *d, size_t most)
{
	struct debrief *back = debrief_new(d->item.id);
	size_t n = snapshot_count(d, most), adds = 0;

	for (size_t i = 0; i < n; i++) {
		struct op op, read;
		struct buf b = { 0 };
		struct err e = { 0 };
		size_t added, changed, removed;
		snapshot_op(d, most, i, &op);
		op_counts(&op, &added, &changed, &removed);
		assert_true(added <= most + (i == 0 ? 3 : 0));
		adds += added - removed;
		op_encode(&op, &b);
		if (!op_decode_text(b.data, b.len, &read, &e))
			fail_msg("%s", e.text);
		debrief_apply(back, &read);
		op_fini(&op);
		op_fini(&read);
		buf_fini(&b);
	}
	assert_true(debrief_equal(d, back));
	assert_memory_equal(d->last_number, back->last_number, sizeof d->last_number);
	for (int k = 1; k < N_KINDS; k++)
		adds -= d->of[k].n;
	assert_int_equal(adds, 0);
	debrief_free(back);
}

static void
test_a_snapshot_gives_it_back(void **state)
{
	struct debrief *empty = debrief_new(id_make(1));

	(void)state;
	assert_int_equal(snapshot_count(empty, 10), 1);
	expect_snapshot(empty, 10);
	debrief_free(empty);
	for (uint64_t seed = 1; seed <= 300; seed++) {
		struct chance c = { seed };
		struct debrief *d = chance_debrief(&c, id_make(4), 6);
		d->stage_since_ns = 5 * NS_PER_S;
		if (chance_of(&c, 50))
			d->last_number[KIND_EVENT] += 3; /* their items are gone */
		expect_snapshot(d, 1 + chance_below(&c, 20));
		expect_snapshot(d, 100000);
		debrief_free(d);
	}
}

/* A byte changed or cut anywhere: refused with a sentence, or an op that can be written. */
static void
test_damage_is_no_harm(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 1000; seed++) {
		struct chance c = { seed };
		struct debrief *d = chance_debrief(&c, id_make(4), 2);
		struct op op;
		struct buf b = { 0 };
		struct err e = { 0 };
		any_op(&c, d, &op);
		op_encode(&op, &b);
		op_fini(&op);
		b.data[chance_below(&c, b.len)] = "\"{}[],:0a\n\x80\\ "[chance_below(&c, 13)];
		if (op_decode_text(
			b.data, chance_of(&c, 20) ? chance_below(&c, b.len) : b.len, &op, &e)) {
			buf_clear(&b);
			op_encode(&op, &b);
			debrief_apply(d, &op);
			op_fini(&op);
		} else {
			assert_true(e.text[0] != '\0');
		}
		debrief_free(d);
		buf_fini(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_op_comes_back),
		cmocka_unit_test(test_an_op_as_it_is_written),
		cmocka_unit_test(test_strangers_are_refused),
		cmocka_unit_test(test_a_snapshot_gives_it_back),
		cmocka_unit_test(test_damage_is_no_harm),
	};
	return cmocka_run_group_tests_name("json_op", tests, NULL, NULL);
}
