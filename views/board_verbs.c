#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "views/board.h"
#include "views/board_parts.h"
#include "views/clock.h"
#include "views/words.h"

static enum answer
run_on(struct view_answer *out, const char *command, struct id id)
{
	char line[80];

	snprintf(line, sizeof line, "%s %s", command, id.s);
	return answer_run(out, line);
}

/* An editor whose label says who will see what is typed. */
static enum answer
type_card(const struct board *b, struct view_answer *out, const char *command, const char *label)
{
	buf_adds(&out->command, command);
	buf_addf(&out->label, "%s · ", label);
	board_label(&out->label, b->sc, b->k.columns[b->k.column].column);
	return ANSWER_TYPE;
}

/* In a discussion a line is about its topic; a new topic is added in the columns. */
static enum answer
add_note(const struct board *b, struct view_answer *out)
{
	enum { NAME_COLS = 40 };
	const struct deck_topic *t = &b->k.topics[b->k.topic];
	struct buf label = { 0 }, name = { 0 };
	const char *text = deck_topic_text(&b->k, t);
	struct slice sl = slice_fit(text, strlen(text), NAME_COLS);
	char command[64];
	enum answer what;

	snprintf(command, sizeof command, "jot %s ", deck_head(&b->k, b->k.topic)->item.id.s);
	buf_add(&name, sl.s, sl.len);
	buf_adds(&name, sl.cut ? "…" : "");
	word_put(&label, WORD_ADD_NOTE, name.data != NULL ? name.data : "");
	what = type_card(b, out, command, label.data);
	buf_fini(&label);
	buf_fini(&name);
	return what;
}

static enum answer
add(const struct board *b, struct view_answer *out)
{
	const struct column *c;
	struct buf label = { 0 };
	char command[64];
	enum answer what;

	if (b->k.n_columns == 0)
		return answer_type(out, "column add ", NULL, word(WORD_ADD_COLUMN));
	out->again = true;
	if (b->look == LOOK_TOPICS && b->k.topic < b->k.n_topics)
		return add_note(b, out);
	c = b->k.columns[b->k.column].column;
	snprintf(command, sizeof command, "card add %s ", c->item.id.s);
	word_put(&label, WORD_ADD_CARD, c->name ? c->name : "");
	what = type_card(b, out, command, label.data);
	buf_fini(&label);
	return what;
}

static enum answer
edit(const struct board *b, struct view_answer *out)
{
	const struct card *card = deck_selected(&b->k);
	const struct deck_topic *t = &b->k.topics[b->k.topic];
	char command[64];

	out->edits = true;
	if (card == NULL) {
		const struct column *c = b->k.columns[b->k.column].column;
		snprintf(command, sizeof command, "column set %s name=", c->item.id.s);
		buf_adds(&out->text, c->name ? c->name : "");
		return answer_type(out, command, NULL, word(WORD_EDIT_COLUMN));
	}
	if (t->n > 1 && b->k.member == 0) {
		snprintf(command, sizeof command, "card set %s name=", card->item.id.s);
		buf_adds(&out->text, card->name ? card->name : "");
		return answer_type(out, command, NULL, word(WORD_EDIT_GROUP));
	}
	snprintf(command, sizeof command, "card set %s text=", card->item.id.s);
	buf_adds(&out->text, card->text ? card->text : "");
	return type_long(type_card(b, out, command, word(WORD_EDIT_CARD)), out);
}

/* Those that are marked become one group, which stands where the first of them stands and is given
 * a name. */
static enum answer
group_marked(const struct board *b, struct view_answer *out, const struct card *head)
{
	size_t n = 0;
	struct buf label = { 0 };
	enum answer what;

	buf_adds(&out->command, "card group");
	for (size_t i = 0; i < b->k.n_cards; i++)
		if (b->k.cards[i] != head && deck_marked(b->sc, b->k.cards[i]))
			buf_addf(&out->command, " %s", b->k.cards[i]->item.id.s);
	for (size_t i = 0; i < b->k.n_topics; i++) { /* a marked group comes with its cards */
		const struct deck_topic *t = &b->k.topics[i];
		bool whole = deck_marked(b->sc, b->k.cards[t->first]);
		for (size_t j = 0; j < t->n; j++)
			n += whole || deck_marked(b->sc, b->k.cards[t->first + j]);
	}
	buf_addf(&out->command, " under=%s name=", head->item.id.s);
	if (head->name != NULL)
		buf_adds(&out->text, head->name);
	word_put(&label, WORD_NAME_GROUP, digits((int64_t)n).s);
	what = answer_type(out, "", NULL, label.data);
	buf_fini(&label);
	return what;
}

static enum answer
group(const struct board *b, struct view_answer *out)
{
	const struct deck_column *col = &b->k.columns[b->k.column];
	const struct card *first, *next;
	size_t marks = deck_marks(&b->k, &first);
	char command[96];

	if (marks >= 2)
		return group_marked(b, out, first);
	if (marks == 1 && b->k.topic < b->k.n_topics && deck_selected(&b->k) != first) {
		snprintf(command, sizeof command, "card group %s under=%s", first->item.id.s,
		    deck_head(&b->k, b->k.topic)->item.id.s);
		return answer_run(out, command);
	}
	if (b->k.topic + 1 >= col->first + col->n)
		return ANSWER_NOT_MINE;
	next = deck_head(&b->k, b->k.topic + 1);
	snprintf(command, sizeof command, "card group %s under=%s",
	    deck_head(&b->k, b->k.topic)->item.id.s, next->item.id.s);
	return answer_run(out, command);
}

/* Its share of what is left of the stage, by votes, on everybody's clock. */
static void
put_share(const struct board *b, const size_t *order, size_t at, struct view_answer *out)
{
	struct clock k = clock_of(b->sc);
	int64_t left_s = k.planned_s - k.used_s, votes = 0, share;

	if (k.planned_s <= 0 || b->sc->d->stage_since_ns == TIME_NONE || !b->sc->live)
		return;
	for (size_t i = at; i < b->k.n_topics; i++)
		votes += b->k.topics[order[i]].votes;
	share = votes > 0 ? left_s * b->k.topics[order[at]].votes / votes
			  : left_s / (int64_t)(b->k.n_topics - at);
	share = (share + 30) / 60;
	buf_addf(&out->command, "\ntimer %lldm", (long long)(share > 0 ? share : 1));
}

/* The next topic of the discussion: everybody's screen goes there. */
static enum answer
next_topic(struct board *b, struct view_answer *out)
{
	size_t *order = mem_zero(b->k.n_topics + 1, sizeof *order), at = 0,
	       now = deck_topic_of(&b->k, b->sc->d->focus);
	enum answer what = ANSWER_NOT_MINE;

	deck_by_votes(&b->k, order);
	while (now < b->k.n_topics && at < b->k.n_topics && order[at++] != now)
		;
	if (at < b->k.n_topics) {
		deck_select(&b->k, b->s, 0, order[at], 0);
		what = run_on(out, "focus", deck_head(&b->k, order[at])->item.id);
		put_share(b, order, at, out);
	}
	free(order);
	return what;
}

/* What is to be done about a topic; about a card that nobody else sees it says nothing. */
static enum answer
action_about(const struct board *b, struct view_answer *out)
{
	const struct card *head =
	    b->k.topic < b->k.n_topics ? deck_head(&b->k, b->k.topic) : NULL;
	char after[64] = "";

	if (head != NULL && !b->k.columns[b->k.column].column->hidden)
		snprintf(after, sizeof after, " about=%s", head->item.id.s);
	return answer_type(out, "action add ", after, word(WORD_ADD_ACTION));
}

static enum answer
question_about(const struct card *card, struct view_answer *out)
{
	char after[64];

	snprintf(after, sizeof after, " about=%s", card->item.id.s);
	return answer_type(out, "question add ", after, word(WORD_ADD_QUESTION_CARD));
}

/* Verbs that need a card under the cursor. */
static enum answer
card_verb(const struct board *b, enum verb_of_key v, struct view_answer *out)
{
	const struct card *card = deck_selected(&b->k), *head = deck_head(&b->k, b->k.topic);
	char command[64];

	switch (v) {
	case DO_VOTE:
		return run_on(out, "vote", head->item.id);
	case DO_UNVOTE:
		return run_on(out, "unvote", head->item.id);
	case DO_GROUP:
		return group(b, out);
	case DO_UNGROUP:
		return id_some(card->group) ? run_on(out, "card ungroup", card->item.id)
					    : ANSWER_NOT_MINE;
	case DO_REMOVE:
		return run_on(out, "card remove", card->item.id);
	case DO_FOCUS:
		return run_on(out, "focus", head->item.id);
	case DO_QUESTION_HERE:
		return question_about(head, out);
	case DO_WHY:
		out->edits = true;
		snprintf(command, sizeof command, "card set %s notes=", head->item.id.s);
		buf_adds(&out->text, head->notes ? head->notes : "");
		answer_type(out, command, NULL, word(WORD_EDIT_NOTES));
		return ANSWER_TYPE_TEXT;
	default:
		return ANSWER_NOT_MINE;
	}
}

enum answer
board_verb(struct board *b, enum verb_of_key v, struct rect r, struct view_answer *out)
{
	(void)r;
	if (v == DO_ADD)
		return add(b, out);
	if (v == DO_EVENT_NOW)
		return answer_type(out, "event add now ", NULL, word(WORD_ADD_EVENT_NOW));
	if (v == DO_ACTION_HERE)
		return action_about(b, out);
	if (b->k.n_columns == 0)
		return ANSWER_NOT_MINE;
	if (v == DO_EDIT)
		return edit(b, out);
	if (v == DO_NEXT && b->look == LOOK_TOPICS)
		return next_topic(b, out);
	if (v == DO_REMOVE && b->k.topic == b->k.n_topics)
		return run_on(out, "column remove", b->k.columns[b->k.column].column->item.id);
	return b->k.topic < b->k.n_topics ? card_verb(b, v, out) : ANSWER_NOT_MINE;
}
