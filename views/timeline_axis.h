/* What stands over the lanes of a timeline and goes through them: round times, folds with their
 * lengths, phases as density, word and duration. Drawn from a scale. */
#ifndef VIEWS_TIMELINE_AXIS_H
#define VIEWS_TIMELINE_AXIS_H

#include "views/scene.h"
#include "views/timeline_phases.h"
#include "views/timeline_scale.h"
#include "tui/canvas.h"

struct axis {
	const struct scene *sc;
	struct canvas *c;
	const struct scale *scale;
	struct stretches stretches;
};

/* Two rows: times, and the line with its ticks and folds. */
void axis_draw_times(const struct axis *k, int y);
/* One row: `label` from column `x` on, and the phases; what is too short for its words has them in
 * the row below, where `below`. */
void axis_draw_phases(const struct axis *k, int y, int x, bool below);
/* Where phases change, and folds, through `h` rows. */
void axis_draw_grid(const struct axis *k, int y, int h);

#endif
