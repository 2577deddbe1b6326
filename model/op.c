#include "model/op_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void
op_init(struct op *op, const char *command)
{
	*op = (struct op){ .at_ns = TIME_NONE, .command = mem_dup(command) };
}

void
change_fini(struct change *c)
{
	for (size_t i = 0; i < c->n_set; i++) {
		value_fini(&c->set[i].value);
		value_fini(&c->set[i].seen);
	}
	free(c->set);
	extras_fini(&c->extra);
	*c = (struct change){ 0 };
}

void
op_fini(struct op *op)
{
	for (size_t i = 0; i < op->n; i++)
		change_fini(&op->v[i]);
	free(op->v);
	free(op->by);
	free(op->command);
	free(op->arg);
	*op = (struct op){ .at_ns = TIME_NONE };
}

void
change_copy(struct change *to, const struct change *from)
{
	*to = *from;
	to->set = from->n_set ? mem_alloc(from->n_set * sizeof *to->set) : NULL;
	to->cap_set = from->n_set;
	for (size_t i = 0; i < from->n_set; i++) {
		to->set[i] = from->set[i];
		to->set[i].value = value_copy(&from->set[i].value);
		to->set[i].seen = value_copy(&from->set[i].seen);
	}
	to->extra = (struct extras){ 0 };
	for (size_t i = 0; i < from->extra.n; i++)
		extras_set(&to->extra, from->extra.v[i].key, from->extra.v[i].json);
}

void
op_copy(struct op *to, const struct op *from)
{
	*to = *from;
	to->by = mem_dup(from->by);
	to->command = mem_dup(from->command);
	to->arg = mem_dup(from->arg);
	to->v = from->n ? mem_alloc(from->n * sizeof *to->v) : NULL;
	to->cap = from->n;
	for (size_t i = 0; i < from->n; i++)
		change_copy(&to->v[i], &from->v[i]);
}

struct change *
op_add(struct op *op, enum verb verb, enum kind kind, struct id id)
{
	VEC_ROOM(op->v, op->n, op->cap);
	op->v[op->n] = (struct change){ .verb = verb, .kind = kind, .id = id };
	return &op->v[op->n++];
}

struct assign *
change_set(struct change *c, const struct field *f, struct value value)
{
	VEC_ROOM(c->set, c->n_set, c->cap_set);
	c->set[c->n_set] = (struct assign){ .field = f, .value = value };
	return &c->set[c->n_set++];
}

struct assign *
change_put(struct change *c, const char *field, struct value value)
{
	const struct field *f = schema_field(c->kind, field);

	assert(f != NULL);
	return change_set(c, f, value);
}

struct assign *
change_put_text(struct change *c, const char *field, const char *text)
{
	return change_put(c, field, (struct value){ .text = mem_dup(text) });
}

struct assign *
change_put_num(struct change *c, const char *field, int64_t num)
{
	return change_put(c, field, (struct value){ .num = num });
}

void
op_counts(const struct op *op, size_t *added, size_t *changed, size_t *removed)
{
	*added = *changed = *removed = 0;
	for (size_t i = 0; i < op->n; i++)
		++*(op->v[i].verb == VERB_ADD       ? added
			: op->v[i].verb == VERB_SET ? changed
						    : removed);
}

struct assign *
change_find(const struct change *c, const char *field)
{
	for (size_t i = c->n_set; i-- > 0;)
		if (strcmp(c->set[i].field->name, field) == 0)
			return &c->set[i];
	return NULL;
}

struct change *
op_add_whole(struct op *op, enum kind kind, const struct item *it)
{
	struct change *c = op_add(op, VERB_ADD, kind, it->id);
	const struct schema *s = schema_of(kind);

	for (size_t i = 0; i < s->n_fields; i++)
		if (s->fields[i].type != FIELD_ID && !field_is_default(it, &s->fields[i]))
			change_set(c, &s->fields[i], field_get(it, &s->fields[i]));
	for (size_t i = 0; i < it->extra.n; i++)
		extras_set(&c->extra, it->extra.v[i].key, it->extra.v[i].json);
	return c;
}

bool
op_is(const struct op *op, const char *command)
{
	return op->command != NULL && strcmp(op->command, command) == 0;
}

bool
op_is_undo(const struct op *op)
{
	return op_is(op, "undo") || op_is(op, "redo");
}

bool
op_is_merge(const struct op *op)
{
	return op_is(op, "merge") || op_is(op, "git");
}

bool
actor_leads(const struct actor *who)
{
	return who->host || who->role == PERSON_FACILITATOR || who->role == PERSON_SCRIBE;
}
