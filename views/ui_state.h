/* Private to the files of the screen's state (ui*.c). */
#ifndef VIEWS_UI_STATE_H
#define VIEWS_UI_STATE_H

#include "tui/edit.h"
#include "views/bindings.h"
#include "views/draw.h"
#include "views/modal.h"
#include "views/ui.h"

enum mode {
	MODE_PANE,    /* keys are verbs of the pane; with simple keys, text of the entry line */
	MODE_TYPE,    /* an editor is open: its text completes `job` */
	MODE_PALETTE, /* the `:` line, with completion */
	MODE_FIND,    /* the `/` line */
	MODE_FIND_ALL, /* the line that finds in every pane, with what it found */
	MODE_LINES,   /* lines to choose from: about the time, of a stage */
	MODE_LINKS,   /* several items that the selected one is linked with */
	MODE_EVIDENCE, /* the timeline beside a cause: events become what shows it */
	MODE_HELP,
	MODE_MENU,    /* the numbered verbs of an item */
	MODE_ASK,     /* one question: enter does it, esc does not */
	MODE_REVEAL,  /* R reveals, enter waits, esc goes on */
	MODE_BOTH,    /* an edit over somebody else's: both texts */
	MODE_GOODBYE, /* two numbers and a word before leaving */
	MODE_WELCOME, /* the page for who comes late */
	MODE_SEAT,    /* the screen is blank: the keyboard goes to somebody else */
	MODE_OTHERS,  /* the pane as the others are sent it */
};

enum {
	UI_PANES_MAX = 8,
	UI_CHOICES_MAX = 80,
	UI_WAITING_MAX = 8, /* questions of the host */
	UI_FLASHES_MAX = 32,
	UI_SENT_MAX = 64,
	UI_SETTLE_MS = 500, /* a question that nobody here called for takes no key so long */
	UI_FLASH_MS = 1000,
	UI_REVEAL_WAIT_S = 30
};

/* What the editor's text is for. */
struct job {
	char *command, *after, *label;
	char *was; /* the text when it opened: the edit's `seen`; NULL for an add */
	bool again, several, when_first, deepens;
	bool form; /* more fields are asked for after this one */
	/* The column whose card it is; none: not a card. What its author was told of who will see
	 * it. */
	struct id column;
	bool hidden, anonymous;
	struct id item; /* that it edits, or none */
};

/* A text that was typed, for a line that ran. */
struct sent {
	struct id cid; /* of its op; none: it did not go yet */
	struct job job;
	char *text;
};

enum ask_what { ASK_RUN, ASK_LEAVE, ASK_ON_AIR, ASK_NEXT_SEAT, ASK_BELL };

struct ask {
	enum ask_what what;
	char *question, *line; /* ASK_RUN: what enter runs */
	char *instead;	       /* what `key` runs; or NULL */
	char key;
	bool uncalled;	       /* nobody here asked for it */
	bool sure;	       /* enter may have opened it, and is no answer */
};

struct flash {
	struct id id;
	int64_t until_ns;
};

/* Lines of times without a day, while it is asked for. */
struct waiting {
	char *lines, *reason; /* NULL: none wait */
	struct sent typed;    /* what was typed for them; no text: they came from the `:` line */
};

struct ui {
	enum mode mode;
	size_t pane; /* index into views[] */
	const struct view *fixed; /* projector or console: the one view, else NULL */
	struct pane_state panes[UI_PANES_MAX], fixed_state;
	struct job job;
	struct sent sent[UI_SENT_MAX]; /* lines that ran and may be refused yet, oldest first */
	size_t n_sent;
	struct sent back; /* one that was refused, on its way back */
	struct sent held; /* one that was refused while the next one was typed */
	char *held_reason;
	struct waiting dayless;
	struct edit *edit;
	struct edit *entry;  /* simple keys: always open */
	bool nudge_off;	     /* its question was dropped */
	char *nudge_told;    /* why there are no questions, as it was said beside a line */
	struct strs history; /* of the `:` line */
	struct strs typed;   /* texts of editors that were closed without being kept */
	struct strs completions;
	size_t n_exact; /* completions of the last word; the rest are commands alike */
	struct strs keyed; /* "cause add\ta": commands with a key in this pane */
	int choice;	/* in the completions or the menu */
	enum verb_of_key menu[UI_CHOICES_MAX];
	size_t n_menu;
	struct ask ask;
	struct ask waiting[UI_WAITING_MAX];
	size_t n_waiting;
	int64_t shown_ns, now_ns; /* when the question came up; of the last frame */
	char *theirs;		  /* MODE_BOTH; yours is in `back` */
	char *said;
	int help_scroll, welcome_scroll;
	enum mode help_back;  /* where help was opened */
	bool reveal_called;   /* by the key that reveals: another one does */
	size_t prompt;
	struct buf line; /* what ui_out borrows */
	int rows, cols;	 /* of the last canvas */

	bool simple, demo, on_air, on_air_asked;
	bool following;
	struct id focus_seen; /* where the room was last pointed */
	bool wall_seen;	      /* what projectors were last told to show */
	char *stage_seen;
	const struct view *others; /* MODE_OTHERS: what a projector shows; NULL: this pane */
	struct strs marked;
	struct id evidence_of;	 /* the cause of MODE_EVIDENCE */
	struct debrief room;	 /* what is seen while the curtain is down; shallow */
	int64_t curtain_ns;	 /* where it stood when the cursor last went there */
	const char *lines_title; /* of MODE_LINES */
	bool lines_pass; /* other keys are the pane's */
	int64_t asked_ns;  /* the ballot at the bell that was asked here, by its end; 0: none */
	int64_t reveal_ns; /* when to ask again; 0: not */
	int64_t saved_ns;  /* of the last commit known of; 0: none */
	struct flash flashes[UI_FLASHES_MAX];
	size_t n_flashes;
	struct canvas *probe; /* what flashes are found by; NULL before the first */
	char *seat;	  /* whose turn it is at this keyboard */
	size_t seat_next; /* index of the one that MODE_SEAT waits for; seats.n: the owner */
	int rated[2];	  /* MODE_GOODBYE: 0 is none yet */
	int rated_n;	  /* answered */
};

const struct view *ui_view(const struct ui *u);
bool ui_for_room(const struct ui *u); /* it is the screen of a projector */
bool ui_has_pane(const struct scene *sc, const struct view *v); /* is there such a pane now? */
struct pane_state *ui_state(struct ui *u);
struct rect ui_pane_rect(struct ui *u, const struct scene *sc);
void ui_run(struct ui *u, const char *line, struct ui_out *out);
void ui_set_mode(struct ui *u, enum mode mode);
bool ui_is_char(const struct key *k, char letter); /* that letter, without ctrl or alt */
bool ui_is_ctrl(const struct key *k, char letter);

/* ui_type.c: editors */
void ui_open_job(struct ui *u, const struct scene *sc, struct view_answer *a, bool several);
void ui_take_job(struct ui *u, const struct scene *sc, struct view_answer *a);
void ui_open_line(struct ui *u, enum mode mode, const char *text);
void ui_run_job(struct ui *u, const char *text, struct ui_out *out);
/* "14:05", "now", "+5m": does the text begin with a time and go on? */
bool ui_begins_with_when(const char *text);
void ui_put_typed(const struct job *j, const char *text, size_t len, struct buf *line);
enum modal ui_modal_of_job(const struct ui *u);
void ui_type_key(struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out);

/* ui_find.c */
void ui_find_key(struct ui *u, const struct scene *sc, const struct key *k); /* in this pane */
void ui_open_find(struct ui *u, const struct scene *sc);		      /* in all of them */
void ui_find_all_key(struct ui *u, const struct scene *sc, const struct key *k);
/* Of what was found, "ID\tE17\ttext" each, in u->completions. */
void ui_draw_found(struct ui *u, struct canvas *c, struct rect area);

/* ui_bell.c: the ballot at the bell, the menu of the time */
void ui_bell(struct ui *u, const struct scene *sc); /* asks when it is open */
void ui_bell_key(struct ui *u, const struct key *k, struct ui_out *out);
void ui_open_times(struct ui *u, const struct scene *sc);
bool ui_list_key(struct ui *u, const struct key *k); /* true: take the chosen one */
/* False: the list is closed, and the key is the pane's. */
bool ui_lines_key(
    struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out);
void ui_draw_lines(struct ui *u, struct canvas *c);

/* ui_lines.c: a list to choose from. What is too long for its width goes on in the rows below; where
 * not all of the list has room so, the chosen one alone does. */
#define UI_DIGITS "123456789"
enum { UI_NAME_COLS = 6 };
struct ui_list {
	const struct strs *lines; /* "LINE\tNAME\tTEXT" */
	int at;
	int name_cols;
	const char *keys; /* what chooses the first, the second, ...; NULL: no key does */
};
struct more ui_draw_rows(struct canvas *c, struct rect area, const struct ui_list *l);
void ui_draw_list(struct canvas *c, enum modal m, const char *title, const struct ui_list *l); /* in a box */

/* ui_close.c: what belongs to the selected stage; false: nothing */
void ui_open_gate(struct ui *u, const struct scene *sc, const char *reason); /* of a refusal */
bool ui_open_checks(struct ui *u, const struct scene *sc);

/* ui_link.c: the chain from events over causes to actions */
void ui_link(struct ui *u, const struct scene *sc, bool on); /* a step on, else back */
void ui_link_key(struct ui *u, const struct scene *sc, const struct key *k);
void ui_draw_links(struct ui *u, struct canvas *c);
/* Marked events become evidence of the selected cause; with none the timeline opens beside it. */
void ui_link_marked(struct ui *u, const struct scene *sc, struct ui_out *out);

/* ui_evidence.c: events become evidence of a cause, both in sight; false: there are none. */
bool ui_open_evidence(struct ui *u, const struct scene *sc);
void ui_evidence_key(
    struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out);
void ui_draw_evidence(struct ui *u, const struct scene *sc, struct canvas *c);

/* ui_mark.c: items marked with `s`, of any kind */
void ui_mark(struct ui *u, const struct scene *sc); /* the selected one, or no longer */
/* A verb on one that is marked, which can be done to several: the answer's command names them all.
 */
void ui_mark_spread(
    struct ui *u, const struct scene *sc, enum verb_of_key verb, struct view_answer *a);
void ui_unmark(struct ui *u, const char *line); /* a line that uses the marks up */
/* ctrl-e, where programs may be started. */
bool ui_editor_key(struct ui *u, const struct scene *sc, const struct edit *e, const struct key *k,
    struct ui_out *out);
void job_fini(struct job *j);
struct job job_copy(const struct job *j);

/* ui_sent.c: nothing typed is lost by a refusal */
void ui_sent_fini(struct ui *u);
void sent_fini(struct sent *s);
void ui_sent_text(struct ui *u, const char *text, size_t len); /* for the present job */
void ui_sent_as(struct ui *u, const struct job *j, const char *text, size_t len);
/* Takes out the texts of that op; false: there are none. */
bool ui_sent_take(struct ui *u, struct id cid, struct sent *out);
void ui_sent_back(struct ui *u, const struct scene *sc, struct sent *s); /* to be typed on; takes it */
void ui_bring_held(struct ui *u, const struct scene *sc); /* when nothing is being typed */

/* ui_nudge.c: a question about the wording of what is typed. The key is the question's own: true. */
bool ui_nudge_key(struct ui *u, const struct scene *sc, struct edit *e, const struct key *k,
    struct ui_out *out);
struct nudge_at {
	struct edit *edit; /* what is typed */
	int top, below;	   /* the first row of its frame, the first one under it */
};
void ui_nudge_draw(
    struct ui *u, const struct scene *sc, struct canvas *c, const struct nudge_at *at);

/* ui_mouse.c */
/* A click selects; the wheel is the key that `as` gets: true. */
bool ui_mouse_key(struct ui *u, const struct scene *sc, const struct key *k, struct key *as);
void ui_copy(struct ui *u, const struct scene *sc, struct ui_out *out);

/* ui_palette.c */
void ui_palette_key(struct ui *u, const struct scene *sc, const struct command_scene *cs,
    const struct key *k, struct ui_out *out);
/* A line of the grammar, or one of the screen's own: quit, onair, seat next, full, simple. */
void ui_run_line(struct ui *u, const struct scene *sc, const char *line, struct ui_out *out);

/* ui_keyed.c: which commands have a key in this pane */
void ui_find_keys(struct ui *u, const struct scene *sc); /* when the `:` line opens */
bool ui_command_key(const struct ui *u, const char *words, struct buf *out);

/* ui_who.c: who will see what is typed, and who else is at it */
void ui_who_begin(struct job *j, const struct scene *sc);
/* Has that changed since its author was told? Then he is told now, and true. */
bool ui_who_changed(struct ui *u, struct job *j, const struct scene *sc);
/* What it is for and who will see it, in `cols` columns: the latter is never cut off. */
void ui_who_label(const struct job *j, const struct scene *sc, int cols, struct buf *out);
bool ui_who_hidden(const struct job *j); /* are these words for nobody else's eyes? */
/* "moss edits this too"; nothing when nobody does. */
void ui_who_else(const struct job *j, const struct scene *sc, struct buf *out);

/* ui_over.c: help, menu, frames */
void ui_open_menu(struct ui *u, const struct scene *sc);
void ui_open_everything(struct ui *u, const struct scene *sc);
void ui_help_key(struct ui *u, const struct key *k);
void ui_menu_key(struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out);
void ui_draw_help(struct ui *u, const struct scene *sc, struct canvas *c);
void ui_draw_menu(struct ui *u, const struct scene *sc, struct canvas *c);
/* A framed box in the middle; returns what is inside the frame. */
struct rect ui_box(struct canvas *c, int rows, int cols, const char *title);

/* ui_ask.c: questions */
void ui_open_ask(struct ui *u, enum ask_what what, const char *question, const char *line);
void ui_ask_later(struct ui *u, enum ask_what what, const char *question, const char *line);
void ui_ask_waiting(struct ui *u); /* one of those that wait, when nothing is being typed */
bool ui_ask_passes(struct ui *u, const struct scene *sc, const struct key *k); /* to the pane */
void ui_ask_key(struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out);
void ui_draw_ask(struct ui *u, struct canvas *c);
void ui_both_key(struct ui *u, const struct key *k);
void ui_draw_both(struct ui *u, struct canvas *c);
/* Whether both texts are shown: it was an edit, and the item says something else now. */
bool ui_open_both(struct ui *u, const struct scene *sc);
void ask_fini(struct ask *a);

/* ui_room.c: what concerns the room: stages, votes, the reveal, hands, marks */
/* `!` for a game day, whatever is open, but for a line that somebody writes in: true when it asked. */
bool ui_stop_key(struct ui *u, const struct scene *sc, const struct key *k);
bool ui_room_verb(
    struct ui *u, const struct scene *sc, enum verb_of_key verb, struct ui_out *out);
/* A vote is open, and what is selected may have some. */
bool ui_votable(struct ui *u, const struct scene *sc);
bool ui_may_reveal(const struct scene *sc);
enum modal ui_modal_of_reveal(const struct ui *u);
/* What a projector shows, as `how`: the one question, or all panes at once. */
void ui_show_room(struct ui *u, const struct view *how);
const struct view *ui_other_for_room(const struct view *v); /* the other one of these */
void ui_others_key(
    struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out);
void ui_reveal_key(struct ui *u, const struct key *k, struct ui_out *out);
void ui_on_air(struct ui *u, const struct scene *sc); /* asks once */

/* ui_leave.c */
/* `sure`: the word for it was typed, so it is asked only what matters. */
void ui_leave(struct ui *u, const struct scene *sc, bool sure, struct ui_out *out);
void ui_goodbye_key(struct ui *u, const struct key *k, struct ui_out *out);
void ui_draw_goodbye(struct ui *u, struct canvas *c);

/* ui_day.c */
void ui_open_days(struct ui *u, const struct scene *sc); /* which day was it? one key each */
bool ui_day_asked(const struct ui *u); /* in the editor that is open, for lines that wait */
/* Enter and esc while it is asked; false: they are the editor's own. */
bool ui_day_enter(struct ui *u, const struct scene *sc);
bool ui_day_esc(struct ui *u, const struct scene *sc);
void waiting_fini(struct waiting *w);

/* ui_follow.c */
void ui_follow(struct ui *u, const struct scene *sc); /* go where the room is, when following */
void ui_follow_now(struct ui *u, const struct scene *sc); /* F */
void ui_free_moves(struct ui *u, enum verb_of_key verb);
bool ui_show_item(struct ui *u, const struct scene *sc, struct id id);

/* ui_seat.c */
void ui_seat_next(struct ui *u, const struct scene *sc);
void ui_seat_key(struct ui *u, const struct scene *sc, const struct key *k);
void ui_draw_seat(struct ui *u, const struct scene *sc, struct canvas *c);

/* ui_simple.c */
void ui_simple_key(struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out);
void ui_set_simple(struct ui *u, bool simple);
/* The entry line and what it is for, into the place that the frame keeps for it. */
void ui_draw_entry(struct ui *u, const struct scene *sc, struct canvas *c);

/* ui_form.c: an action, field by field */
void ui_form_begin(const struct ui *u, struct job *j, const struct scene *sc);
int ui_form_at(const struct job *j); /* which field is asked for; -1: it is no form */
/* Enter and esc in a form; false: it is none, or ends as any other line. */
bool ui_form_enter(struct ui *u, const struct scene *sc, struct ui_out *out);
bool ui_form_esc(struct ui *u, const struct scene *sc, struct ui_out *out);
int ui_form_rows(const struct ui *u, const struct canvas *c); /* all fields, or 0: only this one */
void ui_form_draw(struct ui *u, struct canvas *c, struct rect r);

/* ui_draw.c: dots where others see the screen and not the words */
void ui_draw_edit(struct ui *u, struct edit *e, struct canvas *c, struct rect area);

/* ui_flash.c */
void ui_draw_flashes(struct ui *u, const struct scene *sc, struct canvas *c);

/* ui.c */
void ui_verb(struct ui *u, const struct scene *sc, enum verb_of_key verb, struct ui_out *out);
void ui_habit(struct ui *u, const struct scene *sc, const struct key *k);

#endif
