/* A history's memory for one debrief: which earlier ones look like it, what of their actions is
 * still open, and which are said to be done without a word on whether they held. */
#ifndef STORAGE_EARLIER_H
#define STORAGE_EARLIER_H

#include <stdbool.h>
#include <stddef.h>

#include "model/alike.h"
#include "model/debrief.h"
#include "storage/history.h"

enum { EARLIER_MOST = 2000 }; /* debriefs that are read: the newest */

struct earlier_one {
	char *name;
	bool live;
	struct debrief *d;
	struct alike traits;
	int score; /* model/alike.h */
	char *why; /* the reasons; NULL when the score is too low to look alike */
};

struct earlier {
	struct earlier_one of;	 /* the one they are compared with */
	struct earlier_one *v;	 /* newest first, without it */
	size_t n, cap;
	size_t n_alike;
};

struct earlier_how {
	/* Read one; NULL: history_read, which does not ask a host that runs. The debrief is the
	 * caller's; NULL with the reason when it cannot be read. */
	struct debrief *(*read)(struct repo *r, const struct entry *entry, struct err *e);
	bool later; /* those of a later day than `of` too */
};

/* Read the history once and compare. One that cannot be read is passed over; it, and that there
 * are more than EARLIER_MOST, is said in `notes` (a line each; may be NULL). On failure nothing is
 * in `out`; else earlier_fini. */
bool earlier_read(struct repo *r, const struct entry *of, const struct earlier_how *how,
    struct strs *notes, struct earlier *out, struct err *e);
void earlier_fini(struct earlier *s);

/* Where an action began, and its words: the same in each debrief that it went on into. Yours. */
char *earlier_origin(const struct debrief *d, const struct action *a);

enum earlier_state {
	EARLIER_OVERDUE, /* by their dates, oldest first */
	EARLIER_OPEN,
	EARLIER_DONE /* without `proof`: did it hold? */
};
struct earlier_action {
	enum earlier_state state;
	bool alike;	  /* its debrief looks like this one */
	const char *name; /* its debrief's; borrowed, like the debrief and the action */
	const struct debrief *d;
	const struct action *action;
};
struct earlier_actions {
	struct earlier_action *v; /* of those that look alike by state, then the others so */
	size_t n, cap;
	size_t n_open; /* overdue ones among them */
	size_t n_left; /* of the others, beyond EARLIER_OTHERS */
};
enum { EARLIER_OTHERS = 40 };

/* Of all; those that do not look alike are asked nothing about what is done. One that went on into a
 * newer debrief stands there alone. `today`: days since 1970. Borrows from `s`; free with
 * earlier_actions_fini. */
void earlier_actions(const struct earlier *s, int64_t today, struct earlier_actions *out);
void earlier_actions_fini(struct earlier_actions *a);

#endif
