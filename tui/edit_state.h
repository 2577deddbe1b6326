/* Private to the files of the editor. */
#ifndef TUI_EDIT_STATE_H
#define TUI_EDIT_STATE_H

#include "base/buf.h"
#include "tui/edit.h"

enum step { STEP_OTHER, STEP_TYPE };

struct snap {
	char *text;
	size_t cursor;
};
struct snaps {
	struct snap *v;
	size_t n, cap;
};

struct edit {
	struct buf text;
	size_t cursor, limit;
	bool multi, full;
	enum step last;
	struct snaps undo, redo;
	struct buf killed, draft;
	struct strs history;
	size_t at; /* in the history; n: the line being typed */
	int scroll; /* first column (one line) or row (several) shown */
};

#endif
