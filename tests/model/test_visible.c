/* Visibility: whoever applies what he is sent has what he may see, and never more. */
#include "tests/model/room.h"

static const char *const words[] = { "lena", "moss", NULL };

/* Every hidden text holds the name of who wrote it. */
static struct op
random_card_op(struct room *r, const char *name)
{
	struct id card = dice_item(&r->dice, r->d, KIND_CARD),
		  column = dice_item(&r->dice, r->d, KIND_COLUMN);
	char *text = mem_fmt("secret of %s", name);
	struct op op;

	switch (dice_below(&r->dice, 7)) {
	case 0:
		op = set_op("reveal", KIND_COLUMN, column, "hidden", "no", NULL);
		break;
	case 1:
		op = set_op("column", KIND_COLUMN, column, "hidden", "yes", NULL);
		break;
	case 2:
		op = id_some(card) ? set_op("card", KIND_CARD, card, "column", column.s, NULL)
				   : plain_op("card");
		break;
	case 3:
		op = id_some(card) ? set_op("card", KIND_CARD, card, "text", text, NULL)
				   : plain_op("card");
		break;
	case 4:
		op = id_some(card) ? remove_op("card", KIND_CARD, card) : plain_op("card");
		break;
	default:
		op = add_op(r, "card", KIND_CARD, "column", column.s, "text", text, NULL);
	}
	free(text);
	return op;
}

struct watcher {
	struct viewer who;
	struct debrief *before,
	    *after; /* replicas fed with ops cut before and after they were applied */
};

static void
feed(
    struct debrief *replica, const struct viewer *who, const struct debrief *d, const struct op *op)
{
	struct op seen;

	visible_op(d, who, op, &seen);
	assert_string_equal(seen.command, op->command);
	for (size_t i = 0; i < seen.n; i++) {
		const struct schema *s = schema_of(seen.v[i].kind);
		assert_true(s->n_fields > 0);
	}
	debrief_apply(replica, &seen);
	op_fini(&seen);
}

static void
who_applies_what_is_sent_has_what_is_visible(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 15; seed++) {
		struct room r;
		struct watcher w[] = { { { "lena", PERSON_FACILITATOR, false }, NULL, NULL },
			{ { "moss", PERSON_PARTICIPANT, false }, NULL, NULL },
			{ { "kim", PERSON_OBSERVER, false }, NULL, NULL },
			{ { NULL, PERSON_NONE, false }, NULL, NULL } };
		enum { N = sizeof w / sizeof *w };

		room_init(&r, seed);
		MUST_ADD(&r, KIND_COLUMN, "name", "a", "hidden", "yes");
		MUST_ADD(&r, KIND_COLUMN, "name", "b");
		MUST_ADD(&r, KIND_COLUMN, "name", "c", "hidden", "yes", "anonymous", "yes");
		for (size_t i = 0; i < N; i++) {
			w[i].before = visible_copy(r.d, &w[i].who);
			w[i].after = visible_copy(r.d, &w[i].who);
		}
		for (int i = 0; i < 200; i++) {
			const char *name = words[dice_below(&r.dice, 2)];
			struct actor who = { name,
				*name == 'l' ? PERSON_FACILITATOR : PERSON_PARTICIPANT, false };
			struct host_gift gift = { r.now_ns += NS_PER_S, dice_next(&r.dice) };
			struct op op = random_card_op(&r, name);
			op.by = mem_dup(name);
			if (debrief_check(r.d, &who, &op, &r.e)) {
				debrief_complete(r.d, &who, &op, &gift);
				for (size_t j = 0; j < N; j++)
					feed(w[j].before, &w[j].who, r.d, &op);
				debrief_apply(r.d, &op);
				for (size_t j = 0; j < N; j++)
					feed(w[j].after, &w[j].who, r.d, &op);
			}
			for (size_t j = 0; j < N; j++) {
				struct debrief *may = visible_copy(r.d, &w[j].who);
				if (!debrief_equal(may, w[j].before))
					fail_msg("seed %d, op %d: %s's replica differs", (int)seed,
					    i, w[j].who.name ? w[j].who.name : "nobody");
				assert_true(debrief_equal(may, w[j].after));
				debrief_free(may);
			}
			op_fini(&op);
		}
		for (size_t j = 0; j < N; j++) {
			debrief_free(w[j].before);
			debrief_free(w[j].after);
		}
		room_fini(&r);
	}
}

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

static void
not_a_word_before_the_reveal(void **state)
{
	struct room r;
	struct viewer moss = { "moss", PERSON_PARTICIPANT, false },
		      lena = { "lena", PERSON_FACILITATOR, false };
	struct viewer file = { NULL, PERSON_NONE, true };
	struct actor who = { "moss", PERSON_PARTICIPANT, false };
	struct host_gift gift = { 0, 1 };
	struct debrief *copy;
	struct id column, card;
	struct op op, seen;

	(void)state;
	room_init(&r, 1);
	MUST_ADD(&r, KIND_COLUMN, "name", "Lucky", "hidden", "yes");
	column = r.last;
	op = add_op(&r, "card", KIND_CARD, "column", column.s, "text", "secret", NULL);
	card = r.last;
	op.by = mem_dup("moss");
	assert_true(debrief_check(r.d, &who, &op, &r.e));
	debrief_complete(r.d, &who, &op, &gift);
	visible_op(r.d, &lena, &op, &seen);
	assert_false(op_says(&seen, "secret"));
	assert_int_equal(seen.n, 1); /* moss was added, that is no secret */
	op_fini(&seen);
	visible_op(r.d, &moss, &op, &seen); /* by one who was added by this very op */
	assert_true(op_says(&seen, "secret"));
	op_fini(&seen);
	debrief_apply(r.d, &op);
	op_fini(&op);
	assert_int_equal(visible_hidden(r.d), 1);
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "question", KIND_QUESTION, "text", "x", "about", card.s, NULL));
	/* What its author cannot see cannot be named, or changed. */
	REFUSED(&r, add_op(&r, "question", KIND_QUESTION, "text", "x", "about", card.s, NULL),
	    "no item");
	REFUSED(&r, set_op("card", KIND_CARD, card, "text", "x", NULL), "no card");
	REFUSED(&r, remove_op("card", KIND_CARD, card), "no card");
	copy = visible_copy(r.d, &file);
	assert_int_equal(DEBRIEF_N(copy, CARD), 0);
	room_whole(copy); /* nothing names it either */
	debrief_free(copy);
	op = set_op("reveal", KIND_COLUMN, column, "hidden", "no", NULL);
	op.by = mem_dup("lena");
	visible_op(r.d, &lena, &op, &seen);
	assert_true(op_says(&seen, "secret"));
	op_fini(&seen);
	debrief_apply(r.d, &op);
	op_fini(&op);
	assert_int_equal(visible_hidden(r.d), 0);
	copy = visible_copy(r.d, &file);
	assert_true(debrief_equal(copy, r.d));
	debrief_free(copy);
	room_fini(&r);
}

/* Without a hidden column everybody gets the op as it is. */
static void
all_is_sent_where_nothing_is_hidden(void **state)
{
	struct room r;
	struct viewer nobody = { NULL, PERSON_NONE, false };

	(void)state;
	room_init(&r, 5);
	for (int i = 0; i < 300; i++) {
		struct op op = dice_op(&r.dice, r.d), seen;
		bool hides = false;
		for (size_t j = 0; j < op.n; j++)
			for (size_t k = 0; k < op.v[j].n_set; k++)
				hides |= strcmp(op.v[j].set[k].field->name, "hidden") == 0;
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
		cmocka_unit_test(who_applies_what_is_sent_has_what_is_visible),
		cmocka_unit_test(not_a_word_before_the_reveal),
		cmocka_unit_test(all_is_sent_where_nothing_is_hidden),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
