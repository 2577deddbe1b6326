/* A short scripted passage of four people in one debrief, printed: hidden cards, what the others are
 * sent of them, the reveal, a vote. */
#ifndef CLI_DEMO_PASSAGE_H
#define CLI_DEMO_PASSAGE_H

#include "base/buf.h"
#include "base/err.h"
#include "cli/demo_room.h"

/* Through real clients of a real host, each with a secret of its own; the lines are appended to
 * `out`. The user of the team leads. */
bool demo_passage(
    const struct place *place, const struct demo_team *team, struct buf *out, struct err *e);

#endif
