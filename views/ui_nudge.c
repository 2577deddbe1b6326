/* The question that a wording rule asks about what is being typed: for its typist alone, kept
 * nowhere, in nobody's way. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/person_end.h"
#include "model/wording.h"
#include "views/draw.h"
#include "views/ui_state.h"
#include "views/words.h"

enum { BOX_ROWS = 6, BOX_MOST = 78, ROWS_FOR_A_BOX = 16 };

/* A cause that says who, not what: the same question that the end of a branch is asked. */
static bool
ends_at_person(const struct ui *u, const struct scene *sc, const char *text)
{
	const char *command = u->job.command != NULL ? u->job.command : "";

	return (strncmp(command, "why ", 4) == 0 || strncmp(command, "cause add ", 10) == 0 ||
		   strncmp(command, "cause set ", 10) == 0) &&
	       person_in_cause(sc->d, text);
}

/* Words that are judged: people's own, not commands, numbers or names. */
static bool
finds(const struct ui *u, const struct scene *sc, struct edit *e, struct wording_finding *f)
{
	const char *text;

	if (sc->wording == NULL || u->nudge_off || e == NULL)
		return false;
	text = edit_text(e);
	if (text[0] == ':')
		return false;
	if (wording_check(sc->wording, text, strlen(text), WORDING_PLAIN, f, 1) > 0)
		return true;
	*f = (struct wording_finding){ .rule = word(WORD_A_PERSON), .question = person_end_question };
	return ends_at_person(u, sc, text);
}

/* The question goes to the room as an open one; the line stays its typist's. */
static void
share(struct ui *u, const struct wording_finding *f, struct ui_out *out)
{
	struct strs words = { 0 };
	struct buf line = { 0 };

	strs_add(&words, "question");
	strs_add(&words, "add");
	strs_add(&words, f->question);
	words_join(&words, &line);
	ui_say(u, word(WORD_SAY_ROOM_HAS_IT));
	ui_run(u, line.data, out);
	buf_fini(&line);
	strs_fini(&words);
}

bool
ui_nudge_key(struct ui *u, const struct scene *sc, struct edit *e, const struct key *k,
    struct ui_out *out)
{
	enum modal_act act = modal_act(MODAL_NUDGE, k);
	struct wording_finding f;

	if (edit_text(e)[0] == '\0')
		u->nudge_off = false; /* the next line is another one */
	if ((act != DOES_DO && act != DOES_CLOSE && !ui_is_ctrl(k, 'o')) || u->on_air ||
	    !finds(u, sc, e, &f))
		return false;
	if (act == DOES_DO) {
		strs_add(&u->typed, edit_text(e));
		edit_set(e, "", 0);
		ui_say(u, word(WORD_SAY_SAY_IT_ANEW));
		return true;
	}
	u->nudge_off = true;
	if (act != DOES_CLOSE)
		share(u, &f, out);
	return true;
}

static void
draw_line(struct canvas *c, struct rect at, const struct wording_finding *f)
{
	struct buf line = { 0 };

	modal_title(MODAL_NUDGE, f->question, at.w, &line);
	canvas_fill(c, at, ' ', ROLE_PLAIN);
	draw_text(c, at, line.data, ROLE_WARN);
	buf_fini(&line);
}

static void
draw_box(struct canvas *c, struct rect at, const struct wording_finding *f)
{
	struct rect in = { at.y + 1, at.x + 3, at.h - 2, at.w - 6 };
	struct buf keys = { 0 };

	canvas_fill(c, at, ' ', ROLE_PLAIN);
	draw_titled_box(c, at, word(WORD_SAY_ONLY_YOU_SEE), f->rule);
	draw_wrapped(c, (struct rect){ in.y, in.x, 2, in.w }, f->question, ROLE_PLAIN | STYLE_BOLD);
	if (wrapped_rows(f->question, in.w, 3) < in.h - 1)
		draw_right(c, line_at(in.y + in.h - 2, in.x, in.w), word(WORD_SHARE_IT), ROLE_DIM);
	modal_hints(MODAL_NUDGE, in.w, &keys);
	draw_text(c, line_at(in.y + in.h - 1, in.x, in.w), keys.data, ROLE_DIM);
	buf_fini(&keys);
}

void
ui_nudge_draw(struct ui *u, const struct scene *sc, struct canvas *c, const struct nudge_at *at)
{
	struct wording_finding f;
	int rows = canvas_rows(c), w = canvas_cols(c) < BOX_MOST ? canvas_cols(c) : BOX_MOST;
	int y = at->below + BOX_ROWS < rows ? at->below : at->top - BOX_ROWS;

	if (!finds(u, sc, at->edit, &f))
		return;
	if (u->on_air || sc->projector)
		canvas_text(c, at->top, canvas_cols(c) - 3, 1, "?", ROLE_DIM);
	else if (rows < ROWS_FOR_A_BOX || y < 1)
		draw_line(c, line_at(rows - 1, 1, canvas_cols(c) - 2), &f);
	else
		draw_box(c, (struct rect){ y, (canvas_cols(c) - w) / 2, BOX_ROWS, w }, &f);
}
