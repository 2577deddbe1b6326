#define _GNU_SOURCE /* memmem */
/* One order for everybody: a hundred who watch, some who write, some who come, are cut off and come
 * again, and changes of which they may know nothing. */
#include "tests/live/world.h"

#include "base/buf.h"
#include "live/client_internal.h"
#include "live/secret.h"
#include "model/visible.h"

enum { WATCHERS = 100, SEED = 20260714 };

/* What one was told: each change's number and client's id. */
struct told {
	struct entry_of {
		uint64_t seq;
		struct id cid;
	} * v;
	size_t n, cap, ready;
	struct buf lines; /* the ops as they came */
	bool joined;
};

static void
told_change(void *ctx, const struct op *op)
{
	struct told *t = ctx;

	VEC_ROOM(t->v, t->n, t->cap);
	t->v[t->n++] = (struct entry_of){ op->seq, op->cid };
}

static void
told_line(void *ctx, const char *line, size_t len)
{
	struct told *t = ctx;

	if (t->joined && len > 12 && memcmp(line, "{\"type\":\"op\"", 12) == 0) {
		buf_add(&t->lines, line, len);
		buf_addc(&t->lines, '\n');
	}
}

static void
told_ready(void *ctx)
{
	struct told *t = ctx;

	t->joined = true;
	t->ready++;
}

static const struct client_calls told_calls = {
	.ready = told_ready, .changed = told_change, .raw = told_line
};

struct room {
	struct world w;
	struct client *watcher[WATCHERS], *lead;
	struct told told[WATCHERS];
	size_t n;
	char *secret;
	uint64_t dice;
};

static unsigned
roll(struct room *r, unsigned sides)
{
	r->dice = r->dice * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(r->dice >> 33) % sides;
}

static struct client *
room_join(struct room *r, const char *name, const char *want, struct told *t)
{
	struct client_options o = { .name = name, .want = want, .reconnect = true };
	struct err e = { 0 };
	struct client *c;

	if (strcmp(want, "join") == 0)
		o.secret = r->secret;
	else
		o.role = "observer";
	o.fd = place_connect(&r->w.place, &e);
	assert_true(o.fd >= 0);
	c = client_new(r->w.loop, &r->w.place, &o,
	    t != NULL ? &told_calls : &(struct client_calls){ 0 }, t, &e);
	OKAY(e, c != NULL && client_wait_ready(c, &e));
	return c;
}

static void
watcher_comes(struct room *r)
{
	char name[32];

	assert_true(r->n < WATCHERS);
	snprintf(name, sizeof name, "watcher %zu", r->n);
	r->watcher[r->n] = room_join(r, name, "watch", &r->told[r->n]);
	r->n++;
}

static struct room *
room_new(size_t watchers)
{
	struct room *r = mem_zero(1, sizeof *r);

	world_begin(&r->w);
	world_host(&r->w, NULL);
	r->dice = SEED;
	r->secret = secret_new();
	r->lead = room_join(r, "lena", "join", NULL);
	while (r->n < watchers)
		watcher_comes(r);
	return r;
}

static void
room_free(struct room *r)
{
	for (size_t i = 0; i < r->n; i++) {
		client_free(r->watcher[i]);
		buf_fini(&r->told[i].lines);
		free(r->told[i].v);
	}
	client_free(r->lead);
	world_end(&r->w);
	free(r->secret);
	free(r);
}

/* A last change of the lead, seen by all: what came before it has arrived. */
static void
all_have_arrived(struct room *r)
{
	struct op op = set_op("set", KIND_DEBRIEF, r->w.place.id, "impact", "the last word");

	done(r->lead, op, NULL);
	for (size_t i = 0; i < r->n; i++)
		UNTIL(
		    &r->w, client_state(r->watcher[i]) == CLIENT_READY &&
			       client_debrief(r->watcher[i])->impact != NULL &&
			       strcmp(client_debrief(r->watcher[i])->impact, "the last word") == 0);
}

static void
replicas_are_what_nobody_in_particular_sees(struct room *r)
{
	struct viewer nobody = { 0 };
	struct debrief *seen = visible_copy(host_debrief(r->w.host), &nobody);

	for (size_t i = 0; i < r->n; i++)
		assert_true(debrief_equal(client_debrief(r->watcher[i]), seen));
	debrief_free(seen);
}

/* Without a gap, without a repeat. */
static void
numbers_follow_each_other(const struct told *t)
{
	for (size_t i = 1; i < t->n; i++)
		assert_int_equal(t->v[i].seq, t->v[i - 1].seq + 1);
}

static bool
same_order(const struct told *a, const struct told *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->v[i].seq != b->v[i].seq || !id_equal(a->v[i].cid, b->v[i].cid))
			return false;
	return true;
}

static void
write_from_five(struct room *r, struct client *const *writer, size_t each)
{
	size_t left = 5 * each, sent[5] = { 0 };

	while (left > 0) {
		unsigned who = roll(r, 5);
		struct op op;
		if (sent[who] == each)
			continue;
		op = event_op(1784038145 + (int64_t)roll(r, 5000), "written by one of five");
		client_send(writer[who], &op);
		sent[who]++;
		left--;
		if (roll(r, 4) == 0)
			loop_once(r->w.loop, 0);
	}
	for (size_t i = 0; i < 5; i++)
		UNTIL(&r->w, client_unsafe(writer[i]) == 0);
}

static void
a_hundred_watchers_get_every_change_in_one_order(void **state)
{
	static const char *const names[] = { "ada", "fern", "kit", "moss", "rune" };
	struct room *r = room_new(WATCHERS);
	struct client *writer[5];

	(void)state;
	for (size_t i = 0; i < 5; i++)
		writer[i] = room_join(r, names[i], "join", NULL);
	write_from_five(r, writer, 30);
	all_have_arrived(r);
	assert_int_equal(r->told[0].n, 151);
	numbers_follow_each_other(&r->told[0]);
	for (size_t i = 1; i < r->n; i++) {
		assert_true(same_order(&r->told[0], &r->told[i]));
		assert_int_equal(r->told[i].lines.len, r->told[0].lines.len);
		assert_memory_equal(
		    r->told[i].lines.data, r->told[0].lines.data, r->told[0].lines.len);
	}
	assert_int_equal(DEBRIEF_N(host_debrief(r->w.host), EVENT), 150);
	replicas_are_what_nobody_in_particular_sees(r);
	for (size_t i = 0; i < 5; i++)
		client_free(writer[i]);
	room_free(r);
}

static struct op
reveal_op(void)
{
	struct op op;
	struct id column;

	assert_true(id_parse(HIDDEN, &column));
	op_init(&op, "reveal");
	change_put_num(op_add(&op, VERB_SET, KIND_COLUMN, column), "hidden", 0);
	return op;
}

/* Coming later gives a part of the same order, being cut off a part with nothing twice. */
static void
who_is_cut_off_and_comes_again_misses_nothing(void **state)
{
	struct room *r = room_new(20);

	(void)state;
	done(r->lead, reveal_op(), NULL); /* while something is hidden nobody goes on by number */
	for (int i = 0; i < 300; i++) {
		struct op op = event_op(1784038145 + i, "one of many");
		client_send(r->lead, &op);
		if (roll(r, 3) == 0) {
			struct client *c = r->watcher[1 + roll(r, (unsigned)r->n - 1)];
			if (c->s.fd >= 0)
				shutdown(c->s.fd, SHUT_RDWR);
		}
		if (i % 30 == 0)
			watcher_comes(r);
		loop_once(r->w.loop, 0);
	}
	all_have_arrived(r);
	assert_int_equal(r->told[0].n, 302);
	numbers_follow_each_other(&r->told[0]);
	for (size_t i = 1; i < r->n; i++) {
		const struct told *t = &r->told[i];
		/* All of it was in the short memory of the host: nobody had to begin anew. */
		numbers_follow_each_other(t);
		assert_int_equal(t->v[t->n - 1].seq, r->told[0].v[301].seq);
		if (i < 20)
			assert_true(same_order(&r->told[0], t));
	}
	replicas_are_what_nobody_in_particular_sees(r);
	room_free(r);
}

/* Changes that say nothing to others take no number: nothing shows that there was one. */
static void
what_is_hidden_leaves_no_gap(void **state)
{
	struct room *r = room_new(10);
	size_t cards = 0;

	(void)state;
	for (int i = 0; i < 100; i++) {
		struct op op = event_op(1784038145 + i, "for everybody");
		if (roll(r, 2) == 0) {
			op_fini(&op);
			op = card_op("for nobody yet");
			cards++;
		}
		client_send(r->lead, &op);
		if (roll(r, 3) == 0)
			loop_once(r->w.loop, 0);
	}
	UNTIL(&r->w, client_unsafe(r->lead) == 0);
	all_have_arrived(r);
	assert_true(cards > 20);
	assert_int_equal(DEBRIEF_N(client_debrief(r->lead), CARD), cards);
	for (size_t i = 0; i < r->n; i++) {
		assert_int_equal(r->told[i].n, 101 - cards);
		numbers_follow_each_other(&r->told[i]);
		assert_true(same_order(&r->told[0], &r->told[i]));
		assert_null(memmem(r->told[i].lines.data, r->told[i].lines.len, "for nobody", 10));
	}
	replicas_are_what_nobody_in_particular_sees(r);
	room_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hundred_watchers_get_every_change_in_one_order),
		cmocka_unit_test(who_is_cut_off_and_comes_again_misses_nothing),
		cmocka_unit_test(what_is_hidden_leaves_no_gap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
