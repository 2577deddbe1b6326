/* What a debrief looks at: trees, levels, depth of whys, chains from event to cause to action.
 * Derived, never stored. */
#ifndef MODEL_COVERAGE_H
#define MODEL_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/debrief.h"

/* The causes as a tree, in reading order: categories in their order, under each its top causes by
 * order, each followed by its whys. Causes whose category or parent is missing come last with
 * category NULL. */
struct cause_row {
	const struct category *category;
	const struct cause *cause; /* NULL: the row of the category itself */
	int depth;		   /* 0 a top cause, 1 a why of it, ... */
	size_t n_whys;		   /* direct ones */
	size_t n_below;		   /* all below */
};
struct cause_tree {
	struct cause_row *v; /* category rows included, also of empty categories */
	size_t n;
};
struct cause_tree cause_tree(const struct debrief *d); /* linear in the causes, loops are cut */
void cause_tree_fini(struct cause_tree *t);

/* Its own, else that of the category in which its chain stands, else LEVEL_NONE. */
int cause_level(const struct debrief *d, const struct cause *c);
int cause_depth(
    const struct debrief *d, const struct cause *c); /* whys above it: 0 for a top cause */

/* A top cause and the whys below it are one chain; dropped actions do not count. */
struct coverage {
	size_t causes, whys, votes; /* top causes; whys of all depths; votes on both */
	size_t causes_by_level[4];  /* top causes, by enum level */
	size_t whys_by_depth[4];    /* [1] whys one deep, [2] two, [3] three or more */
	int deepest_by_level[4];    /* how many whys deep the deepest chain is, by its top cause's
				       level */
	size_t actions_by_level[4]; /* its own level, else that of its first cause */
	size_t actions_by_kind[6];
	size_t causes_without_action; /* chains in which no cause has one */
	size_t actions_without_cause;
};
struct coverage coverage_of(const struct debrief *d);

/* Milestones of the timeline: the first event of each phase (TIME_NONE where there is none) and the
 * durations between them as incident metrics define them: to detect = detected - started, to
 * acknowledge = acknowledged - detected, to mitigate = mitigated - started, to resolve = resolved -
 * started. */
struct milestones {
	int64_t at_ns[6];					    /* by enum phase */
	int64_t detect_ns, acknowledge_ns, mitigate_ns, resolve_ns; /* TIME_NONE: unknown */
};
struct milestones milestones_of(const struct debrief *d);

#endif
