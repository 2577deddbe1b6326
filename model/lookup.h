/* Where in a list an item stands, by its id: made for one walk over a debrief, thrown away after
 * it. */
#ifndef MODEL_LOOKUP_H
#define MODEL_LOOKUP_H

#include <stddef.h>
#include <stdint.h>

#include "model/debrief.h"

struct lookup {
	const struct items *items; /* borrowed: must not change meanwhile */
	uint32_t *slot;		   /* index + 1; 0 is empty */
	size_t mask;
};

#define LOOKUP_NONE SIZE_MAX

void lookup_init(struct lookup *l, const struct items *items);
void lookup_fini(struct lookup *l);
size_t lookup_at(const struct lookup *l, struct id id); /* LOOKUP_NONE when it is not there */

#endif
