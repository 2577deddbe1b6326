/* The zone that a debrief's times are shown and typed in. */
#ifndef CLI_ZONES_H
#define CLI_ZONES_H

#include "base/when.h"
#include "model/debrief.h"

/* The debrief's zone, kept until another is wanted; the machine's where it names none.
 * Zero-initialized is empty. */
struct zones {
	struct zone *zone;
	char *name;
	char *system; /* the machine's, once it was asked for */
};
const struct zone *zones_of(struct zones *z, const struct debrief *d);
void zones_fini(struct zones *z);

#endif
