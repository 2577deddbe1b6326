/* The difference of two debriefs: as a batch it turns one into the other, as words it reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/random_debrief.h"

static void
change_some(struct chance *c, struct debrief *d)
{
	for (size_t n = chance_below(c, 10); n > 0; n--) {
		enum kind kind = (enum kind)chance_below(c, N_KINDS);
		struct item *it = &d->item;
		if (kind != KIND_DEBRIEF && (d->of[kind].n == 0 || chance_of(c, 20))) {
			chance_add(c, d, kind, 40);
			continue;
		}
		if (kind != KIND_DEBRIEF)
			it = d->of[kind].v[chance_below(c, d->of[kind].n)];
		if (kind != KIND_DEBRIEF && chance_of(c, 25)) {
			item_free(kind, debrief_take(d, kind, it->id));
			debrief_heal(d, NULL);
		} else if (chance_of(c, 30)) {
			extras_fini(&it->extra);
			chance_extra(c, it);
			chance_extra(c, it);
		} else {
			chance_fill(c, d, kind, it, 20);
		}
	}
	chance_settle(d);
}

static void
expect_turns_into(const struct debrief *from, const struct debrief *to, uint64_t seed)
{
	struct debrief *d = debrief_copy(from);
	struct op op, again;

	debrief_difference(from, to, &op);
	debrief_apply(d, &op);
	if (!debrief_equal(d, to))
		fail_msg("seed %d: the difference does not lead there", (int)seed);
	debrief_difference(d, to, &again);
	assert_int_equal(again.n, 0);
	op_fini(&op);
	op_fini(&again);
	debrief_free(d);
}

static void
test_difference_turns_one_into_the_other(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 2000; seed++) {
		struct chance c = { seed };
		struct debrief *from = chance_debrief(&c, id_make(5), 5), *to = debrief_copy(from);
		struct debrief *other = chance_debrief(&c, id_make(5), 3);
		change_some(&c, to);
		expect_turns_into(from, to, seed);
		expect_turns_into(to, from, seed);
		expect_turns_into(from, other, seed);
		debrief_free(from);
		debrief_free(to);
		debrief_free(other);
	}
}

static void
test_an_id_that_became_another_thing(void **state)
{
	struct debrief *from = debrief_new(id_make(5)), *to = debrief_new(id_make(5));

	(void)state;
	debrief_put(from, KIND_CAUSE, item_new(KIND_CAUSE, id_make(9)));
	debrief_put(to, KIND_EVENT, item_new(KIND_EVENT, id_make(9)));
	expect_turns_into(from, to, 0);
	debrief_free(from);
	debrief_free(to);
}

/* A debrief as people have them, for the words. */
static struct debrief *
made(void)
{
	struct debrief *d = debrief_new(id_make(1));
	struct category *cat = (struct category *)item_new(KIND_CATEGORY, id_make(10));
	struct event *e = (struct event *)item_new(KIND_EVENT, id_make(20));
	struct cause *c = (struct cause *)item_new(KIND_CAUSE, id_make(30));

	d->title = mem_dup("Checkout 5xx");
	strs_add(&d->services, "checkout");
	cat->name = mem_dup("Technical");
	debrief_put(d, KIND_CATEGORY, &cat->item);
	e->item.number = 17;
	e->at_ns = 0;
	e->text = mem_dup("p99 page");
	debrief_put(d, KIND_EVENT, &e->item);
	c->item.number = 4;
	c->category = id_make(10);
	c->text = mem_dup("Cache stampede");
	debrief_put(d, KIND_CAUSE, &c->item);
	return d;
}

static void
expect_words(
    const struct debrief *from, const struct debrief *to, const char *words, const char *counts)
{
	struct buf b = { 0 };

	difference_words(from, to, &b);
	assert_string_equal(b.data == NULL ? "" : b.data, words);
	buf_clear(&b);
	difference_counts(from, to, &b);
	assert_string_equal(b.data, counts);
	buf_fini(&b);
}

static void
test_words_of_changes(void **state)
{
	struct debrief *from = made(), *to = made();
	struct event *e = DEBRIEF_AT(to, EVENT, event, 0);
	struct cause *c = DEBRIEF_AT(to, CAUSE, cause, 0);
	struct category *cat = (struct category *)item_new(KIND_CATEGORY, id_make(11));

	(void)state;
	expect_words(from, to, "", "nothing");
	to->item.changed_ns = 5;
	expect_words(from, to, "", "nothing");
	free(e->text);
	e->text = mem_dup("p99 page,\nto the old rota");
	e->phase = PHASE_DETECTED;
	e->item.order = mem_dup("h0aa11");
	cat->name = mem_dup("Process");
	debrief_put(to, KIND_CATEGORY, &cat->item);
	c->category = id_make(11);
	strs_add(&c->evidence, id_make(20).s);
	to->severity = mem_dup("sev1");
	strs_fini(&to->services);
	strs_add(&to->services, "payments");
	expect_words(from, to,
	    "severity: nothing -> \"sev1\"\n"
	    "services: added \"payments\", removed \"checkout\"\n"
	    "event E17 moved\n"
	    "event E17 text: \"p99 page\" -> \"p99 page, to the old rota\"\n"
	    "event E17 phase: nothing -> detected\n"
	    "category \"Process\" added\n"
	    "cause C4 category: \"Technical\" -> \"Process\"\n"
	    "cause C4 evidence: added E17\n",
	    "1 category added, 1 event and 1 cause changed, severity and services changed");
	debrief_free(from);
	debrief_free(to);
}

static void
test_words_of_adding_and_removing(void **state)
{
	struct debrief *from = made(), *to = made();
	struct event *e;

	(void)state;
	item_free(KIND_CAUSE, debrief_take(to, KIND_CAUSE, id_make(30)));
	for (unsigned i = 0; i < 2; i++) {
		e = (struct event *)item_new(KIND_EVENT, id_make(21 + i));
		e->item.number = 18 + i;
		e->at_ns = 1 + i;
		e->text = mem_fmt("rollback %u", i);
		debrief_put(to, KIND_EVENT, &e->item);
	}
	expect_words(from, to,
	    "event E18 added: \"rollback 0\"\n"
	    "event E19 added: \"rollback 1\"\n"
	    "cause C4 removed: \"Cache stampede\"\n",
	    "2 events added, 1 cause removed");
	debrief_free(from);
	debrief_free(to);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_difference_turns_one_into_the_other),
		cmocka_unit_test(test_an_id_that_became_another_thing),
		cmocka_unit_test(test_words_of_changes),
		cmocka_unit_test(test_words_of_adding_and_removing),
	};
	return cmocka_run_group_tests_name("difference", tests, NULL, NULL);
}
