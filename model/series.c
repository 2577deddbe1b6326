#include "model/series.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || ((unsigned char)c & 0x80) || c == '_' || c == '.';
}

/* "1 200", "1,200", "0.96", "38": digits in groups, then a point. Returns what it took; 0: none. */
static size_t
read_number(const char *p, double *out)
{
	double value = 0, part = 0.1;
	size_t i = 0, seps;

	if (!isdigit((unsigned char)p[0]))
		return 0;
	for (;; i++) {
		seps = (p[i] == ' ' || p[i] == ',') && isdigit((unsigned char)p[i + 1]) &&
		       isdigit((unsigned char)p[i + 2]) && isdigit((unsigned char)p[i + 3]) &&
		       !isdigit((unsigned char)p[i + 4]) && i > 0;
		if (seps)
			continue;
		if (!isdigit((unsigned char)p[i]))
			break;
		value = value * 10 + (p[i] - '0');
	}
	if (p[i] == '.' && isdigit((unsigned char)p[i + 1]))
		for (i++; isdigit((unsigned char)p[i]); i++, part /= 10)
			value += part * (p[i] - '0');
	*out = value;
	return i;
}

static const char *
skip_blanks(const char *p)
{
	return p + strspn(p, " \t=:");
}

/* A percent sign, or one short word. */
static const char *
read_unit(const char *p, char unit[16])
{
	const char *q = p + strspn(p, " ");
	size_t n = 0;

	unit[0] = '\0';
	if (*q == '%') {
		strcpy(unit, "%");
		return q + 1;
	}
	while (n < 15 && isalpha((unsigned char)q[n]))
		n++;
	if (n == 0 || isalpha((unsigned char)q[n]) || strncasecmp(q, "to ", 3) == 0 ||
	    strncasecmp(q, "and ", 4) == 0 || strncasecmp(q, "of ", 3) == 0)
		return p;
	memcpy(unit, q, n);
	unit[n] = '\0';
	return q + n;
}

/* "to", "→" and the like between two numbers. */
static const char *
read_turn(const char *p)
{
	static const char *const turns[] = { "to ", "→", "->", "–", "up to ", "down to " };

	p += strspn(p, " ");
	for (size_t i = 0; i < sizeof turns / sizeof *turns; i++)
		if (strncmp(p, turns[i], strlen(turns[i])) == 0)
			return p + strlen(turns[i]) + strspn(p + strlen(turns[i]), " ");
	return NULL;
}

struct range {
	double first, last;
	char unit[16];
	bool two;
};

static bool
read_range(const char *p, struct range *r)
{
	size_t n = read_number(p, &r->first);
	const char *turn;
	char unit[16];

	if (n == 0)
		return false;
	r->last = r->first;
	r->two = false;
	p = read_unit(p + n, r->unit);
	turn = read_turn(p);
	if (turn != NULL && (n = read_number(turn, &r->last)) > 0) {
		r->two = true;
		read_unit(turn + n, unit);
		if (unit[0] != '\0')
			strcpy(r->unit, unit);
	} else {
		r->last = r->first;
	}
	return true;
}

static bool
read_named(const char *text, const char *name, struct range *r)
{
	size_t len = strlen(name);

	for (const char *p = text; len > 0 && *p != '\0'; p++) {
		if (strncasecmp(p, name, len) != 0 || (p > text && is_word(p[-1])) || is_word(p[len]))
			continue;
		if (read_range(skip_blanks(p + len), r))
			return true;
	}
	return false;
}

bool
series_read(const char *text, const char *name, double *value, char unit[16])
{
	struct range r;

	if (!read_named(text, name, &r))
		return false;
	*value = r.last;
	strcpy(unit, r.unit);
	return true;
}

bool
series_steady(const char *steady, struct series *out)
{
	struct range r;

	*out = (struct series){ 0 };
	for (const char *p = steady; p != NULL && *p != '\0';) {
		size_t n = 0;
		while (is_word(p[n]))
			n++;
		if (n > 0 && n < sizeof out->name && !isdigit((unsigned char)p[0]) &&
		    read_range(skip_blanks(p + n), &r)) {
			memcpy(out->name, p, n);
			strcpy(out->unit, r.unit);
			out->low = r.two ? r.first : 0;
			out->high = r.last;
			return true;
		}
		p += n > 0 ? n : 1;
	}
	return false;
}

void
series_fill(struct series *out, const struct debrief *d, int64_t from_ns)
{
	size_t cap = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++) {
		const struct event *ev = DEBRIEF_AT(d, EVENT, event, i);
		struct range r;
		if (ev->at_ns == TIME_NONE || ev->at_ns < from_ns || ev->text == NULL ||
		    !read_named(ev->text, out->name, &r))
			continue;
		for (int k = !r.two; k < 2; k++) {
			double value = k == 0 ? r.first : r.last;
			VEC_ROOM(out->v, out->n, cap);
			out->v[out->n++] = (struct series_point){ ev->at_ns, value };
			if (value > out->most)
				out->most = value;
		}
	}
}

/* The value at a moment that points `i - 1` and `i` are around. */
static double
value_at(const struct series *s, size_t i, int64_t t_ns)
{
	const struct series_point *a = &s->v[i - 1], *b = a + (i < s->n);

	if (b->at_ns <= a->at_ns)
		return a->value;
	return a->value + (b->value - a->value) * ((double)t_ns - (double)a->at_ns) /
			      ((double)b->at_ns - (double)a->at_ns);
}

bool
series_between(const struct series *s, int64_t from_ns, int64_t to_ns, double *value)
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) { /* the first point after `from_ns` */
		size_t mid = lo + (hi - lo) / 2;
		if (s->v[mid].at_ns <= from_ns)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0 && (s->n == 0 || s->v[0].at_ns >= to_ns))
		return false;
	*value = lo > 0 ? value_at(s, lo, from_ns) : s->v[0].value;
	for (size_t i = lo; i < s->n && s->v[i].at_ns < to_ns; i++)
		*value = s->v[i].value > *value ? s->v[i].value : *value;
	return true;
}

void
series_fini(struct series *s)
{
	free(s->v);
	s->v = NULL;
	s->n = 0;
}
