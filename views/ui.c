#include "views/ui.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tui/edit.h"
#include "views/ui_state.h"

struct ui *
ui_new(void)
{
	struct ui *u = mem_zero(1, sizeof *u);

	assert(n_views <= UI_PANES_MAX);
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
	job_fini(&u->job);
	job_fini(&u->sent);
	free(u->sent_text);
	edit_free(u->edit);
	strs_fini(&u->history);
	strs_fini(&u->completions);
	free(u->ask);
	free(u->ask_line);
	free(u->said);
	buf_fini(&u->line);
	free(u);
}

const struct view *
ui_view(const struct ui *u)
{
	return views[u->pane];
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
}

bool
ui_idle(const struct ui *u)
{
	return u->mode == MODE_PANE;
}

bool
ui_typing(const struct ui *u)
{
	return u->mode == MODE_TYPE && edit_text(u->edit)[0] != '\0';
}

size_t
ui_prompt(const struct ui *u)
{
	return u->prompt;
}

struct rect
ui_pane_rect(struct ui *u, const struct scene *sc)
{
	return frame_pane(ui_view(u), &u->panes[u->pane], sc, u->rows, u->cols);
}

void
ui_say(struct ui *u, const char *text)
{
	free(u->said);
	u->said = mem_dup(text);
}

void
ui_set_mode(struct ui *u, enum mode mode)
{
	u->mode = mode;
	u->choice = 0;
	u->help_scroll = 0;
	strs_fini(&u->completions);
}

void
ui_run(struct ui *u, const char *line, struct ui_out *out)
{
	if (line != u->line.data) {
		buf_clear(&u->line);
		buf_adds(&u->line, line);
	}
	out->what = UI_RUN;
	out->line = u->line.data;
}

static bool
show_pane(struct ui *u, int digit)
{
	for (size_t i = 0; i < n_views; i++)
		if (views[i]->digit == digit) {
			u->pane = i;
			return true;
		}
	ui_say(u, "there is no pane of that number: 1 to 4 are here");
	return false;
}

/* The stage after (+1) or before (-1) the present one, or NULL. */
static const struct stage *
stage_beside(const struct debrief *d, int step)
{
	for (size_t i = 0; i < DEBRIEF_N(d, STAGE); i++) {
		const struct stage *s = DEBRIEF_AT(d, STAGE, stage, i);
		if (d->stage == NULL || s->name == NULL || strcmp(s->name, d->stage) != 0)
			continue;
		if (step < 0 ? i == 0 : i + 1 >= DEBRIEF_N(d, STAGE))
			return NULL;
		return DEBRIEF_AT(d, STAGE, stage, step < 0 ? i - 1 : i + 1);
	}
	return step > 0 && d->stage == NULL && DEBRIEF_N(d, STAGE) > 0
		   ? DEBRIEF_AT(d, STAGE, stage, 0)
		   : NULL;
}

static void
ask_stage(struct ui *u, const struct scene *sc, int step)
{
	const struct stage *to = stage_beside(sc->d, step);
	char *question;

	if (to == NULL) {
		ui_say(u, step > 0 ? "this is the last stage: C closes the debrief with :close"
				   : "this is the first stage");
		return;
	}
	question = mem_fmt("Move the room to %s?", to->name);
	ui_open_ask(u, question, step > 0 ? "stage next" : "stage back");
	free(question);
}

/* Verbs that belong to the screen, whatever the pane. False: not one of them. */
static bool
own_verb(struct ui *u, const struct scene *sc, enum verb_of_key verb, struct ui_out *out)
{
	if (verb >= DO_PANE_1 && verb <= DO_PANE_7)
		return show_pane(u, (int)(verb - DO_PANE_1) + 1), true;
	switch (verb) {
	case DO_NEXT_PANE:
		u->pane = (u->pane + 1) % n_views;
		return true;
	case DO_STAGE_NEXT:
		return ask_stage(u, sc, 1), true;
	case DO_STAGE_BACK:
		return ask_stage(u, sc, -1), true;
	case DO_FIND:
		return ui_open_line(u, MODE_FIND, ""), true;
	case DO_PALETTE:
		return ui_open_line(u, MODE_PALETTE, ""), true;
	case DO_HELP:
		return ui_set_mode(u, MODE_HELP), true;
	case DO_UNDO:
		return ui_run(u, "undo", out), true;
	case DO_REDO:
		return ui_run(u, "redo", out), true;
	case DO_PROMPT:
		u->prompt++;
		return true;
	case DO_MENU:
		return ui_open_menu(u, sc), true;
	case DO_BACK:
		return ui_open_ask(u, sc->live ? "Leave? All is safe, the debrief goes on." :
						 "Leave?", NULL), true;
	case DO_SAVE:
		ui_say(u, sc->unsafe ? "on its way to the disk; :save commits to git"
				     : "all is safe already; :save commits to git");
		return true;
	case DO_REDRAW:
		out->what = UI_REPAINT;
		return true;
	default:
		return false;
	}
}

void
ui_verb(struct ui *u, const struct scene *sc, enum verb_of_key verb, struct ui_out *out)
{
	struct view_answer a = { .what = ANSWER_NOT_MINE };
	struct pane_state *s = &u->panes[u->pane];

	a.what = ui_view(u)->verb(s, sc, verb, ui_pane_rect(u, sc), &a);
	switch (a.what) {
	case ANSWER_NOT_MINE:
		if (!own_verb(u, sc, verb, out) && verb != DO_NOTHING)
			ui_say(u, "nothing here for that key: ? shows the keys of this pane");
		break;
	case ANSWER_DRAW:
		break;
	case ANSWER_COMMAND:
		ui_run(u, a.command.data, out);
		break;
	case ANSWER_TYPE:
	case ANSWER_TYPE_TEXT:
		ui_open_job(u, &a, a.what == ANSWER_TYPE_TEXT);
		break;
	}
	view_fini_answer(&a);
}

/* What the usual job-control and save keys mean here, said instead of done. */
static bool
habit_key(struct ui *u, const struct key *k)
{
	if (k->code != KEY_CHAR || !(k->mods & KEY_MOD_CTRL))
		return false;
	if (k->cp == 'c')
		ui_say(u, "nothing was lost; q leaves");
	else if (k->cp == 'z')
		ui_say(u, "u takes your last change back");
	else if (k->cp == 's')
		ui_say(u, "all is safe already; :save commits to git");
	else
		return false;
	return true;
}

static void
pane_key(struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out)
{
	enum verb_of_key verb = binding_verb(ui_view(u), k);

	if (k->code == KEY_PASTE) {
		ui_burst(u, sc, k->paste);
		return;
	}
	if (verb == DO_NOTHING && habit_key(u, k))
		return;
	if (verb == DO_NOTHING && (k->code == KEY_FOCUS_IN || k->code == KEY_FOCUS_OUT ||
				      k->code == KEY_MOUSE))
		return;
	if (verb == DO_NOTHING) {
		ui_say(u, "that key does nothing here: ? shows those that do");
		return;
	}
	ui_verb(u, sc, verb, out);
}

void
ui_key(struct ui *u, const struct scene *sc, const struct command_scene *cs, const struct key *k,
    struct ui_out *out)
{
	*out = (struct ui_out){ .what = UI_DRAW };
	if (k->code != KEY_FOCUS_IN && k->code != KEY_FOCUS_OUT)
		ui_say(u, NULL);
	if (k->code == KEY_CHAR && (k->mods & KEY_MOD_CTRL) && k->cp == 'l') {
		out->what = UI_REPAINT;
		return;
	}
	switch (u->mode) {
	case MODE_PANE:
		pane_key(u, sc, k, out);
		break;
	case MODE_TYPE:
		ui_type_key(u, k, out);
		break;
	case MODE_PALETTE:
		ui_palette_key(u, cs, k, out);
		break;
	case MODE_FIND:
		ui_find_key(u, sc, k);
		break;
	case MODE_HELP:
		ui_help_key(u, k);
		break;
	case MODE_MENU:
		ui_menu_key(u, sc, k, out);
		break;
	case MODE_ASK:
		ui_ask_key(u, k, out);
		break;
	}
}

void
ui_burst(struct ui *u, const struct scene *sc, const char *text)
{
	struct ui_out out = { .what = UI_DRAW };

	if (u->mode != MODE_PANE)
		return;
	ui_verb(u, sc, DO_ADD, &out);
	if (u->mode != MODE_TYPE)
		return;
	edit_set(u->edit, text, strlen(text));
	ui_say(u, "that looks like text: enter adds it here, esc drops it");
}

void
ui_refused(struct ui *u, const char *reason)
{
	ui_say(u, reason);
	if (u->sent_text == NULL || (u->mode != MODE_PANE && u->mode != MODE_TYPE))
		return;
	if (u->mode == MODE_TYPE && edit_text(u->edit)[0] != '\0')
		return; /* somebody is typing the next one: that text is not moved away */
	edit_free(u->edit);
	job_fini(&u->job);
	u->job = u->sent;
	u->sent = (struct job){ 0 };
	u->edit = edit_new(u->sent_text, u->job.several, TEXT_BLOCK_MAX);
	free(u->sent_text);
	u->sent_text = NULL;
	u->mode = MODE_TYPE;
}
