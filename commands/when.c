#include "commands/command.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define NS_PER_MIN (60 * NS_PER_S)

enum { YEAR_MIN = 1678, YEAR_MAX = 2261 }; /* whole years that a time can hold */

/* Two digits (or, `short_ok`, one) and what follows them; -1 when they are not there. */
static int
read_two(const char **p, bool short_ok)
{
	const char *s = *p;

	if (!isdigit((unsigned char)s[0]))
		return -1;
	if (!isdigit((unsigned char)s[1])) {
		if (!short_ok)
			return -1;
		*p = s + 1;
		return s[0] - '0';
	}
	*p = s + 2;
	return (s[0] - '0') * 10 + (s[1] - '0');
}

static bool
read_fraction(const char **p, int32_t *ns)
{
	int digits = 0;

	if (**p != '.')
		return true;
	*ns = 0;
	for ((*p)++; isdigit((unsigned char)**p) && digits < 9; (*p)++, digits++)
		*ns = *ns * 10 + (**p - '0');
	if (digits == 0)
		return false;
	for (; digits < 9; digits++)
		*ns *= 10;
	return true;
}

/* H:MM, HH:MM, HH:MM:SS, HH:MM:SS.fraction; *p ends behind it. */
static bool
read_clock(const char **p, struct civil *c, bool *seconds)
{
	c->hour = read_two(p, true);
	if (c->hour < 0 || *(*p)++ != ':')
		return false;
	c->minute = read_two(p, false);
	if (c->minute < 0)
		return false;
	*seconds = **p == ':';
	c->second = 0;
	if (!*seconds)
		return true;
	(*p)++;
	c->second = read_two(p, false);
	if (c->second == 60) /* a leap second */
		c->second = 59;
	return c->second >= 0 && read_fraction(p, &c->ns);
}

static bool
read_date(const char **p, struct civil *c)
{
	char date[11];
	int used = 0;

	if (strlen(*p) < 10)
		return false;
	memcpy(date, *p, 10);
	date[10] = '\0';
	if (sscanf(date, "%4d-%2d-%2d%n", &c->year, &c->month, &c->day, &used) != 3 || used != 10)
		return false;
	*p += 10;
	return true;
}

static void
offset_words(int offset_s, char out[16])
{
	int minutes = (offset_s < 0 ? -offset_s : offset_s) / 60;

	snprintf(
	    out, 16, "%c%02d:%02d", offset_s < 0 ? '-' : '+', minutes / 60 % 100, minutes % 60);
}

static bool
say_not_once(
    const struct civil *c, const struct zone *z, const int offset_s[2], size_t n, struct err *e)
{
	char before[16], after[16], local[40];

	offset_words(offset_s[0], before);
	offset_words(offset_s[1], after);
	snprintf(local, sizeof local, "%04d-%02d-%02dT%02d:%02d:%02d", c->year, c->month, c->day,
	    c->hour, c->minute, c->second);
	return err_set(e, ERR_REFUSED,
	    "%s %s in %s, where the clocks went from %s to %s: nothing was "
	    "changed: write the offset that is meant, %s%s or %s%s",
	    local, n == 0 ? "never was" : "was twice", zone_name(z), before, after, local, before,
	    local, after);
}

static bool
moment_of(
    const struct zone *z, const struct civil *c, const char *text, int64_t *at_ns, struct err *e)
{
	int64_t t[2];
	int offset_s[2], n;

	if (!civil_ok(c) || c->year < YEAR_MIN || c->year > YEAR_MAX)
		return err_set(e, ERR_REFUSED,
		    "there is no such day or time as %s: nothing was changed: "
		    "write it as 2017-01-31T23:27",
		    text);
	n = zone_moments(z, c, t, offset_s);
	if (n != 1)
		return say_not_once(c, z, offset_s, (size_t)n, e);
	*at_ns = t[0];
	return true;
}

static bool
read_day(int64_t day, struct civil *c)
{
	char text[TIME_TEXT];
	const char *p = date_text(day, text);

	return read_date(&p, c);
}

/* The date a bare time is of: the last own event's there, else the day of the incident. */
static bool
date_of_bare(const struct command_scene *s, const char *text, struct civil *c, struct err *e)
{
	struct civil date = { 0 };

	if (s->last_event_ns != TIME_NONE)
		date = zone_civil(s->zone, s->last_event_ns);
	else if (s->d->day == TIME_NONE || !read_day(s->d->day, &date))
		return err_set(e, ERR_REFUSED,
		    "%s has no date: nothing was changed: write 2017-01-31T%s, or say once which day "
		    "it was: set day=yesterday, set day=2017-01-31",
		    text, text);
	c->year = date.year;
	c->month = date.month;
	c->day = date.day;
	return true;
}

/* As exact as the event it counts from: of those at that time, the one added last. */
static int
precision_at(const struct debrief *d, int64_t at_ns)
{
	const struct event *base = NULL;

	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++) {
		const struct event *ev = DEBRIEF_AT(d, EVENT, event, i);

		if (ev->at_ns == at_ns && (base == NULL || ev->item.number > base->item.number))
			base = ev;
	}
	if (base == NULL)
		return at_ns % NS_PER_MIN == 0 ? PRECISION_MINUTE : PRECISION_EXACT;
	return base->precision == PRECISION_ORDER ? PRECISION_ABOUT : base->precision;
}

static bool
when_later(
    const struct command_scene *s, const char *text, int64_t *at_ns, int *precision, struct err *e)
{
	int64_t by_ns;

	if (!duration_parse(text + 1, &by_ns) || by_ns < 0)
		return err_set(e, ERR_USAGE,
		    "%s is no length of time: nothing was changed: write +5m, "
		    "+90s or +1h30m",
		    text);
	if (s->last_event_ns == TIME_NONE)
		return err_set(e, ERR_REFUSED,
		    "%s counts from the event you added last, and there is "
		    "none: nothing was changed: give a time, 2017-01-31T23:27",
		    text);
	if (__builtin_add_overflow(s->last_event_ns, by_ns, at_ns))
		return err_set(
		    e, ERR_REFUSED, "%s is too long: nothing was changed: write +5m", text);
	*precision = precision_at(s->d, s->last_event_ns);
	if (by_ns % NS_PER_MIN != 0 && *precision == PRECISION_MINUTE)
		*precision = PRECISION_EXACT;
	return true;
}

bool
command_wants_day(const struct command_scene *s, const char *line)
{
	struct debrief known = *s->d; /* shallow */
	struct command_scene then = *s;
	struct op op;
	struct err e = { 0 };

	if (s->d->day != TIME_NONE || s->last_event_ns != TIME_NONE)
		return false;
	if (command_read_line(s, line, &op, &e)) {
		op_fini(&op);
		return false;
	}
	known.day = zone_day(s->zone, s->now_ns);
	then.d = &known;
	if (e.kind != ERR_REFUSED || !command_read_line(&then, line, &op, NULL))
		return false;
	op_fini(&op);
	return true;
}

static bool
say_no_time(const char *text, struct err *e)
{
	return err_set(e, ERR_USAGE,
	    "%s is no time: nothing was changed: write now, 23:27, "
	    "2017-01-31T23:27, 2017-01-31T23:27:05Z or +5m",
	    text[0] != '\0' ? text : "\"\"");
}

/* "2017-01-31T23:27Z" and "...+01:00": like RFC 3339, which wants seconds. */
static bool
when_zoned_minute(const char *text, size_t clock_len, int64_t *at_ns)
{
	char whole[64];

	if (strlen(text) + 4 > sizeof whole)
		return false;
	snprintf(whole, sizeof whole, "%.*s:00%s", (int)clock_len, text, text + clock_len);
	return time_parse(whole, at_ns);
}

static bool
when_civil(
    const struct command_scene *s, const char *text, int64_t *at_ns, int *precision, struct err *e)
{
	const char *p = text;
	struct civil c = { 0 };
	bool dated = read_date(&p, &c), seconds = false;

	if (dated && *p != 'T' && *p != 't' && *p != ' ')
		return say_no_time(text, e);
	p += dated;
	if (!read_clock(&p, &c, &seconds))
		return say_no_time(text, e);
	*precision = seconds ? PRECISION_EXACT : PRECISION_MINUTE;
	if (dated && *p != '\0' && !seconds && when_zoned_minute(text, (size_t)(p - text), at_ns))
		return true;
	if (dated && (*p == 'Z' || *p == 'z' || *p == '+' || *p == '-'))
		return err_set(e, ERR_REFUSED,
		    "there is no such day or time as %s: nothing was changed: "
		    "write it as 2017-01-31T23:27:05Z",
		    text);
	if (*p != '\0')
		return say_no_time(text, e);
	return (dated || date_of_bare(s, text, &c, e)) && moment_of(s->zone, &c, text, at_ns, e);
}

bool
command_when(
    const struct command_scene *s, const char *text, int64_t *at_ns, int *precision, struct err *e)
{
	int64_t t_ns = TIME_NONE;
	int exact = PRECISION_EXACT;

	if (strcmp(text, "now") == 0)
		t_ns = s->now_ns - (s->now_ns % NS_PER_S + NS_PER_S) % NS_PER_S;
	else if (text[0] == '+') {
		if (!when_later(s, text, &t_ns, &exact, e))
			return false;
	} else if (!time_parse(text, &t_ns) && !when_civil(s, text, &t_ns, &exact, e))
		return false;
	*at_ns = t_ns;
	*precision = exact;
	return true;
}
