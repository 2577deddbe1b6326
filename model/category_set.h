/* Sets of categories by name: the bones that a fish may have. Each looks at more than one level, so
 * that none of them ends at the technical ones. */
#ifndef MODEL_CATEGORY_SET_H
#define MODEL_CATEGORY_SET_H

#include <stddef.h>

#include "model/debrief.h"

struct set_category {
	const char *name;
	enum level level;
};

struct category_set {
	const char *name;  /* "6m" */
	const char *about; /* a sentence of what it is for */
	struct set_category v[8];
	size_t n;
};

extern const struct category_set category_sets[];
extern const size_t n_category_sets;

const struct category_set *category_set_find(const char *name); /* NULL when there is none */

#endif
