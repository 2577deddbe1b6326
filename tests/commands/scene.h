/* A debrief to read commands against, and what a host would do with them, without a host. */
#ifndef TESTS_COMMANDS_SCENE_H
#define TESTS_COMMANDS_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "commands/command.h"

static uint64_t
test_random(void)
{
	static uint64_t state = 42;

	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return state >> 4;
}

struct world {
	struct debrief *d;
	struct zone *zone;
	struct command_scene s;
	int64_t now_ns;
};

static inline void
world_init(struct world *w, const char *zone)
{
	struct err e = { 0 };

	*w = (struct world){ 0 };
	w->d = debrief_new(id_make(7));
	w->zone = zone_open(zone, &e);
	assert_non_null(w->zone);
	assert_true(time_parse("2026-11-22T12:00:00Z", &w->now_ns));
	w->s = (struct command_scene){ .d = w->d,
		.me = "lena",
		.role = PERSON_FACILITATOR,
		.now_ns = w->now_ns,
		.zone = w->zone,
		.last_event_ns = TIME_NONE,
		.random = test_random };
}

static inline void
world_fini(struct world *w)
{
	debrief_free(w->d);
	zone_free(w->zone);
}

/* The status a line ends with; 0 also applies it. `e` may be NULL. */
static inline int
world_run(struct world *w, const char *line, struct err *e)
{
	struct actor me = { .name = "lena", .role = w->s.role, .host = false };
	struct host_gift gift = { w->now_ns, test_random() };
	struct err own = { 0 };
	struct op op;

	e = e != NULL ? e : &own;
	*e = (struct err){ 0 };
	if (!command_read_line(&w->s, line, &op, e))
		return (int)e->kind;
	if (op.command == NULL)
		return 0;
	op.by = mem_dup("lena");
	if (!debrief_check(w->d, &me, &op, e)) {
		op_fini(&op);
		return (int)e->kind;
	}
	debrief_complete(w->d, &me, &op, &gift);
	debrief_apply(w->d, &op);
	for (size_t i = 0; i < op.n; i++)
		if (op.v[i].kind == KIND_EVENT && op.v[i].verb == VERB_ADD)
			w->s.last_event_ns =
			    ((struct event *)debrief_find(w->d, KIND_EVENT, op.v[i].id))->at_ns;
	op_fini(&op);
	return 0;
}

static inline void
world_must(struct world *w, const char *line)
{
	struct err e;

	if (world_run(w, line, &e) != 0)
		fail_msg("%s\n    %s", line, e.text);
}

static inline void
world_refuses(struct world *w, const char *line, int status, const char *part)
{
	struct debrief *before = debrief_copy(w->d);
	struct err e;
	int got = world_run(w, line, &e);

	if (got != status || strstr(e.text, part) == NULL)
		fail_msg("%s\n    exit %d (wanted %d): %s\n    wanted: %s", line, got, status,
		    e.text, part);
	assert_true(debrief_equal(before, w->d));
	debrief_free(before);
}

#endif
