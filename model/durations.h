/* How long it took, and from what that is computed: the durations that incident metrics define, each
 * with its two events and its formula in words. Pure; derived, never stored. */
#ifndef MODEL_DURATIONS_H
#define MODEL_DURATIONS_H

#include "base/buf.h"
#include "model/debrief.h"

enum duration_of {
	DURATION_DETECT,      /* detected - started */
	DURATION_ACKNOWLEDGE, /* acknowledged - detected */
	DURATION_MITIGATE,    /* mitigated - started */
	DURATION_RESOLVE,     /* resolved - started */
	N_DURATIONS
};

/* One end of a duration: the first event that is marked with the phase and has a clock time. */
struct duration_end {
	int phase;		   /* enum phase */
	const struct event *event; /* NULL: there is none; borrowed */
	size_t n;		   /* how many are marked so, those without a clock time too */
};
struct duration {
	struct duration_end from, to;
	int64_t ns; /* TIME_NONE: an end is missing, or the later one is before the earlier one */
	bool about; /* an end is known less well than to the second */
};

/* All of them, by enum duration_of; linear in the events. */
void durations_of(const struct debrief *d, struct duration out[N_DURATIONS]);
/* Is any phase marked at all? */
bool durations_some(const struct duration v[N_DURATIONS]);

/* "detect", "acknowledge", "mitigate", "resolve". */
const char *duration_name(enum duration_of which);
/* "6:25", "1:19:00", "2 d 3:10:00"; a leading "-" where it is negative. Appended. */
void duration_clock(struct buf *out, int64_t ns);
/* "detect 6:25 = detected 14:09:05 - started 14:02:40", times in `zone` (NULL: UTC), with their
 * dates where these differ; "(first of 2)" where several are marked, "~" where a time is not known
 * to the second; why there is none where there is none. Appended, no newline. */
void duration_formula(struct buf *out, const struct duration *v, enum duration_of which,
    const struct zone *zone);

#endif
