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

enum { BOX_ROWS = 6, BOX_MOST = 78, ROWS_FOR_A_BOX = 16, WHY_ROWS = 4, ROWS_FOR_WHY = 24 };

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

/* That a language has no rules is said beside one line, for as long as it is typed. */
static bool
says_missing(const struct ui *u, const struct scene *sc, struct edit *e)
{
	return sc->wording_missing != NULL && e != NULL && edit_text(e)[0] != '\0' &&
	    edit_text(e)[0] != ':' &&
	    (u->nudge_told == NULL || strcmp(u->nudge_told, sc->wording_missing) != 0);
}

bool
ui_nudge_key(struct ui *u, const struct scene *sc, struct edit *e, const struct key *k,
    struct ui_out *out)
{
	enum modal_act act = modal_act(MODAL_NUDGE, k);
	struct wording_finding f;

	if (edit_text(e)[0] == '\0')
		u->nudge_off = false; /* the next line is another one */
	if ((act == DOES_EDIT || act == DOES_CLOSE) && says_missing(u, sc, e)) {
		free(u->nudge_told);
		u->nudge_told = mem_dup(sc->wording_missing);
	}
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
draw_line(struct canvas *c, struct rect at, const char *text)
{
	canvas_fill(c, at, ' ', ROLE_PLAIN);
	draw_text(c, at, text, ROLE_WARN);
}

/* Two sentences have a row each where both fit. */
static void
draw_question(struct canvas *c, struct rect r, const char *question)
{
	const char *mark = strstr(question, "? ");
	char *first = mark != NULL ? mem_dupn(question, (size_t)(mark + 1 - question)) : NULL;

	if (first != NULL && text_width(first, strlen(first)) <= r.w &&
	    text_width(mark + 2, strlen(mark + 2)) <= r.w) {
		draw_text(c, line_at(r.y, r.x, r.w), first, ROLE_PLAIN | STYLE_BOLD);
		draw_text(c, line_at(r.y + 1, r.x, r.w), mark + 2, ROLE_PLAIN | STYLE_BOLD);
	} else {
		draw_wrapped(c, r, question, ROLE_PLAIN | STYLE_BOLD);
	}
	free(first);
}

static void
draw_box(struct canvas *c, struct rect at, const struct wording_finding *f)
{
	struct rect in = { at.y + 1, at.x + 3, at.h - 2, at.w - 6 };
	struct buf keys = { 0 };

	canvas_fill(c, at, ' ', ROLE_PLAIN);
	draw_titled_box(c, at, word(WORD_SAY_ONLY_YOU_SEE), f->rule);
	draw_question(c, (struct rect){ in.y, in.x, 2, in.w }, f->question);
	draw_right(c, line_at(in.y + in.h - 2, in.x, in.w), word(WORD_SHARE_IT), ROLE_DIM);
	modal_hints(MODAL_NUDGE, in.w, &keys);
	draw_text(c, line_at(in.y + in.h - 1, in.x, in.w), keys.data, ROLE_DIM);
	buf_fini(&keys);
}

/* What the rule listens for, and what becomes of it. */
static void
draw_why(struct canvas *c, struct rect at, const struct wording *w, const char *typed,
    const struct wording_finding *f)
{
	char *words = mem_dupn(typed + f->at, f->len);
	const char *question, *about = "";
	struct buf text = { 0 };

	for (size_t i = 0; i < wording_rules(w); i++)
		if (strcmp(wording_rule(w, i, &question, &about), f->rule) == 0)
			break;
	word_put(&text, WORD_SAY_WHY_IT_IS_ASKED, words, f->rule, about);
	canvas_fill(c, at, ' ', ROLE_PLAIN);
	draw_rule(c, line_at(at.y, at.x, at.w), word(WORD_SAY_WHY_THIS_QUESTION), NULL);
	draw_wrapped(c, (struct rect){ at.y + 1, at.x + 2, at.h - 1, at.w - 4 }, text.data,
	    ROLE_DIM);
	buf_fini(&text);
	free(words);
}

static void
draw_missing(struct canvas *c, struct rect at, const char *why)
{
	canvas_fill(c, at, ' ', ROLE_PLAIN);
	draw_titled_box(c, at, word(WORD_SAY_ONLY_YOU_SEE), word(WORD_SAY_NO_QUESTIONS));
	draw_wrapped(c, (struct rect){ at.y + 1, at.x + 3, at.h - 2, at.w - 6 }, why, ROLE_PLAIN);
}

/* Where it stands: under what is typed, else above it; with the panel where that has room too.
 * Without rows there is the last line. */
static struct rect
box_of(const struct canvas *c, const struct nudge_at *at, int *why)
{
	int rows = canvas_rows(c), w = canvas_cols(c) < BOX_MOST ? canvas_cols(c) : BOX_MOST;
	struct rect r = { 0, (canvas_cols(c) - w) / 2, BOX_ROWS, w };

	*why = rows >= ROWS_FOR_WHY ? WHY_ROWS : 0;
	if (at->below + BOX_ROWS + *why >= rows && at->top - BOX_ROWS - *why < 2)
		*why = 0;
	r.y = at->below + BOX_ROWS + *why < rows ? at->below : at->top - BOX_ROWS - *why;
	return r;
}

static void
draw_below(const struct scene *sc, struct canvas *c, const struct nudge_at *at,
    const struct wording_finding *f)
{
	int why;
	struct rect r = box_of(c, at, &why);

	if (canvas_rows(c) < ROWS_FOR_A_BOX || r.y < 1) {
		struct rect line = line_at(canvas_rows(c) - 1, 1, canvas_cols(c) - 2);
		struct buf text = { 0 };
		if (f != NULL)
			modal_title(MODAL_NUDGE, f->question, line.w, &text);
		draw_line(c, line, f != NULL ? text.data : sc->wording_missing);
		buf_fini(&text);
	} else if (f == NULL) {
		draw_missing(c, r, sc->wording_missing);
	} else {
		draw_box(c, r, f);
		if (why > 0 && f->len > 0) /* nothing to say of a cause that names a person */
			draw_why(c, (struct rect){ r.y + r.h, 0, why, canvas_cols(c) }, sc->wording,
			    edit_text(at->edit), f);
	}
}

void
ui_nudge_draw(struct ui *u, const struct scene *sc, struct canvas *c, const struct nudge_at *at)
{
	struct wording_finding f;
	bool found = finds(u, sc, at->edit, &f), hidden = u->on_air || sc->projector;

	if (found && hidden)
		canvas_text(c, at->top, canvas_cols(c) - 3, 1, "?", ROLE_DIM);
	else if (found)
		draw_below(sc, c, at, &f);
	else if (!hidden && says_missing(u, sc, at->edit))
		draw_below(sc, c, at, NULL);
}
