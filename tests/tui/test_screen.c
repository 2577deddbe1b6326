/* What the screen sends, put through another program's terminal, shows what the canvas holds; and
 * it is little. */
#define _GNU_SOURCE /* F_SETPIPE_SZ */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/base/random.h"
#include "tests/tui/glass.h"

static void
scribble_once(struct canvas *c, uint64_t *seed)
{
	static const char *const texts[] = { "queue grows", "日本語", "q\xcc\x81\xcc\x88 mark",
		"\t\x1b[2J", "═══╲", "x", "                    ",
		"a long line that goes on and on and on over the edge of it all", "é…", "한글 x" };
	int y = random_below(seed, canvas_rows(c)), x = random_below(seed, canvas_cols(c));
	int style = random_below(seed, 3) ? random_below(seed, N_ROLES) : ROLE_PLAIN;

	if (random_below(seed, 4) == 0)
		style |= STYLE_BOLD << random_below(seed, 3);
	switch (random_below(seed, 12)) {
	case 0:
		canvas_fill(c, (struct rect){ y, x, 3, 20 }, ' ', style);
		break;
	case 1:
		canvas_hline(c, y, 0, canvas_cols(c), 0x2500, ROLE_LINE);
		break;
	case 2:
		canvas_paint(c, (struct rect){ y, 0, 1, canvas_cols(c) }, ROLE_SELECTED);
		break;
	case 3: /* the corner */
		canvas_text_right(c, canvas_rows(c) - 1, canvas_cols(c), -1,
		    texts[random_below(seed, 10)], style);
		break;
	default:
		canvas_text(c, y, x, -1, texts[random_below(seed, 10)], style);
		break;
	}
}

static void
scribble(struct canvas *c, uint64_t *seed)
{
	int y = canvas_rows(c) - 1, x = canvas_cols(c) - 1;

	for (int i = 1 + random_below(seed, 5); i > 0; i--)
		scribble_once(c, seed);
	/* Where the corner has to be pushed in, a wide neighbor leaves it blank. */
	if (x > 1 && canvas_row(c, y)[x - 1].width != 1)
		canvas_put(c, y, x - 1, '!', ROLE_PLAIN);
	if (random_below(seed, 3))
		canvas_cursor(
		    c, random_below(seed, canvas_rows(c)), random_below(seed, canvas_cols(c)));
}

static void
frames_arrive_on(const char *term, const struct theme *t, bool colors, uint64_t seed)
{
	struct glass g;
	struct canvas *c = canvas_new(12, 50, false);

	glass_open_with(
	    &g, (struct screen_options){ .term = term, .color = true, .theme = t }, 12, 50);
	for (int i = 0; i < 80; i++) {
		int y, x;
		if (i % 13 == 0)
			canvas_clear(c);
		if (i % 29 == 28)
			screen_redraw(g.s);
		scribble(c, &seed);
		screen_draw(g.s, c);
		glass_pour(&g);
		assert_shown(&g, c, t, colors);
		assert_int_equal(
		    g.cursor_visible || strcmp(term, "vt100") == 0 || strcmp(term, "ansi") == 0,
		    canvas_cursor_at(c, &y, &x) || strcmp(term, "vt100") == 0 ||
			strcmp(term, "ansi") == 0);
	}
	glass_close(&g);
	canvas_free(c);
}

static void
frames_arrive_as_drawn(void **state)
{
	(void)state;
	for (int i = 0; i < n_themes; i++)
		frames_arrive_on("xterm-256color", &themes[i], true, 50 + (uint64_t)i);
	frames_arrive_on("screen", &themes[2], false, 60);
	frames_arrive_on("linux", &themes[2], false, 61);
	frames_arrive_on("vt100", &themes[2], false, 62);
	frames_arrive_on("ansi", &themes[2], false, 63);
	frames_arrive_on("xterm", &themes[2], false, 64);
}

/* Differences only, in ASCII as well. */
static void
small_sizes_work(void **state)
{
	static const int sizes[][2] = { { 1, 1 }, { 1, 2 }, { 2, 1 }, { 2, 2 }, { 1, 40 },
		{ 20, 3 } };
	uint64_t seed = 70;

	(void)state;
	for (size_t n = 0; n < sizeof sizes / sizeof *sizes; n++)
		for (int ascii = 0; ascii < 2; ascii++) {
			struct canvas *c = canvas_new(sizes[n][0], sizes[n][1], ascii);
			struct glass g;
			glass_open(&g, n % 2 ? "ansi" : "xterm-256color", sizes[n][0], sizes[n][1]);
			for (int i = 0; i < 40; i++) {
				scribble(c, &seed);
				screen_draw(g.s, c);
				glass_pour(&g);
				if (sizes[n][1] > 2 ||
				    n % 2 == 0) /* the corner needs room to be pushed in */
					assert_shown(&g, c, &themes[0], false);
			}
			glass_close(&g);
			canvas_free(c);
		}
}

/* "ansi" scrolls when its last cell is written: that cell is never written in place. */
static void
the_corner_does_not_scroll(void **state)
{
	struct canvas *c = canvas_new(3, 10, false);
	struct glass g;

	(void)state;
	glass_open(&g, "ansi", 3, 10);
	for (int y = 0; y < 3; y++)
		canvas_text(c, y, 0, -1, "0123456789", ROLE_PLAIN);
	screen_draw(g.s, c);
	glass_pour(&g);
	assert_shown(&g, c, &themes[0], false);
	assert_non_null(strstr(g.last.data, "8\b9\x1b[3;9H\x1b[1@8"));
	glass_close(&g);
	glass_open(&g, "xterm", 3, 10);
	screen_draw(g.s, c);
	glass_pour(&g);
	assert_non_null(strstr(g.last.data, "0123456789"));
	assert_null(strstr(g.last.data, "@"));
	glass_close(&g);
	canvas_free(c);
}

static void
a_letter_costs_little(void **state)
{
	struct glass g;
	struct canvas *c = canvas_new(40, 120, false);
	size_t first;

	(void)state;
	glass_open(&g, "xterm-256color", 40, 120);
	for (int y = 0; y < 39; y++)
		canvas_text(c, y, 2, -1, "a frame that is full of things already ═══╲",
		    y % 2 ? ROLE_HEAD : ROLE_PLAIN);
	canvas_cursor(c, 39, 2);
	screen_draw(g.s, c);
	first = glass_pour(&g);
	assert_int_equal(screen_bytes(g.s), first);
	screen_draw(g.s, c);
	assert_int_equal(glass_pour(&g), 0);
	for (int i = 0; i < 60; i++) {
		canvas_put(c, 39, 2 + i, (uint32_t)('a' + i % 26), ROLE_ENTRY);
		canvas_cursor(c, 39, 3 + i);
		screen_draw(g.s, c);
		/* 16 are the marks of a frame. */
		assert_true(glass_pour(&g) <= (i == 0 ? 40u : 17u));
		assert_shown(&g, c, &themes[0], true);
	}
	/* Clearing a line is one order, not a row of spaces. */
	canvas_fill(c, (struct rect){ 39, 0, 1, 120 }, ' ', ROLE_PLAIN);
	canvas_cursor(c, 39, 2);
	screen_draw(g.s, c);
	assert_true(glass_pour(&g) < 40);
	assert_shown(&g, c, &themes[0], true);
	/* Two letters far apart: what is between is jumped over. */
	canvas_put(c, 4, 3, '#', ROLE_PLAIN);
	canvas_put(c, 4, 38, '#', ROLE_PLAIN);
	screen_draw(g.s, c);
	assert_true(glass_pour(&g) < 50);
	assert_shown(&g, c, &themes[0], true);
	/* A selection that moves by a row: two rows anew, not the screen. */
	canvas_paint(c, (struct rect){ 4, 0, 1, 120 }, ROLE_SELECTED);
	screen_draw(g.s, c);
	assert_true(glass_pour(&g) < 250);
	glass_close(&g);
	canvas_free(c);
}

static void
frames_are_marked_where_the_terminal_is_like_xterm(void **state)
{
	struct canvas *c = canvas_new(4, 10, false);
	struct glass g;

	(void)state;
	canvas_text(c, 0, 0, -1, "x", ROLE_HEAD);
	glass_open(&g, "xterm-256color", 4, 10);
	screen_draw(g.s, c);
	glass_pour(&g);
	assert_non_null(strstr(g.last.data, "\x1b[?2026h"));
	assert_string_equal(g.last.data + g.last.len - 8, "\x1b[?2026l");
	assert_non_null(strstr(g.last.data, "\x1b[?2004h"));
	assert_non_null(strstr(g.last.data, "\x1b[?1004h"));
	assert_null(strstr(g.last.data, "\x1b[?1000h"));
	glass_close(&g);
	glass_open(&g, "vt100", 4, 10);
	screen_draw(g.s, c);
	glass_pour(&g);
	assert_null(strchr(g.last.data, '?'));
	assert_null(strstr(g.last.data, "38;5"));
	assert_null(strchr(g.last.data, '$')); /* no padding */
	glass_close(&g);
	glass_open_with(
	    &g, (struct screen_options){ .term = "xterm-256color", .mouse = true }, 4, 10);
	screen_draw(g.s, c);
	glass_pour(&g);
	assert_non_null(strstr(g.last.data, "\x1b[?1000h\x1b[?1006h"));
	/* No color: bold stays. */
	assert_null(strstr(g.last.data, "38;5"));
	assert_non_null(strstr(g.last.data, "\x1b[0;1m"));
	glass_close(&g);
	canvas_free(c);
}

/* Cursor motion by the terminal's own words where they are not ECMA-48's. */
static void
old_terminals_are_moved_in_their_way(void **state)
{
	struct canvas *c = canvas_new(24, 80, false);
	struct glass g;

	(void)state;
	canvas_text(c, 3, 5, -1, "x", ROLE_PLAIN);
	glass_open(&g, "vt52", 24, 80);
	screen_draw(g.s, c);
	glass_pour(&g);
	assert_non_null(strstr(g.last.data, "\x1bY#%x"));
	assert_null(strstr(g.last.data, "\x1b["));
	glass_close(&g);
	canvas_free(c);
}

/* Not every terminal wipes in the color behind letters: where there is one, spaces are written. */
static void
grounds_are_not_wiped(void **state)
{
	struct canvas *c = canvas_new(3, 20, false);
	struct glass g;

	(void)state;
	glass_open_with(&g,
	    (struct screen_options){
		.term = "screen-256color", .color = true, .theme = theme_find("high-contrast") },
	    3, 20);
	canvas_text(c, 1, 0, -1, "0123456789", ROLE_PLAIN);
	screen_draw(g.s, c);
	glass_pour(&g);
	canvas_fill(c, canvas_area(c), ' ', ROLE_PLAIN);
	screen_draw(g.s, c);
	glass_pour(&g);
	assert_null(strstr(g.last.data, "\x1b[K"));
	assert_non_null(strstr(g.last.data, "          "));
	assert_shown(&g, c, theme_find("high-contrast"), true);
	glass_close(&g);
	canvas_free(c);
}

static void
few_colors_are_the_nearest(void **state)
{
	struct canvas *c = canvas_new(1, N_ROLES, false);
	struct glass g;
	int colored = 0;

	(void)state;
	for (int role = 0; role < N_ROLES; role++)
		canvas_put(c, 0, role, 'x', role);
	glass_open(&g, "linux", 1, N_ROLES + 1);
	screen_draw(g.s, c);
	glass_pour(&g);
	assert_null(strstr(g.last.data, "38;"));
	assert_null(strstr(g.last.data, "[30m")); /* black on black */
	for (int role = 0; role < N_ROLES; role++) {
		VTermScreenCell seen;
		vterm_screen_get_cell(g.screen, (VTermPos){ 0, role }, &seen);
		colored += !VTERM_COLOR_IS_DEFAULT_FG(&seen.fg);
		assert_true(VTERM_COLOR_IS_DEFAULT_FG(&seen.fg) || seen.fg.indexed.idx < 8);
	}
	assert_true(colored >= 8);
	glass_close(&g);
	canvas_free(c);
}

static void
resizing_paints_anew(void **state)
{
	struct glass g;
	struct canvas *c = canvas_new(10, 30, false);
	uint64_t seed = 80;

	(void)state;
	glass_open(&g, "xterm-256color", 10, 30);
	for (int i = 0; i < 40; i++) {
		int rows = 1 + random_below(&seed, 20), cols = 1 + random_below(&seed, 60);
		canvas_resize(c, rows, cols);
		vterm_set_size(g.vt, rows, cols);
		g.rows = rows;
		g.cols = cols;
		screen_resize(g.s, rows, cols);
		for (int j = 0; j < 3; j++) {
			scribble(c, &seed);
			screen_draw(g.s, c);
			glass_pour(&g);
			assert_shown(&g, c, &themes[0], true);
		}
	}
	glass_close(&g);
	canvas_free(c);
}

/* Between a change of size and the canvas that follows: nothing is drawn outside, nothing wraps. */
static void
a_canvas_larger_than_the_terminal_is_cut(void **state)
{
	struct canvas *c = canvas_new(10, 40, false), *small = canvas_new(4, 12, false);
	struct glass g;

	(void)state;
	glass_open(&g, "xterm-256color", 4, 12);
	for (int y = 0; y < 10; y++)
		canvas_text(c, y, y % 2, -1, "日本語日本語日本語日本語", ROLE_PLAIN);
	for (int y = 0; y < 4; y++)
		canvas_text(small, y, y % 2, 40, "日本語日本語日本語日本語", ROLE_PLAIN);
	canvas_cursor(c, 9, 30);
	screen_draw(g.s, c);
	glass_pour(&g);
	assert_shown(&g, small, &themes[0], true);
	assert_false(g.cursor_visible);
	glass_close(&g);
	canvas_free(c);
	canvas_free(small);
}

static void
themes_change_at_once(void **state)
{
	struct canvas *c = canvas_new(6, 20, false);
	struct glass g;
	uint64_t seed = 81;

	(void)state;
	glass_open(&g, "xterm-256color", 6, 20);
	for (int i = 0; i < 20; i++) {
		const struct theme *t = &themes[i % n_themes];
		scribble(c, &seed);
		screen_set_theme(g.s, t);
		screen_draw(g.s, c);
		glass_pour(&g);
		assert_shown(&g, c, t, true);
	}
	glass_close(&g);
	canvas_free(c);
}

static void
two_screens_do_not_mix(void **state)
{
	struct canvas *a = canvas_new(8, 30, false), *b = canvas_new(8, 30, false);
	struct glass x, l;
	uint64_t seed = 82;

	(void)state;
	glass_open(&x, "xterm-256color", 8, 30);
	glass_open(&l, "linux", 8, 30);
	for (int i = 0; i < 30; i++) {
		scribble(a, &seed);
		scribble(b, &seed);
		screen_draw(x.s, a);
		screen_draw(l.s, b);
		glass_pour(&x);
		glass_pour(&l);
		assert_shown(&x, a, &themes[0], true);
		assert_shown(&l, b, &themes[0], false);
	}
	glass_close(&x);
	screen_draw(l.s, a);
	glass_pour(&l);
	assert_shown(&l, a, &themes[0], false);
	glass_close(&l);
	canvas_free(a);
	canvas_free(b);
}

static void
leaving_and_coming_back(void **state)
{
	struct canvas *c = canvas_new(4, 20, false);
	struct glass g;

	(void)state;
	glass_open(&g, "xterm-256color", 4, 20);
	canvas_text(c, 1, 1, -1, "here", ROLE_HEAD);
	screen_draw(g.s, c);
	glass_pour(&g);
	screen_suspend(g.s);
	screen_suspend(g.s);
	screen_draw(g.s, c); /* nothing, while away */
	screen_bell(g.s);
	glass_pour(&g);
	assert_non_null(strstr(g.last.data, "\x1b[?2004l"));
	assert_non_null(strstr(g.last.data, "\x1b[?1049l"));
	assert_null(strstr(g.last.data, "here"));
	assert_null(strstr(g.last.data + 1, "\a"));
	screen_resume(g.s);
	screen_draw(g.s, c);
	glass_pour(&g);
	assert_non_null(strstr(g.last.data, "\x1b[?1049h"));
	assert_shown(&g, c, &themes[0], true);
	glass_close(&g);
	screen_close(NULL);
	canvas_free(c);
}

static void
copying_is_osc_52(void **state)
{
	static const char *const pairs[][2] = { { "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" },
		{ "foo", "Zm9v" }, { "foob", "Zm9vYg==" }, { "h\xc3\xa9", "aMOp" } };
	struct glass g;
	char *much = malloc(200000), want[64];

	(void)state;
	glass_open(&g, "xterm-256color", 4, 20);
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		glass_pour(&g);
		screen_copy(g.s, pairs[i][0]);
		glass_pour(&g);
		snprintf(want, sizeof want, "\x1b]52;c;%s\a", pairs[i][1]);
		assert_string_equal(g.last.data, want);
	}
	memset(much, 'x', 199999);
	much[199999] = '\0';
	screen_copy(g.s, much);
	assert_int_equal(glass_pour(&g), 7 + (64 * 1024 + 2) / 3 * 4 + 1);
	glass_close(&g);
	free(much);
}

static void
a_dumb_terminal_is_refused_and_an_unknown_one_is_not(void **state)
{
	struct screen_options o = { .raw_only_output = true, .term = "dumb" };
	struct err e = { 0 };
	struct screen *s;
	int fd = open("/dev/null", O_WRONLY);

	(void)state;
	o.out_fd = o.in_fd = fd;
	assert_null(screen_open(&o, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_non_null(strstr(e.text, "dumb"));
	o.term = "no-such-terminal-at-all";
	s = screen_open(&o, &e);
	assert_non_null(s);
	screen_close(s);
	o.term = NULL;
	unsetenv("TERM");
	s = screen_open(&o, &e);
	assert_non_null(s);
	screen_close(s);
	/* /dev/null is no terminal. */
	o.raw_only_output = false;
	e = (struct err){ 0 };
	assert_null(screen_open(&o, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	close(fd);
}

static void
fill(struct canvas *c, int i)
{
	for (int y = 0; y < canvas_rows(c); y++)
		for (int x = 0; x < canvas_cols(c); x++)
			canvas_put(c, y, x, (uint32_t)('a' + (x + y + i) % 26), ROLE_PLAIN);
}

static void
a_slow_terminal_gets_the_newest_frame(void **state)
{
	struct glass g;
	struct canvas *c = canvas_new(50, 200, false);
	size_t total = 0;

	(void)state;
	glass_open(&g, "xterm-256color", 50, 200);
	fcntl(g.fd[1], F_SETPIPE_SZ, 4096);
	for (int i = 0; i < 300; i++) {
		fill(c, i);
		screen_draw(g.s, c);
		if (i == 100)
			screen_set_theme(g.s, theme_find("mono"));
		assert_false(screen_flush(g.s)); /* returns, although nobody reads */
		assert_true(screen_pending(g.s) > 0 && screen_pending(g.s) < 20000);
	}
	while (!screen_flush(g.s)) {
		char bytes[4096];
		ssize_t n = read(g.fd[0], bytes, sizeof bytes);
		if (n > 0)
			vterm_input_write(g.vt, bytes, (size_t)n);
		total += n > 0 ? (size_t)n : 0;
	}
	assert_true(total < 40000); /* two frames, not three hundred */
	glass_pour(&g);
	assert_int_equal(screen_pending(g.s), 0);
	assert_shown(&g, c, theme_find("mono"), true);
	glass_close(&g);
	canvas_free(c);
}

static void
a_terminal_that_is_gone_takes_all_in_silence(void **state)
{
	struct canvas *c = canvas_new(5, 20, false);
	struct glass g;

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	glass_open(&g, "xterm-256color", 5, 20);
	glass_pour(&g);
	close(g.fd[0]);
	for (int i = 0; i < 3; i++) {
		fill(c, i);
		screen_draw(g.s, c);
		assert_true(screen_flush(g.s));
		assert_int_equal(screen_pending(g.s), 0);
	}
	g.fd[0] = dup(g.fd[1]);
	glass_close(&g);
	canvas_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_arrive_as_drawn),
		cmocka_unit_test(small_sizes_work),
		cmocka_unit_test(the_corner_does_not_scroll),
		cmocka_unit_test(a_letter_costs_little),
		cmocka_unit_test(frames_are_marked_where_the_terminal_is_like_xterm),
		cmocka_unit_test(old_terminals_are_moved_in_their_way),
		cmocka_unit_test(grounds_are_not_wiped),
		cmocka_unit_test(few_colors_are_the_nearest),
		cmocka_unit_test(resizing_paints_anew),
		cmocka_unit_test(a_canvas_larger_than_the_terminal_is_cut),
		cmocka_unit_test(themes_change_at_once),
		cmocka_unit_test(two_screens_do_not_mix),
		cmocka_unit_test(leaving_and_coming_back),
		cmocka_unit_test(copying_is_osc_52),
		cmocka_unit_test(a_dumb_terminal_is_refused_and_an_unknown_one_is_not),
		cmocka_unit_test(a_slow_terminal_gets_the_newest_frame),
		cmocka_unit_test(a_terminal_that_is_gone_takes_all_in_silence),
	};

	setenv("LC_ALL", "C.UTF-8", 1);
	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
