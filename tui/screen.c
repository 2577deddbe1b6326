#define NCURSES_NOMACROS /* move, clear and others are names here */
#include "tui/screen.h"

#include <curses.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/emit.h"
#include "tui/terminal.h"

enum { COPY_MAX = 64 * 1024, LEAVE_TRIES = 20, LEAVE_MS = 25 };

enum text {
	T_OFF,
	T_BOLD,
	T_DIM,
	T_UNDERLINE,
	T_REVERSE,
	T_WIPE_TAIL,
	T_WIPE_ALL,
	T_HIDE,
	T_SHOW,
	T_INSERT,
	T_ENTER,
	T_LEAVE,
	T_MOVE,
	T_FG,
	T_BG,
	N_TEXTS
};

struct screen {
	struct terminal terminal;
	char *texts[N_TEXTS]; /* capabilities; NULL where there is none */
	struct caps caps;
	bool is_device, is_like_xterm, direct_color, mouse;
	struct emit *emit;
	struct canvas *shown;	/* what the terminal shows once the queue is out */
	struct canvas *waiting; /* the newest frame, drawn while the terminal was slow */
	bool is_waiting, all, active;
	int rows, cols; /* as told */
	struct buf queue;
	size_t sent; /* of the queue */
	bool frame_queued;
	size_t written;
};

/* Harmless wherever it is written; the last part clears the row that a shell's prompt takes. */
static const char reset[] =
    "\033[?2026l\033[?1006l\033[?1000l\033[?1004l\033[?2004l\033[0m\033[?25h\033[?1049l\r\033[K";

/* Padding ("$<5>") is for terminals that nobody has any more; charsets (SI, ESC ( B) are never
 * changed here. */
static char *
without_padding(const char *text)
{
	struct buf b = { 0 };

	buf_adds(&b, "");
	for (; *text != '\0'; text++) {
		const char *end = strncmp(text, "$<", 2) == 0 ? strchr(text, '>') : NULL;
		if (end != NULL)
			text = end;
		else if (strncmp(text, "\033(B", 3) == 0)
			text += 2;
		else if (*text != '\017')
			buf_addc(&b, *text);
	}
	return buf_take(&b);
}

static char *
terminfo_text(const char *name)
{
	char copy[16];
	const char *v;

	strcpy(copy, name);
	v = tigetstr(copy);
	return v == NULL || v == (const char *)-1 ? NULL : without_padding(v);
}

static void
move_cursor(void *ctx, struct buf *out, int y, int x)
{
	const struct screen *s = ctx;

	buf_adds(out, tparm(s->texts[T_MOVE], (long)y, (long)x, 0L, 0L, 0L, 0L, 0L, 0L, 0L));
}

static void
set_color(void *ctx, struct buf *out, bool ground, int color)
{
	const struct screen *s = ctx;
	const char *form = s->texts[ground ? T_BG : T_FG];
	unsigned char rgb[3];
	long value = color;

	theme_rgb(color, rgb);
	/* Where numbers are red, green and blue, the first eight are still the palette's. */
	if (s->direct_color && color >= 8)
		value = (long)rgb[0] << 16 | rgb[1] << 8 | rgb[2];
	else if (!s->direct_color && s->caps.colors < 256)
		value = theme_small(color, s->caps.colors);
	if (form != NULL && value >= 0)
		buf_adds(out, tparm(form, value, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L));
}

/* Ask ncurses for the terminal's entry; `fd` is only looked at. */
static bool
find_entry(const char *name, int fd)
{
	int why;

	return name != NULL && name[0] != '\0' && setupterm(name, fd, &why) == OK;
}

static void
read_texts(struct screen *s)
{
	static const char *const names[N_TEXTS] = { [T_OFF] = "sgr0",
		[T_BOLD] = "bold",
		[T_DIM] = "dim",
		[T_UNDERLINE] = "smul",
		[T_REVERSE] = "rev",
		[T_WIPE_TAIL] = "el",
		[T_WIPE_ALL] = "clear",
		[T_HIDE] = "civis",
		[T_SHOW] = "cnorm",
		[T_INSERT] = "ich1",
		[T_ENTER] = "smcup",
		[T_LEAVE] = "rmcup",
		[T_MOVE] = "cup",
		[T_FG] = "setaf",
		[T_BG] = "setab" };
	char *many;

	for (int i = 0; i < N_TEXTS; i++)
		s->texts[i] = terminfo_text(names[i]);
	many = terminfo_text("ich");
	if (s->texts[T_INSERT] == NULL && many != NULL)
		s->texts[T_INSERT] = mem_dup(tparm(many, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L));
	free(many);
}

static void
read_caps(struct screen *s, bool color)
{
	int colors = tigetnum("colors");
	char *mouse;

	read_texts(s);
	mouse = terminfo_text("kmous");
	s->is_like_xterm = mouse != NULL;
	free(mouse);
	s->direct_color = tigetflag("RGB") > 0 || tigetnum("RGB") > 0;
	s->caps = (struct caps){ .off = s->texts[T_OFF],
		.bold = s->texts[T_BOLD],
		.dim = s->texts[T_DIM],
		.underline = s->texts[T_UNDERLINE],
		.reverse = s->texts[T_REVERSE],
		.wipe_tail = s->texts[T_WIPE_TAIL],
		.wipe_all = s->texts[T_WIPE_ALL],
		.hide = s->texts[T_HIDE],
		.show = s->texts[T_SHOW],
		.insert = s->texts[T_INSERT],
		.move = move_cursor,
		.color = set_color,
		.ctx = s };
	s->caps.colors = color && s->texts[T_FG] != NULL && colors >= 8 ? colors : 0;
	s->caps.corner_scrolls = tigetflag("am") > 0 && tigetflag("xenl") <= 0;
	if (s->texts[T_MOVE] != NULL)
		s->caps.ansi_moves =
		    strcmp(tparm(s->texts[T_MOVE], 11L, 22L, 0L, 0L, 0L, 0L, 0L, 0L, 0L),
			"\033[12;23H") == 0;
}

/* What the terminal can do is copied; afterwards nothing of ncurses is left. */
static bool
learn(struct screen *s, const char *term, bool color, struct err *e)
{
	const char *name = term != NULL ? term : getenv("TERM");
	const char *shown = name != NULL ? name : "";

	if (!find_entry(name, s->terminal.out_fd) &&
	    !find_entry("xterm-256color", s->terminal.out_fd))
		return err_set(e, ERR_USAGE,
		    "the terminal \"%.40s\" is not known here: nothing was opened: set TERM "
		    "to one that is, such as xterm",
		    shown);
	read_caps(s, color);
	del_curterm(cur_term);
	if (s->texts[T_MOVE] != NULL)
		return true;
	return err_set(e, ERR_USAGE,
	    "the terminal \"%.40s\" cannot place its cursor: nothing was opened: use "
	    "--plain, or debrief do and show",
	    shown);
}

bool
screen_possible(const char *term)
{
	const char *name = term != NULL ? term : getenv("TERM");
	char cup[] = "cup";
	const char *move;
	bool can;

	/* A name that is not known is taken for xterm, as screen_open does. */
	if (!find_entry(name, STDOUT_FILENO) && !find_entry("xterm-256color", STDOUT_FILENO))
		return false;
	move = tigetstr(cup);
	can = move != NULL && move != (const char *)-1 && move[0] != '\0';
	del_curterm(cur_term);
	return can;
}

static void
add(struct screen *s, const char *text)
{
	if (text != NULL)
		buf_adds(&s->queue, text);
}

static void
enter_modes(struct screen *s)
{
	s->active = s->all = true;
	add(s, s->texts[T_ENTER]);
	if (!s->is_like_xterm)
		return;
	add(s, "\033[?2004h\033[?1004h");
	add(s, s->mouse ? "\033[?1000h\033[?1006h" : "");
}

static void
leave_modes(struct screen *s)
{
	s->active = s->is_waiting = false;
	if (s->is_like_xterm) {
		add(s, s->mouse ? "\033[?1006l\033[?1000l" : "");
		add(s, "\033[?1004l\033[?2004l");
	}
	emit_off(s->emit, &s->queue);
	move_cursor(s, &s->queue, s->rows - 1, 0);
	add(s, s->texts[T_WIPE_TAIL]);
	add(s, s->texts[T_SHOW]);
	add(s, s->texts[T_LEAVE]);
}

/* A terminal that is stopped or gone does not keep us for more than half a second. */
static void
flush_patiently(struct screen *s)
{
	for (int i = 0; i < LEAVE_TRIES && !screen_flush(s); i++)
		terminal_wait(&s->terminal, LEAVE_MS);
	buf_clear(&s->queue);
	s->sent = 0;
}

static void
screen_fini(struct screen *s)
{
	terminal_fini(&s->terminal);
	emit_free(s->emit);
	for (int i = 0; i < N_TEXTS; i++)
		free(s->texts[i]);
	canvas_free(s->shown);
	canvas_free(s->waiting);
	buf_fini(&s->queue);
	free(s);
}

struct screen *
screen_open(const struct screen_options *o, struct err *e)
{
	struct screen *s = mem_zero(1, sizeof *s);

	s->mouse = o->mouse;
	s->rows = 24;
	s->cols = 80;
	s->is_device = !o->raw_only_output;
	terminal_init(&s->terminal, o->in_fd, o->out_fd, s->is_device);
	if (!learn(s, o->term, o->color, e) ||
	    (s->is_device && !terminal_raw(&s->terminal, reset, e))) {
		screen_fini(s);
		return NULL;
	}
	screen_size(s, &s->rows, &s->cols);
	s->emit = emit_new(&s->caps, o->theme != NULL ? o->theme : &themes[0]);
	emit_size(s->emit, s->rows, s->cols);
	s->shown = canvas_new(s->rows, s->cols, false);
	s->waiting = canvas_new(0, 0, false);
	enter_modes(s);
	return s;
}

void
screen_close(struct screen *s)
{
	if (s == NULL)
		return;
	if (s->active) {
		leave_modes(s);
		flush_patiently(s);
	}
	screen_fini(s);
}

void
screen_size(const struct screen *s, int *rows, int *cols)
{
	*rows = s->rows;
	*cols = s->cols;
	terminal_size(&s->terminal, rows, cols);
}

void
screen_resize(struct screen *s, int rows, int cols)
{
	s->rows = rows;
	s->cols = cols;
	s->all = true;
	emit_size(s->emit, rows, cols);
}

void
screen_redraw(struct screen *s)
{
	s->all = true;
}

/* Between these marks a terminal that knows them shows nothing half done. */
static const char frame_begin[] = "\033[?2026h", frame_end[] = "\033[?2026l";

static void
queue_frame(struct screen *s, const struct canvas *c)
{
	size_t before = s->queue.len, begun;

	if (canvas_rows(s->shown) != canvas_rows(c) || canvas_cols(s->shown) != canvas_cols(c)) {
		canvas_resize(s->shown, canvas_rows(c), canvas_cols(c));
		s->all = true;
	}
	add(s, s->is_like_xterm ? frame_begin : "");
	begun = s->queue.len;
	emit_frame(s->emit, &s->queue, s->shown, c, s->all);
	if (s->queue.len == begun) {
		s->queue.len = before;
		if (s->queue.data != NULL)
			s->queue.data[before] = '\0';
		return;
	}
	add(s, s->is_like_xterm ? frame_end : "");
	s->all = false;
	s->frame_queued = true;
	canvas_copy(s->shown, c);
}

void
screen_draw(struct screen *s, const struct canvas *c)
{
	if (!s->active)
		return;
	if (!s->frame_queued) {
		queue_frame(s, c);
		return;
	}
	canvas_copy(s->waiting, c);
	s->is_waiting = true;
}

bool
screen_flush(struct screen *s)
{
	for (;;) {
		size_t before = s->sent;
		enum terminal_wrote wrote = terminal_write(&s->terminal, &s->queue, &s->sent);

		s->written += s->sent - before;
		if (wrote == WROTE_SOME)
			return false;
		/* A terminal that is gone takes all in silence; reading from it says so. */
		buf_clear(&s->queue);
		s->sent = 0;
		s->frame_queued = false;
		if (!s->is_waiting || wrote == WROTE_GONE)
			return true;
		s->is_waiting = false;
		queue_frame(s, s->waiting);
	}
}

size_t
screen_pending(const struct screen *s)
{
	return s->queue.len - s->sent;
}

size_t
screen_bytes(const struct screen *s)
{
	return s->written;
}

void
screen_suspend(struct screen *s)
{
	if (!s->active)
		return;
	leave_modes(s);
	flush_patiently(s);
	terminal_cook(&s->terminal);
}

void
screen_resume(struct screen *s)
{
	/* After a stop that we did not make the modes may be anything: both are said again. */
	if (s->is_device) {
		terminal_cook(&s->terminal);
		terminal_raw(&s->terminal, reset, NULL);
	}
	enter_modes(s);
}

void
screen_set_theme(struct screen *s, const struct theme *t)
{
	emit_theme(s->emit, t);
	s->all = true;
}

void
screen_set_mouse(struct screen *s, bool on)
{
	if (s->mouse == on)
		return;
	s->mouse = on;
	if (s->active && s->is_like_xterm)
		add(s, on ? "\033[?1000h\033[?1006h" : "\033[?1006l\033[?1000l");
}

void
screen_copy(struct screen *s, const char *text)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t len = strlen(text);

	if (!s->is_like_xterm || !s->active)
		return;
	if (len > COPY_MAX)
		for (len = COPY_MAX; len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80;)
			len--;
	add(s, "\033]52;c;");
	for (size_t i = 0; i < len; i += 3) {
		unsigned v = 0;
		for (size_t j = 0; j < 3; j++)
			v = v << 8 | (i + j < len ? (unsigned char)text[i + j] : 0u);
		for (size_t j = 0; j < 4; j++)
			buf_addc(&s->queue, i + j > len ? '=' : digits[v >> (18 - 6 * j) & 63]);
	}
	buf_addc(&s->queue, '\a');
}

void
screen_bell(struct screen *s)
{
	if (s->active)
		buf_addc(&s->queue, '\a');
}
