#include "cli/demo_passage.h"

#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "base/when.h"
#include "cli/zones.h"
#include "commands/command.h"
#include "live/client.h"
#include "live/secret.h"

enum { SPEAKERS = COLLEAGUES + 1, USER = 0, SCRIBE = 1, FIRST = 2, SECOND = 3, PATIENCE_MS = 5000 };

static const char column[] = "What we still wonder";
static const char words[] = "Would I have looked at the host name? I am not sure";

struct passage;

struct speaker {
	struct passage *passage;
	const char *name;
	char *secret;
	struct client *client;
	size_t bytes; /* sent to this one since they were last counted */
	bool words_seen;
};

struct passage {
	struct loop *loop;
	struct zones zones;
	struct buf *out;
	struct speaker v[SPEAKERS];
};

static void
count_line(void *ctx, const char *line, size_t len)
{
	struct speaker *s = ctx;
	char *text = mem_dupn(line, len);

	s->bytes += len + 1;
	s->words_seen = s->words_seen || strstr(text, "host name? I am not sure") != NULL;
	free(text);
}

static bool
come_in(struct passage *k, int i, const struct place *place, const struct demo_team *team,
    struct err *e)
{
	static const struct client_calls calls = { .raw = count_line };
	struct speaker *s = &k->v[i];
	struct client_options o = { .want = "join", .reconnect = true, .fd = -1 };

	s->passage = k;
	s->name = i == USER ? team->user : team->names[i - 1];
	s->secret = secret_new();
	o.name = s->name;
	o.role = i == USER ? "facilitator" : demo_team_role(i - 1);
	o.secret = s->secret;
	s->client = client_new(k->loop, place, &o, &calls, s, e);
	return s->client != NULL && client_wait_ready(s->client, e);
}

/* One says a line; it is printed with what the host answers. `line` is freed. */
static bool
say(struct passage *k, int i, char *line, struct err *e)
{
	struct speaker *s = &k->v[i];
	struct command_scene scene = { .d = client_debrief(s->client),
		.me = s->name,
		.role = client_role(s->client),
		.now_ns = clock_now_ns() / NS_PER_S * NS_PER_S,
		.zone = zones_of(&k->zones, client_debrief(s->client)),
		.last_event_ns = client_last_event_ns(s->client),
		.random = rand_bits };
	struct buf text = { 0 };
	struct op op;
	bool good = command_read_line(&scene, line, &op, e) &&
		    client_ask(s->client, &op, &text, e);

	if (good)
		buf_addf(k->out, "%-8s %s\n", s->name, line);
	buf_fini(&text);
	free(line);
	return good;
}

/* Whatever the host sends until it has answered this one once more. */
static bool
catch_up(struct passage *k, int i, struct err *e)
{
	struct op op;

	op_init(&op, "ready");
	return client_ask(k->v[i].client, &op, NULL, e);
}

static const struct column *
our_column(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN); i++)
		if (strcmp(DEBRIEF_AT(d, COLUMN, column, i)->name, column) == 0)
			return DEBRIEF_AT(d, COLUMN, column, i);
	return NULL;
}

/* The n-th card of the column as this one sees it; NULL: there are fewer. */
static const struct card *
our_card(const struct passage *k, int i, size_t n)
{
	const struct debrief *d = client_debrief(k->v[i].client);
	const struct column *c = our_column(d);

	for (size_t j = 0; c != NULL && j < DEBRIEF_N(d, CARD); j++) {
		const struct card *card = DEBRIEF_AT(d, CARD, card, j);
		if (id_equal(card->column, c->item.id) && n-- == 0)
			return card;
	}
	return NULL;
}

static size_t
cards_seen(const struct passage *k, int i)
{
	size_t n = 0;

	while (our_card(k, i, n) != NULL)
		n++;
	return n;
}

static bool
hidden_writing(struct passage *k, struct err *e)
{
	struct speaker *other = &k->v[SECOND];

	buf_addf(k->out, "\n== four people: hidden cards, a reveal, a vote\n");
	if (!say(k, USER,
		mem_fmt("column add \"%s\" hidden=yes anonymous=yes", column), e) ||
	    !catch_up(k, FIRST, e) || !catch_up(k, SECOND, e) || !catch_up(k, SCRIBE, e))
		return false;
	other->bytes = 0;
	if (!say(k, FIRST, mem_fmt("card add \"%s\" \"%s\"", column, words), e) ||
	    !say(k, SCRIBE,
		mem_fmt("card add \"%s\" \"Which of the five copies do we believe in today?\"",
		    column),
		e) ||
	    !catch_up(k, SECOND, e))
		return false;
	buf_addf(k->out,
	    "         meanwhile %s was sent %zu bytes: %s; %s sees %zu card, %s none\n",
	    other->name, other->bytes,
	    other->words_seen ? "the words are among them" : "no word of a card is among them",
	    k->v[FIRST].name, cards_seen(k, FIRST), other->name);
	return say(k, SECOND,
	    mem_fmt("card add \"%s\" \"Who may say stop when it gets late?\"", column), e);
}

static bool
wait_for_cards(struct passage *k, int i, size_t n, struct err *e)
{
	int64_t end_ms = clock_mono_ms() + PATIENCE_MS;

	while (cards_seen(k, i) < n && clock_mono_ms() < end_ms)
		loop_once(k->loop, 100);
	return cards_seen(k, i) >= n ||
	       err_set(e, ERR_STORE,
		   "the cards did not come: the demo ends here: begin it again");
}

static bool
reveal(struct passage *k, struct err *e)
{
	const struct card *card;

	if (!say(k, USER, mem_dup("reveal"), e))
		return false;
	for (int i = 0; i < SPEAKERS; i++)
		if (!wait_for_cards(k, i, 3, e))
			return false;
	for (size_t n = 0; (card = our_card(k, SECOND, n)) != NULL; n++)
		buf_addf(k->out, "         | %s%s\n", card->text,
		    id_some(card->by) ? "  (with a name)" : "");
	return true;
}

/* One more vote than there are: what the host answers. */
static bool
refused(struct passage *k, struct err *e)
{
	struct err why = { 0 };
	char *line = mem_fmt("vote %s", our_card(k, FIRST, 1)->item.id.s);
	struct buf *out = k->out, none = { 0 };

	k->out = &none;
	if (say(k, FIRST, line, &why))
		err_set(e, ERR_STORE, "a third vote of two was counted: the demo ends here");
	k->out = out;
	buf_fini(&none);
	if (why.kind == ERR_REFUSED)
		buf_addf(out, "         %s is told: %s\n", k->v[FIRST].name, why.text);
	else if (why.kind != ERR_NONE)
		*e = why;
	return why.kind == ERR_REFUSED;
}

static bool
vote(struct passage *k, struct err *e)
{
	static const int votes[][2] = { { FIRST, 0 }, { FIRST, 0 }, { SECOND, 0 }, { SECOND, 1 },
		{ SCRIBE, 2 }, { SCRIBE, 0 } };

	if (!say(k, USER, mem_dup("votes open 2"), e))
		return false;
	for (int i = 0; i < SPEAKERS; i++)
		if (!catch_up(k, i, e))
			return false;
	for (size_t i = 0; i < sizeof votes / sizeof *votes; i++) {
		const struct card *card = our_card(k, votes[i][0], (size_t)votes[i][1]);
		if (!say(k, votes[i][0], mem_fmt("vote %s", card->item.id.s), e))
			return false;
	}
	return refused(k, e) && say(k, USER, mem_dup("votes close"), e);
}

static bool
totals(struct passage *k, struct err *e)
{
	const struct card *card;

	if (!catch_up(k, USER, e))
		return false;
	for (size_t n = 0; (card = our_card(k, USER, n)) != NULL; n++)
		buf_addf(k->out, "         | %lld vote%s  %s\n", (long long)card->votes,
		    card->votes == 1 ? " " : "s", card->text);
	return true;
}

bool
demo_passage(const struct place *place, const struct demo_team *team, struct buf *out,
    struct err *e)
{
	struct passage k = { .loop = loop_new(), .out = out };
	bool good = true;

	for (int i = 0; good && i < SPEAKERS; i++)
		good = come_in(&k, i, place, team, e);
	good = good && hidden_writing(&k, e) && reveal(&k, e) && vote(&k, e) && totals(&k, e);
	for (int i = 0; i < SPEAKERS; i++) {
		client_free(k.v[i].client);
		free(k.v[i].secret);
	}
	zones_fini(&k.zones);
	loop_free(k.loop);
	return good;
}
