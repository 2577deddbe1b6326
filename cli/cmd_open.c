#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/asking.h"
#include "cli/opening.h"
#include "cli/sitting.h"
#include "cli/target.h"

enum { HOME_MOST = 9 };

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

static void
print_newest(const struct entries *all)
{
	struct buf out = { 0 };

	buf_adds(&out, all->n > 0 ? "Debriefs, newest first:\n"
				  : "There is no debrief here yet: debrief new TITLE\n");
	for (size_t i = 0; i < all->n && i < HOME_MOST; i++)
		buf_addf(
		    &out, "  %zu  %s%s\n", i + 1, all->v[i].name, all->v[i].live ? "  (live)" : "");
	if (all->n > HOME_MOST)
		buf_addf(&out, "     %zu more: debrief list\n", all->n - HOME_MOST);
	buf_adds(&out, "  d  the demo\n");
	program_print_clean(&out);
	buf_fini(&out);
}

static int
home_choice(const struct invocation *in, const struct entries *all, const char *typed)
{
	long n = strtol(typed, NULL, 10);

	if (n >= 1 && n <= HOME_MOST && (size_t)n <= all->n)
		return open_which(in, all->v[n - 1].name);
	if (strcmp(typed, "d") == 0)
		return cmd_demo(in);
	if (typed[0] == '\0' || strcmp(typed, "q") == 0)
		return 0;
	return open_which(in, typed);
}

static int
home_without_history(const struct invocation *in, const struct err *e)
{
	char *typed;
	int status = 0;

	printf("%s\n\n  d  see the demo: a real incident in a throw-away history\n"
	       "  i  make a history here on this machine (debrief init), then: debrief new TITLE\n",
	    e->text);
	typed = ask_line("which? [leave]");
	if (typed != NULL && strcmp(typed, "d") == 0)
		status = cmd_demo(in);
	else if (typed != NULL && strcmp(typed, "i") == 0)
		status = cmd_init(in);
	free(typed);
	return status;
}

int
cmd_home(const struct invocation *in)
{
	struct entries all = { 0 };
	struct err e = { 0 };
	struct repo *r;
	char *typed;
	int status = 0;

	if (!program_on_terminal())
		return program_refuse(ERR_USAGE,
		    "there is no terminal here: nothing was changed: use debrief list, new, "
		    "do or show (debrief --help)");
	r = history_open(in->repo_dir, &e);
	if (r == NULL)
		return e.kind == ERR_MISSING ? home_without_history(in, &e) : program_fail(&e);
	if (!history_list(r, &all, &e)) {
		repo_close(r);
		return program_fail(&e);
	}
	print_newest(&all);
	typed = ask_line("which? [leave]");
	if (typed != NULL)
		status = home_choice(in, &all, typed);
	free(typed);
	entries_fini(&all);
	repo_close(r);
	return status;
}
