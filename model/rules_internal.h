/* Private to model/rules*.c: what every rule looks at. A rule returns false with a sentence in
 * `e`. */
#ifndef MODEL_RULES_INTERNAL_H
#define MODEL_RULES_INTERNAL_H

#include "model/op_internal.h"
#include "model/rules.h"

struct ruling {
	const struct debrief *d;
	const struct actor *who;
	const struct op *op;
	const struct op_index *index;
	struct err *e;
};

/* Who leads, by name, for sentences: "ask fern". */
const char *rules_leader(const struct debrief *d);

/* Is the person of a change, there or added by it, the one who asks? */
bool rules_is_self(const struct ruling *r, const struct change *c);

/* rules_people.c: roles, the word, whose card it is. */
bool rules_takes_over(const struct ruling *r); /* the facilitator's role, which was offered */
bool rule_muted(const struct ruling *r);
bool rule_give(const struct ruling *r);
bool rule_hands(const struct ruling *r);
bool rule_claim(const struct ruling *r);
bool rule_few(const struct ruling *r);
bool rule_abort(const struct ruling *r);

/* rules_vote.c: opening, giving, taking back, closing. */
bool rule_votes(const struct ruling *r);

/* rules_ask.c: the ballot at the bell. */
bool rule_ask(const struct ruling *r);

/* rules_tree.c: what stands under, in or on another. */
bool rule_loops(const struct ruling *r);
bool rule_emptied(const struct ruling *r);
bool rule_built_on(const struct ruling *r);

/* rules_stage.c: stages, gates, open and closed. */
bool rule_stages(const struct ruling *r);
bool rule_agenda(const struct ruling *r);
bool rule_closed(const struct ruling *r);
bool rule_hidden(const struct ruling *r);
bool rule_gates(const struct ruling *r);

#endif
