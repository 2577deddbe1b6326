/* The screen before a debrief is opened: what is live now, open actions that are due, the last
 * debriefs, notes that wait, and whether what was done held; without a history what to begin with.
 * Drawn from plain data that the program gathers; keys go in, what to do comes out. */
#ifndef VIEWS_HOME_H
#define VIEWS_HOME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/id.h"
#include "base/mem.h"
#include "tui/canvas.h"
#include "tui/keys.h"

enum home_part { HOME_LIVE, HOME_DUE, HOME_LAST, HOME_NOTES, HOME_HELD, N_HOME_PARTS };

/* One line of it. Texts are owned, and may be NULL; days are since 1970, TIME_NONE: none. */
struct home_item {
	char *name;  /* the debrief to open; NULL: a note */
	char *title; /* live, last: the debrief's; due, held: the action's text; a note's text */
	char *who;   /* live: who leads; due, held: the owner */
	char *from;  /* live: the stage; due, held: the debrief's title */
	char *more;  /* due, held: done when; held: an open question about it wins */
	char *account; /* live: of another account; else NULL */
	char *origin;  /* due, held: where it began; NULL: it was carried over */
	struct id id;	/* of the action or note */
	int64_t number; /* the action's */
	int64_t day;	/* due, done, held, noted */
	int64_t at_ns;	/* live: when it began */
	int64_t left_s; /* live: of the clock, where it runs */
	int here;	/* live: people; -1: not known */
	size_t n_actions, n_done, n_overdue; /* last */
	bool runs, hidden, closed;
};

struct home {
	struct home_item *v[N_HOME_PARTS];
	size_t n[N_HOME_PARTS], cap[N_HOME_PARTS];
	size_t n_all;	   /* debriefs of the history, those not read too */
	bool history;	   /* there is one; else the first screen */
	const char *where; /* its folder as people write it, or where one would be made */
	bool in_git;	   /* the first screen: that folder is a git work tree already */
	const char *me;	   /* NULL: nobody said */
	int64_t now_ns, today;
	int offset_s; /* of the clock on the wall, east of UTC */
};
/* Room for one more; what it returns is cleared, and is the home's until home_fini. */
struct home_item *home_add(struct home *h, enum home_part part);
void home_item_fini(struct home_item *it);
void home_fini(struct home *h);

enum home_want {
	HOME_DRAW,
	HOME_REFRESH,	/* gather anew */
	HOME_OPEN,	/* the item's debrief; for an action its pane */
	HOME_JOIN_LIVE, /* the item's, which is live */
	HOME_SAY_HELD,	/* the answer to the item is `text`, to be its proof */
	HOME_BEGIN,	/* a debrief with the title `text` (the first screen: a history first) */
	HOME_RUN,	/* `text` is a line of the program's own grammar */
	HOME_DEMO,
	HOME_JOIN, /* `text`: a name, host:name, the line a guest was given; "": what is live */
	HOME_LEAVE
};
struct home_out {
	enum home_want what;
	const struct home_item *item; /* borrowed from the home */
	const char *text;	      /* borrowed until the next key */
};

/* The same without a screen, line by line, each item with its number from 1 on; appended. */
void home_text(const struct home *h, struct buf *out);
/* The item of that number, and its part; NULL: there is none. */
const struct home_item *home_numbered(const struct home *h, size_t number, enum home_part *part);

struct home_ui;
/* `commands`: "name\tnote" of each sub-command, for the `:` line; borrowed. */
struct home_ui *home_ui_new(const struct strs *commands);
void home_ui_free(struct home_ui *u);
void home_key(struct home_ui *u, const struct home *h, const struct key *k, struct home_out *out);
void home_draw(struct home_ui *u, const struct home *h, struct canvas *c);
/* One sentence in place of the hints; gone with the next key. */
void home_say(struct home_ui *u, const char *text);
/* Several letters at once, outside an editor: run nothing, and say so. */
void home_burst(struct home_ui *u);
bool home_typing(const struct home_ui *u);

#endif
