/* A short meeting about what is done: of a debrief whose causes had time to sink in. */
#ifndef CLI_SITTING_H
#define CLI_SITTING_H

#include "cli/target.h"

/* Go to the stage actions and set the clock to 20 minutes, as who calls. ERR_REFUSED where that one
 * may not, or the debrief has no such stage. */
bool sitting_begin(const struct invocation *in, struct target *t, struct err *e);

#endif
