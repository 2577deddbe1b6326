/* Private to the board's files. */
#ifndef VIEWS_BOARD_PARTS_H
#define VIEWS_BOARD_PARTS_H

#include "views/deck.h"
#include "views/draw.h"

/* What the board is for just now. */
enum board_look {
	LOOK_CARDS,  /* read, edit, group */
	LOOK_TOPICS, /* one topic after the other, by votes */
	LOOK_WRITE,  /* something is hidden: own cards, the others' as a number */
	LOOK_VOTE,
};

struct board {
	struct deck k;
	enum board_look look;
	struct pane_state *s;
	const struct scene *sc;
	struct canvas *c; /* NULL: nothing is drawn */
};
void board_init(struct board *b, struct pane_state *s, const struct scene *sc, struct canvas *c);
void board_fini(struct board *b);

/* Which columns are side by side in `w` columns of cells, and where: the page of them that the
 * cursor's is on. */
struct board_page {
	size_t first, n;
	int w; /* of each; the first `wider` of them have one more */
	int wider;
};
struct board_page board_page_of(const struct deck *k, int w);
struct rect board_page_rect(const struct board_page *p, struct rect r, size_t nth);

/* Rows over the headings: the question, own votes, the entry's box. */
int board_top_rows(const struct board *b, struct rect r); /* 0: there is no room for any */
void board_top(const struct board *b, struct rect r);	  /* into the first so many rows of it */
/* The entry's box in there; h 0: none. */
struct rect board_entry_box(const struct board *b, struct rect r);
/* Headings and cards. */
void board_columns(struct board *b, struct rect r);
/* Two rows at the bottom of an open vote. */
void board_standing(const struct board *b, struct rect r);
/* Ideas under the columns, in the stage that is for them; 0: none are shown. */
int board_ideas_rows(const struct board *b, struct rect r);
void board_ideas(const struct board *b, struct rect r);
bool board_bell_mine(const struct scene *sc); /* may who looks answer the ballot? */
void board_topics(struct board *b, struct rect r);

/* "●●●○○", for more than a few "●7 ○3"; appended. */
void put_votes(struct buf *out, int64_t given, int64_t left);

/* What came of the selected topic: actions, open questions, notes. */
int board_came(const struct board *b, struct rect r);
int board_strip(struct board *b, struct rect r); /* rows it would like */
enum answer board_verb(struct board *b, enum verb_of_key v, struct rect r, struct view_answer *out);

#endif
