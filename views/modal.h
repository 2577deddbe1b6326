/* Keys of what is open over a pane, and of the screens that have no panes: editors, lists and
 * questions. Tables of their own, since there letters may be text; what a key does, the hint line
 * and `?` are read from them. */
#ifndef VIEWS_MODAL_H
#define VIEWS_MODAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "tui/keys.h"

enum modal {
	MODAL_ADD,	/* a line that adds: the next one opens by itself */
	MODAL_KEEP,	/* a line that changes one thing */
	MODAL_TEXT,	/* a text of several lines */
	MODAL_EDITING,	/* keys of the editors' own, in all three */
	MODAL_COMMAND,	/* the `:` line */
	MODAL_FIND,	/* the `/` line */
	MODAL_FIND_ALL, /* the line that finds in every pane */
	MODAL_LIST,	/* lines to choose from */
	MODAL_MENU,	/* verbs by number */
	MODAL_HELP,
	MODAL_ASK,    /* a question that any of two keys answers */
	MODAL_SURE,   /* one that enter may have opened: another key answers */
	MODAL_BELL,   /* the ballot at the bell */
	MODAL_REVEAL, /* the reveal, when it asks by itself */
	MODAL_UNVEIL, /* the reveal, when its own key asked for it */
	MODAL_BOTH,   /* an edit over somebody else's */
	MODAL_RATE,   /* a number from 1 to 5 before leaving */
	MODAL_WORD,   /* and a word to it */
	MODAL_NUDGE,  /* a question about wording, beside an editor */
	MODAL_EVIDENCE, /* the timeline beside a cause: what the timeline does not keep for itself */
	MODAL_WELCOME,
	MODAL_SEAT,
	MODAL_OTHERS,
	MODAL_HOME,
	MODAL_HELD,  /* home: an action that is done: did it hold? */
	MODAL_FIRST, /* home without a history */
	N_MODALS
};

enum modal_act {
	DOES_NONE, /* not in the table: text, or nothing */
	DOES_DO,
	DOES_CLOSE,
	DOES_DOWN,
	DOES_UP,
	DOES_PAGE_DOWN,
	DOES_PAGE_UP,
	DOES_LEFT,
	DOES_RIGHT,
	DOES_FIRST,
	DOES_LAST,
	DOES_COMPLETE,
	DOES_WAIT,  /* later */
	DOES_NO,	   /* the other answer */
	DOES_PASS,  /* no answer, which counts as one */
	DOES_BACK,  /* the question before */
	DOES_WATCH, /* without a hand in it */
	DOES_EDIT,  /* the editor's own */
	DOES_PROGRAM, /* the person's own editor */
	DOES_ADD,
	DOES_FIND,
	DOES_COMMAND,
	DOES_HELP,
	DOES_REFRESH,
	DOES_LEAVE
};

struct modal_key {
	enum modal modal;
	const char *key; /* as tui/keys.h names it; "1-5" and "1-9" stand for digits, hints alone */
	enum modal_act act;
	const char *word; /* in the hint line: "adds"; NULL: not named there */
	const char *note; /* in `?`; NULL: not there */
};
extern const struct modal_key modal_keys[];
extern const size_t n_modal_keys;

enum modal_act modal_act(enum modal m, const struct key *k);
/* The key that does so first in the table, as shown; "" when none does. */
const char *modal_key_for(enum modal m, enum modal_act act);
/* The word beside it: "waits 30 s". */
const char *modal_word_for(enum modal m, enum modal_act act);
/* The number, from 0, that a key is in a list: digits, also unshifted AZERTY ones; -1: none. */
int modal_digit(const struct key *k);
/* "enter adds   esc or empty enter ends": whole hints, as many as go into `cols`. Appended. */
void modal_hints(enum modal m, int cols, struct buf *out);
/* "the time   enter does it   esc closes": a title, and the hints that still fit. Appended. */
void modal_title(enum modal m, const char *title, int cols, struct buf *out);

#endif
