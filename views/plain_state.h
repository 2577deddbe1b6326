/* Private to the files of the conversation (plain*.c). */
#ifndef VIEWS_PLAIN_STATE_H
#define VIEWS_PLAIN_STATE_H

#include "views/plain.h"
#include "views/words.h"

enum {
	PLAIN_ROWS = 12,      /* of a list, then it says how many more */
	PLAIN_NAMED_MOST = 12, /* new items that are told by number, not by count alone */
	PLAIN_SENT_MOST = 8,
	PLAIN_ASKED_MOST = 8,
};

/* An item as it was when it was last told of. */
struct plain_item {
	struct id id, group; /* group: of a card */
	enum kind kind;
	uint64_t hash; /* of what one is told of it */
	bool hidden;   /* a column */
};

struct plain_items { /* sorted by id */
	struct plain_item *v;
	size_t n, cap;
};

/* What else was told: the room. */
struct plain_room {
	char *stage, *prompt, *speaker;
	enum role_of role;
	enum status status;
	int64_t votes_each, unseen, timer_ends_ns, aborted_ns, curtain_ns, confirmed_ns, started_ns;
	size_t people;
	struct id focus;
	bool locked;
};

/* Something the person has to answer. */
struct plain_question {
	char *text, *line;
};

struct plain {
	struct id *numbers; /* number 1 is numbers[0] */
	size_t n_numbers, cap_numbers;
	struct plain_items items;
	struct plain_room room;
	struct strs own;     /* ids that this person changed since the last news */
	struct strs notices; /* of the host */
	struct op sent[PLAIN_SENT_MOST];
	size_t n_sent;
	struct plain_question asked[PLAIN_ASKED_MOST];
	size_t n_asked;
	char *held;	  /* a line that waits: for its wording, or half typed */
	char *dayless;	  /* lines of times without a day, that wait until somebody says it */
	char *confirm;	  /* the line that is said once more to do it */
	char *missing;	  /* why no wording is asked about, as it was told; NULL: it was not */
	struct strs rest; /* of a long list, for `more` */
	size_t prompt;	  /* which question of the stage was said last */
	int64_t lost_ns;  /* since when the host is not reached; 0: it is */
	int64_t back_ns;  /* it was away so long, to be told; 0: nothing */
	int64_t saved_ns; /* of the last commit known of; 0: none */
	int64_t rung_ns;  /* asked_until of the ballot that was put; 0: none */
	size_t own_items; /* accepted since it began */
	bool quiet, not_following;
	bool replaced;	 /* the line on its way says another one anew */
	bool clock_told; /* by the sentence of the stage */
	bool held_told;	 /* in this turn, what may be done with `held` */
	bool owes;	 /* the news tell what became of the last command, else it is said */
	bool asked_told; /* the first of `asked` was put */
};

/* plain.c */
/* What was typed, harmless and on one line; keys that are no text are taken out. Appended. */
void plain_take_keys_out(const char *typed, struct buf *out);

/* plain_text.c: sentences */
/* Append a word as a sentence of the paragraph, after a space where there is one before it. */
#define plain_say(out, w, ...) (plain_gap(out), word_put((out), (w), __VA_ARGS__))
void plain_gap(struct buf *out);
void plain_end(struct buf *out); /* ends the paragraph, where one is open */
void plain_put(struct buf *out, const char *text); /* somebody's words, harmless, on one line */
void plain_put_sentence(struct buf *out, const char *text); /* the same, with an end */
/* The program's own errors: they begin with a capital and end in a full stop. */
void plain_put_error(struct buf *out, const char *text);
void plain_put_minutes(struct buf *out, int64_t s); /* "4 minutes", "40 seconds" */
void plain_put_clock(struct buf *out, const struct scene *sc); /* "4 minutes.", "2 minutes over." */
/* "1, 3 to 8", "5 and 7": of `n` numbers, which are sorted by it. */
void plain_put_numbers(struct buf *out, int64_t *v, size_t n);

/* plain_number.c */
int64_t plain_number(struct plain *p, struct id id); /* gives one where it has none */
int64_t plain_numbered(const struct plain *p, struct id id); /* 0: it has none yet */
/* The item of a number; ERR_MISSING: none has it, or it is gone. */
bool plain_of_number(const struct plain *p, const struct debrief *d, int64_t number,
    struct id *out, struct err *e);
/* Words of the grammar from a typed line: numbers become ids, a text needs no quotes. */
bool plain_words(const struct plain *p, const struct command_scene *cs, const char *typed,
    struct strs *out, struct err *e);
void plain_name_ids(const struct plain *p, const char *text, struct buf *out); /* the reverse */

/* plain_read.c */
const char *plain_text_of(enum kind kind, const struct item *it); /* never NULL */
void plain_read_item(struct plain *p, const struct scene *sc, struct id id, struct buf *out);
void plain_read(struct plain *p, const struct scene *sc, const struct command_scene *cs,
    const char *rest, struct buf *out);
/* "We heard it late" of a group, else the text of a card. */
void plain_put_topic(struct plain *p, const struct scene *sc, struct id id, struct buf *out);

/* plain_where.c */
void plain_where(struct plain *p, const struct scene *sc, const char *pane, struct buf *out);
void plain_more(struct plain *p, struct buf *out);
/* "Stage: causes, fourth of seven. 22 minutes. Everybody sees what you add now." */
void plain_put_stage(const struct scene *sc, struct buf *out);
/* The topic after the one that the room is at, by votes: what goes there, and what sets the clock to
 * its share; both yours, NULL where there is none. */
void plain_next_topic(const struct scene *sc, char **line, char **then);
void plain_put_votes_left(const struct scene *sc, struct buf *out);

/* plain_who.c */
void plain_who(const struct scene *sc, struct buf *out);
void plain_put_ready(const struct scene *sc, struct buf *out);

/* plain_items.c: the debrief as it was told */
void plain_items_of(struct plain_items *out, const struct debrief *d);
void plain_items_fini(struct plain_items *v);
const struct plain_item *plain_items_find(const struct plain_items *v, struct id id);

/* plain_room.c: the room as it was told, and what of it is new */
void plain_put_aborted(const struct scene *sc, struct buf *out);
void plain_room_of(struct plain_room *out, const struct scene *sc);
void plain_room_fini(struct plain_room *r);
/* Told and noted; not `loud`: the stage alone. */
void plain_put_room(struct plain *p, const struct scene *sc, bool loud, struct buf *out);

/* plain_ask.c: what waits for an answer */
void plain_put_question(struct plain *p, const struct scene *sc, struct buf *out);
/* "yes" or "no": the line that it runs, yours; NULL: it was said what became of it. */
char *plain_answer(struct plain *p, const struct scene *sc, bool yes, struct buf *out);
/* Must this line be said twice? Then it is said why, and true. */
bool plain_confirm(struct plain *p, const struct scene *sc, const char *line, struct buf *out);
/* Does a rule of wording find something in it? Then its question is asked, and true. */
bool plain_wording(const struct scene *sc, const struct op *op, struct buf *out);
/* That the language has no rules, and so nothing is asked: said once, with the first text. */
void plain_missing_rules(struct plain *p, const struct scene *sc, const struct op *op, struct buf *out);

/* plain_day.c */
/* Is nothing wrong with the line but that its time has no day? Then it waits, that is said, and true. */
bool plain_wants_day(
    struct plain *p, const struct command_scene *cs, const char *line, struct buf *out);
/* While lines wait: the line that says the day that was typed; nothing typed and somebody said the
 * day already: the first that waited, taken. Yours; NULL: neither. */
char *plain_day_line(struct plain *p, const struct command_scene *cs, const char *typed);

bool plain_says_day(const struct op *op); /* is it `set day=DATE`? */

/* plain_help.c */
void plain_help(struct plain *p, const struct scene *sc, const char *about, struct buf *out);
/* A line that is no command: what it could have been. */
void plain_no_command(const struct scene *sc, const char *line, struct buf *out);

/* plain_said.c: what became of a command */
void plain_put_done(struct plain *p, const struct scene *sc, const struct op *op, const char *text,
    struct buf *out);

#endif
