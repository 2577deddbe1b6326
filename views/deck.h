/* The cards as the board shows them: columns, in them topics (a card alone, or a group under its
 * head), and where the cursor is. Private to the files of the board, the projector and the
 * console. */
#ifndef VIEWS_DECK_H
#define VIEWS_DECK_H

#include "views/view.h"

struct deck_topic {
	size_t column;	 /* index of the column its head stands in */
	size_t first, n; /* its cards, the head first */
	int64_t votes;	 /* of all its cards, once the vote is closed */
	int64_t own;	 /* own ones while a vote is open */
};

struct deck_column {
	const struct column *column;
	size_t first, n; /* its topics */
	size_t n_cards;
};

struct deck {
	const struct scene *sc;
	struct deck_column *columns;
	struct deck_topic *topics; /* in reading order: column by column */
	const struct card **cards; /* the same, a group's together */
	size_t n_columns, n_topics, n_cards;
	int64_t own;	 /* votes given by who is looking */
	int64_t unseen;	 /* hidden cards of others */
	size_t n_hidden; /* columns that are hidden */
	size_t left_out; /* columns that this stage does not work with */
	/* The cursor: a column, in it a topic (n_topics: the column itself), in that a card (0: the
	 * head, and with it the whole topic). */
	size_t column, topic, member;
};

/* Reads and settles s->selected: the id of a card, or of a column that the cursor is in. What is
 * gone is followed by what took its place. On a screen that others see own hidden cards and own
 * votes are not in it. */
void deck_init(struct deck *k, const struct scene *sc, struct pane_state *s);
void deck_fini(struct deck *k);

const struct card *deck_head(const struct deck *k, size_t topic);
const struct card *deck_selected(const struct deck *k); /* NULL: a column, or nothing */
/* The group's name, else its head's text; never NULL. */
const char *deck_topic_text(const struct deck *k, const struct deck_topic *t);
bool deck_folded(const struct pane_state *s, const struct card *head);
bool deck_marked(const struct scene *sc, const struct card *card);
/* How many marked cards there are, and the first of them in reading order. */
size_t deck_marks(const struct deck *k, const struct card **first);
/* The topic that this item (a card of it) belongs to; n_topics: none. */
size_t deck_topic_of(const struct deck *k, struct id card);
/* Topics by votes, most first, those without any last; `order` has n_topics places. */
void deck_by_votes(const struct deck *k, size_t *order);
/* Is a vote open that cards can be given to? */
bool deck_voting(const struct deck *k);

/* Put the cursor there; `topic` n_topics: on the column. */
void deck_select(struct deck *k, struct pane_state *s, size_t column, size_t topic, size_t member);

/* Is this screen seen by others, or drawn for nobody in particular, so that nothing private may be
 * on it? */
bool scene_public(const struct scene *sc);
/* Somebody who is here, not another screen of theirs; and how many those are. */
bool person_in_room(const struct scene_person *p);
int64_t scene_people(const struct scene *sc);
/* People who take part: those here that are no observers, projectors or watchers, and seats. */
int64_t scene_voters(const struct scene *sc);
/* How an open vote stands. No number contradicts another: who voted and left counts as a voter. */
struct votes_in {
	int64_t given, of, done, voters;
};
struct votes_in scene_votes_in(const struct scene *sc);
/* "9 of 18 votes are in", "3 of 6 people are done", with `between`; appended. */
void votes_in_put(struct buf *out, const struct votes_in *v, const char *between);
bool scene_hidden(const struct scene *sc); /* some column is hidden */

#endif
