/* A number that the events tell again and again ("5xx 9 %", "5xx 1.1 %"), as a curve over the lanes:
 * a line from each value to the next one that is told. */
#ifndef VIEWS_TIMELINE_CURVE_H
#define VIEWS_TIMELINE_CURVE_H

#include "model/series.h"
#include "tui/canvas.h"
#include "views/timeline_scale.h"

/* The number told most often, three times at the least, by the first word of its events; false:
 * there is none, or there are more events than are read for it. To be freed by series_fini. */
bool curve_of(const struct debrief *d, struct series *out);
/* Its name from column `label_x` on, and the curve in the scale's columns, over the rows of `r`. */
void curve_draw(
    const struct series *s, const struct scale *scale, struct canvas *c, struct rect r, int label_x);

#endif
