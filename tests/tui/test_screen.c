/* What the screen sends, put through another program's terminal, shows what the canvas holds. */
#define _GNU_SOURCE /* F_SETPIPE_SZ */
#include <fcntl.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <vterm.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/screen.h"

struct glass {
	int fd[2];
	struct screen *s;
	VTerm *vt;
	VTermScreen *screen;
	int rows, cols;
};

static void
glass_open(struct glass *g, const char *term, int rows, int cols)
{
	struct screen_options o = { .raw_only_output = true, .term = term, .color = true };
	struct err e = { 0 };

	assert_int_equal(pipe(g->fd), 0);
	fcntl(g->fd[0], F_SETFL, O_NONBLOCK);
	fcntl(g->fd[1], F_SETPIPE_SZ, 1 << 20);
	o.in_fd = o.out_fd = g->fd[1];
	g->s = screen_open(&o, &e);
	assert_non_null(g->s);
	screen_resize(g->s, rows, cols);
	g->rows = rows;
	g->cols = cols;
	g->vt = vterm_new(rows, cols);
	vterm_set_utf8(g->vt, 1);
	g->screen = vterm_obtain_screen(g->vt);
	vterm_screen_enable_altscreen(g->screen, 1);
	vterm_screen_reset(g->screen, 1);
}

/* Everything that is sent goes to the glass; returns how many bytes. */
static size_t
glass_pour(struct glass *g)
{
	char bytes[65536];
	size_t total = 0;
	ssize_t n;

	assert_true(screen_flush(g->s));
	while ((n = read(g->fd[0], bytes, sizeof bytes)) > 0) {
		vterm_input_write(g->vt, bytes, (size_t)n);
		total += (size_t)n;
	}
	return total;
}

static void
glass_close(struct glass *g)
{
	screen_close(g->s);
	vterm_free(g->vt);
	close(g->fd[0]);
	close(g->fd[1]);
}

static void
assert_shown(struct glass *g, const struct canvas *c)
{
	for (int y = 0; y < g->rows; y++)
		for (int x = 0; x < g->cols; x++) {
			const struct cell *cell = canvas_row(c, y) + x;
			VTermScreenCell seen;
			char want[32];
			uint32_t cp = 0;

			if (cell->width == 0)
				continue;
			vterm_screen_get_cell(g->screen, (VTermPos){ y, x }, &seen);
			canvas_glyph(c, cell, want);
			utf8_decode(want, strlen(want), &cp);
			if (cp == ' ')
				assert_true(seen.chars[0] == 0 || seen.chars[0] == ' ');
			else
				assert_int_equal(seen.chars[0], cp);
			assert_int_equal(seen.attrs.reverse, (cell->style & STYLE_REVERSE) != 0);
		}
}

static uint64_t
next(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return *state >> 33;
}

static void
scribble(struct canvas *c, uint64_t *r)
{
	static const char *const texts[] = { "queue grows", "日本語", "e\xcc\x81\xcc\x88 mark", "\t\x1b[2J", "═══╲", "x",
		"                    ", "a long line that goes on and on and on over the edge of it all" };

	for (int i = 0; i < 6; i++) {
		int y = (int)(next(r) % (unsigned)canvas_rows(c)), x = (int)(next(r) % (unsigned)canvas_cols(c));
		int style = next(r) % 3 ? ROLE_PLAIN : ROLE_HEAD | (next(r) % 2 ? STYLE_REVERSE : STYLE_BOLD);
		canvas_text(c, y, x, -1, texts[next(r) % 8], style);
	}
}

static void
frames_arrive_as_drawn(void **state)
{
	static const char *const terms[] = { "xterm-256color", "screen", "linux", "vt100", "xterm" };

	(void)state;
	for (size_t t = 0; t < sizeof terms / sizeof *terms; t++) {
		struct glass g;
		struct canvas *c = canvas_new(12, 50, false);
		uint64_t r = 40 + t;

		glass_open(&g, terms[t], 12, 50);
		for (int i = 0; i < 60; i++) {
			if (i % 15 == 0)
				canvas_clear(c);
			scribble(c, &r);
			screen_draw(g.s, c);
			glass_pour(&g);
			assert_shown(&g, c);
		}
		glass_close(&g);
		canvas_free(c);
	}
}

static void
an_equal_frame_sends_nothing_and_a_letter_little(void **state)
{
	struct glass g;
	struct canvas *c = canvas_new(40, 120, false);

	(void)state;
	glass_open(&g, "xterm-256color", 40, 120);
	canvas_text(c, 3, 3, -1, "timeline", ROLE_PLAIN);
	screen_draw(g.s, c);
	glass_pour(&g);
	screen_draw(g.s, c);
	assert_int_equal(glass_pour(&g), 0);
	canvas_text(c, 3, 11, -1, "s", ROLE_PLAIN);
	canvas_cursor(c, 3, 12);
	screen_draw(g.s, c);
	assert_true(glass_pour(&g) < 60);
	assert_shown(&g, c);
	glass_close(&g);
	canvas_free(c);
}

static void
resizing_paints_anew(void **state)
{
	struct glass g;
	struct canvas *c = canvas_new(10, 30, false);

	(void)state;
	glass_open(&g, "xterm-256color", 10, 30);
	canvas_text(c, 0, 0, -1, "before", ROLE_PLAIN);
	screen_draw(g.s, c);
	glass_pour(&g);
	canvas_resize(c, 5, 20);
	vterm_set_size(g.vt, 5, 20);
	g.rows = 5;
	g.cols = 20;
	screen_resize(g.s, 5, 20);
	canvas_text(c, 4, 10, -1, "after", ROLE_PLAIN);
	screen_draw(g.s, c);
	glass_pour(&g);
	assert_shown(&g, c);
	glass_close(&g);
	canvas_free(c);
}

static void
a_dumb_terminal_is_refused_and_an_unknown_one_is_not(void **state)
{
	struct screen_options o = { .raw_only_output = true, .term = "dumb", .in_fd = 1, .out_fd = 1 };
	struct err e = { 0 };
	struct screen *s;
	int fd = open("/dev/null", O_WRONLY);

	(void)state;
	assert_null(screen_open(&o, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	o.term = "no-such-terminal-at-all";
	o.out_fd = o.in_fd = fd;
	s = screen_open(&o, &e);
	assert_non_null(s);
	screen_close(s);
	close(fd);
}

static void
a_slow_terminal_gets_the_newest_frame(void **state)
{
	struct glass g;
	struct canvas *c = canvas_new(50, 200, false);

	(void)state;
	glass_open(&g, "xterm-256color", 50, 200);
	fcntl(g.fd[1], F_SETPIPE_SZ, 4096);
	fcntl(g.fd[1], F_SETFL, O_NONBLOCK);
	for (int i = 0; i < 30; i++) {
		for (int y = 0; y < 50; y++)
			for (int x = 0; x < 200; x++)
				canvas_put(c, y, x, (uint32_t)('a' + (x + y + i) % 26), ROLE_PLAIN);
		screen_draw(g.s, c);
		screen_flush(g.s);
		assert_true(screen_pending(g.s) < 100000);
	}
	while (!screen_flush(g.s)) {
		char bytes[4096];
		ssize_t n = read(g.fd[0], bytes, sizeof bytes);
		if (n > 0)
			vterm_input_write(g.vt, bytes, (size_t)n);
	}
	glass_pour(&g);
	assert_shown(&g, c);
	glass_close(&g);
	canvas_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_arrive_as_drawn),
		cmocka_unit_test(an_equal_frame_sends_nothing_and_a_letter_little),
		cmocka_unit_test(resizing_paints_anew),
		cmocka_unit_test(a_dumb_terminal_is_refused_and_an_unknown_one_is_not),
		cmocka_unit_test(a_slow_terminal_gets_the_newest_frame),
	};

	setenv("LC_ALL", "C.UTF-8", 1);
	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
