#include "cli/home_screen.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/loop.h"
#include "base/text.h"
#include "cli/asking.h"
#include "cli/home_gather.h"
#include "cli/opening.h"
#include "tui/screen.h"
#include "views/words.h"

enum {
	LOOK_MS = 15000,   /* so often what there is is looked at anew */
	LOOK_COSTS_MS = 300, /* unless that takes longer */
	ESC_MS = 50,
	BURST_CHARS = 4
};

struct home_screen {
	const struct invocation *in;
	struct home h;
	struct home_ui *ui;
	struct strs commands;
	struct home_place *p;
	char *me, *where, *line;
	/* While it is shown: */
	struct loop *loop;
	struct screen *screen;
	struct canvas *canvas;
	struct keys *keys;
	struct home_out out;
	uint64_t esc_timer, look_timer;
	bool gone;
};

struct home_screen *
home_screen_new(const struct invocation *in)
{
	struct home_screen *s = mem_zero(1, sizeof *s);

	s->in = in;
	for (size_t i = 0; i < n_subcommands; i++)
		if (!subcommands[i].hidden)
			strs_take(&s->commands,
			    mem_fmt("%s\t%s", subcommands[i].name, subcommands[i].note));
	s->ui = home_ui_new(&s->commands);
	return s;
}

void
home_screen_free(struct home_screen *s)
{
	home_ui_free(s->ui);
	home_fini(&s->h);
	strs_fini(&s->commands);
	free(s->me);
	free(s->where);
	free(s->line);
	free(s);
}

static void
say_all(struct home_screen *s, struct strs *said)
{
	if (said->n > 0)
		home_say(s->ui, said->v[0]);
	strs_fini(said);
}

static void
set_place(struct home_screen *s, const char *dir)
{
	free(s->p->dir);
	free(s->where);
	s->p->dir = mem_dup(dir);
	s->where = home_folder(dir);
}

/* Where a history would be begun. */
static void
look_around(struct home_screen *s)
{
	struct repo *here = repo_open(".", NULL);
	char *usual = history_default_dir();

	s->p->history = false;
	s->p->in_git = here != NULL && repo_work_dir(here) != NULL;
	set_place(s, s->p->in_git ? repo_work_dir(here) : usual);
	s->h = (struct home){ .now_ns = clock_now_ns(), .in_git = s->p->in_git };
	s->h.today = s->h.now_ns / NS_PER_S / 86400;
	repo_close(here);
	free(usual);
}

static bool
look(struct home_screen *s, struct err *e)
{
	struct repo *r = history_open(s->in->repo_dir, e);
	struct strs said = { 0 };
	bool good = true;

	home_fini(&s->h);
	free(s->me);
	s->me = NULL;
	if (r == NULL) {
		if (e->kind != ERR_MISSING)
			return false;
		look_around(s);
	} else {
		s->p->history = true;
		set_place(s, repo_work_dir(r) != NULL ? repo_work_dir(r) : repo_git_dir(r));
		s->me = who_name(s->in, r, NULL);
		good = home_gather(r, &s->h, &said, e);
		repo_close(r);
		say_all(s, &said);
	}
	s->h.me = s->me;
	s->h.where = s->where;
	return good;
}

static void
draw(struct home_screen *s)
{
	home_draw(s->ui, &s->h, s->canvas);
	screen_draw(s->screen, s->canvas);
	screen_flush(s->screen);
}

static void
look_again(void *ctx)
{
	struct home_screen *s = ctx;
	int64_t before = clock_mono_ms();
	struct err e = { 0 };

	s->look_timer = 0;
	if (!home_typing(s->ui)) {
		if (!look(s, &e)) {
			home_say(s->ui, e.text);
			s->h.history = true;
		}
		draw(s);
	}
	if (clock_mono_ms() - before < LOOK_COSTS_MS)
		s->look_timer = loop_after(s->loop, LOOK_MS, look_again, s);
}

static void
handle_keys(struct home_screen *s)
{
	struct key k;

	while (s->out.what == HOME_DRAW && keys_next(s->keys, &k)) {
		if (k.code == KEY_CHAR && k.mods == KEY_MOD_CTRL && k.cp == 'l') {
			screen_redraw(s->screen);
			continue;
		}
		home_key(s->ui, &s->h, &k, &s->out);
		if (s->out.what == HOME_REFRESH) {
			struct err e = { 0 };
			s->out.what = HOME_DRAW;
			if (!look(s, &e))
				home_say(s->ui, e.text);
		}
	}
	if (s->out.what != HOME_DRAW)
		loop_stop(s->loop);
	else
		draw(s);
}

static void
esc_due(void *ctx)
{
	struct home_screen *s = ctx;

	s->esc_timer = 0;
	keys_timeout(s->keys);
	handle_keys(s);
}

/* Letters that came all at once were not typed one by one: they run nothing. */
static bool
is_burst(const struct home_screen *s, const char *bytes, ssize_t n)
{
	for (ssize_t i = 0; i < n; i++)
		if ((unsigned char)bytes[i] < 0x20 || bytes[i] == 0x7f)
			return false;
	return n >= BURST_CHARS && !home_typing(s->ui) && !keys_waiting(s->keys);
}

static void
readable(void *ctx, int fd, int ready)
{
	struct home_screen *s = ctx;
	char bytes[4096];
	ssize_t n = read(fd, bytes, sizeof bytes);

	(void)ready;
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0) {
		s->gone = true;
		loop_stop(s->loop);
		return;
	}
	loop_cancel(s->loop, s->esc_timer);
	s->esc_timer = 0;
	if (is_burst(s, bytes, n)) {
		home_burst(s->ui);
		draw(s);
		return;
	}
	keys_feed(s->keys, bytes, (size_t)n);
	handle_keys(s);
	if (keys_waiting(s->keys))
		s->esc_timer = loop_after(s->loop, ESC_MS, esc_due, s);
}

static void
fit(struct home_screen *s)
{
	int rows, cols;

	screen_size(s->screen, &rows, &cols);
	screen_resize(s->screen, rows, cols);
	canvas_resize(s->canvas, rows, cols);
	draw(s);
}

static void
got_signal(void *ctx, int signo)
{
	struct home_screen *s = ctx;

	if (signo == SIGCONT)
		screen_resume(s->screen);
	if (signo == SIGWINCH || signo == SIGCONT) {
		fit(s);
		return;
	}
	s->gone = true;
	loop_stop(s->loop);
}

static bool
open_screen(struct home_screen *s, struct err *e)
{
	struct repo *r = s->p->history ? history_open(s->in->repo_dir, NULL) : NULL;
	char *set = r != NULL ? repo_config(r, "debrief.theme") : repo_config_global("debrief.theme");
	bool light = theme_ground_is_light(getenv("COLORFGBG"));
	const struct theme *theme = theme_on(set, light);
	struct screen_options so = { .in_fd = STDIN_FILENO,
		.out_fd = STDOUT_FILENO,
		.theme = theme != NULL ? theme : theme_on(NULL, light),
		.color = s->in->color };
	int rows, cols;

	repo_close(r);
	free(set);
	s->screen = screen_open(&so, e);
	if (s->screen == NULL)
		return false;
	screen_size(s->screen, &rows, &cols);
	s->canvas = canvas_new(rows, cols, !s->in->utf8);
	s->keys = keys_new();
	return true;
}

static void
show(struct home_screen *s)
{
	static const int signals[] = { SIGWINCH, SIGCONT, SIGTERM, SIGHUP, SIGINT };

	s->loop = loop_new();
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		loop_signal(s->loop, signals[i], got_signal, s);
	loop_watch(s->loop, STDIN_FILENO, LOOP_READ, readable, s);
	s->look_timer = loop_after(s->loop, LOOK_MS, look_again, s);
	s->out = (struct home_out){ .what = HOME_DRAW };
	draw(s);
	loop_run(s->loop);
	loop_free(s->loop);
	screen_close(s->screen);
	keys_free(s->keys);
	canvas_free(s->canvas);
	s->esc_timer = s->look_timer = 0;
	if (s->gone)
		s->out.what = HOME_LEAVE;
}

bool
home_screen_run(struct home_screen *s, struct home_place *p, struct home_out *out, struct err *e)
{
	s->p = p;
	if (!look(s, e) || !open_screen(s, e))
		return false;
	show(s);
	*out = s->out;
	return true;
}

bool
home_screen_plain(const struct home_screen *s)
{
	struct repo *r = history_open(s->in->repo_dir, NULL);
	bool plain = opening_plain(s->in, r);

	repo_close(r);
	return plain;
}

static void
ask_first(struct home_screen *s, const char *typed)
{
	if (strcmp(typed, "1") == 0)
		s->out.what = HOME_DEMO;
	else if (strcmp(typed, "2") == 0)
		s->out.what = HOME_BEGIN;
	else if (strcmp(typed, "3") == 0)
		s->out.what = HOME_JOIN;
	if (s->out.what == HOME_BEGIN || s->out.what == HOME_JOIN) {
		s->line = ask_line(word(s->out.what == HOME_BEGIN ? WORD_HOME_TITLE : WORD_HOME_WHICH));
		s->out.text = s->line != NULL ? s->line : "";
	}
	if (s->out.what == HOME_BEGIN && s->out.text[0] == '\0')
		s->out.what = HOME_DRAW;
}

/* "3", "a Slow mail", "note one page too many". */
static void
ask_history(struct home_screen *s, const char *typed)
{
	enum home_part part;
	char *end;
	unsigned long n = strtoul(typed, &end, 10);

	if (*end == '\0') {
		s->out.item = home_numbered(&s->h, n, &part);
		if (s->out.item == NULL || s->out.item->name == NULL)
			printf("%s\n", word(WORD_HOME_NO_NUMBER));
		else
			s->out.what = part == HOME_LIVE ? HOME_JOIN_LIVE : HOME_OPEN;
	} else {
		bool begins = strncmp(typed, "a ", 2) == 0;
		s->line = mem_dup(begins ? typed + 2 : typed);
		s->out.text = s->line;
		s->out.what = begins ? HOME_BEGIN : HOME_RUN;
	}
}

static void
print_first(const struct home_screen *s)
{
	printf("%s\n%s\n  1  %s\n  2  %s (%s)\n  3  %s\n", word(WORD_FIRST_WHY), word(WORD_FIRST_RULE),
	    word(WORD_FIRST_DEMO), word(WORD_FIRST_BEGIN), s->where, word(WORD_FIRST_JOIN));
}

bool
home_screen_ask(struct home_screen *s, struct home_place *p, struct home_out *out, struct err *e)
{
	char *typed;
	struct buf text = { 0 };

	s->p = p;
	free(s->line);
	s->line = NULL;
	s->out = (struct home_out){ .what = HOME_DRAW };
	if (!look(s, e))
		return false;
	home_text(&s->h, &text);
	if (!s->p->history)
		print_first(s);
	else
		program_print_clean(&text);
	while (s->out.what == HOME_DRAW) {
		typed = ask_line(word(s->p->history ? WORD_HOME_ASK : WORD_HOME_ASK_FIRST));
		if (typed == NULL || typed[0] == '\0' || strcmp(typed, "q") == 0)
			s->out.what = HOME_LEAVE;
		else if (s->p->history)
			ask_history(s, typed);
		else
			ask_first(s, typed);
		free(typed);
	}
	buf_fini(&text);
	*out = s->out;
	return true;
}

int
home_ssh(const char *line, const char *host)
{
	struct buf clean = { 0 };
	int status;
	pid_t pid;

	text_clean(&clean, line, strlen(line), TEXT_LINE);
	printf("%s\n", clean.data != NULL ? clean.data : "");
	fflush(stdout);
	buf_fini(&clean);
	pid = fork();
	if (pid == 0) {
		execlp("ssh", "ssh", "-t", "--", host, (char *)NULL);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	return program_refuse(
	    ERR_MISSING, "ssh did not get there: nothing was changed: look at the host's name");
}
