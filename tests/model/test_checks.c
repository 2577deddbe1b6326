/* The check marks: each is open on an empty debrief or not, and each can be ticked by what its
 * `how` says. */
#include "model/checks.h"
#include "model/coverage.h"
#include "model/person_end.h"
#include "tests/model/room.h"

static bool
ticked(struct room *r, const char *name)
{
	assert_non_null(check_find(name));
	return check_done(r->d, name);
}

static struct id
first(struct room *r, enum kind kind)
{
	return r->d->of[kind].v[0]->id;
}

static void
the_table_is_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_check_rules; i++) {
		const struct check_rule *c = &check_rules[i];
		assert_true(strlen(c->words) > 2 && strlen(c->how) > 5);
		assert_int_equal(strspn(c->name, "abcdefghijklmnopqrstuvwxyz-"), strlen(c->name));
		assert_ptr_equal(check_find(c->name), c);
		for (size_t j = i + 1; j < n_check_rules; j++)
			assert_string_not_equal(c->name, check_rules[j].name);
	}
	assert_null(check_find("lunch"));
}

/* On nothing at all all is open but what asks for nothing. */
static void
an_empty_debrief_has_nothing_ticked(void **state)
{
	static const char *const free_ones[] = { "ideas-linked", "refused-have-reason" };
	struct room r;

	(void)state;
	room_init(&r, 1);
	for (size_t i = 0; i < n_check_rules; i++) {
		bool is_free = strcmp(check_rules[i].name, free_ones[0]) == 0 ||
		    strcmp(check_rules[i].name, free_ones[1]) == 0;
		if (check_done(r.d, check_rules[i].name) != is_free)
			fail_msg("%s", check_rules[i].name);
	}
	assert_true(check_done(r.d, "lunch")); /* of another version: no lock */
	room_fini(&r);
}

static void
people_and_events(void **state)
{
	struct room r;

	(void)state;
	room_init(&r, 1);
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "event", KIND_EVENT, "at", "2026-07-14T14:00:00Z", "text", "x", NULL));
	assert_false(ticked(&r, "has-facilitator") || ticked(&r, "has-people"));
	MUST_ADD(&r, KIND_EVENT, "at", "2026-07-14T14:01:00Z", "text", "x", "kind", "decision");
	assert_true(ticked(&r, "has-facilitator") && ticked(&r, "has-people"));
	assert_false(ticked(&r, "has-events"));
	assert_false(ticked(&r, "decisions-say-seen"));
	MUST_SET(&r, KIND_EVENT, r.last, "seen", "the graph");
	assert_true(ticked(&r, "decisions-say-seen"));
	MUST_ADD(&r, KIND_EVENT, "at", "2026-07-14T14:02:00Z", "text", "x");
	assert_true(ticked(&r, "has-events"));
	TAKEN(&r,
	    set_op("confirm", KIND_DEBRIEF, r.d->item.id, "confirmed_at", "2026-07-16T13:00:00Z",
		NULL));
	assert_true(ticked(&r, "timeline-confirmed"));
	room_fini(&r);
}

static void
surprises_by_column(void **state)
{
	static const char *const names[] = { "has-surprise", "has-helped", "has-luck" };
	struct room r;

	(void)state;
	room_init(&r, 1);
	for (size_t i = 0; i < 3; i++)
		MUST_ADD(&r, KIND_COLUMN, "name", names[i]);
	for (size_t i = 3; i-- > 0;) {
		assert_false(ticked(&r, names[i]));
		MUST_ADD(&r, KIND_CARD, "column", r.d->of[KIND_COLUMN].v[i]->id.s, "text", "x");
		assert_true(ticked(&r, names[i]));
	}
	room_fini(&r);
}

static void
causes_by_level_and_depth(void **state)
{
	static const char *const levels[] = { "technical", "process", "organization" };
	struct room r;
	struct id category, cause = { "" };

	(void)state;
	room_init(&r, 1);
	for (size_t i = 0; i < 3; i++) {
		assert_false(ticked(&r, "levels-looked-at"));
		MUST_ADD(&r, KIND_CATEGORY, "name", levels[i], "level", levels[i]);
		category = r.last;
		MUST_ADD(&r, KIND_CAUSE, "category", category.s, "text",
		    i == 2 ? "Nothing found" : "cold cache");
		cause = r.last;
	}
	assert_true(ticked(&r, "levels-looked-at"));
	assert_false(ticked(&r, "level-causes"));
	MUST_SET(&r, KIND_CAUSE, cause, "text", "two teams, one budget");
	assert_true(ticked(&r, "level-causes"));
	for (int depth = 1; depth <= 3; depth++) {
		struct id parent = cause;
		assert_int_equal(ticked(&r, "why-two-deep"), depth > 2);
		assert_false(ticked(&r, "why-three-deep"));
		MUST_ADD(&r, KIND_CAUSE, "category", category.s, "parent", parent.s, "text", "why");
		cause = r.last;
	}
	assert_true(ticked(&r, "why-three-deep"));
	room_fini(&r);
}

static void
no_branch_ends_at_a_person(void **state)
{
	static const struct {
		const char *text;
		bool ends;
	} ends[] = { { "Moss forgot", true }, { "moss", true }, { "somebody slipped", true },
		{ "mossy servers", false }, { "the rota had no second", false },
		{ "Engineer mistyped", true }, { "engineers had two shells", true },
		{ "the engineers' shells look alike", false } };
	struct room r;
	struct id category, cause;

	(void)state;
	room_init(&r, 1);
	TAKEN_AS(&r, "Moss", PERSON_SCRIBE,
	    add_op(&r, "category", KIND_CATEGORY, "name", "Technical", NULL));
	category = r.last;
	MUST_ADD(&r, KIND_CAUSE, "category", category.s, "text", "x");
	cause = r.last;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		MUST_SET(&r, KIND_CAUSE, cause, "text", ends[i].text);
		if (ticked(&r, "no-person-end") == ends[i].ends)
			fail_msg("%s", ends[i].text);
	}
	MUST_SET(&r, KIND_CAUSE, cause, "text", "Moss forgot");
	MUST_ADD(&r, KIND_CAUSE, "category", category.s, "parent", cause.s, "text",
	    "both shells look the same");
	assert_true(ticked(&r, "no-person-end"));
	room_fini(&r);
}

static void
actions_have_what_makes_them_real(void **state)
{
	static const char *const each[][3] = { { "actions-owned", "owner", "web" },
		{ "actions-dated", "due", "2026-12-01" },
		{ "actions-tested", "done_when", "the test passes" } };
	struct room r;
	struct id category, cause, action;

	(void)state;
	room_init(&r, 1);
	MUST_ADD(&r, KIND_CATEGORY, "name", "Technical");
	category = r.last;
	MUST_ADD(&r, KIND_CAUSE, "category", category.s, "text", "x");
	cause = r.last;
	MUST_ADD(&r, KIND_ACTION, "text", "x", "status", "accepted");
	action = r.last;
	for (size_t i = 0; i < 3; i++) {
		assert_false(ticked(&r, each[i][0]));
		MUST_SET(&r, KIND_ACTION, action, each[i][1], each[i][2]);
		assert_true(ticked(&r, each[i][0]));
	}
	assert_false(ticked(&r, "actions-caused"));
	MUST_SET(&r, KIND_ACTION, action, "causes", cause.s);
	assert_true(ticked(&r, "actions-caused"));
	MUST_ADD(&r, KIND_ACTION, "text", "an idea"); /* nobody agreed to that one yet */
	assert_true(ticked(&r, "actions-owned"));
	assert_false(ticked(&r, "ideas-linked"));
	MUST_SET(&r, KIND_ACTION, r.last, "status", "dropped");
	assert_false(ticked(&r, "refused-have-reason"));
	MUST_SET(&r, KIND_ACTION, r.last, "reason", "too dear");
	assert_true(ticked(&r, "refused-have-reason") && ticked(&r, "ideas-linked"));
	MUST_SET(&r, KIND_ACTION, action, "status", "soaking");
	assert_true(ticked(&r, "actions-owned"));
	room_fini(&r);
}

static void
the_close_is_of_the_debrief_itself(void **state)
{
	static const char *const each[][3] = { { "summary-written", "summary", "x" },
		{ "impact-written", "impact", "x" }, { "symptoms-set", "symptoms", "5xx" },
		{ "share-set", "share", "support" },
		{ "look-again-set", "look_again", "2026-12-01" } };
	struct room r;

	(void)state;
	room_init(&r, 1);
	for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
		assert_false(ticked(&r, each[i][0]));
		MUST_SET(&r, KIND_DEBRIEF, r.d->item.id, each[i][1], each[i][2]);
		assert_true(ticked(&r, each[i][0]));
	}
	for (int i = 0; i < 2; i++) {
		assert_false(ticked(&r, "ratings-given"));
		TAKEN(
		    &r, add_op(&r, "rate", KIND_RATING, "question", "useful", "value", "5", NULL));
	}
	assert_true(ticked(&r, "ratings-given"));
	room_fini(&r);
}

static void
a_stage_counts_its_marks(void **state)
{
	struct room r;
	size_t of;

	(void)state;
	room_init(&r, 1);
	MUST_ADD(&r, KIND_STAGE, "name", "close", "checks", "summary-written,impact-written,read-aloud");
	assert_null(debrief_stage(r.d, "open"));
	assert_null(debrief_stage(r.d, NULL));
	assert_ptr_equal(debrief_stage(r.d, first(&r, KIND_STAGE).s), debrief_stage(r.d, "close"));
	assert_int_equal(stage_checks(r.d, debrief_stage(r.d, "close"), &of), 0);
	assert_int_equal(of, 3);
	MUST_SET(&r, KIND_DEBRIEF, r.d->item.id, "impact", "x");
	assert_int_equal(stage_checks(r.d, debrief_stage(r.d, "close"), NULL), 1);
	REFUSED(&r,
	    set_op("set", KIND_STAGE, first(&r, KIND_STAGE), "ticked", "read-aloud", NULL),
	    "tick");
	TAKEN(&r, set_op("tick", KIND_STAGE, first(&r, KIND_STAGE), "ticked", "read-aloud", NULL));
	assert_int_equal(stage_checks(r.d, debrief_stage(r.d, "close"), NULL), 2);
	assert_ptr_equal(check_stage(r.d, "read-aloud"), debrief_stage(r.d, "close"));
	assert_null(check_stage(r.d, "walked"));
	room_fini(&r);
}

static void
who_is_told_from_what(void **state)
{
	static const char *const who[] = { "she was tired", "He typed it wrong", "nobody knew it",
		"No one checked", "somebody had deleted it", "They did not ask", "I forgot", "we were tired",
		"moss was away", "Moss deleted the wrong directory", "Lena's typo", "Lena\xe2\x80\x99s mistake",
		"deleted by Lena", "the operator typed it twice", "an engineer ran it by hand",
		"the on-call engineer restarted it", "on-call was asleep", "our new DBA", "the night shift engineer did it",
		"engineers didn't read it", "human error", "It was operator error.", "typed by the intern",
		"because the manager said so", "wrong flag, given by him", "the developer's oversight",
		"whoever ran it", "the reviewer" };
	static const char *const what[] = { "cold keys all at once", "the operator console froze",
		"on-call rota was a week old", "user error rate over 2 %", "no owner", "no owner for the job",
		"lead time of three weeks", "man page is out of date", "the engineer rota ends at 18:00",
		"I/O was saturated", "support for TLS 1.3 is missing", "the lint step is skipped by the pipeline",
		"a flag takes one step to everywhere", "admin panel shows no region", "nothing found",
		"mossy branches", "the pilot project had no budget", "manager approval takes a day",
		"the user table has no index", "reviewers' queue is long" };
	struct room r;

	(void)state;
	room_init(&r, 1);
	MUST_ADD(&r, KIND_PERSON, "name", "moss");
	MUST_ADD(&r, KIND_PERSON, "name", "Lena Test");
	for (size_t i = 0; i < sizeof who / sizeof *who; i++)
		if (!person_in_cause(r.d, who[i]))
			fail_msg("nobody in: %s", who[i]);
	for (size_t i = 0; i < sizeof what / sizeof *what; i++)
		if (person_in_cause(r.d, what[i]))
			fail_msg("somebody in: %s", what[i]);
	assert_false(person_in_cause(r.d, NULL) || person_in_cause(r.d, ""));
	room_fini(&r);
}

/* A chain that stays at one level is asked about one level up; one cause alone is not a chain. */
static void
levels_of_a_branch(void **state)
{
	struct room r;
	struct id category, top, why;

	(void)state;
	room_init(&r, 1);
	MUST_ADD(&r, KIND_CATEGORY, "name", "Technical");
	category = r.last;
	assert_false(only_technical(r.d));
	MUST_ADD(&r, KIND_CAUSE, "text", "cold keys", "category", category.s);
	top = r.last;
	assert_true(only_technical(r.d));
#define CAUSE_OF(id) ((const struct cause *)debrief_find(r.d, KIND_CAUSE, id))
	assert_int_equal(branch_level_up(r.d, CAUSE_OF(top)), LEVEL_NONE);
	MUST_ADD(&r, KIND_CAUSE, "text", "one second", "category", category.s, "parent", top.s);
	why = r.last;
	assert_int_equal(branch_level_up(r.d, CAUSE_OF(why)), LEVEL_PROCESS);
	MUST_ADD(&r, KIND_CAUSE, "text", "she set it", "parent", why.s, "category", category.s,
	    "level", "process");
	assert_int_equal(branch_level_up(r.d, CAUSE_OF(r.last)), LEVEL_NONE);
	assert_false(only_technical(r.d));
	why = r.last;
	assert_ptr_equal(person_end(r.d), CAUSE_OF(why));
	assert_false(check_done(r.d, "no-person-end"));
	MUST_ADD(&r, KIND_CAUSE, "text", "no other way was offered", "parent", why.s, "category",
	    category.s);
	assert_null(person_end(r.d));
	assert_true(check_done(r.d, "no-person-end"));
	room_fini(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_is_told_from_what),
		cmocka_unit_test(levels_of_a_branch),
		cmocka_unit_test(the_table_is_whole),
		cmocka_unit_test(an_empty_debrief_has_nothing_ticked),
		cmocka_unit_test(people_and_events),
		cmocka_unit_test(surprises_by_column),
		cmocka_unit_test(causes_by_level_and_depth),
		cmocka_unit_test(no_branch_ends_at_a_person),
		cmocka_unit_test(actions_have_what_makes_them_real),
		cmocka_unit_test(the_close_is_of_the_debrief_itself),
		cmocka_unit_test(a_stage_counts_its_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
