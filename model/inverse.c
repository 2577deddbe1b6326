#include <string.h>

#include "model/op.h"

static bool
never_undone(const char *command)
{
	static const char *const names[] = { "new", "save", "close", "reopen", "stage", "override", "reveal",
		"redact", "vote", "unvote", "votes", "rate" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(command, names[i]) == 0)
			return true;
	return false;
}

/* Is this the person that the host added with the first op of that name? It stays. */
static bool
automatic(const struct op *op, const struct change *c)
{
	if (c->kind != KIND_PERSON || c->verb != VERB_ADD || op->by == NULL ||
	    strcmp(op->command, "person") == 0 || strcmp(op->command, "undo") == 0 ||
	    strcmp(op->command, "redo") == 0)
		return false;
	for (size_t i = 0; i < c->n_set; i++)
		if (strcmp(c->set[i].field->name, "name") == 0 && c->set[i].value.text != NULL)
			return strcmp(c->set[i].value.text, op->by) == 0;
	return false;
}

/* The fields that stamps and orders fill are put back without being expected. */
static bool
is_stamp(const struct field *f)
{
	return strcmp(f->name, "changed") == 0 || f->live;
}

static void
unset(struct change *inv, const struct item *it, const struct assign *a)
{
	struct assign *back;

	if (a->how == HOW_PLUS && a->field->type == FIELD_INT) {
		back = change_set(inv, a->field, (struct value){ .num = -a->value.num });
		back->how = HOW_PLUS;
		return;
	}
	if (a->how != HOW_SET) {
		struct value old = field_get(it, a->field), part = { 0 };
		/* Only what this op really added or took away. */
		for (size_t i = 0; i < a->value.list.n; i++)
			if (strs_has(&old.list, a->value.list.v[i]) == (a->how == HOW_MINUS))
				strs_add(&part.list, a->value.list.v[i]);
		value_fini(&old);
		back = change_set(inv, a->field, part);
		back->how = a->how == HOW_PLUS ? HOW_MINUS : HOW_PLUS;
		return;
	}
	back = change_set(inv, a->field, field_get(it, a->field));
	if (!is_stamp(a->field)) {
		back->has_seen = true;
		back->seen = value_copy(&a->value);
	}
}

static void
bring_back(struct op *out, enum kind kind, const struct item *it)
{
	struct change *c = op_add(out, VERB_ADD, kind, it->id);
	const struct schema *s = schema_of(kind);

	for (size_t i = 0; i < s->n_fields; i++)
		if (s->fields[i].type != FIELD_ID && !field_is_default(it, &s->fields[i]))
			change_set(c, &s->fields[i], field_get(it, &s->fields[i]));
	for (size_t i = 0; i < it->extra.n; i++)
		extras_set(&c->extra, it->extra.v[i].key, it->extra.v[i].json);
}

static const char *
extra_of(const struct item *it, const char *key)
{
	for (size_t i = 0; i < it->extra.n; i++)
		if (strcmp(it->extra.v[i].key, key) == 0)
			return it->extra.v[i].json;
	return "";
}

static void
invert(const struct debrief *d, const struct change *c, struct op *out)
{
	const struct item *it = c->kind == KIND_DEBRIEF ? &d->item : debrief_find(d, c->kind, c->id);
	struct change *inv;

	if (c->verb == VERB_ADD) {
		op_add(out, VERB_REMOVE, c->kind, c->id);
	} else if (it == NULL) {
		return;
	} else if (c->verb == VERB_REMOVE) {
		bring_back(out, c->kind, it);
	} else {
		inv = op_add(out, VERB_SET, c->kind, c->id);
		for (size_t i = c->n_set; i-- > 0;)
			unset(inv, it, &c->set[i]);
		for (size_t i = 0; i < c->extra.n; i++)
			extras_set(&inv->extra, c->extra.v[i].key, extra_of(it, c->extra.v[i].key));
	}
}

bool
op_inverse(const struct debrief *d, const struct op *op, struct op *out)
{
	if (op->n == 0 || never_undone(op->command))
		return false;
	op_init(out, "undo");
	out->by = mem_dup(op->by);
	for (size_t i = op->n; i-- > 0;)
		if (!automatic(op, &op->v[i]))
			invert(d, &op->v[i], out);
	return true;
}
