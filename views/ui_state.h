/* Private to the files of the screen's state (ui*.c). */
#ifndef VIEWS_UI_STATE_H
#define VIEWS_UI_STATE_H

#include "tui/edit.h"
#include "views/bindings.h"
#include "views/ui.h"

enum mode {
	MODE_PANE,    /* keys are verbs of the pane */
	MODE_TYPE,    /* an editor is open: its text completes `job` */
	MODE_PALETTE, /* the `:` line, with completion */
	MODE_FIND,    /* the `/` line */
	MODE_HELP,
	MODE_MENU, /* the numbered verbs of an item */
	MODE_ASK,  /* one question: enter does it, esc does not */
};

enum { UI_PANES_MAX = 8, UI_CHOICES_MAX = 9 };

/* What the editor's text is for. */
struct job {
	char *command, *after, *label;
	char *was; /* the text when it opened: the edit's `seen`; NULL for an add */
	bool again, several, when_first;
};

struct ui {
	enum mode mode;
	size_t pane; /* index into views[] */
	struct pane_state panes[UI_PANES_MAX];
	struct job job;
	struct job sent; /* of the last line that ran, to bring it back when it is refused */
	char *sent_text;
	struct edit *edit;
	struct strs history; /* of the `:` line */
	struct strs completions;
	size_t n_shown; /* completions on screen */
	int choice;	/* in the completions or the menu */
	enum verb_of_key menu[UI_CHOICES_MAX];
	size_t n_menu;
	char *ask, *ask_line; /* the question, and the line that enter runs; NULL: leave */
	char *said;
	int help_scroll;
	size_t prompt;
	struct buf line; /* what ui_out borrows */
	int rows, cols;	 /* of the last canvas */
};

const struct view *ui_view(const struct ui *u);
struct rect ui_pane_rect(struct ui *u, const struct scene *sc);
void ui_run(struct ui *u, const char *line, struct ui_out *out);
void ui_set_mode(struct ui *u, enum mode mode);

/* ui_type.c: editors */
void ui_open_job(struct ui *u, struct view_answer *a, bool several);
void ui_open_line(struct ui *u, enum mode mode, const char *text);
void ui_type_key(struct ui *u, const struct key *k, struct ui_out *out);
void ui_palette_key(struct ui *u, const struct command_scene *cs, const struct key *k,
    struct ui_out *out);
void ui_find_key(struct ui *u, const struct scene *sc, const struct key *k);
void job_fini(struct job *j);

/* ui_over.c: help, menu, questions */
void ui_open_menu(struct ui *u, const struct scene *sc);
void ui_open_ask(struct ui *u, const char *question, const char *line);
void ui_help_key(struct ui *u, const struct key *k);
void ui_menu_key(struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out);
void ui_ask_key(struct ui *u, const struct key *k, struct ui_out *out);
void ui_draw_help(struct ui *u, struct canvas *c);
void ui_draw_menu(struct ui *u, struct canvas *c);
void ui_draw_ask(struct ui *u, struct canvas *c);

/* ui.c */
void ui_verb(struct ui *u, const struct scene *sc, enum verb_of_key verb, struct ui_out *out);

#endif
