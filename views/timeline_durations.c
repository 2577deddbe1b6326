#include "base/text.h"
#include "model/durations.h"
#include "views/draw.h"
#include "views/timeline.h"
#include "views/words.h"

int
timeline_durations_rows(const struct scene *sc, const struct pane_state *s)
{
	struct duration v[N_DURATIONS];

	if ((s->filter & DURATIONS) == 0)
		return 0;
	durations_of(sc->d, v);
	return durations_some(v) ? N_DURATIONS + 1 : 2;
}

void
timeline_durations_draw(const struct scene *sc, struct canvas *c, struct rect r)
{
	struct duration v[N_DURATIONS];
	struct buf b = { 0 };

	if (r.h < 2)
		return;
	durations_of(sc->d, v);
	draw_rule(c, line_at(r.y, r.x, r.w), word(WORD_HOW_LONG), NULL);
	if (!durations_some(v))
		draw_text(c, line_at(r.y + 1, r.x + 2, r.w - 3), word(WORD_NO_PHASES), ROLE_DIM);
	for (int i = 0; i < N_DURATIONS && i + 1 < r.h && durations_some(v); i++) {
		buf_clear(&b);
		duration_formula(&b, &v[i], (enum duration_of)i, sc->zone);
		draw_text(c, line_at(r.y + 1 + i, r.x + 2, r.w - 3), b.data,
		    v[i].ns == TIME_NONE ? ROLE_DIM : ROLE_PLAIN);
	}
	buf_fini(&b);
}
