/* Shared by the files of the client. Private to live/. */
#ifndef LIVE_CLIENT_INTERNAL_H
#define LIVE_CLIENT_INTERNAL_H

#include "live/client.h"
#include "live/stream.h"

enum { BACK_MS = 50 }; /* before the first try to reach a host that is gone */

enum asked { ASK_NONE, ASK_WAITS, ASK_DONE, ASK_REFUSED };

struct client {
	struct loop *loop;
	struct place place;
	bool has_place; /* it can be found again */
	struct client_calls calls;
	void *ctx;
	char *name, *want;
	char *asked_name, *asked_role; /* as given; NULL: the host says */
	char *pin_name, *pin_role;
	char *secret;
	struct remote *remote; /* borrowed; NULL: found by its place */
	int skip_fd;	       /* a remote's, before the wire begins; or -1 */
	enum role_of role;
	bool reconnect;
	enum client_state state;
	struct stream s;
	bool waits_to_write;

	struct debrief *d;     /* NULL until the first join is complete */
	struct debrief *fresh; /* the replica that a join fills */
	uint64_t seq;	       /* of the last op applied */
	uint64_t since_seq;    /* of the last that also has a cid: from there it can go on */
	struct id since_cid;
	int64_t last_event_ns;

	struct op *sent; /* in order */
	size_t n_sent, cap_sent;

	struct message here; /* the last presence */
	int latency_ms;
	int ping_every_ms, silence_ms; /* so long no word after a ping: it is gone */
	int64_t ping_ms;
	int64_t unanswered_ms; /* the first ping since anything was heard; 0: none */
	uint64_t ping_timer, ping_number;
	char *pane, *item; /* presence not told yet */
	bool typing;
	int64_t told_ms;
	uint64_t tell_timer;
	char *keep; /* what the host is to keep; NULL: nothing yet */
	bool keep_told;
	int64_t kept_ms;
	uint64_t keep_timer;
	size_t readies; /* so often the stream was complete */

	place_launch_fn *launch;
	void *launch_ctx;
	int status_fd;
	int back_ms;
	uint64_t retry_timer;
	int failures; /* hosts that could not start, one after the other */
	struct err why;

	enum asked asked;
	struct id asked_cid;
	struct buf *answer;
	struct err refusal;
};

/* client_link.c: the connection. */
void link_begin(struct client *c, int fd); /* a new one: says hello */
void link_put(struct client *c, const struct message *m);
void link_flush(struct client *c);
void link_ping(struct client *c); /* now, and then now and then */
void link_lost(struct client *c, const char *why);
void link_end(struct client *c, enum err_kind kind, const char *reason);
void link_close(struct client *c);
void link_stop_trying(struct client *c);
/* Where this person is and what is to be kept, once more: the host is another one. */
void tell_again(struct client *c);
/* How to start a host when it is gone (tests). */
void client_set_launch(struct client *c, place_launch_fn *launch, void *ctx);

/* client_take.c: what the host says. */
void take_line(struct client *c, const char *line, size_t len);
void send_again(struct client *c);
/* The answer to an op of ours. */
void take_answer(struct client *c, struct id cid, enum err_kind kind, const char *text);

#endif
