#include <stdlib.h>
#include <string.h>

#include "live/host_internal.h"

enum { BEEN_MOST = 4096 };

static bool
is_lead(const struct peer *p)
{
	enum role_of role = host_role(p->host, p->name, p->role_given);

	return role == PERSON_FACILITATOR || role == PERSON_SCRIBE;
}

/* Somebody who was here, or is one of its people or seats, is no newcomer. */
static bool
is_known(const struct peer *p)
{
	const struct host *h = p->host;

	return debrief_person(h->d, p->name) != NULL || strs_has(&h->been, p->name) ||
	       strs_has(&h->d->seats, p->name);
}

bool
knock_must(const struct peer *p)
{
	return p->host->d->locked && !is_known(p) && !is_lead(p) &&
	       !(p->is_own && (p->reads_only || strcmp(p->name, p->host->own_name) == 0));
}

static void
tell_lead(struct peer *lead, const struct peer *who)
{
	const char *quote = strcspn(who->name, " \"'\\#") == strlen(who->name) ? "" : "\"";
	char *text = mem_fmt("%s knocks: person add %s%s%s lets in, unlock opens the door",
	    who->name, quote, who->name, quote);

	peer_ask(lead, "knock", who->name, text);
	free(text);
}

void
knock_tell(struct peer *lead)
{
	const struct host *h = lead->host;

	for (size_t i = 0; is_lead(lead) && here_is(lead) && i < h->n_peers; i++)
		if (h->peers[i]->knock != NULL && !h->peers[i]->dead)
			tell_lead(lead, h->peers[i]);
}

static size_t
standing(const struct host *h)
{
	size_t n = 0;

	for (size_t i = 0; i < h->n_peers; i++)
		n += h->peers[i]->knock != NULL && !h->peers[i]->dead;
	return n;
}

static bool
stood_before(const struct peer *p)
{
	const struct host *h = p->host;

	for (size_t i = 0; i < h->n_peers; i++)
		if (h->peers[i] != p && h->peers[i]->knock != NULL &&
		    strcmp(h->peers[i]->name, p->name) == 0)
			return true;
	return false;
}

void
knock_stand(struct peer *p, const struct message *hello)
{
	struct host *h = p->host;
	bool again = stood_before(p);

	if (standing(h) >= KNOCKERS_MOST) {
		peer_part(p, ERR_REFUSED,
		    "the debrief is locked, and too many wait at its door: you did not join: ask "
		    "who leads to unlock it");
		return;
	}
	p->knock = mem_alloc(sizeof *p->knock);
	message_init(p->knock, MSG_HELLO);
	p->knock->has_since = hello->has_since;
	p->knock->seq = hello->seq;
	p->knock->cid = hello->cid;
	peer_ask(p, "waits", NULL,
	    "the debrief is locked: you wait at its door: who leads was told and lets you in");
	for (size_t i = 0; i < h->n_peers && !again; i++)
		if (here_is(h->peers[i]) && is_lead(h->peers[i]))
			tell_lead(h->peers[i], p);
	round_soon(h);
}

void
knock_passed(const struct peer *p)
{
	struct host *h = p->host;

	if (h->been.n < BEEN_MOST && !strs_has(&h->been, p->name))
		strs_add(&h->been, p->name);
}

void
knock_look(struct host *h)
{
	for (size_t i = 0; i < h->n_peers; i++) {
		struct peer *p = h->peers[i];
		struct message *hello = p->knock;
		if (hello == NULL || p->dead || knock_must(p))
			continue;
		p->knock = NULL;
		greet_enter(p, hello);
		message_fini(hello);
		free(hello);
	}
}
