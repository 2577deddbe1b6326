#include <stdlib.h>
#include <string.h>

#include "model/checks.h"
#include "model/op.h"
#include "model/order.h"

struct completing {
	const struct debrief *d;
	const struct actor *who;
	struct op *op;
	uint64_t random;
	int64_t now_ns;
	/* Given in this batch so far. */
	int64_t last_number[N_KINDS];
	char *last_order[N_KINDS];
};

/* SplitMix64: a stream of numbers from the one that came in. */
static uint64_t
next_random(struct completing *k)
{
	uint64_t z = k->random += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static struct assign *
find_assign(const struct change *c, const char *field)
{
	for (size_t i = 0; i < c->n_set; i++)
		if (strcmp(c->set[i].field->name, field) == 0)
			return &c->set[i];
	return NULL;
}

/* Put a stamp in, over one that is there. */
static void
stamp_num(struct change *c, const char *field, int64_t num)
{
	struct assign *a = find_assign(c, field);

	if (a != NULL)
		a->value.num = num;
	else
		change_put_num(c, field, num);
}

static const char *
greatest_order(const struct items *of)
{
	const char *most = NULL;

	for (size_t i = 0; i < of->n; i++)
		if (of->v[i]->order != NULL && (most == NULL || strcmp(of->v[i]->order, most) > 0))
			most = of->v[i]->order;
	return most;
}

/* The key for the place before `before`, or at the end. */
static char *
place(struct completing *k, const struct change *c)
{
	const struct items *of = &k->d->of[c->kind];
	const struct item *before = id_some(c->before) ? debrief_find(k->d, c->kind, c->before) : NULL;
	const char *low = NULL;

	if (before == NULL) {
		if (k->last_order[c->kind] == NULL)
			k->last_order[c->kind] = mem_dup(greatest_order(of));
		return order_between(k->last_order[c->kind], NULL, next_random(k));
	}
	/* Below it, of all items of the kind, siblings or not: so no two keys are ever equal. */
	for (size_t i = 0; i < of->n; i++) {
		const char *o = of->v[i]->order;
		if (o != NULL && before->order != NULL && !id_equal(of->v[i]->id, c->id) &&
		    strcmp(o, before->order) < 0 && (low == NULL || strcmp(o, low) > 0))
			low = o;
	}
	return order_between(low, before->order, next_random(k));
}

static void
give_order(struct completing *k, struct change *c)
{
	const struct field *f = schema_field(c->kind, "order");
	bool wanted = c->placed || (c->verb == VERB_ADD && f != NULL && find_assign(c, "order") == NULL);
	char *key;

	if (f == NULL || !wanted)
		return;
	key = place(k, c);
	if (!id_some(c->before)) {
		free(k->last_order[c->kind]);
		k->last_order[c->kind] = mem_dup(key);
	}
	change_set(c, f, (struct value){ .text = key });
	c->placed = false;
}

static void
give_number(struct completing *k, struct change *c)
{
	if (c->verb != VERB_ADD || schema_of(c->kind)->letter == 0 || find_assign(c, "number") != NULL)
		return;
	if (k->last_number[c->kind] < k->d->last_number[c->kind])
		k->last_number[c->kind] = k->d->last_number[c->kind];
	change_put_num(c, "number", ++k->last_number[c->kind]);
}

static bool
undoing(const struct op *op)
{
	return strcmp(op->command, "undo") == 0 || strcmp(op->command, "redo") == 0;
}

static bool
only_live(const struct change *c)
{
	for (size_t i = 0; i < c->n_set; i++)
		if (!c->set[i].field->live)
			return false;
	return c->extra.n == 0;
}

static void
give_changed(struct completing *k, struct change *c)
{
	if (c->verb == VERB_REMOVE || schema_field(c->kind, "changed") == NULL)
		return;
	if (c->verb == VERB_SET && only_live(c))
		return;
	if (k->who->host && find_assign(c, "changed") != NULL)
		return; /* a merge brings its own */
	stamp_num(c, "changed", k->now_ns);
}

static void
give_done_at(struct completing *k, struct change *c)
{
	const struct assign *status = find_assign(c, "status");
	const struct action *a = (const struct action *)debrief_find(k->d, KIND_ACTION, c->id);
	bool was_done = a != NULL && a->status == ACTION_DONE;

	if (c->kind != KIND_ACTION || c->verb == VERB_REMOVE || status == NULL || find_assign(c, "done_at"))
		return;
	if (status->value.num == ACTION_DONE && !was_done)
		change_put_num(c, "done_at", k->now_ns);
	else if (status->value.num != ACTION_DONE && was_done)
		change_put_num(c, "done_at", TIME_NONE);
}

static int
stage_place(const struct debrief *d, const char *name)
{
	for (size_t i = 0; name != NULL && i < DEBRIEF_N(d, STAGE); i++)
		if (debrief_stage(d, name) == DEBRIEF_AT(d, STAGE, stage, i))
			return (int)i;
	return -1;
}

/* An action named before its time is kept as an idea, not refused; a safety fix cannot wait. */
static void
park_early(struct completing *k, struct change *c)
{
	int now = stage_place(k->d, k->d->stage), then = stage_place(k->d, "actions");
	struct assign *status = find_assign(c, "status"), *urgent = find_assign(c, "urgent");
	const struct assign *kind = find_assign(c, "kind");

	if (c->kind != KIND_ACTION || c->verb != VERB_ADD || k->who->host || undoing(k->op))
		return;
	if (now < 0 || then < 0 || now >= then || status == NULL)
		return;
	if (urgent != NULL && urgent->value.num && kind != NULL && kind->value.num == ACT_MITIGATE)
		return;
	status->value.num = ACTION_IDEA;
}

/* The stage that ends gets its time, going forward also its mark. */
static void
end_stage(struct completing *k, const char *to)
{
	const struct debrief *d = k->d;
	const struct stage *from = debrief_stage(d, d->stage);
	struct change *c;

	if (from == NULL || debrief_stage(d, to) == from)
		return;
	c = op_add(k->op, VERB_SET, KIND_STAGE, from->item.id);
	if (d->stage_since_ns != TIME_NONE && k->now_ns > d->stage_since_ns)
		change_put_num(c, "used_s", from->used_s + (k->now_ns - d->stage_since_ns) / NS_PER_S);
	if (!from->done && stage_place(d, to) > stage_place(d, d->stage))
		change_put_num(c, "done", true);
}

static void
stage_times(struct completing *k)
{
	for (size_t i = 0; i < k->op->n; i++) {
		struct change *c = &k->op->v[i];
		const struct assign *stage = c->kind == KIND_DEBRIEF ? find_assign(c, "stage") : NULL;
		char *to;
		if (stage == NULL || find_assign(c, "stage_since") != NULL)
			continue;
		to = mem_dup(stage->value.text);
		change_put_num(c, "stage_since", k->now_ns);
		end_stage(k, to);
		free(to);
		return;
	}
}

/* The first named op of a person adds that person, before what it does. */
static void
add_person(struct completing *k)
{
	const char *name = k->op->by;
	struct change *c, added;

	if (name == NULL || k->who->host || debrief_person(k->d, name) != NULL)
		return;
	for (size_t i = 0; i < k->op->n; i++) {
		const struct assign *a = find_assign(&k->op->v[i], "name");
		if (k->op->v[i].kind == KIND_PERSON && a != NULL && strcmp(a->value.text, name) == 0)
			return;
	}
	c = op_add(k->op, VERB_ADD, KIND_PERSON, id_make(next_random(k)));
	change_put_text(c, "name", name);
	if (k->who->role != PERSON_NONE)
		change_put_num(c, "role", k->who->role);
	added = *c;
	memmove(k->op->v + 1, k->op->v, (k->op->n - 1) * sizeof *k->op->v);
	k->op->v[0] = added;
}

static bool
removed_here(const struct op *op, struct id id)
{
	for (size_t i = 0; i < op->n; i++)
		if (op->v[i].verb == VERB_REMOVE && id_equal(op->v[i].id, id))
			return true;
	return false;
}

/* A card in a column with names says whose it is. */
static void
sign_card(struct completing *k, struct change *c)
{
	const struct assign *to = c->kind == KIND_CARD && c->verb == VERB_ADD ? find_assign(c, "column") : NULL;
	const struct column *col;
	const struct person *p = debrief_person(k->d, k->op->by);
	struct id id;

	if (to == NULL || to->value.text == NULL || k->op->by == NULL || k->who->host || undoing(k->op))
		return;
	id_parse(to->value.text, &id);
	col = (const struct column *)debrief_find(k->d, KIND_COLUMN, id);
	if (col == NULL || col->anonymous || find_assign(c, "by") != NULL)
		return;
	for (size_t i = 0; p == NULL && i < k->op->n; i++)
		if (k->op->v[i].kind == KIND_PERSON && k->op->v[i].verb == VERB_ADD) {
			change_put_text(c, "by", k->op->v[i].id.s);
			return;
		}
	if (p != NULL && !removed_here(k->op, p->item.id))
		change_put_text(c, "by", p->item.id.s);
}

/* Does the batch itself say what that field will be? */
static bool
set_here(const struct op *op, struct id id, const struct field *f)
{
	for (size_t i = 0; i < op->n; i++)
		for (size_t j = 0; id_equal(op->v[i].id, id) && j < op->v[i].n_set; j++)
			if (op->v[i].set[j].field == f && op->v[i].set[j].how == HOW_SET)
				return true;
	return false;
}

/* One reference of one item to what is removed. */
static void
mend_reference(struct completing *k, enum kind kind, const struct item *it, const struct field *f,
    struct id gone)
{
	struct value v = field_get(it, f);
	bool holds = f->type == FIELD_REF ? v.text != NULL && strcmp(v.text, gone.s) == 0
					  : strs_has(&v.list, gone.s);
	struct change *c;

	value_fini(&v);
	if (!holds || removed_here(k->op, it->id) || set_here(k->op, it->id, f))
		return;
	if (f->on_remove == REF_CASCADE) {
		op_add(k->op, VERB_REMOVE, kind, it->id);
		return;
	}
	c = op_add(k->op, VERB_SET, kind, it->id);
	if (f->type == FIELD_REF) {
		change_set(c, f, (struct value){ 0 });
	} else {
		struct value one = { 0 };
		strs_add(&one.list, gone.s);
		change_set(c, f, one)->how = HOW_MINUS;
	}
}

/* Every reference to an item that goes is cleared, or its item goes too: the schema says which. */
static void
mend_all(struct completing *k, enum kind gone_kind, struct id gone)
{
	for (int kind = 0; kind < N_KINDS; kind++) {
		const struct schema *s = schema_of((enum kind)kind);
		for (size_t j = 0; j < s->n_fields; j++) {
			const struct field *f = &s->fields[j];
			if ((f->type != FIELD_REF && f->type != FIELD_REFS) ||
			    (f->refers != gone_kind && f->refers != N_KINDS))
				continue;
			for (size_t i = 0; i < k->d->of[kind].n; i++)
				mend_reference(k, (enum kind)kind, k->d->of[kind].v[i], f, gone);
		}
	}
}

/* What a cascade took along is neither changed nor referred to by the rest of the batch. */
static void
drop_removed(struct op *op)
{
	struct id id;

	for (size_t i = 0; i < op->n; i++) {
		struct change *c = &op->v[i];
		bool gone = c->verb == VERB_SET && removed_here(op, c->id);
		for (size_t j = c->n_set; j-- > 0;) {
			struct value *v = &c->set[j].value;
			if (c->set[j].field->type == FIELD_REFS && c->set[j].how != HOW_MINUS)
				for (size_t n = v->list.n; n-- > 0;)
					if (id_parse(v->list.v[n], &id) && removed_here(op, id))
						strs_drop(&v->list, n);
			if (c->set[j].field->type == FIELD_REF && id_parse(v->text, &id) && removed_here(op, id)) {
				free(v->text);
				v->text = NULL;
			}
		}
		if (gone) {
			enum kind kind = c->kind;
			struct id item = c->id;
			change_fini(c);
			*c = (struct change){ .verb = VERB_SET, .kind = kind, .id = item };
		}
	}
}

void
debrief_complete(const struct debrief *d, const struct actor *who, struct op *op,
    const struct host_gift *gift)
{
	struct completing k = { .d = d, .who = who, .op = op, .random = gift->random, .now_ns = gift->now_ns };

	op->at_ns = op->by != NULL || who->host ? gift->now_ns : TIME_NONE;
	add_person(&k);
	stage_times(&k);
	/* The batch grows while it is walked: a child that goes takes its own children along. */
	for (size_t i = 0; i < op->n; i++)
		if (op->v[i].verb == VERB_REMOVE)
			mend_all(&k, op->v[i].kind, op->v[i].id);
	drop_removed(op);
	for (size_t i = 0; i < op->n; i++) {
		struct change *c = &op->v[i];
		park_early(&k, c);
		sign_card(&k, c);
		give_order(&k, c);
		give_number(&k, c);
		give_done_at(&k, c);
		give_changed(&k, c);
	}
	for (int i = 0; i < N_KINDS; i++)
		free(k.last_order[i]);
}
