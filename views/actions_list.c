#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/coverage.h"
#include "views/actions.h"
#include "views/draw.h"
#include "views/words.h"

const char *const action_layouts[] = { "due", "level", "kind", "owner", "votes", "card", NULL };

static bool
any(const struct action *a, const struct scene *sc)
{
	(void)a;
	(void)sc;
	return true;
}

static bool
not_done(const struct action *a, const struct scene *sc)
{
	(void)sc;
	return action_open(a);
}

static bool
unowned(const struct action *a, const struct scene *sc)
{
	(void)sc;
	return action_open(a) && a->owner == NULL;
}

static bool
unproven(const struct action *a, const struct scene *sc)
{
	(void)sc;
	return a->status == ACTION_DONE && a->proof == NULL;
}

static bool
without_cause(const struct action *a, const struct scene *sc)
{
	(void)sc;
	return a->causes.n == 0 && a->status != ACTION_DROPPED;
}

static bool
ideas(const struct action *a, const struct scene *sc)
{
	(void)sc;
	return a->status == ACTION_IDEA || a->status == ACTION_SOAKING;
}

/* What `f` goes through; the number is pane_state.filter. */
static const struct {
	enum word name;
	bool (*fits)(const struct action *a, const struct scene *sc);
} filters[] = {
	{ WORD_NONE, any },
	{ WORD_FILTER_OPEN, not_done },
	{ WORD_FILTER_OVERDUE, action_overdue },
	{ WORD_FILTER_UNOWNED, unowned },
	{ WORD_FILTER_UNPROVEN, unproven },
	{ WORD_FILTER_NO_CAUSE, without_cause },
	{ WORD_FILTER_IDEAS, ideas },
};
enum { N_FILTERS = sizeof filters / sizeof *filters };

static int
filter_of(const struct pane_state *s)
{
	return s->filter > 0 && s->filter < N_FILTERS ? s->filter : 0;
}

static size_t
count_fits(const struct scene *sc, int filter)
{
	size_t n = 0;

	for (size_t i = 0; i < DEBRIEF_N(sc->d, ACTION); i++)
		n += filters[filter].fits(DEBRIEF_AT(sc->d, ACTION, action, i), sc);
	return n;
}

void
action_filter_next(struct pane_state *s, const struct scene *sc)
{
	for (int i = 0; i < N_FILTERS; i++) {
		s->filter = (filter_of(s) + 1) % N_FILTERS;
		if (s->filter == 0 || count_fits(sc, s->filter) > 0)
			return;
	}
}

void
action_list_what(const struct pane_state *s, const struct scene *sc, struct buf *out)
{
	int layout = action_sort(s);

	if (filter_of(s) > 0) {
		buf_adds(out, word(filters[filter_of(s)].name));
		buf_addf(out, " %zu/%zu", count_fits(sc, filter_of(s)), DEBRIEF_N(sc->d, ACTION));
	}
	if (layout > ACTIONS_BY_DUE) {
		buf_adds(out, out->len > 0 ? ", " : "");
		word_put(out, WORD_SORTED_BY, action_layouts[layout - 1]);
	}
}

int
action_sort(const struct pane_state *s)
{
	return s->layout > ACTIONS_BY_DUE && s->layout < ACTIONS_CARD ? s->layout : ACTIONS_BY_DUE;
}

/* What an action is sorted by before its date: the smaller the earlier. */
struct ranked {
	const struct action *a;
	bool carried; /* from an earlier debrief, and open */
	int64_t first;
	const char *name;
	size_t nth;
};

/* While an action soaks its date is when to decide, not when it is due. */
static int64_t
due_rank(const struct action *a)
{
	return a->due_day == TIME_NONE || a->status == ACTION_SOAKING ? INT64_MAX : a->due_day;
}

static int
by_name(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a == NULL) - (b == NULL);
	return strcmp(a, b);
}

/* Dropped ones are last whatever the order; what comes from earlier debriefs and is still open is
 * first. */
static int
by_rank(const void *va, const void *vb)
{
	const struct ranked *a = va, *b = vb;
	bool dropped_a = a->a->status == ACTION_DROPPED, dropped_b = b->a->status == ACTION_DROPPED;
	int64_t da = due_rank(a->a), db = due_rank(b->a);
	int names;

	if (dropped_a != dropped_b)
		return dropped_a ? 1 : -1;
	if (a->carried != b->carried)
		return a->carried ? -1 : 1;
	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	if ((names = by_name(a->name, b->name)) != 0)
		return names;
	if (da != db)
		return da < db ? -1 : 1;
	if (action_open(a->a) != action_open(b->a))
		return action_open(a->a) ? -1 : 1;
	return a->nth < b->nth ? -1 : a->nth > b->nth;
}

static struct ranked
rank_of(const struct action *a, const struct debrief *d, int sort, size_t nth)
{
	struct ranked r = { .a = a, .nth = nth, .carried = a->carried_from != NULL && action_open(a) };

	switch (sort) {
	case ACTIONS_BY_LEVEL: r.first = -action_level(a, d); break;
	case ACTIONS_BY_KIND: r.first = a->kind; break;
	case ACTIONS_BY_OWNER: r.name = a->owner; break;
	case ACTIONS_BY_VOTES: r.first = -a->votes; break;
	default: break;
	}
	return r;
}

/* Of top causes in whose whole chain no cause has an action, the most voted come first. */
static int
by_id(const void *a, const void *b)
{
	return id_cmp(*(const struct id *)a, *(const struct id *)b);
}

/* Ids of all causes that some action is for, sorted. */
static struct id *
acted_ids(const struct debrief *d, size_t *n)
{
	struct id *v = NULL, id;
	size_t cap = 0;

	*n = 0;
	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		for (size_t k = 0; k < a->causes.n; k++) {
			if (!id_parse(a->causes.v[k], &id))
				continue;
			VEC_ROOM(v, *n, cap);
			v[(*n)++] = id;
		}
	}
	if (*n > 0)
		qsort(v, *n, sizeof *v, by_id);
	return v;
}

struct voted {
	const struct cause *c;
	size_t nth;
};

static int
by_votes(const void *va, const void *vb)
{
	const struct voted *a = va, *b = vb;

	if (a->c->votes != b->c->votes)
		return a->c->votes > b->c->votes ? -1 : 1;
	return a->nth < b->nth ? -1 : 1;
}

static bool
chain_acted(const struct cause_tree *t, size_t top, const struct id *acted, size_t n)
{
	for (size_t i = top; i <= top + t->v[top].n_below; i++)
		if (n > 0 &&
		    bsearch(&t->v[i].cause->item.id, acted, n, sizeof *acted, by_id) != NULL)
			return true;
	return false;
}

static void
find_loose(struct action_list *l, const struct debrief *d)
{
	struct cause_tree t = cause_tree(d);
	size_t n_acted;
	struct id *acted = acted_ids(d, &n_acted);
	struct voted *voted = mem_zero(t.n + 1, sizeof *voted);

	l->loose = mem_zero(t.n + 1, sizeof *l->loose);

	for (size_t i = 0; i < t.n; i++)
		if (t.v[i].cause != NULL && t.v[i].depth == 0 &&
		    !chain_acted(&t, i, acted, n_acted)) {
			voted[l->n_loose] = (struct voted){ t.v[i].cause, l->n_loose };
			l->n_loose++;
		}
	qsort(voted, l->n_loose, sizeof *voted, by_votes);
	for (size_t i = 0; i < l->n_loose; i++)
		l->loose[i] = voted[i].c;
	free(voted);
	free(acted);
	cause_tree_fini(&t);
}

static void
settle(struct action_list *l, struct pane_state *s)
{
	for (size_t i = 0; i < l->n; i++)
		if (id_equal(l->v[i]->item.id, s->selected))
			l->at = i;
	for (size_t i = 0; i < l->n_loose; i++)
		if (id_equal(l->loose[i]->item.id, s->selected))
			l->loose_at = i;
	if (l->loose_at < l->n_loose || l->n == 0)
		return;
	if (l->at == l->n)
		l->at = s->place < l->n ? s->place : l->n - 1;
	s->place = l->at;
	s->selected = l->v[l->at]->item.id;
}

void
action_list_init(struct action_list *l, const struct scene *sc, struct pane_state *s)
{
	size_t n = DEBRIEF_N(sc->d, ACTION);
	struct ranked *ranked = mem_zero(n + 1, sizeof *ranked);

	*l = (struct action_list){ .v = mem_zero(n + 1, sizeof *l->v) };
	for (size_t i = 0; i < n; i++) {
		const struct action *a = DEBRIEF_AT(sc->d, ACTION, action, i);
		if (filters[filter_of(s)].fits(a, sc))
			ranked[l->n++] = rank_of(a, sc->d, action_sort(s), i);
	}
	qsort(ranked, l->n, sizeof *ranked, by_rank);
	for (size_t i = 0; i < l->n; i++)
		l->v[i] = ranked[i].a;
	free(ranked);
	find_loose(l, sc->d);
	l->at = l->n;
	l->loose_at = l->n_loose;
	settle(l, s);
}

void
action_list_fini(struct action_list *l)
{
	free(l->v);
	free(l->loose);
	*l = (struct action_list){ 0 };
}
