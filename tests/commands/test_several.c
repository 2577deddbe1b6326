/* One command for several items: one op, one undo. */
#include "tests/commands/scene.h"

static struct cause *
cause_at(struct world *w, int64_t number)
{
	for (size_t i = 0; i < DEBRIEF_N(w->d, CAUSE); i++)
		if (w->d->of[KIND_CAUSE].v[i]->number == number)
			return DEBRIEF_AT(w->d, CAUSE, cause, i);
	fail_msg("no C%lld", (long long)number);
	return NULL;
}

static void
with_causes(struct world *w)
{
	world_init(w, "UTC");
	world_must(w, "category add One");
	world_must(w, "category add Two");
	world_must(w, "cause add One first");
	world_must(w, "why C1 deeper");
	world_must(w, "cause add One second");
}

static void
fields_of_several(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, "UTC");
	world_must(&w, "action add one");
	world_must(&w, "action add two");
	world_must(&w, "action add three");
	world_must(&w, "action set A1 A2 A1 owner=ops kind=detect");
	assert_string_equal(DEBRIEF_AT(w.d, ACTION, action, 1)->owner, "ops");
	assert_null(DEBRIEF_AT(w.d, ACTION, action, 2)->owner);
	world_refuses(&w, "action set A1 A9 owner=ops", 3, "A9");
	world_refuses(&w, "action set A1 A2", 2, "FIELD=VALUE");
	world_must(&w, "action remove A1 A3");
	assert_int_equal(DEBRIEF_N(w.d, ACTION), 1);
	world_fini(&w);
}

static void
whys_go_along_once(void **state)
{
	struct world w;

	(void)state;
	with_causes(&w);
	world_must(&w, "cause set C2 C1 category=Two");
	assert_true(id_equal(cause_at(&w, 2)->parent, cause_at(&w, 1)->item.id));
	assert_true(id_equal(cause_at(&w, 2)->category, cause_at(&w, 1)->category));
	world_must(&w, "cause move C1 C3 C2 category=One");
	assert_true(id_equal(cause_at(&w, 2)->parent, cause_at(&w, 1)->item.id));
	assert_false(id_some(cause_at(&w, 3)->parent));
	world_must(&w, "cause move C1 under=C3");
	assert_true(id_equal(cause_at(&w, 1)->parent, cause_at(&w, 3)->item.id));
	world_refuses(&w, "cause move C3 under=C2", 1, "");
	world_must(&w, "cause remove C2 C1 C3");
	assert_int_equal(DEBRIEF_N(w.d, CAUSE), 0);
	world_fini(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_of_several),
		cmocka_unit_test(whys_go_along_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
