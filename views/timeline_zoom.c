#include "views/timeline.h"

#define SECOND NS_PER_S

const char *const timeline_layouts[] = { "list", "lanes", "whole", "folded", "week", "day", "6h",
	"hour", "15m", "5m", "minute", NULL };

int64_t
timeline_window_ns(int layout)
{
	static const int64_t seconds[] = { [TIMELINE_WEEK] = 604800, [TIMELINE_DAY] = 86400,
		[TIMELINE_6H] = 21600, [TIMELINE_HOUR] = 3600, [TIMELINE_15M] = 900,
		[TIMELINE_5M] = 300, [TIMELINE_MINUTE] = 60 };

	return layout >= TIMELINE_WEEK && layout <= TIMELINE_MINUTE ? seconds[layout] * SECOND : 0;
}

static int64_t
span_of_events(const struct debrief *d)
{
	size_t n = DEBRIEF_N(d, EVENT);

	return n == 0 ? 0
		      : span_of(DEBRIEF_AT(d, EVENT, event, 0)->at_ns,
			    DEBRIEF_AT(d, EVENT, event, n - 1)->at_ns);
}

/* From the least to the most of a moment. */
static const int ladder[] = { TIMELINE_WHOLE, TIMELINE_FOLDED, TIMELINE_LANES, TIMELINE_WEEK,
	TIMELINE_DAY, TIMELINE_6H, TIMELINE_HOUR, TIMELINE_15M, TIMELINE_5M, TIMELINE_MINUTE };
enum { STEPS = sizeof ladder / sizeof *ladder };

int
timeline_zoom(const struct debrief *d, int layout, bool in)
{
	int64_t span = span_of_events(d);
	int at = -1;

	for (int i = 0; i < STEPS; i++)
		if (ladder[i] == layout)
			at = i;
	if (at < 0) /* from the list */
		return TIMELINE_LANES;
	for (int i = at + (in ? 1 : -1); i >= 0 && i < STEPS; i += in ? 1 : -1)
		if (ladder[i] == TIMELINE_MINUTE || timeline_window_ns(ladder[i]) < span ||
		    timeline_window_ns(ladder[i]) == 0)
			return ladder[i];
	return layout;
}

bool
timeline_has_lanes(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++)
		if (DEBRIEF_AT(d, EVENT, event, i)->lane != NULL)
			return true;
	return false;
}
