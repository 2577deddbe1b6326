#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tui/edit_state.h"

static size_t
back(const struct edit *e, size_t at)
{
	return text_grapheme_back(e->text.data, at);
}

static size_t
on(const struct edit *e, size_t at)
{
	return at + text_grapheme(e->text.data + at, e->text.len - at);
}

/* Letters, digits and "_"; outside of ASCII all but spaces and punctuation. */
static bool
is_word(const struct edit *e, size_t at)
{
	uint32_t c = 0;

	utf8_decode(e->text.data + at, e->text.len - at, &c);
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		       c == '_';
	return c >= 0xc0 && !(c >= 0x2000 && c < 0x2070) && !(c >= 0x3000 && c < 0x3030);
}

static bool
is_space(const struct edit *e, size_t at)
{
	return strchr(" \t\n", e->text.data[at]) != NULL;
}

static size_t
word_back(const struct edit *e)
{
	size_t at = e->cursor;

	while (at > 0 && !is_word(e, back(e, at)))
		at = back(e, at);
	while (at > 0 && is_word(e, back(e, at)))
		at = back(e, at);
	return at;
}

static size_t
word_on(const struct edit *e)
{
	size_t at = e->cursor;

	while (at < e->text.len && !is_word(e, at))
		at = on(e, at);
	while (at < e->text.len && is_word(e, at))
		at = on(e, at);
	return at;
}

/* Back over spaces and what stands before them, whatever it is. */
static size_t
blank_back(const struct edit *e)
{
	size_t at = e->cursor;

	while (at > 0 && is_space(e, back(e, at)))
		at = back(e, at);
	while (at > 0 && !is_space(e, back(e, at)))
		at = back(e, at);
	return at;
}

static size_t
line_start(const struct edit *e)
{
	size_t at = e->cursor;

	while (e->multi && at > 0 && e->text.data[at - 1] != '\n')
		at--;
	return e->multi ? at : 0;
}

static size_t
line_end(const struct edit *e)
{
	size_t at = e->cursor;

	while (e->multi && at < e->text.len && e->text.data[at] != '\n')
		at++;
	return e->multi ? at : e->text.len;
}

static void
go(struct edit *e, size_t at)
{
	e->cursor = at;
	e->last = STEP_OTHER;
	e->goal_col = -1;
}

/* `by` rows down as they are drawn, keeping the column; past the ends, to the end. */
static void
go_rows(struct edit *e, int by)
{
	struct edit_rows rows = { 0 };
	size_t at, to;
	int goal;

	edit_layout(e, &rows);
	at = edit_row_at(e, &rows);
	goal = e->goal_col >= 0 ? e->goal_col : edit_col_at(e, &rows.v[at]);
	to = by < 0 && at < (size_t)-by ? 0 : at + (size_t)by;
	if (by < 0 && at == 0) {
		go(e, 0);
	} else if (to >= rows.n && at == rows.n - 1) {
		go(e, e->text.len);
	} else {
		const struct edit_row *row = &rows.v[to < rows.n ? to : rows.n - 1];
		size_t len = row->end - row->start,
		       fit = text_fit(e->text.data + row->start, len, goal, NULL);
		/* The end of a row that goes on is where the next begins. */
		if (fit == len && fit > 0 && row->next == row->end && row->next < e->text.len)
			fit -= len - text_grapheme_back(e->text.data + row->start, len);
		go(e, row->start + fit);
		e->goal_col = goal;
	}
	free(rows.v);
}

static void
paste(struct edit *e, const struct key *k)
{
	const char *text = k->paste;
	size_t len = k->paste_len;

	/* A line that was copied whole brings its newline along. */
	while (!e->multi && len > 0 && text[len - 1] == '\n')
		len--;
	while (!e->multi && len > 0 && text[0] == '\n') {
		text++;
		len--;
	}
	edit_insert(e, text, len, STEP_OTHER);
}

static enum edit_result
ctrl_key(struct edit *e, uint32_t c)
{
	switch (c) {
	case 'a':
		go(e, line_start(e));
		break;
	case 'e':
		go(e, line_end(e));
		break;
	case 'd':
		if (e->multi)
			return EDIT_DONE;
		edit_erase(e, e->cursor, on(e, e->cursor), false);
		break;
	case 'w':
		edit_erase(e, blank_back(e), e->cursor, true);
		break;
	case 'u':
		edit_erase(e, line_start(e), e->cursor, true);
		break;
	case 'k':
		/* At the end of a line, the line break. */
		edit_erase(
		    e, e->cursor, line_end(e) > e->cursor ? line_end(e) : on(e, e->cursor), true);
		break;
	case 'y':
		edit_insert(e, e->cut.data != NULL ? e->cut.data : "", e->cut.len, STEP_OTHER);
		break;
	case 'z':
	case '_':
		edit_undo(e);
		break;
	case 'r':
		edit_redo(e);
		break;
	default:
		return EDIT_UNKNOWN;
	}
	return EDIT_MORE;
}

static enum edit_result
alt_key(struct edit *e, uint32_t c)
{
	if (c == 'b')
		go(e, word_back(e));
	else if (c == 'f')
		go(e, word_on(e));
	else if (c == 'd')
		edit_erase(e, e->cursor, word_on(e), true);
	else
		return EDIT_UNKNOWN;
	return EDIT_MORE;
}

static enum edit_result
char_key(struct edit *e, const struct key *k)
{
	if (k->mods & KEY_MOD_CTRL)
		return k->mods & KEY_MOD_ALT ? EDIT_UNKNOWN : ctrl_key(e, k->cp);
	if (k->mods & KEY_MOD_ALT)
		return alt_key(e, k->cp);
	/* A word after a space is a step of its own. */
	if (k->cp != ' ' && e->cursor > 0 && e->text.data[e->cursor - 1] == ' ')
		e->last = STEP_OTHER;
	edit_insert(e, k->text, strlen(k->text), STEP_TYPE);
	return EDIT_MORE;
}

static enum edit_result
enter_key(struct edit *e, const struct key *k)
{
	if (!e->multi || k->mods & KEY_MOD_ALT)
		return EDIT_DONE;
	edit_insert(e, "\n", 1, STEP_OTHER);
	return EDIT_MORE;
}

static enum edit_result
rows_key(struct edit *e, int by)
{
	if (e->multi)
		go_rows(e, by);
	else if (by != -1 && by != 1)
		return EDIT_UNKNOWN;
	else if (!edit_recall(e, by))
		return EDIT_UNKNOWN;
	return EDIT_MORE;
}

static enum edit_result
move_key(struct edit *e, const struct key *k)
{
	enum { PAGE = 8 };
	bool word = (k->mods & (KEY_MOD_CTRL | KEY_MOD_ALT)) != 0;

	switch (k->code) {
	case KEY_LEFT:
		go(e, word ? word_back(e) : back(e, e->cursor));
		return EDIT_MORE;
	case KEY_RIGHT:
		go(e, word ? word_on(e) : on(e, e->cursor));
		return EDIT_MORE;
	case KEY_HOME:
		go(e, word ? 0 : line_start(e));
		return EDIT_MORE;
	case KEY_END:
		go(e, word ? e->text.len : line_end(e));
		return EDIT_MORE;
	case KEY_UP:
	case KEY_DOWN:
		return rows_key(e, k->code == KEY_UP ? -1 : 1);
	case KEY_PAGE_UP:
	case KEY_PAGE_DOWN:
		return rows_key(e, k->code == KEY_PAGE_UP ? -PAGE : PAGE);
	case KEY_BACKSPACE:
		edit_erase(e, word ? word_back(e) : back(e, e->cursor), e->cursor, word);
		return EDIT_MORE;
	case KEY_DELETE:
		edit_erase(e, e->cursor, word ? word_on(e) : on(e, e->cursor), word);
		return EDIT_MORE;
	default:
		return EDIT_UNKNOWN;
	}
}

enum edit_result
edit_key(struct edit *e, const struct key *k)
{
	switch (k->code) {
	case KEY_CHAR:
		return char_key(e, k);
	case KEY_ENTER:
		return enter_key(e, k);
	case KEY_ESC:
		return EDIT_CANCEL;
	case KEY_PASTE:
		paste(e, k);
		return EDIT_MORE;
	default:
		return move_key(e, k);
	}
}
