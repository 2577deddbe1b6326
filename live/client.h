/* One end of the wire that belongs to a person or a script: keeps a replica, sends ops, knows what
 * is not safe yet, reconnects with back-off and sends again what was not acknowledged. */
#ifndef LIVE_CLIENT_H
#define LIVE_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/loop.h"
#include "live/place.h"
#include "live/remote.h"
#include "live/wire.h"

struct client;

enum client_state { CLIENT_CONNECTING, CLIENT_JOINING, CLIENT_READY, CLIENT_LOST, CLIENT_ENDED };

/* All optional. None may free the client. */
struct client_calls {
	void (*ready)(void *ctx);
	/* Just after it was applied to the replica. */
	void (*changed)(void *ctx, const struct op *op);
	void (*acked)(void *ctx, struct id cid, const char *text); /* the new id, or "ok" */
	void (*refused)(void *ctx, struct id cid, enum err_kind kind, const char *reason);
	void (*notice)(void *ctx, const char *text);
	/* A notice that asks something of this person (`want` of MSG_NOTICE, never ""): called
	 * instead of `notice`. */
	void (*asked)(void *ctx, const struct message *m);
	void (*kept)(void *ctx, const char *text, int64_t away_s); /* MSG_KEEP, after ready */
	void (*presence)(void *ctx);
	void (*lost)(void *ctx); /* it goes on trying */
	void (*ended)(void *ctx, const char *reason);
	void (*raw)(void *ctx, const char *line, size_t len); /* every line received (watch) */
};

struct client_options {
	const char *name; /* NULL: the host's own, git's user.name or the login */
	const char *role; /* NULL: what the name holds */
	/* "join", "watch", "projector", "console", or "read": not shown as being here */
	const char *want;
	bool reconnect;
	int fd; /* an already connected descriptor, or -1: place_reach, or `remote` */
	const char *pin_name, *pin_role; /* of a forced command; said before the hello; NULL: none */
	const char *secret; /* live/secret.h; NULL: none, then hidden cards are nobody's */
	struct remote *remote; /* reached by ssh (live/remote.h, borrowed); NULL: by its place */
};

/* Connected, and on its way to be ready; `place` (copied; may be NULL where `fd` is given) is where
 * it looks when the host is gone. NULL with what the host said when none could be reached. */
struct client *client_new(struct loop *loop, const struct place *place,
    const struct client_options *o, const struct client_calls *calls, void *ctx, struct err *e);
void client_free(struct client *c);

enum client_state client_state(const struct client *c);
/* The replica; NULL until it was ready once. After a reconnect it may be another object. */
const struct debrief *client_debrief(const struct client *c);
const char *client_name(const struct client *c);
enum role_of client_role(const struct client *c);
size_t client_unsafe(const struct client *c);  /* ops sent and not acknowledged */
int client_latency_ms(const struct client *c); /* -1 unknown */
/* `at` of the event this person added last, or TIME_NONE: from the welcome, then from own accepted
 * ops. */
int64_t client_last_event_ns(const struct client *c);
const struct here *client_here(const struct client *c, size_t *n);
struct counts client_counts(const struct client *c);

/* Send an op (taken over; its cid is filled in when empty and returned). With `by` set it is sent
 * for a seat of that name: the host says whether this client may. What cannot be sent is
 * refused through the calls at once; what cannot be sent now is kept and sent when it can. */
struct id client_send(struct client *c, struct op *op);
void client_presence(struct client *c, const char *pane, const char *item, bool typing);
/* What the host is to give back when this person comes again; told at most five times a second.
 * NULL or "": nothing any more. */
void client_keep(struct client *c, const char *text);
/* Blocking convenience for scripts, runs the loop: true when acknowledged (`text` appended to out),
 * false when refused (e says why, with its kind) or the host is gone for good. */
bool client_ask(struct client *c, struct op *op, struct buf *text, struct err *e);
bool client_wait_ready(struct client *c, struct err *e);

#endif
