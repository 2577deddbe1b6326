#include "cli/opening.h"

#include <stdlib.h>

#include "cli/session.h"
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

int
opening_run(const struct invocation *in, struct target *t, const char *role)
{
	struct session_options o = { .repo = t->repo,
		.role = role,
		.theme = option_value(in, "theme"),
		.ascii = option_value(in, "ascii") != NULL || !in->utf8,
		.color = in->color };
	const char *given;
	struct err e = { 0 };
	char *name;
	int status;

	if (!program_on_terminal())
		return program_refuse(ERR_USAGE,
		    "there is no terminal to open it on: nothing was changed: use debrief do, "
		    "show or render");
	if (!who_role(in, &given, &e) || !theme_ok(o.theme, &e) ||
	    (!t->placed && !target_place(t, &e)))
		return program_fail(&e);
	who_ask(t->repo);
	name = who_name(in, t->repo, &e);
	if (name == NULL)
		return program_fail(&e);
	o.name = name;
	o.role = given != NULL ? given : role;
	o.place = &t->place;
	o.entry_name = t->entry.name;
	status = session_run(&o);
	free(name);
	return status;
}
