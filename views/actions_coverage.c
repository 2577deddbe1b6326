#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/coverage.h"
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
	N_LEVELS = 4,
	N_ACT_KINDS = 6
};

/* Top causes in whose whole chain no cause has an action, the most voted first. */
struct loose {
	const struct cause **v;
	size_t n;
};

static int
by_id(const void *a, const void *b)
{
	return id_cmp(*(const struct id *)a, *(const struct id *)b);
}

/* Ids of all causes that some action is for, sorted. */
static struct id *
acted_ids(const struct debrief *d, size_t *n)
{
	struct id *v = NULL, id;
	size_t cap = 0;

	*n = 0;
	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		for (size_t k = 0; k < a->causes.n; k++) {
			if (!id_parse(a->causes.v[k], &id))
				continue;
			VEC_ROOM(v, *n, cap);
			v[(*n)++] = id;
		}
	}
	if (*n > 0)
		qsort(v, *n, sizeof *v, by_id);
	return v;
}

struct voted {
	const struct cause *c;
	size_t nth;
};

static int
by_votes(const void *va, const void *vb)
{
	const struct voted *a = va, *b = vb;

	if (a->c->votes != b->c->votes)
		return a->c->votes > b->c->votes ? -1 : 1;
	return a->nth < b->nth ? -1 : 1;
}

static bool
chain_acted(const struct cause_tree *t, size_t top, const struct id *acted, size_t n)
{
	for (size_t i = top; i <= top + t->v[top].n_below; i++)
		if (n > 0 &&
		    bsearch(&t->v[i].cause->item.id, acted, n, sizeof *acted, by_id) != NULL)
			return true;
	return false;
}

static struct loose
find_loose(const struct debrief *d)
{
	struct cause_tree t = cause_tree(d);
	size_t n_acted;
	struct id *acted = acted_ids(d, &n_acted);
	struct voted *voted = mem_zero(t.n + 1, sizeof *voted);
	struct loose l = { .v = mem_zero(t.n + 1, sizeof *l.v) };

	for (size_t i = 0; i < t.n; i++)
		if (t.v[i].cause != NULL && t.v[i].depth == 0 &&
		    !chain_acted(&t, i, acted, n_acted)) {
			voted[l.n] = (struct voted){ t.v[i].cause, l.n };
			l.n++;
		}
	qsort(voted, l.n, sizeof *voted, by_votes);
	for (size_t i = 0; i < l.n; i++)
		l.v[i] = voted[i].c;
	free(voted);
	free(acted);
	cause_tree_fini(&t);
	return l;
}

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
put_levels(struct buf causes[1], struct buf actions[1], const struct coverage *cov)
{
	const size_t *c = cov->causes_by_level, *a = cov->actions_by_level;
	bool missing = false;

	put_counts(causes, "level", c, N_LEVELS);
	put_counts(actions, "level", a, N_LEVELS);
	if (c[LEVEL_TECHNICAL] > 0 && c[LEVEL_PROCESS] + c[LEVEL_ORGANIZATION] == 0)
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
draw_loose(struct canvas *c, struct rect at, const struct cause *cause)
{
	int used = 0;

	if (cause->votes > 0)
		used = canvas_textf(c, at.y, at.x, 8, ROLE_COUNT, "•%lld", (long long)cause->votes);
	used = used < 4 ? 4 : used + 1;
	draw_text(
	    c, line_at(at.y, at.x + used, at.w - used), cause->text ? cause->text : "", ROLE_PLAIN);
}

struct sums {
	struct buf causes, actions, kinds, whys, no_cause;
	struct coverage cov;
};

static void
sums_init(struct sums *s, const struct scene *sc)
{
	static const enum word depths[] = { WORD_NONE, WORD_WHY_DEPTH_1, WORD_WHY_DEPTH_2,
		WORD_WHY_DEPTH_3 };

	*s = (struct sums){ .cov = coverage_of(sc->d) };
	put_levels(&s->causes, &s->actions, &s->cov);
	put_counts(&s->kinds, "kind", s->cov.actions_by_kind, N_ACT_KINDS);
	for (int i = 1; i <= 3; i++)
		buf_addf(&s->whys, "%s%s %zu", i > 1 ? "   " : "", word(depths[i]),
		    s->cov.whys_by_depth[i]);
	if (s->cov.actions_without_cause > 0)
		buf_adds(&s->no_cause, digits((int64_t)s->cov.actions_without_cause).s);
	else
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
draw_narrow(const struct sums *s, const struct loose *l, struct canvas *c, struct rect r)
{
	int x = VALUE_X, half = r.w / 2 + (r.w > 60 ? 3 : 0);
	struct buf title = { 0 };
	int end = r.y + r.h;

	draw_rule(c, line_at(r.y, r.x, r.w), word(WORD_COVERAGE), NULL);
	draw_pair(c, line_at(r.y + 1, r.x, r.w), x, WORD_COV_CAUSES, &s->causes);
	draw_pair(c, line_at(r.y + 2, r.x, r.w), x, WORD_COV_ACTIONS, &s->actions);
	draw_pair(c, line_at(r.y + 3, r.x, r.w), x, WORD_NONE, &s->kinds);
	if (r.y + 4 >= end)
		return;
	word_put(&title, WORD_WITHOUT_ACTION, digits((int64_t)l->n).s);
	draw_rule(c, line_at(r.y + 4, r.x, r.w), title.data, NULL);
	for (size_t i = 0; i < l->n && r.y + 5 + (int)(i % LIST_ROWS) < end && i < 2 * LIST_ROWS;
	     i++)
		draw_loose(c,
		    line_at(r.y + 5 + (int)(i % LIST_ROWS),
			i < LIST_ROWS ? r.x + 2 : r.x + half + 2,
			i < LIST_ROWS ? half - 3 : r.w - half - 4),
		    l->v[i]);
	buf_fini(&title);
}

static void
draw_wide(const struct sums *s, const struct loose *l, struct canvas *c, struct rect r)
{
	const struct {
		enum word label;
		const struct buf *value;
	} rows[] = { { WORD_COV_CAUSES_LEVEL, &s->causes }, { WORD_COV_ACTIONS_LEVEL, &s->actions },
		{ WORD_COV_ACTIONS_KIND, &s->kinds }, { WORD_COV_WHYS, &s->whys } };
	int x = r.x + r.w * 2 / 3;
	struct buf title = { 0 };

	draw_rule(c, line_at(r.y, r.x, r.w), word(WORD_COVERAGE), NULL);
	for (int i = 0; i < 4; i++)
		draw_pair(c, line_at(r.y + 1 + i, r.x, x - r.x), VALUE_X_WIDE, rows[i].label,
		    rows[i].value);
	draw_pair(
	    c, line_at(r.y + 5, r.x, x - r.x), VALUE_X_WIDE + 5, WORD_COV_NO_CAUSE, &s->no_cause);
	word_put(&title, WORD_WITHOUT_ACTION_CAPS, digits((int64_t)l->n).s);
	draw_text(c, line_at(r.y + 1, x, r.x + r.w - x - 1), title.data, ROLE_HEAD);
	for (int i = 0; i < 4 && (size_t)i < l->n; i++)
		draw_loose(c, line_at(r.y + 2 + i, x, r.x + r.w - x - 2), l->v[i]);
	buf_fini(&title);
}

int
coverage_draw(const struct scene *sc, struct canvas *c, struct rect area)
{
	bool wide = area_wide(area);
	struct sums s;
	struct loose l;

	if (c == NULL || area.h < 4)
		return wide ? ROWS_WIDE : ROWS_NARROW;
	sums_init(&s, sc);
	l = find_loose(sc->d);
	if (wide && area.h >= ROWS_WIDE)
		draw_wide(&s, &l, c, area);
	else
		draw_narrow(&s, &l, c, area);
	free(l.v);
	sums_fini(&s);
	return area.h;
}
