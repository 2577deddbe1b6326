/* From time to columns and back: piecewise linear, long quiet stretches folded to a fixed width. A
 * pure function of the events; monotone, and invertible: the column of a column's moment is that
 * column. */
#ifndef VIEWS_TIMELINE_SCALE_H
#define VIEWS_TIMELINE_SCALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/when.h"
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
/* A stretch of time by itself, nothing folded; `to_ns` is after `from_ns`. */
struct scale scale_window(int64_t from_ns, int64_t to_ns, int x, int cols);
void scale_fini(struct scale *s);

/* The column of a moment; before the first and after the last, that of these. */
int scale_x(const struct scale *s, int64_t t_ns);
/* A moment of a column: its first one, or one inside the fold; beyond the ends, that of these. */
int64_t scale_t(const struct scale *s, int x);
int64_t scale_from(const struct scale *s); /* the first moment of all; TIME_NONE: nothing is in it */
int64_t scale_to(const struct scale *s);
/* The distance of ticks in ns, a round one, so that they are `least` columns apart at the least. */
int64_t scale_tick(const struct scale *s, int least);
/* The first tick at or after a moment: round on a clock that is `offset_s` east of UTC. */
int64_t scale_first_tick(int64_t t_ns, int64_t tick_ns, int offset_s);

#endif
