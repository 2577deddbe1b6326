/* Time to columns and back, and where labels go. */
#include <stdio.h>

#include "tests/views/scene.h"
#include "base/when.h"
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

/* Events at random moments, bursts and long silences among them, in a few sources. */
static struct debrief *
random_debrief_of_events(uint64_t seed, size_t n)
{
	struct debrief *d = debrief_new(id_make(seed));
	int64_t at = 1784000000 * NS_PER_S;

	for (size_t i = 0; i < n; i++) {
		struct event *e =
		    (struct event *)item_new(KIND_EVENT, id_make(seed * 1000 + i + 1));
		static const char *const sources[] = { "deploy", "metric", "human", "chat", "user" };
		static const char *const texts[] = { "a", "a longer text of what was seen",
			"日本語のテキスト", "e\xcc\x81t\xc3\xa9",
			"something that is so long that it fits in no window of a terminal at all" };
		at += dice(&seed) % 10 == 0 ? (int64_t)(dice(&seed) % 36000) * NS_PER_S
					    : (int64_t)(dice(&seed) % 300) * NS_PER_S;
		e->at_ns = at;
		e->text = mem_dup(texts[dice(&seed) % 5]);
		e->source = mem_dup(sources[dice(&seed) % 5]);
		debrief_put(d, KIND_EVENT, &e->item);
	}
	debrief_sort(d, KIND_EVENT);
	return d;
}

static void
columns_follow_time(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct debrief *d = random_debrief_of_events(seed * 77, 1 + seed % 60);
		int cols = 20 + (int)(seed * 7 % 200), last = -1;
		struct scale s = scale_of(d, 3, cols, seed % 5 == 0);
		for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++) {
			int x = scale_x(&s, DEBRIEF_AT(d, EVENT, event, i)->at_ns);
			assert_true(x >= last);
			assert_true(x >= 3 && x <= 3 + cols);
			last = x;
		}
		for (int x = 3; x < 3 + cols; x++) { /* back, outside of the folds */
			bool folded = false;
			for (size_t i = 0; i < s.n; i++)
				folded |= (s.v[i].folded || s.v[i].from_ns == s.v[i].to_ns) &&
					  x >= s.v[i].x - 1 && x <= s.v[i].x + s.v[i].cols;
			if (!folded && x < s.v[s.n - 1].x + s.v[s.n - 1].cols)
				assert_true(abs(scale_x(&s, scale_t(&s, x)) - x) <= 1);
		}
		scale_fini(&s);
		debrief_free(d);
	}
}

/* Only what the rule folds is folded, and all of that. */
static void
folds_are_by_the_rule(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct debrief *d = random_debrief_of_events(seed * 991, 2 + seed % 40);
		size_t n = DEBRIEF_N(d, EVENT), want = 0, got = 0;
		int64_t *gaps = mem_alloc(n * sizeof *gaps), *sorted = mem_alloc(n * sizeof *sorted),
			least;
		struct scale s = scale_of(d, 0, 120, false);
		for (size_t i = 0; i + 1 < n; i++)
			sorted[i] = gaps[i] = DEBRIEF_AT(d, EVENT, event, i + 1)->at_ns -
					      DEBRIEF_AT(d, EVENT, event, i)->at_ns;
		least = fold_threshold(sorted, n - 1,
		    DEBRIEF_AT(d, EVENT, event, n - 1)->at_ns - DEBRIEF_AT(d, EVENT, event, 0)->at_ns);
		for (size_t i = 0; i + 1 < n; i++)
			want += gaps[i] > least;
		for (size_t i = 0; i < s.n; i++)
			got += s.v[i].folded;
		assert_int_equal(got, want);
		scale_fini(&s);
		free(gaps);
		free(sorted);
		debrief_free(d);
	}
}

static void
no_two_labels_overlap(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct debrief *d = random_debrief_of_events(seed * 313, 1 + seed % 80);
		struct rect area = { 4, 0, 6 + (int)(seed % 30), 60 + (int)(seed * 3 % 200) };
		struct lanes l;
		size_t seen = 0;
		lanes_of(d, area, 9, false, &l);
		assert_int_equal(l.n_marks, DEBRIEF_N(d, EVENT));
		for (size_t i = 0; i < l.n; i++) {
			assert_true(l.v[i].rows <= LANE_ROWS_MOST);
			assert_true(l.v[i].rows == 0 ||
				    (l.v[i].y >= area.y && l.v[i].y + l.v[i].rows <= area.y + area.h));
			seen += l.v[i].rows == 0;
		}
		assert_int_equal(seen, l.left_out);
		for (size_t i = 0; i < l.n_marks; i++) {
			const struct lane_mark *a = &l.marks[i];
			assert_true(a->label_cols == 0 ||
				    (a->label_x >= area.x && a->label_x + a->label_cols <= area.x + area.w));
			for (size_t j = 0; j < i && a->label_cols > 0; j++) {
				const struct lane_mark *b = &l.marks[j];
				if (b->label_cols == 0 || a->lane != b->lane || a->row != b->row)
					continue;
				assert_true(a->label_x + a->label_cols <= b->label_x ||
					    b->label_x + b->label_cols <= a->label_x);
			}
		}
		lanes_fini(&l);
		debrief_free(d);
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
	scale_fini(&s);
	debrief_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_follow_time),
		cmocka_unit_test(folds_are_by_the_rule),
		cmocka_unit_test(no_two_labels_overlap),
		cmocka_unit_test(ticks_are_round_and_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
