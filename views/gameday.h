/* Private to the files of the game day: the run of an experiment. */
#ifndef VIEWS_GAMEDAY_H
#define VIEWS_GAMEDAY_H

#include "views/view.h"

/* The experiment that the room is at: the selected one, else one that runs, else the first without a
 * result, else the first; NULL: there is none. */
const struct experiment *gameday_now(const struct scene *sc, const struct pane_state *s);
bool gameday_runs(const struct scene *sc, const struct experiment *x);
/* "08:06" into its run, until it was stopped; appended. Nothing before it began. */
void gameday_clock(struct buf *out, const struct scene *sc, const struct experiment *x);
/* Events of its run, in `v` (as many as the debrief has events); returns how many. */
size_t gameday_events(const struct scene *sc, const struct experiment *x, const struct event **v);

/* Which of the signs to stop at was named when it was stopped: the one that most words of the reason
 * are in; abort_when.n: none, or nothing was stopped. */
size_t gameday_rang(const struct scene *sc, const struct experiment *x);
/* Over every pane: the stop, while it stands; while an experiment runs, the signs to stop at (the
 * run's own pane draws them itself). Rows they take of a screen of that size, 0: none. */
int gameday_banner_rows(const struct view *v, const struct scene *sc, int rows, int cols);
void gameday_banner(const struct scene *sc, struct canvas *c, struct rect r);
/* The same in a row over what is no pane: a welcome, help, a menu. */
void gameday_over(const struct scene *sc, struct canvas *c);

#endif
