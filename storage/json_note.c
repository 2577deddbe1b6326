#include "storage/json_note.h"

#include <string.h>

#include "storage/json_value.h"

void
note_encode(const struct note *n, struct buf *out)
{
	struct json_out o;

	json_out_init(&o, out, false);
	json_object_begin(&o);
	json_key(&o, "format");
	json_put_text(&o, NOTE_FORMAT);
	for (size_t i = 0; i < n_note_fields; i++) {
		if (field_is_default(&n->item, &note_fields[i]))
			continue;
		json_key(&o, note_fields[i].name);
		json_put_field(&o, &n->item, &note_fields[i]);
	}
	for (size_t i = 0; i < n->item.extra.n; i++)
		json_put_extra(&o, &n->item.extra.v[i]);
	json_object_end(&o);
	json_end_line(&o);
}

static bool
read_member(struct note *n, const cJSON *m, struct err *e)
{
	const struct field *f = note_field(m->string);
	struct value v;

	if (strcmp(m->string, "format") == 0)
		return true;
	if (f == NULL) {
		json_keep(&n->item.extra, m);
		return true;
	}
	if (!json_read_value(m, f, &v, e) || !value_ok(f, &v, e))
		return err_prefix(e, "%s", f->name);
	if (f->type == FIELD_ID)
		id_parse(v.text, &n->item.id);
	else
		field_set(&n->item, f, &v);
	value_return(&v);
	return true;
}

static bool
is_whole(const struct note *n, struct err *e)
{
	return (id_some(n->item.id) && n->text != NULL && n->at_ns != TIME_NONE) ||
	    err_set(e, ERR_REFUSED, "a note without id, time or text");
}

struct note *
note_decode(const char *bytes, size_t len, struct err *e)
{
	cJSON *tree = json_parse(bytes, len, &json_wire_limits, e);
	const char *format = json_text(tree, "format");
	struct note *n = note_new((struct id){ 0 });
	const cJSON *m;
	bool good = tree != NULL;

	if (good && (format == NULL || strcmp(format, NOTE_FORMAT) != 0))
		good = err_set(e, ERR_REFUSED, "it is no note of this format (" NOTE_FORMAT ")");
	if (good)
		cJSON_ArrayForEach(m, tree) good = good && read_member(n, m, e);
	good = good && is_whole(n, e);
	cJSON_Delete(tree);
	if (good)
		return n;
	note_free(n);
	return NULL;
}
