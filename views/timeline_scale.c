#include "views/timeline_scale.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/when.h"
#include "views/timeline_fold.h"

enum { FOLD_COLS = 9, FOLD_COLS_LEAST = 4 };

__extension__ typedef __int128 wide; /* ns times columns */

/* Times of the events that have one, in their order; returns how many. */
static size_t
clock_times(const struct debrief *d, int64_t *v)
{
	size_t n = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++)
		if (event_has_clock(DEBRIEF_AT(d, EVENT, event, i)))
			v[n++] = DEBRIEF_AT(d, EVENT, event, i)->at_ns;
	return n;
}

static int64_t
fold_from(const int64_t *times, size_t n)
{
	int64_t *gaps = mem_alloc((n + 1) * sizeof *gaps), least;

	for (size_t i = 0; i + 1 < n; i++)
		gaps[i] = span_of(times[i], times[i + 1]);
	least = n > 1 ? fold_threshold(gaps, n - 1, span_of(times[0], times[n - 1])) : INT64_MAX;
	free(gaps);
	return least;
}

static void
add_part(struct scale *s, size_t *cap, int64_t from, int64_t to, bool folded)
{
	VEC_ROOM(s->v, s->n, *cap);
	s->v[s->n++] = (struct scale_part){ .from_ns = from, .to_ns = to, .folded = folded };
}

static void
cut_up(struct scale *s, const int64_t *times, size_t n, int64_t least)
{
	int64_t from = times[0];
	size_t cap = 0;

	for (size_t i = 0; i + 1 < n; i++) {
		if (span_of(times[i], times[i + 1]) <= least)
			continue;
		add_part(s, &cap, from, times[i], false);
		add_part(s, &cap, times[i], times[i + 1], true);
		from = times[i + 1];
	}
	add_part(s, &cap, from, times[n - 1], false);
}

/* Folds have their columns; the rest is shared by duration, whole and exact, one at the least. */
static void
lay_out(struct scale *s)
{
	int fold = FOLD_COLS, left, used = 0;
	double span = 0, done = 0;
	size_t folds = 0;

	for (size_t i = 0; i < s->n; i++) {
		folds += s->v[i].folded;
		span += s->v[i].folded ? 0 : (double)span_of(s->v[i].from_ns, s->v[i].to_ns);
	}
	while (fold > FOLD_COLS_LEAST && (int)folds * fold > s->cols / 2)
		fold--;
	while (fold > 1 && (int)folds * fold + (int)(s->n - folds) > s->cols)
		fold--;
	left = s->cols - (int)folds * fold - (int)(s->n - folds);
	left = left < 0 ? 0 : left;
	for (size_t i = 0; i < s->n; i++) {
		struct scale_part *p = &s->v[i];
		p->x = s->x + used;
		if (p->folded) {
			p->cols = fold;
		} else {
			int before = span > 0 ? (int)(done / span * left + 0.5) : 0, after;
			done += (double)span_of(p->from_ns, p->to_ns);
			after = span > 0 ? (int)(done / span * left + 0.5) : left;
			p->cols = after - before + 1;
		}
		used += p->cols;
	}
}

struct scale
scale_of(const struct debrief *d, int x, int cols, bool whole)
{
	int64_t *times = mem_alloc((DEBRIEF_N(d, EVENT) + 1) * sizeof *times);
	size_t n = clock_times(d, times);
	struct scale s = { .x = x, .cols = cols > 1 ? cols : 1 };

	if (n > 0) {
		cut_up(&s, times, n, whole ? INT64_MAX : fold_from(times, n));
		lay_out(&s);
	}
	free(times);
	return s;
}

struct scale
scale_window(int64_t from_ns, int64_t to_ns, int x, int cols)
{
	struct scale s = { .x = x, .cols = cols > 1 ? cols : 1 };
	size_t cap = 0;

	add_part(&s, &cap, from_ns, to_ns, false);
	lay_out(&s);
	return s;
}

void
scale_fini(struct scale *s)
{
	free(s->v);
	*s = (struct scale){ 0 };
}

/* The last part that begins before the moment, the first one for the rest: where two meet, the
 * moment is of the one that ends there, unless that is a fold. */
static const struct scale_part *
part_of(const struct scale *s, int64_t t_ns)
{
	size_t lo = 0, hi = s->n;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;
		if (s->v[mid].from_ns < t_ns)
			lo = mid;
		else
			hi = mid;
	}
	if (s->v[lo].folded && t_ns >= s->v[lo].to_ns && lo + 1 < s->n)
		lo++;
	return &s->v[lo];
}

int
scale_x(const struct scale *s, int64_t t_ns)
{
	const struct scale_part *p;
	wide span;

	if (s->n == 0)
		return s->x;
	p = part_of(s, t_ns);
	span = (wide)p->to_ns - p->from_ns;
	if (t_ns <= p->from_ns || span <= 0)
		return p->x;
	if (p->folded) /* both ends are in other parts */
		return p->x + (int)(((wide)t_ns - p->from_ns) * p->cols / span);
	if (t_ns >= p->to_ns)
		return p->x + p->cols - 1;
	return p->x + (int)(((wide)t_ns - p->from_ns) * (p->cols - 1) / span);
}

int64_t
scale_t(const struct scale *s, int x)
{
	const struct scale_part *p = NULL;
	wide span;

	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].x <= x)
			p = &s->v[i];
	if (p == NULL)
		return scale_from(s);
	span = (wide)p->to_ns - p->from_ns;
	if (p->folded) /* the middle of the column */
		return p->from_ns + (int64_t)(span * (2 * (x - p->x) + 1) / (2 * p->cols));
	if (x >= p->x + p->cols - 1 && p->cols > 1)
		return p->to_ns;
	if (p->cols < 2)
		return p->from_ns;
	return p->from_ns + (int64_t)((span * (x - p->x) + p->cols - 2) / (p->cols - 1));
}

int64_t
scale_from(const struct scale *s)
{
	return s->n > 0 ? s->v[0].from_ns : TIME_NONE;
}

int64_t
scale_to(const struct scale *s)
{
	return s->n > 0 ? s->v[s->n - 1].to_ns : TIME_NONE;
}

int64_t
scale_first_tick(int64_t t_ns, int64_t tick_ns, int offset_s)
{
	wide local = (wide)t_ns + (wide)offset_s * NS_PER_S, rest = local % tick_ns;

	if (rest < 0)
		rest += tick_ns;
	return rest == 0 ? t_ns : (int64_t)((wide)t_ns + tick_ns - rest);
}

int64_t
scale_tick(const struct scale *s, int least)
{
	static const int steps[] = { 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200,
		14400, 21600, 43200, 86400, 172800, 604800, 2592000 };
	double per_col = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct scale_part *p = &s->v[i];
		double each = p->cols > 1 ? (double)span_of(p->from_ns, p->to_ns) / (p->cols - 1) : 0;
		if (!p->folded && each > per_col)
			per_col = each;
	}
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if ((double)steps[i] * NS_PER_S >= per_col * least)
			return steps[i] * NS_PER_S;
	return steps[sizeof steps / sizeof *steps - 1] * NS_PER_S;
}
