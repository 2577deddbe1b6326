#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "model/schema.h"
#include "storage/json_file.h"

static const char id_pattern[] = "^[0-9a-hjkmnp-tv-z]{12}$";
static const char time_pattern[] =
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?Z$";
static const char date_pattern[] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

static void
put_member(struct json_out *o, const char *key, const char *text)
{
	json_key(o, key);
	json_put_text(o, text);
}

static void
put_number(struct json_out *o, const char *key, int64_t num)
{
	json_key(o, key);
	json_put_int(o, num);
}

static void
put_string(struct json_out *o, const char *pattern, int64_t most)
{
	put_member(o, "type", "string");
	if (pattern != NULL)
		put_member(o, "pattern", pattern);
	if (most > 0)
		put_number(o, "maxLength", most);
}

static void
put_entries(struct json_out *o, const struct field *f)
{
	put_member(o, "type", "array");
	json_key(o, "items");
	json_object_begin(o);
	put_string(o, f->type == FIELD_REFS ? id_pattern : NULL,
	    f->type == FIELD_REFS ? 0 : TEXT_LINE_MAX);
	json_object_end(o);
	if (f->type == FIELD_LIST)
		return;
	json_key(o, "uniqueItems");
	json_put_bool(o, true);
}

static void
put_choices(struct json_out *o, const struct field *f)
{
	put_member(o, "type", "string");
	json_key(o, "enum");
	json_list_begin(o, true);
	for (int i = 1; f->names[i] != NULL; i++)
		json_put_text(o, f->names[i]);
	json_list_end(o);
	if (f->dflt != 0)
		put_member(o, "default", f->names[f->dflt]);
}

static void
put_type(struct json_out *o, const struct field *f)
{
	switch (f->type) {
	case FIELD_ID:
	case FIELD_REF:
		put_string(o, id_pattern, 0);
		break;
	case FIELD_LINE:
		put_string(o, NULL, TEXT_LINE_MAX);
		if (f->dflt_text != NULL)
			put_member(o, "default", f->dflt_text);
		break;
	case FIELD_TEXT:
		put_string(o, NULL, TEXT_BLOCK_MAX);
		break;
	case FIELD_TIME:
		put_string(o, time_pattern, 0);
		break;
	case FIELD_DATE:
		put_string(o, date_pattern, 0);
		break;
	case FIELD_BOOL:
		put_member(o, "type", "boolean");
		break;
	case FIELD_INT:
		put_member(o, "type", "integer");
		put_number(o, "minimum", f->min);
		put_number(o, "maximum", f->max);
		break;
	case FIELD_ENUM:
		put_choices(o, f);
		break;
	case FIELD_REFS:
	case FIELD_SET:
	case FIELD_LIST:
		put_entries(o, f);
		break;
	}
}

static void
put_fields(struct json_out *o, const struct schema *s)
{
	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		if (f->live)
			continue;
		json_key(o, f->name);
		json_object_begin(o);
		if (f->help != NULL)
			put_member(o, "description", f->help);
		put_type(o, f);
		json_object_end(o);
	}
}

/* What must be there; a place (a reference) is put right when it is missing. */
static void
put_required(struct json_out *o, const struct schema *s)
{
	json_key(o, "required");
	json_list_begin(o, true);
	if (s->kind == KIND_DEBRIEF)
		json_put_text(o, "format");
	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		if (f->type == FIELD_ID || (f->required && f->type != FIELD_REF))
			json_put_text(o, f->name);
	}
	json_list_end(o);
}

static void
put_list(struct json_out *o, const struct schema *s)
{
	json_key(o, s->list);
	json_object_begin(o);
	put_member(o, "type", "array");
	put_number(o, "maxItems", (int64_t)s->most);
	json_key(o, "items");
	json_object_begin(o);
	put_member(o, "type", "object");
	put_required(o, s);
	json_key(o, "properties");
	json_object_begin(o);
	put_fields(o, s);
	json_object_end(o);
	json_object_end(o);
	json_object_end(o);
}

void
file_schema(struct buf *out)
{
	struct json_out o;

	json_out_init(&o, out, false);
	json_object_begin(&o);
	put_member(&o, "$schema", "https://json-schema.org/draft/2020-12/schema");
	put_member(&o, "title", "debrief");
	put_member(&o, "type", "object");
	put_required(&o, schema_of(KIND_DEBRIEF));
	json_key(&o, "properties");
	json_object_begin(&o);
	json_key(&o, "format");
	json_object_begin(&o);
	put_member(&o, "const", FILE_FORMAT);
	json_object_end(&o);
	put_fields(&o, schema_of(KIND_DEBRIEF));
	for (int k = 1; k < N_KINDS; k++)
		put_list(&o, schema_of((enum kind)k));
	json_object_end(&o);
	json_object_end(&o);
	json_end_line(&o);
}
