#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/gate.h"
#include "cli/target.h"

static bool
rule_of(const struct invocation *in, struct gate_rule *out, struct err *e)
{
	*out = (struct gate_rule){ .name = option_value(in, "as"),
		.only = option_value(in, "only"),
		.repo_dir = in->repo_dir,
		.utf8 = in->utf8 };
	if (out->name == NULL || out->name[0] == '\0')
		return err_set(e, ERR_USAGE,
		    "gate: the forced command says nobody's name: nothing was done: write "
		    "command=\"debrief gate --as NAME\"");
	return text_ok(out->name, strlen(out->name), TEXT_LINE, e) && who_role(in, &out->role, e);
}

int
cmd_gate(const struct invocation *in)
{
	struct gate_rule rule;
	struct gate_order order;
	struct err e = { 0 };
	int status;

	if (!rule_of(in, &rule, &e) ||
	    !gate_read(getenv("SSH_ORIGINAL_COMMAND"), &rule, &order, &e))
		return program_fail(&e);
	status = order.in.sub->run(&order.in);
	gate_fini(&order);
	return status;
}
