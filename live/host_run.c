#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "live/host_internal.h"

static void
stop(void *ctx, int signo)
{
	(void)signo;
	loop_stop(ctx);
}

static void
report(int fd, const char *line)
{
	if (fd < 0)
		return;
	if (write(fd, line, strlen(line)) < 0)
		return; /* nobody waits any more */
}

void
host_report(int status_fd, const struct err *e)
{
	struct buf b = { 0 };

	buf_addf(&b, "error %d %s\n", (int)(e->kind != ERR_NONE ? e->kind : ERR_STORE), e->text);
	report(status_fd, b.data);
	buf_fini(&b);
	if (status_fd >= 0)
		close(status_fd);
}

static void
serve(struct loop *loop, const struct host_run *how)
{
	static const int ends[] = { SIGINT, SIGTERM, SIGHUP };

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		loop_signal(loop, ends[i], stop, loop);
	report(how->status_fd, "ok\n");
	if (how->status_fd >= 0)
		close(how->status_fd);
	if (how->ready != NULL)
		how->ready(how->ctx);
	loop_run(loop);
}

static bool
run_locked(
    struct repo *r, const struct place *p, const struct host_run *how, int lock_fd, struct err *e)
{
	struct host_options o = { .foreground = how->foreground, .twin = how->twin };
	struct loop *loop = loop_new();
	struct host *h;

	signal(SIGPIPE, SIG_IGN);
	h = host_new(loop, r, p, &o, lock_fd, e);
	if (h != NULL)
		serve(loop, how);
	host_free(h);
	loop_free(loop);
	return h != NULL;
}

bool
host_run(struct repo *r, const struct entry *entry, const struct host_run *how, struct err *e)
{
	struct place p = { 0 };
	struct err why = { 0 };
	bool good = place_of(r, entry, &p, &why) &&
		    (how->share == NULL || place_share(&p, r, how->share, &why));
	int fd = -1;

	if (good && how->foreground) {
		good = place_take(&p, &fd, &why);
	} else if (good && !place_lock(&p, &fd, &why)) {
		good = why.kind == ERR_NONE;
		if (good) {
			report(how->status_fd, "busy\n");
			if (how->status_fd >= 0)
				close(how->status_fd);
			place_fini(&p);
			return true;
		}
	}
	good = good && run_locked(r, &p, how, fd, &why);
	if (!good)
		host_report(how->status_fd, &why);
	place_fini(&p);
	if (!good && e != NULL)
		*e = why;
	return good;
}
