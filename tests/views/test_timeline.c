/* Gaps, days and phases as rows, and the panes of lists at every size. */
#include "tests/views/scene.h"
#include "views/timeline.h"
#include "views/timeline_fold.h"
#include "views/timeline_phases.h"

static const struct rows_look plain = { false, 0 };

static void
add(struct debrief *d, int n, int64_t at_s, int phase)
{
	struct event *e = (struct event *)item_new(KIND_EVENT, id_make((uint64_t)n + 10));
	char order[16];

	snprintf(order, sizeof order, "i%04d00", n);
	e->item.order = mem_dup(order);
	e->item.number = n;
	e->at_ns = at_s * NS_PER_S;
	e->phase = phase;
	e->text = mem_fmt("event %d", n);
	debrief_put(d, KIND_EVENT, &e->item);
}

static size_t
rows_of(const struct timeline_rows *r, enum row_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		n += r->v[i].kind == kind;
	return n;
}

static void
test_threshold(void **state)
{
	int64_t minute = 60 * NS_PER_S;
	int64_t even[] = { minute, minute, minute },
		wide[] = { 10 * minute, 2 * minute, 3 * minute, 4 * minute, 100 * minute };

	(void)state;
	assert_int_equal(fold_threshold(even, 3, 10 * minute), 6 * minute);
	assert_int_equal(fold_threshold(NULL, 0, 0), 5 * minute);
	assert_int_equal(fold_threshold(wide, 5, 100 * minute), 24 * minute);
	assert_int_equal(fold_threshold(even, 3, 1000 * minute), 80 * minute);
}

static void
test_gaps(void **state)
{
	struct zone *utc = zone_open("UTC", NULL);
	struct debrief *d = debrief_new(id_make(1));
	struct timeline_rows r;

	(void)state;
	for (int i = 0; i < 20; i++)
		add(d, i, i * 30 + (i >= 10 ? 3600 : 0), PHASE_NONE);
	debrief_sort(d, KIND_EVENT);
	r = timeline_rows(d, utc, &plain);
	assert_int_equal(rows_of(&r, ROW_EVENT), 20);
	assert_int_equal(rows_of(&r, ROW_GAP), 1);
	assert_int_equal(rows_of(&r, ROW_DATE), 0);
	assert_int_equal(r.v[10].kind, ROW_GAP);
	assert_int_equal(r.v[10].event, 9);
	assert_int_equal(r.v[10].length, 3630 * NS_PER_S);
	timeline_rows_fini(&r);
	debrief_free(d);
	zone_free(utc);
}

static void
test_days(void **state)
{
	struct zone *berlin = zone_open("Europe/Berlin", NULL);
	struct debrief *d = debrief_new(id_make(1));
	struct timeline_rows r;

	(void)state;
	assert_non_null(berlin);
	/* 2026-10-24T21:30Z is 23:30 there, two hours on is the next day. */
	add(d, 1, 1792877400, PHASE_STARTED);
	add(d, 2, 1792877400 + 3600, PHASE_DETECTED);
	add(d, 3, 1792877400 + 26 * 3600, PHASE_RESOLVED);
	debrief_sort(d, KIND_EVENT);
	r = timeline_rows(d, berlin, &plain);
	assert_true(r.several_days);
	assert_int_equal(rows_of(&r, ROW_DATE), 3);
	assert_int_equal(r.v[0].kind, ROW_DATE);
	assert_int_equal(r.v[1].stretch, STRETCH_DETECT);
	for (size_t i = 0; i < r.n; i++)
		if (r.v[i].kind == ROW_EVENT && r.v[i].event == 1)
			assert_int_equal(r.v[i].length, 3600 * NS_PER_S);
	timeline_rows_fini(&r);
	debrief_free(d);
	zone_free(berlin);
}

/* The day of every event by the cursor is the day by the zone. */
static void
test_days_against_zone(void **state)
{
	static const char *const names[] = { "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia",
		"America/New_York" };

	(void)state;
	for (size_t z = 0; z < sizeof names / sizeof *names; z++) {
		struct zone *zone = zone_open(names[z], NULL);
		struct debrief *d = debrief_new(id_make(1));
		struct timeline_rows r;
		int64_t last = TIME_NONE;
		size_t changes = 0;

		assert_non_null(zone);
		for (int i = 0; i < 3000; i++)
			add(d, i, INT64_C(1324000000) + i * 11117, PHASE_NONE);
		debrief_sort(d, KIND_EVENT);
		r = timeline_rows(d, zone, &plain);
		for (size_t i = 0; i < 3000; i++) {
			struct civil t = zone_civil(zone, DEBRIEF_AT(d, EVENT, event, i)->at_ns);
			int64_t day = day_of_civil(t.year, t.month, t.day);
			changes += day != last;
			last = day;
		}
		assert_int_equal(rows_of(&r, ROW_DATE), changes);
		timeline_rows_fini(&r);
		debrief_free(d);
		zone_free(zone);
	}
}

static const int sizes[][2] = { { 20, 5 }, { 30, 8 }, { 50, 18 }, { 80, 24 }, { 120, 40 },
	{ 200, 50 }, { 300, 80 } };
static const char *const data[] = { "incident.data", "hostile.data", "full.data", "days.data" };

/* Does the pane list something, with a cursor of its own in front of it? */
static bool
has_items(const struct stage_set *t)
{
	if (t->view == &view_timeline)
		return DEBRIEF_N(t->d, EVENT) > 0;
	return t->view == &view_actions && DEBRIEF_N(t->d, ACTION) > 0;
}

/* Every pane at every size, wherever the cursor is: an exact rectangle, and the cursor in sight. */
static void
test_every_size(void **state)
{
	(void)state;
	for (size_t k = 0; k < sizeof data / sizeof *data; k++) {
		struct stage_set t;
		char line[64];
		struct buf text = { 0 };

		set_init(&t);
		snprintf(line, sizeof line, "use %s", data[k]);
		set_line(&t, line);
		for (size_t v = 0; v < n_views; v++)
			for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
				struct rect pane = { .w = sizes[i][0], .h = sizes[i][1] };
				t.view = views[v];
				for (int step = 0; step < 12; step++) {
					struct view_answer a = { 0 };
					struct canvas *c = set_draw(&t, sizes[i][0], sizes[i][1]);
					set_text(&text, c);
					if (has_items(&t) && strstr(text.data, "►") == NULL)
						fail_msg(
						    "the cursor is out of sight:\n%s", text.data);
					canvas_free(c);
					t.view->verb(&t.s, &t.sc, step < 6 ? DO_DOWN : DO_PAGE_DOWN,
					    pane, &a);
					view_fini_answer(&a);
				}
			}
		buf_fini(&text);
		set_fini(&t);
	}
}

/* However odd the frame. */
static void
test_odd_sizes(void **state)
{
	struct stage_set t;
	struct buf text = { 0 };

	(void)state;
	set_init(&t);
	set_line(&t, "use hostile.data");
	for (size_t v = 0; v < n_views; v++)
		for (int rows = 1; rows < 60; rows += rows < 12 ? 1 : 7)
			for (int cols = 1; cols < 260; cols += cols < 40 ? 3 : 17) {
				struct canvas *c;
				t.view = views[v];
				c = set_draw(&t, cols, rows);
				set_text(&text, c);
				canvas_free(c);
			}
	buf_fini(&text);
	set_fini(&t);
}

/* What a list has out of sight it counts: with what is seen, all there is. */
static void
test_lists_count(void **state)
{
	struct stage_set t;

	(void)state;
	set_init(&t);
	set_line(&t, "use full.data");
	t.view = &view_timeline;
	for (int step = 0; step < 70; step++) {
		struct view_answer a = { 0 };
		struct canvas *c = set_draw(&t, 80, 24);
		struct buf text = { 0 };
		size_t n = 0;
		char *p;
		set_text(&text, c);
		for (p = text.data; (p = strstr(p, "Event number ")) != NULL; p++)
			n++;
		n--; /* the strip names the selected one again */
		for (p = text.data; (p = strstr(p, " more")) != NULL; p++) {
			char *q = p;
			while (q[-1] >= '0' && q[-1] <= '9')
				q--;
			n += strtoul(q, NULL, 10);
		}
		assert_int_equal(n, 60);
		t.view->verb(&t.s, &t.sc, DO_DOWN, (struct rect){ .w = 80, .h = 17 }, &a);
		view_fini_answer(&a);
		buf_fini(&text);
		canvas_free(c);
	}
	set_fini(&t);
}

/* Two accounts of one moment stand beside each other although an event came between: the quiet after
 * the three is reached from below and from above, and is that between the right two events. */
static void
test_quiet_after_accounts(void **state)
{
	struct rect pane = { .w = 80, .h = 17 };
	struct view_answer a = { 0 };
	struct stage_set t;
	struct quiet q;

	(void)state;
	set_init(&t);
	set_line(&t, "set timezone=UTC day=2026-07-14");
	set_line(&t, "event add 14:00 \"it began\" source=metric");
	set_line(&t, "event add 14:01 \"a page\" source=fern certainty=account");
	set_line(&t, "event add 14:01:20 \"between\" source=metric");
	set_line(&t, "event add 14:01:40 \"no page\" source=kit certainty=account");
	set_line(&t, "event add 14:40 \"it ended\" source=metric");
	t.view = &view_timeline;
	t.select = mem_dup("E4");
	canvas_free(set_draw(&t, 80, 24));
	for (int i = 0; i < 3; i++) { /* to what came between, to the quiet, to the end */
		t.view->verb(&t.s, &t.sc, DO_DOWN, pane, &a);
		assert_int_equal(timeline_quiet(&t.sc, &t.s, &q), i == 1);
		if (i == 1) {
			struct buf text = { 0 };
			struct canvas *c;
			assert_string_equal(q.before->text, "no page");
			assert_string_equal(q.after->text, "it ended");
			free(t.select);
			t.select = NULL;
			c = set_draw(&t, 80, 24);
			set_text(&text, c);
			assert_non_null(strstr(text.data, "►            · · ·  38 min"));
			assert_true(timeline_quiet(&t.sc, &t.s, &q));
			buf_fini(&text);
			canvas_free(c);
		}
	}
	assert_string_equal(timeline_event(&t.sc, &t.s)->text, "it ended");
	t.view->verb(&t.s, &t.sc, DO_UP, pane, &a);
	assert_true(timeline_quiet(&t.sc, &t.s, &q));
	assert_string_equal(q.before->text, "no page");
	t.view->verb(&t.s, &t.sc, DO_UP, pane, &a);
	assert_string_equal(timeline_event(&t.sc, &t.s)->text, "between");
	t.view->verb(&t.s, &t.sc, DO_NEXT, pane, &a);
	assert_true(timeline_quiet(&t.sc, &t.s, &q));
	set_fini(&t);
}

/* Quiet that has a name is not told once more, though what has no clock time comes after the name. */
static void
test_named_quiet(void **state)
{
	struct stage_set t;
	struct timeline_rows r;

	(void)state;
	set_init(&t);
	set_line(&t, "set timezone=UTC day=2026-07-14");
	set_line(&t, "event add 14:00 \"it began\"");
	set_line(&t, "event add 14:01 \"nobody looked\" kind=gap");
	set_line(&t, "event add 14:02 \"somewhere in it\" precision=order");
	set_line(&t, "event add 14:40 \"it went on\"");
	set_line(&t, "event add 15:20 \"it ended\"");
	r = timeline_rows(t.d, t.zone, &plain);
	assert_int_equal(rows_of(&r, ROW_GAP), 0);
	timeline_rows_fini(&r);
	set_line(&t, "event set E2 kind=observation");
	for (int i = 0; i < 9; i++)
		set_line(&t, "event add 15:20 \"more\"");
	r = timeline_rows(t.d, t.zone, &plain);
	assert_int_equal(rows_of(&r, ROW_GAP), 2);
	timeline_rows_fini(&r);
	set_line(&t, "event set E2 kind=gap");
	r = timeline_rows(t.d, t.zone, &plain);
	assert_int_equal(rows_of(&r, ROW_GAP), 1);
	timeline_rows_fini(&r);
	set_fini(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_threshold),
		cmocka_unit_test(test_gaps),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_days_against_zone),
		cmocka_unit_test(test_every_size),
		cmocka_unit_test(test_odd_sizes),
		cmocka_unit_test(test_lists_count),
		cmocka_unit_test(test_quiet_after_accounts),
		cmocka_unit_test(test_named_quiet),
	};

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
