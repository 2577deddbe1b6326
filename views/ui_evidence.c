#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "views/bindings.h"
#include "views/draw.h"
#include "views/keymap.h"
#include "views/ui_state.h"
#include "views/words.h"

/* Evidence is linked while looking at both: the timeline, where the cursor is, and the cause, beside
 * it where there is room, else over it. */
enum { BESIDE_FROM = 110, TOLD_MOST = 3, STRIP_FROM = 24, STRIP_ROWS = 5 };

static size_t
index_of(const struct view *v)
{
	size_t i = 0;

	while (i + 1 < n_views && views[i] != v)
		i++;
	return i;
}

static struct pane_state *
timeline_of(struct ui *u)
{
	return &u->panes[index_of(&view_timeline)];
}

static const struct cause *
cause_of(const struct ui *u, const struct scene *sc)
{
	return (const struct cause *)debrief_find(sc->d, KIND_CAUSE, u->evidence_of);
}

bool
ui_open_evidence(struct ui *u, const struct scene *sc)
{
	const struct cause *c =
	    (const struct cause *)debrief_find(sc->d, KIND_CAUSE, ui_state(u)->selected);
	struct id first;

	if (c == NULL || DEBRIEF_N(sc->d, EVENT) == 0)
		return false;
	u->evidence_of = c->item.id;
	if (c->evidence.n > 0 && id_parse(c->evidence.v[0], &first))
		timeline_of(u)->selected = first;
	ui_set_mode(u, MODE_EVIDENCE);
	return true;
}

/* The selected event is evidence, or no longer. */
static void
toggle(struct ui *u, const struct scene *sc, struct ui_out *out)
{
	const struct cause *c = cause_of(u, sc);
	struct id event = timeline_of(u)->selected;
	struct buf line = { 0 };

	if (debrief_find(sc->d, KIND_EVENT, event) == NULL)
		return;
	buf_addf(&line, "cause set %s evidence%s=%s", c->item.id.s,
	    strs_has(&c->evidence, event.s) ? "-" : "+", event.s);
	ui_run(u, line.data, out);
	buf_fini(&line);
}

static struct rect
timeline_rect(const struct ui *u)
{
	int cols = u->cols >= BESIDE_FROM ? u->cols * 3 / 5 : u->cols;

	return (struct rect){ 1, 0, u->rows - 2, cols };
}

/* Moves and looks are the timeline's own. */
static void
timeline_key(struct ui *u, const struct scene *sc, const struct key *k)
{
	enum verb_of_key verb = keymap_verb(sc->keys, &view_timeline, k);
	struct view_answer a = { 0 };
	bool moves = (verb >= DO_UP && verb <= DO_PAGE_DOWN) || verb == DO_NEXT || verb == DO_ZOOM_IN ||
		     verb == DO_ZOOM_OUT || verb == DO_LAYOUT || verb == DO_GAPS ||
		     verb == DO_LANES_BY || verb == DO_DURATIONS;

	if (moves && sc->d->curtain_ns == TIME_NONE)
		view_timeline.verb(timeline_of(u), sc, verb, timeline_rect(u), &a);
	else if (moves && verb != DO_NEXT)
		view_timeline.verb(timeline_of(u), sc, verb, timeline_rect(u), &a);
	else
		ui_say(u, word(WORD_SAY_SPACE_LINKS));
	view_fini_answer(&a);
}

void
ui_evidence_key(struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out)
{
	enum modal_act act = modal_act(MODAL_EVIDENCE, k);

	if (cause_of(u, sc) == NULL || act == DOES_CLOSE)
		ui_set_mode(u, MODE_PANE);
	else if (act == DOES_DO)
		toggle(u, sc, out);
	else
		timeline_key(u, sc, k);
}

static void
draw_title(const struct scene *sc, struct canvas *c, const struct cause *cause)
{
	struct rect at = line_at(0, 1, canvas_cols(c) - 2);
	struct buf left = { 0 }, right = { 0 };
	char name[24];

	item_short_name(sc->d, KIND_CAUSE, &cause->item, name);
	word_put(&left, WORD_SAY_WHAT_SHOWS, name, cause->text ? cause->text : "");
	word_count(&right, (int64_t)cause->evidence.n, WORD_EVENT_1);
	canvas_paint(c, line_at(0, 0, canvas_cols(c)), ROLE_TITLE);
	draw_text(c, line_at(0, at.x, at.w - (int)right.len - 2), left.data, ROLE_TITLE | STYLE_BOLD);
	draw_right(c, at, right.data, ROLE_TITLE);
	buf_fini(&left);
	buf_fini(&right);
}

/* "■ E11 14:16 moss named incident lead", one a row; returns the rows. */
static int
draw_told(const struct scene *sc, struct canvas *c, const struct cause *cause, struct rect r)
{
	int rows = 0;

	for (size_t i = 0; i < cause->evidence.n && rows < r.h; i++) {
		struct buf b = { 0 };
		struct id id;
		const struct event *e =
		    id_parse(cause->evidence.v[i], &id)
			? (const struct event *)debrief_find(sc->d, KIND_EVENT, id)
			: NULL;
		if (e == NULL)
			continue;
		buf_addf(&b, "■ E%lld  %s", (long long)e->item.number, e->text ? e->text : "");
		draw_text(c, line_at(r.y + rows++, r.x, r.w), b.data, ROLE_PLAIN);
		buf_fini(&b);
	}
	return rows;
}

static void
draw_timeline(struct ui *u, const struct scene *sc, struct canvas *c, struct rect r)
{
	int strip = r.h >= STRIP_FROM ? STRIP_ROWS : 0;
	struct rect pane = { r.y, r.x, r.h - strip, r.w }, below = { r.y + r.h - strip, r.x, strip, r.w };

	canvas_clip(c, pane);
	view_timeline.draw(timeline_of(u), sc, c, pane);
	canvas_clip(c, below);
	if (strip > 0)
		view_timeline.strip(timeline_of(u), sc, c, below);
	canvas_clip(c, canvas_area(c));
}

/* The fish beside the timeline, with the cause that it is about. */
static void
draw_beside(struct ui *u, const struct scene *sc, struct canvas *c, struct rect r)
{
	struct pane_state *s = &u->panes[index_of(&view_fishbone)], own = *s;

	own.selected = u->evidence_of;
	own.layout = 0;
	canvas_vline(c, r.y, r.x, r.h, 0x2502, ROLE_LINE);
	r.x += 1;
	r.w -= 1;
	canvas_clip(c, r);
	view_fishbone.draw(&own, sc, c, r);
	canvas_clip(c, canvas_area(c));
}

void
ui_draw_evidence(struct ui *u, const struct scene *sc, struct canvas *c)
{
	const struct cause *cause = cause_of(u, sc);
	struct rect r = timeline_rect(u);
	struct scene both = *sc;
	struct buf hints = { 0 };

	if (cause == NULL) {
		ui_set_mode(u, MODE_PANE);
		frame_draw(ui_view(u), ui_state(u), sc, c);
		return;
	}
	both.marked = &cause->evidence;
	if (r.w < u->cols) {
		draw_beside(u, &both, c, (struct rect){ r.y, r.w, r.h, u->cols - r.w });
	} else if (r.h > 4 * TOLD_MOST) {
		int told = draw_told(sc, c, cause, (struct rect){ 1, 2, TOLD_MOST, r.w - 3 });
		r.y += told;
		r.h -= told;
	}
	draw_timeline(u, &both, c, r);
	draw_title(sc, c, cause);
	if (u->said != NULL) {
		draw_text(c, line_at(u->rows - 1, 1, u->cols - 2), u->said, ROLE_WARN);
		return;
	}
	modal_hints(MODAL_EVIDENCE, u->cols - 2, &hints);
	draw_hint_text(c, line_at(u->rows - 1, 1, u->cols - 2), hints.data);
	buf_fini(&hints);
}
