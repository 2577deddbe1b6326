#include "views/timeline_fold.h"

#include <stdlib.h>

#include "views/draw.h"
#include "views/timeline_phases.h"

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

/* The middle one; of an even number the mean of the two in the middle. */
static int64_t
median_of(int64_t *v, size_t n)
{
	int64_t high = select_kth(v, n, n / 2), low;

	if (n % 2 != 0)
		return high;
	low = select_kth(v, n, n / 2 - 1);
	return low + (high - low) / 2;
}

int64_t
fold_threshold(int64_t *gaps, size_t n, int64_t span_ns)
{
	int64_t least = 5 * MINUTE, share = span_ns / 100 * 8, median;

	if (n > 0) {
		median = median_of(gaps, n);
		if (median > INT64_MAX / 6)
			return INT64_MAX;
		if (6 * median > least)
			least = 6 * median;
	}
	return share > least ? share : least;
}

int64_t
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

static struct timeline_row *
add_row(struct timeline_rows *r, enum row_kind kind, size_t event, int stretch, int64_t length)
{
	VEC_ROOM(r->v, r->n, r->cap);
	r->v[r->n] = (struct timeline_row){ .kind = (uint8_t)kind,
		.event = (uint32_t)event,
		.stretch = (uint8_t)stretch,
		.length = length };
	return &r->v[r->n++];
}

struct row_state {
	const struct debrief *d;
	struct stretches stretches;
	size_t next; /* of the stretches, the first that has not begun */
	size_t last; /* of the events so far, the last with a clock time */
	int stretch;
	int64_t phase_ns, last_ns, day, least;
	bool last_was_gap;
	int beside_cols;
	size_t n_ordered;
	struct day_cursor days;
};

/* The stretch that reigns at an event: what it ends reigns still where nothing follows. */
static int
stretch_at(struct row_state *s, const struct event *e)
{
	int before = s->stretch;

	if (s->next == s->stretches.n || s->stretches.v[s->next].from != e)
		return s->stretch;
	s->stretch = s->stretches.v[s->next++].kind;
	return s->stretch != STRETCH_NONE ? s->stretch : before;
}

static void
add_event(struct timeline_rows *r, struct row_state *s, const struct event *e, size_t i)
{
	int64_t since = TIME_NONE;
	int stretch = stretch_at(s, e);

	if (e->phase != PHASE_NONE && event_has_clock(e)) {
		if (s->phase_ns != TIME_NONE)
			since = span_of(s->phase_ns, e->at_ns);
		s->phase_ns = e->at_ns;
	}
	add_row(r, ROW_EVENT, i, stretch, since);
}

enum { BESIDE_ONE = 50, BESIDE_TWO = 100 /* columns; from here on two, three */ };

int
account_cols(int cols, int beside)
{
	return (cols - 3 * (beside - 1)) / beside;
}

static int
text_rows_beside(const struct row_state *s, const size_t *members, int beside)
{
	int cols = account_cols(s->beside_cols, beside) - 2, rows = 1;

	for (int i = 0; i < beside; i++) {
		const struct event *e = DEBRIEF_AT(s->d, EVENT, event, members[i]);
		int need = wrapped_rows(e->text, cols, BESIDE_ROWS_MOST);
		rows = need > rows ? need : rows;
	}
	return rows;
}

/* A group in as many rows of accounts beside each other as it needs. */
static void
add_accounts(struct timeline_rows *r, struct row_state *s, const struct account_group *g, int stretch)
{
	size_t most = s->beside_cols < BESIDE_ONE ? 1 : s->beside_cols < BESIDE_TWO ? 2 : 3;

	for (size_t done = 0; done < g->n; done += most) {
		size_t member = g->first + done, n = g->n - done < most ? g->n - done : most;
		const size_t *members = r->accounts.members + member;
		int rows = 1 + text_rows_beside(s, members, (int)n);
		for (int line = 0; line < rows; line++) {
			struct timeline_row *row =
			    add_row(r, ROW_ACCOUNTS, members[0], stretch, TIME_NONE);
			row->member = (uint32_t)member;
			row->beside = (uint8_t)n;
			row->line = (uint8_t)line;
		}
		for (size_t i = 0; i < n; i++)
			r->order[s->n_ordered++] = members[i];
	}
}

static void
add_one(struct timeline_rows *r, struct row_state *s, const struct event *e, size_t i)
{
	const struct account_group *g =
	    r->order != NULL ? accounts_at(&r->accounts, i) : NULL;
	int stretch;

	if (g == NULL) {
		add_event(r, s, e, i);
		if (r->order != NULL)
			r->order[s->n_ordered++] = i;
		return;
	}
	stretch = stretch_at(s, e);
	if (e->phase != PHASE_NONE)
		s->phase_ns = e->at_ns;
	if (r->accounts.members[g->first] == i)
		add_accounts(r, s, g, stretch);
}

static void
add_between(struct timeline_rows *r, struct row_state *s, const struct event *e, size_t i)
{
	int64_t day = day_at(&s->days, e->at_ns);

	if (s->last_ns != TIME_NONE && !s->last_was_gap && e->kind != EVENT_GAP &&
	    span_of(s->last_ns, e->at_ns) > s->least)
		add_row(r, ROW_GAP, s->last, s->stretch, span_of(s->last_ns, e->at_ns));
	if (day != s->day && (r->several_days || s->day != TIME_NONE))
		add_row(r, ROW_DATE, i, s->stretch, day);
	s->day = day;
}

int64_t
timeline_gap_from(const struct debrief *d, bool all_gaps)
{
	struct timeline_rows none = { 0 };

	return all_gaps ? MINUTE : threshold_of(d, &none);
}

struct timeline_rows
timeline_rows(const struct debrief *d, const struct zone *zone, const struct rows_look *look)
{
	size_t n = DEBRIEF_N(d, EVENT);
	struct timeline_rows r = { .cap = n + n / 8 + 8 };
	struct row_state s = { .d = d,
		.stretches = stretches_of(d),
		.phase_ns = TIME_NONE,
		.last_ns = TIME_NONE,
		.day = TIME_NONE,
		.beside_cols = look->beside_cols,
		.days = { .zone = zone } };

	r.v = mem_alloc(r.cap * sizeof *r.v);
	if (look->beside_cols > 0)
		r.accounts = accounts_of(d);
	if (r.accounts.n > 0)
		r.order = mem_alloc((n + 1) * sizeof *r.order);
	s.least = threshold_of(d, &r);
	if (look->all_gaps)
		s.least = MINUTE;
	if (r.first_ns != TIME_NONE)
		r.several_days = day_at(&s.days, r.first_ns) != day_at(&s.days, r.last_ns);
	for (size_t i = 0; i < n; i++) {
		const struct event *e = DEBRIEF_AT(d, EVENT, event, i);
		if (event_has_clock(e)) {
			add_between(&r, &s, e, i);
			s.last_ns = e->at_ns;
			s.last = i;
		}
		add_one(&r, &s, e, i);
		/* What has only a place in the order does not end the quiet that is named before it. */
		s.last_was_gap = e->kind == EVENT_GAP || (s.last_was_gap && !event_has_clock(e));
	}
	stretches_fini(&s.stretches);
	return r;
}

static bool
row_has(const struct timeline_rows *r, const struct timeline_row *row, size_t event)
{
	if (row->kind == ROW_EVENT)
		return row->event == event;
	if (row->kind != ROW_ACCOUNTS)
		return false;
	for (int i = 0; i < row->beside; i++)
		if (r->accounts.members[row->member + (size_t)i] == event)
			return true;
	return false;
}

int
timeline_row_of(const struct timeline_rows *r, size_t event)
{
	/* Where no account is drawn before its place, every event has a row of its own. */
	for (size_t i = r->order == NULL ? event : 0; i < r->n; i++)
		if (row_has(r, &r->v[i], event))
			return (int)i;
	return 0;
}

static size_t
row_below(const struct timeline_rows *r, size_t event)
{
	size_t i = (size_t)timeline_row_of(r, event);

	while (i < r->n && row_has(r, &r->v[i], event))
		i++;
	return i;
}

int
timeline_gap_row(const struct timeline_rows *r, size_t event)
{
	for (size_t i = row_below(r, event); i < r->n; i++)
		if (r->v[i].kind == ROW_GAP)
			return r->v[i].event == event ? (int)i : -1;
	return -1;
}

bool
timeline_gap_below(const struct timeline_rows *r, size_t event, size_t *begins)
{
	size_t i = row_below(r, event);

	if (i >= r->n || r->v[i].kind != ROW_GAP)
		return false;
	*begins = r->v[i].event;
	return true;
}

size_t
timeline_read_before(const struct timeline_rows *r, int gap_row)
{
	const struct timeline_row *above = &r->v[gap_row > 0 ? gap_row - 1 : 0];

	return above->kind == ROW_ACCOUNTS
		   ? r->accounts.members[above->member + above->beside - 1]
		   : above->event;
}

void
timeline_rows_fini(struct timeline_rows *r)
{
	free(r->v);
	free(r->order);
	accounts_fini(&r->accounts);
	*r = (struct timeline_rows){ 0 };
}
