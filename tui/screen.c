#define NCURSES_NOMACROS /* move, clear and others are names here */
#include "tui/screen.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"
#include "tui/emit.h"

enum { CHUNK = 16384, COPY_MAX = 64 * 1024 };

struct screen {
	int in_fd, out_fd;
	bool raw; /* termios was changed */
	struct termios before;
	TERMINAL *terminal;
	struct caps caps;
	char *texts[9]; /* what caps points to */
	const char *enter, *leave, *setaf, *setab;
	bool direct, color, mouse;
	const struct theme *theme;
	struct canvas *shown, *waiting;
	struct pen pen;
	bool all, is_waiting;
	int rows, cols;
	struct buf out;
	size_t written;
};

/* For the handler of a crash, which can reach nothing else. */
static struct termios crash_termios;
static volatile sig_atomic_t crash_fd = -1;
static const char crash_reset[] = "\033[?2026l\033[?2004l\033[?1000l\033[?1006l\033[0m\033[?25h\033[?1049l\r\n";
static const int crash_signals[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL };
enum { N_CRASH = sizeof crash_signals / sizeof *crash_signals };

static void
crash_handler(int signo)
{
	int fd = crash_fd;

	if (fd >= 0) {
		if (write(fd, crash_reset, sizeof crash_reset - 1) < 0)
			fd = crash_fd;
		tcsetattr(fd, TCSANOW, &crash_termios);
	}
	signal(signo, SIG_DFL);
	raise(signo);
}

static void
crash_guard(const struct screen *s, bool on)
{
	crash_termios = s->before;
	crash_fd = on ? s->out_fd : -1;
	for (int i = 0; i < N_CRASH; i++)
		signal(crash_signals[i], on ? crash_handler : SIG_DFL);
}

static const char *
cap(const char *name)
{
	char copy[16];
	char *v;

	strcpy(copy, name);
	v = tigetstr(copy);
	return v == NULL || v == (char *)-1 ? NULL : v;
}

/* Terminfo texts may hold padding ("$<5>"), which no terminal of today needs. */
static void
add_unpadded(struct buf *out, const char *text)
{
	for (; text != NULL && *text != '\0'; text++) {
		const char *end = text[0] == '$' && text[1] == '<' ? strchr(text, '>') : NULL;
		if (end != NULL)
			text = end;
		else
			buf_addc(out, *text);
	}
}

static char *
cap_text(const char *name)
{
	const char *v = cap(name);
	struct buf b = { 0 };

	if (v == NULL)
		return NULL;
	add_unpadded(&b, v);
	return buf_take(&b);
}

static void
move_cursor(void *ctx, struct buf *out, int y, int x)
{
	(void)ctx;
	add_unpadded(out, tparm(cap("cup"), y, x, 0, 0, 0, 0, 0, 0, 0));
}

/* The nearest of the 8 or 16 colors of a small terminal. */
static int
small_color(int color, int colors)
{
	unsigned char rgb[3];
	int most, code;

	theme_rgb(color, rgb);
	most = rgb[0] > rgb[1] ? rgb[0] : rgb[1];
	most = rgb[2] > most ? rgb[2] : most;
	code = (rgb[0] * 3 > most * 2 ? 1 : 0) | (rgb[1] * 3 > most * 2 ? 2 : 0) |
	       (rgb[2] * 3 > most * 2 ? 4 : 0);
	return most < 40 ? 0 : colors >= 16 && most > 200 && code != 7 ? code + 8 : code;
}

static void
set_color(void *ctx, struct buf *out, bool ground, int color)
{
	struct screen *s = ctx;
	const char *form = ground ? s->setab : s->setaf;
	unsigned char rgb[3];
	long value = color;

	if (form == NULL)
		return;
	theme_rgb(color, rgb);
	if (s->direct)
		value = rgb[0] << 16 | rgb[1] << 8 | rgb[2];
	else if (s->caps.colors < 256)
		value = small_color(color, s->caps.colors);
	add_unpadded(out, tparm(form, value, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L));
}

static bool
find_terminal(struct screen *s, const char *term, struct err *e)
{
	const char *name = term != NULL ? term : getenv("TERM");
	int why;
	bool known = name != NULL && name[0] != '\0' && setupterm(name, s->out_fd, &why) == OK;

	if (!known && setupterm("xterm-256color", s->out_fd, &why) != OK)
		return err_set(e, ERR_USAGE, "the terminal %.40s is not known here: nothing was opened: set TERM to "
			"one that is, such as xterm", name ? name : "");
	s->terminal = cur_term;
	if (cap("cup") != NULL)
		return true;
	del_curterm(s->terminal);
	s->terminal = NULL;
	return err_set(e, ERR_USAGE, "the terminal %.40s cannot place its cursor: nothing was opened: debrief do and "
		"debrief show need none", name ? name : "");
}

static void
read_caps(struct screen *s)
{
	static const char *const caps_names[] = { "sgr0", "bold", "dim", "smul", "rev", "el", "clear", "civis",
		"cnorm" };
	const char **into[] = { &s->caps.off, &s->caps.bold, &s->caps.dim, &s->caps.underline, &s->caps.reverse,
		&s->caps.wipe_tail, &s->caps.wipe_all, &s->caps.hide, &s->caps.show };
	int colors = tigetnum("colors");

	for (size_t i = 0; i < 9; i++)
		*into[i] = s->texts[i] = cap_text(caps_names[i]);
	s->enter = cap("smcup");
	s->leave = cap("rmcup");
	s->setaf = cap("setaf");
	s->setab = cap("setab");
	s->direct = tigetflag("RGB") > 0 && colors > 256;
	s->caps.colors = s->color && s->setaf != NULL && colors > 0 ? colors : 0;
	s->caps.last_cell_scrolls = tigetflag("am") > 0 && tigetflag("xenl") <= 0;
	s->caps.move = move_cursor;
	s->caps.color = set_color;
	s->caps.ctx = s;
}

static void
enter_modes(struct screen *s)
{
	add_unpadded(&s->out, s->enter);
	buf_adds(&s->out, "\033[?2004h");
	if (s->mouse)
		buf_adds(&s->out, "\033[?1000h\033[?1006h");
	s->all = true;
}

static void
leave_modes(struct screen *s)
{
	if (s->mouse)
		buf_adds(&s->out, "\033[?1006l\033[?1000l");
	buf_adds(&s->out, "\033[?2004l");
	if (s->caps.off != NULL)
		buf_adds(&s->out, s->caps.off);
	if (s->caps.show != NULL)
		buf_adds(&s->out, s->caps.show);
	move_cursor(s, &s->out, s->rows - 1, 0);
	add_unpadded(&s->out, s->leave);
}

/* Keys one by one; flow and job control are ours to answer. */
static bool
make_raw(struct screen *s, struct err *e)
{
	struct termios raw;

	if (tcgetattr(s->in_fd, &s->before) != 0)
		return err_set(e, ERR_USAGE, "this is no terminal: nothing was opened: debrief do and debrief show need "
			"none");
	raw = s->before;
	raw.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON | IXOFF);
	raw.c_oflag &= ~(tcflag_t)OPOST;
	raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
	raw.c_cflag = (raw.c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(s->in_fd, TCSADRAIN, &raw);
	s->raw = true;
	crash_guard(s, true);
	return true;
}

struct screen *
screen_open(const struct screen_options *o, struct err *e)
{
	struct screen *s = mem_zero(1, sizeof *s);

	s->in_fd = o->in_fd;
	s->out_fd = o->out_fd;
	s->color = o->color;
	s->mouse = o->mouse;
	s->theme = o->theme != NULL ? o->theme : &themes[0];
	s->rows = 24;
	s->cols = 80;
	s->pen = (struct pen){ -1, -1, -1, -1 };
	if (!find_terminal(s, o->term, e) || (!o->raw_only_output && !make_raw(s, e))) {
		if (s->terminal != NULL)
			del_curterm(s->terminal);
		free(s);
		return NULL;
	}
	read_caps(s);
	s->shown = canvas_new(s->rows, s->cols, false);
	s->waiting = canvas_new(1, 1, false);
	enter_modes(s);
	return s;
}

static void
flush_all(struct screen *s)
{
	struct pollfd p = { .fd = s->out_fd, .events = POLLOUT };

	/* A terminal that is gone or stopped does not keep us. */
	for (int tries = 0; !screen_flush(s) && tries < 20; tries++)
		poll(&p, 1, 50);
}

void
screen_close(struct screen *s)
{
	if (s == NULL)
		return;
	leave_modes(s);
	s->is_waiting = false;
	flush_all(s);
	if (s->raw) {
		tcsetattr(s->in_fd, TCSADRAIN, &s->before);
		crash_guard(s, false);
	}
	for (size_t i = 0; i < 9; i++)
		free(s->texts[i]);
	del_curterm(s->terminal);
	canvas_free(s->shown);
	canvas_free(s->waiting);
	buf_fini(&s->out);
	free(s);
}

void
screen_size(const struct screen *s, int *rows, int *cols)
{
	struct winsize w = { 0 };

	*rows = s->rows;
	*cols = s->cols;
	if (ioctl(s->out_fd, TIOCGWINSZ, &w) == 0 && w.ws_row > 0 && w.ws_col > 0) {
		*rows = w.ws_row;
		*cols = w.ws_col;
	}
}

void
screen_resize(struct screen *s, int rows, int cols)
{
	s->rows = rows;
	s->cols = cols;
	s->all = true;
}

void
screen_redraw(struct screen *s)
{
	s->all = true;
}

static void
emit_frame(struct screen *s, const struct canvas *c)
{
	size_t before = s->out.len, begun;

	if (canvas_rows(s->shown) != canvas_rows(c) || canvas_cols(s->shown) != canvas_cols(c)) {
		canvas_resize(s->shown, canvas_rows(c), canvas_cols(c));
		s->all = true;
	}
	/* The terminal shows the whole frame at once where it knows this mode. */
	buf_adds(&s->out, "\033[?2026h");
	begun = s->out.len;
	emit_difference(&s->out, &s->caps, s->theme, &s->pen, s->shown, c, s->all);
	if (s->out.len == begun) {
		s->out.len = before;
		s->out.data[before] = '\0';
		return;
	}
	buf_adds(&s->out, "\033[?2026l");
	s->all = false;
	canvas_copy(s->shown, c);
}

void
screen_draw(struct screen *s, const struct canvas *c)
{
	if (s->out.len > 0 && s->written > 0 && !s->all) {
		canvas_copy(s->waiting, c); /* only the newest counts while the terminal is slow */
		s->is_waiting = true;
		return;
	}
	emit_frame(s, c);
}

bool
screen_flush(struct screen *s)
{
	for (;;) {
		struct pollfd p = { .fd = s->out_fd, .events = POLLOUT };
		size_t len = s->out.len < CHUNK ? s->out.len : CHUNK;
		ssize_t n;

		if (len == 0) {
			if (!s->is_waiting)
				return true;
			s->is_waiting = false;
			emit_frame(s, s->waiting);
			if (s->out.len == 0)
				return true;
			continue;
		}
		if (poll(&p, 1, 0) <= 0 || !(p.revents & POLLOUT))
			return (p.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0;
		n = write(s->out_fd, s->out.data, len);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			return false;
		if (n < 0) { /* the terminal is gone; reading from it will say so */
			buf_clear(&s->out);
			return true;
		}
		s->written += (size_t)n;
		buf_cut_front(&s->out, (size_t)n);
	}
}

size_t
screen_pending(const struct screen *s)
{
	return s->out.len;
}

size_t
screen_bytes(const struct screen *s)
{
	return s->written;
}

void
screen_suspend(struct screen *s)
{
	leave_modes(s);
	flush_all(s);
	if (s->raw)
		tcsetattr(s->in_fd, TCSADRAIN, &s->before);
}

void
screen_resume(struct screen *s)
{
	if (s->raw)
		make_raw(s, NULL);
	enter_modes(s);
}

void
screen_set_theme(struct screen *s, const struct theme *t)
{
	s->theme = t;
	s->all = true;
}

void
screen_copy(struct screen *s, const char *text)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t len = strlen(text) < COPY_MAX ? strlen(text) : COPY_MAX;

	buf_adds(&s->out, "\033]52;c;");
	for (size_t i = 0; i < len; i += 3) {
		unsigned v = 0;
		for (size_t j = 0; j < 3; j++)
			v = v << 8 | (i + j < len ? (unsigned char)text[i + j] : 0);
		for (size_t j = 0; j < 4; j++)
			buf_addc(&s->out, i + j > len ? '=' : digits[v >> (18 - 6 * j) & 63]);
	}
	buf_addc(&s->out, '\a');
}

void
screen_bell(struct screen *s)
{
	buf_addc(&s->out, '\a');
}
