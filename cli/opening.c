#include "cli/opening.h"

#include <stdlib.h>
#include <string.h>

#include "cli/session.h"
#include "live/remote.h"
#include "tui/screen.h"
#include "tui/theme.h"

static bool
theme_ok(const char *name, struct err *e)
{
	struct buf names = { 0 };

	if (name == NULL || theme_find(name) != NULL)
		return true;
	for (int i = 0; i < n_themes; i++)
		buf_addf(&names, "%s%s", i > 0 ? ", " : "", themes[i].name);
	err_set(e, ERR_USAGE, "there is no theme %s: nothing was changed: it is one of %s", name,
	    names.data);
	buf_fini(&names);
	return false;
}

static struct session_options
options_of(const struct invocation *in)
{
	return (struct session_options){ .theme = option_value(in, "theme"),
		.ascii = option_value(in, "ascii") != NULL || !in->utf8,
		.color = in->color,
		.want = option_value(in, "projector") != NULL ? "projector"
			: option_value(in, "console") != NULL ? "console"
							      : "join",
		.simple = option_value(in, "simple") != NULL ? 1
			  : option_value(in, "full") != NULL ? 0
							     : -1,
		.pin_name = in->pin_name,
		.pin_role = in->pin_role,
		.item = option_value(in, "item"),
		.restricted = in->restricted };
}

bool
opening_plain(const struct invocation *in, const struct repo *r)
{
	bool drawn = option_value(in, "projector") != NULL || option_value(in, "console") != NULL;
	char *set;
	bool plain;

	if (option_value(in, "plain") != NULL)
		return true;
	if (drawn || !program_on_terminal())
		return false;
	set = r != NULL ? repo_config(r, "debrief.plain") : NULL;
	plain = set != NULL ? strcmp(set, "false") != 0 && strcmp(set, "no") != 0 &&
				  strcmp(set, "off") != 0 && strcmp(set, "0") != 0
			    : !screen_possible(NULL);
	free(set);
	return plain;
}

static bool
can_open(
    const struct invocation *in, const struct session_options *o, const char **given, struct err *e)
{
	if (o->plain && strcmp(o->want, "join") != 0)
		return err_set(e, ERR_USAGE,
		    "a %s is drawn, and --plain draws nothing: nothing was opened: leave one of "
		    "them out",
		    o->want);
	if (!program_on_terminal() && !o->plain)
		return err_set(e, ERR_USAGE,
		    "there is no terminal to open it on: nothing was changed: use debrief do, "
		    "show or render");
	return who_role(in, given, e) && theme_ok(o->theme, e);
}

int
opening_run(const struct invocation *in, struct target *t, const char *role)
{
	struct session_options o = options_of(in);
	const char *given;
	struct err e = { 0 };
	char *name;
	int status;

	o.plain = opening_plain(in, t->repo);
	if (!can_open(in, &o, &given, &e) || !target_place(t, &e))
		return program_fail(&e);
	if (t->repo != NULL && !in->restricted)
		who_ask(t->repo);
	name = who_name(in, t->repo, &e);
	if (name == NULL)
		return program_fail(&e);
	o.repo = t->repo;
	o.name = name;
	o.role = given != NULL ? given : role;
	o.place = &t->place;
	o.entry_name = t->entry.name;
	status = session_run(&o);
	free(name);
	return status;
}

/* Who has no name there takes the one that the relay says. */
static char *
name_there(const struct invocation *in, const struct remote *r, struct err *e)
{
	if (option_value(in, "as") == NULL && remote_name(r) != NULL)
		return mem_dup(remote_name(r));
	return who_name(in, NULL, e);
}

int
opening_remote(const struct invocation *in, struct remote *r)
{
	struct session_options o = options_of(in);
	struct err e = { 0 };
	char *name = NULL;
	int status;

	o.plain = opening_plain(in, NULL);
	if (!can_open(in, &o, &o.role, &e) || !remote_open(r, &e) ||
	    (name = name_there(in, r, &e)) == NULL)
		return program_fail(&e);
	o.entry_name = remote_debrief(r) != NULL ? remote_debrief(r) : remote_which(r);
	o.name = name;
	o.remote = r;
	status = session_run(&o);
	free(name);
	return status;
}
