/* Votes: budgets, what may be voted on, totals; and nobody's business whose they are. */
#include "model/op_internal.h"
#include "tests/model/room.h"

static struct op
vote_op(struct room *r, const char *command, struct id item)
{
	struct op op;
	struct value v = { 0 };

	op_init(&op, command);
	strs_add(&v.list, item.s);
	change_put(op_add(&op, VERB_SET, KIND_DEBRIEF, r->d->item.id), "ballots", v)->how =
	    strcmp(command, "vote") == 0 ? HOW_PLUS : HOW_MINUS;
	return op;
}

static struct op
votes_op(struct room *r, const char *each, const char *single, const char *on)
{
	return set_op("votes", KIND_DEBRIEF, r->d->item.id, "votes_each", each, "votes_single",
	    single, "votes_on", on, NULL);
}

static struct op
close_op(struct room *r)
{
	return set_op("votes", KIND_DEBRIEF, r->d->item.id, "votes_each", "0", NULL);
}

/* A cause, a card and an event. */
struct things {
	struct id cause, card, event;
};

static struct things
furnish(struct room *r)
{
	struct things t;
	struct id in;

	room_init(r, 11);
	MUST_ADD(r, KIND_PERSON, "name", "lena", "role", "facilitator");
	MUST_ADD(r, KIND_CATEGORY, "name", "Technical");
	in = r->last;
	MUST_ADD(r, KIND_CAUSE, "category", in.s, "text", "no limit");
	t.cause = r->last;
	MUST_ADD(r, KIND_COLUMN, "name", "Ideas");
	in = r->last;
	MUST_ADD(r, KIND_CARD, "column", in.s, "text", "a limit");
	t.card = r->last;
	MUST_ADD(r, KIND_EVENT, "at", "2026-07-14T14:09:05Z", "text", "page");
	t.event = r->last;
	return t;
}

static int64_t
votes_of(const struct room *r, const struct things *t, bool card)
{
	return card ? ((struct card *)debrief_find(r->d, KIND_CARD, t->card))->votes
		    : ((struct cause *)debrief_find(r->d, KIND_CAUSE, t->cause))->votes;
}

static void
a_budget_is_a_budget(void **state)
{
	struct room r;
	struct things t = furnish(&r);

	(void)state;
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT, vote_op(&r, "vote", t.card), "no vote is open");
	REFUSED_AS(
	    &r, "moss", PERSON_PARTICIPANT, votes_op(&r, "3", "no", ""), "only the facilitator");
	TAKEN(&r, votes_op(&r, "3", "no", ""));
	REFUSED(&r, votes_op(&r, "5", "no", ""), "a vote is open already");
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, vote_op(&r, "vote", t.card));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, vote_op(&r, "vote", t.card));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, vote_op(&r, "vote", t.cause));
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT, vote_op(&r, "vote", t.cause),
	    "all 3 of your votes are given: nothing was changed: unvote ID takes one back");
	TAKEN_AS(&r, "kim", PERSON_PARTICIPANT, vote_op(&r, "vote", t.cause)); /* has own ones */
	assert_int_equal(r.d->ballots.n, 4);
	assert_int_equal(votes_of(&r, &t, true), 0);
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, vote_op(&r, "unvote", t.card));
	REFUSED_AS(&r, "kim", PERSON_PARTICIPANT, vote_op(&r, "unvote", t.card),
	    "none of your votes is on it");
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, vote_op(&r, "vote", t.cause));
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT, vote_op(&r, "vote", t.cause), "all 3");
	TAKEN(&r, close_op(&r));
	assert_int_equal(votes_of(&r, &t, true), 1);
	assert_int_equal(votes_of(&r, &t, false), 3);
	assert_int_equal(r.d->ballots.n, 0);
	assert_int_equal(r.d->votes_each, 0);
	REFUSED(&r, close_op(&r), "no vote is open");
	/* A run-off adds to what there is. */
	TAKEN(&r, votes_op(&r, "1", "no", t.card.s));
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT, vote_op(&r, "vote", t.cause), "other things");
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, vote_op(&r, "vote", t.card));
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT, vote_op(&r, "vote", t.card), "all 1 of your");
	TAKEN(&r, close_op(&r));
	assert_int_equal(votes_of(&r, &t, true), 2);
	assert_int_equal(r.d->votes_on.n, 0);
	room_fini(&r);
}

static void
votes_are_on_what_takes_them(void **state)
{
	struct room r;
	struct things t = furnish(&r);
	struct actor nobody = { .name = "ida", .role = PERSON_PARTICIPANT };
	struct op op;

	(void)state;
	REFUSED(&r, votes_op(&r, "1", "no", r.d->of[KIND_PERSON].v[0]->id.s), "take no votes");
	REFUSED(&r, votes_op(&r, "1", "no", "0000000000zz"), "nothing 0000000000zz");
	op = votes_op(&r, "1", "no", "");
	change_put_text(op_add(&op, VERB_SET, KIND_CARD, t.card), "text", "x");
	assert_false(room_as(&r, "lena", PERSON_FACILITATOR, &op));
	op = vote_op(&r, "votes", t.card); /* nobody votes by opening */
	op.v[0].set[0].how = HOW_PLUS;
	assert_false(room_as(&r, "lena", PERSON_FACILITATOR, &op));
	TAKEN(&r, votes_op(&r, "2", "yes", ""));
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT,
	    vote_op(&r, "vote", r.d->of[KIND_PERSON].v[0]->id), "take no votes");
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT, vote_op(&r, "vote", id_make(77)), "nothing ");
	assert_int_equal(r.e.kind, ERR_MISSING);
	REFUSED_AS(&r, "ida", PERSON_OBSERVER, vote_op(&r, "vote", t.card), "observer");
	op = vote_op(&r, "vote", t.card);
	assert_false(room_take(&r, &nobody, &op)); /* without ballots */
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, vote_op(&r, "vote", t.card));
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT, vote_op(&r, "vote", t.card), "one on each");
	/* Nobody writes the ballots otherwise. */
	op = vote_op(&r, "vote", t.card);
	op.v[0].set[0].how = HOW_SET;
	assert_false(room_as(&r, "moss", PERSON_PARTICIPANT, &op));
	op = vote_op(&r, "set", t.card);
	op.v[0].set[0].how = HOW_PLUS;
	assert_false(room_as(&r, "lena", PERSON_FACILITATOR, &op));
	op = vote_op(&r, "vote", t.card);
	strs_add(&op.v[0].set[0].value.list, t.cause.s);
	assert_false(room_as(&r, "moss", PERSON_PARTICIPANT, &op));
	assert_int_equal(r.d->ballots.n, 1);
	REFUSED(&r, set_op("close", KIND_DEBRIEF, r.d->item.id, "status", "closed", NULL),
	    "votes close");
	assert_false(room_undo(&r, "moss", false));
	TAKEN(&r, close_op(&r));
	assert_false(r.d->votes_single);
	room_fini(&r);
}

/* Whoever is not asked does not learn of a card by voting on it. */
static void
hidden_cards_are_voted_on_by_nobody(void **state)
{
	struct room r;
	struct things t = furnish(&r);
	struct id column, card;

	(void)state;
	MUST_ADD(&r, KIND_COLUMN, "name", "Lucky", "hidden", "yes");
	column = r.last;
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", column.s, "text", "secret", NULL));
	card = r.last;
	REFUSED(&r, votes_op(&r, "1", "no", card.s), "that all can see");
	TAKEN(&r, votes_op(&r, "1", "no", ""));
	REFUSED_AS(&r, "kim", PERSON_PARTICIPANT, vote_op(&r, "vote", card), "nothing ");
	assert_int_equal(r.e.kind, ERR_MISSING);
	/* Nor by its author: a tie, and its votes after the reveal, would name it. */
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT, vote_op(&r, "vote", card), "nothing ");
	TAKEN_AS(&r, "kim", PERSON_PARTICIPANT, vote_op(&r, "vote", t.card));
	room_fini(&r);
}

static void
a_vote_names_nobody(void **state)
{
	struct room r;
	struct things t = furnish(&r);
	struct strs slots = room_slots("moss"), others = room_slots("kim");
	struct actor moss = { .name = "moss", .role = PERSON_PARTICIPANT, .slots = &slots };
	struct viewer me = { .name = "moss", .slots = &slots },
		      kim = { .name = "kim", .slots = &others };
	struct host_gift gift = { 5, 6 };
	struct op op, seen;
	struct debrief *copy;
	struct id slot, item;

	(void)state;
	TAKEN(&r, votes_op(&r, "2", "no", ""));
	op = vote_op(&r, "vote", t.card);
	assert_true(op_is_anonymous(r.d, &op));
	assert_true(debrief_check(r.d, &moss, &op, &r.e));
	debrief_complete(r.d, &moss, &op, &gift);
	assert_int_equal(op.n, 1); /* nor is a person added */
	assert_int_equal(op.v[0].n_set, 1);
	assert_true(op.at_ns == TIME_NONE);
	assert_true(ballot_read(op.v[0].set[0].value.list.v[0], &slot, &item));
	assert_string_equal(slot.s, slots.v[0]);
	assert_true(id_equal(item, t.card));
	visible_op(r.d, &kim, &op, &seen);
	assert_int_equal(seen.n, 0);
	op_fini(&seen);
	visible_op(r.d, &me, &op, &seen);
	assert_int_equal(seen.n, 1);
	op_fini(&seen);
	debrief_apply(r.d, &op);
	op_fini(&op);
	TAKEN_AS(&r, "kim", PERSON_PARTICIPANT, vote_op(&r, "vote", t.card));
	copy = visible_copy(r.d, &me);
	assert_int_equal(copy->ballots.n, 1);
	assert_non_null(strstr(copy->ballots.v[0], slots.v[0]));
	debrief_free(copy);
	strs_fini(&slots);
	strs_fini(&others);
	room_fini(&r);
}

static void
what_goes_gives_its_votes_back(void **state)
{
	struct room r;
	struct things t = furnish(&r);
	char *both = mem_fmt("%s,%s", t.card.s, t.cause.s);

	(void)state;
	TAKEN(&r, votes_op(&r, "1", "no", both));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, vote_op(&r, "vote", t.card));
	TAKEN_AS(&r, "kim", PERSON_PARTICIPANT, vote_op(&r, "vote", t.cause));
	TAKEN(&r, remove_op("card", KIND_CARD, t.card));
	assert_int_equal(r.d->ballots.n, 1);
	assert_int_equal(r.d->votes_on.n, 1);
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, vote_op(&r, "vote", t.cause));
	/* The last of them stays named: nothing would mean anything. */
	TAKEN(&r, remove_op("cause", KIND_CAUSE, t.cause));
	assert_int_equal(r.d->votes_on.n, 1);
	assert_int_equal(r.d->ballots.n, 0);
	TAKEN(&r, close_op(&r));
	free(both);
	room_fini(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_budget_is_a_budget),
		cmocka_unit_test(votes_are_on_what_takes_them),
		cmocka_unit_test(hidden_cards_are_voted_on_by_nobody),
		cmocka_unit_test(a_vote_names_nobody),
		cmocka_unit_test(what_goes_gives_its_votes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
