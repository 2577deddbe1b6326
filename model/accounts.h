/* Accounts that stand beside each other: what several people tell of the same moment. None of them
 * is the right one; they are shown together, so that the difference can be talked about. Pure;
 * derived, never stored. */
#ifndef MODEL_ACCOUNTS_H
#define MODEL_ACCOUNTS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/debrief.h"

/* Two or more events of certainty `account`, by different tellers (source, else lane; whoever is not
 * named is a teller of their own), whose times overlap with that of the first one. A time is known
 * as its precision says: a minute, or five minutes either way where it is about; `until` stretches
 * it. */
struct accounts {
	size_t *members; /* indices of events, group by group, in their order */
	struct account_group {
		size_t first, n; /* of members */
	} *v;
	size_t n;
	size_t *group; /* of each event: the number of its group + 1, else 0; NULL: n is 0 */
};

struct accounts accounts_of(const struct debrief *d); /* linear; what it holds is freed by fini */
void accounts_fini(struct accounts *a);
/* The group of the i-th event, or NULL. */
const struct account_group *accounts_at(const struct accounts *a, size_t i);
const char *account_teller(const struct event *e); /* source, else lane, else NULL; borrowed */

#endif
