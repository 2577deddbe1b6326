/* Numbers that events tell, as points in time: "origin 690 RPS", "5xx 0.2 % to 9 %". Read by general
 * rules, without a locale; what says none gives none. Pure. */
#ifndef MODEL_SERIES_H
#define MODEL_SERIES_H

#include <stdbool.h>
#include <stddef.h>

#include "model/debrief.h"

struct series_point {
	int64_t at_ns;
	double value;
};
struct series {
	char name[48], unit[16]; /* "origin", "RPS"; unit may be empty */
	struct series_point *v;
	size_t n;
	double low, high; /* the usual range; both 0: not known */
	double most;	  /* the greatest of the points */
};

/* A number right after `name` in a text: its value (of "A to B" and "A → B" the later one) and its
 * unit, a word or a sign. False: there is none. */
bool series_read(const char *text, const char *name, double *value, char unit[16]);
/* The first word of `steady` with a number after it, and the range "A to B" that it is in: "origin
 * 400 to 480 RPS". False: it names none. */
bool series_steady(const char *steady, struct series *out);
/* The points of out->name in events from `from_ns` on, in their order; "A to B" is two of the same
 * moment. */
void series_fill(struct series *out, const struct debrief *d, int64_t from_ns);
/* The greatest value from `from_ns` up to, not with, `to_ns`: straight lines lead from point to
 * point, and the last value stays. False: nothing was told before. */
bool series_between(const struct series *s, int64_t from_ns, int64_t to_ns, double *value);
void series_fini(struct series *s);

#endif
