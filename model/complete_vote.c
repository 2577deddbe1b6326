#include <stdlib.h>
#include <string.h>

#include "model/complete_internal.h"
#include "model/run.h"

static const struct field *
ballots_field(void)
{
	return schema_field(KIND_DEBRIEF, "ballots");
}

/* The own entry of the ballots: on that item, or (none) the slot that is free yet; NULL: there is
 * none. Borrowed. */
static const char *
own_ballot(const struct completing *k, const char *slot)
{
	const struct strs *all = &k->d->ballots;

	for (size_t i = 0; i < all->n; i++)
		if (strncmp(all->v[i], slot, ID_LEN) == 0)
			return all->v[i];
	return NULL;
}

static char *
free_ballot(const struct completing *k, const char *item)
{
	const struct strs *slots = k->who->slots;

	for (size_t i = 0; slots != NULL && i < slots->n; i++)
		if ((int64_t)i < k->d->votes_each && own_ballot(k, slots->v[i]) == NULL)
			return mem_fmt("%s %s", slots->v[i], item);
	return NULL;
}

static char *
given_ballot(const struct completing *k, const char *item)
{
	const struct strs *slots = k->who->slots;

	for (size_t i = slots != NULL ? slots->n : 0; i-- > 0;) {
		const char *own = own_ballot(k, slots->v[i]);
		if (own != NULL && strcmp(own + ID_LEN + 1, item) == 0)
			return mem_dup(own);
	}
	return NULL;
}

/* A vote names an item; what is kept is one of the voter's ballots with that item on it. */
static void
fill_ballot(struct completing *k)
{
	struct assign *a = k->op->n > 0 && k->op->v[0].kind == KIND_DEBRIEF
			       ? change_find(&k->op->v[0], "ballots")
			       : NULL;
	char *entry;

	if (a == NULL || a->value.list.n != 1)
		return;
	entry = a->how == HOW_PLUS ? free_ballot(k, a->value.list.v[0])
				   : given_ballot(k, a->value.list.v[0]);
	strs_drop(&a->value.list, 0);
	if (entry != NULL)
		strs_take(&a->value.list, entry);
}

/* Votes on an item, by its id. */
static struct strs
items_voted(const struct debrief *d)
{
	struct strs items = { 0 };

	for (size_t i = 0; i < d->ballots.n; i++) {
		struct id slot, item;
		if (ballot_read(d->ballots.v[i], &slot, &item))
			strs_add(&items, item.s);
	}
	strs_sort(&items, false);
	return items;
}

static void
add_votes(struct completing *k, const char *item, int64_t n)
{
	struct id id;
	enum kind kind;

	if (!id_parse(item, &id) || debrief_any(k->d, id, &kind) == NULL ||
	    schema_field(kind, "votes") == NULL)
		return;
	change_put_num(op_add(k->op, VERB_SET, kind, id), "votes", n)->how = HOW_PLUS;
}

/* Of the votes the totals stay. */
static void
close_vote(struct completing *k)
{
	struct strs items = items_voted(k->d);

	change_set(&k->op->v[0], ballots_field(), (struct value){ 0 });
	if (k->d->votes_on.n > 0)
		change_put(&k->op->v[0], "votes_on", (struct value){ 0 });
	if (k->d->votes_single)
		change_put_num(&k->op->v[0], "votes_single", false);
	for (size_t i = 0, n; i < items.n; i += n) {
		for (n = 1; i + n < items.n && strcmp(items.v[i], items.v[i + n]) == 0;)
			n++;
		add_votes(k, items.v[i], (int64_t)n);
	}
	strs_fini(&items);
}

void
complete_votes(struct completing *k)
{
	const struct assign *each = k->op->n > 0 && k->op->v[0].kind == KIND_DEBRIEF
					? change_find(&k->op->v[0], "votes_each")
					: NULL;

	if (op_is_undo(k->op) || op_is_merge(k->op))
		return;
	if (op_is(k->op, "vote") || op_is(k->op, "unvote"))
		fill_ballot(k);
	else if (op_is(k->op, "votes") && each != NULL && each->value.num == 0)
		close_vote(k);
}

/* Who voted for what goes has that vote again. */
static void
ballots_back(struct completing *k, const struct id_set *gone)
{
	struct value back = { 0 };

	for (size_t i = 0; i < k->d->ballots.n; i++) {
		struct id slot, item;
		if (ballot_read(k->d->ballots.v[i], &slot, &item) && id_set_has(gone, item))
			strs_add(&back.list, k->d->ballots.v[i]);
	}
	if (back.list.n > 0)
		change_set(
		    op_add(k->op, VERB_SET, KIND_DEBRIEF, k->d->item.id), ballots_field(), back)
		    ->how = HOW_MINUS;
}

/* What may be voted on is never nothing: that would be anything. */
static void
votes_on_less(struct completing *k, const struct id_set *gone)
{
	struct value less = { 0 };
	struct id id;

	for (size_t i = 0; i < k->d->votes_on.n; i++)
		if (id_parse(k->d->votes_on.v[i], &id) && id_set_has(gone, id))
			strs_add(&less.list, k->d->votes_on.v[i]);
	if (less.list.n > 0 && less.list.n < k->d->votes_on.n)
		change_put(op_add(k->op, VERB_SET, KIND_DEBRIEF, k->d->item.id), "votes_on", less)
		    ->how = HOW_MINUS;
	else
		value_fini(&less);
}

void
complete_ballots_gone(struct completing *k, const struct id_set *gone)
{
	ballots_back(k, gone);
	votes_on_less(k, gone);
	if (id_set_has(gone, k->d->focus))
		change_put_text(
		    op_add(k->op, VERB_SET, KIND_DEBRIEF, k->d->item.id), "focus", NULL);
}

static struct change *
change_of(struct op *op, struct id id)
{
	for (size_t i = 0; i < op->n; i++)
		if (id_equal(op->v[i].id, id))
			return &op->v[i];
	return NULL;
}

/* A stop is for what runs; where nothing runs yet, for all that has no result. */
static bool
is_stopped(const struct completing *k, bool some, const struct experiment *x)
{
	return some ? run_is_on(k->d, x) : x->result == RESULT_NONE;
}

/* What its sender says of experiments that it does not stop, or that got a result meanwhile. */
static void
drop_others(struct completing *k, bool some)
{
	size_t kept = 0;

	for (size_t i = 0; i < k->op->n; i++) {
		struct change *c = &k->op->v[i];
		const struct experiment *x =
		    (const struct experiment *)debrief_find(k->d, KIND_EXPERIMENT, c->id);
		if (c->kind == KIND_EXPERIMENT && x != NULL &&
		    (x->result != RESULT_NONE || !is_stopped(k, some, x)))
			change_fini(c);
		else
			k->op->v[kept++] = *c;
	}
	k->op->n = kept;
}

static struct change *
change_for(struct op *op, enum kind kind, struct id id)
{
	struct change *c = change_of(op, id);

	return c != NULL ? c : op_add(op, VERB_SET, kind, id);
}

/* What begins anew is stopped no more: neither the room nor the experiment. */
static void
begin_anew(struct completing *k)
{
	for (size_t i = 0; i < k->op->n; i++) {
		const struct assign *a = k->op->v[i].kind == KIND_EXPERIMENT
					     ? change_find(&k->op->v[i], "started")
					     : NULL;
		if (a != NULL && a->value.num != TIME_NONE && k->d->aborted_ns != TIME_NONE) {
			change_put_num(change_for(k->op, KIND_DEBRIEF, k->d->item.id), "aborted",
			    TIME_NONE);
			return;
		}
	}
}

/* The stop of a game day stops all that runs, whatever of it the one who called it had seen. */
void
complete_abort(struct completing *k)
{
	bool some = run_any(k->d);

	if (op_is(k->op, "experiment"))
		begin_anew(k);
	if (!op_is(k->op, "abort") || k->op->n == 0)
		return;
	drop_others(k, some);
	for (size_t i = 0; i < DEBRIEF_N(k->d, EXPERIMENT); i++) {
		const struct experiment *x = DEBRIEF_AT(k->d, EXPERIMENT, experiment, i);
		struct change *c;
		if (!is_stopped(k, some, x))
			continue;
		c = change_for(k->op, KIND_EXPERIMENT, x->item.id);
		if (x->result == RESULT_NONE)
			complete_stamp(c, "result", RESULT_ABORTED);
		if (some)
			complete_stamp(c, "stopped", k->now_ns);
	}
	complete_stamp(change_for(k->op, KIND_DEBRIEF, k->d->item.id), "aborted", k->now_ns);
}
