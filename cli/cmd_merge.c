#include <stdlib.h>

#include "cli/program.h"
#include "model/merge.h"
#include "model/visible.h"
#include "storage/json_file.h"

enum { SIDE_MAX = 64 * 1024 * 1024 };

/* An empty BASE is one that git has not: both sides added the file. */
static bool
read_side(const char *path, bool may_be_empty, struct debrief **out, struct err *e)
{
	struct strs notes = { 0 };
	struct buf bytes = { 0 };
	bool good = buf_read_file(&bytes, path, SIDE_MAX, e);

	*out = NULL;
	if (good && !(may_be_empty && bytes.len == 0)) {
		*out = file_decode(bytes.data ? bytes.data : "", bytes.len, &notes, NULL, e);
		good = *out != NULL || err_prefix(e, "%s", path);
	}
	for (size_t i = 0; i < notes.n; i++)
		program_note(notes.v[i]);
	strs_fini(&notes);
	buf_fini(&bytes);
	return good;
}

static void
say_report(const struct merge_report *report, const struct debrief *merged)
{
	struct buf words = { 0 };
	char *line, *next;

	merge_report_words(report, merged, &words);
	for (line = words.data; line != NULL && *line != '\0'; line = next) {
		next = line;
		while (*next != '\0' && *next != '\n')
			next++;
		if (*next == '\n')
			*next++ = '\0';
		program_note(line);
	}
	buf_fini(&words);
}

static bool
merge(const struct invocation *in, struct err *e)
{
	struct debrief *base = NULL, *ours = NULL, *theirs = NULL, *merged = NULL;
	struct merge_report report = { 0 };
	struct buf out = { 0 };
	bool good = false;

	if (read_side(in->words[0], true, &base, e) && read_side(in->words[1], false, &ours, e) &&
	    read_side(in->words[2], false, &theirs, e))
		merged = debrief_merge(base, ours, theirs, &report, e);
	if (merged != NULL) {
		file_encode(merged, &out);
		say_report(&report, merged);
		good = buf_write_file(in->words[1], out.data, out.len, e);
	}
	merge_report_fini(&report);
	debrief_free(base);
	debrief_free(ours);
	debrief_free(theirs);
	debrief_free(merged);
	buf_fini(&out);
	return good;
}

int
cmd_merge_file(const struct invocation *in)
{
	struct err e = { 0 };

	if (merge(in, &e))
		return 0;
	program_fail(&e);
	/* Anything but 0 is what git takes for a conflict; its own merge follows. */
	return e.kind == ERR_MISSING ? ERR_MISSING : ERR_REFUSED;
}
