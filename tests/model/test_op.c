#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "model/order.h"
#include "model/undo.h"
#include "tests/support/random_ops.h"

static void
replay_twice_is_equal(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 20; seed++) {
		struct dice r = { seed };
		struct debrief *a = debrief_new(id_make(seed)), *b = debrief_new(id_make(seed));
		struct actor who = { "lena", PERSON_FACILITATOR, false };
		size_t accepted = 0;

		for (int i = 0; i < 400; i++) {
			struct op op = dice_op(&r, a);
			struct host_gift gift = { (int64_t)(1500000000 + i) * NS_PER_S, dice_next(&r) };
			struct err e = { 0 };
			if (debrief_check(a, &who, &op, &e)) {
				debrief_complete(a, &who, &op, &gift);
				debrief_apply(a, &op);
				debrief_apply(b, &op);
				accepted++;
			} else {
				assert_true(e.kind != ERR_NONE && e.text[0] != '\0');
			}
			op_fini(&op);
		}
		assert_true(accepted > 60);
		assert_true(debrief_equal(a, b));
		debrief_free(a);
		debrief_free(b);
	}
}

static void
a_refused_op_leaves_no_trace(void **state)
{
	struct dice r = { 7 };
	struct debrief *d = debrief_new(id_make(7));
	struct actor observer = { "kim", PERSON_OBSERVER, false };

	(void)state;
	dice_session(&r, d, 300);
	for (int i = 0; i < 300; i++) {
		struct debrief *before = debrief_copy(d);
		struct op op = dice_op(&r, d);
		struct err e;
		assert_false(debrief_check(d, &observer, &op, &e));
		assert_true(debrief_equal(before, d));
		debrief_free(before);
		op_fini(&op);
	}
	debrief_free(d);
}

static void
drop_people(struct debrief *d)
{
	while (d->of[KIND_PERSON].n > 0)
		item_free(KIND_PERSON, debrief_take(d, KIND_PERSON, d->of[KIND_PERSON].v[0]->id));
}

/* Everything but the stamps and counters is as before. */
static bool
same_but_stamps(struct debrief *a, struct debrief *b)
{
	struct debrief *x = debrief_copy(a), *y = debrief_copy(b);
	bool same;

	for (int k = 0; k < N_KINDS; k++) {
		for (size_t i = 0; i < x->of[k].n; i++)
			x->of[k].v[i]->changed_ns = 0;
		for (size_t i = 0; i < y->of[k].n; i++)
			y->of[k].v[i]->changed_ns = 0;
	}
	x->item.changed_ns = y->item.changed_ns = 0;
	drop_people(x); /* who does something for the first time is added, and stays */
	drop_people(y);
	same = debrief_equal(x, y);
	debrief_free(x);
	debrief_free(y);
	return same;
}

static void
undo_brings_back_what_was(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 15; seed++) {
		struct dice r = { seed * 31 };
		struct debrief *d = debrief_new(id_make(seed));
		struct actor who = { "lena", PERSON_FACILITATOR, false };
		size_t undone = 0;

		d->title = mem_dup("made up");

		for (int i = 0; i < 300; i++) {
			struct op op = dice_op(&r, d), back, again;
			struct host_gift gift = { (int64_t)(1500000000 + i) * NS_PER_S, dice_next(&r) };
			struct undo *u = undo_new();
			struct err e = { 0 };
			free(op.by);
			op.by = mem_dup("lena");
			if (debrief_check(d, &who, &op, &e)) {
				struct debrief *before = debrief_copy(d), *after;
				debrief_complete(d, &who, &op, &gift);
				undo_note(u, d, &op);
				debrief_apply(d, &op);
				after = debrief_copy(d);
				if (undo_next(u, "lena", false, &back, &e)) {
					assert_true(debrief_check(d, &who, &back, &e));
					debrief_complete(d, &who, &back, &gift);
					undo_note(u, d, &back);
					debrief_apply(d, &back);
					assert_true(same_but_stamps(d, before));
					assert_true(undo_next(u, "lena", true, &again, &e));
					assert_true(debrief_check(d, &who, &again, &e));
					debrief_complete(d, &who, &again, &gift);
					debrief_apply(d, &again);
					assert_true(same_but_stamps(d, after));
					op_fini(&again);
					op_fini(&back);
					undone++;
				}
				debrief_free(before);
				debrief_free(after);
			}
			undo_free(u);
			op_fini(&op);
		}
		assert_true(undone > 15);
		debrief_free(d);
	}
}

static void
a_change_over_anothers_is_refused_with_both_texts(void **state)
{
	struct debrief *d = debrief_new(id_make(1));
	struct actor who = { "lena", PERSON_FACILITATOR, false };
	struct err e = { 0 };
	struct op op;
	struct assign *a;

	(void)state;
	d->title = mem_dup("theirs now");
	op_init(&op, "set");
	a = change_put_text(op_add(&op, VERB_SET, KIND_DEBRIEF, d->item.id), "title", "mine");
	a->has_seen = true;
	a->seen.text = mem_dup("what I saw");
	assert_false(debrief_check(d, &who, &op, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	assert_non_null(strstr(e.text, "theirs now"));
	assert_non_null(strstr(e.text, "mine"));
	op_fini(&op);
	debrief_free(d);
}

static void
references_stay_whole(void **state)
{
	(void)state;
	for (uint64_t seed = 100; seed < 110; seed++) {
		struct dice r = { seed };
		struct debrief *d = debrief_new(id_make(seed));

		dice_session(&r, d, 800);
		for (int k = 0; k < N_KINDS; k++)
			for (size_t i = 0; i < d->of[k].n; i++)
				for (size_t j = 0; j < schemas[k].n_fields; j++) {
					const struct field *f = &schemas[k].fields[j];
					struct value v;
					struct id id;
					if (f->type != FIELD_REF && f->type != FIELD_REFS)
						continue;
					v = field_get(d->of[k].v[i], f);
					if (f->type == FIELD_REF && v.text != NULL) {
						assert_true(id_parse(v.text, &id));
						assert_non_null(debrief_any(d, id, NULL));
					}
					for (size_t n = 0; n < v.list.n; n++) {
						assert_true(id_parse(v.list.v[n], &id));
						assert_non_null(debrief_find(d, f->refers, id));
					}
					value_fini(&v);
				}
		debrief_free(d);
	}
}

static void
order_keys_stay_short_and_apart(void **state)
{
	struct dice r = { 5 };
	char *last = NULL;
	struct strs keys = { 0 };

	(void)state;
	for (int i = 0; i < 2000; i++) {
		char *next = order_between(last, NULL, dice_next(&r));
		assert_true(order_ok(next));
		assert_true(strlen(next) <= 8);
		assert_true(last == NULL || strcmp(last, next) < 0);
		free(last);
		last = next;
	}
	free(last);
	for (int i = 0; i < 3000; i++) {
		size_t at = dice_below(&r, keys.n + 1);
		char *key = order_between(at > 0 ? keys.v[at - 1] : NULL, at < keys.n ? keys.v[at] : NULL,
		    dice_next(&r));
		assert_true(order_ok(key));
		assert_true(at == 0 || strcmp(keys.v[at - 1], key) < 0);
		assert_true(at == keys.n || strcmp(key, keys.v[at]) < 0);
		strs_take(&keys, NULL);
		memmove(keys.v + at + 1, keys.v + at, (keys.n - 1 - at) * sizeof *keys.v);
		keys.v[at] = key;
	}
	strs_fini(&keys);
}

static void
many_inserts_at_one_place(void **state)
{
	struct dice r = { 9 };
	char *low = order_between(NULL, NULL, 1), *high = order_between(low, NULL, 2);

	(void)state;
	for (int i = 0; i < 1000; i++) {
		char *mid = order_between(low, high, dice_next(&r));
		assert_true(strcmp(low, mid) < 0 && strcmp(mid, high) < 0);
		free(i % 2 ? high : low);
		*(i % 2 ? &high : &low) = mid;
	}
	free(low);
	free(high);
}

static void
a_stage_that_ends_gets_its_time(void **state)
{
	struct debrief *d = debrief_new(id_make(1));
	struct actor who = { "lena", PERSON_FACILITATOR, false };
	struct host_gift gift = { 100 * NS_PER_S, 1 };
	const struct stage *s;
	struct err e = { 0 };
	struct op op;

	(void)state;
	op_init(&op, "stage");
	for (uint64_t i = 0; i < 2; i++) {
		struct change *c = op_add(&op, VERB_ADD, KIND_STAGE, id_make(10 + i));
		c->placed = true;
		change_put_text(c, "name", i ? "causes" : "timeline");
	}
	assert_true(debrief_check(d, &who, &op, &e));
	debrief_complete(d, &who, &op, &gift);
	debrief_apply(d, &op);
	op_fini(&op);
	for (int i = 0; i < 2; i++) {
		op_init(&op, "stage");
		change_put_text(op_add(&op, VERB_SET, KIND_DEBRIEF, d->item.id), "stage", i ? "causes" : "timeline");
		assert_true(debrief_check(d, &who, &op, &e));
		gift.now_ns += 90 * NS_PER_S;
		debrief_complete(d, &who, &op, &gift);
		debrief_apply(d, &op);
		op_fini(&op);
	}
	s = DEBRIEF_AT(d, STAGE, stage, 0);
	assert_string_equal(s->name, "timeline");
	assert_int_equal(s->used_s, 90);
	assert_true(s->done);
	debrief_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(replay_twice_is_equal),
		cmocka_unit_test(a_refused_op_leaves_no_trace),
		cmocka_unit_test(undo_brings_back_what_was),
		cmocka_unit_test(a_change_over_anothers_is_refused_with_both_texts),
		cmocka_unit_test(references_stay_whole),
		cmocka_unit_test(order_keys_stay_short_and_apart),
		cmocka_unit_test(many_inserts_at_one_place),
		cmocka_unit_test(a_stage_that_ends_gets_its_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
