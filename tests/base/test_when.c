#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/when.h"
#include "tests/base/random.h"

static void
days_match_the_calendar(void **state)
{
	int64_t day = 0;

	(void)state;
	assert_int_equal(day_of_civil(1970, 1, 1), 0);
	assert_int_equal(day_of_civil(2000, 3, 1), 11017);
	assert_int_equal(day_of_civil(1969, 12, 31), -1);
	assert_int_equal(day_of_civil(0, 1, 1), -719528);
	/* Day by day: the next date is the next number, and back again. */
	for (int year = 0; year <= 9999; year += year % 100 == 98 ? 1 : 7) {
		static const int last[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
		day = day_of_civil(year, 1, 1);
		for (int month = 1; month <= 12; month++) {
			bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
			for (int d = 1; d <= last[month - 1] + (leap && month == 2); d++, day++) {
				char text[TIME_TEXT], want[48];
				int64_t back;
				assert_int_equal(day_of_civil(year, month, d), day);
				snprintf(want, sizeof want, "%04d-%02d-%02d", year, month, d);
				assert_string_equal(date_text(day, text), want);
				assert_true(date_parse(text, &back));
				assert_int_equal(back, day);
			}
		}
		assert_int_equal(day, day_of_civil(year + 1, 1, 1));
	}
}

static void
civil_is_the_library_s(void **state)
{
	uint64_t seed = 3;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		int64_t t = (int64_t)random_next(&seed);
		int64_t s = t / NS_PER_S - (t % NS_PER_S < 0);
		time_t then = (time_t)s;
		struct civil c = civil_of_ns(t);
		struct tm tm;
		gmtime_r(&then, &tm);
		assert_int_equal(c.year, tm.tm_year + 1900);
		assert_int_equal(c.month, tm.tm_mon + 1);
		assert_int_equal(c.day, tm.tm_mday);
		assert_int_equal(c.hour, tm.tm_hour);
		assert_int_equal(c.minute, tm.tm_min);
		assert_int_equal(c.second, tm.tm_sec);
		assert_true(c.ns >= 0 && c.ns < NS_PER_S);
		assert_true(civil_ok(&c));
		assert_true(ns_of_civil(&c, 0) == t);
	}
}

static void
text_goes_round(void **state)
{
	static const int64_t edges[] = { INT64_MAX, INT64_MIN + 1, 0, -1, 1, -NS_PER_S,
		NS_PER_S - 1, INT64_MIN + 145224193 };
	uint64_t seed = 9;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		int64_t t = i < 8 ? edges[i] : (int64_t)random_next(&seed), back = 0;
		char text[TIME_TEXT], again[TIME_TEXT];
		if (i % 3 == 0)
			t = t / NS_PER_S * NS_PER_S;
		if (t == TIME_NONE)
			continue;
		assert_true(time_parse(time_text(t, text), &back));
		assert_true(back == t);
		assert_string_equal(time_text(back, again), text);
	}
}

static void
times_as_written(void **state)
{
	static const struct {
		const char *text, *canonical;
	} cases[] = {
		{ "2026-07-14T14:09:05Z", "2026-07-14T14:09:05Z" },
		{ "2026-07-14 14:09:05z", "2026-07-14T14:09:05Z" },
		{ "2026-07-14t16:09:05+02:00", "2026-07-14T14:09:05Z" },
		{ "2026-01-01T00:30:00+05:45", "2025-12-31T18:45:00Z" },
		{ "2026-07-14T14:09:05-00:00", "2026-07-14T14:09:05Z" },
		{ "2026-07-14T14:09:05.120Z", "2026-07-14T14:09:05.12Z" },
		{ "2026-07-14T14:09:05.000000001Z", "2026-07-14T14:09:05.000000001Z" },
		{ "2026-07-14T14:09:05.000Z", "2026-07-14T14:09:05Z" },
		{ "2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z" },
		{ "2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z" },
		{ "1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z" },
		{ "1677-09-21T00:12:43.145224193Z", "1677-09-21T00:12:43.145224193Z" },
		{ "2262-04-11T23:47:16.854775807Z", "2262-04-11T23:47:16.854775807Z" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[TIME_TEXT];
		int64_t t;
		assert_true(time_parse(cases[i].text, &t));
		assert_string_equal(time_text(t, text), cases[i].canonical);
	}
}

static void
what_is_no_time(void **state)
{
	static const char *const bad[] = { "", "2026-07-14", "2026-07-14T14:09:05",
		"2026-07-14T14:09Z", "2026-07-14T14:09:05Z ", " 2026-07-14T14:09:05Z",
		"2026-7-14T14:09:05Z", "2026-07-14T24:00:00Z", "2026-07-14T14:60:05Z",
		"2026-07-14T14:09:61Z", "2026-02-30T14:09:05Z", "2025-02-29T14:09:05Z",
		"1900-02-29T14:09:05Z", "2026-13-01T14:09:05Z", "2026-00-01T14:09:05Z",
		"2026-01-00T14:09:05Z", "2026-07-14T14:09:05.Z", "2026-07-14T14:09:05.1234567890Z",
		"2026-07-14T14:09:05+24:00", "2026-07-14T14:09:05+02:60",
		"2026-07-14T14:09:05+0200", "2026-07-14T14:09:05+02", "+2026-07-14T14:09:05Z",
		"-026-07-14T14:09:05Z", "2026-07-14T14:09:05ZZ", "2026-07-14T14:09:05,5Z",
		"2026-07-14TT4:09:05Z", "2262-04-11T23:47:16.854775808Z",
		"1677-09-21T00:12:43.145224191Z", "9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z",
		"2026-07-14T1 :09:05Z",
		"\xd9\xa2-26-07-14T14:09:05Z" };
	static const char *const no_dates[] = { "", "2017-02-29", "2017-2-14", "2017-02-14 ",
		"17-02-14", "2017-02-14T", "2017/02/14", "2017-02-00", "2017-00-10", "-017-02-14" };
	int64_t t = 77;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(time_parse(bad[i], &t));
	for (size_t i = 0; i < sizeof no_dates / sizeof *no_dates; i++)
		assert_false(date_parse(no_dates[i], &t));
	assert_int_equal(t, 77);
}

/* Days as people say them, counted from a day; what is no day changes nothing. */
static void
days_as_people_say_them(void **state)
{
	static const struct {
		const char *text, *want;
	} good[] = { { "today", "2024-02-28" }, { "Tomorrow", "2024-02-29" },
		{ "yesterday", "2024-02-27" }, { "2d", "2024-03-01" }, { "+2d", "2024-03-01" },
		{ "-28d", "2024-01-31" }, { "0d", "2024-02-28" }, { "2w", "2024-03-13" },
		{ "-1W", "2024-02-21" }, { "366d", "2025-02-28" }, { "2017-01-31", "2017-01-31" } };
	static const char *const bad[] = { "", "d", "w", "+", "-", "14", "14x", "14d ", " 14d", "1d2d",
		"14m", "2 d", "--2d", "123456d", "soon", "2024-02-30", "todayy", "1.5d" };
	char text[TIME_TEXT];
	int64_t today, day = 77;

	(void)state;
	assert_true(date_parse("2024-02-28", &today));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(date_said(bad[i], today, &day));
	assert_int_equal(day, 77);
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(date_said(good[i].text, today, &day));
		assert_string_equal(date_text(day, text), good[i].want);
	}
}

/* Every byte changed to something else is refused or another time, never read past the end. */
static void
spoiled_times(void **state)
{
	static const char good[] = "2026-07-14T14:09:05.12+02:00";
	int64_t right, t;

	(void)state;
	assert_true(time_parse(good, &right));
	for (size_t i = 0; i < sizeof good - 1; i++)
		for (int c = 0; c < 256; c++) {
			char text[sizeof good];
			memcpy(text, good, sizeof good);
			text[i] = (char)c;
			if (time_parse(text, &t) && text[i] != good[i])
				assert_true(t != right || (i == 10 && strchr("Tt ", c) != NULL));
		}
}

static void
durations(void **state)
{
	static const struct {
		const char *text;
		int64_t s;
	} good[] = { { "90s", 90 }, { "5m", 300 }, { "1h30m", 5400 }, { "2d", 172800 },
		{ "-1h", -3600 }, { "+5m", 300 }, { "1d2h3m4s", 93784 }, { "0s", 0 },
		{ "100000d", INT64_C(8640000000) } };
	static const char *const bad[] = { "", "5", "-", "+", "m", "5x", "5m3", "3m5h", "5m5m",
		" 5m", "5m ", "5 m", "--5m", "1.5h", "9999999999s", "999999999d", "5M" };
	int64_t ns = 0;

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(duration_parse(good[i].text, &ns));
		assert_true(ns == good[i].s * NS_PER_S);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(duration_parse(bad[i], &ns));
}

static void
durations_for_people(void **state)
{
	static const struct {
		int64_t ns;
		const char *text;
	} cases[] = { { 45 * NS_PER_S, "45 s" }, { 0, "0 s" }, { -1, "0 s" },
		{ -5 * NS_PER_S, "-5 s" }, { 385 * NS_PER_S, "6:25" },
		{ 3600 * NS_PER_S, "1:00:00" }, { 3723 * NS_PER_S, "1:02:03" },
		{ (3 * 86400 + 4 * 3600 + 59) * NS_PER_S, "3 d 4 h" }, { -90 * NS_PER_S, "-1:30" },
		{ INT64_MIN, "-106751 d 23 h" }, { INT64_MAX, "106751 d 23 h" } };
	char text[TIME_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(duration_text(cases[i].ns, text), cases[i].text);
}

static void
clocks(void **state)
{
	int64_t a = clock_mono_ms();

	(void)state;
	for (int i = 0; i < 1000; i++) {
		int64_t b = clock_mono_ms();
		assert_true(b >= a);
		a = b;
	}
	assert_true(clock_now_ns() > INT64_C(1700000000) * NS_PER_S);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_match_the_calendar),
		cmocka_unit_test(civil_is_the_library_s),
		cmocka_unit_test(text_goes_round),
		cmocka_unit_test(times_as_written),
		cmocka_unit_test(what_is_no_time),
		cmocka_unit_test(spoiled_times),
		cmocka_unit_test(days_as_people_say_them),
		cmocka_unit_test(durations),
		cmocka_unit_test(durations_for_people),
		cmocka_unit_test(clocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
