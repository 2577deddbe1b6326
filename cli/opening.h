/* From a found debrief to a person's screen. */
#ifndef CLI_OPENING_H
#define CLI_OPENING_H

#include "cli/target.h"

struct remote;

/* Open it on the terminal (ERR_USAGE where there is none, saying what to use instead). `role` NULL:
 * what the name holds; --role and a forced command's win. Returns the exit status. */
int opening_run(const struct invocation *in, struct target *t, const char *role);
/* The same for one on another machine (borrowed, not connected yet). */
int opening_remote(const struct invocation *in, struct remote *r);

/* Is it to be a conversation in lines: asked for by --plain, else as the setting debrief.plain of
 * `r` (may be NULL) says, else where the terminal cannot place its cursor? */
bool opening_plain(const struct invocation *in, const struct repo *r);

#endif
