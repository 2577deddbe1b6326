/* Another program's terminal (libvterm), fed with what a screen sends. */
#ifndef TESTS_TUI_GLASS_H
#define TESTS_TUI_GLASS_H

#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <vterm.h>

#include "base/text.h"
#include "tui/screen.h"

struct glass {
	int fd[2]; /* of a pipe that never fills in these tests */
	struct screen *s;
	VTerm *vt;
	VTermScreen *screen;
	int rows, cols;
	bool cursor_visible;
	struct buf last; /* the bytes last poured */
};

static inline int
glass_prop(VTermProp prop, VTermValue *value, void *user)
{
	struct glass *g = user;

	if (prop == VTERM_PROP_CURSORVISIBLE)
		g->cursor_visible = value->boolean;
	return 1;
}

static inline void
glass_make(struct glass *g, int rows, int cols)
{
	static const VTermScreenCallbacks callbacks = { .settermprop = glass_prop };

	g->rows = rows;
	g->cols = cols;
	g->vt = vterm_new(rows, cols);
	vterm_set_utf8(g->vt, 1);
	g->screen = vterm_obtain_screen(g->vt);
	vterm_screen_set_callbacks(g->screen, &callbacks, g);
	vterm_screen_enable_altscreen(g->screen, 1);
	vterm_screen_reset(g->screen, 1);
	g->cursor_visible = true;
}

static inline void
glass_open_with(struct glass *g, struct screen_options o, int rows, int cols)
{
	struct err e = { 0 };

	memset(g, 0, sizeof *g);
	assert_int_equal(pipe(g->fd), 0);
	fcntl(g->fd[0], F_SETFL, O_NONBLOCK);
	fcntl(g->fd[1], F_SETPIPE_SZ, 1 << 20);
	o.raw_only_output = true;
	o.in_fd = o.out_fd = g->fd[1];
	g->s = screen_open(&o, &e);
	assert_non_null(g->s);
	screen_resize(g->s, rows, cols);
	glass_make(g, rows, cols);
}

static inline void
glass_open(struct glass *g, const char *term, int rows, int cols)
{
	glass_open_with(g, (struct screen_options){ .term = term, .color = true }, rows, cols);
}

/* Everything that is sent goes to the glass; returns how many bytes. */
static inline size_t
glass_pour(struct glass *g)
{
	char bytes[65536];
	ssize_t n;

	buf_clear(&g->last);
	assert_true(screen_flush(g->s));
	while ((n = read(g->fd[0], bytes, sizeof bytes)) > 0) {
		vterm_input_write(g->vt, bytes, (size_t)n);
		buf_add(&g->last, bytes, (size_t)n);
	}
	return g->last.len;
}

static inline void
glass_close(struct glass *g)
{
	screen_close(g->s);
	vterm_free(g->vt);
	close(g->fd[0]);
	close(g->fd[1]);
	buf_fini(&g->last);
}

/* Is a character of the canvas what the glass shows? */
static inline void
assert_glass_cell(
    const struct glass *g, const struct canvas *c, int y, int x, const struct theme *t)
{
	const struct cell *cell = canvas_row(c, y) + x;
	struct look l = theme_look(t, cell->style);
	bool blank = cell->glyph == ' ';
	VTermScreenCell seen;
	char want[32], got[64];
	size_t len = 0;

	vterm_screen_get_cell(g->screen, (VTermPos){ y, x }, &seen);
	canvas_glyph(c, cell, want);
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && seen.chars[i] != 0; i++)
		len += utf8_encode(seen.chars[i], got + len);
	got[len] = '\0';
	if ((!blank || len > 0) && strcmp(got, want) != 0) {
		print_error("at %d, %d after:", y, x);
		for (size_t i = 0; i < g->last.len; i++)
			print_error(g->last.data[i] < 0x20 ? "\\x%02x" : "%c", g->last.data[i]);
		print_error("\n");
	}
	if (!blank || len > 0)
		assert_string_equal(got, want);
	assert_int_equal(seen.attrs.reverse, (l.attrs & STYLE_REVERSE) != 0);
	assert_int_equal(seen.attrs.underline != 0, (l.attrs & STYLE_UNDERLINE) != 0);
	if (!blank)
		assert_int_equal(seen.attrs.bold, (l.attrs & STYLE_BOLD) != 0);
}

static inline void
assert_glass_color(
    const struct glass *g, const struct canvas *c, int y, int x, const struct theme *t)
{
	const struct cell *cell = canvas_row(c, y) + x;
	struct look l = theme_look(t, cell->style);
	VTermScreenCell seen;

	vterm_screen_get_cell(g->screen, (VTermPos){ y, x }, &seen);
	assert_int_equal(VTERM_COLOR_IS_DEFAULT_BG(&seen.bg) != 0, l.bg < 0);
	if (l.bg >= 0)
		assert_int_equal(seen.bg.indexed.idx, l.bg);
	if (cell->glyph == ' ')
		return;
	assert_int_equal(VTERM_COLOR_IS_DEFAULT_FG(&seen.fg) != 0, l.fg < 0);
	if (l.fg >= 0)
		assert_int_equal(seen.fg.indexed.idx, l.fg);
}

/* All cells and the cursor. `colors`: compare those too. */
static inline void
assert_shown(const struct glass *g, const struct canvas *c, const struct theme *t, bool colors)
{
	VTermPos at;
	int y, x;
	bool cursor = canvas_cursor_at(c, &y, &x);

	for (int i = 0; i < g->rows; i++)
		for (int j = 0; j < g->cols; j++) {
			if (canvas_row(c, i)[j].width == 0)
				continue;
			assert_glass_cell(g, c, i, j, t);
			if (colors)
				assert_glass_color(g, c, i, j, t);
		}
	if (!cursor)
		return;
	vterm_state_get_cursorpos(vterm_obtain_state(g->vt), &at);
	assert_true(at.row == y && at.col == x);
}

#endif
