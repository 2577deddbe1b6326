/* Points in time and calendar dates. A time is nanoseconds since 1970-01-01T00:00:00Z in an int64_t
 * named `..._ns` (1677 to 2262); a date is days since then in an int64_t named `..._day`. */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define TIME_NONE INT64_MIN /* also "no date" */
#define NS_PER_S INT64_C(1000000000)

struct civil {
	int year, month, day;	  /* month and day from 1 */
	int hour, minute, second; /* second 0 to 59; a leap second (60) is read as 59 */
	int32_t ns;
};

int64_t day_of_civil(int year, int month, int day); /* proleptic Gregorian */
struct civil civil_of_ns(int64_t t_ns);		    /* in UTC */
bool civil_ok(const struct civil *c);		    /* is there such a day and time? */
/* The moment a clock `offset_s` east of UTC shows `c`; TIME_NONE when that is out of range. */
int64_t ns_of_civil(const struct civil *c, int offset_s);

/* RFC 3339 with a zone ("Z" or an offset), "T", "t" or a space between, up to 9 fraction digits,
 * and nothing after. False when it is not that, or out of range. */
bool time_parse(const char *text, int64_t *t_ns);
enum { TIME_TEXT = 40 };
/* Canonical: UTC, "Z", fraction only where not zero and without trailing zeros. Returns `out`. */
char *time_text(int64_t t_ns, char out[TIME_TEXT]);

bool date_parse(const char *text, int64_t *day); /* 2017-02-14 exactly */
char *date_text(int64_t day, char out[TIME_TEXT]);
/* As people say a day: 2017-02-14, today, tomorrow, yesterday, or so long from `today`: 14d, +2w, -3d. */
bool date_said(const char *text, int64_t today, int64_t *day);

/* "90s", "5m", "1h30m", "2d", with an optional sign; a bare number is refused. */
bool duration_parse(const char *text, int64_t *ns);
/* For people: "45 s", "6:25" (m:ss), "1:02:03", "3 d 4 h". */
char *duration_text(int64_t ns, char out[TIME_TEXT]);

int64_t clock_now_ns(void);  /* the wall clock; the model never calls it */
int64_t clock_mono_ms(void); /* never goes back */

/* A time zone, read from the system's zone files (TZif version 2 and later, with the footer's rule
 * for the time after the table), never through TZ. */
struct zone;

/* IANA name ("Europe/Berlin", "UTC"); names with "..", a leading "/", those that mean something
 * else on each machine ("localtime") or unknown ones are refused with ERR_REFUSED and what to write
 * instead. Files are in $TZDIR, else /usr/share/zoneinfo; "UTC" needs none. Free with zone_free. */
struct zone *zone_open(const char *name, struct err *e);
void zone_free(struct zone *z);
const char *zone_name(const struct zone *z);
/* The machine's zone: $TZ when it is a plain IANA name, else where /etc/localtime points, else
 * /etc/timezone, else "UTC". Yours to free. */
char *zone_system_name(void);

int zone_offset_s(const struct zone *z, int64_t t_ns); /* east of UTC is positive */
const char *zone_abbrev(const struct zone *z, int64_t t_ns);
struct civil zone_civil(const struct zone *z, int64_t t_ns); /* what a wall clock there shows */
int64_t zone_day(const struct zone *z, int64_t t_ns);	      /* what a calendar there shows */

/* Which moments does a wall clock there show `c`? Returns how many (0 in a gap, 2 in an overlap),
 * in order, in t_ns; for a gap and an overlap offset_s gets the offset before and after the change,
 * else the one in force twice. offset_s may be NULL. */
int zone_moments(const struct zone *z, const struct civil *c, int64_t t_ns[2], int offset_s[2]);

#endif
