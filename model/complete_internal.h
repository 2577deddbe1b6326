/* Private to model/complete*.c: what the host adds to a checked op. */
#ifndef MODEL_COMPLETE_INTERNAL_H
#define MODEL_COMPLETE_INTERNAL_H

#include "model/op_internal.h"

/* A key given before an item by this batch: the next one there goes behind it. */
struct given_before {
	struct id before;
	char *key;
};

struct completing {
	const struct debrief *d;
	const struct actor *who;
	struct op *op;
	uint64_t random, shuffle;
	int64_t now_ns;
	int64_t last_number[N_KINDS]; /* given so far */
	char *last_order[N_KINDS];    /* the greatest so far; not of events, nor of hidden cards */
	char *last_hidden;	      /* the greatest so far of all cards */
	struct given_before *before;
	size_t n_before, cap_before;
	bool person_added; /* its first change is the person who sent it */
};

uint64_t complete_random(struct completing *k); /* the next of the stream that came in */
uint64_t complete_shuffle(struct completing *k); /* the same of the stream that nobody sees */

/* Put a number in, over one that is there. */
void complete_stamp(struct change *c, const char *field, int64_t num);

/* complete_order.c: order keys of all that is added or moved. */
void complete_order(struct completing *k);
/* A key at the end of its kind; of a card that others see it tells nothing of those that they do
 * not. Yours. */
char *complete_key_end(struct completing *k, enum kind kind, bool hidden);

/* complete_remove.c: what goes along with what is removed, and references to it. */
void complete_removals(struct completing *k);

/* complete_card.c: whose cards are, and what becomes of hidden ones. */
void complete_card(struct completing *k, struct change *c);
/* `changed` of a card that nobody signed: a moment that is everybody's, or none. */
void complete_undated(struct completing *k, struct change *c);
/* A column that becomes one without names takes them off the cards that are in it. */
void complete_unsigned(struct completing *k);
/* What names a card that goes out of sight does so no longer. */
void complete_conceal(struct completing *k);
/* Cards that come into sight: a shuffled order, and the time of the reveal. */
void complete_reveal(struct completing *k);

/* complete_people.c: one facilitator, turns at the word, people who are not seen yet. */
void complete_people(struct completing *k);
void complete_seen(struct completing *k); /* last of all: it looks at what others will see */

/* complete_vote.c: ballots, totals, what goes with items that go; the stop of a game day. */
void complete_votes(struct completing *k);
void complete_ballots_gone(struct completing *k, const struct id_set *gone);
void complete_abort(struct completing *k);

/* complete_ask.c: what is asked at the bell, and answers; what ends with a stage. */
void complete_ask(struct completing *k);
void complete_new_stage(struct completing *k, struct change *c);

/* complete_stage.c: times of stages, the mark of what was gone through, the name of a renamed one.
 */
void complete_stages(struct completing *k);

#endif
