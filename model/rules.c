#include "model/rules.h"

#include <string.h>

#include "base/text.h"
#include "model/rules_internal.h"
#include "model/visible.h"

const char *
rules_leader(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, PERSON); i++) {
		const struct person *p = DEBRIEF_AT(d, PERSON, person, i);
		if (p->role == PERSON_FACILITATOR && p->name != NULL)
			return p->name;
	}
	return "one of them";
}

/* Commands of those who lead, and what they do, for sentences. */
static const struct led {
	const char *command, *words;
} led[] = {
	{ "stage", "move the stage" },
	{ "reveal", "reveal the cards" },
	{ "votes", "open and close votes" },
	{ "timer", "set the timer" },
	{ "ask", "ask the room" },
	{ "spread", "share out the time" },
	{ "prompt", "show a question to all" },
	{ "projector", "say what projectors show" },
	{ "curtain", "move the curtain" },
	{ "save", "save" },
	{ "close", "close the debrief" },
	{ "reopen", "open it again" },
	{ "override", "pass a gate" },
	{ "redact", "take words out for good" },
	{ "give", "hand over a role" },
	{ "mute", "mute somebody" },
	{ "lock", "lock the door" },
	{ "unlock", "unlock the door" },
	{ "seat", "add seats" },
	{ "focus", "point everybody's screen" },
	{ "confirm", "confirm the timeline" },
	{ "new", "begin a debrief" },
	{ "later", "put the actions off" },
	{ "draft", "draft the summary" },
	{ "categories", "change the set of categories" },
};

/* What is everybody's, also who only watches: the stop of a game day, to go, a break. */
static bool
is_everybodys(const struct op *op)
{
	return op_is(op, "abort") || (op->n == 0 && (op_is(op, "leave") || op_is(op, "pause")));
}

static bool
rule_roles(const struct ruling *r)
{
	if (r->who->host)
		return true;
	if (r->who->role == PERSON_OBSERVER && !is_everybodys(r->op))
		return err_set(r->e, ERR_REFUSED,
		    "an observer changes nothing: nothing was changed: ask %s for a role",
		    rules_leader(r->d));
	for (size_t i = 0; !actor_leads(r->who) && i < sizeof led / sizeof *led; i++)
		if (op_is(r->op, led[i].command) && !rules_takes_over(r))
			return err_set(r->e, ERR_REFUSED,
			    "only the facilitator or the scribe can "
			    "%s: nothing was changed: ask %s",
			    led[i].words, rules_leader(r->d));
	return true;
}

bool
rules_is_self(const struct ruling *r, const struct change *c)
{
	const struct person *p = (const struct person *)debrief_find(r->d, KIND_PERSON, c->id);
	const struct assign *name = change_find(c, "name");
	const char *is = p != NULL ? p->name : name != NULL ? name->value.text : NULL;

	return is != NULL && r->who->name != NULL && strcmp(is, r->who->name) == 0;
}

/* Of somebody who is there: rights and what was written would go with it to whoever comes by the
 * new name. */
static bool
renames(const struct ruling *r, const struct change *c)
{
	const struct person *p = (const struct person *)debrief_find(r->d, KIND_PERSON, c->id);
	const struct assign *name = c->kind == KIND_PERSON ? change_find(c, "name") : NULL;

	return p != NULL && name != NULL && c->verb == VERB_SET && name->value.text != NULL &&
	       strcmp(name->value.text, p->name) != 0;
}

/* Stages are of those who lead; a participant adds and changes among people oneself, and takes no
 * role or other name. */
static bool
rule_lead_kinds(const struct ruling *r)
{
	for (size_t i = 0; !actor_leads(r->who) && !rules_takes_over(r) && i < r->op->n; i++) {
		const struct change *c = &r->op->v[i];
		const struct assign *role = c->kind == KIND_PERSON ? change_find(c, "role") : NULL;
		if (c->kind == KIND_STAGE || (c->kind == KIND_PERSON && !rules_is_self(r, c)))
			return err_set(r->e, ERR_REFUSED,
			    "only the facilitator or the scribe can change %s: nothing was "
			    "changed: ask %s",
			    schema_of(c->kind)->plural, rules_leader(r->d));
		if (renames(r, c))
			return err_set(r->e, ERR_REFUSED,
			    "what you wrote stands under your name: nothing was changed: ask %s for "
			    "another",
			    rules_leader(r->d));
		if (role != NULL && role->value.num != PERSON_PARTICIPANT &&
		    role->value.num != PERSON_OBSERVER)
			return err_set(r->e, ERR_REFUSED,
			    "only the facilitator or the scribe can give roles: nothing was "
			    "changed: ask %s",
			    rules_leader(r->d));
	}
	return true;
}

/* Names tell people apart: `by` of ops and cards, rights and undo hang on them. */
static bool
rule_names(const struct ruling *r)
{
	struct viewer me = actor_eyes(r->who);

	for (size_t i = 0; !r->who->host && i < r->op->n; i++) {
		const struct change *c = &r->op->v[i];
		const struct assign *name = c->kind == KIND_PERSON ? change_find(c, "name") : NULL;
		const struct person *p =
		    name != NULL ? debrief_person(r->d, name->value.text) : NULL;
		if (p != NULL && !id_equal(p->item.id, c->id) &&
		    visible_item(r->d, &me, KIND_PERSON, &p->item) &&
		    !op_index_removed(r->index, p->item.id))
			return err_set(r->e, ERR_REFUSED,
			    "%s is there already: nothing was changed: choose another name, or "
			    "person set %s FIELD=VALUE",
			    p->name, p->name);
		for (size_t j = 0; name != NULL && j < i; j++) {
			const struct assign *other = r->op->v[j].kind == KIND_PERSON
							 ? change_find(&r->op->v[j], "name")
							 : NULL;
			if (other != NULL && !id_equal(r->op->v[j].id, c->id) &&
			    name->value.text != NULL && other->value.text != NULL &&
			    strcmp(other->value.text, name->value.text) == 0)
				return err_set(r->e, ERR_REFUSED,
				    "%s is there twice: nothing was "
				    "changed: choose another name",
				    name->value.text);
		}
	}
	return true;
}

/* A hidden card that was removed comes back to who wrote it alone. */
static bool
comes_back(const struct ruling *r, const struct change *c)
{
	const struct assign *owner = change_find(c, "owner");
	struct card card = { .item.id = c->id };

	if (c->verb != VERB_ADD || owner == NULL || !card_hidden_after(r->index, r->d, c->id))
		return true;
	card.owner = owner->value.text;
	return actor_owns(r->who, &card) ||
	       err_set(
		   r->e, ERR_MISSING, "there is no card %s any more: nothing was changed", c->id.s);
}

/* Another's card is not edited or removed, nor taken out of sight; grouping and notes are
 * everybody's. */
static bool
rule_cards(const struct ruling *r)
{
	for (size_t i = 0; !r->who->host && i < r->op->n; i++) {
		const struct change *c = &r->op->v[i];
		const struct card *card = (const struct card *)debrief_find(r->d, KIND_CARD, c->id);
		bool hides;
		if (c->kind == KIND_CARD && !comes_back(r, c))
			return false;
		if (c->kind != KIND_CARD || card == NULL || actor_wrote(r->d, r->who, card))
			continue;
		hides = !card_hidden(r->d, card) && !op_index_removed(r->index, c->id) &&
			change_find(c, "column") != NULL &&
			card_hidden_after(r->index, r->d, c->id);
		if (hides || (change_takes_words(c) && !actor_leads(r->who)))
			return err_set(r->e, ERR_REFUSED,
			    "that card is somebody else's: nothing was changed: add one of "
			    "your own beside it");
	}
	return true;
}

/* A line that is jotted down has room behind the others. */
static bool
rule_jot(const struct ruling *r)
{
	for (size_t i = 0; op_is(r->op, "jot") && i < r->op->n; i++) {
		const struct change *c = &r->op->v[i];
		const struct card *card = (const struct card *)debrief_find(r->d, KIND_CARD, c->id);
		const struct assign *a = c->kind == KIND_CARD ? change_find(c, "notes") : NULL;
		if (card != NULL && card->notes != NULL && a != NULL && a->value.text != NULL &&
		    strlen(card->notes) + 1 + strlen(a->value.text) > TEXT_BLOCK_MAX)
			return err_set(r->e, ERR_REFUSED,
			    "the notes of that topic are as long as they may be: nothing was changed: "
			    "shorten them first (card set %s notes=TEXT)", c->id.s);
	}
	return true;
}

static bool
has_words(enum kind kind)
{
	const struct schema *s = schema_of(kind);

	for (size_t i = 0; i < s->n_fields; i++)
		if (s->fields[i].prose)
			return schema_field(kind, "redacted") != NULL;
	return false;
}

/* `redact` takes words out of one item and does nothing else. */
static bool
rule_redact(const struct ruling *r)
{
	const struct change *c = r->op->v;
	const struct assign *flag = r->op->n == 1 ? change_find(c, "redacted") : NULL;

	if (!op_is(r->op, "redact"))
		return true;
	if (r->op->n == 1 && !has_words(c->kind))
		return err_set(r->e, ERR_REFUSED,
		    "%s hold no words to take out: nothing was changed: remove it instead",
		    schema_of(c->kind)->plural);
	if (flag == NULL || !flag->value.num || c->verb != VERB_SET || c->placed)
		return err_set(
		    r->e, ERR_REFUSED, "redact takes one item: nothing was changed: redact ID");
	for (size_t i = 0; i < c->n_set; i++)
		if (!c->set[i].field->prose && &c->set[i] != flag)
			return err_set(r->e, ERR_REFUSED,
			    "redact takes words out and leaves %s alone: nothing was changed",
			    c->set[i].field->name);
	return true;
}

/* What was taken out stays out, whoever asks for it and by which way: set, undo. */
static bool
rule_redacted(const struct ruling *r)
{
	for (size_t i = 0; i < r->op->n && !r->who->host; i++) {
		const struct change *c = &r->op->v[i];
		const struct item *it =
		    c->kind == KIND_DEBRIEF ? &r->d->item : debrief_find(r->d, c->kind, c->id);
		const struct assign *flag = change_find(c, "redacted");
		bool over = flag != NULL && !flag->value.num;
		if (it == NULL || !it->redacted || c->verb != VERB_SET)
			continue;
		for (size_t j = 0; !op_is(r->op, "redact") && j < c->n_set; j++)
			over |= c->set[j].field->prose;
		if (over)
			return err_set(r->e, ERR_REFUSED,
			    "its words were taken out for good: nothing was changed: add a "
			    "new one");
	}
	return true;
}

/* One function a rule, in the order in which they are asked. */
static bool (*const rules[])(const struct ruling *r) = { rule_roles, rule_muted, rule_closed,
	rule_few, rule_abort, rule_lead_kinds, rule_names, rule_give, rule_hands, rule_cards, rule_claim, rule_jot,
	rule_votes, rule_ask, rule_redact, rule_redacted, rule_loops, rule_emptied, rule_built_on,
	rule_stages, rule_agenda, rule_hidden, rule_gates };

bool
rules_check(const struct debrief *d, const struct actor *who, const struct op *op, struct err *e)
{
	struct op_index index;
	struct ruling r = { d, who, op, &index, e };
	bool good = true;

	op_index_init(&index, op);
	for (size_t i = 0; good && i < sizeof rules / sizeof *rules; i++)
		good = rules[i](&r);
	op_index_fini(&index);
	return good;
}
