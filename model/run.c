#include "model/run.h"

#include <string.h>

const char run_source[] = "experiment";

bool
run_is_stop(const struct event *ev)
{
	return ev->kind == EVENT_DECISION && ev->text != NULL &&
	       (strcmp(ev->text, "stopped") == 0 || strncmp(ev->text, "stopped: ", 9) == 0);
}

/* In the timeline starts and stops of an experiment take turns; the stop of the game day ends what
 * was aborted. */
static struct run_times
times_in_timeline(const struct debrief *d, const struct experiment *x)
{
	struct run_times t = { TIME_NONE, TIME_NONE };
	bool on = false;

	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++) {
		const struct event *ev = DEBRIEF_AT(d, EVENT, event, i);
		bool own = ev->source != NULL && strcmp(ev->source, run_source) == 0 &&
			   ev->source_id != NULL && strcmp(ev->source_id, x->item.id.s) == 0;
		if (own && !on)
			t = (struct run_times){ ev->at_ns, TIME_NONE };
		else if (on && (own || (x->result == RESULT_ABORTED && run_is_stop(ev))))
			t.ended_ns = ev->at_ns;
		else
			continue;
		on = !on;
	}
	return t;
}

struct run_times
run_times(const struct debrief *d, const struct experiment *x)
{
	if (x->started_ns == TIME_NONE)
		return times_in_timeline(d, x);
	return (struct run_times){ x->started_ns, x->stopped_ns };
}

bool
run_is_on(const struct debrief *d, const struct experiment *x)
{
	struct run_times t = run_times(d, x);

	return d->status != STATUS_CLOSED && x->result != RESULT_ABORTED &&
	       t.began_ns != TIME_NONE && t.ended_ns == TIME_NONE;
}

bool
run_any(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, EXPERIMENT); i++)
		if (run_is_on(d, DEBRIEF_AT(d, EXPERIMENT, experiment, i)))
			return true;
	return false;
}

bool
run_possible(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, STAGE); i++) {
		const struct stage *s = DEBRIEF_AT(d, STAGE, stage, i);
		if (s->pane != NULL && strcmp(s->pane, "run") == 0)
			return true;
	}
	return DEBRIEF_N(d, EXPERIMENT) > 0;
}

const struct experiment *
run_aborted(const struct debrief *d)
{
	const struct experiment *last = NULL;
	int64_t last_ns = TIME_NONE;

	for (size_t i = 0; i < DEBRIEF_N(d, EXPERIMENT); i++) {
		const struct experiment *x = DEBRIEF_AT(d, EXPERIMENT, experiment, i);
		int64_t began_ns;
		if (x->result != RESULT_ABORTED)
			continue;
		began_ns = run_times(d, x).began_ns;
		if (last == NULL ||
		    (began_ns != TIME_NONE && (last_ns == TIME_NONE || began_ns > last_ns))) {
			last = x;
			last_ns = began_ns;
		}
	}
	return last;
}
