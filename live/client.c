#include "live/client.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/id.h"
#include "base/when.h"
#include "live/client_internal.h"

enum {
	PING_MS = 5000, /* with the silence: a dead link is noticed within 15 seconds */
	SILENCE_MS = 10000,
	TELL_MS = 200,
	KEEP_MOST = 64 * 1024,
	FAILURES_MOST = 3
};

static void
keep_place(struct client *c, const struct place *p)
{
	c->has_place = p != NULL;
	if (p != NULL)
		place_dup(&c->place, p);
}

/* A connected descriptor, or -1. */
static int
reach(const struct place *place, const struct client_options *o, struct err *e)
{
	int fd;

	if (o->fd >= 0)
		return o->fd;
	if (o->remote == NULL)
		return place_reach(place, e);
	fd = remote_take(o->remote);
	return fd < 0 && remote_open(o->remote, e) ? remote_take(o->remote) : fd;
}

static void
keep_options(struct client *c, const struct client_options *o)
{
	c->asked_name = mem_dup(o->name);
	c->asked_role = mem_dup(o->role);
	c->want = mem_dup(o->want);
	c->pin_name = mem_dup(o->pin_name);
	c->pin_role = mem_dup(o->pin_role);
	c->secret = mem_dup(o->secret);
	c->remote = o->remote;
	c->reconnect = o->reconnect;
}

struct client *
client_new(struct loop *loop, const struct place *place, const struct client_options *o,
    const struct client_calls *calls, void *ctx, struct err *e)
{
	int fd = reach(place, o, e);
	struct client *c;

	if (fd < 0)
		return NULL;
	c = mem_zero(1, sizeof *c);
	c->loop = loop;
	keep_place(c, place);
	keep_options(c, o);
	c->calls = *calls;
	c->ctx = ctx;
	c->last_event_ns = TIME_NONE;
	c->latency_ms = -1;
	c->status_fd = c->skip_fd = -1;
	c->back_ms = BACK_MS;
	c->ping_every_ms = PING_MS;
	c->silence_ms = SILENCE_MS;
	c->launch = place_launch;
	message_init(&c->here, MSG_PRESENCE);
	link_begin(c, fd);
	return c;
}

void
client_set_launch(struct client *c, place_launch_fn *launch, void *ctx)
{
	c->launch = launch;
	c->launch_ctx = ctx;
}

static void tell_keep(void *ctx);

static void
say_bye(struct client *c)
{
	struct message m;

	message_init(&m, MSG_BYE);
	link_put(c, &m);
	link_flush(c);
}

void
client_free(struct client *c)
{
	if (c == NULL)
		return;
	if (c->state == CLIENT_READY) {
		if (c->keep_timer != 0)
			tell_keep(c); /* what was typed last, too */
		say_bye(c);
	}
	link_close(c);
	link_stop_trying(c);
	for (size_t i = 0; i < c->n_sent; i++)
		op_fini(&c->sent[i]);
	free(c->sent);
	message_fini(&c->here);
	debrief_free(c->d);
	free(c->name);
	free(c->want);
	free(c->asked_name);
	free(c->asked_role);
	free(c->pin_name);
	free(c->pin_role);
	free(c->secret);
	free(c->pane);
	free(c->item);
	free(c->keep);
	place_fini(&c->place);
	free(c);
}

enum client_state
client_state(const struct client *c)
{
	return c->state;
}

const struct debrief *
client_debrief(const struct client *c)
{
	return c->d;
}

const char *
client_name(const struct client *c)
{
	return c->name != NULL ? c->name : c->asked_name;
}

enum role_of
client_role(const struct client *c)
{
	return c->role;
}

size_t
client_unsafe(const struct client *c)
{
	return c->n_sent;
}

int
client_latency_ms(const struct client *c)
{
	return c->latency_ms;
}

int64_t
client_last_event_ns(const struct client *c)
{
	return c->last_event_ns;
}

const struct here *
client_here(const struct client *c, size_t *n)
{
	*n = c->here.n_here;
	return c->here.here;
}

struct counts
client_counts(const struct client *c)
{
	return c->here.counts;
}

/* False: it can never be sent. */
static bool
put_op(struct client *c, const struct op *op)
{
	struct message m = {
		.type = MSG_OP, .last_ns = TIME_NONE, .op = *op
	}; /* borrowed: not message_fini'd */
	size_t before = c->s.out.len;

	link_put(c, &m);
	if (c->s.out.len - before <= WIRE_LINE_MAX + 1)
		return true;
	c->s.out.len = before;
	c->s.out.data[before] = '\0';
	return false;
}

static void
send_one(struct client *c, const struct op *op)
{
	if (!put_op(c, op))
		take_answer(c, op->cid, ERR_REFUSED,
		    "that is more than goes into one change (256 KiB): nothing was changed: make "
		    "it in parts");
}

void
send_again(struct client *c)
{
	for (size_t i = 0; i < c->n_sent;) {
		size_t before = c->n_sent;
		send_one(c, &c->sent[i]);
		i += c->n_sent == before;
	}
	link_flush(c);
}

struct id
client_send(struct client *c, struct op *op)
{
	struct id cid;

	if (!id_some(op->cid))
		op->cid = id_random();
	cid = op->cid;
	VEC_ROOM(c->sent, c->n_sent, c->cap_sent);
	c->sent[c->n_sent++] = *op;
	*op = (struct op){ .at_ns = TIME_NONE };
	if (c->state == CLIENT_ENDED)
		take_answer(c, cid, c->why.kind, c->why.text);
	else if (c->state == CLIENT_READY)
		send_one(c, &c->sent[c->n_sent - 1]);
	link_flush(c);
	return cid;
}

static void
tell(void *ctx)
{
	struct client *c = ctx;
	struct message m = { .type = MSG_PRESENCE,
		.pane = c->pane,
		.item = c->item,
		.typing = c->typing,
		.last_ns = TIME_NONE };

	c->tell_timer = 0;
	c->told_ms = clock_mono_ms();
	link_put(c, &m);
	link_flush(c);
}

static void
tell_keep(void *ctx)
{
	struct client *c = ctx;
	struct message m = { .type = MSG_KEEP, .text = c->keep, .last_ns = TIME_NONE };

	c->keep_timer = 0;
	c->kept_ms = clock_mono_ms();
	c->keep_told = true;
	link_put(c, &m);
	link_flush(c);
}

void
tell_again(struct client *c)
{
	if (c->pane != NULL || c->item != NULL)
		tell(c);
	if (c->keep != NULL && (c->keep[0] != '\0' || !c->keep_told))
		tell_keep(c);
}

void
client_keep(struct client *c, const char *text)
{
	int64_t wait = c->kept_ms + TELL_MS - clock_mono_ms();

	if (text == NULL || strlen(text) > KEEP_MOST)
		text = "";
	if (strcmp(c->keep != NULL ? c->keep : "", text) == 0)
		return;
	free(c->keep);
	c->keep = mem_dup(text);
	c->keep_told = false;
	if (c->state != CLIENT_READY || c->keep_timer != 0)
		return;
	if (wait <= 0)
		tell_keep(c);
	else
		c->keep_timer = loop_after(c->loop, (int)wait, tell_keep, c);
}

void
client_presence(struct client *c, const char *pane, const char *item, bool typing)
{
	int64_t wait = c->told_ms + TELL_MS - clock_mono_ms();

	free(c->pane);
	free(c->item);
	c->pane = mem_dup(pane);
	c->item = mem_dup(item);
	c->typing = typing;
	if (c->state != CLIENT_READY || c->tell_timer != 0)
		return;
	if (wait <= 0)
		tell(c);
	else
		c->tell_timer = loop_after(c->loop, (int)wait, tell, c);
}

/* Is there any sense in waiting? */
static bool
hopeless(const struct client *c)
{
	return c->state == CLIENT_ENDED || c->failures >= FAILURES_MOST;
}

bool
client_ask(struct client *c, struct op *op, struct buf *text, struct err *e)
{
	bool done;

	if (!id_some(op->cid))
		op->cid = id_random();
	c->asked_cid = op->cid;
	c->asked = ASK_WAITS;
	c->answer = text;
	client_send(c, op);
	while (c->asked == ASK_WAITS && !hopeless(c))
		loop_once(c->loop, -1);
	done = c->asked == ASK_DONE;
	if (!done && e != NULL)
		*e = c->asked == ASK_REFUSED ? c->refusal : c->why;
	c->asked = ASK_NONE;
	c->answer = NULL;
	return done;
}

bool
client_wait_ready(struct client *c, struct err *e)
{
	while (c->state != CLIENT_READY && !hopeless(c))
		loop_once(c->loop, -1);
	if (c->state == CLIENT_READY)
		return true;
	if (e != NULL)
		*e = c->why;
	return false;
}
