#include "tui/edit.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tui/edit_state.h"

enum { UNDO_MAX = 200 };

struct edit *
edit_new(const char *text, bool multi_line, size_t limit)
{
	struct edit *e = mem_zero(1, sizeof *e);

	e->multi = multi_line;
	e->limit = limit;
	e->goal_col = -1;
	text_clean(&e->text, text, strlen(text), TEXT_BLOCK);
	e->cursor = e->text.len;
	return e;
}

static void
snaps_fini(struct edit_snaps *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i].text);
	free(s->v);
	*s = (struct edit_snaps){ 0 };
}

void
edit_free(struct edit *e)
{
	if (e == NULL)
		return;
	buf_fini(&e->text);
	buf_fini(&e->cut);
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

size_t
edit_lines(const struct edit *e)
{
	size_t n = 0;

	for (const char *p = e->text.data; *p != '\0';) {
		size_t len = strcspn(p, "\n");
		n += strspn(p, " \t") < len;
		p += len + (p[len] == '\n');
	}
	return n > 0 ? n : 1;
}

static void
snaps_push(struct edit_snaps *s, const struct edit *e)
{
	if (s->n == UNDO_MAX) {
		free(s->v[0].text);
		memmove(s->v, s->v + 1, (--s->n) * sizeof *s->v);
	}
	VEC_ROOM(s->v, s->n, s->cap);
	s->v[s->n++] = (struct edit_snap){ mem_dupn(e->text.data, e->text.len), e->cursor };
}

static void
remember(struct edit *e, enum edit_step step)
{
	if (step != STEP_TYPE || e->last != STEP_TYPE)
		snaps_push(&e->undo, e);
	snaps_fini(&e->redo);
	e->last = step;
	e->full = false;
	e->goal_col = -1;
}

/* A change may join what stands before and behind it into one grapheme. */
static void
put_cursor(struct edit *e, size_t at)
{
	size_t from = at < e->text.len ? at : e->text.len;

	at = from;
	while (from > 0 && e->text.data[from - 1] != '\n')
		from--;
	while (from < at)
		from += text_grapheme(e->text.data + from, e->text.len - from);
	e->cursor = from;
}

static void
put_text(struct edit *e, const char *text, size_t cursor)
{
	buf_clear(&e->text);
	text_clean(&e->text, text, strlen(text), TEXT_BLOCK);
	put_cursor(e, cursor);
}

void
edit_set(struct edit *e, const char *text, size_t cursor)
{
	remember(e, STEP_OTHER);
	put_text(e, text, cursor);
}

/* How much of a text goes into `room` bytes, in whole graphemes. */
static size_t
fit_bytes(const char *text, size_t len, size_t room)
{
	size_t at = 0;

	if (len <= room)
		return len;
	for (size_t n; (n = text_grapheme(text + at, len - at)) > 0 && at + n <= room;)
		at += n;
	return at;
}

/* Cleaned together, because a mark may be one too many on what it comes to stand on. */
void
edit_insert(struct edit *e, const char *text, size_t len, enum edit_step step)
{
	size_t room = e->text.len < e->limit ? e->limit - e->text.len : 0,
	       fit = fit_bytes(text, len, room);
	struct buf raw = { 0 }, whole = { 0 };
	size_t cursor;

	if (fit > 0) {
		remember(e, step);
		buf_add(&raw, e->text.data, e->cursor);
		buf_add(&raw, text, fit);
		text_clean(&whole, raw.data, raw.len, TEXT_BLOCK);
		cursor = whole.len;
		buf_adds(&raw, e->text.data + e->cursor);
		buf_clear(&whole);
		text_clean(&whole, raw.data, raw.len, TEXT_BLOCK);
		buf_fini(&raw);
		buf_fini(&e->text);
		e->text = whole;
		put_cursor(e, cursor);
	}
	e->full = fit < len;
}

void
edit_erase(struct edit *e, size_t from, size_t to, bool keep)
{
	assert(from <= to && to <= e->text.len);
	if (from == to)
		return;
	remember(e, STEP_OTHER);
	if (keep) {
		buf_clear(&e->cut);
		buf_add(&e->cut, e->text.data + from, to - from);
	}
	memmove(e->text.data + from, e->text.data + to, e->text.len - to + 1);
	e->text.len -= to - from;
	put_cursor(e, from);
}

static void
step_over(struct edit *e, struct edit_snaps *from, struct edit_snaps *to)
{
	struct edit_snap s;

	e->last = STEP_OTHER;
	e->goal_col = -1;
	if (from->n == 0)
		return;
	snaps_push(to, e);
	s = from->v[--from->n];
	put_text(e, s.text, s.cursor);
	free(s.text);
	e->full = false;
}

void
edit_undo(struct edit *e)
{
	step_over(e, &e->undo, &e->redo);
}

void
edit_redo(struct edit *e)
{
	step_over(e, &e->redo, &e->undo);
}

void
edit_history(struct edit *e, const struct strs *entries)
{
	strs_fini(&e->history);
	strs_copy(&e->history, entries);
	e->history_at = e->history.n;
}

bool
edit_recall(struct edit *e, int step)
{
	const char *text;

	if (e->history.n == 0)
		return false;
	if ((step < 0 && e->history_at == 0) || (step > 0 && e->history_at == e->history.n))
		return true;
	if (e->history_at == e->history.n) {
		buf_clear(&e->draft);
		buf_add(&e->draft, e->text.data, e->text.len);
	}
	e->history_at = step < 0 ? e->history_at - 1 : e->history_at + 1;
	text = e->history_at == e->history.n ? e->draft.data : e->history.v[e->history_at];
	edit_set(e, text, strlen(text));
	return true;
}
