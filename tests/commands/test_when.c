#include <stdio.h>

#include "tests/commands/scene.h"

static void
check_when(struct world *w, const char *text, const char *want, int precision)
{
	struct err e = { 0 };
	char got[TIME_TEXT];
	int64_t at_ns;
	int p = -1;

	if (!command_when(&w->s, text, &at_ns, &p, &e))
		fail_msg("%s: %s", text, e.text);
	if (strcmp(time_text(at_ns, got), want) != 0 || p != precision)
		fail_msg("%s is %s (%d), wanted %s (%d)", text, got, p, want, precision);
}

static void
check_no_when(struct world *w, const char *text, enum err_kind kind, const char *part)
{
	struct err e = { 0 };
	int64_t at_ns = 5;
	int p = 5;

	assert_false(command_when(&w->s, text, &at_ns, &p, &e));
	if (e.kind != kind || strstr(e.text, part) == NULL)
		fail_msg("%s: %d %s", text, (int)e.kind, e.text);
	assert_int_equal(at_ns, 5);
	assert_int_equal(p, 5);
}

static void
all_forms_in_utc(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, "UTC");
	assert_true(date_parse("2017-01-31", &w.d->day));
	check_when(&w, "now", "2026-11-22T12:00:00Z", PRECISION_EXACT);
	check_when(&w, "2017-01-31T23:27:05Z", "2017-01-31T23:27:05Z", PRECISION_EXACT);
	check_when(&w, "2017-01-31T23:27:05.25Z", "2017-01-31T23:27:05.25Z", PRECISION_EXACT);
	check_when(&w, "2017-01-31T23:27:05+02:00", "2017-01-31T21:27:05Z", PRECISION_EXACT);
	check_when(&w, "2017-01-31 23:27:05-05:30", "2017-02-01T04:57:05Z", PRECISION_EXACT);
	check_when(&w, "2017-01-31T23:27", "2017-01-31T23:27:00Z", PRECISION_MINUTE);
	check_when(&w, "2017-01-31 23:27", "2017-01-31T23:27:00Z", PRECISION_MINUTE);
	check_when(&w, "2017-01-31T23:27Z", "2017-01-31T23:27:00Z", PRECISION_MINUTE);
	check_when(&w, "2017-01-31T23:27+01:00", "2017-01-31T22:27:00Z", PRECISION_MINUTE);
	check_when(&w, "2017-01-31T23:27:05", "2017-01-31T23:27:05Z", PRECISION_EXACT);
	check_when(&w, "2017-01-31T23:27:05.5", "2017-01-31T23:27:05.5Z", PRECISION_EXACT);
	check_when(&w, "23:27", "2017-01-31T23:27:00Z", PRECISION_MINUTE);
	check_when(&w, "23:27:00", "2017-01-31T23:27:00Z", PRECISION_EXACT);
	check_when(&w, "9:05", "2017-01-31T09:05:00Z", PRECISION_MINUTE);
	world_fini(&w);
}

/* A day is all that is missing: only then may it be asked for. */
static void
a_day_is_asked_for_where_it_helps(void **state)
{
	static const char *const wants[] = { "event add 14:05 x", "event add 14:05:09 x kind=alert" };
	static const char *const not[] = { "event add now x", "event add 2017-01-31T14:05 x",
		"event add 25:05 x", "event add 14:05", "event add 14:05 x kind=nothing", "event ad 14:05 x",
		"", "event add +5m x", "card add a 14:05" };
	struct world w;

	(void)state;
	world_init(&w, "UTC");
	for (size_t i = 0; i < sizeof wants / sizeof *wants; i++)
		assert_true(command_wants_day(&w.s, wants[i]));
	for (size_t i = 0; i < sizeof not / sizeof *not; i++)
		if (command_wants_day(&w.s, not[i]))
			fail_msg("\"%s\" wants a day", not[i]);
	assert_true(w.d->day == TIME_NONE);
	world_must(&w, "set day=yesterday");
	assert_false(command_wants_day(&w.s, wants[0]));
	world_fini(&w);
}

static void
bare_times_follow_the_last_event(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, "Europe/Berlin");
	check_no_when(&w, "23:27", ERR_REFUSED, "no date");
	check_no_when(&w, "+5m", ERR_REFUSED, "none");
	assert_true(date_parse("2017-01-31", &w.d->day));
	check_when(&w, "00:30", "2017-01-30T23:30:00Z", PRECISION_MINUTE);
	check_no_when(&w, "+5m", ERR_REFUSED, "none");
	/* 23:30 UTC is the next day in Berlin: its date there is the one that counts. */
	assert_true(time_parse("2017-02-02T23:30:00Z", &w.s.last_event_ns));
	check_when(&w, "00:10", "2017-02-02T23:10:00Z", PRECISION_MINUTE);
	check_when(&w, "23:50:10", "2017-02-03T22:50:10Z", PRECISION_EXACT);
	check_when(&w, "+5m", "2017-02-02T23:35:00Z", PRECISION_MINUTE);
	check_when(&w, "+90s", "2017-02-02T23:31:30Z", PRECISION_EXACT);
	check_when(&w, "+1h30m", "2017-02-03T01:00:00Z", PRECISION_MINUTE);
	world_fini(&w);
}

static void
gaps_and_overlaps_name_both_offsets(void **state)
{
	struct world w;

	(void)state;
	world_init(&w, "Europe/Berlin");
	check_no_when(&w, "2026-03-29T02:30", ERR_REFUSED, "+01:00");
	check_no_when(&w, "2026-03-29T02:30", ERR_REFUSED, "+02:00");
	check_no_when(&w, "2026-03-29T02:30", ERR_REFUSED, "never was");
	check_no_when(&w, "2026-10-25T02:30:00", ERR_REFUSED, "was twice");
	check_no_when(&w, "2026-10-25T02:30:00", ERR_REFUSED, "+01:00");
	check_no_when(&w, "2026-10-25T02:30:00", ERR_REFUSED, "+02:00");
	check_when(&w, "2026-03-29T01:59", "2026-03-29T00:59:00Z", PRECISION_MINUTE);
	check_when(&w, "2026-03-29T03:00", "2026-03-29T01:00:00Z", PRECISION_MINUTE);
	check_when(&w, "2026-10-25T01:59", "2026-10-24T23:59:00Z", PRECISION_MINUTE);
	check_when(&w, "2026-10-25T03:00", "2026-10-25T02:00:00Z", PRECISION_MINUTE);
	/* Said with its offset it is one moment. */
	check_when(&w, "2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00Z", PRECISION_EXACT);
	check_when(&w, "2026-10-25T02:30+02:00", "2026-10-25T00:30:00Z", PRECISION_MINUTE);
	assert_true(date_parse("2026-03-29", &w.d->day));
	check_no_when(&w, "02:15", ERR_REFUSED, "never was");
	world_fini(&w);
}

static void
every_minute_of_a_year_is_told_apart(void **state)
{
	struct world w;
	int64_t t_ns, back_ns;
	int gaps = 0, p;

	(void)state;
	world_init(&w, "Europe/Berlin");
	assert_true(time_parse("2026-01-01T00:07:00Z", &t_ns));
	for (int i = 0; i < 8760; i++, t_ns += 3600 * NS_PER_S) {
		struct civil c = zone_civil(w.zone, t_ns);
		struct err e = { 0 };
		char text[64];
		snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d", c.year, c.month, c.day,
		    c.hour, c.minute);
		if (command_when(&w.s, text, &back_ns, &p, &e))
			assert_true(back_ns == t_ns);
		else
			gaps++;
	}
	assert_int_equal(gaps, 2); /* the hour that is twice */
	world_fini(&w);
}

static void
impossible_times_are_refused(void **state)
{
	static const char *const impossible[] = { "2017-02-30T10:00", "2017-13-01T10:00",
		"2017-01-31T24:00", "2017-01-31T23:60", "2017-02-29T10:00:00Z",
		"2017-01-31T23:27:61Z", "25:00", "23:99", "0000-01-01T00:00", "9999-12-31T23:59",
		"2017-01-31T23:27:05+99:00" };
	static const char *const nonsense[] = { "", "yesterday", "soon", "2017-01-31", "23",
		"23:", ":27", "23:2", "23:27:5", "23:27x", "+", "+5", "+5x", "-5m", "+-5m",
		"2017-1-31T10:00", "2017-01-31X10:00", "2017-01-31T10:00 ", "NOW", "23:27:05.",
		"1e3" };
	struct world w;

	(void)state;
	world_init(&w, "UTC");
	assert_true(date_parse("2017-01-31", &w.d->day));
	assert_true(time_parse("2017-01-31T20:00:00Z", &w.s.last_event_ns));
	for (size_t i = 0; i < sizeof impossible / sizeof *impossible; i++)
		check_no_when(&w, impossible[i], ERR_REFUSED, "nothing was changed");
	for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++)
		check_no_when(&w, nonsense[i], ERR_USAGE, "nothing was changed");
	check_no_when(&w, "+999999999999h", ERR_USAGE, "nothing was changed");
	world_fini(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_forms_in_utc),
		cmocka_unit_test(a_day_is_asked_for_where_it_helps),
		cmocka_unit_test(bare_times_follow_the_last_event),
		cmocka_unit_test(gaps_and_overlaps_name_both_offsets),
		cmocka_unit_test(every_minute_of_a_year_is_told_apart),
		cmocka_unit_test(impossible_times_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
