#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/ui_state.h"

void
ui_open_ask(struct ui *u, const char *question, const char *line)
{
	free(u->ask);
	free(u->ask_line);
	u->ask = mem_dup(question);
	u->ask_line = mem_dup(line);
	ui_set_mode(u, MODE_ASK);
}

/* Enter does it, esc does not. Neither is the key that opened the question. */
void
ui_ask_key(struct ui *u, const struct key *k, struct ui_out *out)
{
	bool yes = k->code == KEY_ENTER || (k->code == KEY_CHAR && k->mods == 0 && k->cp == 'y');
	bool no = k->code == KEY_ESC || k->code == KEY_BACKSPACE ||
		  (k->code == KEY_CHAR && k->mods == 0 && k->cp == 'n');

	if (yes) {
		ui_set_mode(u, MODE_PANE);
		if (u->ask_line != NULL)
			ui_run(u, u->ask_line, out);
		else
			out->what = UI_LEAVE;
	} else if (no) {
		ui_set_mode(u, MODE_PANE);
	}
}

/* The verbs a menu offers, in this order, where the view and the table have them. */
static const enum verb_of_key menu_verbs[] = { DO_EDIT, DO_WHY, DO_CAUSE_HERE, DO_ACTION_HERE, DO_ADD,
	DO_AGREE, DO_DOUBT, DO_MOVE, DO_QUESTION_HERE, DO_REMOVE };

void
ui_open_menu(struct ui *u, const struct scene *sc)
{
	const struct view *v = ui_view(u);

	u->n_menu = 0;
	for (size_t i = 0; i < sizeof menu_verbs / sizeof *menu_verbs; i++) {
		struct view_answer a = { 0 };
		struct pane_state probe = u->panes[u->pane];
		enum answer what;

		if (binding_of(v, menu_verbs[i]) == NULL || u->n_menu == UI_CHOICES_MAX)
			continue;
		probe.folded = (struct strs){ 0 };
		what = v->verb(&probe, sc, menu_verbs[i], ui_pane_rect(u, sc), &a);
		view_fini_answer(&a);
		strs_fini(&probe.folded);
		if (what == ANSWER_COMMAND || what == ANSWER_TYPE || what == ANSWER_TYPE_TEXT)
			u->menu[u->n_menu++] = menu_verbs[i];
	}
	if (u->n_menu == 0) {
		ui_say(u, "nothing can be done with this: a adds something");
		return;
	}
	ui_set_mode(u, MODE_MENU);
}

void
ui_menu_key(struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out)
{
	int n = (int)u->n_menu, pick = -1;

	if (k->code == KEY_DOWN || (k->code == KEY_CHAR && k->cp == 'j'))
		u->choice = (u->choice + 1) % n;
	else if (k->code == KEY_UP || (k->code == KEY_CHAR && k->cp == 'k'))
		u->choice = (u->choice + n - 1) % n;
	else if (k->code == KEY_ENTER)
		pick = u->choice;
	else if (k->code == KEY_CHAR && k->cp >= '1' && k->cp < '1' + (uint32_t)n)
		pick = (int)(k->cp - '1');
	else
		ui_set_mode(u, MODE_PANE);
	if (pick >= 0) {
		ui_set_mode(u, MODE_PANE);
		ui_verb(u, sc, u->menu[pick], out);
	}
}

void
ui_help_key(struct ui *u, const struct key *k)
{
	if (k->code == KEY_DOWN || (k->code == KEY_CHAR && k->cp == 'j'))
		u->help_scroll++;
	else if (k->code == KEY_UP || (k->code == KEY_CHAR && k->cp == 'k'))
		u->help_scroll -= u->help_scroll > 0;
	else if (k->code == KEY_PAGE_DOWN || (k->code == KEY_CHAR && k->cp == ' '))
		u->help_scroll += u->rows > 6 ? u->rows - 5 : 1;
	else if (k->code == KEY_PAGE_UP)
		u->help_scroll -= u->help_scroll > u->rows - 5 ? u->rows - 5 : u->help_scroll;
	else
		ui_set_mode(u, MODE_PANE);
}

/* A framed box in the middle; returns what is inside the frame. */
static struct rect
box(struct canvas *c, int rows, int cols, const char *title)
{
	struct rect all = canvas_area(c), in;
	struct rect r = { 0 };

	r.h = rows + 2 > all.h ? all.h : rows + 2;
	r.w = cols + 4 > all.w ? all.w : cols + 4;
	r.y = (all.h - r.h) / 2;
	r.x = (all.w - r.w) / 2;
	canvas_fill(c, r, ' ', ROLE_PLAIN);
	canvas_hline(c, r.y, r.x, r.w, 0x2500, ROLE_LINE);
	canvas_hline(c, r.y + r.h - 1, r.x, r.w, 0x2500, ROLE_LINE);
	canvas_vline(c, r.y, r.x, r.h, 0x2502, ROLE_LINE);
	canvas_vline(c, r.y, r.x + r.w - 1, r.h, 0x2502, ROLE_LINE);
	canvas_put(c, r.y, r.x, 0x256d, ROLE_LINE);
	canvas_put(c, r.y, r.x + r.w - 1, 0x256e, ROLE_LINE);
	canvas_put(c, r.y + r.h - 1, r.x, 0x2570, ROLE_LINE);
	canvas_put(c, r.y + r.h - 1, r.x + r.w - 1, 0x256f, ROLE_LINE);
	canvas_textf(c, r.y, r.x + 2, r.w - 4, ROLE_HEAD, " %s ", title);
	in = (struct rect){ r.y + 1, r.x + 2, r.h - 2, r.w - 4 };
	return in;
}

/* The lines of help for a pane: its keys from the table, then the editors'. Two columns, key and note. */
struct help_line {
	const char *key, *note;
};

static const struct help_line editor_help[] = {
	{ "", "" },
	{ "", "While typing" },
	{ "enter", "adds it; the next one is open already" },
	{ "esc", "closes the line; so does enter on an empty one" },
	{ "alt-b alt-f", "a word back, a word on" },
	{ "ctrl-a ctrl-e", "to the beginning, to the end" },
	{ "ctrl-w ctrl-u", "take away a word, all before the cursor" },
	{ "ctrl-y ctrl-z", "put back what was taken away; undo in the line" },
	{ "tab", "after : completes the word; arrows choose" },
	{ "", "" },
	{ "", "All is on disk when the title says all safe; :save commits to git." },
};

static size_t
help_lines(const struct view *v, struct help_line *out, size_t most)
{
	size_t n = 0;

	for (size_t i = 0; i < n_bindings && n < most; i++) {
		struct key k;
		/* A key that means something else in this pane is not this pane's. */
		if (!key_parse(bindings[i].key, &k) || binding_verb(v, &k) != bindings[i].verb)
			continue;
		if (bindings[i].note != NULL)
			out[n++] = (struct help_line){ bindings[i].key, bindings[i].note };
	}
	for (size_t i = 0; i < sizeof editor_help / sizeof *editor_help && n < most; i++)
		out[n++] = editor_help[i];
	return n;
}

void
ui_draw_help(struct ui *u, struct canvas *c)
{
	enum { MOST = 160, KEY_COLS = 15 };
	struct help_line lines[MOST];
	const struct view *v = ui_view(u);
	int n = (int)help_lines(v, lines, MOST), rows = canvas_rows(c) - 2;
	char title[80];
	struct rect in;

	if (rows > n)
		rows = n;
	if (u->help_scroll > n - rows)
		u->help_scroll = n - rows;
	snprintf(title, sizeof title, "%s: keys%s", v->title,
	    n > rows ? "   arrows scroll, esc closes" : "   esc closes");
	in = box(c, rows, 74, title);
	for (int i = 0; i < in.h && i + u->help_scroll < n; i++) {
		const struct help_line *l = &lines[i + u->help_scroll];
		canvas_text(c, in.y + i, in.x, KEY_COLS - 1, l->key, ROLE_KEY);
		canvas_text(c, in.y + i, in.x + (l->key[0] ? KEY_COLS : 0),
		    in.w - (l->key[0] ? KEY_COLS : 0), l->note, l->key[0] ? ROLE_PLAIN : ROLE_HEAD);
	}
}

void
ui_draw_menu(struct ui *u, struct canvas *c)
{
	struct rect in = box(c, (int)u->n_menu, 44, "what now?   number or enter, esc closes");

	for (int i = 0; i < (int)u->n_menu && i < in.h; i++) {
		const struct binding *b = binding_of(ui_view(u), u->menu[i]);
		int style = i == u->choice ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN;
		canvas_textf(c, in.y + i, in.x, in.w, style, "%s%d  %s (%s)",
		    i == u->choice ? "►" : " ", i + 1, b ? b->note : "", b ? b->key : "");
	}
}

void
ui_draw_ask(struct ui *u, struct canvas *c)
{
	int w = text_width(u->ask, strlen(u->ask));
	struct rect in;

	if (w < 34)
		w = 34;
	in = box(c, canvas_rows(c) >= 8 ? 3 : 2, w, "one question");
	canvas_text(c, in.y, in.x, in.w, u->ask, ROLE_PLAIN | STYLE_BOLD);
	canvas_text(c, in.y + in.h - 1, in.x, in.w, "enter does it   esc does not", ROLE_DIM);
}
