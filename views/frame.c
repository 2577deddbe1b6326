#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/checks.h"
#include "views/bindings.h"
#include "views/draw.h"
#include "views/words.h"

const struct view *const views[] = { &view_agenda, &view_timeline, &view_fishbone, &view_actions };
const size_t n_views = sizeof views / sizeof *views;

const struct view *
view_find(const char *name)
{
	for (size_t i = 0; i < n_views; i++)
		if (strcmp(views[i]->name, name) == 0)
			return views[i];
	return strcmp(name, "causes") == 0 ? &view_fishbone : NULL;
}

void
view_fini_answer(struct view_answer *a)
{
	buf_fini(&a->command);
	buf_fini(&a->after);
	buf_fini(&a->label);
	buf_fini(&a->text);
}

struct frame {
	struct rect title, pane, strip, hints;
};

static struct frame
lay_out(const struct view *v, struct pane_state *s, const struct scene *sc, int rows, int cols)
{
	bool compact = cols < FRAME_MEDIUM_COLS || rows < FRAME_MEDIUM_ROWS;
	struct frame f = { .pane = { .h = rows, .w = cols } };
	struct rect probe = { .h = rows, .w = cols };

	s->frame_rows = rows;
	if (rows >= 2) {
		f.title = line_at(0, 0, cols);
		f.pane.y++;
		f.pane.h--;
	}
	if (rows >= 3) {
		f.hints = line_at(rows - 1, 0, cols);
		f.pane.h--;
	}
	if (compact)
		return f;
	f.strip = (struct rect){ .h = v->strip(s, sc, NULL, probe), .w = cols };
	if (f.strip.h > rows / 3)
		f.strip.h = rows / 3;
	f.pane.h -= f.strip.h;
	f.strip.y = f.pane.y + f.pane.h;
	return f;
}

struct rect
frame_pane(const struct view *v, struct pane_state *s, const struct scene *sc, int rows, int cols)
{
	return lay_out(v, s, sc, rows, cols).pane;
}

/* Pieces of the title line's right side, from left to right; those that matter least are left off
 * first. */
enum { PART_COUNTS, PART_STATE, PART_HERE, PART_TIMER, PART_STEP, N_PARTS };
static const int least_first[] = { PART_COUNTS, PART_TIMER, PART_STEP, PART_HERE };
static const int counts_last[] = { PART_TIMER, PART_STEP, PART_HERE, PART_COUNTS };
enum { N_LEAST = sizeof least_first / sizeof *least_first };
static const int order_wide[] = { PART_COUNTS, PART_STATE, PART_HERE, PART_TIMER, PART_STEP };
static const int order_medium[] = { PART_COUNTS, PART_HERE, PART_TIMER, PART_STEP, PART_STATE };

struct right {
	struct buf parts[N_PARTS];
	const int *order;
	const char *gap;
	int state_role;
};

static void
put_state(struct right *r, const struct scene *sc, bool wide)
{
	struct buf *out = &r->parts[PART_STATE];

	r->state_role = ROLE_GOOD;
	if (sc->unsafe > 0) {
		word_put(out, WORD_UNSAFE, digits((int64_t)sc->unsafe).s);
		r->state_role = ROLE_BAD;
	} else if (sc->live) {
		buf_adds(out, word(wide ? WORD_ALL_SAFE : WORD_LIVE));
	} else {
		buf_adds(out, word(sc->reviewing ? WORD_REVIEWING : WORD_NOT_CONNECTED));
		r->state_role = sc->reviewing ? ROLE_DIM : ROLE_WARN;
	}
}

/* The clock of the present stage, and which of how many it is. */
static void
put_stage(struct right *r, const struct scene *sc)
{
	const struct debrief *d = sc->d;

	for (size_t i = 0; i < DEBRIEF_N(d, STAGE) && d->stage != NULL; i++) {
		const struct stage *st = DEBRIEF_AT(d, STAGE, stage, i);
		struct buf time = { 0 };
		int64_t left;
		if (st->name == NULL || strcmp(st->name, d->stage) != 0)
			continue;
		word_put(&r->parts[PART_STEP], WORD_STEP, digits((int64_t)i + 1).s,
		    digits((int64_t)DEBRIEF_N(d, STAGE)).s);
		left = st->minutes * 60 - st->used_s;
		if (d->stage_since_ns != TIME_NONE && sc->now_ns > d->stage_since_ns)
			left -= (sc->now_ns - d->stage_since_ns) / NS_PER_S;
		if (!sc->live || d->stage_since_ns == TIME_NONE || st->minutes <= 0)
			return;
		buf_addf(&time, "%s%02lld:%02lld", left < 0 ? "+" : "",
		    (long long)(llabs(left) / 60), (long long)(llabs(left) % 60));
		word_put(&r->parts[PART_TIMER], WORD_TIMER, time.data);
		buf_fini(&time);
		return;
	}
}

static int
right_width(const struct right *r)
{
	int w = 0;

	for (int i = 0; i < N_PARTS; i++)
		if (r->parts[i].len > 0)
			w += text_width(r->parts[i].data, r->parts[i].len) +
			     (w > 0 ? (int)strlen(r->gap) : 0);
	return w;
}

/* The last part of the list goes only where it would take more than `most`. */
static void
drop_what_is_too_much(struct right *r, int cols, int most, const int *first)
{
	for (int i = 0; i < N_LEAST; i++)
		if (right_width(r) > (i + 1 < N_LEAST ? cols : most))
			buf_fini(&r->parts[first[i]]);
}

static void
draw_right_parts(const struct right *r, struct canvas *c, struct rect at)
{
	int x = at.x;

	for (int i = 0; i < N_PARTS; i++) {
		const struct buf *part = &r->parts[r->order[i]];
		if (part->len == 0)
			continue;
		x += x > at.x ? (int)strlen(r->gap) : 0;
		x += draw_text(c, line_at(at.y, x, at.x + at.w - x), part->data,
		    r->order[i] == PART_STATE ? r->state_role : ROLE_TITLE);
	}
}

/* "debrief ▸ TITLE ▸ 3 Causes": the title gives way. */
static void
draw_left_wide(const struct view *v, const struct scene *sc, struct canvas *c, struct rect at)
{
	struct buf before = { 0 }, after = { 0 };
	int x = at.x, w;

	buf_addf(&before, "%s ▸ ", word(WORD_PROGRAM));
	buf_addf(&after, " ▸ %s", v->title);
	w = text_width(before.data, before.len) + text_width(after.data, after.len);
	x += draw_text(c, at, before.data, ROLE_TITLE);
	x += draw_text(c, line_at(at.y, x, at.w - w), scene_title(sc), ROLE_TITLE | STYLE_BOLD);
	draw_text(c, line_at(at.y, x, at.x + at.w - x), after.data, ROLE_TITLE);
	buf_fini(&before);
	buf_fini(&after);
}

/* "INC-2041 ▸ what this pane says of itself". */
static void
draw_left_medium(const struct scene *sc, struct canvas *c, struct rect at, const char *text)
{
	const char *title = scene_title(sc);
	size_t n = ticket_len(title);
	struct buf b = { 0 };

	buf_add(&b, title, n);
	text += strspn(text, " :,");
	buf_addf(&b, "%s%s", n > 0 ? " ▸ " : "", text);
	draw_text(c, at, b.data, ROLE_TITLE | STYLE_BOLD);
	buf_fini(&b);
}

/* The debrief's title comes before counts, up to two thirds of the line. */
static int
room_beside_title(const struct view *v, const struct scene *sc, int cols)
{
	const char *title = scene_title(sc);
	int left = text_width(title, strlen(title)) + (int)strlen(word(WORD_PROGRAM)) +
		   (int)strlen(v->title) + 10;

	return cols - (left < cols * 2 / 3 ? left : cols * 2 / 3);
}

static void
draw_title(const struct view *v, const struct pane_state *s, const struct scene *sc,
    struct canvas *c, struct rect at)
{
	bool wide = at.w >= FRAME_WIDE_COLS, small = at.w < FRAME_MEDIUM_COLS;
	struct right r = { .order = wide ? order_wide : order_medium, .gap = wide ? "   " : "  " };
	struct buf left = { 0 };
	int w;

	if (at.h < 1)
		return;
	if (wide)
		v->counts(sc, &r.parts[PART_COUNTS]);
	else
		v->compact(s, sc, &left, &r.parts[PART_COUNTS]);
	put_state(&r, sc, wide);
	if (sc->live && sc->n_here > 0)
		word_put(&r.parts[PART_HERE], WORD_HERE, digits((int64_t)sc->n_here).s);
	if (wide || v == &view_agenda)
		put_stage(&r, sc);
	/* The zone of all times is among the timeline's counts. */
	drop_what_is_too_much(&r,
	    wide    ? room_beside_title(v, sc, at.w)
	    : small ? at.w / 2
		    : at.w - 30,
	    small ? at.w / 2 : at.w * 2 / 3,
	    wide && v == &view_timeline ? counts_last : least_first);
	w = right_width(&r);
	if (w > at.w - 8)
		w = at.w - 8 > 0 ? at.w - 8 : 0;
	canvas_paint(c, at, ROLE_TITLE);
	if (wide)
		draw_left_wide(v, sc, c, line_at(at.y, at.x + 1, at.w - w - 4));
	else if (small)
		draw_text(c, line_at(at.y, at.x + 1, at.w - w - 3), scene_title(sc),
		    ROLE_TITLE | STYLE_BOLD);
	else
		draw_left_medium(
		    sc, c, line_at(at.y, at.x + 1, at.w - w - 4), left.data ? left.data : "");
	draw_right_parts(&r, c, line_at(at.y, at.x + at.w - w - 1, w));
	for (int i = 0; i < N_PARTS; i++)
		buf_fini(&r.parts[i]);
	buf_fini(&left);
}

/* Keys stand out from what they do. */
static void
draw_hints(const struct view *v, struct canvas *c, struct rect at)
{
	struct buf b = { 0 };
	int x = at.x;

	if (at.h < 1)
		return;
	binding_hints(v, at.w, &b);
	for (size_t i = 0; i < b.len;) {
		size_t blanks = strspn(b.data + i, " "), key = strcspn(b.data + i + blanks, " "),
		       words = 0;
		const char *p = b.data + i + blanks + key;
		x += (int)blanks;
		x += canvas_textn(c, at.y, x, -1, b.data + i + blanks, key, ROLE_KEY);
		while (p[words] != '\0' && !(p[words] == ' ' && p[words + 1] == ' '))
			words++;
		x += canvas_textn(c, at.y, x, -1, p, words, ROLE_DIM);
		i += blanks + key + words;
	}
	buf_fini(&b);
}

void
frame_draw(const struct view *v, struct pane_state *s, const struct scene *sc, struct canvas *c)
{
	struct frame f = lay_out(v, s, sc, canvas_rows(c), canvas_cols(c));

	draw_title(v, s, sc, c, f.title);
	if (f.pane.h > 0 && f.pane.w > 0) {
		canvas_clip(c, f.pane);
		v->draw(s, sc, c, f.pane);
	}
	if (f.strip.h > 0) {
		canvas_clip(c, f.strip);
		v->strip(s, sc, c, f.strip);
	}
	canvas_clip(c, canvas_area(c));
	draw_hints(v, c, f.hints);
}
