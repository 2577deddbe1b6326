/* What a view may draw from besides its own state: a const model and who is looking, when, and what
 * the line to the host is like. No clock, locale, environment or socket. */
#ifndef VIEWS_SCENE_H
#define VIEWS_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/when.h"
#include "model/debrief.h"
#include "model/wording.h"

struct scene_person {
	const char *name, *role, *pane, *item;
	const char *want; /* "join", "watch", "projector", "console", "seat"; never NULL */
	bool typing, ready;
	int64_t away_s;
};

/* What is told as numbers alone (struct counts of live/wire.h). */
struct scene_counts {
	int64_t written, typing, ready, voted, voters;
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
	bool programs;		    /* an editor may be started from this screen */
	bool elsewhere;		    /* this runs on a machine that the person only logs in to */
	bool simple;		    /* the participant's keys */
	bool line_empty;	    /* nothing is typed in their entry line: esc leaves */
	const struct strs *prompts; /* of the present stage, from the template; may be NULL */
	size_t prompt;		    /* which one is shown */
	const char *const *kind_prompts; /* by enum event_kind, N_EVENT_KINDS of them, NULL where
					  * there is none; may be NULL */
	int64_t votes;		    /* that each has when a vote opens, by the template; 0: usual */
	struct scene_counts counts;
	bool asked_above;      /* the question of the stage stands over the pane: not in it again */
	bool projector;	       /* seen by the room: never own votes, drafts, private lists */
	bool on_air;	       /* the facilitator said that others see this screen: the same */
	bool following;	       /* goes where `focus` points */
	const char *seat;      /* whose turn it is at this keyboard, or NULL */
	const char *join_line; /* what a newcomer types, or NULL */
	const struct wording *wording; /* rules for what is typed here; NULL: none */
	const char *wording_missing; /* why the language has none; NULL: it has */
	const struct keymap *keys; /* the person's own keys; NULL: none */
	const struct strs *marked; /* ids marked with `s`, in order; may be NULL */
};

#endif
