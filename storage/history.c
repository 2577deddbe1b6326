#include "storage/history.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/visible.h"
#include "storage/history_internal.h"
#include "storage/json_file.h"

void
entry_fini(struct entry *e)
{
	free(e->name);
	free(e->path);
	free(e->journal);
	*e = (struct entry){ 0 };
}

void
entries_fini(struct entries *e)
{
	for (size_t i = 0; i < e->n; i++)
		entry_fini(&e->v[i]);
	free(e->v);
	*e = (struct entries){ 0 };
}

static bool
env_has(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0';
}

char *
history_default_dir(void)
{
	if (env_has("XDG_DATA_HOME") && getenv("XDG_DATA_HOME")[0] == '/')
		return mem_fmt("%s/debrief", getenv("XDG_DATA_HOME"));
	return mem_fmt("%s/.local/share/debrief", env_has("HOME") ? getenv("HOME") : "");
}

/* "~/x" as the shell would have it. Takes over `path`. */
static char *
home_expanded(char *path)
{
	char *full;

	if (path == NULL || path[0] != '~' || (path[1] != '/' && path[1] != '\0') ||
	    !env_has("HOME"))
		return path;
	full = mem_fmt("%s%s", getenv("HOME"), path + 1);
	free(path);
	return full;
}

/* What debrief.repo says, in the repository around here or for all. NULL: nothing. Yours. */
static char *
configured_dir(const struct repo *here)
{
	char *dir =
	    here != NULL ? repo_config(here, "debrief.repo") : repo_config_global("debrief.repo");

	if (dir != NULL && dir[0] == '\0') {
		free(dir);
		dir = NULL;
	}
	return home_expanded(dir);
}

/* The one that nobody named. */
static struct repo *
open_default(struct err *e)
{
	char *dir = history_default_dir();
	struct repo *r = NULL;
	struct stat st;

	if (stat(dir, &st) != 0 && errno == ENOENT)
		err_set(e, ERR_MISSING,
		    "there is no history yet (%s): nothing was changed: debrief init makes one",
		    dir);
	else
		r = repo_open(dir, e);
	free(dir);
	return r;
}

struct repo *
history_open(const char *dir, struct err *e)
{
	struct repo *here, *r;
	char *named;

	if (dir != NULL || env_has("DEBRIEF_REPO"))
		return repo_open(dir != NULL ? dir : getenv("DEBRIEF_REPO"), e);
	here = repo_open(".", NULL);
	named = configured_dir(here);
	if (named == NULL && here != NULL && repo_is_history(here))
		return here;
	repo_close(here);
	r = named != NULL ? repo_open(named, e) : open_default(e);
	free(named);
	return r;
}

char *
history_state_dir(const struct repo *r, bool make, struct err *e)
{
	char *dir = mem_fmt("%s/debrief", repo_own_dir(r));

	if (make && mkdir(dir, 0700) != 0 && errno != EEXIST) {
		err_set(e, ERR_STORE, "%s cannot be made: %s: nothing was changed: see to its rights", dir,
		    strerror(errno));
		free(dir);
		return NULL;
	}
	return dir;
}

char *
history_journal_file(const struct repo *r, struct id id)
{
	return mem_fmt("%s/debrief/%s.journal", repo_own_dir(r), id.s);
}

char *
history_lock_file(const struct repo *r, struct id id)
{
	return mem_fmt("%s/debrief/%s.host", repo_own_dir(r), id.s);
}

/* "debriefs/" as a folder of the tree. */
static char *
debriefs_folder(const struct repo *r)
{
	return mem_fmt("%sdebriefs", repo_prefix(r));
}

static bool
list_file(void *ctx, const char *path, const char *blob)
{
	struct entries *all = ctx;
	char *name = history_name_of_path(path);

	if (name == NULL)
		return true;
	VEC_ROOM(all->v, all->n, all->cap);
	all->v[all->n] = (struct entry){ .name = name, .path = mem_dup(path) };
	memcpy(all->v[all->n++].blob, blob, REPO_HEX);
	return true;
}

static int
by_path(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->path, ((const struct entry *)b)->path);
}

static int
newest_first(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int c = strcmp(y->name, x->name);

	return c != 0 ? c : strcmp(x->path, y->path);
}

/* A folder a month and names that begin with the day: listed by their paths, nearly all stand in
 * the opposite order already. */
static void
sort_newest_first(struct entries *all)
{
	bool sorted = true;

	for (size_t i = 0; i < all->n / 2; i++) {
		struct entry one = all->v[i];
		all->v[i] = all->v[all->n - 1 - i];
		all->v[all->n - 1 - i] = one;
	}
	for (size_t i = 1; sorted && i < all->n; i++)
		sorted = newest_first(&all->v[i - 1], &all->v[i]) <= 0;
	if (!sorted)
		qsort(all->v, all->n, sizeof *all->v, newest_first);
}

static void
entry_take_journal(struct entry *e, struct kept *k)
{
	e->id = k->id;
	e->journal = k->file;
	e->live = k->live;
	k->file = NULL;
}

/* `committed` of the entries are in order of their paths; what was never committed comes after. */
static void
list_journal(struct entries *all, size_t committed, struct kept *k)
{
	struct entry key = { .path = k->path }, *e;
	char *name = history_name_of_path(k->path);

	e = committed == 0 ? NULL : bsearch(&key, all->v, committed, sizeof *all->v, by_path);
	if (e == NULL && name != NULL) {
		VEC_ROOM(all->v, all->n, all->cap);
		e = &all->v[all->n++];
		*e = (struct entry){ .name = name, .path = mem_dup(k->path) };
		name = NULL;
	}
	if (e != NULL && e->journal == NULL)
		entry_take_journal(e, k);
	free(name);
}

bool
history_list(struct repo *r, struct entries *out, struct err *e)
{
	struct entries all = { 0 };
	struct kepts kept = { 0 };
	char *folder = debriefs_folder(r);
	bool good = repo_each_file(r, folder, list_file, &all, e);
	size_t committed = all.n;

	free(folder);
	if (!good) {
		entries_fini(&all);
		return false;
	}
	kepts_find(r, "", &kept);
	for (size_t i = 0; i < kept.n; i++)
		list_journal(&all, committed, &kept.v[i]);
	kepts_fini(&kept);
	sort_newest_first(&all);
	*out = all;
	return true;
}

/* The id of canonical bytes stands on their third line: no need to read the rest. */
static bool
quick_id(const char *bytes, struct id *id)
{
	static const char key[] = "\n  \"id\": \"";
	const char *at =
	    strncmp(bytes, "{\n  \"format\": \"debrief/", 23) == 0 ? strchr(bytes + 2, '\n') : NULL;
	char text[ID_LEN + 1] = "";

	if (at == NULL || strncmp(at, key, sizeof key - 1) != 0)
		return false;
	at += sizeof key - 1;
	if (memchr(at, '\0', ID_LEN) != NULL || at[ID_LEN] != '"')
		return false;
	memcpy(text, at, ID_LEN);
	return id_parse(text, id);
}

bool
history_unreadable(const char *path, struct err *e)
{
	char *why = e != NULL ? mem_dup(e->text) : NULL;

	err_set(e, ERR_STORE, "%s cannot be read: %s: it was left as it is: set it right, or take an earlier version of "
	    "it from git", path, why != NULL ? why : "");
	free(why);
	return false;
}

bool
entry_id(struct repo *r, struct entry *e, struct err *err)
{
	struct buf bytes = { 0 };
	struct debrief *d = NULL;
	char hex[REPO_HEX];
	bool good;

	if (id_some(e->id))
		return true;
	good = repo_head_file(r, e->path, hex, &bytes, err);
	if (good && hex[0] == '\0')
		good = err_set(
		    err, ERR_MISSING, "%s is not in the history: nothing was changed", e->path);
	if (good && !quick_id(bytes.data != NULL ? bytes.data : "", &e->id)) {
		bool newer; /* its id is read all the same */
		d = file_decode(bytes.data != NULL ? bytes.data : "", bytes.len, NULL, &newer, err);
		good = d != NULL || history_unreadable(e->path, err);
	}
	if (d != NULL)
		e->id = d->item.id;
	debrief_free(d);
	buf_fini(&bytes);
	return good;
}

/* A journal also holds what nobody is shown yet. */
static struct debrief *
without_hidden(struct debrief *d)
{
	const struct viewer nobody = { 0 };
	struct debrief *seen = visible_copy(d, &nobody);

	debrief_free(d);
	return seen;
}

struct debrief *
history_read(struct repo *r, const struct entry *entry, struct strs *notes, struct err *e)
{
	struct journal_meta meta = { 0 };
	struct debrief *d = NULL;
	struct buf bytes = { 0 };
	char hex[REPO_HEX];
	bool newer = false;

	if (entry->blob[0] == '\0' && entry->journal != NULL) {
		if (!journal_peek(entry->journal, &meta, &d, e))
			return NULL;
		journal_meta_fini(&meta);
		return without_hidden(d);
	}
	if (!repo_head_file(r, entry->path, hex, &bytes, e))
		return NULL;
	if (hex[0] == '\0') {
		err_set(
		    e, ERR_MISSING, "%s is not in the history: nothing was changed", entry->path);
	} else {
		d = file_decode(bytes.len > 0 ? bytes.data : "", bytes.len, notes, &newer, e);
		if (d == NULL)
			history_unreadable(entry->path, e);
		else if (newer && notes != NULL)
			strs_take(notes, mem_fmt(HISTORY_NEWER, entry->name));
	}
	buf_fini(&bytes);
	return d;
}
