#include <string.h>

#include "live/host_internal.h"

/* The same bytes for everybody? Asked for somebody who sees least. */
static bool
same_for_all(const struct host *h, const struct op *op, const struct buf *lines)
{
	struct viewer nobody = { 0 };
	struct op seen;
	struct buf theirs = { 0 };
	bool same;

	visible_op(h->d, &nobody, op, &seen);
	same = seen.n == op->n;
	if (same) {
		wire_put_op(&seen, &theirs);
		same =
		    theirs.len == lines->len && memcmp(theirs.data, lines->data, lines->len) == 0;
	}
	buf_fini(&theirs);
	op_fini(&seen);
	return same;
}

/* Of an op that says nothing to this viewer only its number is sent. */
static void
send_own(const struct host *h, struct peer *p, const struct op *op)
{
	struct viewer who = { .name = p->name, .role = host_role(h, p->name, p->role_given) };
	struct op seen, number;
	struct buf lines = { 0 };

	visible_op(h->d, &who, op, &seen);
	if (seen.n == 0) {
		op_init(&number, "hidden");
		number.seq = op->seq;
		wire_put_op(&number, &lines);
		op_fini(&number);
	} else {
		wire_put_op(&seen, &lines);
	}
	peer_send(p, lines.data, lines.len);
	buf_fini(&lines);
	op_fini(&seen);
}

static void
send_to_each(struct host *h, const struct op *op)
{
	recent_clear(&h->recent);
	for (size_t i = 0; i < h->n_peers; i++)
		if (h->peers[i]->greeted && !h->peers[i]->dead)
			send_own(h, h->peers[i], op);
}

void
publish(struct host *h, const struct op *op)
{
	struct buf lines = { 0 };

	wire_put_op(op, &lines);
	if (same_for_all(h, op, &lines)) {
		recent_add(&h->recent, op->seq, op->cid, &lines);
		for (size_t i = 0; i < h->n_peers; i++)
			peer_send(h->peers[i], lines.data, lines.len);
	} else {
		send_to_each(h, op);
	}
	buf_fini(&lines);
	undo_note(h->undo, h->d, op);
	debrief_apply(h->d, op);
	ledger_add(&h->ledger, op);
	host_note_event(h, op);
	h->seq = op->seq;
	h->last_cid = op->cid;
}
