#include "cli/demo_mind.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* Pace: a room that thinks before it speaks. */
enum {
	PAUSE_LEAST_MS = 5000,
	PAUSE_SPREAD_MS = 7000,
	LOOK_MS = 4000,
	ANSWER_MS = 2500,
	LETTER_MS = 55,
	TYPING_LEAST_MS = 1500,
	TYPING_MOST_MS = 6500,
	COLUMN_AFTER_MS = 40000, /* nobody went to the board: the scribe proposes a round */
	WRITING_MS = 75000,
	AFTER_REVEAL_MS = 8000,
	VOTING_MS = 60000,
	HAND_MS = 20000,
	AGREES_MOST = 3,
};

const char mind_column[] = "What we still wonder";

/* The round of hidden writing and the vote on it, which the scribe leads where the user does not. */
enum round { ROUND_NONE, ROUND_WRITING, ROUND_SHOWN, ROUND_VOTING, ROUND_DONE };

struct line {
	char *when, *command;
	bool said;
};

struct mind {
	int who;
	uint64_t random;
	struct line *lines;
	size_t n, cap;
	int64_t began_ms, since_ms; /* of the round's present part */
	enum round round;
	bool opened; /* the vote is the scribe's own */
	char *stage; /* the last one seen */
	bool marked_ready, hand_up;
	bool asked; /* has had a hand up in this stage */
	int64_t hand_ms;
	int agreed;
	struct id noticed;
};

static uint64_t
mind_random(struct mind *m, uint64_t below)
{
	m->random = m->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (m->random >> 33) % below;
}

/* "WHEN WHO COMMAND...", if it is for this one. */
static void
take_line(struct mind *m, const char *text)
{
	size_t when = strcspn(text, " ");
	const char *who = text + when + strspn(text + when, " ");
	const char *command = who + strcspn(who, " ");

	command += strspn(command, " ");
	if (text[0] == '#' || *who != '0' + m->who || who[1] != ' ' || command[0] == '\0')
		return;
	VEC_ROOM(m->lines, m->n, m->cap);
	m->lines[m->n++] = (struct line){ mem_dupn(text, when), mem_dup(command), false };
}

struct mind *
mind_new(int who, const char *script, size_t len, uint64_t seed)
{
	struct mind *m = mem_zero(1, sizeof *m);
	const char *end = script + len;

	m->who = who;
	m->random = seed * 2 + (uint64_t)who;
	m->began_ms = -1;
	while (script < end) {
		const char *newline = memchr(script, '\n', (size_t)(end - script));
		size_t n = newline != NULL ? (size_t)(newline - script) : (size_t)(end - script);
		char *line = mem_dupn(script, n);
		take_line(m, line);
		free(line);
		script = newline != NULL ? newline + 1 : end;
	}
	return m;
}

void
mind_free(struct mind *m)
{
	if (m == NULL)
		return;
	for (size_t i = 0; i < m->n; i++) {
		free(m->lines[i].when);
		free(m->lines[i].command);
	}
	free(m->lines);
	free(m->stage);
	free(m);
}

void
mind_move_fini(struct mind_move *v)
{
	free(v->command);
	free(v->pane);
	*v = (struct mind_move){ 0 };
}

void
mind_notice(struct mind *m, struct id item)
{
	m->noticed = item;
}

static const struct column *
round_column(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN); i++) {
		const struct column *c = DEBRIEF_AT(d, COLUMN, column, i);
		if (strcmp(c->name, mind_column) == 0)
			return c;
	}
	return NULL;
}

static size_t
hidden_columns(const struct debrief *d)
{
	size_t n = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN); i++)
		n += DEBRIEF_AT(d, COLUMN, column, i)->hidden;
	return n;
}

static const char *
stage_pane(const struct debrief *d)
{
	for (size_t i = 0; d->stage != NULL && i < DEBRIEF_N(d, STAGE); i++) {
		const struct stage *st = DEBRIEF_AT(d, STAGE, stage, i);
		if (strcmp(st->name, d->stage) == 0 && st->pane != NULL)
			return st->pane;
	}
	return "agenda";
}

/* Say it, having typed it for as long as it takes. */
static void
say(struct mind_move *out, const char *pane, char *command, bool typed)
{
	int64_t ms = (int64_t)strlen(command) * LETTER_MS;

	out->command = command;
	out->pane = mem_dup(pane);
	out->typing_ms = !typed		     ? 0
			 : ms > TYPING_MOST_MS ? TYPING_MOST_MS
			 : ms < TYPING_LEAST_MS ? TYPING_LEAST_MS
						: (int)ms;
}

/* Where the round is, by what there is to see: the user may be faster than the scribe. */
static void
follow_round(struct mind *m, const struct mind_scene *s)
{
	const struct column *c = round_column(s->d);
	enum round now = m->round;

	if (m->round == ROUND_NONE && c != NULL)
		now = c->hidden ? ROUND_WRITING : ROUND_SHOWN;
	if (m->round == ROUND_WRITING && (c == NULL || !c->hidden))
		now = c == NULL ? ROUND_DONE : ROUND_SHOWN;
	if (m->round == ROUND_SHOWN && s->d->votes_each > 0)
		now = m->opened ? ROUND_VOTING : ROUND_DONE; /* the user's own vote */
	if (m->round == ROUND_VOTING && s->d->votes_each == 0)
		now = ROUND_DONE;
	if (now != m->round)
		m->since_ms = s->now_ms;
	m->round = now;
}

static void
follow_stage(struct mind *m, const struct mind_scene *s)
{
	const char *stage = s->d->stage != NULL ? s->d->stage : "";

	if (m->stage != NULL && strcmp(m->stage, stage) == 0)
		return;
	free(m->stage);
	m->stage = mem_dup(stage);
	m->marked_ready = m->asked = false;
	m->agreed = 0;
}

/* "votes open 2 on=...": the cards of the round. */
static char *
open_votes(const struct debrief *d, const struct column *c)
{
	struct buf line = { 0 };
	size_t n = 0;

	buf_adds(&line, "votes open 2 on=");
	for (size_t i = 0; i < DEBRIEF_N(d, CARD); i++) {
		const struct card *card = DEBRIEF_AT(d, CARD, card, i);
		if (id_equal(card->column, c->item.id))
			buf_addf(&line, "%s%s", n++ > 0 ? "," : "", card->item.id.s);
	}
	if (n < 2)
		buf_clear(&line);
	return n < 2 ? NULL : buf_take(&line);
}

/* The next step of the round, if it is time for one; not while the user types. */
static bool
lead_round(struct mind *m, const struct mind_scene *s, struct mind_move *out)
{
	const struct column *c = round_column(s->d);
	int64_t for_ms = s->now_ms - m->since_ms;
	bool on_board = strcmp(stage_pane(s->d), "board") == 0;
	char *line = NULL;

	if (m->who != MIND_SCRIBE || s->busy)
		return false;
	if (m->round == ROUND_NONE && hidden_columns(s->d) == 0 &&
	    (on_board || s->now_ms - m->began_ms > COLUMN_AFTER_MS))
		line = mem_fmt("column add '%s' prompt='What would you ask, if nobody knew that it "
			       "was you?' hidden=yes anonymous=yes",
		    mind_column);
	else if (m->round == ROUND_WRITING && for_ms > WRITING_MS && hidden_columns(s->d) == 1)
		line = mem_dup("reveal");
	else if (m->round == ROUND_SHOWN && for_ms > AFTER_REVEAL_MS && s->d->votes_each == 0)
		line = open_votes(s->d, c);
	else if (m->round == ROUND_VOTING && for_ms > VOTING_MS)
		line = mem_dup("votes close");
	if (line == NULL)
		return false;
	say(out, "board", line, m->round == ROUND_NONE);
	out->moves_room = true;
	if (m->round == ROUND_NONE) { /* once, also where it is refused */
		m->round = ROUND_WRITING;
		m->since_ms = s->now_ms;
	}
	m->opened = m->opened || m->round == ROUND_SHOWN;
	return true;
}

/* One of the first few that may be voted on, so that some get more than one. */
static bool
vote(struct mind *m, const struct mind_scene *s, struct mind_move *out)
{
	const struct strs *on = &s->d->votes_on;
	size_t n = on->n > 0 ? on->n : DEBRIEF_N(s->d, CARD), i;
	struct id id;

	if ((int64_t)s->d->ballots.n >= s->d->votes_each || n == 0)
		return false;
	i = mind_random(m, n < 4 ? n : 4);
	if (on->n > 0)
		id_parse(on->v[i], &id);
	else
		id = s->d->of[KIND_CARD].v[i]->id;
	say(out, "board", mem_fmt("vote %s", id.s), false);
	out->item = id;
	return true;
}

static bool
say_line(struct mind *m, const struct mind_scene *s, struct mind_move *out)
{
	const struct column *c = round_column(s->d);

	for (size_t i = 0; i < m->n; i++) {
		struct line *l = &m->lines[i];
		bool hidden = strcmp(l->when, "hidden") == 0;
		bool now = hidden ? c != NULL && c->hidden
				  : s->d->stage != NULL && strcmp(l->when, s->d->stage) == 0;

		if (l->said || !now)
			continue;
		l->said = true;
		say(out, hidden ? "board" : stage_pane(s->d), mem_dup(l->command), true);
		return true;
	}
	return false;
}

/* What the user has just done gets a look, and now and then a nod. */
static bool
answer(struct mind *m, const struct mind_scene *s, struct mind_move *out)
{
	enum kind kind;
	const struct item *it =
	    id_some(m->noticed) ? debrief_any(s->d, m->noticed, &kind) : NULL;
	struct id id = m->noticed;

	m->noticed = (struct id){ "" };
	if (it == NULL)
		return false;
	out->item = id;
	out->wait_ms = LOOK_MS;
	if ((kind == KIND_CAUSE || kind == KIND_EVENT) && m->who != MIND_SCRIBE &&
	    mind_random(m, 2) == 0) {
		say(out, kind == KIND_CAUSE ? "fishbone" : "timeline", mem_fmt("agree %s", id.s),
		    false);
		out->wait_ms = 0;
	}
	return true;
}

/* The hand goes up once in a stage, by one of those who do not write it down; and down again. */
static bool
raise_hand(struct mind *m, const struct mind_scene *s, struct mind_move *out)
{
	if (m->hand_up && s->now_ms - m->hand_ms > HAND_MS) {
		m->hand_up = false;
		say(out, NULL, mem_dup("hand done"), false);
		return true;
	}
	if (m->hand_up || m->asked || m->who != MIND_LAST)
		return false;
	m->asked = m->hand_up = true;
	m->hand_ms = s->now_ms;
	say(out, NULL, mem_dup("hand"), false);
	return true;
}

static bool
mark_ready(struct mind *m, struct mind_move *out)
{
	if (m->marked_ready || m->hand_up || mind_random(m, 3) != 0)
		return false;
	m->marked_ready = true;
	say(out, NULL, mem_dup("ready"), false);
	return true;
}

/* Nothing to say: the eye goes to some item of the pane, where it may find one to agree with. */
static void
look_around(struct mind *m, const struct mind_scene *s, struct mind_move *out)
{
	const char *pane = stage_pane(s->d);
	enum kind kind = strcmp(pane, "timeline") == 0	 ? KIND_EVENT
			 : strcmp(pane, "fishbone") == 0 ? KIND_CAUSE
			 : strcmp(pane, "board") == 0	 ? KIND_CARD
							 : KIND_ACTION;
	size_t n = s->d->of[kind].n;

	out->pane = mem_dup(pane);
	out->wait_ms = LOOK_MS;
	if (n == 0)
		return;
	out->item = s->d->of[kind].v[mind_random(m, n)]->id;
	if (kind != KIND_CAUSE || m->agreed >= AGREES_MOST || mind_random(m, 3) != 0)
		return;
	m->agreed++;
	out->command = mem_fmt("agree %s", out->item.s);
}

void
mind_next(struct mind *m, const struct mind_scene *s, struct mind_move *out)
{
	*out = (struct mind_move){ 0 };
	if (m->began_ms < 0)
		m->began_ms = s->now_ms;
	follow_stage(m, s);
	follow_round(m, s);
	if (!(s->d->votes_each > 0 && vote(m, s, out)) && !lead_round(m, s, out) &&
	    !answer(m, s, out) && !say_line(m, s, out) && !raise_hand(m, s, out) &&
	    !mark_ready(m, out))
		look_around(m, s, out);
	out->wait_ms += PAUSE_LEAST_MS + (int)mind_random(m, PAUSE_SPREAD_MS);
}
