#include <string.h>

#include "model/rules_internal.h"

/* Asking the room at the bell, and answering, once each and secretly. */
static bool
is_question(const char *text)
{
	return text == NULL || strcmp(text, "more") == 0 || strcmp(text, "topic") == 0;
}

static bool
ask_ok(const struct ruling *r)
{
	const struct change *c = r->op->v;
	const struct assign *asked = r->op->n == 1 ? change_find(c, "asked") : NULL;

	if (asked == NULL || c->kind != KIND_DEBRIEF || c->n_set != 1 || asked->how != HOW_SET ||
	    !is_question(asked->value.text))
		return err_set(r->e, ERR_REFUSED,
		    "ask is one step: nothing was changed: ask more, ask topic or ask stop");
	if (asked->value.text != NULL && r->d->asked != NULL)
		return err_set(r->e, ERR_REFUSED,
		    "the room is asked already: nothing was changed: ask stop takes it back");
	return asked->value.text != NULL || r->d->asked != NULL ||
	       err_set(r->e, ERR_REFUSED,
		   "nothing is asked: nothing was changed: ask more, or ask topic");
}

static bool
answer_ok(const struct ruling *r)
{
	const struct change *c = r->op->v;
	const struct assign *a = r->op->n == 1 ? change_find(c, "answers") : NULL;

	if (a == NULL || c->kind != KIND_DEBRIEF || c->n_set != 1 || a->how != HOW_PLUS ||
	    a->value.list.n != 1 ||
	    (strcmp(a->value.list.v[0], "yes") != 0 && strcmp(a->value.list.v[0], "no") != 0))
		return err_set(r->e, ERR_REFUSED,
		    "an answer is one word: nothing was changed: answer yes, or answer no");
	if (r->d->asked == NULL)
		return err_set(
		    r->e, ERR_REFUSED, "nothing is asked just now: nothing was changed");
	return id_some(r->who->answer_slot) ||
	       err_set(r->e, ERR_REFUSED,
		   "there is no answer for you here: nothing was changed: join, then answer");
}

bool
rule_ask(const struct ruling *r)
{
	if (op_is(r->op, "answer"))
		return answer_ok(r);
	return r->who->host || !op_is(r->op, "ask") || ask_ok(r);
}
