#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/keymap.h"
#include "views/possible.h"
#include "views/ui_state.h"
#include "views/words.h"

/* The verbs a menu offers, in this order, where the view and the table have them. */
static const enum verb_of_key menu_verbs[] = { DO_VOTE, DO_UNVOTE, DO_EDIT, DO_WHY, DO_LADDER, DO_CAUSE_HERE,
	DO_ACTION_HERE, DO_ADD, DO_AGREE, DO_DOUBT, DO_MOVE, DO_QUESTION_HERE, DO_REMOVE, DO_OTHER_FISH };
/* What simple keys have no letters for. */
static const enum verb_of_key simple_verbs[] = { DO_MARK, DO_GROUP, DO_UNDO, DO_READY, DO_HAND,
	DO_FOLLOW, DO_NEXT_PANE, DO_PROMPT, DO_HELP, DO_BACK };

static bool
is_offered(struct ui *u, const struct scene *sc, enum verb_of_key verb)
{
	struct view_answer a = { 0 };
	struct pane_state probe = *ui_state(u);
	enum answer what;

	if (binding_of(ui_view(u), verb) == NULL || !verb_possible(ui_view(u), ui_state(u), sc, verb))
		return false;
	if ((verb == DO_VOTE || verb == DO_UNVOTE) && ui_votable(u, sc))
		return true; /* in panes that have no answer of their own */
	if (verb == DO_ADD && u->simple)
		return false;
	probe.folded = (struct strs){ 0 };
	what = ui_view(u)->verb(&probe, sc, verb, ui_pane_rect(u, sc), &a);
	view_fini_answer(&a);
	strs_fini(&probe.folded);
	if (verb == DO_LADDER || verb == DO_OTHER_FISH)
		return what == ANSWER_DRAW;
	return what == ANSWER_COMMAND || what == ANSWER_TYPE || what == ANSWER_TYPE_TEXT;
}

static void
offer(struct ui *u, enum verb_of_key verb)
{
	if (u->n_menu < UI_CHOICES_MAX)
		u->menu[u->n_menu++] = verb;
}

/* Verbs of the screen's own that make sense now. */
static void
offer_own(struct ui *u, const struct scene *sc)
{
	bool board = ui_view(u) == &view_board;

	for (size_t i = 0; i < sizeof simple_verbs / sizeof *simple_verbs; i++) {
		enum verb_of_key verb = simple_verbs[i];
		if (!verb_possible(ui_view(u), ui_state(u), sc, verb) || (verb == DO_MARK && !board) || (verb == DO_GROUP && !is_offered(u, sc, verb)) ||
		    (verb == DO_FOLLOW && u->following))
			continue;
		offer(u, verb);
	}
}

void
ui_open_menu(struct ui *u, const struct scene *sc)
{
	u->n_menu = 0;
	for (size_t i = 0; i < sizeof menu_verbs / sizeof *menu_verbs; i++)
		if (is_offered(u, sc, menu_verbs[i]))
			offer(u, menu_verbs[i]);
	if (u->simple)
		offer_own(u, sc);
	offer(u, DO_EVERYTHING);
	ui_set_mode(u, MODE_MENU);
}

/* All that has a note in the table of keys: so that arrows and enter reach everything. */
void
ui_open_everything(struct ui *u, const struct scene *sc)
{
	bool seen[N_VERBS] = { [DO_UP] = true, [DO_EVERYTHING] = true, [DO_MENU] = true };

	u->n_menu = 0;
	for (size_t i = 0; i < n_bindings; i++) {
		const struct binding *b = &bindings[i];
		if (b->note == NULL || seen[b->verb] || !binding_is_for(b, ui_view(u)) ||
		    !verb_possible(ui_view(u), ui_state(u), sc, b->verb))
			continue;
		seen[b->verb] = true;
		offer(u, b->verb);
	}
	ui_set_mode(u, MODE_MENU);
}

/* 1 to 9, then letters. */
static const char choices[] = "123456789abcdefghilmnopqr";
enum { CHOICES = sizeof choices - 1 };

static int
choice_of(const struct key *k)
{
	int digit = modal_digit(k);

	if (digit >= 0 || k->code != KEY_CHAR || k->mods != 0)
		return digit;
	for (int i = 0; choices[i] != '\0'; i++)
		if (k->cp == (unsigned char)choices[i])
			return i;
	return -1;
}

void
ui_menu_key(struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out)
{
	int n = (int)u->n_menu, page = u->rows > 6 ? u->rows - 5 : 1, pick = choice_of(k);

	switch (modal_act(MODAL_MENU, k)) {
	case DOES_DOWN: u->choice = (u->choice + 1) % n; break;
	case DOES_UP: u->choice = (u->choice + n - 1) % n; break;
	case DOES_PAGE_DOWN: u->choice = u->choice + page < n ? u->choice + page : n - 1; break;
	case DOES_PAGE_UP: u->choice = u->choice > page ? u->choice - page : 0; break;
	case DOES_DO: pick = u->choice; break;
	default:
		if (pick >= 0 && pick < n)
			break;
		ui_set_mode(u, MODE_PANE);
		if (binding_verb(ui_view(u), k) == DO_PALETTE) /* the words after it are no text to add */
			ui_verb(u, sc, DO_PALETTE, out);
		else if (u->simple && (k->code == KEY_CHAR || k->code == KEY_PASTE))
			ui_simple_key(u, sc, k, out); /* no letter of a line is lost */
	}
	if (pick >= 0 && pick < n) {
		ui_set_mode(u, MODE_PANE);
		ui_verb(u, sc, u->menu[pick], out);
	}
}

enum { HELP_MOST = 200 };

void
ui_help_key(struct ui *u, const struct key *k)
{
	int page = u->rows > 6 ? u->rows - 5 : 1;

	switch (modal_act(MODAL_HELP, k)) {
	case DOES_DOWN: u->help_scroll++; break;
	case DOES_UP: u->help_scroll -= u->help_scroll > 0; break;
	case DOES_PAGE_DOWN: u->help_scroll += page; break;
	case DOES_PAGE_UP: u->help_scroll -= u->help_scroll > page ? page : u->help_scroll; break;
	case DOES_FIRST: u->help_scroll = 0; break;
	case DOES_LAST: u->help_scroll = HELP_MOST; break;
	default: ui_set_mode(u, u->help_back);
	}
}

/* A framed box in the middle; returns what is inside the frame. */
struct rect
ui_box(struct canvas *c, int rows, int cols, const char *title)
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

static const struct {
	const char *key;
	enum word note;
} other_help[] = {
	{ "ctrl-o", WORD_SHARE_IT },
	{ ":onair", WORD_SAY_ONAIR_HELP },
	{ ":wall", WORD_SAY_TIMELINE_CAUSES_AND },
	{ ":simple :full", WORD_SAY_THE_CURSOR_ALWAYS },
	{ ":mouse", WORD_SAY_CLICKS_SELECT_THE },
	{ "", WORD_NONE },
	{ "", WORD_SAY_ALL_IS_ON },
};

static size_t
simple_lines(const struct view *v, struct help_line *out, size_t most)
{
	size_t n = 0;

	for (size_t i = 0; i < n_simple_bindings && n < most; i++)
		if (binding_is_for(&simple_bindings[i], v))
			out[n++] = (struct help_line){ simple_bindings[i].key,
				simple_bindings[i].note };
	return n;
}

/* Keys of the editors, after a heading. */
static size_t
editor_lines(struct help_line *out, size_t n, size_t most)
{
	if (n + 2 < most) {
		out[n++] = (struct help_line){ "", "" };
		out[n++] = (struct help_line){ "", word(WORD_SAY_WHILE_TYPING) };
	}
	for (size_t i = 0; i < n_modal_keys && n < most; i++)
		if (modal_keys[i].modal <= MODAL_COMMAND && modal_keys[i].note != NULL)
			out[n++] = (struct help_line){ modal_keys[i].key, modal_keys[i].note };
	return n;
}

static size_t
help_lines(
    const struct ui *u, const struct keymap *own, struct help_line *out, size_t most)
{
	const struct view *v = ui_view(u);
	size_t n = u->simple ? simple_lines(v, out, most) : 0;

	for (size_t i = 0; i < n_bindings && n < most && !u->simple; i++) {
		struct key k;
		/* A key that means something else in this pane is not this pane's. */
		if (!binding_is_for(&bindings[i], v) || !key_parse(bindings[i].key, &k) ||
		    binding_verb(v, &k) != bindings[i].verb)
			continue;
		if (bindings[i].note != NULL)
			out[n++] = (struct help_line){ keymap_key(own, bindings[i].verb,
							   bindings[i].word, bindings[i].key),
				bindings[i].note };
	}
	n = editor_lines(out, n, most);
	for (size_t i = 0; i < sizeof other_help / sizeof *other_help && n < most; i++)
		out[n++] = (struct help_line){ other_help[i].key, word(other_help[i].note) };
	return n;
}

enum { KEY_COLS = 15, HELP_COLS = 74, HELP_ROWS_EACH = 4, KEY_BESIDE = 44, INDENT = 2 };

/* In narrow boxes what a key does stands below it. */
static int
help_rows(const struct help_line *l, int w)
{
	bool below = l->key[0] != '\0' && w < KEY_BESIDE;
	int cols = l->key[0] == '\0' ? w : w - (below ? INDENT : KEY_COLS);
	int rows = wrapped_rows(l->note, cols, HELP_ROWS_EACH);

	return (rows > 0 ? rows : 1) + below;
}

static void
draw_help_line(const struct help_line *l, struct canvas *c, struct rect r)
{
	bool below = l->key[0] != '\0' && r.w < KEY_BESIDE;
	int x = l->key[0] == '\0' ? 0 : below ? INDENT : KEY_COLS;

	canvas_text(c, r.y, r.x, below ? r.w : KEY_COLS - 1, l->key, ROLE_KEY);
	draw_wrapped(c, (struct rect){ r.y + below, r.x + x, r.h - below, r.w - x }, l->note,
	    l->key[0] ? ROLE_PLAIN : ROLE_HEAD);
}

void
ui_draw_help(struct ui *u, const struct scene *sc, struct canvas *c)
{
	struct help_line lines[HELP_MOST];
	const struct view *v = ui_view(u);
	int n = (int)help_lines(u, sc->keys, lines, HELP_MOST), all = 0, rows = 0, last = n, y = 0;
	int w = canvas_cols(c) - 4 < HELP_COLS ? canvas_cols(c) - 4 : HELP_COLS;
	struct buf title = { 0 };
	struct rect in;

	modal_title(MODAL_HELP, v->title, canvas_cols(c) < 80 ? canvas_cols(c) - 8 : 70, &title);
	for (int i = 0; i < n; i++)
		all += help_rows(&lines[i], w);
	in = ui_box(c, all, w, title.data);
	buf_fini(&title);
	while (last > 0 && rows + help_rows(&lines[last - 1], in.w) <= in.h)
		rows += help_rows(&lines[--last], in.w);
	if (u->help_scroll > last)
		u->help_scroll = last;
	for (int i = u->help_scroll; i < n && y < in.h; i++) {
		draw_help_line(&lines[i], c, (struct rect){ in.y + y, in.x, in.h - y, in.w });
		y += help_rows(&lines[i], in.w);
	}
}

void
ui_draw_menu(struct ui *u, const struct scene *sc, struct canvas *c)
{
	struct strs lines = { 0 };

	for (size_t i = 0; i < u->n_menu; i++) {
		const struct binding *b = binding_of(ui_view(u), u->menu[i]);
		const char *note = b && b->note ? b->note : "";
		strs_take(&lines, u->simple ? mem_fmt("\t\t%s", note)
					    : mem_fmt("\t\t%s (%s)", note,
						  b ? keymap_key(sc->keys, b->verb, b->word, b->key) : ""));
	}
	ui_draw_list(c, MODAL_MENU, word(WORD_SAY_WHAT_NOW),
	    &(struct ui_list){ .lines = &lines, .at = u->choice, .name_cols = 1, .keys = choices });
	strs_fini(&lines);
}
