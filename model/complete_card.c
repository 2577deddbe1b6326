#include <stdlib.h>
#include <string.h>

#include "model/complete_internal.h"

/* Who a name will be: in the debrief, or put in by the batch. */
static const char *
person_id(const struct completing *k, const char *name)
{
	const struct person *p = debrief_person(k->d, name);

	for (size_t i = 0; p != NULL && i < k->op->n; i++)
		if (k->op->v[i].verb == VERB_REMOVE && id_equal(k->op->v[i].id, p->item.id))
			return NULL;
	if (p != NULL)
		return p->item.id.s;
	for (size_t i = 0; i < k->op->n; i++) {
		const struct change *c = &k->op->v[i];
		const struct assign *a =
		    c->kind == KIND_PERSON && c->verb == VERB_ADD ? change_find(c, "name") : NULL;
		if (a != NULL && a->value.text != NULL && strcmp(a->value.text, name) == 0)
			return c->id.s;
	}
	return NULL;
}

/* The column that a card comes to, as it will be. */
struct destination {
	bool there; /* it is told, or there already */
	bool hidden, anonymous;
};

static struct destination
destination(const struct completing *k, const struct assign *to)
{
	struct destination at = { 0 };
	struct id id;

	if (to->value.text == NULL || !id_parse(to->value.text, &id))
		return at;
	at = (struct destination){ true, column_hidden(k->d, id), column_anonymous(k->d, id) };
	for (size_t i = 0; i < k->op->n; i++) {
		const struct assign *a;
		if (!id_equal(k->op->v[i].id, id))
			continue;
		if ((a = change_find(&k->op->v[i], "hidden")) != NULL)
			at.hidden = a->value.num != 0;
		if ((a = change_find(&k->op->v[i], "anonymous")) != NULL)
			at.anonymous = a->value.num != 0;
	}
	return at;
}

/* What its author can prove it by, where no name does. */
static void
own_card(struct completing *k, struct change *c)
{
	const struct card *card = (const struct card *)debrief_find(k->d, KIND_CARD, c->id);
	char *owner;

	if (k->who->owner == NULL || change_find(c, "owner") != NULL)
		return;
	if (card != NULL && (card->owner != NULL || !actor_wrote(k->d, k->who, card)))
		return;
	owner = k->who->owner(k->who->ctx, c->id);
	if (owner != NULL)
		change_put(c, "owner", (struct value){ .text = owner });
}

/* A card in a column with names says whose it is; one that comes into a column without them no
 * longer does. */
void
complete_card(struct completing *k, struct change *c)
{
	const struct assign *to = change_find(c, "column");
	bool nameless = k->op->arg != NULL && strcmp(k->op->arg, "anonymous") == 0;
	struct destination at;
	const char *by;

	if (to == NULL || op_is_undo(k->op))
		return;
	at = destination(k, to);
	nameless = nameless || at.anonymous || !at.there;
	if (at.hidden || nameless)
		own_card(k, c);
	if (c->verb == VERB_SET && (at.anonymous || !at.there))
		change_put_text(c, "by", NULL);
	if (c->verb != VERB_ADD || k->op->by == NULL || nameless || change_find(c, "by") != NULL)
		return;
	by = person_id(k, k->op->by);
	if (by != NULL)
		change_put_text(c, "by", by);
}

void
complete_undated(struct completing *k, struct change *c)
{
	const struct item *it = debrief_find(k->d, KIND_CARD, c->id);
	const struct assign *to = change_find(c, "column");
	bool hidden = it != NULL && to == NULL ? card_hidden(k->d, (const struct card *)it)
					       : to != NULL && destination(k, to).hidden;
	int64_t since_ns = k->d->stage_since_ns;

	if (!hidden && since_ns != TIME_NONE && (it == NULL || it->changed_ns < since_ns))
		complete_stamp(c, "changed", since_ns);
}

void
complete_unsigned(struct completing *k)
{
	size_t n = k->op->n;

	for (size_t i = 0; i < n; i++) {
		struct id column = k->op->v[i].id;
		const struct assign *a =
		    k->op->v[i].kind == KIND_COLUMN ? change_find(&k->op->v[i], "anonymous") : NULL;
		bool nameless = a != NULL && a->value.num;
		for (size_t j = 0; nameless && j < DEBRIEF_N(k->d, CARD); j++) {
			const struct card *card = DEBRIEF_AT(k->d, CARD, card, j);
			if (id_equal(card->column, column) && id_some(card->by))
				change_put_text(
				    op_add(k->op, VERB_SET, KIND_CARD, card->item.id), "by", NULL);
		}
	}
}

static bool
names_cards(const struct field *f)
{
	return f->type == FIELD_REF && (f->refers == KIND_CARD || f->refers == N_KINDS);
}

/* What items that others see say of cards that they no longer do. */
static void
unname(struct completing *k, const struct op_index *index, const struct id_set *gone,
    enum kind kind, const struct field *f)
{
	for (size_t i = 0; i < k->d->of[kind].n; i++) {
		const struct item *it = k->d->of[kind].v[i];
		bool hidden = kind == KIND_CARD && card_hidden_after(index, k->d, it->id);
		if (!hidden && !op_index_removed(index, it->id) &&
		    id_set_has(gone, ref_after(index, it->id, it, f)))
			change_set(op_add(k->op, VERB_SET, kind, it->id), f, (struct value){ 0 });
	}
}

/* Cards that everybody saw and nobody but their authors sees any more: nothing names them. */
static void
conceal(struct completing *k, const struct op_index *index)
{
	struct id_set gone = { 0 };

	for (size_t i = 0; i < DEBRIEF_N(k->d, CARD); i++) {
		const struct card *c = DEBRIEF_AT(k->d, CARD, card, i);
		if (!card_hidden(k->d, c) && card_hidden_after(index, k->d, c->item.id) &&
		    !op_index_removed(index, c->item.id))
			id_set_add(&gone, c->item.id);
	}
	for (int kind = 1; gone.n > 0 && kind < N_KINDS; kind++) {
		const struct schema *s = schema_of((enum kind)kind);
		for (size_t i = 0; i < s->n_fields; i++)
			if (names_cards(&s->fields[i]))
				unname(k, index, &gone, (enum kind)kind, &s->fields[i]);
	}
	complete_ballots_gone(k, &gone);
	id_set_fini(&gone);
}

struct revealing {
	struct completing *k;
	struct op_index index;
	const struct card **v; /* the cards that come into sight */
	size_t n;
};

/* Can it have changed which cards are seen? */
static bool
moves_cards(const struct op *op)
{
	for (size_t i = 0; i < op->n; i++) {
		const struct change *c = &op->v[i];
		if (c->verb == VERB_SET &&
		    ((c->kind == KIND_COLUMN && change_find(c, "hidden") != NULL) ||
			(c->kind == KIND_CARD && change_find(c, "column") != NULL)))
			return true;
	}
	return false;
}

static void
gather(struct revealing *r)
{
	const struct debrief *d = r->k->d;

	for (size_t i = 0; i < DEBRIEF_N(d, CARD); i++) {
		const struct card *c = DEBRIEF_AT(d, CARD, card, i);
		if (card_hidden(d, c) && !card_hidden_after(&r->index, d, c->item.id) &&
		    !op_index_removed(&r->index, c->item.id))
			r->v[r->n++] = c;
	}
}

static void
shuffle(struct revealing *r)
{
	for (size_t i = r->n; i > 1; i--) {
		size_t j = (size_t)(complete_shuffle(r->k) % i);
		const struct card *c = r->v[i - 1];
		r->v[i - 1] = r->v[j];
		r->v[j] = c;
	}
}

/* Nothing that is left of it tells when it was written, or between which others. */
static void
show_card(struct revealing *r, const struct card *card)
{
	const struct field *order = schema_field(KIND_CARD, "order"),
			   *group = schema_field(KIND_CARD, "group");
	bool placed = op_index_assign(&r->index, card->item.id, order) != NULL;
	struct id head = ref_after(&r->index, card->item.id, &card->item, group);
	struct change *c = op_add(r->k->op, VERB_SET, KIND_CARD, card->item.id);

	if (!placed)
		change_set(
		    c, order, (struct value){ .text = complete_key_end(r->k, KIND_CARD, false) });
	if (id_some(head) && card_hidden_after(&r->index, r->k->d, head))
		change_set(c, group, (struct value){ 0 });
	change_put_num(c, "changed", r->k->now_ns);
}

/* Whoever is known by nothing but what comes into sight now is known. */
static void
show_people(struct revealing *r)
{
	const struct debrief *d = r->k->d;
	struct id_set authors = { 0 };
	bool all = true;

	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN); i++)
		all &= !column_hidden_after(&r->index, d, d->of[KIND_COLUMN].v[i]->id);
	for (size_t i = 0; i < r->n; i++)
		if (id_some(r->v[i]->by))
			id_set_add(&authors, r->v[i]->by);
	for (size_t i = 0; i < DEBRIEF_N(d, PERSON); i++) {
		const struct person *p = DEBRIEF_AT(d, PERSON, person, i);
		struct change *c;
		if (!p->unseen || (!all && !id_set_has(&authors, p->item.id)) ||
		    op_index_removed(&r->index, p->item.id))
			continue;
		c = op_add(r->k->op, VERB_SET, KIND_PERSON, p->item.id);
		change_put_num(c, "unseen", false);
		change_put_num(c, "changed", r->k->now_ns);
	}
	id_set_fini(&authors);
}

void
complete_conceal(struct completing *k)
{
	struct op_index index;

	if (!moves_cards(k->op))
		return;
	op_index_init(&index, k->op);
	conceal(k, &index);
	op_index_fini(&index);
}

void
complete_reveal(struct completing *k)
{
	struct revealing r = { .k = k };

	if (!moves_cards(k->op))
		return;
	op_index_init(&r.index, k->op);
	r.v = mem_alloc((DEBRIEF_N(k->d, CARD) + 1) * sizeof(const struct card *));
	gather(&r);
	shuffle(&r);
	show_people(&r);
	for (size_t i = 0; i < r.n; i++)
		show_card(&r, r.v[i]);
	free(r.v);
	op_index_fini(&r.index);
}
