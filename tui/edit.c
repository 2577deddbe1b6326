#include "tui/edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "tui/edit_state.h"

struct edit *
edit_new(const char *text, bool multi_line, size_t limit)
{
	struct edit *e = mem_zero(1, sizeof *e);

	e->multi = multi_line;
	e->limit = limit;
	buf_adds(&e->text, text);
	e->cursor = e->text.len;
	return e;
}

static void
snaps_fini(struct snaps *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i].text);
	free(s->v);
	*s = (struct snaps){ 0 };
}

void
edit_free(struct edit *e)
{
	if (e == NULL)
		return;
	buf_fini(&e->text);
	buf_fini(&e->killed);
	buf_fini(&e->draft);
	snaps_fini(&e->undo);
	snaps_fini(&e->redo);
	strs_fini(&e->history);
	free(e);
}

const char *
edit_text(const struct edit *e)
{
	return e->text.data;
}

size_t
edit_cursor(const struct edit *e)
{
	return e->cursor;
}

bool
edit_full(const struct edit *e)
{
	return e->full;
}

static void
push(struct snaps *s, const struct edit *e)
{
	VEC_ROOM(s->v, s->n, s->cap);
	s->v[s->n++] = (struct snap){ mem_dup(e->text.data), e->cursor };
}

/* Before a change: typing letter after letter is one step. */
static void
remember(struct edit *e, enum step step)
{
	if (step != STEP_TYPE || e->last != STEP_TYPE) {
		push(&e->undo, e);
		snaps_fini(&e->redo);
	}
	e->last = step;
}

static void
put_text(struct edit *e, const char *text, size_t cursor)
{
	buf_clear(&e->text);
	buf_adds(&e->text, text);
	e->cursor = cursor < e->text.len ? cursor : e->text.len;
}

void
edit_set(struct edit *e, const char *text, size_t cursor)
{
	remember(e, STEP_OTHER);
	put_text(e, text, cursor);
}

void
edit_history(struct edit *e, const struct strs *entries)
{
	strs_fini(&e->history);
	strs_copy(&e->history, entries);
	e->at = e->history.n;
}

size_t
edit_lines(const struct edit *e)
{
	size_t n = 1;

	for (const char *p = e->text.data; *p != '\0'; p++)
		n += *p == '\n' && p[1] != '\0' && p[1] != '\n';
	return n;
}

static void
step_back(struct edit *e, struct snaps *from, struct snaps *to)
{
	struct snap s;

	if (from->n == 0)
		return;
	push(to, e);
	s = from->v[--from->n];
	put_text(e, s.text, s.cursor);
	free(s.text);
	e->last = STEP_OTHER;
}

/* Take [from, to) out. */
static void
cut(struct edit *e, size_t from, size_t to)
{
	memmove(e->text.data + from, e->text.data + to, e->text.len - to + 1);
	e->text.len -= to - from;
	e->cursor = from;
	e->full = false;
}

static void
insert(struct edit *e, const char *text, size_t len, enum step step)
{
	struct buf whole = { 0 };

	e->full = false;
	if (e->text.len + len > e->limit) {
		size_t room = e->text.len < e->limit ? e->limit - e->text.len : 0;
		e->full = true;
		while (room > 0 && room < len && ((unsigned char)text[room] & 0xc0) == 0x80)
			room--;
		len = room < len ? room : len;
	}
	if (len == 0)
		return;
	remember(e, step);
	buf_add(&whole, e->text.data, e->cursor);
	buf_add(&whole, text, len);
	buf_adds(&whole, e->text.data + e->cursor);
	buf_fini(&e->text);
	e->text = whole;
	e->cursor += len;
}

static size_t
forward(const struct edit *e, size_t at)
{
	return at + text_grapheme(e->text.data + at, e->text.len - at);
}

static bool
is_word(char c)
{
	return ((unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		(c >= 'A' && c <= 'Z') || c == '_');
}

static size_t
word_back(const struct edit *e)
{
	size_t at = e->cursor;

	while (at > 0 && !is_word(e->text.data[at - 1]))
		at--;
	while (at > 0 && is_word(e->text.data[at - 1]))
		at--;
	return at;
}

static size_t
word_on(const struct edit *e)
{
	size_t at = e->cursor;

	while (at < e->text.len && !is_word(e->text.data[at]))
		at++;
	while (at < e->text.len && is_word(e->text.data[at]))
		at++;
	return at;
}

static size_t
line_start(const struct edit *e, size_t at)
{
	while (at > 0 && e->text.data[at - 1] != '\n')
		at--;
	return at;
}

static size_t
line_end(const struct edit *e, size_t at)
{
	while (at < e->text.len && e->text.data[at] != '\n')
		at++;
	return at;
}

static void
kill_to(struct edit *e, size_t from, size_t to)
{
	if (from == to)
		return;
	remember(e, STEP_OTHER);
	buf_clear(&e->killed);
	buf_add(&e->killed, e->text.data + from, to - from);
	cut(e, from, to);
}

/* A line up or down in a text of several lines, keeping the column. */
static void
move_line(struct edit *e, int step)
{
	size_t start = line_start(e, e->cursor), to;
	int col = text_width(e->text.data + start, e->cursor - start);

	if (step < 0) {
		if (start == 0) {
			e->cursor = 0;
			return;
		}
		to = line_start(e, start - 1);
	} else {
		to = line_end(e, e->cursor);
		if (to == e->text.len) {
			e->cursor = to;
			return;
		}
		to++;
	}
	e->cursor = to + text_fit(e->text.data + to, line_end(e, to) - to, col, NULL);
}

/* An earlier (-1) or later entry; what was being typed waits at the end. */
static void
move_history(struct edit *e, int step)
{
	const char *text;

	if ((step < 0 && e->at == 0) || (step > 0 && e->at >= e->history.n))
		return;
	if (e->at == e->history.n) {
		buf_clear(&e->draft);
		buf_add(&e->draft, e->text.data, e->text.len);
	}
	e->at = step < 0 ? e->at - 1 : e->at + 1;
	text = e->at == e->history.n ? e->draft.data : e->history.v[e->at];
	edit_set(e, text, strlen(text));
}

static void
paste(struct edit *e, const struct key *k)
{
	size_t len = k->paste_len;

	while (len > 0 && k->paste[len - 1] == '\n')
		len--;
	insert(e, k->paste, len, STEP_OTHER);
}

static enum edit_result
control(struct edit *e, uint32_t c)
{
	switch (c) {
	case 'a':
		e->cursor = line_start(e, e->cursor);
		break;
	case 'e':
		e->cursor = line_end(e, e->cursor);
		break;
	case 'b':
		e->cursor = text_grapheme_back(e->text.data, e->cursor);
		break;
	case 'f':
		e->cursor = forward(e, e->cursor);
		break;
	case 'd':
		if (e->multi)
			return EDIT_DONE;
		if (e->cursor < e->text.len) {
			remember(e, STEP_OTHER);
			cut(e, e->cursor, forward(e, e->cursor));
		}
		break;
	case 'w':
		kill_to(e, word_back(e), e->cursor);
		break;
	case 'u':
		kill_to(e, line_start(e, e->cursor), e->cursor);
		break;
	case 'k':
		kill_to(e, e->cursor, line_end(e, e->cursor));
		break;
	case 'y':
		insert(e, e->killed.data ? e->killed.data : "", e->killed.len, STEP_OTHER);
		break;
	case 'z':
	case '_':
		step_back(e, &e->undo, &e->redo);
		break;
	case 'r':
		step_back(e, &e->redo, &e->undo);
		break;
	case 'g':
		return EDIT_CANCEL;
	default:
		return EDIT_UNKNOWN;
	}
	return EDIT_MORE;
}

static enum edit_result
alt(struct edit *e, uint32_t c)
{
	if (c == 'b')
		e->cursor = word_back(e);
	else if (c == 'f')
		e->cursor = word_on(e);
	else if (c == 'd')
		kill_to(e, e->cursor, word_on(e));
	else
		return EDIT_UNKNOWN;
	return EDIT_MORE;
}

static enum edit_result
char_key(struct edit *e, const struct key *k)
{
	enum edit_result r;

	if (k->mods & KEY_MOD_CTRL)
		r = control(e, k->cp);
	else if (k->mods & KEY_MOD_ALT)
		r = alt(e, k->cp);
	else {
		insert(e, k->text, strlen(k->text), STEP_TYPE);
		return EDIT_MORE;
	}
	if (e->last == STEP_TYPE)
		e->last = STEP_OTHER;
	return r;
}

static enum edit_result
enter(struct edit *e, const struct key *k)
{
	if (!e->multi || k->mods & KEY_MOD_ALT)
		return EDIT_DONE;
	insert(e, "\n", 1, STEP_OTHER);
	return EDIT_MORE;
}

static void
erase(struct edit *e, size_t from, size_t to, bool word)
{
	if (word) {
		kill_to(e, from, to);
	} else if (from < to) {
		remember(e, STEP_OTHER);
		cut(e, from, to);
	}
}

static enum edit_result
move_key(struct edit *e, const struct key *k)
{
	bool word = (k->mods & (KEY_MOD_CTRL | KEY_MOD_ALT)) != 0;

	e->last = STEP_OTHER;
	switch (k->code) {
	case KEY_LEFT:
		e->cursor = word ? word_back(e) : text_grapheme_back(e->text.data, e->cursor);
		break;
	case KEY_RIGHT:
		e->cursor = word ? word_on(e) : forward(e, e->cursor);
		break;
	case KEY_HOME:
		e->cursor = line_start(e, e->cursor);
		break;
	case KEY_END:
		e->cursor = line_end(e, e->cursor);
		break;
	case KEY_UP:
	case KEY_DOWN:
		if (e->multi)
			move_line(e, k->code == KEY_UP ? -1 : 1);
		else
			move_history(e, k->code == KEY_UP ? -1 : 1);
		break;
	case KEY_BACKSPACE:
		erase(e, word ? word_back(e) : text_grapheme_back(e->text.data, e->cursor), e->cursor, word);
		break;
	case KEY_DELETE:
		erase(e, e->cursor, word ? word_on(e) : forward(e, e->cursor), word);
		break;
	default:
		return EDIT_UNKNOWN;
	}
	return EDIT_MORE;
}

enum edit_result
edit_key(struct edit *e, const struct key *k)
{
	switch (k->code) {
	case KEY_CHAR:
		return char_key(e, k);
	case KEY_ENTER:
		return enter(e, k);
	case KEY_ESC:
		return EDIT_CANCEL;
	case KEY_PASTE:
		paste(e, k);
		return EDIT_MORE;
	default:
		return move_key(e, k);
	}
}
