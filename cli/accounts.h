/* The words of one's own account, the same on a screen and for `do`: account, account add WHEN TEXT,
 * account drop N, account release N|all. */
#ifndef CLI_ACCOUNTS_H
#define CLI_ACCOUNTS_H

#include "commands/command.h"
#include "live/account.h"

bool is_account(const char *line); /* does this line begin with that word? */

/* What a line of words came to. */
struct accounted {
	struct buf said;   /* a sentence; empty: the account is to be shown */
	struct strs lines; /* of the grammar: to be run, one a released line ... */
	struct strs keys;  /* ... and which each was, to be dropped once it is accepted */
	bool list;
};
bool account_run(struct account *a, const struct command_scene *s, const struct strs *words,
    struct accounted *out, struct err *e);
void accounted_fini(struct accounted *x);
/* "1  14:05  text", one a line; appended. */
void account_put(const struct account *a, const struct zone *zone, struct strs *out);

#endif
