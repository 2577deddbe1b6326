#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/joining.h"

struct watching {
	struct loop *loop;
};

static void
print_line(void *ctx, const char *line, size_t len)
{
	struct watching *w = ctx;

	if (fwrite(line, 1, len, stdout) != len || putc('\n', stdout) == EOF || fflush(stdout) != 0)
		loop_stop(w->loop); /* nobody reads any more */
}

static void
ended(void *ctx, const char *reason)
{
	struct watching *w = ctx;

	(void)reason; /* it was printed as it came */
	loop_stop(w->loop);
}

static void
stop(void *ctx, int signo)
{
	struct watching *w = ctx;

	(void)signo;
	loop_stop(w->loop);
}

static void
reader_gone(void *ctx, int fd, int ready)
{
	(void)fd;
	if (ready & LOOP_ERROR)
		stop(ctx, 0);
}

static void
run(struct watching *w, struct client *c)
{
	loop_signal(w->loop, SIGINT, stop, w);
	loop_signal(w->loop, SIGTERM, stop, w);
	loop_watch(w->loop, STDOUT_FILENO, 0, reader_gone, w);
	loop_run(w->loop);
	client_free(c);
}

static bool
watch(struct target *t, const struct invocation *in, struct err *e)
{
	static const struct client_calls calls = { .raw = print_line, .ended = ended };
	struct watching w = { loop_new() };
	struct client *c = NULL;
	struct joining j = { 0 };

	if (target_place(t, e) && joining_of(in, t, "watch", &j, e))
		c = client_new(w.loop, &t->place, &j.options, &calls, &w, e);
	joining_fini(&j);
	if (c != NULL)
		run(&w, c);
	loop_free(w.loop);
	return c != NULL;
}

int
cmd_watch(const struct invocation *in)
{
	struct target t;
	struct err e = { 0 };
	bool good;

	signal(SIGPIPE, SIG_IGN);
	if (!target_join(in, in->words[0], &t, &e))
		return program_fail(&e);
	good = watch(&t, in, &e);
	target_close(&t);
	return good ? 0 : program_fail(&e);
}
