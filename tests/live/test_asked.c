/* The ballot at the bell: the room is asked, each answers once and secretly, the clock follows. */
#define _GNU_SOURCE /* memmem */
#include "live/host_internal.h"
#include "tests/live/people.h"

struct room {
	struct world w;
	struct who lena, moss, fern, wall;
};

static void
stage(struct room *r, const char *name, int64_t minutes)
{
	struct op op;
	struct change *c;

	op_init(&op, "stage");
	c = op_add(&op, VERB_ADD, KIND_STAGE, id_random());
	change_put_text(c, "name", name);
	change_put_num(c, "minutes", minutes);
	done(r->lena.c, op, NULL);
}

static struct op
debrief_op(const struct room *r, const char *command, const char *field, const char *text)
{
	return set_op(command, KIND_DEBRIEF, host_debrief(r->w.host)->item.id, field, text);
}

static struct op
answer_op(const struct room *r, const char *word)
{
	struct op op;
	struct value v = { 0 };

	op_init(&op, "answer");
	strs_add(&v.list, word);
	change_put(op_add(&op, VERB_SET, KIND_DEBRIEF, host_debrief(r->w.host)->item.id), "answers",
	    v)
	    ->how = HOW_PLUS;
	return op;
}

static void
room_begin(struct room *r)
{
	*r = (struct room){ 0 };
	world_begin(&r->w);
	world_host(&r->w, NULL);
	r->lena = who_comes(&r->w, "lena", "facilitator", "join");
	r->moss = who_comes(&r->w, "moss", NULL, "join");
	r->fern = who_comes(&r->w, "fern", NULL, "join");
	r->wall = who_comes(&r->w, "wall", NULL, "projector");
	world_reveal(r->lena.c);
	stage(r, "talk", 10);
	stage(r, "later", 8);
	stage(r, "last", 1);
	refused(r->lena.c, debrief_op(r, "stage", "stage", "talk"), ERR_REFUSED, "override");
	done(r->lena.c, bare_op("override", "to be asked something"), NULL);
}

static void
room_end(struct room *r)
{
	who_goes(&r->lena);
	who_goes(&r->moss);
	who_goes(&r->fern);
	who_goes(&r->wall);
	world_end(&r->w);
}

static int64_t
minutes_of(const struct room *r, const char *name)
{
	const struct debrief *d = host_debrief(r->w.host);

	for (size_t i = 0; i < DEBRIEF_N(d, STAGE); i++)
		if (strcmp(DEBRIEF_AT(d, STAGE, stage, i)->name, name) == 0)
			return DEBRIEF_AT(d, STAGE, stage, i)->minutes;
	return -1;
}

static void
everybody_says(struct room *r, const char *lena, const char *moss, const char *fern)
{
	done(r->lena.c, answer_op(r, lena), NULL);
	done(r->moss.c, answer_op(r, moss), NULL);
	done(r->fern.c, answer_op(r, fern), NULL);
	UNTIL(&r->w, client_debrief(r->moss.c)->asked == NULL);
}

static void
more_go_on_than_not(void **state)
{
	struct room r;

	(void)state;
	room_begin(&r);
	refused(r.moss.c, debrief_op(&r, "ask", "asked", "more"), ERR_REFUSED, "ask");
	refused(r.moss.c, answer_op(&r, "yes"), ERR_REFUSED, "nothing is asked");
	done(r.lena.c, debrief_op(&r, "ask", "asked", "more"), NULL);
	UNTIL(&r.w, client_debrief(r.moss.c)->asked != NULL);
	everybody_says(&r, "no", "yes", "yes");
	assert_int_equal(minutes_of(&r, "talk"), 15);
	assert_int_equal(minutes_of(&r, "later"), 3); /* the end of the meeting stays */
	assert_int_equal(minutes_of(&r, "last"), 1);
	UNTIL(&r.w, strstr(r.fern.heard->notices.data, "2 go on, 1 enough") != NULL);
	done(r.lena.c, debrief_op(&r, "ask", "asked", "more"), NULL);
	UNTIL(&r.w, client_debrief(r.moss.c)->asked != NULL);
	everybody_says(&r, "no", "no", "yes");
	assert_int_equal(minutes_of(&r, "talk"), 15);
	room_end(&r);
}

/* Nobody is sent another's answer, and the journal holds no name beside one. */
static void
answers_are_secret(void **state)
{
	struct room r;

	(void)state;
	room_begin(&r);
	done(r.lena.c, debrief_op(&r, "ask", "asked", "more"), NULL);
	UNTIL(&r.w, client_debrief(r.moss.c)->asked != NULL);
	done(r.moss.c, answer_op(&r, "no"), NULL);
	done(r.moss.c, answer_op(&r, "yes"), NULL); /* in place of the first */
	assert_int_equal(host_debrief(r.w.host)->answers.n, 1);
	assert_int_equal(client_debrief(r.moss.c)->answers.n, 1);
	all_is_told(&r.lena, (struct who *const[]){ &r.moss, &r.fern, &r.wall }, 3);
	assert_int_equal(client_debrief(r.lena.c)->answers.n, 0);
	assert_int_equal(client_debrief(r.fern.c)->answers.n, 0);
	assert_int_equal(client_debrief(r.wall.c)->answers.n, 0);
	refused(r.wall.c, answer_op(&r, "yes"), ERR_REFUSED, "");
	room_end(&r);
}

/* Cards are shown while the room is asked: nobody has a second answer by that. */
static void
a_reveal_keeps_what_was_answered(void **state)
{
	struct room r;

	(void)state;
	room_begin(&r);
	done(r.lena.c, debrief_op(&r, "ask", "asked", "more"), NULL);
	UNTIL(&r.w, client_debrief(r.moss.c)->asked != NULL);
	done(r.moss.c, answer_op(&r, "no"), NULL);
	world_reveal(r.lena.c);
	done(r.moss.c, answer_op(&r, "yes"), NULL);
	assert_int_equal(host_debrief(r.w.host)->answers.n, 1);
	done(r.lena.c, debrief_op(&r, "stage", "stage", "later"), NULL);
	assert_false(r.w.host->key.some); /* nothing can tell any more who it was */
	room_end(&r);
}

static void
a_new_stage_ends_it(void **state)
{
	struct room r;

	(void)state;
	room_begin(&r);
	done(r.lena.c, debrief_op(&r, "ask", "asked", "more"), NULL);
	done(r.moss.c, answer_op(&r, "yes"), NULL);
	done(r.lena.c, debrief_op(&r, "stage", "stage", "later"), NULL);
	assert_null(host_debrief(r.w.host)->asked);
	assert_int_equal(host_debrief(r.w.host)->answers.n, 0);
	assert_int_equal(minutes_of(&r, "talk"), 10);
	room_end(&r);
}

/* The minutes of a stage that are used up ring, and ask by themselves. */
static void
the_stage_rings(void **state)
{
	struct room r;

	(void)state;
	room_begin(&r);
	/* Used up but for a moment. */
	r.w.host->d->stage_since_ns = r.w.host->next->stage_since_ns =
	    host_now_ns(r.w.host) - 600 * NS_PER_S + 50000000;
	all_is_told(&r.lena, (struct who *const[]){ &r.moss }, 1);
	UNTIL(&r.w, client_debrief(r.moss.c)->asked != NULL);
	UNTIL(&r.w, strstr(r.moss.heard->notices.data, "the minutes of talk are used up") != NULL);
	everybody_says(&r, "yes", "yes", "yes");
	assert_true(minutes_of(&r, "talk") >= 15);
	room_end(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(more_go_on_than_not),
		cmocka_unit_test(answers_are_secret),
		cmocka_unit_test(a_reveal_keeps_what_was_answered),
		cmocka_unit_test(a_new_stage_ends_it),
		cmocka_unit_test(the_stage_rings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
