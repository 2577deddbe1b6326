#include "cli/target.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "live/host.h"
#include "model/visible.h"
#include "storage/json_file.h"

bool
target_open(const struct invocation *in, const char *which, struct target *out, struct err *e)
{
	struct target t = { 0 };

	t.repo = history_open(in->repo_dir, e);
	if (t.repo == NULL)
		return false;
	if (!history_find(t.repo, which, &t.entry, e)) {
		repo_close(t.repo);
		return false;
	}
	*out = t;
	return true;
}

bool
target_place(struct target *t, struct err *e)
{
	if (!place_of(t->repo, &t->entry, &t->place, e))
		return false;
	t->placed = true;
	history_used(t->repo, &t->entry);
	return true;
}

void
target_close(struct target *t)
{
	if (t->placed)
		place_fini(&t->place);
	entry_fini(&t->entry);
	repo_close(t->repo);
	*t = (struct target){ 0 };
}

static char *
login_name(void)
{
	const struct passwd *pw = getpwuid(getuid());
	const char *user = pw != NULL ? pw->pw_name : getenv("USER");

	return mem_dup(user != NULL && user[0] != '\0' ? user : "somebody");
}

char *
who_name(const struct invocation *in, const struct repo *r, struct err *e)
{
	const char *as = option_value(in, "as");
	struct identity id = { 0 };
	char *name;

	if (as != NULL) {
		if (as[0] == '\0') {
			err_set(e, ERR_USAGE,
			    "--as needs a name: nothing was changed: write --as NAME");
			return NULL;
		}
		if (!text_ok(as, strlen(as), TEXT_LINE, e)) {
			err_prefix(e, "--as");
			return NULL;
		}
		return mem_dup(as);
	}
	if (r == NULL || !repo_identity(r, &id, NULL))
		return login_name();
	name = mem_dup(id.name);
	identity_fini(&id);
	return name;
}

void
who_ask(struct repo *r)
{
	struct identity id = { 0 };
	char *login, *line = NULL;
	size_t cap = 0;
	ssize_t n;

	if (repo_identity(r, &id, NULL)) {
		identity_fini(&id);
		return;
	}
	if (!program_on_terminal())
		return;
	login = login_name();
	printf("your name? [%s] ", login);
	fflush(stdout);
	n = getline(&line, &cap, stdin);
	while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r' || line[n - 1] == ' '))
		line[--n] = '\0';
	if (n >= 0 && text_ok(n > 0 ? line : login, strlen(n > 0 ? line : login), TEXT_LINE, NULL))
		repo_config_set(r, "user.name", n > 0 ? line : login, NULL);
	free(line);
	free(login);
}

bool
who_role(const struct invocation *in, const char **role, struct err *e)
{
	static const char *const roles[] = { "facilitator", "scribe", "participant", "observer" };
	const char *given = option_value(in, "role");

	*role = given;
	if (given == NULL)
		return true;
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (strcmp(roles[i], given) == 0)
			return true;
	return err_set(e, ERR_USAGE,
	    "there is no role %s: nothing was changed: it is facilitator, scribe, participant "
	    "or observer",
	    given);
}

void
target_notice(void *unused, const char *text)
{
	(void)unused;
	if (strncmp(text, "saved ", 6) != 0)
		program_note(text);
}

static void
say_notes(struct strs *notes)
{
	for (size_t i = 0; i < notes->n; i++)
		program_note(notes->v[i]);
	strs_fini(notes);
}

static struct debrief *
for_everybody(struct debrief *d)
{
	struct viewer file = { .file = true };
	struct debrief *copy;

	if (d == NULL)
		return NULL;
	copy = visible_copy(d, &file);
	debrief_free(d);
	return copy;
}

struct debrief *
target_read(struct target *t, struct err *e)
{
	struct strs notes = { 0 };
	struct debrief *d = host_read(t->repo, &t->entry, NULL, &notes, e);

	say_notes(&notes);
	return for_everybody(d);
}

struct debrief *
target_read_at(struct target *t, const char *rev, struct err *e)
{
	struct strs notes = { 0 };
	struct buf bytes = { 0 };
	struct debrief *d = NULL;

	if (rev == NULL)
		return target_read(t, e);
	if (repo_file_at(t->repo, rev, t->entry.path, &bytes, e))
		d = file_decode(bytes.data ? bytes.data : "", bytes.len, &notes, NULL, e);
	buf_fini(&bytes);
	say_notes(&notes);
	return for_everybody(d);
}
