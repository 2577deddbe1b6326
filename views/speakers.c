#include "views/speakers.h"

#include <stdlib.h>

#include "base/mem.h"
#include "views/draw.h"
#include "views/words.h"

enum { NAME_COLS = 12 };

size_t
speakers_of(const struct debrief *d, struct speaker *v)
{
	for (size_t i = 0; i < d->hands.n; i++) {
		const struct person *p = debrief_person(d, d->hands.v[i]);
		struct speaker one = { d->hands.v[i], p != NULL ? p->turns : 0 };
		size_t at = i;
		while (at > 0 && v[at - 1].turns > one.turns) {
			v[at] = v[at - 1];
			at--;
		}
		v[at] = one;
	}
	return d->hands.n;
}

static void
draw_speaker(struct canvas *c, struct rect r, const struct speaker *who, bool next)
{
	struct buf b = { 0 };
	int name = r.w >= 3 * NAME_COLS ? NAME_COLS : r.w / 3;

	buf_adds(&b, word(next ? WORD_SPEAKS_NEXT : WORD_SPEAKS_THEN));
	buf_adds(&b, ", ");
	if (who->turns == 0)
		buf_adds(&b, word(WORD_FIRST_TIME));
	else
		word_count(&b, who->turns, WORD_TURN_1);
	draw_text(c, line_at(r.y, r.x, name - 1), who->name, next ? ROLE_HEAD : ROLE_PLAIN);
	draw_text(c, line_at(r.y, r.x + name, r.w - name), b.data, ROLE_DIM);
	buf_fini(&b);
}

int
speakers_draw(const struct scene *sc, struct canvas *c, struct rect r)
{
	struct speaker *v = mem_zero(sc->d->hands.n + 1, sizeof *v);
	size_t n = speakers_of(sc->d, v);
	int rows = 0;

	if (n == 0 && r.h > 0)
		draw_text(c, line_at(r.y + rows++, r.x, r.w), word(WORD_NOBODY_ASKS), ROLE_DIM);
	for (size_t i = 0; i < n && rows < r.h; i++, rows++) {
		if (rows == r.h - 1 && i + 1 < n) {
			struct buf b = { 0 };
			word_put(&b, WORD_MORE, digits((int64_t)(n - i)).s);
			draw_text(c, line_at(r.y + rows, r.x, r.w), b.data, ROLE_COUNT);
			buf_fini(&b);
		} else {
			draw_speaker(c, line_at(r.y + rows, r.x, r.w), &v[i], i == 0);
		}
	}
	free(v);
	return rows;
}
