/* What a simulated colleague does next: decided from what that one sees, without a clock, a client
 * or the system's randomness, so that the same room and seed give the same evening. */
#ifndef CLI_DEMO_MIND_H
#define CLI_DEMO_MIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/debrief.h"

enum { MIND_SCRIBE = 1, MIND_LAST = 3 }; /* the colleagues' numbers; the first leads with the user */

/* What they say, a line each: "WHEN WHO COMMAND...". WHEN is a stage's name, or "hidden": while the
 * column is there that the scribe adds for it. WHO is a number. Blank lines and those that begin with
 * # are passed over. */
struct mind;
struct mind *mind_new(int who, const char *script, size_t len, uint64_t seed);
void mind_free(struct mind *m);

struct mind_scene {
	const struct debrief *d; /* as this one sees it */
	int64_t now_ms;		 /* of any clock that only goes on */
	bool busy; /* the user is in mid-sentence: nothing that moves the room is done now */
};

/* Look somewhere; with `command` say that there, after `typing_ms` of typing (0: a key). Then nothing
 * for `wait_ms`. */
struct mind_move {
	char *command; /* a line, or NULL: only look; yours */
	char *pane;    /* NULL: where it was; yours */
	struct id item;
	int typing_ms, wait_ms;
	bool moves_room; /* reveals, opens or closes a vote: not while the user types */
};
void mind_next(struct mind *m, const struct mind_scene *s, struct mind_move *out);
void mind_move_fini(struct mind_move *v);

/* An item that the user has just added or pointed at: looked at, and perhaps agreed with, next. */
void mind_notice(struct mind *m, struct id item);

/* The column that is added for hidden writing. */
extern const char mind_column[];

#endif
