/* Private to the files of the conversation (session_plain*.c). */
#ifndef CLI_SESSION_PLAIN_H
#define CLI_SESSION_PLAIN_H

#include "cli/session_state.h"
#include "views/plain.h"

struct talk {
	struct session s;
	struct plain *plain;
	struct debrief room; /* what is seen while the curtain is down; shallow */
	struct buf in;	     /* read, and not yet a whole line */
	struct buf said;     /* to be printed with the end of this turn */
	struct strs todo;    /* lines of the grammar, to be sent one after the other */
	struct strs texts;   /* of the account: the key of each, or "" */
	char *releases;	     /* the key of the one on its way; or NULL */
	struct id cid;	     /* of the op whose answer is waited for */
	uint64_t wait_timer;
	bool waits; /* for that answer: no line is read meanwhile */
	bool prompted; /* a line is open, or may be */
	bool interrupted; /* by ctrl-c, and nothing was typed since */
	bool half; /* it ended in the middle of a line */
};

struct scene talk_scene(struct talk *t);
/* The turn is over: what was said, what is new, the prompt. */
void talk_done(struct talk *t);
/* Something that does not wait for the end of the turn. */
void talk_now(struct talk *t, const char *text);
void talk_send(struct talk *t, struct op *op); /* takes the op over */

/* session_plain_client.c */
extern const struct client_calls talk_calls;

/* session_plain_own.c: account, earlier */
void talk_own(struct talk *t, const char *line);
/* The next of `todo`, if there is one: true. */
bool talk_next(struct talk *t);
void talk_released(struct talk *t); /* the one on its way was accepted */

#endif
