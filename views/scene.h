/* What a view may draw from besides its own state: a const model and who is looking, when, and what
 * the line to the host is like. No clock, locale, environment or socket. */
#ifndef VIEWS_SCENE_H
#define VIEWS_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/when.h"
#include "model/debrief.h"

struct scene_person {
	const char *name, *role, *pane, *item;
	bool typing;
	int64_t away_s;
};

struct scene {
	const struct debrief *d;
	const char *name; /* of the debrief */
	const char *me;
	enum role_of role;
	int64_t now_ns;
	const struct zone *zone; /* times are shown in it */
	const struct scene_person *here;
	size_t n_here;
	bool live;		    /* a host is connected */
	bool reviewing;		    /* a closed one, or render: no host */
	size_t unsafe;		    /* changes sent and not yet on disk */
	int latency_ms;		    /* -1 unknown */
	const char *notice;	    /* one line from the host or the last command, or NULL */
	bool simple;		    /* the participant's keys */
	const struct strs *prompts; /* of the present stage, from the template; may be NULL */
	size_t prompt;		    /* which one is shown */
};

#endif
