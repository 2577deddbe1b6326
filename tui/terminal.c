#include "tui/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* What POLLOUT promises at least, on pipes as on terminals. */
enum { CHUNK = 4096 };

static const int crash_signals[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL };
enum { N_CRASH = sizeof crash_signals / sizeof *crash_signals };

/* What a crash needs; its handler can reach nothing else. */
static struct sigaction crash_before[N_CRASH];
static struct termios crash_termios;
static const char *crash_reset;
static volatile sig_atomic_t crash_in = -1, crash_out = -1;

static void
crash_handler(int signo)
{
	int in = crash_in, out = crash_out;

	crash_in = crash_out = -1;
	if (out >= 0 && write(out, crash_reset, strlen(crash_reset)) < 0)
		out = -1;
	if (in >= 0)
		tcsetattr(in, TCSANOW, &crash_termios);
	for (int i = 0; i < N_CRASH; i++)
		sigaction(crash_signals[i], &crash_before[i], NULL);
	raise(signo);
}

static void
crash_guard(const struct terminal *t, const char *reset)
{
	struct sigaction sa = { .sa_handler = crash_handler };
	bool was_on = crash_out >= 0;

	crash_reset = reset;
	crash_termios = t->before;
	crash_in = t->in_fd;
	crash_out = t->out_fd;
	sigemptyset(&sa.sa_mask);
	for (int i = 0; i < N_CRASH && !was_on; i++)
		sigaction(crash_signals[i], &sa, &crash_before[i]);
}

static void
crash_relax(void)
{
	if (crash_out < 0)
		return;
	crash_in = crash_out = -1;
	for (int i = 0; i < N_CRASH; i++)
		sigaction(crash_signals[i], &crash_before[i], NULL);
}

/* Whoever started us shares out_fd and must not find it non-blocking: what we open ourselves is
 * ours alone. */
static int
open_own(int fd)
{
	struct stat a, b;
	char name[256];
	int own;

	if (ttyname_r(fd, name, sizeof name) != 0)
		return fd;
	own = open(name, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (own < 0)
		return fd;
	if (fstat(fd, &a) == 0 && fstat(own, &b) == 0 && S_ISCHR(b.st_mode) &&
	    a.st_rdev == b.st_rdev)
		return own;
	close(own);
	return fd;
}

void
terminal_init(struct terminal *t, int in_fd, int out_fd, bool is_device)
{
	*t = (struct terminal){ .in_fd = in_fd, .out_fd = out_fd };
	t->write_fd = is_device ? open_own(out_fd) : out_fd;
}

void
terminal_fini(struct terminal *t)
{
	terminal_cook(t);
	if (t->write_fd != t->out_fd)
		close(t->write_fd);
	t->write_fd = -1;
}

bool
terminal_raw(struct terminal *t, const char *reset, struct err *e)
{
	struct termios raw;

	if (t->is_raw)
		return true;
	if (!isatty(t->out_fd) || tcgetattr(t->in_fd, &t->before) != 0)
		return err_set(e, ERR_USAGE,
		    "this is no terminal: nothing was opened: debrief do, show and render "
		    "need none");
	raw = t->before;
	raw.c_iflag &= ~(tcflag_t)(IGNBRK | BRKINT | PARMRK | INPCK | ISTRIP | INLCR | IGNCR |
				   ICRNL | IXON | IXOFF);
	raw.c_oflag &= ~(tcflag_t)OPOST;
	raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
	raw.c_cflag = (raw.c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	if (tcsetattr(t->in_fd, TCSANOW, &raw) != 0)
		return err_set(e, ERR_USAGE,
		    "the terminal does not give its keys one by one (%s): nothing was "
		    "opened: try another terminal",
		    strerror(errno));
	t->is_raw = true;
	crash_guard(t, reset);
	return true;
}

void
terminal_cook(struct terminal *t)
{
	if (!t->is_raw)
		return;
	tcsetattr(t->in_fd, TCSANOW, &t->before);
	t->is_raw = false;
	crash_relax();
}

bool
terminal_size(const struct terminal *t, int *rows, int *cols)
{
	struct winsize w = { 0 };

	if (ioctl(t->out_fd, TIOCGWINSZ, &w) != 0 || w.ws_row == 0 || w.ws_col == 0)
		return false;
	*rows = w.ws_row;
	*cols = w.ws_col;
	return true;
}

enum terminal_wrote
terminal_write(struct terminal *t, const struct buf *b, size_t *sent)
{
	bool never_blocks = t->write_fd != t->out_fd;

	while (*sent < b->len) {
		struct pollfd p = { .fd = t->write_fd, .events = POLLOUT };
		size_t len = b->len - *sent;
		ssize_t n;
		if (!never_blocks) {
			len = len < CHUNK ? len : CHUNK;
			if (poll(&p, 1, 0) <= 0 || p.revents == 0)
				return WROTE_SOME;
		}
		n = write(t->write_fd, b->data + *sent, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return WROTE_SOME;
		if (n < 0)
			return WROTE_GONE;
		*sent += (size_t)n;
	}
	return WROTE_ALL;
}

void
terminal_wait(struct terminal *t, int ms)
{
	struct pollfd p = { .fd = t->write_fd, .events = POLLOUT };

	poll(&p, 1, ms);
}
