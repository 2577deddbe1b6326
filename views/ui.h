/* One person's screen apart from the terminal and the host: which pane is shown, which editor, list
 * or question is open over it, whether it follows the room. Keys go in; what to do comes out. Drawn
 * on a canvas, tested without a terminal. What the host says never moves a half-typed text. */
#ifndef VIEWS_UI_H
#define VIEWS_UI_H

#include <stdbool.h>

#include "commands/command.h"
#include "views/view.h"

struct ui;

enum ui_want {
	UI_DRAW,    /* nothing but drawing again */
	UI_RUN,	    /* run `line`, one or more lines of the session's grammar */
	UI_LEAVE,   /* the person leaves; `line`, when not NULL, is to be run first */
	UI_REPAINT, /* paint the whole screen anew (ctrl-l) */
	UI_MOUSE,   /* the mouse is taken from the terminal, or given back */
	UI_COPY,    /* put `line` on the clipboard */
	UI_EDITOR,  /* give `line`, the half-typed text, to the person's editor; then ui_edited */
};

struct ui_out {
	enum ui_want what;
	const char *line; /* borrowed until the next call */
	const char *seen; /* UI_RUN of an edit: the text that was there when the editor opened; else
			   * NULL */
	const char *seat; /* UI_RUN: for whom at this keyboard it is said; NULL: its owner */
};

struct ui *ui_new(void);
void ui_free(struct ui *u);

/* Once, when the debrief is there: `want` as in the hello ("join", "projector", "console");
 * `simple`: the cursor is always in the entry line; `newcomer`: the page for who comes late is
 * shown first. */
struct ui_begin {
	const char *want;
	bool simple, newcomer, demo;
};
void ui_begin(struct ui *u, const struct scene *sc, const struct ui_begin *how);
/* Fill in what of a scene is this screen's: prompt, marks, following, on air, whose turn. Borrowed
 * until the next call. */
void ui_scene(struct ui *u, struct scene *sc);

/* Handle one key. `cs` is what commands are read against (completion). */
void ui_key(struct ui *u, const struct scene *sc, const struct command_scene *cs,
    const struct key *k, struct ui_out *out);
/* Several letters at once where none were expected (a paste, a cat on the keyboard): runs nothing,
 * offers to add them. */
void ui_burst(struct ui *u, const struct scene *sc, const char *text);

/* Each line of UI_RUN in turn: it goes to the host as the op with this cid; it was accepted. */
void ui_sent(struct ui *u, struct id cid);
void ui_acked(struct ui *u, struct id cid);
/* It was refused (no cid: it and what followed it never went): says why, and brings the typed text
 * back into its editor, when nothing else is being typed; where somebody else changed the same
 * text, both are shown. */
void ui_refused(struct ui *u, const struct scene *sc, struct id cid, const char *reason);
/* Of these lines the first says a clock's time, and no day is known (command_wants_day): they wait
 * with what was typed for them, and the day is asked for. */
void ui_want_day(struct ui *u, const struct scene *sc, const char *lines, const char *reason);
/* After each change: is the day known by now? Then the lines that waited for it are in `out`, to be
 * run. */
bool ui_day_known(struct ui *u, const struct scene *sc, struct ui_out *out);
/* One sentence for the status line; gone with the next key. */
void ui_say(struct ui *u, const char *text);
/* The host asks something (`want` of MSG_NOTICE): an answer is asked for as soon as nothing is
 * being typed. Any text may be NULL. */
struct ui_question {
	const char *want, *name, *item, *text;
};
void ui_asked(struct ui *u, const struct scene *sc, const struct ui_question *q);
/* Somebody else's op was applied: what it added or changed flashes. */
void ui_changed(struct ui *u, const struct scene *sc, const struct op *op);
/* Something was removed, with what hung on it: says how many, and that `u` brings it back. `by`
 * NULL: from this screen. */
void ui_removed(struct ui *u, const struct op *op, const char *by);
/* Lines of the grammar to choose from, "line\tshort\twords" each (copied); enter runs one, or opens
 * one that ends in a space. `title` is borrowed for good. */
void ui_show_lines(struct ui *u, const char *title, const struct strs *lines);
/* They came by themselves: a key that is not the list's closes it and is the pane's. */
void ui_lines_pass(struct ui *u);
/* What came back from the person's editor, in place of what was typed. */
void ui_edited(struct ui *u, const struct scene *sc, const char *text, size_t len);
/* A commit was made at that time: ctrl-s says so. */
void ui_saved(struct ui *u, int64_t at_ns);

/* Also follows the room where the screen does, before it draws: keys act on what was seen. */
void ui_draw(struct ui *u, const struct scene *sc, struct canvas *c);
/* In how many milliseconds it wants to be drawn again though nothing happens; -1: never. */
int ui_wake_ms(const struct ui *u, const struct scene *sc);

/* What is to be given back to who comes again from another terminal: appended, one line of words.
 * Nothing is appended when there is nothing. */
void ui_keep(const struct ui *u, struct buf *out);
/* Bring it back. Texts of another version of the program are passed over. */
void ui_restore(struct ui *u, const struct scene *sc, const char *text, int64_t away_s);

/* Put the cursor on an item (one just added), in the pane that is shown. */
void ui_select(struct ui *u, struct id id);
/* Show an item in the pane of its kind, and leave following. False: there is none such. */
bool ui_go_to(struct ui *u, const struct scene *sc, struct id id);
const char *ui_pane(const struct ui *u);   /* name of the pane shown */
struct id ui_selected(const struct ui *u); /* the item the cursor is on, or none */
bool ui_idle(const struct ui *u); /* no editor, list or question is open, keys are verbs */
bool ui_typing(const struct ui *u);

#endif
