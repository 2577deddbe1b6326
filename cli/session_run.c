#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "cli/session_state.h"

enum { LEAVE_MS = 2000 }; /* so long the host may take to hear a good-bye */

/* An edit carries the text its author saw, so that a change over somebody else's is refused, not
 * lost. */
static void
add_seen(struct op *op, const char *seen)
{
	for (size_t i = 0; i < op->n; i++)
		for (size_t j = 0; j < op->v[i].n_set; j++) {
			struct assign *a = &op->v[i].set[j];
			if (op->v[i].verb != VERB_SET || a->how != HOW_SET || a->has_seen ||
			    (a->field->type != FIELD_TEXT && a->field->type != FIELD_LINE))
				continue;
			a->has_seen = true;
			a->seen = (struct value){ .text = seen[0] ? mem_dup(seen) : NULL };
			return;
		}
}

static bool
read_line(struct session *s, const char *line, const char *seat, struct op *op, struct err *e)
{
	struct command_scene cs = session_commands(s);

	if (seat != NULL)
		cs.me = seat;
	if (!command_read_line(&cs, line, op, e))
		return false;
	if (seat != NULL && op->by == NULL)
		op->by = mem_dup(seat);
	return true;
}

/* `rest`: this line and those that come after it. */
static void
say_refused(struct session *s, const char *line, const char *rest, const struct err *e)
{
	struct command_scene cs = session_commands(s);
	struct scene sc = session_scene(s);

	if (command_wants_day(&cs, line))
		ui_want_day(s->ui, &sc, rest, e->text);
	else
		ui_refused(s->ui, &sc, (struct id){ "" }, e->text);
}

void
session_run_lines(struct session *s, const char *text, const char *seen, const char *seat)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		char *line = mem_dupn(text, len);
		struct err e = { 0 };
		struct op op;
		bool good = read_line(s, line, seat, &op, &e);

		if (!good)
			say_refused(s, line, text, &e);
		free(line);
		if (!good)
			return;
		if (op.command == NULL) {
			op_fini(&op);
		} else {
			if (seen != NULL)
				add_seen(&op, seen);
			op.cid = s->last_sent = id_random();
			ui_sent(s->ui, op.cid);
			client_send(s->client, &op);
		}
		text += len;
		text += *text == '\n';
	}
}

static void
leave_due(void *ctx)
{
	struct session *s = ctx;

	s->leave_timer = 0;
	session_stop(s);
}

void
session_leave(struct session *s, const char *line)
{
	if (line != NULL && client_state(s->client) == CLIENT_READY) {
		s->last_sent = (struct id){ "" };
		session_run_lines(s, line, NULL, NULL);
		s->leave_cid = s->last_sent;
		if (id_some(s->leave_cid)) {
			s->leave_timer = loop_after(s->loop, LEAVE_MS, leave_due, s);
			return;
		}
	}
	session_stop(s);
}
