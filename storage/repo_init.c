/* Making a history: a repository of its own, a folder of another one, or completing what is there.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/when.h"
#include "storage/repo_internal.h"

/* Where the program is missing git's own merge of lines takes over, and leaves its markers. */
static const char *const drivers[][2] = {
	{ "merge.debrief.name", "debriefs, by meaning" },
	{ "merge.debrief.driver",
	    "debrief merge-file %O %A %B || git merge-file -L ours -L base -L theirs %A %O %B" },
	{ "diff.debrief.xfuncname", "^  \"([a-z]+)\": \\[$" },
};

/* The nearest folder above (or at) `dir` that exists, for asking which repository it is in. Yours.
 */
static char *
existing_above(const char *dir)
{
	char *path = mem_dup(dir), *slash;
	struct stat st;

	while (stat(path, &st) != 0 && errno == ENOENT) {
		slash = strrchr(path, '/');
		if (slash == NULL) {
			free(path);
			return mem_dup(".");
		}
		while (slash > path && slash[-1] == '/')
			slash--;
		slash[slash == path] = '\0';
	}
	return path;
}

static bool
folder_make(const char *dir, struct err *e)
{
	char *path = mem_dup(dir);
	bool good = true;
	struct stat st;

	for (char *at = path + 1; good && *at != '\0'; at++)
		if (*at == '/') {
			*at = '\0';
			good = mkdir(path, 0777) == 0 || errno == EEXIST || stat(path, &st) == 0;
			*at = '/';
		}
	good = good && (mkdir(path, 0777) == 0 || errno == EEXIST);
	if (good && (stat(path, &st) != 0 || !S_ISDIR(st.st_mode))) {
		errno = ENOTDIR;
		good = false;
	}
	free(path);
	return good || err_set(e, ERR_STORE, "%s cannot be made: %s: nothing was changed", dir,
			   strerror(errno));
}

static bool
repository_make(const char *dir, struct strs *said, struct err *e)
{
	git_repository_init_options o = GIT_REPOSITORY_INIT_OPTIONS_INIT;
	char *branch = repo_config_global("init.defaultBranch");
	git_repository *made = NULL;
	bool good;

	repo_library_begin();
	o.flags = GIT_REPOSITORY_INIT_MKDIR | GIT_REPOSITORY_INIT_MKPATH;
	o.initial_head = branch != NULL && branch[0] != '\0' ? branch : "main";
	good = git_repository_init_ext(&made, dir, &o) == 0 ||
	       repo_fail(e, "no repository could be made", "nothing else was changed");
	if (good)
		strs_take(
		    said, mem_fmt("made a git repository in %s, branch %s", dir, o.initial_head));
	git_repository_free(made);
	free(branch);
	return good;
}

/* "sub/folder/" where the real path `real` lies below the work tree's root, "" at the root. Yours.
 */
static char *
folder_in(const struct repo *r, const char *real)
{
	size_t root = r->work_dir == NULL ? 0 : strlen(r->work_dir);

	if (r->work_dir == NULL || strncmp(real, r->work_dir, root) != 0 || real[root] != '/')
		return mem_dup("");
	return mem_fmt("%s/", real + root + 1);
}

static bool
inside_history(const struct repo *r, const char *folder)
{
	static const char *const rooms[] = { "debriefs/", "notes/", "problems/" };
	size_t n = strlen(r->prefix);

	if (strncmp(folder, r->prefix, n) != 0)
		return false;
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++)
		if (strncmp(folder + n, rooms[i], strlen(rooms[i])) == 0)
			return true;
	return strcmp(folder, r->prefix) == 0;
}

/* Let the history begin at `folder` of an existing repository. */
static bool
folder_set(struct repo *r, const char *folder, struct strs *said, struct err *e)
{
	char *value;

	if (inside_history(r, folder))
		return true;
	if (repo_is_history(r))
		return err_set(e, ERR_REFUSED,
		    "this repository keeps its debriefs in %s%s already: nothing was changed: "
		    "use --repo %s, or git config debrief.folder FOLDER",
		    r->prefix, "debriefs/", r->work_dir);
	value = mem_dupn(folder, strlen(folder) - (folder[0] != '\0'));
	if (!repo_config_set(r, "debrief.folder", value, e)) {
		free(value);
		return false;
	}
	strs_take(said,
	    mem_fmt("the history is the folder %s of the repository in %s", value, r->work_dir));
	free(value);
	free(r->prefix);
	r->prefix = mem_dup(folder);
	return true;
}

static bool
drivers_set(struct repo *r, struct strs *said, struct err *e)
{
	bool changed = false;

	for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++) {
		if (repo_config_is_own(r, drivers[i][0]))
			continue;
		if (!repo_config_own(r, drivers[i][0], drivers[i][1]))
			return repo_fail(
			    e, "the merge driver was not registered", "run debrief init again");
		changed = true;
	}
	if (changed)
		strs_add(said, "registered the merge driver in the repository's settings");
	return true;
}

/* Does a line of .gitattributes speak of our files' merging? */
static bool
attributes_there(const struct buf *b)
{
	const char *at = b->len > 0 ? b->data : "";

	while (*at != '\0') {
		size_t len = strcspn(at, "\n"), skip = strspn(at, " \t");
		char *line = mem_dupn(at + skip, len > skip ? len - skip : 0);
		bool ours = strncmp(line, ATTRIBUTES_PATTERN, strlen(ATTRIBUTES_PATTERN)) == 0 &&
			    strstr(line, "merge=debrief") != NULL;
		free(line);
		if (ours)
			return true;
		at += len + (at[len] == '\n');
	}
	return false;
}

static void
attributes_add(struct buf *b)
{
	if (b->len > 0 && b->data[b->len - 1] != '\n')
		buf_addc(b, '\n');
	buf_adds(b, ATTRIBUTES_LINE);
}

static bool
attributes_commit(struct repo *r, const char *path, const struct buf *b, struct err *e)
{
	struct repo_file file = { .path = path, .bytes = b->data, .len = b->len };
	struct commit_request q = { .files = &file,
		.n_files = 1,
		.at_ns = clock_now_ns(),
		.message =
		    "Begin a history of debriefs\n\nTell git how they are merged and compared.\n" };
	struct commit_result result = { 0 };
	bool good = repo_identity(r, &q.author, e);

	good = good && repo_commit(r, &q, &result, e);
	identity_fini(&q.author);
	strs_fini(&result.said);
	return good;
}

/* Write it into the work tree alone. */
static bool
attributes_leave(struct repo *r, const char *path, const struct buf *b, const char *why,
    struct strs *said, struct err *e)
{
	char *full;
	bool good;

	if (r->work_dir == NULL) {
		strs_take(said, mem_fmt("%s could not be committed: %s", path, why));
		return true;
	}
	full = mem_fmt("%s/%s", r->work_dir, path);
	good = buf_write_file(full, b->data, b->len, e);
	free(full);
	if (good)
		strs_take(said, mem_fmt("a line was added to %s: commit it (%s)", path, why));
	return good;
}

/* Somebody's own unsaved changes of the file are kept, and then it is theirs to commit. */
static bool
attributes_set(struct repo *r, struct strs *said, struct err *e)
{
	char *path = mem_fmt("%s.gitattributes", r->prefix), head_hex[REPO_HEX], work_hex[REPO_HEX];
	struct buf head = { 0 }, work = { 0 };
	struct err why = { 0 };
	bool good = repo_head_file(r, path, head_hex, &head, e) &&
		    repo_work_file(r, path, work_hex, &work, e);
	bool edited = good && work_hex[0] != '\0' && strcmp(work_hex, head_hex) != 0;
	struct buf *b = work_hex[0] != '\0' ? &work : &head;

	if (good && !attributes_there(b)) {
		attributes_add(b);
		err_set(&why, ERR_REFUSED, "it had changes of yours");
		if (edited || !attributes_commit(r, path, b, &why))
			good = attributes_leave(r, path, b, why.text, said, e);
		else
			strs_take(said, mem_fmt("committed a line in %s", path));
	} else if (good && edited && head_hex[0] == '\0' && strcmp(b->data, ATTRIBUTES_LINE) == 0) {
		/* Ours, from a time when it could not be committed. */
		if (attributes_commit(r, path, b, &why))
			strs_take(said, mem_fmt("committed %s", path));
		else
			strs_take(said, mem_fmt("%s waits to be committed (%s)", path, why.text));
	}
	buf_fini(&head);
	buf_fini(&work);
	free(path);
	return good;
}

static bool
complete(struct repo *r, const char *folder, struct strs *said, struct err *e)
{
	char *state;

	if (!folder_set(r, folder, said, e) || !repo_state_dir(r, true, &state, e))
		return false;
	free(state);
	return drivers_set(r, said, e) && attributes_set(r, said, e);
}

/* Is the folder (with a final slash) the git directory or below it? */
static bool
in_git_dir(const struct repo *r, const char *full)
{
	size_t n = strlen(r->git_dir);

	return strncmp(full, r->git_dir, n) == 0 && full[n] == '/' &&
	       (r->work_dir != NULL || full[n + 1] != '\0');
}

static bool
ignored_by(struct repo *r, const char *full)
{
	size_t root = r->work_dir == NULL ? 0 : strlen(r->work_dir);
	int ignored = 0;

	return r->work_dir != NULL && strlen(full) > root + 1 &&
	       git_ignore_path_is_ignored(&ignored, r->git, full + root + 1) == 0 && ignored;
}

/* The repository that `dir` is in, unless it ignores that folder. NULL and ERR_MISSING: make one at
 * `dir`. */
static struct repo *
around(const char *dir, struct err *e)
{
	char *above = existing_above(dir), *real = realpath(above, NULL), *full;
	struct repo *r = repo_open(above, e);
	bool good = r != NULL;

	full = mem_fmt("%s%s/", real != NULL ? real : above, dir + strlen(above));
	if (good && in_git_dir(r, full))
		good = err_set(e, ERR_REFUSED,
		    "%s is git's own folder: nothing was changed: name the work tree", dir);
	else if (good && ignored_by(r, full))
		good = err_set(e, ERR_MISSING, "%s is ignored by the repository around it", dir);
	if (!good) {
		repo_close(r);
		r = NULL;
	}
	free(full);
	free(real);
	free(above);
	return r;
}

/* Absolute, without a final slash. Yours. */
static char *
whole_path(const char *dir)
{
	char cwd[4096], *path;
	size_t len;

	if (dir[0] == '/' || getcwd(cwd, sizeof cwd) == NULL)
		path = mem_dup(dir);
	else
		path = strcmp(dir, ".") == 0 ? mem_dup(cwd) : mem_fmt("%s/%s", cwd, dir);
	for (len = strlen(path); len > 1 && path[len - 1] == '/';)
		path[--len] = '\0';
	return path;
}

/* Open what is around `path`, or make a repository there. */
static struct repo *
open_or_make(const char *path, struct strs *said, struct err *e)
{
	struct err why = { 0 };
	struct repo *r = around(path, &why);

	if (r == NULL && why.kind != ERR_MISSING) {
		if (e != NULL)
			*e = why;
		return NULL;
	}
	if (!folder_make(path, e)) {
		repo_close(r);
		return NULL;
	}
	if (r == NULL && repository_make(path, said, e))
		r = repo_open(path, e);
	return r;
}

bool
repo_init(const char *dir, struct strs *said, struct err *e)
{
	char *path = whole_path(dir), *real, *folder;
	struct repo *r = open_or_make(path, said, e);
	bool good;

	real = realpath(path, NULL);
	free(path);
	folder = r == NULL ? NULL : folder_in(r, real != NULL ? real : "");
	good = r != NULL && complete(r, folder, said, e);
	free(folder);
	free(real);
	repo_close(r);
	return good;
}
