#include "cli/opening.h"
#include "cli/sitting.h"
#include "cli/target.h"

/* A host that runs where others cannot reach it gives way to one that they can. */
static bool
share(const struct invocation *in, struct target *t, struct err *e)
{
	const char *group = option_value(in, "share");

	return group == NULL || (target_place(t, e) && place_share(&t->place, t->repo, group, e) &&
				    place_move(&t->place, e));
}

static bool
decide(const struct invocation *in, struct target *t, struct err *e)
{
	if (option_value(in, "decide") == NULL)
		return true;
	if (!program_on_terminal())
		return err_set(e, ERR_USAGE,
		    "there is no terminal to sit at: nothing was changed: use debrief do WHICH "
		    "stage actions");
	return sitting_begin(in, t, e);
}

static int
open_which(const struct invocation *in, const char *which)
{
	struct target t;
	struct err e = { 0 };
	int status;

	if (!target_open(in, which, &t, &e))
		return program_fail(&e);
	status = share(in, &t, &e) && decide(in, &t, &e) ? opening_run(in, &t, NULL)
							 : program_fail(&e);
	target_close(&t);
	return status;
}

int
cmd_open(const struct invocation *in)
{
	return open_which(in, in->words[0]);
}
