#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/loop.h"
#include "base/when.h"
#include "tests/base/random.h"

/* What happened, in order, as text. */
struct notes {
	struct loop *loop;
	struct buf b;
	int fds[4];
	uint64_t timer;
};

static void
begin(struct notes *n)
{
	*n = (struct notes){ .loop = loop_new(), .fds = { -1, -1, -1, -1 } };
	buf_adds(&n->b, "");
}

static void
end(struct notes *n)
{
	for (int i = 0; i < 4; i++)
		if (n->fds[i] >= 0)
			close(n->fds[i]);
	loop_free(n->loop);
	buf_fini(&n->b);
}

static void
pairs(int fds[2])
{
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
}

static void
took(struct notes *n, const char *want)
{
	assert_string_equal(n->b.data, want);
	buf_clear(&n->b);
}

static void
note_fd(void *ctx, int fd, int ready)
{
	struct notes *n = ctx;

	(void)fd;
	buf_addf(&n->b, "%s%s%s ", ready & LOOP_READ ? "r" : "", ready & LOOP_WRITE ? "w" : "",
	    ready & LOOP_ERROR ? "e" : "");
}

static void
tells_what_is_ready(void **state)
{
	struct notes n;

	(void)state;
	begin(&n);
	pairs(n.fds);
	loop_watch(n.loop, n.fds[0], LOOP_READ, note_fd, &n);
	loop_once(n.loop, 0);
	took(&n, "");
	assert_int_equal(write(n.fds[1], "x", 1), 1);
	loop_once(n.loop, -1);
	took(&n, "r ");
	loop_once(n.loop, -1); /* it was not read: still */
	took(&n, "r ");
	loop_watch(n.loop, n.fds[0], LOOP_READ | LOOP_WRITE, note_fd, &n);
	loop_once(n.loop, -1);
	took(&n, "rw ");
	loop_watch(n.loop, n.fds[0], 0, note_fd, &n);
	loop_once(n.loop, 0);
	took(&n, "");
	close(n.fds[1]);
	n.fds[1] = -1;
	loop_once(n.loop, -1);
	took(&n, "e ");
	loop_unwatch(n.loop, n.fds[0]);
	loop_unwatch(n.loop, n.fds[0]);
	loop_unwatch(n.loop, 12345);
	loop_unwatch(n.loop, -1);
	loop_once(n.loop, 0);
	took(&n, "");
	end(&n);
}

/* Whoever is called first takes the other away. */
static void
unwatch_the_other(void *ctx, int fd, int ready)
{
	struct notes *n = ctx;

	(void)ready;
	buf_adds(&n->b, "called ");
	loop_unwatch(n->loop, fd == n->fds[0] ? n->fds[2] : n->fds[0]);
}

static void
a_callback_may_unwatch_another(void **state)
{
	struct notes n;

	(void)state;
	begin(&n);
	pairs(n.fds);
	pairs(n.fds + 2);
	loop_watch(n.loop, n.fds[0], LOOP_READ, unwatch_the_other, &n);
	loop_watch(n.loop, n.fds[2], LOOP_READ, unwatch_the_other, &n);
	assert_int_equal(write(n.fds[1], "x", 1), 1);
	assert_int_equal(write(n.fds[3], "x", 1), 1);
	loop_once(n.loop, -1);
	took(&n, "called ");
	loop_once(n.loop, -1);
	took(&n, "called ");
	end(&n);
}

/* Closes the other and gives its number, callback and context to something that is not ready. */
static void
replace_the_other(void *ctx, int fd, int ready)
{
	struct notes *n = ctx;
	int other = fd == n->fds[0] ? n->fds[2] : n->fds[0], fresh[2];

	(void)ready;
	buf_adds(&n->b, "called ");
	pairs(fresh);
	loop_unwatch(n->loop, other);
	assert_int_equal(dup2(fresh[0], other), other);
	close(fresh[0]);
	close(n->fds[fd == n->fds[0] ? 3 : 1]);
	n->fds[fd == n->fds[0] ? 3 : 1] = fresh[1];
	loop_watch(n->loop, other, LOOP_READ, replace_the_other, n);
}

static void
a_new_owner_of_a_number_hears_nothing_old(void **state)
{
	struct notes n;

	(void)state;
	begin(&n);
	pairs(n.fds);
	pairs(n.fds + 2);
	loop_watch(n.loop, n.fds[0], LOOP_READ, replace_the_other, &n);
	loop_watch(n.loop, n.fds[2], LOOP_READ, replace_the_other, &n);
	assert_int_equal(write(n.fds[1], "x", 1), 1);
	assert_int_equal(write(n.fds[3], "x", 1), 1);
	loop_once(n.loop, -1);
	took(&n, "called ");
	end(&n);
}

static void
want_no_more(void *ctx, int fd, int ready)
{
	struct notes *n = ctx;

	note_fd(n, fd, ready);
	loop_watch(n->loop, n->fds[0], LOOP_WRITE, want_no_more, n);
	loop_watch(n->loop, n->fds[2], LOOP_WRITE, want_no_more, n);
}

/* Both can be read; after the first call both only want to write, and can, but were not asked so
 * yet. */
static void
what_is_no_longer_wanted_is_not_told(void **state)
{
	struct notes n;

	(void)state;
	begin(&n);
	pairs(n.fds);
	pairs(n.fds + 2);
	loop_watch(n.loop, n.fds[0], LOOP_READ, want_no_more, &n);
	loop_watch(n.loop, n.fds[2], LOOP_READ, want_no_more, &n);
	assert_int_equal(write(n.fds[1], "x", 1), 1);
	assert_int_equal(write(n.fds[3], "x", 1), 1);
	loop_once(n.loop, -1);
	took(&n, "r ");
	loop_once(n.loop, -1);
	took(&n, "w w ");
	end(&n);
}

static void
count_and_drain(void *ctx, int fd, int ready)
{
	int *count = ctx;
	char c;

	assert_true(ready & LOOP_READ);
	assert_int_equal(read(fd, &c, 1), 1);
	count[(unsigned char)c]++;
}

static void
hundreds_of_descriptors(void **state)
{
	enum { N = 600 };
	static int ends[N][2], counts[256];
	struct rlimit old, many;
	struct loop *l = loop_new();
	uint64_t seed = 1;
	int n = 0, total = 0;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	many = old;
	many.rlim_cur = many.rlim_max < 4096 ? many.rlim_max : 4096;
	setrlimit(RLIMIT_NOFILE, &many);
	for (; n < N && socketpair(AF_UNIX, SOCK_STREAM, 0, ends[n]) == 0; n++)
		loop_watch(l, ends[n][0], LOOP_READ, count_and_drain, counts);
	assert_true(n > 100);
	for (int round = 0; round < 20; round++) {
		char c = (char)round;
		for (int i = 0; i < n; i++)
			if (random_below(&seed, 3) == 0)
				total += (int)write(ends[i][1], &c, 1);
		loop_once(l, 0);
		for (int k = 0; k < 10; k++) { /* some leave, some of them come back */
			int i = random_below(&seed, n);
			loop_unwatch(l, ends[i][0]);
			loop_watch(l, ends[i][0], LOOP_READ, count_and_drain, counts);
		}
	}
	for (int i = 0; i < 256; i++)
		total -= counts[i];
	assert_int_equal(total, 0);
	for (int i = 0; i < n; i++) {
		close(ends[i][0]);
		close(ends[i][1]);
	}
	loop_free(l);
	setrlimit(RLIMIT_NOFILE, &old);
}

struct ring {
	struct notes *n;
	int name;
	uint64_t *cancels;
	int again_ms;
};

static void
ring(void *ctx)
{
	struct ring *r = ctx;

	buf_addf(&r->n->b, "%d ", r->name);
	if (r->cancels != NULL)
		loop_cancel(r->n->loop, *r->cancels);
	if (r->again_ms >= 0) {
		int ms = r->again_ms;
		r->again_ms = -1;
		loop_after(r->n->loop, ms, ring, r);
	}
}

static void
timers_fire_in_order(void **state)
{
	struct notes n;
	struct ring rings[6];

	(void)state;
	begin(&n);
	for (int i = 0; i < 6; i++)
		rings[i] = (struct ring){ &n, i, NULL, -1 };
	loop_after(n.loop, 4, ring, &rings[3]);
	loop_after(n.loop, 0, ring, &rings[0]);
	loop_after(n.loop, -5, ring, &rings[1]);
	loop_after(n.loop, 0, ring, &rings[2]);
	loop_after(n.loop, 100000, ring, &rings[5]);
	loop_once(n.loop, -1);
	assert_true(strncmp(n.b.data, "0 1 2 ", 6) == 0);
	while (n.b.len < 8)
		loop_once(n.loop, -1);
	took(&n, "0 1 2 3 ");
	loop_once(n.loop, 0);
	took(&n, "");
	end(&n);
}

static void
timers_can_be_cancelled_also_by_each_other(void **state)
{
	struct notes n;
	struct ring rings[4];
	uint64_t second, third;

	(void)state;
	begin(&n);
	for (int i = 0; i < 4; i++)
		rings[i] = (struct ring){ &n, i, NULL, -1 };
	loop_after(n.loop, 0, ring, &rings[0]);
	second = loop_after(n.loop, 0, ring, &rings[1]);
	third = loop_after(n.loop, 0, ring, &rings[2]);
	loop_after(n.loop, 0, ring, &rings[3]);
	assert_true(second != 0 && second != third);
	rings[0].cancels = &third;
	loop_cancel(n.loop, second);
	loop_cancel(n.loop, second);
	loop_cancel(n.loop, 0);
	loop_once(n.loop, -1);
	took(&n, "0 3 ");
	loop_cancel(n.loop, third);
	end(&n);
}

/* One that starts itself anew does not keep the round from ending. */
static void
a_timer_set_by_a_timer_waits_for_the_next_round(void **state)
{
	struct notes n;
	struct ring r = { &n, 7, NULL, 0 };

	(void)state;
	begin(&n);
	loop_after(n.loop, 0, ring, &r);
	loop_once(n.loop, -1);
	took(&n, "7 ");
	loop_once(n.loop, -1);
	took(&n, "7 ");
	end(&n);
}

static int fired_order;

static void
must_be_next(void *ctx)
{
	int *expected = ctx;

	assert_int_equal(*expected, fired_order++);
}

/* Many timers of the same moment, some cancelled: the rest fire in the order they were set. */
static void
a_heap_of_timers(void **state)
{
	enum { N = 2000 };
	static int order[N];
	static uint64_t handles[N];
	struct loop *l = loop_new();
	uint64_t seed = 3;
	int kept = 0;

	(void)state;
	fired_order = 0;
	for (int i = 0; i < N; i++)
		handles[i] = loop_after(l, 0, must_be_next, &order[i]);
	for (int i = 0; i < N; i++) {
		if (random_below(&seed, 2))
			loop_cancel(l, handles[i]);
		else
			order[i] = kept++;
	}
	while (fired_order < kept)
		loop_once(l, -1);
	loop_once(l, 0);
	assert_int_equal(fired_order, kept);
	loop_free(l);
}

static void
note_signal(void *ctx, int signo)
{
	struct notes *n = ctx;

	buf_addf(&n->b, "%s ", signo == SIGUSR1 ? "one" : "two");
}

static void
signals_are_calls(void **state)
{
	struct notes n;
	struct sigaction before;

	(void)state;
	signal(SIGUSR1, SIG_IGN);
	begin(&n);
	loop_signal(n.loop, SIGUSR1, note_signal, &n);
	loop_signal(n.loop, SIGUSR2, note_signal, &n);
	errno = 77;
	raise(SIGUSR1);
	raise(SIGUSR2);
	assert_int_equal(errno, 77);
	took(&n, "");
	loop_once(n.loop, -1);
	took(&n, "one two ");
	loop_once(n.loop, 0);
	took(&n, "");
	end(&n);
	sigaction(SIGUSR1, NULL, &before);
	assert_true(before.sa_handler == SIG_IGN);
	sigaction(SIGUSR2, NULL, &before);
	assert_true(before.sa_handler == SIG_DFL);
	/* A loop after it takes signals again. */
	begin(&n);
	loop_signal(n.loop, SIGUSR1, note_signal, &n);
	raise(SIGUSR1);
	loop_once(n.loop, -1);
	took(&n, "one ");
	end(&n);
	signal(SIGUSR1, SIG_DFL);
}

/* A storm larger than the pipe must not block the handler. */
static void
a_storm_of_signals(void **state)
{
	struct notes n;

	(void)state;
	begin(&n);
	loop_signal(n.loop, SIGUSR1, note_signal, &n);
	for (int i = 0; i < 70000; i++)
		raise(SIGUSR1);
	loop_once(n.loop, -1);
	assert_true(n.b.len > 0);
	end(&n);
}

static void
note_round(void *ctx)
{
	struct notes *n = ctx;

	buf_adds(&n->b, "| ");
}

static void
stop(void *ctx)
{
	loop_stop(ctx);
}

static void
each_round_ends_with_a_call(void **state)
{
	struct notes n;
	struct ring r = { &n, 1, NULL, -1 };

	(void)state;
	begin(&n);
	pairs(n.fds);
	loop_each_round(n.loop, note_round, &n);
	loop_watch(n.loop, n.fds[0], LOOP_WRITE, note_fd, &n);
	loop_after(n.loop, 0, ring, &r);
	loop_once(n.loop, -1);
	took(&n, "w 1 | ");
	loop_once(n.loop, 0);
	took(&n, "w | ");
	end(&n);
}

static void
runs_until_stopped(void **state)
{
	struct loop *l = loop_new();

	(void)state;
	loop_after(l, 0, stop, l);
	loop_run(l);
	loop_stop(l); /* before it runs: it returns at once */
	loop_run(l);
	loop_after(l, 1, stop, l);
	loop_run(l);
	loop_free(l);
	loop_free(NULL);
}

static void
waits_no_longer_than_told(void **state)
{
	struct loop *l = loop_new();
	int64_t start = clock_mono_ms();

	(void)state;
	loop_after(l, 3600000, stop, l);
	loop_once(l, 5);
	assert_true(clock_mono_ms() - start >= 4);
	loop_free(l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_what_is_ready),
		cmocka_unit_test(a_callback_may_unwatch_another),
		cmocka_unit_test(a_new_owner_of_a_number_hears_nothing_old),
		cmocka_unit_test(what_is_no_longer_wanted_is_not_told),
		cmocka_unit_test(hundreds_of_descriptors),
		cmocka_unit_test(timers_fire_in_order),
		cmocka_unit_test(timers_can_be_cancelled_also_by_each_other),
		cmocka_unit_test(a_timer_set_by_a_timer_waits_for_the_next_round),
		cmocka_unit_test(a_heap_of_timers),
		cmocka_unit_test(signals_are_calls),
		cmocka_unit_test(a_storm_of_signals),
		cmocka_unit_test(each_round_ends_with_a_call),
		cmocka_unit_test(runs_until_stopped),
		cmocka_unit_test(waits_no_longer_than_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
