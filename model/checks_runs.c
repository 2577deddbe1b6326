/* The check marks of a game day: what is said of its experiments, and whether they ran. */
#include <string.h>

#include "model/checks_internal.h"
#include "model/run.h"

/* There is an experiment, and each has what `has` asks for. */
static bool
each_experiment(const struct debrief *d, bool (*has)(const struct experiment *x))
{
	for (size_t i = 0; i < DEBRIEF_N(d, EXPERIMENT); i++)
		if (!has(DEBRIEF_AT(d, EXPERIMENT, experiment, i)))
			return false;
	return DEBRIEF_N(d, EXPERIMENT) > 0;
}

static bool
has_hypothesis(const struct experiment *x)
{
	return x->hypothesis != NULL;
}

static bool
has_plan(const struct experiment *x)
{
	return x->steady_state != NULL && x->method != NULL;
}

static bool
has_bounds(const struct experiment *x)
{
	return x->blast_radius != NULL;
}

static bool
has_signs(const struct experiment *x)
{
	return x->abort_when.n > 0;
}

static bool
has_rollback(const struct experiment *x)
{
	return x->rollback != NULL;
}

static bool
has_result(const struct experiment *x)
{
	return x->result != RESULT_NONE && x->observed != NULL;
}

static bool
has_again(const struct experiment *x)
{
	return x->again_day != TIME_NONE;
}

bool
experiments_there(const struct debrief *d)
{
	return each_experiment(d, has_hypothesis);
}

bool
experiments_planned(const struct debrief *d)
{
	return each_experiment(d, has_plan);
}

bool
experiments_bounded(const struct debrief *d)
{
	return each_experiment(d, has_bounds);
}

bool
experiments_have_signs(const struct debrief *d)
{
	return each_experiment(d, has_signs);
}

bool
experiments_go_back(const struct debrief *d)
{
	return each_experiment(d, has_rollback);
}

bool
experiments_judged(const struct debrief *d)
{
	return each_experiment(d, has_result);
}

bool
experiments_again(const struct debrief *d)
{
	return each_experiment(d, has_again);
}

/* What runs or ran stands in the timeline: `experiment start` put it there. One that was stopped
 * before it began counts too. */
bool
experiments_run(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++) {
		const char *source = DEBRIEF_AT(d, EVENT, event, i)->source;
		if (source != NULL && strcmp(source, run_source) == 0)
			return true;
	}
	for (size_t i = 0; i < DEBRIEF_N(d, EXPERIMENT); i++)
		if (DEBRIEF_AT(d, EXPERIMENT, experiment, i)->result == RESULT_ABORTED)
			return true;
	return false;
}
