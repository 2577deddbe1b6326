/* The wire: one JSON object a line, at most 256 KiB. The same over a Unix socket and over ssh.
 * Every message is in the table of wire_example.c; debrief-wire(5) is made from it. */
#ifndef LIVE_WIRE_H
#define LIVE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "model/op.h"

enum { WIRE_VERSION = 1, WIRE_LINE_MAX = 256 * 1024 };

enum message_type {
	/* client: version, name, role, client, secret (26 letters of base32: proves whose the hidden
	 * and anonymous cards are), want ("join", "watch", "projector", "console", "read",
	 * "step-down"); has_since: seq and cid of the last op received, to go on from there */
	MSG_HELLO,
	/* client: an op with its cid. host: with its seq, which is 0 in the stream of a join and in
	 * all but the last part of an op too long for one line */
	MSG_OP,
	/* client: pane, item, typing. host: who is here, and the counts */
	MSG_PRESENCE,
	MSG_PING,
	MSG_PONG,
	/* host: version, name ("you"), role, seq, text (the debrief's name), item (its id), hidden,
	 * has_since (it goes on from there; else all of it follows), and `last_ns`: the time of the
	 * event this person added last (bare times in commands take its date) */
	MSG_WELCOME,
	MSG_READY,  /* host: the stream is complete up to seq, whose op had the cid */
	MSG_ACK,    /* host: cid, seq (0: not an op), text: what to tell (new id, "ok") */
	MSG_REFUSE, /* host: cid, kind (exit status), text (the reason) */
	/* host: text, a sentence ("saved 1a2b3c4: 3 events added"); want: "" or what is asked of
	 * this person: "offer" (the facilitator's role: `give facilitator ME` takes it), "knock"
	 * (name stands at the door), "waits" (it is this client that stands there), "tie" (item:
	 * "ID,ID"), "break", "removed" */
	MSG_NOTICE,
	MSG_BYE,    /* host: text (the reason), kind (ERR_NONE: come again). client: it leaves */
	/* First of all on a connection that a forced command opened: name, role. The hello after it
	 * may say nothing else, and has no rights of the account. */
	MSG_PIN,
	/* client: text, what is to be given back to the same person when it comes again (the
	 * half-typed line, where it was): of no meaning to the host, in its memory alone. host,
	 * after ready: the same text, away_s */
	MSG_KEEP,
	N_MESSAGES
};

struct here { /* one who is here */
	char *name, *role, *pane, *item;
	char *want; /* "join" where absent, "watch", "projector", "console", "seat" */
	bool typing, ready;
	int64_t away_s; /* 0: connected */
};

/* What is told as numbers alone. While a column is hidden or anonymous or a vote is open they move
 * every 15 seconds at most, and nothing of it stands beside a name. */
struct counts {
	int64_t written; /* hidden cards */
	int64_t typing, ready;
	int64_t voted; /* ballots given */
	int64_t voters; /* who has given all of theirs */
};

struct message {
	enum message_type type;
	int64_t version;
	char *name, *role, *client, *want, *text, *pane, *item, *secret;
	struct id cid;
	uint64_t seq;
	enum err_kind kind;
	bool typing, has_since;
	uint64_t hidden;   /* MSG_WELCOME: items not shown yet */
	int64_t last_ns;   /* MSG_WELCOME; TIME_NONE: none yet */
	struct op op;	   /* MSG_OP */
	struct here *here; /* MSG_PRESENCE from the host */
	size_t n_here;
	struct counts counts; /* the same */
	int64_t away_s;	      /* MSG_KEEP from the host: so long ago */
};

void message_init(struct message *m, enum message_type type);
void message_fini(struct message *m);
void message_encode(const struct message *m, struct buf *out); /* with the newline */
/* Bytes that are no message: ERR_REFUSED with what is wrong. `m` on success only. */
bool message_decode(const char *line, size_t len, struct message *m, struct err *e);

/* An op as lines of at most WIRE_LINE_MAX, each an MSG_OP: one, or where it is longer several that
 * do the same when they are applied in order; only the last carries the seq. An unknown member that
 * fits no line is left out. Appended. */
void wire_put_op(const struct op *op, struct buf *out);

/* Cuts a stream into lines. */
struct wire_in {
	struct buf bytes;
	size_t scanned, taken;
};
void wire_feed(struct wire_in *in, const char *bytes, size_t len);
/* The next whole line (borrowed until the next call), without its newline. 1 yes, 0 more bytes
 * needed, -1 too long. */
int wire_line(struct wire_in *in, const char **line, size_t *len);
void wire_in_fini(struct wire_in *in);

struct wire_example {
	const char *from, *name, *line, *means;
};
extern const struct wire_example wire_examples[];
extern const size_t n_wire_examples;

#endif
