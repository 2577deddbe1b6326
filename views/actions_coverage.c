#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/coverage.h"
#include "model/person_end.h"
#include "views/actions.h"
#include "views/draw.h"
#include "views/words.h"

enum {
	LABEL_X = 2,
	VALUE_X = 13,
	VALUE_X_WIDE = 23,
	LIST_ROWS = 2,
	ROWS_NARROW = 5 + LIST_ROWS,
	ROWS_WIDE = 6,
	SHOWN = 2 * LIST_ROWS,
	NAMED = 5 /* of the actions without a cause */,
	N_LEVELS = 4,
	N_ACT_KINDS = 6
};

/* "technical 17   process 11   organization 5", from 1 on. */
static void
put_counts(struct buf *out, const char *field_kind, const size_t *counts, int n)
{
	bool level = strcmp(field_kind, "level") == 0;

	for (int i = 1; i < n; i++)
		buf_addf(out, "%s%s %*zu", i > 1 ? "   " : "",
		    enum_name(level ? KIND_CAUSE : KIND_ACTION, field_kind, i),
		    level && i < 3 ? 2 : 1, counts[i]);
}

static void
put_levels(struct buf causes[1], struct buf actions[1], const struct coverage *cov, bool technical)
{
	const size_t *c = cov->causes_by_level, *a = cov->actions_by_level;
	bool missing = false;

	put_counts(causes, "level", c, N_LEVELS);
	put_counts(actions, "level", a, N_LEVELS);
	if (technical)
		buf_addf(causes, "   %s", word(WORD_ONLY_TECHNICAL));
	for (int i = 1; i < N_LEVELS; i++)
		missing = missing || (c[i] > 0 && a[i] == 0);
	if (missing)
		buf_addf(actions, "   %s", word(WORD_NONE_MARK));
}

static void
draw_pair(struct canvas *c, struct rect at, int value_x, enum word label, const struct buf *value)
{
	draw_text(c, line_at(at.y, at.x + LABEL_X, value_x - LABEL_X - 1), word(label), ROLE_DIM);
	draw_text(c, line_at(at.y, at.x + value_x, at.w - value_x - 2), value->data, ROLE_PLAIN);
}

/* One cause of the list: "•4  Canary skipped". */
static void
draw_loose(struct canvas *c, struct rect at, const struct action_list *l, size_t nth)
{
	const struct cause *cause = l->loose[nth];
	int used = 0, style = nth == l->loose_at ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN;

	if (nth == l->loose_at)
		canvas_put(c, at.y, at.x - 1, 0x25ba, ROLE_SELECTED);

	if (cause->votes > 0)
		used = canvas_textf(c, at.y, at.x, 8, ROLE_COUNT, "•%lld", (long long)cause->votes);
	used = used < 4 ? 4 : used + 1;
	draw_text(
	    c, line_at(at.y, at.x + used, at.w - used), cause->text ? cause->text : "", style);
}

/* The window of the list that the selected one is in. */
static size_t
first_shown(const struct action_list *l)
{
	return l->loose_at < l->n_loose && l->loose_at >= SHOWN ? l->loose_at - SHOWN + 1 : 0;
}

struct sums {
	struct buf causes, actions, kinds, whys, no_cause;
	struct coverage cov;
	bool all_caused; /* no action is without a cause */
};

/* "A4 A9 A12", and how many more; dropped ones answer to nothing any more. */
static void
put_without_cause(struct buf *out, const struct scene *sc)
{
	size_t n = 0;

	for (size_t i = 0; i < DEBRIEF_N(sc->d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(sc->d, ACTION, action, i);
		if (a->status == ACTION_DROPPED || a->causes.n > 0)
			continue;
		if (n++ < NAMED)
			buf_addf(out, "%sA%lld", n > 1 ? " " : "", (long long)a->item.number);
	}
	if (n > NAMED)
		buf_addf(out, " +%zu", n - NAMED);
}

static void
sums_init(struct sums *s, const struct scene *sc)
{
	static const enum word depths[] = { WORD_NONE, WORD_WHY_DEPTH_1, WORD_WHY_DEPTH_2,
		WORD_WHY_DEPTH_3 };

	*s = (struct sums){ .cov = coverage_of(sc->d) };
	put_levels(&s->causes, &s->actions, &s->cov, only_technical(sc->d));
	put_counts(&s->kinds, "kind", s->cov.actions_by_kind, N_ACT_KINDS);
	for (int i = 1; i <= 3; i++)
		buf_addf(&s->whys, "%s%s %zu", i > 1 ? "   " : "", word(depths[i]),
		    s->cov.whys_by_depth[i]);
	put_without_cause(&s->no_cause, sc);
	s->all_caused = s->no_cause.len == 0;
	if (s->all_caused)
		buf_adds(&s->no_cause, word(WORD_NONE_WORD));
}

static void
sums_fini(struct sums *s)
{
	buf_fini(&s->causes);
	buf_fini(&s->actions);
	buf_fini(&s->kinds);
	buf_fini(&s->whys);
	buf_fini(&s->no_cause);
}

static void
draw_narrow(const struct sums *s, const struct action_list *l, struct canvas *c, struct rect r)
{
	int x = VALUE_X, half = r.w / 2 + (r.w > 60 ? 3 : 0), end = r.y + r.h;
	size_t first = first_shown(l);
	struct buf title = { 0 }, right = { 0 };

	draw_rule(c, line_at(r.y, r.x, r.w), word(WORD_COVERAGE), NULL);
	draw_pair(c, line_at(r.y + 1, r.x, r.w), x, WORD_COV_CAUSES, &s->causes);
	draw_pair(c, line_at(r.y + 2, r.x, r.w), x, WORD_COV_ACTIONS, &s->actions);
	draw_pair(c, line_at(r.y + 3, r.x, r.w), x, WORD_NONE, &s->kinds);
	if (r.y + 4 >= end)
		return;
	word_put(&title, WORD_WITHOUT_ACTION, digits((int64_t)l->n_loose).s);
	if (!s->all_caused && r.w >= FRAME_MEDIUM_COLS)
		word_put(&right, WORD_LABELED, word(WORD_FILTER_NO_CAUSE), s->no_cause.data);
	draw_rule(c, line_at(r.y + 4, r.x, r.w), title.data, right.data);
	buf_fini(&right);
	for (size_t i = 0; i < SHOWN && first + i < l->n_loose; i++) {
		bool left = i < LIST_ROWS;
		int y = r.y + 5 + (int)(i % LIST_ROWS);
		if (y < end)
			draw_loose(c,
			    line_at(y, left ? r.x + 2 : r.x + half + 2, left ? half - 3 : r.w - half - 4),
			    l, first + i);
	}
	buf_fini(&title);
}

static void
draw_wide(const struct sums *s, const struct action_list *l, struct canvas *c, struct rect r)
{
	const struct {
		enum word label;
		const struct buf *value;
	} rows[] = { { WORD_COV_CAUSES_LEVEL, &s->causes }, { WORD_COV_ACTIONS_LEVEL, &s->actions },
		{ WORD_COV_ACTIONS_KIND, &s->kinds }, { WORD_COV_WHYS, &s->whys } };
	int x = r.x + r.w * 2 / 3;
	size_t first = first_shown(l);
	struct buf title = { 0 };

	draw_rule(c, line_at(r.y, r.x, r.w), word(WORD_COVERAGE), NULL);
	for (int i = 0; i < 4; i++)
		draw_pair(c, line_at(r.y + 1 + i, r.x, x - r.x), VALUE_X_WIDE, rows[i].label,
		    rows[i].value);
	draw_pair(
	    c, line_at(r.y + 5, r.x, x - r.x), VALUE_X_WIDE + 5, WORD_COV_NO_CAUSE, &s->no_cause);
	word_put(&title, WORD_WITHOUT_ACTION_CAPS, digits((int64_t)l->n_loose).s);
	draw_text(c, line_at(r.y + 1, x, r.x + r.w - x - 1), title.data, ROLE_HEAD);
	for (size_t i = 0; i < SHOWN && first + i < l->n_loose; i++)
		draw_loose(c, line_at(r.y + 2 + (int)i, x, r.x + r.w - x - 2), l, first + i);
	buf_fini(&title);
}

int
coverage_draw(const struct scene *sc, const struct action_list *l, struct canvas *c,
    struct rect area)
{
	bool wide = area_wide(area);
	struct sums s;

	if (c == NULL || area.h < 4)
		return wide ? ROWS_WIDE : ROWS_NARROW;
	sums_init(&s, sc);
	if (wide && area.h >= ROWS_WIDE)
		draw_wide(&s, l, c, area);
	else
		draw_narrow(&s, l, c, area);
	sums_fini(&s);
	return area.h;
}
