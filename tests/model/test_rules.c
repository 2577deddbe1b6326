/* Rules: who may do what, and what no table can say. */
#include "model/checks.h"
#include "model/rules.h"
#include "model/spread.h"
#include "tests/model/room.h"

static const char *const agenda[] = { "open", "causes", "ideas", "actions", "close" };

/* Stages, a category with a cause and a why, a column with a card of moss's. */
static void
furnish(struct room *r)
{
	struct id category, cause, column;

	room_init(r, 1);
	MUST_ADD(r, KIND_PERSON, "name", "lena", "role", "facilitator");
	for (size_t i = 0; i < sizeof agenda / sizeof *agenda; i++)
		MUST_ADD(r, KIND_STAGE, "name", agenda[i]);
	MUST_ADD(r, KIND_CATEGORY, "name", "Technical");
	category = r->last;
	MUST_ADD(r, KIND_CAUSE, "category", category.s, "text", "cold cache");
	cause = r->last;
	MUST_ADD(r, KIND_CAUSE, "category", category.s, "parent", cause.s, "text", "no warm-up");
	MUST_ADD(r, KIND_COLUMN, "name", "Lucky");
	column = r->last;
	TAKEN_AS(r, "moss", PERSON_PARTICIPANT,
	    add_op(r, "card", KIND_CARD, "column", column.s, "text", "a Tuesday", NULL));
	MUST_ADD(r, KIND_ACTION, "text", "warm it");
}

static struct op
debrief_op(struct room *r, const char *command, const char *field, const char *value)
{
	return set_op(command, KIND_DEBRIEF, r->d->item.id, field, value, NULL);
}

static struct op
stage_op(struct room *r, const char *to)
{
	return debrief_op(r, "stage", "stage", to);
}

#define ID(r, KIND, i) ((r)->d->of[KIND_##KIND].v[i]->id)

static void
observers_change_nothing(void **state)
{
	struct room r;

	(void)state;
	furnish(&r);
	REFUSED_AS(&r, "kim", PERSON_OBSERVER,
	    add_op(&r, "question", KIND_QUESTION, "text", "x", NULL), "ask lena");
	REFUSED_AS(&r, "kim", PERSON_OBSERVER, plain_op("save"), "observer");
	REFUSED_AS(&r, "kim", PERSON_OBSERVER,
	    plus_op("agree", KIND_CAUSE, ID(&r, CAUSE, 0), "agree"), "observer");
	TAKEN_AS(&r, "kim", PERSON_OBSERVER, plain_op("abort"));
	REFUSED_AS(&r, "kim", PERSON_OBSERVER,
	    set_op("abort", KIND_CAUSE, ID(&r, CAUSE, 0), "text", "x", NULL),
	    "does nothing else");
	room_fini(&r);
}

static void
participants_add_and_edit_but_do_not_lead(void **state)
{
	static const char *const led[] = { "stage", "reveal", "votes", "timer", "save", "close",
		"reopen", "override", "redact", "give", "mute", "lock", "confirm" };
	struct room r;

	(void)state;
	furnish(&r);
	for (size_t i = 0; i < sizeof led / sizeof *led; i++) {
		REFUSED_AS(&r, "moss", PERSON_PARTICIPANT, plain_op(led[i]),
		    "only the facilitator or the scribe can");
		assert_non_null(strstr(r.e.text, "ask lena"));
	}
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT, stage_op(&r, "open"),
	    "only the facilitator or the scribe can move the stage: nothing was changed: ask lena");
	TAKEN_AS(&r, "moss", PERSON_SCRIBE, stage_op(&r, "open"));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("cause", KIND_CAUSE, ID(&r, CAUSE, 0), "text", "x", NULL));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    plus_op("agree", KIND_CAUSE, ID(&r, CAUSE, 0), "agree"));
	TAKEN_AS(
	    &r, "moss", PERSON_PARTICIPANT, add_op(&r, "column", KIND_COLUMN, "name", "x", NULL));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("column", KIND_COLUMN, r.last, "name", "y", NULL));
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("column", KIND_COLUMN, r.last, "hidden", "yes", NULL), "only the facilitator");
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "stage", KIND_STAGE, "name", "x", NULL), "only");
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("x", KIND_STAGE, ID(&r, STAGE, 0), "minutes", "5", NULL), "only");
	room_fini(&r);
}

static void
people_are_oneself(void **state)
{
	struct room r;
	struct id lena, moss;

	(void)state;
	furnish(&r);
	lena = debrief_person(r.d, "lena")->item.id;
	moss = debrief_person(r.d, "moss")->item.id;
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("person", KIND_PERSON, lena, "shown_as", "x", NULL), "ask");
	REFUSED_AS(
	    &r, "moss", PERSON_PARTICIPANT, remove_op("person", KIND_PERSON, lena), "ask lena");
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "person", KIND_PERSON, "name", "kim", NULL), "ask lena");
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("person", KIND_PERSON, moss, "role", "scribe", NULL), "roles");
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("person", KIND_PERSON, moss, "shown_as", "on-call 1", NULL));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("person", KIND_PERSON, moss, "role", "observer", NULL));
	TAKEN_AS(
	    &r, "kim", PERSON_PARTICIPANT, add_op(&r, "person", KIND_PERSON, "name", "kim", NULL));
	REFUSED_AS(&r, "jo", PERSON_PARTICIPANT,
	    add_op(&r, "person", KIND_PERSON, "name", "jo", "role", "facilitator", NULL), "roles");
	REFUSED(&r, add_op(&r, "person", KIND_PERSON, "name", "kim", NULL), "there already");
	REFUSED(&r, set_op("person", KIND_PERSON, moss, "name", "lena", NULL), "there already");
	MUST_SET(&r, KIND_PERSON, moss, "role", "scribe");
	REFUSED(&r, set_op("set", KIND_PERSON, moss, "role", "scribe", NULL), "by hand");
	TAKEN(&r, set_op("give", KIND_PERSON, moss, "role", "facilitator", NULL));
	room_fini(&r);
}

static void
anothers_card_is_left_alone(void **state)
{
	struct room r;
	struct id card;

	(void)state;
	furnish(&r);
	card = ID(&r, CARD, 0);
	REFUSED_AS(&r, "kim", PERSON_PARTICIPANT,
	    set_op("card", KIND_CARD, card, "text", "x", NULL), "somebody else's");
	REFUSED_AS(
	    &r, "kim", PERSON_PARTICIPANT, remove_op("card", KIND_CARD, card), "somebody else's");
	TAKEN_AS(&r, "kim", PERSON_PARTICIPANT,
	    set_op("card", KIND_CARD, card, "notes", "we talked", NULL));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("card", KIND_CARD, card, "text", "a Wednesday", NULL));
	TAKEN(&r, set_op("card", KIND_CARD, card, "text", "a Thursday", NULL));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, remove_op("card", KIND_CARD, card));
	room_fini(&r);
}

static void
a_closed_debrief_takes_little(void **state)
{
	struct room r;
	struct id action;

	(void)state;
	furnish(&r);
	action = ID(&r, ACTION, 0);
	TAKEN(&r, stage_op(&r, "open"));
	TAKEN(&r, debrief_op(&r, "close", "status", "closed"));
	REFUSED(
	    &r, add_op(&r, "question", KIND_QUESTION, "text", "x", NULL), "this debrief is closed");
	assert_non_null(strstr(r.e.text, "nothing was changed: use reopen first"));
	REFUSED(&r, set_op("action", KIND_ACTION, action, "text", "x", NULL), "closed");
	REFUSED(&r, set_op("action", KIND_ACTION, action, "status", "done", "text", "x", NULL),
	    "closed");
	REFUSED(&r, move_op(KIND_ACTION, action, (struct id){ "" }), "closed");
	REFUSED(&r, remove_op("action", KIND_ACTION, action), "closed");
	REFUSED(&r, stage_op(&r, "causes"), "closed");
	REFUSED(&r, set_op("reopen", KIND_CAUSE, ID(&r, CAUSE, 0), "text", "x", NULL), "closed");
	REFUSED(&r, set_op("close", KIND_CAUSE, ID(&r, CAUSE, 0), "text", "x", NULL), "closed");
	REFUSED(&r, plain_op("undo"), "closed");
	TAKEN(&r,
	    set_op("action", KIND_ACTION, action, "status", "done", "owner", "web", "due",
		"2026-12-01", "reason", "r", "link", "l", NULL));
	assert_true(
	    ((struct action *)debrief_find(r.d, KIND_ACTION, action))->done_at_ns == r.now_ns);
	assert_true(room_undo(&r, "lena", false));
	assert_int_equal(
	    ((struct action *)debrief_find(r.d, KIND_ACTION, action))->status, ACTION_IDEA);
	TAKEN(&r, plain_op("close"));
	TAKEN(&r, plain_op("save"));
	TAKEN(&r, plain_op("stage"));
	TAKEN(&r, stage_op(&r, "open")); /* where it is */
	TAKEN(&r, debrief_op(&r, "close", "status", "closed"));
	TAKEN(&r, set_op("redact", KIND_CAUSE, ID(&r, CAUSE, 0), "redacted", "yes", NULL));
	assert_null(debrief_person(r.d, "kim"));
	TAKEN_AS(&r, "kim", PERSON_PARTICIPANT,
	    set_op("action", KIND_ACTION, action, "owner", "db", NULL));
	assert_null(debrief_person(r.d, "kim"));
	TAKEN(&r, debrief_op(&r, "reopen", "status", "open"));
	MUST_ADD(&r, KIND_QUESTION, "text", "x");
	room_fini(&r);
}

static void
nothing_stands_under_itself(void **state)
{
	struct room r;
	struct id top, why, deep, a, b;
	struct op op;

	(void)state;
	furnish(&r);
	top = ID(&r, CAUSE, 0);
	why = ID(&r, CAUSE, 1);
	MUST_ADD(&r, KIND_CAUSE, "category", ID(&r, CATEGORY, 0).s, "parent", why.s, "text", "x");
	deep = r.last;
	REFUSED(&r, set_op("cause", KIND_CAUSE, top, "parent", top.s, NULL), "under itself");
	REFUSED(&r, set_op("cause", KIND_CAUSE, top, "parent", deep.s, NULL), "under itself");
	/* Each alone would do; together they loop. */
	MUST_ADD(&r, KIND_CAUSE, "category", ID(&r, CATEGORY, 0).s, "text", "a");
	a = r.last;
	MUST_ADD(&r, KIND_CAUSE, "category", ID(&r, CATEGORY, 0).s, "text", "b");
	b = r.last;
	op_init(&op, "cause");
	change_put_text(op_add(&op, VERB_SET, KIND_CAUSE, a), "parent", b.s);
	change_put_text(op_add(&op, VERB_SET, KIND_CAUSE, b), "parent", a.s);
	REFUSED(&r, op, "under itself");
	/* And the loop may be undone by the same batch. */
	op_init(&op, "cause");
	change_put_text(op_add(&op, VERB_SET, KIND_CAUSE, top), "parent", deep.s);
	change_put_text(op_add(&op, VERB_SET, KIND_CAUSE, why), "parent", NULL);
	TAKEN(&r, op);
	REFUSED(&r, set_op("card", KIND_CARD, ID(&r, CARD, 0), "group", ID(&r, CARD, 0).s, NULL),
	    "under itself");
	room_fini(&r);
}

static void
what_is_not_empty_stays(void **state)
{
	struct room r;
	struct id category, other;
	struct op op;

	(void)state;
	furnish(&r);
	category = ID(&r, CATEGORY, 0);
	REFUSED(&r, remove_op("category", KIND_CATEGORY, category),
	    "move or remove its 2 causes first");
	REFUSED(&r, remove_op("column", KIND_COLUMN, ID(&r, COLUMN, 0)),
	    "move or remove its 1 card first");
	/* With its top cause goes the why below it, and then nothing is left in it. */
	op = remove_op("category", KIND_CATEGORY, category);
	op_add(&op, VERB_REMOVE, KIND_CAUSE, ID(&r, CAUSE, 0));
	TAKEN(&r, op);
	assert_int_equal(DEBRIEF_N(r.d, CAUSE), 0);
	assert_true(room_undo(&r, "lena", false));
	assert_int_equal(DEBRIEF_N(r.d, CAUSE), 2);
	MUST_ADD(&r, KIND_CATEGORY, "name", "Process");
	other = r.last;
	op_init(&op, "category");
	op_add(&op, VERB_REMOVE, KIND_CATEGORY, category);
	for (size_t i = 0; i < 2; i++)
		change_put_text(
		    op_add(&op, VERB_SET, KIND_CAUSE, ID(&r, CAUSE, i)), "category", other.s);
	TAKEN(&r, op);
	room_whole(r.d);
	room_fini(&r);
}

static void
stages_are_those_of_the_agenda(void **state)
{
	struct room r;
	const struct stage *s;

	(void)state;
	furnish(&r);
	REFUSED(&r, stage_op(&r, "lunch"), "no stage lunch");
	TAKEN(&r, stage_op(&r, "open"));
	assert_true(r.d->stage_since_ns == r.now_ns);
	REFUSED(&r, remove_op("stage", KIND_STAGE, ID(&r, STAGE, 0)), "move on first");
	r.now_ns += 88 * NS_PER_S; /* and a second for each that was asked */
	TAKEN(&r, stage_op(&r, "causes"));
	s = debrief_stage(r.d, "open");
	assert_int_equal(s->used_s, 90);
	assert_true(s->done);
	r.now_ns += 9 * NS_PER_S;
	TAKEN(&r, stage_op(&r, "open"));
	assert_false(debrief_stage(r.d, "causes")->done);
	assert_int_equal(debrief_stage(r.d, "causes")->used_s, 10);
	r.now_ns += 4 * NS_PER_S;
	TAKEN(&r, stage_op(&r, "open"));
	assert_int_equal(s->used_s, 90); /* it goes on */
	TAKEN(&r, debrief_op(&r, "close", "status", "closed"));
	assert_int_equal(s->used_s, 96);
	assert_true(r.d->stage_since_ns == TIME_NONE);
	TAKEN(&r, debrief_op(&r, "reopen", "status", "open"));
	assert_true(r.d->stage_since_ns == r.now_ns);
	TAKEN(&r, debrief_op(&r, "focus", "focus", ID(&r, STAGE, 0).s));
	TAKEN(&r, stage_op(&r, "open")); /* where the room is: it goes on looking */
	assert_true(id_some(r.d->focus));
	TAKEN(&r, stage_op(&r, "causes"));
	assert_false(id_some(r.d->focus));
	room_fini(&r);
}

static void
gates_ask_for_a_reason(void **state)
{
	struct room r;
	struct strs open = { 0 };
	struct op op;

	(void)state;
	furnish(&r);
	MUST_SET(&r, KIND_STAGE, debrief_stage(r.d, "causes")->item.id, "checks",
	    "why-two-deep,level-causes");
	MUST_SET(&r, KIND_STAGE, debrief_stage(r.d, "close")->item.id, "checks", "summary-written");
	TAKEN(&r, stage_op(&r, "causes"));
	REFUSED(&r, stage_op(&r, "actions"), "one why two deep");
	REFUSED(&r, stage_op(&r, "close"), "override REASON"); /* past it */
	TAKEN(&r, stage_op(&r, "ideas"));
	op = stage_op(&r, "actions");
	assert_string_equal(rules_gate(r.d, &op, &open), "actions");
	assert_int_equal(open.n, 2);
	strs_fini(&open);
	op_fini(&op);
	op = set_op("action", KIND_ACTION, ID(&r, ACTION, 0), "text", "x", NULL);
	assert_null(rules_gate(r.d, &op, NULL));
	TAKEN(&r, op);
	op = debrief_op(&r, "override", "stage", "actions");
	op.arg = mem_dup("out of time");
	change_put(&op.v[0], "overrides", (struct value){ 0 })->how = HOW_PLUS;
	strs_add(&op.v[0].set[1].value.list, "actions: out of time");
	TAKEN(&r, op);
	assert_string_equal(r.d->stage, "actions");
	assert_string_equal(r.d->overrides.v[0], "actions: out of time");
	TAKEN(&r, stage_op(&r, "close")); /* it is behind us */
	TAKEN(&r, stage_op(&r, "actions"));
	TAKEN(&r, stage_op(&r, "close"));
	REFUSED(
	    &r, debrief_op(&r, "close", "status", "closed"), "still open before close: summary");
	MUST_SET(&r, KIND_DEBRIEF, r.d->item.id, "summary", "It was cold.");
	TAKEN(&r, debrief_op(&r, "close", "status", "closed"));
	room_fini(&r);
}

static void
nothing_hidden_is_closed_over(void **state)
{
	struct room r;

	(void)state;
	furnish(&r);
	MUST_SET(&r, KIND_COLUMN, ID(&r, COLUMN, 0), "hidden", "yes");
	REFUSED(&r, debrief_op(&r, "close", "status", "closed"), "1 card is still hidden");
	TAKEN(&r, set_op("reveal", KIND_COLUMN, ID(&r, COLUMN, 0), "hidden", "no", NULL));
	TAKEN(&r, debrief_op(&r, "close", "status", "closed"));
	room_fini(&r);
}

static int
status_of(struct room *r, const char *status, const char *kind, const char *urgent)
{
	MUST_ADD(r, KIND_ACTION, "text", "x", "status", status, "kind", kind, "urgent", urgent);
	return ((struct action *)debrief_find(r->d, KIND_ACTION, r->last))->status;
}

static void
early_actions_are_parked(void **state)
{
	struct room r;
	struct actor host = { .name = "host", .role = PERSON_NONE, .host = true };
	struct op op;

	(void)state;
	furnish(&r);
	assert_int_equal(
	    status_of(&r, "accepted", "prevent", "no"), ACTION_ACCEPTED); /* nowhere yet */
	TAKEN(&r, stage_op(&r, "causes"));
	assert_int_equal(status_of(&r, "accepted", "prevent", "no"), ACTION_IDEA);
	assert_int_equal(status_of(&r, "accepted", "prevent", "yes"), ACTION_IDEA);
	assert_int_equal(status_of(&r, "accepted", "mitigate", "no"), ACTION_IDEA);
	assert_int_equal(status_of(&r, "accepted", "mitigate", "yes"), ACTION_ACCEPTED);
	op = add_op(&r, "import", KIND_ACTION, "text", "x", "status", "doing", NULL);
	assert_true(room_take(&r, &host, &op));
	assert_int_equal(
	    ((struct action *)debrief_find(r.d, KIND_ACTION, r.last))->status, ACTION_DOING);
	TAKEN(&r, stage_op(&r, "actions"));
	assert_int_equal(status_of(&r, "accepted", "prevent", "no"), ACTION_ACCEPTED);
	MUST_ADD(&r, KIND_ACTION, "text", "x");
	assert_int_equal(
	    ((struct action *)debrief_find(r.d, KIND_ACTION, r.last))->status, ACTION_PROPOSED);
	MUST_ADD(&r, KIND_ACTION, "text", "x", "status", "idea");
	assert_int_equal(
	    ((struct action *)debrief_find(r.d, KIND_ACTION, r.last))->status, ACTION_IDEA);
	room_fini(&r);
}

/* An agenda without a stage of that name: its pane says what is done there. */
static void
promises_are_proposed(void **state)
{
	static const struct {
		const char *stage, *pane;
		int status;
	} stages[] = { { "write", "board", ACTION_IDEA }, { "ideas", "actions", ACTION_IDEA },
		{ "promises", "actions", ACTION_PROPOSED } };
	struct room r;

	(void)state;
	room_init(&r, 1);
	MUST_ADD(&r, KIND_PERSON, "name", "lena", "role", "facilitator");
	for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
		MUST_ADD(&r, KIND_STAGE, "name", stages[i].stage, "pane", stages[i].pane);
	for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
		TAKEN(&r, stage_op(&r, stages[i].stage));
		MUST_ADD(&r, KIND_ACTION, "text", "x");
		assert_int_equal(
		    ((struct action *)debrief_find(r.d, KIND_ACTION, r.last))->status,
		    stages[i].status);
	}
	room_fini(&r);
}

static void
redacted_is_for_good(void **state)
{
	struct room r;
	struct id event;
	const struct event *ev;
	struct op op;

	(void)state;
	furnish(&r);
	MUST_ADD(&r, KIND_EVENT, "at", "2026-07-14T14:00:00Z", "text", "kit did it", "seen",
	    "kit saw", "lane", "db");
	event = r.last;
	ev = (const struct event *)debrief_find(r.d, KIND_EVENT, event);
	MUST_SET(&r, KIND_EVENT, event, "note", "kit");
	REFUSED(&r, set_op("event", KIND_EVENT, event, "redacted", "yes", NULL), "redact");
	REFUSED(&r, set_op("redact", KIND_EVENT, event, "lane", "x", NULL), "redact ID");
	REFUSED(
	    &r, set_op("redact", KIND_EVENT, event, "redacted", "yes", "lane", "x", NULL), "lane");
	REFUSED(&r, set_op("redact", KIND_EVENT, event, "redacted", "no", NULL), "redact ID");
	REFUSED(&r, set_op("redact", KIND_PERSON, ID(&r, PERSON, 0), "name", "x", NULL),
	    "people hold no words");
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("redact", KIND_EVENT, event, "redacted", "yes", NULL), "take words out");
	TAKEN(&r, set_op("redact", KIND_EVENT, event, "redacted", "yes", NULL));
	assert_string_equal(ev->text, "[redacted]");
	assert_true(ev->item.redacted && ev->seen == NULL && ev->note == NULL);
	assert_string_equal(ev->lane, "db");
	assert_false(room_undo(&r, "lena", false)); /* the note would come back */
	assert_non_null(strstr(r.e.text, "taken out for good"));
	REFUSED(&r, set_op("event", KIND_EVENT, event, "text", "kit", NULL), "for good");
	TAKEN(&r, set_op("event", KIND_EVENT, event, "lane", "web", NULL));
	op =
	    set_op("redact", KIND_EVENT, event, "redacted", "yes", "text", "somebody did it", NULL);
	TAKEN(&r, op);
	assert_string_equal(ev->text, "somebody did it");
	for (int k = 1; k < N_KINDS; k++) { /* every kind that has words can lose them */
		const struct schema *s = schema_of((enum kind)k);
		if (r.d->of[k].n == 0 || schema_field((enum kind)k, "redacted") == NULL)
			continue;
		TAKEN(&r,
		    set_op("redact", (enum kind)k, r.d->of[k].v[0]->id, "redacted", "yes", NULL));
		for (size_t i = 0, first = 1; i < s->n_fields; i++) {
			struct value v = field_get(r.d->of[k].v[0], &s->fields[i]);
			if (s->fields[i].prose) {
				assert_true(first
					? strcmp(v.text, "[redacted]") == 0 || v.text[0] == 's'
					: v.text == NULL);
				first = 0;
			}
			value_fini(&v);
		}
	}
	room_fini(&r);
}

/* Days of preparation are not minutes of the meeting. */
static void
what_comes_before_takes_no_time(void **state)
{
	struct room r;
	const struct stage *open;

	(void)state;
	furnish(&r);
	open = debrief_stage(r.d, "open");
	TAKEN(&r, set_op("stage", KIND_STAGE, open->item.id, "minutes", "0", NULL));
	TAKEN(&r, set_op("stage", KIND_STAGE, debrief_stage(r.d, "causes")->item.id, "minutes", "10", NULL));
	assert_true(stage_is_before(r.d, open));
	assert_false(stage_is_before(r.d, debrief_stage(r.d, "causes")));
	TAKEN(&r, stage_op(&r, "open"));
	r.now_ns += 3 * 86400 * NS_PER_S;
	assert_int_equal(stage_used_s(r.d, open, r.now_ns), 0);
	TAKEN(&r, stage_op(&r, "causes"));
	assert_int_equal(open->used_s, 0);
	assert_true(open->done);
	r.now_ns += 60 * NS_PER_S;
	assert_in_range(stage_used_s(r.d, debrief_stage(r.d, "causes"), r.now_ns), 60, 62);
	room_fini(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_comes_before_takes_no_time),
		cmocka_unit_test(observers_change_nothing),
		cmocka_unit_test(participants_add_and_edit_but_do_not_lead),
		cmocka_unit_test(people_are_oneself),
		cmocka_unit_test(anothers_card_is_left_alone),
		cmocka_unit_test(a_closed_debrief_takes_little),
		cmocka_unit_test(nothing_stands_under_itself),
		cmocka_unit_test(what_is_not_empty_stays),
		cmocka_unit_test(stages_are_those_of_the_agenda),
		cmocka_unit_test(gates_ask_for_a_reason),
		cmocka_unit_test(nothing_hidden_is_closed_over),
		cmocka_unit_test(early_actions_are_parked),
		cmocka_unit_test(promises_are_proposed),
		cmocka_unit_test(redacted_is_for_good),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
