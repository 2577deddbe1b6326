#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "views/draw.h"
#include "views/gameday.h"
#include "views/words.h"

enum { BANNER_ROWS = 7, TEXT_X = 50, BLOCK_FROM_ROWS = 30, BLOCK_FROM_COLS = 100 };

static const char *const letters[] = {
	"▄▀▀▄ █▀▀▄ ▄▀▀▄ █▀▀▄ ▀▀█▀▀ █▀▀▀ █▀▀▄",
	"█▀▀█ █▀▀▄ █  █ █▀▀▄   █   █▀▀  █  █",
	"█  █ █▄▄▀ ▀▄▄▀ █  █   █   █▄▄▄ █▄▄▀",
};

int
gameday_banner_rows(const struct scene *sc, int rows, int cols)
{
	if (sc->d->aborted_ns == TIME_NONE || rows < 3)
		return 0;
	return rows >= BLOCK_FROM_ROWS && cols >= BLOCK_FROM_COLS ? BANNER_ROWS : 1;
}

/* What was said when it was stopped: the event of that moment. */
static const char *
reason_of(const struct scene *sc)
{
	for (size_t i = DEBRIEF_N(sc->d, EVENT); i-- > 0;) {
		const struct event *ev = DEBRIEF_AT(sc->d, EVENT, event, i);
		if (ev->text != NULL && strncmp(ev->text, "stopped", 7) == 0)
			return ev->text;
	}
	return NULL;
}

/* How many of a sentence's words of four letters and more are in the other one, and how many it has. */
static int
words_in(const char *sentence, const char *other, int *of)
{
	enum { LEAST = 4 };
	int found = 0;

	*of = 0;
	for (const char *p = sentence; *p != '\0';) {
		size_t len = strcspn(p, " ,.;:");
		if (len >= LEAST) {
			char *w = mem_dupn(p, len);
			*of += 1;
			found += strstr(other, w) != NULL;
			free(w);
		}
		p += len + (p[len] != '\0');
	}
	return found;
}

size_t
gameday_rang(const struct scene *sc, const struct experiment *x)
{
	const char *reason = sc->d->aborted_ns != TIME_NONE ? reason_of(sc) : NULL;
	size_t best = x->abort_when.n;
	int most = 0;

	for (size_t i = 0; reason != NULL && i < x->abort_when.n; i++) {
		int of, found = words_in(x->abort_when.v[i], reason, &of);
		if (found * 2 >= of && found > most) {
			most = found;
			best = i;
		}
	}
	return best;
}

static void
put_when(struct buf *out, const struct scene *sc, const struct experiment *x)
{
	struct buf clock = { 0 }, into = { 0 };

	put_clock(&clock, sc, sc->d->aborted_ns, true);
	gameday_clock(&into, sc, x);
	word_put(out, WORD_ROOM_STOPPED, clock.data);
	if (into.len > 0)
		word_put(out, WORD_INTO_RUN, into.data);
	buf_fini(&clock);
	buf_fini(&into);
}

static void
draw_blocks(const struct scene *sc, struct canvas *c, struct rect r, const struct buf *when)
{
	const struct experiment *x = gameday_now(sc, NULL);
	const char *reason = reason_of(sc);
	int text_w = r.w - TEXT_X - 2;

	canvas_hline(c, r.y, r.x + 1, r.w - 2, 0x2588, ROLE_BAD);
	canvas_hline(c, r.y + BANNER_ROWS - 1, r.x + 1, r.w - 2, 0x2588, ROLE_BAD);
	if (canvas_ascii(c))
		canvas_text(c, r.y + 3, r.x + 6, 40, word(WORD_ABORTED), ROLE_BAD | STYLE_BOLD);
	for (int i = 0; i < 3 && !canvas_ascii(c); i++)
		canvas_text(c, r.y + 2 + i, r.x + 6, TEXT_X - 8, letters[i], ROLE_BAD);
	draw_text(c, line_at(r.y + 2, r.x + TEXT_X, text_w), when->data, ROLE_HEAD | STYLE_BOLD);
	draw_text(c, line_at(r.y + 3, r.x + TEXT_X, text_w), reason != NULL ? reason : "", ROLE_PLAIN);
	draw_text(c, line_at(r.y + 4, r.x + TEXT_X, text_w),
	    x != NULL && x->rollback != NULL ? x->rollback : word(WORD_STOP_ADDING), ROLE_WARN);
}

void
gameday_banner(const struct scene *sc, struct canvas *c, struct rect r)
{
	const struct experiment *x = gameday_now(sc, NULL);
	const char *reason = reason_of(sc);
	struct buf when = { 0 }, line = { 0 };

	put_when(&when, sc, x);
	if (r.h >= BANNER_ROWS) {
		draw_blocks(sc, c, r, &when);
	} else {
		canvas_fill(c, r, ' ', ROLE_BAD | STYLE_REVERSE);
		buf_addf(&line, "◆ %s %s", word(WORD_ABORTED), reason != NULL ? reason : "");
		if (x != NULL && x->rollback != NULL)
			buf_addf(&line, "   %s %s", word(WORD_ROLL_BACK), x->rollback);
		draw_text(c, line_at(r.y, r.x + 1, r.w - 2), line.data,
		    ROLE_BAD | STYLE_REVERSE | STYLE_BOLD);
	}
	buf_fini(&when);
	buf_fini(&line);
}
