#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "live/host_internal.h"

enum { BREAK_EVERY_MS = 10000 };

void
act_reveal(struct host *h, struct job *j)
{
	if (act_one(h, j) && j->state == JOB_ACCEPTED)
		act_erase_key(h);
}

void
act_votes(struct host *h, struct job *j)
{
	bool was_open = h->d->votes_each > 0;
	struct tie tie = { 0 };

	if (was_open)
		tie_look(h->d, &tie);
	if (act_one(h, j) && j->state == JOB_ACCEPTED && was_open && h->d->votes_each == 0) {
		act_erase_key(h);
		tie_tell(h, &tie);
	}
	strs_fini(&tie.on);
}

/* Taken back: what was answered counts for nothing, and nobody can be found by it. */
void
act_ask(struct host *h, struct job *j)
{
	bool was_asked = h->d->asked != NULL;

	if (act_one(h, j) && j->state == JOB_ACCEPTED && was_asked && h->d->asked == NULL)
		act_erase_key(h);
}

/* Whatever it says of how it was, is kept; then this one is not here any more. */
void
act_leave(struct host *h, struct job *j)
{
	struct peer *p = j->from;

	if (!act_one(h, j) || p == NULL || p->leaves)
		return;
	p->leaves = true;
	here_changed(h);
}

static void
ask_for_break(struct host *h)
{
	struct message m;
	struct buf line = { 0 };

	message_init(&m, MSG_NOTICE);
	m.want = mem_dup("break");
	m.text = mem_dup("somebody asks for a break");
	message_encode(&m, &line);
	message_fini(&m);
	peers_send(h, &line);
	buf_fini(&line);
}

/* Nothing of it is kept. Who asks again and again is heard once. */
void
act_pause(struct host *h, struct job *j)
{
	int64_t now = clock_mono_ms();
	struct own own = { 0 };
	struct actor who;
	struct err e = { 0 };

	if (j->op.n > 0)
		err_set(&e, ERR_REFUSED, "pause changes nothing: nothing was changed: send it alone");
	else if (round_actor(h, j, &own, &who, &e) && debrief_check(h->d, &who, &j->op, &e) &&
		 (h->break_ms == 0 || now - h->break_ms > BREAK_EVERY_MS)) {
		h->break_ms = now;
		ask_for_break(h);
	}
	viewer_fini(&own);
	j->state = e.kind == ERR_NONE ? JOB_DONE : JOB_REFUSED;
	j->why = e;
}
