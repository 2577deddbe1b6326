/* Private to the timeline's files. */
#ifndef VIEWS_TIMELINE_H
#define VIEWS_TIMELINE_H

#include "views/timeline_fold.h"
#include "views/view.h"

/* The numbers of pane_state.layout. */
enum timeline_layouts { TIMELINE_BY_SIZE, TIMELINE_LIST, TIMELINE_LANES, TIMELINE_WHOLE };

const struct event *timeline_event(
    const struct scene *sc, const struct pane_state *s); /* selected, or NULL */
const char *timeline_phase_word(int phase);

int timeline_strip(
    struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area);
enum answer timeline_event_verb(
    struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct view_answer *out);

#endif
