#include "storage/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/category_set.h"
#include "model/checks.h"
#include "model/schema.h"
#include "storage/template_internal.h"

static const struct json_limits template_limits = { (size_t)1 << 20, (size_t)1 << 16, 8 };

enum {
	STAGES_MOST = 40,
	LINES_MOST = 60, /* prompts or checks of a stage, columns, categories */
	MINUTES_MOST = 1440,
	VOTES_MOST = 1000,
	NAME_MOST = 64,
};

/* "stages[2].checks.60[1]". */
static void
place_text(const struct json_place *p, char *out, size_t size)
{
	char index[24] = "", nth[24] = "";

	if (p->index >= 0)
		snprintf(index, sizeof index, "[%ld]", p->index);
	if (p->nth > 0)
		snprintf(nth, sizeof nth, "[%zu]", p->nth - 1);
	snprintf(out, size, "%.40s%s%s%.40s%s%.40s%s", p->list != NULL ? p->list : "template",
	    index, p->member != NULL ? "." : "", p->member != NULL ? p->member : "",
	    p->key != NULL ? "." : "", p->key != NULL ? p->key : "", nth);
}

bool
reading_refuse(struct reading *r)
{
	struct json_spot s = json_where(r->text, r->len, &r->place);
	char path[200];

	place_text(&r->place, path, sizeof path);
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

/* The next deeper part of the place. */
static const char **
deeper(struct reading *r)
{
	struct json_place *p = &r->place;

	return p->list == NULL ? &p->list : p->member == NULL ? &p->member : &p->key;
}

bool
reading_members(struct reading *r, const cJSON *obj, const char *const *known)
{
	struct buf list = { 0 };
	const cJSON *m;

	if (!cJSON_IsObject(obj)) {
		err_set(r->e, ERR_REFUSED, "this takes an object in braces");
		return reading_refuse(r);
	}
	cJSON_ArrayForEach(m, obj)
	{
		if (is_one_of(m->string, known))
			continue;
		for (size_t i = 0; known[i] != NULL; i++)
			buf_addf(&list, "%s%s", i > 0 ? ", " : "", known[i]);
		err_set(r->e, ERR_REFUSED, "\"%.60s\" is no member of a template: here stand %s",
		    m->string, list.data);
		buf_fini(&list);
		*deeper(r) = m->string;
		return reading_refuse(r);
	}
	return true;
}

bool
reading_good_line(struct reading *r, const cJSON *value)
{
	const char *text = cJSON_GetStringValue(value);

	if (text == NULL || text[0] == '\0') {
		err_set(r->e, ERR_REFUSED, "this takes a text in quotes%s",
		    text != NULL ? ", and it is empty" : "");
		return reading_refuse(r);
	}
	return text_ok(text, strlen(text), TEXT_LINE, r->e) || reading_refuse(r);
}

bool
reading_line(struct reading *r, const cJSON *obj, const char *key, bool must, char **out)
{
	const cJSON *value = json_get(obj, key);
	const char **part;

	if (value == NULL && !must)
		return true;
	if (value == NULL) {
		err_set(r->e, ERR_REFUSED, "\"%s\" is missing: it takes a text in quotes", key);
		return reading_refuse(r);
	}
	part = deeper(r);
	*part = key;
	if (!reading_good_line(r, value))
		return false;
	*part = NULL;
	free(*out);
	*out = mem_dup(value->valuestring);
	return true;
}

static bool
too_many(struct reading *r, const cJSON *list, int most)
{
	if (cJSON_GetArraySize(list) <= most)
		return false;
	err_set(r->e, ERR_REFUSED, "this takes %d at most", most);
	reading_refuse(r);
	return true;
}

/* Names tell stages, columns and categories apart. */
static bool
is_new_name(struct reading *r, const struct strs *names, const char *name)
{
	for (size_t i = 0; i < names->n; i++)
		if (text_same(names->v[i], name)) {
			r->place.member = "name";
			err_set(r->e, ERR_REFUSED, "\"%.60s\" is there twice", name);
			return reading_refuse(r);
		}
	return true;
}

static bool
read_lines(struct reading *r, const cJSON *list, struct strs *out)
{
	const cJSON *v;

	if (list != NULL && !cJSON_IsArray(list)) {
		err_set(r->e, ERR_REFUSED, "this takes a list in square brackets");
		return reading_refuse(r);
	}
	if (too_many(r, list, LINES_MOST))
		return false;
	cJSON_ArrayForEach(v, list)
	{
		r->place.nth++;
		if (!reading_good_line(r, v))
			return false;
		strs_add(out, v->valuestring);
	}
	r->place.nth = 0;
	return true;
}

static bool
read_check_names(struct reading *r, const cJSON *list, struct strs *out)
{
	if (!read_lines(r, list, out))
		return false;
	for (size_t i = 0; i < out->n; i++) {
		bool twice = false;
		for (size_t k = 0; k < i; k++)
			twice |= strcmp(out->v[k], out->v[i]) == 0;
		if (check_find(out->v[i]) != NULL && !twice)
			continue;
		r->place.nth = i + 1;
		if (twice)
			err_set(r->e, ERR_REFUSED, "\"%.60s\" is there twice", out->v[i]);
		else
			err_set(r->e, ERR_REFUSED, "there is no check \"%.60s\"", out->v[i]);
		return reading_refuse(r);
	}
	return true;
}

/* One list for all but the meeting alone, or one a length. */
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
	} else if (checks != NULL && !cJSON_IsObject(checks)) {
		err_set(r->e, ERR_REFUSED,
		    "this takes a list in square brackets, or an object with one for each of 10, "
		    "30, 60, 90");
		return reading_refuse(r);
	} else if (checks != NULL) {
		if (!reading_members(r, checks, lengths))
			return false;
		for (int i = 0; i < N_LENGTHS; i++) {
			r->place.key = lengths[i];
			if (!read_check_names(r, json_get(checks, lengths[i]), &s->checks[i]))
				return false;
		}
		r->place.key = NULL;
	}
	r->place.member = NULL;
	return true;
}

static bool
read_minutes(struct reading *r, const cJSON *obj, struct template_stage *s)
{
	const cJSON *list = json_get(obj, "minutes"), *v;
	int n = 0;
	bool some = false;

	if (list == NULL) {
		err_set(r->e, ERR_REFUSED,
		    "\"minutes\" is missing: it takes four numbers, as in "
		    "[null, 2, 5, 5]");
		return reading_refuse(r);
	}
	r->place.member = "minutes";
	cJSON_ArrayForEach(v, list)
	{
		int64_t minutes = -1;
		if (n == N_LENGTHS ||
		    !(cJSON_IsNull(v) || (json_int(v, &minutes) && minutes >= 0)) ||
		    minutes > MINUTES_MOST)
			break;
		s->minutes[n++] = minutes;
		some |= minutes >= 0;
	}
	if (!cJSON_IsArray(list) || v != NULL || n != N_LENGTHS) {
		r->place.nth = cJSON_IsArray(list) && v != NULL ? (size_t)n + 1 : 0;
		err_set(r->e, ERR_REFUSED,
		    "this takes four numbers of minutes, for meetings of 10, 30, 60 and 90 "
		    "minutes, each up to a day; null where a meeting has no such stage");
		return reading_refuse(r);
	}
	if (!some) {
		err_set(r->e, ERR_REFUSED,
		    "null four times: no meeting has this stage; leave it out, or give it minutes");
		return reading_refuse(r);
	}
	r->place.member = NULL;
	return true;
}

/* `stage back` goes back, whatever a stage is called. */
static bool
is_stage_name(struct reading *r, const char *name)
{
	if (!is_one_of(name, stage_words))
		return true;
	r->place.member = "name";
	err_set(r->e, ERR_REFUSED, "\"%s\" is a word of the command stage", name);
	return reading_refuse(r);
}

static bool
read_stage(struct reading *r, const cJSON *obj, struct template_stage *s)
{
	static const char *const known[] = { "name", "pane", "minutes", "checks", "prompts",
		"columns", NULL };

	if (!reading_members(r, obj, known) || !reading_line(r, obj, "name", true, &s->name) ||
	    !is_stage_name(r, s->name) || !reading_line(r, obj, "pane", true, &s->pane) || !read_minutes(r, obj, s) ||
	    !read_checks(r, obj, s))
		return false;
	if (!is_one_of(s->pane, stage_panes)) {
		r->place.member = "pane";
		err_set(r->e, ERR_REFUSED,
		    "there is no pane \"%.60s\": take agenda, timeline, fishbone, board, run, actions "
		    "or history",
		    s->pane);
		return reading_refuse(r);
	}
	r->place.member = "prompts";
	if (!read_lines(r, json_get(obj, "prompts"), &s->prompts))
		return false;
	r->place.member = "columns";
	return read_lines(r, json_get(obj, "columns"), &s->columns);
}

static bool
read_stages(struct reading *r, const cJSON *list)
{
	struct template *t = r->t;
	const cJSON *v;
	struct strs names = { 0 };
	int n = cJSON_GetArraySize(list);
	bool good = true;

	if (!cJSON_IsArray(list) || n == 0 || n > STAGES_MOST) {
		err_set(r->e, ERR_REFUSED, "this takes a list of 1 to %d stages", STAGES_MOST);
		return reading_refuse(r);
	}
	t->stages = mem_zero((size_t)n, sizeof *t->stages);
	cJSON_ArrayForEach(v, list)
	{
		r->place.index++;
		r->place.member = NULL;
		good = read_stage(r, v, &t->stages[t->n_stages++]);
		good = good && is_new_name(r, &names, t->stages[t->n_stages - 1].name);
		if (!good)
			break;
		strs_add(&names, t->stages[t->n_stages - 1].name);
	}
	strs_fini(&names);
	return good;
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
read_category(struct reading *r, const cJSON *v)
{
	static const char *const known[] = { "name", "level", NULL };
	struct template *t = r->t;
	char *name = NULL, *word = NULL;
	int level = LEVEL_NONE;
	bool good;

	good = reading_members(r, v, known) && reading_line(r, v, "name", true, &name) &&
	       is_new_name(r, &t->categories, name) && reading_line(r, v, "level", true, &word);
	if (good && (level = level_of(word)) == LEVEL_NONE) {
		r->place.member = "level";
		err_set(r->e, ERR_REFUSED, "a level is technical, process or organization");
		good = reading_refuse(r);
	}
	if (good) {
		t->levels[t->categories.n] = level;
		strs_add(&t->categories, name);
	}
	free(name);
	free(word);
	return good;
}

/* A set by its name. */
static bool
read_category_set(struct reading *r, const cJSON *word)
{
	const struct category_set *set = category_set_find(cJSON_GetStringValue(word));
	struct template *t = r->t;

	if (set == NULL) {
		err_set(r->e, ERR_REFUSED,
		    "this takes a list in square brackets, or the name of a set: levels, 6m, 4s, "
		    "shell or service-life");
		return reading_refuse(r);
	}
	t->levels = mem_zero(set->n, sizeof *t->levels);
	for (size_t i = 0; i < set->n; i++) {
		t->levels[i] = set->v[i].level;
		strs_add(&t->categories, set->v[i].name);
	}
	return true;
}

static bool
read_categories(struct reading *r, const cJSON *list)
{
	const cJSON *v;

	if (!cJSON_IsArray(list))
		return read_category_set(r, list);
	if (too_many(r, list, LINES_MOST))
		return false;
	r->t->levels = mem_zero((size_t)cJSON_GetArraySize(list) + 1, sizeof *r->t->levels);
	cJSON_ArrayForEach(v, list)
	{
		r->place.index++;
		if (!read_category(r, v))
			return false;
	}
	return true;
}

static bool
read_column(struct reading *r, const cJSON *v)
{
	static const char *const known[] = { "name", "prompt", NULL };
	char *name = NULL, *prompt = NULL;
	bool good;

	good = reading_members(r, v, known) && reading_line(r, v, "name", true, &name) &&
	       is_new_name(r, &r->t->columns, name) && reading_line(r, v, "prompt", false, &prompt);
	if (good) {
		strs_add(&r->t->columns, name);
		strs_add(&r->t->column_prompts, prompt != NULL ? prompt : "");
	}
	free(name);
	free(prompt);
	return good;
}

static bool
read_columns(struct reading *r, const cJSON *list)
{
	const cJSON *v;

	if (too_many(r, list, LINES_MOST))
		return false;
	cJSON_ArrayForEach(v, list)
	{
		r->place.index++;
		if (!read_column(r, v))
			return false;
	}
	return true;
}

int
reading_event_kind(const char *word)
{
	const struct field *f = schema_field(KIND_EVENT, "kind");

	for (int i = 1; word != NULL && f->names[i] != NULL; i++)
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
		int kind = reading_event_kind(v->string);
		r->place.member = v->string;
		if (kind == EVENT_NONE) {
			err_set(r->e, ERR_REFUSED, "\"%.60s\" is no kind of event",
			    v->string == NULL ? "" : v->string);
			return reading_refuse(r);
		}
		if (!reading_good_line(r, v))
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
	bool object = read == read_kind_prompts, word = read == read_categories;

	r->place = (struct json_place){ .list = key, .index = -1 };
	if (part != NULL && !word && !(object ? cJSON_IsObject(part) : cJSON_IsArray(part))) {
		err_set(r->e, ERR_REFUSED, "this takes %s",
		    object ? "an object in braces" : "a list in square brackets");
		return reading_refuse(r);
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
		return reading_refuse(r);
	}
	*out = cJSON_IsTrue(v);
	return true;
}

static bool
read_votes(struct reading *r, const cJSON *tree)
{
	const cJSON *v = json_get(tree, "votes");

	if (v != NULL &&
	    (!json_int(v, &r->t->votes) || r->t->votes < 1 || r->t->votes > VOTES_MOST)) {
		r->place.list = "votes";
		err_set(r->e, ERR_REFUSED, "this takes a number of votes, 1 to %d", VOTES_MOST);
		return reading_refuse(r);
	}
	return true;
}

/* People type it, and it is a file's name. */
static bool
name_is_plain(struct reading *r)
{
	const char *name = r->t->name;

	if (strlen(name) <= NAME_MOST &&
	    strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
		strlen(name))
		return true;
	r->place.list = "name";
	err_set(r->e, ERR_REFUSED, "a name takes letters, digits, - and _, %d at most", NAME_MOST);
	return reading_refuse(r);
}

/* What a stage shows of the board is there. */
static bool
stages_name_columns(struct reading *r)
{
	const struct template *t = r->t;

	for (size_t i = 0; i < t->n_stages; i++)
		for (size_t k = 0; k < t->stages[i].columns.n; k++) {
			if (strs_has(&t->columns, t->stages[i].columns.v[k]))
				continue;
			r->place = (struct json_place){
				.list = "stages", .index = (int)i, .member = "columns", .nth = k + 1
			};
			err_set(r->e, ERR_REFUSED, "there is no column \"%.60s\" in \"columns\"",
			    t->stages[i].columns.v[k]);
			return reading_refuse(r);
		}
	return true;
}

static bool
read_template(struct reading *r, const cJSON *tree)
{
	static const char *const known[] = { "name", "title", "about", "stages", "categories",
		"columns", "hidden", "anonymous", "votes", "kind_prompts", NULL };
	struct template *t = r->t;

	if (!reading_members(r, tree, known) || !reading_line(r, tree, "name", true, &t->name) ||
	    !name_is_plain(r) || !reading_line(r, tree, "title", true, &t->title) ||
	    !reading_line(r, tree, "about", true, &t->about) ||
	    !read_flag(r, tree, "hidden", &t->columns_hidden) ||
	    !read_flag(r, tree, "anonymous", &t->columns_anonymous) || !read_votes(r, tree))
		return false;
	if (json_get(tree, "stages") == NULL) {
		err_set(r->e, ERR_REFUSED, "\"stages\" is missing: it takes a list of stages");
		return reading_refuse(r);
	}
	return read_part(r, tree, "stages", read_stages) &&
	       read_part(r, tree, "categories", read_categories) &&
	       read_part(r, tree, "columns", read_columns) && stages_name_columns(r) &&
	       read_part(r, tree, "kind_prompts", read_kind_prompts);
}

cJSON *
reading_begin(struct reading *r)
{
	r->place = (struct json_place){ .index = -1 };
	return json_parse(r->text, r->len, &template_limits, r->e);
}

struct template *
template_parse(const char *bytes, size_t len, struct err *e)
{
	struct err mine = { 0 };
	struct reading r = { .text = bytes, .len = len, .e = e != NULL ? e : &mine };
	cJSON *tree = reading_begin(&r);

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
