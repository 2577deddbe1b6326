#include <string.h>

#include "base/text.h"
#include "views/board_parts.h"
#include "views/words.h"

enum { ROWS = 3, TEXT_ROWS_MOST = 4, ROWS_MOST = 8 };

/* "SURPRISED US" as a sentence has it. */
static void
put_column(struct buf *out, const struct deck_column *c)
{
	buf_adds(out, c->column->name ? c->column->name : "");
}

static void
put_marks(struct buf *out, const struct board *b, const struct card *card)
{
	const struct card *first;
	size_t marks = deck_marks(&b->k, &first);

	if (marks == 0 || !deck_marked(b->sc, card))
		return;
	buf_adds(out, " ▸ ");
	word_put(out, WORD_ONE_OF_MARKED, digits((int64_t)marks).s);
}

/* "surprised us ▸ topic 2 of 5 ▸ 1 of your votes" */
static void
put_place(struct buf *out, const struct board *b)
{
	const struct deck_topic *t = &b->k.topics[b->k.topic];
	const struct deck_column *c = &b->k.columns[b->k.column];
	size_t nth = b->k.topic - c->first + 1,
	       card = t->first - b->k.topics[c->first].first + b->k.member + 1;

	put_column(out, c);
	buf_adds(out, " ▸ ");
	if (b->look == LOOK_VOTE || b->look == LOOK_TOPICS)
		word_put(out, WORD_TOPIC_OF, digits((int64_t)nth).s, digits((int64_t)c->n).s);
	else if (t->n > 1 && b->k.member == 0)
		word_put(out, WORD_GROUP_OF, digits((int64_t)t->n).s);
	else
		word_put(out, WORD_CARD_OF, digits((int64_t)card).s, digits((int64_t)c->n_cards).s);
	put_marks(out, b, b->k.cards[t->first + b->k.member]);
	if (b->look == LOOK_VOTE && t->own > 0) {
		buf_adds(out, " ▸ ");
		word_count(out, t->own, WORD_OF_YOUR_VOTES_1);
	} else if (b->look != LOOK_VOTE && t->votes > 0) {
		buf_adds(out, " ▸ ");
		word_count(out, t->votes, WORD_VOTE_1);
	}
}

/* Who wrote it, as the room knows that person. */
static void
put_writer(struct buf *out, const struct board *b, const struct card *card)
{
	const struct person *p =
	    (const struct person *)debrief_find(b->sc->d, KIND_PERSON, card->by);
	const char *name = p == NULL ? NULL : p->shown_as ? p->shown_as : p->name;

	if (name != NULL && !b->k.columns[b->k.column].column->anonymous)
		word_put(out, WORD_FROM, name);
}

/* "your card 1 of 3": of all own ones. */
static void
put_own_place(struct buf *out, const struct board *b)
{
	size_t nth = 0, n = 0;

	for (size_t i = 0; i < b->k.n_cards; i++) {
		const struct deck_topic *t =
		    &b->k.topics[deck_topic_of(&b->k, b->k.cards[i]->item.id)];
		if (!b->k.columns[t->column].column->hidden)
			continue;
		n++;
		if (b->k.cards[i] == deck_selected(&b->k))
			nth = n;
	}
	word_put(out, WORD_YOUR_CARD_OF, digits((int64_t)nth).s, digits((int64_t)n).s);
}

static void
draw_room(const struct board *b, struct rect r)
{
	struct buf room = { 0 };
	const struct scene_counts *n = &b->sc->counts;
	int w;

	buf_adds(&room, word(WORD_ROOM));
	buf_adds(&room, "  ");
	word_count(&room, (int64_t)b->k.n_cards + b->k.unseen, WORD_CARD_1);
	buf_adds(&room, " · ");
	word_put(&room, WORD_TYPING, digits(n->typing).s);
	buf_adds(&room, " · ");
	word_put(&room, WORD_READY, digits(n->ready).s);
	w = draw_text(b->c, r, room.data, ROLE_PLAIN);
	if (w + 25 < r.w)
		draw_right(b->c, r, word(WORD_STEPPED), ROLE_DIM);
	buf_fini(&room);
}

static const char *
text_of(const struct board *b)
{
	const struct card *card = deck_selected(&b->k);
	const struct deck_topic *t;

	if (card == NULL)
		return b->k.n_columns > 0 ? b->k.columns[b->k.column].column->prompt : NULL;
	t = &b->k.topics[b->k.topic];
	return b->k.member == 0 && t->n > 1 ? deck_topic_text(&b->k, t) : card->text;
}

static void
put_titles(const struct board *b, struct buf *left, struct buf *right)
{
	const struct card *card = deck_selected(&b->k);

	if (b->k.n_columns == 0)
		return;
	if (card == NULL) {
		put_column(left, &b->k.columns[b->k.column]);
	} else if (b->k.columns[b->k.column].column->hidden) {
		put_own_place(left, b);
		buf_adds(right, word(WORD_ONLY_THERE));
	} else {
		put_place(left, b);
		if (b->k.member > 0 || b->k.topics[b->k.topic].n == 1) /* a group is several people's */
			put_writer(right, b, card);
	}
}

/* What the last row says where there is nothing of the item to say. */
static const char *
advice(const struct board *b, int cols)
{
	if (b->look == LOOK_VOTE)
		return word_fit(
		    scene_public(b->sc) ? WORD_VOTE_SECRET : WORD_VOTE_ADVICE, cols);
	if (b->look == LOOK_CARDS && b->k.topic < b->k.n_topics &&
	    (b->k.topics[b->k.topic].n > 1 || (b->sc->marked != NULL && b->sc->marked->n > 0)))
		return word_fit(WORD_GROUP_ADVICE, cols);
	return "";
}

int
board_strip(struct board *b, struct rect r)
{
	const char *text = text_of(b);
	struct rect in = { .y = r.y + 1, .x = r.x + 2, .h = r.h - 1, .w = r.w - 4 };
	int rows = wrapped_rows(text, in.w, TEXT_ROWS_MOST), wanted;
	struct buf left = { 0 }, right = { 0 };
	const struct card *card = deck_selected(&b->k);

	if (b->look == LOOK_TOPICS && b->k.topic < b->k.n_topics && r.w >= FRAME_MEDIUM_COLS)
		return board_came(b, r);
	wanted = 1 + (rows > 0 ? rows : 1) + 1;
	if (b->look == LOOK_WRITE && wanted < ROWS + 1)
		wanted = ROWS + 1;
	if (b->c == NULL)
		return wanted < ROWS_MOST ? wanted : ROWS_MOST;
	put_titles(b, &left, &right);
	draw_rule(b->c, line_at(r.y, r.x, r.w), left.data, right.data);
	in.h -= in.h > 1;
	in.y += draw_wrapped(b->c, in, text, ROLE_HEAD | STYLE_BOLD);
	in.h = 1;
	if (b->look == LOOK_WRITE && b->sc->live)
		draw_room(b, line_at(r.y + r.h - 1, in.x, in.w));
	else if (card != NULL && card->notes != NULL)
		draw_text(b->c, in, card->notes, ROLE_PLAIN);
	else
		draw_text(b->c, in, advice(b, in.w), ROLE_DIM);
	buf_fini(&left);
	buf_fini(&right);
	return wanted;
}
