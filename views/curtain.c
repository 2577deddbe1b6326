#include "views/curtain.h"

#include <string.h>

#include "base/text.h"
#include "views/draw.h"
#include "views/prompts.h"
#include "views/words.h"

enum { COVER_LEAST = 4, PROMPT_ROWS = 2 };

void
curtain_scene(struct scene *sc, struct debrief *room)
{
	const struct debrief *d = sc->d;
	size_t lo = 0, hi = DEBRIEF_N(d, EVENT);

	if (d->curtain_ns == TIME_NONE || sc->reviewing)
		return;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (DEBRIEF_AT(d, EVENT, event, mid)->at_ns <= d->curtain_ns)
			lo = mid + 1;
		else
			hi = mid;
	}
	*room = *d;
	room->of[KIND_EVENT].n = lo;
	sc->d = room;
}

int
curtain_rows(const struct scene *sc, int rows, int used)
{
	int rest = rows - used, least = rows / 3 > COVER_LEAST ? rows / 3 : COVER_LEAST;

	if (sc->d->curtain_ns == TIME_NONE || sc->reviewing)
		return 0;
	if (rows < COVER_LEAST + 2)
		return rows > 2;
	return rest > least ? rest : least;
}

static void
put_rule(struct buf *out, const struct scene *sc)
{
	struct buf clock = { 0 };

	put_clock(&clock, sc, sc->d->curtain_ns, true);
	word_put(out, WORD_ALL_THEY_KNEW, clock.data);
	buf_fini(&clock);
}

void
curtain_draw(const struct scene *sc, struct canvas *c, struct rect r)
{
	size_t n = DEBRIEF_N(sc->d, EVENT);
	const char *asked =
	    n > 0 ? prompt_for_event(sc, DEBRIEF_AT(sc->d, EVENT, event, n - 1)) : NULL;
	int prompt = asked != NULL && r.h >= 8 ? PROMPT_ROWS : 0, cover = r.h - 1 - prompt;
	bool leads = sc->role == PERSON_FACILITATOR || sc->role == PERSON_SCRIBE;
	struct buf title = { 0 };

	put_rule(&title, sc);
	draw_band(c, line_at(r.y, r.x, r.w), title.data, NULL);
	for (int y = 0; y < cover; y++)
		canvas_hline(c, r.y + 1 + y, r.x + 1, r.w - 2, 0x2592, ROLE_DIM);
	for (int i = 0; i < 2 && cover >= 3; i++) {
		const char *text = word(i == 0 ? WORD_LATER_COVERED
					: leads ? WORD_N_LIFTS
						: WORD_LEADER_LIFTS);
		int w = text_width(text, strlen(text)) + 4, x = r.x + (r.w - w) / 2;
		if (x < r.x + 1)
			x = r.x + 1;
		canvas_fill(c, line_at(r.y + cover / 2 + i, x, w < r.w - 2 ? w : r.w - 2), ' ',
		    ROLE_PLAIN);
		draw_text(c, line_at(r.y + cover / 2 + i, x + 2, r.w - 6), text, ROLE_HEAD);
	}
	if (prompt > 0) {
		draw_rule(c, line_at(r.y + r.h - 2, r.x, r.w), word(WORD_ASK_WHO_WAS_THERE), NULL);
		draw_text(c, line_at(r.y + r.h - 1, r.x + 3, r.w - 4), asked, ROLE_PLAIN | STYLE_BOLD);
	}
	buf_fini(&title);
}
