#include "model/not_worse.h"

#include <string.h>

#include "base/text.h"

/* The places that has-helped and has-luck of model/checks.c count on. */
enum { HELPED_PLACE = 1, LUCK_PLACE = 2 };

/* Names of columns as the built-in templates have them, and what such names have in them. */
static const char *const names[] = { "caught it", "works", "works for me", "liked", "glad", "wind",
	"continue" };
static const char *const parts[] = { "helped", "luck", "went well", "went right", "worked",
	"saved us" };
enum { N_NAMES = sizeof names / sizeof *names, N_PARTS = sizeof parts / sizeof *parts };

static bool
some_stage_checks(const struct debrief *d, const char *check)
{
	for (size_t i = 0; i < DEBRIEF_N(d, STAGE); i++)
		if (strs_has(&DEBRIEF_AT(d, STAGE, stage, i)->checks, check))
			return true;
	return false;
}

bool
not_worse_column(const struct debrief *d, size_t column)
{
	const char *name = DEBRIEF_AT(d, COLUMN, column, column)->name;

	if (column == HELPED_PLACE && some_stage_checks(d, "has-helped"))
		return true;
	if (column == LUCK_PLACE && some_stage_checks(d, "has-luck"))
		return true;
	for (size_t i = 0; i < N_NAMES && name != NULL; i++)
		if (text_same(name, names[i]))
			return true;
	for (size_t i = 0; i < N_PARTS && name != NULL; i++)
		if (text_has(name, parts[i]))
			return true;
	return false;
}

static void
add_bone(struct debrief *out, const struct column *c)
{
	struct category *bone = (struct category *)item_new(KIND_CATEGORY, c->item.id);

	bone->item.order = mem_dup(c->item.order);
	bone->name = mem_dup(c->name);
	bone->level = LEVEL_NONE;
	debrief_put(out, KIND_CATEGORY, &bone->item);
}

static void
add_rib(struct debrief *out, const struct card *card)
{
	struct cause *c = (struct cause *)item_new(KIND_CAUSE, card->item.id);

	c->item.order = mem_dup(card->item.order);
	c->category = card->column;
	c->parent = card->group;
	c->votes = card->votes;
	if (card->name != NULL && card->text != NULL)
		c->text = mem_fmt("%s: %s", card->name, card->text);
	else
		c->text = mem_dup(card->name != NULL ? card->name : card->text);
	debrief_put(out, KIND_CAUSE, &c->item);
}

/* The column that a card is shown in: a group stands where its head stands. */
static const struct column *
column_of(const struct debrief *d, const struct card *card)
{
	const struct card *head = id_some(card->group)
				      ? (const struct card *)debrief_find(d, KIND_CARD, card->group)
				      : NULL;

	return (const struct column *)debrief_find(
	    d, KIND_COLUMN, head != NULL ? head->column : card->column);
}

struct debrief *
not_worse_of(const struct debrief *d)
{
	struct debrief *out = debrief_new(d->item.id);

	out->title = mem_dup(d->title);
	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN); i++)
		if (not_worse_column(d, i))
			add_bone(out, DEBRIEF_AT(d, COLUMN, column, i));
	for (size_t i = 0; i < DEBRIEF_N(d, CARD); i++) {
		const struct card *card = DEBRIEF_AT(d, CARD, card, i);
		const struct column *column = column_of(d, card);
		if (column != NULL && !column->hidden &&
		    debrief_find(out, KIND_CATEGORY, column->item.id) != NULL)
			add_rib(out, card);
	}
	debrief_sort(out, KIND_CATEGORY);
	debrief_sort(out, KIND_CAUSE);
	return out;
}
