#include "views/timeline_fold.h"

#include <stdlib.h>

#define MINUTE (60 * NS_PER_S)

bool
event_has_clock(const struct event *e)
{
	return e->at_ns != TIME_NONE && e->precision != PRECISION_ORDER;
}

/* The k-th smallest; reorders. */
static int64_t
select_kth(int64_t *v, size_t n, size_t k)
{
	size_t low = 0, high = n;

	while (high - low > 1) {
		int64_t pivot = v[low + (high - low) / 2];
		size_t less = low, i = low, more = high;

		while (i < more) {
			int64_t x = v[i];
			if (x < pivot) {
				v[i++] = v[less];
				v[less++] = x;
			} else if (x > pivot) {
				v[i] = v[--more];
				v[more] = x;
			} else {
				i++;
			}
		}
		if (k < less)
			high = less;
		else if (k >= more)
			low = more;
		else
			return pivot;
	}
	return v[low];
}

int64_t
fold_threshold(int64_t *gaps, size_t n, int64_t span_ns)
{
	int64_t least = 5 * MINUTE, share = span_ns / 100 * 8, median;

	if (n > 0) {
		median = select_kth(gaps, n, n / 2);
		if (median > INT64_MAX / 6)
			return INT64_MAX;
		if (6 * median > least)
			least = 6 * median;
	}
	return share > least ? share : least;
}

static int64_t
span_of(int64_t from, int64_t to)
{
	int64_t span;

	return __builtin_sub_overflow(to, from, &span) ? INT64_MAX : span;
}

static int64_t
threshold_of(const struct debrief *d, struct timeline_rows *r)
{
	size_t n = DEBRIEF_N(d, EVENT), n_gaps = 0;
	int64_t *gaps = mem_alloc((n + 1) * sizeof *gaps), last = TIME_NONE, least;

	r->first_ns = r->last_ns = TIME_NONE;
	for (size_t i = 0; i < n; i++) {
		const struct event *e = DEBRIEF_AT(d, EVENT, event, i);
		if (!event_has_clock(e))
			continue;
		if (last != TIME_NONE)
			gaps[n_gaps++] = span_of(last, e->at_ns);
		else
			r->first_ns = e->at_ns;
		r->last_ns = last = e->at_ns;
	}
	least = fold_threshold(gaps, n_gaps, last == TIME_NONE ? 0 : span_of(r->first_ns, last));
	free(gaps);
	return least;
}

/* The day at `t_ns`, and when it ends; looks the zone up only where the last answer does not hold.
 */
struct day_cursor {
	const struct zone *zone;
	int64_t day, from_ns, to_ns;
};

static int64_t
day_at(struct day_cursor *c, int64_t t_ns)
{
	struct civil t;
	int64_t since;

	if (t_ns >= c->from_ns && t_ns < c->to_ns)
		return c->day;
	t = zone_civil(c->zone, t_ns);
	since = ((t.hour * 60 + t.minute) * 60 + t.second) * NS_PER_S + t.ns;
	c->day = day_of_civil(t.year, t.month, t.day);
	/* An hour of the end is left for clocks that change on that day. */
	if (__builtin_sub_overflow(t_ns, since, &c->from_ns) ||
	    __builtin_add_overflow(c->from_ns, 22 * 60 * MINUTE, &c->to_ns) ||
	    since < 4 * 60 * MINUTE)
		c->from_ns = t_ns, c->to_ns = t_ns;
	else
		c->from_ns += 4 * 60 * MINUTE;
	return c->day;
}

static void
add_row(struct timeline_rows *r, enum row_kind kind, size_t event, int phase, int64_t length)
{
	r->v[r->n++] =
	    (struct timeline_row){ .kind = kind, .event = event, .phase = phase, .length = length };
}

struct row_state {
	int phase;
	int64_t phase_ns, last_ns, day, least;
	bool last_was_gap;
	struct day_cursor days;
};

static void
add_event(struct timeline_rows *r, struct row_state *s, const struct event *e, size_t i)
{
	int64_t since = TIME_NONE;

	if (e->phase != PHASE_NONE) {
		if (s->phase_ns != TIME_NONE && event_has_clock(e))
			since = span_of(s->phase_ns, e->at_ns);
		if (event_has_clock(e))
			s->phase_ns = e->at_ns;
		s->phase = e->phase;
	}
	add_row(r, ROW_EVENT, i, s->phase, since);
	if (s->phase == PHASE_RESOLVED)
		s->phase = PHASE_NONE;
}

static void
add_between(struct timeline_rows *r, struct row_state *s, const struct event *e, size_t i)
{
	int64_t day = day_at(&s->days, e->at_ns);

	if (s->last_ns != TIME_NONE && !s->last_was_gap && e->kind != EVENT_GAP &&
	    span_of(s->last_ns, e->at_ns) > s->least)
		add_row(r, ROW_GAP, i - 1, s->phase, span_of(s->last_ns, e->at_ns));
	if (day != s->day && (r->several_days || s->day != TIME_NONE))
		add_row(r, ROW_DATE, i, s->phase, day);
	s->day = day;
}

struct timeline_rows
timeline_rows(const struct debrief *d, const struct zone *zone, bool all_gaps)
{
	size_t n = DEBRIEF_N(d, EVENT);
	struct timeline_rows r = { .v = mem_alloc((3 * n + 1) * sizeof *r.v) };
	struct row_state s = { .phase_ns = TIME_NONE,
		.last_ns = TIME_NONE,
		.day = TIME_NONE,
		.days = { .zone = zone } };

	s.least = threshold_of(d, &r);
	if (all_gaps)
		s.least = MINUTE;
	if (r.first_ns != TIME_NONE)
		r.several_days = day_at(&s.days, r.first_ns) != day_at(&s.days, r.last_ns);
	for (size_t i = 0; i < n; i++) {
		const struct event *e = DEBRIEF_AT(d, EVENT, event, i);
		if (event_has_clock(e)) {
			add_between(&r, &s, e, i);
			s.last_ns = e->at_ns;
		}
		add_event(&r, &s, e, i);
		s.last_was_gap = e->kind == EVENT_GAP;
	}
	return r;
}

void
timeline_rows_fini(struct timeline_rows *r)
{
	free(r->v);
	*r = (struct timeline_rows){ 0 };
}
