/* A timeline as rows: the events, the quiet stretches between them that are worth a row, and a row
 * where a new day begins. A pure function of the debrief and the zone. */
#ifndef VIEWS_TIMELINE_FOLD_H
#define VIEWS_TIMELINE_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/accounts.h"
#include "model/debrief.h"

enum row_kind { ROW_EVENT, ROW_GAP, ROW_DATE, ROW_ACCOUNTS };

/* Small, since there are as many as events. */
struct timeline_row {
	int64_t length; /* of a gap in ns; of a date its day; of an event that sets a phase the ns
			 * since the last one, else TIME_NONE */
	uint32_t event; /* index; of a gap the last one with a clock time before it, of a date the one after it, of accounts
			 * the first one in it */
	/* Of accounts beside each other: accounts.members[member] and so on, `beside` of them; which
	 * of the rows that these take, the first one is who tells. */
	uint32_t member;
	uint8_t kind;	 /* enum row_kind */
	uint8_t stretch; /* enum stretch_kind that reigns here */
	uint8_t beside, line;
};

struct timeline_rows {
	struct timeline_row *v;
	size_t n, cap;
	size_t *order; /* events as the rows have them, DEBRIEF_N of them; NULL: as they are */
	struct accounts accounts;
	bool several_days;
	int64_t first_ns, last_ns; /* of events with a clock time; TIME_NONE: there is none */
};

struct rows_look {
	bool all_gaps;	 /* every gap longer than a minute has a row */
	int beside_cols; /* that accounts of one moment share, one below the other where they are few;
			  * 0: they are rows like others */
};

/* A gap gets a row when it is longer than five minutes and six times the median gap, and more than
 * 8 % of the whole span. */
struct timeline_rows timeline_rows(
    const struct debrief *d, const struct zone *zone, const struct rows_look *look);
void timeline_rows_fini(struct timeline_rows *r);
/* The row that an event is in, the first one where it takes several. */
int timeline_row_of(const struct timeline_rows *r, size_t event);
/* The row of the quiet that the event begins; -1: there is none. */
int timeline_gap_row(const struct timeline_rows *r, size_t event);
/* The quiet right below the event's rows, as the event that begins it; false: another row, or none,
 * is there. Beside accounts it need not be the same event. */
bool timeline_gap_below(const struct timeline_rows *r, size_t event, size_t *begins);
/* The event that is read last before a row of quiet: above it, and of accounts the rightmost. */
size_t timeline_read_before(const struct timeline_rows *r, int gap_row);
enum { BESIDE_ROWS_MOST = 3 /* of the text of an account that stands beside others */ };
/* Columns that each of so many accounts gets of all, what parts them not included. */
int account_cols(int cols, int beside);

/* From which length on a gap has a row, with the same events and look. */
int64_t timeline_gap_from(const struct debrief *d, bool all_gaps);
/* Has it a clock time, or only a place in the order? */
bool event_has_clock(const struct event *e);
int64_t span_of(int64_t from_ns, int64_t to_ns); /* their distance, at most INT64_MAX */
/* The length from which on a gap is folded, given all gaps in ns (reordered) and the span. */
int64_t fold_threshold(int64_t *gaps, size_t n, int64_t span_ns);

#endif
