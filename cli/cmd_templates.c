#include <stdlib.h>
#include <string.h>

#include "cli/target.h"
#include "storage/template.h"

enum { FILE_MAX = 1 << 20 };

static void
describe(const struct template *t, struct buf *out)
{
	buf_addf(out, "%s: %s\n%s\n\nStages (minutes of a meeting of 30, 60 and 90):\n", t->name,
	    t->title ? t->title : "", t->about ? t->about : "");
	for (size_t i = 0; i < t->n_stages; i++) {
		const struct template_stage *s = &t->stages[i];
		buf_addf(out, "  %-12s %3lld %3lld %3lld  %s\n", s->name, (long long)s->minutes[1],
		    (long long)s->minutes[2], (long long)s->minutes[3], s->pane ? s->pane : "");
		for (size_t p = 0; p < s->prompts.n; p++)
			buf_addf(out, "      %s\n", s->prompts.v[p]);
	}
	buf_adds(out, t->categories.n > 0 ? "\nCategories:" : "");
	for (size_t i = 0; i < t->categories.n; i++)
		buf_addf(out, "%s %s", i > 0 ? "," : "", t->categories.v[i]);
	buf_adds(out, t->columns.n > 0 ? "\nColumns:" : "");
	for (size_t i = 0; i < t->columns.n; i++)
		buf_addf(out, "%s %s", i > 0 ? "," : "", t->columns.v[i]);
	buf_addc(out, '\n');
}

static bool
list_names(const char *folder, struct buf *out, struct err *e)
{
	struct strs names = { 0 };
	bool good = true;

	template_names(folder, &names);
	for (size_t i = 0; good && i < names.n; i++) {
		struct template *t = template_load(folder, names.v[i], e);
		good = t != NULL;
		if (good)
			buf_addf(out, "%-14s %s\n", names.v[i], t->about ? t->about : "");
		template_free(t);
	}
	strs_fini(&names);
	return good;
}

static bool
show_one(const char *folder, const char *name, struct buf *out, struct err *e)
{
	struct template *t = template_load(folder, name, e);

	if (t != NULL)
		describe(t, out);
	template_free(t);
	return t != NULL;
}

static bool
check_file(const char *path, struct buf *out, struct err *e)
{
	struct buf bytes = { 0 };
	struct template *t = NULL;

	if (buf_read_file(&bytes, path, FILE_MAX, e))
		t = template_parse(bytes.data ? bytes.data : "", bytes.len, e);
	if (t != NULL)
		buf_addf(out, "%s: good, %zu stages\n", path, t->n_stages);
	buf_fini(&bytes);
	template_free(t);
	return t != NULL;
}

int
cmd_templates(const struct invocation *in)
{
	struct repo *r =
	    history_open(in->repo_dir, NULL); /* its own templates, where there is one */
	const char *folder = r != NULL ? repo_work_dir(r) : NULL;
	struct buf out = { 0 };
	struct err e = { 0 };
	bool good;
	int status;

	if (in->n_words == 0)
		good = list_names(folder, &out, &e);
	else if (in->n_words == 2 && strcmp(in->words[0], "show") == 0)
		good = show_one(folder, in->words[1], &out, &e);
	else if (in->n_words == 2 && strcmp(in->words[0], "check") == 0)
		good = check_file(in->words[1], &out, &e);
	else
		good = err_set(&e, ERR_USAGE,
		    "templates takes show NAME or check FILE: nothing was changed: write debrief "
		    "templates [show NAME|check FILE]");
	status = good ? program_print_clean(&out) : program_fail(&e);
	buf_fini(&out);
	repo_close(r);
	return status;
}
