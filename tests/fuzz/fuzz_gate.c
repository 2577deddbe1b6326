/* What somebody gives to ssh under a forced command: whatever it is, what is let through is one of
 * four commands, pinned, with no option that names another person, place or program. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/gate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool fact)
{
	if (!fact)
		__builtin_trap();
}

static void
check(const struct invocation *in)
{
	static const char *const subs[] = { "join", "relay", "do", "watch" };
	static const char *const never[] = { "repo", "restricted", "help", "version", "share",
		"only", "host", "background", "status-fd", "message" };
	const char *as = option_value(in, "as"), *role = option_value(in, "role");
	bool known = false;

	for (size_t i = 0; i < sizeof subs / sizeof *subs; i++)
		known = known || strcmp(in->sub->name, subs[i]) == 0;
	must(known);
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		must(option_value(in, never[i]) == NULL);
	must(as == NULL || strcmp(as, "lena") == 0);
	must(role == NULL || strcmp(role, "participant") == 0);
	must(in->restricted && strcmp(in->pin_name, "lena") == 0);
	must(strcmp(in->pin_role, "participant") == 0 && strcmp(in->pin_which, "checkout") == 0);
	must(strcmp(in->repo_dir, "/srv/history") == 0);
	must(in->n_words <= 1 || strcmp(in->sub->name, "do") == 0);
	must(strcmp(in->sub->name, "join") != 0 || in->n_words == 0 ||
	     strchr(in->words[0], ':') == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct gate_rule rule = { .name = "lena",
		.role = "participant",
		.only = "checkout",
		.repo_dir = "/srv/history" };
	char *line = mem_dupn((const char *)data, size);
	struct gate_order order;
	struct err e = { 0 };

	if (gate_read(line, &rule, &order, &e)) {
		check(&order.in);
		gate_fini(&order);
	} else {
		must(e.kind == ERR_USAGE && e.text[0] != '\0');
	}
	free(line);
	return 0;
}
