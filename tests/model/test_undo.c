/* Undo: the inverse of what was done, per name, over whatever others did meanwhile. */
#include "tests/model/room.h"

enum { SESSIONS = 10, OPS = 250 };

/* Before and after any op whatever: its inverse, applied as it is, restores every field of every
 * item, but for the person whom a first op adds. */
static void
the_inverse_restores_everything(void **state)
{
	size_t inverted = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= SESSIONS; seed++) {
		struct room r;
		struct actor lena = { .name = "lena", .role = PERSON_FACILITATOR, .host = false };
		room_init(&r, seed);
		MUST_ADD(&r, KIND_PERSON, "name", "lena", "role", "facilitator");
		for (int i = 0; i < OPS; i++) {
			struct op op = dice_op(&r.dice, r.d), back;
			struct host_gift gift = { r.now_ns += NS_PER_S, dice_next(&r.dice) };
			struct debrief *before = debrief_copy(r.d);
			free(op.by);
			op.by = mem_dup("lena");
			if (debrief_check(r.d, &lena, &op, &r.e)) {
				bool undone, there = debrief_person(r.d, "lena") != NULL;
				debrief_complete(r.d, &lena, &op, &gift);
				undone = op_inverse(r.d, &op, &back);
				debrief_apply(r.d, &op);
				if (undone) {
					struct debrief *after = debrief_copy(r.d);
					debrief_apply(after, &back);
					after->aborted_ns = before->aborted_ns; /* live: it stays */
					if (there && !debrief_equal(before, after))
						fail_msg("seed %d, op %d (%s)", (int)seed, i,
						    op.command);
					room_whole(after);
					debrief_free(after);
					op_fini(&back);
					inverted++;
				}
			}
			r.d->status = STATUS_OPEN;
			debrief_free(before);
			op_fini(&op);
		}
		room_fini(&r);
	}
	assert_true(inverted > SESSIONS * OPS / 3);
}

static void
forget_stamps(struct debrief *d)
{
	for (int k = 0; k < N_KINDS; k++)
		for (size_t i = 0; i < d->of[k].n; i++)
			d->of[k].v[i]->changed_ns = 0;
	for (size_t i = 0; i < DEBRIEF_N(d, CARD); i++) {
		struct card *c = DEBRIEF_AT(d, CARD, card, i);
		free(c->owner);
		c->owner = NULL;
	}
	d->item.changed_ns = 0;
}

static bool
same_but_stamps(const struct debrief *a, const struct debrief *b)
{
	struct debrief *x = debrief_copy(a), *y = debrief_copy(b);
	bool same;

	forget_stamps(x);
	forget_stamps(y);
	same = debrief_equal(x, y);
	debrief_free(x);
	debrief_free(y);
	return same;
}

/* Is a card of it in a column without names? Nobody's name undoes that. */
static bool
is_unsigned(const struct debrief *d, const struct op *op)
{
	for (size_t i = 0; i < op->n; i++) {
		const struct change *change = &op->v[i];
		const struct card *c = (const struct card *)debrief_find(d, KIND_CARD, change->id);
		struct id ids[2] = { c != NULL ? c->column : (struct id){ "" }, { "" } };
		for (size_t j = 0; change->kind == KIND_CARD && j < change->n_set; j++)
			if (strcmp(change->set[j].field->name, "column") == 0 && change->set[j].value.text != NULL)
				(void)id_parse(change->set[j].value.text, &ids[1]);
		for (int j = 0; j < 2; j++) {
			const struct column *col = (const struct column *)debrief_find(d, KIND_COLUMN, ids[j]);
			if (col != NULL && col->anonymous)
				return true;
		}
	}
	return false;
}

/* A chain of one's own ops, taken back to the beginning and done again to the end, passes the same
 * states. */
static void
chains_go_back_and_forth(void **state)
{
	(void)state;
	for (uint64_t seed = 50; seed < 50 + SESSIONS; seed++) {
		struct room r;
		struct debrief *states[40];
		size_t n = 0, at;
		room_init(&r, seed);
		MUST_ADD(&r, KIND_PERSON, "name", "lena", "role", "facilitator");
		for (int i = 0; i < 60; i++)
			room_random(&r);
		undo_free(r.undo); /* some of those cannot be undone */
		r.undo = undo_new();
		if (debrief_person(r.d, "lena") == NULL)
			MUST_ADD(&r, KIND_PERSON, "name", "lena", "role", "facilitator");
		undo_free(r.undo);
		r.undo = undo_new();
		while (n < 39) {
			struct debrief *was = debrief_copy(r.d);
			struct op op = dice_op(&r.dice, r.d), probe;
			if (op.v == NULL || op.n == 0 || is_unsigned(r.d, &op) || strcmp(op.command, "override") == 0 ||
			    strcmp(op.command, "new") == 0 || strcmp(op.command, "stage") == 0) {
				op_fini(&op);
				debrief_free(was);
				continue;
			}
			if (room_as(&r, "lena", PERSON_FACILITATOR, &op) &&
			    !same_but_stamps(was, r.d) && debrief_person(r.d, "lena") != NULL &&
			    undo_next(
				r.undo, &(struct actor){ .name = "lena" }, false, &probe, NULL)) {
				op_fini(&probe);
				states[n++] = was;
			} else {
				debrief_free(was);
			}
			if (debrief_person(r.d, "lena") ==
			    NULL) /* she would be added again by what she does next */
				assert_true(room_undo(&r, "lena", false));
		}
		states[n] = debrief_copy(r.d);
		for (at = n; at-- > 0;) {
			if (!room_undo(&r, "lena", false))
				fail_msg("seed %d, undo to %d of %d: %s", (int)seed, (int)at,
				    (int)n, r.e.text);
			assert_true(same_but_stamps(r.d, states[at]));
		}
		for (at = 1; at <= n; at++) {
			if (!room_undo(&r, "lena", true))
				fail_msg("seed %d, redo to %d of %d: %s", (int)seed, (int)at,
				    (int)n, r.e.text);
			assert_true(same_but_stamps(r.d, states[at]));
		}
		assert_false(room_undo(&r, "lena", true));
		for (at = 0; at <= n; at++)
			debrief_free(states[at]);
		room_fini(&r);
	}
}

static void
undo_is_ones_own(void **state)
{
	struct room r;

	(void)state;
	room_init(&r, 1);
	MUST_ADD(&r, KIND_QUESTION, "text", "lena's");
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "question", KIND_QUESTION, "text", "moss's", NULL));
	assert_false(room_undo(&r, "kim", false));
	assert_non_null(strstr(r.e.text, "nothing of yours to undo"));
	assert_false(room_undo(&r, NULL, false));
	assert_true(room_undo(&r, "lena", false));
	assert_int_equal(DEBRIEF_N(r.d, QUESTION), 1);
	assert_string_equal(DEBRIEF_AT(r.d, QUESTION, question, 0)->text, "moss's");
	assert_false(room_undo(&r, "lena", false));
	assert_int_equal(DEBRIEF_N(r.d, PERSON), 2); /* who did something was here */
	assert_true(room_undo(&r, "lena", true));
	assert_int_equal(DEBRIEF_N(r.d, QUESTION), 2);
	assert_true(room_undo(&r, "lena", false));
	MUST_ADD(&r, KIND_QUESTION, "text", "new");
	assert_false(room_undo(&r, "lena", true)); /* something new was done since */
	room_fini(&r);
}

static void
what_others_built_on_stays(void **state)
{
	struct room r;
	struct id category, cause, question;

	(void)state;
	room_init(&r, 1);
	TAKEN_AS(&r, "fern", PERSON_SCRIBE,
	    add_op(&r, "category", KIND_CATEGORY, "name", "Technical", NULL));
	category = r.last;
	MUST_ADD(&r, KIND_CAUSE, "category", category.s, "text", "cold cache");
	cause = r.last;
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "cause", KIND_CAUSE, "category", category.s, "parent", cause.s, "text",
		"why", NULL));
	assert_false(room_undo(&r, "lena", false));
	assert_non_null(strstr(r.e.text, "C2"));
	assert_non_null(strstr(r.e.text, "built on it"));
	assert_true(room_undo(&r, "moss", false));
	assert_true(room_undo(&r, "lena", false));
	MUST_ADD(&r, KIND_QUESTION, "text", "who pays?");
	question = r.last;
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("question", KIND_QUESTION, question, "answer", "the web team", NULL));
	assert_false(room_undo(&r, "lena", false));
	assert_non_null(strstr(r.e.text, "the web team"));
	MUST_SET(&r, KIND_QUESTION, question, "text", "who pays for it?");
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("question", KIND_QUESTION, question, "text", "who paid?", NULL));
	assert_false(room_undo(&r, "lena", false));
	assert_non_null(strstr(r.e.text, "it now says \"who paid?\"; yours was \"who pays?\""));
	room_fini(&r);
}

/* What is counted or collected is taken back without what others added. */
static void
sets_and_counts_lose_only_ones_own(void **state)
{
	struct room r;
	struct id id;
	const struct cause *c;

	(void)state;
	room_init(&r, 1);
	MUST_ADD(&r, KIND_CATEGORY, "name", "Technical");
	id = r.last;
	MUST_ADD(&r, KIND_CAUSE, "category", id.s, "text", "x");
	id = r.last;
	c = (const struct cause *)debrief_find(r.d, KIND_CAUSE, id);
	TAKEN(&r, plus_op("agree", KIND_CAUSE, id, "agree"));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, plus_op("agree", KIND_CAUSE, id, "agree"));
	assert_int_equal(c->agree, 2);
	assert_true(room_undo(&r, "lena", false));
	assert_int_equal(c->agree, 1);
	MUST_SET(&r, KIND_CAUSE, id, "tags", "cache,start");
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("cause", KIND_CAUSE, id, "tags", "cache,start,load", NULL));
	assert_true(room_undo(&r, "lena", false));
	assert_int_equal(c->tags.n, 1);
	assert_string_equal(c->tags.v[0], "load");
	room_fini(&r);
}

static void
some_things_are_not_undone(void **state)
{
	struct room r;
	struct op op;

	(void)state;
	room_init(&r, 1);
	MUST_ADD(&r, KIND_STAGE, "name", "open");
	MUST_ADD(&r, KIND_COLUMN, "name", "c", "hidden", "yes");
	assert_true(room_undo(&r, "lena", false));
	assert_true(room_undo(&r, "lena", true));
	undo_free(r.undo);
	r.undo = undo_new();
	TAKEN(&r, set_op("stage", KIND_DEBRIEF, r.d->item.id, "stage", "open", NULL));
	TAKEN(
	    &r, set_op("reveal", KIND_COLUMN, r.d->of[KIND_COLUMN].v[0]->id, "hidden", "no", NULL));
	TAKEN(&r, set_op("redact", KIND_DEBRIEF, r.d->item.id, "redacted", "yes", NULL));
	TAKEN(&r, plain_op("save"));
	TAKEN(&r, set_op("close", KIND_DEBRIEF, r.d->item.id, "status", "closed", NULL));
	TAKEN(&r, set_op("reopen", KIND_DEBRIEF, r.d->item.id, "status", "open", NULL));
	assert_false(room_undo(&r, "lena", false));
	MUST_SET(&r, KIND_STAGE, r.d->of[KIND_STAGE].v[0]->id, "name", "begin");
	assert_string_equal(r.d->stage, "begin");
	assert_true(room_undo(&r, "lena", false));
	assert_string_equal(r.d->stage, "open");
	op = set_op(
	    "confirm", KIND_DEBRIEF, r.d->item.id, "confirmed_at", "2026-07-16T13:00:00Z", NULL);
	room_must(&r, &op);
	assert_true(room_undo(&r, "lena", false));
	assert_true(r.d->confirmed_at_ns == TIME_NONE);
	room_fini(&r);
}

static void
a_removed_item_comes_back_whole(void **state)
{
	struct room r;
	struct actor host = { .name = "git", .role = PERSON_NONE, .host = true };
	struct debrief *was;
	struct op op;
	struct id id;

	(void)state;
	room_init(&r, 1);
	op = add_op(
	    &r, "merge", KIND_ACTION, "text", "x", "owner", "web", "due", "2026-12-01", NULL);
	extras_set(&op.v[0].extra, "mood", "{\"a\":1}");
	extras_set(&op.v[0].extra, "air", "2");
	assert_true(room_take(&r, &host, &op));
	id = r.last;
	MUST_ADD(&r, KIND_ACTION, "text", "y");
	TAKEN(&r, move_op(KIND_ACTION, id, r.last));
	was = debrief_copy(r.d);
	TAKEN(&r, remove_op("action", KIND_ACTION, id));
	assert_int_equal(DEBRIEF_N(r.d, ACTION), 1);
	assert_true(room_undo(&r, "lena", false));
	assert_true(same_but_stamps(was, r.d));
	debrief_free(was);
	room_fini(&r);
}

/* An event that shares its moment keeps its key when the one for which it got it goes again. */
static void
events_of_one_moment_keep_their_places(void **state)
{
	static const char at[] = "2026-07-14T14:00:00Z";
	struct room r;
	struct id first;

	(void)state;
	room_init(&r, 1);
	MUST_ADD(&r, KIND_EVENT, "at", at, "text", "first");
	first = r.last;
	MUST_ADD(&r, KIND_EVENT, "at", at, "text", "second");
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "event", KIND_EVENT, "at", at, "text", "third", NULL));
	assert_true(room_undo(&r, "lena", false));
	assert_int_equal(DEBRIEF_N(r.d, EVENT), 2);
	assert_non_null(debrief_find(r.d, KIND_EVENT, first)->order);
	assert_true(id_equal(r.d->of[KIND_EVENT].v[0]->id, first));
	assert_true(room_undo(&r, "lena", true));
	assert_true(id_equal(r.d->of[KIND_EVENT].v[0]->id, first));
	room_fini(&r);
}

/* What nobody signed is undone by who holds the secret, after a restart, too, and after the reveal.
 */
static void
the_nameless_undo_by_secret(void **state)
{
	struct room r;
	struct actor impostor = { .name = "moss", .role = PERSON_PARTICIPANT };
	struct id column, first, second;
	struct op op;

	(void)state;
	room_init(&r, 31);
	MUST_ADD(&r, KIND_COLUMN, "name", "Lucky", "hidden", "yes", "anonymous", "yes");
	column = r.last;
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", column.s, "text", "x", NULL));
	first = r.last;
	TAKEN_AS(&r, "kim", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", column.s, "text", "of kim", NULL));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", column.s, "text", "y", NULL));
	second = r.last;
	TAKEN_AS(
	    &r, "moss", PERSON_PARTICIPANT, set_op("card", KIND_CARD, first, "text", "z", NULL));
	assert_false(undo_next(r.undo, &impostor, false, &op, &r.e));
	assert_non_null(strstr(r.e.text, "nothing of yours"));
	assert_true(room_undo(&r, "moss", false));
	assert_string_equal(((struct card *)debrief_find(r.d, KIND_CARD, first))->text, "x");
	assert_true(room_undo(&r, "moss", false));
	assert_null(debrief_find(r.d, KIND_CARD, second));
	assert_true(room_undo(&r, "moss", true));
	assert_non_null(debrief_find(r.d, KIND_CARD, second));
	assert_non_null(((struct card *)debrief_find(r.d, KIND_CARD, second))->owner);
	assert_int_equal(DEBRIEF_N(r.d, PERSON), 1); /* lena alone said who she is */
	TAKEN(&r, set_op("reveal", KIND_COLUMN, column, "hidden", "no", NULL));
	assert_false(undo_next(r.undo, &impostor, false, &op, &r.e));
	assert_true(room_undo(&r, "moss", false));
	assert_null(debrief_find(r.d, KIND_CARD, second));
	assert_true(room_undo(&r, "moss", false));
	assert_null(debrief_find(r.d, KIND_CARD, first));
	assert_false(room_undo(&r, "moss", false));
	assert_int_equal(DEBRIEF_N(r.d, CARD), 1);
	assert_true(room_undo(&r, "kim", false));
	room_fini(&r);
}

/* What was signed when it was done, and is not any more. */
static void
a_column_that_loses_its_names(void **state)
{
	struct room r;
	struct id column, card;

	(void)state;
	room_init(&r, 35);
	MUST_ADD(&r, KIND_COLUMN, "name", "Lucky", "hidden", "yes");
	column = r.last;
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", column.s, "text", "x", NULL));
	card = r.last;
	TAKEN_AS(
	    &r, "moss", PERSON_PARTICIPANT, set_op("card", KIND_CARD, card, "text", "y", NULL));
	MUST_SET(&r, KIND_COLUMN, column, "anonymous", "yes");
	assert_false(id_some(((struct card *)debrief_find(r.d, KIND_CARD, card))->by));
	assert_true(room_undo(&r, "moss", false));
	assert_string_equal(((struct card *)debrief_find(r.d, KIND_CARD, card))->text, "x");
	assert_true(room_undo(&r, "moss", true));
	assert_true(room_undo(&r, "moss", false));
	assert_true(room_undo(&r, "moss", false));
	assert_null(debrief_find(r.d, KIND_CARD, card));
	room_fini(&r);
}

/* A name is no proof where a card is hidden: neither its words are told, nor is it taken away. */
static void
a_name_undoes_nothing_hidden(void **state)
{
	struct room r;
	struct actor impostor = { .name = "moss", .role = PERSON_FACILITATOR };
	struct id column, card;
	struct op op;

	(void)state;
	room_init(&r, 32);
	MUST_ADD(&r, KIND_COLUMN, "name", "Lucky", "hidden", "yes");
	column = r.last;
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", column.s, "text", "secret", NULL));
	card = r.last;
	assert_true(undo_next(r.undo, &impostor, false, &op, &r.e));
	assert_false(room_take(&r, &impostor, &op));
	assert_int_equal(r.e.kind, ERR_MISSING);
	assert_null(strstr(r.e.text, "secret"));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("card", KIND_CARD, card, "text", "secrets", NULL));
	assert_true(undo_next(r.undo, &impostor, false, &op, &r.e));
	assert_false(room_take(&r, &impostor, &op));
	assert_null(strstr(r.e.text, "secret"));
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT, remove_op("card", KIND_CARD, card));
	assert_true(undo_next(r.undo, &impostor, false, &op, &r.e));
	assert_false(room_take(&r, &impostor, &op));
	assert_true(room_undo(&r, "moss", false));
	assert_non_null(debrief_find(r.d, KIND_CARD, card));
	room_fini(&r);
}

/* What a lead takes away brings back what hung on it, hidden or not. */
static void
references_of_hidden_cards_come_back(void **state)
{
	struct room r;
	struct id open, hidden, head, card;

	(void)state;
	room_init(&r, 33);
	MUST_ADD(&r, KIND_COLUMN, "name", "open");
	open = r.last;
	MUST_ADD(&r, KIND_COLUMN, "name", "hidden", "hidden", "yes");
	hidden = r.last;
	MUST_ADD(&r, KIND_CARD, "column", open.s, "text", "head");
	head = r.last;
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", hidden.s, "text", "x", "group", head.s, NULL));
	card = r.last;
	TAKEN(&r, remove_op("card", KIND_CARD, head));
	assert_false(id_some(((struct card *)debrief_find(r.d, KIND_CARD, card))->group));
	assert_true(room_undo(&r, "lena", false));
	assert_true(id_equal(((struct card *)debrief_find(r.d, KIND_CARD, card))->group, head));
	/* And taking back what others hung hidden cards on does not tell of them. */
	assert_true(room_undo(&r, "lena", false));
	assert_null(debrief_find(r.d, KIND_CARD, head));
	room_fini(&r);
}

static void
showing_and_hiding_is_not_undone(void **state)
{
	struct room r;
	struct id column;

	(void)state;
	room_init(&r, 34);
	MUST_ADD(&r, KIND_COLUMN, "name", "a");
	column = r.last;
	MUST_SET(&r, KIND_COLUMN, column, "hidden", "yes");
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", column.s, "text", "x", NULL));
	MUST_SET(&r, KIND_COLUMN, column, "prompt", "what?");
	assert_true(room_undo(&r, "lena", false));
	assert_null(DEBRIEF_AT(r.d, COLUMN, column, 0)->prompt);
	assert_false(room_undo(&r, "lena", false)); /* the column is in use, and stays hidden */
	REFUSED(&r, remove_op("column", KIND_COLUMN, column), "reveal it first"); /* no number */
	assert_true(DEBRIEF_AT(r.d, COLUMN, column, 0)->hidden);
	room_fini(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_inverse_restores_everything),
		cmocka_unit_test(chains_go_back_and_forth),
		cmocka_unit_test(undo_is_ones_own),
		cmocka_unit_test(what_others_built_on_stays),
		cmocka_unit_test(sets_and_counts_lose_only_ones_own),
		cmocka_unit_test(some_things_are_not_undone),
		cmocka_unit_test(a_removed_item_comes_back_whole),
		cmocka_unit_test(events_of_one_moment_keep_their_places),
		cmocka_unit_test(the_nameless_undo_by_secret),
		cmocka_unit_test(a_column_that_loses_its_names),
		cmocka_unit_test(a_name_undoes_nothing_hidden),
		cmocka_unit_test(references_of_hidden_cards_come_back),
		cmocka_unit_test(showing_and_hiding_is_not_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
