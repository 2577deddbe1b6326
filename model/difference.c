#include <stddef.h>
#include <string.h>

#include "model/merge_internal.h"

/* All that the item has beyond the defaults. */
static void
add_whole(struct op *out, enum kind kind, const struct item *it)
{
	const struct schema *s = schema_of(kind);
	struct change *c = op_add(out, VERB_ADD, kind, it->id);

	for (size_t i = 0; i < s->n_fields; i++)
		if (s->fields[i].type != FIELD_ID && !field_is_default(it, &s->fields[i]))
			change_set(c, &s->fields[i], field_get(it, &s->fields[i]));
	extras_copy(&c->extra, &it->extra);
}

static bool
any_differs(enum kind kind, const struct item *from, const struct item *to)
{
	const struct schema *s = schema_of(kind);

	for (size_t i = 0; i < s->n_fields; i++)
		if (s->fields[i].type != FIELD_ID && !field_equal(from, to, &s->fields[i]))
			return true;
	return false;
}

/* Unknown members keep the places of `to`: those of `from` go and all come anew, in two changes. */
static void
set_extras(struct op *out, enum kind kind, const struct item *from, const struct item *to)
{
	if (extras_equal(&from->extra, &to->extra))
		return;
	if (from->extra.n > 0) {
		struct change *gone = op_add(out, VERB_SET, kind, to->id);
		for (size_t i = 0; i < from->extra.n; i++)
			extras_set(&gone->extra, from->extra.v[i].key, "");
	}
	if (to->extra.n > 0)
		extras_copy(&op_add(out, VERB_SET, kind, to->id)->extra, &to->extra);
}

static void
set_changed(struct op *out, enum kind kind, const struct item *from, const struct item *to)
{
	const struct schema *s = schema_of(kind);
	struct change *c;

	set_extras(out, kind, from, to);
	if (!any_differs(kind, from, to))
		return;
	c = op_add(out, VERB_SET, kind, to->id);
	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		if (f->type != FIELD_ID && !field_equal(from, to, f))
			change_set(c, f, field_get(to, f));
	}
}

/* An id that became another kind of thing has to be free before it is given again. */
static bool
changed_kind(const struct debrief *to, enum kind kind, struct id id)
{
	enum kind now = kind;

	return debrief_any(to, id, &now) != NULL && now != kind;
}

void
debrief_difference(const struct debrief *from, const struct debrief *to, struct op *out)
{
	op_init(out, "merge");
	for (int k = 1; k < N_KINDS; k++)
		for (size_t i = 0; i < from->of[k].n; i++)
			if (changed_kind(to, (enum kind)k, from->of[k].v[i]->id))
				op_add(out, VERB_REMOVE, (enum kind)k, from->of[k].v[i]->id);
	for (int k = 1; k < N_KINDS; k++)
		for (size_t i = 0; i < to->of[k].n; i++)
			if (debrief_find(from, (enum kind)k, to->of[k].v[i]->id) == NULL)
				add_whole(out, (enum kind)k, to->of[k].v[i]);
	set_changed(out, KIND_DEBRIEF, &from->item, &to->item);
	for (int k = 1; k < N_KINDS; k++)
		for (size_t i = 0; i < to->of[k].n; i++) {
			const struct item *old =
			    debrief_find(from, (enum kind)k, to->of[k].v[i]->id);
			if (old != NULL)
				set_changed(out, (enum kind)k, old, to->of[k].v[i]);
		}
	for (int k = 1; k < N_KINDS; k++)
		for (size_t i = 0; i < from->of[k].n; i++)
			if (debrief_any(to, from->of[k].v[i]->id, NULL) == NULL)
				op_add(out, VERB_REMOVE, (enum kind)k, from->of[k].v[i]->id);
}
