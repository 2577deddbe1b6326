#include <stdlib.h>
#include <string.h>

#include "cli/target.h"
#include "formats/markdown.h"
#include "model/merge.h"
#include "storage/json_file.h"

/* "NAME@REV", "@@REV", "@": the name, and the revision or NULL. */
static char *
split_rev(const char *which, const char **rev)
{
	const char *at = strchr(which + (which[0] == '@'), '@');

	*rev = at != NULL ? at + 1 : NULL;
	return mem_dupn(which, at != NULL ? (size_t)(at - which) : strlen(which));
}

static void
print_debrief(const struct debrief *d, bool json, struct buf *out)
{
	struct zones zones = { 0 };

	if (json)
		file_encode(d, out);
	else
		markdown_write(d, zones_of(&zones, d), out);
	zones_fini(&zones);
}

int
cmd_show(const struct invocation *in)
{
	const char *rev;
	char *which = split_rev(in->words[0], &rev);
	struct debrief *d = NULL;
	struct target t = { 0 };
	struct buf out = { 0 };
	struct err e = { 0 };
	int status;

	if (target_open(in, which, &t, &e) && (d = target_read_at(&t, rev, &e)) != NULL) {
		print_debrief(d, option_value(in, "json") != NULL, &out);
		status = program_print(&out);
	} else {
		status = program_fail(&e);
	}
	if (t.repo != NULL)
		target_close(&t);
	debrief_free(d);
	buf_fini(&out);
	free(which);
	return status;
}

int
cmd_diff(const struct invocation *in)
{
	struct debrief *from = NULL, *to = NULL;
	struct target t = { 0 };
	struct buf out = { 0 };
	struct err e = { 0 };
	int status;

	if (target_open(in, in->words[0], &t, &e) &&
	    (from = target_read_at(&t, in->words[1], &e)) != NULL &&
	    (to = target_read_at(&t, in->n_words > 2 ? in->words[2] : NULL, &e)) != NULL) {
		if (option_value(in, "json") != NULL)
			file_difference(from, to, &out);
		else
			difference_words(from, to, &out);
		status = option_value(in, "json") != NULL ? program_print(&out) : program_print_clean(&out);
	} else {
		status = program_fail(&e);
	}
	if (t.repo != NULL)
		target_close(&t);
	debrief_free(from);
	debrief_free(to);
	buf_fini(&out);
	return status;
}
