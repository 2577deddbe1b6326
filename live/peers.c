#define _GNU_SOURCE /* accept4, struct ucred */
#include "live/host_internal.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	FILL_SIZE = 64 * 1024, /* read of one peer at a time */
	STUFFED = 128 * 1024,  /* bytes not taken: it is not heard before it takes some */
	PAUSE_MS = 200	       /* before new connections are taken when there is no room for them */
};

static void
peer_free(struct peer *p)
{
	stream_close(&p->s);
	loop_cancel(p->host->loop, p->greeting_timer);
	if (p->picture != NULL)
		picture_drop(p->host, p->picture);
	buf_fini(&p->missed);
	buf_fini(&p->held);
	if (p->knock != NULL)
		message_fini(p->knock);
	free(p->knock);
	free(p->name);
	free(p->want);
	free(p->pin_role);
	free(p->secret);
	free(p->pane);
	free(p->item);
	free(p);
}

/* Nothing is freed here: somebody up the stack may still look at it. The next turn does. */
static void
peer_drop(struct peer *p)
{
	struct host *h = p->host;

	if (p->dead)
		return;
	p->dead = true;
	loop_unwatch(h->loop, p->s.fd);
	stream_close(&p->s);
	for (size_t i = 0; i < h->n_jobs; i++)
		if (h->jobs[i].from == p)
			h->jobs[i].from = NULL;
	if (p->greeted) {
		kept_left(p);
		here_left(h, p);
	}
	round_soon(h);
}

void
peer_part(struct peer *p, enum err_kind kind, const char *reason)
{
	struct message bye;

	if (p->dead)
		return;
	message_init(&bye, MSG_BYE);
	bye.kind = kind;
	bye.text = mem_dup(reason);
	/* What lies unsent of a slow reader is cut after the line it is in. */
	if (stream_backlog(&p->s) > BACKLOG_MOST)
		stream_cut(&p->s);
	stream_put(&p->s, &bye);
	message_fini(&bye);
	stream_flush(&p->s);
	peer_drop(p);
}

/* What is being written of a join does not count: only what it does not take. */
static void
keep_in_bounds(struct peer *p)
{
	if ((p->streaming ? p->held.len : stream_backlog(&p->s)) > BACKLOG_MOST) {
		stream_flush(&p->s);
		if ((p->streaming ? p->held.len : stream_backlog(&p->s)) > BACKLOG_MOST)
			peer_part(
			    p, ERR_NONE, "this connection does not take what is sent: come again");
	}
}

void
peer_send(struct peer *p, const char *bytes, size_t len)
{
	if (p->dead || !p->greeted)
		return;
	buf_add(p->streaming ? &p->held : &p->s.out, bytes, len);
	keep_in_bounds(p);
}

void
peer_send_shared(struct peer *p, const struct sheet_part *what)
{
	if (p->dead || !p->greeted)
		return;
	if (p->streaming)
		buf_add(&p->held, sheet_part_bytes(what), what->len);
	else
		stream_share(&p->s, what);
	keep_in_bounds(p);
}

void
peers_send(struct host *h, const struct buf *line)
{
	struct sheet_part what = sheet_put(&h->sheet, line->data, line->len);

	for (size_t i = 0; i < h->n_peers; i++)
		if (here_is(h->peers[i]))
			peer_send_shared(h->peers[i], &what);
}

void
peer_tell(struct peer *p, const struct message *m)
{
	struct buf line = { 0 };

	message_encode(m, &line);
	peer_send(p, line.data, line.len);
	buf_fini(&line);
}

void
peer_ask(struct peer *p, const char *want, const char *name, const char *text)
{
	struct message m;

	message_init(&m, MSG_NOTICE);
	m.want = mem_dup(want);
	m.name = mem_dup(name);
	m.text = mem_dup(text);
	if (p->greeted)
		peer_tell(p, &m);
	else if (!p->dead)
		stream_put(&p->s, &m);
	message_fini(&m);
}

void
peers_notice(struct host *h, const char *fmt, ...)
{
	struct message m;
	struct buf text = { 0 }, line = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&text, fmt, ap);
	va_end(ap);
	message_init(&m, MSG_NOTICE);
	m.text = buf_take(&text);
	message_encode(&m, &line);
	message_fini(&m);
	peers_send(h, &line);
	buf_fini(&line);
}

static void
answer_ping(struct peer *p, uint64_t seq)
{
	struct message pong;

	message_init(&pong, MSG_PONG);
	pong.seq = seq;
	if (p->greeted)
		peer_tell(p, &pong);
	else
		stream_put(&p->s, &pong);
	round_soon(p->host);
}

static void
take_op(struct peer *p, struct op *op)
{
	if (id_some(op->cid))
		round_add(p, op);
	else
		peer_part(p, ERR_REFUSED, "an op without a cid");
}

static void
take_message(struct peer *p, struct message *m)
{
	switch (m->type) {
	case MSG_OP:
		take_op(p, &m->op);
		return;
	case MSG_PRESENCE:
		here_moved(p, m);
		return;
	case MSG_KEEP:
		kept_put(p, m->text);
		return;
	case MSG_PING:
		answer_ping(p, m->seq);
		return;
	case MSG_BYE:
		p->leaves = true;
		peer_drop(p);
		return;
	default:
		peer_part(p, ERR_REFUSED, "a message that only a host sends");
	}
}

/* Of who has not been let in. */
static void
take_first(struct peer *p, struct message *m)
{
	if (m->type == MSG_BYE)
		peer_drop(p);
	else if (p->knock != NULL && m->type == MSG_PING)
		answer_ping(p, m->seq);
	else if (p->knock != NULL && (m->type == MSG_PRESENCE || m->type == MSG_KEEP))
		return;
	else if (p->knock == NULL && m->type == MSG_HELLO)
		greet(p, m);
	else if (p->knock == NULL && m->type == MSG_PIN)
		greet_pin(p, m);
	else
		peer_part(p, ERR_REFUSED, "the first line is a hello");
}

static void
take_line(struct peer *p, const char *line, size_t len)
{
	struct message m;
	struct err e = { 0 };

	p->ops++;
	if (!message_decode(line, len, &m, &e)) {
		peer_part(p, ERR_REFUSED, e.text);
		return;
	}
	if (p->greeted)
		take_message(p, &m);
	else
		take_first(p, &m);
	message_fini(&m);
}

/* Who asks and asks and does not take the answers would have them lie here. */
static bool
is_stuffed(struct peer *p)
{
	p->stuffed = stream_backlog(&p->s) > STUFFED;
	return p->stuffed;
}

static void
take_lines(struct peer *p)
{
	const char *line;
	size_t len;
	int got = 0;

	p->more = false;
	while (!p->dead && p->ops < ROUND_OPS && !is_stuffed(p) &&
	       (got = wire_line(&p->s.in, &line, &len)) == 1)
		take_line(p, line, len);
	if (!p->dead && got < 0)
		peer_part(p, ERR_REFUSED, "a line that is too long");
	p->more = !p->dead && p->ops >= ROUND_OPS;
	if (p->more)
		round_soon(p->host);
}

static void peer_ready(void *ctx, int fd, int ready);

/* A peer whose lines wait for their turn is not read any further. */
static void
watch(struct peer *p)
{
	if (!p->dead)
		loop_watch(p->host->loop, p->s.fd,
		    (p->more || p->stuffed ? 0 : LOOP_READ) | (p->waits_to_write ? LOOP_WRITE : 0),
		    peer_ready, p);
}

static void
write_some(struct peer *p)
{
	bool waited = p->waits_to_write;

	if (p->streaming)
		stream_more(p);
	if (!stream_flush(&p->s)) {
		peer_drop(p);
		return;
	}
	p->waits_to_write = p->streaming || stream_backlog(&p->s) > 0;
	if (p->stuffed && !is_stuffed(p)) {
		p->more = true; /* what it said meanwhile lies here */
		round_soon(p->host);
	}
	if (p->waits_to_write != waited)
		watch(p);
}

static void
peer_ready(void *ctx, int fd, int ready)
{
	struct peer *p = ctx;

	(void)fd;
	if (ready & LOOP_WRITE)
		write_some(p);
	if (p->dead || p->more)
		return;
	if ((ready & (LOOP_READ | LOOP_ERROR)) && !stream_fill(&p->s, FILL_SIZE)) {
		take_lines(p); /* what it said before it went */
		if (!p->more)
			peer_drop(p);
		return;
	}
	take_lines(p);
	if (p->more || p->stuffed)
		watch(p);
}

static void
greeting_due(void *ctx)
{
	struct peer *p = ctx;

	p->greeting_timer = 0;
	peer_part(p, ERR_REFUSED, "no hello came");
}

static void
drop_oldest_stranger(struct host *h)
{
	struct peer *oldest = NULL;
	size_t n = 0;

	for (size_t i = h->n_peers; i-- > 0;)
		if (!h->peers[i]->dead && !h->peers[i]->greeted && h->peers[i]->knock == NULL) {
			oldest = h->peers[i];
			n++;
		}
	if (n <= STRANGERS_MOST)
		return;
	peer_ready(oldest, oldest->s.fd, LOOP_READ); /* its hello may lie there unread */
	if (!oldest->dead && !oldest->greeted && oldest->knock == NULL)
		peer_part(oldest, ERR_NONE, "too many came without a hello: come again");
}

/* What is no socket was handed over by our own program. */
static unsigned long
account_of(int fd)
{
	struct ucred who;
	socklen_t len = sizeof who;

	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) == 0 ? who.uid : geteuid();
}

struct peer *
peer_add(struct host *h, int fd)
{
	struct peer *p = mem_zero(1, sizeof *p);

	p->host = h;
	p->uid = account_of(fd);
	p->is_own = p->uid == geteuid();
	stream_init(&p->s, fd);
	VEC_ROOM(h->peers, h->n_peers, h->cap_peers);
	h->peers[h->n_peers++] = p;
	p->greeting_timer = loop_after(h->loop, h->greeting_ms, greeting_due, p);
	loop_cancel(h->loop, h->linger_timer);
	h->linger_timer = 0;
	watch(p);
	drop_oldest_stranger(h);
	return p;
}

static void
listen_again(void *ctx)
{
	struct host *h = ctx;

	h->listen_timer = 0;
	peers_listen(h);
}

static void
accept_ready(void *ctx, int fd, int ready)
{
	struct host *h = ctx;
	int got;

	(void)ready;
	while ((got = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0) {
		struct peer *p = peer_add(h, got);
		if (!p->is_own && h->place.share == NULL)
			peer_part(p, ERR_REFUSED,
			    "this debrief is open to the account that runs it alone");
	}
	if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) {
		loop_unwatch(h->loop, fd);
		if (h->listen_timer == 0)
			h->listen_timer = loop_after(h->loop, PAUSE_MS, listen_again, h);
	}
}

void
peers_listen(struct host *h)
{
	loop_watch(h->loop, h->listen_fd, LOOP_READ, accept_ready, h);
	door_begin(h);
}

void
peers_flush(struct host *h)
{
	for (size_t i = 0; i < h->n_peers; i++)
		if (!h->peers[i]->dead &&
		    (h->peers[i]->streaming || stream_backlog(&h->peers[i]->s) > 0) &&
		    !h->peers[i]->waits_to_write)
			write_some(h->peers[i]);
}

static void
linger_due(void *ctx)
{
	struct host *h = ctx;

	h->linger_timer = 0;
	if (h->n_peers == 0)
		host_end(h);
}

static void
sweep(struct host *h)
{
	size_t kept = 0;

	for (size_t i = 0; i < h->n_peers; i++) {
		if (h->peers[i]->dead)
			peer_free(h->peers[i]);
		else
			h->peers[kept++] = h->peers[i];
	}
	h->n_peers = kept;
}

/* In the background, a host that nobody uses any more ends after a while. */
void
peers_rest(struct host *h)
{
	if (h->n_peers == 0 && !h->o.foreground && h->linger_timer == 0)
		h->linger_timer = loop_after(h->loop, h->o.linger_ms, linger_due, h);
}

void
peers_turn(struct host *h)
{
	knock_look(h);
	here_look(h);
	counts_look(h);
	offer_look(h);
	peers_flush(h);
	for (size_t i = 0; i < h->n_peers; i++) {
		struct peer *p = h->peers[i];
		bool had_more = p->more;
		p->ops = 0;
		if (p->dead || !had_more)
			continue;
		take_lines(p);
		if (!p->more)
			watch(p);
	}
	sweep(h);
	peers_rest(h);
}

void
peers_free(struct host *h)
{
	for (size_t i = 0; i < h->n_peers; i++)
		peer_part(h->peers[i], ERR_NONE, "the host ends");
	sweep(h);
	free(h->peers);
	sheet_drop(h->sheet);
}

size_t
peers_here(const struct host *h)
{
	size_t n = 0;

	for (size_t i = 0; i < h->n_peers; i++)
		n += h->peers[i]->greeted && !h->peers[i]->dead;
	return n;
}
