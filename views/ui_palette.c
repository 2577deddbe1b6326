#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tui/edit.h"
#include "views/own_words.h"
#include "views/ui_state.h"
#include "views/words.h"

enum { ALIKE_MAX = 24 };

static bool
names_command(const char *line)
{
	struct strs words = { 0 };
	size_t used;
	bool named =
	    words_split(line, &words, NULL) && words.n > 0 && command_find(&words, &used, NULL);

	strs_fini(&words);
	return named;
}

/* Put the chosen completion in place of the last word; a command that is alike in place of all. */
static void
complete_with(struct ui *u, const char *choice)
{
	const char *text = edit_text(u->edit);
	const char *last = (size_t)u->choice < u->n_exact ? strrchr(text, ' ') : NULL;
	size_t keep = last ? (size_t)(last - text) + 1 : 0, len = strcspn(choice, "\t");
	struct buf b = { 0 };

	buf_add(&b, text, keep);
	buf_add(&b, choice, len);
	if (len > 0 && choice[len - 1] != '=')
		buf_addc(&b, ' ');
	edit_set(u->edit, b.data, b.len);
	buf_fini(&b);
}

/* Commands whose words, or note, hold the letters that were typed, in their order: in place of the
 * whole line. */
static void
offer_alike(struct ui *u)
{
	const struct command *found[ALIKE_MAX];
	const char *typed = edit_text(u->edit);
	size_t n = typed[0] != '\0' ? command_match(typed, found, ALIKE_MAX) : 0;

	for (size_t i = 0; i < n; i++)
		strs_take(&u->completions, mem_fmt("%s\t%s", found[i]->words, found[i]->note));
}

/* The screen's own words: the first word of the line, as far as it is typed. */
static void
offer_own(struct ui *u)
{
	const char *typed = edit_text(u->edit);

	for (size_t i = 0; i < n_own_words; i++)
		if (own_words[i].screen && strncmp(own_words[i].words, typed, strlen(typed)) == 0)
			strs_take(&u->completions,
			    mem_fmt("%s\t%s", own_words[i].words, own_words[i].note));
}

static void
refresh_completions(struct ui *u, const struct command_scene *cs)
{
	strs_fini(&u->completions);
	command_complete(cs, edit_text(u->edit), &u->completions);
	offer_own(u);
	u->n_exact = u->completions.n;
	if (!names_command(edit_text(u->edit)))
		offer_alike(u);
	if (u->choice >= (int)u->completions.n)
		u->choice = 0;
}

static void
say_on_air(struct ui *u)
{
	u->on_air = !u->on_air;
	u->on_air_asked = true;
	ui_say(u, u->on_air ? word(WORD_SAY_ON_AIR_OWN)
			    : word(WORD_SAY_NOT_ON_AIR));
}

static bool
line_is(const char *line, const char *words)
{
	size_t n = strlen(words);

	return strncmp(line, words, n) == 0 && line[n + strspn(line + n, " ")] == '\0';
}

/* Lines of the screen's own, that the grammar does not know. */
static bool
own_line(const char *line)
{
	return own_word_of(line, true) != NULL || line_is(line, "q");
}

/* Enter said it, so enter is no answer. */
static void
ask_close(struct ui *u)
{
	ui_open_ask(u, ASK_RUN,
	    word(WORD_SAY_CLOSE_THE_DEBRIEF), "close");
	u->ask.sure = true;
}

void
ui_run_line(struct ui *u, const struct scene *sc, const char *line, struct ui_out *out)
{
	if (line_is(line, "quit") || line_is(line, "q"))
		ui_leave(u, sc, true, out);
	else if (line_is(line, "onair"))
		say_on_air(u);
	else if (line_is(line, "mouse"))
		out->what = UI_MOUSE;
	else if (line_is(line, "wall"))
		ui_show_room(u, &view_wall);
	else if (line_is(line, "seat next"))
		ui_seat_next(u, sc);
	else if (line_is(line, "close") && sc->d->status != STATUS_CLOSED)
		ask_close(u);
	else if (line_is(line, "full") || line_is(line, "simple"))
		ui_set_simple(u, line[0] == 's');
	else
		ui_run(u, line, out);
}

/* Enter on what is no command yet takes the one that is chosen of those alike. */
static bool
takes_choice(const struct ui *u)
{
	const char *text = edit_text(u->edit);

	return text[0] != '\0' && u->n_exact == 0 && u->completions.n > 0 && !own_line(text) &&
	       !names_command(text);
}

static void
palette_done(struct ui *u, const struct scene *sc, struct ui_out *out)
{
	char *text = mem_dup(edit_text(u->edit));

	ui_set_mode(u, MODE_PANE);
	if (text[0] != '\0') {
		strs_add(&u->history, text);
		ui_run_line(u, sc, text, out);
	}
	free(text);
}

void
ui_palette_key(struct ui *u, const struct scene *sc, const struct command_scene *cs,
    const struct key *k, struct ui_out *out)
{
	enum modal_act act = modal_act(MODAL_COMMAND, k);

	if (act == DOES_COMPLETE && u->completions.n > 0) {
		complete_with(u, u->completions.v[u->choice]);
		u->choice = 0;
	} else if (act == DOES_DOWN && u->completions.n > 0) {
		u->choice = (u->choice + 1) % (int)u->completions.n;
		return;
	} else {
		switch (edit_key(u->edit, k)) {
		case EDIT_DONE:
			if (takes_choice(u)) {
				complete_with(u, u->completions.v[u->choice]);
				break;
			}
			palette_done(u, sc, out);
			return;
		case EDIT_CANCEL:
			ui_set_mode(u, MODE_PANE);
			return;
		default:
			ui_habit(u, sc, k);
			break;
		}
	}
	refresh_completions(u, cs);
}
