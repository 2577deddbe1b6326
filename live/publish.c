#include <string.h>

#include "live/host_internal.h"

/* Does it draw a curtain, so that there is more to send than the op? */
static bool
draws_curtain(const struct host *h, const struct op *op)
{
	for (size_t i = 0; i < op->n; i++)
		if (op->v[i].kind == KIND_COLUMN && op->v[i].verb == VERB_SET)
			return DEBRIEF_N(h->d, CARD) > 0;
	return false;
}

/* The same bytes for everybody? Asked for somebody who sees least. */
static bool
same_for_all(const struct host *h, const struct op *op, const struct buf *lines)
{
	struct viewer nobody = { 0 };
	struct op seen;
	struct buf theirs = { 0 };
	bool same;

	if (draws_curtain(h, op))
		return false;
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

/* What was hidden from this viewer and is not any more, or the other way round: the changes that
 * bring a replica which took `seen` to what it may see of `after`. */
static void
add_shown(
    const struct host *h, const struct viewer *who, const struct debrief *after, struct op *seen)
{
	struct debrief *replica = visible_copy(h->d, who), *target = visible_copy(after, who);
	struct op more;

	debrief_apply(replica, seen);
	debrief_difference(replica, target, &more);
	for (size_t i = 0; i < more.n; i++) {
		VEC_ROOM(seen->v, seen->n, seen->cap);
		seen->v[seen->n++] = more.v[i];
	}
	more.n = 0; /* they have moved */
	op_fini(&more);
	debrief_free(replica);
	debrief_free(target);
}

/* Of an op that says nothing to this viewer only its number is sent. */
static void
send_own(const struct host *h, struct peer *p, const struct op *op, const struct debrief *after)
{
	struct viewer who = { .name = p->name, .role = host_role(h, p->name, p->role_given) };
	struct op seen, number;
	struct buf lines = { 0 };

	visible_op(h->d, &who, op, &seen);
	add_shown(h, &who, after, &seen);
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
	struct debrief *after = debrief_copy(h->d);

	debrief_apply(after, op);
	recent_clear(&h->recent);
	for (size_t i = 0; i < h->n_peers; i++)
		if (h->peers[i]->greeted && !h->peers[i]->dead)
			send_own(h, h->peers[i], op, after);
	debrief_free(after);
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
