#include "cli/earlier.h"

#include <stdlib.h>

#include "commands/command.h"
#include "live/client.h"

static bool
send_line(struct client *c, const char *line, struct err *e)
{
	struct command_scene s = { .d = client_debrief(c),
		.me = client_name(c),
		.role = client_role(c),
		.now_ns = clock_now_ns() / NS_PER_S * NS_PER_S,
		.last_event_ns = TIME_NONE,
		.random = rand_bits };
	struct buf said = { 0 };
	struct op op;
	bool good = command_read_line(&s, line, &op, e) && client_ask(c, &op, &said, e);

	buf_fini(&said);
	return good;
}

static char *
proof_line(const struct earlier_proof *p)
{
	struct strs words = { 0 };
	struct buf line = { 0 };

	strs_add(&words, "action");
	strs_add(&words, "set");
	strs_add(&words, p->action);
	strs_take(&words, mem_fmt("proof=%s", p->proof));
	words_join(&words, &line);
	strs_fini(&words);
	return buf_take(&line);
}

/* A host of its own, for a moment: what it knows is what everybody else is told. Where this name
 * may not commit, the journal has it, and the next commit there takes it along. */
bool
earlier_prove(struct repo *r, const struct earlier_proof *p, struct err *e)
{
	const struct client_options o = { .name = p->name, .want = "read", .fd = -1 };
	const struct client_calls calls = { 0 };
	struct loop *loop = loop_new();
	struct client *c = NULL;
	struct entry entry = { 0 };
	struct place place;
	bool good = history_find(r, p->which, &entry, e), placed;
	char *line = proof_line(p);

	placed = good && place_of(r, &entry, &place, e);
	c = placed ? client_new(loop, &place, &o, &calls, NULL, e) : NULL;
	good = c != NULL && client_wait_ready(c, e) && send_line(c, line, e);
	if (good)
		send_line(c, "save", NULL);
	client_free(c);
	if (placed)
		place_fini(&place);
	entry_fini(&entry);
	loop_free(loop);
	free(line);
	return good;
}
