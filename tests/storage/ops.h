/* A debrief that grows by ops, the same for the same seed. */
#ifndef TESTS_STORAGE_OPS_H
#define TESTS_STORAGE_OPS_H

#include "model/debrief.h"
#include "model/op.h"
#include "tests/storage/scratch.h"

SHARED uint64_t
next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

SHARED struct debrief *
debrief_begun(uint64_t *seed)
{
	struct debrief *d = debrief_new(id_make(next_random(seed)));
	struct op op;

	op_init(&op, "new");
	change_put_text(op_add(&op, VERB_SET, KIND_DEBRIEF, d->item.id), "title",
	    "Checkout 5xx, 38 % of orders");
	debrief_apply(d, &op);
	op_fini(&op);
	return d;
}

/* What of it nobody else is told has no number, and what nobody signed neither name nor time. */
SHARED void
op_make_quiet(struct op *op)
{
	op->seq = 0;
	op->at_ns = TIME_NONE;
	free(op->by);
	op->by = NULL;
}

/* The next op of `d`, not yet applied: mostly an event added, else one changed or removed. */
SHARED void
op_make(struct op *op, const struct debrief *d, uint64_t *seed)
{
	uint64_t what = next_random(seed) % 10;
	size_t n = DEBRIEF_N(d, EVENT);
	char *text = mem_fmt("p99 of payments rises, \"%llu\"\n\\ umlaut \xc3\xa4",
	    (unsigned long long)next_random(seed) % 1000);
	struct change *c;

	op_init(op, "event");
	op->cid = id_make(next_random(seed));
	op->seq = next_random(seed) % 100000 + 1;
	op->at_ns = INT64_C(1784200000000000000) + (int64_t)(next_random(seed) % 1000000) * 1000;
	op->by = mem_dup("lena");
	if (what % 4 == 1)
		op_make_quiet(op);
	if (n > 3 && what >= 7) {
		struct id id = d->of[KIND_EVENT].v[next_random(seed) % n]->id;
		c = op_add(op, what == 9 ? VERB_REMOVE : VERB_SET, KIND_EVENT, id);
		if (what < 9)
			change_put_text(c, "text", text);
	} else {
		c = op_add(op, VERB_ADD, KIND_EVENT, id_make(next_random(seed)));
		change_put_num(c, "number", (int64_t)n + 1);
		change_put_num(c, "at",
		    INT64_C(1784200000000000000) + (int64_t)(next_random(seed) % 100000) * 1000000);
		change_put_text(c, "text", text);
	}
	free(text);
}

#endif
