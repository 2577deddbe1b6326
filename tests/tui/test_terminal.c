/* The screen on a real terminal device: modes, a reader that stalls, a crash. */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>

#include <cmocka.h>

#include "tests/tui/glass.h"

struct device {
	int master, slave;
	struct termios before;
	struct glass glass;
};

static void
device_open(struct device *d, int rows, int cols)
{
	struct winsize w = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	memset(d, 0, sizeof *d);
	assert_int_equal(openpty(&d->master, &d->slave, NULL, NULL, rows > 0 ? &w : NULL), 0);
	assert_int_equal(tcgetattr(d->slave, &d->before), 0);
	fcntl(d->master, F_SETFL, O_NONBLOCK);
	if (rows > 0)
		glass_make(&d->glass, rows, cols);
}

static struct screen *
device_screen(struct device *d)
{
	struct screen_options o = {
		.in_fd = d->slave, .out_fd = d->slave, .term = "xterm-256color", .color = true
	};
	struct err e = { 0 };
	struct screen *s = screen_open(&o, &e);

	assert_non_null(s);
	return s;
}

/* What has come to the master, to the glass too. */
static size_t
device_read(struct device *d)
{
	char bytes[65536];
	ssize_t n;

	buf_clear(&d->glass.last);
	while ((n = read(d->master, bytes, sizeof bytes)) > 0) {
		if (d->glass.vt != NULL)
			vterm_input_write(d->glass.vt, bytes, (size_t)n);
		buf_add(&d->glass.last, bytes, (size_t)n);
	}
	return d->glass.last.len;
}

static void
device_close(struct device *d)
{
	if (d->glass.vt != NULL)
		vterm_free(d->glass.vt);
	buf_fini(&d->glass.last);
	close(d->master);
	close(d->slave);
}

static void
assert_modes_as_before(struct device *d)
{
	struct termios now;

	assert_int_equal(tcgetattr(d->slave, &now), 0);
	assert_int_equal(now.c_iflag, d->before.c_iflag);
	assert_int_equal(now.c_oflag, d->before.c_oflag);
	assert_int_equal(now.c_lflag, d->before.c_lflag);
	assert_int_equal(now.c_cflag, d->before.c_cflag);
}

static void
modes_are_taken_and_given_back(void **state)
{
	struct device d;
	struct screen *s;
	struct termios now;
	int rows, cols;

	(void)state;
	device_open(&d, 30, 100);
	s = device_screen(&d);
	screen_size(s, &rows, &cols);
	assert_true(rows == 30 && cols == 100);
	tcgetattr(d.slave, &now);
	assert_int_equal(now.c_lflag & (ICANON | ECHO | ISIG | IEXTEN), 0);
	assert_int_equal(now.c_iflag & (IXON | IXOFF | ICRNL), 0);
	/* Whoever shares the terminal does not find it non-blocking. */
	assert_int_equal(fcntl(d.slave, F_GETFL) & O_NONBLOCK, 0);
	screen_flush(s);
	screen_suspend(s);
	assert_modes_as_before(&d);
	screen_resume(s);
	tcgetattr(d.slave, &now);
	assert_int_equal(now.c_lflag & (ICANON | ECHO | ISIG | IEXTEN), 0);
	device_read(&d);
	screen_close(s);
	assert_modes_as_before(&d);
	assert_int_equal(fcntl(d.slave, F_GETFL) & O_NONBLOCK, 0);
	device_read(&d);
	assert_non_null(strstr(d.glass.last.data, "\x1b[?1049l"));
	assert_non_null(strstr(d.glass.last.data, "\x1b[?2004l"));
	assert_non_null(strstr(d.glass.last.data, "\x1b[?1004l"));
	device_close(&d);
}

/* "stty size" may be 0 0 over ssh. */
static void
a_size_nobody_knows_is_80_by_24(void **state)
{
	struct device d;
	struct screen *s;
	int rows, cols;

	(void)state;
	device_open(&d, 0, 0);
	s = device_screen(&d);
	screen_size(s, &rows, &cols);
	assert_true(rows == 24 && cols == 80);
	screen_resize(s, 50, 132);
	screen_size(s, &rows, &cols);
	assert_true(rows == 50 && cols == 132);
	screen_close(s);
	device_close(&d);
}

static void
fill(struct canvas *c, int i)
{
	for (int y = 0; y < canvas_rows(c); y++)
		for (int x = 0; x < canvas_cols(c); x++)
			canvas_put(c, y, x, (uint32_t)('a' + (x + y + i) % 26),
			    i % 2 ? ROLE_HEAD : ROLE_PLAIN);
}

static void
a_stalled_terminal_never_blocks(void **state)
{
	struct canvas *c = canvas_new(40, 120, false);
	struct device d;
	struct screen *s;
	bool out = true;

	(void)state;
	device_open(&d, 40, 120);
	s = device_screen(&d);
	for (int i = 0; i < 200; i++) {
		fill(c, i);
		screen_draw(s, c);
		out = screen_flush(s);
		assert_true(screen_pending(s) < 20000);
	}
	assert_false(out);
	while (!screen_flush(s))
		assert_true(device_read(&d) > 0);
	device_read(&d);
	assert_shown(&d.glass, c, &themes[0], true);
	/* And it can be left while it is stalled. */
	for (int i = 0; i < 200; i++) {
		fill(c, i);
		screen_draw(s, c);
		screen_flush(s);
	}
	screen_close(s);
	assert_modes_as_before(&d);
	canvas_free(c);
	device_close(&d);
}

static void
a_terminal_that_hangs_up_is_left(void **state)
{
	struct canvas *c = canvas_new(24, 80, false);
	struct device d;
	struct screen *s;

	(void)state;
	device_open(&d, 24, 80);
	s = device_screen(&d);
	close(d.master);
	for (int i = 0; i < 3; i++) {
		fill(c, i);
		screen_draw(s, c);
		assert_true(screen_flush(s));
	}
	screen_close(s);
	d.master = dup(d.slave);
	canvas_free(c);
	device_close(&d);
}

static void
crash_in_child(struct device *d, int signo)
{
	struct rlimit none = { 0, 0 };
	struct canvas *c = canvas_new(24, 80, false);
	struct screen *s = device_screen(d);

	setrlimit(RLIMIT_CORE, &none);
	fill(c, 1);
	screen_draw(s, c);
	screen_flush(s);
	raise(signo);
	_exit(99);
}

static void
a_crash_gives_the_terminal_back(void **state)
{
	static const int signals[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL };

	(void)state;
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct device d;
		int status;
		pid_t pid;
		device_open(&d, 24, 80);
		for (size_t j = 0; j < sizeof signals / sizeof *signals; j++)
			signal(signals[j], SIG_DFL); /* cmocka's, and the sanitizers' */
		pid = fork();
		if (pid == 0)
			crash_in_child(&d, signals[i]);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), signals[i]);
		assert_modes_as_before(&d);
		device_read(&d);
		assert_non_null(strstr(d.glass.last.data, "\x1b[?1049l"));
		assert_non_null(strstr(d.glass.last.data, "\x1b[?25h"));
		assert_true(d.glass.cursor_visible);
		device_close(&d);
	}
}

static void
handlers_are_put_back(void **state)
{
	struct sigaction before, after;
	struct device d;
	struct screen *s;

	(void)state;
	device_open(&d, 24, 80);
	sigaction(SIGSEGV, NULL, &before);
	s = device_screen(&d);
	sigaction(SIGSEGV, NULL, &after);
	assert_true(before.sa_handler != after.sa_handler);
	screen_close(s);
	sigaction(SIGSEGV, NULL, &after);
	assert_true(before.sa_handler == after.sa_handler);
	device_close(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(modes_are_taken_and_given_back),
		cmocka_unit_test(a_size_nobody_knows_is_80_by_24),
		cmocka_unit_test(a_stalled_terminal_never_blocks),
		cmocka_unit_test(a_terminal_that_hangs_up_is_left),
		cmocka_unit_test(handlers_are_put_back),
		cmocka_unit_test(a_crash_gives_the_terminal_back),
	};

	setenv("LC_ALL", "C.UTF-8", 1);
	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
