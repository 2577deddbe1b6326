#include "model/visible.h"

#include <string.h>

/* The column whose cards are not shown yet. */
static bool
hidden_card(const struct debrief *d, const struct card *c)
{
	const struct column *col = (const struct column *)debrief_find(d, KIND_COLUMN, c->column);

	return col != NULL && col->hidden;
}

/* Whether this viewer wrote the card: by name only where cards carry names. */
static bool
own_card(const struct debrief *d, const struct viewer *who, const struct card *c)
{
	const struct person *p = (const struct person *)debrief_find(d, KIND_PERSON, c->by);

	return who->name != NULL && p != NULL && p->name != NULL && strcmp(p->name, who->name) == 0;
}

bool
visible_item(const struct debrief *d, const struct viewer *who, enum kind kind, const struct item *it)
{
	const struct card *c = (const struct card *)it;

	if (kind != KIND_CARD || !hidden_card(d, c))
		return true;
	return !who->file && own_card(d, who, c);
}

/* The card of a change as it is in `d`, or as the change adds it. */
static bool
change_visible(const struct debrief *d, const struct viewer *who, const struct change *c)
{
	const struct item *it = debrief_find(d, c->kind, c->id);
	struct card card = { 0 };

	if (c->kind != KIND_CARD)
		return true;
	if (it != NULL)
		return visible_item(d, who, c->kind, it);
	for (size_t i = 0; i < c->n_set; i++) {
		if (strcmp(c->set[i].field->name, "column") == 0 && c->set[i].value.text != NULL)
			id_parse(c->set[i].value.text, &card.column);
		if (strcmp(c->set[i].field->name, "by") == 0 && c->set[i].value.text != NULL)
			id_parse(c->set[i].value.text, &card.by);
	}
	return visible_item(d, who, KIND_CARD, &card.item);
}

void
visible_op(const struct debrief *d, const struct viewer *who, const struct op *op, struct op *out)
{
	size_t kept = 0;

	op_copy(out, op);
	for (size_t i = 0; i < out->n; i++) {
		if (change_visible(d, who, &out->v[i]))
			out->v[kept++] = out->v[i];
		else
			change_fini(&out->v[i]);
	}
	out->n = kept;
}

struct debrief *
visible_copy(const struct debrief *d, const struct viewer *who)
{
	struct debrief *copy = debrief_copy(d);

	for (size_t i = DEBRIEF_N(copy, CARD); i-- > 0;) {
		struct item *it = copy->of[KIND_CARD].v[i];
		if (!visible_item(d, who, KIND_CARD, it))
			item_free(KIND_CARD, debrief_take(copy, KIND_CARD, it->id));
	}
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
