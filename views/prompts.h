/* The question that fits: the one on every screen, that of an event's kind, else the stage's. */
#ifndef VIEWS_PROMPTS_H
#define VIEWS_PROMPTS_H

#include "views/scene.h"

/* The question for the room, borrowed; NULL: none. `ahead` 1 is the next one; *nth gets its number
 * among the stage's (untouched for one that was sent to all). */
const char *prompt_for_stage(const struct scene *sc, size_t ahead, size_t *nth);
/* Beside an event: its kind's question first, those of the stage after it (`.`); NULL: none. */
const char *prompt_beside(const struct scene *sc, const struct event *ev);
/* What to ask who was there; NULL: nothing for its kind. */
const char *prompt_for_event(const struct scene *sc, const struct event *ev);

#endif
