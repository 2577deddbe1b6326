#include "base/loop.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/when.h"

enum { MAX_SIGNAL = 65 };

struct watch {
	loop_fd_fn *fn;
	void *ctx;
	int what;
	int slot;	/* in polls, or -1 */
	uint64_t since; /* tells this watch from an earlier one of the same descriptor */
};

struct timer {
	int64_t at_ms;
	uint64_t handle;
	loop_timer_fn *fn;
	void *ctx;
};

struct on_signal {
	loop_signal_fn *fn;
	void *ctx;
	struct sigaction before;
};

struct loop {
	struct pollfd *polls;
	size_t n_polls, cap_polls;
	struct watch *watches; /* by descriptor */
	size_t n_watches;
	struct timer *timers; /* a heap, earliest first */
	size_t n_timers, cap_timers;
	uint64_t last_handle, last_watch;
	struct on_signal *signals;
	int pipe[2];
	loop_timer_fn *round;
	void *round_ctx;
	bool stopped;
};

/* A handler can reach nothing else. One loop of a process at a time takes signals. */
static volatile sig_atomic_t signal_pipe = -1;

static void
on_any_signal(int signo)
{
	int before = errno;
	unsigned char byte = (unsigned char)signo;

	if (signal_pipe >= 0 && write(signal_pipe, &byte, 1) < 0)
		errno = 0; /* full: one is under way already */
	errno = before;
}

struct loop *
loop_new(void)
{
	struct loop *l = mem_zero(1, sizeof *l);

	l->pipe[0] = l->pipe[1] = -1;
	return l;
}

void
loop_free(struct loop *l)
{
	if (l == NULL)
		return;
	for (int i = 0; l->signals != NULL && i < MAX_SIGNAL; i++)
		if (l->signals[i].fn != NULL)
			sigaction(i, &l->signals[i].before, NULL);
	if (l->pipe[1] >= 0) {
		if (signal_pipe == l->pipe[1])
			signal_pipe = -1;
		close(l->pipe[0]);
		close(l->pipe[1]);
	}
	free(l->signals);
	free(l->polls);
	free(l->watches);
	free(l->timers);
	free(l);
}

static struct watch *
watch_of(struct loop *l, int fd)
{
	assert(fd >= 0);
	if ((size_t)fd >= l->n_watches) {
		size_t n = (size_t)fd + 16 + l->n_watches / 2;
		l->watches = mem_resize(l->watches, n, sizeof *l->watches);
		for (size_t i = l->n_watches; i < n; i++)
			l->watches[i] = (struct watch){ .slot = -1 };
		l->n_watches = n;
	}
	return &l->watches[fd];
}

void
loop_watch(struct loop *l, int fd, int what, loop_fd_fn *fn, void *ctx)
{
	struct watch *w = watch_of(l, fd);

	w->fn = fn;
	w->ctx = ctx;
	w->what = what;
	if (w->slot < 0) {
		VEC_ROOM(l->polls, l->n_polls, l->cap_polls);
		w->slot = (int)l->n_polls++;
		w->since = ++l->last_watch;
		l->polls[w->slot] = (struct pollfd){ .fd = fd };
	}
	l->polls[w->slot].events =
	    (short)((what & LOOP_READ ? POLLIN : 0) | (what & LOOP_WRITE ? POLLOUT : 0));
}

void
loop_unwatch(struct loop *l, int fd)
{
	struct watch *w;
	int slot, last;

	if (fd < 0 || (size_t)fd >= l->n_watches || l->watches[fd].slot < 0)
		return;
	w = &l->watches[fd];
	slot = w->slot;
	last = (int)--l->n_polls;
	if (slot != last) {
		l->polls[slot] = l->polls[last];
		l->watches[l->polls[slot].fd].slot = slot;
	}
	*w = (struct watch){ .slot = -1 };
}

/* Those of the same moment fire in the order they were asked for. */
static bool
timer_before(const struct timer *a, const struct timer *b)
{
	return a->at_ms != b->at_ms ? a->at_ms < b->at_ms : a->handle < b->handle;
}

static void
timer_up(struct loop *l, size_t i)
{
	while (i > 0 && timer_before(&l->timers[i], &l->timers[(i - 1) / 2])) {
		struct timer t = l->timers[i];
		l->timers[i] = l->timers[(i - 1) / 2];
		l->timers[(i - 1) / 2] = t;
		i = (i - 1) / 2;
	}
}

static void
timer_down(struct loop *l, size_t i)
{
	for (;;) {
		size_t least = i, left = 2 * i + 1;
		struct timer t;
		for (size_t j = left; j < left + 2 && j < l->n_timers; j++)
			if (timer_before(&l->timers[j], &l->timers[least]))
				least = j;
		if (least == i)
			return;
		t = l->timers[i];
		l->timers[i] = l->timers[least];
		l->timers[least] = t;
		i = least;
	}
}

uint64_t
loop_after(struct loop *l, int in_ms, loop_timer_fn *fn, void *ctx)
{
	VEC_ROOM(l->timers, l->n_timers, l->cap_timers);
	l->timers[l->n_timers] =
	    (struct timer){ clock_mono_ms() + (in_ms > 0 ? in_ms : 0), ++l->last_handle, fn, ctx };
	timer_up(l, l->n_timers++);
	return l->last_handle;
}

static void
timer_remove(struct loop *l, size_t i)
{
	l->timers[i] = l->timers[--l->n_timers];
	if (i < l->n_timers) {
		timer_up(l, i);
		timer_down(l, i);
	}
}

void
loop_cancel(struct loop *l, uint64_t timer)
{
	if (timer == 0)
		return;
	for (size_t i = 0; i < l->n_timers; i++)
		if (l->timers[i].handle == timer) {
			timer_remove(l, i);
			return;
		}
}

static void
read_signals(void *ctx, int fd, int ready)
{
	struct loop *l = ctx;
	unsigned char bytes[64];
	ssize_t n = read(fd, bytes, sizeof bytes);

	(void)ready;
	for (ssize_t i = 0; i < n; i++)
		if (bytes[i] < MAX_SIGNAL && l->signals[bytes[i]].fn != NULL)
			l->signals[bytes[i]].fn(l->signals[bytes[i]].ctx, bytes[i]);
}

static void
signals_begin(struct loop *l)
{
	l->signals = mem_zero(MAX_SIGNAL, sizeof *l->signals);
	if (pipe(l->pipe) != 0)
		abort();
	for (int i = 0; i < 2; i++) {
		fcntl(l->pipe[i], F_SETFD, FD_CLOEXEC);
		fcntl(l->pipe[i], F_SETFL, O_NONBLOCK);
	}
	loop_watch(l, l->pipe[0], LOOP_READ, read_signals, l);
	signal_pipe = l->pipe[1];
}

void
loop_signal(struct loop *l, int signo, loop_signal_fn *fn, void *ctx)
{
	struct sigaction sa = { .sa_handler = on_any_signal, .sa_flags = SA_RESTART };

	if (l->signals == NULL)
		signals_begin(l);
	assert(signo > 0 && signo < MAX_SIGNAL);
	sigemptyset(&sa.sa_mask);
	if (l->signals[signo].fn == NULL)
		sigaction(signo, &sa, &l->signals[signo].before);
	l->signals[signo].fn = fn;
	l->signals[signo].ctx = ctx;
}

void
loop_each_round(struct loop *l, loop_timer_fn *fn, void *ctx)
{
	l->round = fn;
	l->round_ctx = ctx;
}

static int
wait_ms(const struct loop *l, int max_ms)
{
	int64_t ms;

	if (l->n_timers == 0)
		return max_ms;
	ms = l->timers[0].at_ms - clock_mono_ms();
	if (ms < 0)
		ms = 0;
	return max_ms >= 0 && ms > max_ms ? max_ms : ms > 3600000 ? 3600000 : (int)ms;
}

static int
ready_of(int revents)
{
	return (revents & (POLLIN | POLLHUP) ? LOOP_READ : 0) |
	       (revents & POLLOUT ? LOOP_WRITE : 0) |
	       (revents & (POLLERR | POLLNVAL | POLLHUP) ? LOOP_ERROR : 0);
}

/* Callbacks may add, remove and reuse descriptors: what is ready is noted first, and each is looked
 * up anew before its call, so that nobody hears of a descriptor he no longer, or newly, owns. */
static void
handle_ready(struct loop *l, int n)
{
	struct ready {
		int fd, what;
		uint64_t since;
	} *ready = mem_alloc((size_t)n * sizeof *ready);
	int have = 0;

	for (size_t i = 0; i < l->n_polls && have < n; i++) {
		int fd = l->polls[i].fd, what = ready_of(l->polls[i].revents);
		if (what != 0)
			ready[have++] = (struct ready){ fd, what, l->watches[fd].since };
	}
	for (int i = 0; i < have; i++) {
		struct watch w = l->watches[ready[i].fd];
		int what = ready[i].what & (w.what | LOOP_ERROR);
		if (w.slot >= 0 && w.since == ready[i].since && what != 0)
			w.fn(w.ctx, ready[i].fd, what);
	}
	free(ready);
}

static void
fire_timers(struct loop *l)
{
	int64_t now = clock_mono_ms();
	uint64_t newest = l->last_handle;

	while (l->n_timers > 0 && l->timers[0].at_ms <= now) {
		struct timer t = l->timers[0];
		if (t.handle > newest)
			break; /* made by one of these: next round */
		timer_remove(l, 0);
		t.fn(t.ctx);
	}
}

void
loop_once(struct loop *l, int max_ms)
{
	int n = poll(l->polls, (nfds_t)l->n_polls, wait_ms(l, max_ms));

	/* A signal: its byte is in the pipe by now. */
	if (n < 0 && errno == EINTR)
		n = poll(l->polls, (nfds_t)l->n_polls, 0);
	if (n > 0)
		handle_ready(l, n);
	fire_timers(l);
	if (l->round != NULL)
		l->round(l->round_ctx);
}

void
loop_run(struct loop *l)
{
	while (!l->stopped)
		loop_once(l, -1);
	l->stopped = false;
}

void
loop_stop(struct loop *l)
{
	l->stopped = true;
}
