#include <stddef.h>
#include <string.h>

#include "storage/json_file.h"
#include "storage/json_value.h"

/* One change as it is written: an object that is closed when all of it was said. */
struct row {
	struct json_out *o;
	const struct item *was, *is; /* NULL: not there */
};

static void
begin_row(const struct row *r, const struct debrief *d, enum kind kind)
{
	const struct item *it = r->is != NULL ? r->is : r->was;
	char name[24];

	json_object_begin(r->o);
	json_key(r->o, "change");
	json_put_text(r->o, r->was == NULL ? "added" : r->is == NULL ? "removed" : "changed");
	json_key(r->o, "kind");
	json_put_text(r->o, schema_of(kind)->word);
	json_key(r->o, "id");
	json_put_text(r->o, it->id.s);
	if (it->number > 0) {
		item_short_name(d, kind, it, name);
		json_key(r->o, "name");
		json_put_text(r->o, name);
	}
}

static bool
differs(const struct row *r, const struct field *f)
{
	if (f->live || f->type == FIELD_ID || f->offset == offsetof(struct item, changed_ns))
		return false;
	if (r->was != NULL && r->is != NULL)
		return !field_equal(r->was, r->is, f);
	return !field_is_default(r->is != NULL ? r->is : r->was, f);
}

static bool
extra_differs(const struct item *it, const struct item *other, size_t i)
{
	const char *json = other == NULL ? NULL : extras_get(&other->extra, it->extra.v[i].key);

	return json == NULL || strcmp(json, it->extra.v[i].json) != 0;
}

/* What `it` has and the other has not so; with nothing at its name where it has nothing. */
static void
put_side(const struct row *r, const char *key, enum kind kind, const struct item *it)
{
	const struct schema *s = schema_of(kind);
	const struct item *other = it == r->is ? r->was : r->is;

	if (it == NULL)
		return;
	json_key(r->o, key);
	json_object_begin(r->o);
	for (size_t i = 0; i < s->n_fields; i++) {
		if (!differs(r, &s->fields[i]) || field_is_default(it, &s->fields[i]))
			continue;
		json_key(r->o, s->fields[i].name);
		json_put_field(r->o, it, &s->fields[i]);
	}
	for (size_t i = 0; i < it->extra.n; i++)
		if (extra_differs(it, other, i))
			json_put_extra(r->o, &it->extra.v[i]);
	json_object_end(r->o);
}

static bool
is_news(const struct row *r, enum kind kind)
{
	const struct schema *s = schema_of(kind);
	bool news = r->was == NULL || r->is == NULL || !extras_equal(&r->was->extra, &r->is->extra);

	for (size_t i = 0; !news && i < s->n_fields; i++)
		news = differs(r, &s->fields[i]);
	return news;
}

static void
put_row(const struct row *r, const struct debrief *d, enum kind kind)
{
	if (!is_news(r, kind))
		return;
	begin_row(r, d, kind);
	put_side(r, "was", kind, r->was);
	put_side(r, "is", kind, r->is);
	json_object_end(r->o);
}

void
file_difference(const struct debrief *from, const struct debrief *to, struct buf *out)
{
	struct json_out o;
	struct row own = { &o, &from->item, &to->item };

	json_out_init(&o, out, false);
	json_list_begin(&o, false);
	put_row(&own, to, KIND_DEBRIEF);
	for (int k = 1; k < N_KINDS; k++) {
		enum kind kind = (enum kind)k;
		for (size_t i = 0; i < to->of[k].n; i++) {
			struct item *is = to->of[k].v[i];
			struct row r = { &o, debrief_find(from, kind, is->id), is };
			put_row(&r, to, kind);
		}
		for (size_t i = 0; i < from->of[k].n; i++) {
			struct row r = { &o, from->of[k].v[i], NULL };
			if (debrief_find(to, kind, r.was->id) == NULL)
				put_row(&r, from, kind);
		}
	}
	json_list_end(&o);
	json_end_line(&o);
}
