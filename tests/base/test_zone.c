#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/when.h"
#include "tests/base/random.h"

static const char *const names[] = { "Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
	"Pacific/Apia", "Africa/Casablanca", "Asia/Kathmandu", "UTC", "Europe/Dublin",
	"America/Sao_Paulo", "Asia/Tehran", "America/Nuuk", "Africa/Cairo", "Asia/Gaza",
	"Antarctica/Troll", "Pacific/Chatham", "America/St_Johns", "Asia/Manila", "America/Juneau",
	"Pacific/Kwajalein", "Europe/Moscow", "America/Caracas", "Etc/GMT+12" };
enum { N_NAMES = sizeof names / sizeof *names };

static struct zone *
open_zone(const char *name)
{
	struct err e = { 0 };
	struct zone *z = zone_open(name, &e);

	if (z == NULL)
		fail_msg("%s: %s", name, e.text);
	return z;
}

static int64_t
at(const char *text)
{
	int64_t t = TIME_NONE;

	assert_true(time_parse(text, &t));
	return t;
}

static int64_t
floor_s(int64_t t_ns)
{
	return t_ns / NS_PER_S - (t_ns % NS_PER_S < 0);
}

/* The C library reads the same files by other code. */
static void
the_library_says_the_same(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (int i = 0; i < N_NAMES; i++) {
		struct zone *z = open_zone(names[i]);
		setenv("TZ", names[i], 1);
		tzset();
		for (int k = 0; k < 1500; k++) {
			/* 1880 to 2200 */
			int64_t s = (int64_t)(random_next(&seed) % UINT64_C(10098000000)) -
				    INT64_C(2840000000);
			time_t then = (time_t)s;
			struct civil c = zone_civil(z, s * NS_PER_S + 5);
			struct tm tm;
			localtime_r(&then, &tm);
			assert_int_equal(zone_offset_s(z, s * NS_PER_S), tm.tm_gmtoff);
			assert_string_equal(zone_abbrev(z, s * NS_PER_S), tm.tm_zone);
			assert_int_equal(c.year, tm.tm_year + 1900);
			assert_int_equal(c.day, tm.tm_mday);
			assert_int_equal(c.hour, tm.tm_hour);
			assert_int_equal(c.minute, tm.tm_min);
			assert_int_equal(c.second, tm.tm_sec);
			assert_int_equal(c.ns, 5);
		}
		assert_string_equal(zone_name(z), names[i]);
		zone_free(z);
	}
	unsetenv("TZ");
}

/* All moments that show `c`, found the slow way: with every offset in force within two days. */
static int
slow_moments(const struct zone *z, const struct civil *c, int64_t t_ns[8])
{
	int64_t local = ns_of_civil(c, 0);
	int n = 0, last = INT32_MIN;

	for (int64_t step = -48 * 4; step <= 48 * 4; step++) {
		int offset = zone_offset_s(z, local + step * 900 * NS_PER_S);
		int64_t t = local - offset * NS_PER_S;
		bool had = false;
		if (offset == last || zone_offset_s(z, t) != offset)
			continue;
		last = offset;
		for (int i = 0; i < n; i++)
			had = had || t_ns[i] == t;
		if (!had && n < 8)
			t_ns[n++] = t;
	}
	return n;
}

static void
check_moments(const struct zone *z, const struct civil *c)
{
	int64_t t[2] = { 0 }, slow[8];
	int offset[2], n = zone_moments(z, c, t, offset);

	assert_int_equal(n, slow_moments(z, c, slow));
	assert_true(n < 2 || t[0] < t[1]);
	for (int i = 0; i < n; i++) {
		struct civil back = zone_civil(z, t[i]);
		assert_memory_equal(&back, c, sizeof back);
		assert_int_equal(zone_offset_s(z, t[i]), offset[i]);
	}
	if (n == 0)
		assert_true(offset[0] < offset[1]);
	else if (n == 2)
		assert_true(offset[0] > offset[1]);
	else
		assert_int_equal(offset[0], offset[1]);
}

/* Around every change of a zone's clock, in the table and in the footer's years. */
static void
moments_are_exact_around_every_change(void **state)
{
	uint64_t seed = 2;

	(void)state;
	for (int i = 0; i < N_NAMES; i++) {
		struct zone *z = open_zone(names[i]);
		int before = zone_offset_s(z, at("1890-01-01T00:00:00Z")), changes = 0;
		for (int64_t s = floor_s(at("1890-01-01T00:00:00Z"));
		     s < floor_s(at("2060-01-01T00:00:00Z")); s += 43200) {
			int now = zone_offset_s(z, s * NS_PER_S);
			if (now == before)
				continue;
			before = now;
			if (++changes % 4 != 0)
				continue; /* enough of them */
			for (int k = 0; k < 12; k++) {
				int64_t t = (s - 43200 + random_below(&seed, 43200)) * NS_PER_S + 7;
				struct civil c = zone_civil(z, t);
				check_moments(z, &c);
				c = civil_of_ns(
				    t + (now + random_below(&seed, 9000) - 4500) * NS_PER_S);
				check_moments(z, &c);
			}
		}
		zone_free(z);
	}
}

struct moment_case {
	const char *zone, *local; /* as if UTC */
	int n;
	const char *first, *second;
	int before, after;
};

static void
known_changes(void **state)
{
	static const struct moment_case cases[] = {
		{ "Europe/Berlin", "2026-07-14T14:09:05Z", 1, "2026-07-14T12:09:05Z", NULL, 7200,
		    7200 },
		{ "Europe/Berlin", "2026-03-29T01:59:59Z", 1, "2026-03-29T00:59:59Z", NULL, 3600,
		    3600 },
		{ "Europe/Berlin", "2026-03-29T02:00:00Z", 0, NULL, NULL, 3600, 7200 },
		{ "Europe/Berlin", "2026-03-29T02:59:59Z", 0, NULL, NULL, 3600, 7200 },
		{ "Europe/Berlin", "2026-03-29T03:00:00Z", 1, "2026-03-29T01:00:00Z", NULL, 7200,
		    7200 },
		{ "Europe/Berlin", "2026-10-25T02:00:00Z", 2, "2026-10-25T00:00:00Z",
		    "2026-10-25T01:00:00Z", 7200, 3600 },
		{ "Europe/Berlin", "2026-10-25T03:00:00Z", 1, "2026-10-25T02:00:00Z", NULL, 3600,
		    3600 },
		{ "Europe/Berlin", "2100-10-31T02:30:00Z", 2, "2100-10-31T00:30:00Z",
		    "2100-10-31T01:30:00Z", 7200, 3600 },
		{ "Europe/Berlin", "2101-03-27T02:30:00Z", 0, NULL, NULL, 3600, 7200 },
		{ "America/New_York", "2007-03-11T02:30:00Z", 0, NULL, NULL, -18000, -14400 },
		{ "America/New_York", "2007-11-04T01:30:00Z", 2, "2007-11-04T05:30:00Z",
		    "2007-11-04T06:30:00Z", -14400, -18000 },
		{ "Australia/Lord_Howe", "2019-04-07T01:45:00Z", 2, "2019-04-06T14:45:00Z",
		    "2019-04-06T15:15:00Z", 39600, 37800 },
		{ "Australia/Lord_Howe", "2019-10-06T02:15:00Z", 0, NULL, NULL, 37800, 39600 },
		{ "Australia/Lord_Howe", "2019-10-06T02:30:00Z", 1, "2019-10-05T15:30:00Z", NULL,
		    39600, 39600 },
		{ "Pacific/Apia", "2011-12-29T23:59:59Z", 1, "2011-12-30T09:59:59Z", NULL, -36000,
		    -36000 },
		{ "Pacific/Apia", "2011-12-30T12:00:00Z", 0, NULL, NULL, -36000, 50400 },
		{ "Pacific/Apia", "2011-12-31T00:00:00Z", 1, "2011-12-30T10:00:00Z", NULL, 50400,
		    50400 },
		{ "Africa/Casablanca", "2019-05-05T02:30:00Z", 2, "2019-05-05T01:30:00Z",
		    "2019-05-05T02:30:00Z", 3600, 0 },
		{ "Africa/Casablanca", "2019-06-09T02:30:00Z", 0, NULL, NULL, 0, 3600 },
		{ "Asia/Kathmandu", "2020-01-01T00:00:00Z", 1, "2019-12-31T18:15:00Z", NULL, 20700,
		    20700 },
		{ "Asia/Kathmandu", "1986-01-01T00:10:00Z", 0, NULL, NULL, 19800, 20700 },
		{ "UTC", "2020-01-01T00:00:00Z", 1, "2020-01-01T00:00:00Z", NULL, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct moment_case *k = &cases[i];
		struct zone *z = open_zone(k->zone);
		struct civil c = civil_of_ns(at(k->local));
		int64_t t[2] = { 0 };
		int offset[2] = { 0 };
		assert_int_equal(zone_moments(z, &c, t, offset), k->n);
		assert_int_equal(zone_moments(z, &c, t, NULL), k->n);
		assert_int_equal(offset[0], k->before);
		assert_int_equal(offset[1], k->after);
		assert_true(k->n < 1 || t[0] == at(k->first));
		assert_true(k->n < 2 || t[1] == at(k->second));
		zone_free(z);
	}
}

static void
the_ends_of_time(void **state)
{
	(void)state;
	for (int i = 0; i < N_NAMES; i++) {
		struct zone *z = open_zone(names[i]);
		struct civil c = { .year = 9999, .month = 12, .day = 31, .hour = 23 };
		int64_t t[2];
		zone_civil(z, INT64_MAX);
		zone_civil(z, INT64_MIN);
		assert_non_null(zone_abbrev(z, INT64_MAX));
		assert_int_equal(zone_moments(z, &c, t, NULL), 0);
		c.year = 0;
		assert_int_equal(zone_moments(z, &c, t, NULL), 0);
		c = civil_of_ns(INT64_MAX);
		zone_moments(z, &c, t, NULL);
		c = civil_of_ns(INT64_MIN);
		zone_moments(z, &c, t, NULL);
		zone_free(z);
	}
}

static void
nonsense_says_what_to_write(void **state)
{
	static const char *const bad[] = { "", "CEST+", "Europe/Berlin ", "../../etc/passwd",
		"/etc/localtime", "Europe", "Europe/../Europe/Berlin", "europe/nowhere",
		"localtime", "posixrules", "right/Europe/Berlin", "posix/Europe/Berlin", "zone.tab",
		"tzdata.zi", "leapseconds", ".", "Europe/Berlin\n", "M\xc3\xbcnchen",
		"CET-1CEST,M3.5.0,M10.5.0/3", "Europe//" };
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		e = (struct err){ 0 };
		assert_null(zone_open(bad[i], &e));
		assert_int_equal(e.kind, ERR_REFUSED);
		assert_non_null(strstr(e.text, "Europe/Berlin"));
	}
	setenv("TZDIR", "/nowhere/zones", 1);
	assert_null(zone_open("Europe/Berlin", &e));
	assert_non_null(strstr(e.text, "/nowhere/zones"));
	assert_non_null(strstr(e.text, "tzdata"));
	zone_free(open_zone("UTC"));
	unsetenv("TZDIR");
	zone_free(NULL);
}

/* A file with one type, `n` changes and a footer. */
static void
write_zone(const char *footer, int n_changes)
{
	static const unsigned char first[44] =
	    "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\1";
	struct buf b = { 0 };
	unsigned char head[44];

	memcpy(head, first, sizeof head);
	buf_add(&b, head, sizeof head);
	buf_add(&b, "\0\0\0\0\0\0\0", 7);
	head[35] = (unsigned char)n_changes;
	head[39] = 2;
	head[43] = 8;
	buf_add(&b, head, sizeof head);
	for (int i = 0; i < n_changes; i++) {
		unsigned char time[8] = { 0, 0, 0, 0, (unsigned char)(i + 1), 0, 0, 0 };
		buf_add(&b, time, sizeof time);
	}
	for (int i = 0; i < n_changes; i++)
		buf_addc(&b, (char)(i % 2));
	buf_add(&b,
	    "\0\0\x0e\x10\0\0"
	    "\0\0\x1c\x20\1\4"
	    "AAA\0BBB\0",
	    20);
	buf_addf(&b, "\n%s\n", footer);
	assert_true(buf_write_file("Made", b.data, b.len, NULL));
	buf_fini(&b);
}

static int
enter_folder(void **state)
{
	char *dir = mem_dup("/tmp/debrief-zone-XXXXXX");

	*state = dir;
	return mkdtemp(dir) == NULL || chdir(dir) != 0 || setenv("TZDIR", dir, 1) != 0;
}

static int
leave_folder(void **state)
{
	unsetenv("TZDIR");
	unlink("Made");
	if (chdir("/") != 0 || rmdir(*state) != 0)
		return 1;
	free(*state);
	return 0;
}

static void
every_form_of_rule(void **state)
{
	static const struct {
		const char *footer, *when;
		int offset_s;
		const char *abbrev;
	} cases[] = {
		{ "XXX3", "2030-06-01T00:00:00Z", -10800, "XXX" },
		{ "<+0330>-3:30", "2030-06-01T00:00:00Z", 12600, "+0330" },
		{ "AAA-1BBB,M3.5.0,M10.5.0/3", "2030-03-31T00:59:59Z", 3600, "AAA" },
		{ "AAA-1BBB,M3.5.0,M10.5.0/3", "2030-03-31T01:00:00Z", 7200, "BBB" },
		{ "AAA-1BBB,M3.5.0,M10.5.0/3", "2030-10-27T00:59:59Z", 7200, "BBB" },
		{ "AAA-1BBB,M3.5.0,M10.5.0/3", "2030-10-27T01:00:00Z", 3600, "AAA" },
		{ "AAA3BBB2:30,M10.1.0/0,M3.1.0/0", "2030-01-15T00:00:00Z", -9000,
		    "BBB" }, /* the south */
		{ "AAA3BBB2:30,M10.1.0/0,M3.1.0/0", "2030-06-15T00:00:00Z", -10800, "AAA" },
		{ "AAA0BBB,J60/0,J61/0", "2028-02-29T12:00:00Z", 0,
		    "AAA" }, /* J60: 1 March, leap or not */
		{ "AAA0BBB,J60/0,J61/0", "2028-03-01T12:00:00Z", 3600, "BBB" },
		{ "AAA0BBB,J60/0,J61/0", "2029-03-01T12:00:00Z", 3600, "BBB" },
		{ "AAA0BBB,59/0,60/0", "2028-02-29T12:00:00Z", 3600, "BBB" }, /* 59: the 60th day */
		{ "AAA0BBB,59/0,60/0", "2029-03-01T12:00:00Z", 3600, "BBB" },
		{ "XXX3EDT4,0/0,J365/23", "2030-01-01T03:59:59Z", -14400,
		    "EDT" }, /* summer without end */
		{ "XXX3EDT4,0/0,J365/23", "2030-01-01T04:00:00Z", -14400, "EDT" },
		{ "XXX3EDT4,0/0,J365/23", "2030-07-01T04:00:00Z", -14400, "EDT" },
		{ "AAA0BBB,M1.1.0/-167,M6.1.0", "2030-12-31T00:00:00Z", 3600,
		    "BBB" }, /* begins the year before */
		{ "AAA0BBB,M12.5.0/167,M6.1.0", "2031-01-04T00:00:00Z", 0,
		    "AAA" }, /* begins the year after */
		{ "AAA0BBB,M12.5.0/167,M6.1.0", "2031-01-06T00:00:00Z", 3600, "BBB" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		for (int n = 0; n < 3; n += 2) {
			struct zone *z;
			struct civil c;
			int64_t t = at(cases[i].when);
			write_zone(cases[i].footer, n);
			z = open_zone("Made");
			assert_int_equal(zone_offset_s(z, t), cases[i].offset_s);
			assert_string_equal(zone_abbrev(z, t), cases[i].abbrev);
			c = zone_civil(z, t);
			check_moments(z, &c);
			zone_free(z);
		}
	}
}

static void
without_a_rule_the_last_type_stays(void **state)
{
	struct zone *z;

	(void)state;
	write_zone("", 2);
	z = open_zone("Made");
	assert_int_equal(zone_offset_s(z, at("2030-01-01T00:00:00Z")), 7200);
	assert_int_equal(zone_offset_s(z, at("1960-01-01T00:00:00Z")), 3600);
	zone_free(z);
}

static void
rules_that_are_none(void **state)
{
	static const char *const bad[] = { "X", "XXX", "XX3", "XXX3YYY", "XXX3YYY,M3.5.0",
		"XXX3YYY,M13.1.0,M3.1.0", "XXX3YYY,M3.6.0,M4.1.0", "XXX3YYY,M3.5.7,M4.1.0",
		"XXX3YYY,M3.0.0,M4.1.0", "XXX3YYY,J0,J5", "XXX3YYY,J366,J5", "XXX3YYY,366,5",
		"XXX3YYY,M3.5.0/168,M4.1.0", "XXX3YYY,M3.5.0,M4.1.0,", "XXX3YYY,M3.5.0,M4.1.0x",
		"<XXX3", "XXX27", "XXX3:", "XXX3YYY,M3.5,M4.1.0", "ABCDEFGHIJKLMNOPQ3", "XXX3 " };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		write_zone(bad[i], 0);
		if (zone_open("Made", NULL) != NULL)
			fail_msg("%s is no rule", bad[i]);
	}
}

/* Cut or changed anywhere, a file opens or is refused; what opens answers. */
static void
spoiled_files(void **state)
{
	struct buf b = { 0 };

	(void)state;
	write_zone("AAA-1BBB,M3.5.0,M10.5.0/3", 2);
	assert_true(buf_read_file(&b, "Made", 10000, NULL));
	for (size_t len = 0; len < b.len; len++) {
		FILE *f = fopen("Made", "w");
		fwrite(b.data, 1, len, f);
		fclose(f);
		assert_null(zone_open("Made", NULL));
	}
	for (size_t i = 0; i < b.len; i++)
		for (int k = 0; k < 4; k++) {
			static const char to[] = { '\0', '\x7f', '\xff', '1' };
			char was = b.data[i];
			FILE *f = fopen("Made", "w");
			struct zone *z;
			b.data[i] = to[k];
			fwrite(b.data, 1, b.len, f);
			fclose(f);
			b.data[i] = was;
			z = zone_open("Made", NULL);
			if (z != NULL)
				zone_civil(z, at("2030-07-01T00:00:00Z"));
			zone_free(z);
		}
	buf_fini(&b);
}

static void
changes_out_of_order(void **state)
{
	struct buf b = { 0 };

	(void)state;
	write_zone("", 2);
	assert_true(buf_read_file(&b, "Made", 10000, NULL));
	b.data[44 + 7 + 44 + 8 + 4] = 1; /* the second at the moment of the first */
	assert_true(buf_write_file("Made", b.data, b.len, NULL));
	assert_null(zone_open("Made", NULL));
	buf_fini(&b);
}

static void
the_machine_s_zone(void **state)
{
	char *name;

	(void)state;
	setenv("TZ", "Pacific/Apia", 1);
	name = zone_system_name();
	assert_string_equal(name, "Pacific/Apia");
	free(name);
	setenv("TZ", ":Europe/Berlin", 1);
	name = zone_system_name();
	assert_string_equal(name, "Europe/Berlin");
	free(name);
	setenv("TZ", "../../etc/passwd", 1);
	name = zone_system_name();
	zone_free(open_zone(name));
	free(name);
	unsetenv("TZ");
	name = zone_system_name();
	zone_free(open_zone(name));
	free(name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_library_says_the_same),
		cmocka_unit_test(moments_are_exact_around_every_change),
		cmocka_unit_test(known_changes),
		cmocka_unit_test(the_ends_of_time),
		cmocka_unit_test(nonsense_says_what_to_write),
		cmocka_unit_test_setup_teardown(every_form_of_rule, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(
		    without_a_rule_the_last_type_stays, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(rules_that_are_none, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(spoiled_files, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(changes_out_of_order, enter_folder, leave_folder),
		cmocka_unit_test(the_machine_s_zone),
	};

	unsetenv("TZ");
	unsetenv("TZDIR");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
