#include "storage/repo.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/repo_internal.h"

enum { RETRY_MS = 5000 };

static const char *
last_reason(void)
{
	const git_error *g = git_error_last();

	/* A look-up of a setting that is not there leaves its words behind. */
	if (g != NULL && g->klass == GIT_ERROR_CONFIG && errno == ENOSPC)
		return strerror(ENOSPC);
	return g != NULL && g->message != NULL && g->message[0] != '\0' ? g->message
									: "no reason given";
}

bool
repo_fail(struct err *e, const char *what, const char *kept)
{
	const char *why = last_reason();

	if (strstr(why, strerror(ENOSPC)) != NULL || strstr(why, strerror(EDQUOT)) != NULL)
		return err_set(
		    e, ERR_STORE, "%s: the disk is full: %s: make room and try again", what, kept);
	if (strstr(why, strerror(EROFS)) != NULL || strstr(why, strerror(EACCES)) != NULL)
		return err_set(e, ERR_STORE, "%s: no right to write: %s: %s", what, kept, why);
	return err_set(e, ERR_STORE, "%s: %s: %s", what, why, kept);
}

/* Debian's libgit2 reads every certificate authority when it begins, at four fifths of the cost of
 * beginning, for a network that is git's own here (fetch and push are child processes): this name
 * of mbed TLS, found in the program before the library's own, has nothing to read. Connections by
 * libgit2 itself would be refused for want of an authority. */
int mbedtls_x509_crt_parse_file(void *chain, const char *path);

int
mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
	(void)chain, (void)path;
	return -1;
}

void
repo_library_begin(void)
{
	/* libgit2 1.5 knows this extension only when told; it changes nothing in what we read. */
	static const char *const extensions[] = { "worktreeconfig", "worktreeConfig" };

	/* Begun once and never ended: it takes some milliseconds. */
	if (git_libgit2_init() > 1) {
		git_libgit2_shutdown();
	} else {
		git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
		git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, (size_t)2);
	}
	/* Where the settings are follows the environment of now. */
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_SYSTEM, NULL);
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_XDG, NULL);
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_GLOBAL, NULL);
}

/* The folder to name for safe.directory: the repository's root, not its .git. Yours. */
static char *
foreign_root(const char *dir)
{
	git_buf found = { 0 };
	char *root;
	size_t len;

	if (git_repository_discover(&found, dir, 0, NULL) != 0)
		return mem_dup(dir);
	len = strlen(found.ptr);
	if (len > 6 && strcmp(found.ptr + len - 6, "/.git/") == 0)
		len -= 5;
	root = mem_dupn(found.ptr, len > 1 ? len - 1 : len);
	git_buf_dispose(&found);
	return root;
}

/* Why there is no repository to open: libgit2 has the same number for "not there" and "not yours".
 */
static bool
open_failed(struct err *e, const char *dir, int code)
{
	const git_error *g = git_error_last();
	bool foreign = code == GIT_EOWNER || (g != NULL && g->klass == GIT_ERROR_CONFIG &&
						 strstr(last_reason(), "safe.directory") != NULL);
	struct stat st;
	bool there = stat(dir, &st) == 0, hidden = !there && errno == EACCES;

	if (foreign) {
		char *root = foreign_root(dir);
		err_set(e, ERR_STORE,
		    "%s belongs to another account: nothing was read: git config --global "
		    "--add safe.directory %s",
		    root, root);
		free(root);
		return false;
	}
	if (hidden || (there && S_ISDIR(st.st_mode) && access(dir, R_OK | X_OK) != 0))
		return err_set(e, ERR_STORE, "%s: no right to read it: nothing was read", dir);
	if (!there || !S_ISDIR(st.st_mode))
		return err_set(e, ERR_MISSING,
		    "%s: no such folder: nothing was read: debrief init makes one", dir);
	if (code == GIT_ENOTFOUND)
		return err_set(e, ERR_MISSING,
		    "%s: no git repository there: nothing was read: debrief init "
		    "makes one",
		    dir);
	return err_set(e, ERR_STORE,
	    "%s cannot be opened: %s: nothing was read: only repositories with SHA-1 "
	    "and files for refs are understood",
	    dir, last_reason());
}

static char *
real_dir(const char *path)
{
	char *real = realpath(path, NULL), *mine;
	size_t len;

	mine = mem_dup(real != NULL ? real : path);
	free(real);
	for (len = strlen(mine); len > 1 && mine[len - 1] == '/';)
		mine[--len] = '\0';
	return mine;
}

/* "./a//b" as "a/b/"; NULL when it leaves the repository. */
static char *
folder_prefix(const char *folder)
{
	struct buf out = { 0 };

	buf_adds(&out, "");
	while (folder != NULL && *folder != '\0') {
		size_t len = strcspn(folder, "/");
		bool dot = len == 1 && folder[0] == '.';
		if (len == 2 && folder[0] == '.' && folder[1] == '.') {
			buf_fini(&out);
			return NULL;
		}
		if (len > 0 && !dot) {
			buf_add(&out, folder, len);
			buf_addc(&out, '/');
		}
		folder += len;
		folder += *folder == '/';
	}
	return buf_take(&out);
}

static bool
repo_fill(struct repo *r, struct err *e)
{
	const char *work = git_repository_workdir(r->git);
	char *folder;

	r->git_dir = real_dir(git_repository_commondir(r->git));
	r->own_dir = real_dir(git_repository_path(r->git));
	r->work_dir = work == NULL ? NULL : real_dir(work);
	if (!repo_config_load(r))
		return repo_fail(e, "git's settings cannot be read", "nothing was changed");
	folder = repo_config(r, "debrief.folder");
	r->prefix = folder_prefix(folder);
	free(folder);
	return r->prefix != NULL || err_set(e, ERR_STORE,
					"debrief.folder leaves the repository: nothing was read: "
					"git config debrief.folder FOLDER, without \"..\"");
}

struct repo *
repo_open(const char *dir, struct err *e)
{
	struct repo *r = mem_zero(1, sizeof *r);
	int code;

	r->retry_ms = RETRY_MS;
	repo_library_begin();
	code = git_repository_open_ext(&r->git, dir, 0, NULL);
	if (code != 0) {
		open_failed(e, dir, code);
		repo_close(r);
		return NULL;
	}
	if (repo_fill(r, e))
		return r;
	repo_close(r);
	return NULL;
}

void
repo_close(struct repo *r)
{
	if (r == NULL)
		return;
	git_repository_free(r->git);
	free(r->git_dir);
	free(r->own_dir);
	free(r->work_dir);
	free(r->prefix);
	free(r);
}

const char *
repo_git_dir(const struct repo *r)
{
	return r->git_dir;
}

const char *
repo_own_dir(const struct repo *r)
{
	return r->own_dir;
}

const char *
repo_work_dir(const struct repo *r)
{
	return r->work_dir;
}

const char *
repo_prefix(const struct repo *r)
{
	return r->prefix;
}

bool
repo_is_history(struct repo *r)
{
	char *folder = mem_fmt("%sdebriefs", r->prefix);
	git_tree_entry *entry = NULL;
	git_tree *tree = NULL;
	bool is = repo_config_is_own(r, "merge.debrief.driver");

	if (!is && repo_tip_tree(r, &tree, NULL) && tree != NULL)
		is = git_tree_entry_bypath(&entry, tree, folder) == 0;
	git_tree_entry_free(entry);
	git_tree_free(tree);
	free(folder);
	return is;
}

bool
repo_state_dir(const struct repo *r, bool make, char **out, struct err *e)
{
	char *dir = mem_fmt("%s/debrief", r->git_dir);

	if (make && mkdir(dir, 0700) != 0 && errno != EEXIST) {
		err_set(e, ERR_STORE, "%s cannot be made: %s: nothing was changed", dir,
		    strerror(errno));
		free(dir);
		return false;
	}
	*out = dir;
	return true;
}
