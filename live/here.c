#include <stdlib.h>
#include <string.h>

#include "live/host_internal.h"

enum {
	TELL_MS = 200,		 /* five times a second at most */
	BYTES_A_MS = 5000,	 /* and less often the more there is to say to the more */
	GONE_MS = 5 * 60 * 1000, /* whoever is away longer is forgotten */
	GONE_MOST = 200,
	BUSY = 256 * 1024, /* who has so much to take yet does not need it now */
	SPOT_MOST = 64	   /* bytes of a pane's or an item's name */
};

bool
here_is(const struct peer *p)
{
	return p->greeted && !p->dead && !p->reads_only && !p->leaves;
}

static void
forget_gone(struct host *h, size_t i)
{
	free(h->gone[i].name);
	free(h->gone[i].role);
	memmove(h->gone + i, h->gone + i + 1, (h->n_gone - i - 1) * sizeof *h->gone);
	h->n_gone--;
}

static void
forget_name(struct host *h, const char *name)
{
	for (size_t i = h->n_gone; i-- > 0;)
		if (strcmp(h->gone[i].name, name) == 0)
			forget_gone(h, i);
}

/* Where somebody is, as it may be told: not who is at the cards while they are written, and not
 * what anybody looks at while there is a vote. */
struct spot {
	const char *pane, *item;
	bool typing;
};

static bool
is_for_all(const struct debrief *d, const char *item)
{
	struct viewer nobody = { 0 };
	const struct item *it;
	enum kind kind;
	struct id id;

	return item == NULL || !id_parse(item, &id) || (it = debrief_any(d, id, &kind)) == NULL ||
	       visible_item(d, &nobody, kind, it);
}

static struct spot
spot_of(const struct peer *p)
{
	const struct host *h = p->host;
	struct spot s = { p->pane, p->item, p->typing };

	if (!is_for_all(h->d, s.item))
		s.item = NULL;
	if (!h->hushed)
		return s;
	s.typing = false;
	if (h->d->votes_each > 0)
		s.item = NULL;
	if (s.pane == NULL || strcmp(s.pane, "board") == 0)
		s.pane = s.item = NULL;
	return s;
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static char *
text_or_none(char *text)
{
	if (text != NULL && text[0] != '\0' && strlen(text) <= SPOT_MOST)
		return text;
	free(text);
	return NULL;
}

void
here_moved(struct peer *p, struct message *m)
{
	struct spot before = spot_of(p), after;
	char *pane = p->pane, *item = p->item;

	p->pane = text_or_none(m->pane);
	p->item = text_or_none(m->item);
	m->pane = m->item = NULL;
	p->typing = m->typing;
	after = spot_of(p);
	if (!same_text(before.pane, after.pane) || !same_text(before.item, after.item) ||
	    before.typing != after.typing)
		here_changed(p->host);
	free(pane);
	free(item);
	counts_look(p->host);
}

static struct here
describe(const struct peer *p)
{
	const struct host *h = p->host;
	struct spot s = spot_of(p);

	return (struct here){ .name = mem_dup(p->name),
		.role = mem_dup(role_word(host_role(h, p->name, p->role_given))),
		.want = strcmp(p->want, "join") != 0 ? mem_dup(p->want) : NULL,
		.pane = mem_dup(s.pane),
		.item = mem_dup(s.item),
		.typing = s.typing,
		.ready = !h->hushed && strs_has(&h->d->ready, p->name) };
}

static bool
is_present(const struct host *h, const char *name)
{
	for (size_t i = 0; i < h->n_peers; i++)
		if (here_is(h->peers[i]) && strcmp(h->peers[i]->name, name) == 0)
			return true;
	return false;
}

static void
list_seats(const struct host *h, struct message *m)
{
	for (size_t i = 0; i < h->d->seats.n; i++)
		if (!is_present(h, h->d->seats.v[i]))
			m->here[m->n_here++] = (struct here){ .name = mem_dup(h->d->seats.v[i]),
				.role = mem_dup(role_word(PERSON_PARTICIPANT)),
				.want = mem_dup("seat"),
				.ready = !h->hushed && strs_has(&h->d->ready, h->d->seats.v[i]) };
}

static void
list_here(struct host *h, struct message *m)
{
	int64_t now = here_now_ms(h);

	m->here = mem_zero(h->n_peers + h->n_gone + h->d->seats.n + 1, sizeof *m->here);
	for (size_t i = 0; i < h->n_peers; i++)
		if (here_is(h->peers[i]))
			m->here[m->n_here++] = describe(h->peers[i]);
	list_seats(h, m);
	for (size_t i = h->n_gone; i-- > 0;) {
		int64_t away_ms = now - h->gone[i].since_ms;
		if (away_ms > GONE_MS)
			forget_gone(h, i);
		else
			m->here[m->n_here++] = (struct here){ .name = mem_dup(h->gone[i].name),
				.role = mem_dup(h->gone[i].role),
				.away_s = away_ms / 1000 + 1 };
	}
	m->counts = h->counts;
}

static void
forget_last(struct message *m)
{
	struct here *last = &m->here[--m->n_here];

	free(last->name);
	free(last->role);
	free(last->want);
	free(last->pane);
	free(last->item);
}

/* More than goes into a line is not told: who dropped first, then who came last. */
static void
encode_here(struct host *h, struct buf *line)
{
	struct message m;

	message_init(&m, MSG_PRESENCE);
	list_here(h, &m);
	message_encode(&m, line);
	while (line->len > WIRE_LINE_MAX) {
		for (size_t n = m.n_here / 4 + 1; n > 0; n--)
			forget_last(&m);
		buf_clear(line);
		message_encode(&m, line);
	}
	message_fini(&m);
}

static void
tell_here(void *ctx)
{
	struct host *h = ctx;
	struct buf line = { 0 };
	struct sheet_part what;
	size_t sent = 0;
	bool comes = false; /* somebody who cannot be told before its stream is through */

	h->here_timer = 0;
	encode_here(h, &line);
	what = sheet_put(&h->sheet, line.data, line.len);
	for (size_t i = 0; i < h->n_peers; i++) {
		comes = comes || (h->peers[i]->streaming && !h->peers[i]->reads_only);
		if (!h->peers[i]->reads_only && !h->peers[i]->streaming &&
		    stream_backlog(&h->peers[i]->s) < BUSY) {
			peer_send_shared(h->peers[i], &what);
			sent += line.len;
		}
	}
	buf_fini(&line);
	h->here_due_ms = here_now_ms(h) + TELL_MS;
	if (sent / BYTES_A_MS > TELL_MS)
		h->here_due_ms += (int64_t)(sent / BYTES_A_MS) - TELL_MS;
	if (comes)
		here_changed(h);
	door_look(h);
	round_soon(h);
}

void
here_tell(struct peer *p)
{
	struct buf line = { 0 };

	encode_here(p->host, &line);
	peer_send(p, line.data, line.len);
	buf_fini(&line);
}

void
here_changed(struct host *h)
{
	int64_t wait = h->here_due_ms - here_now_ms(h);

	if (h->here_timer == 0 && !h->done)
		h->here_timer = loop_after(h->loop, wait > 0 ? (int)wait : 0, tell_here, h);
}

void
here_look(struct host *h)
{
	uint64_t sum = h->d->seats.n;

	for (size_t i = 0; i < DEBRIEF_N(h->d, PERSON); i++)
		sum = sum * 31 + (uint64_t)DEBRIEF_AT(h->d, PERSON, person, i)->role;
	if (sum != h->here_roles)
		here_changed(h);
	h->here_roles = sum;
}

void
here_came(struct host *h, const char *name)
{
	forget_name(h, name);
	here_changed(h);
	offer_look(h);
}

void
here_left(struct host *h, const struct peer *p)
{
	if (!p->reads_only && !p->leaves && !is_present(h, p->name)) {
		forget_name(h, p->name);
		if (h->n_gone == GONE_MOST)
			forget_gone(h, 0);
		VEC_ROOM(h->gone, h->n_gone, h->cap_gone);
		h->gone[h->n_gone++] = (struct gone){ mem_dup(p->name),
			mem_dup(role_word(host_role(h, p->name, p->role_given))), here_now_ms(h) };
	}
	here_changed(h);
	counts_look(h);
	offer_look(h);
}

void
here_fini(struct host *h)
{
	loop_cancel(h->loop, h->here_timer);
	while (h->n_gone > 0)
		forget_gone(h, h->n_gone - 1);
	free(h->gone);
	counts_fini(h);
	offer_fini(h);
	kept_fini(h);
	door_fini(h);
	naming_fini(h);
}
