/* The real program in a pseudo terminal, its screen read back through another program's terminal. Waits for what is to be
 * seen, never for time. $DEBRIEF names the program; without it these are passed over. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include <vterm.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/when.h"

enum { PATIENCE_MS = 20000 };

struct place {
	char dir[64];
	char name[128];
};

struct seat { /* one person at a terminal */
	pid_t pid;
	int fd;
	VTerm *vt;
	VTermScreen *screen;
	int rows, cols;
	struct buf raw;
};

static const char *
program(void)
{
	const char *p = getenv("DEBRIEF");

	if (p == NULL)
		skip();
	return p;
}

static void
shell(struct buf *out, const char *fmt, ...)
{
	struct buf command = { 0 };
	char line[512];
	va_list ap;
	FILE *f;

	va_start(ap, fmt);
	buf_vaddf(&command, fmt, ap);
	va_end(ap);
	f = popen(command.data, "r");
	assert_non_null(f);
	while (fgets(line, sizeof line, f) != NULL)
		if (out != NULL)
			buf_adds(out, line);
	if (pclose(f) != 0)
		fail_msg("failed: %s", command.data);
	buf_fini(&command);
}

static int
begin(void **state)
{
	struct place *p = mem_zero(1, sizeof *p);
	struct buf out = { 0 };

	strcpy(p->dir, "/tmp/debrief-term.XXXXXX");
	*state = p;
	if (mkdtemp(p->dir) == NULL)
		return -1;
	if (getenv("DEBRIEF") == NULL)
		return 0;
	setenv("HOME", p->dir, 1);
	setenv("XDG_RUNTIME_DIR", p->dir, 1);
	setenv("XDG_STATE_HOME", p->dir, 1);
	setenv("DEBRIEF_REPO", p->dir, 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	unsetenv("NO_COLOR");
	unsetenv("SSH_CONNECTION");
	shell(NULL, "git config --global user.name lena && git config --global user.email l@example.org");
	shell(NULL, "'%s' init '%s' >/dev/null 2>&1", program(), p->dir);
	shell(&out, "'%s' new --no-open 'In a terminal' | tail -n 1", program());
	out.data[strcspn(out.data, "\n")] = '\0';
	snprintf(p->name, sizeof p->name, "%s", out.data);
	buf_fini(&out);
	return 0;
}

static int
end(void **state)
{
	struct place *p = *state;

	shell(NULL, "rm -rf '%s'", p->dir);
	free(p);
	return 0;
}

/* `words`: what follows the program's name, up to six, NULL-ended. */
static void
sit_down_as(struct seat *s, const char *term, int rows, int cols, const char *const *words)
{
	const char *argv[8] = { "debrief" }, *path = program();
	struct winsize w = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	*s = (struct seat){ .rows = rows, .cols = cols };
	for (int i = 0; i < 6 && words[i] != NULL; i++)
		argv[i + 1] = words[i];
	s->pid = forkpty(&s->fd, NULL, NULL, &w);
	assert_true(s->pid >= 0);
	if (s->pid == 0) {
		setenv("TERM", term, 1);
		execv(path, (char **)(uintptr_t)argv);
		_exit(127);
	}
	fcntl(s->fd, F_SETFD, FD_CLOEXEC); /* else the next one would hold this terminal open */
	s->vt = vterm_new(rows, cols);
	vterm_set_utf8(s->vt, 1);
	s->screen = vterm_obtain_screen(s->vt);
	vterm_screen_enable_altscreen(s->screen, 1);
	vterm_screen_reset(s->screen, 1);
}

static void
sit_down(struct seat *s, const struct place *p, const char *term, int rows, int cols)
{
	sit_down_as(s, term, rows, cols, (const char *const[]){ "open", p->name, NULL });
}

static void
join_as(struct seat *s, const struct place *p, const char *name, const char *how)
{
	sit_down_as(s, "xterm-256color", 24, 80,
	    (const char *const[]){ "join", p->name, "--as", name, how, NULL });
}

static bool
shows(struct seat *s, const char *text)
{
	size_t most = (size_t)(s->rows * s->cols) * 8;
	char *all = mem_alloc(most + 1);
	size_t n = 0;
	bool has;

	for (int y = 0; y < s->rows; y++) {
		VTermRect row = { y, y + 1, 0, s->cols };
		n += vterm_screen_get_text(s->screen, all + n, most - n, row);
		all[n++] = '\n';
	}
	all[n] = '\0';
	has = strstr(all, text) != NULL;
	free(all);
	return has;
}

/* Take what the program sent, for at most `ms`; false when it ended. */
static bool
pump(struct seat *s, int ms)
{
	struct pollfd p = { .fd = s->fd, .events = POLLIN };
	char bytes[65536];
	ssize_t n;

	if (poll(&p, 1, ms) <= 0)
		return true;
	n = read(s->fd, bytes, sizeof bytes);
	if (n <= 0)
		return false;
	vterm_input_write(s->vt, bytes, (size_t)n);
	buf_add(&s->raw, bytes, (size_t)n);
	return true;
}

static void
until(struct seat *s, const char *text)
{
	int64_t end_ms = clock_mono_ms() + PATIENCE_MS;

	while (!shows(s, text))
		if (clock_mono_ms() > end_ms || !pump(s, 100))
			fail_msg("never seen: %s", text);
}

static void
until_gone(struct seat *s, const char *text)
{
	int64_t end_ms = clock_mono_ms() + PATIENCE_MS;

	while (shows(s, text))
		if (clock_mono_ms() > end_ms || !pump(s, 100))
			fail_msg("never gone: %s", text);
}

static void
type(struct seat *s, const char *bytes)
{
	assert_int_equal(write(s->fd, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
}

/* Letter by letter, as a person does: all at once would be taken for a paste. */
static void
press(struct seat *s, const char *keys, const char *then)
{
	type(s, keys);
	until(s, then);
}

static void
resize(struct seat *s, int rows, int cols)
{
	struct winsize w = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	vterm_set_size(s->vt, rows, cols);
	s->rows = rows;
	s->cols = cols;
	ioctl(s->fd, TIOCSWINSZ, &w);
}

/* Wait for its end; its exit status. */
static int
get_up(struct seat *s)
{
	int64_t end_ms = clock_mono_ms() + PATIENCE_MS;
	int status;

	while (pump(s, 100) && clock_mono_ms() < end_ms)
		;
	if (clock_mono_ms() >= end_ms)
		kill(s->pid, SIGKILL);
	waitpid(s->pid, &status, 0);
	close(s->fd);
	vterm_free(s->vt);
	buf_fini(&s->raw);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static void
it_opens_and_leaves_the_terminal_as_it_was(void **state)
{
	struct seat s;

	sit_down(&s, *state, "xterm-256color", 24, 80);
	until(&s, "agenda");
	press(&s, "q", "Leave?");
	type(&s, "\r");
	until_gone(&s, "agenda");
	while (strstr(s.raw.data, "\033[?1049l") == NULL && pump(&s, 100))
		;
	assert_non_null(strstr(s.raw.data, "\033[?2004l"));
	assert_non_null(strstr(s.raw.data, "\033[?1049l"));
	assert_int_equal(get_up(&s), 0);
}

static void
words_of_every_script_are_typed_and_kept(void **state)
{
	struct place *p = *state;
	struct buf out = { 0 };
	struct seat s;

	sit_down(&s, p, "xterm-256color", 24, 80);
	until(&s, "agenda");
	press(&s, "3", "TECHNICAL");
	press(&s, "a", "cause in Technical");
	press(&s, "Überlast 日本 e\xcc\x81", "Überlast 日本");
	type(&s, "\r");
	until(&s, "1 cause");
	press(&s, "\x1b[200~first line\nsecond line\n\x1b[201~", "several lines");
	type(&s, "\r");
	until(&s, "3 causes");
	type(&s, "\r");
	press(&s, "q", "Leave?");
	type(&s, "\r");
	assert_int_equal(get_up(&s), 0);
	shell(&out, "'%s' show '%s' --json", program(), p->name);
	assert_non_null(strstr(out.data, "\"text\": \"Überlast 日本 e\xcc\x81\""));
	assert_non_null(strstr(out.data, "\"text\": \"second line\""));
	buf_fini(&out);
}

static void
resizing_in_mid_word_loses_nothing(void **state)
{
	struct seat s;

	sit_down(&s, *state, "xterm-256color", 24, 80);
	until(&s, "agenda");
	press(&s, "3", "TECHNICAL");
	press(&s, "a", "cause in Technical");
	press(&s, "half a wo", "half a wo");
	resize(&s, 5, 20);
	until(&s, "half a wo");
	resize(&s, 40, 120);
	until(&s, "half a wo");
	press(&s, "rd", "half a word");
	type(&s, "\r");
	until(&s, "half a word");
	kill(s.pid, SIGTERM);
	get_up(&s);
}

/* The terminal goes, as with a broken line: the program gets no word of it but the end. */
static void
pull_the_plug(struct seat *s)
{
	int status;

	close(s->fd);
	waitpid(s->pid, &status, 0);
	vterm_free(s->vt);
	buf_fini(&s->raw);
}

/* Before anybody comes, so that it is not asked in the middle of something else. */
static void
answer_on_air(struct seat *s)
{
	press(s, ":", "command");
	press(s, "onair", "onair");
	type(s, "\r");
	until(s, "on air");
}

static void
two_people_see_each_other(void **state)
{
	struct place *p = *state;
	struct seat a, b;

	sit_down(&a, p, "xterm-256color", 24, 80);
	until(&a, "agenda");
	answer_on_air(&a);
	join_as(&b, p, "moss", "--full");
	until(&b, "no events yet");
	until(&a, "2 here");
	press(&a, "3", "TECHNICAL");
	press(&b, "3", "TECHNICAL");
	press(&b, "a", "cause in Technical");
	press(&b, "still typing", "still typing");
	press(&a, "a", "cause in Technical");
	press(&a, "seen by both", "seen by both");
	type(&a, "\r");
	until(&b, "seen by both");
	assert_true(shows(&b, "still typing")); /* nobody's line is taken away */
	until(&b, "2 here");
	pull_the_plug(&a);
	pull_the_plug(&b);
}

static void
a_line_comes_back_when_the_terminal_dies(void **state)
{
	struct place *p = *state;
	struct seat a, b;

	sit_down(&a, p, "xterm-256color", 24, 80);
	until(&a, "agenda");
	answer_on_air(&a);
	join_as(&b, p, "moss", NULL);
	until(&b, "time and text"); /* simple keys: the line is for something */
	press(&b, "half a wo", "half a wo");
	pull_the_plug(&b);
	join_as(&b, p, "moss", NULL);
	until(&b, "welcome back");
	assert_true(shows(&b, "half a wo"));
	press(&b, "rd", "half a word");
	type(&b, "\r");
	press(&a, "2", "half a word");
	pull_the_plug(&b);
	pull_the_plug(&a);
}

static void
a_projector_shows_nothing_hidden(void **state)
{
	struct place *p = *state;
	struct seat a, wall;

	shell(NULL, "'%s' do '%s' column add Secrets hidden=yes >/dev/null", program(), p->name);
	sit_down(&a, p, "xterm-256color", 24, 80);
	until(&a, "agenda");
	press(&a, "5", "Surprised");
	sit_down_as(&wall, "xterm-256color", 24, 80,
	    (const char *const[]){ "join", p->name, "--projector", NULL });
	until(&wall, "projector");
	shell(NULL, "'%s' do '%s' card add Secrets 'for me alone' >/dev/null", program(), p->name);
	shell(NULL, "'%s' do '%s' cause add Technical 'for everybody' >/dev/null", program(),
	    p->name);
	shell(NULL, "'%s' do '%s' focus C1 >/dev/null", program(), p->name);
	until(&wall, "for everybody");
	assert_null(strstr(wall.raw.data, "for me alone"));
	type(&wall, "q");
	assert_int_equal(get_up(&wall), 0);
	pull_the_plug(&a);
}

static void
who_leaves_says_how_it_was(void **state)
{
	struct place *p = *state;
	struct buf out = { 0 };
	struct seat a, b;

	sit_down(&a, p, "xterm-256color", 24, 80);
	until(&a, "agenda");
	answer_on_air(&a);
	join_as(&b, p, "moss", NULL);
	until(&b, "time and text");
	press(&b, "\x1b", "worth your time");
	press(&b, "4", "come again");
	press(&b, "5", "A word to it");
	type(&b, "good\r");
	assert_int_equal(get_up(&b), 0);
	shell(&out, "'%s' show '%s' --json", program(), p->name);
	assert_non_null(strstr(out.data, "\"good\""));
	buf_fini(&out);
	pull_the_plug(&a);
}

static void
a_host_that_dies_takes_nothing(void **state)
{
	struct place *p = *state;
	struct buf out = { 0 };
	struct seat s;

	sit_down(&s, p, "xterm-256color", 24, 80);
	until(&s, "agenda");
	press(&s, "3", "TECHNICAL");
	press(&s, "a", "cause in Technical");
	press(&s, "before the end", "before the end");
	shell(&out, "head -n 1 '%s'/.git/debrief/*.host", p->dir);
	assert_int_equal(kill((pid_t)atoi(out.data), SIGKILL), 0);
	buf_fini(&out);
	press(&s, " of it", "before the end of it");
	type(&s, "\r");
	until(&s, "1 cause");
	kill(s.pid, SIGTERM);
	get_up(&s);
	shell(&out, "'%s' show '%s' --json | grep -c 'before the end of it'", program(), p->name);
	assert_string_equal(out.data, "1\n");
	buf_fini(&out);
}

/* The terminal goes to the editor, the half-typed line comes back changed. */
static void
a_text_goes_through_ones_own_editor(void **state)
{
	struct place *p = *state;
	struct buf out = { 0 };
	char *editor = mem_fmt("%s/editor", p->dir);
	struct seat s;

	shell(NULL, "printf '#!/bin/sh\\necho in the editor\\nread x\\nsed -i s/half/whole/ \"$1\"\\n' >'%s' "
		    "&& chmod +x '%s'", editor, editor);
	setenv("VISUAL", editor, 1);
	sit_down(&s, p, "xterm-256color", 24, 80);
	unsetenv("VISUAL");
	until(&s, "agenda");
	press(&s, "4", "actions");
	press(&s, "a", "everybody sees this now");
	press(&s, "half a th", "half a th");
	press(&s, "\x05", "in the editor");
	type(&s, "\n");
	until(&s, "whole a th");
	press(&s, "\r", "1 action");
	type(&s, "\r");
	until_gone(&s, "esc or empty enter");
	press(&s, "q", "Leave?");
	type(&s, "\r");
	assert_int_equal(get_up(&s), 0);
	shell(&out, "'%s' show '%s' --json; ls '%s'", program(), p->name, p->dir);
	assert_non_null(strstr(out.data, "whole a th"));
	assert_null(strstr(out.data, "debrief-draft"));
	buf_fini(&out);
	free(editor);
}

static void
escape_alone_closes_and_alt_is_a_key(void **state)
{
	struct seat s;

	sit_down(&s, *state, "linux", 24, 80);
	until(&s, "agenda");
	press(&s, ":", "command");
	press(&s, "one two", "one two");
	type(&s, "\x1b" "b"); /* a word back */
	press(&s, "X", "one Xtwo");
	type(&s, "\x1b");
	until_gone(&s, "one Xtwo");
	kill(s.pid, SIGTERM);
	get_up(&s);
}

static void
odd_terminals(void **state)
{
	struct place *p = *state;
	struct seat s;

	sit_down_as(&s, "dumb", 24, 80,
	    (const char *const[]){ "join", p->name, "--projector", NULL });
	until(&s, "cannot place its cursor");
	assert_int_equal(get_up(&s), 2);
	sit_down(&s, p, "no-such-terminal", 5, 20);
	until(&s, "live");
	kill(s.pid, SIGTERM);
	get_up(&s);
	setenv("NO_COLOR", "1", 1);
	sit_down(&s, p, "xterm-256color", 24, 80);
	until(&s, "agenda");
	assert_null(strstr(s.raw.data, "38;5"));
	unsetenv("NO_COLOR");
	kill(s.pid, SIGTERM);
	get_up(&s);
}

static void
home_is_where_one_comes_from_and_back_to(void **state)
{
	struct seat s;

	(void)state;
	sit_down_as(&s, "xterm-256color", 24, 80, (const char *const[]){ NULL });
	until(&s, "LAST DEBRIEFS");
	until(&s, "In a terminal");
	resize(&s, 8, 30);
	until(&s, "In a terminal");
	resize(&s, 24, 80);
	until(&s, "a begin a debrief");
	type(&s, "\r");
	until(&s, "agenda");
	press(&s, "q", "Leave?");
	type(&s, "\r");
	until(&s, "LAST DEBRIEFS");
	press(&s, "rm -rf", "that looks like text");
	press(&s, ":", "any of the program's own");
	press(&s, "note 'one page too many'", "page too many");
	type(&s, "\r");
	until(&s, "enter goes back");
	type(&s, "\r");
	until(&s, "NOTES INBOX");
	until(&s, "one page too many");
	press(&s, "\x1b[B", "note ▸ one page");
	type(&s, "q");
	assert_int_equal(get_up(&s), 0);
}

static void
without_a_history_there_are_three_ways_to_begin(void **state)
{
	struct place *p = *state;
	struct seat s;
	char none[128];

	snprintf(none, sizeof none, "%s/none", p->dir);
	unsetenv("DEBRIEF_REPO");
	setenv("XDG_DATA_HOME", none, 1);
	sit_down_as(&s, "xterm-256color", 24, 80, (const char *const[]){ NULL });
	until(&s, "no history here yet");
	until(&s, "Try the demo");
	press(&s, "3", "empty: what is live");
	type(&s, "\x1b");
	until_gone(&s, "empty: what is live");
	type(&s, "q");
	assert_int_equal(get_up(&s), 0);
	setenv("DEBRIEF_REPO", p->dir, 1);
	unsetenv("XDG_DATA_HOME");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_opens_and_leaves_the_terminal_as_it_was, begin, end),
		cmocka_unit_test_setup_teardown(words_of_every_script_are_typed_and_kept, begin, end),
		cmocka_unit_test_setup_teardown(resizing_in_mid_word_loses_nothing, begin, end),
		cmocka_unit_test_setup_teardown(two_people_see_each_other, begin, end),
		cmocka_unit_test_setup_teardown(a_line_comes_back_when_the_terminal_dies, begin, end),
		cmocka_unit_test_setup_teardown(a_projector_shows_nothing_hidden, begin, end),
		cmocka_unit_test_setup_teardown(who_leaves_says_how_it_was, begin, end),
		cmocka_unit_test_setup_teardown(a_host_that_dies_takes_nothing, begin, end),
		cmocka_unit_test_setup_teardown(a_text_goes_through_ones_own_editor, begin, end),
		cmocka_unit_test_setup_teardown(escape_alone_closes_and_alt_is_a_key, begin, end),
		cmocka_unit_test_setup_teardown(odd_terminals, begin, end),
		cmocka_unit_test_setup_teardown(home_is_where_one_comes_from_and_back_to, begin, end),
		cmocka_unit_test_setup_teardown(
		    without_a_history_there_are_three_ways_to_begin, begin, end),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
