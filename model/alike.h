/* How alike two debriefs are: by their services, tags, symptoms and series, and by the words of
 * titles and causes. A score to sort by and the reasons in words; nothing is learned or kept. */
#ifndef MODEL_ALIKE_H
#define MODEL_ALIKE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/mem.h"
#include "model/debrief.h"

/* What a debrief is compared by, read once for many comparisons. Lists are folded to lower case,
 * sorted and without repeats; words that say little are left out. */
struct alike {
	struct strs services, tags, symptoms;
	struct strs title; /* words of the title */
	struct strs words; /* of title, symptoms and causes */
	char *series;	   /* the title where it has none, as a series takes it from the first */
};

/* From this score on, two are said to look alike: a shared service, series, symptom or title's
 * word is enough; of words of causes it takes several. */
enum { ALIKE_ENOUGH = 4 };

void alike_read(struct alike *a, const struct debrief *d); /* overwrites `a` */
void alike_fini(struct alike *a);

/* Leave out the words that most of these have: they tell nothing apart. Does nothing to fewer than
 * eight. */
void alike_thin(struct alike *const *v, size_t n);

/* The same either way round; 0 is nothing in common. The reasons are added to `why` (may be NULL):
 * "service checkout; words retry, timeout". */
int alike_score(const struct alike *a, const struct alike *b, struct buf *why);
bool alike_service(const struct alike *a, const struct alike *b); /* do they share one? */

#endif
