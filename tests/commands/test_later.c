#include "base/text.h"
#include "model/category_set.h"
#include "model/checks.h"
#include "tests/commands/scene.h"

/* What the room does to the debrief as a whole. */

static void
causes_world(struct world *w)
{
	static const char *const lines[] = { "person add lena role=facilitator",
		"category add Technical level=technical", "category add Process level=process",
		"category add Machine level=organization", "cause add Technical 'cold cache'",
		"why C1 'no warm-up'", "cause add Machine 'one zone'",
		"action add 'warm the cache' causes=C1", "action add 'second zone' causes=C3",
		"stage add causes checks=why-three-deep", "stage add actions", "stage causes" };

	world_init(w, "UTC");
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		world_must(w, lines[i]);
}

static const struct action *
action(const struct world *w, size_t i)
{
	return DEBRIEF_AT(w->d, ACTION, action, i);
}

static void
ideas_soak_until_a_date(void **state)
{
	struct world w;
	int64_t day;

	(void)state;
	causes_world(&w);
	world_refuses(&w, "later", ERR_USAGE, "later");
	world_refuses(&w, "later soon", ERR_REFUSED, "look_again");
	world_refuses(&w, "later 2026-11-22", ERR_REFUSED, "is not later than today");
	world_refuses(&w, "stage actions", ERR_REFUSED, "still open before actions");
	world_must(&w, "action set A2 status=proposed");
	world_must(&w, "action add 'buy more'");
	world_must(&w, "action set A3 status=dropped reason='too dear'");
	world_must(&w, "later 2026-12-01");
	assert_true(date_parse("2026-12-01", &day));
	assert_int_equal(w.d->look_again_day, day);
	assert_int_equal(action(&w, 0)->status, ACTION_SOAKING);
	assert_int_equal(action(&w, 1)->status, ACTION_SOAKING);
	assert_int_equal(action(&w, 2)->status, ACTION_DROPPED);
	world_refuses(&w, "later today", ERR_REFUSED, "is not later than today");
	world_refuses(&w, "later -2d", ERR_REFUSED, "is not later than today");
	world_must(&w, "later 1w");
	assert_int_equal(w.d->look_again_day, day - 2);
	world_must(&w, "later 14d");
	assert_int_equal(w.d->look_again_day, day + 5);
	assert_true(check_done(w.d, "actions-owned") && check_done(w.d, "actions-dated"));
	world_must(&w, "stage actions"); /* what was put off is no rush */
	assert_string_equal(w.d->stage, "actions");
	world_fini(&w);
}

/* An agreed action passes with the soaking ones only when it is whole. */
static void
the_gate_opens_for_what_is_whole(void **state)
{
	struct world w;

	(void)state;
	causes_world(&w);
	world_must(&w, "action set A1 kind=mitigate urgent=yes status=accepted");
	world_must(&w, "later 2026-12-01");
	assert_int_equal(action(&w, 0)->status, ACTION_ACCEPTED);
	assert_false(checks_put_off(w.d));
	world_refuses(&w, "stage actions", ERR_REFUSED, "still open before actions");
	world_must(&w, "action set A1 owner=ops due=2026-12-01 done_when='the graph is flat'");
	assert_true(checks_put_off(w.d));
	world_must(&w, "set look_again=");
	assert_false(checks_put_off(w.d));
	world_must(&w, "later 2026-12-02");
	world_must(&w, "stage actions");
	world_fini(&w);
}

static void
nothing_to_put_off_is_said(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, "UTC");
	world_must(&w, "set title=x");
	world_refuses(&w, "later 2026-12-01", ERR_REFUSED, "set look_again=2026-12-01");
	w.s.role = PERSON_PARTICIPANT;
	world_must(&w, "action add x");
	world_refuses(&w, "later 2026-12-01", ERR_REFUSED, "put the actions off");
	world_refuses(&w, "draft", ERR_REFUSED, "draft the summary");
	world_refuses(&w, "categories 6m", ERR_REFUSED, "change the set of categories");
	world_fini(&w);
}

static void
drafts_fill_what_is_empty(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, "UTC");
	world_must(&w, "set title='Checkout 5xx'");
	world_must(&w, "draft"); /* the title at least */
	assert_string_equal(w.d->summary, "Checkout 5xx.");
	assert_null(w.d->impact);
	world_refuses(&w, "draft", ERR_REFUSED, "phase=started");
	world_must(&w, "event add 2026-11-22T10:00 'errors rise' phase=started");
	world_must(&w, "event add 2026-11-22T10:48 'errors stop' phase=mitigated");
	world_must(&w, "set summary='We know now.'");
	world_must(&w, "draft");
	assert_string_equal(w.d->summary, "We know now.");
	assert_string_equal(w.d->impact, "It was felt for 48 min, until it was mitigated.");
	world_refuses(&w, "draft", ERR_REFUSED, "written already");
	world_fini(&w);
}

/* "Technical/1 Process/2" */
static void
expect_categories(const struct world *w, const char *want)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < DEBRIEF_N(w->d, CATEGORY); i++) {
		const struct category *c = DEBRIEF_AT(w->d, CATEGORY, category, i);
		buf_addf(&b, "%s%s/%d", i > 0 ? " " : "", c->name, c->level);
	}
	assert_string_equal(b.data, want);
	buf_fini(&b);
}

static const char *
home_of(const struct world *w, const char *text)
{
	for (size_t i = 0; i < DEBRIEF_N(w->d, CAUSE); i++) {
		const struct cause *c = DEBRIEF_AT(w->d, CAUSE, cause, i);
		if (strcmp(c->text, text) == 0)
			return ((struct category *)debrief_find(w->d, KIND_CATEGORY, c->category))
			    ->name;
	}
	fail_msg("no cause %s", text);
	return NULL;
}

static void
causes_outlive_their_set(void **state)
{
	struct world w;

	(void)state;
	causes_world(&w);
	world_refuses(&w, "categories 7m", ERR_MISSING, "levels, 6m, 4s, shell, service-life");
	world_must(&w, "categories 6M");
	expect_categories(&w, "Machine/3 Material/1 Measurement/1 Method/2 Milieu/2 Management/3 "
			      "Technical/1");
	assert_string_equal(home_of(&w, "cold cache"), "Technical");
	assert_string_equal(home_of(&w, "no warm-up"), "Technical");
	assert_string_equal(home_of(&w, "one zone"), "Machine");
	assert_int_equal(DEBRIEF_N(w.d, CAUSE), 3);
	world_must(&w, "categories 6m"); /* again: nothing is there twice */
	assert_int_equal(DEBRIEF_N(w.d, CATEGORY), 7);
	world_must(&w, "categories levels");
	expect_categories(&w, "Technical/1 Process/2 Organization/3 Machine/3");
	world_fini(&w);
}

static void
every_set_looks_at_every_level(void **state)
{
	struct world w;

	(void)state;
	for (size_t i = 0; i < n_category_sets; i++) {
		const struct category_set *set = &category_sets[i];
		bool level[4] = { false };
		char *line = mem_fmt("categories %s", set->name);
		causes_world(&w);
		world_must(&w, line);
		for (size_t k = 0; k < set->n; k++) {
			level[set->v[k].level] = true;
			assert_true(text_same(
			    DEBRIEF_AT(w.d, CATEGORY, category, k)->name, set->v[k].name));
			assert_false(text_same(set->v[k].name, "Man"));
		}
		assert_true(level[1] && level[2] && level[3] && !level[0]);
		assert_int_equal(DEBRIEF_N(w.d, CAUSE), 3);
		free(line);
		world_fini(&w);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ideas_soak_until_a_date),
		cmocka_unit_test(the_gate_opens_for_what_is_whole),
		cmocka_unit_test(nothing_to_put_off_is_said),
		cmocka_unit_test(drafts_fill_what_is_empty),
		cmocka_unit_test(causes_outlive_their_set),
		cmocka_unit_test(every_set_looks_at_every_level),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
