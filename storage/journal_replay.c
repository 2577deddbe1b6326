#include "storage/journal_replay.h"

#include <string.h>

#include "model/debrief.h"
#include "storage/json_op.h"

/* A part of the snapshot is one row: large enough to be quick, small enough that little is lost
 * with it. */
enum { PART_ITEMS = 200 };

/* FNV-1a, 64 bits: a guard against the disk, not against people. */
static uint64_t
sum_add(uint64_t sum, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < len; i++)
		sum = (sum ^ p[i]) * UINT64_C(0x100000001b3);
	return sum;
}

static uint64_t
sum_number(uint64_t sum, int64_t number)
{
	unsigned char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
	return sum_add(sum, bytes, sizeof bytes);
}

static const uint64_t sum_start = UINT64_C(0xcbf29ce484222325);

uint64_t
row_sum(const struct row *r)
{
	uint64_t sum = sum_number(sum_number(sum_number(sum_start, r->n), r->kind), r->version);

	return sum_add(sum, r->body, r->len);
}

uint64_t
meta_sum(const char *name, const void *value, size_t len)
{
	return sum_add(sum_add(sum_start, name, strlen(name) + 1), value, len);
}

enum replay_end
replay_row(struct replay *p, const struct row *r)
{
	struct op op;

	if (r->n != p->n + 1 || r->sum != row_sum(r))
		return REPLAY_DAMAGED;
	if (r->version != ROW_VERSION || r->kind < ROW_OP || r->kind > ROW_SNAPSHOT_END)
		return REPLAY_NEWER;
	if (p->begun != (r->kind == ROW_OP))
		return REPLAY_DAMAGED;
	if (!op_decode_text(r->body, r->len, &op, NULL))
		return REPLAY_NEWER;
	if (r->kind == ROW_OP && p->each != NULL)
		p->each(p->ctx, p->d, &op);
	debrief_apply(p->d, &op);
	op_fini(&op);
	p->n++;
	p->begun = p->begun || r->kind == ROW_SNAPSHOT_END;
	return REPLAY_GOING;
}

static struct row
row_of(const struct op *op, int64_t n, enum row_kind kind, struct buf *body)
{
	struct row r = { .n = n, .kind = kind, .version = ROW_VERSION };
	size_t from = body->len;

	op_encode(op, body);
	r.body = body->data + from;
	r.len = body->len - from;
	r.sum = row_sum(&r);
	return r;
}

struct row
op_row(const struct op *op, int64_t n, struct buf *body)
{
	return row_of(op, n, ROW_OP, body);
}

size_t
beginning_count(const struct debrief *d)
{
	return snapshot_count(d, PART_ITEMS);
}

struct row
beginning_row(const struct debrief *d, size_t i, struct buf *body)
{
	bool last = i + 1 == beginning_count(d);
	struct row r;
	struct op op;

	snapshot_op(d, PART_ITEMS, i, &op);
	r = row_of(&op, (int64_t)i + 1, last ? ROW_SNAPSHOT_END : ROW_SNAPSHOT, body);
	op_fini(&op);
	return r;
}
