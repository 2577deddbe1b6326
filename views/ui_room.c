#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "model/run.h"
#include "model/visible.h"
#include "views/frame.h"
#include "views/keymap.h"
#include "views/prompts.h"
#include "views/ui_state.h"
#include "views/words.h"

enum { VOTES_USUAL = 3 };

static bool
leads(const struct scene *sc)
{
	return sc->role == PERSON_FACILITATOR || sc->role == PERSON_SCRIBE;
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

/* A vote may wait for who dropped: how many are not done, and how many of them are not here. */
static void
ask_close_vote(struct ui *u, const struct scene *sc)
{
	int64_t voters = (int64_t)people_here(sc), rest;
	size_t gone = people_away(sc);
	struct buf b = { 0 };

	voters += (int64_t)gone;
	rest = voters - sc->counts.voters;
	buf_adds(&b, word(WORD_SAY_CLOSE_THE_VOTE));
	if (rest > 0)
		word_put(&b, WORD_SAY_NOT_DONE, digits(rest).s, digits(voters).s);
	else
		buf_adds(&b, word(WORD_SAY_EVERYBODY_IS_DONE));
	if (rest > 0 && gone > 0)
		word_count(&b, (int64_t)gone, WORD_SAY_AWAY_1);
	if (rest > 0)
		buf_addc(&b, '.');
	ui_open_ask(u, ASK_RUN, b.data, "votes close");
	buf_fini(&b);
}

static bool
votes_counted(const struct debrief *d)
{
	for (int kind = 0; kind < N_KINDS; kind++) {
		const struct field *f = schema_field((enum kind)kind, "votes");
		for (size_t i = 0; f != NULL && i < d->of[kind].n; i++)
			if (field_get(d->of[kind].v[i], f).num > 0)
				return true;
	}
	return false;
}

/* In a stage that is a vote `>` opens it first, then closes it, and only then goes on. */
static bool
ask_vote(struct ui *u, const struct scene *sc)
{
	int each = sc->votes > 0 ? (int)sc->votes : VOTES_USUAL;
	char *line, *question;

	if (sc->d->votes_each > 0) {
		ask_close_vote(u, sc);
		return true;
	}
	if (sc->d->stage == NULL || strcmp(sc->d->stage, "vote") != 0 || votes_counted(sc->d))
		return false;
	question = word_made(WORD_SAY_OPEN_VOTE, digits(each).s);
	line = mem_fmt("votes open %d", each);
	ui_open_ask(u, ASK_RUN, question, line);
	u->ask.instead = mem_dup("stage next");
	u->ask.key = '>';
	free(question);
	free(line);
	return true;
}

static void
ask_stage(struct ui *u, const struct scene *sc, int step)
{
	const struct stage *to = stage_beside(sc->d, step);
	struct buf question = { 0 };

	if (step > 0 && ask_vote(u, sc))
		return;
	if (to == NULL) {
		ui_say(u, step > 0 ? word(WORD_SAY_THIS_IS_THE)
				   : word(WORD_SAY_THIS_IS_THE_FIRST));
		return;
	}
	word_put(&question, WORD_SAY_MOVE_ROOM, to->name);
	if (step > 0 && visible_hidden(sc->d) + (size_t)sc->counts.written > 0)
		buf_adds(&question, word(WORD_SAY_WHAT_IS_HIDDEN));
	ui_open_ask(u, ASK_RUN, question.data, step > 0 ? "stage next" : "stage back");
	buf_fini(&question);
}

static bool
some_hidden(const struct scene *sc)
{
	for (size_t i = 0; i < DEBRIEF_N(sc->d, COLUMN); i++)
		if (DEBRIEF_AT(sc->d, COLUMN, column, i)->hidden)
			return true;
	return false;
}

bool
ui_may_reveal(const struct scene *sc)
{
	return leads(sc) && some_hidden(sc);
}

static void
ask_reveal(struct ui *u, const struct scene *sc)
{
	if (!some_hidden(sc))
		ui_say(u, word(WORD_SAY_NOTHING_IS_HIDDEN));
	else if (!leads(sc))
		ui_say(u, word(WORD_SAY_THE_FACILITATOR_REVEALS));
	else
		ui_set_mode(u, MODE_REVEAL);
	u->reveal_called = true;
}

/* What cannot be taken back needs another key than the one that asked for it. */
enum modal
ui_modal_of_reveal(const struct ui *u)
{
	return u->reveal_called ? MODAL_UNVEIL : MODAL_REVEAL;
}

void
ui_reveal_key(struct ui *u, const struct key *k, struct ui_out *out)
{
	switch (modal_act(ui_modal_of_reveal(u), k)) {
	case DOES_DO:
		ui_set_mode(u, MODE_PANE);
		ui_run(u, "reveal", out);
		break;
	case DOES_WAIT:
		ui_set_mode(u, MODE_PANE);
		u->reveal_ns = u->now_ns + UI_REVEAL_WAIT_S * NS_PER_S;
		ui_say(u, word(WORD_SAY_THIRTY_SECONDS_MORE));
		break;
	case DOES_CLOSE: ui_set_mode(u, MODE_PANE); break;
	case DOES_HELP:
		ui_set_mode(u, MODE_HELP);
		u->help_back = MODE_REVEAL;
		break;
	default: break;
	}
}

bool
ui_votable(struct ui *u, const struct scene *sc)
{
	enum kind kind;

	return sc->d->votes_each > 0 && debrief_any(sc->d, ui_state(u)->selected, &kind) != NULL &&
	       schema_field(kind, "votes") != NULL;
}

static bool
selected_votes(struct ui *u, const struct scene *sc, const char *command, struct ui_out *out)
{
	struct id id = ui_state(u)->selected;
	char line[64];

	if (sc->d->votes_each == 0) {
		ui_say(u, word(WORD_SAY_NO_VOTE_IS));
		return true;
	}
	if (!ui_votable(u, sc))
		return false;
	snprintf(line, sizeof line, "%s %s", command, id.s);
	ui_run(u, line, out);
	return true;
}

static void
focus_selected(struct ui *u, const struct scene *sc, struct ui_out *out)
{
	struct id id = ui_state(u)->selected;
	char line[64];

	if (!leads(sc)) {
		ui_say(u, word(WORD_SAY_THE_FACILITATOR_POINTS));
	} else if (!id_some(id)) {
		ui_say(u, word(WORD_SAY_SELECT_WHAT_EVERYBODY));
	} else {
		snprintf(line, sizeof line, "focus %s", id.s);
		ui_run(u, line, out);
	}
}

static void
ask_abort(struct ui *u, const struct scene *sc)
{
	if (!run_possible(sc->d)) {
		ui_say(u, word(WORD_SAY_NO_GAME_DAY));
		return;
	}
	ui_open_ask(u, ASK_RUN, word(WORD_SAY_STOP_THE_GAME), "abort");
	u->ask.instead = mem_dup("abort");
	u->ask.key = '!';
}

/* Is no text of somebody's, and no key of a pane's own, in the way of this key? */
static bool
types_nothing(const struct ui *u)
{
	switch (u->mode) {
	case MODE_PANE: return u->simple && edit_text(u->entry)[0] == '\0';
	case MODE_TYPE: return edit_text(u->edit)[0] == '\0';
	case MODE_PALETTE:
	case MODE_FIND:
	case MODE_FIND_ALL:
	case MODE_SEAT: return false;
	case MODE_ASK: return u->ask.instead == NULL || u->ask.key != '!';
	default: return true;
	}
}

bool
ui_stop_key(struct ui *u, const struct scene *sc, const struct key *k)
{
	if (!ui_is_char(k, '!') || !run_possible(sc->d) || !types_nothing(u))
		return false;
	if (u->mode == MODE_ASK && u->ask.uncalled && u->n_waiting < UI_WAITING_MAX) {
		u->waiting[u->n_waiting++] = u->ask; /* it comes back */
		u->ask = (struct ask){ 0 };
	}
	ask_abort(u, sc);
	return true;
}

/* The question at hand: of the event that is selected, else of the stage. */
static void
prompt_all(struct ui *u, const struct scene *sc, struct ui_out *out)
{
	const struct event *ev =
	    (const struct event *)debrief_find(sc->d, KIND_EVENT, ui_state(u)->selected);
	size_t nth = 0;
	const char *text = prompt_beside(sc, ev);
	struct strs words = { 0 };
	struct buf line = { 0 };

	if (!leads(sc)) {
		ui_say(u, word(WORD_SAY_THE_FACILITATOR_SENDS));
		return;
	}
	if (text == NULL)
		text = prompt_for_stage(sc, 0, &nth);
	if (sc->d->shown_prompt != NULL && (text == NULL || strcmp(text, sc->d->shown_prompt) == 0))
		text = "off";
	if (text != NULL) {
		strs_add(&words, text);
		buf_adds(&line, "prompt ");
		words_join(&words, &line);
		ui_run(u, line.data, out);
	} else {
		ui_say(u, word(WORD_SAY_NO_QUESTION_FOR));
	}
	strs_fini(&words);
	buf_fini(&line);
}

/* As a projector that is here shows it; without one, by the room on this screen. */
static const struct view *
shown_view(const struct ui *u, const struct scene *sc)
{
	for (size_t i = 0; i < sc->n_here; i++)
		if (strcmp(sc->here[i].want, "projector") == 0)
			return sc->here[i].pane != NULL &&
					       strcmp(sc->here[i].pane, view_wall.name) == 0
				   ? &view_wall
				   : &view_projector;
	return u->cols >= WALL_COLS && u->rows >= WALL_ROWS ? &view_wall : &view_projector;
}

void
ui_show_room(struct ui *u, const struct view *how)
{
	ui_set_mode(u, MODE_OTHERS);
	u->others = how;
}

const struct view *
ui_other_for_room(const struct view *v)
{
	return v == &view_wall ? &view_projector : &view_wall;
}

void
ui_others_key(struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out)
{
	if (u->others == NULL || keymap_verb(sc->keys, u->others, k) != DO_PROJECTOR) {
		ui_set_mode(u, MODE_PANE);
		return;
	}
	u->others = ui_other_for_room(u->others);
	if (leads(sc) && sc->live) /* for whoever leads, what is shown here is what they all show */
		ui_run(u, u->others == &view_wall ? "projector wall" : "projector question", out);
}

bool
ui_room_verb(struct ui *u, const struct scene *sc, enum verb_of_key verb, struct ui_out *out)
{
	switch (verb) {
	case DO_STAGE_NEXT: return ask_stage(u, sc, 1), true;
	case DO_STAGE_BACK: return ask_stage(u, sc, -1), true;
	case DO_REVEAL: return ask_reveal(u, sc), true;
	case DO_READY: return ui_run(u, "ready", out), true;
	case DO_HAND:
		return ui_run(u, strs_has(&sc->d->hands, sc->me) ? "hand done" : "hand", out), true;
	case DO_VOTE: return selected_votes(u, sc, "vote", out);
	case DO_UNVOTE: return selected_votes(u, sc, "unvote", out);
	case DO_MARK: return ui_mark(u, sc), true;
	case DO_FOCUS: return focus_selected(u, sc, out), true;
	case DO_ACCOUNT: return ui_run(u, "account", out), true;
	case DO_PROMPT_ALL: return prompt_all(u, sc, out), true;
	case DO_FOLLOW: return ui_follow_now(u, sc), true;
	case DO_ABORT: return ask_abort(u, sc), true;
	case DO_OTHERS_VIEW: return ui_show_room(u, NULL), true;
	case DO_PROJECTOR: return ui_show_room(u, shown_view(u, sc)), true;
	default: return false;
	}
}

/* When the second person comes, who leads is asked once whether this screen is seen by others. */
void
ui_on_air(struct ui *u, const struct scene *sc)
{
	if (u->on_air_asked || u->demo || u->fixed != NULL || sc->role != PERSON_FACILITATOR ||
	    people_of(sc, "join") < 2)
		return;
	u->on_air_asked = true;
	ui_ask_later(u, ASK_ON_AIR,
	    word(WORD_SAY_YOU_ARE_NOT), NULL);
}
