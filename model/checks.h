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
	bool (*done)(const struct debrief *d); /* NULL: nothing but the hand says so */
	bool by_hand; /* `tick NAME` ticks it: what is said and read leaves no other trace. No gate
			 asks for it. */
	const char *values; /* of a line that ends in "=": those that one key sets, in words; or NULL */
};

extern const struct check_rule check_rules[];
extern const size_t n_check_rules;

const struct check_rule *check_find(const char *name); /* NULL when there is none */
/* Is that check of a stage ticked? An unknown name counts as ticked. */
bool check_done(const struct debrief *d, const char *name);
/* The stage whose check mark that is, the present one first; NULL: none has it. */
struct stage *check_stage(const struct debrief *d, const char *name);
/* Does it come before the meeting: no minutes are planned up to its end, but some are after it? Its
 * time, be it days, is not the meeting's. */
bool stage_is_before(const struct debrief *d, const struct stage *s);
struct stage *debrief_stage(const struct debrief *d, const char *name); /* by name or id; NULL */
/* How many of a stage's checks are ticked; how many there are. */
size_t stage_checks(const struct debrief *d, const struct stage *s, size_t *of);

/* Words of `stage` that are no names (back, add, ...), and the panes a stage can be led in; each
 * ends with NULL. */
extern const char *const stage_words[];
extern const char *const stage_panes[];

/* Were the actions put off (`later DATE`)? There is a date to look again, some soak, and each other
 * one was dropped, or agreed on with owner, date, test and cause. */
bool checks_put_off(const struct debrief *d);

#endif
