#include "base/when.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define DAY_S INT64_C(86400)
#define DAY_MAX INT64_C(700000000000) /* keeps a year in an int */

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

static bool
is_leap(int64_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days from 1970 to the first of January. */
static int64_t
day_of_year(int64_t year)
{
	int64_t y = year - 1;

	return 365 * y + floor_div(y, 4) - floor_div(y, 100) + floor_div(y, 400) - 719162;
}

static int
day_in_year(int64_t year, int month)
{
	static const int before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };

	assert(month >= 1 && month <= 12);
	return before[month - 1] + (month > 2 && is_leap(year));
}

int64_t
day_of_civil(int year, int month, int day)
{
	return day_of_year(year) + day_in_year(year, month) + day - 1;
}

static void
civil_of_day(int64_t day, struct civil *c)
{
	int64_t year, rest;

	assert(day > -DAY_MAX && day < DAY_MAX);
	year = 1970 + floor_div(day * 400, 146097);
	while (day_of_year(year + 1) <= day)
		year++;
	while (day_of_year(year) > day)
		year--;
	rest = day - day_of_year(year);
	c->year = (int)year;
	c->month = (int)(rest / 32) + 1; /* right, or one too early */
	if (c->month < 12 && day_in_year(year, c->month + 1) <= rest)
		c->month++;
	c->day = (int)(rest - day_in_year(year, c->month)) + 1;
}

struct civil
civil_of_ns(int64_t t_ns)
{
	int64_t ns = t_ns % NS_PER_S, s = t_ns / NS_PER_S - (ns < 0);
	int64_t day = floor_div(s, DAY_S), rest = s - day * DAY_S;
	struct civil c = { 0 };

	civil_of_day(day, &c);
	c.hour = (int)(rest / 3600);
	c.minute = (int)(rest / 60 % 60);
	c.second = (int)(rest % 60);
	c.ns = (int32_t)(ns < 0 ? ns + NS_PER_S : ns);
	return c;
}

bool
civil_ok(const struct civil *c)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	if (c->year < 0 || c->year > 9999 || c->month < 1 || c->month > 12 || c->day < 1)
		return false;
	if (c->day > days[c->month - 1] + (c->month == 2 && is_leap(c->year)))
		return false;
	return c->hour >= 0 && c->hour < 24 && c->minute >= 0 && c->minute < 60 && c->second >= 0 &&
	       c->second < 60 && c->ns >= 0 && c->ns < NS_PER_S;
}

int64_t
ns_of_civil(const struct civil *c, int offset_s)
{
	int64_t s = day_of_civil(c->year, c->month, c->day) * DAY_S + (int64_t)c->hour * 3600 +
		    c->minute * 60 + c->second - offset_s;
	int64_t rest = c->ns, ns;

	/* The first second of the range does not fit whole: come from above. */
	if (s < 0) {
		s++;
		rest -= NS_PER_S;
	}
	if (__builtin_mul_overflow(s, NS_PER_S, &ns) || __builtin_add_overflow(ns, rest, &ns))
		return TIME_NONE;
	return ns;
}

/* Exactly `n` digits; moves `*s` past them. */
static bool
digits(const char **s, int n, int *out)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if ((*s)[i] < '0' || (*s)[i] > '9')
			return false;
		v = v * 10 + ((*s)[i] - '0');
	}
	*s += n;
	*out = v;
	return true;
}

static bool
literal(const char **s, const char *any_of)
{
	while (*any_of != '\0' && *any_of != **s)
		any_of++;
	if (*any_of == '\0')
		return false;
	(*s)++;
	return true;
}

static bool
read_date(const char **s, struct civil *c)
{
	return digits(s, 4, &c->year) && literal(s, "-") && digits(s, 2, &c->month) &&
	       literal(s, "-") && digits(s, 2, &c->day);
}

static bool
read_fraction(const char **s, int32_t *ns)
{
	int32_t scale = 100000000;

	*ns = 0;
	if (**s != '.')
		return true;
	(*s)++;
	if (**s < '0' || **s > '9')
		return false;
	for (; **s >= '0' && **s <= '9'; (*s)++) {
		if (scale == 0)
			return false;
		*ns += (**s - '0') * scale;
		scale /= 10;
	}
	return true;
}

static bool
read_zone(const char **s, int *offset_s)
{
	int h, m, sign;

	if (literal(s, "Zz")) {
		*offset_s = 0;
		return true;
	}
	sign = **s == '-' ? -1 : 1;
	if (!literal(s, "+-") || !digits(s, 2, &h) || !literal(s, ":") || !digits(s, 2, &m) ||
	    h > 23 || m > 59)
		return false;
	*offset_s = sign * (h * 3600 + m * 60);
	return true;
}

bool
time_parse(const char *text, int64_t *t_ns)
{
	struct civil c = { 0 };
	int offset = 0;
	int64_t ns;

	if (!read_date(&text, &c) || !literal(&text, "Tt ") || !digits(&text, 2, &c.hour) ||
	    !literal(&text, ":") || !digits(&text, 2, &c.minute) || !literal(&text, ":") ||
	    !digits(&text, 2, &c.second) || !read_fraction(&text, &c.ns) ||
	    !read_zone(&text, &offset) || *text != '\0')
		return false;
	if (c.second == 60)
		c.second = 59;
	if (!civil_ok(&c) || (ns = ns_of_civil(&c, offset)) == TIME_NONE)
		return false;
	*t_ns = ns;
	return true;
}

/* `n` digits of `v` and what stands behind them; returns where that ends. */
static char *
put_digits(char *p, int n, int v, char behind)
{
	for (int i = n - 1; i >= 0; i--) {
		p[i] = (char)('0' + v % 10);
		v /= 10;
	}
	p[n] = behind;
	return p + n + 1;
}

/* The years from 0 to 9999. */
static char *
put_date(char *p, const struct civil *c, char behind)
{
	p = put_digits(p, 4, c->year, '-');
	p = put_digits(p, 2, c->month, '-');
	return put_digits(p, 2, c->day, behind);
}

char *
time_text(int64_t t_ns, char out[TIME_TEXT])
{
	struct civil c = civil_of_ns(t_ns);
	char *p = put_date(out, &c, 'T');

	p = put_digits(p, 2, c.hour, ':');
	p = put_digits(p, 2, c.minute, ':');
	p = put_digits(p, 2, c.second, 'Z');
	if (c.ns != 0) {
		p[-1] = '.';
		p = put_digits(p, 9, c.ns, 'Z');
		while (p[-2] == '0')
			*(--p - 1) = 'Z';
	}
	*p = '\0';
	return out;
}

bool
date_parse(const char *text, int64_t *day)
{
	struct civil c = { 0 };

	if (!read_date(&text, &c) || *text != '\0' || !civil_ok(&c))
		return false;
	*day = day_of_civil(c.year, c.month, c.day);
	return true;
}

/* "14d", "+2w", "-3d": in days. */
static bool
read_days(const char *text, int64_t *days)
{
	int64_t sign = *text == '-' ? -1 : 1;
	size_t n;

	text += *text == '-' || *text == '+';
	n = strspn(text, "0123456789");
	if (n == 0 || n > 5)
		return false;
	*days = sign * strtol(text, NULL, 10);
	text += n;
	if (*text == 'w' || *text == 'W')
		*days *= 7;
	else if (*text != 'd' && *text != 'D')
		return false;
	return text[1] == '\0';
}

bool
date_said(const char *text, int64_t today, int64_t *day)
{
	static const struct {
		const char *word;
		int days;
	} words[] = { { "yesterday", -1 }, { "today", 0 }, { "tomorrow", 1 } };
	int64_t days;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcasecmp(text, words[i].word) == 0) {
			*day = today + words[i].days;
			return true;
		}
	if (!read_days(text, &days))
		return date_parse(text, day);
	*day = today + days;
	return true;
}

char *
date_text(int64_t day, char out[TIME_TEXT])
{
	struct civil c = { 0 };

	civil_of_day(day, &c);
	if (c.year >= 0 && c.year <= 9999)
		put_date(out, &c, '\0');
	else
		snprintf(out, TIME_TEXT, "%04d-%02d-%02d", c.year, c.month, c.day);
	return out;
}

bool
duration_parse(const char *text, int64_t *ns)
{
	static const struct {
		char unit;
		int64_t s;
	} units[] = { { 'd', 86400 }, { 'h', 3600 }, { 'm', 60 }, { 's', 1 } };
	int64_t total = 0, sign = *text == '-' ? -1 : 1;
	size_t next = 0;

	text += *text == '-' || *text == '+';
	if (*text == '\0')
		return false;
	while (*text != '\0') {
		int64_t v = 0;
		size_t n = strspn(text, "0123456789"), u = next;
		if (n == 0 || n > 9)
			return false;
		for (size_t i = 0; i < n; i++)
			v = v * 10 + (text[i] - '0');
		while (u < 4 && units[u].unit != text[n])
			u++;
		if (u == 4)
			return false;
		total += v * units[u].s;
		next = u + 1;
		text += n + 1;
	}
	if (total > INT64_MAX / NS_PER_S)
		return false;
	*ns = sign * total * NS_PER_S;
	return true;
}

char *
duration_text(int64_t ns, char out[TIME_TEXT])
{
	int64_t s = ns / NS_PER_S;
	const char *sign = s < 0 ? "-" : "";

	s = s < 0 ? -s : s;
	if (s < 60)
		snprintf(out, TIME_TEXT, "%s%d s", sign, (int)s);
	else if (s < 3600)
		snprintf(out, TIME_TEXT, "%s%d:%02d", sign, (int)(s / 60), (int)(s % 60));
	else if (s < 2 * DAY_S)
		snprintf(out, TIME_TEXT, "%s%d:%02d:%02d", sign, (int)(s / 3600),
		    (int)(s / 60 % 60), (int)(s % 60));
	else
		snprintf(out, TIME_TEXT, "%s%lld d %d h", sign, (long long)(s / DAY_S),
		    (int)(s % DAY_S / 3600));
	return out;
}

int64_t
clock_now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * NS_PER_S + t.tv_nsec;
}

int64_t
clock_mono_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
