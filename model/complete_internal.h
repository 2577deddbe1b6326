/* Private to model/complete*.c: what the host adds to a checked op. */
#ifndef MODEL_COMPLETE_INTERNAL_H
#define MODEL_COMPLETE_INTERNAL_H

#include "model/op_internal.h"

/* A key given before an item by this batch: the next one there goes behind it. */
struct given_before {
	struct id before;
	char *key;
};

struct completing {
	const struct debrief *d;
	const struct actor *who;
	struct op *op;
	uint64_t random;
	int64_t now_ns;
	int64_t last_number[N_KINDS]; /* given so far */
	char *last_order[N_KINDS];    /* the greatest so far; not of events */
	struct given_before *before;
	size_t n_before, cap_before;
};

uint64_t complete_random(struct completing *k); /* the next of the stream that came in */

/* complete_order.c: order keys of all that is added or moved. */
void complete_order(struct completing *k);

/* complete_remove.c: what goes along with what is removed, and references to it. */
void complete_removals(struct completing *k);

/* complete_stage.c: times of stages, the mark of what was gone through, the name of a renamed one.
 */
void complete_stages(struct completing *k);

#endif
