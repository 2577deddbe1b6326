/* Private to the files of the editor. */
#ifndef TUI_EDIT_STATE_H
#define TUI_EDIT_STATE_H

#include "base/buf.h"
#include "tui/edit.h"

/* What the last key did: typing on is one step of undo. */
enum edit_step { STEP_OTHER, STEP_TYPE };

struct edit_snap {
	char *text;
	size_t cursor;
};

struct edit_snaps {
	struct edit_snap *v;
	size_t n, cap;
};

struct edit {
	struct buf text; /* always clean, never NULL */
	size_t cursor;	 /* between graphemes */
	size_t limit;
	bool multi, full;
	enum edit_step last;
	struct edit_snaps undo, redo;
	struct buf cut; /* for ctrl-y */
	struct strs history;
	size_t history_at; /* history.n: at the line being typed, which waits in `draft` */
	struct buf draft;
	int scroll;    /* first column (one line) or row (several) that is shown */
	int wrap_cols; /* as last drawn; 0: not yet */
	int goal_col;  /* up and down keep to it; -1: none */
};

/* A row of a text of several lines: what is shown, and where the next begins. */
struct edit_row {
	size_t start, end, next;
};

struct edit_rows {
	struct edit_row *v;
	size_t n, cap;
};

void edit_layout(const struct edit *e, struct edit_rows *out);		/* free out->v */
size_t edit_row_at(const struct edit *e, const struct edit_rows *rows); /* the cursor's */
int edit_col_at(const struct edit *e, const struct edit_row *row);	/* the cursor's */

/* Changes to the text; each keeps it clean and the cursor between graphemes. */
void edit_insert(struct edit *e, const char *text, size_t len, enum edit_step step);
void edit_erase(struct edit *e, size_t from, size_t to, bool keep); /* keep: for ctrl-y */
void edit_undo(struct edit *e);
void edit_redo(struct edit *e);
bool edit_recall(struct edit *e, int step); /* -1: earlier; false: there is no history */

#endif
