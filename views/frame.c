#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/checks.h"
#include "views/bindings.h"
#include "views/board.h"
#include "views/clock.h"
#include "views/draw.h"
#include "views/frame.h"
#include "views/gameday.h"
#include "views/prompts.h"
#include "views/speakers.h"
#include "views/possible.h"
#include "views/words.h"

const struct view *const views[] = { &view_agenda, &view_timeline, &view_fishbone, &view_actions,
	&view_board, &view_run };
const size_t n_views = sizeof views / sizeof *views;
const struct view *const views_apart[] = { &view_projector, &view_wall, &view_console,
	&view_welcome };
const size_t n_views_apart = sizeof views_apart / sizeof *views_apart;

const struct view *
view_find(const char *name)
{
	for (size_t i = 0; i < n_views; i++)
		if (strcmp(views[i]->name, name) == 0)
			return views[i];
	for (size_t i = 0; i < n_views_apart; i++)
		if (strcmp(views_apart[i]->name, name) == 0)
			return views_apart[i];
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
	struct rect title, banner, pane, strip, hints;
	struct frame_entry entry;
};

enum { PROMPT_FROM = 12 }; /* rows of a pane that has a rule to write it on */
enum { ENTRY_ROWS = 2, ENTRY_LEAST_ROWS = 6 };

/* With simple keys the entry line is always there: in the pane where it keeps a place for it, else
 * below it. */
static void
lay_entry(struct frame *f, const struct view *v, const struct pane_state *s,
    const struct scene *sc)
{
	int h = f->pane.h + f->strip.h >= ENTRY_LEAST_ROWS ? ENTRY_ROWS : 1;

	if (!sc->simple)
		return;
	if (v == &view_board && board_entry(s, sc, f->pane, &f->entry.line))
		return;
	if (f->pane.h < h)
		h = f->pane.h;
	f->pane.h -= h;
	f->strip.y -= h;
	f->entry.label = h == ENTRY_ROWS;
	f->entry.line =
	    line_at(f->strip.h > 0 ? f->strip.y + f->strip.h + h - 1 : f->pane.y + f->pane.h + h - 1,
		0, f->pane.w);
	f->entry.line.h = h > 0;
}

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
	f.banner = (struct rect){ .y = f.pane.y, .h = gameday_banner_rows(v, sc, rows, cols), .w = cols };
	f.pane.y += f.banner.h;
	f.pane.h -= f.banner.h;
	if (rows >= 3 && v != &view_projector && v != &view_wall) {
		f.hints = line_at(rows - 1, 0, cols);
		f.pane.h--;
	}
	if (!compact)
		f.strip = (struct rect){ .h = v->strip(s, sc, NULL, probe), .w = cols };
	if (f.strip.h > rows / 3)
		f.strip.h = rows / 3;
	f.pane.h -= f.strip.h;
	f.strip.y = f.pane.y + f.pane.h;
	lay_entry(&f, v, s, sc);
	return f;
}

struct rect
frame_pane(const struct view *v, struct pane_state *s, const struct scene *sc, int rows, int cols)
{
	return lay_out(v, s, sc, rows, cols).pane;
}

struct frame_entry
frame_entry(const struct view *v, struct pane_state *s, const struct scene *sc, int rows, int cols)
{
	return lay_out(v, s, sc, rows, cols).entry;
}

/* Pieces of the title line's right side, from left to right; those that matter least are left off
 * first. */
enum { PART_COUNTS, PART_ME, PART_STATE, PART_HERE, PART_TIMER, PART_STEP, N_PARTS };
static const int least_first[] = { PART_COUNTS, PART_STEP, PART_TIMER, PART_ME, PART_HERE };
static const int counts_last[] = { PART_STEP, PART_HERE, PART_TIMER, PART_ME, PART_COUNTS };
enum { N_LEAST = sizeof least_first / sizeof *least_first };
static const int order_wide[] = { PART_COUNTS, PART_ME, PART_STATE, PART_HERE, PART_TIMER,
	PART_STEP };
static const int order_medium[] = { PART_COUNTS, PART_ME, PART_HERE, PART_TIMER, PART_STEP,
	PART_STATE };

enum { SLOW_MS = 150 };

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
	bool lost = !sc->live && !sc->reviewing;

	r->state_role = ROLE_GOOD;
	if (lost || sc->reviewing) {
		buf_adds(out, word(lost ? WORD_NOT_CONNECTED : WORD_REVIEWING));
		r->state_role = lost ? ROLE_WARN : ROLE_DIM;
	}
	if (sc->unsafe > 0) {
		buf_adds(out, out->len > 0 ? " " : "");
		word_put(out, WORD_UNSAFE, digits((int64_t)sc->unsafe).s);
		r->state_role = ROLE_BAD;
	} else if (sc->live) {
		buf_adds(out, word(wide ? WORD_ALL_SAFE : WORD_LIVE));
	}
	if (sc->live && sc->latency_ms > SLOW_MS)
		word_put(out, WORD_LATENCY, digits(sc->latency_ms).s);
}

static bool
is_my_turn(const struct scene *sc)
{
	struct speaker *v;
	bool mine;

	if (sc->d->hands.n == 0 || sc->me == NULL || !strs_has(&sc->d->hands, sc->me))
		return false;
	v = mem_zero(sc->d->hands.n, sizeof *v);
	mine = speakers_of(sc->d, v) > 0 && strcmp(v[0].name, sc->me) == 0;
	free(v);
	return mine;
}

/* What is to be known of one's own place: whose keyboard it is, that one may speak, where the
 * screen goes by itself. */
static void
put_me(struct buf *out, const struct scene *sc)
{
	const char *leader;

	if (sc->seat != NULL) {
		word_put(out, WORD_SEAT_OF, sc->seat);
	} else if (sc->projector) {
		buf_adds(out, word(WORD_PROJECTOR));
	} else if (is_my_turn(sc)) {
		buf_adds(out, word(WORD_YOUR_TURN));
	} else if (sc->on_air) {
		buf_adds(out, word(WORD_ON_AIR));
	} else if (sc->live && id_some(sc->d->focus)) {
		leader = people_leader(sc);
		if (sc->following)
			buf_adds(out, word(WORD_FOLLOWING));
		else if (leader != NULL && sc->me != NULL && strcmp(leader, sc->me) != 0)
			word_put(out, WORD_F_FOLLOWS, leader);
	}
}

/* The clock, and which of how many stages it is. */
static void
put_stage(struct right *r, const struct scene *sc)
{
	struct clock k = clock_of(sc);
	struct buf time = { 0 };
	size_t nth;

	if (sc->live && k.runs) {
		clock_put(&time, &k);
		word_put(&r->parts[PART_TIMER], WORD_TIMER, time.data);
	}
	if (scene_stage(sc, &nth) != NULL)
		word_put(&r->parts[PART_STEP], WORD_STEP, digits((int64_t)nth + 1).s,
		    digits((int64_t)DEBRIEF_N(sc->d, STAGE)).s);
	buf_fini(&time);
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
	if (v == &view_board && sc->d->stage != NULL) /* it looks different in each stage */
		buf_addf(&after, " ▸ %s", sc->d->stage);
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
	put_me(&r.parts[PART_ME], sc);
	if (sc->live && sc->n_here > 0)
		word_put(&r.parts[PART_HERE], WORD_HERE, digits((int64_t)people_here(sc)).s);
	if (wide || v == &view_agenda || v == &view_board || sc->d->timer_ends_ns != TIME_NONE)
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

static void
draw_hints(const struct view *v, const struct pane_state *s, const struct scene *sc, struct canvas *c,
    struct rect at)
{
	enum verb_of_key verbs[POSSIBLE_MOST];
	struct buf b = { 0 };

	if (at.h < 1)
		return;
	verbs_possible(v, s, sc, v->hints_now != NULL ? v->hints_now(s, sc) : v->hints, verbs);
	if (sc->simple)
		binding_simple_hints(v, sc->line_empty, at.w, &b);
	else
		binding_hints(v, verbs, sc->keys, at.w, &b);
	draw_hint_text(c, at, b.data);
	buf_fini(&b);
}

/* What all are asked, else the question of the stage, on the rule over panes that do not show the
 * question themselves. */
static void
draw_prompt(const struct view *v, const struct scene *sc, struct canvas *c, struct rect pane)
{
	const struct stage *stage = scene_stage(sc, NULL);
	const char *own = NULL;
	struct buf b = { 0 };
	size_t nth;

	if (v == &view_agenda || v == &view_board || v == &view_projector ||
	    v == &view_wall || v == &view_console)
		return;
	/* The timeline asks beside the event, and its rule is full. */
	if (sc->d->shown_prompt == NULL && v != &view_timeline && sc->live && stage != NULL &&
	    stage->pane != NULL && view_find(stage->pane) == v)
		own = prompt_for_stage(sc, 0, &nth);
	if (sc->d->shown_prompt == NULL && own == NULL)
		return;
	buf_addc(&b, ' ');
	if (own != NULL)
		word_put(&b, WORD_ASKED_HERE, own);
	else
		word_put(&b, WORD_ASKED_OF_ALL, sc->d->shown_prompt);
	buf_addc(&b, ' ');
	draw_text(c, line_at(pane.y, pane.x + 2, pane.w - 4), b.data,
	    own != NULL ? ROLE_PLAIN : ROLE_HEAD | STYLE_BOLD);
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
	if (f.banner.h > 0)
		gameday_banner(sc, c, f.banner);
	if (f.pane.h >= PROMPT_FROM)
		draw_prompt(v, sc, c, f.pane);
	draw_hints(v, s, sc, c, f.hints);
}
