/* Who wrote what, and what of it is whose: the words that checking, completing, undoing and showing
 * have in common. */
#include <stddef.h>
#include <string.h>

#include "model/op_internal.h"

struct viewer
actor_eyes(const struct actor *who)
{
	return (struct viewer){ .name = who->name,
		.role = who->role,
		.owns = who->owns,
		.ctx = who->ctx,
		.slots = who->slots,
		.answer_slot = who->answer_slot };
}

bool
actor_owns(const struct actor *who, const struct card *c)
{
	return c->owner != NULL && who->owns != NULL && who->owns(who->ctx, c);
}

bool
actor_wrote(const struct debrief *d, const struct actor *who, const struct card *c)
{
	const struct person *by = (const struct person *)debrief_find(d, KIND_PERSON, c->by);

	return actor_owns(who, c) || (by != NULL && by->name != NULL && who->name != NULL &&
					 strcmp(by->name, who->name) == 0);
}

bool
column_hidden(const struct debrief *d, struct id column)
{
	const struct column *col = (const struct column *)debrief_find(d, KIND_COLUMN, column);

	return col != NULL && col->hidden;
}

bool
column_anonymous(const struct debrief *d, struct id column)
{
	const struct column *col = (const struct column *)debrief_find(d, KIND_COLUMN, column);

	return col != NULL && col->anonymous;
}

bool
card_hidden(const struct debrief *d, const struct card *c)
{
	return column_hidden(d, c->column);
}

static bool
column_after(const struct op_index *x, struct id column, const struct field *f, bool now)
{
	const struct assign *a = op_index_assign(x, column, f);

	return a != NULL ? a->value.num != 0 : now;
}

bool
column_hidden_after(const struct op_index *x, const struct debrief *d, struct id column)
{
	return column_after(
	    x, column, schema_field(KIND_COLUMN, "hidden"), column_hidden(d, column));
}

bool
column_anonymous_after(const struct op_index *x, const struct debrief *d, struct id column)
{
	return column_after(
	    x, column, schema_field(KIND_COLUMN, "anonymous"), column_anonymous(d, column));
}

bool
card_hidden_after(const struct op_index *x, const struct debrief *d, struct id card)
{
	const struct item *it = debrief_find(d, KIND_CARD, card);

	return column_hidden_after(x, d, ref_after(x, card, it, schema_field(KIND_CARD, "column")));
}

bool
card_anonymous(const struct debrief *d, const struct card *c)
{
	return !id_some(c->by) && (c->owner != NULL || column_anonymous(d, c->column));
}

bool
field_private(enum kind kind, const struct field *f)
{
	return kind == KIND_DEBRIEF && f->live &&
	       (f->offset == offsetof(struct debrief, ballots) ||
		   f->offset == offsetof(struct debrief, answers) ||
		   f->offset == offsetof(struct debrief, ready));
}

bool
field_secret(enum kind kind, const struct field *f)
{
	return f->live &&
	       ((kind == KIND_CARD && f->offset == offsetof(struct card, owner)) ||
		   (kind == KIND_PERSON && f->offset == offsetof(struct person, unseen)));
}

bool
ballot_read(const char *entry, struct id *slot, struct id *item)
{
	char text[ID_LEN + 1];

	if (strlen(entry) != 2 * ID_LEN + 1 || entry[ID_LEN] != ' ')
		return false;
	memcpy(text, entry, ID_LEN);
	text[ID_LEN] = '\0';
	return id_parse(text, slot) && id_parse(entry + ID_LEN + 1, item);
}

bool
change_takes_words(const struct change *c)
{
	for (size_t i = 0; i < c->n_set; i++)
		if (c->set[i].field->writer == WRITE_AUTHOR)
			return true;
	return c->verb == VERB_REMOVE;
}

/* Is the item to be changed by the batch one that nobody has signed, in a way that only its author
 * or who leads may? What anybody may do to a card that everybody sees tells nothing of its author.
 */
static bool
change_anonymous(const struct debrief *d, const struct op_index *index, const struct change *c)
{
	const struct item *it = debrief_find(d, KIND_CARD, c->id);
	const struct card *card = (const struct card *)it;
	const struct field *column = schema_field(KIND_CARD, "column");
	const struct assign *by = change_find(c, "by");
	struct id into = ref_after(index, c->id, it, column);

	if (c->verb == VERB_ADD)
		return (by == NULL || by->value.text == NULL) &&
		       (column_anonymous(d, into) || change_find(c, "owner") != NULL ||
			   (op_is(index->op, "card") && index->op->arg != NULL &&
			       strcmp(index->op->arg, "anonymous") == 0));
	if (card == NULL || by != NULL)
		return false;
	if (!card_anonymous(d, card) && !column_anonymous(d, into))
		return false;
	return card_hidden(d, card) || column_hidden(d, into) ||
	       (card_anonymous(d, card) && change_takes_words(c));
}

bool
op_is_anonymous(const struct debrief *d, const struct op *op)
{
	static const char *const commands[] = { "vote", "unvote", "answer", "arrive", "rate", "pass", "pause", "abort",
		"leave" };
	struct op_index index;
	bool is = false;

	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (op_is(op, commands[i]))
			return true;
	op_index_init(&index, op);
	for (size_t i = 0; i < op->n && !is; i++)
		is = op->v[i].kind == KIND_CARD && change_anonymous(d, &index, &op->v[i]);
	op_index_fini(&index);
	return is;
}
