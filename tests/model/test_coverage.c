/* The tree of causes, what it covers, and the milestones, of a debrief made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/coverage.h"
#include "tests/random_debrief.h"

static void
add_category(struct debrief *d, unsigned id, int level)
{
	struct category *c = (struct category *)item_new(KIND_CATEGORY, id_make(id));

	c->item.order = mem_fmt("h0%02u11", id);
	c->name = mem_fmt("category %u", id);
	c->level = level;
	debrief_put(d, KIND_CATEGORY, &c->item);
}

static struct cause *
add_cause(struct debrief *d, unsigned id, unsigned category, unsigned parent)
{
	struct cause *c = (struct cause *)item_new(KIND_CAUSE, id_make(id));

	c->item.order =
	    mem_fmt("h0%02u11", 99 - id % 100); /* later ids stand before earlier ones */
	c->item.number = id;
	c->text = mem_fmt("cause %u", id);
	c->category = category == 0 ? (struct id){ 0 } : id_make(category);
	c->parent = parent == 0 ? (struct id){ 0 } : id_make(parent);
	debrief_put(d, KIND_CAUSE, &c->item);
	return c;
}

static struct action *
add_action(struct debrief *d, unsigned id, unsigned cause, int kind)
{
	struct action *a = (struct action *)item_new(KIND_ACTION, id_make(id));

	a->item.order = mem_fmt("h0%02u11", id % 100);
	a->kind = kind;
	if (cause != 0)
		strs_add(&a->causes, id_make(cause).s);
	debrief_put(d, KIND_ACTION, &a->item);
	return a;
}

/* Technical 10: 23 -> (25 -> 26 -> 27), 22, 21 -> 24; Process 11: 31; Organization 12: none; 41
 * nowhere. */
static struct debrief *
made(void)
{
	struct debrief *d = debrief_new(id_make(1));

	add_category(d, 10, LEVEL_TECHNICAL);
	add_category(d, 11, LEVEL_PROCESS);
	add_category(d, 12, LEVEL_ORGANIZATION);
	add_cause(d, 21, 10, 0)->votes = 3;
	add_cause(d, 22, 10, 0)->level = LEVEL_ORGANIZATION;
	add_cause(d, 23, 10, 0);
	add_cause(d, 24, 10, 21);
	add_cause(d, 25, 10, 23);
	add_cause(d, 26, 10, 25)->votes = 2;
	add_cause(d, 27, 10, 26);
	add_cause(d, 31, 11, 0);
	add_cause(d, 41, 99, 0);
	debrief_sort(d, KIND_CATEGORY);
	debrief_sort(d, KIND_CAUSE);
	return d;
}

/* "10(3,7) .23(1,3) ..25(1,2)": category or cause, its direct and all whys. */
static char *
tree_text(const struct debrief *d)
{
	struct cause_tree t = cause_tree(d);
	struct buf b = { 0 };

	for (size_t i = 0; i < t.n; i++) {
		const struct cause_row *r = &t.v[i];
		if (r->cause == NULL)
			buf_addf(&b, "[%s", r->category->name + strlen("category "));
		else
			buf_addf(&b, "%.*s%s%d", r->depth, "......", r->category == NULL ? "?" : "",
			    (int)r->cause->item.number);
		buf_addf(&b, "(%zu,%zu) ", r->n_whys, r->n_below);
	}
	cause_tree_fini(&t);
	return buf_take(&b);
}

static void
expect_tree(const struct debrief *d, const char *want)
{
	char *text = tree_text(d);

	assert_string_equal(text, want);
	free(text);
}

static void
test_tree_in_reading_order(void **state)
{
	struct debrief *d = made(), *empty = debrief_new(id_make(2));

	(void)state;
	expect_tree(d, "[10(3,7) 23(1,3) .25(1,2) ..26(1,1) ...27(0,0) 22(0,0) 21(1,1) .24(0,0) "
		       "[11(1,1) 31(0,0) "
		       "[12(0,0) ?41(0,0) ");
	expect_tree(empty, "");
	debrief_free(d);
	debrief_free(empty);
}

static void
test_tree_keeps_what_hangs_nowhere_or_loops(void **state)
{
	struct debrief *d = debrief_new(id_make(1));

	(void)state;
	add_category(d, 10, LEVEL_TECHNICAL);
	add_cause(d, 21, 10, 77);
	add_cause(d, 22, 10, 23);
	add_cause(d, 23, 10, 22);
	add_cause(d, 24, 10, 24);
	add_cause(d, 25, 10, 22);
	debrief_sort(d, KIND_CAUSE);
	expect_tree(d, "[10(0,0) ?21(0,0) ?22(2,2) .?25(0,0) .?23(0,0) ?24(0,0) ");
	debrief_free(d);
}

static void
test_tree_has_each_cause_once(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed < 300; seed++) {
		struct chance c = { seed };
		struct debrief *d = chance_debrief(&c, id_make(1), 20);
		struct cause_tree t;
		size_t n = 0;
		for (size_t i = 0; i < DEBRIEF_N(d, CAUSE); i++)
			if (chance_of(&c, 30))
				DEBRIEF_AT(d, CAUSE, cause, i)->parent =
				    chance_reference(&c, d, KIND_CAUSE);
		t = cause_tree(d);
		assert_int_equal(t.n, DEBRIEF_N(d, CAUSE) + DEBRIEF_N(d, CATEGORY));
		for (size_t i = 0; i < t.n; i++)
			for (size_t k = 0; t.v[i].cause != NULL && k < i; k++)
				assert_ptr_not_equal(t.v[i].cause, t.v[k].cause);
		for (size_t i = 0; i < t.n; i++)
			n += t.v[i].cause != NULL;
		assert_int_equal(n, DEBRIEF_N(d, CAUSE));
		cause_tree_fini(&t);
		debrief_free(d);
	}
}

static void
test_level_and_depth_of_one(void **state)
{
	struct debrief *d = made();
	const struct cause *deep = (struct cause *)debrief_find(d, KIND_CAUSE, id_make(27));
	const struct cause *own = (struct cause *)debrief_find(d, KIND_CAUSE, id_make(22));
	const struct cause *lost = (struct cause *)debrief_find(d, KIND_CAUSE, id_make(41));

	(void)state;
	assert_int_equal(cause_depth(d, deep), 3);
	assert_int_equal(cause_level(d, deep), LEVEL_TECHNICAL);
	assert_int_equal(cause_depth(d, own), 0);
	assert_int_equal(cause_level(d, own), LEVEL_ORGANIZATION);
	assert_int_equal(cause_level(d, lost), LEVEL_NONE);
	debrief_free(d);
}

static void
test_coverage_counts(void **state)
{
	struct debrief *d = made();
	struct coverage c;

	(void)state;
	add_action(d, 51, 27, ACT_PREVENT);
	add_action(d, 52, 31, ACT_DETECT)->level = LEVEL_ORGANIZATION;
	add_action(d, 53, 0, ACT_LEARN);
	add_action(d, 54, 22, ACT_RECOVER)->status = ACTION_DROPPED;
	c = coverage_of(d);
	assert_int_equal(c.causes, 5);
	assert_int_equal(c.whys, 4);
	assert_int_equal(c.votes, 5);
	assert_int_equal(c.causes_by_level[LEVEL_TECHNICAL], 2);
	assert_int_equal(c.causes_by_level[LEVEL_PROCESS], 1);
	assert_int_equal(c.causes_by_level[LEVEL_ORGANIZATION], 1);
	assert_int_equal(c.causes_by_level[LEVEL_NONE], 1);
	assert_int_equal(c.whys_by_depth[1], 2);
	assert_int_equal(c.whys_by_depth[2], 1);
	assert_int_equal(c.whys_by_depth[3], 1);
	assert_int_equal(c.deepest_by_level[LEVEL_TECHNICAL], 3);
	assert_int_equal(c.deepest_by_level[LEVEL_PROCESS], 0);
	assert_int_equal(c.actions_by_level[LEVEL_TECHNICAL], 1);
	assert_int_equal(c.actions_by_level[LEVEL_ORGANIZATION], 1);
	assert_int_equal(c.actions_by_level[LEVEL_NONE], 1);
	assert_int_equal(c.actions_by_kind[ACT_PREVENT], 1);
	assert_int_equal(c.actions_by_kind[ACT_RECOVER], 0);
	assert_int_equal(c.causes_without_action, 3); /* 22, 21, 41 */
	assert_int_equal(c.actions_without_cause, 1);
	debrief_free(d);
}

static void
test_milestones(void **state)
{
	static const struct {
		int phase;
		int64_t minute;
	} events[] = { { PHASE_RESOLVED, 90 }, { PHASE_STARTED, 10 }, { PHASE_DETECTED, 25 },
		{ PHASE_DETECTED, 20 }, { PHASE_ACKNOWLEDGED, 24 }, { PHASE_NONE, 1 } };
	struct debrief *d = debrief_new(id_make(1));
	struct milestones m;
	int64_t minute = 60 * NS_PER_S;

	(void)state;
	for (unsigned i = 0; i < sizeof events / sizeof *events; i++) {
		struct event *e = (struct event *)item_new(KIND_EVENT, id_make(10 + i));
		e->phase = events[i].phase;
		e->at_ns = events[i].minute * minute;
		debrief_put(d, KIND_EVENT, &e->item);
	}
	m = milestones_of(d);
	assert_int_equal(m.at_ns[PHASE_DETECTED], 20 * minute);
	assert_int_equal(m.detect_ns, 10 * minute);
	assert_int_equal(m.acknowledge_ns, 4 * minute);
	assert_int_equal(m.mitigate_ns, TIME_NONE);
	assert_int_equal(m.resolve_ns, 80 * minute);
	debrief_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tree_in_reading_order),
		cmocka_unit_test(test_tree_keeps_what_hangs_nowhere_or_loops),
		cmocka_unit_test(test_tree_has_each_cause_once),
		cmocka_unit_test(test_level_and_depth_of_one),
		cmocka_unit_test(test_coverage_counts),
		cmocka_unit_test(test_milestones),
	};
	return cmocka_run_group_tests_name("coverage", tests, NULL, NULL);
}
