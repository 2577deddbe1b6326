/* Texts drafted from what a debrief holds, to be read aloud and put right: no score, no name of a
 * person, nothing that is not in it. Pure; all are yours to free. */
#ifndef MODEL_DRAFT_H
#define MODEL_DRAFT_H

#include "model/debrief.h"

/* What happened and how it was seen: when it began, how long until it was detected, mitigated and
 * resolved, by what it was noticed, which services took part, how many causes on which levels.
 * Times of day are in `zone` (NULL: UTC). */
char *draft_summary(const struct debrief *d, const struct zone *zone);
/* For how long it was felt, and the moments of the timeline that say by whom. NULL: nothing in the
 * debrief says so. */
char *draft_impact(const struct debrief *d, const struct zone *zone);
/* The last line on the wall: "62 min, 31 events, 3 levels, 4 lucky breaks, 2 things nobody knew
 * this morning. Saved." What there is none of is left out. The present stage counts until `now_ns`
 * (TIME_NONE: it does not). */
char *draft_closing(const struct debrief *d, int64_t now_ns);

#endif
