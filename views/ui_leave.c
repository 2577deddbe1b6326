#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/draw.h"
#include "views/ui_state.h"
#include "views/words.h"

enum { QUESTIONS = 2 };

static const enum word rated_words[QUESTIONS] = { WORD_SAY_WORTH, WORD_SAY_COME_AGAIN };

/* Two numbers and a word from who took part in a live one; others only say that they mean it. */
static bool
is_asked(const struct ui *u, const struct scene *sc)
{
	return sc->live && !u->demo && u->fixed == NULL && !sc->reviewing &&
	       sc->role == PERSON_PARTICIPANT;
}

static void
ask_plainly(struct ui *u, const struct scene *sc)
{
	struct buf text = { 0 };

	if (!sc->live && sc->unsafe > 0)
		word_count(&text, (int64_t)sc->unsafe, WORD_SAY_LOSES_1);
	else
		buf_adds(&text, word(sc->live ? WORD_SAY_LEAVE_ALL_IS : WORD_SAY_LEAVE));
	ui_open_ask(u, ASK_LEAVE, text.data, NULL);
	buf_fini(&text);
}

void
ui_leave(struct ui *u, const struct scene *sc, bool sure, struct ui_out *out)
{
	bool loses = !sc->live && sc->unsafe > 0;

	if (u->seat != NULL) {
		ui_open_ask(u, ASK_NEXT_SEAT, word(WORD_SAY_DONE_THE_SCREEN), NULL);
	} else if (is_asked(u, sc)) {
		u->rated_n = 0;
		edit_free(u->edit);
		u->edit = edit_new("", false, TEXT_LINE_MAX);
		ui_set_mode(u, MODE_GOODBYE);
	} else if (ui_for_room(u) || (sure && !loses)) {
		out->what = UI_LEAVE;
	} else {
		ask_plainly(u, sc);
	}
}

/* The op that says so is anonymous; with both numbers passed over it is only that one goes. */
static void
say_goodbye(struct ui *u, struct ui_out *out)
{
	const char *word = edit_text(u->edit);
	bool rated = u->rated[0] > 0 && u->rated[1] > 0;
	struct strs words = { 0 };

	buf_clear(&u->line);
	buf_adds(&u->line, "leave");
	if (rated)
		buf_addf(&u->line, " %d %d", u->rated[0], u->rated[1]);
	if (rated && word[0] != '\0') {
		buf_addc(&u->line, ' ');
		strs_add(&words, word);
		words_join(&words, &u->line);
		strs_fini(&words);
	}
	out->what = UI_LEAVE;
	out->line = u->line.data;
}

/* What is typed or pasted here is no answer: with simple keys it goes where all else that is typed
 * goes, so that no word of it is lost. */
static void
type_on(struct ui *u, const struct key *k)
{
	if (!u->simple || u->entry == NULL || (k->code != KEY_CHAR && k->code != KEY_PASTE))
		return;
	ui_set_mode(u, MODE_PANE);
	edit_key(u->entry, k);
}

static void
take_number(struct ui *u, const struct key *k)
{
	int digit = modal_digit(k);

	if (digit >= 0 && digit < 5) {
		u->rated[u->rated_n++] = digit + 1;
		return;
	}
	switch (modal_act(MODAL_RATE, k)) {
	case DOES_PASS: u->rated[u->rated_n++] = 0; break;
	case DOES_BACK: u->rated_n -= u->rated_n > 0; break;
	case DOES_CLOSE: ui_set_mode(u, MODE_PANE); break;
	default: type_on(u, k); break;
	}
}

void
ui_goodbye_key(struct ui *u, const struct key *k, struct ui_out *out)
{
	bool passed;

	if (u->rated_n < QUESTIONS) {
		take_number(u, k);
		passed = u->rated_n == QUESTIONS && (u->rated[0] == 0 || u->rated[1] == 0);
		if (passed)
			say_goodbye(u, out);
		return;
	}
	switch (modal_act(MODAL_WORD, k)) {
	case DOES_DO: say_goodbye(u, out); break;
	case DOES_CLOSE: ui_set_mode(u, MODE_PANE); break;
	default: edit_key(u->edit, k); break;
	}
}

void
ui_draw_goodbye(struct ui *u, struct canvas *c)
{
	int w = canvas_cols(c) - 6 < 60 ? canvas_cols(c) - 6 : 60;
	struct rect in = ui_box(c, canvas_rows(c) >= 10 ? QUESTIONS + 3 : 3, w, word(WORD_SAY_BEFORE_YOU_GO));
	struct buf keys = { 0 };
	int top = in.h >= QUESTIONS + 3 ? 0 : u->rated_n < in.h - 1 ? 0 : u->rated_n - (in.h - 2);

	for (int i = top; i <= u->rated_n && i < QUESTIONS && i - top < in.h - 1; i++) {
		char text[96];
		snprintf(text, sizeof text, "%s  %s", word(rated_words[i]),
		    i < u->rated_n ? (const char *[]){ "-", "1", "2", "3", "4", "5" }[u->rated[i]]
				   : "1 2 3 4 5");
		draw_text(c, line_at(in.y + i - top, in.x, in.w), text,
		    i == u->rated_n ? ROLE_PLAIN | STYLE_BOLD : ROLE_DIM);
	}
	if (u->rated_n == QUESTIONS) {
		int y = in.y + QUESTIONS - top;
		canvas_text(c, y, in.x, in.w, word(WORD_SAY_A_WORD_TO), ROLE_PLAIN | STYLE_BOLD);
		if (in.w > 18)
			edit_draw(u->edit, c, line_at(y, in.x + 14, in.w - 14), ROLE_ENTRY);
	}
	modal_hints(u->rated_n < QUESTIONS ? MODAL_RATE : MODAL_WORD, in.w, &keys);
	draw_hint_text(c, line_at(in.y + in.h - 1, in.x, in.w), keys.data);
	buf_fini(&keys);
}
