#include <string.h>

#include "base/text.h"
#include "views/draw.h"
#include "views/ui_state.h"

enum { MARK_COLS = 3, FRAME = 4, LEAST_COLS = 76, ROWS_EACH = 4 };

struct shown {
	const struct ui_list *l;
	int cols; /* for a text */
	bool all; /* every text has all its rows; else the chosen one alone */
};

static const char *
name_of(const struct ui_list *l, int i)
{
	return strchr(l->lines->v[i], '\t') + 1;
}

static const char *
text_of(const struct ui_list *l, int i)
{
	return strchr(name_of(l, i), '\t') + 1;
}

static int
rows_of(const struct shown *s, int i)
{
	int rows = s->all || i == s->l->at ? wrapped_rows(text_of(s->l, i), s->cols, ROWS_EACH) : 1;

	return rows > 0 ? rows : 1;
}

static int
rows_until(const struct shown *s, int first, int end)
{
	int rows = 0;

	for (int i = first; i < end; i++)
		rows += rows_of(s, i);
	return rows;
}

static void
draw_one(const struct shown *s, struct canvas *c, int i, struct rect r)
{
	const struct ui_list *l = s->l;
	const char *name = name_of(l, i), *text = text_of(l, i);
	bool numbered = l->keys != NULL;

	canvas_fill(c, r, ' ', ROLE_PLAIN);
	if (i == l->at)
		canvas_put(c, r.y, r.x + !numbered, 0x25ba, ROLE_SELECTED);
	if (numbered && (size_t)i < strlen(l->keys))
		canvas_put(c, r.y, r.x + 1, (unsigned char)l->keys[i], ROLE_KEY);
	canvas_textn(
	    c, r.y, r.x + MARK_COLS, l->name_cols - 1, name, (size_t)(text - name - 1), ROLE_KEY);
	r.x += MARK_COLS + l->name_cols;
	r.w = s->cols;
	draw_wrapped(c, r, text, i == l->at ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN);
}

static struct shown
shown_in(const struct ui_list *l, int w)
{
	return (struct shown){ .l = l, .cols = w - MARK_COLS - l->name_cols - 1, .all = true };
}

struct more
ui_draw_rows(struct canvas *c, struct rect area, const struct ui_list *l)
{
	struct shown s = shown_in(l, area.w);
	int n = (int)l->lines->n, first = 0, i, y = area.y, end = area.y + area.h;

	s.all = rows_until(&s, 0, n) <= area.h;
	while (first < l->at && rows_until(&s, first, l->at + 1) > area.h)
		first++;
	for (i = first; i < n && y < end; i++) {
		int rows = rows_of(&s, i);
		draw_one(&s, c, i,
		    (struct rect){ y, area.x, rows < end - y ? rows : end - y, area.w });
		y += rows;
	}
	return (struct more){ .above = (size_t)first, .below = (size_t)(n - i) };
}

void
ui_draw_list(struct canvas *c, enum modal m, const char *title, const struct ui_list *l)
{
	int most = canvas_cols(c) - FRAME, w = LEAST_COLS;
	struct buf words = { 0 };
	struct shown s;
	struct more more;
	struct rect in;

	for (int i = 0; i < (int)l->lines->n; i++) {
		int cols = text_width(text_of(l, i), strlen(text_of(l, i))) + MARK_COLS + l->name_cols + 1;
		w = cols > w ? cols : w;
	}
	w = w > most ? most : w;
	s = shown_in(l, w);
	modal_title(m, title, w < LEAST_COLS ? w - 4 : LEAST_COLS - 4, &words);
	in = ui_box(c, rows_until(&s, 0, (int)l->lines->n), w, words.data);
	more = ui_draw_rows(c, in, l);
	draw_more(c, (struct rect){ in.y - 1, in.x, in.h + 2, in.w }, false, &more);
	buf_fini(&words);
}
