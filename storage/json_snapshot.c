#include <assert.h>
#include <string.h>

#include "storage/json_op.h"

static size_t
items_of(const struct debrief *d)
{
	size_t n = 0;

	for (int k = 1; k < N_KINDS; k++)
		n += d->of[k].n;
	return n;
}

size_t
snapshot_count(const struct debrief *d, size_t most)
{
	size_t n = items_of(d);

	assert(most > 0);
	return n == 0 ? 1 : (n + most - 1) / most;
}

static void
add_change(struct op *op, enum verb verb, enum kind kind, const struct item *it)
{
	const struct schema *s = schema_of(kind);
	struct change *c = op_add(op, verb, kind, it->id);

	for (size_t i = 0; i < s->n_fields; i++)
		if (s->fields[i].type != FIELD_ID && !field_is_default(it, &s->fields[i]))
			change_set(c, &s->fields[i], field_get(it, &s->fields[i]));
	extras_copy(&c->extra, &it->extra);
}

/* A number given to an item that is gone must not be given again: an item that has it comes and
 * goes. */
static void
add_counters(const struct debrief *d, struct op *op)
{
	for (int k = 1; k < N_KINDS; k++) {
		const struct field *number = schema_field((enum kind)k, "number");
		int64_t highest = 0;
		uint64_t bits = 1;
		for (size_t i = 0; i < d->of[k].n; i++)
			highest = d->of[k].v[i]->number > highest ? d->of[k].v[i]->number : highest;
		if (number == NULL || d->last_number[k] <= highest)
			continue;
		while (debrief_any(d, id_make(bits), NULL) != NULL)
			bits++;
		change_set(op_add(op, VERB_ADD, (enum kind)k, id_make(bits)), number,
		    (struct value){ .num = d->last_number[k] });
		op_add(op, VERB_REMOVE, (enum kind)k, id_make(bits));
	}
}

void
snapshot_op(const struct debrief *d, size_t most, size_t i, struct op *out)
{
	size_t from = i * most, at = 0;

	assert(i < snapshot_count(d, most));
	op_init(out, "snapshot");
	if (i == 0)
		add_change(out, VERB_SET, KIND_DEBRIEF, &d->item);
	for (int k = 1; k < N_KINDS && at < from + most; at += d->of[k].n, k++) {
		size_t first = from > at ? from - at : 0;
		for (size_t n = first; n < d->of[k].n && at + n < from + most; n++)
			add_change(out, VERB_ADD, (enum kind)k, d->of[k].v[n]);
	}
	if (i == 0)
		add_counters(d, out);
}
