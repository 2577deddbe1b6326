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

bool
series_read(const char *text, const char *name, double *value, char unit[16])
{
	size_t len = strlen(name);
	struct range r;

	for (const char *p = text; len > 0 && *p != '\0'; p++) {
		if (strncasecmp(p, name, len) != 0 || (p > text && is_word(p[-1])) || is_word(p[len]))
			continue;
		if (!read_range(skip_blanks(p + len), &r))
			continue;
		*value = r.last;
		strcpy(unit, r.unit);
		return true;
	}
	return false;
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
		char unit[16];
		double value;
		if (ev->at_ns == TIME_NONE || ev->at_ns < from_ns || ev->text == NULL ||
		    !series_read(ev->text, out->name, &value, unit))
			continue;
		VEC_ROOM(out->v, out->n, cap);
		out->v[out->n++] = (struct series_point){ ev->at_ns, value };
		if (value > out->most)
			out->most = value;
	}
}

void
series_fini(struct series *s)
{
	free(s->v);
	s->v = NULL;
	s->n = 0;
}
