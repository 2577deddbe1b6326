#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/session_state.h"

void
session_template(struct session *s)
{
	const struct debrief *d = client_debrief(s->client);
	const char *folder = s->o->repo != NULL ? repo_work_dir(s->o->repo) : NULL;

	if (s->template == NULL && d->template != NULL)
		s->template = template_load_in(folder, d->template, d->language, NULL);
}

static void
on_ready(void *ctx)
{
	struct session *s = ctx;

	session_template(s);
	if (s->lost_ms != 0 && s->begun)
		ui_say(s->ui, "connected again: all that you typed is here");
	s->lost_ms = 0;
	session_draw_soon(s);
}

static bool
leads(const struct session *s)
{
	enum role_of role = client_role(s->client);

	return role == PERSON_FACILITATOR || role == PERSON_SCRIBE;
}

static void
take_notice(struct session *s, char *text)
{
	free(s->notice);
	s->notice = text;
	s->notice_ms = clock_mono_ms();
}

/* The room moved on: said to everybody, whatever they are at. */
static void
say_moved(struct session *s, const struct op *op)
{
	const struct debrief *d = client_debrief(s->client);

	for (size_t i = 0; i < op->n; i++)
		for (size_t k = 0; op->v[i].kind == KIND_DEBRIEF && k < op->v[i].n_set; k++)
			if (strcmp(op->v[i].set[k].field->name, "stage") == 0 && d->stage != NULL) {
				take_notice(s, mem_fmt("the room is in %s now", d->stage));
			}
}

/* Somebody said which day it was: the lines that waited for that go. */
static void
run_waiting(struct session *s)
{
	struct scene sc = session_scene(s);
	struct ui_out out;

	if (ui_day_known(s->ui, &sc, &out))
		session_run_lines(s, out.line, NULL, out.seat);
}

/* What others did flashes; what a key here did was seen to be pressed. */
static void
on_changed(void *ctx, const struct op *op)
{
	struct session *s = ctx;
	const char *me = client_name(s->client);
	bool own = id_equal(op->cid, s->last_sent) ||
		   (op->by != NULL && me != NULL && strcmp(op->by, me) == 0);

	if (s->begun && !own)
		say_moved(s, op);
	if (s->begun && (own || op->by != NULL))
		ui_removed(s->ui, op, own ? NULL : op->by);
	if (s->begun && !own) {
		struct scene sc = session_scene(s);
		ui_changed(s->ui, &sc, op);
	}
	if (s->begun)
		run_waiting(s);
	session_draw_soon(s);
}

static void
on_acked(void *ctx, struct id cid, const char *text)
{
	struct session *s = ctx;
	struct id made;

	if (id_some(s->leave_cid) && id_equal(cid, s->leave_cid))
		session_stop(s);
	ui_acked(s->ui, cid);
	session_released(s, cid);
	if (id_equal(cid, s->last_sent) && id_parse(text, &made))
		ui_select(s->ui, made);
	session_draw_soon(s);
}

static void
on_refused(void *ctx, struct id cid, enum err_kind kind, const char *reason)
{
	struct session *s = ctx;
	struct scene sc;

	(void)kind;
	if (id_some(s->leave_cid) && id_equal(cid, s->leave_cid))
		session_stop(s);
	if (!s->begun)
		return;
	sc = session_scene(s);
	ui_refused(s->ui, &sc, cid, reason);
	session_draw_soon(s);
}

static void
on_notice(void *ctx, const char *text)
{
	struct session *s = ctx;

	bool saved = strncmp(text, "saved ", 6) == 0;

	if (saved)
		ui_saved(s->ui, clock_now_ns());
	/* Commits are for those who lead to know of. */
	if (!saved || leads(s)) {
		take_notice(s, mem_dup(text));
	}
	if (strstr(text, "timer rings") != NULL && s->screen != NULL)
		screen_bell(s->screen);
	session_draw_soon(s);
}

static void
on_asked(void *ctx, const struct message *m)
{
	struct session *s = ctx;
	struct ui_question q = {
		.want = m->want, .name = m->name, .item = m->item, .text = m->text
	};
	struct scene sc;

	if (!s->begun && m->text != NULL) { /* still at the door */
		fprintf(stderr, "debrief: %s (ctrl-c goes away again)\n", m->text);
		return;
	}
	sc = session_scene(s);
	ui_asked(s->ui, &sc, &q);
	session_draw_soon(s);
}

static void
on_kept(void *ctx, const char *text, int64_t away_s)
{
	struct session *s = ctx;

	free(s->kept);
	s->kept = mem_dup(text);
	s->kept_away_s = away_s;
	session_kept(s);
}

void
session_here(struct session *s)
{
	size_t n;
	const struct here *here = client_here(s->client, &n);

	s->here = mem_resize(s->here, n ? n : 1, sizeof *s->here);
	s->n_here = n;
	strs_fini(&s->here_names);
	for (size_t i = 0; i < n; i++) {
		s->here[i] = (struct scene_person){ .name = here[i].name,
			.role = here[i].role,
			.pane = here[i].pane,
			.item = here[i].item,
			.want = here[i].want != NULL ? here[i].want : "join",
			.typing = here[i].typing,
			.ready = here[i].ready,
			.away_s = here[i].away_s };
		if (here[i].name != NULL)
			strs_add(&s->here_names, here[i].name);
	}
}

static void
on_presence(void *ctx)
{
	session_here(ctx);
	session_draw_soon(ctx);
}

static void
on_lost(void *ctx)
{
	struct session *s = ctx;

	s->lost_ms = clock_mono_ms();
	session_draw_soon(s);
}

static void
on_ended(void *ctx, const char *reason)
{
	struct session *s = ctx;

	s->why_ended = mem_dup(reason);
	session_stop(s);
}

const struct client_calls session_calls = {
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
