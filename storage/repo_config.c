/* git's settings: the only settings there are. */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <git2/sys/repository.h>

#include "base/text.h"
#include "storage/repo_internal.h"

static bool
env_set(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0';
}

static void
add_file(git_config *c, const char *path, git_config_level_t level, git_repository *repo)
{
	if (path != NULL && path[0] != '\0')
		git_config_add_file_ondisk(c, path, level, repo, 0);
}

static void
add_system(git_config *c, git_repository *repo)
{
	const char *no = getenv("GIT_CONFIG_NOSYSTEM");
	git_buf found = { 0 };

	if (no != NULL && no[0] != '\0' && strcmp(no, "0") != 0 && strcasecmp(no, "false") != 0)
		return;
	if (getenv("GIT_CONFIG_SYSTEM") != NULL)
		add_file(c, getenv("GIT_CONFIG_SYSTEM"), GIT_CONFIG_LEVEL_SYSTEM, repo);
	else if (git_config_find_system(&found) == 0)
		add_file(c, found.ptr, GIT_CONFIG_LEVEL_SYSTEM, repo);
	git_buf_dispose(&found);
}

static void
add_global(git_config *c, git_repository *repo)
{
	git_buf xdg = { 0 }, home = { 0 };

	if (getenv("GIT_CONFIG_GLOBAL") != NULL) {
		add_file(c, getenv("GIT_CONFIG_GLOBAL"), GIT_CONFIG_LEVEL_GLOBAL, repo);
		return;
	}
	if (git_config_find_xdg(&xdg) == 0)
		add_file(c, xdg.ptr, GIT_CONFIG_LEVEL_XDG, repo);
	if (git_config_find_global(&home) == 0)
		add_file(c, home.ptr, GIT_CONFIG_LEVEL_GLOBAL, repo);
	git_buf_dispose(&xdg);
	git_buf_dispose(&home);
}

/* Does the environment ask for other files than the usual ones, or the repository for one of its
 * work tree's? */
static bool
files_differ(const struct repo *r)
{
	char *own = r == NULL ? NULL : mem_fmt("%s/config.worktree", r->own_dir);
	bool differ = getenv("GIT_CONFIG_GLOBAL") != NULL || getenv("GIT_CONFIG_SYSTEM") != NULL ||
		      env_set("GIT_CONFIG_NOSYSTEM") || (own != NULL && access(own, R_OK) == 0);

	free(own);
	return differ;
}

static git_config *
config_build(const struct repo *r)
{
	git_repository *git = r == NULL ? NULL : r->git;
	git_config *c = NULL;
	char *path;

	if (git_config_new(&c) != 0)
		return NULL;
	add_system(c, git);
	add_global(c, git);
	if (r == NULL)
		return c;
	path = mem_fmt("%s/config", r->git_dir);
	add_file(c, path, GIT_CONFIG_LEVEL_LOCAL, git);
	free(path);
	path = mem_fmt("%s/config.worktree", r->own_dir);
	if (access(path, R_OK) == 0)
		add_file(c, path, GIT_CONFIG_LEVEL_APP, git);
	free(path);
	return c;
}

bool
repo_config_load(struct repo *r)
{
	git_config *c;
	bool good;

	if (!files_differ(r))
		return true;
	c = config_build(r);
	good = c != NULL && git_repository_set_config(r->git, c) == 0;
	git_config_free(c);
	return good;
}

char *
repo_config_env(const char *name)
{
	const char *count = getenv("GIT_CONFIG_COUNT");
	long n = count == NULL ? 0 : strtol(count, NULL, 10);
	char *value = NULL;

	for (long i = 0; i < n && i < 1000; i++) {
		char *key = mem_fmt("GIT_CONFIG_KEY_%ld", i),
		     *val = mem_fmt("GIT_CONFIG_VALUE_%ld", i);
		if (getenv(key) != NULL && getenv(val) != NULL &&
		    strcasecmp(getenv(key), name) == 0) {
			free(value);
			value = mem_dup(getenv(val));
		}
		free(key);
		free(val);
	}
	return value;
}

static char *
config_text(git_config *c, const char *name)
{
	char *value = repo_config_env(name);
	git_buf found = { 0 };

	if (value == NULL && c != NULL && git_config_get_string_buf(&found, c, name) == 0)
		value = mem_dup(found.ptr == NULL ? "" : found.ptr);
	git_buf_dispose(&found);
	return value;
}

char *
repo_config(const struct repo *r, const char *name)
{
	git_config *c = NULL;
	char *value;

	git_repository_config(&c, r->git);
	value = config_text(c, name);
	git_config_free(c);
	return value;
}

/* The repository's own file alone. Yours to free, or NULL. */
static git_config *
own_level(const struct repo *r)
{
	git_config *all = NULL, *own = NULL;

	if (git_repository_config(&all, r->git) == 0)
		git_config_open_level(&own, all, GIT_CONFIG_LEVEL_LOCAL);
	git_config_free(all);
	return own;
}

bool
repo_config_own(struct repo *r, const char *name, const char *value)
{
	git_config *own = own_level(r);
	bool good = own != NULL && git_config_set_string(own, name, value) == 0;

	git_config_free(own);
	return good;
}

bool
repo_config_is_own(const struct repo *r, const char *name)
{
	git_config *own = own_level(r);
	git_buf found = { 0 };
	bool is = own != NULL && git_config_get_string_buf(&found, own, name) == 0;

	git_buf_dispose(&found);
	git_config_free(own);
	return is;
}

bool
repo_config_set(struct repo *r, const char *name, const char *value, struct err *e)
{
	return repo_config_own(r, name, value) ||
	       repo_fail(e, "the setting was not kept", "everything else is as it was");
}

char *
repo_config_global(const char *name)
{
	git_config *c;
	char *value;

	repo_library_begin();
	c = config_build(NULL);
	value = config_text(c, name);
	git_config_free(c);
	return value;
}

char *
repo_config_in(const char *dir, const char *name)
{
	struct err ignored = { 0 };
	struct repo *r = dir != NULL ? repo_open(dir, &ignored) : NULL;
	char *value = r != NULL ? repo_config(r, name) : repo_config_global(name);

	repo_close(r);
	return value;
}

/* The file `git config --global` would write: an existing one, else ~/.gitconfig. Yours, or NULL.
 */
static char *
global_file(void)
{
	git_buf found = { 0 };
	char *path = NULL;

	if (env_set("GIT_CONFIG_GLOBAL"))
		return mem_dup(getenv("GIT_CONFIG_GLOBAL"));
	if (git_config_find_global(&found) == 0 || git_config_find_xdg(&found) == 0)
		path = mem_dup(found.ptr);
	else if (env_set("HOME"))
		path = mem_fmt("%s/.gitconfig", getenv("HOME"));
	git_buf_dispose(&found);
	return path;
}

bool
repo_config_global_set(const char *name, const char *value, struct err *e)
{
	git_config *c = NULL;
	char *path;
	bool good;

	repo_library_begin();
	path = global_file();
	good = path != NULL && git_config_open_ondisk(&c, path) == 0 &&
	       git_config_set_string(c, name, value) == 0;
	if (path == NULL)
		err_set(e, ERR_STORE,
		    "there is no home folder for the setting: nothing was changed: "
		    "set HOME");
	else if (!good)
		repo_fail(e, "the setting was not kept", "everything else is as it was");
	git_config_free(c);
	free(path);
	return good;
}

void
identity_fini(struct identity *i)
{
	free(i->name);
	free(i->email);
	*i = (struct identity){ 0 };
}

/* The same crud at the ends goes that git takes away. */
char *
repo_header_text(const char *raw)
{
	struct buf line = { 0 }, out = { 0 };

	if (raw == NULL)
		return NULL;
	text_clean(&line, raw, strlen(raw), TEXT_LINE);
	for (size_t i = 0; i < line.len; i++)
		if (strchr("<>\n\r\t", line.data[i]) == NULL)
			buf_addc(&out, line.data[i]);
	buf_fini(&line);
	while (out.len > 0 && strchr(" .,:;\"'\\", out.data[out.len - 1]) != NULL)
		out.data[--out.len] = '\0';
	while (out.len > 0 && strchr(" .,:;\"'\\", out.data[0]) != NULL)
		buf_cut_front(&out, 1);
	if (out.len > 0)
		return buf_take(&out);
	buf_fini(&out);
	return NULL;
}

static char *
first_text(const struct repo *r, const char *env, const char *author, const char *user)
{
	char *found = repo_header_text(getenv(env)), *raw;
	const char *names[] = { author, user };

	for (size_t i = 0; found == NULL && i < 2; i++) {
		raw = r != NULL ? repo_config(r, names[i]) : repo_config_global(names[i]);
		found = repo_header_text(raw);
		free(raw);
	}
	return found;
}

static char *
login_email(void)
{
	char host[256] = "localhost", *raw, *email;
	const struct passwd *pw = getpwuid(getuid());

	if (gethostname(host, sizeof host - 1) != 0)
		strcpy(host, "localhost");
	raw = mem_fmt("%s@%s", pw != NULL ? pw->pw_name : "user", host);
	email = repo_header_text(raw);
	free(raw);
	return email;
}

bool
repo_identity(const struct repo *r, struct identity *out, struct err *e)
{
	struct identity i;

	i.name = first_text(r, "GIT_AUTHOR_NAME", "author.name", "user.name");
	if (i.name == NULL)
		return err_set(e, ERR_REFUSED,
		    "git does not know your name: everything is kept, nothing was committed: "
		    "git config --global user.name \"Your Name\"");
	i.email = first_text(r, "GIT_AUTHOR_EMAIL", "author.email", "user.email");
	if (i.email == NULL)
		i.email = repo_header_text(getenv("EMAIL"));
	if (i.email == NULL)
		i.email = login_email();
	*out = i;
	return true;
}
