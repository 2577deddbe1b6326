#include <stdlib.h>
#include <string.h>

#include "base/text.h"
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

static void
stream_ends(struct peer *p)
{
	struct message m;

	message_init(&m, MSG_READY);
	m.seq = p->ready_seq;
	m.cid = p->ready_cid;
	stream_put(&p->s, &m);
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

/* The role asked for, or ERR_REFUSED. */
static bool
take_role(struct peer *p, const char *role, struct err *e)
{
	p->role_given = role != NULL ? role_of_word(role) : PERSON_NONE;
	if (role != NULL && p->role_given == PERSON_NONE)
		return err_set(e, ERR_USAGE,
		    "there is no role %.60s: you did not join: it is facilitator, scribe, "
		    "participant or observer",
		    role);
	p->role = host_role(p->host, p->name, p->role_given);
	return true;
}

static void
welcome(struct peer *p, const struct message *hello)
{
	struct host *h = p->host;
	struct message m;

	message_init(&m, MSG_WELCOME);
	m.version = WIRE_VERSION;
	m.name = mem_dup(p->name);
	m.role = mem_dup(role_word(p->role));
	m.text = mem_dup(h->place.name);
	m.item = mem_dup(h->place.id.s);
	m.hidden = visible_hidden(h->d);
	m.last_ns = host_last_event(h, p->name);
	m.seq = h->seq;
	m.has_since = p->picture == NULL;
	if (m.has_since)
		m.seq = hello->seq;
	stream_put(&p->s, &m);
	message_fini(&m);
}

/* From where it was, or all. */
static void
begin_stream(struct peer *p, const struct message *hello)
{
	struct host *h = p->host;
	struct viewer who = { .name = p->name, .role = p->role };
	bool goes_on = false;

	if (hello->has_since && id_some(hello->cid))
		goes_on = (hello->seq == h->seq && id_equal(hello->cid, h->last_cid)) ||
			  recent_since(&h->recent, hello->seq, hello->cid, &p->missed);
	if (!goes_on)
		p->picture = picture_take(h, &who);
	p->streaming = true;
	p->ready_seq = h->seq;
	p->ready_cid = h->last_cid;
}

static void
step_down(struct peer *p)
{
	struct host *h = p->host;

	if (h->o.foreground) {
		peer_part(p, ERR_REFUSED,
		    "a host of this debrief runs in the foreground already: nothing was changed: "
		    "end that one first");
		return;
	}
	host_end(h); /* its bye is what the other waits for */
}

static bool
may_enter(const struct message *hello, struct err *e)
{
	const char *want = hello->want != NULL ? hello->want : "join";

	if (hello->version != WIRE_VERSION)
		return err_set(e, ERR_REFUSED,
		    "the host speaks version %d and this program %d: you did not join: update the "
		    "older one (%s)",
		    WIRE_VERSION, (int)hello->version,
		    hello->version < WIRE_VERSION ? "here" : "the host's side");
	if (strcmp(want, "join") != 0 && strcmp(want, "watch") != 0 && strcmp(want, "read") != 0 &&
	    strcmp(want, "step-down") != 0)
		return err_set(e, ERR_REFUSED, "nobody can come for \"%.40s\"", want);
	if (hello->name != NULL && (hello->name[0] == '\0' || strcmp(hello->name, "git") == 0))
		return err_set(e, ERR_REFUSED,
		    "that name cannot be taken: you did not join: choose another with --as");
	return true;
}

void
greet(struct peer *p, const struct message *hello)
{
	struct host *h = p->host;
	const char *want = hello->want != NULL ? hello->want : "join";
	struct err e = { 0 };

	loop_cancel(h->loop, p->greeting_timer);
	p->greeting_timer = 0;
	if (!may_enter(hello, &e)) {
		peer_part(p, e.kind, e.text);
		return;
	}
	if (strcmp(want, "step-down") == 0) {
		step_down(p);
		return;
	}
	if (hello->name == NULL || strcmp(hello->name, h->own_name) != 0)
		host_learn_name(h);
	p->name = mem_dup(hello->name != NULL ? hello->name : h->own_name);
	p->reads_only = strcmp(want, "read") == 0;
	if (!take_role(p, hello->role, &e)) {
		peer_part(p, e.kind, e.text);
		return;
	}
	p->greeted = true;
	begin_stream(p, hello);
	welcome(p, hello);
	if (!p->reads_only)
		here_came(h, p->name);
	round_soon(h);
}
