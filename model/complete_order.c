#include <stdlib.h>
#include <string.h>

#include "model/complete_internal.h"
#include "model/order.h"

static void
give_key(struct change *c, char *key)
{
	struct assign *a = change_find(c, "order");

	if (a == NULL) {
		change_put(c, "order", (struct value){ .text = key });
		return;
	}
	free(a->value.text);
	a->value.text = key;
}

static void
note_before(struct completing *k, struct id before, const char *key)
{
	VEC_ROOM(k->before, k->n_before, k->cap_before);
	k->before[k->n_before++] = (struct given_before){ before, mem_dup(key) };
}

/* The last key that the batch gave before an item, or NULL. */
static const char *
given_before(const struct completing *k, struct id before)
{
	for (size_t i = k->n_before; i-- > 0;)
		if (id_equal(k->before[i].before, before))
			return k->before[i].key;
	return NULL;
}

/* A key between a neighbor (NULL: none) and an item, behind what the batch put there already. */
static char *
key_between(struct completing *k, const char *low, struct id before, const char *high)
{
	const char *given = given_before(k, before);
	char *key;

	if (given != NULL && (low == NULL || strcmp(low, given) < 0))
		low = given;
	key = order_between(low, high, complete_random(k));
	note_before(k, before, key);
	return key;
}

/* May the place of one tell of the other? A card's tells of no card that is hidden, a hidden one's
 * of none but the author's own: its key would say how many others have written. */
static bool
tells_of(const struct completing *k, const struct item *it, bool hidden)
{
	const struct card *card = (const struct card *)it;

	return !card_hidden(k->d, card) || (hidden && actor_owns(k->who, card));
}

/* The greatest key of a kind in the model that may be told. */
static const char *
greatest_key(const struct completing *k, enum kind kind, bool hidden)
{
	const struct items *of = &k->d->of[kind];

	for (size_t i = of->n; i-- > 0;)
		if (kind != KIND_CARD || tells_of(k, of->v[i], hidden))
			return of->v[i]->order;
	return NULL;
}

char *
complete_key_end(struct completing *k, enum kind kind, bool hidden)
{
	char **last = hidden ? &k->last_hidden : &k->last_order[kind];
	char *key;

	if (*last == NULL)
		*last = mem_dup(greatest_key(k, kind, hidden));
	key = order_between(*last, NULL, complete_random(k));
	free(*last);
	*last = mem_dup(key);
	return key;
}

/* The neighbor below a place, of those that may be told. */
static const char *
neighbor(const struct completing *k, const struct change *c, size_t at, bool hidden)
{
	const struct items *of = &k->d->of[c->kind];

	while (at-- > 0)
		if (!id_equal(of->v[at]->id, c->id) &&
		    (c->kind != KIND_CARD || tells_of(k, of->v[at], hidden)))
			return of->v[at]->order;
	return NULL;
}

/* Between neighbors in the whole kind, siblings or not, so that no two keys are ever equal. */
static void
order_change(struct completing *k, const struct op_index *index, struct change *c)
{
	const struct item *before =
	    id_some(c->before) ? debrief_find(k->d, c->kind, c->before) : NULL;
	bool hidden = c->kind == KIND_CARD && card_hidden_after(index, k->d, c->id);

	if (before == NULL) {
		give_key(c, complete_key_end(k, c->kind, hidden));
		return;
	}
	give_key(c, key_between(k, neighbor(k, c, debrief_index(k->d, c->kind, before), hidden),
			before->id, before->order));
}

static bool
wants_key(const struct change *c)
{
	return c->placed || (c->verb == VERB_ADD && change_find(c, "order") == NULL);
}

/* What comes to a group of items that are told apart by their keys alone: events of one moment, or
 * a whole kind. */
struct coming {
	int64_t at_ns;
	size_t change; /* its index in the batch */
	bool keyed;    /* has a key and keeps it */
};

/* Those that are there and stay, with the keys that they have or are given now. */
struct member {
	struct id id;
	char *key;
};
struct group {
	enum kind kind;
	struct member *v;
	size_t n;
};

static bool
moves_event(const struct change *c)
{
	return c->verb == VERB_ADD || c->placed || change_find(c, "at") != NULL ||
	       change_find(c, "order") != NULL;
}

/* Is the item placed anew by the batch, or gone? */
static bool
leaves(const struct op_index *index, const struct item *it)
{
	for (size_t i = op_index_first(index, it->id); i != INDEX_NONE;
	     i = op_index_next(index, i)) {
		const struct change *c = &index->op->v[i];
		if (c->placed || c->verb == VERB_REMOVE ||
		    (c->kind == KIND_EVENT && moves_event(c)))
			return true;
	}
	return false;
}

static struct group
group_of(
    const struct completing *k, const struct op_index *index, enum kind kind, size_t from, size_t n)
{
	struct group g = { .kind = kind, .v = mem_alloc((n + 1) * sizeof *g.v) };

	for (size_t i = from; i < from + n; i++) {
		const struct item *it = k->d->of[kind].v[i];
		if (!leaves(index, it))
			g.v[g.n++] = (struct member){ it->id, mem_dup(it->order) };
	}
	return g;
}

static void
group_fini(struct group *g)
{
	for (size_t i = 0; i < g->n; i++)
		free(g->v[i].key);
	free(g->v);
}

/* Those without a key stand first, and get keys there. */
static void
group_key(struct completing *k, struct group *g)
{
	size_t keyless = 0;

	while (keyless < g->n && g->v[keyless].key == NULL)
		keyless++;
	for (size_t i = 0; i < keyless; i++) {
		struct member *m = &g->v[i];
		m->key = order_between(i > 0 ? m[-1].key : NULL,
		    keyless < g->n ? g->v[keyless].key : NULL, complete_random(k));
		change_put_text(op_add(k->op, VERB_SET, g->kind, m->id), "order", m->key);
	}
}

static char *
group_place(struct completing *k, const struct group *g, struct id before)
{
	for (size_t i = 0; id_some(before) && i < g->n; i++)
		if (id_equal(g->v[i].id, before))
			return key_between(k, i > 0 ? g->v[i - 1].key : NULL, before, g->v[i].key);
	return NULL;
}

/* Keys for what comes, in the order of the batch. Takes the group over. */
static void
group_order(struct completing *k, struct group g, const struct coming *v, size_t n)
{
	char *last;

	group_key(k, &g);
	last = mem_dup(g.n > 0 ? g.v[g.n - 1].key : NULL);
	for (size_t i = 0; i < n; i++) {
		struct change *c = &k->op->v[v[i].change];
		char *key;
		if (v[i].keyed)
			continue;
		key = group_place(k, &g, c->before);
		if (key == NULL) {
			key = order_between(last, NULL, complete_random(k));
			free(last);
			last = mem_dup(key);
		}
		give_key(c, key);
	}
	free(last);
	group_fini(&g);
}

static int
coming_cmp(const void *x, const void *y)
{
	const struct coming *a = x, *b = y;

	if (a->at_ns != b->at_ns)
		return a->at_ns < b->at_ns ? -1 : 1;
	return (a->change > b->change) - (a->change < b->change);
}

static struct coming
coming_event(const struct completing *k, size_t i)
{
	const struct change *c = &k->op->v[i];
	const struct event *ev = (const struct event *)debrief_find(k->d, KIND_EVENT, c->id);
	const struct assign *at = change_find(c, "at"), *order = change_find(c, "order");
	const char *key = order != NULL && order->value.text != NULL ? order->value.text
			  : ev != NULL				     ? ev->item.order
								     : NULL;

	return (struct coming){ .at_ns = at != NULL   ? at->value.num
					 : ev != NULL ? ev->at_ns
						      : TIME_NONE,
		.change = i,
		.keyed = key != NULL && !c->placed };
}

/* The first event in the model that is not before a moment. */
static size_t
moment_begin(const struct debrief *d, int64_t at_ns)
{
	size_t lo = 0, hi = DEBRIEF_N(d, EVENT);

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (DEBRIEF_AT(d, EVENT, event, mid)->at_ns < at_ns)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* An undo that would take the key of an event away does not, where others have come to its moment.
 */
static void
keep_keys(struct completing *k, const struct coming *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct change *c = &k->op->v[v[i].change];
		const struct item *ev = debrief_find(k->d, KIND_EVENT, c->id);
		const struct assign *order = change_find(c, "order");
		if (ev != NULL && ev->order != NULL && order != NULL && order->value.text == NULL)
			give_key(c, mem_dup(ev->order));
	}
}

/* Events stand by their time; only those that share a moment need keys. */
static void
order_moment(struct completing *k, const struct op_index *index, const struct coming *v, size_t n)
{
	size_t from = moment_begin(k->d, v->at_ns), many = 0;
	struct group g;

	while (from + many < DEBRIEF_N(k->d, EVENT) &&
	       DEBRIEF_AT(k->d, EVENT, event, from + many)->at_ns == v->at_ns)
		many++;
	g = group_of(k, index, KIND_EVENT, from, many);
	if (g.n + n > 1) {
		keep_keys(k, v, n);
		group_order(k, g, v, n);
	} else {
		group_fini(&g);
	}
}

static void
order_events(struct completing *k, const struct op_index *index)
{
	struct coming *v = mem_alloc((k->op->n + 1) * sizeof *v);
	size_t n = 0;

	for (size_t i = 0; i < k->op->n; i++) {
		const struct change *c = &k->op->v[i];
		if (c->kind == KIND_EVENT && c->verb != VERB_REMOVE && moves_event(c))
			v[n++] = coming_event(k, i);
	}
	if (n > 1)
		qsort(v, n, sizeof *v, coming_cmp);
	for (size_t i = 0, many; i < n; i += many) {
		for (many = 1; i + many < n && v[i + many].at_ns == v[i].at_ns;)
			many++;
		order_moment(k, index, v + i, many);
	}
	free(v);
}

/* A kind in which something is placed before an item without a key: all its items get keys. */
static void
order_keyless(struct completing *k, const struct op_index *index, enum kind kind)
{
	struct coming *v = mem_alloc((k->op->n + 1) * sizeof *v);
	size_t n = 0;

	for (size_t i = 0; i < k->op->n; i++)
		if (k->op->v[i].kind == kind && wants_key(&k->op->v[i]))
			v[n++] = (struct coming){ .change = i };
	group_order(k, group_of(k, index, kind, 0, k->d->of[kind].n), v, n);
	free(v);
}

static bool
before_keyless(const struct completing *k, const struct change *c)
{
	const struct item *before =
	    c->placed && id_some(c->before) ? debrief_find(k->d, c->kind, c->before) : NULL;

	return before != NULL && before->order == NULL && schema_field(c->kind, "order") != NULL;
}

void
complete_order(struct completing *k)
{
	struct op_index index;
	bool keyless[N_KINDS] = { false }, present[N_KINDS] = { false };
	size_t n = k->op->n;

	op_index_init(&index, k->op);
	for (size_t i = 0; i < n; i++) {
		const struct change *c = &k->op->v[i];
		present[c->kind] = true;
		keyless[c->kind] |= before_keyless(k, c);
	}
	for (int kind = 1; kind < N_KINDS; kind++)
		if (kind != KIND_EVENT && keyless[kind])
			order_keyless(k, &index, (enum kind)kind);
	if (present[KIND_EVENT])
		order_events(k, &index);
	for (size_t i = 0; i < n; i++) {
		struct change *c = &k->op->v[i];
		if (c->kind != KIND_EVENT && !keyless[c->kind] && wants_key(c) &&
		    schema_field(c->kind, "order") != NULL)
			order_change(k, &index, c);
	}
	for (size_t i = 0; i < n; i++) {
		k->op->v[i].placed = false;
		k->op->v[i].before = (struct id){ 0 };
	}
	op_index_fini(&index);
}
