#include "storage/json_value.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"

#define MEMBER(type, it, f) ((type const *)(const void *)((const char *)(it) + (f)->offset))

static void
put_time(struct json_out *o, int64_t t_ns)
{
	char text[TIME_TEXT];

	json_put_text(o, time_text(t_ns, text));
}

static void
put_date(struct json_out *o, int64_t day)
{
	char text[TIME_TEXT];

	json_put_text(o, date_text(day, text));
}

static void
put_list(struct json_out *o, const struct strs *list)
{
	json_list_begin(o, true);
	for (size_t i = 0; i < list->n; i++)
		json_put_text(o, list->v[i]);
	json_list_end(o);
}

static const char *
text_or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

void
json_put_field(struct json_out *o, const struct item *it, const struct field *f)
{
	switch (f->type) {
	case FIELD_ID:
	case FIELD_REF:
		json_put_text(o, MEMBER(struct id, it, f)->s);
		break;
	case FIELD_LINE:
	case FIELD_TEXT:
		json_put_text(o, text_or_empty(*MEMBER(char *, it, f)));
		break;
	case FIELD_TIME:
		put_time(o, *MEMBER(int64_t, it, f));
		break;
	case FIELD_DATE:
		put_date(o, *MEMBER(int64_t, it, f));
		break;
	case FIELD_INT:
		json_put_int(o, *MEMBER(int64_t, it, f));
		break;
	case FIELD_BOOL:
		json_put_bool(o, *MEMBER(bool, it, f));
		break;
	case FIELD_ENUM:
		json_put_text(o, text_or_empty(f->names[*MEMBER(int, it, f)]));
		break;
	case FIELD_REFS:
	case FIELD_SET:
	case FIELD_LIST:
		put_list(o, MEMBER(struct strs, it, f));
		break;
	}
}

void
json_put_value(struct json_out *o, const struct field *f, const struct value *v)
{
	switch (f->type) {
	case FIELD_ID:
	case FIELD_REF:
	case FIELD_LINE:
	case FIELD_TEXT:
		json_put_text(o, text_or_empty(v->text));
		break;
	case FIELD_TIME:
		put_time(o, v->num);
		break;
	case FIELD_DATE:
		put_date(o, v->num);
		break;
	case FIELD_INT:
		json_put_int(o, v->num);
		break;
	case FIELD_BOOL:
		json_put_bool(o, v->num != 0);
		break;
	case FIELD_ENUM:
		json_put_text(o, text_or_empty(f->names[v->num]));
		break;
	case FIELD_REFS:
	case FIELD_SET:
	case FIELD_LIST:
		put_list(o, &v->list);
		break;
	}
}

/* The text was made by this program: a tree that cannot be made of it is a bug, but no reason to
 * lose a file. */
void
json_put_extra(struct json_out *o, const struct extra *x)
{
	cJSON *tree = cJSON_Parse(x->json);

	json_key(o, x->key);
	json_put_any(o, tree);
	cJSON_Delete(tree);
}

static bool
read_enum(const char *text, const struct field *f, struct value *out, struct err *e)
{
	struct buf names = { 0 };

	for (int i = 1; f->names[i] != NULL; i++)
		if (strcmp(f->names[i], text) == 0) {
			out->num = i;
			return true;
		}
	for (int i = 1; f->names[i] != NULL; i++)
		buf_addf(&names, "%s%s",
		    i == 1		      ? ""
		    : f->names[i + 1] == NULL ? " or "
					      : ", ",
		    f->names[i]);
	err_set(e, ERR_REFUSED, "\"%.60s\" is none of the choices: write %s", text, names.data);
	buf_fini(&names);
	return false;
}

/* Most texts are short ASCII: what text_ok would say of them is known after one look at each byte.
 */
static bool
is_plain(const char *s)
{
	size_t n = 0;

	while (s[n] >= 0x20 && s[n] < 0x7f && n < TEXT_LINE_MAX)
		n++;
	return s[n] == '\0';
}

static bool
read_text(const cJSON *json, const struct field *f, struct value *out, struct err *e)
{
	char *text = cJSON_GetStringValue(json);
	struct id id;

	if (text == NULL)
		return err_set(e, ERR_REFUSED, "this takes a text in quotes");
	switch (f->type) {
	case FIELD_TIME:
		return time_parse(text, &out->num) ||
		       err_set(e, ERR_REFUSED,
			   "\"%.60s\" is no time: write it as 2017-02-14T13:30:00Z", text);
	case FIELD_DATE:
		return date_parse(text, &out->num) ||
		       err_set(
			   e, ERR_REFUSED, "\"%.60s\" is no date: write it as 2017-02-14", text);
	case FIELD_ENUM:
		return read_enum(text, f, out, e);
	case FIELD_ID:
	case FIELD_REF:
		out->text = text;
		return id_parse(text, &id) ||
		       err_set(e, ERR_REFUSED,
			   "\"%.60s\" is no id: an id is 12 characters of 0-9 and a-z without "
			   "i, l, o, u",
			   text);
	default:
		out->text = text;
		return is_plain(text) || text_ok(text, strlen(text),
					     f->type == FIELD_TEXT ? TEXT_BLOCK : TEXT_LINE, e);
	}
}

enum { LIST_MOST = 10000 };

static bool
read_list(const cJSON *json, const struct field *f, struct value *out, struct err *e)
{
	struct strs *list = &out->list;
	const cJSON *v;
	struct id id;

	if (!cJSON_IsArray(json))
		return err_set(e, ERR_REFUSED, "this takes a list in square brackets");
	cJSON_ArrayForEach(v, json)
	{
		char *text = cJSON_GetStringValue(v);
		if (text == NULL || text[0] == '\0')
			return err_set(
			    e, ERR_REFUSED, "entry %zu: a list holds texts in quotes", list->n + 1);
		if (list->n == LIST_MOST)
			return err_set(
			    e, ERR_REFUSED, "a list holds at most %d entries", LIST_MOST);
		if (f->type == FIELD_REFS && !id_parse(text, &id))
			return err_set(
			    e, ERR_REFUSED, "entry %zu: \"%.60s\" is no id", list->n + 1, text);
		if (!is_plain(text) && !text_ok(text, strlen(text), TEXT_LINE, e))
			return err_prefix(e, "entry %zu", list->n + 1);
		VEC_ROOM(list->v, list->n, list->cap);
		list->v[list->n++] = text;
	}
	return true;
}

static bool
read_plain(const cJSON *json, const struct field *f, struct value *out, struct err *e)
{
	switch (f->type) {
	case FIELD_REFS:
	case FIELD_SET:
	case FIELD_LIST:
		return read_list(json, f, out, e);
	case FIELD_INT:
		return json_int(json, &out->num) ||
		       err_set(e, ERR_REFUSED, "this takes a whole number");
	case FIELD_BOOL:
		out->num = cJSON_IsTrue(json);
		return cJSON_IsBool(json) || err_set(e, ERR_REFUSED, "this takes true or false");
	default:
		return read_text(json, f, out, e);
	}
}

bool
json_read_value(const cJSON *json, const struct field *f, struct value *out, struct err *e)
{
	struct value v = { 0 };
	bool ok = read_plain(json, f, &v, e);

	if (ok && (f->type == FIELD_INT || f->type == FIELD_DATE))
		ok = value_ok(f, &v, e);
	if (ok)
		*out = v;
	else
		value_return(&v);
	return ok;
}

void
value_return(struct value *v)
{
	free(v->list.v);
	*v = (struct value){ 0 };
}

const struct field *
json_field(const struct schema *s, const char *key, size_t *next)
{
	for (size_t n = 0, i = *next; n < s->n_fields; n++, i++) {
		if (i >= s->n_fields)
			i = 0;
		if (s->fields[i].name[0] == key[0] && strcmp(s->fields[i].name, key) == 0) {
			*next = i + 1;
			return &s->fields[i];
		}
	}
	return NULL;
}

void
json_keep(struct extras *e, const cJSON *member)
{
	struct buf b = { 0 };
	struct json_out o;

	json_out_init(&o, &b, true);
	json_put_any(&o, member);
	VEC_ROOM(e->v, e->n, e->cap);
	e->v[e->n++] = (struct extra){ mem_dup(member->string), buf_take(&b) };
}
