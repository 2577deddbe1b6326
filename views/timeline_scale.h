/* From time to columns and back: piecewise linear, long quiet stretches folded to a fixed width. A
 * pure function of the events; monotone, and invertible outside of the folds. */
#ifndef VIEWS_TIMELINE_SCALE_H
#define VIEWS_TIMELINE_SCALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/debrief.h"

struct scale_part {
	int64_t from_ns, to_ns; /* from the last part's end to this one's */
	int x, cols;		/* its columns: x to x + cols */
	bool folded;
};
struct scale {
	struct scale_part *v;
	size_t n;
	int x, cols; /* all of it */
};

/* The events with a clock time over `cols` columns from `x` on. A gap is folded by the timeline's
 * rule (views/timeline_fold.h) unless `whole`. Nothing is in it where there is no such event. */
struct scale scale_of(const struct debrief *d, int x, int cols, bool whole);
void scale_fini(struct scale *s);

/* The column of a moment; before the first and after the last, that of these. */
int scale_x(const struct scale *s, int64_t t_ns);
/* The first moment of a column; inside a fold its beginning. */
int64_t scale_t(const struct scale *s, int x);
/* The distance of ticks in ns, a round one, so that they are `least` columns apart at the least. */
int64_t scale_tick(const struct scale *s, int least);

#endif
