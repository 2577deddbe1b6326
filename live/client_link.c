#include "live/client_internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/id.h"
#include "base/when.h"

enum { BACK_MOST_MS = 2000, FILL_SIZE = 1 << 20 };

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
	c->ping_timer = c->tell_timer = 0;
	debrief_free(c->fresh);
	c->fresh = NULL;
}

void
link_end(struct client *c, enum err_kind kind, const char *reason)
{
	link_close(c);
	loop_cancel(c->loop, c->retry_timer);
	c->retry_timer = 0;
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
	if (!c->reconnect || !c->has_place) {
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
		c->heard_ms = clock_mono_ms();
		read_lines(c);
	}
	if (!there && c->s.fd == fd)
		link_lost(c, "the host is gone");
}

static void
ping(void *ctx)
{
	struct client *c = ctx;
	struct message m;

	c->ping_timer = 0;
	if (clock_mono_ms() - c->heard_ms > c->silence_ms) {
		link_lost(c, "the host does not answer");
		return;
	}
	message_init(&m, MSG_PING);
	m.seq = ++c->ping_number;
	c->ping_ms = clock_mono_ms();
	link_put(c, &m);
	link_flush(c);
	c->ping_timer = loop_after(c->loop, c->ping_every_ms, ping, c);
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
	c->heard_ms = clock_mono_ms();
	watch(c);
	say_hello(c);
	c->ping_timer = loop_after(c->loop, c->ping_every_ms, ping, c);
}

static void
start_failed(struct client *c, const struct err *e)
{
	bool said = c->why.kind == e->kind && strcmp(c->why.text, e->text) == 0;

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

static void
retry(void *ctx)
{
	struct client *c = ctx;
	struct err e = { 0 };

	c->retry_timer = 0;
	if (try_connect(c, &e))
		return;
	c->status_fd = e.kind == ERR_NONE ? c->launch(c->launch_ctx, &c->place, &e) : -1;
	if (c->status_fd >= 0)
		loop_watch(c->loop, c->status_fd, LOOP_READ, host_started, c);
	else
		start_failed(c, &e);
}

static void
retry_soon(struct client *c)
{
	if (c->retry_timer != 0)
		return;
	c->retry_timer = loop_after(c->loop, c->back_ms, retry, c);
	c->back_ms = c->back_ms * 2 < BACK_MOST_MS ? c->back_ms * 2 : BACK_MOST_MS;
}
