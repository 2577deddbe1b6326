#include <string.h>

#include "model/complete_internal.h"
#include "model/visible.h"

/* The last thing that the batch says of a person's role; PERSON_NONE: nothing. */
static int64_t
role_said(const struct completing *k, struct id person)
{
	int64_t role = PERSON_NONE;

	for (size_t i = 0; i < k->op->n; i++) {
		const struct assign *a =
		    k->op->v[i].kind == KIND_PERSON && id_equal(k->op->v[i].id, person)
			? change_find(&k->op->v[i], "role")
			: NULL;
		if (a != NULL)
			role = a->value.num;
	}
	return role;
}

static bool
makes_facilitator(const struct op *op)
{
	for (size_t i = 0; i < op->n; i++) {
		const struct assign *a =
		    op->v[i].kind == KIND_PERSON ? change_find(&op->v[i], "role") : NULL;
		if (a != NULL && a->value.num == PERSON_FACILITATOR)
			return true;
	}
	return false;
}

/* Who hands the role of the facilitator over has it no longer. */
static void
hand_over(struct completing *k)
{
	if ((!op_is(k->op, "give") && !op_is(k->op, "person")) || !makes_facilitator(k->op))
		return;
	for (size_t i = 0; i < DEBRIEF_N(k->d, PERSON); i++) {
		const struct person *p = DEBRIEF_AT(k->d, PERSON, person, i);
		if (p->role == PERSON_FACILITATOR && role_said(k, p->item.id) == PERSON_NONE)
			change_put_num(op_add(k->op, VERB_SET, KIND_PERSON, p->item.id), "role",
			    PERSON_PARTICIPANT);
	}
}

/* Who was asked for the word and is done has had it once more. */
static void
count_turns(struct completing *k)
{
	size_t n = k->op->n;

	for (size_t i = 0; i < n && op_is(k->op, "hand"); i++) {
		const struct assign *a =
		    k->op->v[i].kind == KIND_DEBRIEF ? change_find(&k->op->v[i], "hands") : NULL;
		for (size_t j = 0; a != NULL && a->how == HOW_MINUS && j < a->value.list.n; j++) {
			const struct person *p = debrief_person(k->d, a->value.list.v[j]);
			bool counted = false;
			for (size_t l = 0; p != NULL && l < n; l++)
				counted |= id_equal(k->op->v[l].id, p->item.id);
			if (p == NULL || counted || !strs_has(&k->d->hands, p->name))
				continue;
			change_put_num(op_add(k->op, VERB_SET, KIND_PERSON, p->item.id), "turns", 1)
			    ->how = HOW_PLUS;
			return;
		}
	}
}

/* What an unseen person has written becomes that of who is added with the same name by somebody who
 * could not know. */
static void
become(struct completing *k, const struct person *unseen, struct id now)
{
	for (size_t i = 0; i < DEBRIEF_N(k->d, CARD); i++) {
		const struct card *c = DEBRIEF_AT(k->d, CARD, card, i);
		if (id_equal(c->by, unseen->item.id))
			change_put_text(
			    op_add(k->op, VERB_SET, KIND_CARD, c->item.id), "by", now.s);
	}
	op_add(k->op, VERB_REMOVE, KIND_PERSON, unseen->item.id);
}

static bool
removes(const struct op *op, struct id id)
{
	for (size_t i = 0; i < op->n; i++)
		if (op->v[i].verb == VERB_REMOVE && id_equal(op->v[i].id, id))
			return true;
	return false;
}

static void
meet_unseen(struct completing *k)
{
	size_t n = k->op->n;

	for (size_t i = 0; i < n; i++) {
		struct id id = k->op->v[i].id;
		const struct assign *name =
		    k->op->v[i].kind == KIND_PERSON ? change_find(&k->op->v[i], "name") : NULL;
		const struct person *p =
		    name != NULL ? debrief_person(k->d, name->value.text) : NULL;
		if (p != NULL && p->unseen && !id_equal(p->item.id, id) &&
		    !removes(k->op, p->item.id))
			become(k, p, id);
	}
}

void
complete_people(struct completing *k)
{
	if (op_is_undo(k->op))
		return;
	hand_over(k);
	count_turns(k);
	meet_unseen(k);
}

/* Does somebody who is nobody see any of it, but for who did it? */
static bool
shows(const struct completing *k)
{
	struct viewer nobody = { 0 };
	struct op rest = *k->op, seen;
	bool some;

	if (k->person_added) {
		rest.v++;
		rest.n--;
	}
	visible_op(k->d, &nobody, &rest, &seen);
	some = seen.n > 0;
	op_fini(&seen);
	return some;
}

/* Changes one oneself that nobody knows of yet? That is meant to be seen. */
static bool
speaks_of_self(const struct completing *k, const struct person *me)
{
	for (size_t i = k->person_added; i < k->op->n; i++)
		if (id_equal(k->op->v[i].id, me->item.id))
			return true;
	return false;
}

/* That somebody is among the people tells that something was written. */
void
complete_seen(struct completing *k)
{
	const struct person *me = debrief_person(k->d, k->op->by);
	struct change *c;

	if (k->person_added) {
		if (!shows(k))
			change_put_num(&k->op->v[0], "unseen", true);
		return;
	}
	if (me == NULL || !me->unseen || removes(k->op, me->item.id) ||
	    (!shows(k) && !speaks_of_self(k, me)))
		return;
	c = op_add(k->op, VERB_SET, KIND_PERSON, me->item.id);
	change_put_num(c, "unseen", false);
	change_put_num(c, "changed", k->now_ns);
}
