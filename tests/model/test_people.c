/* Who leads, who speaks, whose a card is, and the stop of a game day. */
#include "model/op_internal.h"
#include "model/run.h"
#include "tests/model/room.h"

static void
furnish(struct room *r)
{
	room_init(r, 21);
	MUST_ADD(r, KIND_PERSON, "name", "lena", "role", "facilitator");
	MUST_ADD(r, KIND_PERSON, "name", "moss");
	MUST_ADD(r, KIND_STAGE, "name", "one");
	MUST_ADD(r, KIND_STAGE, "name", "two");
}

static struct op
give_op(struct room *r, const char *role, const char *name)
{
	const struct person *p = debrief_person(r->d, name);

	return p != NULL ? set_op("give", KIND_PERSON, p->item.id, "role", role, NULL)
			 : add_op(r, "give", KIND_PERSON, "name", name, "role", role, NULL);
}

static struct op
name_op(struct room *r, const char *command, const char *field, enum how how, const char *name)
{
	struct op op;
	struct value v = { 0 };

	op_init(&op, command);
	strs_add(&v.list, name);
	change_put(op_add(&op, VERB_SET, KIND_DEBRIEF, r->d->item.id), field, v)->how = how;
	return op;
}

static struct op
debrief_op(struct room *r, const char *command, const char *field, const char *value)
{
	return set_op(command, KIND_DEBRIEF, r->d->item.id, field, value, NULL);
}

static int
role_of(const struct room *r, const char *name)
{
	return debrief_person(r->d, name)->role;
}

static void
there_is_one_facilitator(void **state)
{
	struct room r;
	struct actor offered = { .name = "kim", .role = PERSON_PARTICIPANT, .may_lead = true };
	struct op op;

	(void)state;
	furnish(&r);
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT, give_op(&r, "scribe", "moss"),
	    "only the facilitator or the scribe");
	REFUSED(&r, give_op(&r, "participant", "lena"), "somebody has to lead");
	REFUSED(&r,
	    set_op("person", KIND_PERSON, debrief_person(r.d, "lena")->item.id, "role", "observer",
		NULL),
	    "somebody has to lead");
	REFUSED(&r,
	    set_op("give", KIND_PERSON, debrief_person(r.d, "moss")->item.id, "name", "x", NULL),
	    "nothing else");
	TAKEN(&r, give_op(&r, "scribe", "moss"));
	REFUSED_AS(&r, "moss", PERSON_SCRIBE, give_op(&r, "facilitator", "moss"),
	    "only the facilitator hands");
	TAKEN(&r, give_op(&r, "facilitator", "moss"));
	assert_int_equal(role_of(&r, "moss"), PERSON_FACILITATOR);
	assert_int_equal(role_of(&r, "lena"), PERSON_PARTICIPANT);
	/* Offered to one who has not said a word yet; to nobody else, and nothing else. */
	REFUSED_AS(&r, "kim", PERSON_PARTICIPANT, give_op(&r, "facilitator", "kim"), "ask moss");
	op = give_op(&r, "scribe", "kim");
	assert_false(room_take(&r, &offered, &op));
	op = give_op(&r, "facilitator", "lena");
	assert_false(room_take(&r, &offered, &op));
	op = plain_op("save");
	assert_false(room_take(&r, &offered, &op));
	op = give_op(&r, "facilitator", "kim");
	assert_true(room_take(&r, &offered, &op));
	assert_int_equal(role_of(&r, "kim"), PERSON_FACILITATOR);
	assert_int_equal(role_of(&r, "moss"), PERSON_PARTICIPANT);
	assert_int_equal(DEBRIEF_N(r.d, PERSON), 3);
	room_fini(&r);
}

static void
the_muted_are_silent_but_not_shut_out(void **state)
{
	struct room r;

	(void)state;
	furnish(&r);
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT, name_op(&r, "mute", "muted", HOW_PLUS, "kim"),
	    "only the facilitator");
	TAKEN(&r, name_op(&r, "mute", "muted", HOW_PLUS, "moss"));
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "question", KIND_QUESTION, "text", "x", NULL), "silent");
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, name_op(&r, "hand", "hands", HOW_PLUS, "moss"));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, name_op(&r, "ready", "ready", HOW_PLUS, "moss"));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, plain_op("pause"));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, plain_op("leave"));
	TAKEN(&r, name_op(&r, "mute", "muted", HOW_MINUS, "moss"));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "question", KIND_QUESTION, "text", "x", NULL));
	TAKEN_AS(&r, "ida", PERSON_OBSERVER, plain_op("leave"));
	TAKEN_AS(&r, "ida", PERSON_OBSERVER, plain_op("pause"));
	REFUSED_AS(&r, "ida", PERSON_OBSERVER,
	    add_op(&r, "leave", KIND_RATING, "question", "x", "value", "3", NULL), "observer");
	room_fini(&r);
}

/* What keeps no name, or is left to who is silent, is no way for anything else. */
static void
small_commands_do_one_thing(void **state)
{
	static const char *const commands[] = { "rate", "leave", "pass", "ready", "hand" };
	struct room r;

	(void)state;
	furnish(&r);
	TAKEN(&r, name_op(&r, "mute", "muted", HOW_PLUS, "moss"));
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		REFUSED_AS(&r, "moss", PERSON_PARTICIPANT,
		    add_op(&r, commands[i], KIND_QUESTION, "text", "x", NULL), "one thing");
		REFUSED_AS(&r, "kim", PERSON_PARTICIPANT,
		    debrief_op(&r, commands[i], "summary", "mine"), "one thing");
	}
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "rate", KIND_RATING, "question", "x", "value", "3", NULL));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, plain_op("pass"));
	room_fini(&r);
}

/* What somebody wrote, and the rights of a name, go with it. */
static void
names_are_not_swapped(void **state)
{
	struct room r;
	struct id moss, lena;

	(void)state;
	furnish(&r);
	moss = debrief_person(r.d, "moss")->item.id;
	lena = debrief_person(r.d, "lena")->item.id;
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("person", KIND_PERSON, moss, "name", "zoe", NULL), "under your name");
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("person", KIND_PERSON, moss, "shown_as", "on-call 1", NULL));
	REFUSED_AS(&r, "kim", PERSON_SCRIBE, remove_op("card", KIND_PERSON, lena),
	    "somebody has to lead");
	TAKEN(&r, set_op("person", KIND_PERSON, moss, "name", "Moss", NULL));
	room_fini(&r);
}

static void
everybody_puts_up_the_own_hand(void **state)
{
	struct room r;
	struct op op;

	(void)state;
	furnish(&r);
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT, name_op(&r, "hand", "hands", HOW_PLUS, "lena"),
	    "for himself");
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT, name_op(&r, "ready", "ready", HOW_PLUS, "lena"),
	    "for himself");
	REFUSED(&r, name_op(&r, "hand", "hands", HOW_SET, "lena"), "for himself");
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, name_op(&r, "hand", "hands", HOW_PLUS, "moss"));
	TAKEN_AS(&r, "kim", PERSON_PARTICIPANT, name_op(&r, "hand", "hands", HOW_PLUS, "kim"));
	assert_string_equal(r.d->hands.v[0], "moss"); /* as they came */
	assert_string_equal(r.d->hands.v[1], "kim");
	REFUSED_AS(&r, "kim", PERSON_PARTICIPANT, name_op(&r, "hand", "hands", HOW_MINUS, "moss"),
	    "for himself");
	/* Done: once more had, whether the client counts it or not. */
	TAKEN_AS(&r, "kim", PERSON_PARTICIPANT, name_op(&r, "hand", "hands", HOW_MINUS, "kim"));
	assert_int_equal(debrief_person(r.d, "kim")->turns, 1);
	op = name_op(&r, "hand", "hands", HOW_MINUS, "moss");
	change_put_num(
	    op_add(&op, VERB_SET, KIND_PERSON, debrief_person(r.d, "moss")->item.id), "turns", 1)
	    ->how = HOW_PLUS;
	assert_true(room_as(&r, "moss", PERSON_PARTICIPANT, &op));
	assert_int_equal(debrief_person(r.d, "moss")->turns, 1);
	assert_int_equal(r.d->hands.n, 0);
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("hand", KIND_PERSON, debrief_person(r.d, "moss")->item.id, "turns", "0", NULL),
	    "for himself");
	room_fini(&r);
}

static void
marks_are_of_their_stage(void **state)
{
	struct room r;
	struct viewer moss = { .name = "moss" }, nobody = { 0 };
	struct debrief *copy;

	(void)state;
	furnish(&r);
	TAKEN(&r, debrief_op(&r, "stage", "stage", "one"));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, name_op(&r, "ready", "ready", HOW_PLUS, "moss"));
	TAKEN_AS(&r, "new", PERSON_PARTICIPANT, name_op(&r, "ready", "ready", HOW_PLUS, "new"));
	assert_null(debrief_person(r.d, "new"));
	copy = visible_copy(r.d, &moss);
	assert_int_equal(copy->ready.n, 1);
	debrief_free(copy);
	copy = visible_copy(r.d, &nobody);
	assert_int_equal(copy->ready.n, 0);
	debrief_free(copy);
	TAKEN(&r, debrief_op(&r, "stage", "stage", "one")); /* where it is already */
	assert_int_equal(r.d->ready.n, 2);
	TAKEN(&r, debrief_op(&r, "stage", "stage", "two"));
	assert_int_equal(r.d->ready.n, 0);
	room_fini(&r);
}

static void
what_leads_the_room_is_of_those_who_lead(void **state)
{
	struct room r;
	struct id question;
	int64_t changed_ns;

	(void)state;
	furnish(&r);
	MUST_ADD(&r, KIND_QUESTION, "text", "why?");
	question = r.last;
	changed_ns = r.d->item.changed_ns;
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT, debrief_op(&r, "focus", "focus", question.s),
	    "point everybody's screen");
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT, name_op(&r, "seat", "seats", HOW_PLUS, "ann"),
	    "add seats");
	TAKEN(&r, debrief_op(&r, "focus", "focus", question.s));
	TAKEN(&r, debrief_op(&r, "timer", "timer_ends", "2026-07-16T14:00:00Z"));
	TAKEN(&r, name_op(&r, "seat", "seats", HOW_PLUS, "zoe"));
	TAKEN(&r, name_op(&r, "seat", "seats", HOW_PLUS, "ann"));
	TAKEN(&r, debrief_op(&r, "lock", "locked", "yes"));
	assert_string_equal(r.d->seats.v[0], "zoe");	 /* seat 1 */
	assert_true(r.d->item.changed_ns == changed_ns); /* nothing that a file keeps */
	assert_true(r.d->locked && r.d->timer_ends_ns != TIME_NONE);
	/* Nothing of the moment is undone with what went along; what was before it is. */
	assert_true(room_undo(&r, "lena", false));
	assert_int_equal(DEBRIEF_N(r.d, QUESTION), 0);
	assert_false(id_some(r.d->focus)); /* went with what it pointed at */
	assert_true(r.d->locked);
	REFUSED(&r, debrief_op(&r, "set", "locked", "no"), "not set by hand");
	room_fini(&r);
}

static void
cards_are_of_who_can_prove_it(void **state)
{
	struct room r;
	struct actor impostor = { .name = "moss", .role = PERSON_PARTICIPANT };
	struct id named, nameless, a, b;
	struct card *c;
	struct op op;

	(void)state;
	furnish(&r);
	MUST_ADD(&r, KIND_COLUMN, "name", "named");
	a = r.last;
	MUST_ADD(&r, KIND_COLUMN, "name", "anonymous", "anonymous", "yes");
	b = r.last;
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", a.s, "text", "x", NULL));
	named = r.last;
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", b.s, "text", "x", NULL));
	nameless = r.last;
	c = (struct card *)debrief_find(r.d, KIND_CARD, nameless);
	assert_false(id_some(c->by));
	assert_non_null(c->owner);
	assert_null(((struct card *)debrief_find(r.d, KIND_CARD, named))->owner);
	op = set_op("card", KIND_CARD, named, "text", "y", NULL);
	assert_true(room_take(&r, &impostor, &op)); /* by name, where a name is all there is */
	op = set_op("card", KIND_CARD, nameless, "text", "y", NULL);
	assert_false(room_take(&r, &impostor, &op));
	op = remove_op("card", KIND_CARD, nameless);
	assert_false(room_take(&r, &impostor, &op));
	REFUSED_AS(&r, "kim", PERSON_PARTICIPANT,
	    set_op("card", KIND_CARD, nameless, "text", "y", NULL), "somebody else's");
	TAKEN_AS(
	    &r, "moss", PERSON_PARTICIPANT, set_op("card", KIND_CARD, nameless, "text", "y", NULL));
	TAKEN_AS(&r, "kim", PERSON_PARTICIPANT,
	    set_op("card", KIND_CARD, nameless, "group", named.s, NULL));
	TAKEN(&r, set_op("card", KIND_CARD, nameless, "text", "z", NULL)); /* who leads */
	room_fini(&r);
}

static bool
nameless(struct room *r, struct op op)
{
	bool is = op_is_anonymous(r->d, &op);

	op_fini(&op);
	return is;
}

/* What only its author can do to a card that nobody signed keeps no name and no time; what anybody
 * may do to what all see does. */
static void
what_tells_of_an_author_is_nameless(void **state)
{
	struct room r;
	struct id named, open, hidden, a, b, c, signed_card;
	struct card *card;
	struct op op;

	(void)state;
	furnish(&r);
	MUST_ADD(&r, KIND_COLUMN, "name", "named");
	named = r.last;
	MUST_ADD(&r, KIND_COLUMN, "name", "open", "anonymous", "yes");
	open = r.last;
	MUST_ADD(&r, KIND_COLUMN, "name", "hidden", "anonymous", "yes", "hidden", "yes");
	hidden = r.last;
	op = add_op(&r, "card", KIND_CARD, "column", named.s, "text", "x", NULL);
	op.arg = mem_dup("anonymous");
	a = r.last;
	assert_true(nameless(&r, op));
	op = add_op(&r, "card", KIND_CARD, "column", named.s, "text", "x", NULL);
	op.arg = mem_dup("anonymous");
	a = r.last;
	assert_true(room_as(&r, "moss", PERSON_PARTICIPANT, &op));
	card = (struct card *)debrief_find(r.d, KIND_CARD, a);
	assert_false(id_some(card->by));
	assert_non_null(card->owner);
	assert_true(
	    card->item.changed_ns == TIME_NONE); /* no stage began, no time is everybody's */
	TAKEN(&r, debrief_op(&r, "stage", "stage", "one"));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", open.s, "text", "x", NULL));
	b = r.last;
	assert_true(debrief_find(r.d, KIND_CARD, b)->changed_ns == r.d->stage_since_ns);
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", hidden.s, "text", "x", NULL));
	c = r.last;
	assert_true(debrief_find(r.d, KIND_CARD, c)->changed_ns == TIME_NONE);
	assert_true(nameless(&r, set_op("card", KIND_CARD, a, "text", "y", NULL)));
	assert_true(nameless(&r, remove_op("card", KIND_CARD, b)));
	assert_true(nameless(&r, set_op("card", KIND_CARD, c, "group", a.s, NULL)));
	assert_true(nameless(&r, set_op("card", KIND_CARD, c, "column", named.s, NULL)));
	assert_true(nameless(&r, set_op("card", KIND_CARD, a, "column", hidden.s, NULL)));
	assert_false(nameless(&r, set_op("card", KIND_CARD, b, "group", a.s, NULL)));
	assert_false(nameless(&r, set_op("card", KIND_CARD, b, "column", named.s, NULL)));
	MUST_SET(&r, KIND_COLUMN, hidden, "anonymous", "no");
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", hidden.s, "text", "x", NULL));
	signed_card = r.last;
	assert_false(nameless(&r, set_op("card", KIND_CARD, signed_card, "text", "y", NULL)));
	assert_false(nameless(&r, set_op("card", KIND_CARD, signed_card, "column", named.s, NULL)));
	assert_true(nameless(&r, set_op("card", KIND_CARD, signed_card, "column", open.s, NULL)));
	/* Grouped under one that stays hidden: that one is not named. */
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("card", KIND_CARD, c, "group", signed_card.s, NULL));
	TAKEN_AS(
	    &r, "moss", PERSON_PARTICIPANT, set_op("card", KIND_CARD, c, "column", open.s, NULL));
	assert_false(id_some(((struct card *)debrief_find(r.d, KIND_CARD, c))->group));
	/* Who moves another's card does not come to own it. */
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", named.s, "text", "x", NULL));
	TAKEN_AS(&r, "kim", PERSON_PARTICIPANT,
	    set_op("card", KIND_CARD, r.last, "column", open.s, NULL));
	assert_null(((struct card *)debrief_find(r.d, KIND_CARD, r.last))->owner);
	room_fini(&r);
}

static struct op
claim_op(struct room *r, struct id card, const char *name)
{
	const struct person *p = debrief_person(r->d, name);
	struct id id = p != NULL ? p->item.id : room_id(r);
	struct op op;

	op_init(&op, "card");
	op.arg = mem_dup("claim");
	if (p == NULL)
		change_put_text(op_add(&op, VERB_ADD, KIND_PERSON, id), "name", name);
	change_put_text(op_add(&op, VERB_SET, KIND_CARD, card), "by", id.s);
	return op;
}

static void
a_card_is_claimed_by_its_author(void **state)
{
	struct room r;
	struct id column, card;
	struct op op;
	const struct card *c;

	(void)state;
	furnish(&r);
	MUST_ADD(&r, KIND_COLUMN, "name", "Lucky", "hidden", "yes", "anonymous", "yes");
	column = r.last;
	TAKEN_AS(&r, "kim", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", column.s, "text", "x", NULL));
	card = r.last;
	assert_null(debrief_person(r.d, "kim"));
	TAKEN(&r, set_op("reveal", KIND_COLUMN, column, "hidden", "no", NULL));
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT, claim_op(&r, card, "moss"), "not written from");
	REFUSED(&r, claim_op(&r, card, "moss"), "not written from");
	REFUSED_AS(&r, "kim", PERSON_PARTICIPANT, claim_op(&r, card, "moss"), "for oneself");
	REFUSED_AS(&r, "kim", PERSON_PARTICIPANT,
	    set_op("card", KIND_CARD, card, "by", debrief_person(r.d, "moss")->item.id.s, NULL),
	    "filled in by itself");
	op = claim_op(&r, card, "kim");
	assert_false(op_is_anonymous(r.d, &op));
	assert_true(room_as(&r, "kim", PERSON_PARTICIPANT, &op));
	c = (const struct card *)debrief_find(r.d, KIND_CARD, card);
	assert_true(id_equal(c->by, debrief_person(r.d, "kim")->item.id));
	assert_non_null(c->owner);
	room_fini(&r);
}

/* Whoever presses it, whatever of the game day that one had seen. */
static void
anybody_stops_a_game_day(void **state)
{
	struct room r;
	struct id running, done;
	struct op op;

	(void)state;
	furnish(&r);
	MUST_ADD(&r, KIND_EXPERIMENT, "hypothesis", "it fails over");
	running = r.last;
	MUST_ADD(&r, KIND_EXPERIMENT, "hypothesis", "it alerts", "result", "refuted");
	done = r.last;
	op = add_op(&r, "abort", KIND_EVENT, "at", "2026-07-16T13:00:00Z", "text",
	    "stopped: real users", NULL);
	change_put_num(op_add(&op, VERB_SET, KIND_EXPERIMENT, done), "result", RESULT_ABORTED);
	assert_true(op_is_anonymous(r.d, &op));
	assert_true(room_as(&r, "ida", PERSON_OBSERVER, &op));
	assert_int_equal(((struct experiment *)debrief_find(r.d, KIND_EXPERIMENT, running))->result,
	    RESULT_ABORTED);
	assert_int_equal(((struct experiment *)debrief_find(r.d, KIND_EXPERIMENT, done))->result,
	    RESULT_REFUTED);
	assert_true(r.d->aborted_ns == r.now_ns);
	assert_null(debrief_person(r.d, "ida"));
	assert_int_equal(DEBRIEF_N(r.d, EVENT), 1);
	TAKEN(&r, debrief_op(&r, "abort", "aborted", "2001-01-01T00:00:00Z"));
	assert_true(r.d->aborted_ns == r.now_ns); /* by the host's clock */
	REFUSED_AS(&r, "ida", PERSON_OBSERVER,
	    set_op("abort", KIND_EXPERIMENT, running, "hypothesis", "x", NULL), "nothing else");
	REFUSED_AS(
	    &r, "ida", PERSON_OBSERVER, debrief_op(&r, "abort", "summary", "x"), "nothing else");
	assert_false(room_undo(&r, "ida", false));
	TAKEN(&r, debrief_op(&r, "stage", "aborted", "")); /* it goes on */
	assert_true(r.d->aborted_ns == TIME_NONE);
	room_fini(&r);
}

static struct experiment *
experiment_of(struct room *r, struct id id)
{
	return (struct experiment *)debrief_find(r->d, KIND_EXPERIMENT, id);
}

/* Where something runs the stop is for that alone; what begins after it ends the stop. */
static void
a_stop_is_for_what_runs(void **state)
{
	struct room r;
	struct id runs, planned;
	struct op op;

	(void)state;
	furnish(&r);
	assert_false(run_possible(r.d));
	MUST_ADD(&r, KIND_EXPERIMENT, "hypothesis", "it fails over");
	runs = r.last;
	MUST_ADD(&r, KIND_EXPERIMENT, "hypothesis", "it alerts");
	planned = r.last;
	assert_true(run_possible(r.d) && !run_any(r.d));
	TAKEN(&r, set_op("experiment", KIND_EXPERIMENT, runs, "started", "2026-07-16T13:00:00Z", NULL));
	assert_true(run_is_on(r.d, experiment_of(&r, runs)));
	op = set_op("abort", KIND_EXPERIMENT, planned, "result", "aborted", NULL);
	change_put_num(op_add(&op, VERB_SET, KIND_EXPERIMENT, runs), "result", RESULT_ABORTED);
	assert_true(room_as(&r, "ida", PERSON_OBSERVER, &op));
	assert_int_equal(experiment_of(&r, runs)->result, RESULT_ABORTED);
	assert_true(experiment_of(&r, runs)->stopped_ns == r.now_ns);
	assert_int_equal(experiment_of(&r, planned)->result, RESULT_NONE);
	assert_false(run_any(r.d));
	assert_ptr_equal(run_aborted(r.d), experiment_of(&r, runs));
	TAKEN(&r,
	    set_op("experiment", KIND_EXPERIMENT, planned, "started", "2026-07-16T13:05:00Z", NULL));
	assert_true(r.d->aborted_ns == TIME_NONE && run_any(r.d));
	op = debrief_op(&r, "abort", "aborted", "2026-07-16T13:06:00Z");
	TAKEN(&r, op);
	assert_int_equal(experiment_of(&r, planned)->result, RESULT_ABORTED);
	room_fini(&r);
}

/* A file keeps no clocks: what was begun and stopped is read from its timeline. */
static void
a_run_is_read_from_the_timeline(void **state)
{
	struct room r;
	struct experiment *x;
	struct run_times t;

	(void)state;
	furnish(&r);
	MUST_ADD(&r, KIND_EXPERIMENT, "hypothesis", "it fails over");
	x = experiment_of(&r, r.last);
	assert_true(run_times(r.d, x).began_ns == TIME_NONE);
	MUST_ADD(&r, KIND_EVENT, "at", "2026-07-16T13:00:00Z", "text", "Started", "source",
	    "experiment", "source_id", x->item.id.s);
	assert_true(run_is_on(r.d, x));
	MUST_ADD(&r, KIND_EVENT, "at", "2026-07-16T13:00:40Z", "text", "stopped: errors", "kind",
	    "decision");
	assert_true(run_is_on(r.d, x));
	x->result = RESULT_ABORTED;
	t = run_times(r.d, x);
	assert_true(t.ended_ns - t.began_ns == 40 * NS_PER_S);
	assert_false(run_is_on(r.d, x));
	x->result = RESULT_NONE;
	MUST_ADD(&r, KIND_EVENT, "at", "2026-07-16T13:01:00Z", "text", "Stopped", "source",
	    "experiment", "source_id", x->item.id.s);
	t = run_times(r.d, x);
	assert_true(t.ended_ns - t.began_ns == 60 * NS_PER_S);
	room_fini(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stop_is_for_what_runs),
		cmocka_unit_test(a_run_is_read_from_the_timeline),
		cmocka_unit_test(there_is_one_facilitator),
		cmocka_unit_test(the_muted_are_silent_but_not_shut_out),
		cmocka_unit_test(small_commands_do_one_thing),
		cmocka_unit_test(names_are_not_swapped),
		cmocka_unit_test(everybody_puts_up_the_own_hand),
		cmocka_unit_test(marks_are_of_their_stage),
		cmocka_unit_test(what_leads_the_room_is_of_those_who_lead),
		cmocka_unit_test(cards_are_of_who_can_prove_it),
		cmocka_unit_test(what_tells_of_an_author_is_nameless),
		cmocka_unit_test(a_card_is_claimed_by_its_author),
		cmocka_unit_test(anybody_stops_a_game_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
