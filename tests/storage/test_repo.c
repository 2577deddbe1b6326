/* Committing, and everything that may stand in the way. git itself is the judge. */
#include "tests/storage/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <utime.h>

#include "storage/repo_internal.h"

#define FILE_A "debriefs/2026/11/2026-11-22-checkout-5xx-7k3f.json"
#define FILE_B "debriefs/2026/12/2026-12-01-queue-9m2x.json"

/* libgit2 1.5 loses a regular expression's memory for each extension that it refuses. */
const char *__lsan_default_suppressions(void);
const char *
__lsan_default_suppressions(void)
{
	return "leak:libpcre2-8.so\n";
}

static void
commit_leaves_git_status_clean(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct err e = { 0 };

	for (int i = 0; i < 5; i++) {
		char *text = mem_fmt("{\"n\": %d}\n", i);
		assert_ok(commit_text(r, i % 2 ? FILE_A : FILE_B, text, NULL, &e));
		assert_sh("", "git -C '%s' status --porcelain", s->repo);
		free(text);
	}
	assert_sh("6", "git -C '%s' rev-list --count HEAD", s->repo);
	assert_sh("", "git -C '%s' fsck --strict 2>&1", s->repo);
	assert_sh("{\"n\": 4}", "cat '%s/" FILE_B "'", s->repo);
	assert_sh(
	    "commit: Checkout: two events added", "git -C '%s' reflog -1 --format=%%gs", s->repo);
	assert_ok(commit_text(r, FILE_A, NULL, NULL, &e));
	assert_sh("", "git -C '%s' status --porcelain", s->repo);
	assert_sh(FILE_B, "cd '%s' && git ls-files debriefs && ! test -e " FILE_A, s->repo);
	repo_close(r);
}

static void
commit_of_nothing_new_is_none(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct repo_file f = { FILE_A, "{}\n", 3, NULL };
	struct commit_request q = { .files = &f, .n_files = 1, .message = "x", .at_ns = 1 };
	struct commit_result out;
	struct err e = { 0 };
	char hex[REPO_HEX];

	assert_ok(repo_identity(r, &q.author, &e));
	assert_ok(repo_commit(r, &q, &out, &e));
	assert_true(out.made);
	strs_fini(&out.said);
	run("rm '%s/" FILE_A "'", s->repo);
	assert_ok(repo_commit(r, &q, &out, &e));
	assert_false(out.made);
	assert_sh(out.commit, "git -C '%s' rev-parse HEAD", s->repo);
	repo_hash("{}\n", 3, hex);
	assert_string_equal(out.blob, hex);
	assert_sh("", "git -C '%s' status --porcelain", s->repo); /* the lost file is back */
	identity_fini(&q.author);
	strs_fini(&out.said);
	repo_close(r);
}

static void
commit_begins_an_unborn_branch(void **state)
{
	struct scratch *s = *state;
	struct err e = { 0 };
	struct repo *r;

	run("git init -q -b main '%s'", s->repo);
	r = repo_open(s->repo, &e);
	assert_non_null(r);
	assert_false(repo_is_history(r));
	assert_ok(commit_text(r, FILE_A, "{}\n", NULL, &e));
	assert_true(repo_is_history(r));
	assert_sh("", "git -C '%s' status --porcelain", s->repo);
	assert_sh("", "git -C '%s' fsck --strict 2>&1", s->repo);
	repo_close(r);
}

static void
commit_says_who_and_what(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct repo_file f = { FILE_A, "{}\n", 3, NULL };
	char name[] = "Lena\nparent 123 <x>", email[] = "<a@b>\n";
	struct commit_request q = { .files = &f,
		.n_files = 1,
		.at_ns = INT64_C(1784200000000000000),
		.message = "Subject  \n\n\n# a heading is kept\n\x1b[31mred",
		.author = { name, email } };
	struct commit_result out;
	struct err e = { 0 };

	assert_ok(repo_commit(r, &q, &out, &e));
	assert_sh("Lena parent 123 x <a@b>",
	    "git -C '%s' log -1 --format='%%an <%%ae>' | tr -d '\\033'", s->repo);
	assert_sh("1784200000", "git -C '%s' log -1 --format=%%at", s->repo);
	assert_sh("0", "git -C '%s' cat-file commit HEAD | grep -c \"$(printf '\\033')\" || true",
	    s->repo);
	assert_sh("# a heading is kept", "git -C '%s' cat-file commit HEAD | grep '#'", s->repo);
	assert_sh("0a", "git -C '%s' cat-file commit HEAD | tail -c 1 | od -An -tx1 | tr -d ' '",
	    s->repo);
	strs_fini(&out.said);
	repo_close(r);
}

static void
commit_keeps_what_others_staged(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct err e = { 0 };

	run("cd '%s' && echo 1 >a && echo 1 >b && git add a b && git commit -qm ab && echo 2 >a && "
	    "git add a && "
	    "echo 3 >a && git rm -q --cached b && echo n >n && git add n",
	    s->repo);
	assert_ok(commit_text(r, FILE_A, "{}\n", NULL, &e));
	assert_sh("MM a\nD  b\nA  n\n?? b", "git -C '%s' status --porcelain", s->repo);
	assert_sh(FILE_A, "git -C '%s' show --format= --name-only HEAD", s->repo);
	repo_close(r);
}

static void
commit_in_a_linked_work_tree(void **state)
{
	struct scratch *s = *state;
	struct repo *main_tree = repo_made(s->repo), *r;
	char *linked = mem_fmt("%s/linked", s->dir);
	struct err e = { 0 };

	run("git -C '%s' worktree add -q -b side '%s'", s->repo, linked);
	r = repo_open(linked, &e);
	assert_non_null(r);
	assert_string_equal(repo_git_dir(r), repo_git_dir(main_tree));
	assert_string_equal(repo_work_dir(r), linked);
	assert_ok(commit_text(r, FILE_A, "{}\n", NULL, &e));
	assert_sh("", "git -C '%s' status --porcelain && git -C '%s' status --porcelain", linked,
	    s->repo);
	assert_sh("1", "git -C '%s' rev-list --count main..side", s->repo);
	assert_ok(repo_config_set(r, "debrief.branch", "main", &e));
	assert_refused(ERR_REFUSED, "another work tree", commit_text(r, FILE_B, "{}\n", NULL, &e));
	repo_close(r);
	repo_close(main_tree);
	free(linked);
}

static void
commit_on_a_branch_that_is_not_out(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	char hex[REPO_HEX];
	struct err e = { 0 };

	assert_ok(repo_config_set(r, "debrief.branch", "records", &e));
	assert_ok(commit_text(r, FILE_A, "{}\n", NULL, &e));
	assert_ok(commit_text(r, FILE_A, "{ }\n", NULL, &e));
	assert_sh("2", "git -C '%s' rev-list --count records", s->repo);
	assert_sh("1", "git -C '%s' rev-list --count main", s->repo);
	assert_sh("", "cd '%s' && git status --porcelain && ! test -e debriefs", s->repo);
	assert_ok(repo_head_file(r, FILE_A, hex, NULL, &e));
	assert_int_equal(strlen(hex), 40);
	assert_ok(repo_work_file(r, FILE_A, hex, NULL, &e));
	assert_string_equal(hex, "");
	repo_close(r);
}

static void
commit_waits_for_an_unfinished_merge(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct err e = { 0 };

	run("cd '%s' && echo 0 >a && git add a && git commit -qm 0 && git checkout -qb side && "
	    "echo 1 >a && "
	    "git commit -qam 1 && git checkout -q main && echo 2 >a && git commit -qam 2",
	    s->repo);
	run("cd '%s' && ! git merge -q side >/dev/null", s->repo);
	assert_refused(ERR_REFUSED, "git merge --abort", commit_text(r, FILE_A, "{}\n", NULL, &e));
	run("cd '%s' && git merge --abort && ! git rebase -q side >/dev/null 2>&1", s->repo);
	assert_refused(
	    ERR_REFUSED, "git rebase --continue", commit_text(r, FILE_A, "{}\n", NULL, &e));
	run("cd '%s' && git rebase --abort && git checkout -q --detach", s->repo);
	assert_refused(ERR_REFUSED, "git switch", commit_text(r, FILE_A, "{}\n", NULL, &e));
	run("cd '%s' && git checkout -q main", s->repo);
	assert_ok(commit_text(r, FILE_A, "{}\n", NULL, &e));
	repo_close(r);
}

static void
commit_never_overwrites_a_hand(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct repo_file f = { FILE_A, "{2}\n", 4, "" };
	struct commit_request q = { .files = &f, .n_files = 1, .message = "x", .at_ns = 1 };
	struct commit_result out;
	struct err e = { 0 };

	assert_ok(commit_text(r, FILE_A, "{}\n", NULL, &e));
	run("echo mine >'%s/" FILE_A "'", s->repo);
	assert_refused(ERR_REFUSED, "changed by hand", commit_text(r, FILE_A, "{1}\n", NULL, &e));
	assert_sh("mine", "cat '%s/" FILE_A "'", s->repo);
	assert_ok(commit_text(r, FILE_A, "mine\n", NULL, &e));
	assert_sh("", "git -C '%s' status --porcelain", s->repo);
	assert_ok(repo_identity(r, &q.author, &e));
	assert_refused(ERR_REFUSED, "another commit changed", repo_commit(r, &q, &out, &e));
	identity_fini(&q.author);
	repo_close(r);
}

static void
commit_refuses_a_link_out_of_the_tree(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct err e = { 0 };

	run("mkdir '%s/away' && ln -s ../away '%s/debriefs'", s->dir, s->repo);
	assert_refused(ERR_REFUSED, "in the way", commit_text(r, FILE_A, "{}\n", NULL, &e));
	run("cd '%s' && rm debriefs && mkdir -p " FILE_A, s->repo);
	assert_refused(ERR_REFUSED, "in the way", commit_text(r, FILE_A, "{}\n", NULL, &e));
	run("cd '%s' && rm -r debriefs && echo x >debriefs", s->repo);
	assert_refused(ERR_REFUSED, "in the way", commit_text(r, FILE_A, "{}\n", NULL, &e));
	assert_refused(ERR_REFUSED, "no path", commit_text(r, "/etc/x", "{}\n", NULL, &e));
	assert_refused(ERR_REFUSED, "no path", commit_text(r, "../x", "{}\n", NULL, &e));
	assert_refused(ERR_REFUSED, "no path", commit_text(r, ".git/config", "{}\n", NULL, &e));
	assert_sh("1", "git -C '%s' rev-list --count HEAD", s->repo);
	repo_close(r);
}

static void
locked_index_is_said_and_healed(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct strs said = { 0 };
	struct err e = { 0 };

	run("touch '%s/.git/index.lock'", s->repo);
	assert_ok(commit_text(r, FILE_A, "{}\n", &said, &e));
	assert_int_equal(said.n, 1);
	assert_non_null(strstr(said.v[0], "index.lock"));
	strs_fini(&said);
	run("rm '%s/.git/index.lock'", s->repo);
	repo_close(r);
	r = repo_open(s->repo, &e); /* another process, even */
	assert_ok(commit_text(r, FILE_B, "{}\n", &said, &e));
	assert_int_equal(said.n, 0);
	assert_sh("", "git -C '%s' status --porcelain", s->repo);
	repo_close(r);
}

static void
touch_old(const char *file, int age_s)
{
	struct utimbuf t;

	run("touch '%s'", file);
	t.actime = t.modtime = time(NULL) - age_s;
	assert_int_equal(utime(file, &t), 0);
}

static void
stale_lock_is_removed_when_ours_alone(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	char *lock = mem_fmt("%s/.git/refs/heads/main.lock", s->repo);
	struct strs said = { 0 };
	struct err e = { 0 };

	r->retry_ms = 30;
	touch_old(lock, 0);
	assert_refused(
	    ERR_STORE, "refs/heads/main.lock is ", commit_text(r, FILE_A, "{}\n", NULL, &e));
	touch_old(lock, 61);
	assert_ok(commit_text(r, FILE_A, "{}\n", &said, &e));
	assert_int_equal(said.n, 1);
	assert_non_null(strstr(said.v[0], "removed "));
	strs_fini(&said);
	assert_sh("", "git -C '%s' status --porcelain", s->repo);
	run("cd '%s' && echo c >code.c && git add . && git commit -qm code", s->repo);
	touch_old(lock, 61);
	assert_refused(ERR_STORE, "remove that file", commit_text(r, FILE_B, "{}\n", NULL, &e));
	assert_int_equal(access(lock, F_OK), 0);
	repo_close(r);
	free(lock);
}

static void
identity_comes_as_git_resolves_it(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct identity i;
	struct err e = { 0 };

	assert_ok(repo_identity(r, &i, &e));
	assert_string_equal(i.name, "Lena Example");
	identity_fini(&i);
	setenv("GIT_AUTHOR_NAME", "Env\n<Name>", 1);
	assert_ok(repo_identity(r, &i, &e));
	assert_string_equal(i.name, "Env Name");
	identity_fini(&i);
	unsetenv("GIT_AUTHOR_NAME");
	run("git config --global --unset user.email");
	assert_ok(repo_identity(r, &i, &e));
	assert_non_null(strchr(i.email, '@'));
	identity_fini(&i);
	run("git -C '%s' config user.name '  '", s->repo);
	assert_refused(ERR_REFUSED, "git config --global user.name", repo_identity(r, &i, &e));
	repo_close(r);
}

static void
settings_are_git_s(void **state)
{
	struct scratch *s = *state;
	char *file = mem_fmt("%s/elsewhere", s->dir), *got;
	struct repo *r;
	struct err e = { 0 };

	run("git config --file '%s' debrief.theme dark", file);
	setenv("GIT_CONFIG_GLOBAL", file, 1);
	r = repo_made(s->repo);
	got = repo_config(r, "debrief.theme");
	assert_string_equal(got, "dark");
	free(got);
	got = repo_config_global("debrief.theme");
	assert_string_equal(got, "dark");
	free(got);
	assert_ok(repo_config_global_set("debrief.size", "3", &e));
	assert_sh("3", "git config --file '%s' debrief.size", file);
	unsetenv("GIT_CONFIG_GLOBAL");
	assert_ok(repo_config_set(r, "debrief.theme", "light", &e));
	assert_sh("light", "git -C '%s' config debrief.theme", s->repo);
	setenv("GIT_CONFIG_COUNT", "1", 1);
	setenv("GIT_CONFIG_KEY_0", "Debrief.Theme", 1);
	setenv("GIT_CONFIG_VALUE_0", "loud", 1);
	got = repo_config(r, "debrief.theme");
	unsetenv("GIT_CONFIG_COUNT");
	assert_string_equal(got, "loud");
	free(got);
	assert_null(repo_config(r, "debrief.nothing"));
	assert_refused(ERR_STORE, "not kept", repo_config_set(r, "no name", "x", &e));
	repo_close(r);
	free(file);
}

static void
open_says_why_not(void **state)
{
	struct scratch *s = *state;
	char *none = mem_fmt("%s/none", s->dir);
	struct err e = { 0 };

	assert_refused(ERR_MISSING, "no such folder", repo_open(none, &e) != NULL);
	run("mkdir '%s'", none);
	assert_refused(ERR_MISSING, "debrief init", repo_open(none, &e) != NULL);
	run("git init -q --object-format=sha256 '%s'", none);
	assert_refused(ERR_STORE, "objectformat", repo_open(none, &e) != NULL);
	run("rm -rf '%s' && git init -q '%s' && cd '%s' && git config core.repositoryformatversion "
	    "1 && "
	    "git config extensions.refstorage reftable",
	    none, none, none);
	assert_refused(ERR_STORE, "refstorage", repo_open(none, &e) != NULL);
	run("cd '%s' && git config --file .git/config --unset extensions.refstorage && "
	    "git config --file .git/config extensions.worktreeConfig true",
	    none);
	repo_close(repo_open(none, &e));
	run("git -C '%s' config debrief.folder ../x", none);
	assert_refused(ERR_STORE, "debrief.folder", repo_open(none, &e) != NULL);
	free(none);
}

static void
open_says_whose_it_is(void **state)
{
	struct scratch *s = *state;
	struct err e = { 0 };
	char *words;

	if (geteuid() != 0)
		skip();
	run("git init -q '%s' && mkdir '%s/sub' && chown -R 12345 '%s'", s->repo, s->repo, s->repo);
	words = mem_fmt("git config --global --add safe.directory %s", s->repo);
	assert_refused(ERR_STORE, words, repo_open(s->repo, &e) != NULL);
	run("git config --global --add safe.directory /nowhere");
	assert_refused(ERR_STORE, words, repo_open(s->repo, &e) != NULL);
	run("%s", words);
	repo_close(repo_open(s->repo, &e));
	free(words);
}

/* As an account without rights, in a child: 0 when all was as it should be. */
static int
unprivileged(const char *dir, bool readable)
{
	struct err e = { 0 };
	struct repo *r;

	if (setgid(65534) != 0 || setuid(65534) != 0)
		return 77;
	setenv("GIT_AUTHOR_NAME", "nobody", 1);
	r = repo_open(dir, &e);
	if (!readable)
		return r == NULL && e.kind == ERR_STORE && strstr(e.text, "no right") != NULL ? 0
											      : 2;
	if (r == NULL)
		return 3;
	if (commit_text(r, FILE_A, "{}\n", NULL, &e) || e.kind != ERR_STORE)
		return 4;
	return strstr(e.text, "everything is kept") != NULL ||
		       strstr(e.text, "nothing was changed") != NULL
		   ? 0
		   : 5;
}

static void
no_rights_are_said(void **state)
{
	struct scratch *s = *state;

	if (geteuid() != 0)
		skip();
	repo_close(repo_made(s->repo));
	run("chmod 755 '%s' && chown -R 65534:65534 '%s' && chmod -R a-w '%s'", s->dir, s->repo,
	    s->repo);
	for (int readable = 1; readable >= 0; readable--) {
		pid_t pid = fork();
		int status;
		if (pid == 0)
			_exit(unprivileged(s->repo, readable));
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(WEXITSTATUS(status), 0);
		run("chmod 0 '%s'", s->repo);
	}
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		TEST(commit_leaves_git_status_clean),
		TEST(commit_of_nothing_new_is_none),
		TEST(commit_begins_an_unborn_branch),
		TEST(commit_says_who_and_what),
		TEST(commit_keeps_what_others_staged),
		TEST(commit_in_a_linked_work_tree),
		TEST(commit_on_a_branch_that_is_not_out),
		TEST(commit_waits_for_an_unfinished_merge),
		TEST(commit_never_overwrites_a_hand),
		TEST(commit_refuses_a_link_out_of_the_tree),
		TEST(locked_index_is_said_and_healed),
		TEST(stale_lock_is_removed_when_ours_alone),
		TEST(identity_comes_as_git_resolves_it),
		TEST(settings_are_git_s),
		TEST(open_says_why_not),
		TEST(open_says_whose_it_is),
		TEST(no_rights_are_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
