/* The ideas under the board, in the stage that is for them: those that were given too early came back,
 * and each says which cause it is for. */
#include <string.h>

#include "model/schema.h"
#include "views/board_parts.h"
#include "views/words.h"

enum { HEAD_ROWS = 2, ROWS_FROM = 9, NAME_COLS = 5 };

static size_t
count_ideas(const struct debrief *d, size_t *loose)
{
	size_t n = 0;

	*loose = 0;
	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		n += a->status == ACTION_IDEA;
		*loose += a->status == ACTION_IDEA && a->causes.n == 0;
	}
	return n;
}

int
board_ideas_rows(const struct board *b, struct rect r)
{
	size_t loose, n = count_ideas(b->sc->d, &loose);
	int most = r.h / 3;

	if (n == 0 || r.h < ROWS_FROM || b->look != LOOK_CARDS || b->sc->d->stage == NULL ||
	    strcmp(b->sc->d->stage, "ideas") != 0)
		return 0;
	return HEAD_ROWS + (n < (size_t)most ? (int)n : most);
}

/* "A2  smaller steps      ← C1 one click reaches every region". */
static void
draw_idea(const struct board *b, const struct action *a, struct rect r)
{
	const struct debrief *d = b->sc->d;
	const struct cause *c = NULL;
	struct buf cause = { 0 };
	char name[24];
	struct id id;
	int half = r.w * 11 / 20;

	if (a->causes.n > 0 && id_parse(a->causes.v[0], &id))
		c = (const struct cause *)debrief_find(d, KIND_CAUSE, id);
	item_short_name(d, KIND_ACTION, &a->item, name);
	canvas_put(b->c, r.y, r.x + 1, c != NULL ? 0x2713 : 0x25cb, c != NULL ? ROLE_GOOD : ROLE_WARN);
	draw_text(b->c, line_at(r.y, r.x + 3, NAME_COLS), name, ROLE_COUNT);
	draw_text(b->c, line_at(r.y, r.x + 3 + NAME_COLS, half - NAME_COLS - 4),
	    a->text != NULL ? a->text : "", ROLE_PLAIN);
	if (c != NULL) {
		item_short_name(d, KIND_CAUSE, &c->item, name);
		buf_addf(&cause, "← %s %s", name, c->text != NULL ? c->text : "");
	} else {
		buf_adds(&cause, word(WORD_NO_CAUSE_YET));
	}
	draw_text(b->c, line_at(r.y, r.x + half, r.w - half - 1), cause.data,
	    c != NULL ? ROLE_PLAIN : ROLE_WARN);
	buf_fini(&cause);
}

void
board_ideas(const struct board *b, struct rect r)
{
	const struct debrief *d = b->sc->d;
	size_t loose, n = count_ideas(d, &loose), left = n;
	struct buf title = { 0 }, right = { 0 };
	int y = r.y + 1;

	word_put(&title, WORD_IDEAS_CAPS, digits((int64_t)n).s);
	if (loose > 0)
		word_put(&right, WORD_IDEAS_LOOSE, digits((int64_t)loose).s);
	draw_band(b->c, line_at(y++, r.x + 1, r.w - 2), title.data, right.data);
	for (size_t i = 0; i < DEBRIEF_N(d, ACTION) && y < r.y + r.h; i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		if (a->status != ACTION_IDEA)
			continue;
		if (y == r.y + r.h - 1 && left > 1) {
			buf_clear(&right);
			word_put(&right, WORD_PLUS_MORE, digits((int64_t)left).s);
			draw_text(b->c, line_at(y++, r.x + 3, r.w - 4), right.data, ROLE_COUNT);
			break;
		}
		draw_idea(b, a, line_at(y++, r.x, r.w));
		left--;
	}
	buf_fini(&title);
	buf_fini(&right);
}
