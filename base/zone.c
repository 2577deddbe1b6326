#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/when.h"

enum {
	ABBREV = 16,
	HEADER = 44,
	ZONE_FILE_MAX = 1 << 20,
	OFFSET_MAX = 26 * 3600,	   /* no clock is further from UTC */
	RULE_MAX = 168 * 3600 - 1, /* nor does a rule reach further from its day */
	CHANGES_MAX = 16,
};

struct local_type {
	int offset_s;
	char abbrev[ABBREV];
};

/* When a POSIX rule changes the clock: Mm.w.d, Jn or n, at `at_s` of local time. */
struct rule_day {
	char form; /* 'M', 'J' or '0' */
	int month, week, day;
	int at_s;
};

/* The footer: what holds after the table. */
struct posix_rule {
	bool some, has_dst;
	struct local_type std, dst;
	struct rule_day begin, end;
};

struct zone {
	char *name;
	int64_t *at; /* seconds: from then on type[i] holds */
	unsigned char *type;
	size_t n;
	struct local_type *types;
	size_t n_types;
	struct posix_rule rule;
};

/* A big-endian signed number of 4 or 8 bytes. */
static int64_t
be(const unsigned char *p, int n)
{
	uint64_t v = 0;

	for (int i = 0; i < n; i++)
		v = v << 8 | p[i];
	return n == 4 ? (int64_t)(int32_t)(uint32_t)v : (int64_t)v;
}

/* "CET" or "<+03>". */
static bool
read_abbrev(const char **s, char out[ABBREV])
{
	bool quoted = **s == '<';
	const char *p = *s + quoted, *end = p;

	while (quoted ? *end != '>' && *end != '\0' : isalpha((unsigned char)*end))
		end++;
	if (end - p < 3 || end - p >= ABBREV || (quoted && *end != '>'))
		return false;
	memcpy(out, p, (size_t)(end - p));
	out[end - p] = '\0';
	*s = end + quoted;
	return true;
}

static int
read_int(const char **s)
{
	int v = 0;

	while (isdigit((unsigned char)**s) && v < 1000)
		v = v * 10 + (*(*s)++ - '0');
	return v;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool
read_hms(const char **s, int *out)
{
	int sign = **s == '-' ? -1 : 1, total = 0, unit = 3600;

	*s += **s == '-' || **s == '+';
	for (; unit > 0; unit /= 60) {
		if (!isdigit((unsigned char)**s))
			return false;
		total += read_int(s) * unit;
		if (unit == 1 || **s != ':')
			break;
		(*s)++;
	}
	*out = sign * total;
	return total <= RULE_MAX;
}

static bool
rule_day_ok(const struct rule_day *r)
{
	if (r->form == 'M')
		return r->month >= 1 && r->month <= 12 && r->week >= 1 && r->week <= 5 &&
		       r->day <= 6;
	return r->day >= (r->form == 'J' ? 1 : 0) && r->day <= 365;
}

static bool
read_rule_day(const char **s, struct rule_day *r)
{
	if (*(*s)++ != ',')
		return false;
	r->form = **s == 'M' || **s == 'J' ? *(*s)++ : '0';
	if (!isdigit((unsigned char)**s))
		return false;
	r->day = read_int(s);
	if (r->form == 'M') {
		r->month = r->day;
		if (*(*s)++ != '.')
			return false;
		r->week = read_int(s);
		if (*(*s)++ != '.')
			return false;
		r->day = read_int(s);
	}
	r->at_s = 7200;
	if (**s == '/') {
		(*s)++;
		if (!read_hms(s, &r->at_s))
			return false;
	}
	return rule_day_ok(r);
}

/* POSIX counts to the west. */
static bool
read_offset(const char **s, int *offset_s)
{
	if (!read_hms(s, offset_s) || *offset_s < -OFFSET_MAX || *offset_s > OFFSET_MAX)
		return false;
	*offset_s = -*offset_s;
	return true;
}

static bool
read_footer(const char *s, struct posix_rule *r)
{
	r->some = true;
	if (!read_abbrev(&s, r->std.abbrev) || !read_offset(&s, &r->std.offset_s))
		return false;
	if (*s == '\0')
		return true;
	r->has_dst = true;
	r->dst.offset_s = r->std.offset_s + 3600;
	return read_abbrev(&s, r->dst.abbrev) && (*s == ',' || read_offset(&s, &r->dst.offset_s)) &&
	       read_rule_day(&s, &r->begin) && read_rule_day(&s, &r->end) && *s == '\0';
}

/* Local seconds since the epoch at which the rule fires in a year. */
static int64_t
rule_moment(const struct rule_day *r, int year)
{
	int64_t day;

	if (r->form == 'M') {
		int64_t first = day_of_civil(year, r->month, 1);
		int weekday = (int)(((first + 4) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
		int64_t next = r->month == 12 ? day_of_civil(year + 1, 1, 1)
					      : day_of_civil(year, r->month + 1, 1);
		day = first + (r->day - weekday + 7) % 7 + (r->week - 1) * 7;
		while (day >= next)
			day -= 7;
	} else if (r->form == 'J') {
		/* 1 to 365, the 29th of February is never counted. */
		struct civil c = { .year = year, .month = 2, .day = 29 };
		day = day_of_civil(year, 1, 1) + r->day - 1 + (r->day > 59 && civil_ok(&c));
	} else {
		day = day_of_civil(year, 1, 1) + r->day;
	}
	return day * 86400 + r->at_s;
}

/* A moment outside what nanoseconds can say is in the same year as the last they can. */
static int
year_of(int64_t t_s)
{
	const int64_t most = INT64_MAX / NS_PER_S - 1;

	t_s = t_s > most ? most : t_s < -most ? -most : t_s;
	return civil_of_ns(t_s * NS_PER_S).year;
}

static int64_t
begin_of(const struct posix_rule *r, int year)
{
	return rule_moment(&r->begin, year) - r->std.offset_s;
}

static int64_t
end_of(const struct posix_rule *r, int year)
{
	return rule_moment(&r->end, year) - r->dst.offset_s;
}

/* The last change before decides. Rules may reach a week into the years beside theirs, and where
 * one year ends as the next begins the summer is without end. */
static const struct local_type *
rule_type(const struct posix_rule *r, int64_t t_s)
{
	const struct local_type *type = &r->std;
	int64_t last = INT64_MIN;
	int year = r->has_dst ? year_of(t_s) : 0;

	for (int y = year - 1; r->has_dst && y <= year + 1; y++) {
		int64_t begin = begin_of(r, y), end = end_of(r, y);
		if (end <= t_s && end > last) {
			last = end;
			type = &r->std;
		}
		if (begin <= t_s && begin >= last) {
			last = begin;
			type = &r->dst;
		}
	}
	return type;
}

/* How many entries of the table are at or before `t_s`. */
static size_t
table_before(const struct zone *z, int64_t t_s)
{
	size_t lo = 0, hi = z->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (z->at[mid] <= t_s)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static const struct local_type *
type_at(const struct zone *z, int64_t t_s)
{
	size_t i = table_before(z, t_s);

	if (i == z->n && z->rule.some)
		return rule_type(&z->rule, t_s);
	return &z->types[i == 0 ? 0 : z->type[i - 1]];
}

struct header {
	int64_t n_utc, n_std, n_leap, n_time, n_type, n_char;
};

static bool
read_header(const unsigned char *p, size_t len, struct header *h)
{
	if (len < HEADER || memcmp(p, "TZif", 4) != 0)
		return false;
	h->n_utc = be(p + 20, 4);
	h->n_std = be(p + 24, 4);
	h->n_leap = be(p + 28, 4);
	h->n_time = be(p + 32, 4);
	h->n_type = be(p + 36, 4);
	h->n_char = be(p + 40, 4);
	/* Files that count leap seconds tell another time than everybody's. */
	return h->n_utc >= 0 && h->n_std >= 0 && h->n_leap == 0 && h->n_time >= 0 &&
	       h->n_type > 0 && h->n_char >= 0 && h->n_time < 10000 && h->n_type < 256 &&
	       h->n_char < 10000;
}

static size_t
block_size(const struct header *h, int time_size)
{
	int64_t table = h->n_time * (time_size + 1), types = h->n_type * 6 + h->n_char;

	return (size_t)(table + types + h->n_std + h->n_utc);
}

static bool
read_types(struct zone *z, const unsigned char *p, const struct header *h)
{
	const unsigned char *names = p + h->n_type * 6;

	z->types = mem_zero((size_t)h->n_type, sizeof *z->types);
	z->n_types = (size_t)h->n_type;
	for (size_t i = 0; i < z->n_types; i++) {
		const unsigned char *q = p + i * 6;
		int64_t offset = be(q, 4);
		size_t max = q[5] < h->n_char ? (size_t)(h->n_char - q[5]) : 0;
		if (max == 0 || offset < -OFFSET_MAX || offset > OFFSET_MAX)
			return false;
		z->types[i].offset_s = (int)offset;
		memcpy(z->types[i].abbrev, names + q[5], max < ABBREV ? max : ABBREV - 1);
	}
	return true;
}

static bool
read_table(struct zone *z, const unsigned char *p, const struct header *h)
{
	z->n = (size_t)h->n_time;
	z->at = mem_zero(z->n, sizeof *z->at);
	z->type = mem_zero(z->n, 1);
	if (!read_types(z, p + z->n * 9, h))
		return false;
	memcpy(z->type, p + z->n * 8, z->n);
	for (size_t i = 0; i < z->n; i++) {
		z->at[i] = be(p + i * 8, 8);
		if (z->type[i] >= z->n_types || (i > 0 && z->at[i] <= z->at[i - 1]))
			return false;
	}
	return true;
}

/* The text after the table: a newline, the rule (or nothing), a newline. */
static bool
read_end(struct zone *z, const unsigned char *p, size_t len)
{
	char *text = mem_dupn((const char *)p, len);
	char *end = text[0] == '\n' ? strchr(text + 1, '\n') : NULL;
	bool good = end != NULL;

	if (good) {
		*end = '\0';
		good = text[1] == '\0' || read_footer(text + 1, &z->rule);
	}
	free(text);
	return good;
}

/* RFC 8536: the first block is for 32-bit readers and skipped, the second has 64-bit times, then
 * comes the rule for all time after. */
static bool
read_tzif(struct zone *z, const unsigned char *p, size_t len)
{
	struct header h;
	size_t skip, size;

	if (!read_header(p, len, &h) || p[4] < '2')
		return false;
	skip = HEADER + block_size(&h, 4);
	if (skip > len || !read_header(p + skip, len - skip, &h))
		return false;
	p += skip + HEADER;
	len -= skip + HEADER;
	size = block_size(&h, 8);
	return size <= len && read_table(z, p, &h) && read_end(z, p + size, len - size);
}

static bool
name_ok(const char *name)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789_+-/";
	static const char local[][12] = { "localtime", "posixrules", "Factory", "right/",
		"posix/" };
	size_t len = strlen(name);

	if (len == 0 || len > 64 || name[0] == '/' || name[0] == '.' || strstr(name, "..") != NULL)
		return false;
	for (size_t i = 0; i < sizeof local / sizeof *local; i++)
		if (strncmp(name, local[i], strlen(local[i])) == 0)
			return false;
	return strspn(name, letters) == len;
}

static const char *
zone_folder(void)
{
	const char *dir = getenv("TZDIR");

	return dir != NULL && dir[0] != '\0' ? dir : "/usr/share/zoneinfo";
}

static bool
read_zone_file(struct zone *z)
{
	char *path = mem_fmt("%s/%s", zone_folder(), z->name);
	struct buf b = { 0 };
	bool good = buf_read_file(&b, path, ZONE_FILE_MAX, NULL) &&
		    read_tzif(z, (const unsigned char *)b.data, b.len);

	free(path);
	buf_fini(&b);
	return good;
}

struct zone *
zone_open(const char *name, struct err *e)
{
	struct zone *z = mem_zero(1, sizeof *z);

	z->name = mem_dup(name);
	if (strcmp(name, "UTC") == 0) {
		z->rule.some = true;
		memcpy(z->rule.std.abbrev, "UTC", sizeof "UTC");
		return z;
	}
	if (name_ok(name) && read_zone_file(z))
		return z;
	zone_free(z);
	if (access(zone_folder(), R_OK | X_OK) != 0)
		err_set(e, ERR_REFUSED,
		    "no time zones in %s: nothing was changed: install the package tzdata or use UTC",
		    zone_folder());
	else
		err_set(e, ERR_REFUSED,
		    "no time zone is called \"%s\": nothing was changed: "
		    "write an IANA name such as Europe/Berlin, or UTC",
		    name);
	return NULL;
}

void
zone_free(struct zone *z)
{
	if (z == NULL)
		return;
	free(z->name);
	free(z->at);
	free(z->type);
	free(z->types);
	free(z);
}

const char *
zone_name(const struct zone *z)
{
	return z->name;
}

static char *
first_line(const char *path)
{
	struct buf b = { 0 };
	char *line = NULL;

	if (buf_read_file(&b, path, 4096, NULL) && b.len > 0) {
		b.data[strcspn(b.data, " \t\r\n")] = '\0';
		line = mem_dup(b.data);
	}
	buf_fini(&b);
	return line;
}

static bool
usable(const char *name)
{
	struct zone *z = name != NULL && name_ok(name) ? zone_open(name, NULL) : NULL;

	zone_free(z);
	return z != NULL;
}

char *
zone_system_name(void)
{
	const char *tz = getenv("TZ"), *mark;
	char target[PATH_MAX], *name;
	ssize_t n;

	if (tz != NULL && tz[0] == ':')
		tz++;
	if (usable(tz))
		return mem_dup(tz);
	n = readlink("/etc/localtime", target, sizeof target - 1);
	if (n > 0) {
		target[n] = '\0';
		mark = strstr(target, "zoneinfo/");
		if (mark != NULL && usable(mark + strlen("zoneinfo/")))
			return mem_dup(mark + strlen("zoneinfo/"));
	}
	name = first_line("/etc/timezone");
	if (usable(name))
		return name;
	free(name);
	return mem_dup("UTC");
}

static int64_t
floor_s(int64_t t_ns)
{
	return t_ns / NS_PER_S - (t_ns % NS_PER_S < 0);
}

int
zone_offset_s(const struct zone *z, int64_t t_ns)
{
	return type_at(z, floor_s(t_ns))->offset_s;
}

const char *
zone_abbrev(const struct zone *z, int64_t t_ns)
{
	return type_at(z, floor_s(t_ns))->abbrev;
}

struct civil
zone_civil(const struct zone *z, int64_t t_ns)
{
	int64_t local_ns;

	if (__builtin_add_overflow(t_ns, zone_offset_s(z, t_ns) * NS_PER_S, &local_ns))
		local_ns = t_ns < 0 ? INT64_MIN : INT64_MAX;
	return civil_of_ns(local_ns);
}

int64_t
zone_day(const struct zone *z, int64_t t_ns)
{
	struct civil c = zone_civil(z, t_ns);

	return day_of_civil(c.year, c.month, c.day);
}

/* Every change that a local time may be near to, in seconds. */
struct changes {
	int64_t at[CHANGES_MAX];
	size_t n;
};

static void
add_change(struct changes *c, int64_t local_s, int64_t at)
{
	if (at >= local_s - OFFSET_MAX && at <= local_s + OFFSET_MAX && c->n < CHANGES_MAX)
		c->at[c->n++] = at;
}

static void
find_changes(const struct zone *z, int64_t local_s, struct changes *c)
{
	int year = year_of(local_s);

	for (size_t i = table_before(z, local_s - OFFSET_MAX - 1); i < z->n; i++) {
		if (z->at[i] > local_s + OFFSET_MAX)
			return;
		add_change(c, local_s, z->at[i]);
	}
	for (int y = year - 1; z->rule.has_dst && y <= year + 1; y++) {
		add_change(c, local_s, begin_of(&z->rule, y));
		add_change(c, local_s, end_of(&z->rule, y));
	}
}

/* What the search for a wall clock's moments has found. */
struct found {
	const struct civil *c;
	int64_t t_ns[2];
	int offset_s[2];
	int n;
};

static void
try_offset(const struct zone *z, struct found *f, int offset_s)
{
	int64_t t = ns_of_civil(f->c, offset_s);
	int i = f->n;

	if (t == TIME_NONE || zone_offset_s(z, t) != offset_s || f->n == 2)
		return;
	if (i == 1 && f->t_ns[0] == t)
		return;
	if (i == 1 && f->t_ns[0] > t) {
		f->t_ns[1] = f->t_ns[0];
		f->offset_s[1] = f->offset_s[0];
		i = 0;
	}
	f->t_ns[i] = t;
	f->offset_s[i] = offset_s;
	f->n++;
}

/* A moment shows `c` exactly when the offset in force then leads from it to `c`, so the offsets in
 * force around are all there is to try. */
int
zone_moments(const struct zone *z, const struct civil *c, int64_t t_ns[2], int offset_s[2])
{
	int64_t local_s = day_of_civil(c->year, c->month, c->day) * 86400 +
			  (int64_t)c->hour * 3600 + c->minute * 60 + c->second;
	int usual = type_at(z, local_s)->offset_s, gap[2] = { usual, usual };
	struct found f = { .c = c };
	struct changes near = { .n = 0 };

	find_changes(z, local_s, &near);
	try_offset(z, &f, usual);
	for (size_t i = 0; i < near.n; i++) {
		int before = type_at(z, near.at[i] - 1)->offset_s;
		int after = type_at(z, near.at[i])->offset_s;
		try_offset(z, &f, before);
		try_offset(z, &f, after);
		if (local_s >= near.at[i] + before && local_s < near.at[i] + after) {
			gap[0] = before;
			gap[1] = after;
		}
	}
	for (int i = 0; i < f.n; i++)
		t_ns[i] = f.t_ns[i];
	for (int i = 0; i < 2 && offset_s != NULL; i++)
		offset_s[i] = f.n == 0 ? gap[i] : f.offset_s[f.n == 2 ? i : 0];
	return f.n;
}
