#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/session_plain.h"
#include "views/words.h"

static void
on_ready(void *ctx)
{
	struct talk *t = ctx;

	session_template(&t->s);
	plain_back(t->plain, clock_now_ns());
}

/* All but an abort waits for the end of the line. */
static void
on_changed(void *ctx, const struct op *op)
{
	struct talk *t = ctx;
	struct scene sc;
	struct buf said = { 0 };

	plain_changed(t->plain, op);
	if (!t->s.begun)
		return;
	sc = talk_scene(t);
	if (t->prompted && plain_urgent(t->plain, &sc, &said)) {
		buf_addf(&said, "%s\n", word(WORD_PLAIN_STILL_TYPED));
		talk_now(t, said.data);
	}
	buf_fini(&said);
}

/* The answer that was waited for, or a late one? */
static bool
is_awaited(struct talk *t, struct id cid)
{
	if (!t->waits || !id_equal(cid, t->cid))
		return false;
	t->waits = false;
	loop_cancel(t->s.loop, t->wait_timer);
	t->wait_timer = 0;
	return true;
}

static bool
is_goodbye(struct talk *t, struct id cid)
{
	if (!id_some(t->s.leave_cid) || !id_equal(cid, t->s.leave_cid))
		return false;
	session_stop(&t->s);
	return true;
}

static void
on_acked(void *ctx, struct id cid, const char *text)
{
	struct talk *t = ctx;
	struct scene sc;
	struct buf said = { 0 };

	if (is_goodbye(t, cid))
		return;
	sc = talk_scene(t);
	plain_acked(t->plain, &sc, cid, text, &said);
	if (is_awaited(t, cid)) {
		talk_released(t);
		buf_add(&t->said, said.data != NULL ? said.data : "", said.len);
		talk_done(t);
	}
	buf_fini(&said);
}

static void
on_refused(void *ctx, struct id cid, enum err_kind kind, const char *reason)
{
	struct talk *t = ctx;
	struct scene sc;
	struct buf said = { 0 };

	(void)kind;
	if (is_goodbye(t, cid) || !t->s.begun)
		return;
	plain_refused(t->plain, cid, reason, &said);
	if (is_awaited(t, cid)) {
		strs_fini(&t->todo);
		strs_fini(&t->texts);
		buf_add(&t->said, said.data != NULL ? said.data : "", said.len);
		talk_done(t);
	} else {
		sc = talk_scene(t);
		plain_notice(t->plain, &sc, said.data != NULL ? said.data : reason);
	}
	buf_fini(&said);
}

static void
on_notice(void *ctx, const char *text)
{
	struct talk *t = ctx;
	struct scene sc = talk_scene(t);

	plain_notice(t->plain, &sc, text);
}

static void
on_asked(void *ctx, const struct message *m)
{
	struct talk *t = ctx;
	struct ui_question q = {
		.want = m->want, .name = m->name, .item = m->item, .text = m->text
	};
	struct scene sc;

	if (client_debrief(t->s.client) == NULL) { /* still at the door */
		if (m->text != NULL)
			fprintf(stderr, "debrief: %s (ctrl-c goes away again)\n", m->text);
		return;
	}
	sc = talk_scene(t);
	plain_asked(t->plain, &sc, &q);
}

static void
on_kept(void *ctx, const char *text, int64_t away_s)
{
	struct talk *t = ctx;
	struct scene sc;

	if (t->s.begun) { /* told with the end of this turn */
		sc = talk_scene(t);
		plain_restore(t->plain, &sc, text, away_s, &t->said);
		return;
	}
	free(t->s.kept);
	t->s.kept = mem_dup(text);
	t->s.kept_away_s = away_s;
}

static void
on_presence(void *ctx)
{
	struct talk *t = ctx;

	session_here(&t->s);
}

static void
on_lost(void *ctx)
{
	struct talk *t = ctx;

	plain_lost(t->plain, clock_now_ns());
}

static void
on_ended(void *ctx, const char *reason)
{
	struct talk *t = ctx;

	free(t->s.why_ended);
	t->s.why_ended = mem_dup(reason);
	session_stop(&t->s);
}

const struct client_calls talk_calls = {
	.ready = on_ready,
	.changed = on_changed,
	.acked = on_acked,
	.refused = on_refused,
	.notice = on_notice,
	.asked = on_asked,
	.kept = on_kept,
	.presence = on_presence,
	.lost = on_lost,
	.ended = on_ended,
};
