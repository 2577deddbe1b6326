#include <stdlib.h>
#include <string.h>

#include "live/wire.h"
#include "storage/json_op.h"

/* Append the line of an op; nothing when it is too long. */
static bool
put_line(const struct op *op, struct buf *out)
{
	size_t before = out->len;

	buf_adds(out, "{\"type\":\"op\",\"op\":");
	op_encode(op, out);
	buf_adds(out, "}\n");
	if (out->len - before - 1 <= WIRE_LINE_MAX)
		return true;
	out->len = before;
	out->data[before] = '\0';
	return false;
}

/* A change as an op of its own, as a part of `op`. The change is borrowed. */
static bool
put_change(const struct op *op, const struct change *c, struct buf *out)
{
	struct change one = *c;
	struct op part = {
		.at_ns = op->at_ns, .by = op->by, .command = op->command, .v = &one, .n = 1
	};

	return put_line(&part, out);
}

/* A list too long for a line: the first half replaces, the second is added. */
static void
put_list(const struct op *op, const struct change *c, struct buf *out)
{
	struct change half = *c;
	struct assign a = c->set[0];
	size_t n = a.value.list.n;

	half.set = &a;
	a.has_seen = false;
	if (put_change(op, &half, out) || n < 2)
		return;
	a.value.list.n = n / 2;
	put_list(op, &half, out);
	half.verb = half.verb == VERB_ADD ? VERB_SET : half.verb;
	a.how = a.how == HOW_SET ? HOW_PLUS : a.how;
	a.value.list.v += n / 2;
	a.value.list.n = n - n / 2;
	put_list(op, &half, out);
}

/* The fields of one item, in as many parts as it takes. */
static void
put_fields(const struct op *op, const struct change *c, struct buf *out)
{
	struct change half = *c;

	if (put_change(op, c, out))
		return;
	if (c->n_set == 1) {
		put_list(op, c, out);
		return;
	}
	half.n_set = c->n_set / 2;
	put_fields(op, &half, out);
	half.verb = half.verb == VERB_ADD ? VERB_SET : half.verb;
	half.set = c->set + c->n_set / 2;
	half.n_set = c->n_set - c->n_set / 2;
	put_fields(op, &half, out);
}

static void
put_item(const struct op *op, const struct change *c, struct buf *out)
{
	struct change bare = *c;

	if (put_change(op, c, out))
		return;
	bare.extra = (struct extras){ 0 };
	put_fields(op, &bare, out);
	bare.verb = VERB_SET;
	bare.n_set = 0;
	for (size_t i = 0; i < c->extra.n; i++) {
		bare.extra = (struct extras){ .v = &c->extra.v[i], .n = 1 };
		put_change(op, &bare, out);
	}
}

static void
put_changes(const struct op *op, size_t from, size_t to, struct buf *out)
{
	struct op part = { .at_ns = op->at_ns,
		.by = op->by,
		.command = op->command,
		.v = op->v + from,
		.n = to - from };

	if (to - from == 1) {
		put_item(op, &op->v[from], out);
	} else if (!put_line(&part, out)) {
		put_changes(op, from, (from + to) / 2, out);
		put_changes(op, (from + to) / 2, to, out);
	}
}

void
wire_put_op(const struct op *op, struct buf *out)
{
	struct op last = *op;

	if (put_line(op, out))
		return;
	put_changes(op, 0, op->n, out);
	last.n = 0;
	put_line(&last, out);
}
