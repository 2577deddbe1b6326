#include "views/deck.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "views/clock.h"
#include "views/words.h"

enum { GROUPS_DEEP = 8 };
#define NOT_SHOWN SIZE_MAX

bool
scene_public(const struct scene *sc)
{
	return sc->projector || sc->on_air || sc->me == NULL || sc->me[0] == '\0';
}

bool
person_in_room(const struct scene_person *p)
{
	return p->want == NULL || strcmp(p->want, "join") == 0 || strcmp(p->want, "seat") == 0;
}

int64_t
scene_people(const struct scene *sc)
{
	int64_t n = 0;

	for (size_t i = 0; i < sc->n_here; i++)
		n += person_in_room(&sc->here[i]);
	return n;
}

int64_t
scene_voters(const struct scene *sc)
{
	int64_t n = (int64_t)sc->d->seats.n;

	for (size_t i = 0; i < sc->n_here; i++) {
		const struct scene_person *p = &sc->here[i];
		if (p->role != NULL && strcmp(p->role, "observer") == 0)
			continue;
		if (strs_has(&sc->d->seats, p->name))
			continue;
		n += person_in_room(p);
	}
	return n;
}

bool
scene_hidden(const struct scene *sc)
{
	for (size_t i = 0; i < DEBRIEF_N(sc->d, COLUMN); i++)
		if (DEBRIEF_AT(sc->d, COLUMN, column, i)->hidden)
			return true;
	return false;
}

/* A card with where it goes. */
struct dealt {
	const struct card *card, *head;
	size_t column, place; /* of the head */
	size_t nth;
};

/* A group's head; ends where a merge made a ring of them. */
static const struct card *
head_of(const struct debrief *d, const struct card *card)
{
	const struct card *head = card;

	for (int i = 0; i < GROUPS_DEEP; i++) {
		const struct card *next = NULL;
		if (id_some(head->group))
			next = (const struct card *)debrief_find(d, KIND_CARD, head->group);
		if (next == NULL)
			return head;
		head = next;
	}
	return card;
}

static size_t
column_of(const struct debrief *d, const struct card *card)
{
	const struct item *it = debrief_find(d, KIND_COLUMN, card->column);

	return it != NULL ? debrief_index(d, KIND_COLUMN, it) : 0;
}

static int
by_place(const void *va, const void *vb)
{
	const struct dealt *a = va, *b = vb;

	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	if ((a->card == a->head) != (b->card == b->head))
		return a->card == a->head ? -1 : 1;
	return a->nth < b->nth ? -1 : a->nth > b->nth;
}

/* Does the present stage work with that column? What the cursor is in, too. */
static bool
column_shown(const struct scene *sc, const struct column *col, struct id selected)
{
	const struct stage *now = sc->reviewing ? NULL : scene_stage(sc, NULL);
	const struct card *card = (const struct card *)debrief_find(sc->d, KIND_CARD, selected);

	return now == NULL || now->columns.n == 0 || strs_has(&now->columns, col->name) ||
	       id_equal(selected, col->item.id) ||
	       (card != NULL && id_equal(card->column, col->item.id));
}

/* The cards that may be on this screen, sorted; returns how many. */
static size_t
deal(const struct scene *sc, const size_t *shown, struct dealt *v)
{
	const struct debrief *d = sc->d;
	size_t n = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, CARD); i++) {
		const struct card *card = DEBRIEF_AT(d, CARD, card, i);
		struct dealt *t = &v[n];
		*t = (struct dealt){ .card = card, .head = head_of(d, card), .nth = i };
		t->column = shown[column_of(d, t->head)];
		t->place = t->head == card ? i : debrief_index(d, KIND_CARD, &t->head->item);
		n += t->column != NOT_SHOWN &&
		     !(scene_public(sc) &&
			 DEBRIEF_AT(d, COLUMN, column, column_of(d, card))->hidden);
	}
	qsort(v, n, sizeof *v, by_place);
	return n;
}

struct votes_in
scene_votes_in(const struct scene *sc)
{
	struct votes_in v = { .given = sc->counts.voted, .done = sc->counts.voters,
		.voters = scene_voters(sc) };

	if (v.voters < v.done)
		v.voters = v.done;
	v.of = v.voters * sc->d->votes_each;
	if (v.of < v.given)
		v.of = v.given;
	return v;
}

void
votes_in_put(struct buf *out, const struct votes_in *v, const char *between)
{
	if (v->of == 0) {
		buf_adds(out, word(WORD_NO_VOTERS));
		return;
	}
	word_put(out, WORD_VOTES_IN, digits(v->given).s, digits(v->of).s);
	if (v->voters == 0)
		return;
	buf_adds(out, between);
	word_put(out, WORD_PEOPLE_DONE, digits(v->done).s, digits(v->voters).s);
}

/* Own votes on it: the end of "SLOT ITEM". */
static int64_t
own_votes(const struct scene *sc, struct id id)
{
	int64_t n = 0;

	for (size_t i = 0; i < sc->d->ballots.n && !scene_public(sc); i++) {
		const char *item = strchr(sc->d->ballots.v[i], ' ');
		n += item != NULL && strcmp(item + 1, id.s) == 0;
	}
	return n;
}

static void
add_card(struct deck *k, const struct dealt *t, const struct card *before)
{
	struct deck_topic *topic;

	if (t->head != before) {
		topic = &k->topics[k->n_topics++];
		*topic = (struct deck_topic){ .column = t->column, .first = k->n_cards };
		k->columns[t->column].n++;
	}
	topic = &k->topics[k->n_topics - 1];
	k->columns[t->column].n_cards++;
	k->cards[k->n_cards++] = t->card;
	topic->n++;
	topic->votes += t->card->votes;
	topic->own += own_votes(k->sc, t->card->item.id);
}

static void
count_hidden(struct deck *k)
{
	int64_t own = 0;

	for (size_t i = 0; i < k->n_columns; i++)
		if (k->columns[i].column->hidden) {
			k->n_hidden++;
			own += (int64_t)k->columns[i].n_cards;
		}
	k->unseen = k->sc->counts.written > own ? k->sc->counts.written - own : 0;
	k->own = scene_public(k->sc) ? 0 : (int64_t)k->sc->d->ballots.n;
}

size_t
deck_topic_of(const struct deck *k, struct id card)
{
	for (size_t i = 0; i < k->n_topics; i++)
		for (size_t j = 0; j < k->topics[i].n; j++)
			if (id_equal(k->cards[k->topics[i].first + j]->item.id, card))
				return i;
	return k->n_topics;
}

void
deck_select(struct deck *k, struct pane_state *s, size_t column, size_t topic, size_t member)
{
	if (k->n_columns == 0)
		return;
	k->column = column < k->n_columns ? column : k->n_columns - 1;
	k->topic = topic < k->n_topics ? topic : k->n_topics;
	k->member = 0;
	if (k->topic == k->n_topics) {
		s->selected = k->columns[k->column].column->item.id;
		s->place = 0;
		return;
	}
	k->column = k->topics[k->topic].column;
	k->member = member < k->topics[k->topic].n ? member : 0;
	s->place = k->topics[k->topic].first + k->member;
	s->selected = k->cards[s->place]->item.id;
	s->column = k->columns[k->column].column->item.id;
}

static void
select_card(struct deck *k, struct pane_state *s, size_t place)
{
	size_t topic = 0;

	while (topic + 1 < k->n_topics && k->topics[topic + 1].first <= place)
		topic++;
	deck_select(k, s, 0, topic, place - k->topics[topic].first);
}

/* What is gone is followed in its own column, by the one above it where it was the last: whoever
 * removes twice means two of these. */
static void
follow_gone(struct deck *k, struct pane_state *s)
{
	size_t i = 0, first, place = s->place;
	const struct deck_column *c;

	if (k->n_columns == 0)
		return;
	while (i < k->n_columns && !id_equal(k->columns[i].column->item.id, s->column))
		i++;
	if (i == k->n_columns && k->n_cards > 0) {
		select_card(k, s, place < k->n_cards ? place : k->n_cards - 1);
		return;
	}
	c = &k->columns[i < k->n_columns ? i : 0];
	if (c->n == 0) {
		deck_select(k, s, i < k->n_columns ? i : 0, k->n_topics, 0);
		return;
	}
	first = k->topics[c->first].first;
	place = place < first ? first : place;
	select_card(k, s, place < first + c->n_cards ? place : first + c->n_cards - 1);
}

/* Where the cursor stood, else what took the place of what is gone, else the first card. */
static void
settle(struct deck *k, struct pane_state *s)
{
	size_t topic = deck_topic_of(k, s->selected);

	k->column = 0;
	k->topic = k->n_topics;
	for (size_t i = 0; topic < k->n_topics && i < k->topics[topic].n; i++)
		if (id_equal(k->cards[k->topics[topic].first + i]->item.id, s->selected)) {
			deck_select(k, s, 0, topic, i);
			return;
		}
	for (size_t i = 0; i < k->n_columns; i++)
		if (id_equal(k->columns[i].column->item.id, s->selected)) {
			deck_select(k, s, i, k->n_topics, 0);
			return;
		}
	follow_gone(k, s);
}

/* The columns of this stage; `shown` gets the place of each of the debrief's. */
static void
lay_columns(struct deck *k, struct id selected, size_t *shown)
{
	const struct debrief *d = k->sc->d;
	bool any = false;

	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN); i++)
		any = any ||
		      column_shown(k->sc, DEBRIEF_AT(d, COLUMN, column, i), (struct id){ "" });
	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN); i++) {
		const struct column *col = DEBRIEF_AT(d, COLUMN, column, i);
		shown[i] = NOT_SHOWN;
		if (any && !column_shown(k->sc, col, selected)) {
			k->left_out++;
			continue;
		}
		shown[i] = k->n_columns;
		k->columns[k->n_columns++].column = col;
	}
}

void
deck_init(struct deck *k, const struct scene *sc, struct pane_state *s)
{
	const struct debrief *d = sc->d;
	size_t n = DEBRIEF_N(d, CARD), at = 0;
	size_t *shown = mem_zero(DEBRIEF_N(d, COLUMN) + 1, sizeof *shown);
	struct dealt *v = mem_zero(n + 1, sizeof *v);

	*k = (struct deck){ .sc = sc };
	k->columns = mem_zero(DEBRIEF_N(d, COLUMN) + 1, sizeof *k->columns);
	k->topics = mem_zero(n + 1, sizeof *k->topics);
	k->cards = mem_zero(n + 1, sizeof *k->cards);
	lay_columns(k, s->selected, shown);
	if (k->n_columns > 0)
		n = deal(sc, shown, v);
	for (size_t i = 0; i < n && k->n_columns > 0; i++)
		add_card(k, &v[i], i > 0 ? v[i - 1].head : NULL);
	for (size_t i = 0; i < k->n_columns; i++) {
		k->columns[i].first = at;
		at += k->columns[i].n;
	}
	count_hidden(k);
	settle(k, s);
	free(v);
	free(shown);
}

void
deck_fini(struct deck *k)
{
	free(k->columns);
	free(k->topics);
	free(k->cards);
	*k = (struct deck){ 0 };
}

const struct card *
deck_head(const struct deck *k, size_t topic)
{
	return topic < k->n_topics ? k->cards[k->topics[topic].first] : NULL;
}

const struct card *
deck_selected(const struct deck *k)
{
	return k->topic < k->n_topics ? k->cards[k->topics[k->topic].first + k->member] : NULL;
}

const char *
deck_topic_text(const struct deck *k, const struct deck_topic *t)
{
	const struct card *head = k->cards[t->first];

	if (head->name != NULL && t->n > 1)
		return head->name;
	return head->text != NULL ? head->text : "";
}

bool
deck_folded(const struct pane_state *s, const struct card *head)
{
	return strs_has(&s->folded, head->item.id.s);
}

bool
deck_marked(const struct scene *sc, const struct card *card)
{
	for (size_t i = 0; sc->marked != NULL && i < sc->marked->n; i++)
		if (strcmp(sc->marked->v[i], card->item.id.s) == 0)
			return true;
	return false;
}

size_t
deck_marks(const struct deck *k, const struct card **first)
{
	size_t n = 0;

	*first = NULL;
	for (size_t i = 0; i < k->n_cards; i++)
		if (deck_marked(k->sc, k->cards[i])) {
			*first = *first ? *first : k->cards[i];
			n++;
		}
	return n;
}

struct voted {
	int64_t votes;
	size_t topic;
};

static int
by_votes(const void *va, const void *vb)
{
	const struct voted *a = va, *b = vb;

	if (a->votes != b->votes)
		return a->votes > b->votes ? -1 : 1;
	return a->topic < b->topic ? -1 : a->topic > b->topic;
}

void
deck_by_votes(const struct deck *k, size_t *order)
{
	struct voted *v = mem_zero(k->n_topics + 1, sizeof *v);

	for (size_t i = 0; i < k->n_topics; i++)
		v[i] = (struct voted){ k->topics[i].votes, i };
	qsort(v, k->n_topics, sizeof *v, by_votes);
	for (size_t i = 0; i < k->n_topics; i++)
		order[i] = v[i].topic;
	free(v);
}

bool
deck_voting(const struct deck *k)
{
	const struct debrief *d = k->sc->d;

	if (d->votes_each <= 0)
		return false;
	for (size_t i = 0; i < k->n_cards; i++)
		if (strs_has(&d->votes_on, k->cards[i]->item.id.s))
			return true;
	return d->votes_on.n == 0;
}
