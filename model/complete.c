#include <stdlib.h>
#include <string.h>

#include "model/checks.h"
#include "model/complete_internal.h"
#include "model/topic.h"

/* SplitMix64: a stream of numbers from the one that came in. Whoever sees one of them can tell the
 * others. */
static uint64_t
next_of(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

uint64_t
complete_random(struct completing *k)
{
	return next_of(&k->random);
}

uint64_t
complete_shuffle(struct completing *k)
{
	return next_of(&k->shuffle);
}

/* Put a stamp in, over one that is there. */
void
complete_stamp(struct change *c, const char *field, int64_t num)
{
	struct assign *a = change_find(c, field);

	if (a != NULL)
		a->value.num = num;
	else
		change_put_num(c, field, num);
}

/* What was asked of the check is answered and is not journaled. */
static void
forget_seen(struct completing *k)
{
	for (size_t i = 0; i < k->op->n; i++) {
		struct change *c = &k->op->v[i];
		if (c->kind == KIND_DEBRIEF)
			c->id = k->d->item.id;
		for (size_t j = 0; j < c->n_set; j++) {
			value_fini(&c->set[j].seen);
			c->set[j].has_seen = false;
			if (c->verb == VERB_REMOVE)
				value_fini(&c->set[j].value);
		}
		if (c->verb == VERB_REMOVE)
			c->n_set = 0;
	}
}

static bool
names_self(const struct op *op)
{
	for (size_t i = 0; i < op->n; i++) {
		const struct assign *a =
		    op->v[i].kind == KIND_PERSON ? change_find(&op->v[i], "name") : NULL;
		if (a != NULL && a->value.text != NULL && strcmp(a->value.text, op->by) == 0)
			return true;
	}
	return false;
}

/* Votes and ratings are given by nobody in particular; who is in a closed debrief is settled. */
static bool
adds_nobody(const struct completing *k)
{
	static const char *const commands[] = { "vote", "unvote", "answer", "arrive", "rate", "pass",
		"new", "ready",
		"leave" };
	bool by_hand = k->op->n > 0 && !k->who->host && k->d->status != STATUS_CLOSED;

	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		by_hand = by_hand && !op_is(k->op, commands[i]);
	return !by_hand;
}

/* The first named op of a person adds that person, before what it does. */
static void
add_person(struct completing *k)
{
	const char *name = k->op->by;
	struct change *c, added;
	struct id id;

	if (name == NULL || adds_nobody(k) || debrief_person(k->d, name) != NULL ||
	    names_self(k->op))
		return;
	do
		id = id_make(complete_random(k));
	while (debrief_any(k->d, id, NULL) != NULL);
	c = op_add(k->op, VERB_ADD, KIND_PERSON, id);
	change_put_text(c, "name", name);
	if (k->who->role != PERSON_NONE && k->who->role != PERSON_PARTICIPANT)
		change_put_num(c, "role", k->who->role);
	added = *c;
	memmove(k->op->v + 1, k->op->v, (k->op->n - 1) * sizeof *k->op->v);
	k->op->v[0] = added;
	k->person_added = true;
}

/* Has the room come to where actions are agreed on, or beyond? An agenda may call that otherwise;
 * `ideas` are ideas, wherever they are written down. */
static bool
time_for_actions(const struct completing *k)
{
	const struct stage *here = debrief_stage(k->d, k->d->stage);
	int now = stage_place(k->d, k->d->stage), then = stage_place(k->d, "actions");

	if (here == NULL || then >= 0)
		return here != NULL && now >= then;
	return here->pane != NULL && strcmp(here->pane, "actions") == 0 &&
	       strcmp(here->name, "ideas") != 0;
}

/* An action given before it is time for actions is a parked idea, and one that is given then is
 * proposed; a safety fix cannot wait. */
static void
park_early(struct completing *k, struct change *c)
{
	bool parks = stage_place(k->d, "actions") >= 0 && k->d->stage != NULL;
	struct assign *status = change_find(c, "status");
	const struct assign *kind = change_find(c, "kind"), *urgent = change_find(c, "urgent");
	bool fix = urgent != NULL && urgent->value.num && kind != NULL &&
	    kind->value.num == ACT_MITIGATE;

	if (c->verb != VERB_ADD || c->kind != KIND_ACTION || k->who->host || op_is_undo(k->op))
		return;
	if (fix && status == NULL)
		change_put_num(c, "status", ACTION_ACCEPTED);
	else if (status == NULL && time_for_actions(k))
		change_put_num(c, "status", ACTION_PROPOSED);
	if (fix || status == NULL || !parks || time_for_actions(k))
		return;
	if (change_find(c, "carried_from") != NULL) /* it was agreed on before */
		return;
	status->value.num = ACTION_IDEA;
}

static void
give_done_at(struct completing *k, struct change *c)
{
	const struct assign *status = change_find(c, "status");
	const struct action *a = (const struct action *)debrief_find(k->d, KIND_ACTION, c->id);
	bool was = a != NULL && a->status == ACTION_DONE;

	if (status == NULL || change_find(c, "done_at") != NULL)
		return;
	if (status->value.num == ACTION_DONE && !was)
		change_put_num(c, "done_at", k->now_ns);
	else if (status->value.num != ACTION_DONE && was)
		change_put_num(c, "done_at", TIME_NONE);
}

/* Words that are taken out go all at once: the first prose field says so, the others are empty. */
static void
blank_words(struct completing *k, struct change *c)
{
	const struct schema *s = schema_of(c->kind);
	const char *as = k->op->arg != NULL ? k->op->arg : "[redacted]";
	bool first = true;

	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		struct assign *a = f->prose ? change_find(c, f->name) : NULL;
		bool said = first && a != NULL && a->value.text != NULL && a->value.text[0] != '\0';
		if (!f->prose)
			continue;
		if (a == NULL)
			a = change_set(c, f, (struct value){ 0 });
		if (!said) {
			value_fini(&a->value);
			a->value.text = first ? mem_dup(as) : NULL;
		}
		first = false;
	}
}

static void
give_number(struct completing *k, struct change *c)
{
	int64_t *last = &k->last_number[c->kind];

	if (c->verb != VERB_ADD || schema_of(c->kind)->letter == 0 ||
	    change_find(c, "number") != NULL)
		return;
	if (*last < k->d->last_number[c->kind])
		*last = k->d->last_number[c->kind];
	change_put_num(c, "number", ++*last);
}

static bool
only_live(const struct change *c)
{
	for (size_t i = 0; i < c->n_set; i++)
		if (!c->set[i].field->live)
			return false;
	return c->extra.n == 0 && !c->placed;
}

static void
give_changed(struct completing *k, struct change *c)
{
	if (c->verb == VERB_REMOVE || schema_field(c->kind, "changed") == NULL)
		return;
	if (c->verb == VERB_SET && only_live(c))
		return;
	if (k->who->host && change_find(c, "changed") != NULL)
		return;
	if (c->kind == KIND_CARD && k->op->by == NULL && !k->who->host)
		complete_undated(k, c);
	else
		complete_stamp(c, "changed", k->now_ns);
}

/* A line that is jotted down stands behind what others wrote meanwhile. */
static void
put_behind(struct completing *k, struct change *c)
{
	const struct card *card = (const struct card *)debrief_find(k->d, KIND_CARD, c->id);
	struct assign *notes = change_find(c, "notes");
	char *line;

	if (card == NULL || card->notes == NULL || notes == NULL || notes->value.text == NULL)
		return;
	line = notes->value.text;
	notes->value.text = mem_fmt("%s\n%s", card->notes, line);
	free(line);
}

/* What is decided while a topic is on came of it. */
static void
give_about(struct completing *k, struct change *c)
{
	const struct card *topic = topic_now(k->d);

	if (c->verb == VERB_ADD && topic != NULL && !k->who->host && change_find(c, "about") == NULL &&
	    change_find(c, "carried_from") == NULL)
		change_put_text(c, "about", topic->item.id.s);
}

static void
complete_change(struct completing *k, struct change *c)
{
	if (c->kind == KIND_CARD && c->verb == VERB_SET && op_is(k->op, "jot"))
		put_behind(k, c);
	if (c->kind == KIND_ACTION && c->verb != VERB_REMOVE && !op_is_undo(k->op)) {
		park_early(k, c);
		give_done_at(k, c);
	}
	if ((c->kind == KIND_ACTION || c->kind == KIND_QUESTION) && !op_is_undo(k->op))
		give_about(k, c);
	if (c->kind == KIND_CARD && c->verb != VERB_REMOVE && !k->who->host)
		complete_card(k, c);
	if (op_is(k->op, "redact") && c->verb == VERB_SET && change_find(c, "redacted") != NULL)
		blank_words(k, c);
	give_changed(k, c);
}

static void
completing_fini(struct completing *k)
{
	for (int i = 0; i < N_KINDS; i++)
		free(k->last_order[i]);
	free(k->last_hidden);
	for (size_t i = 0; i < k->n_before; i++)
		free(k->before[i].key);
	free(k->before);
}

void
debrief_complete(
    const struct debrief *d, const struct actor *who, struct op *op, const struct host_gift *gift)
{
	struct completing k = {
		.d = d,
		.who = who,
		.op = op,
		.random = gift->random,
		.shuffle = gift->shuffle,
		.now_ns = gift->now_ns
	};

	op->at_ns = op->by != NULL || who->host ? gift->now_ns : TIME_NONE;
	forget_seen(&k);
	add_person(&k);
	complete_people(&k);
	complete_votes(&k);
	complete_ask(&k);
	complete_abort(&k);
	complete_stages(&k);
	if (!op_is_merge(op) && !op_is_undo(op))
		complete_unsigned(&k);
	complete_removals(&k);
	complete_conceal(&k);
	for (size_t i = 0; i < op->n; i++) {
		give_number(&k, &op->v[i]);
		if (!op_is_merge(op))
			complete_change(&k, &op->v[i]);
	}
	if (!op_is_merge(op))
		complete_order(&k);
	complete_reveal(&k);
	complete_seen(&k);
	completing_fini(&k);
}
