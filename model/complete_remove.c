#include <stdlib.h>
#include <string.h>

#include "model/complete_internal.h"

static bool
is_ref(const struct field *f)
{
	return f->type == FIELD_REF || f->type == FIELD_REFS;
}

/* One sweep over the items of a kind that hang by `f` on what goes. Returns whether any went along.
 */
static bool
cascade(struct completing *k, const struct op_index *index, struct id_set *gone, enum kind kind,
    const struct field *f)
{
	bool some = false;

	for (size_t i = 0; i < k->d->of[kind].n; i++) {
		const struct item *it = k->d->of[kind].v[i];
		if (!id_set_has(gone, ref_after(index, it->id, it, f)) || !id_set_add(gone, it->id))
			continue;
		op_add(k->op, VERB_REMOVE, kind, it->id);
		some = true;
	}
	return some;
}

static void
cascade_all(struct completing *k, const struct op_index *index, struct id_set *gone)
{
	for (bool more = true; more;) {
		more = false;
		for (int kind = 1; kind < N_KINDS; kind++) {
			const struct schema *s = schema_of((enum kind)kind);
			for (size_t i = 0; i < s->n_fields; i++)
				if (s->fields[i].type == FIELD_REF &&
				    s->fields[i].on_remove == REF_CASCADE)
					more |=
					    cascade(k, index, gone, (enum kind)kind, &s->fields[i]);
		}
	}
}

/* Those of an item's references that name what goes, unless the batch sets the field itself. */
static struct strs
names_of_gone(const struct op_index *index, const struct id_set *gone, const struct item *it,
    const struct field *f)
{
	const struct assign *set = op_index_assign(index, it->id, f);
	struct strs names = { 0 };
	struct value v;
	struct id id;

	if (set != NULL && set->how == HOW_SET)
		return names;
	v = field_get(it, f);
	if (v.text != NULL)
		strs_add(&v.list, v.text);
	for (size_t i = 0; i < v.list.n; i++)
		if (id_parse(v.list.v[i], &id) && id_set_has(gone, id))
			strs_add(&names, v.list.v[i]);
	value_fini(&v);
	return names;
}

/* Clear what an item that stays says of what goes. */
static void
mend_item(struct completing *k, const struct op_index *index, const struct id_set *gone,
    enum kind kind, const struct item *it)
{
	const struct schema *s = schema_of(kind);
	struct change *c = NULL;

	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		struct strs names = { 0 };
		if (is_ref(f))
			names = names_of_gone(index, gone, it, f);
		if (names.n == 0)
			continue;
		if (c == NULL)
			c = op_add(k->op, VERB_SET, kind, it->id);
		if (f->type == FIELD_REF) {
			change_set(c, f, (struct value){ 0 });
			strs_fini(&names);
		} else {
			change_set(c, f, (struct value){ .list = names })->how = HOW_MINUS;
		}
	}
}

static bool
has_refs(const struct schema *s)
{
	for (size_t i = 0; i < s->n_fields; i++)
		if (is_ref(&s->fields[i]))
			return true;
	return false;
}

/* What a cascade took along is not referred to by the rest of the batch. */
static void
unname(struct assign *a, const struct id_set *gone)
{
	struct strs *list = &a->value.list;
	struct id id;

	if (!is_ref(a->field) || a->how == HOW_MINUS)
		return;
	if (a->value.text != NULL && id_parse(a->value.text, &id) && id_set_has(gone, id)) {
		free(a->value.text);
		a->value.text = NULL;
	}
	for (size_t i = list->n; i-- > 0;)
		if (id_parse(list->v[i], &id) && id_set_has(gone, id))
			strs_drop(list, i);
}

/* Nor is it changed by it. */
static void
forget_gone(struct op *op, const struct id_set *gone)
{
	size_t kept = 0;

	for (size_t i = 0; i < op->n; i++) {
		struct change *c = &op->v[i];
		if (c->verb == VERB_SET && id_set_has(gone, c->id)) {
			change_fini(c);
			continue;
		}
		for (size_t j = 0; j < c->n_set; j++)
			unname(&c->set[j], gone);
		op->v[kept++] = *c;
	}
	op->n = kept;
}

void
complete_removals(struct completing *k)
{
	struct op_index index;
	struct id_set gone = { 0 };

	op_index_init(&index, k->op);
	for (size_t i = 0; i < k->op->n; i++)
		if (k->op->v[i].verb == VERB_REMOVE && op_index_removed(&index, k->op->v[i].id))
			id_set_add(&gone, k->op->v[i].id);
	if (gone.n > 0) {
		cascade_all(k, &index, &gone);
		for (int kind = 1; kind < N_KINDS; kind++)
			for (size_t i = 0;
			     has_refs(schema_of((enum kind)kind)) && i < k->d->of[kind].n; i++)
				if (!id_set_has(&gone, k->d->of[kind].v[i]->id))
					mend_item(
					    k, &index, &gone, (enum kind)kind, k->d->of[kind].v[i]);
		forget_gone(k->op, &gone);
		complete_ballots_gone(k, &gone);
	}
	op_index_fini(&index);
	id_set_fini(&gone);
}
