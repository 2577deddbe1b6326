#include <string.h>

#include "model/rules_internal.h"

static bool
is_name(const struct ruling *r, const char *name)
{
	return name != NULL && r->who->name != NULL && strcmp(name, r->who->name) == 0;
}

/* `give facilitator ME` of one to whom it was offered. */
bool
rules_takes_over(const struct ruling *r)
{
	const struct change *c = r->op->v;
	const struct assign *role;

	if (!r->who->may_lead || !op_is(r->op, "give") || r->op->n != 1 || c->kind != KIND_PERSON ||
	    c->verb == VERB_REMOVE || !rules_is_self(r, c))
		return false;
	role = change_find(c, "role");
	return role != NULL && role->value.num == PERSON_FACILITATOR;
}

/* Who is asked to be silent still votes, asks for the word, says that the stage is done, and goes.
 */
bool
rule_muted(const struct ruling *r)
{
	static const char *const commands[] = { "vote", "unvote", "answer", "ready", "hand", "rate", "pass", "arrive",
		"leave", "pause", "abort", "undo", "redo" };

	if (r->who->host || actor_leads(r->who) || r->who->name == NULL ||
	    !strs_has(&r->d->muted, r->who->name))
		return true;
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (op_is(r->op, commands[i]))
			return true;
	return err_set(r->e, ERR_REFUSED,
	    "you are asked to be silent for now: nothing was changed: ask %s, or put a hand up",
	    rules_leader(r->d));
}

/* The role that a person will have; PERSON_NONE: it is not there. */
static int64_t
role_after(const struct ruling *r, struct id id, int now)
{
	const struct assign *a = op_index_assign(r->index, id, schema_field(KIND_PERSON, "role"));

	if (op_index_removed(r->index, id))
		return PERSON_NONE;
	return a != NULL ? a->value.num : now;
}

/* Whom the op makes the facilitator; NULL: nobody. */
static const struct change *
new_facilitator(const struct op *op)
{
	for (size_t i = 0; i < op->n; i++) {
		const struct assign *a =
		    op->v[i].kind == KIND_PERSON ? change_find(&op->v[i], "role") : NULL;
		if (a != NULL && a->value.num == PERSON_FACILITATOR)
			return &op->v[i];
	}
	return NULL;
}

/* Was there a facilitator, and will there be none? */
static bool
loses_facilitator(const struct ruling *r)
{
	bool was = false;

	for (size_t i = 0; i < DEBRIEF_N(r->d, PERSON); i++) {
		const struct person *p = DEBRIEF_AT(r->d, PERSON, person, i);
		if (p->role != PERSON_FACILITATOR)
			continue;
		was = true;
		if (role_after(r, p->item.id, p->role) == PERSON_FACILITATOR)
			return false;
	}
	return was && new_facilitator(r->op) == NULL;
}

static bool
gives_roles_only(const struct op *op)
{
	for (size_t i = 0; i < op->n; i++) {
		const struct change *c = &op->v[i];
		for (size_t j = 0; j < c->n_set; j++)
			if (strcmp(c->set[j].field->name, "role") != 0 &&
			    (c->verb != VERB_ADD || strcmp(c->set[j].field->name, "name") != 0))
				return false;
		if (c->kind != KIND_PERSON || c->verb == VERB_REMOVE)
			return false;
	}
	return true;
}

/* There is one facilitator; who it is hands that over, or who it was offered to takes it. */
bool
rule_give(const struct ruling *r)
{
	const struct change *to = new_facilitator(r->op);
	const struct person *p =
	    to != NULL ? (const struct person *)debrief_find(r->d, KIND_PERSON, to->id) : NULL;
	bool gives = op_is(r->op, "give");

	if (r->who->host || op_is_undo(r->op))
		return true;
	if (gives && !gives_roles_only(r->op))
		return err_set(r->e, ERR_REFUSED,
		    "give hands over roles and nothing else: nothing was changed: give ROLE NAME");
	if (to != NULL && r->who->role != PERSON_FACILITATOR && !rules_takes_over(r) &&
	    (p == NULL || p->role != PERSON_FACILITATOR))
		return err_set(r->e, ERR_REFUSED,
		    "only the facilitator hands that role over: nothing was changed: ask %s",
		    rules_leader(r->d));
	if (loses_facilitator(r))
		return err_set(r->e, ERR_REFUSED,
		    "somebody has to lead: nothing was changed: give facilitator NAME hands it "
		    "over");
	return true;
}

/* One's own hand, one's own mark; who leads takes others' hands down. */
static bool
own_names(const struct ruling *r, const struct assign *a)
{
	bool ready = strcmp(a->field->name, "ready") == 0;
	bool lowers = !ready && a->how == HOW_MINUS && actor_leads(r->who);

	if (a->how == HOW_SET)
		return a->value.list.n == 0 && actor_leads(r->who) && !op_is(r->op, "ready");
	for (size_t i = 0; !lowers && i < a->value.list.n; i++)
		if (!is_name(r, a->value.list.v[i]))
			return false;
	return true;
}

bool
rule_hands(const struct ruling *r)
{
	for (size_t i = 0; !r->who->host && !op_is_undo(r->op) && i < r->op->n; i++)
		for (size_t j = 0; j < r->op->v[i].n_set; j++) {
			const struct assign *a = &r->op->v[i].set[j];
			bool names = strcmp(a->field->name, "hands") == 0 ||
				     strcmp(a->field->name, "ready") == 0;
			bool turn = strcmp(a->field->name, "turns") == 0;
			if (!a->field->live || (!names && !turn) || (names && own_names(r, a)) ||
			    (turn && a->how == HOW_PLUS && a->value.num == 1))
				continue;
			return err_set(r->e, ERR_REFUSED,
			    "%s: everybody speaks for himself: nothing was changed",
			    a->field->name);
		}
	return true;
}

static bool
says_only(const struct change *c, const char *field)
{
	for (size_t i = 0; i < c->n_set; i++)
		if (strcmp(c->set[i].field->name, field) != 0)
			return false;
	return !c->placed;
}

/* The author of a card puts the own name on it: who can prove to have written it, and no other. */
bool
rule_claim(const struct ruling *r)
{
	size_t n = 0;

	if (r->who->host || !op_is(r->op, "card") || r->op->arg == NULL ||
	    strcmp(r->op->arg, "claim") != 0)
		return true;
	for (size_t i = 0; i < r->op->n; i++) {
		const struct change *c = &r->op->v[i];
		const struct assign *by = change_find(c, "by");
		const struct card *card = (const struct card *)debrief_find(r->d, KIND_CARD, c->id);
		const struct person *me = debrief_person(r->d, r->who->name);
		struct change self = { .kind = KIND_PERSON };
		if (c->kind == KIND_PERSON && c->verb == VERB_ADD && rules_is_self(r, c))
			continue;
		if (c->kind != KIND_CARD || c->verb != VERB_SET || by == NULL || n++ > 0 ||
		    !says_only(c, "by"))
			return err_set(r->e, ERR_REFUSED,
			    "claim signs one card: nothing was changed: card claim ID");
		if (card == NULL || !actor_owns(r->who, card))
			return err_set(r->e, ERR_REFUSED,
			    "that card was not written from here: nothing was changed: only its "
			    "author can claim it");
		if (by->value.text == NULL || !id_parse(by->value.text, &self.id) ||
		    (op_index_added(r->index, KIND_PERSON, self.id)
			    ? false
			    : me == NULL || !id_equal(me->item.id, self.id)))
			return err_set(r->e, ERR_REFUSED,
			    "a card is claimed for oneself: nothing was changed: card claim ID");
	}
	return true;
}

/* What a command is for: one kind of thing, new or not, with that field alone (NULL: any). */
static const struct few {
	const char *command;
	enum kind kind;
	enum verb verb;
	const char *field;
} few[] = {
	{ "rate", KIND_RATING, VERB_ADD, NULL },
	{ "leave", KIND_RATING, VERB_ADD, NULL },
	{ "pass", KIND_DEBRIEF, VERB_SET, "passed" },
	{ "arrive", KIND_DEBRIEF, VERB_SET, "arrivals" },
	{ "ready", KIND_DEBRIEF, VERB_SET, "ready" },
	{ "hand", KIND_DEBRIEF, VERB_SET, "hands" },
	{ "hand", KIND_PERSON, VERB_SET, "turns" },
};

static bool
is_few(const struct op *op, const struct change *c)
{
	bool named = false;

	for (size_t i = 0; i < sizeof few / sizeof *few; i++) {
		if (!op_is(op, few[i].command))
			continue;
		named = true;
		if (c->kind == few[i].kind && c->verb == few[i].verb &&
		    (few[i].field == NULL || says_only(c, few[i].field)))
			return true;
	}
	return !named;
}

/* Commands that keep no name, and those of who is asked to be silent, do what they are for and
 * nothing else. */
bool
rule_few(const struct ruling *r)
{
	for (size_t i = 0; !r->who->host && i < r->op->n; i++)
		if (!is_few(r->op, &r->op->v[i]))
			return err_set(r->e, ERR_REFUSED,
			    "%s does one thing and nothing else: nothing was changed",
			    r->op->command);
	return true;
}

static bool
stops(const struct change *c)
{
	const struct assign *result = change_find(c, "result");

	if (c->kind == KIND_EVENT)
		return c->verb == VERB_ADD;
	if (c->kind == KIND_DEBRIEF)
		return says_only(c, "aborted");
	return c->kind == KIND_EXPERIMENT && c->verb == VERB_SET && says_only(c, "result") &&
	       (result == NULL || result->value.num == RESULT_ABORTED);
}

/* The stop of a game day is everybody's: it is that and nothing else. */
bool
rule_abort(const struct ruling *r)
{
	size_t events = 0;

	for (size_t i = 0; !r->who->host && op_is(r->op, "abort") && i < r->op->n; i++) {
		events += r->op->v[i].kind == KIND_EVENT;
		if (!stops(&r->op->v[i]) || events > 1)
			return err_set(r->e, ERR_REFUSED,
			    "abort stops the game day and does nothing else: nothing was changed: "
			    "abort REASON");
	}
	return true;
}
