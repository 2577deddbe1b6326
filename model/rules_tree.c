#include <string.h>

#include "model/rules_internal.h"

/* The reference by which items of a kind stand under others of it: cause.parent, card.group. */
static const struct field *
field_up(enum kind kind)
{
	return kind == KIND_CAUSE  ? schema_field(kind, "parent")
	       : kind == KIND_CARD ? schema_field(kind, "group")
				   : NULL;
}

static struct id
up_after(const struct ruling *r, enum kind kind, const struct field *f, struct id id)
{
	return ref_after(r->index, id, debrief_find(r->d, kind, id), f);
}

/* A walk upwards that comes back to where it began; one that meets another loop ends by the
 * tortoise. */
static bool
loops(const struct ruling *r, enum kind kind, const struct field *f, struct id id)
{
	struct id slow = id, at = up_after(r, kind, f, id);

	for (size_t steps = 1; id_some(at); steps++) {
		if (id_equal(at, id) || id_equal(at, slow))
			return true;
		if (steps % 2 == 0)
			slow = up_after(r, kind, f, slow);
		at = up_after(r, kind, f, at);
	}
	return false;
}

bool
rule_loops(const struct ruling *r)
{
	for (size_t i = 0; i < r->op->n; i++) {
		const struct change *c = &r->op->v[i];
		const struct field *f = field_up(c->kind);
		const struct assign *a = f != NULL ? change_find(c, f->name) : NULL;
		if (a != NULL && a->value.text != NULL && loops(r, c->kind, f, c->id))
			return err_set(r->e, ERR_REFUSED,
			    "a %s cannot stand under itself: "
			    "nothing was moved: name another",
			    schema_of(c->kind)->word);
	}
	return true;
}

/* Will a cause or card be gone: removed, or (a cause) with one above it? */
static bool
goes(const struct ruling *r, enum kind kind, struct id id)
{
	const struct field *f = field_up(kind);

	for (size_t steps = 0; id_some(id) && steps <= schema_of(kind)->most; steps++) {
		if (op_index_removed(r->index, id))
			return true;
		if (f->on_remove != REF_CASCADE)
			return false;
		id = up_after(r, kind, f, id);
	}
	return false;
}

/* How many items of `kind` would still be in `box`. */
static size_t
left_in(const struct ruling *r, enum kind kind, const struct field *in, struct id box)
{
	size_t n = 0;

	for (size_t i = 0; i < r->d->of[kind].n; i++) {
		const struct item *it = r->d->of[kind].v[i];
		n += id_equal(ref_after(r->index, it->id, it, in), box) && !goes(r, kind, it->id);
	}
	return n;
}

/* A category or a column is removed when nothing is in it any more. */
bool
rule_emptied(const struct ruling *r)
{
	for (size_t i = 0; i < r->op->n; i++) {
		const struct change *c = &r->op->v[i];
		bool bone = c->kind == KIND_CATEGORY;
		enum kind kind = bone ? KIND_CAUSE : KIND_CARD;
		size_t n;
		if (c->verb != VERB_REMOVE || (!bone && c->kind != KIND_COLUMN))
			continue;
		n = left_in(r, kind, schema_field(kind, bone ? "category" : "column"), c->id);
		/* Whether there is a card in it is told by nothing that is done to it. */
		if (!bone && column_hidden(r->d, c->id) &&
		    (n > 0 || (!r->who->host && !op_is_undo(r->op))))
			return err_set(r->e, ERR_REFUSED,
			    "the column is hidden: nothing was removed: reveal it first");
		if (n > 0)
			return err_set(r->e, ERR_REFUSED,
			    "the %s is not empty: nothing was "
			    "removed: move or remove its %zu %s first",
			    schema_of(c->kind)->word, n,
			    n == 1 ? schema_of(kind)->word : schema_of(kind)->plural);
	}
	return true;
}

static bool
names_gone(const struct ruling *r, const struct item *it, const struct field *f)
{
	const struct strs *ids = (const struct strs *)(const void *)((const char *)it + f->offset);
	struct id id;

	if (f->type == FIELD_REF)
		return op_index_removed(r->index, ref_after(r->index, it->id, it, f));
	if (op_index_assign(r->index, it->id, f) != NULL)
		return false; /* the batch says itself what becomes of it */
	for (size_t i = 0; i < ids->n; i++)
		if (id_parse(ids->v[i], &id) && op_index_removed(r->index, id))
			return true;
	return false;
}

static bool
built_on(const struct ruling *r, enum kind kind, const struct field *f)
{
	struct viewer me = actor_eyes(r->who);

	for (size_t i = 0; i < r->d->of[kind].n; i++) {
		const struct item *it = r->d->of[kind].v[i];
		char name[24];
		if (!names_gone(r, it, f) || op_index_removed(r->index, it->id) ||
		    !visible_item(r->d, &me, kind, it))
			continue;
		item_short_name(r->d, kind, it, name);
		return !err_set(r->e, ERR_REFUSED,
		    "%s %s was built on it meanwhile: nothing was "
		    "undone: change or remove that first",
		    schema_of(kind)->word, name);
	}
	return false;
}

/* Taking back what one added does not take along what hangs on it by now. */
bool
rule_built_on(const struct ruling *r)
{
	bool removes = false;

	for (size_t i = 0; i < r->op->n; i++)
		removes |= r->op->v[i].verb == VERB_REMOVE;
	if (!removes || !op_is_undo(r->op))
		return true;
	for (int kind = 0; kind < N_KINDS; kind++) {
		const struct schema *s = schema_of((enum kind)kind);
		for (size_t i = 0; i < s->n_fields; i++)
			if ((s->fields[i].type == FIELD_REF || s->fields[i].type == FIELD_REFS) &&
			    built_on(r, (enum kind)kind, &s->fields[i]))
				return false;
	}
	return true;
}
