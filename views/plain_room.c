#include <stdlib.h>
#include <string.h>

#include "views/deck.h"
#include "views/draw.h"
#include "views/frame.h"
#include "views/plain_state.h"
#include "views/prompts.h"
#include "views/speakers.h"

static bool
leads(const struct scene *sc)
{
	return sc->role == PERSON_FACILITATOR || sc->role == PERSON_SCRIBE;
}

/* Hidden cards of others: they are told as a number alone. */
static int64_t
unseen_of(const struct scene *sc)
{
	int64_t own = 0;

	if (!scene_hidden(sc))
		return 0;
	for (size_t i = 0; i < DEBRIEF_N(sc->d, CARD); i++) {
		const struct card *c = DEBRIEF_AT(sc->d, CARD, card, i);
		const struct column *col =
		    (const struct column *)debrief_find(sc->d, KIND_COLUMN, c->column);
		own += col != NULL && col->hidden;
	}
	return sc->counts.written > own ? sc->counts.written - own : 0;
}

static int64_t
started_of(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, EXPERIMENT); i++) {
		const struct experiment *x = DEBRIEF_AT(d, EXPERIMENT, experiment, i);
		if (x->started_ns != TIME_NONE && x->stopped_ns == TIME_NONE)
			return x->started_ns;
	}
	return TIME_NONE;
}

static char *
next_speaker(const struct debrief *d)
{
	struct speaker *v = mem_zero(d->hands.n + 1, sizeof *v);
	char *name = speakers_of(d, v) > 0 ? mem_dup(v[0].name) : NULL;

	free(v);
	return name;
}

void
plain_room_of(struct plain_room *out, const struct scene *sc)
{
	const struct debrief *d = sc->d;

	*out = (struct plain_room){ .stage = mem_dup(d->stage),
		.prompt = mem_dup(d->shown_prompt),
		.speaker = next_speaker(d),
		.role = sc->role,
		.status = (enum status)d->status,
		.votes_each = d->votes_each,
		.unseen = unseen_of(sc),
		.timer_ends_ns = d->timer_ends_ns,
		.aborted_ns = d->aborted_ns,
		.curtain_ns = d->curtain_ns,
		.confirmed_ns = d->confirmed_at_ns,
		.started_ns = started_of(d),
		.people = people_here(sc),
		.focus = d->focus,
		.locked = d->locked };
}

void
plain_room_fini(struct plain_room *r)
{
	free(r->stage);
	free(r->prompt);
	free(r->speaker);
	*r = (struct plain_room){ 0 };
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* What got votes: a topic of the board, a cause, an action. */
struct voted {
	struct id id;
	int64_t votes;
};

static int
by_votes(const void *va, const void *vb)
{
	const struct voted *a = va, *b = vb;

	return a->votes != b->votes ? (a->votes > b->votes ? -1 : 1) : id_cmp(a->id, b->id);
}

static void
note_votes(struct voted **v, size_t *n, size_t *cap, const struct voted *one)
{
	if (one->votes <= 0)
		return;
	if (*n == *cap)
		*v = mem_grow(*v, cap, sizeof **v);
	(*v)[(*n)++] = *one;
}

static size_t
count_votes(const struct scene *sc, struct voted **v)
{
	struct pane_state s = { 0 };
	size_t n = 0, cap = 0;
	struct deck k;

	deck_init(&k, sc, &s);
	for (size_t i = 0; i < k.n_topics; i++)
		note_votes(v, &n, &cap,
		    &(struct voted){ deck_head(&k, i)->item.id, k.topics[i].votes });
	deck_fini(&k);
	for (size_t i = 0; i < DEBRIEF_N(sc->d, CAUSE); i++) {
		const struct cause *c = DEBRIEF_AT(sc->d, CAUSE, cause, i);
		note_votes(v, &n, &cap, &(struct voted){ c->item.id, c->votes });
	}
	for (size_t i = 0; i < DEBRIEF_N(sc->d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(sc->d, ACTION, action, i);
		note_votes(v, &n, &cap, &(struct voted){ a->item.id, a->votes });
	}
	if (n > 0)
		qsort(*v, n, sizeof **v, by_votes);
	return n;
}

static void
put_totals(struct plain *p, const struct scene *sc, struct buf *out)
{
	enum { TOP = 5 };
	struct voted *v = NULL;
	size_t n = count_votes(sc, &v);

	plain_say(out, n > 0 ? WORD_PLAIN_VOTING_CLOSED : WORD_PLAIN_NO_VOTES, NULL);
	for (size_t i = 0; i < n && i < TOP; i++) {
		struct buf votes = { 0 }, name = { 0 };
		word_count(&votes, v[i].votes, WORD_VOTE_1);
		plain_put_topic(p, sc, v[i].id, &name);
		plain_say(out, WORD_PLAIN_TOTAL, digits(plain_number(p, v[i].id)).s, name.data,
		    votes.data);
		buf_fini(&votes);
		buf_fini(&name);
	}
	if (n > TOP)
		plain_say(out, WORD_PLAIN_MORE_VOTED, digits((int64_t)(n - TOP)).s);
	free(v);
}

static void
put_votes(struct plain *p, const struct scene *sc, struct buf *out)
{
	struct buf votes = { 0 };

	if (p->room.votes_each == 0 && sc->d->votes_each > 0) {
		word_count(&votes, sc->d->votes_each, WORD_VOTE_1);
		plain_say(out, WORD_PLAIN_VOTING_OPEN, votes.data);
		if (sc->d->votes_on.n > 0) {
			struct buf names = { 0 };
			int64_t *v = mem_zero(sc->d->votes_on.n + 1, sizeof *v);
			struct id id;
			size_t n = 0;
			for (size_t i = 0; i < sc->d->votes_on.n; i++)
				if (id_parse(sc->d->votes_on.v[i], &id))
					v[n++] = plain_number(p, id);
			plain_put_numbers(&names, v, n);
			plain_say(out, WORD_PLAIN_VOTE_ON, names.data ? names.data : "");
			buf_fini(&names);
			free(v);
		} else if (sc->d->votes_single) {
			plain_say(out, WORD_VOTE_SINGLE_SHORT, NULL);
		}
	} else if (p->room.votes_each > 0 && sc->d->votes_each == 0) {
		put_totals(p, sc, out);
	}
	buf_fini(&votes);
}

static void
put_unseen(const struct plain *p, const struct plain_room *now, struct buf *out)
{
	int64_t more = now->unseen - p->room.unseen;

	if (more > 0)
		plain_say(out, more == 1 ? WORD_PLAIN_UNSEEN_1 : WORD_PLAIN_UNSEEN_N,
		    digits(more).s);
}

static void
put_stage(struct plain *p, const struct scene *sc, struct buf *out)
{
	if (same(p->room.stage, sc->d->stage) || sc->d->status == STATUS_CLOSED)
		return;
	plain_end(out);
	plain_put_stage(sc, out);
	p->clock_told = true;
}

static void
put_clocks(const struct plain *p, const struct scene *sc, struct buf *out)
{
	int64_t ends = sc->d->timer_ends_ns;

	if (ends == p->room.timer_ends_ns || sc->d->status == STATUS_CLOSED)
		return;
	if (ends == TIME_NONE && same(p->room.stage, sc->d->stage))
		plain_say(out, WORD_PLAIN_TIMER_STOPPED, NULL);
	else if (ends != TIME_NONE && ends > sc->now_ns)
		plain_say(out, WORD_PLAIN_TIMER_SET, NULL);
}

static void
put_looks(struct plain *p, const struct scene *sc, struct buf *out)
{
	struct buf b = { 0 };
	enum kind kind;

	if (!same(p->room.prompt, sc->d->shown_prompt) && sc->d->shown_prompt != NULL) {
		plain_put(&b, sc->d->shown_prompt);
		plain_say(out, WORD_PLAIN_ASKED_OF_ALL, b.data);
		buf_clear(&b);
	}
	if (!id_equal(p->room.focus, sc->d->focus) && !p->not_following &&
	    debrief_any(sc->d, sc->d->focus, &kind) != NULL) {
		plain_put_topic(p, sc, sc->d->focus, &b);
		plain_say(out, WORD_PLAIN_ROOM_LOOKS, digits(plain_number(p, sc->d->focus)).s,
		    b.data);
	}
	buf_fini(&b);
}

static void
put_speaker(const struct plain *p, const struct scene *sc, const struct plain_room *now,
    struct buf *out)
{
	struct buf b = { 0 };

	if (same(p->room.speaker, now->speaker) || now->speaker == NULL)
		return;
	plain_put(&b, now->speaker);
	if (sc->me != NULL && strcmp(now->speaker, sc->me) == 0)
		plain_say(out, WORD_PLAIN_YOUR_TURN, NULL);
	else
		plain_say(out, WORD_PLAIN_ASKS_WORD, b.data);
	buf_fini(&b);
}

static void
put_curtain(const struct plain *p, const struct scene *sc, struct buf *out)
{
	struct buf b = { 0 };

	if (p->room.curtain_ns == sc->d->curtain_ns)
		return;
	if (sc->d->curtain_ns == TIME_NONE) {
		plain_say(out, WORD_PLAIN_CURTAIN_UP, NULL);
	} else {
		put_clock(&b, sc, sc->d->curtain_ns, true);
		plain_say(out, WORD_PLAIN_CURTAIN, b.data);
	}
	buf_fini(&b);
}

static void
put_state(const struct plain *p, const struct scene *sc, const struct plain_room *now,
    struct buf *out)
{
	const struct plain_room *was = &p->room;
	const char *const *roles = schema_field(KIND_PERSON, "role")->names;

	if (was->role != now->role && now->role != PERSON_NONE)
		plain_say(out, WORD_PLAIN_YOU_ARE_NOW, roles[now->role]);
	if (was->confirmed_ns == TIME_NONE && now->confirmed_ns != TIME_NONE)
		plain_say(out, WORD_PLAIN_CONFIRMED, NULL);
	if (was->started_ns != now->started_ns)
		plain_say(out,
		    now->started_ns != TIME_NONE ? WORD_PLAIN_RUN_BEGINS : WORD_PLAIN_RUN_ENDS,
		    NULL);
	if (was->locked != now->locked && leads(sc))
		plain_say(out, now->locked ? WORD_PLAIN_LOCKED : WORD_PLAIN_UNLOCKED, NULL);
	if (was->status != now->status)
		plain_say(out,
		    now->status == STATUS_CLOSED ? WORD_PLAIN_CLOSED : WORD_PLAIN_REOPENED, NULL);
	if (was->people != now->people && sc->live)
		plain_say(out, now->people == 1 ? WORD_PLAIN_HERE_1 : WORD_PLAIN_HERE_N,
		    digits((int64_t)now->people).s);
}

void
plain_put_room(struct plain *p, const struct scene *sc, bool loud, struct buf *out)
{
	struct plain_room now;

	plain_room_of(&now, sc);
	if (loud) {
		put_unseen(p, &now, out);
		put_votes(p, sc, out);
		put_curtain(p, sc, out);
		put_state(p, sc, &now, out);
		put_clocks(p, sc, out);
		put_looks(p, sc, out);
		put_speaker(p, sc, &now, out);
	}
	put_stage(p, sc, out);
	if (loud) {
		plain_room_fini(&p->room);
		p->room = now;
	} else { /* what was not told yet stays to be told */
		free(p->room.stage);
		p->room.stage = now.stage;
		now.stage = NULL;
		plain_room_fini(&now);
	}
}

/* With the way back, where somebody wrote it down. */
void
plain_put_aborted(const struct scene *sc, struct buf *out)
{
	plain_say(out, WORD_PLAIN_ABORTED, NULL);
	for (size_t i = 0; i < DEBRIEF_N(sc->d, EXPERIMENT); i++) {
		const struct experiment *x = DEBRIEF_AT(sc->d, EXPERIMENT, experiment, i);
		struct buf b = { 0 };
		if (x->rollback == NULL || x->started_ns == TIME_NONE)
			continue;
		plain_put(&b, x->rollback);
		plain_say(out, WORD_PLAIN_ROLL_BACK, b.data);
		buf_fini(&b);
	}
	plain_end(out);
}

bool
plain_urgent(struct plain *p, const struct scene *sc, struct buf *out)
{
	if (sc->d->aborted_ns == p->room.aborted_ns)
		return false;
	p->room.aborted_ns = sc->d->aborted_ns;
	if (sc->d->aborted_ns == TIME_NONE)
		return false;
	plain_put_aborted(sc, out);
	p->owes = false;
	return true;
}
