#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/asking.h"
#include "cli/gate.h"
#include "live/codes.h"
#include "storage/history.h"

enum { TRIES = 3, WRONG_S = 2 };

static bool
ask_both(char **code, char **name)
{
	*code = ask_line("code?");
	*name = *code != NULL ? ask_line("name?") : NULL;
	return *name != NULL;
}

/* Who it is; false with the reason once the tries are used up. */
static bool
let_in(const struct repo *r, struct guest *out, struct err *e)
{
	for (int i = 0; i < TRIES; i++) {
		char *code = NULL, *name = NULL;
		bool asked = ask_both(&code, &name), good;

		good = asked && codes_use(r, code, name, out, e);
		free(code);
		free(name);
		if (good)
			return true;
		if (!asked)
			return err_set(e, ERR_USAGE,
			    "no code was given: you are not in: ssh -t again, with the code");
		if (e->kind != ERR_REFUSED)
			return false;
		if (i + 1 < TRIES)
			program_note(e->text);
		sleep(WRONG_S);
	}
	return false;
}

static void
say_again(const struct guest *g)
{
	char *typed;

	printf("\nWelcome. Should the line drop, come back with the code %s (good once, written "
	       "down nowhere else).\n",
	    g->again);
	typed = ask_line("enter goes on");
	free(typed);
}

static int
enter(const struct invocation *in, const struct guest *g)
{
	struct gate_rule rule = { .name = g->name,
		.role = g->role,
		.only = g->debrief.s,
		.repo_dir = in->repo_dir,
		.utf8 = in->utf8 };
	struct gate_order order;
	struct err e = { 0 };
	int status;

	if (!gate_read(NULL, &rule, &order, &e))
		return program_fail(&e);
	status = order.in.sub->run(&order.in);
	gate_fini(&order);
	return status;
}

int
cmd_door(const struct invocation *in)
{
	struct guest g = { 0 };
	struct err e = { 0 };
	struct repo *r;
	bool good;
	int status;

	if (!program_on_terminal())
		return program_refuse(
		    ERR_USAGE, "the door asks on a terminal: you are not in: write ssh -t");
	r = history_open(in->repo_dir, &e);
	if (r == NULL)
		return program_fail(&e);
	good = let_in(r, &g, &e);
	repo_close(r);
	if (!good)
		return program_fail(&e);
	say_again(&g);
	status = enter(in, &g);
	guest_fini(&g);
	return status;
}
