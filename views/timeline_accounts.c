#include <string.h>

#include "base/text.h"
#include "views/draw.h"
#include "views/timeline.h"
#include "views/timeline_list.h"
#include "views/words.h"

enum { BAR_COLS = 3, MARK_COLS = 2};

/* "fern 14:16:00 · 2 agree · 1 doubts" */
static void
put_teller(struct buf *out, const struct list *l, const struct event *e)
{
	const char *teller = account_teller(e);

	if (l->k.number >= 0)
		buf_addf(out, "E%lld ", (long long)e->item.number);
	buf_addf(out, "%s ", teller != NULL ? teller : word(WORD_SOMEBODY));
	put_event_time(out, l->sc, e, true);
	if (e->phase != PHASE_NONE)
		buf_addf(out, " %s", timeline_phase_word(e->phase));
	if (e->agree > 0) {
		buf_adds(out, " · ");
		word_put(out, WORD_AGREE, digits(e->agree).s);
	}
	if (e->doubt > 0) {
		buf_adds(out, " · ");
		word_count(out, e->doubt, WORD_DOUBT_1);
	}
}

static void
draw_one(const struct list *l, const struct event *e, struct rect at, int line)
{
	bool selected = !l->on_gap && id_equal(e->item.id, l->selected);
	struct rect text = { at.y, at.x + MARK_COLS, 1, at.w - MARK_COLS };
	struct buf b = { 0 };

	if (line == 0) {
		bool marked = l->sc->marked != NULL && strs_has(l->sc->marked, e->item.id.s);
		canvas_put(l->c, at.y, at.x, selected ? 0x25ba : marked ? 0x25a0 : 0x2260,
		    selected ? ROLE_SELECTED : marked ? ROLE_GOOD : ROLE_LINE);
		put_teller(&b, l, e);
		draw_text(l->c, text, b.data, ROLE_HEAD);
		buf_fini(&b);
		return;
	}
	/* The whole of the text, of which one row is let through. */
	canvas_clip(l->c, text);
	text.y -= line - 1;
	text.h = wrapped_rows(e->text, text.w, BESIDE_ROWS_MOST);
	draw_wrapped(l->c, text, e->text, selected ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN);
	canvas_clip(l->c, l->pane);
}

void
timeline_accounts_draw(const struct list *l, const struct timeline_row *r, int y)
{
	int x = l->k.source >= 0 ? l->k.source : l->k.text, right = l->pane.x + l->pane.w - 1;
	int cols = account_cols(right - x, r->beside);

	for (int i = 0; i < r->beside; i++) {
		size_t event = l->rows->accounts.members[r->member + (size_t)i];
		struct rect at = line_at(y, x + i * (cols + BAR_COLS), cols);
		draw_one(l, DEBRIEF_AT(l->sc->d, EVENT, event, event), at, r->line);
		if (i + 1 < r->beside)
			canvas_put(l->c, y, at.x + cols + 1, 0x2502, ROLE_LINE);
	}
}
