#include <stdlib.h>

#include "model/coverage.h"
#include "storage/json_file.h"
#include "storage/json_value.h"

static void
write_members(struct json_out *o, enum kind kind, const struct item *it)
{
	const struct schema *s = schema_of(kind);

	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		if (f->live || field_is_default(it, f))
			continue;
		json_key(o, f->name);
		json_put_field(o, it, f);
	}
}

static void
write_extras(struct json_out *o, const struct item *it)
{
	for (size_t i = 0; i < it->extra.n; i++)
		json_put_extra(o, &it->extra.v[i]);
}

static void
write_item(struct json_out *o, enum kind kind, const struct item *it)
{
	json_object_begin(o);
	write_members(o, kind, it);
	write_extras(o, it);
	json_object_end(o);
}

/* Causes are read as the tree they are. */
static void
write_causes(struct json_out *o, const struct debrief *d)
{
	struct cause_tree t = cause_tree(d);

	for (size_t i = 0; i < t.n; i++)
		if (t.v[i].cause != NULL)
			write_item(o, KIND_CAUSE, &t.v[i].cause->item);
	cause_tree_fini(&t);
}

static void
write_list(struct json_out *o, const struct debrief *d, enum kind kind)
{
	const struct items *items = &d->of[kind];

	if (items->n == 0)
		return;
	json_key(o, schema_of(kind)->list);
	json_list_begin(o, false);
	if (kind == KIND_CAUSE)
		write_causes(o, d);
	else
		for (size_t i = 0; i < items->n; i++)
			write_item(o, kind, items->v[i]);
	json_list_end(o);
}

void
file_encode(const struct debrief *d, struct buf *out)
{
	struct json_out o;

	json_out_init(&o, out, false);
	json_object_begin(&o);
	json_key(&o, "format");
	json_put_text(&o, FILE_FORMAT);
	write_members(&o, KIND_DEBRIEF, &d->item);
	for (int k = 1; k < N_KINDS; k++)
		write_list(&o, d, (enum kind)k);
	write_extras(&o, &d->item);
	json_object_end(&o);
	json_end_line(&o);
}
