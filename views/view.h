/* A view is a struct of functions: it draws a pane from a scene, moves its own selection, and
 * turns a verb into a command. It knows nothing of other views. */
#ifndef VIEWS_VIEW_H
#define VIEWS_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "tui/canvas.h"
#include "tui/keys.h"
#include "views/scene.h"

/* What a pane remembers between frames; plain, copied by value, but `folded`. Ids, no pointers. */
struct pane_state {
	struct id selected; /* none: the first */
	int scroll;	    /* first row shown, where a view scrolls */
	int layout;	    /* 0: by size; else the view's own numbers from 1 */
	int filter;
	struct strs folded; /* ids of folded items */
	size_t place;	    /* of the selected item in reading order: who follows when it is gone */
	int frame_rows;	    /* of the whole frame, as frame_pane saw it last; 0: not known */
	bool unselected;    /* nothing stands out as selected: drawn for a room */
	int layout_before;  /* the fishbone: where leaving the ladder or the other fish leads */
	int layout_now;	    /* the fishbone: as it was drawn last, the one chosen by size too */
	struct id away;	    /* the fishbone: what is selected on the side not shown */
	struct id column;   /* the board: that of the selected card, who follows it there when it is gone */
};

/* Movements and verbs that a key stands for (views/bindings.h maps keys to them). */
enum verb_of_key {
	DO_NOTHING,
	DO_UP, DO_DOWN, DO_LEFT, DO_RIGHT, DO_FIRST, DO_LAST, DO_PAGE_UP, DO_PAGE_DOWN,
	DO_ACROSS /* tab within */,
	DO_FOLD, DO_ZOOM_OUT, DO_ZOOM_IN, DO_LAYOUT, DO_GAPS,
	DO_ADD, DO_EDIT, DO_WHY, DO_MOVE, DO_REMOVE, DO_AGREE, DO_DOUBT, DO_CAUSE_HERE,
	DO_ACTION_HERE, DO_QUESTION_HERE, DO_EVENT_NOW, DO_PROMPT, DO_NEXT, DO_MENU,
	/* the frame's own: */
	DO_PANE_1, DO_PANE_2, DO_PANE_3, DO_PANE_4, DO_PANE_5, DO_PANE_6, DO_PANE_7, DO_NEXT_PANE,
	DO_STAGE_NEXT, DO_STAGE_BACK, DO_FIND, DO_PALETTE, DO_HELP, DO_UNDO, DO_REDO, DO_BACK,
	DO_READY, DO_HAND, DO_SAVE, DO_REDRAW,
	/* a pane's own again: */
	DO_TIME, DO_PHASE, DO_LANES_BY, DO_DURATIONS, DO_DAY,
	/* together: */
	DO_VOTE, DO_UNVOTE, DO_MARK, DO_GROUP, DO_UNGROUP, DO_REVEAL, DO_FOLLOW, DO_FOCUS,
	DO_FIND_ALL, DO_EVERYTHING, DO_LINK_ON, DO_LINK_BACK, DO_LINK_MARKED, DO_PROMPT_ALL, DO_ACCOUNT, DO_PROJECTOR, DO_OTHERS_VIEW /* what the others are sent of it */, DO_ABORT, DO_COPY,
	/* the fishbone's */
	DO_LADDER, DO_OTHER_FISH,
	N_VERBS
};

/* What the session should do after a view handled a verb. */
enum answer {
	ANSWER_NOT_MINE, /* the view has no such verb here */
	ANSWER_DRAW,	 /* state changed (or not): draw again */
	ANSWER_COMMAND,	 /* run `command` (a line of the session grammar) */
	ANSWER_TYPE,	 /* open the one-line editor for the text that completes `command` */
	ANSWER_TYPE_TEXT, /* the same with the editor of several lines */
};
struct view_answer {
	enum answer what;
	/* ANSWER_TYPE: the line up to the typed text ("cause add c1tech000000 "); that is
	 * quoted and added, then `after`. */
	struct buf command, after;
	struct buf label; /* "why of C4" */
	struct buf text;  /* what stands in the editor at first */
	bool again;	  /* adding is typing: after enter the editor opens for the next one */
	bool deepens; /* ... and what was added is what the next one is about: "why ID " */
	/* `text` is the item's present text: a change over somebody else's is refused with both. */
	bool edits;
	/* A first typed word that looks like a time is the WHEN; else `now` is put before the
	 * text. */
	bool when_first;
};

struct view {
	const char *name;  /* of `render --view`: "fishbone", "timeline", "actions", "agenda" */
	const char *title; /* in the title line: "3 Causes" */
	int digit;
	/* Names for --layout, layouts[0] is layout 1; NULL-ended; may be NULL. */
	const char *const *layouts;
	/* Draw into `area`; keeps what is selected in sight by setting `s->scroll`. */
	void (*draw)(struct pane_state *s, const struct scene *sc, struct canvas *c,
	    struct rect area);
	/* The strip below, its rule included: the whole of the selected item. Returns the rows
	 * it would like (0 to 8); draws nothing when c is NULL. */
	int (*strip)(struct pane_state *s, const struct scene *sc, struct canvas *c,
	    struct rect area);
	enum answer (*verb)(struct pane_state *s, const struct scene *sc, enum verb_of_key v,
	    struct rect area, struct view_answer *out);
	/* Of the title line's right side: "33 causes · 19 whys"; appended. */
	void (*counts)(const struct scene *sc, struct buf *out);
	const enum verb_of_key *hints; /* what the hint line names, in order, DO_NOTHING-ended */
	/* The same for what the pane shows just now; NULL: always `hints`. */
	const enum verb_of_key *(*hints_now)(const struct pane_state *s, const struct scene *sc);
	/* The title line of the narrower frames: what stands after the debrief's short name
	 * ("timeline, 13:58 to 15:22 UTC"), and what comes before who is here ("22 events");
	 * appended. */
	void (*compact)(const struct pane_state *s, const struct scene *sc, struct buf *left,
	    struct buf *right);
	/* Where in `area` the text that completes `command` is typed; false, or NULL: below the
	 * pane, as everywhere. */
	bool (*line)(struct pane_state *s, const struct scene *sc, struct rect area,
	    const char *command, struct rect *line);
};

extern const struct view view_agenda, view_timeline, view_fishbone, view_actions, view_board, view_run;
/* Frames of their own, not panes with a digit: one question, all panes at once, what is the
 * facilitator's alone, the page for who comes late (drawn by welcome_draw). */
extern const struct view view_projector, view_wall, view_console, view_welcome;
/* The wall has all its parts from this size of the frame on. */
enum { WALL_COLS = 160, WALL_ROWS = 45 };
extern const struct view *const views[];
extern const size_t n_views;
extern const struct view *const views_apart[]; /* those without a digit */
extern const size_t n_views_apart;
const struct view *view_find(const char *name); /* by name (also "causes" for the fishbone); NULL */

void view_fini_answer(struct view_answer *a);

/* Draw a whole frame: title line, rule, pane, strip, hint line, as much of it as the size has room
 * for. Below 72 columns or 20 rows the compact forms. This is what the live screen shows under its
 * editors, and what `render` prints. */
void frame_draw(const struct view *v, struct pane_state *s, const struct scene *sc,
    struct canvas *c);
/* The rectangle the pane itself gets in a canvas of this size. */
struct rect frame_pane(const struct view *v, struct pane_state *s, const struct scene *sc, int rows,
    int cols);

#endif
