/* Time to columns and back, what is folded, and where marks and labels go, over random timelines. */
#include <stdio.h>

#include "tests/views/scene.h"
#include "base/when.h"
#include "views/timeline.h"
#include "views/timeline_curve.h"
#include "views/timeline_fold.h"
#include "views/timeline_lanes.h"

enum { SEEDS = 200 };

static uint64_t
dice(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static const char *const sources[] = { "deploy", "metric", "human", "日本語", "a source with a long name" };
static const char *const texts[] = { "a", "a longer text of what was seen", "日本語のテキスト",
	"e\xcc\x81t\xc3\xa9", "مرحبا",
	"something that is so long that it fits in no window of a terminal at all" };

static struct event *
random_event(uint64_t *seed, uint64_t id, int64_t at_ns)
{
	struct event *e = (struct event *)item_new(KIND_EVENT, id_make(id));

	e->at_ns = at_ns;
	e->text = mem_dup(texts[dice(seed) % 6]);
	if (dice(seed) % 8 != 0)
		e->source = mem_dup(sources[dice(seed) % 5]);
	if (dice(seed) % 6 == 0)
		e->until_ns = at_ns + (int64_t)(dice(seed) % 4000) * NS_PER_S;
	if (dice(seed) % 5 == 0)
		e->precision = PRECISION_EXACT + (int)(dice(seed) % 4);
	if (dice(seed) % 7 == 0)
		e->phase = (int)(dice(seed) % 6);
	if (dice(seed) % 4 == 0)
		e->certainty = CERTAINTY_ACCOUNT;
	if (dice(seed) % 12 == 0)
		e->kind = EVENT_GAP;
	return e;
}

/* Events at random moments, bursts and long silences among them, of all kinds. */
static struct debrief *
random_debrief_of_events(uint64_t seed, size_t n)
{
	struct debrief *d = debrief_new(id_make(seed));
	int64_t at = 1784000000 * NS_PER_S;

	for (size_t i = 0; i < n; i++) {
		at += dice(&seed) % 10 == 0 ? (int64_t)(dice(&seed) % 36000) * NS_PER_S
					    : (int64_t)(dice(&seed) % 300) * NS_PER_S;
		debrief_put(d, KIND_EVENT, &random_event(&seed, seed % 100000 * 1000 + i + 1, at)->item);
	}
	debrief_sort(d, KIND_EVENT);
	return d;
}

static const struct event *
event_of(const struct debrief *d, size_t i)
{
	return DEBRIEF_AT(d, EVENT, event, i);
}

/* Later is never further left, and each column's moment is in that column, in folds too. */
static void
columns_follow_time(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct debrief *d = random_debrief_of_events(seed * 77, 1 + seed % 60);
		int cols = 20 + (int)(seed * 7 % 200), last = -1;
		struct scale s = scale_of(d, 3, cols, seed % 5 == 0);
		for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++) {
			int x = scale_x(&s, event_of(d, i)->at_ns);
			assert_true(x >= last);
			assert_true(x >= 3 && x < 3 + cols);
			last = x;
		}
		for (size_t i = 0; i < s.n; i++)
			for (int x = s.v[i].x; x < s.v[i].x + s.v[i].cols; x++)
				if (s.v[i].to_ns > s.v[i].from_ns)
					assert_int_equal(scale_x(&s, scale_t(&s, x)), x);
		for (int x = 3; x < 2 + cols; x++)
			assert_true(scale_t(&s, x) <= scale_t(&s, x + 1));
		scale_fini(&s);
		debrief_free(d);
	}
}

/* The parts are one after the other without a seam, in time and in columns. */
static void
parts_cover_all(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct debrief *d = random_debrief_of_events(seed * 59, 1 + seed % 90);
		int cols = 30 + (int)(seed * 11 % 260);
		struct scale s = scale_of(d, 0, cols, false);
		int fold = 0;
		for (size_t i = 0; i < s.n; i++) {
			assert_int_equal(s.v[i].x, i == 0 ? 0 : s.v[i - 1].x + s.v[i - 1].cols);
			assert_true(i == 0 || s.v[i].from_ns == s.v[i - 1].to_ns);
			assert_int_equal(s.v[i].folded, i % 2);
			if (s.v[i].folded) { /* all of one width */
				assert_true(fold == 0 || fold == s.v[i].cols);
				fold = s.v[i].cols;
			}
		}
		if (s.n > 0)
			assert_true(s.v[s.n - 1].x + s.v[s.n - 1].cols <= cols);
		scale_fini(&s);
		debrief_free(d);
	}
}

static int
cmp_ns(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The rule, written once more and plainly. */
static bool
is_folded(const int64_t *gaps, size_t n, int64_t gap, int64_t span)
{
	int64_t *v = mem_alloc((n + 1) * sizeof *v);
	double median;

	memcpy(v, gaps, n * sizeof *v);
	qsort(v, n, sizeof *v, cmp_ns);
	median = n % 2 ? (double)v[n / 2] : ((double)v[n / 2 - 1] + (double)v[n / 2]) / 2;
	free(v);
	return gap > 300 * NS_PER_S && (double)gap > 6 * median && (double)gap > 0.08 * (double)span;
}

static void
folds_are_by_the_rule(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct debrief *d = random_debrief_of_events(seed * 991, 2 + seed % 40);
		int64_t *times = mem_zero(DEBRIEF_N(d, EVENT), sizeof *times);
		int64_t *gaps = mem_zero(DEBRIEF_N(d, EVENT), sizeof *gaps);
		struct scale s = scale_of(d, 0, 120, false);
		size_t n = 0, at = 0;
		for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++)
			if (event_has_clock(event_of(d, i)))
				times[n++] = event_of(d, i)->at_ns;
		for (size_t i = 0; i + 1 < n; i++)
			gaps[i] = times[i + 1] - times[i];
		for (size_t i = 0; i + 1 < n; i++) {
			if (!is_folded(gaps, n - 1, gaps[i], times[n - 1] - times[0]))
				continue;
			while (at < s.n && !(s.v[at].folded && s.v[at].from_ns == times[i]))
				at++;
			assert_true(at < s.n && s.v[at].to_ns == times[i + 1]);
		}
		for (size_t i = 0; i < s.n; i++)
			if (s.v[i].folded)
				assert_true(is_folded(gaps, n - 1, s.v[i].to_ns - s.v[i].from_ns,
				    times[n - 1] - times[0]));
		scale_fini(&s);
		free(times);
		free(gaps);
		debrief_free(d);
	}
}

/* Takes cells of a row for one mark or label; each only once. */
static void
take(bool *row, int cols, int x, int w)
{
	for (int i = x; i < x + w; i++) {
		assert_true(i >= 0 && i < cols);
		assert_false(row[i]);
		row[i] = true;
	}
}

static void
check_lanes(const struct debrief *d, const struct lanes_look *look, const struct lanes *l)
{
	struct rect area = look->area;
	bool *cells = mem_zero((size_t)(area.h * (area.x + area.w)), sizeof *cells);
	size_t marks = 0, left = 0;

	assert_int_equal(l->n_marks + l->before + l->after, DEBRIEF_N(d, EVENT));
	for (size_t i = 0; i < l->n; i++) {
		assert_true(l->v[i].rows >= 0 && l->v[i].rows <= LANE_ROWS_MOST);
		assert_true(l->v[i].rows == 0 || (l->v[i].y >= area.y &&
				l->v[i].y + l->v[i].rows <= area.y + area.h));
		left += l->v[i].rows == 0 ? l->v[i].n : 0;
	}
	assert_int_equal(left, l->left_out_marks);
	for (size_t i = 0; i < l->n_marks; i++) {
		const struct lane_mark *m = &l->marks[i];
		const struct lane *lane = &l->v[m->lane];
		bool *row;
		assert_true(i >= lane->first && i < lane->first + lane->n);
		if (lane->rows == 0)
			continue;
		marks += m->same;
		assert_true(m->row >= 0 && m->row < lane->rows);
		row = cells + (lane->y + m->row - area.y) * (area.x + area.w);
		assert_true(m->x >= area.x + l->name_cols);
		if (m->same > 0)
			take(row, area.x + area.w, m->x, 1);
		if (m->label_cols > 0)
			take(row, area.x + area.w, m->label_x, m->label_cols);
		assert_true(!look->strips || m->label_cols == 0);
	}
	assert_int_equal(marks + left, l->n_marks);
	free(cells);
}

/* Every event is there or counted, in its lane, and nothing stands on anything else. */
static void
lanes_keep_apart(void **state)
{
	static const int64_t windows[] = { 0, 0, 60, 300, 3600, 86400 };

	(void)state;
	for (uint64_t seed = 1; seed <= 3 * SEEDS; seed++) {
		struct debrief *d = random_debrief_of_events(seed * 313, 1 + seed % 80);
		size_t n = DEBRIEF_N(d, EVENT);
		struct lanes_look look = { .area = { 4, 0, 1 + (int)(seed % 30), 40 + (int)(seed * 3 % 260) },
			.by = (enum lanes_by)(seed % 3),
			.strips = seed % 4 == 0,
			.whole = seed % 7 == 0,
			.window_ns = windows[seed % 6] * NS_PER_S,
			.selected = event_of(d, seed % n)->item.id };
		struct lanes l;
		int64_t at = event_of(d, seed % n)->at_ns;
		if (look.window_ns > 0)
			look.from_ns = lanes_window_from(NULL, at, look.window_ns);
		lanes_of(d, &look, &l);
		check_lanes(d, &look, &l);
		for (size_t i = 0; i < l.n_marks; i++) /* its lane is always in sight */
			if (id_equal(l.marks[i].event->item.id, look.selected))
				assert_true(l.v[l.marks[i].lane].rows > 0);
		lanes_fini(&l);
		debrief_free(d);
	}
}

static void
windows_hold_their_event(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		int64_t window = timeline_window_ns(TIMELINE_WEEK + (int)(dice(&seed) % 7));
		int64_t at = (int64_t)(dice(&seed) % 4000000000) * NS_PER_S;
		int64_t from = lanes_window_from(NULL, at, window);
		assert_true(at - from >= window / 8 && from + window - at >= window / 8);
		assert_int_equal(from % (window / 2), 0);
	}
}

static void
ticks_are_round_and_apart(void **state)
{
	struct debrief *d = random_debrief_of_events(5, 30);
	struct scale s = scale_of(d, 0, 110, false);
	int64_t tick = scale_tick(&s, 7);

	(void)state;
	assert_true(tick >= NS_PER_S && tick % NS_PER_S == 0);
	for (size_t i = 0; i < s.n; i++) {
		const struct scale_part *p = &s.v[i];
		if (!p->folded && p->to_ns - p->from_ns > 2 * tick)
			assert_true(scale_x(&s, p->from_ns + 2 * tick) - scale_x(&s, p->from_ns + tick) >= 6);
	}
	assert_int_equal(scale_first_tick(61 * NS_PER_S, 60 * NS_PER_S, 0), 120 * NS_PER_S);
	assert_int_equal(scale_first_tick(-61 * NS_PER_S, 60 * NS_PER_S, 0), -60 * NS_PER_S);
	assert_int_equal(scale_first_tick(0, 3600 * NS_PER_S, 1800), 1800 * NS_PER_S);
	scale_fini(&s);
	debrief_free(d);
}

/* From the whole to a minute and back, through the same layouts. */
static void
zoom_goes_both_ways(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed < 40; seed++) {
		struct debrief *d = random_debrief_of_events(seed * 17, 1 + seed * 3);
		int in[16], n = 0, at = TIMELINE_WHOLE;
		while (at != TIMELINE_MINUTE) {
			assert_true(n < 12);
			in[n++] = at;
			at = timeline_zoom(d, at, true);
		}
		while (n-- > 0) {
			at = timeline_zoom(d, at, false);
			assert_int_equal(at, in[n]);
		}
		assert_int_equal(timeline_zoom(d, TIMELINE_WHOLE, false), TIMELINE_WHOLE);
		debrief_free(d);
	}
}

/* What of a canvas stands for events in a strip. */
static size_t
events_in_strip(const struct canvas *c, int y, int from)
{
	size_t n = 0;

	for (int x = from; x < canvas_cols(c); x++) {
		uint32_t g = canvas_row(c, y)[x].glyph;
		n += g == 0x25aa || g == '~' || g == '?' || g == 0x2260 || g == 0x250a || g == 0x25ba;
		n += g >= '2' && g <= '9' ? g - '0' : 0;
	}
	return n;
}

/* Drawn at every size, in both glyph sets, at every zoom: an exact rectangle; strips show all. */
static void
every_zoom_draws(void **state)
{
	static const int sizes[][2] = { { 20, 5 }, { 40, 12 }, { 80, 24 }, { 120, 40 }, { 300, 80 } };
	struct stage_set t;
	struct buf text = { 0 };

	(void)state;
	set_init(&t);
	t.view = &view_timeline;
	for (uint64_t seed = 1; seed <= 20; seed++) {
		debrief_free(t.d);
		t.d = random_debrief_of_events(seed * 4241, 1 + seed * 2);
		t.sc.d = t.d;
		t.ascii = seed % 2 == 0;
		for (t.s.layout = TIMELINE_LIST; t.s.layout <= TIMELINE_MINUTE; t.s.layout++)
			for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
				struct canvas *c;
				t.s.filter = (int)(seed % 16);
				t.s.selected = event_of(t.d, seed % DEBRIEF_N(t.d, EVENT))->item.id;
				c = set_draw(&t, sizes[i][0], sizes[i][1]);
				set_text(&text, c);
				if (strstr(text.data, t.ascii ? ">" : "►") == NULL)
					fail_msg("the cursor is out of sight:\n%s", text.data);
				canvas_free(c);
			}
	}
	buf_fini(&text);
	set_fini(&t);
}

static void
strips_show_every_event(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct debrief *d = random_debrief_of_events(seed * 71, 1 + seed % 50);
		struct zone *utc = zone_open("UTC", NULL);
		struct scene sc = { .d = d, .zone = utc, .reviewing = true };
		struct pane_state s = { .layout = seed % 2 ? TIMELINE_WHOLE : TIMELINE_FOLDED };
		struct canvas *c = canvas_new(40, 300, false);
		size_t n = 0, clocks = 0;
		for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++)
			clocks += event_has_clock(event_of(d, i));
		if (clocks > 0) {
			assert_true(lanes_draw(&s, &sc, c, (struct rect){ 0, 0, 40, 300 }));
			for (int y = 4; y < 4 + 7; y++)
				n += events_in_strip(c, y, 0);
			assert_int_equal(n, DEBRIEF_N(d, EVENT));
		}
		canvas_free(c);
		zone_free(utc);
		debrief_free(d);
	}
}

/* A number told three times is a curve; less, or without a unit, is none. */
static void
numbers_told_are_a_curve(void **state)
{
	static const char *const told[] = { "5xx 0.2 % to 9 %", "cache miss 0.96", "step 4", "step 5",
		"step 6", "5xx 4 %", "5xx 1.5 %" };
	struct debrief *d = debrief_new(id_make(3));
	struct canvas *c = canvas_new(2, 60, false);
	struct series s = { 0 };
	struct scale scale;

	(void)state;
	for (size_t i = 0; i < 7; i++) {
		struct event *e = (struct event *)item_new(KIND_EVENT, id_make(50 + i));
		assert_false(curve_of(d, &s));
		e->at_ns = (1784000000 + (int64_t)i * 60) * NS_PER_S;
		e->text = mem_dup(told[i]);
		debrief_put(d, KIND_EVENT, &e->item);
		debrief_sort(d, KIND_EVENT);
	}
	assert_true(curve_of(d, &s));
	assert_string_equal(s.name, "5xx");
	assert_string_equal(s.unit, "%");
	assert_int_equal(s.n, 4); /* of the first both */
	assert_true(s.most == 9);
	scale = scale_of(d, 10, 49, true);
	curve_draw(&s, &scale, c, (struct rect){ 0, 0, 2, 60 }, 1);
	assert_int_equal(canvas_row(c, 0)[10].glyph, 0x2588); /* 9 at the first */
	assert_in_range(canvas_row(c, 0)[30].glyph, 0x2581, 0x2587); /* on the way down to 4 */
	assert_int_equal(canvas_row(c, 1)[30].glyph, 0x2588);
	assert_int_equal(canvas_row(c, 0)[50].glyph, ' '); /* 4 is less than half */
	assert_int_equal(canvas_row(c, 1)[58].glyph, 0x2583); /* 1.5 of 9, of sixteen steps */
	assert_int_equal(canvas_row(c, 1)[59].glyph, ' ');
	scale_fini(&scale);
	series_fini(&s);
	canvas_free(c);
	debrief_free(d);
}

/* A long label goes on where its row is empty, right of its mark or left of it; two of them share
 * what is between. */
static void
long_labels_go_on(void **state)
{
	static const char text[] = "seventy columns of words so that more than the usual 48 are asked for";
	struct debrief *d = debrief_new(id_make(3));
	struct lanes_look look = { .area = { 0, 0, 2, 260 }, .whole = true };
	struct lanes l;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct event *e = (struct event *)item_new(KIND_EVENT, id_make(50 + i));
		e->at_ns = (1784000000 + (int64_t)i * 600) * NS_PER_S;
		e->text = mem_dup(text);
		debrief_put(d, KIND_EVENT, &e->item);
		debrief_sort(d, KIND_EVENT);
	}
	for (int cols = 260; cols > 120; cols -= 10) {
		look.area.w = cols;
		lanes_of(d, &look, &l);
		assert_int_equal(l.n_marks, 2);
		assert_true(l.marks[0].label_x > l.marks[0].x && l.marks[1].label_x < l.marks[1].x);
		for (int i = 0; i < 2; i++) {
			assert_true(l.marks[i].label_cols > 48);
			assert_true(cols < 170 || l.marks[i].label_cols == (int)strlen(text));
		}
		assert_true(l.marks[0].row != l.marks[1].row ||
			    l.marks[0].label_x + l.marks[0].label_cols < l.marks[1].label_x);
		lanes_fini(&l);
	}
	debrief_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_follow_time),
		cmocka_unit_test(parts_cover_all),
		cmocka_unit_test(folds_are_by_the_rule),
		cmocka_unit_test(lanes_keep_apart),
		cmocka_unit_test(windows_hold_their_event),
		cmocka_unit_test(ticks_are_round_and_apart),
		cmocka_unit_test(zoom_goes_both_ways),
		cmocka_unit_test(every_zoom_draws),
		cmocka_unit_test(strips_show_every_event),
		cmocka_unit_test(numbers_told_are_a_curve),
		cmocka_unit_test(long_labels_go_on),
	};

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
