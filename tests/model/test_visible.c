/* Visibility: what is hidden, what comes into sight, and how. */
#include "model/merge.h"
#include "tests/model/room.h"

static bool
op_says(const struct op *op, const char *part)
{
	for (size_t i = 0; i < op->n; i++)
		for (size_t j = 0; j < op->v[i].n_set; j++)
			if (op->v[i].set[j].value.text != NULL &&
			    strstr(op->v[i].set[j].value.text, part) != NULL)
				return true;
	return false;
}

static struct viewer
eyes(char *name)
{
	return (struct viewer){
		.name = name, .role = PERSON_PARTICIPANT, .owns = room_owns, .ctx = name
	};
}

/* An op of somebody who has a secret, checked and completed, but not applied yet. */
static struct op
done_by(struct room *r, char *name, struct op op)
{
	struct actor who = room_actor(name, PERSON_PARTICIPANT, NULL);
	struct host_gift gift = { r->now_ns += NS_PER_S, dice_next(&r->dice) };

	op.by = mem_dup(name);
	if (!debrief_check(r->d, &who, &op, &r->e))
		fail_msg("%s", r->e.text);
	if (op_is_anonymous(r->d, &op)) {
		free(op.by);
		op.by = NULL;
	}
	debrief_complete(r->d, &who, &op, &gift);
	return op;
}

static size_t
n_sent(const struct debrief *d, const struct viewer *who, const struct op *op, const char *part)
{
	struct op seen;
	size_t n;

	visible_op(d, who, op, &seen);
	n = seen.n;
	if (part != NULL)
		assert_true(op_says(&seen, part));
	else
		assert_false(op_says(&seen, "secret"));
	assert_false(op_says(&seen, "own-"));
	op_fini(&seen);
	return n;
}

static void
not_a_word_before_the_reveal(void **state)
{
	struct room r;
	char name[] = "moss";
	struct viewer moss = eyes(name), lena = { .name = "lena", .role = PERSON_FACILITATOR };
	struct viewer impostor = { .name = "moss", .role = PERSON_PARTICIPANT };
	struct viewer file = { .file = true };
	struct debrief *copy;
	struct id column, card;
	struct op op;

	(void)state;
	room_init(&r, 1);
	MUST_ADD(&r, KIND_COLUMN, "name", "Lucky", "hidden", "yes");
	column = r.last;
	op = done_by(
	    &r, name, add_op(&r, "card", KIND_CARD, "column", column.s, "text", "secret", NULL));
	card = r.last;
	assert_int_equal(n_sent(r.d, &lena, &op, NULL), 0);	/* nor that moss is a person here */
	assert_int_equal(n_sent(r.d, &impostor, &op, NULL), 1); /* that, a name proves */
	assert_int_equal(n_sent(r.d, &moss, &op, "secret"), 2);
	debrief_apply(r.d, &op);
	op_fini(&op);
	assert_int_equal(visible_hidden(r.d), 1);
	/* What its author cannot see cannot be named, or changed: it is like nothing at all. */
	REFUSED(&r, add_op(&r, "question", KIND_QUESTION, "text", "x", "about", card.s, NULL),
	    "no item");
	assert_int_equal(r.e.kind, ERR_MISSING);
	REFUSED(&r, set_op("focus", KIND_DEBRIEF, r.d->item.id, "focus", card.s, NULL), "no item");
	REFUSED(&r, set_op("card", KIND_CARD, card, "text", "x", NULL), "no card");
	REFUSED(&r, set_op("card", KIND_CARD, card, "group", card.s, NULL), "no card");
	REFUSED(&r, remove_op("card", KIND_CARD, card), "no card");
	/* And what others see does not name it either, whoever says so. */
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "question", KIND_QUESTION, "text", "x", "about", card.s, NULL),
	    "hidden still");
	copy = visible_copy(r.d, &file);
	assert_int_equal(DEBRIEF_N(copy, CARD), 0);
	assert_int_equal(DEBRIEF_N(copy, PERSON), 1); /* lena */
	room_whole(copy);
	debrief_free(copy);
	TAKEN(&r, set_op("reveal", KIND_COLUMN, column, "hidden", "no", NULL));
	assert_int_equal(visible_hidden(r.d), 0);
	copy = visible_copy(r.d, &file);
	assert_int_equal(DEBRIEF_N(copy, CARD), 1);
	assert_non_null(debrief_person(copy, "moss"));
	assert_null(DEBRIEF_AT(copy, CARD, card, 0)->owner);
	assert_non_null(DEBRIEF_AT(r.d, CARD, card, 0)->owner);
	debrief_free(copy);
	room_fini(&r);
}

enum { N_CARDS = 12 };

static size_t
written_at(const struct id *cards, struct id id)
{
	size_t i = 0;

	while (!id_equal(cards[i], id))
		i++;
	return i;
}

/* Not the order of writing, not the times: neither in what is sent nor in what there is. */
static void
a_reveal_tells_nothing_but_the_words(void **state)
{
	size_t in_place = 0, rounds = 20;

	(void)state;
	for (uint64_t seed = 1; seed <= rounds; seed++) {
		struct room r;
		struct id column, cards[N_CARDS];
		char *keys[N_CARDS];
		struct viewer nobody = { 0 };
		struct actor lena = { .name = "lena", .role = PERSON_FACILITATOR };
		struct host_gift gift;
		struct op op, seen;
		size_t n = 0;

		room_init(&r, seed);
		MUST_ADD(&r, KIND_COLUMN, "name", "Lucky", "hidden", "yes");
		column = r.last;
		for (size_t i = 0; i < N_CARDS; i++) {
			TAKEN_AS(&r, i % 2 ? "moss" : "kim", PERSON_PARTICIPANT,
			    add_op(&r, "card", KIND_CARD, "column", column.s, "text", "x", NULL));
			cards[i] = r.last;
			keys[i] = mem_dup(debrief_find(r.d, KIND_CARD, cards[i])->order);
		}
		gift = (struct host_gift){ r.now_ns + 1000 * NS_PER_S, dice_next(&r.dice) };
		op = set_op("reveal", KIND_COLUMN, column, "hidden", "no", NULL);
		op.by = mem_dup("lena");
		assert_true(debrief_check(r.d, &lena, &op, &r.e));
		debrief_complete(r.d, &lena, &op, &gift);
		visible_op(r.d, &nobody, &op, &seen);
		debrief_apply(r.d, &op);
		for (size_t i = 0; i < N_CARDS; i++) {
			assert_false(op_says(&seen, keys[i]));
			free(keys[i]);
		}
		for (size_t i = 0; i < seen.n; i++) {
			const struct change *c = &seen.v[i];
			if (c->kind != KIND_CARD)
				continue;
			/* As they stand, and so they are sent. */
			assert_int_equal(c->verb, VERB_ADD);
			assert_true(id_equal(c->id, r.d->of[KIND_CARD].v[n]->id));
			assert_true(r.d->of[KIND_CARD].v[n]->changed_ns == gift.now_ns);
			in_place += written_at(cards, c->id) == n;
			n++;
		}
		assert_int_equal(n, N_CARDS);
		for (size_t i = 0; i < DEBRIEF_N(r.d, PERSON); i++) /* moss and kim are new */
			assert_true(strcmp(DEBRIEF_AT(r.d, PERSON, person, i)->name, "lena") == 0 ||
				    r.d->of[KIND_PERSON].v[i]->changed_ns == gift.now_ns);
		op_fini(&op);
		op_fini(&seen);
		room_fini(&r);
	}
	assert_true(in_place < rounds * 3); /* one a round is chance */
}

/* The key of a card that all see does not count those that they do not. */
static void
keys_tell_nothing_of_hidden_cards(void **state)
{
	char *key[2];

	(void)state;
	for (int hidden = 0; hidden < 2; hidden++) {
		struct room r;
		struct id a, b, first, second;
		room_init(&r, 7);
		MUST_ADD(&r, KIND_COLUMN, "name", "a", "hidden", "yes");
		a = r.last;
		MUST_ADD(&r, KIND_COLUMN, "name", "b");
		b = r.last;
		MUST_ADD(&r, KIND_CARD, "column", b.s, "text", "x");
		first = r.last;
		for (int i = 0; hidden && i < 5; i++)
			MUST_ADD(&r, KIND_CARD, "column", a.s, "text", "secret");
		r.dice.state = 99;
		MUST_ADD(&r, KIND_CARD, "column", b.s, "text", "y");
		second = r.last;
		for (size_t i = 0; i < DEBRIEF_N(r.d, CARD); i++)
			if (id_equal(DEBRIEF_AT(r.d, CARD, card, i)->column, a))
				TAKEN(&r, move_op(KIND_CARD, r.d->of[KIND_CARD].v[i]->id, second));
		r.dice.state = 98;
		TAKEN(&r, move_op(KIND_CARD, first, (struct id){ 0 }));
		MUST_ADD(&r, KIND_CARD, "column", b.s, "text", "z");
		TAKEN(&r, move_op(KIND_CARD, r.last, second));
		key[hidden] = mem_fmt("%s %s", debrief_find(r.d, KIND_CARD, first)->order,
		    debrief_find(r.d, KIND_CARD, r.last)->order);
		room_fini(&r);
	}
	assert_string_equal(key[0], key[1]);
	free(key[0]);
	free(key[1]);
}

static struct op
secret_op(struct room *r, struct id column)
{
	return add_op(r, "card", KIND_CARD, "column", column.s, "text", "secret", NULL);
}

/* Who writes sees the keys of the own cards: they do not count the others'. */
static void
own_keys_tell_nothing_of_others(void **state)
{
	char *key[2];

	(void)state;
	for (int others = 0; others < 2; others++) {
		struct room r;
		struct id column, first, last;
		room_init(&r, 7);
		MUST_ADD(&r, KIND_COLUMN, "name", "a", "hidden", "yes");
		column = r.last;
		TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, secret_op(&r, column));
		first = r.last;
		for (int i = 0; others && i < 40; i++)
			TAKEN_AS(&r, "kim", PERSON_PARTICIPANT, secret_op(&r, column));
		r.dice.state = 99;
		TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, secret_op(&r, column));
		last = r.last;
		TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, secret_op(&r, column));
		TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, move_op(KIND_CARD, last, first));
		key[others] = mem_fmt("%s %s %s", debrief_find(r.d, KIND_CARD, first)->order,
		    debrief_find(r.d, KIND_CARD, last)->order,
		    debrief_find(r.d, KIND_CARD, r.last)->order);
		room_fini(&r);
	}
	assert_string_equal(key[0] + 6, key[1] + 6);
	free(key[0]);
	free(key[1]);
}

/* The order of the cards after a reveal that has these seeds, by their places before it. */
static char *
revealed(uint64_t random, uint64_t shuffle)
{
	struct actor lead = { .name = "fern", .role = PERSON_FACILITATOR };
	struct host_gift gift = { 5 * NS_PER_S, random, shuffle };
	struct id ids[8];
	struct room r;
	struct op op;
	struct buf b = { 0 };
	struct id column;

	room_init(&r, 7);
	MUST_ADD(&r, KIND_COLUMN, "name", "a", "hidden", "yes");
	column = r.last;
	for (int i = 0; i < 8; i++) {
		TAKEN(&r, secret_op(&r, column));
		ids[i] = r.last;
	}
	op = set_op("reveal", KIND_COLUMN, column, "hidden", "no", NULL);
	op.by = mem_dup("fern");
	assert_true(debrief_check(r.d, &lead, &op, &r.e));
	debrief_complete(r.d, &lead, &op, &gift);
	debrief_apply(r.d, &op);
	op_fini(&op);
	for (size_t i = 0; i < 8; i++)
		for (int k = 0; k < 8; k++)
			if (id_equal(DEBRIEF_AT(r.d, CARD, card, i)->item.id, ids[k]))
				buf_addf(&b, "%d", k);
	room_fini(&r);
	return buf_take(&b);
}

/* Ids and keys of the reveal are seen by all, and the seed of them can be told from a few: the
 * order is not made of it. */
static void
a_shuffle_is_made_of_nothing_that_is_seen(void **state)
{
	char *one = revealed(1, 1), *same = revealed(2, 1), *other = revealed(1, 2);

	(void)state;
	assert_int_equal(strlen(one), 8);
	assert_string_equal(one, same);
	assert_string_not_equal(one, other);
	free(one);
	free(same);
	free(other);
}

/* Taking a column away is no way to see whether somebody has written in it. */
static void
a_hidden_column_stays(void **state)
{
	struct room r;
	struct id column;

	(void)state;
	for (int n = 0; n < 2; n++) {
		room_init(&r, 7);
		MUST_ADD(&r, KIND_COLUMN, "name", "a", "hidden", "yes");
		column = r.last;
		for (int i = 0; i < n; i++)
			TAKEN(&r, secret_op(&r, column));
		REFUSED_AS(&r, "moss", PERSON_PARTICIPANT,
		    remove_op("column", KIND_COLUMN, column), "the column is hidden: nothing");
		room_fini(&r);
	}
}

/* One who writes hidden cards alone is nobody to the others, until there is something to see. */
static void
people_come_with_what_they_show(void **state)
{
	struct room r;
	char name[] = "moss";
	struct viewer lena = { .name = "lena" }, moss = eyes(name);
	struct debrief *copy;
	struct id column, card;

	(void)state;
	room_init(&r, 3);
	MUST_ADD(&r, KIND_COLUMN, "name", "Lucky", "hidden", "yes");
	column = r.last;
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", column.s, "text", "secret", NULL));
	card = r.last;
	assert_true(debrief_person(r.d, "moss")->unseen);
	copy = visible_copy(r.d, &lena);
	assert_null(debrief_person(copy, "moss"));
	debrief_free(copy);
	copy = visible_copy(r.d, &moss);
	assert_false(debrief_person(copy, "moss")->unseen); /* nor is it told that he is not */
	assert_int_equal(DEBRIEF_N(copy, CARD), 1);
	debrief_free(copy);
	/* Nobody can tell that he is there by adding him; then he is the one who is added. */
	TAKEN(&r, add_op(&r, "person", KIND_PERSON, "name", "moss", "shown_as", "on-call", NULL));
	assert_int_equal(DEBRIEF_N(r.d, PERSON), 2);
	assert_string_equal(debrief_person(r.d, "moss")->shown_as, "on-call");
	assert_true(id_equal(((struct card *)debrief_find(r.d, KIND_CARD, card))->by, r.last));
	/* Another comes into sight by what he says aloud. */
	TAKEN_AS(&r, "kim", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", column.s, "text", "secret", NULL));
	assert_true(debrief_person(r.d, "kim")->unseen);
	TAKEN_AS(&r, "kim", PERSON_PARTICIPANT,
	    add_op(&r, "question", KIND_QUESTION, "text", "why?", NULL));
	assert_false(debrief_person(r.d, "kim")->unseen);
	room_fini(&r);
}

/* A line after the other out of one's own: it comes as if it were written now. */
static void
cards_are_released_one_by_one(void **state)
{
	struct room r;
	struct id hidden, open, card, other;
	char *key;

	(void)state;
	room_init(&r, 4);
	MUST_ADD(&r, KIND_COLUMN, "name", "mine", "hidden", "yes");
	hidden = r.last;
	MUST_ADD(&r, KIND_COLUMN, "name", "ours");
	open = r.last;
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", hidden.s, "text", "secret", NULL));
	card = r.last;
	key = mem_dup(debrief_find(r.d, KIND_CARD, card)->order);
	MUST_ADD(&r, KIND_CARD, "column", open.s, "text", "of lena");
	other = r.last;
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("card", KIND_CARD, other, "column", hidden.s, NULL), "somebody else's");
	REFUSED(&r, set_op("card", KIND_CARD, card, "column", open.s, NULL), "no card");
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("card", KIND_CARD, card, "column", open.s, NULL));
	assert_string_not_equal(key, debrief_find(r.d, KIND_CARD, card)->order);
	assert_true(debrief_find(r.d, KIND_CARD, card)->changed_ns == r.now_ns);
	/* Others name it now; back out of sight nothing does. */
	TAKEN(&r, add_op(&r, "question", KIND_QUESTION, "text", "x", "about", card.s, NULL));
	TAKEN(&r, set_op("card", KIND_CARD, other, "group", card.s, NULL));
	TAKEN(&r, set_op("focus", KIND_DEBRIEF, r.d->item.id, "focus", card.s, NULL));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("card", KIND_CARD, card, "column", hidden.s, NULL));
	assert_false(id_some(DEBRIEF_AT(r.d, QUESTION, question, 0)->about));
	assert_false(id_some(((struct card *)debrief_find(r.d, KIND_CARD, other))->group));
	assert_false(id_some(r.d->focus));
	free(key);
	room_fini(&r);
}

static void
hushed_while_something_is_secret(void **state)
{
	struct room r;
	struct id column;

	(void)state;
	room_init(&r, 5);
	assert_false(visible_hushed(r.d));
	MUST_ADD(&r, KIND_COLUMN, "name", "a", "hidden", "yes");
	column = r.last;
	assert_true(visible_hushed(r.d));
	TAKEN(&r, set_op("reveal", KIND_COLUMN, column, "hidden", "no", NULL));
	assert_false(visible_hushed(r.d));
	TAKEN(&r, set_op("votes", KIND_DEBRIEF, r.d->item.id, "votes_each", "3", NULL));
	assert_true(visible_hushed(r.d));
	TAKEN(&r, set_op("votes", KIND_DEBRIEF, r.d->item.id, "votes_each", "0", NULL));
	assert_false(visible_hushed(r.d));
	MUST_SET(&r, KIND_COLUMN, column, "anonymous", "yes");
	assert_true(visible_hushed(r.d));
	room_fini(&r);
}

/* What git or a hand brings in leaves what is hidden alone; and where it shows a column, it is a
 * reveal like any other. */
static void
merges_leave_secrets_alone(void **state)
{
	struct room r;
	struct viewer file = { .file = true };
	struct actor git = { .name = "git", .host = true };
	struct debrief *base, *theirs, *merged;
	struct id column, card;
	struct op op;

	(void)state;
	room_init(&r, 8);
	MUST_ADD(&r, KIND_COLUMN, "name", "Lucky", "hidden", "yes");
	column = r.last;
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", column.s, "text", "secret", NULL));
	card = r.last;
	base = visible_copy(r.d, &file);
	for (int shows = 0; shows < 2; shows++) {
		struct host_gift gift = { r.now_ns += 100 * NS_PER_S, 5 };
		theirs = debrief_copy(base);
		if (shows)
			((struct column *)debrief_find(theirs, KIND_COLUMN, column))->hidden =
			    false;
		else
			theirs->summary = mem_dup("by hand");
		merged = debrief_merge(base, r.d, theirs, NULL, &r.e);
		assert_non_null(merged);
		debrief_difference(r.d, merged, &op);
		free(op.command);
		op.command = mem_dup("git");
		op.by = mem_dup("git");
		assert_true(debrief_check(r.d, &git, &op, &r.e));
		debrief_complete(r.d, &git, &op, &gift);
		assert_int_equal(op.n, shows ? 3 : 1); /* the column, moss, the card */
		debrief_apply(r.d, &op);
		assert_int_equal(
		    debrief_find(r.d, KIND_CARD, card)->changed_ns == gift.now_ns, shows);
		assert_int_equal(debrief_person(r.d, "moss")->unseen, !shows);
		assert_non_null(((struct card *)debrief_find(r.d, KIND_CARD, card))->owner);
		op_fini(&op);
		debrief_free(theirs);
		debrief_free(merged);
	}
	debrief_free(base);
	room_fini(&r);
}

/* Without a hidden column everybody gets the op as it is. */
static void
all_is_sent_where_nothing_is_hidden(void **state)
{
	struct room r;
	struct viewer nobody = { 0 };

	(void)state;
	room_init(&r, 5);
	for (int i = 0; i < 300; i++) {
		struct op op = dice_op(&r.dice, r.d), seen;
		bool hides = false;
		for (size_t j = 0; j < op.n; j++)
			for (size_t k = 0; k < op.v[j].n_set; k++)
				hides |= strcmp(op.v[j].set[k].field->name, "hidden") == 0 ||
					 strcmp(op.v[j].set[k].field->name, "answers") == 0;
		for (size_t j = 0; j < op.n; j++) /* one that says nothing is sent to nobody */
			hides |= op.v[j].verb == VERB_SET && op.v[j].n_set == 0;
		if (!hides) {
			visible_op(r.d, &nobody, &op, &seen);
			assert_int_equal(seen.n, op.n);
			op_fini(&seen);
			room_as(&r, "lena", PERSON_FACILITATOR, &op);
		} else {
			op_fini(&op);
		}
		r.d->status = STATUS_OPEN;
	}
	room_fini(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(not_a_word_before_the_reveal),
		cmocka_unit_test(a_reveal_tells_nothing_but_the_words),
		cmocka_unit_test(keys_tell_nothing_of_hidden_cards),
		cmocka_unit_test(own_keys_tell_nothing_of_others),
		cmocka_unit_test(a_shuffle_is_made_of_nothing_that_is_seen),
		cmocka_unit_test(a_hidden_column_stays),
		cmocka_unit_test(people_come_with_what_they_show),
		cmocka_unit_test(cards_are_released_one_by_one),
		cmocka_unit_test(merges_leave_secrets_alone),
		cmocka_unit_test(hushed_while_something_is_secret),
		cmocka_unit_test(all_is_sent_where_nothing_is_hidden),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
