#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/home_state.h"
#include "views/words.h"

struct home_ui *
home_ui_new(const struct strs *commands)
{
	struct home_ui *u = mem_zero(1, sizeof *u);

	u->commands = commands;
	u->rows = 24;
	return u;
}

void
home_ui_free(struct home_ui *u)
{
	if (u == NULL)
		return;
	edit_free(u->edit);
	strs_fini(&u->history);
	free(u->said);
	free(u->text);
	free(u->find);
	free(u);
}

void
home_say(struct home_ui *u, const char *text)
{
	char *said = text != NULL ? mem_dup(text) : NULL;

	free(u->said);
	u->said = said;
}

void
home_burst(struct home_ui *u)
{
	home_say(u, word(WORD_HOME_BURST));
}

bool
home_typing(const struct home_ui *u)
{
	return u->mode != HOME_CHOOSING && u->mode != HOME_HELPING;
}

static void
open_editor(struct home_ui *u, enum home_mode mode, const char *text)
{
	edit_free(u->edit);
	u->edit = edit_new(text, false, TEXT_LINE_MAX);
	if (mode == HOME_COMMANDING)
		edit_history(u->edit, &u->history);
	u->mode = mode;
	u->choice = 0;
}

static void
find_what_is_typed(struct home_ui *u)
{
	free(u->find);
	u->find = u->mode == HOME_FINDING ? mem_dup(edit_text(u->edit)) : NULL;
}

static void
close_editor(struct home_ui *u)
{
	u->mode = HOME_CHOOSING;
	find_what_is_typed(u);
}

/* The next part that has something, `by` 1 on or -1 back. */
static void
next_part(struct home_ui *u, const struct home *h, int by)
{
	for (int i = 1; i <= N_HOME_PARTS; i++) {
		int at = ((int)u->part + i * by + i * N_HOME_PARTS) % N_HOME_PARTS;
		if (home_shown(u, h, (enum home_part)at) > 0) {
			u->part = (enum home_part)at;
			return;
		}
	}
}

static void
step(struct home_ui *u, const struct home *h, int by)
{
	size_t n = home_shown(u, h, u->part);
	enum home_part was = u->part;

	if (by > 0 && u->at[u->part] + 1 < n) {
		u->at[u->part]++;
	} else if (by < 0 && u->at[u->part] > 0) {
		u->at[u->part]--;
	} else {
		next_part(u, h, by);
		if ((by > 0) != (u->part > was)) /* not round the end */
			u->part = was;
		else
			u->at[u->part] = by > 0 ? 0 : home_shown(u, h, u->part) - 1;
	}
}

static void
move_choice(struct home_ui *u, const struct home *h, enum modal_act act)
{
	int page = u->rows > 8 ? u->rows / 2 : 1;

	switch (act) {
	case DOES_DOWN: step(u, h, 1); break;
	case DOES_UP: step(u, h, -1); break;
	case DOES_PAGE_DOWN:
	case DOES_PAGE_UP:
		for (int i = 0; i < page; i++)
			step(u, h, act == DOES_PAGE_DOWN ? 1 : -1);
		break;
	case DOES_FIRST:
		for (int i = N_HOME_PARTS; i-- > 0;)
			u->part = home_shown(u, h, (enum home_part)i) > 0 ? (enum home_part)i : u->part;
		u->at[u->part] = 0;
		break;
	case DOES_LAST:
		for (int i = 0; i < N_HOME_PARTS; i++)
			u->part = home_shown(u, h, (enum home_part)i) > 0 ? (enum home_part)i : u->part;
		u->at[u->part] = home_shown(u, h, u->part) > 0 ? home_shown(u, h, u->part) - 1 : 0;
		break;
	default: break;
	}
}

static void
take_text(struct home_ui *u, const char *text, struct home_out *out, enum home_want what)
{
	char *copy = mem_dup(text);

	free(u->text);
	u->text = copy;
	out->text = u->text;
	out->what = what;
}

/* A note is begun as a debrief by the command for it, which can be looked at first. */
static void
open_chosen(struct home_ui *u, const struct home *h, struct home_out *out)
{
	static const enum word proofs[HOME_ANSWERS] = { WORD_HOME_PROOF_YES, WORD_HOME_PROOF_NO,
		WORD_HOME_PROOF_UNTESTED };
	const struct home_item *it = home_chosen(u, h);

	out->item = it;
	if (it == NULL) {
		open_editor(u, HOME_TITLING, "");
	} else if (u->part == HOME_NOTES) {
		char *line = mem_fmt("new --from %s", it->id.s);
		open_editor(u, HOME_COMMANDING, line);
		free(line);
	} else if (u->part == HOME_HELD) {
		take_text(u, word(proofs[u->answer]), out, HOME_SAY_HELD);
	} else {
		out->what = u->part == HOME_LIVE ? HOME_JOIN_LIVE : HOME_OPEN;
	}
}

static void
choosing_key(struct home_ui *u, const struct home *h, const struct key *k, struct home_out *out)
{
	enum modal_act act = modal_act(MODAL_HOME, k);

	switch (act) {
	case DOES_DO: open_chosen(u, h, out); break;
	case DOES_COMPLETE: next_part(u, h, 1); break;
	case DOES_BACK: next_part(u, h, -1); break;
	case DOES_ADD: open_editor(u, HOME_TITLING, ""); break;
	case DOES_COMMAND: open_editor(u, HOME_COMMANDING, ""); break;
	case DOES_HELP: u->mode = HOME_HELPING; break;
	case DOES_REFRESH: out->what = HOME_REFRESH; break;
	case DOES_LEAVE: out->what = HOME_LEAVE; break;
	case DOES_FIND:
		open_editor(u, HOME_FINDING, "");
		find_what_is_typed(u);
		break;
	case DOES_LEFT:
	case DOES_RIGHT:
		if (u->part == HOME_HELD)
			u->answer = (u->answer + (act == DOES_RIGHT ? 1 : HOME_ANSWERS - 1)) %
				    HOME_ANSWERS;
		else
			move_choice(u, h, act == DOES_RIGHT ? DOES_DOWN : DOES_UP);
		break;
	case DOES_NONE:
		if (k->code != KEY_MOUSE && k->code != KEY_FOCUS_IN && k->code != KEY_FOCUS_OUT)
			home_say(u, word(WORD_HOME_NO_KEY));
		break;
	default: move_choice(u, h, act); break;
	}
}

static void
take_offer(struct home_ui *u, struct home_out *out)
{
	if (u->offer == 0)
		out->what = HOME_DEMO;
	else
		open_editor(u, u->offer == 1 ? HOME_TITLING : HOME_JOINING, "");
}

static void
first_key(struct home_ui *u, const struct key *k, struct home_out *out)
{
	/* Unshifted on an AZERTY keyboard, too. */
	static const uint32_t digits_of[HOME_OFFERS][2] = { { '1', '&' }, { '2', 0xe9 }, { '3', '"' } };

	for (int i = 0; i < HOME_OFFERS; i++)
		if (k->code == KEY_CHAR && k->mods == 0 &&
		    (k->cp == digits_of[i][0] || k->cp == digits_of[i][1])) {
			u->offer = i;
			take_offer(u, out);
			return;
		}
	switch (modal_act(MODAL_FIRST, k)) {
	case DOES_DOWN: u->offer = (u->offer + 1) % HOME_OFFERS; break;
	case DOES_UP: u->offer = (u->offer + HOME_OFFERS - 1) % HOME_OFFERS; break;
	case DOES_DO: take_offer(u, out); break;
	case DOES_HELP: u->mode = HOME_HELPING; break;
	case DOES_LEAVE: out->what = HOME_LEAVE; break;
	default: break;
	}
}

/* Do the letters stand in the text in their order? */
static bool
letters_in(const char *letters, size_t n, const char *text, size_t len)
{
	for (; n > 0 && len > 0; text++, len--)
		if (*text == *letters) {
			letters++;
			n--;
		}
	return n == 0;
}

size_t
home_commands(const struct home_ui *u, size_t *out, size_t most)
{
	const char *typed = edit_text(u->edit);
	size_t len = strcspn(typed, " "), n = 0;

	if (typed[len] == ' ' || u->commands == NULL)
		return 0;
	for (int alike = 0; alike < 2; alike++) /* those that begin so, then those alike */
		for (size_t i = 0; i < u->commands->n && n < most; i++) {
			const char *name = u->commands->v[i];
			size_t of = strcspn(name, "\t");
			bool begins = len <= of && strncmp(name, typed, len) == 0;
			if (alike ? !begins && letters_in(typed, len, name, of) : begins)
				out[n++] = i;
		}
	return n;
}

static void
complete(struct home_ui *u)
{
	size_t found[8], n = home_commands(u, found, 8);

	if (n > 0) {
		const char *text = u->commands->v[found[(size_t)u->choice < n ? (size_t)u->choice : 0]];
		char *line = mem_fmt("%.*s ", (int)strcspn(text, "\t"), text);
		edit_set(u->edit, line, strlen(line));
		free(line);
	}
	u->choice = 0;
}

static void
editor_done(struct home_ui *u, const struct home *h, struct home_out *out)
{
	char *text = mem_dup(edit_text(u->edit));
	enum home_mode mode = u->mode;

	if (mode == HOME_FINDING) {
		bool some = home_chosen(u, h) != NULL;
		if (some)
			open_chosen(u, h, out);
		else
			home_say(u, word(WORD_HOME_NOT_FOUND));
		if (u->mode == HOME_FINDING)
			close_editor(u);
	} else if (text[0] == '\0' && mode != HOME_JOINING) {
		close_editor(u);
	} else {
		close_editor(u);
		if (mode == HOME_COMMANDING)
			strs_add(&u->history, text);
		take_text(u, text, out,
		    mode == HOME_TITLING  ? HOME_BEGIN
		    : mode == HOME_JOINING ? HOME_JOIN
					   : HOME_RUN);
	}
	free(text);
}

static void
typing_key(struct home_ui *u, const struct home *h, const struct key *k, struct home_out *out)
{
	enum modal_act act = modal_act(home_modal(u, h), k);
	size_t found[8];

	if (act == DOES_DO) {
		editor_done(u, h, out);
	} else if (act == DOES_CLOSE) {
		close_editor(u);
	} else if (act == DOES_COMPLETE) {
		complete(u);
	} else if (u->mode == HOME_FINDING && (act == DOES_DOWN || act == DOES_UP)) {
		move_choice(u, h, act);
	} else if (u->mode == HOME_COMMANDING && act == DOES_DOWN && home_commands(u, found, 8) > 0) {
		u->choice = (u->choice + 1) % (int)home_commands(u, found, 8);
	} else {
		edit_key(u->edit, k);
		u->choice = 0;
		find_what_is_typed(u);
	}
}

static void
helping_key(struct home_ui *u, const struct key *k)
{
	switch (modal_act(MODAL_HELP, k)) {
	case DOES_DOWN: u->help_scroll++; break;
	case DOES_PAGE_DOWN: u->help_scroll += 10; break;
	case DOES_UP: u->help_scroll -= u->help_scroll > 0; break;
	case DOES_PAGE_UP: u->help_scroll -= u->help_scroll > 10 ? 10 : u->help_scroll; break;
	default: u->mode = HOME_CHOOSING; break;
	}
}

/* What the usual save and job-control keys mean here, said instead of done. */
static bool
is_habit(struct home_ui *u, const struct key *k)
{
	if (k->code != KEY_CHAR || k->mods != KEY_MOD_CTRL)
		return false;
	if (k->cp == 'c' || (k->cp == 'z' && !home_typing(u)))
		home_say(u, word(WORD_HOME_LEAVE_HOW));
	else if (k->cp == 's')
		home_say(u, word(WORD_HOME_SAFE));
	else
		return false;
	return true;
}

void
home_key(struct home_ui *u, const struct home *h, const struct key *k, struct home_out *out)
{
	*out = (struct home_out){ .what = HOME_DRAW };
	if (k->code == KEY_FOCUS_IN || k->code == KEY_FOCUS_OUT)
		return;
	home_say(u, NULL);
	if (is_habit(u, k))
		return;
	if (home_typing(u))
		typing_key(u, h, k, out);
	else if (u->mode == HOME_HELPING)
		helping_key(u, k);
	else if (h->history)
		choosing_key(u, h, k, out);
	else
		first_key(u, k, out);
}
