#include "cli/session.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/loop.h"
#include "base/text.h"
#include "commands/command.h"
#include "live/client.h"
#include "storage/template.h"
#include "tui/keys.h"
#include "tui/screen.h"
#include "views/ui.h"

enum {
	BURST_CHARS = 4,  /* that many letters in one read were not typed one by one */
	FRAME_MS = 12,	  /* frames are at least so far apart while changes pour in */
	ESC_MS = 50, ESC_SSH_MS = 100
};

struct session {
	const struct session_options *o;
	struct loop *loop;
	struct screen *screen;
	struct keys *keys;
	struct ui *ui;
	struct client *client;
	struct canvas *canvas;
	struct zone *zone;
	char *zone_name;
	struct template *template;
	struct scene_person *here;
	size_t n_here;
	char *notice;
	char *why_ended;
	uint64_t esc_timer, frame_timer, tick_timer;
	int64_t drawn_ms;
	bool dirty, leaving;
	bool urgent; /* a key was pressed: its frame does not wait */
	struct id last_sent;
	/* What the others were last told of where this person is. */
	const char *told_pane;
	struct id told_item;
	bool told_typing;
};

static void
draw_soon(struct session *s)
{
	s->dirty = true;
}

/* The debrief's zone may be set while the screen is open. */
static const struct zone *
session_zone(struct session *s)
{
	const struct debrief *d = client_debrief(s->client);
	const char *want = d != NULL ? d->timezone : NULL;
	char *system = want == NULL ? zone_system_name() : NULL;
	const char *name = want != NULL ? want : system;

	if (s->zone_name == NULL || strcmp(s->zone_name, name) != 0) {
		struct zone *z = zone_open(name, NULL);
		if (z == NULL)
			z = zone_open("UTC", NULL);
		zone_free(s->zone);
		s->zone = z;
		free(s->zone_name);
		s->zone_name = mem_dup(name);
	}
	free(system);
	return s->zone;
}

static const struct strs *
stage_prompts(const struct session *s, const struct debrief *d)
{
	if (s->template == NULL || d->stage == NULL)
		return NULL;
	for (size_t i = 0; i < s->template->n_stages; i++)
		if (strcmp(s->template->stages[i].name, d->stage) == 0)
			return &s->template->stages[i].prompts;
	return NULL;
}

static struct scene
session_scene(struct session *s)
{
	const struct debrief *d = client_debrief(s->client);
	struct scene sc = { 0 };

	sc.d = d;
	sc.name = s->o->entry_name;
	sc.me = client_name(s->client);
	sc.role = client_role(s->client);
	sc.now_ns = clock_now_ns();
	sc.zone = session_zone(s);
	sc.here = s->here;
	sc.n_here = s->n_here;
	sc.live = client_state(s->client) == CLIENT_READY;
	sc.reviewing = d->status == STATUS_CLOSED;
	sc.unsafe = client_unsafe(s->client);
	sc.latency_ms = client_latency_ms(s->client);
	sc.notice = s->notice;
	sc.simple = s->o->simple;
	sc.prompts = stage_prompts(s, d);
	sc.prompt = ui_prompt(s->ui);
	return sc;
}

static struct command_scene
session_commands(struct session *s)
{
	struct command_scene cs = { 0 };

	cs.d = client_debrief(s->client);
	cs.me = client_name(s->client);
	cs.role = client_role(s->client);
	cs.now_ns = clock_now_ns() / NS_PER_S * NS_PER_S;
	cs.zone = session_zone(s);
	cs.last_event_ns = client_last_event_ns(s->client);
	cs.random = rand_bits;
	return cs;
}

static void
screen_writable(void *ctx, int fd, int ready)
{
	struct session *s = ctx;

	(void)ready;
	if (screen_flush(s->screen))
		loop_unwatch(s->loop, fd);
}

static void
draw_now(struct session *s)
{
	struct scene sc = session_scene(s);

	s->dirty = s->urgent = false;
	s->drawn_ms = clock_mono_ms();
	ui_draw(s->ui, &sc, s->canvas);
	screen_draw(s->screen, s->canvas);
	if (!screen_flush(s->screen))
		loop_watch(s->loop, STDOUT_FILENO, LOOP_WRITE, screen_writable, s);
}

static void
frame_due(void *ctx)
{
	struct session *s = ctx;

	s->frame_timer = 0;
	if (s->dirty)
		draw_now(s);
}

/* After a round: at once when the last frame is old enough, else when it will be. */
static void
round_done(void *ctx)
{
	struct session *s = ctx;
	int64_t since = clock_mono_ms() - s->drawn_ms;

	if (!s->dirty || client_debrief(s->client) == NULL)
		return;
	if (s->urgent || since >= FRAME_MS)
		draw_now(s);
	else if (s->frame_timer == 0)
		s->frame_timer = loop_after(s->loop, (int)(FRAME_MS - since), frame_due, s);
}

/* While the agenda shows a running clock it moves once a second; other panes wake for nothing. */
static void
tick(void *ctx)
{
	struct session *s = ctx;
	bool clock = strcmp(ui_pane(s->ui), "agenda") == 0;

	s->tick_timer = loop_after(s->loop, clock ? 1000 : 15000, tick, s);
	draw_soon(s);
}

/* An edit carries the text its author saw, so that a change over somebody else's is refused, not lost. */
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

/* Run the lines of `text`, one command each, in order; the first that is wrong ends it and its words come back. */
static void
run_lines(struct session *s, const char *text, const char *seen)
{
	while (*text != '\0') {
		struct command_scene cs = session_commands(s);
		size_t len = strcspn(text, "\n");
		char *line = mem_dupn(text, len);
		struct err e = { 0 };
		struct op op;
		bool good = command_read_line(&cs, line, &op, &e);

		free(line);
		if (!good) {
			ui_refused(s->ui, e.text);
			return;
		}
		if (op.command == NULL) {
			op_fini(&op);
		} else {
			if (seen != NULL)
				add_seen(&op, seen);
			s->last_sent = client_send(s->client, &op);
		}
		text += len;
		text += *text == '\n';
	}
}

static void
tell_presence(struct session *s)
{
	const char *pane = ui_pane(s->ui);
	struct id item = ui_selected(s->ui);
	bool typing = ui_typing(s->ui);

	if (pane == s->told_pane && id_equal(item, s->told_item) && typing == s->told_typing)
		return;
	client_presence(s->client, pane, item.s, typing);
	s->told_pane = pane;
	s->told_item = item;
	s->told_typing = typing;
}

static void
handle_key(struct session *s, const struct key *k)
{
	struct scene sc = session_scene(s);
	struct command_scene cs = session_commands(s);
	struct ui_out out;

	ui_key(s->ui, &sc, &cs, k, &out);
	free(s->notice);
	s->notice = NULL;
	switch (out.what) {
	case UI_DRAW:
		break;
	case UI_RUN:
		run_lines(s, out.line, out.seen);
		break;
	case UI_LEAVE:
		s->leaving = true;
		loop_stop(s->loop);
		break;
	case UI_REPAINT:
		screen_redraw(s->screen);
		break;
	case UI_COPY:
		screen_copy(s->screen, out.line);
		break;
	}
	draw_soon(s);
}

static void
handle_keys(struct session *s)
{
	struct key k;

	s->urgent = true;
	while (!s->leaving && keys_next(s->keys, &k))
		handle_key(s, &k);
	tell_presence(s);
}

static void
esc_due(void *ctx)
{
	struct session *s = ctx;

	s->esc_timer = 0;
	keys_timeout(s->keys);
	handle_keys(s);
	round_done(s);
}

/* A read that is nothing but letters, several at once, was not typed key by key. */
static bool
is_burst(const char *bytes, size_t len)
{
	size_t chars = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char b = (unsigned char)bytes[i];
		if (b < 0x20 || b == 0x7f)
			return false;
		chars += (b & 0xc0) != 0x80;
	}
	return chars >= BURST_CHARS;
}

static void
take_burst(struct session *s, const char *bytes, size_t len)
{
	struct buf clean = { 0 };
	struct scene sc = session_scene(s);

	text_clean(&clean, bytes, len, TEXT_LINE);
	ui_burst(s->ui, &sc, clean.data ? clean.data : "");
	buf_fini(&clean);
	draw_soon(s);
}

static void
terminal_readable(void *ctx, int fd, int ready)
{
	struct session *s = ctx;
	char bytes[4096];
	ssize_t n = read(fd, bytes, sizeof bytes);

	(void)ready;
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0) { /* the terminal is gone; what was typed and sent is with the host */
		s->leaving = true;
		loop_stop(s->loop);
		return;
	}
	loop_cancel(s->loop, s->esc_timer);
	s->esc_timer = 0;
	if (!keys_waiting(s->keys) && ui_idle(s->ui) && is_burst(bytes, (size_t)n)) {
		take_burst(s, bytes, (size_t)n);
		return;
	}
	keys_feed(s->keys, bytes, (size_t)n);
	handle_keys(s);
	if (!s->leaving && keys_waiting(s->keys))
		s->esc_timer = loop_after(s->loop, getenv("SSH_CONNECTION") ? ESC_SSH_MS : ESC_MS,
		    esc_due, s);
}

static void
fit_screen(struct session *s)
{
	int rows, cols;

	screen_size(s->screen, &rows, &cols);
	screen_resize(s->screen, rows, cols);
	canvas_resize(s->canvas, rows, cols);
	draw_soon(s);
}

static void
got_signal(void *ctx, int signo)
{
	struct session *s = ctx;

	if (signo == SIGWINCH) {
		fit_screen(s);
	} else if (signo == SIGCONT) {
		screen_resume(s->screen);
		fit_screen(s);
	} else {
		s->leaving = true;
		loop_stop(s->loop);
	}
}

static void
on_ready(void *ctx)
{
	struct session *s = ctx;
	const struct debrief *d = client_debrief(s->client);

	if (s->template == NULL && d->template != NULL)
		s->template = template_load(repo_work_dir(s->o->repo), d->template, NULL);
	draw_soon(s);
}

static void
on_changed(void *ctx, const struct op *op)
{
	(void)op;
	draw_soon(ctx);
}

static void
on_acked(void *ctx, struct id cid, const char *text)
{
	struct session *s = ctx;
	struct id made;

	if (id_equal(cid, s->last_sent) && id_parse(text, &made))
		ui_select(s->ui, made);
	draw_soon(s);
}

static void
on_refused(void *ctx, struct id cid, enum err_kind kind, const char *reason)
{
	struct session *s = ctx;

	(void)cid;
	(void)kind;
	ui_refused(s->ui, reason);
	draw_soon(s);
}

static void
on_notice(void *ctx, const char *text)
{
	struct session *s = ctx;

	free(s->notice);
	s->notice = mem_dup(text);
	draw_soon(s);
}

static void
on_presence(void *ctx)
{
	struct session *s = ctx;
	size_t n;
	const struct here *here = client_here(s->client, &n);

	s->here = mem_resize(s->here, n ? n : 1, sizeof *s->here);
	s->n_here = n;
	for (size_t i = 0; i < n; i++)
		s->here[i] = (struct scene_person){ here[i].name, here[i].role, here[i].pane,
			here[i].item, here[i].typing, here[i].away_s };
	draw_soon(s);
}

static void
on_lost(void *ctx)
{
	on_notice(ctx, "the host is gone: what you type is kept: trying to reach it again");
}

static void
on_ended(void *ctx, const char *reason)
{
	struct session *s = ctx;

	s->why_ended = mem_dup(reason);
	s->leaving = true;
	loop_stop(s->loop);
}

static const struct client_calls session_calls = {
	.ready = on_ready,
	.changed = on_changed,
	.acked = on_acked,
	.refused = on_refused,
	.notice = on_notice,
	.presence = on_presence,
	.lost = on_lost,
	.ended = on_ended,
};

static bool
join(struct session *s, struct err *e)
{
	struct client_options co = { .name = s->o->name, .role = s->o->role, .want = "join",
		.reconnect = true, .fd = -1 };

	s->client = client_new(s->loop, s->o->place, &co, &session_calls, s, e);
	return s->client != NULL && client_wait_ready(s->client, e);
}

static const struct theme *
session_theme(const struct session_options *o)
{
	char *set = o->theme == NULL ? repo_config(o->repo, "debrief.theme") : NULL;
	const struct theme *t = theme_find(o->theme ? o->theme : set ? set : "default");

	free(set);
	return t;
}

static bool
open_screen(struct session *s, struct err *e)
{
	struct screen_options so = { .in_fd = STDIN_FILENO, .out_fd = STDOUT_FILENO,
		.theme = session_theme(s->o), .color = s->o->color };
	int rows, cols;

	s->screen = screen_open(&so, e);
	if (s->screen == NULL)
		return false;
	screen_size(s->screen, &rows, &cols);
	s->canvas = canvas_new(rows, cols, s->o->ascii);
	return true;
}

static void
watch_all(struct session *s)
{
	static const int signals[] = { SIGWINCH, SIGCONT, SIGTERM, SIGHUP, SIGINT };

	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		loop_signal(s->loop, signals[i], got_signal, s);
	loop_watch(s->loop, STDIN_FILENO, LOOP_READ, terminal_readable, s);
	loop_each_round(s->loop, round_done, s);
	s->tick_timer = loop_after(s->loop, 1000, tick, s);
}

static void
session_fini(struct session *s)
{
	screen_close(s->screen);
	client_free(s->client);
	ui_free(s->ui);
	keys_free(s->keys);
	canvas_free(s->canvas);
	zone_free(s->zone);
	free(s->zone_name);
	template_free(s->template);
	free(s->here);
	free(s->notice);
	free(s->why_ended);
	loop_free(s->loop);
}

static void
say_goodbye(const struct session *s)
{
	if (s->why_ended != NULL)
		printf("debrief: %s\n", s->why_ended);
	else if (!s->o->demo)
		printf("All is kept. `debrief open %s` goes on; `debrief save %s` commits.\n",
		    s->o->entry_name, s->o->entry_name);
}

int
session_run(const struct session_options *o)
{
	struct session s = { .o = o };
	struct err e = { 0 };
	bool good;

	s.loop = loop_new();
	s.keys = keys_new();
	s.ui = ui_new();
	/* Connected before the screen: a host that cannot start says so on a plain terminal. */
	good = join(&s, &e) && open_screen(&s, &e);
	if (good) {
		watch_all(&s);
		draw_now(&s);
		loop_run(s.loop);
		screen_close(s.screen);
		s.screen = NULL;
		say_goodbye(&s);
	} else {
		fprintf(stderr, "debrief: %s\n", e.text);
	}
	session_fini(&s);
	return good ? 0 : (int)e.kind;
}
