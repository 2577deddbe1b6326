/* What a discussion is about: a card, or the head of its group; and what came of it. */
#ifndef MODEL_TOPIC_H
#define MODEL_TOPIC_H

#include <stdbool.h>

#include "model/debrief.h"

/* The head of a card's group, itself where it has none (a merge may have made a ring: it ends). NULL:
 * there is no such card. */
const struct card *topic_head(const struct debrief *d, struct id card);
/* The topic that the room is at: it was pointed there, in a stage led on the board, and everybody sees
 * it. NULL: none. */
const struct card *topic_now(const struct debrief *d);
/* Is `about` that topic, or a card of its group? */
bool topic_has(const struct debrief *d, const struct card *head, struct id about);

#endif
