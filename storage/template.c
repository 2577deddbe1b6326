#include "storage/template.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "model/order.h"
#include "storage/template_internal.h"

enum { TEMPLATE_MOST = 1 << 20 }; /* bytes of a template's file */

const int template_lengths[N_LENGTHS] = { 10, 30, 60, 90 };

void
template_free(struct template *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->n_stages; i++) {
		free(t->stages[i].name);
		free(t->stages[i].pane);
		for (int k = 0; k < N_LENGTHS; k++)
			strs_fini(&t->stages[i].checks[k]);
		strs_fini(&t->stages[i].prompts);
	}
	for (size_t i = 0; i < t->n_kind_prompts; i++)
		free(t->kind_prompts[i].text);
	free(t->stages);
	free(t->kind_prompts);
	free(t->name);
	free(t->title);
	free(t->about);
	free(t->levels);
	strs_fini(&t->categories);
	strs_fini(&t->columns);
	strs_fini(&t->column_prompts);
	free(t);
}

char *
template_folder_of_history(const char *folder)
{
	return folder == NULL ? NULL : mem_fmt("%s/templates", folder);
}

char *
template_folder_of_account(void)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (config != NULL && config[0] == '/')
		return mem_fmt("%s/debrief/templates", config);
	return home == NULL || home[0] != '/' ? NULL
					      : mem_fmt("%s/.config/debrief/templates", home);
}

static bool
name_ok(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len <= 64 && name[0] != '.' &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") ==
		   len;
}

/* "incident.json" becomes "incident"; anything else is no template. */
static void
add_name(struct strs *out, const char *file)
{
	size_t len = strlen(file), end = strlen(".json");

	if (len > end && strchr(file, '/') == NULL && strcmp(file + len - end, ".json") == 0) {
		char *name = mem_dupn(file, len - end);
		if (name_ok(name))
			strs_add(out, name);
		free(name);
	}
}

static void
add_names_in(struct strs *out, char *folder)
{
	DIR *dir = folder == NULL ? NULL : opendir(folder);
	struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		add_name(out, entry->d_name);
	if (dir != NULL)
		closedir(dir);
	free(folder);
}

void
template_names(const char *folder, struct strs *out)
{
	add_names_in(out, template_folder_of_history(folder));
	add_names_in(out, template_folder_of_account());
	for (size_t i = 0; i < embedded_count(); i++)
		add_name(out, embedded_name(i));
	strs_sort(out, true);
}

static bool
missing(const char *folder, const char *name, struct err *e)
{
	struct strs names = { 0 };
	struct buf list = { 0 };

	template_names(folder, &names);
	for (size_t i = 0; i < names.n; i++)
		buf_addf(&list, "%s%s", i == 0 ? "" : ", ", names.v[i]);
	err_set(e, ERR_MISSING, "there is no template \"%.60s\": nothing was begun: take one of %s",
	    name, list.data == NULL ? "none" : list.data);
	strs_fini(&names);
	buf_fini(&list);
	return false;
}

/* From a folder's file. Returns whether there is one; *t stays NULL when it cannot be used. */
static bool
load_from(char *folder, const char *name, struct template **t, struct err *e)
{
	char *path = folder == NULL ? NULL : mem_fmt("%s/%s.json", folder, name);
	struct buf b = { 0 };
	struct err mine = { 0 };
	bool there = path != NULL;

	if (there && !buf_read_file(&b, path, TEMPLATE_MOST, &mine)) {
		there = mine.kind != ERR_MISSING;
		if (there)
			err_set(e, mine.kind, "%s", mine.text);
	} else if (there) {
		*t = template_parse(b.data == NULL ? "" : b.data, b.len, e);
		if (*t == NULL)
			err_prefix(e, "%s", path);
	}
	buf_fini(&b);
	free(path);
	free(folder);
	return there;
}

struct template *
template_load(const char *folder, const char *name, struct err *e)
{
	struct template *t = NULL;
	char *file;
	const char *bytes;
	size_t len = 0;

	if (!name_ok(name)) {
		missing(folder, name, e);
		return NULL;
	}
	if (load_from(template_folder_of_history(folder), name, &t, e) ||
	    load_from(template_folder_of_account(), name, &t, e))
		return t;
	file = mem_fmt("%s.json", name);
	bytes = embedded_file(file, &len);
	free(file);
	if (bytes != NULL)
		t = template_parse(bytes, len, e);
	else
		missing(folder, name, e);
	return t;
}

/* What the batch is made of: ids and jitter from one seed, order keys one after the other. */
struct begin {
	struct op *op;
	uint64_t random;
	char *last; /* order key of the item before, of the same kind */
};

/* splitmix64: as good as its seed. */
static uint64_t
draw(struct begin *b)
{
	uint64_t z = b->random += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static struct change *
begin_item(struct begin *b, enum kind kind, bool first)
{
	struct change *c = op_add(b->op, VERB_ADD, kind, id_make(draw(b)));
	char *key = order_between(first ? NULL : b->last, NULL, draw(b));

	free(b->last);
	b->last = key;
	change_put_text(c, "order", key);
	return c;
}

static void
begin_stages(struct begin *b, const struct template *t, int length)
{
	bool first = true;

	for (size_t i = 0; i < t->n_stages; i++) {
		const struct template_stage *s = &t->stages[i];
		struct change *c;
		if (s->minutes[length] < 0)
			continue;
		c = begin_item(b, KIND_STAGE, first);
		first = false;
		change_put_text(c, "name", s->name);
		if (s->minutes[length] > 0)
			change_put_num(c, "minutes", s->minutes[length]);
		change_put_text(c, "pane", s->pane);
		if (s->checks[length].n > 0) {
			struct value checks = { 0 };
			strs_copy(&checks.list, &s->checks[length]);
			change_put(c, "checks", checks);
		}
	}
}

static void
begin_categories(struct begin *b, const struct template *t)
{
	for (size_t i = 0; i < t->categories.n; i++) {
		struct change *c = begin_item(b, KIND_CATEGORY, i == 0);
		change_put_text(c, "name", t->categories.v[i]);
		if (t->levels[i] != LEVEL_TECHNICAL)
			change_put_num(c, "level", t->levels[i]);
	}
}

static void
begin_columns(struct begin *b, const struct template *t)
{
	for (size_t i = 0; i < t->columns.n; i++) {
		struct change *c = begin_item(b, KIND_COLUMN, i == 0);
		change_put_text(c, "name", t->columns.v[i]);
		if (t->column_prompts.v[i][0] != '\0')
			change_put_text(c, "prompt", t->column_prompts.v[i]);
		if (t->columns_hidden)
			change_put_num(c, "hidden", 1);
		if (t->columns_anonymous)
			change_put_num(c, "anonymous", 1);
	}
}

void
template_begin(const struct template *t, int minutes, uint64_t random, struct op *out)
{
	struct begin b = { .op = out, .random = random };
	int length = 0;

	if (minutes == 0)
		minutes = 60;
	while (length + 1 < N_LENGTHS && template_lengths[length + 1] <= minutes)
		length++;
	op_init(out, "new");
	begin_stages(&b, t, length);
	begin_categories(&b, t);
	begin_columns(&b, t);
	free(b.last);
}
