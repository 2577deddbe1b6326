#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/begin.h"
#include "cli/opening.h"
#include "cli/target.h"
#include "live/host.h"

static bool
read_minutes(const struct invocation *in, int *minutes, struct err *e)
{
	const char *given = option_value(in, "minutes");

	*minutes = 60;
	if (given == NULL)
		return true;
	*minutes = atoi(given);
	if (strcmp(given, "10") == 0 || strcmp(given, "30") == 0 || strcmp(given, "60") == 0 ||
	    strcmp(given, "90") == 0)
		return true;
	return err_set(
	    e, ERR_USAGE, "--minutes %s: nothing was begun: it is 10, 30, 60 or 90", given);
}

static bool
begin(const struct invocation *in, struct target *t, struct err *e)
{
	const char *template = option_value(in, "template");
	struct beginning b = { .title = in->words[0],
		.template = template != NULL ? template : "incident",
		.now_ns = clock_now_ns() / NS_PER_S * NS_PER_S };
	struct debrief *d = NULL;
	bool good;
	char *name;

	if (!read_minutes(in, &b.minutes, e) || (t->repo = history_open(in->repo_dir, e)) == NULL)
		return false;
	who_ask(t->repo);
	b.name = name = who_name(in, t->repo, e);
	if (name != NULL)
		d = begin_debrief(t->repo, &b, e);
	good = d != NULL && host_begin(t->repo, d, &t->entry, e);
	debrief_free(d);
	free(name);
	return good;
}

static int
print_name(const struct target *t)
{
	struct buf out = { 0 };
	int status;

	buf_addf(&out, "%s\n", t->entry.name);
	status = program_print(&out);
	buf_fini(&out);
	return status;
}

int
cmd_new(const struct invocation *in)
{
	struct target t = { 0 };
	struct err e = { 0 };
	int status;

	if (!begin(in, &t, &e)) {
		repo_close(t.repo);
		return program_fail(&e);
	}
	history_used(t.repo, &t.entry);
	status = print_name(&t);
	if (status == 0 && program_on_terminal() && option_value(in, "no-open") == NULL)
		status = opening_run(in, &t, NULL);
	target_close(&t);
	return status;
}
