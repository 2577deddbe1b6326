#include <stdlib.h>
#include <string.h>

#include "model/visible_internal.h"

struct looking {
	const struct debrief *d;
	const struct viewer *who;
	const struct op *op;
	struct op_index index;
	struct op *out;
};

/* May the viewer see the item (NULL: it is not there) once the op is applied? */
static bool
seen_after(const struct looking *k, enum kind kind, const struct item *after)
{
	const struct card *c = (const struct card *)after;

	if (after == NULL)
		return false;
	if (kind == KIND_CARD)
		return visible_card(k->who, c, column_hidden_after(&k->index, k->d, c->column));
	return visible_person(k->who, (const struct person *)after);
}

/* A set without a word is none. */
static void
drop_empty(struct op *out)
{
	struct change *c = &out->v[out->n - 1];

	if (c->verb != VERB_SET || c->n_set > 0 || c->extra.n > 0)
		return;
	change_fini(c);
	out->n--;
}

/* A change as it leaves: without what stays with the host, and without others' entries. */
static void
keep(struct looking *k, const struct change *from)
{
	struct change *c = op_add(k->out, from->verb, from->kind, from->id);
	size_t kept = 0;

	change_copy(c, from);
	for (size_t i = 0; i < c->n_set; i++) {
		struct assign *a = &c->set[i];
		bool part = field_private(c->kind, a->field);
		if (part)
			visible_entries(k->who, a->field, &a->value.list);
		if (field_secret(c->kind, a->field) ||
		    (part && a->how != HOW_SET && a->value.list.n == 0)) {
			value_fini(&a->value);
			value_fini(&a->seen);
		} else {
			c->set[kept++] = *a;
		}
	}
	c->n_set = kept;
	drop_empty(k->out);
}

static void
add_whole(struct looking *k, enum kind kind, const struct item *after)
{
	struct op whole = { 0 };

	op_add_whole(&whole, kind, after);
	keep(k, &whole.v[0]);
	op_fini(&whole);
}

static const struct item *
item_now(const struct looking *k, enum kind kind, struct id id)
{
	return debrief_find(k->d, kind, id);
}

/* Where a card or a person comes into sight it comes as it is afterwards, where it goes out of
 * sight it goes; what happens to it besides is then nobody's business. False: neither. */
static bool
turn(struct looking *k, enum kind kind, struct id id, bool first)
{
	const struct item *it = item_now(k, kind, id);
	bool before = it != NULL && visible_item(k->d, k->who, kind, it), after;
	struct item *then;

	if (it == NULL)
		return false;
	then = item_after(&k->index, kind, id, it);
	after = seen_after(k, kind, then);
	if (first && !before && after)
		add_whole(k, kind, then);
	if (first && before && !after && then != NULL)
		op_add(k->out, VERB_REMOVE, kind, id);
	before = before && (after || then == NULL);
	item_free(kind, then);
	return !before;
}

/* Of what is new: is it seen in the end? */
static bool
new_seen(struct looking *k, const struct change *c)
{
	struct item *then;
	bool seen;

	if (item_now(k, c->kind, c->id) != NULL)
		return true;
	then = item_after(&k->index, c->kind, c->id, NULL);
	seen = seen_after(k, c->kind, then);
	item_free(c->kind, then);
	return seen;
}

static void
cut_change(struct looking *k, size_t i)
{
	const struct change *c = &k->op->v[i];
	bool first = op_index_first(&k->index, c->id) == i;

	if (c->kind != KIND_CARD && c->kind != KIND_PERSON)
		keep(k, c);
	else if (!turn(k, c->kind, c->id, first) && new_seen(k, c))
		keep(k, c);
}

/* Cards that the op does not name, in a column that it hides or shows. */
static void
turn_columns(struct looking *k)
{
	bool turns = false;

	for (size_t i = 0; i < k->op->n && !turns; i++)
		turns =
		    k->op->v[i].kind == KIND_COLUMN && change_find(&k->op->v[i], "hidden") != NULL;
	for (size_t i = 0; turns && i < DEBRIEF_N(k->d, CARD); i++) {
		struct id id = k->d->of[KIND_CARD].v[i]->id;
		if (op_index_first(&k->index, id) == INDEX_NONE)
			turn(k, KIND_CARD, id, true);
	}
}

static bool
any_unseen(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, PERSON); i++)
		if (DEBRIEF_AT(d, PERSON, person, i)->unseen)
			return true;
	return false;
}

static bool
any_hidden(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN); i++)
		if (DEBRIEF_AT(d, COLUMN, column, i)->hidden)
			return true;
	return false;
}

static bool
says_private(const struct change *c)
{
	bool may = c->kind == KIND_DEBRIEF || c->kind == KIND_PERSON || c->kind == KIND_CARD;

	for (size_t i = 0; may && i < c->n_set; i++)
		if (c->set[i].field->live && (field_private(c->kind, c->set[i].field) ||
						 field_secret(c->kind, c->set[i].field)))
			return true;
	return false;
}

/* Can it be that it is not the same for everybody? */
static bool
is_cut(const struct debrief *d, const struct op *op)
{
	bool cards = false, people = false, cut = false;

	for (size_t i = 0; i < op->n && !cut; i++) {
		const struct change *c = &op->v[i];
		cards |= c->kind == KIND_CARD;
		people |= c->kind == KIND_PERSON;
		cut =
		    (c->kind == KIND_COLUMN && change_find(c, "hidden") != NULL) || says_private(c);
	}
	return cut || (cards && any_hidden(d)) || (people && any_unseen(d));
}

void
visible_op(const struct debrief *d, const struct viewer *who, const struct op *op, struct op *out)
{
	struct looking k = { .d = d, .who = who, .op = op, .out = out };
	struct op head = *op;

	if (!is_cut(d, op)) {
		op_copy(out, op);
		return;
	}
	head.v = NULL;
	head.n = head.cap = 0;
	op_copy(out, &head);
	op_index_init(&k.index, op);
	for (size_t i = 0; i < op->n; i++)
		cut_change(&k, i);
	turn_columns(&k);
	op_index_fini(&k.index);
}
