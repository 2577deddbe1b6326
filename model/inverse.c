#include <string.h>

#include "model/op_internal.h"

/* Above so many changes only texts are expected to be as they were: an import of a large file stays
 * cheap. */
enum { EXPECT_ALL = 1000 };

struct inverting {
	const struct debrief *d;
	const struct op *op;
	struct op_index index;
	struct op *out;
};

/* What was shown or hidden is known, or is not, whatever is done about it. And who was not among
 * the people for others to see has come in by another way. */
static bool
shows_or_hides(const struct debrief *d, const struct change *c)
{
	const struct assign *a =
	    c->kind == KIND_COLUMN && c->verb == VERB_SET ? change_find(c, "hidden") : NULL;
	const struct person *p = (const struct person *)debrief_find(d, KIND_PERSON, c->id);

	if (c->kind == KIND_PERSON && c->verb == VERB_REMOVE && p != NULL && p->unseen)
		return true;
	return a != NULL && column_hidden(d, c->id) != (a->value.num != 0);
}

static bool
never_undone(const struct debrief *d, const struct op *op)
{
	static const char *const names[] = { "new", "save", "close", "reopen", "override", "reveal",
		"redact", "vote", "unvote", "votes", "ask", "answer",
		"arrive", "rate", "pass", "pause", "leave", "abort" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (op_is(op, names[i]))
			return true;
	/* Going to another stage: `stage back` is there for that. */
	for (size_t i = 0; i < op->n; i++)
		if (shows_or_hides(d, &op->v[i]) ||
		    (op->v[i].kind == KIND_DEBRIEF &&
			(change_find(&op->v[i], "stage_since") != NULL ||
			    change_find(&op->v[i], "status") != NULL)))
			return true;
	return op_is_merge(op);
}

/* The person that the host added with the first op of that name stays. */
static bool
automatic(const struct op *op, const struct change *c)
{
	const struct assign *name =
	    c->kind == KIND_PERSON && c->verb == VERB_ADD ? change_find(c, "name") : NULL;

	return name != NULL && op->by != NULL && name->value.text != NULL && !op_is(op, "person") &&
	       !op_is_undo(op) && strcmp(name->value.text, op->by) == 0;
}

/* Stamps come and go with whatever is done: they are put back, not expected. */
static bool
is_stamp(const struct field *f)
{
	return f->writer == WRITE_HOST && f->type != FIELD_LINE && f->type != FIELD_REF;
}

static void
expect(struct assign *a, const struct item *after)
{
	a->has_seen = true;
	a->seen = field_get(after, a->field);
}

static bool
is_set(const struct field *f)
{
	return f->type == FIELD_SET || f->type == FIELD_REFS;
}

/* What `more` has beyond `less`, to be added or taken away: others' entries stay. */
static void
put_part(struct change *inv, const struct field *f, const struct item *more,
    const struct item *less, enum how how)
{
	struct value m = field_get(more, f), l = field_get(less, f), part = { 0 };

	for (size_t i = 0; i < m.list.n; i++)
		if (!strs_has(&l.list, m.list.v[i]))
			strs_add(&part.list, m.list.v[i]);
	value_fini(&m);
	value_fini(&l);
	if (part.list.n > 0)
		change_set(inv, f, part)->how = how;
}

static void
put_back(
    struct change *inv, const struct field *f, const struct item *before, const struct item *after)
{
	struct assign *a;

	if (is_set(f)) {
		put_part(inv, f, before, after, HOW_PLUS);
		put_part(inv, f, after, before, HOW_MINUS);
	} else if (f->merge == MERGE_SUM) {
		struct value b = field_get(before, f), n = field_get(after, f);
		change_set(inv, f, (struct value){ .num = b.num - n.num })->how = HOW_PLUS;
	} else {
		a = change_set(inv, f, field_get(before, f));
		if (!is_stamp(f))
			expect(a, after);
	}
}

static const char *
extra_of(const struct item *it, const char *key)
{
	for (size_t i = 0; i < it->extra.n; i++)
		if (strcmp(it->extra.v[i].key, key) == 0)
			return it->extra.v[i].json;
	return "";
}

/* Unknown members that differ; one that is taken back comes last, as a new one does. */
static void
put_extras(struct change *inv, const struct item *before, const struct item *after)
{
	for (size_t i = 0; i < after->extra.n; i++)
		if (strcmp(extra_of(before, after->extra.v[i].key), after->extra.v[i].json) != 0)
			extras_set(&inv->extra, after->extra.v[i].key,
			    extra_of(before, after->extra.v[i].key));
	for (size_t i = 0; i < before->extra.n; i++)
		if (extra_of(after, before->extra.v[i].key)[0] == '\0')
			extras_set(&inv->extra, before->extra.v[i].key, before->extra.v[i].json);
}

static const struct item *
item_before(const struct inverting *k, enum kind kind, struct id id)
{
	return kind == KIND_DEBRIEF ? &k->d->item : debrief_find(k->d, kind, id);
}

static void
invert_set(struct inverting *k, enum kind kind, const struct item *before, const struct item *after)
{
	const struct schema *s = schema_of(kind);
	struct change *inv = op_add(k->out, VERB_SET, kind, before->id);

	for (size_t i = 0; i < s->n_fields; i++) /* what is live is of its moment */
		if (!s->fields[i].live && !field_equal(before, after, &s->fields[i]))
			put_back(inv, &s->fields[i], before, after);
	put_extras(inv, before, after);
	if (inv->n_set == 0 && inv->extra.n == 0) {
		change_fini(inv);
		k->out->n--;
	}
}

/* What was added goes again, unless somebody changed it since. */
static void
invert_add(struct inverting *k, enum kind kind, const struct item *after)
{
	const struct schema *s = schema_of(kind);
	struct change *inv = op_add(k->out, VERB_REMOVE, kind, after->id);

	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		if (f->type == FIELD_ID || f->writer == WRITE_HOST || f->merge == MERGE_SUM ||
		    f->live)
			continue;
		if (f->prose || k->op->n <= EXPECT_ALL)
			expect(change_set(inv, f, (struct value){ 0 }), after);
	}
}

/* First what comes back, then what changes back, then what goes: so references find what they name.
 */
enum pass { PASS_BACK, PASS_SET, PASS_GONE, N_PASSES };

static void
invert_item(struct inverting *k, size_t first, enum pass pass)
{
	const struct change *c = &k->op->v[first];
	const struct item *before = item_before(k, c->kind, c->id);
	bool removed = op_index_removed(&k->index, c->id);
	struct item *after;

	if (pass == PASS_BACK && before != NULL && removed)
		op_add_whole(k->out, c->kind, before);
	if (pass == PASS_BACK || removed || (before == NULL) != (pass == PASS_GONE))
		return;
	after = item_after(&k->index, c->kind, c->id, before);
	if (after != NULL && before != NULL)
		invert_set(k, c->kind, before, after);
	else if (after != NULL && !automatic(k->op, c))
		invert_add(k, c->kind, after);
	item_free(c->kind, after);
}

bool
op_inverse(const struct debrief *d, const struct op *op, struct op *out)
{
	struct inverting k = { .d = d, .op = op, .out = out };

	if (op->n == 0 || never_undone(d, op))
		return false;
	op_init(out, "undo");
	out->by = mem_dup(op->by);
	op_index_init(&k.index, op);
	for (int pass = 0; pass < N_PASSES; pass++)
		for (size_t i = 0; i < op->n; i++)
			if (op_index_first(&k.index, op->v[i].id) == i)
				invert_item(&k, i, (enum pass)pass);
	op_index_fini(&k.index);
	return true;
}
