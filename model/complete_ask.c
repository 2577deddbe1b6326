#include <string.h>

#include "model/complete_internal.h"

enum { ASK_S = 60 };

/* An answer is kept under the slot that stands for who gave it, in place of an earlier one. */
static void
fill_answer(struct completing *k, struct change *c, struct assign *a)
{
	char *entry = mem_fmt("%s %s", k->who->answer_slot.s, a->value.list.v[0]);
	struct id id = c->id;
	struct value old = { 0 };

	for (size_t i = 0; i < k->d->answers.n; i++)
		if (strncmp(k->d->answers.v[i], k->who->answer_slot.s, ID_LEN) == 0 &&
		    strcmp(k->d->answers.v[i], entry) != 0)
			strs_add(&old.list, k->d->answers.v[i]);
	strs_drop(&a->value.list, 0);
	strs_take(&a->value.list, entry);
	if (old.list.n > 0)
		change_put(op_add(k->op, VERB_SET, KIND_DEBRIEF, id), "answers", old)->how =
		    HOW_MINUS;
}

void
complete_ask(struct completing *k)
{
	struct change *c = k->op->n > 0 && k->op->v[0].kind == KIND_DEBRIEF ? &k->op->v[0] : NULL;
	struct assign *a;
	bool asks;

	if (c == NULL || op_is_undo(k->op) || op_is_merge(k->op))
		return;
	if (op_is(k->op, "answer") && (a = change_find(c, "answers")) != NULL &&
	    a->value.list.n == 1) {
		fill_answer(k, c, a);
	} else if (op_is(k->op, "ask") && (a = change_find(c, "asked")) != NULL) {
		asks = a->value.text != NULL;
		change_put_num(c, "asked_until", asks ? k->now_ns + ASK_S * NS_PER_S : TIME_NONE);
		if (k->d->answers.n > 0)
			change_put(c, "answers", (struct value){ 0 });
	}
}

void
complete_new_stage(struct completing *k, struct change *c)
{
	const struct debrief *d = k->d;

	if (d->ready.n > 0 && change_find(c, "ready") == NULL)
		change_put(c, "ready", (struct value){ 0 });
	if (d->asked != NULL && change_find(c, "asked") == NULL) {
		change_put_text(c, "asked", NULL);
		change_put_num(c, "asked_until", TIME_NONE);
		if (d->answers.n > 0)
			change_put(c, "answers", (struct value){ 0 });
	}
	if (d->arrivals.n > 0 && change_find(c, "arrivals") == NULL)
		change_put(c, "arrivals", (struct value){ 0 });
	if (d->passed > 0 && change_find(c, "passed") == NULL)
		change_put_num(c, "passed", 0);
	if (d->shown_prompt != NULL && change_find(c, "shown_prompt") == NULL)
		change_put_text(c, "shown_prompt", NULL);
	if (d->curtain_ns != TIME_NONE && change_find(c, "curtain") == NULL)
		change_put_num(c, "curtain", TIME_NONE);
	if (d->aborted_ns != TIME_NONE && change_find(c, "aborted") == NULL)
		change_put_num(c, "aborted", TIME_NONE);
}
