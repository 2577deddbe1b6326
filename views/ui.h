/* One person's screen apart from the terminal and the host: which pane is shown, which editor or list is open over it.
 * Keys go in; what to do comes out. Drawn on a canvas, tested without a terminal. */
#ifndef VIEWS_UI_H
#define VIEWS_UI_H

#include <stdbool.h>

#include "commands/command.h"
#include "views/view.h"

struct ui;

enum ui_want {
	UI_DRAW,   /* nothing but drawing again */
	UI_RUN,	   /* run `line`, a line of the session's grammar */
	UI_LEAVE,  /* the person leaves */
	UI_REPAINT, /* paint the whole screen anew (ctrl-l) */
	UI_COPY,   /* put `line` on the clipboard */
};

struct ui_out {
	enum ui_want what;
	const char *line; /* borrowed until the next call */
	const char *seen; /* UI_RUN of an edit: the text that was there when the editor opened; else NULL */
};

struct ui *ui_new(void);
void ui_free(struct ui *u);

/* Handle one key. `cs` is what commands are read against (completion). */
void ui_key(struct ui *u, const struct scene *sc, const struct command_scene *cs,
    const struct key *k, struct ui_out *out);
/* Several letters at once where none were expected (a paste, a cat on the keyboard): runs nothing, offers to add them. */
void ui_burst(struct ui *u, const struct scene *sc, const char *text);

/* The line that ui_key gave was refused: says why, and brings the typed text back into its editor. */
void ui_refused(struct ui *u, const char *reason);
/* One sentence for the status line; gone with the next key. */
void ui_say(struct ui *u, const char *text);

void ui_draw(struct ui *u, const struct scene *sc, struct canvas *c);

/* Put the cursor on an item (one just added), in the pane that is shown. */
void ui_select(struct ui *u, struct id id);
const char *ui_pane(const struct ui *u);  /* name of the pane shown */
struct id ui_selected(const struct ui *u); /* the item the cursor is on, or none */
bool ui_idle(const struct ui *u);   /* no editor, list or question is open */
bool ui_typing(const struct ui *u);
size_t ui_prompt(const struct ui *u); /* how often the next prompt was asked for */

#endif
