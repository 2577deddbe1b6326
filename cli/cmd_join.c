#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/asking.h"
#include "cli/opening.h"
#include "live/remote.h"

static int
join_which(const struct invocation *in, const char *which)
{
	struct target t;
	struct err e = { 0 };
	int status;

	if (!target_join(in, which, &t, &e))
		return program_fail(&e);
	status = opening_run(in, &t, NULL);
	target_close(&t);
	return status;
}

/* The screen is here, the debrief there. */
static int
join_remote(const struct invocation *in, const char *target)
{
	struct err e = { 0 };
	struct remote *r;
	int status;

	if (in->restricted)
		return program_refuse(ERR_REFUSED,
		    "no program is started here, and ssh is one: nothing was changed: join it from "
		    "your own machine");
	r = remote_new(target, &e);
	if (r == NULL)
		return program_fail(&e);
	status = opening_remote(in, r);
	remote_free(r);
	return status;
}

/* Those that this login may join. */
static bool
live_ones(const struct invocation *in, struct places *out, struct err *e)
{
	struct err why = { 0 };
	struct repo *r = history_open(in->repo_dir, &why);
	bool good;

	if (r == NULL && why.kind != ERR_MISSING) {
		*e = why;
		return false;
	}
	good = places_live(r, out, e);
	repo_close(r);
	for (size_t i = out->n; in->pin_name != NULL && i-- > 0;)
		if (out->v[i].owner != NULL) {
			place_fini(&out->v[i]);
			memmove(&out->v[i], &out->v[i + 1], (out->n - i - 1) * sizeof *out->v);
			out->n--;
		}
	return good;
}

static int
print_live(const struct places *all, bool numbers)
{
	struct buf out = { 0 };
	int status;

	for (size_t i = 0; i < all->n; i++) {
		if (numbers)
			buf_addf(&out, "  %zu  ", i + 1);
		buf_adds(&out, all->v[i].name);
		if (all->v[i].owner != NULL)
			buf_addf(&out, "  (of %s)", all->v[i].owner);
		buf_addc(&out, '\n');
	}
	status = program_print_clean(&out);
	buf_fini(&out);
	return status;
}

/* A number of the list or a name; nothing is the only one, or leaves. */
static int
ask_which(const struct invocation *in, const struct places *all)
{
	bool one = all->n == 1;
	char *typed = ask_line(one ? "which? (q leaves) [1]" : "which? [leave]"), *end;
	unsigned long n;
	int status = 0;

	if (typed == NULL || (typed[0] == '\0' && !one) || strcmp(typed, "q") == 0) {
		free(typed);
		return 0;
	}
	n = typed[0] == '\0' ? 1 : strtoul(typed, &end, 10);
	if ((typed[0] == '\0' || *end == '\0') && n >= 1 && n <= all->n)
		status = join_which(in, all->v[n - 1].name);
	else
		status = join_which(in, typed);
	free(typed);
	return status;
}

static int
join_any(const struct invocation *in)
{
	struct places all = { 0 };
	struct err e = { 0 };
	bool asks = program_on_terminal();
	int status;

	if (!live_ones(in, &all, &e))
		status = program_fail(&e);
	else if (all.n == 0)
		status = program_refuse(ERR_MISSING,
		    "nothing is live now: nothing was changed: debrief list names what there is, "
		    "debrief open WHICH starts one");
	else if ((status = print_live(&all, asks)) == 0 && asks)
		status = ask_which(in, &all);
	places_fini(&all);
	return status;
}

int
cmd_join(const struct invocation *in)
{
	const char *which = in->n_words > 0 ? in->words[0] : in->pin_which;

	if (option_value(in, "projector") != NULL && option_value(in, "console") != NULL)
		return program_refuse(ERR_USAGE,
		    "join: a projector is no console: nothing was changed: start each on its own "
		    "terminal");
	if (which == NULL)
		return join_any(in);
	return strchr(which, ':') != NULL ? join_remote(in, which) : join_which(in, which);
}
