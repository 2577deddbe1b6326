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

/* What it is, and what lifts it, one below the other. */
static void
draw_says(struct canvas *c, struct rect r, bool leads)
{
	const char *says[] = { word(WORD_LATER_COVERED),
		word(leads ? WORD_N_LIFTS : WORD_LEADER_LIFTS) };
	int w = 0, x;

	for (int i = 0; i < 2; i++) {
		int cols = text_width(says[i], strlen(says[i])) + 4;
		w = cols > w ? cols : w;
	}
	w = w < r.w - 2 ? w : r.w - 2;
	x = r.x + (r.w - w) / 2;
	canvas_fill(c, (struct rect){ r.y, x, 2, w }, ' ', ROLE_PLAIN);
	for (int i = 0; i < 2; i++)
		draw_text(c, line_at(r.y + i, x + 2, w - 4), says[i], ROLE_HEAD);
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
	if (cover >= 3)
		draw_says(c, (struct rect){ r.y + cover / 2, r.x, 2, r.w }, leads);
	if (prompt > 0) {
		draw_rule(c, line_at(r.y + r.h - 2, r.x, r.w), word(WORD_ASK_WHO_WAS_THERE), NULL);
		draw_text(c, line_at(r.y + r.h - 1, r.x + 3, r.w - 4), asked, ROLE_PLAIN | STYLE_BOLD);
	}
	buf_fini(&title);
}
