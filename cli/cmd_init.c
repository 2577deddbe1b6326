#include <stdio.h>
#include <stdlib.h>

#include "cli/target.h"

int
cmd_init(const struct invocation *in)
{
	struct strs said = { 0 };
	struct buf out = { 0 };
	struct err e = { 0 };
	char *own = NULL;
	const char *dir = in->n_words > 0 ? in->words[0] : in->repo_dir;
	int status;

	if (dir == NULL)
		dir = own = history_default_dir();
	if (!repo_init(dir, &said, &e)) {
		status = program_fail(&e);
	} else {
		for (size_t i = 0; i < said.n; i++)
			buf_addf(&out, "%s\n", said.v[i]);
		if (said.n == 0)
			buf_adds(&out, "nothing was missing\n");
		status = program_print_clean(&out);
	}
	strs_fini(&said);
	buf_fini(&out);
	free(own);
	return status;
}
