/* NAME.LANG.json: the words of a template in another language. It has a "language", names the
 * stages whose prompts it says, and lists columns and categories in the template's own order. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "storage/template_internal.h"

static bool
is_null(const cJSON *v)
{
	return v == NULL || cJSON_IsNull(v);
}

static bool
is_list(struct reading *r, const cJSON *v)
{
	if (v == NULL || cJSON_IsArray(v))
		return true;
	err_set(r->e, ERR_REFUSED, "this takes a list in square brackets");
	return reading_refuse(r);
}

static bool
say_unknown(struct reading *r, const char *what, const char *name)
{
	err_set(
	    r->e, ERR_REFUSED, "the template \"%s\" has no %s \"%.60s\"", r->t->name, what, name);
	return reading_refuse(r);
}

static void
put_line(struct strs *list, size_t i, const char *text)
{
	free(list->v[i]);
	list->v[i] = mem_dup(text);
}

/* One after the other; null where the English one stays. */
static bool
put_prompts(struct reading *r, const cJSON *list, struct strs *prompts)
{
	const cJSON *v;
	size_t i = 0;

	r->place.member = "prompts";
	if (!is_list(r, list))
		return false;
	cJSON_ArrayForEach(v, list)
	{
		r->place.nth = ++i;
		if (is_null(v))
			continue;
		if (!reading_good_line(r, v))
			return false;
		if (i <= prompts->n)
			put_line(prompts, i - 1, v->valuestring);
		else
			strs_add(prompts, v->valuestring);
	}
	r->place.nth = 0;
	r->place.member = NULL;
	return true;
}

static struct template_stage *
stage_named(struct template *t, const char *name)
{
	for (size_t i = 0; i < t->n_stages; i++)
		if (strcmp(t->stages[i].name, name) == 0)
			return &t->stages[i];
	return NULL;
}

static bool
put_stage(struct reading *r, const cJSON *obj, bool strict)
{
	static const char *const known[] = { "name", "prompts", NULL };
	struct template_stage *s;
	char *name = NULL;
	bool good;

	if (!reading_members(r, obj, known) || !reading_line(r, obj, "name", true, &name))
		return false;
	s = stage_named(r->t, name);
	if (s != NULL) {
		good = put_prompts(r, json_get(obj, "prompts"), &s->prompts);
	} else {
		r->place.member = "name";
		good = !strict || say_unknown(r, "stage", name);
	}
	free(name);
	return good;
}

static bool
put_stages(struct reading *r, const cJSON *list, bool strict)
{
	const cJSON *v;

	r->place = (struct json_place){ .list = "stages", .index = -1 };
	if (!is_list(r, list))
		return false;
	cJSON_ArrayForEach(v, list)
	{
		r->place.index++;
		r->place.member = NULL;
		if (!put_stage(r, v, strict))
			return false;
	}
	return true;
}

/* A stage goes on showing the column whose name is another now. */
static void
rename_column(struct template *t, const char *from, const char *to)
{
	for (size_t i = 0; i < t->n_stages; i++)
		for (size_t k = 0; k < t->stages[i].columns.n; k++)
			if (strcmp(t->stages[i].columns.v[k], from) == 0)
				put_line(&t->stages[i].columns, k, to);
}

/* A name, and a prompt where `prompts` is there, for each of those in `names`. */
static bool
put_names(struct reading *r, const cJSON *obj, size_t i, struct strs *names, struct strs *prompts)
{
	static const char *const column[] = { "name", "prompt", NULL };
	static const char *const category[] = { "name", NULL };
	char *name = NULL, *prompt = NULL;
	bool good;

	good = reading_members(r, obj, prompts != NULL ? column : category) &&
	       reading_line(r, obj, "name", false, &name) &&
	       reading_line(r, obj, "prompt", false, &prompt);
	for (size_t k = 0; good && name != NULL && k < i; k++)
		if (text_same(names->v[k], name)) {
			r->place.member = "name";
			err_set(r->e, ERR_REFUSED, "\"%.60s\" is there twice", name);
			good = reading_refuse(r);
		}
	if (good && name != NULL && prompts != NULL)
		rename_column(r->t, names->v[i], name);
	if (good && name != NULL)
		put_line(names, i, name);
	if (good && prompt != NULL)
		put_line(prompts, i, prompt);
	free(name);
	free(prompt);
	return good;
}

static bool
put_list(struct reading *r, const cJSON *tree, const char *key, struct strs *names,
    struct strs *prompts, bool strict)
{
	const cJSON *list = json_get(tree, key), *v;
	size_t i = 0;

	r->place = (struct json_place){ .list = key, .index = -1 };
	if (!is_list(r, list))
		return false;
	cJSON_ArrayForEach(v, list)
	{
		r->place.index++;
		r->place.member = NULL;
		if (i >= names->n && !strict)
			return true;
		if (i >= names->n)
			return err_set(r->e, ERR_REFUSED, "the template \"%s\" has %zu of them",
				   r->t->name, names->n) ||
			       reading_refuse(r);
		if (!is_null(v) && !put_names(r, v, i, names, prompts))
			return false;
		i++;
	}
	return true;
}

static void
put_kind_prompt(struct template *t, int kind, const char *text)
{
	size_t i = 0;

	while (i < t->n_kind_prompts && t->kind_prompts[i].event_kind != kind)
		i++;
	if (i == t->n_kind_prompts) {
		t->kind_prompts = mem_resize(t->kind_prompts, i + 1, sizeof *t->kind_prompts);
		t->kind_prompts[t->n_kind_prompts++] = (struct template_prompt){ kind, NULL };
	}
	free(t->kind_prompts[i].text);
	t->kind_prompts[i].text = mem_dup(text);
}

static bool
put_kind_prompts(struct reading *r, const cJSON *obj)
{
	const cJSON *v;

	r->place = (struct json_place){ .list = "kind_prompts", .index = -1 };
	if (obj != NULL && !cJSON_IsObject(obj)) {
		err_set(r->e, ERR_REFUSED, "this takes an object in braces");
		return reading_refuse(r);
	}
	cJSON_ArrayForEach(v, obj)
	{
		int kind = reading_event_kind(v->string);
		r->place.member = v->string;
		if (kind == EVENT_NONE) {
			err_set(r->e, ERR_REFUSED, "\"%.60s\" is no kind of event", v->string);
			return reading_refuse(r);
		}
		if (is_null(v))
			continue;
		if (!reading_good_line(r, v))
			return false;
		put_kind_prompt(r->t, kind, v->valuestring);
	}
	return true;
}

static bool
put_translation(struct reading *r, const cJSON *tree, bool strict)
{
	static const char *const known[] = { "name", "language", "title", "about", "stages",
		"categories", "columns", "kind_prompts", NULL };
	struct template *t = r->t;
	char *name = NULL, *language = NULL;
	bool good;

	good = reading_members(r, tree, known) && reading_line(r, tree, "name", true, &name) &&
	       reading_line(r, tree, "language", true, &language);
	if (good && !template_language_ok(language)) {
		r->place.list = "language";
		err_set(r->e, ERR_REFUSED, "a language is written as in de or pt-BR");
		good = reading_refuse(r);
	}
	if (good && strict && strcmp(name, t->name) != 0) {
		r->place.list = "name";
		err_set(r->e, ERR_REFUSED, "this is the template \"%s\"", t->name);
		good = reading_refuse(r);
	}
	free(name);
	free(language);
	return good && reading_line(r, tree, "title", false, &t->title) &&
	       reading_line(r, tree, "about", false, &t->about) &&
	       put_stages(r, json_get(tree, "stages"), strict) &&
	       put_list(r, tree, "categories", &t->categories, NULL, strict) &&
	       put_list(r, tree, "columns", &t->columns, &t->column_prompts, strict) &&
	       put_kind_prompts(r, json_get(tree, "kind_prompts"));
}

bool
template_translate(struct template *t, const char *bytes, size_t len, bool strict, struct err *e)
{
	struct err mine = { 0 };
	struct reading r = { .text = bytes, .len = len, .t = t, .e = e != NULL ? e : &mine };
	cJSON *tree = reading_begin(&r);
	bool good = tree != NULL && put_translation(&r, tree, strict);

	cJSON_Delete(tree);
	return good;
}

bool
template_is_translation(const char *bytes, size_t len, char **name)
{
	struct err e = { 0 };
	struct reading r = { .text = bytes, .len = len, .e = &e };
	cJSON *tree = reading_begin(&r);
	bool is = json_get(tree, "language") != NULL && json_text(tree, "name") != NULL;

	if (is)
		*name = mem_dup(json_text(tree, "name"));
	cJSON_Delete(tree);
	return is;
}
