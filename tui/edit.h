/* Text being typed: one line or several. Knows graphemes, words, paste, undo, and (one line)
 * history. */
#ifndef TUI_EDIT_H
#define TUI_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"
#include "tui/canvas.h"
#include "tui/keys.h"

struct edit;

enum edit_result {
	EDIT_MORE,    /* handled, goes on */
	EDIT_DONE,    /* enter (one line), ctrl-d or alt-enter (several) */
	EDIT_CANCEL,  /* esc */
	EDIT_UNKNOWN, /* not an editing key: the caller's */
};

/* `limit` in bytes; typing past it does nothing and edit_full turns true, until the next key that
 * changes the text. What no text may hold is left out of `text`, and of everything that comes
 * later. */
struct edit *edit_new(const char *text, bool multi_line, size_t limit);
void edit_free(struct edit *e);
const char *edit_text(const struct edit *e);			/* borrowed until the next key */
size_t edit_cursor(const struct edit *e);			/* byte offset */
void edit_set(struct edit *e, const char *text, size_t cursor); /* one undo step */
bool edit_full(const struct edit *e);
/* Earlier entries, oldest first, for up and down in a one-line editor; copied. */
void edit_history(struct edit *e, const struct strs *entries);

/* arrows, home, end, ctrl-a ctrl-e; words: alt-b alt-f, ctrl or alt with left and right; backspace,
 * delete (ctrl-d in one line), ctrl-w word back to a space, alt-d alt-backspace word, ctrl-u and
 * ctrl-k to the start and end of the line, ctrl-y puts back what was cut; ctrl-z or ctrl-_ undo,
 * ctrl-r redo; paste. Up and down are EDIT_UNKNOWN in one line without a history. In one line a
 * pasted newline is kept as a mark: edit_text then holds
 * '\n' and edit_lines tells how many items were pasted (lines that are not blank, at least 1). */
enum edit_result edit_key(struct edit *e, const struct key *k);
size_t edit_lines(const struct edit *e);

/* Draw into `area` (one row for one line: scrolls sideways), sets the canvas cursor. Returns rows
 * used, which are blanked first. */
int edit_draw(struct edit *e, struct canvas *c, struct rect area, int style);

#endif
