#include "views/wall.h"

#include <string.h>

#include "base/text.h"
#include "model/schema.h"
#include "views/actions.h"
#include "views/draw.h"
#include "views/words.h"

enum { OWNER_LEAST = 9, OWNER_MOST = 17, DUE_COLS = 7, STATUS_COLS = 11, VOTES_COLS = 7, DOTS_MOST = 5, WHAT_LEAST = 20 };

/* Where the columns begin; those that have no room are left off from the right: -1. */
struct table {
	const struct scene *sc;
	struct canvas *c;
	struct rect in;
	int number, what, what_cols, owner, owner_cols, due, status, votes;
	struct id focus;
};

static bool
any_votes(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++)
		if (DEBRIEF_AT(d, ACTION, action, i)->votes > 0)
			return true;
	return false;
}

/* As wide as the longest name, where there is room for long ones. */
static int
owner_cols(const struct debrief *d, int room)
{
	int cols = OWNER_LEAST, most = room >= 70 ? OWNER_MOST : OWNER_LEAST;

	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++) {
		const char *owner = DEBRIEF_AT(d, ACTION, action, i)->owner;
		int w = owner != NULL ? text_width(owner, strlen(owner)) + 1 : 0;
		cols = w > cols ? w : cols;
	}
	return cols < most ? cols : most;
}

static struct table
table_of(const struct scene *sc, struct canvas *c, struct rect r)
{
	struct table t = { .sc = sc,
		.c = c,
		.in = r,
		.number = r.x + 2,
		.what = r.x + 7,
		.owner_cols = owner_cols(sc->d, r.w) };
	int end = r.x + r.w - 1, room = r.w - 8 - WHAT_LEAST;
	struct {
		int *x, cols;
		bool shown;
	} parts[] = { { &t.owner, t.owner_cols, true }, { &t.due, DUE_COLS, true },
		{ &t.status, STATUS_COLS, true }, { &t.votes, VOTES_COLS, any_votes(sc->d) } };
	int *const order[] = { &t.owner, &t.due, &t.status, &t.votes };

	for (size_t i = 0; i < 4; i++) {
		parts[i].shown = parts[i].shown && room >= parts[i].cols;
		room -= parts[i].shown ? parts[i].cols : 0;
		*parts[i].x = parts[i].shown ? parts[i].cols : -1;
	}
	for (size_t i = 4; i-- > 0;)
		if (*order[i] > 0)
			end = *order[i] = end - *order[i];
	t.what_cols = end - t.what - 1;
	return t;
}

static void
draw_head(const struct table *t, int y)
{
	const struct {
		int x;
		enum word w;
	} heads[] = { { t->number, WORD_HEAD_WHAT }, { t->owner, WORD_HEAD_OWNER },
		{ t->due, WORD_HEAD_DUE }, { t->status, WORD_HEAD_STATUS },
		{ t->votes, WORD_HEAD_VOTES } };

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (heads[i].x >= 0)
			canvas_text(t->c, y, heads[i].x, t->in.x + t->in.w - heads[i].x,
			    word(heads[i].w), ROLE_DIM);
	canvas_hline(t->c, y + 1, t->in.x + 2, t->in.w - 3, 0x2500, ROLE_LINE);
}

/* A dot a vote, a number where there are many. */
static void
put_votes(struct buf *out, int64_t votes)
{
	if (votes > DOTS_MOST)
		buf_addf(out, "•%lld", (long long)votes);
	for (int64_t i = 0; i < votes && votes <= DOTS_MOST; i++)
		buf_adds(out, "●");
}

static void
draw_cells(const struct table *t, const struct action *a, int y)
{
	bool late = action_overdue(a, t->sc);
	struct buf b = { 0 };

	draw_text(t->c, line_at(y, t->owner, t->owner >= 0 ? t->owner_cols - 1 : 0),
	    a->owner != NULL ? a->owner : word(WORD_NOBODY),
	    a->owner != NULL || !action_open(a) ? ROLE_PLAIN : ROLE_WARN);
	if (a->due_day != TIME_NONE)
		put_day(&b, a->due_day);
	else
		buf_adds(&b, word(WORD_NOBODY));
	draw_text(t->c, line_at(y, t->due, t->due >= 0 ? DUE_COLS - 1 : 0), b.data,
	    late ? ROLE_BAD : ROLE_PLAIN);
	buf_clear(&b);
	if (late)
		buf_adds(&b, word(WORD_FILTER_OVERDUE));
	else
		buf_adds(&b, enum_name(KIND_ACTION, "status", a->status));
	draw_text(t->c, line_at(y, t->status, t->status >= 0 ? STATUS_COLS - 1 : 0), b.data,
	    late ? ROLE_BAD : a->status == ACTION_DONE ? ROLE_GOOD : ROLE_PLAIN);
	buf_clear(&b);
	put_votes(&b, a->votes);
	draw_text(t->c, line_at(y, t->votes, t->votes >= 0 ? VOTES_COLS - 1 : 0), b.data, ROLE_COUNT);
	buf_fini(&b);
}

static int
rows_of(const struct table *t, const struct action *a, int most)
{
	int rows = wrapped_rows(a->text != NULL ? a->text : "", t->what_cols, most);

	return rows > 0 ? rows : 1;
}

static void
draw_one(const struct table *t, const struct action *a, struct rect r)
{
	bool here = id_equal(a->item.id, t->focus);
	uint32_t glyph = action_glyph(a, t->sc);

	canvas_put(t->c, r.y, t->in.x, here ? 0x25ba : glyph,
	    here	      ? ROLE_SELECTED
	    : glyph == 0x25c6 ? ROLE_BAD
	    : glyph == 0x2713 ? ROLE_GOOD
			      : ROLE_LINE);
	canvas_textf(t->c, r.y, t->number, 4, ROLE_HEAD, "A%lld", (long long)a->item.number);
	draw_wrapped(t->c, (struct rect){ r.y, t->what, r.h, t->what_cols },
	    a->text != NULL ? a->text : "", here ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN);
	draw_cells(t, a, r.y);
}

/* "7 actions · 1 done · 4 accepted · 2 no owner", what is furthest first */
static void
put_summary(struct buf *out, const struct debrief *d)
{
	static const int told[] = { ACTION_DONE, ACTION_DOING, ACTION_ACCEPTED, ACTION_PROPOSED,
		ACTION_SOAKING, ACTION_IDEA, ACTION_DROPPED };
	const struct field *f = schema_field(KIND_ACTION, "status");
	int64_t by_status[ACTION_DROPPED + 1] = { 0 }, unowned = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		if (a->status > 0 && a->status <= ACTION_DROPPED)
			by_status[a->status]++;
		unowned += a->owner == NULL && action_open(a);
	}
	word_count(out, (int64_t)DEBRIEF_N(d, ACTION), WORD_ACTION_1);
	for (size_t k = 0; k < sizeof told / sizeof *told; k++) {
		int64_t n = by_status[told[k]];
		if (n == 0)
			continue;
		buf_adds(out, " · ");
		if (told[k] == ACTION_IDEA)
			word_count(out, n, WORD_IDEA_1);
		else
			buf_addf(out, "%s %s", digits(n).s, f->names[told[k]]);
	}
	if (unowned > 0)
		buf_addf(out, " · %s %s", digits(unowned).s, word(WORD_NO_OWNER));
}

/* How many actions go into so many rows when each takes up to `most`, with an empty one between. */
static size_t
fitting(const struct table *t, const struct action_list *l, int rows, int most, int air)
{
	int used = 0;

	for (size_t i = 0; i < l->n; i++) {
		used += rows_of(t, l->v[i], most) + (i > 0 ? air : 0);
		if (used > rows)
			return i;
	}
	return l->n;
}

/* What is left over goes to whole texts first, then to air. */
static void
draw_all(const struct table *t, const struct action_list *l, struct rect r)
{
	static const int ways[][2] = { { 3, 1 }, { 3, 0 }, { 2, 0 }, { 1, 0 } };
	size_t way = 0, n;
	int y = r.y;
	struct more m = { 0 };

	while (way < 3 && fitting(t, l, r.h, ways[way][0], ways[way][1]) < l->n)
		way++;
	n = fitting(t, l, r.h, ways[way][0], ways[way][1]);
	for (size_t i = 0; i < n; i++) {
		int rows = rows_of(t, l->v[i], ways[way][0]);
		draw_one(t, l->v[i], (struct rect){ y, r.x, rows, r.w });
		y += rows + ways[way][1];
	}
	m.below = l->n - n;
	draw_more(t->c, r, false, &m);
}

void
wall_actions(const struct scene *sc, struct canvas *c, struct rect r, struct id focus)
{
	struct rect in = { r.y, r.x + 2, r.h, r.w - 3 };
	struct pane_state s = { 0 };
	struct table t = table_of(sc, c, in);
	struct action_list l;
	struct buf b = { 0 };

	if (DEBRIEF_N(sc->d, ACTION) == 0) {
		draw_wrapped(c, in, word(WORD_WALL_NO_ACTIONS), ROLE_DIM);
		return;
	}
	t.focus = focus;
	action_list_init(&l, sc, &s);
	put_summary(&b, sc->d);
	draw_text(c, line_at(in.y + in.h - 1, in.x, in.w), b.data, ROLE_DIM);
	in.h -= 2;
	draw_head(&t, in.y);
	draw_all(&t, &l, (struct rect){ in.y + 2, in.x, in.h - 2, in.w });
	action_list_fini(&l);
	buf_fini(&b);
}
