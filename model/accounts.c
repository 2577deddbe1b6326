#include "model/accounts.h"

#include <stdlib.h>
#include <string.h>

#define MINUTE (60 * NS_PER_S)

const char *
account_teller(const struct event *e)
{
	return e->source != NULL ? e->source : e->lane;
}

static bool
is_account(const struct event *e)
{
	return e->certainty == CERTAINTY_ACCOUNT && e->at_ns != TIME_NONE &&
	       e->precision != PRECISION_ORDER && e->kind != EVENT_GAP;
}

struct moment {
	int64_t from_ns, to_ns;
};

static struct moment
moment_of(const struct event *e)
{
	struct moment m = { e->at_ns, e->at_ns };
	int64_t wide = e->precision == PRECISION_ABOUT ? 5 * MINUTE : MINUTE - 1;

	if (e->until_ns != TIME_NONE && e->until_ns > m.to_ns)
		m.to_ns = e->until_ns;
	if (__builtin_add_overflow(m.to_ns, wide, &m.to_ns))
		m.to_ns = INT64_MAX;
	if (e->precision == PRECISION_ABOUT && __builtin_sub_overflow(m.from_ns, wide, &m.from_ns))
		m.from_ns = INT64_MIN + 1;
	return m;
}

/* All of one teller say nothing against each other. */
static bool
differ(const struct debrief *d, const size_t *members, size_t n)
{
	const char *first = account_teller(DEBRIEF_AT(d, EVENT, event, members[0]));

	for (size_t i = 1; i < n; i++) {
		const char *other = account_teller(DEBRIEF_AT(d, EVENT, event, members[i]));
		if (first == NULL || other == NULL || strcmp(first, other) != 0)
			return true;
	}
	return false;
}

struct gathering {
	const struct debrief *d;
	struct accounts *a;
	size_t cap, first, used; /* the open group: members[first] to members[used] */
	struct moment of;
};

static void
end_group(struct gathering *g)
{
	struct accounts *a = g->a;
	size_t n = g->used - g->first;

	if (n >= 2 && differ(g->d, a->members + g->first, n)) {
		VEC_ROOM(a->v, a->n, g->cap);
		a->v[a->n++] = (struct account_group){ g->first, n };
		g->first = g->used;
	}
	g->used = g->first;
}

struct accounts
accounts_of(const struct debrief *d)
{
	struct accounts a = { 0 };
	struct gathering g = { .d = d, .a = &a };
	size_t n = DEBRIEF_N(d, EVENT), told = 0;

	for (size_t i = 0; i < n; i++)
		told += is_account(DEBRIEF_AT(d, EVENT, event, i));
	if (told < 2)
		return a;
	a.members = mem_alloc(told * sizeof *a.members);
	for (size_t i = 0; i < n; i++) {
		const struct event *e = DEBRIEF_AT(d, EVENT, event, i);
		struct moment m;
		if (!is_account(e))
			continue;
		m = moment_of(e);
		if (g.used > g.first && m.from_ns > g.of.to_ns)
			end_group(&g);
		if (g.used == g.first)
			g.of = m;
		a.members[g.used++] = i;
	}
	end_group(&g);
	if (a.n > 0)
		a.group = mem_zero(n, sizeof *a.group);
	for (size_t i = 0; i < a.n; i++)
		for (size_t k = 0; k < a.v[i].n; k++)
			a.group[a.members[a.v[i].first + k]] = i + 1;
	return a;
}

void
accounts_fini(struct accounts *a)
{
	free(a->members);
	free(a->v);
	free(a->group);
	*a = (struct accounts){ 0 };
}

const struct account_group *
accounts_at(const struct accounts *a, size_t i)
{
	return a->group != NULL && a->group[i] > 0 ? &a->v[a->group[i] - 1] : NULL;
}
