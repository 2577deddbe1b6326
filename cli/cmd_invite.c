#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/target.h"
#include "live/codes.h"

static int
list_codes(const struct target *t, struct err *e)
{
	struct strs who = { 0 };
	struct buf out = { 0 };
	int status = (int)ERR_NONE;

	if (!codes_list(t->repo, t->place.id, &who, e))
		return program_fail(e);
	for (size_t i = 0; i < who.n; i++)
		buf_addf(&out, "%s\n", who.v[i]);
	if (out.len > 0)
		status = program_print_clean(&out);
	buf_fini(&out);
	strs_fini(&who);
	return status;
}

static int
cancel_codes(const struct target *t, struct err *e)
{
	struct buf out = { 0 };
	size_t n;
	int status;

	if (!codes_cancel(t->repo, t->place.id, &n, e))
		return program_fail(e);
	buf_addf(&out, "%zu code%s made worthless\n", n, n == 1 ? "" : "s");
	status = program_print(&out);
	buf_fini(&out);
	return status;
}

/* What a guest gives to ssh. Yours. */
static char *
way_here(const struct invocation *in)
{
	const char *given = option_value(in, "host");
	const struct passwd *pw = getpwuid(getuid());
	char name[256] = "";

	if (given != NULL)
		return mem_dup(given);
	if (gethostname(name, sizeof name - 1) != 0)
		strcpy(name, "HOST");
	return mem_fmt("%s@%s", pw != NULL ? pw->pw_name : "USER", name);
}

static bool
guest_role(const struct invocation *in, const char **role, struct err *e)
{
	if (!who_role(in, role, e))
		return false;
	if (*role == NULL)
		*role = "participant";
	return strcmp(*role, "participant") == 0 || strcmp(*role, "observer") == 0 ||
	       err_set(e, ERR_USAGE,
		   "a guest is participant or observer: no code was made: give ROLE NAME hands "
		   "over more once the guest is here");
}

/* Codes of a closed debrief would open nothing. */
static bool
is_open(struct target *t, struct err *e)
{
	struct debrief *d = target_read(t, e);
	bool closed = d != NULL && d->status == STATUS_CLOSED;

	if (closed)
		err_set(e, ERR_REFUSED,
		    "%s is closed: no code was made: debrief do %s reopen opens it again",
		    t->entry.name, t->entry.name);
	debrief_free(d);
	return d != NULL && !closed;
}

static int
make_codes(const struct invocation *in, struct target *t, struct err *e)
{
	char code[CODE_LETTERS + 1], *way;
	const char *role;
	struct buf out = { 0 };
	bool good = guest_role(in, &role, e) && is_open(t, e);
	int status = 0;

	way = way_here(in);
	for (size_t i = 1; i < in->n_words && good; i++) {
		good = codes_make(t->repo, t->place.id, in->words[i], role, code, e);
		if (good)
			buf_addf(&out, "ssh -t %s   code %s   name %s\n", way, code, in->words[i]);
	}
	if (out.len > 0)
		status = program_print_clean(&out);
	buf_fini(&out);
	free(way);
	return good ? status : program_fail(e);
}

int
cmd_invite(const struct invocation *in)
{
	bool lists = option_value(in, "list") != NULL, cancels = option_value(in, "cancel") != NULL;
	struct target t;
	struct err e = { 0 };
	int status;

	if (lists + cancels + (in->n_words > 1) != 1)
		return program_refuse(ERR_USAGE,
		    "invite: it is names, --list or --cancel: no code was made: write debrief "
		    "invite WHICH NAME...");
	if (!target_open(in, in->words[0], &t, &e))
		return program_fail(&e);
	if (!target_place(&t, &e))
		status = program_fail(&e);
	else if (lists)
		status = list_codes(&t, &e);
	else if (cancels)
		status = cancel_codes(&t, &e);
	else
		status = make_codes(in, &t, &e);
	target_close(&t);
	return status;
}
