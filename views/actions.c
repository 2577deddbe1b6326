#include "views/actions.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/coverage.h"
#include "model/schema.h"
#include "views/draw.h"
#include "views/words.h"

enum { RULES_FROM = 6, COVERAGE_FROM = 16, MARK_DAYS = 3 };

bool
action_open(const struct action *a)
{
	return a->status != ACTION_DONE && a->status != ACTION_DROPPED;
}

long
action_days(const struct action *a, const struct scene *sc)
{
	int64_t days;

	if (!action_open(a) || a->due_day == TIME_NONE || a->status == ACTION_SOAKING)
		return LONG_MAX;
	days = a->due_day - scene_day(sc, sc->now_ns);
	return (long)days;
}

bool
action_overdue(const struct action *a, const struct scene *sc)
{
	return action_days(a, sc) < 0;
}

uint32_t
action_glyph(const struct action *a, const struct scene *sc)
{
	static const uint32_t glyphs[] = { 0xb7, 0xb7, 0x250a, 0x25cb, 0x25cb, 0x25cf, 0x2713,
		0x2013 };

	if (action_overdue(a, sc))
		return 0x25c6;
	return a->status >= 0 && a->status <= ACTION_DROPPED ? glyphs[a->status] : glyphs[0];
}

const char *
enum_name(int kind_of_item, const char *field, int value)
{
	const struct field *f = schema_field((enum kind)kind_of_item, field);

	return value > 0 ? f->names[value] : "";
}

void
action_status(struct buf *out, const struct action *a, const struct scene *sc)
{
	buf_adds(out, enum_name(KIND_ACTION, "status", a->status));
	if (a->status == ACTION_DONE && a->done_at_ns != TIME_NONE) {
		buf_addc(out, ' ');
		put_day(out, scene_day(sc, a->done_at_ns));
	}
}

void
action_mark(struct buf *out, const struct action *a, const struct scene *sc, bool brief)
{
	long days = action_days(a, sc);

	if (days < 0) {
		word_count(out, -days, WORD_DAYS_OVER_1);
	} else if (a->status == ACTION_DONE && a->proof == NULL) {
		buf_adds(out, word(WORD_UNPROVEN));
	} else if (a->status == ACTION_SOAKING && a->due_day != TIME_NONE) {
		struct buf day = { 0 };
		put_day(&day, a->due_day);
		word_put(out, brief ? WORD_TEXT : WORD_DECIDE, day.data);
		buf_fini(&day);
	} else if (a->owner == NULL && a->status >= ACTION_ACCEPTED && action_open(a)) {
		buf_adds(out, word(WORD_NO_OWNER));
	} else if (days == 0) {
		buf_adds(out, word(WORD_TODAY_MARK));
	} else if (days <= MARK_DAYS) {
		word_count(out, days, brief ? WORD_DAYS_1 : WORD_DAYS_LEFT_1);
	} else if (action_open(a) && a->carried_from != NULL) {
		buf_adds(out, word(WORD_CARRIED));
	} else if (!brief && action_open(a) && a->causes.n == 0) {
		buf_adds(out, word(WORD_FILTER_NO_CAUSE));
	}
}

static int
by_number(const void *a, const void *b)
{
	int64_t x = (*(const struct cause *const *)a)->item.number,
		y = (*(const struct cause *const *)b)->item.number;

	return (x > y) - (x < y);
}

size_t
action_causes(const struct action *a, const struct debrief *d, const struct cause **out)
{
	size_t n = 0;

	for (size_t i = 0; i < a->causes.n; i++) {
		struct id id;
		const struct cause *c = NULL;
		if (id_parse(a->causes.v[i], &id))
			c = (const struct cause *)debrief_find(d, KIND_CAUSE, id);
		if (c != NULL)
			out[n++] = c;
	}
	qsort(out, n, sizeof *out, by_number);
	return n;
}

int
action_level(const struct action *a, const struct debrief *d)
{
	if (a->level > 0)
		return a->level;
	for (size_t i = 0; i < a->causes.n; i++) {
		struct id id;
		const struct cause *c;
		if (!id_parse(a->causes.v[i], &id))
			continue;
		c = (const struct cause *)debrief_find(d, KIND_CAUSE, id);
		if (c != NULL)
			return cause_level(d, c);
	}
	return LEVEL_NONE;
}

/* Columns at this width; width 0: not shown. */
struct columns {
	int what, kind, kind_cols, level, owner, owner_cols, due, status, mark, end;
};

/* Columns of the longest "A12". */
static int
number_cols(const struct debrief *d)
{
	int cols = 2;

	for (int64_t n = d->last_number[KIND_ACTION]; n >= 10; n /= 10)
		cols++;
	return cols;
}

static struct columns
columns_for(struct rect a, int number)
{
	struct columns k = { .what = a.x + 4 + number,
		.kind = a.x + a.w - 42,
		.kind_cols = 8,
		.level = -1,
		.owner = a.x + a.w - 33,
		.owner_cols = 8,
		.due = a.x + a.w - 24,
		.status = a.x + a.w - 17,
		.mark = -1,
		.end = a.x + a.w - 1 };

	if (area_wide(a)) {
		k = (struct columns){ .what = a.x + 5 + number,
			.kind = a.x + a.w - 76,
			.kind_cols = 9,
			.level = a.x + a.w - 66,
			.owner = a.x + a.w - 53,
			.owner_cols = 9,
			.due = a.x + a.w - 43,
			.status = a.x + a.w - 34,
			.mark = a.x + a.w - 19,
			.end = a.x + a.w - 1 };
	} else if (a.w < FRAME_MEDIUM_COLS) {
		k.kind = k.owner = k.due = -1;
		k.status = a.w >= 40 ? a.x + a.w - 15 : -1;
		if (a.w >= 56) {
			k.owner = a.x + a.w - 26;
			k.owner_cols = 10;
		}
	}
	return k;
}

static int
what_end(const struct columns *k)
{
	int ends[] = { k->kind, k->owner, k->due, k->status };

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (ends[i] >= 0)
			return ends[i] - 1;
	return k->end;
}

struct list {
	const struct scene *sc;
	struct canvas *c;
	struct rect in;
	struct columns k;
	bool wide;
	struct id selected;
};

static void
draw_dates(const struct list *l, const struct action *a, int y)
{
	struct buf b = { 0 };

	if (l->k.kind >= 0)
		draw_text(l->c, line_at(y, l->k.kind, l->k.kind_cols),
		    enum_name(KIND_ACTION, "kind", a->kind), ROLE_PLAIN);
	if (l->k.level >= 0)
		draw_text(l->c, line_at(y, l->k.level, 12),
		    enum_name(KIND_CAUSE, "level", action_level(a, l->sc->d)), ROLE_PLAIN);
	if (l->k.owner >= 0)
		draw_text(l->c, line_at(y, l->k.owner, l->k.owner_cols),
		    a->owner ? a->owner : word(WORD_NOBODY), ROLE_PLAIN);
	if (l->k.due >= 0) {
		if (a->due_day != TIME_NONE && (a->status != ACTION_SOAKING))
			put_day(&b, a->due_day);
		else
			buf_adds(&b, word(WORD_NOBODY));
		draw_text(l->c, line_at(y, l->k.due, 6), b.data, ROLE_PLAIN);
	}
	buf_fini(&b);
}

static int
mark_role(const struct action *a, const struct scene *sc)
{
	if (action_overdue(a, sc))
		return ROLE_BAD;
	return a->status == ACTION_DONE && a->proof != NULL ? ROLE_GOOD : ROLE_WARN;
}

/* Status and mark: two columns on wide screens; else in one, where what presses stands alone. */
static void
draw_status(const struct list *l, const struct action *a, int y)
{
	struct buf status = { 0 }, mark = { 0 };
	int cols = l->k.end - l->k.status;

	action_mark(&mark, a, l->sc, !l->wide);
	if (l->wide) {
		action_status(&status, a, l->sc);
		draw_text(l->c, line_at(y, l->k.status, l->k.mark - l->k.status - 1), status.data,
		    ROLE_PLAIN);
		draw_text(l->c, line_at(y, l->k.mark, l->k.end - l->k.mark), mark.data,
		    mark_role(a, l->sc));
	} else if (l->k.status >= 0) {
		if (!action_overdue(a, l->sc))
			buf_adds(&status, enum_name(KIND_ACTION, "status", a->status));
		if (mark.len > 0)
			buf_addf(&status, "%s%s", status.len > 0 ? ", " : "", mark.data);
		draw_text(l->c, line_at(y, l->k.status, cols), status.data ? status.data : "",
		    mark.len > 0 ? mark_role(a, l->sc) : ROLE_PLAIN);
	}
	buf_fini(&status);
	buf_fini(&mark);
}

/* The second row: what it takes to call it done, or why it will not be. */
static void
draw_second(const struct list *l, const struct action *a, int y)
{
	enum word label = WORD_DONE_WHEN;
	const char *text = a->done_when;

	if (a->status == ACTION_DROPPED || a->status == ACTION_SOAKING) {
		label = WORD_REASON;
		text = a->reason;
	}
	if (text == NULL)
		return;
	draw_text(l->c, line_at(y, l->k.what, 10), word(label), ROLE_DIM);
	draw_text(l->c, line_at(y, l->k.what + 11, l->k.end - l->k.what - 18), text, ROLE_DIM);
}

static void
draw_action(const struct list *l, const struct action *a, int y)
{
	bool selected = id_equal(a->item.id, l->selected);
	uint32_t glyph = action_glyph(a, l->sc);
	int x = l->in.x + 1;

	canvas_put(l->c, y, x, selected ? 0x25ba : glyph,
	    selected	      ? ROLE_SELECTED
	    : glyph == 0x25c6 ? ROLE_BAD
	    : glyph == 0x2713 ? ROLE_GOOD
			      : ROLE_LINE);
	canvas_textf(
	    l->c, y, x + 2, l->k.what - x - 2, ROLE_HEAD, "A%lld", (long long)a->item.number);
	draw_text(l->c, line_at(y, l->k.what, what_end(&l->k) - l->k.what), a->text ? a->text : "",
	    selected ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN);
	draw_dates(l, a, y);
	draw_status(l, a, y);
}

static void
draw_heading(const struct list *l, int y)
{
	const struct {
		int x;
		enum word w;
	} heads[] = { { l->in.x + 3, WORD_HEAD_WHAT }, { l->k.kind, WORD_HEAD_KIND },
		{ l->k.level, WORD_HEAD_LEVEL }, { l->k.owner, WORD_HEAD_OWNER },
		{ l->k.due, WORD_HEAD_DUE }, { l->k.status, WORD_HEAD_STATUS },
		{ l->k.mark, WORD_HEAD_MARK } };

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (heads[i].x >= 0)
			canvas_text(l->c, y, heads[i].x, l->in.x + l->in.w - heads[i].x,
			    word(heads[i].w), ROLE_DIM);
}

/* Rows an action takes: three (with an empty one) where there is much room, two, or one. */
static int
rows_each(const struct list *l, size_t n)
{
	if (!l->wide)
		return 1;
	for (int rows = 3; rows > 1; rows--)
		if ((int)n * rows <= l->in.h)
			return rows;
	return l->in.h >= 20 ? 2 : 1;
}

static void
draw_empty(const struct list *l)
{
	struct rect r = { .y = l->in.y, .x = l->in.x + 3, .h = l->in.h, .w = l->in.w - 4 };
	size_t n = DEBRIEF_N(l->sc->d, ACTION);
	struct buf b = { 0 };

	if (n > 0)
		word_put(&b, WORD_NO_FIT, digits((int64_t)n).s);
	else
		buf_adds(&b, word(l->sc->simple ? WORD_NO_ACTIONS_LINE : WORD_NO_ACTIONS));
	draw_wrapped(l->c, r, b.data, ROLE_DIM);
	buf_fini(&b);
}

static void
draw_list(struct list *l, const struct action_list *a, struct pane_state *s, struct rect area)
{
	int each = rows_each(l, a->n), fit = l->in.h / each;
	struct more m = { 0 };

	s->scroll = list_scroll(
	    s->scroll, (int)(a->at < a->n ? a->at : s->place), (int)a->n, fit);
	for (int i = 0; i < fit && (size_t)(s->scroll + i) < a->n; i++) {
		draw_action(l, a->v[s->scroll + i], l->in.y + i * each);
		if (each > 1)
			draw_second(l, a->v[s->scroll + i], l->in.y + i * each + 1);
	}
	if (a->n == 0)
		draw_empty(l);
	m.above = (size_t)s->scroll;
	m.below = a->n > (size_t)(s->scroll + fit) ? a->n - (size_t)(s->scroll + fit) : 0;
	draw_more(l->c, area, false, &m);
}

/* To the causes without action, and back to the list. */
static void
go_across(const struct action_list *a, struct pane_state *s)
{
	if (a->loose_at < a->n_loose && a->n > 0)
		s->selected = a->v[s->place < a->n ? s->place : 0]->item.id;
	else if (a->loose_at == a->n_loose && a->n_loose > 0)
		s->selected = a->loose[0]->item.id;
}

static void
actions_draw(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	bool rules = area.h >= RULES_FROM, wide = area_wide(area);
	struct buf what = { 0 };
	struct list l = { .sc = sc,
		.c = c,
		.in = area,
		.k = columns_for(area, number_cols(sc->d)),
		.wide = wide };
	int below = area.h >= COVERAGE_FROM ? coverage_draw(sc, NULL, NULL, area) : 0,
	    gap = wide && area.h > 24;
	struct action_list a;

	if (s->layout == ACTIONS_CARD) {
		action_card_draw(s, sc, c, area);
		return;
	}
	action_list_init(&a, sc, s);
	if (below > area.h / 2)
		below = area.h / 2;
	if (below == 0 && a.loose_at < a.n_loose) { /* no room for that list */
		go_across(&a, s);
		action_list_fini(&a);
		action_list_init(&a, sc, s);
	}
	if (!s->unselected)
		l.selected = s->selected;
	if (rules) {
		action_list_what(s, sc, &what);
		draw_rule(c, line_at(area.y, area.x, area.w), what.data, NULL);
		draw_heading(&l, area.y + 1);
		l.in.y += 2 + gap;
		l.in.h -= 2 + gap + below;
	}
	draw_list(&l, &a, s, l.in);
	if (below > 0)
		coverage_draw(sc, &a, c,
		    (struct rect){
			.y = area.y + area.h - below, .x = area.x, .h = below, .w = area.w });
	action_list_fini(&a);
	buf_fini(&what);
}

static void
actions_counts(const struct scene *sc, struct buf *out)
{
	struct buf b = { 0 };

	if (sc->d->status == STATUS_CLOSED) {
		put_day(&b, scene_day(sc, sc->now_ns));
		word_put(out, WORD_TODAY, b.data);
		buf_adds(out, "   ");
		buf_clear(&b);
	}
	if (sc->d->look_again_day != TIME_NONE) {
		put_day(&b, sc->d->look_again_day);
		word_put(out, WORD_LOOK_AGAIN, b.data);
		buf_adds(out, "   ");
	}
	word_count(out, (int64_t)DEBRIEF_N(sc->d, ACTION), WORD_ACTION_1);
	buf_fini(&b);
}

static void
actions_compact(
    const struct pane_state *s, const struct scene *sc, struct buf *left, struct buf *right)
{
	struct buf b = { 0 };

	(void)s;
	buf_adds(left, word(WORD_ACTIONS));
	put_day(&b, scene_day(sc, sc->now_ns));
	word_put(right, WORD_TODAY, b.data);
	buf_adds(right, "  ");
	word_count(right, (int64_t)DEBRIEF_N(sc->d, ACTION), WORD_ACTION_1);
	buf_fini(&b);
}

static bool
move_verb(struct action_list *a, struct pane_state *s, enum verb_of_key v)
{
	bool loose = a->loose_at < a->n_loose;
	long at = (long)(loose ? a->loose_at : a->at), n = (long)(loose ? a->n_loose : a->n);

	switch (v) {
	case DO_UP:
	case DO_LEFT:
		at--;
		break;
	case DO_DOWN:
	case DO_RIGHT:
		at++;
		break;
	case DO_PAGE_UP:
		at -= 10;
		break;
	case DO_PAGE_DOWN:
		at += 10;
		break;
	case DO_FIRST:
		at = 0;
		break;
	case DO_LAST:
		at = n - 1;
		break;
	default:
		return false;
	}
	at = at >= n ? n - 1 : at < 0 ? 0 : at;
	if (loose) {
		s->selected = a->loose[at]->item.id;
	} else if (n > 0) {
		s->place = (size_t)at;
		s->selected = a->v[at]->item.id;
	}
	return true;
}

static bool
look_verb(
    struct pane_state *s, const struct scene *sc, const struct action_list *a, enum verb_of_key v)
{
	switch (v) {
	case DO_ACROSS: go_across(a, s); return true;
	case DO_GAPS: action_filter_next(s, sc); return true;
	case DO_LAYOUT: s->layout = action_sort(s) % ACTIONS_BY_VOTES + 1; return true;
	case DO_ZOOM_OUT:
	case DO_FOLD: s->layout = s->layout == ACTIONS_CARD ? ACTIONS_BY_SIZE : ACTIONS_CARD; return true;
	case DO_ZOOM_IN: s->layout = ACTIONS_BY_SIZE; return true;
	default: return false;
	}
}

static enum answer
actions_verb(struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct rect area,
    struct view_answer *out)
{
	struct action_list a;
	bool moved;

	(void)area;
	action_list_init(&a, sc, s);
	moved = move_verb(&a, s, v) || look_verb(s, sc, &a, v);
	action_list_fini(&a);
	return moved ? ANSWER_DRAW : action_verb(s, sc, v, out);
}

static const enum verb_of_key hints[] = { DO_MENU, DO_ADD, DO_EDIT, DO_TIME, DO_PHASE, DO_MOVE,
	DO_ACROSS, DO_FOLD, DO_GAPS, DO_DOWN, DO_FIND, DO_PALETTE, DO_UNDO, DO_NOTHING };

const struct view view_actions = {
	.name = "actions",
	.title = "4 Actions",
	.digit = 4,
	.layouts = action_layouts,
	.draw = actions_draw,
	.strip = action_strip,
	.verb = actions_verb,
	.counts = actions_counts,
	.hints = hints,
	.compact = actions_compact,
};
