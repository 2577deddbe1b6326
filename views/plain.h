/* A session as a conversation, for screen readers and for terminals that cannot place a cursor: a
 * typed line goes in, sentences and what to run come out. It keeps the numbers that items have in
 * this conversation, what was told already, and the one line that waits for an answer. Pure: the
 * words come as text, each line of it a paragraph, and plain_wrap makes it ready to print. */
#ifndef VIEWS_PLAIN_H
#define VIEWS_PLAIN_H

#include <stdbool.h>

#include "commands/command.h"
#include "views/ui.h"

struct plain;

enum plain_want {
	PLAIN_SAY,   /* nothing but what was said */
	/* Send `op`, tell plain_sent, and its answer to plain_acked or plain_refused; accepted, run
	 * `line`, where there is one. */
	PLAIN_RUN,
	PLAIN_LEAVE, /* the person goes; `op`, when it has a command, is to be sent first */
	PLAIN_OWN,   /* `line` is of the session itself: "account ...", "held ...", "earlier" */
};

struct plain_out {
	enum plain_want what;
	struct op op; /* the caller's */
	char *line;   /* the caller's; or NULL */
};
void plain_out_fini(struct plain_out *o);

struct plain *plain_new(void);
void plain_free(struct plain *p);

/* Once, when the debrief is there: who is where, and how this works. Appended. */
void plain_begin(struct plain *p, const struct scene *sc, struct buf *out);
/* "causes> ", without a line's end; appended. */
void plain_prompt(const struct scene *sc, struct buf *out);

/* One line as it was typed, without its end. What there is to say at once is appended to `out`. */
void plain_line(struct plain *p, const struct scene *sc, const struct command_scene *cs,
    const char *typed, struct plain_out *o, struct buf *out);
/* The op of PLAIN_RUN is on its way (copied): its answers are told by the op's cid. */
void plain_sent(struct plain *p, const struct op *op);
/* The answer: `text` as the host's, a new item's id or "ok". Appends what became of it. */
void plain_acked(struct plain *p, const struct scene *sc, struct id cid, const char *text,
    struct buf *out);
void plain_refused(struct plain *p, struct id cid, const char *reason, struct buf *out);
/* There is no answer yet: says that it is kept. */
void plain_no_answer(const struct scene *sc, struct buf *out);

/* An op was applied; `cid` of one's own are known from plain_sent. */
void plain_changed(struct plain *p, const struct op *op);
/* A sentence of the host; a question of the host (ui.h): both are told with the next news. */
void plain_notice(struct plain *p, const struct scene *sc, const char *text);
void plain_asked(struct plain *p, const struct scene *sc, const struct ui_question *q);
/* The line to the host is lost; it is back. */
void plain_lost(struct plain *p, int64_t now_ns);
void plain_back(struct plain *p, int64_t now_ns);

/* What is new since the last time, as few sentences. `asked`: somebody wants to know, so that
 * nothing new is said, too. While it is quiet only stage, bell and questions are told. */
void plain_news(struct plain *p, const struct scene *sc, bool asked, struct buf *out);
/* What does not wait for the end of a line: the game day was stopped. True once. */
bool plain_urgent(struct plain *p, const struct scene *sc, struct buf *out);

/* Line editing ended without enter: it waits for its author. */
void plain_half(struct plain *p, const char *line);
/* The answer to a wording's question is still open (the room's bell waits for those who type). */
bool plain_typing(const struct plain *p);
/* What the host keeps for this person, one line of words; and bring it back, once, with a word of
 * welcome. Texts of other screens are passed over but for the half-typed text in them. */
void plain_keep(const struct plain *p, struct buf *out);
void plain_restore(
    struct plain *p, const struct scene *sc, const char *text, int64_t away_s, struct buf *out);

/* Paragraphs as lines of at most `cols` columns (20 and more), broken at spaces, what goes on
 * indented like its beginning; each ends in a newline. No control character leaves. `ascii`: as
 * tui/canvas.h says. */
void plain_wrap(struct buf *out, const char *text, int cols, bool ascii);

#endif
