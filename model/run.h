/* Runs of experiments: which one is on. Derived, never stored. */
#ifndef MODEL_RUN_H
#define MODEL_RUN_H

#include <stdbool.h>

#include "model/debrief.h"

/* What begins and ends a run stands in the timeline under this source, with the experiment's id. */
extern const char run_source[];

/* Began and was neither stopped nor aborted. A debrief that was read from its file knows it by the
 * timeline alone. */
bool run_is_on(const struct debrief *d, const struct experiment *x);
/* When its last run began and ended; TIME_NONE: it did not. */
struct run_times {
	int64_t began_ns, ended_ns;
};
struct run_times run_times(const struct debrief *d, const struct experiment *x);
bool run_any(const struct debrief *d);
/* The event that a stop of the game day left in the timeline. */
bool run_is_stop(const struct event *ev);
/* Is there, or will there be, a game day to stop: an experiment, or a stage with the pane for one? */
bool run_possible(const struct debrief *d);
/* The one that the last stop was about: of the aborted ones that had begun the last; else the
 * first aborted one, or NULL. */
const struct experiment *run_aborted(const struct debrief *d);

#endif
