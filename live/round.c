#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "live/host_internal.h"

enum { SEGMENT_MOST = 512 /* ops in one transaction */ };

static void
job_fini(struct job *j)
{
	free(j->name);
	op_fini(&j->op);
}

void
round_add(struct peer *from, struct op *op)
{
	struct host *h = from->host;
	struct job *j;

	VEC_ROOM(h->jobs, h->n_jobs, h->cap_jobs);
	j = &h->jobs[h->n_jobs++];
	*j = (struct job){
		.from = from, .name = mem_dup(from->name), .role = from->role_given, .op = *op
	};
	*op = (struct op){ .at_ns = TIME_NONE };
	round_soon(h);
}

static bool
refuse(struct job *j, const struct err *e)
{
	j->state = JOB_REFUSED;
	j->why = *e;
	return false;
}

/* What a client cannot say of its own op. */
static void
take_over(struct host *h, struct job *j)
{
	free(j->op.by);
	j->op.by = mem_dup(j->name);
	j->op.seq = 0;
	j->op.at_ns = host_now_ns(h);
}

/* Names that only the host gives: their ops may set what nobody sets by hand. */
static bool
is_reserved(const char *command)
{
	static const char *const names[] = { "new", "git", "snapshot", "hidden" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (command != NULL && strcmp(command, names[i]) == 0)
			return true;
	return false;
}

bool
round_accept(struct host *h, struct job *j)
{
	struct actor who = { j->name, host_role(h, j->name, j->role), false };
	struct host_gift gift = { host_now_ns(h), host_random(h) };
	struct err e = { 0 };

	take_over(h, j);
	if (h->read_only != NULL) {
		err_set(&e, ERR_STORE, "%s", h->read_only);
		return refuse(j, &e);
	}
	if (is_reserved(j->op.command)) {
		err_set(&e, ERR_REFUSED, "%s is not a command for a session: nothing was changed",
		    j->op.command);
		return refuse(j, &e);
	}
	if (!debrief_check(h->next, &who, &j->op, &e)) {
		refuse(j, &e);
		act_refused(h, j);
		return false;
	}
	if (j->op.n == 0) {
		j->state = JOB_DONE;
		return true;
	}
	debrief_complete(h->next, &who, &j->op, &gift);
	debrief_apply(h->next, &j->op);
	j->state = JOB_ACCEPTED;
	return true;
}

void
round_back(struct host *h)
{
	debrief_free(h->next);
	h->next = debrief_copy(h->d);
}

/* The accepted ones side by side, borrowed, numbered. Returns how many. */
static size_t
line_up(struct host *h, struct job *jobs, size_t n, struct op *batch)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (jobs[i].state == JOB_ACCEPTED) {
			jobs[i].op.seq = h->seq + kept + 1;
			batch[kept++] = jobs[i].op;
		}
	return kept;
}

static void
not_kept(struct host *h, struct job *jobs, size_t n, const struct err *why)
{
	struct err e = { 0 };

	err_set(&e, ERR_STORE,
	    "not saved: your text is kept here: send it again when this is mended: %s", why->text);
	for (size_t i = 0; i < n; i++)
		if (jobs[i].state == JOB_ACCEPTED)
			refuse(&jobs[i], &e);
	round_back(h);
	if (!h->unsafe)
		peers_notice(
		    h, "read-only for now: what is here is safe, nothing new is: %s", why->text);
	h->unsafe = true;
}

bool
round_keep(struct host *h, struct job *jobs, size_t n)
{
	struct op *batch = mem_zero(n, sizeof *batch);
	size_t kept = line_up(h, jobs, n, batch);
	struct err e = { 0 };
	bool good =
	    kept == 0 || (host_need_journal(h, &e) && journal_append(h->journal, batch, kept, &e));

	free(batch);
	if (!good) {
		not_kept(h, jobs, n, &e);
	} else if (kept > 0 && h->unsafe) {
		h->unsafe = false;
		peers_notice(h, "there is room again: changes are kept");
	}
	return good;
}

void
round_publish(struct host *h, struct job *j)
{
	if (j->state == JOB_ACCEPTED)
		publish(h, &j->op);
}

static void
answer(struct host *h, struct job *j)
{
	struct message m;
	struct id item = { 0 };

	if (j->from == NULL)
		return;
	message_init(&m, j->state == JOB_REFUSED ? MSG_REFUSE : MSG_ACK);
	m.cid = j->op.cid;
	if (j->state == JOB_REFUSED) {
		m.kind = j->why.kind != ERR_NONE ? j->why.kind : ERR_REFUSED;
		m.text = mem_dup(j->why.text);
	} else {
		const struct ledger_row *row = ledger_find(&h->ledger, j->op.cid);
		if (j->state != JOB_DONE && row != NULL) {
			m.seq = row->seq;
			item = row->item;
		}
		m.text = mem_dup(id_some(item) ? item.s : "ok");
	}
	peer_tell(j->from, &m);
	message_fini(&m);
}

/* The same op again: from before, or earlier in this segment. */
static bool
is_repeat(struct host *h, const struct job *jobs, size_t i)
{
	if (ledger_find(&h->ledger, jobs[i].op.cid) != NULL)
		return true;
	for (size_t k = 0; k < i; k++)
		if (jobs[k].state == JOB_ACCEPTED && id_equal(jobs[k].op.cid, jobs[i].op.cid))
			return true;
	return false;
}

/* Those that keep nothing but an op, in one transaction. */
static void
run_plain(struct host *h, struct job *jobs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (is_repeat(h, jobs, i))
			jobs[i].state = JOB_REPEATED;
		else
			round_accept(h, &jobs[i]);
	}
	if (round_keep(h, jobs, n))
		for (size_t i = 0; i < n; i++)
			round_publish(h, &jobs[i]);
}

/* A repeat of one that was not kept is refused like it. */
static void
answer_all(struct host *h, struct job *jobs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (jobs[i].state == JOB_REPEATED &&
		    ledger_find(&h->ledger, jobs[i].op.cid) == NULL)
			for (size_t k = 0; k < i; k++)
				if (id_equal(jobs[k].op.cid, jobs[i].op.cid))
					refuse(&jobs[i], &jobs[k].why);
		answer(h, &jobs[i]);
	}
}

static size_t
segment_of(const struct host *h, const struct job *jobs, size_t n)
{
	size_t len = 1;

	if (act_is(h, &jobs[0].op))
		return 1;
	while (len < n && len < SEGMENT_MOST && !act_is(h, &jobs[len].op))
		len++;
	return len;
}

static void
run_segment(struct host *h, struct job *jobs, size_t n)
{
	if (!act_is(h, &jobs[0].op))
		run_plain(h, jobs, n);
	else if (is_repeat(h, jobs, 0))
		jobs[0].state = JOB_REPEATED;
	else
		act_run(h, &jobs[0]);
	answer_all(h, jobs, n);
}

/* Without the file that is locked the folder is gone, or is another: what would be kept there,
 * would be lost. */
static bool
home_is_there(const struct host *h)
{
	struct stat st;

	return fstat(h->lock_fd, &st) == 0 && st.st_nlink > 0;
}

static void
round_run(void *ctx)
{
	struct host *h = ctx;

	h->round_timer = 0;
	if (!home_is_there(h)) {
		host_end(h);
		return;
	}
	for (size_t at = 0, n; at < h->n_jobs; at += n) {
		n = segment_of(h, h->jobs + at, h->n_jobs - at);
		run_segment(h, h->jobs + at, n);
	}
	for (size_t i = 0; i < h->n_jobs; i++)
		job_fini(&h->jobs[i]);
	h->n_jobs = 0;
	peers_turn(h);
}

void
round_soon(struct host *h)
{
	if (h->round_timer == 0 && !h->done)
		h->round_timer = loop_after(h->loop, 0, round_run, h);
}
