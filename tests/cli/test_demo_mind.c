/* The simulated colleagues' minds, with a clock and a room of the test's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/begin.h"
#include "cli/demo_mind.h"
#include "commands/command.h"
#include "model/visible.h"
#include "storage/template.h"

enum { USER = 0, MINDS = MIND_LAST };

struct one {
	const char *name;
	enum role_of role;
	struct strs slots;
	struct mind *mind;
	struct mind_move move;
	int64_t next_ms;
	bool typing;
};

struct room {
	struct debrief *d;
	struct zone *zone;
	struct one v[MINDS + 1];
	int64_t now_ms;
	uint64_t random;
	bool busy;
	size_t said, refused;
	int64_t last_said_ms;
	char last[400];
};

static uint64_t room_random_state = 7;

static uint64_t
room_random(void)
{
	room_random_state =
	    room_random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return room_random_state >> 4;
}

static bool
owns(void *ctx, const struct card *card)
{
	return card->owner != NULL && strcmp(card->owner, ctx) == 0;
}

static char *
owner(void *ctx, struct id card)
{
	(void)card;
	return mem_dup(ctx);
}

/* What a host does with a line of one of them. */
static bool
room_say(struct room *r, int who, const char *line, struct err *e)
{
	struct one *o = &r->v[who];
	struct actor actor = { .name = o->name,
		.role = o->role,
		.owns = owns,
		.owner = owner,
		.ctx = (char *)(uintptr_t)o->name,
		.slots = &o->slots };
	struct host_gift gift = { r->now_ms * 1000000, room_random() };
	struct command_scene s = { .d = r->d,
		.me = o->name,
		.role = o->role,
		.now_ns = r->now_ms * 1000000,
		.zone = r->zone,
		.last_event_ns = TIME_NONE,
		.random = room_random };
	struct op op;
	bool good;

	if (!command_read_line(&s, line, &op, e))
		return false;
	if (op_is_anonymous(r->d, &op))
		op.by = NULL;
	else
		op.by = mem_dup(o->name);
	good = debrief_check(r->d, &actor, &op, e);
	if (good) {
		debrief_complete(r->d, &actor, &op, &gift);
		debrief_apply(r->d, &op);
	}
	op_fini(&op);
	return good;
}

static void
room_must(struct room *r, int who, const char *line)
{
	struct err e = { 0 };

	if (!room_say(r, who, line, &e))
		fail_msg("%s: %s", line, e.text);
}

static void
room_begin(struct room *r, const char *incident, uint64_t seed)
{
	static const char *const names[] = { "lena", "kit", "fern", "moss" };
	struct beginning b = { "x", "incident", 60, "lena", 0 };
	char *file = mem_fmt("incidents/%s.debrief", incident);
	char *room = mem_fmt("incidents/%s.room", incident);
	const char *script;
	struct err e = { 0 };
	size_t len = 0;

	*r = (struct room){ .now_ms = INT64_C(1784210400000) };
	b.now_ns = r->now_ms * 1000000;
	r->zone = zone_open("UTC", &e);
	r->d = begin_debrief(NULL, &b, &e);
	assert_non_null(r->d);
	script = embedded_file(file, &len);
	if (!begin_script(r->d, script, len, "lena", b.now_ns, &e))
		fail_msg("%s", e.text);
	script = embedded_file(room, &len);
	assert_non_null(script);
	for (int i = 0; i <= MINDS; i++) {
		struct one *o = &r->v[i];
		o->name = names[i];
		o->role = i == USER		? PERSON_FACILITATOR
			  : i == MIND_SCRIBE ? PERSON_SCRIBE
					     : PERSON_PARTICIPANT;
		for (int k = 0; k < 5; k++)
			strs_add(&o->slots, id_make((uint64_t)(1000 + i * 10 + k)).s);
		if (i > 0)
			o->mind = mind_new(i, script, len, seed);
		o->next_ms = r->now_ms + i * 2500;
	}
	free(file);
	free(room);
}

static void
room_end(struct room *r)
{
	for (int i = 0; i <= MINDS; i++) {
		mind_move_fini(&r->v[i].move);
		mind_free(r->v[i].mind);
		strs_fini(&r->v[i].slots);
	}
	zone_free(r->zone);
	debrief_free(r->d);
}

static void
room_think(struct room *r, int i)
{
	struct one *o = &r->v[i];
	struct viewer eyes = { .name = o->name,
		.role = o->role,
		.owns = owns,
		.ctx = (char *)(uintptr_t)o->name,
		.slots = &o->slots };
	struct mind_scene s = { .now_ms = r->now_ms, .busy = r->busy };
	struct debrief *seen = visible_copy(r->d, &eyes);

	s.d = seen;
	mind_move_fini(&o->move);
	mind_next(o->mind, &s, &o->move);
	assert_true(o->move.wait_ms >= 5000);
	assert_true(o->move.typing_ms == 0 || o->move.typing_ms >= 1500);
	assert_true(o->move.typing_ms == 0 || o->move.command != NULL);
	if (id_some(o->move.item))
		assert_non_null(debrief_any(seen, o->move.item, &(enum kind){ 0 }));
	o->typing = o->move.command != NULL;
	o->next_ms = r->now_ms + (o->typing ? o->move.typing_ms : o->move.wait_ms);
	debrief_free(seen);
}

static void
room_speak(struct room *r, int i)
{
	struct one *o = &r->v[i];
	struct err e = { 0 };

	r->said++;
	if (!room_say(r, i, o->move.command, &e)) {
		r->refused++;
		snprintf(r->last, sizeof r->last, "%.150s: %.200s", o->move.command, e.text);
	}
	r->last_said_ms = r->now_ms;
	o->typing = false;
	o->next_ms = r->now_ms + o->move.wait_ms;
}

/* So many seconds of the room, in order. */
static void
room_run(struct room *r, int seconds)
{
	int64_t end_ms = r->now_ms + (int64_t)seconds * 1000;

	for (;;) {
		int next = 1;
		for (int i = 2; i <= MINDS; i++)
			if (r->v[i].next_ms < r->v[next].next_ms)
				next = i;
		if (r->v[next].next_ms > end_ms)
			break;
		r->now_ms = r->v[next].next_ms;
		if (r->v[next].typing)
			room_speak(r, next);
		else
			room_think(r, next);
	}
	r->now_ms = end_ms;
}

static const struct column *
round_column(const struct room *r)
{
	for (size_t i = 0; i < DEBRIEF_N(r->d, COLUMN); i++)
		if (strcmp(DEBRIEF_AT(r->d, COLUMN, column, i)->name, mind_column) == 0)
			return DEBRIEF_AT(r->d, COLUMN, column, i);
	return NULL;
}

static size_t
round_cards(const struct room *r, int64_t *votes)
{
	const struct column *c = round_column(r);
	size_t n = 0;

	*votes = 0;
	for (size_t i = 0; c != NULL && i < DEBRIEF_N(r->d, CARD); i++) {
		const struct card *card = DEBRIEF_AT(r->d, CARD, card, i);
		if (id_equal(card->column, c->item.id)) {
			n++;
			*votes += card->votes;
		}
	}
	return n;
}

static const char *const incidents[] = { "gitlab-2017-01-31", "cloudflare-2019-07-02" };

/* Left alone they write in silence, reveal, vote and count, at a pace that can be followed. */
static void
a_room_left_alone_has_its_round(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 6; seed++) {
		struct room r;
		int64_t votes;
		size_t cards;
		room_begin(&r, incidents[seed % 2], seed);
		room_run(&r, 100);
		assert_non_null(round_column(&r));
		assert_true(round_column(&r)->hidden);
		cards = round_cards(&r, &votes);
		assert_true(cards >= 2);
		room_run(&r, 200);
		assert_false(round_column(&r)->hidden);
		assert_int_equal(r.d->votes_each, 0);
		assert_true(round_cards(&r, &votes) >= cards);
		assert_int_equal(votes, 6); /* all of theirs; the user gave none */
		assert_true(r.said <= 300 / 4);
		if (r.refused > 0)
			fail_msg("%zu refused: %s", r.refused, r.last);
		room_end(&r);
	}
}

static void
nothing_moves_the_room_while_the_user_types(void **state)
{
	struct room r;

	(void)state;
	room_begin(&r, incidents[0], 3);
	r.busy = true;
	room_run(&r, 300);
	assert_null(round_column(&r));
	r.busy = false;
	room_run(&r, 60);
	assert_non_null(round_column(&r));
	r.busy = true;
	room_run(&r, 300);
	assert_true(round_column(&r)->hidden);
	room_end(&r);
}

/* A column of the user's stays hidden until the user says otherwise. */
static void
what_the_user_hides_is_not_revealed(void **state)
{
	struct room r;

	(void)state;
	room_begin(&r, incidents[0], 4);
	room_run(&r, 60);
	assert_non_null(round_column(&r));
	room_must(&r, USER, "column add Mine hidden=yes");
	room_run(&r, 400);
	assert_true(round_column(&r)->hidden);
	room_must(&r, USER, "reveal");
	room_run(&r, 100);
	assert_false(round_column(&r)->hidden);
	room_end(&r);
}

static void
the_users_vote_is_voted_in_and_left_open(void **state)
{
	struct room r;
	size_t given;

	(void)state;
	room_begin(&r, incidents[0], 5);
	room_must(&r, USER, "votes open 3 on=C1,C2,C4");
	room_run(&r, 90);
	given = r.d->ballots.n;
	room_run(&r, 300);
	assert_int_equal(r.d->votes_each, 3);
	assert_int_equal(given, 9);
	assert_int_equal(r.d->ballots.n, 9);
	if (r.refused > 0)
		fail_msg("%s", r.last);
	room_end(&r);
}

static void
each_stage_brings_its_lines_once(void **state)
{
	static const char *const stages[] = { "surprises", "causes", "ideas", "actions", "close" };

	(void)state;
	for (uint64_t seed = 1; seed <= 3; seed++) {
		struct room r;
		size_t causes, people;
		room_begin(&r, incidents[0], seed);
		causes = DEBRIEF_N(r.d, CAUSE);
		for (size_t i = 0; i < 5; i++) {
			char line[40];
			struct err e = { 0 };
			snprintf(line, sizeof line, "stage %s", stages[i]);
			if (!room_say(&r, USER, line, &e))
				room_must(&r, USER, "override enough");
			room_run(&r, 120);
		}
		assert_int_equal(DEBRIEF_N(r.d, CAUSE), causes + 5);
		assert_int_equal(DEBRIEF_N(r.d, RATING), 2);
		people = DEBRIEF_N(r.d, PERSON);
		assert_int_equal(people, 4);
		if (r.refused > 0)
			fail_msg("%s", r.last);
		room_end(&r);
	}
}

static void
what_the_user_adds_is_looked_at(void **state)
{
	struct room r;
	size_t looked = 0, agreed = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 8; seed++) {
		room_begin(&r, incidents[0], seed);
		mind_notice(r.v[2].mind, r.d->of[KIND_CAUSE].v[3]->id);
		room_think(&r, 2);
		looked += id_equal(r.v[2].move.item, r.d->of[KIND_CAUSE].v[3]->id);
		agreed += r.v[2].move.command != NULL &&
			  strncmp(r.v[2].move.command, "agree ", 6) == 0;
		room_end(&r);
	}
	assert_int_equal(looked, 8);
	assert_true(agreed > 0 && agreed < 8);
}

static void
hands_go_up_and_down_again(void **state)
{
	struct room r;
	bool up = false;

	(void)state;
	room_begin(&r, incidents[0], 2);
	for (int i = 0; i < 60; i++) {
		room_run(&r, 5);
		up = up || r.d->hands.n > 0;
	}
	assert_true(up);
	assert_int_equal(r.d->hands.n, 0);
	assert_int_equal(debrief_person(r.d, "moss")->turns, 1);
	room_end(&r);
}

static void
lines_are_for_one(void **state)
{
	static const char script[] = "# note\n\nopen 2 pass\nopen 3 confirm\nopen\nopen 2\nopen 22 x\n"
				     "open 2 ready\nlast 2 hand";
	struct debrief *d = debrief_new(id_make(1));
	struct mind *m = mind_new(2, script, strlen(script), 1);
	struct mind_scene s = { .d = d };
	struct mind_move move;

	(void)state;
	d->stage = mem_dup("open");
	mind_next(m, &s, &move);
	assert_string_equal(move.command, "pass");
	mind_move_fini(&move);
	mind_next(m, &s, &move);
	assert_string_equal(move.command, "ready");
	mind_move_fini(&move);
	for (int i = 0; i < 20; i++) {
		mind_next(m, &s, &move);
		assert_true(move.command == NULL || strcmp(move.command, "ready") == 0);
		mind_move_fini(&move);
	}
	free(d->stage);
	d->stage = mem_dup("last");
	mind_next(m, &s, &move);
	assert_string_equal(move.command, "hand");
	mind_move_fini(&move);
	mind_free(m);
	mind_free(mind_new(1, "", 0, 1));
	mind_free(mind_new(1, NULL, 0, 1));
	debrief_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_room_left_alone_has_its_round),
		cmocka_unit_test(nothing_moves_the_room_while_the_user_types),
		cmocka_unit_test(what_the_user_hides_is_not_revealed),
		cmocka_unit_test(the_users_vote_is_voted_in_and_left_open),
		cmocka_unit_test(each_stage_brings_its_lines_once),
		cmocka_unit_test(what_the_user_adds_is_looked_at),
		cmocka_unit_test(hands_go_up_and_down_again),
		cmocka_unit_test(lines_are_for_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
