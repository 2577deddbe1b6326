#include <string.h>

#include "base/text.h"
#include "views/draw.h"
#include "views/home_state.h"
#include "views/words.h"

/* What there is to begin with: its name, two lines about it, and the strip's three. */
static const struct {
	enum word name, first, second, strip, about_1, about_2;
} offers[HOME_OFFERS] = {
	{ WORD_FIRST_DEMO, WORD_FIRST_DEMO_1, WORD_FIRST_DEMO_2, WORD_FIRST_DEMO_STRIP,
	    WORD_FIRST_DEMO_ABOUT_1, WORD_FIRST_DEMO_ABOUT_2 },
	{ WORD_FIRST_BEGIN, WORD_FIRST_BEGIN_GIT, WORD_FIRST_BEGIN_2, WORD_FIRST_BEGIN_STRIP,
	    WORD_FIRST_BEGIN_ABOUT_1, WORD_FIRST_BEGIN_ABOUT_2 },
	{ WORD_FIRST_JOIN, WORD_FIRST_JOIN_1, WORD_FIRST_JOIN_2, WORD_FIRST_JOIN_STRIP,
	    WORD_FIRST_JOIN_ABOUT_1, WORD_FIRST_JOIN_ABOUT_2 },
};

enum { NAME_COLS = 23, STRIP = 3, FULL_ROWS = 24, INDENT = 4 };

/* Rows from the first line down to the last offer's, with air between. */
struct spread {
	int top, head, each, indent, name;
	bool second; /* two lines about each */
};

static struct spread
spread_of(int rows, int cols)
{
	bool wide = cols >= FRAME_MEDIUM_COLS;

	if (rows >= FULL_ROWS)
		return (struct spread){ 2 + (rows - FULL_ROWS) / 3 + 2, 4, 4, INDENT, NAME_COLS, true };
	if (rows >= 16)
		return (struct spread){ 2, 3, 3, wide ? INDENT : 1, NAME_COLS, true };
	return (struct spread){ rows >= 12 ? 2 : rows >= 4, rows >= 8 ? 2 : 0, 1, 0, NAME_COLS, false };
}

static void
draw_offer(
    const struct home_ui *u, const struct home *h, struct canvas *c, int i, const struct spread *s)
{
	bool chosen = u->offer == i;
	int y = s->top + s->head + i * s->each, w = canvas_cols(c), x = s->indent;
	struct buf first = { 0 };

	if (i == 1)
		word_put(&first, h->in_git ? WORD_FIRST_BEGIN_GIT : WORD_FIRST_BEGIN_NEW,
		    h->where != NULL ? h->where : "");
	else
		buf_adds(&first, word(offers[i].first));
	if (chosen)
		canvas_put(c, y, x, 0x25ba, ROLE_SELECTED);
	canvas_textf(c, y, x + 1, 1, ROLE_KEY, "%d", i + 1);
	draw_text(c, line_at(y, x + 4, s->name - 1), word(offers[i].name),
	    chosen ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN | STYLE_BOLD);
	if (w - x - 5 - s->name > 12) {
		draw_text(c, line_at(y, x + 4 + s->name, w - x - 5 - s->name), first.data, ROLE_PLAIN);
		if (s->second)
			draw_text(c, line_at(y + 1, x + 4 + s->name, w - x - 5 - s->name),
			    word(offers[i].second), ROLE_DIM);
	}
	buf_fini(&first);
}

void
home_first_draw(const struct home_ui *u, const struct home *h, struct canvas *c)
{
	int rows = canvas_rows(c), w = canvas_cols(c);
	struct spread s = spread_of(rows, w);
	struct rect strip = { rows - 1 - STRIP, 0, STRIP, w };
	struct buf left = { 0 };

	if (s.head >= 2) {
		draw_text(c, line_at(s.top, s.indent, w - s.indent - 1), word(WORD_FIRST_WHY),
		    ROLE_HEAD | STYLE_BOLD);
		draw_text(c, line_at(s.top + 1, s.indent, w - s.indent - 1), word(WORD_FIRST_RULE),
		    ROLE_PLAIN);
	}
	for (int i = 0; i < HOME_OFFERS; i++)
		draw_offer(u, h, c, i, &s);
	if (rows < 16)
		return;
	buf_addf(&left, "%d ▸ %s", u->offer + 1, word(offers[u->offer].strip));
	draw_rule(c, line_at(strip.y, 0, w), left.data, NULL);
	draw_text(c, line_at(strip.y + 1, 2, w - 2), word(offers[u->offer].about_1), ROLE_PLAIN);
	draw_text(c, line_at(strip.y + 2, 2, w - 2), word(offers[u->offer].about_2), ROLE_PLAIN);
	buf_fini(&left);
}
