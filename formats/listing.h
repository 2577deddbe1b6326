/* Lists that the program prints as JSON: debriefs, commits, actions, findings. */
#ifndef FORMATS_LISTING_H
#define FORMATS_LISTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "model/debrief.h"
#include "model/note.h"

/* A list that is being written: begin, one call an entry, end (which adds the final newline). */
struct listing;
struct listing *listing_begin(struct buf *out);
void listing_end(struct listing *l);

/* `d` NULL: it could not be read; `why` says so. */
void listing_debrief(
    struct listing *l, const char *name, bool live, const struct debrief *d, const char *why);
/* One that looks like another, with the reasons in words. */
void listing_alike(
    struct listing *l, const char *name, bool live, const struct debrief *d, const char *why);

struct listing_commit {
	const char *commit, *author, *subject;
	int64_t at_ns;
};
void listing_commit(struct listing *l, const struct listing_commit *c);

void listing_action(struct listing *l, const char *debrief, const struct action *a, bool overdue);

void listing_note(struct listing *l, const struct note *n);

/* One place in a text where a wording rule asks something. */
struct listing_finding {
	const char *file;
	size_t line, column; /* from 1; columns count characters */
	const char *rule, *words, *question;
};
void listing_finding(struct listing *l, const struct listing_finding *f);

void listing_rule(
    struct listing *l, const char *rule, const char *about, const char *question);

/* A kind of debrief, where it comes from; `why` (or NULL): it cannot be used. */
struct listing_template {
	const char *name, *source, *about, *why;
	const struct strs *languages;
};
void listing_template(struct listing *l, const struct listing_template *t);

#endif
