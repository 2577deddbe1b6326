#include "live/client_internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/id.h"
#include "base/when.h"

enum {
	BACK_MOST_MS = 2000,
	BACK_REMOTE_MS = 15000, /* each try is a login there */
	SKIP_MS = 30000,	/* how long ssh may take to get to a relay */
	FILL_SIZE = 1 << 20
};

static void retry_soon(struct client *c);

void
link_close(struct client *c)
{
	if (c->s.fd >= 0) {
		loop_unwatch(c->loop, c->s.fd);
		stream_close(&c->s);
	}
	loop_cancel(c->loop, c->ping_timer);
	loop_cancel(c->loop, c->tell_timer);
	loop_cancel(c->loop, c->keep_timer);
	c->ping_timer = c->tell_timer = c->keep_timer = 0;
	debrief_free(c->fresh);
	c->fresh = NULL;
}

/* A descriptor that is watched while a connection comes about. */
static void
drop_fd(struct client *c, int *fd)
{
	if (*fd < 0)
		return;
	loop_unwatch(c->loop, *fd);
	close(*fd);
	*fd = -1;
}

void
link_stop_trying(struct client *c)
{
	loop_cancel(c->loop, c->retry_timer);
	c->retry_timer = 0;
	drop_fd(c, &c->status_fd);
	drop_fd(c, &c->skip_fd);
}

void
link_end(struct client *c, enum err_kind kind, const char *reason)
{
	link_close(c);
	link_stop_trying(c);
	c->state = CLIENT_ENDED;
	err_set(&c->why, kind != ERR_NONE ? kind : ERR_MISSING, "%s", reason);
	if (c->calls.ended != NULL)
		c->calls.ended(c->ctx, reason);
}

void
link_lost(struct client *c, const char *why)
{
	if (c->state == CLIENT_ENDED)
		return;
	link_close(c);
	if (!c->reconnect || (!c->has_place && c->remote == NULL)) {
		link_end(c, ERR_MISSING, why);
		return;
	}
	err_set(&c->why, ERR_MISSING, "%s", why);
	if (c->state != CLIENT_LOST) {
		c->state = CLIENT_LOST;
		if (c->calls.lost != NULL)
			c->calls.lost(c->ctx);
	}
	retry_soon(c);
}

static void
read_lines(struct client *c)
{
	const char *line;
	size_t len;
	int got = 0;

	while (c->s.fd >= 0 && (got = wire_line(&c->s.in, &line, &len)) == 1)
		take_line(c, line, len);
	if (c->s.fd >= 0 && got < 0)
		link_end(c, ERR_STORE,
		    "the host sent a line that is too long: what you see may be old: start again");
}

static void link_ready(void *ctx, int fd, int ready);

static void
watch(struct client *c)
{
	loop_watch(
	    c->loop, c->s.fd, LOOP_READ | (c->waits_to_write ? LOOP_WRITE : 0), link_ready, c);
}

void
link_flush(struct client *c)
{
	bool waits;

	/* A broken connection is found when it is read. */
	if (c->s.fd < 0 || !stream_flush(&c->s))
		return;
	waits = stream_backlog(&c->s) > 0;
	if (waits != c->waits_to_write) {
		c->waits_to_write = waits;
		watch(c);
	}
}

void
link_put(struct client *c, const struct message *m)
{
	if (c->s.fd >= 0)
		stream_put(&c->s, m);
}

static void
link_ready(void *ctx, int fd, int ready)
{
	struct client *c = ctx;
	bool there = true;

	if (ready & LOOP_WRITE)
		link_flush(c);
	if (ready & (LOOP_READ | LOOP_ERROR)) {
		there = stream_fill(&c->s, FILL_SIZE);
		c->unanswered_ms = 0;
		read_lines(c);
	}
	if (!there && c->s.fd == fd)
		link_lost(c, "the host is gone");
}

static void
ping(void *ctx)
{
	struct client *c = ctx;

	c->ping_timer = 0;
	if (c->unanswered_ms != 0 && clock_mono_ms() - c->unanswered_ms >= c->silence_ms)
		link_lost(c, "the host does not answer");
	else
		link_ping(c);
}

void
link_ping(struct client *c)
{
	struct message m;

	if (c->remote != NULL)
		remote_words(c->remote); /* a full pipe would stop it */
	message_init(&m, MSG_PING);
	m.seq = ++c->ping_number;
	c->ping_ms = clock_mono_ms();
	if (c->unanswered_ms == 0)
		c->unanswered_ms = c->ping_ms;
	link_put(c, &m);
	link_flush(c);
	loop_cancel(c->loop, c->ping_timer);
	c->ping_timer = loop_after(c->loop, c->ping_every_ms, ping, c);
}

static void
say_pin(struct client *c)
{
	struct message m = {
		.type = MSG_PIN, .name = c->pin_name, .role = c->pin_role, .last_ns = TIME_NONE
	};

	if (c->pin_name != NULL)
		link_put(c, &m);
}

static void
say_hello(struct client *c)
{
	struct message m;

	message_init(&m, MSG_HELLO);
	m.version = WIRE_VERSION;
	m.name = mem_dup(c->name != NULL ? c->name : c->asked_name);
	m.role = mem_dup(c->asked_role);
	m.client = mem_dup("debrief");
	m.want = mem_dup(c->want);
	m.secret = mem_dup(c->secret);
	if (c->d != NULL && id_some(c->since_cid)) {
		m.has_since = true;
		m.seq = c->since_seq;
		m.cid = c->since_cid;
	}
	link_put(c, &m);
	message_fini(&m);
	link_flush(c);
}

void
link_begin(struct client *c, int fd)
{
	stream_init(&c->s, fd);
	c->waits_to_write = false;
	c->state = CLIENT_JOINING;
	c->unanswered_ms = 0;
	watch(c);
	say_pin(c);
	say_hello(c);
	c->ping_timer = loop_after(c->loop, c->ping_every_ms, ping, c);
}

static void
start_failed(struct client *c, const struct err *e)
{
	bool said = c->why.kind == e->kind && strcmp(c->why.text, e->text) == 0;

	/* Another account's host starts when that account wants it. */
	if (c->remote != NULL || c->place.owner == NULL)
		c->failures++;
	c->why = *e;
	if (!said && c->calls.notice != NULL)
		c->calls.notice(c->ctx, e->text);
	retry_soon(c);
}

/* Reached: true. Nobody there: false without error. */
static bool
try_connect(struct client *c, struct err *e)
{
	int fd = place_connect(&c->place, e);

	if (fd >= 0)
		link_begin(c, fd);
	return fd >= 0;
}

static void
host_started(void *ctx, int fd, int ready)
{
	struct client *c = ctx;
	struct err e = { 0 };
	bool runs = place_launched(fd, &e);

	(void)ready;
	loop_unwatch(c->loop, fd);
	close(fd);
	c->status_fd = -1;
	if (!runs)
		start_failed(c, &e);
	else if (!try_connect(c, &e))
		retry_soon(
		    c); /* it was another that only looked; or one that listens in a moment */
}

/* The way there is not open yet: bytes of a login, or the end of it. */
static void
remote_ready(void *ctx, int fd, int ready)
{
	struct client *c = ctx;
	struct err e = { 0 };
	int got = remote_skip(c->remote, fd, &e);

	(void)ready;
	if (got == 0)
		return;
	loop_cancel(c->loop, c->retry_timer);
	c->retry_timer = 0;
	if (got < 0) {
		drop_fd(c, &c->skip_fd);
		start_failed(c, &e);
		return;
	}
	loop_unwatch(c->loop, fd);
	c->skip_fd = -1;
	link_begin(c, fd);
}

static void
remote_late(void *ctx)
{
	struct client *c = ctx;
	struct err e = { 0 };

	c->retry_timer = 0;
	drop_fd(c, &c->skip_fd);
	err_set(&e, ERR_MISSING, "%s does not answer: what you typed is kept: look at the network",
	    remote_host(c->remote));
	start_failed(c, &e);
}

static void
retry_remote(struct client *c)
{
	struct err e = { 0 };

	c->skip_fd = remote_start(c->remote, true, &e);
	if (c->skip_fd < 0) {
		start_failed(c, &e);
		return;
	}
	loop_watch(c->loop, c->skip_fd, LOOP_READ, remote_ready, c);
	c->retry_timer = loop_after(c->loop, SKIP_MS, remote_late, c);
}

static void
retry(void *ctx)
{
	struct client *c = ctx;
	struct err e = { 0 };

	c->retry_timer = 0;
	if (c->remote != NULL) {
		retry_remote(c);
		return;
	}
	if (try_connect(c, &e))
		return;
	c->status_fd = e.kind == ERR_NONE ? c->launch(c->launch_ctx, &c->place, &e) : -1;
	if (c->status_fd >= 0)
		loop_watch(c->loop, c->status_fd, LOOP_READ, host_started, c);
	else
		start_failed(c, &e);
}

/* Half of the time is chance, so that many who lost one host do not come back at one moment. */
static void
retry_soon(struct client *c)
{
	int most = c->remote != NULL ? BACK_REMOTE_MS : BACK_MOST_MS;
	int wait = c->back_ms / 2 + (int)(rand_bits() % ((unsigned)c->back_ms / 2 + 1));

	if (c->retry_timer != 0)
		return;
	c->retry_timer = loop_after(c->loop, wait, retry, c);
	c->back_ms = c->back_ms * 2 < most ? c->back_ms * 2 : most;
}
