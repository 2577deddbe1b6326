#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "live/client_internal.h"
#include "live/ledger.h"

static enum role_of
role_named(const char *word)
{
	const char *const *names = schema_field(KIND_PERSON, "role")->names;

	for (int i = 1; word != NULL && names[i] != NULL; i++)
		if (strcmp(names[i], word) == 0)
			return (enum role_of)i;
	return PERSON_PARTICIPANT;
}

static void
take_welcome(struct client *c, struct message *m)
{
	struct id id;

	id_parse(m->item, &id);
	free(c->name);
	c->name = m->name;
	m->name = NULL;
	c->role = role_named(m->role);
	if (m->last_ns != TIME_NONE)
		c->last_event_ns = m->last_ns;
	debrief_free(c->fresh);
	c->fresh = m->has_since && c->d != NULL ? NULL : debrief_new(id);
}

/* How far the replica is, and from where the next connection can go on. */
static void
note_place(struct client *c, uint64_t seq, struct id cid)
{
	c->seq = seq;
	if (id_some(cid)) {
		c->since_seq = seq;
		c->since_cid = cid;
	}
}

/* The host may give this person another role while it runs. */
static void
look_for_role(struct client *c, const struct op *op)
{
	const struct person *me;

	for (size_t i = 0; i < op->n; i++) {
		if (op->v[i].kind != KIND_PERSON || c->asked_role != NULL)
			continue;
		me = debrief_person(c->d, c->name);
		if (me != NULL && me->role != PERSON_NONE)
			c->role = (enum role_of)me->role;
		return;
	}
}

static void
take_op(struct client *c, const struct op *op)
{
	int64_t at_ns;

	if (c->fresh != NULL) {
		debrief_apply(c->fresh, op);
		return;
	}
	if (c->d == NULL || (op->seq != 0 && op->seq <= c->seq))
		return;
	debrief_apply(c->d, op);
	if (op->seq != 0)
		note_place(c, op->seq, op->cid);
	at_ns = op->by != NULL && c->name != NULL && strcmp(op->by, c->name) == 0
		    ? ledger_event_time(op)
		    : TIME_NONE;
	if (at_ns != TIME_NONE)
		c->last_event_ns = at_ns;
	look_for_role(c, op);
	if (c->calls.changed != NULL)
		c->calls.changed(c->ctx, op);
}

static void
take_ready(struct client *c, const struct message *m)
{
	if (c->fresh != NULL) {
		debrief_free(c->d);
		c->d = c->fresh;
		c->fresh = NULL;
		c->since_seq = 0;
		c->since_cid = (struct id){ 0 };
	}
	note_place(c, m->seq, m->cid);
	c->state = CLIENT_READY;
	c->back_ms = BACK_MS;
	c->failures = 0;
	c->readies++;
	send_again(c);
	tell_again(c);
	if (c->remote != NULL)
		link_ping(c);
	if (c->calls.ready != NULL)
		c->calls.ready(c->ctx);
}

/* Who only lost the line has what was typed here, and newer. */
static void
take_keep(struct client *c, const struct message *m, const char *text)
{
	if (c->readies == 1 && c->keep == NULL && text[0] != '\0' && c->calls.kept != NULL)
		c->calls.kept(c->ctx, text, m->away_s);
}

static size_t
sent_index(const struct client *c, struct id cid)
{
	size_t i = 0;

	while (i < c->n_sent && !id_equal(c->sent[i].cid, cid))
		i++;
	return i;
}

void
take_answer(struct client *c, struct id cid, enum err_kind kind, const char *text)
{
	size_t i = sent_index(c, cid);

	if (i == c->n_sent)
		return; /* answered before, on another connection */
	op_fini(&c->sent[i]);
	memmove(c->sent + i, c->sent + i + 1, (c->n_sent - i - 1) * sizeof *c->sent);
	c->n_sent--;
	if (c->asked == ASK_WAITS && id_equal(cid, c->asked_cid)) {
		c->asked = kind == ERR_NONE ? ASK_DONE : ASK_REFUSED;
		if (kind != ERR_NONE)
			err_set(&c->refusal, kind, "%s", text);
		else if (c->answer != NULL)
			buf_adds(c->answer, text);
	}
	if (kind == ERR_NONE && c->calls.acked != NULL)
		c->calls.acked(c->ctx, cid, text);
	if (kind != ERR_NONE && c->calls.refused != NULL)
		c->calls.refused(c->ctx, cid, kind, text);
}

static void
take_here(struct client *c, struct message *m)
{
	message_fini(&c->here);
	c->here = *m;
	message_init(m, MSG_PRESENCE);
	if (c->calls.presence != NULL)
		c->calls.presence(c->ctx);
}

static void
take_bye(struct client *c, const struct message *m)
{
	const char *why = m->text != NULL ? m->text : "the host ends";

	if (m->kind != ERR_NONE)
		link_end(c, m->kind, why);
	else
		link_lost(c, why);
}

static void
take_notice(struct client *c, const struct message *m, const char *text)
{
	if (m->want != NULL && m->want[0] != '\0' && c->calls.asked != NULL)
		c->calls.asked(c->ctx, m);
	else if (c->calls.notice != NULL)
		c->calls.notice(c->ctx, text);
}

static void
take_message(struct client *c, struct message *m)
{
	const char *text = m->text != NULL ? m->text : "";

	switch (m->type) {
	case MSG_WELCOME:
		take_welcome(c, m);
		break;
	case MSG_OP:
		take_op(c, &m->op);
		break;
	case MSG_READY:
		take_ready(c, m);
		break;
	case MSG_ACK:
		take_answer(c, m->cid, ERR_NONE, text);
		break;
	case MSG_REFUSE:
		take_answer(c, m->cid, m->kind != ERR_NONE ? m->kind : ERR_REFUSED, text);
		break;
	case MSG_NOTICE:
		take_notice(c, m, text);
		break;
	case MSG_KEEP:
		take_keep(c, m, text);
		break;
	case MSG_PRESENCE:
		take_here(c, m);
		break;
	case MSG_PONG:
		if (m->seq == c->ping_number)
			c->latency_ms = (int)(clock_mono_ms() - c->ping_ms);
		break;
	case MSG_BYE:
		take_bye(c, m);
		break;
	default:
		link_end(c, ERR_STORE,
		    "the host says what only a client says: nothing more is sent: update this "
		    "program");
	}
}

void
take_line(struct client *c, const char *line, size_t len)
{
	struct message m;
	struct err e = { 0 };

	if (c->calls.raw != NULL)
		c->calls.raw(c->ctx, line, len);
	if (c->s.fd < 0)
		return; /* the call ended it */
	if (!message_decode(line, len, &m, &e)) {
		err_prefix(&e, "the host sent what is no message");
		link_end(c, ERR_STORE, e.text);
		return;
	}
	take_message(c, &m);
	message_fini(&m);
}
