/* Private to model/checks*.c. */
#ifndef MODEL_CHECKS_INTERNAL_H
#define MODEL_CHECKS_INTERNAL_H

#include "model/checks.h"

/* checks_runs.c: each takes a debrief and says whether the mark is ticked. */
bool experiments_there(const struct debrief *d);
bool experiments_planned(const struct debrief *d);
bool experiments_bounded(const struct debrief *d);
bool experiments_have_signs(const struct debrief *d);
bool experiments_go_back(const struct debrief *d);
bool experiments_judged(const struct debrief *d);
bool experiments_again(const struct debrief *d);
bool experiments_run(const struct debrief *d);

#endif
