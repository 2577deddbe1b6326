/* The conversation's loop. The terminal stays in its own line mode, so that its line editing works
 * and nothing has to be known of its keys. Whether a line is open cannot be seen then: so from the
 * prompt to enter nothing is printed, whatever comes. */
#include "cli/session_plain.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "views/clock.h"
#include "views/curtain.h"
#include "views/words.h"

enum {
	COLS_USUAL = 80,
	ANSWER_MS = 3000, /* so long the host may take, then the next line is read */
	LEAVE_MS = 2000,
	HERE_MS = 1000, /* to learn who is here, before the first words */
	LINE_MOST = 64 * 1024,
};

static void typed(void *ctx, int fd, int ready);

struct scene
talk_scene(struct talk *t)
{
	struct scene sc = session_scene(&t->s);

	curtain_scene(&sc, &t->room);
	return sc;
}

/* As wide as the terminal is now. */
static int
columns(void)
{
	struct winsize w = { 0 };

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 0)
		return w.ws_col;
	return COLS_USUAL;
}

/* A terminal that was made not to block is waited for. */
static void
write_all(const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(STDOUT_FILENO, bytes, len);
		struct pollfd p = { .fd = STDOUT_FILENO, .events = POLLOUT };
		if (n < 0 && errno == EAGAIN)
			poll(&p, 1, -1);
		else if (n < 0 && errno != EINTR)
			return; /* it is gone: the input will say so */
		if (n > 0) {
			bytes += n;
			len -= (size_t)n;
		}
	}
}

static void
print(struct talk *t, const char *text, bool prompt)
{
	struct buf out = { 0 }, line = { 0 };

	plain_wrap(&out, text, columns(), t->s.o->ascii);
	if (prompt) {
		struct scene sc = session_scene(&t->s);
		struct buf stage = { 0 };
		plain_prompt(&sc, &line);
		plain_wrap(&stage, line.data, columns(), t->s.o->ascii);
		buf_add(&out, stage.data, stage.len > 0 ? stage.len - 1 : 0);
		buf_addc(&out, ' ');
		buf_fini(&stage);
	}
	write_all(out.data != NULL ? out.data : "", out.len);
	buf_fini(&out);
	buf_fini(&line);
}

/* What the host keeps, and whether somebody thinks about a line. */
static void
tell(struct talk *t)
{
	struct scene sc = session_scene(&t->s);
	const struct stage *s = scene_stage(&sc, NULL);
	struct buf keep = { 0 };

	plain_keep(t->plain, &keep);
	client_keep(t->s.client, keep.data);
	client_presence(t->s.client, s != NULL && s->pane != NULL ? s->pane : "agenda", "",
	    plain_typing(t->plain));
	buf_fini(&keep);
}

void
talk_now(struct talk *t, const char *text)
{
	if (t->prompted)
		write_all("\n", 1);
	print(t, text, t->prompted);
}

void
talk_done(struct talk *t)
{
	struct scene sc = talk_scene(t);

	if (t->s.leaving)
		return;
	if (talk_next(t))
		return;
	plain_urgent(t->plain, &sc, &t->said);
	plain_news(t->plain, &sc, false, &t->said);
	print(t, t->said.data != NULL ? t->said.data : "", true);
	buf_clear(&t->said);
	t->prompted = true;
	tell(t);
	loop_watch(t->s.loop, STDIN_FILENO, LOOP_READ, typed, t);
}

static void
no_answer(void *ctx)
{
	struct talk *t = ctx;
	struct scene sc = talk_scene(t);

	t->wait_timer = 0;
	t->waits = false;
	strs_fini(&t->todo); /* in order, or not at all */
	strs_fini(&t->texts);
	plain_no_answer(&sc, &t->said);
	talk_done(t);
}

void
talk_send(struct talk *t, struct op *op)
{
	bool there = client_state(t->s.client) == CLIENT_READY;

	op->cid = t->cid = id_random();
	plain_sent(t->plain, op);
	t->waits = true;
	client_send(t->s.client, op);
	if (!t->waits) /* it was refused at once */
		return;
	if (there)
		t->wait_timer = loop_after(t->s.loop, ANSWER_MS, no_answer, t);
	else
		no_answer(t);
}

static void
leave_due(void *ctx)
{
	struct talk *t = ctx;

	t->s.leave_timer = 0;
	session_stop(&t->s);
}

static void
leave(struct talk *t, struct op *op)
{
	if (op->command == NULL || client_state(t->s.client) != CLIENT_READY) {
		op_fini(op);
		session_stop(&t->s);
		return;
	}
	op->cid = t->s.leave_cid = id_random();
	t->waits = true;
	client_send(t->s.client, op);
	t->s.leave_timer = loop_after(t->s.loop, LEAVE_MS, leave_due, t);
}

/* One line after the other; NULL: none. */
static void
add_todo(struct talk *t, const char *lines)
{
	while (lines != NULL && *lines != '\0') {
		size_t len = strcspn(lines, "\n");
		strs_addn(&t->todo, lines, len);
		strs_add(&t->texts, "");
		lines += len + (lines[len] == '\n');
	}
}

static void
take_turn(struct talk *t, const char *line)
{
	struct scene sc = talk_scene(t);
	struct command_scene cs = session_commands(&t->s);
	struct plain_out o;

	t->prompted = t->interrupted = false;
	plain_line(t->plain, &sc, &cs, line, &o, &t->said);
	switch (o.what) {
	case PLAIN_SAY:
		talk_done(t);
		break;
	case PLAIN_RUN:
		add_todo(t, o.line);
		talk_send(t, &o.op);
		break;
	case PLAIN_LEAVE:
		leave(t, &o.op);
		break;
	case PLAIN_OWN:
		talk_own(t, o.line);
		talk_done(t);
		break;
	}
	free(o.line);
}

/* One line at a time: the next one is read when this one has its answer. */
static void
take_lines(struct talk *t)
{
	const char *end;

	while (!t->waits && !t->s.leaving && t->in.len > 0 &&
	       (end = memchr(t->in.data, '\n', t->in.len)) != NULL) {
		size_t len = (size_t)(end - t->in.data);
		char *line = mem_dupn(t->in.data, len);

		buf_cut_front(&t->in, len + 1);
		take_turn(t, line);
		free(line);
	}
	if (t->waits)
		loop_unwatch(t->s.loop, STDIN_FILENO);
}

/* After all that was ready: what came from others before a line is told with it. */
static void
round_done(void *ctx)
{
	take_lines(ctx);
}

/* ctrl-d, or the terminal is gone: what was half typed is kept for its author. */
static void
end_of_input(struct talk *t)
{
	if (t->in.len > 0) {
		plain_half(t->plain, t->in.data);
		t->half = plain_typing(t->plain);
		tell(t);
	}
	t->prompted = true;
	session_stop(&t->s);
}

static void
typed(void *ctx, int fd, int ready)
{
	struct talk *t = ctx;
	char bytes[4096];
	ssize_t n = read(fd, bytes, sizeof bytes);

	(void)ready;
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0) {
		end_of_input(t);
		return;
	}
	for (ssize_t i = 0; i < n; i++)
		if (bytes[i] != '\0' && bytes[i] != '\r')
			buf_addc(&t->in, bytes[i]);
	if (t->in.len > LINE_MOST && memchr(t->in.data, '\n', t->in.len) == NULL)
		buf_addc(&t->in, '\n'); /* it is refused as too long, with a word */
}

/* The terminal drops the half-typed line by itself. Twice in a row it is meant. */
static void
interrupted(struct talk *t)
{
	if (!t->prompted)
		return;
	if (t->interrupted) {
		session_stop(&t->s);
		return;
	}
	t->interrupted = true;
	buf_clear(&t->in);
	talk_now(t, word(WORD_PLAIN_INTERRUPTED));
}

static void
got_signal(void *ctx, int signo)
{
	struct talk *t = ctx;

	if (signo == SIGINT)
		interrupted(t);
	else if (signo == SIGCONT)
		print(t, "", t->prompted);
	else
		session_stop(&t->s);
}

static void
watch_all(struct talk *t)
{
	static const int signals[] = { SIGCONT, SIGTERM, SIGHUP, SIGINT };

	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		loop_signal(t->s.loop, signals[i], got_signal, t);
	loop_each_round(t->s.loop, round_done, t);
}

static void
begin(struct talk *t)
{
	int64_t until = clock_mono_ms() + HERE_MS;
	struct scene sc;

	while (t->s.n_here == 0 && !t->s.leaving && clock_mono_ms() < until)
		loop_once(t->s.loop, (int)(until - clock_mono_ms()));
	sc = talk_scene(t);
	plain_begin(t->plain, &sc, &t->said);
	if (t->s.kept != NULL)
		plain_restore(t->plain, &sc, t->s.kept, t->s.kept_away_s, &t->said);
	t->s.begun = true;
	watch_all(t);
	talk_done(t);
}

static void
say_goodbye(struct talk *t)
{
	struct buf b = { 0 };

	if (t->half)
		buf_addf(&b, "%s\n", word(WORD_PLAIN_HALF_KEPT));
	if (t->s.why_ended == NULL && client_unsafe(t->s.client) == 0)
		buf_addf(&b, "%s ", word(WORD_PLAIN_NOTHING_LOST));
	session_goodbye(&t->s, &b);
	if (t->prompted)
		write_all("\n", 1);
	if (t->said.data != NULL)
		print(t, t->said.data, false);
	print(t, b.data != NULL ? b.data : "", false);
	buf_fini(&b);
}

static void
talk_fini(struct talk *t)
{
	session_fini(&t->s);
	plain_free(t->plain);
	buf_fini(&t->in);
	buf_fini(&t->said);
	strs_fini(&t->todo);
	strs_fini(&t->texts);
	free(t->releases);
}

int
session_plain_run(const struct session_options *o)
{
	struct talk t = { .s = { .o = o, .want = "join" } };
	struct err e = { 0 };
	bool good;

	t.s.loop = loop_new();
	t.plain = plain_new();
	t.s.join_line = session_join_line(o);
	good = session_join(&t.s, &talk_calls, &t, &e);
	if (good) {
		begin(&t);
		loop_run(t.s.loop);
		say_goodbye(&t);
	} else {
		fprintf(stderr, "debrief: %s\n", e.text);
	}
	talk_fini(&t);
	return good ? 0 : (int)e.kind;
}
