#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/run.h"
#include "views/draw.h"
#include "views/frame.h"
#include "views/gameday.h"
#include "views/words.h"

enum { SIGNS_MOST = 3, WIDE_COLS = 60 };
enum { BANNER_ROWS = 7, TEXT_X = 50, BLOCK_FROM_ROWS = 30, BLOCK_FROM_COLS = 100 };

static const char *const letters[] = {
	"▄▀▀▄ █▀▀▄ ▄▀▀▄ █▀▀▄ ▀▀█▀▀ █▀▀▀ █▀▀▄",
	"█▀▀█ █▀▀▄ █  █ █▀▀▄   █   █▀▀  █  █",
	"█  █ █▄▄▀ ▀▄▄▀ █  █   █   █▄▄▄ █▄▄▀",
};

/* "ABORT WHEN errors over 2 % · nobody answers": of all that runs. */
static void
put_signs(struct buf *out, const struct scene *sc, bool wide)
{
	size_t n = 0;

	buf_addf(out, "%s ", wide ? word(WORD_ABORT_WHEN) : word(WORD_STOP_KEYS));
	for (size_t i = 0; i < DEBRIEF_N(sc->d, EXPERIMENT); i++) {
		const struct experiment *x = DEBRIEF_AT(sc->d, EXPERIMENT, experiment, i);
		for (size_t k = 0; run_is_on(sc->d, x) && k < x->abort_when.n; k++)
			buf_addf(out, "%s%s", n++ > 0 ? " · " : "", x->abort_when.v[k]);
	}
	if (n == 0)
		buf_adds(out, word(WORD_NO_SIGN_SET));
	if (wide)
		buf_addf(out, "   %s", word(WORD_STOPS_SHORT));
}

static int
signs_rows(const struct scene *sc, int rows, int cols)
{
	int most = rows < FRAME_MEDIUM_ROWS ? 1 + (rows >= 8) : SIGNS_MOST, n;
	struct buf b = { 0 };

	put_signs(&b, sc, cols >= WIDE_COLS);
	n = wrapped_rows(b.data, cols - 4, most);
	buf_fini(&b);
	return n;
}

int
gameday_banner_rows(const struct view *v, const struct scene *sc, int rows, int cols)
{
	if (rows < 3)
		return 0;
	if (sc->d->aborted_ns != TIME_NONE)
		return rows >= BLOCK_FROM_ROWS && cols >= BLOCK_FROM_COLS ? BANNER_ROWS
								       : 1 + (rows >= 8);
	return v != &view_run && run_any(sc->d) ? signs_rows(sc, rows, cols) : 0;
}

static void
draw_signs(const struct scene *sc, struct canvas *c, struct rect r)
{
	struct buf b = { 0 };

	canvas_fill(c, r, ' ', ROLE_PLAIN);
	canvas_put(c, r.y, r.x + 1, 0x25cb, ROLE_BAD);
	put_signs(&b, sc, r.w >= WIDE_COLS);
	draw_wrapped(c, (struct rect){ r.y, r.x + 3, r.h, r.w - 4 }, b.data, ROLE_BAD | STYLE_BOLD);
	buf_fini(&b);
}

/* What was said when it was stopped: the event of that moment. */
static const char *
reason_of(const struct scene *sc)
{
	for (size_t i = DEBRIEF_N(sc->d, EVENT); i-- > 0;) {
		const struct event *ev = DEBRIEF_AT(sc->d, EVENT, event, i);
		if (run_is_stop(ev))
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
	struct buf way = { 0 };
	int text_w = r.w - TEXT_X - 2;

	canvas_hline(c, r.y, r.x + 1, r.w - 2, 0x2588, ROLE_BAD);
	canvas_hline(c, r.y + BANNER_ROWS - 1, r.x + 1, r.w - 2, 0x2588, ROLE_BAD);
	if (canvas_ascii(c))
		canvas_text(c, r.y + 3, r.x + 6, 40, word(WORD_ABORTED), ROLE_BAD | STYLE_BOLD);
	for (int i = 0; i < 3 && !canvas_ascii(c); i++)
		canvas_text(c, r.y + 2 + i, r.x + 6, TEXT_X - 8, letters[i], ROLE_BAD);
	draw_text(c, line_at(r.y + 2, r.x + TEXT_X, text_w), when->data, ROLE_HEAD | STYLE_BOLD);
	draw_text(c, line_at(r.y + 3, r.x + TEXT_X, text_w), reason != NULL ? reason : "", ROLE_PLAIN);
	if (x != NULL && x->rollback != NULL)
		buf_addf(&way, "%s%s", word(WORD_ROLL_BACK), x->rollback);
	else
		buf_adds(&way, word(WORD_STOP_ADDING));
	draw_wrapped(c, (struct rect){ r.y + 4, r.x + TEXT_X, 2, text_w }, way.data, ROLE_WARN);
	buf_fini(&way);
}

/* What was said, and below it, or beside it where there is one row, the way back. */
static void
draw_stop_rows(
    const struct scene *sc, struct canvas *c, struct rect r, const struct experiment *x)
{
	const char *reason = reason_of(sc), *back = x != NULL ? x->rollback : NULL;
	struct buf said = { 0 }, way = { 0 };
	int style = ROLE_BAD | STYLE_REVERSE | STYLE_BOLD;

	buf_addf(&said, "◆ %s", word(WORD_ABORTED));
	if (back != NULL)
		buf_addf(&way, "%s%s", word(WORD_ROLL_BACK), back);
	else
		buf_adds(&way, word(WORD_STOP_ADDING));
	if (r.h < 2)
		buf_addf(&said, "  %s", way.data);
	if (reason != NULL)
		buf_addf(&said, "  %s", reason);
	canvas_fill(c, r, ' ', style);
	draw_text(c, line_at(r.y, r.x + 1, r.w - 2), said.data, style);
	if (r.h > 1)
		draw_wrapped(c, (struct rect){ r.y + 1, r.x + 3, r.h - 1, r.w - 4 }, way.data, style);
	buf_fini(&said);
	buf_fini(&way);
}

static void
draw_stop(const struct scene *sc, struct canvas *c, struct rect r)
{
	const struct experiment *x = gameday_now(sc, NULL);
	struct buf when = { 0 };

	put_when(&when, sc, x);
	if (r.h >= BANNER_ROWS) {
		draw_blocks(sc, c, r, &when);
	} else {
		draw_stop_rows(sc, c, r, x);
	}
	buf_fini(&when);
}

void
gameday_banner(const struct scene *sc, struct canvas *c, struct rect r)
{
	if (sc->d->aborted_ns != TIME_NONE)
		draw_stop(sc, c, r);
	else
		draw_signs(sc, c, r);
}

void
gameday_over(const struct scene *sc, struct canvas *c)
{
	int y = canvas_rows(c) > 1, rows = canvas_rows(c) >= FRAME_MEDIUM_ROWS ? SIGNS_MOST : 1;

	if (sc->d->aborted_ns != TIME_NONE)
		draw_stop(sc, c,
		    (struct rect){ y, 0, 1 + (canvas_rows(c) >= 8), canvas_cols(c) });
	else if (run_any(sc->d))
		draw_signs(sc, c,
		    (struct rect){ y, 0, signs_rows(sc, rows > 1 ? canvas_rows(c) : 1, canvas_cols(c)),
			canvas_cols(c) });
}
