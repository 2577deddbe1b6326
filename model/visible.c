#include "model/visible.h"

#include <stdlib.h>
#include <string.h>

#include "model/visible_internal.h"

static bool
is_self(const struct viewer *who, const char *name)
{
	return !who->file && who->name != NULL && name != NULL && strcmp(name, who->name) == 0;
}

bool
visible_card(const struct viewer *who, const struct card *c, bool hidden)
{
	return !hidden ||
	       (!who->file && c->owner != NULL && who->owns != NULL && who->owns(who->ctx, c));
}

bool
visible_person(const struct viewer *who, const struct person *p)
{
	return !p->unseen || is_self(who, p->name);
}

bool
visible_item(
    const struct debrief *d, const struct viewer *who, enum kind kind, const struct item *it)
{
	const struct card *c = (const struct card *)it;

	if (kind == KIND_CARD)
		return visible_card(who, c, card_hidden(d, c));
	return kind != KIND_PERSON || visible_person(who, (const struct person *)it);
}

/* Is this entry of the ballots or of the ready marks this viewer's own? */
static bool
own_entry(const struct viewer *who, const struct field *f, const char *entry)
{
	struct id slot, item;

	if (f->offset == offsetof(struct debrief, ready))
		return is_self(who, entry);
	if (f->offset == offsetof(struct debrief, answers))
		return !who->file && id_some(who->answer_slot) &&
		       strncmp(entry, who->answer_slot.s, ID_LEN) == 0;
	return !who->file && who->slots != NULL && ballot_read(entry, &slot, &item) &&
	       strs_has(who->slots, slot.s);
}

void
visible_entries(const struct viewer *who, const struct field *f, struct strs *list)
{
	for (size_t i = list->n; i-- > 0;)
		if (!own_entry(who, f, list->v[i]))
			strs_drop(list, i);
}

/* References to what is left out go from a copy that will be read without it. */
static void
clear_ref(struct item *it, const struct field *f, const struct id_set *gone)
{
	struct value none = { 0 };
	struct id id;

	memcpy(&id, (const char *)it + f->offset, sizeof id);
	if (id_set_has(gone, id))
		field_set(it, f, &none);
}

static void
clear_refs(struct debrief *copy, const struct id_set *gone)
{
	clear_ref(&copy->item, schema_field(KIND_DEBRIEF, "focus"), gone);
	for (int kind = 1; kind < N_KINDS; kind++) {
		const struct schema *s = schema_of((enum kind)kind);
		for (size_t j = 0; j < s->n_fields; j++)
			for (size_t i = 0; s->fields[j].type == FIELD_REF && i < copy->of[kind].n;
			     i++)
				clear_ref(copy->of[kind].v[i], &s->fields[j], gone);
	}
}

static void
drop_unseen(struct debrief *copy, const struct viewer *who, enum kind kind, struct id_set *gone)
{
	struct id *ids = mem_alloc((copy->of[kind].n + 1) * sizeof *ids);
	size_t n = 0;

	for (size_t i = 0; i < copy->of[kind].n; i++) {
		const struct item *it = copy->of[kind].v[i];
		if (visible_item(copy, who, kind, it))
			continue;
		ids[n++] = it->id;
		id_set_add(gone, it->id);
	}
	debrief_drop(copy, kind, ids, n);
	free(ids);
}

/* What stays with the host, and others' entries. */
static void
drop_secrets(struct debrief *copy, const struct viewer *who)
{
	for (size_t i = 0; i < DEBRIEF_N(copy, CARD); i++) {
		struct card *c = DEBRIEF_AT(copy, CARD, card, i);
		free(c->owner);
		c->owner = NULL;
	}
	for (size_t i = 0; i < DEBRIEF_N(copy, PERSON); i++)
		DEBRIEF_AT(copy, PERSON, person, i)->unseen = false;
	visible_entries(who, schema_field(KIND_DEBRIEF, "ballots"), &copy->ballots);
	visible_entries(who, schema_field(KIND_DEBRIEF, "answers"), &copy->answers);
	visible_entries(who, schema_field(KIND_DEBRIEF, "ready"), &copy->ready);
}

struct debrief *
visible_copy(const struct debrief *d, const struct viewer *who)
{
	struct debrief *copy = debrief_copy(d);
	struct id_set gone = { 0 };

	drop_unseen(copy, who, KIND_CARD, &gone);
	drop_unseen(copy, who, KIND_PERSON, &gone);
	drop_secrets(copy, who);
	if (who->file && gone.n > 0)
		clear_refs(copy, &gone);
	id_set_fini(&gone);
	return copy;
}

size_t
visible_hidden(const struct debrief *d)
{
	size_t n = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, CARD); i++)
		n += card_hidden(d, DEBRIEF_AT(d, CARD, card, i));
	return n;
}

bool
visible_hushed(const struct debrief *d)
{
	bool hushed = d->votes_each > 0 || d->asked != NULL;

	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN) && !hushed; i++) {
		const struct column *c = DEBRIEF_AT(d, COLUMN, column, i);
		hushed = c->hidden || c->anonymous;
	}
	return hushed;
}
