#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "live/host_internal.h"
#include "live/secret.h"

enum { SEGMENT_MOST = 512 /* ops in one transaction */ };

static void
job_fini(struct job *j)
{
	free(j->name);
	free(j->secret);
	op_fini(&j->op);
}

void
round_fini(struct host *h)
{
	loop_cancel(h->loop, h->round_timer);
	for (size_t i = 0; i < h->n_jobs; i++)
		job_fini(&h->jobs[i]);
	free(h->jobs);
}

void
round_add(struct peer *from, struct op *op)
{
	struct host *h = from->host;
	struct job *j;

	VEC_ROOM(h->jobs, h->n_jobs, h->cap_jobs);
	j = &h->jobs[h->n_jobs++];
	*j = (struct job){ .from = from,
		.name = mem_dup(from->name),
		.secret = mem_dup(from->secret),
		.role = from->role_given,
		.may_lead = from->may_lead,
		.is_own = from->is_own,
		.cid = op->cid,
		.op = *op };
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

/* For a seat: who leads, and who sits at the host's own account, may. Then the seat is who asks. */
static bool
take_seat(struct host *h, struct job *j)
{
	enum role_of role = host_role(h, j->name, j->role);
	const char *by = j->op.by;
	struct err e = { 0 };

	if (by == NULL || strcmp(by, j->name) == 0)
		return true;
	if (!strs_has(&h->next->seats, by)) {
		err_set(&e, ERR_MISSING,
		    "there is no seat %.60s: nothing was changed: seat add NAME makes one", by);
		return refuse(j, &e);
	}
	if (strs_has(&h->been, by)) {
		err_set(&e, ERR_REFUSED,
		    "%.60s came with an own screen: nothing was changed: nobody else acts for that "
		    "name",
		    by);
		return refuse(j, &e);
	}
	if (!j->is_own && role != PERSON_FACILITATOR && role != PERSON_SCRIBE) {
		err_set(&e, ERR_REFUSED,
		    "who leads acts for the seats: nothing was changed: ask for it");
		return refuse(j, &e);
	}
	free(j->name);
	j->name = mem_dup(by);
	j->role = PERSON_PARTICIPANT;
	return true;
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

static char *
owner_text(void *ctx, struct id card)
{
	const struct own *own = ctx;
	char owner[OWNER_LETTERS + 1];

	secret_owner(own->secret, card, owner);
	return mem_dup(owner);
}

static bool
is_vote(const struct op *op)
{
	return op->command != NULL &&
	       (strcmp(op->command, "vote") == 0 || strcmp(op->command, "unvote") == 0);
}

bool
round_actor(struct host *h, struct job *j, struct own *own, struct actor *out, struct err *e)
{
	bool votes = is_vote(&j->op) && h->next->votes_each > 0;
	bool answers = j->op.command != NULL && strcmp(j->op.command, "answer") == 0 &&
		       h->next->asked != NULL;

	*own = (struct own){ .secret = j->secret };
	*out = (struct actor){ .name = j->name,
		.role = host_role(h, j->name, j->role),
		.may_lead = j->may_lead,
		.ctx = own };
	if (j->secret != NULL) {
		out->owns = viewer_owns;
		out->owner = owner_text;
	}
	if ((votes || answers) && !h->key.some && !key_load(h->place.id, &h->key, e))
		return false;
	if (votes)
		viewer_slots(h, j->name, &own->slots);
	out->slots = votes ? &own->slots : NULL;
	if (answers)
		out->answer_slot = viewer_answer(h, j->name);
	return true;
}

/* Kept without a name, a time and the client's id. */
static bool
take_name_out(struct host *h, struct job *j, struct err *e)
{
	if (!h->key.some && !key_load(h->place.id, &h->key, e))
		return false;
	free(j->op.by);
	j->op.by = NULL;
	j->op.at_ns = TIME_NONE;
	j->op.cid = key_cid(&h->key, j->name, j->cid);
	return true;
}

/* Names that only the host gives: their ops may set what nobody sets by hand. */
static bool
is_reserved(const char *command)
{
	static const char *const names[] = { "new", "git", "merge", "snapshot", "hidden" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (command != NULL && strcmp(command, names[i]) == 0)
			return true;
	return false;
}

static bool
may_be_sent(const struct host *h, const struct job *j, struct err *e)
{
	if (h->read_only != NULL)
		return err_set(e, ERR_STORE, "%s", h->read_only);
	if (is_reserved(j->op.command))
		return err_set(e, ERR_REFUSED,
		    "%s is not a command for a session: nothing was changed", j->op.command);
	return true;
}

/* The checked op as it will be kept, and applied to `next`. */
static bool
complete(struct host *h, struct job *j, const struct actor *who, struct err *e)
{
	struct host_gift gift = { host_now_ns(h), host_random(h), host_random(h) };

	if (op_is_anonymous(h->next, &j->op) && !take_name_out(h, j, e))
		return false;
	debrief_complete(h->next, who, &j->op, &gift);
	j->quiet = publish_is_quiet(h->next, &j->op);
	debrief_apply(h->next, &j->op);
	return true;
}

bool
round_accept(struct host *h, struct job *j)
{
	struct own own = { 0 };
	struct actor who;
	struct err e = { 0 };
	bool good;

	take_over(h, j);
	good = may_be_sent(h, j, &e) && round_actor(h, j, &own, &who, &e);
	if (good && !debrief_check(h->next, &who, &j->op, &e)) {
		good = false;
		act_refused(h, j);
	}
	good = good && (j->op.n == 0 || complete(h, j, &who, &e));
	viewer_fini(&own);
	if (!good)
		return refuse(j, &e);
	j->state = j->op.n == 0 ? JOB_DONE : JOB_ACCEPTED;
	return true;
}

void
round_back(struct host *h)
{
	debrief_free(h->next);
	h->next = debrief_copy(h->d);
}

/* The accepted ones side by side, borrowed, numbered where others are told of them. Returns how
 * many. */
static size_t
line_up(struct host *h, struct job *jobs, size_t n, struct op *batch)
{
	uint64_t seq = h->seq;
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (jobs[i].state == JOB_ACCEPTED) {
			jobs[i].op.seq = jobs[i].quiet ? 0 : ++seq;
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
	if (j->state != JOB_ACCEPTED)
		return;
	publish(h, &j->op);
	if (j->quiet) {
		resume_note_quiet(h, j->name);
		resume_note_quiet(h, j->secret);
	}
	if (!id_equal(j->cid, j->op.cid))
		ledger_alias(&h->ledger, j->cid, j->op.cid);
}

/* What was kept of it, now or when it came before: an earlier host kept the hash alone. */
static const struct ledger_row *
row_of(struct host *h, const struct job *j)
{
	const struct ledger_row *row = ledger_find(&h->ledger, j->cid);

	if (row == NULL && h->key.some) {
		ledger_alias(&h->ledger, j->cid, key_cid(&h->key, j->name, j->cid));
		row = ledger_find(&h->ledger, j->cid);
	}
	return row;
}

static void
answer(struct host *h, struct job *j)
{
	struct message m;
	struct id item = { 0 };

	if (j->from == NULL)
		return;
	message_init(&m, j->state == JOB_REFUSED ? MSG_REFUSE : MSG_ACK);
	m.cid = j->cid;
	if (j->state == JOB_REFUSED) {
		m.kind = j->why.kind != ERR_NONE ? j->why.kind : ERR_REFUSED;
		m.text = mem_dup(j->why.text);
	} else {
		const struct ledger_row *row = j->state != JOB_DONE ? row_of(h, j) : NULL;
		if (row != NULL) {
			m.seq = row->seq > 0 ? row->seq : h->seq;
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
	if (row_of(h, &jobs[i]) != NULL)
		return true;
	for (size_t k = 0; k < i; k++)
		if (jobs[k].state == JOB_ACCEPTED && id_equal(jobs[k].cid, jobs[i].cid))
			return true;
	return false;
}

/* Who is not shown as being here does nothing here. */
static bool
is_there(struct job *j)
{
	struct err e = { 0 };

	if (j->from == NULL || !j->from->leaves)
		return true;
	err_set(&e, ERR_REFUSED, "you have left: nothing was changed: join again");
	return refuse(j, &e);
}

/* Is it to be run: not refused at once, not a repeat? */
static bool
is_new(struct host *h, struct job *jobs, size_t i)
{
	if (!take_seat(h, &jobs[i]))
		return false;
	if (is_repeat(h, jobs, i))
		jobs[i].state = JOB_REPEATED;
	return jobs[i].state == JOB_WAITS && is_there(&jobs[i]);
}

/* Those that keep nothing but an op, in one transaction. */
static void
run_plain(struct host *h, struct job *jobs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_new(h, jobs, i))
			round_accept(h, &jobs[i]);
	if (round_keep(h, jobs, n))
		for (size_t i = 0; i < n; i++)
			round_publish(h, &jobs[i]);
}

/* A repeat of one that was not kept is refused like it. */
static void
answer_all(struct host *h, struct job *jobs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (jobs[i].state == JOB_REPEATED && row_of(h, &jobs[i]) == NULL)
			for (size_t k = 0; k < i; k++)
				if (id_equal(jobs[k].cid, jobs[i].cid))
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
	else if (is_new(h, jobs, 0))
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

/* With nothing of a round accepted and not kept: `next` is `d`. */
bool
round_own(struct host *h, const char *by, struct op *op, struct err *e)
{
	struct actor who = { .name = by, .role = PERSON_NONE, .host = true };
	struct host_gift gift = { host_now_ns(h), host_random(h), host_random(h) };
	bool good;

	free(op->by);
	op->by = mem_dup(by);
	op->cid = id_make(host_random(h));
	good = h->read_only == NULL || err_set(e, ERR_STORE, "%s", h->read_only);
	good = good && debrief_check(h->d, &who, op, e);
	if (good) {
		debrief_complete(h->d, &who, op, &gift);
		op->seq = publish_is_quiet(h->d, op) ? 0 : h->seq + 1;
		good = host_need_journal(h, e) && journal_append(h->journal, op, 1, e);
	}
	if (good) {
		debrief_apply(h->next, op);
		publish(h, op);
		if (op->seq == 0)
			resume_note_quiet(h, by);
		round_soon(h);
	}
	op_fini(op);
	return good;
}
