#include "model/visible.h"

#include <stdlib.h>
#include <string.h>

#include "model/op_internal.h"

static const struct column *
column_of(const struct debrief *d, struct id id)
{
	return (const struct column *)debrief_find(d, KIND_COLUMN, id);
}

static bool
hidden_card(const struct debrief *d, const struct card *c)
{
	const struct column *col = column_of(d, c->column);

	return col != NULL && col->hidden;
}

/* Whether this viewer wrote the card: by name only, where cards carry names. */
static bool
own_card(const struct debrief *d, const struct viewer *who, const struct card *c)
{
	const struct person *p = (const struct person *)debrief_find(d, KIND_PERSON, c->by);

	return who->name != NULL && p != NULL && p->name != NULL && strcmp(p->name, who->name) == 0;
}

bool
visible_item(
    const struct debrief *d, const struct viewer *who, enum kind kind, const struct item *it)
{
	const struct card *c = (const struct card *)it;

	if (kind != KIND_CARD || !hidden_card(d, c))
		return true;
	return !who->file && own_card(d, who, c);
}

/* An op is cut only where a column is hidden before or after it. */
static bool
touches_hidden(const struct debrief *d, const struct op *op)
{
	bool cards = false, hides = false;

	for (size_t i = 0; i < op->n; i++) {
		cards |= op->v[i].kind == KIND_CARD;
		hides |= op->v[i].kind == KIND_COLUMN && op->v[i].n_set > 0 &&
		    change_find(&op->v[i], "hidden") != NULL;
	}
	for (size_t i = 0; cards && i < DEBRIEF_N(d, COLUMN); i++)
		hides |= DEBRIEF_AT(d, COLUMN, column, i)->hidden;
	return hides;
}

struct looking {
	const struct debrief *d;
	const struct viewer *who;
	const struct op *op;
	struct op_index index;
	struct op *out;
};

/* Is the column hidden once the op is applied? */
static bool
hidden_after(const struct looking *k, struct id column)
{
	const struct assign *a =
	    op_index_assign(&k->index, column, schema_field(KIND_COLUMN, "hidden"));
	const struct column *col = column_of(k->d, column);

	return a != NULL ? a->value.num != 0 : col != NULL && col->hidden;
}

static bool
named_after(const struct looking *k, struct id person)
{
	const struct assign *a =
	    op_index_assign(&k->index, person, schema_field(KIND_PERSON, "name"));
	const struct person *p = (const struct person *)debrief_find(k->d, KIND_PERSON, person);
	const char *name = a != NULL ? a->value.text : p != NULL ? p->name : NULL;

	return name != NULL && k->who->name != NULL && strcmp(name, k->who->name) == 0;
}

/* May the viewer see the card once the op is applied? */
static bool
card_visible_after(const struct looking *k, struct id id)
{
	const struct item *it = debrief_find(k->d, KIND_CARD, id);

	if (!hidden_after(k, ref_after(&k->index, id, it, schema_field(KIND_CARD, "column"))))
		return true;
	return !k->who->file &&
	    named_after(k, ref_after(&k->index, id, it, schema_field(KIND_CARD, "by")));
}

static void
keep(struct looking *k, const struct change *c)
{
	change_copy(op_add(k->out, c->verb, c->kind, c->id), c);
}

/* Can the op have changed whether a card is seen: its column, its name, or the hiding of the column
 * it is in? */
static bool
turns(const struct looking *k, const struct item *card)
{
	const struct card *c = (const struct card *)card;
	struct id column = ref_after(&k->index, card->id, card, schema_field(KIND_CARD, "column"));

	return op_index_assign(&k->index, card->id, schema_field(KIND_CARD, "column")) != NULL ||
	    op_index_assign(&k->index, card->id, schema_field(KIND_CARD, "by")) != NULL ||
	    op_index_assign(&k->index, column, schema_field(KIND_COLUMN, "hidden")) != NULL ||
	    op_index_assign(&k->index, c->column, schema_field(KIND_COLUMN, "hidden")) != NULL;
}

/* A card that comes into sight, or may have been, is there as a whole before it changes; one out of
 * sight goes. */
static void
turn_card(struct looking *k, const struct item *card)
{
	if (op_index_removed(&k->index, card->id) || !turns(k, card))
		return;
	if (card_visible_after(k, card->id))
		op_add_whole(k->out, KIND_CARD, card);
	else
		op_add(k->out, VERB_REMOVE, KIND_CARD, card->id);
}

static void
cut_change(struct looking *k, const struct change *c)
{
	const struct item *it = debrief_find(k->d, c->kind, c->id);
	bool seen;

	if (c->kind != KIND_CARD) {
		keep(k, c);
		return;
	}
	seen = c->verb == VERB_REMOVE ? it == NULL || visible_item(k->d, k->who, KIND_CARD, it)
				      : card_visible_after(k, c->id);
	if (seen)
		keep(k, c);
}

static void
turn_cards(struct looking *k)
{
	bool columns = false;

	for (size_t i = 0; i < k->op->n; i++) {
		const struct change *c = &k->op->v[i];
		const struct item *card =
		    c->kind == KIND_CARD ? debrief_find(k->d, KIND_CARD, c->id) : NULL;
		columns |= c->kind == KIND_COLUMN && change_find(c, "hidden") != NULL;
		if (card != NULL && op_index_first(&k->index, c->id) == i)
			turn_card(k, card);
	}
	for (size_t i = 0; columns && i < DEBRIEF_N(k->d, CARD); i++)
		if (op_index_first(&k->index, k->d->of[KIND_CARD].v[i]->id) == INDEX_NONE)
			turn_card(k, k->d->of[KIND_CARD].v[i]);
}

void
visible_op(const struct debrief *d, const struct viewer *who, const struct op *op, struct op *out)
{
	struct looking k = { .d = d, .who = who, .op = op, .out = out };
	struct op head = *op;

	if (!touches_hidden(d, op)) {
		op_copy(out, op);
		return;
	}
	head.v = NULL;
	head.n = head.cap = 0;
	op_copy(out, &head);
	op_index_init(&k.index, op);
	turn_cards(&k);
	for (size_t i = 0; i < op->n; i++)
		cut_change(&k, &op->v[i]);
	op_index_fini(&k.index);
}

/* References to what is left out go from a copy that will be read without it. */
static void
clear_names_of(
    struct debrief *copy, enum kind kind, const struct field *f, const struct id_set *gone)
{
	for (size_t i = 0; i < copy->of[kind].n; i++) {
		struct item *it = copy->of[kind].v[i];
		struct value none = { 0 };
		struct id id;
		memcpy(&id, (const char *)it + f->offset, sizeof id);
		if (id_set_has(gone, id))
			field_set(it, f, &none);
	}
}

static void
clear_names(struct debrief *copy, const struct id_set *gone)
{
	for (int kind = 1; kind < N_KINDS; kind++) {
		const struct schema *s = schema_of((enum kind)kind);
		for (size_t i = 0; i < s->n_fields; i++)
			if (s->fields[i].type == FIELD_REF &&
			    (s->fields[i].refers == KIND_CARD || s->fields[i].refers == N_KINDS))
				clear_names_of(copy, (enum kind)kind, &s->fields[i], gone);
	}
}

struct debrief *
visible_copy(const struct debrief *d, const struct viewer *who)
{
	struct debrief *copy = debrief_copy(d);
	struct id_set gone = { 0 };
	struct id *ids = mem_alloc((DEBRIEF_N(d, CARD) + 1) * sizeof *ids);
	size_t n = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, CARD); i++) {
		const struct item *it = d->of[KIND_CARD].v[i];
		if (visible_item(d, who, KIND_CARD, it))
			continue;
		ids[n++] = it->id;
		id_set_add(&gone, it->id);
	}
	debrief_drop(copy, KIND_CARD, ids, n);
	if (who->file && n > 0)
		clear_names(copy, &gone);
	id_set_fini(&gone);
	free(ids);
	return copy;
}

size_t
visible_hidden(const struct debrief *d)
{
	size_t n = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, CARD); i++)
		n += hidden_card(d, DEBRIEF_AT(d, CARD, card, i));
	return n;
}
