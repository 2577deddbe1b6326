#include <stdlib.h>
#include <string.h>

#include "cli/target.h"
#include "formats/listing.h"
#include "model/category_set.h"
#include "model/checks.h"
#include "model/schema.h"
#include "storage/template.h"

enum { FILE_MAX = 1 << 20 };

static void
add_minutes(struct buf *out, const struct template_stage *s)
{
	for (int i = 0; i < N_LENGTHS; i++)
		if (s->minutes[i] < 0)
			buf_adds(out, "   -");
		else
			buf_addf(out, " %3lld", (long long)s->minutes[i]);
}

/* The check marks; lengths that have the same stand together. */
static void
add_checks(struct buf *out, const struct template_stage *s)
{
	static const char *const lengths[N_LENGTHS] = { "10", "30", "60", "90" };

	for (int i = 0; i < N_LENGTHS; i++) {
		int last = i;
		if (s->checks[i].n == 0 || (i > 0 && strs_equal(&s->checks[i], &s->checks[i - 1])))
			continue;
		buf_addf(out, "      done at %s", lengths[i]);
		while (last + 1 < N_LENGTHS && strs_equal(&s->checks[i], &s->checks[last + 1]))
			buf_addf(out, ", %s", lengths[++last]);
		for (size_t k = 0; k < s->checks[i].n; k++) {
			const struct check_rule *rule = check_find(s->checks[i].v[k]);
			buf_addf(out, "%s %s", k == 0 ? ":" : ",", rule->words);
		}
		buf_addc(out, '\n');
	}
}

static void
add_columns(struct buf *out, const struct template *t)
{
	if (t->columns.n == 0)
		return;
	buf_addf(out, "\nColumns (%s, %s):\n", t->columns_hidden ? "hidden until reveal" : "open",
	    t->columns_anonymous ? "without names" : "with names");
	for (size_t i = 0; i < t->columns.n; i++)
		buf_addf(out, "  %-20s %s\n", t->columns.v[i], t->column_prompts.v[i]);
}

static void
add_categories(struct buf *out, const struct template *t)
{
	const struct field *level = schema_field(KIND_CATEGORY, "level");

	if (t->categories.n > 0)
		buf_adds(out, "\nCategories:\n");
	for (size_t i = 0; i < t->categories.n; i++)
		buf_addf(out, "  %-20s %s\n", t->categories.v[i], level->names[t->levels[i]]);
}

static void
describe(const struct template *t, struct buf *out)
{
	const struct field *kind = schema_field(KIND_EVENT, "kind");

	buf_addf(out, "%s: %s\n%s\n\nStages (minutes of a meeting of 10, 30, 60 and 90):\n",
	    t->name, t->title, t->about);
	for (size_t i = 0; i < t->n_stages; i++) {
		const struct template_stage *s = &t->stages[i];
		buf_addf(out, "  %-18s", s->name);
		add_minutes(out, s);
		buf_addf(out, "  %s\n", s->pane);
		for (size_t p = 0; p < s->prompts.n; p++)
			buf_addf(out, "      %s\n", s->prompts.v[p]);
		for (size_t k = 0; k < s->columns.n; k++)
			buf_addf(out, "%s%s", k == 0 ? "      columns: " : ", ", s->columns.v[k]);
		if (s->columns.n > 0)
			buf_addc(out, '\n');
		add_checks(out, s);
	}
	add_categories(out, t);
	add_columns(out, t);
	if (t->votes > 0)
		buf_addf(out, "\nVotes that each has: %lld\n", (long long)t->votes);
	if (t->n_kind_prompts > 0)
		buf_adds(out, "\nQuestions beside an event, by its kind:\n");
	for (size_t i = 0; i < t->n_kind_prompts; i++)
		buf_addf(out, "  %-14s %s\n", kind->names[t->kind_prompts[i].event_kind],
		    t->kind_prompts[i].text);
}

static const char *const sources[] = { "built in", "history", "account" };

/* One that cannot be used says why. */
static bool
list_json(const char *folder, struct buf *out)
{
	struct listing *l = listing_begin(out);
	struct strs names = { 0 };

	template_names(folder, &names);
	for (size_t i = 0; i < names.n; i++) {
		struct err why = { 0 };
		struct strs languages = { 0 };
		struct template *t = template_load(folder, names.v[i], &why);
		template_languages(folder, names.v[i], &languages);
		listing_template(l, &(struct listing_template){ .name = names.v[i],
					.source = sources[template_source(folder, names.v[i])],
					.about = t != NULL ? t->about : NULL,
					.why = t == NULL ? why.text : NULL,
					.languages = &languages });
		strs_fini(&languages);
		template_free(t);
	}
	listing_end(l);
	strs_fini(&names);
	return true;
}

static void
list_one(const char *folder, const char *name, const struct template *t, struct buf *out)
{
	struct strs languages = { 0 };

	template_languages(folder, name, &languages);
	buf_addf(out, "%-14s %-9s %s", name, sources[template_source(folder, name)], t->about);
	for (size_t i = 0; i < languages.n; i++)
		buf_addf(out, "%s%s", i == 0 ? " (also in " : ", ", languages.v[i]);
	buf_adds(out, languages.n > 0 ? ")\n" : "\n");
	strs_fini(&languages);
}

/* One that cannot be used is named and hides no other. */
static bool
list_names(const char *folder, struct buf *out, struct err *e)
{
	struct strs names = { 0 };

	(void)e;
	template_names(folder, &names);
	for (size_t i = 0; i < names.n; i++) {
		struct err why = { 0 };
		struct template *t = template_load(folder, names.v[i], &why);
		if (t != NULL)
			list_one(folder, names.v[i], t, out);
		else
			buf_addf(out, "%-14s unusable  %s\n", names.v[i], why.text);
		template_free(t);
	}
	buf_adds(out, "\nSets of categories, for `categories SET`:\n");
	for (size_t i = 0; i < n_category_sets; i++)
		buf_addf(out, "%-14s %s\n", category_sets[i].name, category_sets[i].about);
	buf_adds(out, "\nCheck marks, for the \"checks\" of a stage, and what ticks them:\n");
	for (size_t i = 0; i < n_check_rules; i++)
		buf_addf(out, "%-20s %s: %s\n", check_rules[i].name, check_rules[i].words,
		    check_rules[i].how);
	strs_fini(&names);
	return true;
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
check_file(const char *folder, const char *path, struct buf *out, struct err *e)
{
	struct buf bytes = { 0 };
	struct template *t = NULL;

	if (buf_read_file(&bytes, path, FILE_MAX, e)) {
		t = template_check(folder, bytes.data ? bytes.data : "", bytes.len, e);
		if (t == NULL)
			err_prefix(e, "%s", path);
	}
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
	bool good, json = option_value(in, "json") != NULL;
	int status;

	if (in->n_words == 0)
		good = json ? list_json(folder, &out) : list_names(folder, &out, &e);
	else if (in->n_words == 2 && strcmp(in->words[0], "show") == 0)
		good = json ? template_bytes(folder, in->words[1], &out, &e)
			    : show_one(folder, in->words[1], &out, &e);
	else if (in->n_words == 2 && strcmp(in->words[0], "check") == 0)
		good = check_file(folder, in->words[1], &out, &e);
	else
		good = err_set(&e, ERR_USAGE,
		    "templates takes show NAME or check FILE: nothing was changed: write debrief "
		    "templates [show NAME|check FILE]");
	status = good ? program_print_clean(&out) : program_fail(&e);
	buf_fini(&out);
	repo_close(r);
	return status;
}
