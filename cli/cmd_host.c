#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/target.h"
#include "cli/zones.h"
#include "formats/report.h"
#include "live/host.h"

static void
say_ready(void *ctx)
{
	const struct target *t = ctx;

	fprintf(stderr, "debrief: the host of %s is ready\n", t->entry.name);
}

/* The page beside the file: roles for names, no votes, no overrides. */
static void
write_report(const struct debrief *d, struct buf *out)
{
	struct zones z = { 0 };

	report_write(d, zones_of(&z, d), out);
	zones_fini(&z);
}

int
cmd_host(const struct invocation *in)
{
	const char *fd = option_value(in, "status-fd");
	struct host_run how = { .foreground = option_value(in, "background") == NULL,
		.twin = write_report,
		.share = option_value(in, "share"),
		.status_fd = fd != NULL ? atoi(fd) : -1 };
	struct target t = { 0 };
	struct err e = { 0 };
	bool good;

	signal(SIGPIPE, SIG_IGN);
	if (!target_open(in, in->words[0], &t, &e)) {
		host_report(how.status_fd, &e);
		return program_fail(&e);
	}
	if (how.foreground) {
		how.ready = say_ready;
		how.ctx = &t;
	}
	good = host_run(t.repo, &t.entry, &how, &e);
	target_close(&t);
	return good ? 0 : program_fail(&e);
}
