#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "model/checks.h"
#include "model/schema.h"
#include "storage/json_where.h"
#include "storage/template_internal.h"

static const struct json_limits template_limits = { (size_t)1 << 20, (size_t)1 << 16, 8 };
static const char *const panes[] = { "agenda", "timeline", "fishbone", "board", "actions",
	"history", NULL };

enum { STAGES_MOST = 40, MINUTES_MOST = 1440 };

struct reading {
	const char *text;
	size_t len;
	struct template *t;
	struct json_place place; /* what is being read */
	struct err *e;
};

/* Line and field before what the error says. */
static bool
refuse_here(struct reading *r)
{
	struct json_spot s = json_where(r->text, r->len, &r->place);
	char path[120] = "template";

	if (r->place.list != NULL && r->place.index >= 0)
		snprintf(path, sizeof path, "%s[%ld]%s%s", r->place.list, r->place.index,
		    r->place.member == NULL ? "" : ".",
		    r->place.member == NULL ? "" : r->place.member);
	else if (r->place.list != NULL)
		snprintf(path, sizeof path, "%s", r->place.list);
	return err_prefix(r->e, "line %zu, column %zu: %s", s.line, s.column, path);
}

static bool
is_one_of(const char *word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(*list, word) == 0)
			return true;
	return false;
}

/* Every member must be one of `known`, so that a misspelled one is not passed over. */
static bool
only_known(struct reading *r, const cJSON *obj, const char *const *known)
{
	const cJSON *m;

	if (!cJSON_IsObject(obj)) {
		err_set(r->e, ERR_REFUSED, "this takes an object in braces");
		return refuse_here(r);
	}
	cJSON_ArrayForEach(m, obj)
	{
		if (is_one_of(m->string, known))
			continue;
		if (r->place.list == NULL)
			r->place.list = m->string;
		else
			r->place.member = m->string;
		err_set(r->e, ERR_REFUSED, "\"%.60s\" is no member of a template", m->string);
		return refuse_here(r);
	}
	return true;
}

static bool
good_line(struct reading *r, const char *text)
{
	if (text == NULL || text[0] == '\0') {
		err_set(r->e, ERR_REFUSED, "this takes a text in quotes");
		return refuse_here(r);
	}
	return text_ok(text, strlen(text), TEXT_LINE, r->e) || refuse_here(r);
}

/* A member that must be there. */
static bool
read_line(struct reading *r, const cJSON *obj, const char *key, char **out)
{
	const char *text = json_text(obj, key);
	bool top = r->place.list == NULL;

	*(top ? &r->place.list : &r->place.member) = key;
	if (!good_line(r, text))
		return false;
	*(top ? &r->place.list : &r->place.member) = NULL;
	*out = mem_dup(text);
	return true;
}

static bool
read_lines(struct reading *r, const cJSON *list, struct strs *out)
{
	const cJSON *v;

	if (list != NULL && !cJSON_IsArray(list)) {
		err_set(r->e, ERR_REFUSED, "this takes a list in square brackets");
		return refuse_here(r);
	}
	cJSON_ArrayForEach(v, list)
	{
		const char *text = cJSON_GetStringValue(v);
		if (!good_line(r, text))
			return false;
		strs_add(out, text);
	}
	return true;
}

static bool
read_check_names(struct reading *r, const cJSON *list, struct strs *out)
{
	if (!read_lines(r, list, out))
		return false;
	for (size_t i = 0; i < out->n; i++)
		if (check_find(out->v[i]) == NULL) {
			err_set(r->e, ERR_REFUSED, "there is no check \"%.60s\"", out->v[i]);
			return refuse_here(r);
		}
	return true;
}

/* One list for every meeting but the one alone, or one a length. */
static bool
read_checks(struct reading *r, const cJSON *obj, struct template_stage *s)
{
	static const char *const lengths[] = { "10", "30", "60", "90", NULL };
	const cJSON *checks = json_get(obj, "checks");

	r->place.member = "checks";
	if (cJSON_IsArray(checks)) {
		for (int i = 1; i < N_LENGTHS; i++)
			if (!read_check_names(r, checks, &s->checks[i]))
				return false;
	} else if (checks != NULL) {
		if (!only_known(r, checks, lengths))
			return false;
		for (int i = 0; i < N_LENGTHS; i++)
			if (!read_check_names(r, json_get(checks, lengths[i]), &s->checks[i]))
				return false;
	}
	r->place.member = NULL;
	return true;
}

static bool
read_minutes(struct reading *r, const cJSON *obj, struct template_stage *s)
{
	const cJSON *list = json_get(obj, "minutes"), *v;
	int n = 0;

	r->place.member = "minutes";
	cJSON_ArrayForEach(v, list)
	{
		int64_t minutes = -1;
		if (n == N_LENGTHS ||
		    !(cJSON_IsNull(v) || (json_int(v, &minutes) && minutes >= 0)) ||
		    minutes > MINUTES_MOST)
			break;
		s->minutes[n++] = minutes;
	}
	if (!cJSON_IsArray(list) || v != NULL || n != N_LENGTHS) {
		err_set(r->e, ERR_REFUSED,
		    "this takes four numbers of minutes, for meetings of 10, 30, 60 and 90 "
		    "minutes; null where a meeting has no such stage");
		return refuse_here(r);
	}
	r->place.member = NULL;
	return true;
}

static bool
read_stage(struct reading *r, const cJSON *obj, struct template_stage *s)
{
	static const char *const known[] = { "name", "pane", "minutes", "checks", "prompts", NULL };

	if (!only_known(r, obj, known) || !read_line(r, obj, "name", &s->name) ||
	    !read_line(r, obj, "pane", &s->pane) || !read_minutes(r, obj, s) ||
	    !read_checks(r, obj, s))
		return false;
	if (!is_one_of(s->pane, panes)) {
		r->place.member = "pane";
		err_set(r->e, ERR_REFUSED,
		    "there is no pane \"%.60s\": take agenda, timeline, fishbone, board, actions "
		    "or history",
		    s->pane);
		return refuse_here(r);
	}
	r->place.member = "prompts";
	return read_lines(r, json_get(obj, "prompts"), &s->prompts);
}

static bool
read_stages(struct reading *r, const cJSON *list)
{
	struct template *t = r->t;
	const cJSON *v;
	int n = cJSON_GetArraySize(list);

	if (!cJSON_IsArray(list) || n == 0 || n > STAGES_MOST) {
		err_set(r->e, ERR_REFUSED, "this takes a list of 1 to %d stages", STAGES_MOST);
		return refuse_here(r);
	}
	t->stages = mem_zero((size_t)n, sizeof *t->stages);
	cJSON_ArrayForEach(v, list)
	{
		r->place.index++;
		r->place.member = NULL;
		if (!read_stage(r, v, &t->stages[t->n_stages++]))
			return false;
	}
	return true;
}

static int
level_of(const char *word)
{
	const struct field *f = schema_field(KIND_CATEGORY, "level");

	for (int i = 1; word != NULL && f->names[i] != NULL; i++)
		if (strcmp(f->names[i], word) == 0)
			return i;
	return LEVEL_NONE;
}

static bool
read_categories(struct reading *r, const cJSON *list)
{
	static const char *const known[] = { "name", "level", NULL };
	struct template *t = r->t;
	const cJSON *v;

	t->levels = mem_zero((size_t)cJSON_GetArraySize(list) + 1, sizeof *t->levels);
	cJSON_ArrayForEach(v, list)
	{
		char *name;
		r->place.index++;
		if (!only_known(r, v, known) || !read_line(r, v, "name", &name))
			return false;
		strs_take(&t->categories, name);
		t->levels[t->categories.n - 1] = level_of(json_text(v, "level"));
		if (t->levels[t->categories.n - 1] != LEVEL_NONE)
			continue;
		r->place.member = "level";
		err_set(r->e, ERR_REFUSED, "a level is technical, process or organization");
		return refuse_here(r);
	}
	return true;
}

static bool
read_columns(struct reading *r, const cJSON *list)
{
	static const char *const known[] = { "name", "prompt", NULL };
	const cJSON *v;

	cJSON_ArrayForEach(v, list)
	{
		char *text;
		r->place.index++;
		if (!only_known(r, v, known) || !read_line(r, v, "name", &text))
			return false;
		strs_take(&r->t->columns, text);
		text = NULL;
		if (json_get(v, "prompt") != NULL && !read_line(r, v, "prompt", &text))
			return false;
		strs_take(&r->t->column_prompts, text != NULL ? text : mem_dup(""));
	}
	return true;
}

static int
event_kind_of(const char *word)
{
	const struct field *f = schema_field(KIND_EVENT, "kind");

	for (int i = 1; f->names[i] != NULL; i++)
		if (strcmp(f->names[i], word) == 0)
			return i;
	return EVENT_NONE;
}

static bool
read_kind_prompts(struct reading *r, const cJSON *obj)
{
	struct template *t = r->t;
	const cJSON *v;

	t->kind_prompts = mem_zero((size_t)cJSON_GetArraySize(obj) + 1, sizeof *t->kind_prompts);
	cJSON_ArrayForEach(v, obj)
	{
		int kind = v->string == NULL ? EVENT_NONE : event_kind_of(v->string);
		if (kind == EVENT_NONE) {
			err_set(r->e, ERR_REFUSED, "\"%.60s\" is no kind of event",
			    v->string == NULL ? "" : v->string);
			return refuse_here(r);
		}
		if (!good_line(r, cJSON_GetStringValue(v)))
			return false;
		t->kind_prompts[t->n_kind_prompts++] =
		    (struct template_prompt){ kind, mem_dup(v->valuestring) };
	}
	return true;
}

/* A part of the whole: its member and what it must be. */
static bool
read_part(struct reading *r, const cJSON *tree, const char *key,
    bool (*read)(struct reading *, const cJSON *))
{
	const cJSON *part = json_get(tree, key);
	bool object = read == read_kind_prompts;

	r->place = (struct json_place){ .list = key, .index = -1 };
	if (part != NULL && !(object ? cJSON_IsObject(part) : cJSON_IsArray(part))) {
		err_set(r->e, ERR_REFUSED, "this takes %s",
		    object ? "an object in braces" : "a list in square brackets");
		return refuse_here(r);
	}
	if (part != NULL && !read(r, part))
		return false;
	r->place = (struct json_place){ .index = -1 };
	return true;
}

static bool
read_flag(struct reading *r, const cJSON *tree, const char *key, bool *out)
{
	const cJSON *v = json_get(tree, key);

	if (v != NULL && !cJSON_IsBool(v)) {
		r->place.list = key;
		err_set(r->e, ERR_REFUSED, "this takes true or false");
		return refuse_here(r);
	}
	*out = cJSON_IsTrue(v);
	return true;
}

static bool
read_template(struct reading *r, const cJSON *tree)
{
	static const char *const known[] = { "name", "title", "about", "stages", "categories",
		"columns", "hidden", "anonymous", "kind_prompts", NULL };
	struct template *t = r->t;

	if (!only_known(r, tree, known) || !read_line(r, tree, "name", &t->name) ||
	    !read_line(r, tree, "title", &t->title) || !read_line(r, tree, "about", &t->about) ||
	    !read_flag(r, tree, "hidden", &t->columns_hidden) ||
	    !read_flag(r, tree, "anonymous", &t->columns_anonymous))
		return false;
	if (json_get(tree, "stages") == NULL) {
		err_set(r->e, ERR_REFUSED, "\"stages\" is missing");
		return refuse_here(r);
	}
	return read_part(r, tree, "stages", read_stages) &&
	       read_part(r, tree, "categories", read_categories) &&
	       read_part(r, tree, "columns", read_columns) &&
	       read_part(r, tree, "kind_prompts", read_kind_prompts);
}

struct template *
template_parse(const char *bytes, size_t len, struct err *e)
{
	struct err mine = { 0 };
	struct reading r = {
		.text = bytes, .len = len, .place = { .index = -1 }, .e = e != NULL ? e : &mine
	};
	cJSON *tree = json_parse(bytes, len, &template_limits, r.e);

	if (tree == NULL)
		return NULL;
	r.t = mem_zero(1, sizeof *r.t);
	if (!read_template(&r, tree)) {
		template_free(r.t);
		r.t = NULL;
	}
	cJSON_Delete(tree);
	return r.t;
}
