/* What no table can say: one function a rule, listed in one table (rules.c), each with the
 * commands or kinds it looks at. debrief_check runs them after the schema's own checks. */
#ifndef MODEL_RULES_H
#define MODEL_RULES_H

#include <stdbool.h>

#include "model/op.h"

/* Refuses: what the role may not do; changes of a closed debrief but those it takes (action set of
 * status, done_at, owner, due, reason, link; redact; reopen); loops of parents and of groups; a
 * category or column that is not empty to be removed, the present stage too; words over redacted
 * ones; another's card; a name that somebody has; what a muted one says; a room without a
 * facilitator; another's hand or mark; a claim of a card that was written by another secret; a vote
 * of one who has none left, or on what is not voted on; `close` over cards that are still hidden or
 * a vote that is open; an undo that would take away what others built on; the two gates. */
bool rules_check(const struct debrief *d, const struct actor *who, const struct op *op,
    struct err *e);

#define RULES_GATE_WORDS "still open before " /* how a refusal at a gate begins; then its name */

/* The gate `op` stands before ("actions" or "close"), or NULL; its open check marks, as words, go
 * to `open` when not NULL. An op with command "override" passes it; the host keeps which gate was
 * last refused. The gate to `actions` is open where all actions were put off. */
const char *rules_gate(const struct debrief *d, const struct op *op, struct strs *open);

#endif
