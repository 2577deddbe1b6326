#include <string.h>

#include "base/text.h"
#include "commands/build.h"
#include "commands/fields.h"

/* What can be said in any stage goes into a column of its own, which the first one makes. */
static const struct side {
	const char *command, *column, *prompt;
} sides[] = {
	{ "kudos", "Kudos", "Whom do you thank, and what for?" },
	{ "park", "Parking lot", "What is worth a time of its own?" },
	{ "plus", "Plus", "What of this meeting should stay?" },
	{ "delta", "Delta", "What of this meeting should be different?" },
};

static const struct side *
side_of(const char *command)
{
	for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
		if (strcmp(sides[i].command, command) == 0)
			return &sides[i];
	return NULL;
}

bool
command_is_side_column(const char *name)
{
	for (size_t i = 0; name != NULL && i < sizeof sides / sizeof *sides; i++)
		if (text_same(sides[i].column, name))
			return true;
	return false;
}

/* The column of that name, or a new one that the batch adds. */
static struct id
column_for(const struct command_scene *s, const struct side *side, struct op *out)
{
	struct change *c;

	for (size_t i = 0; i < DEBRIEF_N(s->d, COLUMN); i++) {
		const struct column *col = DEBRIEF_AT(s->d, COLUMN, column, i);
		if (col->name != NULL && text_same(col->name, side->column))
			return col->item.id;
	}
	c = op_add(out, VERB_ADD, KIND_COLUMN, id_make(s->random()));
	change_put_text(c, "name", side->column);
	change_put_text(c, "prompt", side->prompt);
	return c->id;
}

/* Words without quotes are a text too: all from the first one on. */
static bool
words_text(struct field_job *j, const char *field, const struct strs *args, size_t first,
    struct err *e)
{
	struct buf text = { 0 };
	bool good;

	for (size_t i = first; i < args->n; i++)
		buf_addf(&text, "%s%s", i > first ? " " : "", args->v[i]);
	good = field_text(j, field, text.data, e);
	buf_fini(&text);
	return good;
}

BUILDER(build_side)
{
	struct field_job j = { .s = s, .kind = KIND_CARD };
	struct id column;

	if (!words_count(c, args, 1, SIZE_MAX, e))
		return false;
	column = column_for(s, side_of(c->words), out);
	j.change = op_add(out, VERB_ADD, KIND_CARD, id_make(s->random()));
	change_put_text(j.change, "column", column.s);
	return words_text(&j, "text", args, 0, e);
}

/* A line to the notes of a topic: the host puts it behind those that are there by then. */
BUILDER(build_jot)
{
	struct field_job j = { .s = s, .kind = KIND_CARD };
	const struct card *card;

	if (!words_count(c, args, 2, SIZE_MAX, e))
		return false;
	card = (const struct card *)command_item(s->d, KIND_CARD, args->v[0], e);
	if (card == NULL)
		return false;
	j.change = op_add(out, VERB_SET, KIND_CARD, id_some(card->group) ? card->group : card->item.id);
	return words_text(&j, "notes", args, 1, e);
}

BUILDER(build_projector)
{
	bool wall = args->n == 1 && strcmp(args->v[0], "wall") == 0;

	if (!words_count(c, args, 1, 1, e))
		return false;
	if (!wall && strcmp(args->v[0], "question") != 0)
		return err_set(e, ERR_USAGE,
		    "a projector shows the wall or a question: nothing was changed: projector wall, or "
		    "projector question");
	change_put_num(op_add(out, VERB_SET, KIND_DEBRIEF, s->d->item.id), "wall", wall);
	return true;
}

/* The question on every screen. */
BUILDER(build_prompt)
{
	struct field_job j = { .s = s, .kind = KIND_DEBRIEF, .item = &s->d->item };
	struct buf text = { 0 };
	bool good = true;

	if (!words_count(c, args, 1, SIZE_MAX, e))
		return false;
	j.change = op_add(out, VERB_SET, KIND_DEBRIEF, s->d->item.id);
	for (size_t i = 0; i < args->n; i++)
		buf_addf(&text, "%s%s", i > 0 ? " " : "", args->v[i]);
	if (strcmp(text.data, "off") == 0)
		change_put_text(j.change, "shown_prompt", NULL);
	else
		good = field_text(&j, "shown_prompt", text.data, e);
	buf_fini(&text);
	return good;
}
