/* What came of a topic: what is decided while it is on is linked with it, by whichever way it came in. */
#include "model/topic.h"
#include "tests/commands/scene.h"

static const struct action *
newest(const struct world *w)
{
	const struct action *best = NULL;

	for (size_t i = 0; i < DEBRIEF_N(w->d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(w->d, ACTION, action, i);
		best = best == NULL || a->item.number > best->item.number ? a : best;
	}
	return best;
}

static struct id
card(const struct world *w, const char *text)
{
	for (size_t i = 0; i < DEBRIEF_N(w->d, CARD); i++)
		if (strcmp(DEBRIEF_AT(w->d, CARD, card, i)->text, text) == 0)
			return w->d->of[KIND_CARD].v[i]->id;
	return (struct id){ "" };
}

/* "focus ID", "card group ID under=ID" */
static void
run(struct world *w, const char *verb, struct id a, const char *field, struct id b)
{
	char *line = mem_fmt("%s %s%s%s", verb, a.s, field, field[0] != '\0' ? b.s : "");

	world_must(w, line);
	free(line);
}

static void
furnish(struct world *w)
{
	world_init(w, "UTC");
	world_must(w, "stage add discuss pane=board");
	world_must(w, "stage add promises pane=actions");
	world_must(w, "column add Talk");
	world_must(w, "card add Talk late");
	world_must(w, "card add Talk rota");
	world_must(w, "card add Talk other");
	run(w, "card group", card(w, "rota"), " under=", card(w, "late"));
	world_must(w, "stage discuss");
}

static void
what_is_decided_came_of_the_topic(void **state)
{
	struct world w;
	const struct card *late, *other;

	(void)state;
	furnish(&w);
	late = topic_head(w.d, card(&w, "late"));
	other = topic_head(w.d, card(&w, "other"));
	world_must(&w, "action add 'before any topic'");
	assert_false(id_some(newest(&w)->about));
	run(&w, "focus", card(&w, "rota"), "", card(&w, "rota")); /* of the group: its head counts */
	assert_ptr_equal(topic_now(w.d), late);
	world_must(&w, "action add 'give support a button' owner=ops");
	assert_true(topic_has(w.d, late, newest(&w)->about));
	assert_true(id_equal(newest(&w)->about, late->item.id));
	world_must(&w, "question add 'Who ends a rota?'");
	assert_true(topic_has(w.d, late, DEBRIEF_AT(w.d, QUESTION, question, 0)->about));
	run(&w, "action add 'of another'", (struct id){ "" }, " about=", other->item.id);
	assert_true(topic_has(w.d, other, newest(&w)->about) && !topic_has(w.d, late, newest(&w)->about));
	world_must(&w, "action add 'of none' carried_from=abcdefghjkmn");
	assert_false(id_some(newest(&w)->about));
	world_must(&w, "stage promises"); /* the focus stays, the discussion does not */
	assert_null(topic_now(w.d));
	world_must(&w, "action add 'a promise'");
	assert_false(id_some(newest(&w)->about));
	world_fini(&w);
}

/* It goes on with the group, and is cleared with the card. */
static void
the_link_lives_with_the_card(void **state)
{
	struct world w;

	(void)state;
	furnish(&w);
	run(&w, "focus", card(&w, "other"), "", card(&w, "other"));
	world_must(&w, "action add x");
	run(&w, "card group", card(&w, "other"), " under=", card(&w, "late"));
	assert_true(topic_has(w.d, topic_head(w.d, card(&w, "late")), newest(&w)->about));
	run(&w, "card remove", card(&w, "other"), "", card(&w, "other"));
	assert_false(id_some(newest(&w)->about));
	assert_false(topic_has(w.d, NULL, newest(&w)->about));
	world_fini(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_decided_came_of_the_topic),
		cmocka_unit_test(the_link_lives_with_the_card),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
