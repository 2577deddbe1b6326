#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/target.h"
#include "live/relay.h"
#include "live/remote.h"
#include "live/wire.h"

/* Before anything that comes from the other machine. A few bytes: a new connection takes them. */
static bool
say_pin(const struct invocation *in, int wire, struct err *e)
{
	struct message m;
	struct buf line = { 0 };
	bool good;

	if (in->pin_name == NULL)
		return true;
	message_init(&m, MSG_PIN);
	m.name = mem_dup(in->pin_name);
	m.role = mem_dup(in->pin_role);
	message_encode(&m, &line);
	message_fini(&m);
	good = write(wire, line.data, line.len) == (ssize_t)line.len;
	buf_fini(&line);
	return good || err_set(e, ERR_MISSING, "the host is gone: nothing was sent: try again");
}

/* On a line of its own, whatever a login shell left without an end. */
static bool
say_magic(const struct target *t, const char *name, struct err *e)
{
	if (printf("\n%s %s %s %s\n", RELAY_MAGIC, t->place.id.s, t->entry.name, name) > 0 &&
	    fflush(stdout) == 0)
		return true;
	return err_set(e, ERR_STORE,
	    "standard output cannot be written: nothing was sent: look at "
	    "where it goes");
}

static bool
relay(const struct invocation *in, struct target *t, struct err *e)
{
	char *name = who_name(in, t->repo, e);
	int wire = -1;
	bool good;

	if (name != NULL && target_place(t, e))
		wire = place_reach(&t->place, e);
	good = wire >= 0 && say_pin(in, wire, e) && say_magic(t, name, e);
	free(name);
	if (good)
		relay_run(STDIN_FILENO, STDOUT_FILENO, wire);
	else if (wire >= 0)
		close(wire);
	return good;
}

int
cmd_relay(const struct invocation *in)
{
	struct target t;
	struct err e = { 0 };
	bool good;

	signal(SIGPIPE, SIG_IGN);
	if (!target_join(in, in->words[0], &t, &e))
		return program_fail(&e);
	good = relay(in, &t, &e);
	target_close(&t);
	return good ? 0 : program_fail(&e);
}
