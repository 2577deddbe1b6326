/* Private to the files of the home screen (home*.c). */
#ifndef VIEWS_HOME_STATE_H
#define VIEWS_HOME_STATE_H

#include "base/buf.h"
#include "tui/edit.h"
#include "views/home.h"
#include "views/modal.h"

enum home_mode {
	HOME_CHOOSING,
	HOME_FINDING,
	HOME_TITLING,	/* of a debrief to begin */
	HOME_COMMANDING,
	HOME_JOINING,
	HOME_HELPING
};

enum { HOME_ANSWERS = 3, HOME_OFFERS = 3 };

struct home_ui {
	enum home_mode mode;
	enum home_part part;
	size_t at[N_HOME_PARTS]; /* the chosen one of each part, among those that are shown */
	int scroll[N_HOME_PARTS], answer, offer, choice, help_scroll, rows, top;
	struct edit *edit;
	struct strs history; /* of the `:` line */
	const struct strs *commands;
	char *said, *text, *find; /* find: what is left out does not hold these words; NULL */
};

/* Items of a part that are shown, and the i-th of them. */
size_t home_shown(const struct home_ui *u, const struct home *h, enum home_part part);
const struct home_item *home_nth(
    const struct home_ui *u, const struct home *h, enum home_part part, size_t i);
const struct home_item *home_chosen(const struct home_ui *u, const struct home *h);
/* The commands that the `:` line's words may mean, as indices; at most `most`. */
size_t home_commands(const struct home_ui *u, size_t *out, size_t most);
enum modal home_modal(const struct home_ui *u, const struct home *h);

/* home_rows.c */
void home_row(const struct home *h, const struct home_item *it, enum home_part part, bool chosen,
    struct canvas *c, struct rect at);
void home_strip(const struct home_ui *u, const struct home *h, struct canvas *c, struct rect at);
void home_held(const struct home_ui *u, const struct home *h, struct canvas *c, struct rect at);
/* "5 days over"; "8 actions, 1 done". Appended. */
void home_put_due(const struct home *h, int64_t day, struct buf *out);
void home_put_actions(const struct home_item *it, struct buf *out);
/* home_first.c */
void home_first_draw(const struct home_ui *u, const struct home *h, struct canvas *c);

#endif
