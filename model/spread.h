/* What is left of the meeting, shared out anew. Planned minutes are whole; the end of the meeting is
 * where the sum of them is. Pure: changes are appended to `out` as minutes of stages. */
#ifndef MODEL_SPREAD_H
#define MODEL_SPREAD_H

#include <stdbool.h>

#include "model/op.h"

/* Seconds that the stage has used until `now_ns`, the present run included. */
int64_t stage_used_s(const struct debrief *d, const struct stage *s, int64_t now_ns);

/* The present stage and those to come share what the plan has left in proportion to what each has
 * left of its own, one minute at the least. False: there is no present stage, or nothing is planned
 * for what comes. */
bool spread_rest(const struct debrief *d, int64_t now_ns, struct op *out);

/* The present stage gets `minutes` more than it has used or was planned; they are taken from those
 * to come in proportion, one minute stays to each. *late gets by how many minutes the meeting ends
 * later, as there was not enough to take. */
bool spread_more(
    const struct debrief *d, int64_t now_ns, int minutes, struct op *out, int64_t *late);

#endif
