#include <stdlib.h>
#include <string.h>

#include "live/codes.h"
#include "live/host_internal.h"
#include "live/trace.h"
#include "model/rules.h"

/* Commands that make the host do more than keep an op. Each has a round of its own. */
struct act {
	const char *command;
	void (*run)(struct host *h, struct job *j);
};

static bool
is_lead(const struct host *h, const struct job *j)
{
	enum role_of role = host_role(h, j->name, j->role);

	return role == PERSON_FACILITATOR || role == PERSON_SCRIBE;
}

static void
refuse(struct job *j, const struct err *e)
{
	j->state = JOB_REFUSED;
	j->why = *e;
}

bool
act_one(struct host *h, struct job *j)
{
	if (!round_accept(h, j) || !round_keep(h, j, 1))
		return false;
	round_publish(h, j);
	return true;
}

/* The op is safe already: a commit that fails is only said. */
static bool
commit_after(struct host *h, const char *what)
{
	struct save s = { .d = h->d, .what = what };
	struct err e = { 0 };

	peers_flush(h); /* nobody waits for git but the author */
	if (save_now(h, &s, &e))
		return true;
	peers_notice(h, "the change is kept, but not committed: %s", e.text);
	return false;
}

/* What is open still needs it: a new one would let everybody answer once more. */
static bool
needs_key(const struct debrief *d)
{
	return d->status != STATUS_CLOSED && (d->votes_each > 0 || d->asked != NULL);
}

void
act_erase_key(struct host *h)
{
	struct err e = { 0 };

	if (!needs_key(h->d) && !key_erase(h->place.id, &h->key, &e))
		peers_notice(h, "the key of this vote is still there: %s", e.text);
}

/* Nothing but the history holds a closed debrief. */
static void
scrub(struct host *h)
{
	struct err e = { 0 };

	if (h->journal != NULL && !journal_scrub(h->journal, &e))
		peers_notice(h, "the crash journal is still there: %s", e.text);
	h->journal = NULL;
	act_erase_key(h);
	if (!codes_erase(h->repo, h->place.id, &e))
		peers_notice(h, "the codes of guests are still there: %s", e.text);
}

static void
run_undo(struct host *h, struct job *j)
{
	struct own own;
	struct actor who;
	struct op op;
	struct err e = { 0 };
	bool good = round_actor(h, j, &own, &who, &e) &&
		    undo_next(h->undo, &who, strcmp(j->op.command, "redo") == 0, &op, &e);

	viewer_fini(&own);
	if (!good) {
		refuse(j, &e);
		return;
	}
	op.cid = j->cid;
	op_fini(&j->op);
	j->op = op;
	act_one(h, j);
}

static bool
hides_cards(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN); i++)
		if (DEBRIEF_AT(d, COLUMN, column, i)->hidden)
			return true;
	return false;
}

/* How many is told in steps alone, and whether there are any, too. */
static void
say_left_out(const struct host *h, struct job *j)
{
	struct message m;

	if (j->from == NULL || !hides_cards(h->d))
		return;
	message_init(&m, MSG_NOTICE);
	m.text = h->counts.written > 0
		     ? mem_fmt("what is hidden (%lld cards when last counted) is in no commit: it "
			       "is safe in the journal here",
			   (long long)h->counts.written)
		     : mem_dup("what is hidden is in no commit: it is safe in the journal here");
	peer_tell(j->from, &m);
	message_fini(&m);
}

static void
run_save(struct host *h, struct job *j)
{
	struct save s = { .d = h->d, .subject = j->op.arg };
	struct actor who = { .name = j->name, .role = host_role(h, j->name, j->role) };
	struct err e = { 0 };

	if (j->op.n > 0)
		err_set(
		    &e, ERR_REFUSED, "save changes nothing: nothing was changed: send it alone");
	else if (h->read_only != NULL)
		err_set(&e, ERR_STORE, "%s", h->read_only);
	else if (debrief_check(h->d, &who, &j->op, &e) && save_now(h, &s, &e))
		say_left_out(h, j);
	j->state = JOB_DONE;
	if (e.kind != ERR_NONE)
		refuse(j, &e);
}

static void
forget_gate(struct host *h)
{
	op_fini(&h->gate_op);
	h->gate = NULL;
}

static const char *
stage_what(const struct host *h, char **own)
{
	return *own = mem_fmt("stage %s", h->d->stage != NULL ? h->d->stage : "none");
}

static void
run_stage(struct host *h, struct job *j)
{
	char *what = NULL;
	bool asked = h->d->asked != NULL;

	if (act_one(h, j) && j->state == JOB_ACCEPTED) {
		forget_gate(h);
		if (asked && h->d->asked == NULL)
			act_erase_key(h);
		commit_after(h, stage_what(h, &what));
	}
	free(what);
}

/* Committed first: a close that cannot be committed does not happen. The op itself is in the
 * commit, so that it needs no row in a journal that goes anyway. */
static void
commit_close(struct host *h, struct job *j)
{
	struct save s = { .d = h->next, .what = "closed" };
	struct err e = { 0 };

	if (!save_now(h, &s, &e)) {
		refuse(j, &e);
		round_back(h);
		return;
	}
	j->op.seq = h->seq + 1;
	round_publish(h, j);
	peers_flush(h);
	scrub(h);
	forget_gate(h);
}

/* How much is hidden is told in steps alone, so not here. */
static bool
may_close(const struct host *h, const struct job *j, struct err *e)
{
	if (!is_lead(h, j))
		return true; /* the rules say it */
	if (visible_hidden(h->d) > 0)
		return err_set(e, ERR_REFUSED,
		    "cards are still hidden: nothing was closed: reveal them or remove them first");
	if (h->d->votes_each > 0)
		return err_set(e, ERR_REFUSED,
		    "a vote is still open: nothing was closed: votes close ends it");
	return true;
}

static void
run_close(struct host *h, struct job *j)
{
	struct err e = { 0 };

	if (h->d->status == STATUS_CLOSED)
		j->state = JOB_DONE;
	else if (!may_close(h, j, &e))
		refuse(j, &e);
	else if (round_accept(h, j) && j->state == JOB_ACCEPTED)
		commit_close(h, j);
}

void
act_end_close(struct host *h)
{
	if (h->d->status == STATUS_CLOSED && h->journal != NULL && h->read_only == NULL &&
	    visible_hidden(h->d) == 0 && h->d->votes_each == 0 && commit_after(h, NULL))
		scrub(h);
}

/* "actions: the reason" into the list of overrides, and the step that was refused. */
static void
build_override(const struct host *h, const struct op *asked, struct op *out)
{
	struct value v = { 0 };

	op_copy(out, &h->gate_op);
	free(out->command);
	free(out->arg);
	out->command = mem_dup("override");
	out->arg = mem_dup(asked->arg);
	out->cid = asked->cid;
	strs_take(&v.list, mem_fmt("%s: %s", h->gate, asked->arg));
	change_put(op_add(out, VERB_SET, KIND_DEBRIEF, h->d->item.id), "overrides", v)->how =
	    HOW_PLUS;
}

static void
run_override(struct host *h, struct job *j)
{
	struct op op;
	struct err e = { 0 };
	bool closes = h->gate != NULL && strcmp(h->gate, "close") == 0;

	if (h->gate == NULL || j->op.arg == NULL) {
		err_set(&e, ERR_REFUSED,
		    h->gate == NULL
			? "nothing was refused that an override could pass: nothing was changed"
			: "an override has a reason: nothing was changed: override REASON");
		refuse(j, &e);
		return;
	}
	build_override(h, &j->op, &op);
	op_fini(&j->op);
	j->op = op;
	if (closes)
		run_close(h, j);
	else
		run_stage(h, j);
}

void
act_refused(struct host *h, const struct job *j)
{
	bool step = strcmp(j->op.command, "stage") == 0 || strcmp(j->op.command, "close") == 0;
	const char *gate = step && is_lead(h, j) ? rules_gate(h->next, &j->op, NULL) : NULL;

	if (gate == NULL)
		return;
	forget_gate(h);
	op_copy(&h->gate_op, &j->op);
	h->gate = gate;
}

/* What was written before goes from everywhere the host can reach. */
static void
forget_words(struct host *h)
{
	struct err e = { 0 };

	forget_gate(h);
	recent_clear(&h->recent);
	buf_clear(&h->superseded);
	undo_free(h->undo);
	h->undo = undo_new();
	if (commit_after(h, "words taken out") && h->d->status == STATUS_CLOSED)
		scrub(h);
	else if (h->journal != NULL && !journal_restart(h->journal, h->d, &e))
		peers_notice(h, "the crash journal still holds the words: %s", e.text);
}

/* Nobody is told that there was something: no commit has it. */
static void
forget_quietly(struct host *h)
{
	undo_free(h->undo);
	h->undo = undo_new();
	if (h->journal != NULL)
		journal_restart(h->journal, h->d, NULL);
}

static void
run_redact(struct host *h, struct job *j)
{
	struct strs words = { 0 };

	trace_words(h->d, &j->op, &words);
	if (act_one(h, j) && j->state == JOB_ACCEPTED) {
		if (j->quiet) {
			forget_quietly(h);
		} else {
			forget_words(h);
			trace_tell(h, &words);
		}
	}
	strs_fini(&words);
}

/* What a closed debrief takes is in the history at once. */
static void
run_closed(struct host *h, struct job *j)
{
	bool was_closed = h->d->status == STATUS_CLOSED;

	if (act_one(h, j) && j->state == JOB_ACCEPTED && was_closed &&
	    h->d->status == STATUS_CLOSED && commit_after(h, NULL))
		scrub(h);
}

static const struct act acts[] = {
	{ "undo", run_undo },
	{ "redo", run_undo },
	{ "save", run_save },
	{ "stage", run_stage },
	{ "close", run_close },
	{ "override", run_override },
	{ "redact", run_redact },
	{ "reveal", act_reveal },
	{ "votes", act_votes },
	{ "ask", act_ask },
	{ "leave", act_leave },
	{ "pause", act_pause },
};

static const struct act *
act_of(const struct op *op)
{
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		if (op->command != NULL && strcmp(acts[i].command, op->command) == 0)
			return &acts[i];
	return NULL;
}

/* `stage add` and `stage set` are named like the step to another stage; they only keep an op. */
static bool
is_plain(const struct op *op)
{
	for (size_t i = 0; i < op->n; i++)
		if (op->v[i].kind != KIND_STAGE)
			return false;
	return op->n > 0 && strcmp(op->command, "stage") == 0;
}

bool
act_is(const struct host *h, const struct op *op)
{
	return h->d->status == STATUS_CLOSED || (act_of(op) != NULL && !is_plain(op));
}

void
act_run(struct host *h, struct job *j)
{
	const struct act *a = is_plain(&j->op) ? NULL : act_of(&j->op);

	if (a != NULL)
		a->run(h, j);
	else
		run_closed(h, j);
}
