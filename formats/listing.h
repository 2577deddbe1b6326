/* Lists that the program prints as JSON: debriefs, commits, actions. */
#ifndef FORMATS_LISTING_H
#define FORMATS_LISTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "model/debrief.h"

/* A list that is being written: begin, one call an entry, end (which adds the final newline). */
struct listing;
struct listing *listing_begin(struct buf *out);
void listing_end(struct listing *l);

/* `d` NULL: it could not be read; `why` says so. */
void listing_debrief(
    struct listing *l, const char *name, bool live, const struct debrief *d, const char *why);

struct listing_commit {
	const char *commit, *author, *subject;
	int64_t at_ns;
};
void listing_commit(struct listing *l, const struct listing_commit *c);

void listing_action(struct listing *l, const char *debrief, const struct action *a, bool overdue);

#endif
