#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/board.h"
#include "views/draw.h"
#include "views/frame.h"
#include "views/ui_state.h"
#include "views/words.h"

void
ui_set_simple(struct ui *u, bool simple)
{
	if (u->simple != simple)
		ui_say(u, simple ? word(WORD_SAY_SIMPLE_KEYS_WHAT)
				 : word(WORD_SAY_EVERY_KEY_IS));
	u->simple = simple;
	if (simple && u->entry == NULL)
		u->entry = edit_new("", false, TEXT_BLOCK_MAX);
}

/* What a line would be for here: what `a` adds, else an event. */
static bool
probe_job(struct ui *u, const struct scene *sc, struct view_answer *a)
{
	static const enum verb_of_key adds[] = { DO_ADD, DO_EVENT_NOW };
	const struct view *v = ui_view(u);
	struct pane_state *s = ui_state(u);

	for (size_t i = 0; i < sizeof adds / sizeof *adds; i++) {
		if (v->verb(s, sc, adds[i], ui_pane_rect(u, sc), a) == ANSWER_TYPE)
			return true;
		view_fini_answer(a);
		*a = (struct view_answer){ 0 };
	}
	return false;
}

/* While text stands in the line it is for what it was for, as long as the cursor stays there. */
static bool
settle_job(struct ui *u, const struct scene *sc)
{
	struct view_answer a = { 0 };
	bool some = probe_job(u, sc, &a);
	bool same = some && u->job.command != NULL && u->job.was == NULL &&
		    strcmp(u->job.command, a.command.data) == 0;

	if (some && (!same || edit_text(u->entry)[0] == '\0'))
		ui_take_job(u, sc, &a);
	else if (!some)
		job_fini(&u->job);
	view_fini_answer(&a);
	return some;
}

static void
clear_entry(struct ui *u)
{
	edit_free(u->entry);
	u->entry = edit_new("", false, TEXT_BLOCK_MAX);
}

static void
entry_done(struct ui *u, const struct scene *sc, struct ui_out *out)
{
	char *text = mem_dup(edit_text(u->entry));

	if (text[strspn(text, " ")] == '\0') {
		clear_entry(u);
		ui_open_menu(u, sc);
	} else if (text[0] == ':') {
		clear_entry(u);
		ui_run_line(u, sc, text + 1, out);
	} else if (!settle_job(u, sc)) {
		ui_say(u, word(WORD_SAY_NOTHING_CAN_BE));
	} else if (!ui_who_changed(u, &u->job, sc)) {
		clear_entry(u);
		ui_run_job(u, text, out);
	}
	free(text);
}

/* Across the columns of the board, then on to the next pane. */
static void
entry_tab(struct ui *u, const struct scene *sc, struct ui_out *out)
{
	const struct column *was = NULL, *now = NULL;
	bool board = ui_view(u) == &view_board;

	if (board) {
		was = board_column(ui_state(u), sc);
		ui_verb(u, sc, DO_RIGHT, out);
		now = board_column(ui_state(u), sc);
	}
	if (was == now)
		ui_verb(u, sc, DO_NEXT_PANE, out);
}

static void
entry_esc(struct ui *u, const struct scene *sc, struct ui_out *out)
{
	if (edit_text(u->entry)[0] == '\0') {
		ui_verb(u, sc, DO_BACK, out);
		return;
	}
	strs_add(&u->typed, edit_text(u->entry));
	clear_entry(u);
}

/* Keys that move, as long as there is no text for them to move in. */
static bool
is_move(const struct ui *u, const struct key *k)
{
	bool empty = edit_text(u->entry)[0] == '\0';

	if (k->code == KEY_UP || k->code == KEY_DOWN || k->code == KEY_PAGE_UP ||
	    k->code == KEY_PAGE_DOWN || k->code == KEY_BACKTAB ||
	    (k->code >= KEY_F1 && k->code <= KEY_F12))
		return true;
	return empty && (k->code == KEY_LEFT || k->code == KEY_RIGHT || k->code == KEY_HOME ||
			    k->code == KEY_END);
}

static void
entry_type(struct ui *u, const struct scene *sc, const struct key *k)
{
	settle_job(u, sc);
	switch (edit_key(u->entry, k)) {
	case EDIT_MORE:
		if (edit_full(u->entry))
			ui_say(u, word(WORD_SAY_THAT_IS_AS));
		else if (k->code == KEY_PASTE && edit_lines(u->entry) > 1)
			ui_say(u, word(WORD_SAY_SEVERAL_LINES_ENTER));
		break;
	case EDIT_UNKNOWN:
		ui_habit(u, sc, k);
		break;
	default:
		break;
	}
}

void
ui_simple_key(struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out)
{
	if (ui_nudge_key(u, sc, u->entry, k, out) || ui_editor_key(u, sc, u->entry, k, out))
		return;
	if (k->code == KEY_ENTER)
		entry_done(u, sc, out);
	else if (k->code == KEY_TAB)
		entry_tab(u, sc, out);
	else if (k->code == KEY_ESC)
		entry_esc(u, sc, out);
	else if (is_move(u, k))
		ui_verb(u, sc, binding_verb(ui_view(u), k), out);
	else if (ui_is_ctrl(k, 's') || ui_is_ctrl(k, 'c'))
		ui_habit(u, sc, k);
	else if (k->code != KEY_MOUSE)
		entry_type(u, sc, k);
}

void
ui_draw_entry(struct ui *u, const struct scene *sc, struct canvas *c)
{
	struct frame_entry at = frame_entry(ui_view(u), ui_state(u), sc, u->rows, u->cols);
	struct buf label = { 0 };
	bool some = settle_job(u, sc);

	if (at.line.h < 1)
		return;
	if (at.label) {
		if (some)
			ui_who_label(&u->job, sc, at.line.w - 6, &label);
		draw_rule(c, line_at(at.line.y - 1, at.line.x, at.line.w), label.data, NULL);
		canvas_fill(c, at.line, ' ', ROLE_PLAIN);
	}
	if (at.line.x == 0 && at.line.w > 4) { /* not in a pane's own box */
		canvas_text(c, at.line.y, at.line.x, 2, "› ", ROLE_KEY);
		at.line.x += 2;
		at.line.w -= 3;
	}
	ui_draw_edit(u, u->entry, c, at.line);
	ui_nudge_draw(u, sc, c,
	    &(struct nudge_at){ u->entry, at.line.y - 1, at.line.y + at.line.h + 1 });
	buf_fini(&label);
}
