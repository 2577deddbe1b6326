#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "live/host_internal.h"

enum {
	TELL_MS = 200,	  /* five times a second at most */
	TELL_PEER_MS = 2, /* and less often the more there are: it is everybody to everybody */
	GONE_MS = 5 * 60 * 1000, /* whoever is away longer is forgotten */
	GONE_MOST = 200,
	BUSY = 256 * 1024 /* who has so much to take yet does not need it now */
};

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

static char *
text_or_none(const char *text)
{
	return text != NULL && text[0] != '\0' ? mem_dup(text) : NULL;
}

static void
list_here(struct host *h, struct message *m)
{
	int64_t now = clock_mono_ms();

	m->here = mem_zero(h->n_peers + h->n_gone + 1, sizeof *m->here);
	for (size_t i = 0; i < h->n_peers; i++) {
		const struct peer *p = h->peers[i];
		if (!p->dead && p->greeted && !p->reads_only)
			m->here[m->n_here++] = (struct here){ mem_dup(p->name),
				mem_dup(role_word(host_role(h, p->name, p->role_given))),
				text_or_none(p->pane), text_or_none(p->item), p->typing, 0 };
	}
	for (size_t i = h->n_gone; i-- > 0;) {
		int64_t away_ms = now - h->gone[i].since_ms;
		if (away_ms > GONE_MS)
			forget_gone(h, i);
		else
			m->here[m->n_here++] = (struct here){ .name = mem_dup(h->gone[i].name),
				.role = mem_dup(h->gone[i].role),
				.away_s = away_ms / 1000 + 1 };
	}
}

static void
tell_here(void *ctx)
{
	struct host *h = ctx;
	struct message m;
	struct buf line = { 0 };

	h->here_timer = 0;
	h->here_ms = clock_mono_ms();
	message_init(&m, MSG_PRESENCE);
	list_here(h, &m);
	message_encode(&m, &line);
	message_fini(&m);
	for (size_t i = 0; i < h->n_peers; i++)
		if (!h->peers[i]->reads_only && !h->peers[i]->streaming &&
		    stream_backlog(&h->peers[i]->s) < BUSY)
			peer_send(h->peers[i], line.data, line.len);
	buf_fini(&line);
	round_soon(h);
}

void
here_changed(struct host *h)
{
	int64_t every = TELL_MS > TELL_PEER_MS * (int64_t)h->n_peers
			    ? TELL_MS
			    : TELL_PEER_MS * (int64_t)h->n_peers;
	int64_t wait = h->here_ms + every - clock_mono_ms();

	if (h->here_timer == 0 && !h->done)
		h->here_timer = loop_after(h->loop, wait > 0 ? (int)wait : 0, tell_here, h);
}

void
here_came(struct host *h, const char *name)
{
	forget_name(h, name);
	here_changed(h);
}

void
here_left(struct host *h, const struct peer *p)
{
	if (!p->reads_only && !p->leaves) {
		forget_name(h, p->name);
		if (h->n_gone == GONE_MOST)
			forget_gone(h, 0);
		VEC_ROOM(h->gone, h->n_gone, h->cap_gone);
		h->gone[h->n_gone++] = (struct gone){ mem_dup(p->name),
			mem_dup(role_word(host_role(h, p->name, p->role_given))), clock_mono_ms() };
	}
	here_changed(h);
}

void
here_fini(struct host *h)
{
	loop_cancel(h->loop, h->here_timer);
	while (h->n_gone > 0)
		forget_gone(h, h->n_gone - 1);
	free(h->gone);
}
