/* A person's screen: the terminal, the keys, the editors and one client, in one poll loop. */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include <stdbool.h>

#include "live/place.h"

struct session_options {
	struct repo *repo;
	const struct place *place; /* of the debrief */
	const char *entry_name;	   /* its name, for the title */
	const char *name;	   /* who; NULL: git's user.name, else the login */
	const char *role;	   /* NULL: what the name holds */
	const char *theme;	   /* NULL: git config debrief.theme, else "default" */
	bool ascii, color, simple;
	bool demo; /* a throw-away history: says so, no questions on leaving */
};

/* Until the person leaves. Returns the exit status; what went wrong was said on standard error, after the terminal was
 * restored. */
int session_run(const struct session_options *o);

#endif
