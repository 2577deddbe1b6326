#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "model/shown.h"
#include "views/board.h"
#include "views/deck.h"
#include "views/draw.h"
#include "views/plain_state.h"

static bool
is(const struct op *op, const char *command)
{
	return op->command != NULL && strcmp(op->command, command) == 0;
}

/* Who sees what was added. */
static void
put_seen(const struct scene *sc, enum kind kind, const struct item *it, struct buf *out)
{
	const struct column *col =
	    kind == KIND_CARD ? (const struct column *)debrief_find(
				    sc->d, KIND_COLUMN, ((const struct card *)it)->column)
			      : NULL;
	struct buf b = { 0 };

	if (col != NULL && (col->hidden || col->anonymous)) {
		struct scene alone = *sc;
		alone.live = false; /* said once, with the stage */
		board_label(&b, &alone, col);
		plain_put_error(out, b.data);
	} else {
		plain_say(out, WORD_PLAIN_ALL_SEE_IT, NULL);
	}
	buf_fini(&b);
}

/* "Added 20, under 19. Everybody sees it." */
static void
put_added(struct plain *p, const struct scene *sc, struct id id, struct buf *out)
{
	enum kind kind;
	const struct item *it = debrief_any(sc->d, id, &kind);
	struct buf name = { 0 };

	if (it == NULL) {
		plain_say(out, WORD_PLAIN_DONE, NULL);
		return;
	}
	if (kind == KIND_CAUSE && id_some(((const struct cause *)it)->parent)) {
		plain_say(out, WORD_PLAIN_ADDED_UNDER, digits(plain_number(p, id)).s,
		    digits(plain_number(p, ((const struct cause *)it)->parent)).s);
	} else if (kind == KIND_EVENT && ((const struct event *)it)->at_ns != TIME_NONE) {
		put_clock(&name, sc, ((const struct event *)it)->at_ns,
		    ((const struct event *)it)->precision == PRECISION_EXACT);
		plain_say(out, WORD_PLAIN_ADDED_AT, digits(plain_number(p, id)).s, name.data);
	} else if (kind == KIND_CATEGORY || kind == KIND_COLUMN || kind == KIND_PERSON ||
		   kind == KIND_STAGE) {
		plain_put(&name, plain_text_of(kind, it));
		plain_say(out, WORD_PLAIN_ADDED_NAMED, name.data);
	} else {
		plain_say(out, WORD_PLAIN_ADDED, digits(plain_number(p, id)).s);
	}
	if (kind != KIND_PERSON && kind != KIND_STAGE)
		put_seen(sc, kind, it, out);
	buf_fini(&name);
}

/* The item that a vote or a count was about. */
static struct id
voted_id(const struct op *op)
{
	struct id id = { "" };

	for (size_t i = 0; i < op->n; i++)
		for (size_t k = 0; k < op->v[i].n_set; k++) {
			const struct assign *a = &op->v[i].set[k];
			if (strcmp(a->field->name, "ballots") != 0)
				continue;
			for (size_t m = 0; m < a->value.list.n; m++) {
				const char *ballot = a->value.list.v[m],
					   *space = strrchr(ballot, ' ');
				id_parse(space != NULL ? space + 1 : ballot, &id);
			}
		}
	return id;
}

/* How many of one's own votes are on it: ballots are "SLOT ITEM", and only own ones are here. */
static int64_t
own_votes(const struct debrief *d, struct id id)
{
	int64_t n = 0;

	for (size_t i = 0; i < d->ballots.n; i++) {
		const char *space = strrchr(d->ballots.v[i], ' ');
		n += space != NULL && strcmp(space + 1, id.s) == 0;
	}
	return n;
}

/* "1 vote for the group We heard it late, 5 and 7." */
static bool
put_voted_group(struct plain *p, const struct scene *sc, struct id id, struct buf *out)
{
	struct pane_state s = { 0 };
	struct buf votes = { 0 }, names = { 0 }, name = { 0 };
	struct deck k;
	size_t at;
	bool is_group;

	deck_init(&k, sc, &s);
	at = deck_topic_of(&k, id);
	is_group = at < k.n_topics && k.topics[at].n > 1;
	if (is_group) {
		const struct deck_topic *t = &k.topics[at];
		int64_t *v = mem_zero(t->n + 1, sizeof *v);
		for (size_t i = 0; i < t->n; i++)
			v[i] = plain_number(p, k.cards[t->first + i]->item.id);
		plain_put_numbers(&names, v, t->n);
		word_count(&votes, t->own, WORD_VOTE_1);
		plain_put(&name, deck_topic_text(&k, t));
		plain_say(out, WORD_PLAIN_VOTED_GROUP, votes.data, name.data, names.data);
		free(v);
	}
	deck_fini(&k);
	buf_fini(&votes);
	buf_fini(&names);
	buf_fini(&name);
	return is_group;
}

static void
put_voted(struct plain *p, const struct scene *sc, const struct op *op, struct buf *out)
{
	struct id id = voted_id(op);
	struct buf votes = { 0 }, name = { 0 };

	if (is(op, "unvote")) {
		plain_say(out, WORD_PLAIN_UNVOTED, NULL);
	} else if (!put_voted_group(p, sc, id, out)) {
		word_count(&votes, own_votes(sc->d, id), WORD_VOTE_1);
		plain_put_topic(p, sc, id, &name);
		plain_say(out, WORD_PLAIN_VOTED, votes.data, digits(plain_number(p, id)).s,
		    name.data != NULL ? name.data : "");
	}
	plain_put_votes_left(sc, out);
	buf_fini(&votes);
	buf_fini(&name);
}

static void
put_counted(struct plain *p, const struct scene *sc, const struct op *op, struct buf *out)
{
	bool agrees = is(op, "agree");
	int64_t n = 0;
	struct buf b = { 0 };

	if (op->n == 0)
		return;
	if (op->v[0].kind == KIND_CAUSE || op->v[0].kind == KIND_EVENT) {
		const struct item *it = debrief_find(sc->d, op->v[0].kind, op->v[0].id);
		const struct field *f = schema_field(op->v[0].kind, agrees ? "agree" : "doubt");
		n = it != NULL ? field_get(it, f).num : 0;
	}
	word_count(&b, n, agrees ? WORD_PLAIN_AGREE_1 : WORD_DOUBT_1);
	plain_say(out, agrees ? WORD_PLAIN_YOU_AGREE : WORD_PLAIN_YOU_DOUBT,
	    digits(plain_number(p, op->v[0].id)).s, b.data);
	buf_fini(&b);
}

static void
put_hand(const struct scene *sc, const struct op *op, struct buf *out)
{
	bool up = sc->me != NULL && strs_has(&sc->d->hands, sc->me);

	(void)op;
	plain_say(out, up ? WORD_PLAIN_HAND_UP : WORD_PLAIN_HAND_DOWN, NULL);
	if (up && sc->d->hands.n > 1)
		plain_say(out, WORD_PLAIN_HANDS_UP, digits((int64_t)sc->d->hands.n).s);
}

static void
put_saved(const struct plain *p, const struct scene *sc, struct buf *out)
{
	struct buf at = { 0 }, ago = { 0 }, n = { 0 };

	word_count(&n, (int64_t)p->own_items, WORD_PLAIN_ITEM_1);
	plain_say(out, sc->unsafe > 0 ? WORD_PLAIN_UNSAFE : WORD_PLAIN_SAFE,
	    sc->unsafe > 0 ? digits((int64_t)sc->unsafe).s : n.data);
	if (p->saved_ns != 0) {
		put_clock(&at, sc, p->saved_ns, false);
		plain_put_minutes(&ago, (sc->now_ns - p->saved_ns) / NS_PER_S);
		plain_say(out, WORD_PLAIN_LAST_COMMIT, at.data, ago.data);
	}
	buf_fini(&at);
	buf_fini(&ago);
	buf_fini(&n);
}

/* Changed or removed items, by their numbers where they have some. */
static void
put_touched(struct plain *p, const struct op *op, struct buf *out)
{
	int64_t *v = mem_zero(op->n + 1, sizeof *v);
	struct buf names = { 0 };
	bool removed = false;
	size_t n = 0;

	for (size_t i = 0; i < op->n; i++) {
		int64_t number = plain_numbered(p, op->v[i].id);
		removed |= op->v[i].verb == VERB_REMOVE;
		for (size_t k = 0; k < n && number > 0; k++)
			if (v[k] == number)
				number = 0;
		if (number > 0)
			v[n++] = number;
	}
	plain_put_numbers(&names, v, n);
	if (n == 0)
		plain_say(out, removed ? WORD_PLAIN_REMOVED : WORD_PLAIN_DONE, NULL);
	else
		plain_say(out, removed ? WORD_PLAIN_REMOVED_N : WORD_PLAIN_CHANGED_N, names.data);
	free(v);
	buf_fini(&names);
}

static void
put_the_day(const struct scene *sc, struct buf *out)
{
	struct buf day = { 0 };

	put_day_year(&day, sc->d->day);
	plain_say(out, WORD_PLAIN_DAY_IS, day.data);
	buf_fini(&day);
}

static bool
put_own_word(struct plain *p, const struct scene *sc, const struct op *op, struct buf *out)
{
	if (is(op, "vote") || is(op, "unvote"))
		put_voted(p, sc, op, out);
	else if (is(op, "agree") || is(op, "doubt"))
		put_counted(p, sc, op, out);
	else if (is(op, "ready"))
		plain_put_ready(sc, out);
	else if (is(op, "hand"))
		put_hand(sc, op, out);
	else if (is(op, "save"))
		put_saved(p, sc, out);
	else if (is(op, "answer"))
		plain_say(out, WORD_PLAIN_ANSWERED, NULL);
	else if (is(op, "pause"))
		plain_say(out, WORD_PLAIN_PAUSED, NULL);
	else if (is(op, "pass"))
		plain_say(out, WORD_PLAIN_PASSED, NULL);
	else if (is(op, "arrive") || is(op, "rate"))
		plain_say(out, WORD_PLAIN_NO_NAME_BESIDE, NULL);
	else if (plain_says_day(op) && sc->d->day != TIME_NONE)
		put_the_day(sc, out);
	else if (is(op, "undo"))
		plain_say(out, WORD_PLAIN_UNDONE, NULL);
	else if (is(op, "redo"))
		plain_say(out, WORD_PLAIN_REDONE, NULL);
	else
		return false;
	return true;
}

/* What the news tell everybody, this one too. */
static bool
is_news(const struct op *op)
{
	static const char *const told[] = { "stage", "override", "reveal", "votes", "timer", "prompt",
		"focus", "close", "reopen", "lock", "unlock", "curtain", "confirm", "abort" };

	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (is(op, told[i]) && (op->n == 0 || op->v[0].kind != KIND_STAGE))
			return true;
	return false;
}

void
plain_put_done(struct plain *p, const struct scene *sc, const struct op *op, const char *text,
    struct buf *out)
{
	struct id id;

	p->owes = is_news(op);
	if (p->owes || put_own_word(p, sc, op, out))
		return;
	if (id_parse(text, &id) && op->n > 0 && op->v[0].verb == VERB_ADD)
		put_added(p, sc, id, out);
	else
		put_touched(p, op, out);
}
