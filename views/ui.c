#include "views/ui.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/run.h"
#include "views/clock.h"
#include "views/curtain.h"
#include "views/keymap.h"
#include "views/draw.h"
#include "views/ui_state.h"
#include "views/words.h"

struct ui *
ui_new(void)
{
	struct ui *u = mem_zero(1, sizeof *u);

	assert(n_views <= UI_PANES_MAX);
	u->curtain_ns = TIME_NONE;
	u->rows = 24;
	u->cols = 80;
	return u;
}

void
ui_free(struct ui *u)
{
	if (u == NULL)
		return;
	for (size_t i = 0; i < UI_PANES_MAX; i++)
		strs_fini(&u->panes[i].folded);
	strs_fini(&u->fixed_state.folded);
	job_fini(&u->job);
	ui_sent_fini(u);
	waiting_fini(&u->dayless);
	edit_free(u->edit);
	edit_free(u->entry);
	strs_fini(&u->history);
	strs_fini(&u->typed);
	strs_fini(&u->completions);
	strs_fini(&u->keyed);
	strs_fini(&u->marked);
	ask_fini(&u->ask);
	for (size_t i = 0; i < u->n_waiting; i++)
		ask_fini(&u->waiting[i]);
	free(u->theirs);
	free(u->said);
	free(u->nudge_told);
	free(u->stage_seen);
	free(u->seat);
	buf_fini(&u->line);
	canvas_free(u->probe);
	free(u);
}

/* Who leads goes their own way; everybody else goes where the room is, until they move. */
void
ui_begin(struct ui *u, const struct scene *sc, const struct ui_begin *how)
{
	bool leads = sc->role == PERSON_FACILITATOR || sc->role == PERSON_SCRIBE;

	u->demo = how->demo;
	u->wall_seen = sc->d->wall;
	if (strcmp(how->want, "projector") == 0)
		u->fixed = sc->d->wall ? &view_wall : &view_projector;
	else if (strcmp(how->want, "console") == 0)
		u->fixed = &view_console;
	u->following = !leads;
	if (!u->following || u->fixed != NULL)
		u->focus_seen = sc->d->focus;
	if (!u->following)
		u->stage_seen = mem_dup(sc->d->stage);
	ui_set_simple(u, how->simple && u->fixed == NULL);
	ui_say(u, NULL);
	if (how->newcomer && u->fixed == NULL)
		u->mode = MODE_WELCOME;
}

void
ui_scene(struct ui *u, struct scene *sc)
{
	sc->prompt = u->prompt;
	sc->simple = u->simple;
	sc->on_air = u->on_air;
	sc->projector = ui_for_room(u);
	sc->following = u->following;
	sc->seat = u->seat;
	sc->marked = &u->marked;
	curtain_scene(sc, &u->room);
}

bool
ui_for_room(const struct ui *u)
{
	return u->fixed == &view_projector || u->fixed == &view_wall;
}

const struct view *
ui_view(const struct ui *u)
{
	return u->fixed != NULL ? u->fixed : views[u->pane];
}

struct pane_state *
ui_state(struct ui *u)
{
	return u->fixed != NULL ? &u->fixed_state : &u->panes[u->pane];
}

const char *
ui_pane(const struct ui *u)
{
	return ui_view(u)->name;
}

struct id
ui_selected(const struct ui *u)
{
	return u->panes[u->pane].selected;
}

void
ui_select(struct ui *u, struct id id)
{
	u->panes[u->pane].selected = id;
	if (u->mode == MODE_TYPE && u->job.deepens) { /* the next one is about it */
		free(u->job.command);
		u->job.command = mem_fmt("why %s ", id.s);
	}
}

bool
ui_idle(const struct ui *u)
{
	return u->mode == MODE_PANE && !u->simple;
}

bool
ui_typing(const struct ui *u)
{
	if (u->simple && edit_text(u->entry)[0] != '\0')
		return true;
	return u->mode == MODE_TYPE && edit_text(u->edit)[0] != '\0';
}

struct rect
ui_pane_rect(struct ui *u, const struct scene *sc)
{
	return frame_pane(ui_view(u), ui_state(u), sc, u->rows, u->cols);
}

void
ui_say(struct ui *u, const char *text)
{
	char *said = mem_dup(text);

	free(u->said);
	u->said = said;
}

void
ui_saved(struct ui *u, int64_t at_ns)
{
	u->saved_ns = at_ns;
}

void
ui_set_mode(struct ui *u, enum mode mode)
{
	u->mode = mode;
	u->lines_pass = false;
	u->choice = 0;
	u->help_scroll = 0;
	strs_fini(&u->completions);
}

bool
ui_is_char(const struct key *k, char letter)
{
	return k->code == KEY_CHAR && (k->mods & ~KEY_MOD_SHIFT) == 0 &&
	       k->cp == (unsigned char)letter;
}

bool
ui_is_ctrl(const struct key *k, char letter)
{
	return k->code == KEY_CHAR && (k->mods & KEY_MOD_CTRL) && k->cp == (unsigned char)letter;
}

/* What shows nowhere on the screen of who says it is confirmed; a refusal says otherwise. */
static void
confirm(struct ui *u, const char *line)
{
	static const struct {
		const char *line;
		enum word said;
	} quiet[] = {
		{ "pass", WORD_SAY_PASSED },
		{ "ready", WORD_SAY_READY },
		{ "hand", WORD_SAY_HAND_UP },
		{ "hand done", WORD_SAY_HAND_DOWN },
		{ "pause", WORD_SAY_BREAK_ASKED },
	};

	for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++)
		if (strcmp(line, quiet[i].line) == 0)
			ui_say(u, word(quiet[i].said));
}

void
ui_run(struct ui *u, const char *line, struct ui_out *out)
{
	if (line != u->line.data) {
		buf_clear(&u->line);
		buf_adds(&u->line, line);
	}
	ui_unmark(u, line);
	if (u->seat != NULL && strncmp(line, "vote ", 5) == 0)
		ui_say(u, word(WORD_SAY_GIVEN_AND_NOT)); /* a refusal says otherwise */
	confirm(u, line);
	out->what = UI_RUN;
	out->line = u->line.data;
	out->seat = u->seat;
}

/* A game day has a run where others have a board; with columns it has both, under one digit. */
bool
ui_has_pane(const struct scene *sc, const struct view *v)
{
	bool run = run_possible(sc->d);

	if (v == &view_run)
		return run;
	return v != &view_board || !run || DEBRIEF_N(sc->d, COLUMN) > 0;
}

/* The stage's own first; the same digit again leads to the other one. */
static bool
show_pane(struct ui *u, const struct scene *sc, int digit)
{
	const struct stage *now = scene_stage(sc, NULL);
	const struct view *wanted = now != NULL && now->pane != NULL ? view_find(now->pane) : NULL;
	bool here = ui_view(u)->digit == digit;
	size_t found = n_views;

	if (wanted == NULL || wanted->digit != view_run.digit)
		wanted = &view_run;

	for (size_t i = 0; i < n_views && u->fixed == NULL; i++)
		if (views[i]->digit == digit && ui_has_pane(sc, views[i]) &&
		    (found == n_views || (here ? views[found] == ui_view(u) : views[i] == wanted)))
			found = i;
	if (found < n_views) {
		u->pane = found;
		return true;
	}
	ui_say(u, u->fixed != NULL ? word(WORD_SAY_THIS_SCREEN_HAS)
				   : word(WORD_SAY_THERE_IS_NO));
	return false;
}

/* Verbs that belong to the screen, whatever the pane. False: not one of them. */
static bool
own_verb(struct ui *u, const struct scene *sc, enum verb_of_key verb, struct ui_out *out)
{
	if (verb >= DO_PANE_1 && verb <= DO_PANE_7)
		return show_pane(u, sc, (int)(verb - DO_PANE_1) + 1), true;
	switch (verb) {
	case DO_NEXT_PANE:
		do
			u->pane = (u->pane + 1) % n_views;
		while (u->fixed == NULL && !ui_has_pane(sc, views[u->pane]));
		return true;
	case DO_FIND:
		return ui_open_line(u, MODE_FIND, ""), true;
	case DO_FIND_ALL:
		return ui_open_find(u, sc), true;
	case DO_PALETTE:
		ui_find_keys(u, sc);
		return ui_open_line(u, MODE_PALETTE, ""), true;
	case DO_TIME:
		return ui_open_times(u, sc), true;
	case DO_DAY:
		return ui_open_days(u, sc), true;
	case DO_HELP:
		u->help_back = MODE_PANE;
		return ui_set_mode(u, MODE_HELP), true;
	case DO_UNDO:
		return ui_run(u, "undo", out), true;
	case DO_REDO:
		return ui_run(u, "redo", out), true;
	case DO_PROMPT:
		u->prompt++;
		return true;
	case DO_MENU:
		if ((ui_view(u) != &view_agenda && ui_view(u) != &view_run) || !ui_open_checks(u, sc))
			ui_open_menu(u, sc);
		return true;
	case DO_LINK_ON:
	case DO_LINK_BACK:
		return ui_link(u, sc, verb == DO_LINK_ON), true;
	case DO_LINK_MARKED:
		return ui_link_marked(u, sc, out), true;
	case DO_EVERYTHING:
		return ui_open_everything(u, sc), true;
	case DO_BACK:
		return ui_leave(u, sc, false, out), true;
	case DO_REDRAW:
		out->what = UI_REPAINT;
		return true;
	case DO_COPY: return ui_copy(u, sc, out), true;
	default:
		return ui_room_verb(u, sc, verb, out);
	}
}

void
ui_verb(struct ui *u, const struct scene *sc, enum verb_of_key verb, struct ui_out *out)
{
	struct view_answer a = { .what = ANSWER_NOT_MINE };
	struct pane_state *s = ui_state(u);

	ui_free_moves(u, verb);
	a.what = ui_view(u)->verb(s, sc, verb, ui_pane_rect(u, sc), &a);
	ui_mark_spread(u, sc, verb, &a);
	switch (a.what) {
	case ANSWER_NOT_MINE:
		if (!own_verb(u, sc, verb, out) && verb != DO_NOTHING)
			ui_say(u, word(WORD_SAY_NOTHING_HERE_FOR));
		break;
	case ANSWER_DRAW:
		break;
	case ANSWER_COMMAND:
		ui_run(u, a.command.data, out);
		break;
	case ANSWER_TYPE:
	case ANSWER_TYPE_TEXT:
		ui_open_job(u, sc, &a, a.what == ANSWER_TYPE_TEXT);
		break;
	}
	view_fini_answer(&a);
}

static void
say_safe(struct ui *u, const struct scene *sc)
{
	struct buf b = { 0 };

	if (sc->unsafe > 0)
		word_count(&b, (int64_t)sc->unsafe, WORD_SAY_ON_THE_WAY_1);
	else
		buf_adds(&b, word(WORD_SAY_ALL_IS_SAFE));
	if (u->saved_ns != 0 && sc->zone != NULL) {
		struct buf clock = { 0 };
		put_clock(&clock, sc, u->saved_ns, false);
		word_put(&b, WORD_SAY_LAST_COMMIT, clock.data);
		buf_fini(&clock);
	}
	buf_adds(&b, word(WORD_SAY_SAVE_COMMITS));
	ui_say(u, b.data);
	buf_fini(&b);
}

/* What the usual job-control and save keys mean here, said instead of done. */
void
ui_habit(struct ui *u, const struct scene *sc, const struct key *k)
{
	if (ui_is_ctrl(k, 'c'))
		ui_say(u, u->simple ? word(WORD_SAY_NOTHING_WAS_LOST)
				    : word(WORD_SAY_NOTHING_WAS_LOST_Q));
	else if (ui_is_ctrl(k, 'z'))
		ui_say(u, word(WORD_SAY_U_TAKES_YOUR));
	else if (ui_is_ctrl(k, 's'))
		say_safe(u, sc);
}

static void
pane_key(struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out)
{
	enum verb_of_key verb = keymap_verb(sc->keys, ui_view(u), k);

	if (ui_for_room(u) && verb == DO_PROJECTOR)
		u->fixed = ui_other_for_room(u->fixed);
	if (ui_for_room(u) && verb != DO_BACK && verb != DO_ABORT)
		return;
	if (u->simple) {
		ui_simple_key(u, sc, k, out);
		return;
	}
	if (k->code == KEY_PASTE) {
		ui_burst(u, sc, k->paste);
		return;
	}
	if (verb != DO_NOTHING) {
		ui_verb(u, sc, verb, out);
		return;
	}
	if (k->code == KEY_FOCUS_IN || k->code == KEY_FOCUS_OUT || k->code == KEY_MOUSE)
		return;
	ui_habit(u, sc, k);
	if (u->said == NULL)
		ui_say(u, word(WORD_SAY_THAT_KEY_DOES));
}

static void
welcome_key(struct ui *u, const struct key *k, struct ui_out *out)
{
	switch (modal_act(MODAL_WELCOME, k)) {
	case DOES_DO: ui_set_mode(u, MODE_PANE); break;
	case DOES_WATCH:
		ui_set_simple(u, false);
		ui_set_mode(u, MODE_PANE);
		ui_say(u, word(WORD_SAY_YOU_WATCH_A));
		break;
	case DOES_DOWN: u->welcome_scroll++; break;
	case DOES_UP: u->welcome_scroll -= u->welcome_scroll > 0; break;
	case DOES_LEAVE: out->what = UI_LEAVE; break;
	default: break;
	}
}

static void
mode_key(struct ui *u, const struct scene *sc, const struct command_scene *cs,
    const struct key *k, struct ui_out *out)
{
	switch (u->mode) {
	case MODE_PANE: pane_key(u, sc, k, out); break;
	case MODE_TYPE: ui_type_key(u, sc, k, out); break;
	case MODE_PALETTE: ui_palette_key(u, sc, cs, k, out); break;
	case MODE_FIND: ui_find_key(u, sc, k); break;
	case MODE_FIND_ALL: ui_find_all_key(u, sc, k); break;
	case MODE_LINKS: ui_link_key(u, sc, k); break;
	case MODE_EVIDENCE: ui_evidence_key(u, sc, k, out); break;
	case MODE_LINES:
		if (!ui_lines_key(u, sc, k, out))
			pane_key(u, sc, k, out);
		break;
	case MODE_HELP: ui_help_key(u, k); break;
	case MODE_MENU: ui_menu_key(u, sc, k, out); break;
	case MODE_ASK:
		if (ui_ask_passes(u, sc, k))
			pane_key(u, sc, k, out);
		else
			ui_ask_key(u, sc, k, out);
		break;
	case MODE_REVEAL: ui_reveal_key(u, k, out); break;
	case MODE_BOTH: ui_both_key(u, k); break;
	case MODE_GOODBYE: ui_goodbye_key(u, k, out); break;
	case MODE_WELCOME: welcome_key(u, k, out); break;
	case MODE_SEAT: ui_seat_key(u, sc, k); break;
	case MODE_OTHERS: ui_others_key(u, sc, k, out); break;
	}
}

void
ui_key(struct ui *u, const struct scene *sc, const struct command_scene *cs, const struct key *k,
    struct ui_out *out)
{
	struct key wheel;

	*out = (struct ui_out){ .what = UI_DRAW };
	if (k->code == KEY_FOCUS_IN || k->code == KEY_FOCUS_OUT ||
	    (k->code == KEY_MOUSE && k->button == MOUSE_RELEASE))
		return;
	ui_say(u, NULL);
	if (ui_is_ctrl(k, 'l')) {
		out->what = UI_REPAINT;
		return;
	}
	if (ui_stop_key(u, sc, k))
		return;
	if (k->code != KEY_MOUSE)
		mode_key(u, sc, cs, k, out);
	else if (ui_mouse_key(u, sc, k, &wheel))
		mode_key(u, sc, cs, &wheel, out);
}

void
ui_burst(struct ui *u, const struct scene *sc, const char *text)
{
	struct ui_out out = { .what = UI_DRAW };

	if (!ui_idle(u))
		return;
	if (text[0] == ':') { /* a command, of a fast typist or pasted: enter runs it */
		ui_open_line(u, MODE_PALETTE, text + 1);
		return;
	}
	ui_verb(u, sc, DO_ADD, &out);
	if (u->mode != MODE_TYPE)
		return;
	edit_set(u->edit, text, strlen(text));
	ui_say(u, word(WORD_SAY_THAT_LOOKS_LIKE));
}
