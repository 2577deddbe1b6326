#include <stdlib.h>
#include <string.h>

#include "live/host_internal.h"

enum { OFFER_MS = 2 * 60 * 1000 };

static enum role_of
role_now(const struct peer *p)
{
	return host_role(p->host, p->name, p->role_given);
}

static bool
has_screen(const struct peer *p)
{
	return here_is(p) && (strcmp(p->want, "join") == 0 || strcmp(p->want, "console") == 0);
}

static const struct peer *
present_leader(const struct host *h)
{
	for (size_t i = 0; i < h->n_peers; i++)
		if (has_screen(h->peers[i]) && role_now(h->peers[i]) == PERSON_FACILITATOR)
			return h->peers[i];
	return NULL;
}

static void
set_text(char **at, const char *text)
{
	char *copy = mem_dup(text);

	free(*at);
	*at = copy;
}

/* Who leads it when this host has not seen anybody do so yet. */
static void
guess_leader(struct host *h)
{
	for (size_t i = 0; i < DEBRIEF_N(h->d, PERSON) && h->offer.led_by == NULL; i++)
		if (DEBRIEF_AT(h->d, PERSON, person, i)->role == PERSON_FACILITATOR)
			set_text(&h->offer.led_by, DEBRIEF_AT(h->d, PERSON, person, i)->name);
	if (h->offer.led_by == NULL && host_role(h, h->own_name, PERSON_NONE) == PERSON_FACILITATOR)
		set_text(&h->offer.led_by, h->own_name);
}

static void
withdraw(struct host *h)
{
	for (size_t i = 0; i < h->n_peers; i++)
		h->peers[i]->may_lead = false;
	h->offer.made = false;
	h->offer.since_ms = 0;
	loop_cancel(h->loop, h->offer.timer);
	h->offer.timer = 0;
}

static void
somebody_leads(struct host *h, const struct peer *leader)
{
	struct offer *o = &h->offer;

	if (o->made && leader->may_lead)
		set_text(&o->stand_in, leader->name);
	else if (o->stand_in == NULL || strcmp(o->stand_in, leader->name) != 0)
		set_text(&o->led_by, leader->name);
	if (o->made || o->since_ms != 0)
		withdraw(h);
}

/* The scribe, else the participant who has been here longest. */
static struct peer *
choose(const struct host *h)
{
	struct peer *best = NULL;

	for (size_t i = 0; i < h->n_peers; i++) {
		struct peer *p = h->peers[i];
		enum role_of role = role_now(p);
		if (!has_screen(p) || (role != PERSON_SCRIBE && role != PERSON_PARTICIPANT))
			continue;
		if (best == NULL || (role == PERSON_SCRIBE && role_now(best) != PERSON_SCRIBE) ||
		    (role == role_now(best) && p->came_ms < best->came_ms))
			best = p;
	}
	return best;
}

static void
make_offer(struct host *h, struct peer *p)
{
	const struct person *person = debrief_person(h->d, p->name);
	char *text = mem_fmt("%s has been away for %d minutes: give facilitator %s takes the role, "
			     "until %s is back",
	    h->offer.led_by, OFFER_MS / 60000, p->name, h->offer.led_by);

	h->offer.made = true;
	h->offer.role_before = person != NULL ? person->role : PERSON_NONE;
	for (size_t i = 0; i < h->n_peers; i++)
		h->peers[i]->may_lead = here_is(h->peers[i]) && h->peers[i]->is_own == p->is_own &&
					strcmp(h->peers[i]->name, p->name) == 0;
	peer_ask(p, "offer", h->offer.led_by, text);
	free(text);
	round_soon(h);
}

static bool
offered_is_here(const struct host *h)
{
	for (size_t i = 0; i < h->n_peers; i++)
		if (h->peers[i]->may_lead && has_screen(h->peers[i]))
			return true;
	return false;
}

static void
offer_due(void *ctx)
{
	struct host *h = ctx;

	h->offer.timer = 0;
	offer_look(h);
}

static void
nobody_leads(struct host *h)
{
	struct offer *o = &h->offer;
	int64_t now = here_now_ms(h), left;
	struct peer *heir;

	if (o->since_ms == 0)
		o->since_ms = now > 0 ? now : 1;
	left = o->since_ms + OFFER_MS - now;
	if (left > 0) {
		if (o->timer == 0)
			o->timer = loop_after(h->loop, (int)left, offer_due, h);
		return;
	}
	if (o->made && offered_is_here(h))
		return;
	heir = choose(h);
	o->made = false;
	if (heir != NULL)
		make_offer(h, heir);
}

void
offer_look(struct host *h)
{
	const struct peer *leader = present_leader(h);

	if (h->done)
		return;
	if (leader != NULL) {
		somebody_leads(h, leader);
		return;
	}
	if (h->offer.led_by == NULL)
		guess_leader(h);
	if (h->offer.led_by != NULL && peers_here(h) > 0)
		nobody_leads(h);
	else
		withdraw(h);
}

static void
put_role(const struct host *h, struct op *op, const char *name, int64_t role)
{
	const struct person *person = debrief_person(h->d, name);
	struct change *c;

	if (person != NULL) {
		c = op_add(op, VERB_SET, KIND_PERSON, person->item.id);
	} else {
		c = op_add(op, VERB_ADD, KIND_PERSON, id_make(host_random(h)));
		change_put_text(c, "name", name);
	}
	change_put_num(c, "role", role);
}

/* Who comes back leads again, without a word of anybody's. */
void
offer_came(struct peer *p)
{
	struct host *h = p->host;
	struct offer *o = &h->offer;
	const struct person *stand_in =
	    o->stand_in != NULL ? debrief_person(h->d, o->stand_in) : NULL;
	struct op op;
	struct err e = { 0 };

	if (stand_in == NULL || strcmp(p->name, o->led_by) != 0 || p->role_given == PERSON_OBSERVER)
		return;
	if (stand_in->role == PERSON_FACILITATOR) {
		op_init(&op, "person");
		put_role(h, &op, o->stand_in,
		    o->role_before != PERSON_NONE ? o->role_before : PERSON_PARTICIPANT);
		put_role(h, &op, o->led_by, PERSON_FACILITATOR);
		if (round_own(h, o->led_by, &op, &e))
			peers_notice(h, "%s is back and leads again", o->led_by);
	}
	set_text(&o->stand_in, NULL);
}

void
offer_fini(struct host *h)
{
	loop_cancel(h->loop, h->offer.timer);
	free(h->offer.led_by);
	free(h->offer.stand_in);
}
