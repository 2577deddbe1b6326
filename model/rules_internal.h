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

/* rules_tree.c: what stands under, in or on another. */
bool rule_loops(const struct ruling *r);
bool rule_emptied(const struct ruling *r);
bool rule_built_on(const struct ruling *r);

/* rules_stage.c: stages, gates, open and closed. */
bool rule_stages(const struct ruling *r);
bool rule_closed(const struct ruling *r);
bool rule_hidden(const struct ruling *r);
bool rule_gates(const struct ruling *r);

#endif
