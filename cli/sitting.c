#include "cli/sitting.h"

#include "cli/joining.h"
#include "commands/command.h"

static bool
ask_one(struct client *client, struct zones *zones, const char *line, struct err *e)
{
	struct command_scene s = { .d = client_debrief(client),
		.me = client_name(client),
		.role = client_role(client),
		.now_ns = clock_now_ns() / NS_PER_S * NS_PER_S,
		.random = rand_bits };
	struct strs words = { 0 };
	struct buf answer = { 0 };
	struct op op;
	bool good;

	s.zone = zones_of(zones, s.d);
	s.last_event_ns = client_last_event_ns(client);
	good = words_split(line, &words, e) && command_read(&s, &words, &op, e) &&
	       client_ask(client, &op, &answer, e);
	strs_fini(&words);
	buf_fini(&answer);
	return good;
}

static bool
ask_all(struct client *client, struct err *e)
{
	struct zones zones = { 0 };
	bool good = client_wait_ready(client, e) && ask_one(client, &zones, "stage actions", e) &&
		    ask_one(client, &zones, "timer 20m", e);

	zones_fini(&zones);
	return good;
}

bool
sitting_begin(const struct invocation *in, struct target *t, struct err *e)
{
	static const struct client_calls calls = { .notice = target_notice };
	struct client *client;
	struct joining j;
	struct loop *loop;
	bool good;

	if (!target_place(t, e) || !joining_of(in, t, "join", &j, e))
		return false;
	loop = loop_new();
	client = client_new(loop, &t->place, &j.options, &calls, NULL, e);
	joining_fini(&j);
	good = client != NULL && ask_all(client, e);
	client_free(client);
	loop_free(loop);
	return good;
}
