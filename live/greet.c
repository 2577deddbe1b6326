#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "live/host_internal.h"
#include "live/secret.h"

static const char *
want_of(const struct message *hello)
{
	return hello->want != NULL ? hello->want : "join";
}

static void
welcome(struct peer *p, const struct message *hello)
{
	struct host *h = p->host;
	struct message m;

	message_init(&m, MSG_WELCOME);
	m.version = WIRE_VERSION;
	m.name = mem_dup(p->name);
	m.role = mem_dup(role_word(p->role));
	m.text = mem_dup(h->place.name);
	m.item = mem_dup(h->place.id.s);
	m.hidden = (uint64_t)h->counts.written;
	m.last_ns = host_last_event(h, p->name);
	m.seq = h->seq;
	m.has_since = p->picture == NULL;
	if (m.has_since)
		m.seq = hello->seq;
	stream_put(&p->s, &m);
	message_fini(&m);
}

/* With nobody else here the newer of two programs is the host. */
static bool
makes_way(const struct peer *p, const struct message *hello)
{
	return hello->version > WIRE_VERSION && p->is_own && !p->host->o.foreground &&
	       peers_here(p->host) == 0;
}

static bool
may_enter(struct peer *p, const struct message *hello, struct err *e)
{
	static const char *const wants[] = { "join", "watch", "projector", "console", "read",
		"step-down" };

	if (makes_way(p, hello)) {
		host_end(p->host);
		return err_set(e, ERR_NONE, "the host is older than this program and makes way");
	}
	if (hello->version != WIRE_VERSION)
		return err_set(e, ERR_REFUSED,
		    "the host speaks version %d and this program %d: you did not join: update the "
		    "older one (%s)",
		    WIRE_VERSION, (int)hello->version,
		    hello->version < WIRE_VERSION ? "here" : "the host's side");
	if (hello->secret != NULL && !secret_ok(hello->secret))
		return err_set(e, ERR_REFUSED, "that is no secret: you did not join");
	for (size_t i = 0; i < sizeof wants / sizeof *wants; i++)
		if (strcmp(want_of(hello), wants[i]) == 0)
			return true;
	return err_set(e, ERR_REFUSED, "nobody can come for \"%.40s\"", want_of(hello));
}

static void
step_down(struct peer *p)
{
	struct host *h = p->host;

	if (!p->is_own)
		peer_part(p, ERR_REFUSED,
		    "only the account that runs a host can end it: nothing was changed");
	else if (h->o.foreground)
		peer_part(p, ERR_REFUSED,
		    "a host of this debrief runs in the foreground already: nothing was changed: "
		    "end that one first");
	else
		host_end(h); /* its bye is what the other waits for */
}

void
greet_pin(struct peer *p, const struct message *pin)
{
	if (p->uid != geteuid() || p->pinned) {
		peer_part(p, ERR_REFUSED, "a pin that this connection cannot have");
		return;
	}
	p->pinned = true;
	p->is_own = false;
	p->name = mem_dup(pin->name);
	p->pin_role = mem_dup(pin->role);
}

void
greet_enter(struct peer *p, const struct message *hello)
{
	struct host *h = p->host;

	if (!p->reads_only)
		offer_came(p);
	naming_role(p);
	p->greeted = true;
	p->came_ms = here_now_ms(h);
	counts_look(h);
	join_begin(p, hello);
	welcome(p, hello);
	if (p->reads_only) {
		here_tell(p);
	} else {
		knock_passed(p);
		here_came(h, p->name);
	}
	round_soon(h);
}

/* Before this host was started. Only who was told of an op can name it. */
static bool
was_here(const struct peer *p, const struct message *hello)
{
	return hello->has_since && id_some(hello->cid) &&
	       ledger_find(&p->host->ledger, hello->cid) != NULL;
}

void
greet(struct peer *p, const struct message *hello)
{
	struct err e = { 0 };

	loop_cancel(p->host->loop, p->greeting_timer);
	p->greeting_timer = 0;
	if (!may_enter(p, hello, &e)) {
		peer_part(p, e.kind, e.text);
	} else if (strcmp(want_of(hello), "step-down") == 0) {
		step_down(p);
	} else {
		p->want = mem_dup(want_of(hello));
		p->reads_only = strcmp(p->want, "read") == 0;
		p->sees_nothing_own = p->reads_only || strcmp(p->want, "projector") == 0;
		p->secret = mem_dup(hello->secret);
		if (!naming_take(p, hello, &e))
			peer_part(p, e.kind, e.text);
		else if (knock_must(p) && !was_here(p, hello))
			knock_stand(p, hello);
		else
			greet_enter(p, hello);
	}
}
