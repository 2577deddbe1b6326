/* Many terminals at once, each with a process of its own, and when each came to show something.
 * What is looked for is a token: one CJK character that is used once, so that whatever a screen
 * draws over, it has to be written. */
#ifndef BENCH_WALL_H
#define BENCH_WALL_H

#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/bench.h"

enum { TOKEN_FIRST = 0x4e00, TOKEN_LAST = 0x9eff, WALL_GIVE_UP_MS = 10000 };

struct screen {
	int fd;
	pid_t pid;
	unsigned state;	 /* the bytes before, of a character cut in two */
	unsigned token;	 /* the last one that came */
	double token_ms; /* when */
	size_t bytes;	 /* since wall_mark */
	bool asleep;	 /* not waited for */
};
struct wall {
	struct screen *v;
	size_t n;
	int poll_fd;
};

struct token {
	unsigned c;
	char text[4];
};

static inline struct token
token_of(unsigned count)
{
	struct token t = { .c = TOKEN_FIRST + count % (TOKEN_LAST - TOKEN_FIRST) };

	t.text[0] = (char)(0xe0 | t.c >> 12);
	t.text[1] = (char)(0x80 | (t.c >> 6 & 0x3f));
	t.text[2] = (char)(0x80 | (t.c & 0x3f));
	return t;
}

static inline void
screen_take(struct screen *s, const unsigned char *bytes, size_t n, double now)
{
	unsigned state = s->state;

	for (size_t i = 0; i < n; i++) {
		state = (state << 8 | bytes[i]) & 0xffffff;
		if ((state & 0xf0c0c0) == 0xe08080) {
			unsigned c = (state >> 4 & 0xf000) | (state >> 2 & 0xfc0) | (state & 0x3f);
			if (c >= TOKEN_FIRST && c <= TOKEN_LAST && c != s->token) {
				s->token = c;
				s->token_ms = now;
			}
		}
	}
	s->state = state;
	s->bytes += n;
}

/* What comes within `ms`; false: nothing did. */
static inline bool
wall_read(struct wall *w, int ms)
{
	struct epoll_event ready[64];
	int n = epoll_wait(w->poll_fd, ready, 64, ms);

	for (int i = 0; i < n; i++) {
		struct screen *s = &w->v[ready[i].data.u64];
		unsigned char bytes[65536];
		ssize_t got = read(s->fd, bytes, sizeof bytes);
		if (got > 0) {
			screen_take(s, bytes, (size_t)got, bench_ms());
		} else {
			fprintf(stderr, "screen %d of %zu is gone\n", (int)(s - w->v), w->n);
			epoll_ctl(w->poll_fd, EPOLL_CTL_DEL, s->fd, NULL);
		}
	}
	return n > 0;
}

static inline void
wall_settle(struct wall *w, int ms)
{
	double until = bench_ms() + WALL_GIVE_UP_MS;

	while (wall_read(w, ms) && bench_ms() < until)
		;
}

/* One more, running `cmd`. */
static inline void
wall_add(struct wall *w, const char *const *cmd, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
	struct epoll_event in = { .events = EPOLLIN };
	struct screen *s;

	if (w->n % 64 == 0)
		w->v = realloc(w->v, (w->n + 64) * sizeof *w->v);
	if (w->n == 0)
		w->poll_fd = epoll_create1(EPOLL_CLOEXEC);
	s = &w->v[w->n];
	*s = (struct screen){ 0 };
	s->pid = forkpty(&s->fd, NULL, NULL, &size);
	if (s->pid == 0) {
		for (int fd = 3; fd < 1024; fd++)
			close(fd);
		setenv("TERM", "xterm-256color", 1);
		unsetenv("TMUX");
		execvp(cmd[0], (char *const *)(uintptr_t)cmd);
		_exit(127);
	}
	in.data.u64 = w->n++;
	epoll_ctl(w->poll_fd, EPOLL_CTL_ADD, s->fd, &in);
}

static inline void
wall_stop(struct wall *w)
{
	for (size_t i = 0; i < w->n; i++) {
		close(w->v[i].fd);
		kill(w->v[i].pid, SIGKILL);
		waitpid(w->v[i].pid, NULL, 0);
	}
	if (w->n > 0)
		close(w->poll_fd);
	free(w->v);
	*w = (struct wall){ 0 };
}

static inline void
wall_mark(struct wall *w)
{
	for (size_t i = 0; i < w->n; i++)
		w->v[i].bytes = 0;
}

static inline size_t
wall_bytes(const struct wall *w)
{
	size_t sum = 0;

	for (size_t i = 0; i < w->n; i++)
		sum += w->v[i].bytes;
	return sum;
}

static inline void
wall_type(struct wall *w, size_t i, const char *keys)
{
	size_t len = strlen(keys);

	if (write(w->v[i].fd, keys, len) != (ssize_t)len)
		fprintf(stderr, "screen %zu does not take keys\n", i);
}

/* Typed, and waited until the screen said something to it, however busy the machine is. */
static inline void
wall_type_seen(struct wall *w, size_t i, const char *keys)
{
	double until = bench_ms() + 2000;
	size_t before = w->v[i].bytes;

	wall_type(w, i, keys);
	while (w->v[i].bytes == before && bench_ms() < until)
		wall_read(w, 50);
	wall_settle(w, 20);
}

/* Until each has said something since wall_mark, then until it is quiet; `ms` at most for the
 * first. */
static inline void
wall_all_said(struct wall *w, int ms)
{
	double until = bench_ms() + ms;
	size_t at = 0;

	while (at < w->n && bench_ms() < until) {
		while (at < w->n && w->v[at].bytes > 0)
			at++;
		wall_read(w, 20);
	}
	wall_settle(w, 40);
}

/* The moment the last of those awake came to show `t`; 0 when one does not. */
static inline double
wall_until(struct wall *w, struct token t)
{
	double until = bench_ms() + WALL_GIVE_UP_MS, last = 0;
	size_t at = 0; /* all before it show it */

	while (bench_ms() < until) {
		for (; at < w->n && (w->v[at].asleep || w->v[at].token == t.c); at++)
			if (!w->v[at].asleep && w->v[at].token_ms > last)
				last = w->v[at].token_ms;
		if (at == w->n)
			return last;
		wall_read(w, 200);
	}
	return 0;
}

/* Once nothing comes for `ms`: the moment the last of those awake came to show what all of them
 * show; 0 when they do not agree. */
static inline double
wall_agree(struct wall *w, int ms)
{
	double last = 0;
	size_t other = 0;

	wall_settle(w, ms);
	for (size_t i = 0; i < w->n; i++)
		other += w->v[i].token == 0 || w->v[i].token != w->v[0].token;
	if (other > 0) {
		fprintf(
		    stderr, "%zu of %zu screens show something else than the first\n", other, w->n);
		return 0;
	}
	for (size_t i = 0; i < w->n; i++) {
		if (w->v[i].token_ms > last)
			last = w->v[i].token_ms;
	}
	return last;
}

#endif
