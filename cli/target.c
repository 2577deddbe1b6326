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

/* A forced command may name the one debrief that there is. */
static bool
may_use(const struct invocation *in, struct repo *r, const struct entry *entry, struct err *e)
{
	struct entry only;
	bool same;

	if (in->pin_which == NULL)
		return true;
	if (!history_find(r, in->pin_which, &only, e))
		return false;
	same = strcmp(only.path, entry->path) == 0;
	entry_fini(&only);
	return same || err_set(e, ERR_REFUSED,
			   "this login is for one debrief: nothing was changed: leave the other "
			   "name out");
}

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
	if (!may_use(in, t.repo, &t.entry, e)) {
		target_close(&t);
		return false;
	}
	*out = t;
	return true;
}

bool
target_join(const struct invocation *in, const char *which, struct target *out, struct err *e)
{
	struct target t = { 0 };
	struct err own = { 0 }, other = { 0 };
	struct repo *r;
	bool found;

	if (target_open(in, which, out, &own))
		return true;
	if (own.kind == ERR_MISSING && in->pin_name == NULL) {
		r = history_open(in->repo_dir, NULL);
		found = place_shared(r, which, &t.place, &other);
		repo_close(r);
		if (found) {
			t.placed = true;
			t.entry.id = t.place.id;
			t.entry.name = mem_dup(t.place.name);
			*out = t;
			return true;
		}
	}
	if (e != NULL)
		*e = other.kind != ERR_NONE && other.kind != ERR_MISSING ? other : own;
	return false;
}

bool
target_place(struct target *t, struct err *e)
{
	if (t->placed)
		return true;
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

	if (in->pin_name != NULL) {
		if (as == NULL || strcmp(as, in->pin_name) == 0)
			return mem_dup(in->pin_name);
		err_set(e, ERR_REFUSED,
		    "this login is for %s alone: nothing was changed: leave --as out",
		    in->pin_name);
		return NULL;
	}
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

	if (in->pin_name != NULL && given != NULL &&
	    (in->pin_role == NULL || strcmp(given, in->pin_role) != 0))
		return err_set(e, ERR_REFUSED,
		    "the role of this login is fixed: nothing was changed: leave --role out");
	*role = given != NULL ? given : in->pin_role;
	given = *role;
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
