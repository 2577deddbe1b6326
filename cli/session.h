/* A person's screen: the terminal, the keys, the editors and one client, in one poll loop. */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include <stdbool.h>

#include "live/place.h"
#include "live/remote.h"

struct session_options {
	struct repo *repo;	   /* for templates and settings; NULL: there is none here */
	const struct place *place; /* of the debrief; NULL where `remote` is given */
	struct remote *remote;	   /* reached by ssh, already open (borrowed); NULL: by its place */
	const char *entry_name;	   /* its name, for the title */
	const char *name;	   /* who; NULL: git's user.name, else the login */
	const char *role;	   /* NULL: what the name holds */
	const char *item;	   /* the id of what to show first; NULL: where the room is */
	const char *want;	   /* "join" (NULL too), "projector", "console" */
	const char *pin_name, *pin_role; /* of a forced command; NULL: none */
	const char *theme;		 /* NULL: git config debrief.theme, else "default" */
	int simple; /* 1: the cursor is always in the entry line; 0: not; -1: by the role */
	bool ascii, color;
	bool restricted; /* no program is started and no file written outside the history */
	bool plain;	 /* a conversation, no screen: nothing but lines is read and written */
	bool demo;	 /* a throw-away history: says so, no questions on leaving */
};

/* Until the person leaves. Returns the exit status; what went wrong was said on standard error,
 * after the terminal was restored. */
int session_run(const struct session_options *o);

#endif
