#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "model/visible.h"
#include "tui/edit.h"
#include "views/board.h"
#include "views/curtain.h"
#include "views/draw.h"
#include "views/gameday.h"
#include "views/ui_state.h"
#include "views/welcome.h"
#include "views/words.h"

enum { TWO_ROWS_FROM = 12 };

/* Rows of a sentence at the bottom: two where one would cut it and the screen has some. */
static int
said_rows(const char *text, const struct canvas *c)
{
	return canvas_rows(c) >= TWO_ROWS_FROM && wrapped_rows(text, canvas_cols(c) - 2, 2) > 1 ? 2 : 1;
}

/* One line over the hints: a sentence in answer to the last key or from the host. */
static void
draw_said(const struct ui *u, const struct scene *sc, struct canvas *c)
{
	const char *text = u->said ? u->said : sc->notice;
	int rows = canvas_rows(c), w = canvas_cols(c), h;

	if (text == NULL || rows < 1 || ui_view(u) == &view_wall) /* there the last row is how to join */
		return;
	h = u->simple ? 1 : said_rows(text, c); /* over the last row is the line that is typed */
	canvas_fill(c, (struct rect){ rows - h, 0, h, w }, ' ', ROLE_PLAIN);
	draw_wrapped(c, (struct rect){ rows - h, 1, h, w - 2 }, text, ROLE_WARN);
}

/* Rows an editor of several lines gets. */
static int
editor_rows(const struct ui *u, const struct canvas *c)
{
	int rows = canvas_rows(c) / 3, form = u->mode == MODE_TYPE ? ui_form_rows(u, c) : 0;

	if (form > 0)
		return form;
	if (!u->job.several || rows < 1)
		return 1;
	return rows > 8 ? 8 : rows;
}

/* The same with a dot for each character: for drafts that others could read over a shoulder. */
static struct edit *
masked(const struct edit *e)
{
	const char *text = edit_text(e);
	size_t cursor = 0, len = strlen(text), n;
	struct buf dots = { 0 };
	struct edit *mask;

	for (size_t i = 0; i < len; i += n) {
		n = text_grapheme(text + i, len - i);
		if (i < edit_cursor(e))
			cursor += 3;
		buf_adds(&dots, "•");
	}
	mask = edit_new("", false, TEXT_BLOCK_MAX * 3);
	edit_set(mask, dots.data ? dots.data : "", cursor);
	buf_fini(&dots);
	return mask;
}

void
ui_draw_edit(struct ui *u, struct edit *e, struct canvas *c, struct rect area)
{
	struct edit *mask;

	if (!u->on_air || !ui_who_hidden(&u->job)) {
		edit_draw(e, c, area, ROLE_ENTRY);
		return;
	}
	mask = masked(e);
	edit_draw(mask, c, area, ROLE_ENTRY);
	edit_free(mask);
}

/* What matters most just now: an answer, that nothing is heard from the host, that somebody else is
 * at the same text, that a question waits. */
static void
put_editor_hint(const struct ui *u, const struct scene *sc, struct buf *out, int *style)
{
	*style = ROLE_WARN;
	if (u->said != NULL) {
		buf_adds(out, u->said);
		return;
	}
	if (!sc->live && !sc->reviewing) {
		buf_adds(out, sc->notice ? sc->notice : word(WORD_SAY_NOT_CONNECTED_WHAT));
		return;
	}
	if (u->mode == MODE_TYPE)
		ui_who_else(&u->job, sc, out);
	if (out->len > 0)
		return;
	*style = ROLE_DIM;
	if (u->mode == MODE_TYPE && ui_form_at(&u->job) >= 0)
		buf_adds(out, word(ui_form_at(&u->job) == 0 ? WORD_FORM_HINT : WORD_FORM_HINT_ON));
	else
		modal_hints(u->mode == MODE_TYPE ? ui_modal_of_job(u)
		    : u->mode == MODE_PALETTE	 ? MODAL_COMMAND
		    : u->mode == MODE_FIND	 ? MODAL_FIND
						 : MODAL_FIND_ALL,
		    u->cols - 2, out);
	if (u->n_waiting > 0)
		buf_adds(out, word(WORD_SAY_A_QUESTION_WAITS));
}

/* The label line, the entry, and (with room) the editor's own hints, at the bottom of the screen. */
static void
draw_editor(struct ui *u, const struct scene *sc, struct canvas *c, const char *label)
{
	int rows = canvas_rows(c), w = canvas_cols(c), h = editor_rows(u, c), style;
	bool with_hint = rows >= 8, with_label = rows >= 3;
	struct buf hint = { 0 };
	int y, hints;

	put_editor_hint(u, sc, &hint, &style);
	hints = with_hint && style == ROLE_WARN ? said_rows(hint.data, c) : with_hint;
	y = rows - h - hints - with_label;
	y = y < 0 ? 0 : y;
	canvas_fill(c, (struct rect){ y, 0, rows - y, w }, ' ', ROLE_PLAIN);
	if (with_label) {
		canvas_hline(c, y, 0, w, 0x2500, ROLE_LINE);
		canvas_textf(c, y, 2, w - 4, ROLE_HEAD, " %s ", label);
		y++;
	}
	if (u->mode == MODE_TYPE && h > 1 && ui_form_rows(u, c) == h)
		ui_form_draw(u, c, (struct rect){ y, 0, h, w });
	else
		canvas_text(c, y, 0, 2, "› ", ROLE_KEY);
	if (u->mode == MODE_TYPE && ui_form_rows(u, c) == 0)
		ui_draw_edit(u, u->edit, c, (struct rect){ y, 2, h, w - 3 });
	else if (u->mode != MODE_TYPE)
		edit_draw(u->edit, c, (struct rect){ y, 2, h, w - 3 }, ROLE_ENTRY);
	if (with_hint && style == ROLE_DIM)
		draw_hint_text(c, line_at(y + h, 1, w - 2), hint.data);
	else if (with_hint)
		draw_wrapped(c, (struct rect){ y + h, 1, hints, w - 2 }, hint.data, style);
	buf_fini(&hint);
}

/* The key that does the same, at the left of the note. */
static void
draw_key_of(const struct ui *u, struct canvas *c, int y, const char *text, size_t len)
{
	struct buf words = { 0 }, key = { 0 };
	const char *typed = edit_text(u->edit), *last = strrchr(typed, ' ');
	int w = canvas_cols(c);

	if (last != NULL && memchr(text, ' ', len) == NULL)
		buf_add(&words, typed, (size_t)(last - typed) + 1);
	buf_add(&words, text, len);
	if (ui_command_key(u, words.data ? words.data : "", &key))
		draw_right(c, line_at(y, w / 2 - 9, 7), key.data, ROLE_KEY);
	buf_fini(&words);
	buf_fini(&key);
}

static void
draw_completions(struct ui *u, struct canvas *c)
{
	int rows = canvas_rows(c), w = canvas_cols(c), most = rows - 5;
	int n = (int)u->completions.n, first = 0, y;
	struct buf of = { 0 };

	if (most > 8)
		most = 8;
	if (most < 1 || n == 0)
		return;
	if (n > most && u->choice >= most)
		first = u->choice - most + 1;
	y = rows - 3 - (n < most ? n : most);
	for (int i = 0; i < most && first + i < n; i++) {
		const char *text = u->completions.v[first + i], *hint = strchr(text, '\t');
		size_t len = hint ? (size_t)(hint - text) : strlen(text);
		bool chosen = first + i == u->choice;

		canvas_fill(c, (struct rect){ y + i, 0, 1, w }, ' ', ROLE_PLAIN);
		canvas_text(c, y + i, 1, 1, chosen ? "►" : " ", ROLE_SELECTED);
		canvas_textn(c, y + i, 2, w / 2 - 3, text, len,
		    chosen ? ROLE_SELECTED | STYLE_REVERSE : ROLE_KEY);
		if (hint != NULL)
			canvas_text(c, y + i, w / 2, w / 2 - 1, hint + 1, ROLE_DIM);
		draw_key_of(u, c, y + i, text, len);
	}
	if (n > most)
		word_put(&of, WORD_N_OF_N, digits(u->choice + 1).s, digits(n).s);
	draw_text(c, line_at(y, w - 14, 13), of.data, ROLE_DIM);
	buf_fini(&of);
}

/* What leaves for the others, drawn as they would see it. */
static void
draw_others(struct ui *u, const struct scene *sc, struct canvas *c)
{
	struct viewer nobody = { .role = PERSON_OBSERVER };
	struct debrief *theirs = visible_copy(sc->d, &nobody);
	struct scene other = *sc;
	struct debrief room;
	struct pane_state s = *ui_state(u);
	const struct view *v = u->others != NULL ? u->others : ui_view(u);
	const char *note = u->others == NULL ? word(WORD_SAY_THIS_IS_WHAT)
			   : u->others == &view_wall ? word(WORD_SAY_THIS_IS_WHAT_THE)
						     : word(WORD_SAY_THIS_IS_WHAT_A);

	other.d = theirs;
	curtain_scene(&other, &room);
	other.me = "";
	other.projector = u->others != NULL;
	other.simple = false;
	s.folded = (struct strs){ 0 };
	frame_draw(v, &s, &other, c);
	strs_fini(&s.folded);
	debrief_free(theirs);
	canvas_fill(c, line_at(canvas_rows(c) - 1, 0, canvas_cols(c)), ' ', ROLE_PLAIN);
	draw_text(c, line_at(canvas_rows(c) - 1, 1, canvas_cols(c) - 2),
	    note, ROLE_WARN);
}

static void
draw_pane(struct ui *u, const struct scene *sc, struct canvas *c)
{
	struct scene shown = *sc;

	shown.line_empty = u->simple && u->entry != NULL && edit_text(u->entry)[0] == '\0';
	frame_draw(ui_view(u), ui_state(u), &shown, c);
	if (u->n_flashes > 0)
		ui_draw_flashes(u, sc, c);
}

/* The editor in the pane itself, where what is typed will stand; what it is for and its hints in
 * the line below. */
static bool
draw_in_place(struct ui *u, const struct scene *sc, struct canvas *c, const char *label)
{
	const struct view *v = ui_view(u);
	int y = canvas_rows(c) - 1, w = canvas_cols(c), style, used;
	struct buf hint = { 0 };
	struct rect at;

	if (u->job.several || y < 2 || v->line == NULL ||
	    !v->line(ui_state(u), sc, ui_pane_rect(u, sc), u->job.command, &at))
		return false;
	canvas_fill(c, at, ' ', ROLE_PLAIN);
	ui_draw_edit(u, u->edit, c, at);
	put_editor_hint(u, sc, &hint, &style);
	canvas_fill(c, line_at(y, 0, w), ' ', ROLE_PLAIN);
	used = draw_text(c, line_at(y, 1, w - 2), label, ROLE_HEAD);
	if (style == ROLE_WARN) {
		canvas_fill(c, line_at(y, 0, w), ' ', ROLE_PLAIN);
		used = -2;
	}
	draw_text(c, line_at(y, used + 3, w - used - 4), hint.data, style);
	ui_nudge_draw(u, sc, c, &(struct nudge_at){ u->edit, at.y, at.y + 1 });
	buf_fini(&hint);
	return true;
}

static void
draw_type(struct ui *u, const struct scene *sc, struct canvas *c)
{
	struct buf label = { 0 };

	ui_who_label(&u->job, sc, canvas_cols(c) - 6, &label);
	if (draw_in_place(u, sc, c, label.data ? label.data : "")) {
		buf_fini(&label);
		return;
	}
	draw_editor(u, sc, c, label.data ? label.data : "");
	ui_nudge_draw(u, sc, c,
	    &(struct nudge_at){
		u->edit, canvas_rows(c) - editor_rows(u, c) - 2, canvas_rows(c) });
	buf_fini(&label);
}

static void
draw_find_all(struct ui *u, const struct scene *sc, struct canvas *c)
{
	int rows = canvas_rows(c), most = rows - 5, n = (int)u->completions.n;
	char *label = word_made(WORD_SAY_FOUND, digits(n).s);

	if (most > rows / 2)
		most = rows / 2;
	if (n < most)
		most = n;
	draw_editor(u, sc, c, label);
	ui_draw_found(u, c, (struct rect){ rows - 3 - most, 0, most, canvas_cols(c) });
	free(label);
}

/* The ballot at the end of a topic stands in the discussion's pane where that has room for it. */
static void
draw_ask(struct ui *u, const struct scene *sc, struct canvas *c)
{
	int y = canvas_rows(c) - 1;

	if (u->ask.what != ASK_BELL || ui_view(u) != &view_board || sc->d->asked == NULL ||
	    strcmp(sc->d->asked, "topic") != 0 ||
	    !board_shows_bell(ui_state(u), sc, canvas_rows(c), canvas_cols(c))) {
		ui_draw_ask(u, c);
		return;
	}
	canvas_fill(c, line_at(y, 0, canvas_cols(c)), ' ', ROLE_PLAIN);
	draw_text(c, line_at(y, 1, canvas_cols(c) - 2), word(WORD_BELL_KEYS), ROLE_WARN);
}

static void
draw_over(struct ui *u, const struct scene *sc, struct canvas *c)
{
	switch (u->mode) {
	case MODE_PANE:
		if (u->simple)
			ui_draw_entry(u, sc, c);
		draw_said(u, sc, c);
		break;
	case MODE_TYPE:
		draw_type(u, sc, c);
		break;
	case MODE_PALETTE:
		draw_completions(u, c);
		draw_editor(u, sc, c, "command");
		break;
	case MODE_FIND:
		draw_editor(u, sc, c, word(WORD_SAY_FIND_IN_THIS));
		break;
	case MODE_FIND_ALL:
		draw_find_all(u, sc, c);
		break;
	case MODE_LINKS: ui_draw_links(u, c); break;
	case MODE_EVIDENCE:
	case MODE_LINES: ui_draw_lines(u, c); break;
	case MODE_HELP: ui_draw_help(u, sc, c); break;
	case MODE_MENU: ui_draw_menu(u, sc, c); break;
	case MODE_ASK: draw_ask(u, sc, c); break;
	case MODE_REVEAL: board_reveal_ask(sc, ui_modal_of_reveal(u), c); break;
	case MODE_BOTH: ui_draw_both(u, c); break;
	case MODE_GOODBYE: ui_draw_goodbye(u, c); break;
	case MODE_WELCOME:
	case MODE_SEAT:
	case MODE_OTHERS: break;
	}
}

/* What happened since the last frame, before it is drawn. */
static void
catch_up(struct ui *u, const struct scene *sc)
{
	u->now_ns = sc->now_ns;
	ui_follow(u, sc);
	if (u->reveal_ns != 0 && sc->now_ns >= u->reveal_ns && u->mode == MODE_PANE &&
	    !ui_typing(u)) {
		u->reveal_ns = 0;
		u->reveal_called = false;
		if (ui_may_reveal(sc))
			ui_set_mode(u, MODE_REVEAL);
	}
	ui_bring_held(u, sc);
	ui_on_air(u, sc);
	ui_bell(u, sc);
	ui_ask_waiting(u);
}

void
ui_draw(struct ui *u, const struct scene *sc, struct canvas *c)
{
	u->rows = canvas_rows(c);
	u->cols = canvas_cols(c);
	catch_up(u, sc);
	canvas_clear(c);
	switch (u->mode) {
	case MODE_WELCOME: welcome_draw(sc, &u->welcome_scroll, c); break;
	case MODE_SEAT: ui_draw_seat(u, sc, c); break;
	case MODE_EVIDENCE: ui_draw_evidence(u, sc, c); break;
	case MODE_OTHERS: draw_others(u, sc, c); break;
	default:
		draw_pane(u, sc, c);
		draw_over(u, sc, c);
	}
	if (u->mode != MODE_PANE)
		gameday_over(sc, c);
}

int
ui_wake_ms(const struct ui *u, const struct scene *sc)
{
	int64_t ms = 15000, ns_per_ms = NS_PER_S / 1000;
	const struct view *v = ui_view(u);

	if (v == &view_agenda || u->fixed != NULL || sc->d->timer_ends_ns != TIME_NONE ||
	    (!sc->live && !sc->reviewing))
		ms = 1000;
	for (size_t i = 0; i < u->n_flashes; i++)
		if ((u->flashes[i].until_ns - sc->now_ns) / ns_per_ms < ms)
			ms = (u->flashes[i].until_ns - sc->now_ns) / ns_per_ms + 1;
	if (u->reveal_ns != 0 && (u->reveal_ns - sc->now_ns) / ns_per_ms < ms)
		ms = (u->reveal_ns - sc->now_ns) / ns_per_ms + 1;
	return ms < 50 ? 50 : (int)ms;
}
