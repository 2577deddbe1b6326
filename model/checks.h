/* The check marks of the stages: named rules over a debrief, advice and never a lock. One table;
 * templates name them, `new` copies the names into the debrief's stages. */
#ifndef MODEL_CHECKS_H
#define MODEL_CHECKS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/debrief.h"

struct check_rule {
	const char *name;  /* "why-two-deep" */
	const char *words; /* on screen: "one why two deep" */
	const char *how;   /* what to do when it is open: "why C4 ..." */
	const char *line; /* the command that does it, or how it begins (ends in a space or "=") */
	bool (*done)(const struct debrief *d);
};

extern const struct check_rule check_rules[];
extern const size_t n_check_rules;

const struct check_rule *check_find(const char *name); /* NULL when there is none */
/* Is that check of a stage ticked? An unknown name counts as ticked. */
bool check_done(const struct debrief *d, const char *name);
struct stage *debrief_stage(const struct debrief *d, const char *name); /* by name or id; NULL */
/* How many of a stage's checks are ticked; how many there are. */
size_t stage_checks(const struct debrief *d, const struct stage *s, size_t *of);

/* Were the actions put off (`later DATE`)? There is a date to look again, some soak, and each other
 * one was dropped, or agreed on with owner, date, test and cause. */
bool checks_put_off(const struct debrief *d);

#endif
