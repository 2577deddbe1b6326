/* Who a command without a screen joins as: a name, a role, the secret that proves whose hidden
 * cards are whose, and what a forced command pinned. */
#ifndef CLI_JOINING_H
#define CLI_JOINING_H

#include "cli/target.h"
#include "live/client.h"

struct joining {
	char *name, *secret;
	struct client_options options; /* points into the others */
};

/* Read from the options of a call, for the debrief of a placed target; `want` as in struct
 * client_options. A secret that cannot be kept is said on standard error and made for this time
 * only. False: ERR_USAGE or ERR_REFUSED, nothing to free. */
bool joining_of(const struct invocation *in, const struct target *t, const char *want,
    struct joining *out, struct err *e);
void joining_fini(struct joining *j);

#endif
