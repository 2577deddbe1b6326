/* From a found debrief to a person's screen. */
#ifndef CLI_OPENING_H
#define CLI_OPENING_H

#include "cli/target.h"

/* Open it on the terminal (ERR_USAGE where there is none, saying what to use instead). `role` NULL:
 * what the name holds;
 * --role wins. Returns the exit status. */
int opening_run(const struct invocation *in, struct target *t, const char *role);

#endif
