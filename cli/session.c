#include "cli/session.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/session_state.h"

enum { FRAME_MS = 4 }; /* frames are at least so far apart while changes pour in */

void
session_draw_soon(struct session *s)
{
	s->dirty = true;
}

void
session_stop(struct session *s)
{
	if (s->editor != 0) {
		s->stop_later = true;
		return;
	}
	s->leaving = true;
	loop_stop(s->loop);
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
tick(void *ctx)
{
	struct session *s = ctx;

	s->tick_timer = 0;
	session_draw_now(s);
}

/* After a rest two may follow each other at once: the echo of a key, and what comes of it. */
static void
note_frame(struct session *s)
{
	int64_t now = clock_mono_ms(), due = s->drawn_ms + FRAME_MS;

	s->drawn_ms = due > now ? now : due < now - FRAME_MS ? now - FRAME_MS : due;
}

void
session_draw_now(struct session *s)
{
	struct scene sc;

	if (s->editor != 0)
		return;
	sc = session_scene(s);
	s->dirty = s->urgent = false;
	note_frame(s);
	ui_draw(s->ui, &sc, s->canvas);
	screen_draw(s->screen, s->canvas);
	if (!screen_flush(s->screen))
		loop_watch(s->loop, STDOUT_FILENO, LOOP_WRITE, screen_writable, s);
	loop_cancel(s->loop, s->tick_timer);
	s->tick_timer = loop_after(s->loop, ui_wake_ms(s->ui, &sc), tick, s);
}

static void
frame_due(void *ctx)
{
	struct session *s = ctx;

	s->frame_timer = 0;
	if (s->dirty)
		session_draw_now(s);
}

/* After a round: at once when the last frame is old enough, else when it will be. */
void
session_round_done(struct session *s)
{
	int64_t since = clock_mono_ms() - s->drawn_ms;

	if (!s->dirty || !s->begun)
		return;
	if (s->urgent || since >= FRAME_MS)
		session_draw_now(s);
	else if (s->frame_timer == 0)
		s->frame_timer = loop_after(s->loop, (int)(FRAME_MS - since), frame_due, s);
}

static void
round_done(void *ctx)
{
	session_round_done(ctx);
}

void
session_fit_screen(struct session *s)
{
	int rows, cols;

	screen_size(s->screen, &rows, &cols);
	screen_resize(s->screen, rows, cols);
	canvas_resize(s->canvas, rows, cols);
	session_draw_soon(s);
}

static void
got_signal(void *ctx, int signo)
{
	struct session *s = ctx;

	if (s->editor != 0 && signo != SIGTERM && signo != SIGHUP)
		return; /* the terminal is somebody else's */
	if (signo == SIGWINCH) {
		session_fit_screen(s);
	} else if (signo == SIGCONT) {
		screen_resume(s->screen);
		session_fit_screen(s);
	} else {
		session_stop(s);
	}
}

bool
session_join(struct session *s, const struct client_calls *calls, void *ctx, struct err *e)
{
	struct client_options co = { .name = s->o->name,
		.role = s->o->role,
		.want = s->want,
		.reconnect = true,
		.fd = -1,
		.pin_name = s->o->pin_name,
		.pin_role = s->o->pin_role,
		.remote = s->o->remote };

	if (!session_secret(s, e))
		return false;
	co.secret = s->secret;
	s->client = client_new(s->loop, s->o->place, &co, calls, ctx, e);
	return s->client != NULL && client_wait_ready(s->client, e);
}

struct typed {
	const char *s;
	size_t len;
};

char *
session_setting(const struct session_options *o, const char *name)
{
	if (o->repo != NULL)
		return repo_config(o->repo, name);
	return o->pin_name == NULL ? repo_config_global(name) : NULL;
}

static const struct theme *
session_theme(const struct session_options *o)
{
	char *set = o->theme == NULL ? session_setting(o, "debrief.theme") : NULL;
	bool light = theme_ground_is_light(getenv("COLORFGBG"));
	const struct theme *t = theme_on(o->theme ? o->theme : set, light);

	free(set);
	return t != NULL ? t : theme_on(NULL, light); /* a setting may name what is not there */
}

/* What of a name has to be typed: without its date and the letters at its end: a live one is
 * found by how its name begins. */
static struct typed
typed_name(const char *name)
{
	enum { DATE = 11, SUFFIX = 5 };
	size_t len = strlen(name);

	if (len > DATE + SUFFIX && name[DATE - 1] == '-' && name[len - SUFFIX] == '-' &&
	    strspn(name, "0123456789-") >= DATE)
		return (struct typed){ name + DATE, len - DATE - SUFFIX };
	return (struct typed){ name, len };
}

/* What a newcomer types, as far as it is known here. */
char *
session_join_line(const struct session_options *o)
{
	char *set = session_setting(o, "debrief.joinline");
	struct typed typed = typed_name(o->entry_name != NULL ? o->entry_name : "@");

	if (set != NULL)
		return set;
	if (o->remote != NULL)
		return mem_fmt(
		    "debrief join %s:%s", remote_host(o->remote), remote_which(o->remote));
	return mem_fmt("debrief join %.*s", (int)typed.len, typed.s);
}

/* Off unless asked for: it takes copying away from the terminal. */
static bool
wants_mouse(const struct session_options *o)
{
	char *set = session_setting(o, "debrief.mouse");
	bool on = set != NULL && (strcmp(set, "true") == 0 || strcmp(set, "yes") == 0 ||
				     strcmp(set, "on") == 0 || strcmp(set, "1") == 0);

	free(set);
	return on;
}

static bool
open_screen(struct session *s, struct err *e)
{
	struct screen_options so = { .in_fd = STDIN_FILENO,
		.out_fd = STDOUT_FILENO,
		.theme = session_theme(s->o),
		.color = s->o->color,
		.mouse = s->mouse };
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
	loop_watch(s->loop, STDIN_FILENO, LOOP_READ, session_readable, s);
	loop_each_round(s->loop, round_done, s);
}

void
session_fini(struct session *s)
{
	screen_close(s->screen);
	session_editor_fini(s);
	client_free(s->client);
	ui_free(s->ui);
	keys_free(s->keys);
	canvas_free(s->canvas);
	zones_fini(&s->zones);
	template_free(s->template);
	wording_free(s->wording);
	free(s->wording_missing);
	free(s->wording_language);
	strs_fini(&s->here_names);
	strs_fini(&s->released);
	account_free(s->account);
	buf_fini(&s->status);
	buf_fini(&s->told_keep);
	free(s->here);
	free(s->notice);
	free(s->join_line);
	free(s->why_ended);
	free(s->secret);
	free(s->kept);
	loop_free(s->loop);
}

void
session_goodbye(const struct session *s, struct buf *out)
{
	if (s->why_ended != NULL)
		buf_addf(out, "debrief: %s\n", s->why_ended);
	else if (s->o->remote != NULL || s->o->repo == NULL)
		buf_addf(out, "All is kept. `%s` comes back.\n", s->join_line);
	else if (!s->o->demo)
		buf_addf(out, "All is kept.\n  debrief open %s   goes on\n  debrief save %s   commits\n",
		    s->o->entry_name, s->o->entry_name);
}

static void
say_goodbye(const struct session *s)
{
	struct buf b = { 0 };

	session_goodbye(s, &b);
	fputs(b.data != NULL ? b.data : "", stdout);
	buf_fini(&b);
}

int
session_run(const struct session_options *o)
{
	struct session s = { .o = o, .want = o->want != NULL ? o->want : "join" };
	struct err e = { 0 };
	bool good;

	if (o->plain)
		return session_plain_run(o);
	s.loop = loop_new();
	s.keys = keys_new();
	s.ui = ui_new();
	s.join_line = session_join_line(o);
	s.mouse = wants_mouse(o);
	/* Connected before the screen: a host that cannot start says so on a plain terminal. */
	good = session_join(&s, &session_calls, &s, &e) && open_screen(&s, &e);
	if (good) {
		session_begin(&s);
		watch_all(&s);
		session_draw_now(&s);
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
