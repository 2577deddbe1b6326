/* What a history remembers for one debrief, printed: the look-alikes, and the actions of earlier
 * ones. */
#ifndef CLI_EARLIER_H
#define CLI_EARLIER_H

#include "cli/target.h"

int earlier_print_alike(const struct invocation *in, const char *which);   /* list --like */
int earlier_print_actions(const struct invocation *in, const char *which); /* actions --for */

/* One line on standard error about a debrief that was just begun, when there is something. */
void earlier_hint(const struct target *t);

/* That an action of an earlier debrief held: its `proof` there, said by `name`, and a commit. */
struct earlier_proof {
	const char *which, *action, *proof, *name;
};
bool earlier_prove(struct repo *r, const struct earlier_proof *p, struct err *e);

#endif
