#include <string.h>

#include "model/rules_internal.h"

static const struct assign *
said(const struct change *c, const char *field, enum how how)
{
	const struct assign *a = change_find(c, field);

	return a != NULL && a->how == how ? a : NULL;
}

static bool
refuse_usage(const struct ruling *r, const char *usage)
{
	return err_set(
	    r->e, ERR_REFUSED, "%s is one step: nothing was changed: %s", r->op->command, usage);
}

/* Opening or closing says that, and nothing else. */
static bool
is_step(const struct op *op)
{
	static const char *const fields[] = { "votes_each", "votes_single", "votes_on" };
	const struct change *c = op->v;
	size_t known = 0;

	if (op->n != 1 || c->kind != KIND_DEBRIEF || said(c, "votes_each", HOW_SET) == NULL)
		return false;
	for (size_t i = 0; i < c->n_set; i++)
		for (size_t j = 0; j < sizeof fields / sizeof *fields; j++)
			known += c->set[i].how == HOW_SET &&
				 strcmp(c->set[i].field->name, fields[j]) == 0;
	return known == c->n_set;
}

static bool
takes_votes(enum kind kind)
{
	return schema_field(kind, "votes") != NULL;
}

/* What may be voted on is what everybody sees. */
static bool
on_ok(const struct ruling *r, const char *text)
{
	struct viewer nobody = { 0 };
	struct id id;
	enum kind kind;
	const struct item *it = id_parse(text, &id) ? debrief_any(r->d, id, &kind) : NULL;

	if (it == NULL || !visible_item(r->d, &nobody, kind, it))
		return err_set(r->e, ERR_MISSING,
		    "on: there is nothing %.40s that all can see: no vote was opened: look for "
		    "another",
		    text);
	return takes_votes(kind) ||
	       err_set(r->e, ERR_REFUSED,
		   "on: %s take no votes: no vote was opened: name cards, causes, actions, events or questions",
		   schema_of(kind)->plural);
}

static bool
rule_step(const struct ruling *r)
{
	const struct assign *on;

	if (!is_step(r->op))
		return refuse_usage(r, "votes open N, or votes close");
	if (said(r->op->v, "votes_each", HOW_SET)->value.num == 0)
		return r->d->votes_each > 0 ||
		       err_set(r->e, ERR_REFUSED,
			   "no vote is open: nothing was changed: votes open N opens one");
	if (r->d->votes_each > 0)
		return err_set(r->e, ERR_REFUSED,
		    "a vote is open already: nothing was changed: votes close first");
	on = said(r->op->v, "votes_on", HOW_SET);
	for (size_t i = 0; on != NULL && i < on->value.list.n; i++)
		if (!on_ok(r, on->value.list.v[i]))
			return false;
	return true;
}

/* How many of the voter's ballots are given, and how many of them to one item. */
static void
count_own(const struct ruling *r, struct id item, size_t *given, size_t *on_it)
{
	const struct strs *slots = r->who->slots;

	*given = *on_it = 0;
	for (size_t i = 0; slots != NULL && i < r->d->ballots.n; i++) {
		struct id slot, to;
		if (!ballot_read(r->d->ballots.v[i], &slot, &to) || !strs_has(slots, slot.s))
			continue;
		++*given;
		*on_it += id_equal(to, item);
	}
}

static bool
item_ok(const struct ruling *r, const char *text, struct id *id)
{
	struct viewer nobody = { 0 };
	enum kind kind;
	const struct item *it = id_parse(text, id) ? debrief_any(r->d, *id, &kind) : NULL;

	if (it == NULL || !visible_item(r->d, &nobody, kind, it))
		return err_set(r->e, ERR_MISSING,
		    "there is nothing %.40s that all can see: nothing was changed: look for another",
		    text);
	if (!takes_votes(kind))
		return err_set(r->e, ERR_REFUSED,
		    "%s take no votes: nothing was changed: vote on cards, causes, actions, events or questions",
		    schema_of(kind)->plural);
	return r->d->votes_on.n == 0 || strs_has(&r->d->votes_on, id->s) ||
	       err_set(r->e, ERR_REFUSED,
		   "this vote is on other things: nothing was changed: it is on %zu of them",
		   r->d->votes_on.n);
}

static bool
vote_ok(const struct ruling *r, struct id item)
{
	size_t given, on_it, each = (size_t)r->d->votes_each;

	count_own(r, item, &given, &on_it);
	if (r->who->slots == NULL || r->who->slots->n == 0)
		return err_set(r->e, ERR_REFUSED,
		    "there are no votes for you here: nothing was changed: join, then vote");
	if (given >= each || given >= r->who->slots->n)
		return err_set(r->e, ERR_REFUSED,
		    "all %zu of your votes %s given: nothing was changed: unvote ID takes one back",
		    given, given == 1 ? "is" : "are");
	return !r->d->votes_single || on_it == 0 ||
	       err_set(r->e, ERR_REFUSED,
		   "you have voted for it: nothing was changed: this vote takes one on each");
}

static bool
unvote_ok(const struct ruling *r, struct id item)
{
	size_t given, on_it;

	count_own(r, item, &given, &on_it);
	return on_it > 0 || err_set(r->e, ERR_REFUSED,
				"none of your votes is on it: nothing was changed: you have given "
				"%zu of %lld",
				given, (long long)r->d->votes_each);
}

static bool
rule_ballot(const struct ruling *r)
{
	bool gives = op_is(r->op, "vote");
	const struct change *c = r->op->v;
	const struct assign *a =
	    r->op->n == 1 ? said(c, "ballots", gives ? HOW_PLUS : HOW_MINUS) : NULL;
	struct id item;

	if (a == NULL || c->kind != KIND_DEBRIEF || c->n_set != 1 || a->value.list.n != 1)
		return refuse_usage(r, gives ? "vote ID" : "unvote ID");
	if (r->d->votes_each == 0)
		return err_set(r->e, ERR_REFUSED,
		    "no vote is open: nothing was changed: ask %s to open one", rules_leader(r->d));
	if (!item_ok(r, a->value.list.v[0], &item))
		return false;
	return gives ? vote_ok(r, item) : unvote_ok(r, item);
}

bool
rule_votes(const struct ruling *r)
{
	if (op_is(r->op, "vote") || op_is(r->op, "unvote"))
		return rule_ballot(r);
	return r->who->host || !op_is(r->op, "votes") || rule_step(r);
}
