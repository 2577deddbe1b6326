/* The beginning of a debrief: a template's stages, categories and columns, a title, a facilitator.
 */
#ifndef CLI_BEGIN_H
#define CLI_BEGIN_H

#include <stdint.h>

#include "base/err.h"
#include "model/debrief.h"
#include "model/note.h"
#include "storage/repo.h"

struct beginning {
	const char *title;
	const char *template; /* its name */
	int minutes;	      /* 10, 30, 60 or 90 */
	const char *name;     /* the facilitator's */
	int64_t now_ns;
	const struct debrief *again; /* the one before it in its series; or NULL */
	const struct note *from;     /* the near miss it is about; or NULL */
};

/* Not in any history yet (live/host.h: host_begin). NULL with ERR_REFUSED or ERR_MISSING. */
struct debrief *begin_debrief(struct repo *r, const struct beginning *b, struct err *e);

/* Run the lines of a script of session commands on a debrief that no host has, as `name`, the
 * facilitator; times of the changes are `now_ns`. Stops at the first that is refused: "line N:
 * why". */
bool begin_script(struct debrief *d, const char *script, size_t len, const char *name,
    int64_t now_ns, struct err *e);

#endif
