/* Numbers told by events: read by rules, silent where there are none. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/series.h"

static void
reads(const char *text, const char *name, double want, const char *unit)
{
	char got_unit[16];
	double got;

	if (!series_read(text, name, &got, got_unit))
		fail_msg("nothing read: %s", text);
	if (fabs(got - want) > 1e-9)
		fail_msg("%s: %g, wanted %g", text, got, want);
	assert_string_equal(got_unit, unit);
}

static void
numbers_are_read(void **state)
{
	(void)state;
	reads("origin 690 RPS, 1.4 times usual", "origin", 690, "RPS");
	reads("Origin: 1,040 RPS", "origin", 1040, "RPS");
	reads("origin 1 200 RPS", "origin", 1200, "RPS");
	reads("5xx 0.2 % to 9 %", "5xx", 9, "%");
	reads("5xx 0.2 % → 9 %", "5xx", 9, "%");
	reads("p99 1.4 s: alarm rang", "p99", 1.4, "s");
	reads("cache miss ratio 0.96", "ratio", 0.96, "");
	reads("errors down, errors=2.3% now", "errors", 2.3, "%");
	reads("latency 40 to 90 ms", "latency", 90, "ms");
	reads("queue 12 and growing", "queue", 12, "");
}

static void
nothing_is_made_up(void **state)
{
	char unit[16];
	double v;

	(void)state;
	assert_false(series_read("origin is fine", "origin", &v, unit));
	assert_false(series_read("original 12", "origin", &v, unit));
	assert_false(series_read("my_origin 12", "origin", &v, unit));
	assert_false(series_read("", "origin", &v, unit));
	assert_false(series_read("12", "", &v, unit));
	assert_false(series_read("origin v12", "origin", &v, unit));
}

static void
the_usual_range(void **state)
{
	struct series s;

	(void)state;
	assert_true(series_steady("origin 400 to 480 RPS   p99 under 900 ms", &s));
	assert_string_equal(s.name, "origin");
	assert_string_equal(s.unit, "RPS");
	assert_true(s.low == 400 && s.high == 480);
	assert_true(series_steady("error rate 0.2 %", &s));
	assert_string_equal(s.name, "rate");
	assert_true(s.low == 0 && fabs(s.high - 0.2) < 1e-9);
	assert_false(series_steady("all is calm", &s));
	assert_false(series_steady(NULL, &s));
}

/* Lines from point to point; a peak within the stretch is not missed. */
static void
values_between(void **state)
{
	struct series_point v[] = { { 100, 10 }, { 200, 20 }, { 300, 60 }, { 300, 4 } };
	struct series s = { .v = v, .n = 4 };
	double got = 0;

	(void)state;
	assert_false(series_between(&s, 0, 100, &got));
	assert_true(series_between(&s, 0, 101, &got) && fabs(got - 10) < 1e-9);
	assert_true(series_between(&s, 150, 151, &got) && fabs(got - 15) < 1e-9);
	assert_true(series_between(&s, 250, 251, &got) && fabs(got - 40) < 1e-9);
	assert_true(series_between(&s, 290, 310, &got) && fabs(got - 60) < 1e-9);
	assert_true(series_between(&s, 300, 310, &got) && fabs(got - 4) < 1e-9);
	assert_true(series_between(&s, 900, INT64_MAX, &got) && fabs(got - 4) < 1e-9);
	s.n = 0;
	assert_false(series_between(&s, 0, 1000, &got));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_read),
		cmocka_unit_test(nothing_is_made_up),
		cmocka_unit_test(the_usual_range),
		cmocka_unit_test(values_between),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
