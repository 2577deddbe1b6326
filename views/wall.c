#include "views/wall.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/block_digits.h"
#include "views/clock.h"
#include "views/draw.h"
#include "views/fishbone.h"
#include "views/followed.h"
#include "views/prompts.h"
#include "views/projector.h"
#include "views/timeline.h"
#include "views/view.h"
#include "views/words.h"

enum {
	HALF_COLS = 110, /* from here two panes, one over the other */
	HALF_ROWS = 30,
	FISH_COLS_LEAST = FRAME_WIDE_COLS + 1, /* its head and the rule over it */
	ASK_ROWS = 1 + BLOCK_ROWS, /* the question and the clock, a rule over them */
	MARGIN = 3
};

struct wall {
	struct scene sc; /* as a room may see it */
	struct canvas *c;
	struct rect area;
	struct id chosen; /* on this screen, or none: before what the room is pointed to */
};

static bool
is_home(const struct debrief *d, struct id id, const struct view *v)
{
	static const struct {
		enum kind kind;
		const struct view *view;
	} homes[] = { { KIND_EVENT, &view_timeline }, { KIND_CAUSE, &view_fishbone },
		{ KIND_ACTION, &view_actions }, { KIND_CARD, &view_board },
		{ KIND_EXPERIMENT, &view_run } };
	enum kind kind;

	if (!id_some(id) || debrief_any(d, id, &kind) == NULL)
		return false;
	for (size_t i = 0; i < sizeof homes / sizeof *homes; i++)
		if (homes[i].kind == kind && homes[i].view == v)
			return true;
	return false;
}

/* The item of this pane that is looked at, or none. */
static struct id
looked_at(const struct wall *w, const struct view *v)
{
	struct id none = { 0 };

	if (is_home(w->sc.d, w->chosen, v))
		return w->chosen;
	return is_home(w->sc.d, w->sc.d->focus, v) ? w->sc.d->focus : none;
}

/* A pane as it is, with nothing selected but what the room is pointed to. */
static void
draw_part(struct wall *w, const struct view *v, int layout, struct rect r)
{
	struct pane_state s = { .layout = layout, .selected = looked_at(w, v) };

	s.unselected = !id_some(s.selected);
	if (r.h < 1 || r.w < 1)
		return;
	canvas_clip(w->c, r);
	v->draw(&s, &w->sc, w->c, r);
	canvas_clip(w->c, w->area);
	strs_fini(&s.folded);
}

/* "━━ CAUSES ━━━", over the rule that the pane begins with. */
static void
draw_name(const struct wall *w, const struct view *v, struct rect r)
{
	struct buf b = { 0 };

	upper_case(&b, v->title + (v->digit > 0 ? strcspn(v->title, " ") + 1 : 0));
	draw_band(w->c, line_at(r.y, r.x, r.w), b.data, NULL);
	buf_fini(&b);
}

static bool
has_stage_of(const struct debrief *d, const struct view *v)
{
	for (size_t i = 0; i < DEBRIEF_N(d, STAGE); i++) {
		const char *pane = DEBRIEF_AT(d, STAGE, stage, i)->pane;
		if (pane != NULL && strcmp(pane, v->name) == 0)
			return true;
	}
	return false;
}

/* What there is to see beside the actions: what the room is at, of cards, a run and the fish; else
 * what this kind of debrief is about. */
static const struct view *
main_view(const struct scene *sc)
{
	const struct stage *now = scene_stage(sc, NULL);
	const struct view *at = now != NULL && now->pane != NULL ? view_find(now->pane) : NULL;
	const struct debrief *d = sc->d;

	if (at == &view_board || at == &view_run || at == &view_fishbone)
		return at;
	if (DEBRIEF_N(d, CAUSE) > 0 || has_stage_of(d, &view_fishbone))
		return &view_fishbone;
	if (DEBRIEF_N(d, EXPERIMENT) > 0)
		return &view_run;
	return DEBRIEF_N(d, COLUMN) > 0 ? &view_board : &view_fishbone;
}

/* Which way it is drawn: the picture people know, where its bones have room. */
static int
layout_of(const struct view *v)
{
	return v == &view_fishbone ? FISH_CLASSIC : v == &view_timeline ? TIMELINE_LANES : 0;
}

static bool
has_times(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++)
		if (event_has_clock(DEBRIEF_AT(d, EVENT, event, i)))
			return true;
	return false;
}

/* The question at the left, the time in big digits at the right. Returns the rows used. */
static int
draw_ask(const struct wall *w, struct rect r)
{
	struct clock k = clock_of(&w->sc);
	size_t nth = 0;
	const char *text = w->sc.live ? prompt_for_stage(&w->sc, 0, &nth) : NULL;
	struct buf time = { 0 };
	int cols;

	if (w->sc.live)
		clock_put(&time, &k);
	if (text == NULL && time.len == 0)
		return 0;
	cols = time.len > 0 ? block_cols(time.data) : 0;
	draw_rule(w->c, line_at(r.y, r.x, r.w), NULL, NULL);
	block_draw(w->c,
	    (struct rect){ r.y + 1, r.x + r.w - MARGIN - cols, BLOCK_ROWS, cols },
	    time.data != NULL ? time.data : "", k.left_s < 0 ? ROLE_WARN : ROLE_HEAD);
	draw_wrapped(w->c,
	    (struct rect){ r.y + 2, r.x + MARGIN, BLOCK_ROWS - 1, r.w - 3 * MARGIN - cols },
	    text != NULL ? text : "", ROLE_HEAD | STYLE_BOLD);
	buf_fini(&time);
	return ASK_ROWS;
}

/* A rule, then how to take part and who types. Returns the rows used, at the bottom of `r`. */
static int
draw_foot(const struct wall *w, struct rect r)
{
	int y = r.y + r.h - 1, half = r.w / 2;

	if (!w->sc.live)
		return 0;
	draw_rule(w->c, line_at(y - 1, r.x, r.w), NULL, NULL);
	projector_join(&w->sc, w->c, line_at(y, r.x + MARGIN, half - MARGIN));
	projector_typing(&w->sc, w->c, line_at(y, r.x + half + MARGIN, half - 2 * MARGIN));
	return 2;
}

/* The fish, or what stands in its place, at the left; the actions at the right. */
static void
draw_lower(struct wall *w, struct rect r, bool foot)
{
	const struct view *v = main_view(&w->sc);
	bool ruled = v == &view_fishbone; /* it begins with a rule, that its name goes over */
	int cols = r.w * 59 / 100;
	struct rect left = { r.y, r.x, r.h, cols > FISH_COLS_LEAST ? cols : FISH_COLS_LEAST };
	struct rect right = { r.y, left.x + left.w + 1, r.h, r.w - left.w - 1 };

	draw_part(w, v, layout_of(v),
	    (struct rect){ left.y + !ruled, left.x, left.h - !ruled, left.w - 1 });
	draw_name(w, v, left);
	draw_name(w, &view_actions, right);
	canvas_put(w->c, r.y, right.x - 1, 0x2533, ROLE_LINE);
	canvas_vline(w->c, r.y + 1, right.x - 1, r.h - 1, 0x2503, ROLE_LINE);
	if (foot)
		canvas_put(w->c, r.y + r.h, right.x - 1, 0x253b, ROLE_LINE);
	canvas_clip(w->c, right);
	wall_actions(&w->sc, w->c,
	    (struct rect){ right.y + 2, right.x, right.h - 2, right.w },
	    looked_at(w, &view_actions));
	canvas_clip(w->c, w->area);
}

static bool
is_blank(const struct canvas *c, int y)
{
	const struct cell *row = canvas_row(c, y);

	for (int x = 0; x < canvas_cols(c); x++)
		if (row[x].glyph != ' ')
			return false;
	return true;
}

/* Empty rows over the last one, where a timeline with few lanes leaves them. */
static int
air_in(const struct canvas *c, struct rect r)
{
	int air = 0;

	while (air < r.h - 1 && is_blank(c, r.y + r.h - 2 - air))
		air++;
	return air;
}

/* In at most that many rows; what it does not need is left to the others. Returns its rows. */
static int
draw_timeline(struct wall *w, struct rect r)
{
	int air;

	draw_part(w, &view_timeline, TIMELINE_LANES, r);
	air = air_in(w->c, r);
	if (air < 2)
		return r.h;
	canvas_fill(w->c, r, ' ', ROLE_PLAIN);
	r.h -= air - 1;
	draw_part(w, &view_timeline, TIMELINE_LANES, r);
	return r.h;
}

static void
draw_whole(struct wall *w)
{
	struct rect r = w->area;
	int used = draw_ask(w, r), foot = draw_foot(w, r), above;

	r.y += used;
	r.h -= used + foot;
	w->sc.asked_above = used > 0;
	above = has_times(w->sc.d) ? r.h * 47 / 100 : 0;
	if (above > 0)
		above = draw_timeline(w, (struct rect){ r.y, r.x, above, r.w });
	r.y += above;
	r.h -= above;
	draw_lower(w, r, foot > 0);
}

/* What the room is about now. */
static const struct view *
present_view(const struct wall *w)
{
	struct followed f;
	const struct view *v;

	followed_init(&f, &w->sc);
	v = view_find(f.pane);
	followed_fini(&f);
	return v != NULL && v->digit > 0 ? v : main_view(&w->sc);
}

/* Less than a wall: the timeline over what the room is about, or that alone. */
static void
draw_part_of_it(struct wall *w)
{
	const struct view *v = present_view(w);
	struct rect r = w->area;
	bool two = r.w >= HALF_COLS && r.h >= HALF_ROWS && has_times(w->sc.d);

	if (r.h >= 8) { /* a row to say that there is more */
		r.h--;
		draw_text(w->c, line_at(r.y + r.h, r.x + 1, r.w - 2), word(WORD_WALL_FROM), ROLE_DIM);
	}
	if (two && (v == &view_timeline || v == &view_agenda))
		v = main_view(&w->sc);
	if (two) {
		int above =
		    draw_timeline(w, (struct rect){ r.y, r.x, r.h * 45 / 100, r.w });
		r.y += above;
		r.h -= above;
	}
	draw_part(w, v, r.w >= HALF_COLS ? layout_of(v) : 0, r);
}

static void
wall_draw(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	struct wall w = { .sc = *sc, .c = c, .area = area, .chosen = s->selected };
	int rows = s->frame_rows > 0 ? s->frame_rows : area.h;

	w.sc.projector = true; /* whatever it is drawn for, a room may see it */
	w.sc.simple = false;
	w.sc.me = "";
	if (area.w >= WALL_COLS && rows >= WALL_ROWS)
		draw_whole(&w);
	else
		draw_part_of_it(&w);
}

static int
wall_strip(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	(void)s;
	(void)sc;
	(void)c;
	(void)area;
	return 0;
}

static enum answer
wall_verb(struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct rect area,
    struct view_answer *out)
{
	(void)s;
	(void)sc;
	(void)v;
	(void)area;
	(void)out;
	return ANSWER_NOT_MINE;
}

static void
wall_counts(const struct scene *sc, struct buf *out)
{
	main_view(sc)->counts(sc, out);
}

static void
wall_compact(
    const struct pane_state *s, const struct scene *sc, struct buf *left, struct buf *right)
{
	struct wall w = { .sc = *sc };
	const char *title;

	(void)s;
	w.sc.projector = true;
	w.sc.me = "";
	title = present_view(&w)->title;
	buf_adds(left, title);
	if (!sc->projector) /* else the frame says what screen it is */
		buf_adds(right, word(WORD_WALL));
}

static const enum verb_of_key hints[] = { DO_PROJECTOR, DO_BACK, DO_NOTHING };

const struct view view_wall = {
	.name = "wall",
	.title = "wall",
	.draw = wall_draw,
	.strip = wall_strip,
	.verb = wall_verb,
	.counts = wall_counts,
	.hints = hints,
	.compact = wall_compact,
};
