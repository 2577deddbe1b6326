/* What a forced command lets through: the words that somebody gave to ssh, read by a grammar of its
 * own. Nothing of them is ever evaluated by a shell or started as a program. */
#ifndef CLI_GATE_H
#define CLI_GATE_H

#include <stdbool.h>

#include "cli/program.h"

/* Who the forced command says it is, and what for. */
struct gate_rule {
	const char *name, *role; /* role NULL: what the name holds */
	const char *only;	 /* the one debrief; NULL: any of the history */
	const char *repo_dir;	 /* NULL: as without a gate */
	bool utf8;
};

/* One call that is let through. */
struct gate_order {
	struct strs words;
	char **argv;
	const char **operands;
	struct invocation in; /* pinned and restricted; borrows from the others and from the rule */
};

/* `original` as ssh has it (NULL or "": nothing was asked for, which is to join). False with
 * ERR_USAGE: it is not let through, and nothing is to be freed. */
bool gate_read(
    const char *original, const struct gate_rule *rule, struct gate_order *out, struct err *e);
void gate_fini(struct gate_order *o);

#endif
