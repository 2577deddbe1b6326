#include <string.h>

#include "live/host_internal.h"

/* Can it hold anything that is not for everybody? Most cannot, which is cheaper to see than to
 * compare what each is sent. */
static bool
may_be_cut(const struct debrief *d, const struct op *op)
{
	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN); i++)
		if (DEBRIEF_AT(d, COLUMN, column, i)->hidden)
			return true;
	for (size_t i = 0; i < op->n; i++)
		if (op->v[i].kind == KIND_DEBRIEF || op->v[i].kind == KIND_PERSON ||
		    op->v[i].kind == KIND_COLUMN || op->v[i].kind == KIND_CARD)
			return true;
	return false;
}

bool
publish_is_quiet(const struct debrief *d, const struct op *op)
{
	struct viewer nobody = { 0 };
	struct op seen;
	bool quiet;

	if (!may_be_cut(d, op))
		return false;
	visible_op(d, &nobody, op, &seen);
	quiet = seen.n == 0;
	op_fini(&seen);
	return quiet;
}

/* Without what no client is ever sent: an op that lost nothing else is the same for all. */
static void
strip(struct op *op)
{
	const struct field *owner = schema_field(KIND_CARD, "owner");
	const struct field *unseen = schema_field(KIND_PERSON, "unseen");

	for (size_t i = 0; i < op->n; i++) {
		struct change *c = &op->v[i];
		size_t kept = 0;
		for (size_t k = 0; k < c->n_set; k++) {
			if (c->set[k].field == owner || c->set[k].field == unseen) {
				value_fini(&c->set[k].value);
				value_fini(&c->set[k].seen);
			} else {
				c->set[kept++] = c->set[k];
			}
		}
		c->n_set = kept;
	}
}

/* The lines of it for everybody. False: not everybody sees the same. */
static bool
same_for_all(const struct host *h, const struct op *op, struct buf *lines)
{
	struct viewer nobody = { 0 };
	struct op seen, bare;
	struct buf least = { 0 };
	bool same;

	if (!may_be_cut(h->d, op)) {
		wire_put_op(op, lines);
		return true;
	}
	visible_op(h->d, &nobody, op, &seen);
	op_copy(&bare, op);
	strip(&bare);
	wire_put_op(&seen, &least);
	wire_put_op(&bare, lines);
	same = seen.n == op->n && least.len == lines->len &&
	       memcmp(least.data, lines->data, lines->len) == 0;
	buf_fini(&least);
	op_fini(&seen);
	op_fini(&bare);
	return same;
}

static void
send_to_all(struct host *h, const struct op *op, const struct buf *lines)
{
	recent_add(&h->recent, op->seq, op->cid, lines);
	peers_send(h, lines);
}

/* Of a numbered op that says nothing to this viewer only its number is sent, of a quiet one not
 * even that. */
static void
send_own(const struct host *h, struct peer *p, const struct op *op)
{
	struct own own;
	struct viewer who;
	struct op seen, number;
	struct buf lines = { 0 };

	viewer_of(p, &own, &who);
	visible_op(h->d, &who, op, &seen);
	if (seen.n > 0) {
		wire_put_op(&seen, &lines);
	} else if (op->seq > 0) {
		op_init(&number, "hidden");
		number.seq = op->seq;
		wire_put_op(&number, &lines);
		op_fini(&number);
	}
	if (lines.len > 0)
		peer_send(p, lines.data, lines.len);
	buf_fini(&lines);
	op_fini(&seen);
	viewer_fini(&own);
}

static void
send_to_each(struct host *h, const struct op *op)
{
	for (size_t i = 0; i < h->n_peers; i++)
		if (here_is(h->peers[i]))
			send_own(h, h->peers[i], op);
}

/* Nobody goes on from before it. */
static void
begin_recent(struct host *h, const struct op *op)
{
	struct buf none = { 0 };

	buf_adds(&none, "");
	recent_clear(&h->recent);
	recent_add(&h->recent, op->seq, op->cid, &none);
	buf_fini(&none);
}

static void
send_out(struct host *h, const struct op *op)
{
	struct buf lines = { 0 };

	if (op->seq == 0) {
		send_to_each(h, op);
	} else if (same_for_all(h, op, &lines)) {
		send_to_all(h, op, &lines);
	} else {
		send_to_each(h, op);
		begin_recent(h, op);
	}
	buf_fini(&lines);
}

void
publish(struct host *h, const struct op *op)
{
	send_out(h, op);
	undo_note(h->undo, h->d, op);
	debrief_apply(h->d, op);
	ledger_add(&h->ledger, op);
	host_note_event(h, op);
	if (op->seq > 0) {
		h->seq = op->seq;
		h->last_cid = op->cid;
	}
	bell_set(h);
	asked_look(h);
}
