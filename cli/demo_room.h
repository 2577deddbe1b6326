/* The simulated colleagues of the demo: three clients of a real host, in a process of their own. */
#ifndef CLI_DEMO_ROOM_H
#define CLI_DEMO_ROOM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"
#include "live/place.h"

enum { COLLEAGUES = 3 };

struct demo_team {
	const char *user; /* who leads: nobody of that name is simulated */
	const char *names[COLLEAGUES];
	const char *script; /* cli/demo_mind.h; borrowed */
	size_t len;
};

/* Names that are not the user's. */
void demo_team_names(struct demo_team *team);
/* "scribe" of the first, "participant" of the others. */
const char *demo_team_role(int i);

/* Start them; they come in one after the other, at a human pace. They end when they are told to, and
 * by themselves when this process is gone. Never fails: without them the demo is only quieter. */
struct demo_room {
	pid_t pid; /* 0: none */
	int line;  /* its end ends them */
};
void demo_room_start(struct demo_room *r, const struct place *place, const struct demo_team *team);
/* All of them are gone when it returns. */
void demo_room_end(struct demo_room *r);

/* The room itself, as the process runs it, until `line` ends (tests). `hurry` divides all times. */
void demo_room_run(const struct place *place, const struct demo_team *team, int line, int hurry);

#endif
