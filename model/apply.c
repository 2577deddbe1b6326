#include <string.h>

#include "model/op.h"

static void
list_plus(struct strs *to, const struct strs *more)
{
	for (size_t i = 0; i < more->n; i++)
		if (!strs_has(to, more->v[i]))
			strs_add(to, more->v[i]);
}

static void
list_minus(struct strs *to, const struct strs *less)
{
	for (size_t i = to->n; i-- > 0;)
		if (strs_has(less, to->v[i]))
			strs_drop(to, i);
}

static void
apply_assign(struct item *it, const struct assign *a)
{
	struct value v;

	if (a->how == HOW_SET) {
		field_set(it, a->field, &a->value);
		return;
	}
	v = field_get(it, a->field);
	if (a->field->type == FIELD_INT) {
		v.num += a->value.num;
		if (v.num < 0)
			v.num = 0;
	} else if (a->how == HOW_PLUS) {
		list_plus(&v.list, &a->value.list);
	} else {
		list_minus(&v.list, &a->value.list);
	}
	field_set(it, a->field, &v);
	value_fini(&v);
}

static void
apply_fields(struct item *it, const struct change *c)
{
	for (size_t i = 0; i < c->n_set; i++)
		apply_assign(it, &c->set[i]);
	for (size_t i = 0; i < c->extra.n; i++)
		extras_set(&it->extra, c->extra.v[i].key, c->extra.v[i].json[0] ? c->extra.v[i].json : NULL);
}

static bool
apply_change(struct debrief *d, const struct change *c)
{
	struct item *it;

	if (c->kind == KIND_DEBRIEF) {
		if (c->verb == VERB_SET)
			apply_fields(&d->item, c);
		return false;
	}
	switch (c->verb) {
	case VERB_ADD:
		if (!id_some(c->id) || debrief_any(d, c->id, NULL) != NULL)
			return false;
		it = item_new(c->kind, c->id);
		apply_fields(it, c);
		debrief_put(d, c->kind, it);
		return true;
	case VERB_SET:
		it = debrief_find(d, c->kind, c->id);
		if (it == NULL)
			return false;
		apply_fields(it, c);
		if (it->number > d->last_number[c->kind])
			d->last_number[c->kind] = it->number;
		return true;
	case VERB_REMOVE:
		item_free(c->kind, debrief_take(d, c->kind, c->id));
		return false;
	}
	return false;
}

void
debrief_apply(struct debrief *d, const struct op *op)
{
	bool touched[N_KINDS] = { false };

	for (size_t i = 0; i < op->n; i++)
		touched[op->v[i].kind] |= apply_change(d, &op->v[i]);
	for (int k = 0; k < N_KINDS; k++)
		if (touched[k])
			debrief_sort(d, (enum kind)k);
}
