/* Ops: what the schema lets in, what the host adds, what applying does. */
#include "tests/model/room.h"

enum { SESSIONS = 12, OPS = 300 };

static void
replay_twice_is_equal(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SESSIONS; seed++) {
		struct dice dice = { seed };
		struct debrief *a = debrief_new(id_make(seed)), *b = debrief_new(id_make(seed));
		struct actor who = { .name = "lena", .role = PERSON_FACILITATOR, .host = false };
		size_t accepted = 0;

		for (int i = 0; i < OPS; i++) {
			struct op op = dice_op(&dice, a);
			struct host_gift gift = { (int64_t)(1500000000 + i) * NS_PER_S,
				dice_next(&dice) };
			struct err e = { 0 };
			if (debrief_check(a, &who, &op, &e)) {
				struct op same;
				op_copy(&same, &op);
				debrief_complete(a, &who, &op, &gift);
				debrief_complete(b, &who, &same, &gift);
				debrief_apply(a, &op);
				debrief_apply(b, &same);
				op_fini(&same);
				accepted++;
			} else {
				assert_true(e.kind != ERR_NONE && e.text[0] != '\0');
			}
			op_fini(&op);
			a->status = b->status = STATUS_OPEN;
		}
		assert_true(accepted > OPS / 2);
		assert_true(debrief_equal(a, b));
		room_whole(a);
		debrief_free(a);
		debrief_free(b);
	}
}

static void
a_refused_op_leaves_no_trace(void **state)
{
	struct room r;
	size_t refused = 0;

	(void)state;
	room_init(&r, 7);
	for (int i = 0; i < 600; i++) {
		struct debrief *before = debrief_copy(r.d);
		struct op op = dice_op(&r.dice, r.d);
		bool observer = dice_below(&r.dice, 4) == 0;
		if (!room_as(&r, "lena", observer ? PERSON_OBSERVER : PERSON_FACILITATOR, &op)) {
			assert_true(debrief_equal(before, r.d));
			refused++;
		} else {
			assert_false(observer);
		}
		r.d->status = STATUS_OPEN;
		debrief_free(before);
	}
	assert_true(refused > 150 && refused < 550);
	room_fini(&r);
}

static void
whatever_is_done_it_stays_whole(void **state)
{
	(void)state;
	for (uint64_t seed = 100; seed < 100 + SESSIONS; seed++) {
		struct room r;
		room_init(&r, seed);
		for (int i = 0; i < OPS; i++) {
			room_random(&r);
			if (i % 10 == 0)
				room_whole(r.d);
		}
		room_whole(r.d);
		room_fini(&r);
	}
}

/* In one batch or in ops of one change each, the same comes out. */
static void
a_large_batch_is_sorted_as_single_ones_are(void **state)
{
	struct room r;
	struct debrief *single;
	struct op all;

	(void)state;
	room_init(&r, 3);
	single = debrief_copy(r.d);
	op_init(&all, "import");
	for (int i = 0; i < 3000; i++) {
		struct op one;
		struct change *c;
		op_init(&one, "import");
		c = op_add(&one, VERB_ADD, i % 3 ? KIND_EVENT : KIND_QUESTION, room_id(&r));
		change_put_text(c, "text", "x");
		if (i % 3)
			change_put_num(c, "at", (int64_t)dice_below(&r.dice, 500) * NS_PER_S);
		else
			change_put_text(c, "order", id_make(dice_next(&r.dice)).s);
		debrief_apply(single, &one);
		*op_add(&all, c->verb, c->kind, c->id) = *c;
		one.n = 0;
		op_fini(&one);
	}
	debrief_apply(r.d, &all);
	assert_true(debrief_equal(r.d, single));
	room_whole(single);
	op_fini(&all);
	op_init(&all, "event");
	for (size_t i = 0; i < DEBRIEF_N(single, EVENT); i += 2)
		op_add(&all, VERB_REMOVE, KIND_EVENT, single->of[KIND_EVENT].v[i]->id);
	debrief_apply(r.d, &all);
	for (size_t i = 0; i < all.n; i++)
		item_free(KIND_EVENT, debrief_take(single, KIND_EVENT, all.v[i].id));
	assert_true(debrief_equal(r.d, single));
	assert_int_equal(DEBRIEF_N(single, EVENT), 1000);
	op_fini(&all);
	debrief_free(single);
	room_fini(&r);
}

/* Linear in the batch: check, completion, applying and undo of it. */
static void
a_large_import_is_one_op(void **state)
{
	struct room r;
	struct op op;

	(void)state;
	room_init(&r, 4);
	op_init(&op, "import");
	for (int i = 0; i < 20000; i++) {
		struct change *c = op_add(&op, VERB_ADD, KIND_EVENT, room_id(&r));
		change_put_num(c, "at", (int64_t)dice_below(&r.dice, 10000) * NS_PER_S);
		change_put_text(c, "text", "x");
	}
	room_must(&r, &op);
	assert_int_equal(DEBRIEF_N(r.d, EVENT), 20000);
	assert_int_equal(r.d->last_number[KIND_EVENT], 20000);
	assert_true(room_undo(&r, "lena", false));
	assert_int_equal(DEBRIEF_N(r.d, EVENT), 0);
	room_fini(&r);
}

static void
a_debrief_holds_so_much(void **state)
{
	struct room r;
	struct op op;

	(void)state;
	room_init(&r, 4);
	for (int i = 0; i < 9999; i++)
		debrief_put(r.d, KIND_QUESTION, item_new(KIND_QUESTION, room_id(&r)));
	op = add_op(&r, "question", KIND_QUESTION, "text", "x", NULL);
	change_put_text(op_add(&op, VERB_ADD, KIND_QUESTION, room_id(&r)), "text", "y");
	REFUSED(&r, op, "at most 10000 questions");
	MUST_ADD(&r, KIND_QUESTION, "text", "x");
	REFUSED(&r, add_op(&r, "question", KIND_QUESTION, "text", "x", NULL),
	    "at most 10000 questions");
	room_fini(&r);
}

static void
ids_are_found_however_many_came_and_went(void **state)
{
	struct debrief *d = debrief_new(id_make(1));
	struct dice dice = { 11 };
	struct id ids[64] = { { "" } };

	(void)state;
	for (int i = 0; i < 20000; i++) {
		size_t at = dice_below(&dice, 64);
		if (id_some(ids[at])) {
			item_free(KIND_QUESTION, debrief_take(d, KIND_QUESTION, ids[at]));
			assert_null(debrief_any(d, ids[at], NULL));
			assert_null(debrief_take(d, KIND_QUESTION, ids[at]));
			ids[at] = (struct id){ "" };
		} else {
			ids[at] = id_make(dice_next(&dice));
			debrief_put(d, KIND_QUESTION, item_new(KIND_QUESTION, ids[at]));
			assert_non_null(debrief_find(d, KIND_QUESTION, ids[at]));
			assert_null(debrief_find(d, KIND_EVENT, ids[at]));
		}
	}
	for (size_t i = 0; i < 64; i++)
		assert_true((debrief_any(d, ids[i], NULL) != NULL) == id_some(ids[i]));
	debrief_free(d);
}

static void
a_change_over_anothers_is_refused_with_both_texts(void **state)
{
	struct room r;
	struct op op;
	struct assign *a;

	(void)state;
	room_init(&r, 1);
	op_init(&op, "set");
	a = change_put_text(op_add(&op, VERB_SET, KIND_DEBRIEF, r.d->item.id), "title", "mine");
	a->has_seen = true;
	a->seen.text = mem_dup("what I saw");
	assert_false(room_as(&r, "lena", PERSON_FACILITATOR, &op));
	assert_int_equal(r.e.kind, ERR_REFUSED);
	assert_non_null(strstr(r.e.text, "somebody changed this meanwhile"));
	assert_non_null(strstr(r.e.text, "it now says \"Checkout 5xx\"; yours was \"mine\""));
	op_init(&op, "set");
	a = change_put_text(op_add(&op, VERB_SET, KIND_DEBRIEF, r.d->item.id), "title", "mine");
	a->has_seen = true;
	a->seen.text = mem_dup("Checkout 5xx");
	room_must(&r, &op);
	assert_string_equal(r.d->title, "mine");
	room_fini(&r);
}

/* Sets seen in another order are the same sets. */
static void
seen_sets_are_sets(void **state)
{
	struct room r;
	struct op op;
	struct assign *a;

	(void)state;
	room_init(&r, 1);
	MUST_SET(&r, KIND_DEBRIEF, r.d->item.id, "services", "web,cache");
	op = set_op("set", KIND_DEBRIEF, r.d->item.id, "services", "db", NULL);
	a = &op.v[0].set[0];
	a->has_seen = true;
	strs_add(&a->seen.list, "web");
	strs_add(&a->seen.list, "cache");
	room_must(&r, &op);
	room_fini(&r);
}

static void
each_field_has_its_writer(void **state)
{
	struct room r;
	struct actor host = { .name = "host", .role = PERSON_NONE, .host = true };

	(void)state;
	room_init(&r, 1);
	MUST_ADD(&r, KIND_CATEGORY, "name", "Technical");
	MUST_ADD(
	    &r, KIND_CAUSE, "category", r.d->of[KIND_CATEGORY].v[0]->id.s, "text", "cold cache");
	for (int k = 0; k < N_KINDS; k++)
		for (size_t i = 0; i < schemas[k].n_fields; i++) {
			const struct field *f = &schemas[k].fields[i];
			struct op op;
			struct err e = { 0 };
			struct id id = k == KIND_DEBRIEF ? r.d->item.id
			    : r.d->of[k].n               ? r.d->of[k].v[0]->id
							 : r.last;
			if ((f->writer != WRITE_HOST && f->writer != WRITE_COMMAND) ||
			    f->type == FIELD_ID || f->type == FIELD_REF ||
			    (k != KIND_DEBRIEF && r.d->of[k].n == 0))
				continue;
			op_init(&op, "set");
			change_set(op_add(&op, VERB_SET, (enum kind)k, id), f,
			    dice_value(&r.dice, r.d, f));
			assert_false(debrief_check(
			    r.d, &(struct actor){ "lena", PERSON_FACILITATOR, false }, &op, &e));
			assert_non_null(strstr(e.text, f->name));
			if (!debrief_check(r.d, &host, &op, &e))
				fail_msg("%s", e.text);
			op_fini(&op);
		}
	REFUSED_AS(&r, "moss", PERSON_PARTICIPANT,
	    set_op("set", KIND_DEBRIEF, r.d->item.id, "audience", "public", NULL),
	    "facilitator or the scribe");
	TAKEN_AS(&r, "moss", PERSON_SCRIBE,
	    set_op("set", KIND_DEBRIEF, r.d->item.id, "audience", "public", NULL));
	room_fini(&r);
}

static void
nonsense_is_refused_with_words(void **state)
{
	struct room r;
	struct id category, cause, other;
	struct op op;

	(void)state;
	room_init(&r, 2);
	MUST_ADD(&r, KIND_CATEGORY, "name", "Technical");
	category = r.last;
	MUST_ADD(&r, KIND_CAUSE, "category", category.s, "text", "cold cache");
	cause = r.last;
	other = id_make(5);
	REFUSED(&r, add_op(&r, "cause", KIND_CAUSE, "text", "x", NULL), "category");
	REFUSED(&r, add_op(&r, "cause", KIND_CAUSE, "category", category.s, NULL), "text");
	REFUSED(&r, add_op(&r, "cause", KIND_CAUSE, "category", cause.s, "text", "x", NULL),
	    "no category");
	REFUSED(&r, add_op(&r, "cause", KIND_CAUSE, "category", other.s, "text", "x", NULL),
	    "no category");
	REFUSED(&r, set_op("cause", KIND_CAUSE, other, "text", "x", NULL), "no cause");
	REFUSED(&r, set_op("cause", KIND_EVENT, cause, "text", "x", NULL), "no event");
	REFUSED(&r, set_op("cause", KIND_CAUSE, cause, "text", "", NULL), "needs its text");
	REFUSED(&r, set_op("cause", KIND_CAUSE, cause, "text", " \t\n", NULL), "needs its text");
	REFUSED(&r, add_op(&r, "question", KIND_QUESTION, "text", "\xc2\xa0", NULL), "needs its text");
	REFUSED(&r, set_op("cause", KIND_CAUSE, cause, "evidence", cause.s, NULL), "no event");
	REFUSED(&r, remove_op("cause", KIND_CAUSE, other), "no cause");
	REFUSED(&r, remove_op("set", KIND_DEBRIEF, r.d->item.id), "never removed");
	REFUSED(&r, move_op(KIND_CAUSE, cause, other), "before");
	REFUSED(&r, plus_op("cause", KIND_CAUSE, cause, "text"), "one value");
	REFUSED(&r, set_op("agree", KIND_CAUSE, cause, "agree", "7", NULL), "one at a time");
	op = add_op(&r, "cause", KIND_CAUSE, "category", category.s, "text", "x", NULL);
	op.v[0].id = cause;
	REFUSED(&r, op, "taken");
	op = add_op(&r, "cause", KIND_CAUSE, "category", category.s, "text", "x", NULL);
	memcpy(op.v[0].id.s, "ILOU", 4);
	REFUSED(&r, op, "no id");
	op = set_op("cause", KIND_CAUSE, cause, "text", "x", NULL);
	op.v[0].set[0].field = schema_field(KIND_EVENT, "text");
	REFUSED(&r, op, "no such field");
	op = set_op("set", KIND_DEBRIEF, other, "title", "x", NULL);
	REFUSED(&r, op, "not the debrief");
	op = set_op("cause", KIND_CAUSE, cause, "text", "a\tb", NULL);
	op.v[0].set[0].value.text[1] = '\x1b';
	REFUSED(&r, op, "text");
	op = set_op("cause", KIND_CAUSE, cause, "text", "a", NULL);
	extras_set(&op.v[0].extra, "mood", "1");
	REFUSED(&r, op, "mood");
	op = plain_op("set");
	op.command[0] = '\0';
	REFUSED(&r, op, "command");
	room_fini(&r);
}

/* What a batch adds may be named by the rest of it, in any order. */
static void
a_batch_may_name_what_it_adds(void **state)
{
	struct room r;
	struct op op;
	struct id category, cause;

	(void)state;
	room_init(&r, 2);
	op_init(&op, "cause");
	cause = room_id(&r);
	category = room_id(&r);
	change_put_text(op_add(&op, VERB_ADD, KIND_CAUSE, cause), "text", "x");
	change_put_text(&op.v[0], "category", category.s);
	change_put_text(op_add(&op, VERB_ADD, KIND_CATEGORY, category), "name", "Technical");
	room_must(&r, &op);
	op_init(&op, "cause");
	cause = room_id(&r);
	change_put_text(op_add(&op, VERB_ADD, KIND_CAUSE, cause), "text", "x");
	change_put_text(&op.v[0], "category", category.s);
	op_add(&op, VERB_REMOVE, KIND_CATEGORY, category);
	REFUSED(&r, op, "removed by the same change");
	op_init(&op, "cause");
	change_put_text(op_add(&op, VERB_SET, KIND_CATEGORY, r.last), "name", "x");
	change_put_text(op_add(&op, VERB_ADD, KIND_CATEGORY, r.last), "name", "x");
	REFUSED(&r, op, "no category");
	room_fini(&r);
}

static void
the_host_numbers_orders_and_stamps(void **state)
{
	struct room r;
	const struct cause *first, *second;
	struct id category, ids[3];

	(void)state;
	room_init(&r, 3);
	MUST_ADD(&r, KIND_CATEGORY, "name", "Technical");
	category = r.last;
	for (int i = 0; i < 3; i++) {
		MUST_ADD(&r, KIND_CAUSE, "category", category.s, "text", "x");
		ids[i] = r.last;
	}
	first = DEBRIEF_AT(r.d, CAUSE, cause, 0);
	assert_true(id_equal(first->item.id, ids[0]));
	assert_int_equal(first->item.number, 1);
	assert_true(first->item.changed_ns == r.now_ns - 2 * NS_PER_S);
	TAKEN(&r, move_op(KIND_CAUSE, ids[2], ids[0]));
	assert_true(id_equal(r.d->of[KIND_CAUSE].v[0]->id, ids[2]));
	TAKEN(&r, move_op(KIND_CAUSE, ids[2], ids[1]));
	assert_true(id_equal(r.d->of[KIND_CAUSE].v[1]->id, ids[2]));
	TAKEN(&r, move_op(KIND_CAUSE, ids[0], (struct id){ "" }));
	assert_true(id_equal(r.d->of[KIND_CAUSE].v[2]->id, ids[0]));
	TAKEN(&r, remove_op("cause", KIND_CAUSE, ids[2]));
	MUST_ADD(&r, KIND_CAUSE, "category", category.s, "text", "x");
	second = (const struct cause *)debrief_find(r.d, KIND_CAUSE, r.last);
	assert_int_equal(second->item.number, 4); /* 3 is not given again */
	room_fini(&r);
}

/* Two before the same one stand in the order in which they came. */
static void
a_batch_keeps_its_order(void **state)
{
	struct room r;
	struct id ids[20], mark;
	struct op op;

	(void)state;
	room_init(&r, 3);
	MUST_ADD(&r, KIND_QUESTION, "text", "mark");
	mark = r.last;
	op_init(&op, "question");
	for (int i = 0; i < 20; i++) {
		struct change *c = op_add(&op, VERB_ADD, KIND_QUESTION, ids[i] = room_id(&r));
		change_put_text(c, "text", "x");
		c->placed = i < 10;
		c->before = i < 10 ? mark : (struct id){ "" };
	}
	room_must(&r, &op);
	for (size_t i = 0; i < 20; i++)
		assert_true(id_equal(r.d->of[KIND_QUESTION].v[i < 10 ? i : i + 1]->id, ids[i]));
	room_fini(&r);
}

/* Items that came without a key keep their places when something is put between them. */
static void
placing_before_what_has_no_key(void **state)
{
	struct room r;
	struct id before;

	(void)state;
	room_init(&r, 3);
	for (uint64_t i = 0; i < 4; i++) {
		struct item *it = item_new(KIND_QUESTION, id_make(100 + i));
		((struct question *)it)->text = mem_dup("x");
		debrief_put(r.d, KIND_QUESTION, it);
	}
	before = r.d->of[KIND_QUESTION].v[2]->id;
	TAKEN(&r, move_op(KIND_QUESTION, r.d->of[KIND_QUESTION].v[0]->id, before));
	for (uint64_t i = 0; i < 4; i++) {
		static const uint64_t now[] = { 101, 100, 102, 103 };
		assert_true(id_equal(r.d->of[KIND_QUESTION].v[i]->id, id_make(now[i])));
	}
	room_fini(&r);
}

/* Only events of one moment need keys, and stand as they came. */
static void
events_of_one_moment_stand_as_they_came(void **state)
{
	struct room r;
	struct id ids[4];

	(void)state;
	room_init(&r, 3);
	for (int i = 0; i < 3; i++) {
		MUST_ADD(&r, KIND_EVENT, "at",
		    i < 2 ? "2026-07-14T14:00:00Z" : "2026-07-14T15:00:00Z", "text", "x");
		ids[i] = r.last;
		assert_true((debrief_find(r.d, KIND_EVENT, ids[i])->order == NULL) == (i != 1));
	}
	assert_non_null(debrief_find(r.d, KIND_EVENT, ids[0])->order);
	assert_true(id_equal(r.d->of[KIND_EVENT].v[0]->id, ids[0]));
	MUST_SET(&r, KIND_EVENT, ids[2], "at", "2026-07-14T14:00:00Z");
	assert_true(id_equal(r.d->of[KIND_EVENT].v[2]->id, ids[2]));
	TAKEN(&r, move_op(KIND_EVENT, ids[2], ids[0]));
	assert_true(id_equal(r.d->of[KIND_EVENT].v[0]->id, ids[2]));
	assert_true(id_equal(r.d->of[KIND_EVENT].v[1]->id, ids[0]));
	room_whole(r.d);
	room_fini(&r);
}

/* The debrief's own `changed` is of its own fields. */
static void
changed_is_of_what_was_changed(void **state)
{
	struct room r;

	(void)state;
	room_init(&r, 3);
	MUST_ADD(&r, KIND_QUESTION, "text", "x");
	assert_true(r.d->item.changed_ns == TIME_NONE);
	MUST_SET(&r, KIND_DEBRIEF, r.d->item.id, "severity", "sev1");
	assert_true(r.d->item.changed_ns == r.now_ns);
	assert_true(r.d->of[KIND_QUESTION].v[0]->changed_ns == r.now_ns - NS_PER_S);
	room_fini(&r);
}

static void
the_first_named_op_adds_its_person(void **state)
{
	struct room r;
	struct actor host = { .name = "host", .role = PERSON_NONE, .host = true };
	struct op op;

	(void)state;
	room_init(&r, 3);
	TAKEN_AS(
	    &r, NULL, PERSON_PARTICIPANT, add_op(&r, "question", KIND_QUESTION, "text", "x", NULL));
	assert_int_equal(DEBRIEF_N(r.d, PERSON), 0);
	op = add_op(&r, "question", KIND_QUESTION, "text", "x", NULL);
	assert_true(room_take(&r, &host, &op));
	assert_int_equal(DEBRIEF_N(r.d, PERSON), 0);
	TAKEN(&r, plain_op("save"));
	assert_int_equal(DEBRIEF_N(r.d, PERSON), 0);
	TAKEN(&r, add_op(&r, "rate", KIND_RATING, "question", "useful", "value", "5", NULL));
	assert_int_equal(DEBRIEF_N(r.d, PERSON), 0);
	MUST_ADD(&r, KIND_QUESTION, "text", "x");
	MUST_ADD(&r, KIND_QUESTION, "text", "x");
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "question", KIND_QUESTION, "text", "x", NULL));
	assert_int_equal(DEBRIEF_N(r.d, PERSON), 2);
	assert_int_equal(debrief_person(r.d, "lena")->role, PERSON_FACILITATOR);
	assert_int_equal(debrief_person(r.d, "moss")->role, PERSON_PARTICIPANT);
	TAKEN_AS(&r, "fern", PERSON_PARTICIPANT,
	    add_op(&r, "person", KIND_PERSON, "name", "fern", NULL));
	assert_int_equal(DEBRIEF_N(r.d, PERSON), 3);
	room_fini(&r);
}

static void
cards_are_signed_where_columns_have_names(void **state)
{
	struct room r;
	struct id open, blind;
	const struct card *card;

	(void)state;
	room_init(&r, 3);
	MUST_ADD(&r, KIND_COLUMN, "name", "open");
	open = r.last;
	MUST_ADD(&r, KIND_COLUMN, "name", "blind", "anonymous", "yes");
	blind = r.last;
	TAKEN_AS(&r, "moss", PERSON_PARTICIPANT,
	    add_op(&r, "card", KIND_CARD, "column", open.s, "text", "x", NULL));
	card = (const struct card *)debrief_find(r.d, KIND_CARD, r.last);
	assert_true(id_equal(card->by, debrief_person(r.d, "moss")->item.id));
	MUST_SET(&r, KIND_CARD, card->item.id, "column", blind.s);
	assert_false(id_some(card->by));
	MUST_ADD(&r, KIND_CARD, "column", blind.s, "text", "y");
	assert_false(id_some(((const struct card *)debrief_find(r.d, KIND_CARD, r.last))->by));
	MUST_ADD(&r, KIND_CARD, "column", open.s, "text", "z");
	card = (const struct card *)debrief_find(r.d, KIND_CARD, r.last);
	assert_true(id_some(card->by));
	MUST_SET(&r, KIND_COLUMN, open, "anonymous", "yes");
	assert_false(id_some(card->by));
	room_fini(&r);
}

static void
removing_takes_along_and_clears(void **state)
{
	struct room r;
	struct id category, event, top, why, deep, action, question;

	(void)state;
	room_init(&r, 3);
	MUST_ADD(&r, KIND_CATEGORY, "name", "Technical");
	category = r.last;
	MUST_ADD(&r, KIND_EVENT, "at", "2026-07-14T14:00:00Z", "text", "x");
	event = r.last;
	MUST_ADD(&r, KIND_CAUSE, "category", category.s, "text", "top", "evidence", event.s);
	top = r.last;
	MUST_ADD(&r, KIND_CAUSE, "category", category.s, "text", "why", "parent", top.s);
	why = r.last;
	MUST_ADD(&r, KIND_CAUSE, "category", category.s, "text", "deep", "parent", why.s);
	deep = r.last;
	MUST_ADD(&r, KIND_ACTION, "text", "x", "causes", deep.s);
	action = r.last;
	MUST_ADD(&r, KIND_QUESTION, "text", "x", "about", why.s);
	question = r.last;
	TAKEN(&r, remove_op("event", KIND_EVENT, event));
	assert_int_equal(((struct cause *)debrief_find(r.d, KIND_CAUSE, top))->evidence.n, 0);
	assert_true(debrief_find(r.d, KIND_CAUSE, top)->changed_ns == r.now_ns);
	TAKEN(&r, remove_op("cause", KIND_CAUSE, why));
	assert_int_equal(DEBRIEF_N(r.d, CAUSE), 1);
	assert_null(debrief_find(r.d, KIND_CAUSE, deep));
	assert_int_equal(((struct action *)debrief_find(r.d, KIND_ACTION, action))->causes.n, 0);
	assert_false(
	    id_some(((struct question *)debrief_find(r.d, KIND_QUESTION, question))->about));
	assert_true(room_undo(&r, "lena", false));
	assert_int_equal(DEBRIEF_N(r.d, CAUSE), 3);
	assert_int_equal(((struct action *)debrief_find(r.d, KIND_ACTION, action))->causes.n, 1);
	assert_true(
	    id_equal(((struct question *)debrief_find(r.d, KIND_QUESTION, question))->about, why));
	room_fini(&r);
}

static void
done_knows_when(void **state)
{
	struct room r;
	const struct action *a;

	(void)state;
	room_init(&r, 3);
	MUST_ADD(&r, KIND_ACTION, "text", "x");
	a = (const struct action *)debrief_find(r.d, KIND_ACTION, r.last);
	assert_true(a->done_at_ns == TIME_NONE && a->status == ACTION_IDEA);
	MUST_SET(&r, KIND_ACTION, a->item.id, "status", "done");
	assert_true(a->done_at_ns == r.now_ns);
	MUST_SET(&r, KIND_ACTION, a->item.id, "reason", "because");
	MUST_SET(&r, KIND_ACTION, a->item.id, "status", "done");
	assert_true(a->done_at_ns == r.now_ns - 2 * NS_PER_S);
	MUST_SET(&r, KIND_ACTION, a->item.id, "status", "doing");
	assert_true(a->done_at_ns == TIME_NONE);
	MUST_SET(&r, KIND_ACTION, a->item.id, "status", "done", "done_at", "2026-01-01T00:00:00Z");
	assert_true(a->done_at_ns == INT64_C(1767225600) * NS_PER_S);
	assert_true(room_undo(&r, "lena", false));
	assert_true(a->done_at_ns == TIME_NONE && a->status == ACTION_DOING);
	room_fini(&r);
}

/* A batch that came from another version of the file is applied as it is. */
static void
a_merge_is_not_completed(void **state)
{
	struct room r;
	struct actor host = { .name = "git", .role = PERSON_NONE, .host = true };
	struct op op;

	(void)state;
	room_init(&r, 3);
	MUST_ADD(&r, KIND_QUESTION, "text", "x");
	op = set_op("merge", KIND_QUESTION, r.last, "text", "y", NULL);
	assert_true(room_take(&r, &host, &op));
	assert_true(r.d->of[KIND_QUESTION].v[0]->changed_ns == r.now_ns - NS_PER_S);
	op = add_op(&r, "merge", KIND_EVENT, "at", "2026-07-14T14:00:00Z", "text", "x", NULL);
	extras_set(&op.v[0].extra, "mood", "1");
	assert_true(room_take(&r, &host, &op));
	assert_int_equal(r.d->of[KIND_EVENT].v[0]->number, 1);
	assert_int_equal(r.d->of[KIND_EVENT].v[0]->extra.n, 1);
	assert_true(r.d->of[KIND_EVENT].v[0]->changed_ns == TIME_NONE);
	room_fini(&r);
}

static void
a_number_is_given_once(void **state)
{
	struct room r;
	struct actor host = { .name = "git", .role = PERSON_NONE, .host = true };
	struct op op;

	(void)state;
	room_init(&r, 3);
	MUST_ADD(&r, KIND_EVENT, "at", "2026-07-14T14:00:00Z", "text", "x");
	op = set_op("merge", KIND_EVENT, r.last, "number", "40", NULL);
	assert_true(room_take(&r, &host, &op));
	TAKEN(&r, remove_op("event", KIND_EVENT, r.last));
	MUST_ADD(&r, KIND_EVENT, "at", "2026-07-14T14:00:00Z", "text", "x");
	assert_int_equal(r.d->of[KIND_EVENT].v[0]->number, 41);
	room_fini(&r);
}

static void
lists_gain_a_line_once(void **state)
{
	struct room r;
	const struct experiment *x;

	(void)state;
	room_init(&r, 3);
	MUST_ADD(&r, KIND_EXPERIMENT, "hypothesis", "x", "abort_when", "b,a");
	x = DEBRIEF_AT(r.d, EXPERIMENT, experiment, 0);
	for (int i = 0; i < 2; i++) {
		struct op op = set_op("experiment", KIND_EXPERIMENT, r.last, "abort_when", "c,b", NULL);
		op.v[0].set[0].how = HOW_PLUS;
		room_must(&r, &op);
		assert_int_equal(x->abort_when.n, 3);
		assert_string_equal(x->abort_when.v[2], "c");
	}
	assert_true(room_undo(&r, "lena", false));
	assert_int_equal(x->abort_when.n, 2);
	room_fini(&r);
}

/* What a cascade takes along is neither changed nor named by the rest of the batch. */
static void
a_batch_forgets_what_its_removals_take(void **state)
{
	struct room r;
	struct id category, top, why;
	struct op op;

	(void)state;
	room_init(&r, 3);
	MUST_ADD(&r, KIND_CATEGORY, "name", "Technical");
	category = r.last;
	MUST_ADD(&r, KIND_CAUSE, "category", category.s, "text", "top");
	top = r.last;
	MUST_ADD(&r, KIND_CAUSE, "category", category.s, "parent", top.s, "text", "why");
	why = r.last;
	MUST_ADD(&r, KIND_CAUSE, "category", category.s, "parent", why.s, "text", "deep");
	TAKEN(&r, move_op(KIND_CAUSE, why, top)); /* children may stand before their parents */
	TAKEN(&r, move_op(KIND_CAUSE, r.d->of[KIND_CAUSE].v[2]->id, why));
	op = add_op(&r, "cause", KIND_CAUSE, "category", category.s, "parent", why.s, "text", "x",
	    NULL);
	op_add(&op, VERB_REMOVE, KIND_CAUSE, top);
	change_put_text(op_add(&op, VERB_SET, KIND_CAUSE, why), "text", "y");
	room_must(&r, &op);
	assert_int_equal(DEBRIEF_N(r.d, CAUSE), 1);
	room_whole(r.d);
	room_fini(&r);
}

/* Damaged data never stops a replay. */
static void
applying_passes_over_what_is_not_there(void **state)
{
	struct room r;
	struct debrief *was;
	struct op op;

	(void)state;
	room_init(&r, 3);
	MUST_ADD(&r, KIND_QUESTION, "text", "x");
	was = debrief_copy(r.d);
	op_init(&op, "question");
	change_put_text(op_add(&op, VERB_SET, KIND_QUESTION, id_make(1)), "text", "y");
	op_add(&op, VERB_REMOVE, KIND_QUESTION, id_make(2));
	op_add(&op, VERB_REMOVE, KIND_QUESTION, id_make(3));
	op_add(&op, VERB_REMOVE, KIND_EVENT, r.last);
	op_add(&op, VERB_REMOVE, KIND_DEBRIEF, r.d->item.id);
	change_put_text(op_add(&op, VERB_ADD, KIND_EVENT, r.last), "text", "y");
	op_add(&op, VERB_ADD, KIND_EVENT, (struct id){ "" });
	debrief_apply(r.d, &op);
	assert_true(debrief_equal(was, r.d));
	op_fini(&op);
	debrief_free(was);
	room_fini(&r);
}

static void
counting_what_an_op_does(void **state)
{
	struct op op;
	size_t added, changed, removed;

	(void)state;
	op_init(&op, "x");
	op_add(&op, VERB_ADD, KIND_EVENT, id_make(1));
	op_add(&op, VERB_REMOVE, KIND_EVENT, id_make(2));
	op_add(&op, VERB_REMOVE, KIND_EVENT, id_make(3));
	op_counts(&op, &added, &changed, &removed);
	assert_int_equal(added, 1);
	assert_int_equal(changed, 0);
	assert_int_equal(removed, 2);
	op_fini(&op);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(replay_twice_is_equal),
		cmocka_unit_test(a_refused_op_leaves_no_trace),
		cmocka_unit_test(whatever_is_done_it_stays_whole),
		cmocka_unit_test(a_large_batch_is_sorted_as_single_ones_are),
		cmocka_unit_test(a_large_import_is_one_op),
		cmocka_unit_test(a_debrief_holds_so_much),
		cmocka_unit_test(ids_are_found_however_many_came_and_went),
		cmocka_unit_test(a_change_over_anothers_is_refused_with_both_texts),
		cmocka_unit_test(seen_sets_are_sets),
		cmocka_unit_test(each_field_has_its_writer),
		cmocka_unit_test(nonsense_is_refused_with_words),
		cmocka_unit_test(a_batch_may_name_what_it_adds),
		cmocka_unit_test(the_host_numbers_orders_and_stamps),
		cmocka_unit_test(a_batch_keeps_its_order),
		cmocka_unit_test(placing_before_what_has_no_key),
		cmocka_unit_test(events_of_one_moment_stand_as_they_came),
		cmocka_unit_test(changed_is_of_what_was_changed),
		cmocka_unit_test(the_first_named_op_adds_its_person),
		cmocka_unit_test(cards_are_signed_where_columns_have_names),
		cmocka_unit_test(removing_takes_along_and_clears),
		cmocka_unit_test(done_knows_when),
		cmocka_unit_test(a_merge_is_not_completed),
		cmocka_unit_test(a_number_is_given_once),
		cmocka_unit_test(lists_gain_a_line_once),
		cmocka_unit_test(a_batch_forgets_what_its_removals_take),
		cmocka_unit_test(applying_passes_over_what_is_not_there),
		cmocka_unit_test(counting_what_an_op_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
