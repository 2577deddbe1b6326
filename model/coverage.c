#include "model/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "model/lookup.h"

#define NOWHERE LOOKUP_NONE

/* The tree while it is built: lists of siblings as indexes into d->of[KIND_CAUSE]. */
struct tree_walk {
	const struct debrief *d;
	struct cause_tree tree;
	size_t *first_why, *next_sibling, *up; /* by cause */
	size_t *first_top;		       /* by category, and one more for those without */
	size_t *stack, n_stack; /* causes still to be written; their depth stands beside */
	int *stack_depth;
	bool *seen;
};

static const struct cause *
walk_cause(const struct tree_walk *w, size_t i)
{
	return (const struct cause *)w->d->of[KIND_CAUSE].v[i];
}

/* Hang every cause under its parent, else under its category, keeping the order of siblings. */
static void
walk_link(struct tree_walk *w)
{
	const struct items *causes = &w->d->of[KIND_CAUSE], *categories = &w->d->of[KIND_CATEGORY];
	struct lookup by_id, category_by_id;

	lookup_init(&by_id, causes);
	lookup_init(&category_by_id, categories);
	for (size_t i = causes->n; i-- > 0;) {
		const struct cause *c = walk_cause(w, i);
		size_t *list = &w->first_top[categories->n], at;
		w->up[i] = id_some(c->parent) ? lookup_at(&by_id, c->parent) : NOWHERE;
		at = id_some(c->parent) ? NOWHERE : lookup_at(&category_by_id, c->category);
		if (w->up[i] != NOWHERE)
			list = &w->first_why[w->up[i]];
		else if (at != NOWHERE)
			list = &w->first_top[at];
		w->next_sibling[i] = *list;
		*list = i;
	}
	lookup_fini(&by_id);
	lookup_fini(&category_by_id);
}

/* Siblings go on the stack last first, so that the first comes off first. */
static void
walk_push(struct tree_walk *w, size_t first, int depth)
{
	size_t low = w->n_stack;

	for (size_t i = first; i != NOWHERE; i = w->next_sibling[i]) {
		if (w->seen[i])
			continue;
		w->seen[i] = true;
		w->stack_depth[w->n_stack] = depth;
		w->stack[w->n_stack++] = i;
	}
	for (size_t high = w->n_stack; low + 1 < high; low++) {
		size_t swap = w->stack[low];
		w->stack[low] = w->stack[--high];
		w->stack[high] = swap;
	}
}

static void
walk_down(struct tree_walk *w, const struct category *category)
{
	while (w->n_stack > 0) {
		size_t i = w->stack[--w->n_stack];
		int depth = w->stack_depth[w->n_stack];
		w->tree.v[w->tree.n++] = (struct cause_row){
			.category = category, .cause = walk_cause(w, i), .depth = depth
		};
		walk_push(w, w->first_why[i], depth + 1);
	}
}

/* What is left hangs in a loop, or below one: each loop is cut above one of its causes and written
 * from there. */
static void
walk_loops(struct tree_walk *w)
{
	size_t n = w->d->of[KIND_CAUSE].n, *met = mem_zero(n + 1, sizeof *met);

	for (size_t i = 0; i < n; i++) {
		size_t at = i;
		if (w->seen[i])
			continue;
		for (; met[at] != i + 1; at = w->up[at])
			met[at] = i + 1;
		w->seen[at] = true;
		w->stack_depth[w->n_stack] = 0;
		w->stack[w->n_stack++] = at;
		walk_down(w, NULL);
	}
	free(met);
}

/* The row that a row hangs under is the last one above it that is less deep. Sums go up from the
 * end. */
static void
tree_count(struct cause_tree *t)
{
	size_t *path = mem_zero(t->n + 1, sizeof *path), *up = mem_zero(t->n + 1, sizeof *up);
	size_t n_path = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct cause_row *row = &t->v[i];
		size_t level =
		    row->cause == NULL ? 0 : (size_t)row->depth + (row->category != NULL);
		n_path = level < n_path ? level : n_path;
		up[i] = n_path > 0 ? path[n_path - 1] : NOWHERE;
		path[n_path++] = i;
	}
	for (size_t i = t->n; i-- > 0;)
		if (up[i] != NOWHERE) {
			t->v[up[i]].n_whys++;
			t->v[up[i]].n_below += 1 + t->v[i].n_below;
		}
	free(path);
	free(up);
}

struct cause_tree
cause_tree(const struct debrief *d)
{
	size_t n = d->of[KIND_CAUSE].n, n_categories = d->of[KIND_CATEGORY].n;
	struct tree_walk w = { .d = d };

	w.tree.v = mem_zero(n + n_categories + 1, sizeof *w.tree.v);
	w.first_why = mem_alloc((n + 1) * sizeof *w.first_why);
	w.next_sibling = mem_alloc((n + 1) * sizeof *w.next_sibling);
	w.up = mem_alloc((n + 1) * sizeof *w.up);
	w.first_top = mem_alloc((n_categories + 1) * sizeof *w.first_top);
	w.stack = mem_alloc((n + 1) * sizeof *w.stack);
	w.stack_depth = mem_alloc((n + 1) * sizeof *w.stack_depth);
	w.seen = mem_zero(n + 1, sizeof *w.seen);
	memset(w.first_why, 0xff, (n + 1) * sizeof *w.first_why);
	memset(w.first_top, 0xff, (n_categories + 1) * sizeof *w.first_top);
	walk_link(&w);
	for (size_t i = 0; i <= n_categories; i++) {
		const struct category *category = NULL;
		if (i < n_categories) {
			category = DEBRIEF_AT(d, CATEGORY, category, i);
			w.tree.v[w.tree.n++] = (struct cause_row){ .category = category };
		}
		walk_push(&w, w.first_top[i], 0);
		walk_down(&w, category);
	}
	walk_loops(&w);
	tree_count(&w.tree);
	free(w.first_why);
	free(w.next_sibling);
	free(w.up);
	free(w.first_top);
	free(w.stack);
	free(w.stack_depth);
	free(w.seen);
	return w.tree;
}

void
cause_tree_fini(struct cause_tree *t)
{
	free(t->v);
	*t = (struct cause_tree){ 0 };
}

/* The top of the chain that `c` belongs to, and how far up it is. A loop ends after as many steps
 * as there are causes. */
static const struct cause *
chain_top(const struct debrief *d, const struct cause *c, int *steps)
{
	size_t most = DEBRIEF_N(d, CAUSE);

	for (*steps = 0; id_some(c->parent) && (size_t)*steps < most; (*steps)++) {
		const struct item *up = debrief_find(d, KIND_CAUSE, c->parent);
		if (up == NULL)
			break;
		c = (const struct cause *)up;
	}
	return c;
}

int
cause_level(const struct debrief *d, const struct cause *c)
{
	const struct item *category;
	int steps;

	if (c->level != LEVEL_NONE)
		return c->level;
	category = debrief_find(d, KIND_CATEGORY, chain_top(d, c, &steps)->category);
	return category == NULL ? LEVEL_NONE : ((const struct category *)category)->level;
}

int
cause_depth(const struct debrief *d, const struct cause *c)
{
	int steps;

	chain_top(d, c, &steps);
	return steps;
}

/* Which causes an action that was not dropped names, by their place in of[KIND_CAUSE]. */
static void
count_actions(
    const struct debrief *d, struct coverage *out, const struct lookup *by_id, bool *acted)
{
	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		int level = a->level;
		size_t n_causes = 0;
		if (a->status == ACTION_DROPPED)
			continue;
		for (size_t k = 0; k < a->causes.n; k++) {
			struct id id;
			size_t at =
			    id_parse(a->causes.v[k], &id) ? lookup_at(by_id, id) : LOOKUP_NONE;
			if (at == LOOKUP_NONE)
				continue;
			acted[at] = true;
			if (n_causes++ == 0 && level == LEVEL_NONE)
				level = cause_level(d, DEBRIEF_AT(d, CAUSE, cause, at));
		}
		out->actions_without_cause += n_causes == 0;
		out->actions_by_level[level]++;
		out->actions_by_kind[a->kind]++;
	}
}

static int
row_level(const struct cause_row *row)
{
	if (row->cause->level != LEVEL_NONE)
		return row->cause->level;
	return row->category == NULL ? LEVEL_NONE : row->category->level;
}

static void
count_causes(
    const struct cause_tree *t, struct coverage *out, const struct lookup *by_id, const bool *acted)
{
	int level = LEVEL_NONE;
	bool chain_acted = true;

	for (size_t i = 0; i < t->n; i++) {
		const struct cause_row *row = &t->v[i];
		if (row->cause == NULL)
			continue;
		out->votes += (size_t)row->cause->votes;
		if (row->depth == 0) {
			out->causes_without_action += !chain_acted;
			chain_acted = false;
			level = row_level(row);
			out->causes++;
			out->causes_by_level[level]++;
		} else {
			out->whys++;
			out->whys_by_depth[row->depth < 3 ? row->depth : 3]++;
			if (out->deepest_by_level[level] < row->depth)
				out->deepest_by_level[level] = row->depth;
		}
		chain_acted |= acted[lookup_at(by_id, row->cause->item.id)];
	}
	out->causes_without_action += !chain_acted;
}

struct coverage
coverage_of(const struct debrief *d)
{
	struct coverage out = { 0 };
	struct cause_tree tree = cause_tree(d);
	struct lookup by_id;
	bool *acted = mem_zero(DEBRIEF_N(d, CAUSE) + 1, sizeof *acted);

	lookup_init(&by_id, &d->of[KIND_CAUSE]);
	count_actions(d, &out, &by_id, acted);
	count_causes(&tree, &out, &by_id, acted);
	lookup_fini(&by_id);
	cause_tree_fini(&tree);
	free(acted);
	return out;
}

static int64_t
between(int64_t from_ns, int64_t to_ns)
{
	return from_ns == TIME_NONE || to_ns == TIME_NONE ? TIME_NONE : to_ns - from_ns;
}

struct milestones
milestones_of(const struct debrief *d)
{
	struct milestones m;

	for (int p = 0; p <= PHASE_RESOLVED; p++)
		m.at_ns[p] = TIME_NONE;
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++) {
		const struct event *e = DEBRIEF_AT(d, EVENT, event, i);
		if (e->phase == PHASE_NONE || e->at_ns == TIME_NONE)
			continue;
		if (m.at_ns[e->phase] == TIME_NONE || e->at_ns < m.at_ns[e->phase])
			m.at_ns[e->phase] = e->at_ns;
	}
	m.detect_ns = between(m.at_ns[PHASE_STARTED], m.at_ns[PHASE_DETECTED]);
	m.acknowledge_ns = between(m.at_ns[PHASE_DETECTED], m.at_ns[PHASE_ACKNOWLEDGED]);
	m.mitigate_ns = between(m.at_ns[PHASE_STARTED], m.at_ns[PHASE_MITIGATED]);
	m.resolve_ns = between(m.at_ns[PHASE_STARTED], m.at_ns[PHASE_RESOLVED]);
	return m;
}
