/* Private to the files of a person's screen (session*.c). */
#ifndef CLI_SESSION_STATE_H
#define CLI_SESSION_STATE_H

#include <sys/types.h>

#include "base/loop.h"
#include "cli/session.h"
#include "cli/zones.h"
#include "live/account.h"
#include "live/client.h"
#include "storage/template.h"
#include "storage/wording_file.h"
#include "tui/keys.h"
#include "tui/screen.h"
#include "views/keymap.h"
#include "views/ui.h"

struct session {
	const struct session_options *o;
	const char *want;
	struct loop *loop;
	struct screen *screen;
	struct keys *keys;
	struct ui *ui;
	struct client *client;
	struct canvas *canvas;
	struct zones zones;
	struct template *template;
	const char *kind_prompts[N_EVENT_KINDS]; /* of the template */
	struct wording *wording;
	char *wording_missing; /* why there are no rules; NULL: there are */
	struct keymap keymap;
	size_t wording_names; /* people whose names it knows */
	char *wording_language; /* whose rules it has; "": nobody says one */
	struct scene_person *here;
	size_t n_here;
	struct strs here_names;
	struct account *account; /* one's own, private; NULL: not opened yet */
	struct strs released;	 /* cid and key of lines on their way to all */
	int64_t notice_ms; /* when it came */
	char *notice, *join_line, *why_ended, *secret;
	struct buf status;  /* the notice while the host is not reached */
	int64_t lost_ms;    /* since when; 0: connected */
	uint64_t earlier_timer; /* the history is looked through once the screen is there */
	uint64_t esc_timer, frame_timer, tick_timer, leave_timer;
	int64_t drawn_ms; /* when the last frame counts as drawn */
	bool begun; /* the screen's state knows the debrief */
	bool dirty, leaving, mouse;
	bool urgent; /* a key was pressed: its frame does not wait */
	struct id last_sent, leave_cid;
	pid_t editor; /* a program that has the terminal; 0: none */
	char *draft, *draft_dir; /* the file it edits */
	bool stop_later; /* when it ends */
	/* What the others were last told of where this person is. */
	const char *told_pane;
	struct id told_item;
	bool told_typing;
	/* What the host keeps for this person, as last told; what it gave back, until it is used. */
	struct buf told_keep;
	char *kept;
	int64_t kept_away_s;
};

/* session.c */
void session_draw_soon(struct session *s);
void session_draw_now(struct session *s);
void session_round_done(struct session *s); /* draws what is due */
void session_stop(struct session *s);
void session_fit_screen(struct session *s);

bool session_join(
    struct session *s, const struct client_calls *calls, void *ctx, struct err *e);
char *session_join_line(const struct session_options *o); /* what a newcomer types; yours */
void session_goodbye(const struct session *s, struct buf *out); /* how to come back */
void session_fini(struct session *s);

/* session_plain.c: the conversation, without a screen; `ui` and `screen` are NULL in it */
int session_plain_run(const struct session_options *o);
/* A person's own setting: of the history that is here, else for all. Yours, or NULL. */
char *session_setting(const struct session_options *o, const char *name);

/* session_scene.c */
struct scene session_scene(struct session *s);
struct command_scene session_commands(struct session *s);

/* session_input.c */
void session_readable(void *ctx, int fd, int ready); /* the terminal */

/* session_run.c: lines of the grammar on their way to the host */
/* Run the lines of `text`, one command each, in order; the first that is wrong ends it and its words
 * come back. */
void session_run_lines(struct session *s, const char *text, const char *seen, const char *seat);
void session_leave(struct session *s, const char *line);

/* session_account.c: what is kept for this person alone */
void session_account(struct session *s, const char *line);
bool session_need_account(struct session *s, bool anew, struct err *e);
void session_released(struct session *s, struct id cid); /* an op was accepted */

/* session_earlier.c: what the history remembers for this debrief */
void session_earlier(struct session *s);
/* Its lines, "line\tmark\twords" each. */
bool session_earlier_lines(struct session *s, struct strs *out, struct err *e);
bool is_held(const char *line); /* "held NAME ACTION yes|no|untested [HOW]" */
/* What there is to run here for it, in `run`; nothing where the answer is kept over there. */
bool session_held_lines(struct session *s, const char *line, struct strs *run, struct err *e);
void session_held(struct session *s, const char *line);
void session_prepare(struct session *s); /* says once that there is something */

/* session_editor.c: $VISUAL, $EDITOR or vi */
bool session_may_start(const struct session *s); /* may programs be started from here? */
void session_edit(struct session *s, const char *text);
void session_editor_fini(struct session *s);

/* session_client.c */
extern const struct client_calls session_calls;
void session_template(struct session *s); /* of the debrief, once it is there */
void session_here(struct session *s);	  /* who is here, as last told */

/* session_keep.c */
bool session_secret(struct session *s, struct err *e);
void session_begin(struct session *s); /* once, when the debrief is there */
void session_kept(struct session *s);  /* bring back what the host gave */
void session_tell(struct session *s);  /* where this person is, and what is half typed */

#endif
