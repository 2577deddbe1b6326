#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/schema.h"
#include "views/draw.h"
#include "views/fishbone.h"
#include "views/ladder.h"
#include "views/words.h"

enum {
	LABEL_X = 2,
	EFFECT_X = 11,
	SIBLINGS_FROM = 6, /* rows of a pane without a strip that has a line for them */
	STRIP_ROWS_MOST = 8
};

static void
put_effect(struct buf *out, const struct scene *sc)
{
	const char *effect = sc->d->effect ? sc->d->effect : scene_title(sc);
	struct milestones m = milestones_of(sc->d);
	int64_t from = m.at_ns[PHASE_STARTED], to = m.at_ns[PHASE_RESOLVED];

	buf_adds(out, effect + (sc->d->effect ? 0 : ticket_len(effect)));
	if (from != TIME_NONE && to != TIME_NONE && to >= from) {
		buf_adds(out, ", ");
		put_length(out, to - from);
	}
}

/* Where the ladder itself stands: under the rule, over the line of siblings where the frame has no
 * strip for them. */
static struct rect
ladder_area(const struct pane_state *s, struct rect area)
{
	struct rect in = area;
	bool low = s->frame_rows > 0 && s->frame_rows < FRAME_MEDIUM_ROWS;

	if (fish_has_rules(area)) {
		in.y++;
		in.h--;
	}
	if ((low || area.w < FRAME_MEDIUM_COLS) && area.h >= SIBLINGS_FROM)
		in.h--;
	return in;
}

static int
ladder_scroll(const struct ladder *l, const struct pane_state *s, struct rect in)
{
	const struct rung *r = &l->v[l->at];
	int scroll = list_scroll(s->scroll, r->y + r->h - 1, l->height, in.h);

	scroll = list_scroll(scroll, r->y + r->air, l->height, in.h); /* where it begins, in any case */
	return l->at == 0 && r->y + r->h <= in.h ? 0 : scroll;
}

/* What a rung stands on: the events that show it, who agrees, that it needs any. */
static void
put_ground(struct buf *out, const struct scene *sc, const struct cause *c)
{
	struct buf seen = { 0 };

	fish_evidence(&seen, sc, c, " · ");
	if (seen.len > 0)
		word_put(out, WORD_SAW, seen.data);
	else
		buf_adds(out, word(WORD_NEEDS_EVIDENCE));
	if (c->certainty == CERTAINTY_HYPOTHESIS)
		buf_addf(out, " · %s", word(WORD_CERTAINTY_HYPOTHESIS));
	if (c->agree > 0) {
		buf_adds(out, " · ");
		word_put(out, WORD_AGREE, digits(c->agree).s);
	}
	if (c->doubt > 0) {
		buf_adds(out, " · ");
		word_count(out, c->doubt, WORD_DOUBT_1);
	}
	buf_fini(&seen);
}

/* At the right end of a rung: its votes, and which of several whys it is. */
static void
draw_rung_right(
    const struct fish_draw *d, const struct ladder *l, const struct rung *r, struct rect at)
{
	const struct cause *c = d->b->tree.v[r->row].cause;
	struct buf b = { 0 };

	if (r->open || l->narrow)
		return;
	if (r->of > 1)
		word_put(&b, WORD_ONE_OF, digits((int64_t)r->nth).s, digits((int64_t)r->of).s);
	else if (c->votes > 0)
		word_count(&b, c->votes, WORD_VOTE_1);
	draw_right(d->c, at, b.data ? b.data : "", ROLE_COUNT);
	if (r->of > 1 && c->votes > 0 && r->h > 1 + r->air) {
		buf_clear(&b);
		word_count(&b, c->votes, WORD_VOTE_1);
		at.y++;
		draw_right(d->c, at, b.data, ROLE_COUNT);
	}
	buf_fini(&b);
}

/* "CAUSE    " or "╰─ why 2  ←", up to the rung's text. */
static void
draw_rung_label(const struct fish_draw *d, const struct ladder *l, const struct rung *r, int y,
    int x)
{
	bool here = r == &l->v[l->at];
	struct buf b = { 0 };

	if (r->depth == 0 && !l->narrow)
		canvas_text(d->c, y, x + LABEL_X, -1, word(WORD_CAUSE_CAPS), ROLE_HEAD | STYLE_BOLD);
	if (r->depth > 0) {
		canvas_put(d->c, y, x + r->stem, 0x2570, ROLE_LINE);
		if (l->narrow)
			buf_addf(&b, "%d", r->depth);
		else
			word_put(&b, WORD_RUNG, digits(r->depth).s);
		if (!l->narrow)
			canvas_put(d->c, y, x + r->stem + 1, 0x2500, ROLE_LINE);
		canvas_text(d->c, y, x + r->stem + (l->narrow ? 1 : 3), -1, b.data, ROLE_HEAD);
	}
	if (here)
		canvas_put(d->c, y, x + r->x - (l->narrow || r->depth == 0 ? 1 : 2), 0x25ba,
		    ROLE_SELECTED);
	else if (r->depth > 0 && !l->narrow && !r->open)
		canvas_put(d->c, y, x + r->x - 2, 0x2190, ROLE_LINE);
	buf_fini(&b);
}

/* The rung that is not there yet. */
static void
draw_open(const struct fish_draw *d, const struct ladder *l, const struct rung *r, struct rect at)
{
	bool deep = d->b->tree.v[r->row].cause->deep_enough, here = r == &l->v[l->at];
	enum word w = deep ? here ? WORD_DEEP_HERE : WORD_DEEP_DONE
		      : here ? WORD_TYPE_NEXT_WHY
			     : WORD_W_NEXT_WHY;

	draw_text(d->c, at, word_fit(w, at.w), here ? ROLE_ENTRY : ROLE_DIM);
}

static void
draw_rung(const struct fish_draw *d, const struct ladder *l, const struct rung *r, struct rect in)
{
	int top = in.y + r->y - d->s->scroll, y = top + r->air;
	const struct cause *c = d->b->tree.v[r->row].cause;
	struct rect text = { .y = y, .x = in.x + r->x, .h = r->text_rows, .w = r->cols };
	struct buf b = { 0 };

	if (r->air)
		canvas_put(d->c, top, in.x + (r->depth == 0 ? 6 : r->depth == 1 ? 6 : (r - 1)->stem + 5),
		    r->depth == 0 ? 0x25b2 : 0x2502, ROLE_LINE);
	draw_rung_label(d, l, r, y, in.x);
	if (r->open) {
		text.w = in.w - r->x - 1;
		draw_open(d, l, r, text);
		return;
	}
	draw_wrapped(d->c, text, c->text ? c->text : "",
	    r == &l->v[l->at]	? ROLE_SELECTED | STYLE_REVERSE
	    : r->depth == 0 ? ROLE_PLAIN | STYLE_BOLD
			    : ROLE_PLAIN);
	draw_rung_right(d, l, r, line_at(y, in.x, in.w - 2));
	if (r->saw) {
		int x = in.x + r->x - (r->depth > 0 ? 2 : 0);
		put_ground(&b, d->sc, c);
		draw_text(d->c, line_at(y + r->text_rows, x, in.x + in.w - x - 2), b.data, ROLE_DIM);
	}
	buf_fini(&b);
}

static void
draw_effect(const struct fish_draw *d, const struct ladder *l, struct rect in, const char *effect)
{
	int y = in.y - d->s->scroll, x = l->narrow ? 2 : EFFECT_X;

	if (!l->narrow)
		canvas_text(d->c, y, in.x + LABEL_X, -1, word(WORD_EFFECT_CAPS),
		    ROLE_HEAD | STYLE_BOLD);
	draw_wrapped(d->c,
	    (struct rect){ .y = y, .x = in.x + x, .h = l->effect_rows, .w = in.w - x - 1 }, effect,
	    ROLE_HEAD);
}

/* "◂ the cause before      the one after ▸". */
static void
draw_siblings(const struct fish_draw *d, struct rect at)
{
	const struct cause_row *t = d->b->tree.v;
	size_t left = ladder_beside(d->b, d->b->at, -1), right = ladder_beside(d->b, d->b->at, 1);
	int half = at.w / 2 - 1;
	struct buf b = { 0 };

	if (left == d->b->at || right == d->b->at)
		return;
	buf_addf(&b, "◂ %s", t[left].cause->text ? t[left].cause->text : "");
	draw_text(d->c, line_at(at.y, at.x, half), b.data, ROLE_DIM);
	buf_clear(&b);
	if (t[right].cause->text != NULL) {
		struct slice sl = slice_fit(t[right].cause->text, strlen(t[right].cause->text), half - 2);
		draw_slice(d->c, at.y, at.x + at.w - 2 - sl.cols, &sl, ROLE_DIM);
	}
	canvas_put(d->c, at.y, at.x + at.w - 1, 0x25b8, ROLE_DIM);
	buf_fini(&b);
}

bool
fish_ladder(const struct fish_draw *d)
{
	struct rect in = ladder_area(d->s, d->area);
	struct buf effect = { 0 };
	struct ladder l;

	put_effect(&effect, d->sc);
	if (in.h < 1 || !ladder_init(&l, d->b, d->s, in, effect.data)) {
		buf_fini(&effect);
		return false;
	}
	d->s->scroll = ladder_scroll(&l, d->s, in);
	if (fish_has_rules(d->area))
		draw_rule(d->c, line_at(d->area.y, d->area.x, d->area.w), NULL, NULL);
	canvas_clip(d->c, in);
	draw_effect(d, &l, in, effect.data);
	for (size_t i = 0; i < l.n; i++)
		draw_rung(d, &l, &l.v[i], in);
	canvas_clip(d->c, d->area);
	if (in.y + in.h < d->area.y + d->area.h)
		draw_siblings(d, line_at(in.y + in.h, in.x + 1, in.w - 2));
	buf_fini(&effect);
	ladder_fini(&l);
	return true;
}

bool
fish_ladder_line(struct pane_state *s, const struct scene *sc, struct rect area,
    const char *command, struct rect *line)
{
	struct rect in = ladder_area(s, area);
	struct buf effect = { 0 }, want = { 0 };
	struct bones b;
	struct ladder l = { 0 };
	bool mine = false;

	bones_init(&b, sc->d, s);
	put_effect(&effect, sc);
	if (in.h >= 1 && ladder_init(&l, &b, s, in, effect.data)) {
		const struct rung *r = &l.v[l.n - 1];
		buf_addf(&want, "why %s ", row_id(&b, r->row).s);
		mine = l.at + 1 == l.n && strcmp(command, want.data) == 0;
		*line = line_at(in.y + r->y + r->air - ladder_scroll(&l, s, in), in.x + r->x,
		    in.w - r->x - 1);
		mine = mine && line->w >= 12;
	}
	ladder_fini(&l);
	bones_fini(&b);
	buf_fini(&want);
	buf_fini(&effect);
	return mine;
}

/* Which rung an action is for: the first of them; l->n: none. */
static size_t
rung_of_action(const struct ladder *l, const struct bones *b, const struct action *a)
{
	for (size_t i = 0; i + 1 < l->n; i++)
		if (strs_has(&a->causes, row_id(b, l->v[i].row).s))
			return i;
	return l->n;
}

static void
draw_action(const struct fish_draw *d, const struct action *a, size_t rung, struct rect at)
{
	const struct field *status = schema_field(KIND_ACTION, "status");
	int step = at.x + at.w * 9 / 16 - 2, owner = step + 9, state = at.x + at.w * 3 / 4 + 2;
	struct buf b = { 0 };

	buf_addf(&b, "A%lld", (long long)a->item.number);
	draw_text(d->c, line_at(at.y, at.x, 5), b.data, ROLE_KEY);
	draw_text(d->c, line_at(at.y, at.x + 4 + (b.len > 3), step - at.x - 5),
	    a->text ? a->text : "", ROLE_PLAIN);
	buf_clear(&b);
	if (rung == 0)
		buf_adds(&b, word(WORD_THE_CAUSE));
	else
		word_put(&b, WORD_RUNG, digits((int64_t)rung).s);
	draw_text(d->c, line_at(at.y, step, 8), b.data, ROLE_COUNT);
	draw_text(d->c, line_at(at.y, owner, state - owner - 1),
	    a->owner ? a->owner : word(WORD_OWNER_DASH), ROLE_PLAIN);
	if (a->status > 0)
		draw_text(d->c, line_at(at.y, state, at.x + at.w - state),
		    status->names[a->status], ROLE_PLAIN);
	buf_fini(&b);
}

/* Actions for the rungs, as far as there are rows; returns the rows used, and draws nothing without
 * a canvas. */
static int
draw_actions(const struct fish_draw *d, const struct ladder *l, struct rect r)
{
	size_t n = 0, total = 0, at;
	struct buf b = { 0 };

	for (size_t i = 0; i < DEBRIEF_N(d->sc->d, ACTION); i++)
		total += rung_of_action(l, d->b, DEBRIEF_AT(d->sc->d, ACTION, action, i)) < l->n;
	for (size_t i = 0; d->c != NULL && i < DEBRIEF_N(d->sc->d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(d->sc->d, ACTION, action, i);
		if ((at = rung_of_action(l, d->b, a)) == l->n)
			continue;
		if ((int)n + 1 == r.h && n + 1 < total) {
			word_put(&b, WORD_PLUS_MORE, digits((int64_t)(total - n)).s);
			draw_text(d->c, line_at(r.y + (int)n, r.x, r.w), b.data, ROLE_COUNT);
			n++;
			break;
		}
		if ((int)n == r.h)
			break;
		draw_action(d, a, at, line_at(r.y + (int)n, r.x, r.w));
		n++;
	}
	buf_fini(&b);
	return (int)(d->c != NULL ? n : total);
}

int
fish_ladder_strip(const struct fish_draw *d)
{
	struct rect r = d->area, in;
	struct ladder l;
	int rows;

	if (!ladder_init(&l, d->b, d->s, (struct rect){ .h = 1, .w = r.w }, ""))
		return 0;
	in = (struct rect){ .y = r.y + 1, .x = r.x + 2, .h = r.h - 3, .w = r.w - 4 };
	rows = draw_actions(d, &l, in);
	if (d->c != NULL) {
		draw_rule(d->c, line_at(r.y, r.x, r.w), word(WORD_WOULD_HELP), NULL);
		draw_text(d->c, line_at(in.y + rows, in.x, 1), "+", ROLE_KEY);
		draw_text(d->c, line_at(in.y + rows, in.x + 4, in.w - 4),
		    word(WORD_ADD_ACTION_STEP), ROLE_DIM);
		draw_siblings(d, line_at(r.y + r.h - 1, in.x, in.w));
	}
	ladder_fini(&l);
	rows += 4; /* the rule, the one to add, a blank one, siblings */
	return rows > STRIP_ROWS_MOST ? STRIP_ROWS_MOST : rows;
}

/* The next why: under the last one there is. With simple keys the line for it stands below at all
 * times, and the cursor stays. */
static enum answer
type_next(const struct ladder *l, struct bones *b, struct pane_state *s, const struct scene *sc,
    struct view_answer *out)
{
	char command[64];

	snprintf(command, sizeof command, "why %s ", row_id(b, l->v[l->n - 1].row).s);
	if (!sc->simple)
		ladder_select(l, b, s, l->n - 1);
	out->again = out->deepens = true;
	return answer_type(out, command, NULL, word(WORD_ADD_NEXT_WHY));
}

static enum answer
mark_deep(const struct bones *b, struct view_answer *out)
{
	const struct cause *c = b->tree.v[b->at].cause;
	char command[64];

	snprintf(command, sizeof command, "cause set %s deep_enough=%s", c->item.id.s,
	    c->deep_enough ? "no" : "yes");
	return answer_run(out, command);
}

static bool
ladder_move(const struct ladder *l, struct bones *b, struct pane_state *s, enum verb_of_key v)
{
	size_t at = l->at;

	switch (v) {
	case DO_UP:
		at -= at > 0;
		break;
	case DO_DOWN:
		at++;
		break;
	case DO_FIRST:
	case DO_PAGE_UP:
		at = 0;
		break;
	case DO_LAST:
	case DO_PAGE_DOWN:
		at = l->n;
		break;
	case DO_LEFT:
	case DO_RIGHT:
		s->filter = 0;
		bones_select(b, s, ladder_beside(b, b->at, v == DO_LEFT ? -1 : 1));
		return true;
	default:
		return false;
	}
	ladder_select(l, b, s, at);
	return true;
}

enum answer
fish_ladder_verb(struct bones *b, struct pane_state *s, const struct scene *sc,
    enum verb_of_key v, struct view_answer *out)
{
	struct rect any = { .h = 1, .w = 80 };
	enum answer what = ANSWER_NOT_MINE;
	struct ladder l;
	bool open;

	if (!ladder_init(&l, b, s, any, ""))
		return ANSWER_NOT_MINE;
	open = l.at + 1 == l.n;
	if (ladder_move(&l, b, s, v))
		what = ANSWER_DRAW;
	else if (v == DO_ADD || (v == DO_WHY && l.at + 2 >= l.n) || (v == DO_MENU && open))
		what = type_next(&l, b, s, sc, out);
	else if (v == DO_REMOVE && open)
		what = mark_deep(b, out);
	ladder_fini(&l);
	return what;
}
