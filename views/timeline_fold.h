/* A timeline as rows: the events, the quiet stretches between them that are worth a row, and a row
 * where a new day begins. A pure function of the debrief and the zone. */
#ifndef VIEWS_TIMELINE_FOLD_H
#define VIEWS_TIMELINE_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/debrief.h"

enum row_kind { ROW_EVENT, ROW_GAP, ROW_DATE };

struct timeline_row {
	enum row_kind kind;
	int phase; /* enum phase that reigns here; PHASE_NONE before the first and after the last */
	size_t event;	/* index; of a gap the one before it, of a date the one after it */
	int64_t length; /* of a gap in ns; of a date its day; of an event that sets a phase the ns
			 * since the last one, else TIME_NONE */
};

struct timeline_rows {
	struct timeline_row *v;
	size_t n;
	bool several_days;
	int64_t first_ns, last_ns; /* of events with a clock time; TIME_NONE: there is none */
};

/* A gap gets a row when it is longer than five minutes and six times the median gap, and more than
 * 8 % of the whole span; with `all_gaps` every gap longer than a minute does. */
struct timeline_rows timeline_rows(const struct debrief *d, const struct zone *zone, bool all_gaps);
void timeline_rows_fini(struct timeline_rows *r);

/* Has it a clock time, or only a place in the order? */
bool event_has_clock(const struct event *e);
/* The length from which on a gap is folded, given all gaps in ns (reordered) and the span. */
int64_t fold_threshold(int64_t *gaps, size_t n, int64_t span_ns);

#endif
