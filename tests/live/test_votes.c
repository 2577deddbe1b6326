#define _GNU_SOURCE /* memmem */
#include "live/host_internal.h"
#include "live/key.h"
#include "tests/live/people.h"

enum { ITEMS = 3 };

struct room {
	struct world w;
	struct who lena, moss, fern, wall;
	char *item[ITEMS];
};

static void
room_begin(struct room *r)
{
	world_begin(&r->w);
	world_host(&r->w, NULL);
	r->lena = who_comes(&r->w, "lena", NULL, "join");
	add_columns(&r->lena);
	r->moss = who_comes(&r->w, "moss", NULL, "join");
	r->fern = who_comes(&r->w, "fern", NULL, "join");
	r->wall = who_comes(&r->w, "wall", "observer", "watch");
	for (int i = 0; i < ITEMS; i++)
		done(r->lena.c, cause_op("a cause"), &r->item[i]);
}

static void
room_end(struct room *r)
{
	for (int i = 0; i < ITEMS; i++)
		free(r->item[i]);
	who_goes(&r->lena);
	who_goes(&r->moss);
	who_goes(&r->fern);
	who_goes(&r->wall);
	world_end(&r->w);
}

static void
room_told(struct room *r)
{
	struct who *const others[] = { &r->lena, &r->moss, &r->fern, &r->wall };

	all_is_told(&r->lena, others, 4);
}

static struct op
votes_op(const struct room *r, int64_t each, const char *on /* two, or NULL */)
{
	struct op op;
	struct change *c;
	struct value v = { 0 };

	op_init(&op, "votes");
	c = op_add(&op, VERB_SET, KIND_DEBRIEF, host_debrief(r->w.host)->item.id);
	change_put_num(c, "votes_each", each);
	if (on != NULL) {
		strs_addn(&v.list, on, ID_LEN);
		strs_add(&v.list, on + ID_LEN + 1);
		change_put(c, "votes_on", v);
	}
	return op;
}

static struct op
vote_op(const struct room *r, const char *command, const char *item, const char *seat)
{
	struct op op;
	struct value v = { 0 };
	struct assign *a;

	op_init(&op, command);
	op.by = mem_dup(seat);
	strs_add(&v.list, item);
	a = change_put(op_add(&op, VERB_SET, KIND_DEBRIEF, host_debrief(r->w.host)->item.id),
	    "ballots", v);
	a->how = strcmp(command, "vote") == 0 ? HOW_PLUS : HOW_MINUS;
	return op;
}



static int64_t
votes_of(const struct debrief *d, const char *item)
{
	struct id id;

	assert_true(id_parse(item, &id));
	return ((struct cause *)debrief_find(d, KIND_CAUSE, id))->votes;
}

static void
each_has_so_many_and_sees_own_ones_alone(void **state)
{
	struct room r;
	size_t ops;

	(void)state;
	room_begin(&r);
	refused(r.moss.c, vote_op(&r, "vote", r.item[0], NULL), ERR_REFUSED, "vote");
	done(r.lena.c, votes_op(&r, 3, NULL), NULL);
	room_told(&r);
	ops = who_got_ops(&r.fern);
	done(r.moss.c, vote_op(&r, "vote", r.item[0], NULL), NULL);
	done(r.moss.c, vote_op(&r, "vote", r.item[0], NULL), NULL);
	done(r.moss.c, vote_op(&r, "vote", r.item[1], NULL), NULL);
	refused(r.moss.c, vote_op(&r, "vote", r.item[2], NULL), ERR_REFUSED,
	    "all 3 of your votes are given");
	done(r.moss.c, vote_op(&r, "unvote", r.item[1], NULL), NULL);
	done(r.moss.c, vote_op(&r, "vote", r.item[2], NULL), NULL);
	assert_int_equal(client_debrief(r.moss.c)->ballots.n, 3);
	room_told(&r);
	assert_int_equal(who_got_ops(&r.fern), ops + 1); /* the bell alone */
	assert_int_equal(client_debrief(r.fern.c)->ballots.n, 0);
	assert_int_equal(client_debrief(r.lena.c)->ballots.n, 0);
	assert_int_equal(votes_of(client_debrief(r.moss.c), r.item[0]), 0);
	done(r.fern.c, vote_op(&r, "vote", r.item[0], NULL), NULL); /* has an own budget */
	done(r.lena.c, votes_op(&r, 0, NULL), NULL);
	room_told(&r);
	assert_int_equal(votes_of(client_debrief(r.wall.c), r.item[0]), 3);
	assert_int_equal(votes_of(client_debrief(r.moss.c), r.item[1]), 0);
	assert_int_equal(votes_of(client_debrief(r.moss.c), r.item[2]), 1);
	assert_int_equal(client_debrief(r.moss.c)->ballots.n, 0);
	assert_true(debrief_equal(client_debrief(r.moss.c), client_debrief(r.wall.c)));
	room_end(&r);
}

static void
nothing_says_who_voted(void **state)
{
	struct room r;
	struct id cid = id_random();
	struct op op;
	struct buf b = { 0 };

	(void)state;
	room_begin(&r);
	done(r.lena.c, votes_op(&r, 3, NULL), NULL);
	assert_false(key_is_there(&r.w));
	op = vote_op(&r, "vote", r.item[1], NULL);
	op.cid = cid;
	done(r.moss.c, op, NULL);
	assert_true(key_is_there(&r.w));
	assert_true(journal_has(&r.w, "\"vote\""));
	assert_false(journal_has(&r.w, "moss"));
	assert_false(journal_has(&r.w, cid.s));
	done(r.lena.c, bare_op("save", NULL), NULL);
	done(r.lena.c, votes_op(&r, 0, NULL), NULL);
	assert_false(key_is_there(&r.w));
	journal_bytes(&r.w, &b);
	assert_false(bytes_have(&b, "moss"));
	buf_fini(&b);
	room_end(&r);
}

/* Not by a new connection, another client, nor another host. */
static void
a_budget_holds(void **state)
{
	struct room r;
	struct who again;

	(void)state;
	room_begin(&r);
	done(r.lena.c, votes_op(&r, 2, NULL), NULL);
	done(r.moss.c, vote_op(&r, "vote", r.item[0], NULL), NULL);
	world_unhost(&r.w);
	world_host(&r.w, NULL);
	UNTIL(&r.w, r.moss.heard->ready == 2 && r.lena.heard->ready == 2);
	assert_int_equal(client_debrief(r.moss.c)->ballots.n, 1);
	again = who_comes(&r.w, "moss", NULL, "join");
	done(again.c, vote_op(&r, "vote", r.item[0], NULL), NULL);
	refused(again.c, vote_op(&r, "vote", r.item[0], NULL), ERR_REFUSED, "all 2");
	refused(r.moss.c, vote_op(&r, "vote", r.item[1], NULL), ERR_REFUSED, "all 2");
	done(r.moss.c, vote_op(&r, "unvote", r.item[0], NULL), NULL);
	refused(r.fern.c, vote_op(&r, "unvote", r.item[0], NULL), ERR_REFUSED, "");
	assert_int_equal(host_debrief(r.w.host)->ballots.n, 1);
	who_goes(&again);
	room_end(&r);
}

static void
a_key_that_was_lost_is_said(void **state)
{
	struct room r;
	struct key_of key = { 0 };
	struct err e = { 0 };

	(void)state;
	room_begin(&r);
	done(r.lena.c, votes_op(&r, 2, NULL), NULL);
	done(r.moss.c, vote_op(&r, "vote", r.item[0], NULL), NULL);
	world_unhost(&r.w);
	OKAY(e, key_erase(r.w.place.id, &key, &e));
	world_host(&r.w, NULL);
	UNTIL(&r.w, heard_says(r.lena.heard, "the key of this vote is gone"));
	room_end(&r);
}

static void
a_vote_that_is_sent_twice_counts_once(void **state)
{
	struct room r;
	struct op op, again;

	(void)state;
	room_begin(&r);
	done(r.lena.c, votes_op(&r, 3, NULL), NULL);
	op = vote_op(&r, "vote", r.item[0], NULL);
	op.cid = id_random();
	op_copy(&again, &op);
	done(r.moss.c, op, NULL);
	op_copy(&op, &again);
	done(r.moss.c, op, NULL);
	assert_int_equal(host_debrief(r.w.host)->ballots.n, 1);
	world_unhost(&r.w);
	world_host(&r.w, NULL);
	UNTIL(&r.w, r.moss.heard->ready == 2);
	done(r.moss.c, again, NULL);
	assert_int_equal(host_debrief(r.w.host)->ballots.n, 1);
	room_end(&r);
}

static struct op
seat_op(const struct room *r, const char *name)
{
	struct op op;
	struct value v = { 0 };

	op_init(&op, "seat");
	strs_add(&v.list, name);
	change_put(op_add(&op, VERB_SET, KIND_DEBRIEF, host_debrief(r->w.host)->item.id), "seats",
	    v)
	    ->how = HOW_PLUS;
	return op;
}

static void
a_seat_has_its_own_votes(void **state)
{
	struct room r;
	struct op op;

	(void)state;
	room_begin(&r);
	refused(r.lena.c, vote_op(&r, "vote", r.item[0], "rook"), ERR_MISSING, "no seat rook");
	done(r.lena.c, seat_op(&r, "rook"), NULL);
	done(r.lena.c, seat_op(&r, "finch"), NULL);
	done(r.lena.c, votes_op(&r, 1, NULL), NULL);
	done(r.lena.c, vote_op(&r, "vote", r.item[0], "rook"), NULL);
	done(r.lena.c, vote_op(&r, "vote", r.item[0], "finch"), NULL);
	done(r.lena.c, vote_op(&r, "vote", r.item[0], NULL), NULL);
	refused(r.lena.c, vote_op(&r, "vote", r.item[0], "rook"), ERR_REFUSED, "1");
	assert_int_equal(host_debrief(r.w.host)->ballots.n, 3);
	op = card_in(OPEN, "on paper");
	op.by = mem_dup("rook");
	done(r.lena.c, op, NULL);
	assert_non_null(debrief_person(host_debrief(r.w.host), "rook"));
	op = card_in(OPEN, "for somebody else");
	op.by = mem_dup("moss");
	refused(r.lena.c, op, ERR_MISSING, "no seat moss");
	/* A seat is no way to somebody's votes and words. */
	done(r.lena.c, seat_op(&r, "moss"), NULL);
	done(r.moss.c, vote_op(&r, "vote", r.item[1], NULL), NULL);
	refused(r.lena.c, vote_op(&r, "unvote", r.item[1], "moss"), ERR_REFUSED, "an own screen");
	refused(r.lena.c, vote_op(&r, "unvote", r.item[0], "moss"), ERR_REFUSED, "an own screen");
	room_end(&r);
}

static void
a_tie_is_told_and_run_off(void **state)
{
	struct room r;
	char *ids;

	(void)state;
	room_begin(&r);
	done(r.lena.c, votes_op(&r, 1, NULL), NULL);
	done(r.moss.c, vote_op(&r, "vote", r.item[0], NULL), NULL);
	done(r.fern.c, vote_op(&r, "vote", r.item[1], NULL), NULL);
	done(r.lena.c, votes_op(&r, 0, NULL), NULL);
	ids = strcmp(r.item[0], r.item[1]) < 0 ? mem_fmt("%s,%s", r.item[0], r.item[1])
					       : mem_fmt("%s,%s", r.item[1], r.item[0]);
	UNTIL(&r.w, who_read(&r.lena, ids) && heard_says(r.fern.heard, "a tie: 2"));
	assert_true(who_read(&r.lena, "\"tie\""));
	assert_false(who_read(&r.fern, "\"tie\""));
	done(r.lena.c, votes_op(&r, 1, ids), NULL);
	refused(r.moss.c, vote_op(&r, "vote", r.item[2], NULL), ERR_REFUSED, "");
	done(r.moss.c, vote_op(&r, "vote", r.item[0], NULL), NULL);
	buf_clear(&r.fern.heard->notices);
	done(r.lena.c, votes_op(&r, 0, NULL), NULL);
	room_told(&r);
	assert_false(heard_says(r.fern.heard, "a tie"));
	assert_int_equal(votes_of(client_debrief(r.wall.c), r.item[0]), 2);
	assert_int_equal(votes_of(client_debrief(r.wall.c), r.item[1]), 1);
	free(ids);
	room_end(&r);
}

/* The hidden writing ends while a vote is open: the budgets are still known. */
static void
a_reveal_in_mid_vote_keeps_the_key_until_the_vote_ends(void **state)
{
	struct room r;

	(void)state;
	room_begin(&r);
	done(r.lena.c, votes_op(&r, 1, NULL), NULL);
	done(r.moss.c, vote_op(&r, "vote", r.item[0], NULL), NULL);
	done(r.lena.c, flag_op("reveal", HIDDEN, "hidden", false), NULL);
	assert_true(key_is_there(&r.w));
	refused(r.moss.c, vote_op(&r, "vote", r.item[0], NULL), ERR_REFUSED, "");
	done(r.lena.c, votes_op(&r, 0, NULL), NULL);
	assert_false(key_is_there(&r.w));
	room_end(&r);
}

static void
a_close_waits_for_the_vote(void **state)
{
	struct room r;
	struct op op;
	struct change *c;

	(void)state;
	room_begin(&r);
	done(r.lena.c, flag_op("reveal", HIDDEN, "hidden", false), NULL);
	done(r.lena.c, votes_op(&r, 1, NULL), NULL);
	op_init(&op, "close");
	c = op_add(&op, VERB_SET, KIND_DEBRIEF, host_debrief(r.w.host)->item.id);
	change_put_num(c, "status", STATUS_CLOSED);
	refused(r.lena.c, op, ERR_REFUSED, "vote is still open");
	room_end(&r);
}

static void
somebody_asks_for_a_break(void **state)
{
	struct room r;

	(void)state;
	room_begin(&r);
	done(r.moss.c, bare_op("pause", NULL), NULL);
	UNTIL(&r.w, who_read(&r.lena, "somebody asks for a break"));
	assert_true(who_read(&r.lena, "\"break\""));
	room_told(&r);
	buf_clear(&r.lena.heard->raw);
	done(r.moss.c, bare_op("pause", NULL), NULL); /* heard already */
	room_told(&r);
	assert_false(who_read(&r.lena, "break"));
	assert_false(journal_has(&r.w, "pause"));
	room_end(&r);
}

static void
who_leaves_is_not_here_any_more(void **state)
{
	struct room r;
	size_t n;

	(void)state;
	room_begin(&r);
	UNTIL(&r.w, (client_here(r.lena.c, &n), n == 4));
	done(r.moss.c, bare_op("leave", NULL), NULL);
	UNTIL(&r.w, (client_here(r.lena.c, &n), n == 3));
	who_goes(&r.moss);
	UNTIL(&r.w, host_peers(r.w.host) == 3);
	r.moss = who_comes(&r.w, "rook", NULL, "join");
	UNTIL(&r.w, (client_here(r.lena.c, &n), n == 4));
	for (size_t i = 0; i < n; i++) /* not "away" either */
		assert_string_not_equal(client_here(r.lena.c, &n)[i].name, "moss");
	room_end(&r);
}

static struct op
timer_op(const struct room *r, int64_t ends_ns)
{
	struct op op;

	op_init(&op, "timer");
	change_put_num(op_add(&op, VERB_SET, KIND_DEBRIEF, host_debrief(r->w.host)->item.id),
	    "timer_ends", ends_ns);
	return op;
}

static size_t
rings(const struct who *p)
{
	size_t n = 0;

	for (const char *at = p->heard->notices.data;
	     at != NULL && (at = strstr(at, "the timer rings")) != NULL; at++)
		n++;
	return n;
}

static bool
types(const struct room *r, const char *name)
{
	for (size_t i = 0; i < r->w.host->n_peers; i++)
		if (strcmp(r->w.host->peers[i]->name, name) == 0)
			return r->w.host->peers[i]->typing;
	return false;
}

/* The column without names and words in sight becomes one like the others. */
static struct op
open_op(void)
{
	struct op op;
	struct change *c;
	struct id id;

	assert_true(id_parse(SECRET_COLUMN, &id));
	op_init(&op, "column");
	c = op_add(&op, VERB_SET, KIND_COLUMN, id);
	change_put_num(c, "hidden", 0);
	change_put_num(c, "anonymous", 0);
	return op;
}

/* That it waits would tell that somebody types. */
static void
the_timer_tells_nobody_who_types_without_a_name(void **state)
{
	struct room r;

	(void)state;
	room_begin(&r);
	client_presence(r.moss.c, "timeline", NULL, true);
	UNTIL(&r.w, types(&r, "moss"));
	assert_true(r.w.host->hushed);
	done(r.lena.c, timer_op(&r, clock_now_ns()), NULL);
	UNTIL(&r.w, rings(&r.fern) == 1);
	room_end(&r);
}

static void
the_timer_rings_once_and_waits_for_who_types(void **state)
{
	struct room r;
	int64_t began;

	(void)state;
	room_begin(&r);
	world_reveal(r.lena.c);
	done(r.lena.c, open_op(), NULL);
	client_presence(r.moss.c, "timeline", NULL, true);
	UNTIL(&r.w, types(&r, "moss"));
	assert_false(r.w.host->hushed);
	done(r.lena.c, timer_op(&r, clock_now_ns()), NULL);
	began = clock_mono_ms();
	while (clock_mono_ms() < began + 400)
		loop_once(r.w.loop, 50);
	assert_int_equal(rings(&r.fern), 0);
	client_presence(r.moss.c, "timeline", NULL, false);
	UNTIL(&r.w, rings(&r.fern) == 1);
	room_told(&r);
	assert_int_equal(rings(&r.fern), 1);
	done(r.lena.c, timer_op(&r, clock_now_ns() + 20 * 1000000), NULL);
	UNTIL(&r.w, rings(&r.fern) == 2);
	/* Stopped in time, it does not. */
	done(r.lena.c, timer_op(&r, clock_now_ns() + 60 * NS_PER_S), NULL);
	done(r.lena.c, timer_op(&r, TIME_NONE), NULL);
	world_unhost(&r.w);
	world_host(&r.w, NULL);
	UNTIL(&r.w, r.lena.heard->ready == 2 && r.fern.heard->ready == 2);
	assert_int_equal(rings(&r.fern), 2);
	room_end(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_has_so_many_and_sees_own_ones_alone),
		cmocka_unit_test(nothing_says_who_voted),
		cmocka_unit_test(a_budget_holds),
		cmocka_unit_test(a_key_that_was_lost_is_said),
		cmocka_unit_test(a_vote_that_is_sent_twice_counts_once),
		cmocka_unit_test(a_seat_has_its_own_votes),
		cmocka_unit_test(a_tie_is_told_and_run_off),
		cmocka_unit_test(a_reveal_in_mid_vote_keeps_the_key_until_the_vote_ends),
		cmocka_unit_test(a_close_waits_for_the_vote),
		cmocka_unit_test(somebody_asks_for_a_break),
		cmocka_unit_test(who_leaves_is_not_here_any_more),
		cmocka_unit_test(the_timer_tells_nobody_who_types_without_a_name),
		cmocka_unit_test(the_timer_rings_once_and_waits_for_who_types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
