#include <stdlib.h>

#include "live/host_internal.h"
#include "storage/json_op.h"

enum {
	ITEMS_A_LINE = 32,
	OUTPUT_ENOUGH = 64 * 1024, /* lies ready for the socket; more is made when that is gone */
	AT_ONCE = 1 << 20	   /* written to one peer before others have their turn */
};

static void
picture_free(struct picture *p)
{
	for (size_t i = 0; i < p->n; i++)
		buf_fini(&p->lines[i]);
	free(p->lines);
	debrief_free(p->d);
	free(p);
}

void
picture_drop(struct host *h, struct picture *p)
{
	if (--p->refs > 0)
		return;
	if (h->picture == p)
		h->picture = NULL;
	picture_free(p);
}

/* What this viewer may see, as it stands. Those who join at the same moment share one where nothing
 * is hidden. */
static struct picture *
picture_take(struct host *h, const struct viewer *who)
{
	struct viewer nobody = { 0 };
	struct picture *p = h->picture;
	struct debrief *all;

	if (p != NULL && p->shared && p->seq == h->seq && id_equal(p->cid, h->last_cid)) {
		p->refs++;
		return p;
	}
	p = mem_zero(1, sizeof *p);
	all = visible_copy(h->d, &nobody);
	p->shared = debrief_equal(all, h->d);
	if (p->shared) {
		p->d = all;
		h->picture = p;
	} else {
		debrief_free(all);
		p->d = visible_copy(h->d, who);
	}
	p->refs = 1;
	p->seq = h->seq;
	p->cid = h->last_cid;
	p->n = snapshot_count(p->d, ITEMS_A_LINE);
	p->lines = mem_zero(p->n, sizeof *p->lines);
	return p;
}

static const struct buf *
picture_line(struct picture *p, size_t i)
{
	struct op op;

	if (p->lines[i].len == 0) {
		snapshot_op(p->d, ITEMS_A_LINE, i, &op);
		wire_put_op(&op, &p->lines[i]);
		op_fini(&op);
	}
	return &p->lines[i];
}

/* What it left here when it went. */
static void
put_kept(struct peer *p)
{
	const struct kept *k = kept_of(p);
	struct message m;

	if (k == NULL)
		return;
	message_init(&m, MSG_KEEP);
	m.text = mem_dup(k->text);
	m.away_s = (here_now_ms(p->host) - k->at_ms) / 1000;
	stream_put(&p->s, &m);
	message_fini(&m);
}

static void
stream_ends(struct peer *p)
{
	struct message m;

	message_init(&m, MSG_READY);
	m.seq = p->ready_seq;
	m.cid = p->ready_cid;
	stream_put(&p->s, &m);
	put_kept(p);
	for (size_t i = 0; i < p->host->standing.n; i++) {
		message_init(&m, MSG_NOTICE);
		m.text = mem_dup(p->host->standing.v[i]);
		stream_put(&p->s, &m);
		message_fini(&m);
	}
	buf_add(&p->s.out, p->held.data, p->held.len);
	buf_fini(&p->held);
	buf_fini(&p->missed);
	if (p->picture != NULL)
		picture_drop(p->host, p->picture);
	p->picture = NULL;
	p->streaming = false;
	knock_tell(p);
}

void
stream_more(struct peer *p)
{
	size_t written = 0;

	while (p->streaming && written < AT_ONCE) {
		size_t before = stream_backlog(&p->s);
		if (p->missed_at < p->missed.len) {
			size_t len = p->missed.len - p->missed_at;
			len = len < OUTPUT_ENOUGH ? len : OUTPUT_ENOUGH;
			buf_add(&p->s.out, p->missed.data + p->missed_at, len);
			p->missed_at += len;
		} else if (p->picture != NULL && p->next_line < p->picture->n) {
			const struct buf *line = picture_line(p->picture, p->next_line++);
			buf_add(&p->s.out, line->data, line->len);
		} else {
			stream_ends(p);
		}
		written += stream_backlog(&p->s) - before;
		if (stream_backlog(&p->s) < OUTPUT_ENOUGH)
			continue;
		if (!stream_flush(&p->s) || stream_backlog(&p->s) > 0)
			return;
	}
}

/* From where it was, or all. */
void
join_begin(struct peer *p, const struct message *hello)
{
	struct host *h = p->host;
	struct own own;
	struct viewer who;

	if (!resume_from(p, hello, &p->missed)) {
		viewer_of(p, &own, &who);
		p->picture = picture_take(h, &who);
		viewer_fini(&own);
	}
	p->streaming = true;
	p->ready_seq = h->seq;
	p->ready_cid = h->last_cid;
}
