#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tui/edit.h"
#include "views/ui_state.h"

/* One line over the hints: a sentence in answer to the last key or from the host. */
static void
draw_said(const struct ui *u, const struct scene *sc, struct canvas *c)
{
	const char *text = u->said ? u->said : sc->notice;
	int y = canvas_rows(c) - 1, w = canvas_cols(c);

	if (text == NULL || y < 0)
		return;
	canvas_fill(c, (struct rect){ y, 0, 1, w }, ' ', ROLE_PLAIN);
	canvas_text(c, y, 1, w - 2, text, ROLE_WARN);
}

/* Rows an editor of several lines gets. */
static int
editor_rows(const struct ui *u, const struct canvas *c)
{
	int rows = canvas_rows(c) / 3;

	if (!u->job.several || rows < 1)
		return 1;
	return rows > 8 ? 8 : rows;
}

static const char *
editor_hint(const struct ui *u)
{
	if (u->said != NULL)
		return u->said;
	if (u->job.several)
		return "alt-enter keeps it   esc leaves it as it was";
	return u->job.again ? "enter adds   esc or empty enter ends" : "enter keeps it   esc leaves it";
}

/* The label line, the entry, and (with room) the editor's own hints, at the bottom of the screen. */
static void
draw_editor(struct ui *u, struct canvas *c, const char *label)
{
	int rows = canvas_rows(c), w = canvas_cols(c), h = editor_rows(u, c);
	bool with_hint = rows >= 8, with_label = rows >= 3;
	int top = rows - h - with_hint - with_label;
	int y = top < 0 ? 0 : top;

	canvas_fill(c, (struct rect){ y, 0, rows - y, w }, ' ', ROLE_PLAIN);
	if (with_label) {
		canvas_hline(c, y, 0, w, 0x2500, ROLE_LINE);
		canvas_textf(c, y, 2, w - 4, ROLE_HEAD, " %s ", label);
		y++;
	}
	canvas_text(c, y, 0, 2, "› ", ROLE_KEY);
	edit_draw(u->edit, c, (struct rect){ y, 2, h, w - 3 }, ROLE_ENTRY);
	if (with_hint)
		canvas_text(c, y + h, 1, w - 2, editor_hint(u), u->said ? ROLE_WARN : ROLE_DIM);
}

static void
draw_completions(struct ui *u, struct canvas *c)
{
	int rows = canvas_rows(c), w = canvas_cols(c), most = rows - 5;
	int n = (int)u->completions.n, first = 0, y;

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
	}
	if (n > most)
		canvas_textf(c, y, w - 14, 13, ROLE_DIM, "%d of %d", u->choice + 1, n);
}

void
ui_draw(struct ui *u, const struct scene *sc, struct canvas *c)
{
	u->rows = canvas_rows(c);
	u->cols = canvas_cols(c);
	canvas_clear(c);
	frame_draw(ui_view(u), &u->panes[u->pane], sc, c);
	switch (u->mode) {
	case MODE_PANE:
		draw_said(u, sc, c);
		break;
	case MODE_TYPE:
		draw_editor(u, c, u->job.label);
		break;
	case MODE_PALETTE:
		draw_completions(u, c);
		draw_editor(u, c, "command   tab completes, arrows choose, enter runs");
		break;
	case MODE_FIND:
		draw_editor(u, c, "find in this pane");
		break;
	case MODE_HELP:
		ui_draw_help(u, c);
		break;
	case MODE_MENU:
		ui_draw_menu(u, c);
		break;
	case MODE_ASK:
		ui_draw_ask(u, c);
		break;
	}
}
