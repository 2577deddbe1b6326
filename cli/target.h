/* The debrief a sub-command is about, and who asks. */
#ifndef CLI_TARGET_H
#define CLI_TARGET_H

#include <stdbool.h>

#include "cli/program.h"
#include "cli/zones.h"
#include "live/place.h"
#include "model/debrief.h"
#include "storage/history.h"

struct target {
	struct repo *repo; /* NULL: another account's (target_join) */
	struct entry entry;
	struct place place; /* only after target_place */
	bool placed;
};

/* Open the history and find WHICH in it. On failure nothing is left open. */
bool target_open(const struct invocation *in, const char *which, struct target *out, struct err *e);
/* The same, and where the own history has none such, one that another account shares: then `repo`
 * is NULL, and of `entry` there is no more than id and name. */
bool target_join(const struct invocation *in, const char *which, struct target *out, struct err *e);
/* Where its host is found; remembers it for "@". */
bool target_place(struct target *t, struct err *e);
void target_close(struct target *t);

/* Whose words these are: who a forced command says, else --as, else git's user.name, else (or
 * without `r`) the login. Yours. ERR_REFUSED for a name that is no line, or not the forced one. */
char *who_name(const struct invocation *in, const struct repo *r, struct err *e);
/* On a terminal, where git has no user.name: ask for it and keep it in this history's settings. */
void who_ask(struct repo *r);
/* The role of a forced command, else --role, checked; true and NULL when neither was given. */
bool who_role(const struct invocation *in, const char **role, struct err *e);

/* A client's `notice` for commands without a screen: on standard error, but for the one that every
 * save brings. */
void target_notice(void *unused, const char *text);

/* What everybody may see of its present state, saved or not; notes of what was healed go to
 * standard error. */
struct debrief *target_read(struct target *t, struct err *e);
/* The same at a revision; NULL is the present. */
struct debrief *target_read_at(struct target *t, const char *rev, struct err *e);

#endif
