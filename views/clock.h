/* How much time is left: of the timer that was set by hand, else of the present stage. */
#ifndef VIEWS_CLOCK_H
#define VIEWS_CLOCK_H

#include "base/buf.h"
#include "views/scene.h"

struct clock {
	bool runs;
	bool by_hand;		   /* the timer, not the stage's minutes */
	int64_t left_s;		   /* negative: over */
	int64_t planned_s, used_s; /* of the stage; 0 where not known */
};

struct clock clock_of(const struct scene *sc);
/* "05:10", "+01:20" over; appended; nothing when it does not run. */
void clock_put(struct buf *out, const struct clock *k);
/* The present stage, or NULL; its place (from 0) in `nth` unless that is NULL. */
const struct stage *scene_stage(const struct scene *sc, size_t *nth);

#endif
