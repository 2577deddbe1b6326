/* Making a history: of its own, in a repository that is there, in a folder of one. */
#include "tests/storage/scratch.h"

#define FILE_A "debriefs/2026/11/2026-11-22-checkout-5xx-7k3f.json"

static void
init_makes_a_history(void **state)
{
	struct scratch *s = *state;
	char *dir = mem_fmt("%s/deep/er", s->dir);
	struct repo *r = repo_made(dir);
	char *driver = repo_config(r, "merge.debrief.driver");

	assert_string_equal(repo_work_dir(r), dir);
	assert_string_equal(repo_prefix(r), "");
	assert_true(repo_is_history(r));
	assert_non_null(strstr(driver, "debrief merge-file %O %A %B || git merge-file"));
	assert_sh("main", "git -C '%s' symbolic-ref --short HEAD", dir);
	assert_sh("debriefs/**/*.json  merge=debrief diff=debrief text eol=lf",
	    "cat '%s/.gitattributes'", dir);
	assert_sh("", "git -C '%s' status --porcelain", dir);
	assert_sh("1", "git -C '%s' rev-list --count HEAD", dir);
	assert_sh("debrief",
	    "git -C '%s' check-attr merge x debriefs/2026/11/a.json | sed -n 's/.*json: merge: "
	    "//p'",
	    dir);
	repo_close(r);
	free(driver);
	free(dir);
}

static void
init_twice_changes_nothing(void **state)
{
	struct scratch *s = *state;
	struct strs said = { 0 };
	struct err e = { 0 };
	char *before, *after;

	repo_close(repo_made(s->repo));
	before = sh("cd '%s' && cat .git/config .gitattributes && git rev-parse HEAD", s->repo);
	assert_ok(repo_init(s->repo, &said, &e));
	assert_int_equal(said.n, 0);
	after = sh("cd '%s' && cat .git/config .gitattributes && git rev-parse HEAD", s->repo);
	assert_string_equal(before, after);
	free(before);
	free(after);
}

static void
init_takes_the_default_branch(void **state)
{
	struct scratch *s = *state;

	run("git config --global init.defaultBranch trunk");
	repo_close(repo_made(s->repo));
	assert_sh("trunk", "git -C '%s' symbolic-ref --short HEAD", s->repo);
}

static void
init_touches_only_its_paths(void **state)
{
	struct scratch *s = *state;
	struct repo *r;

	run("git init -q -b main '%s' && cd '%s' && printf '*.png binary' >.gitattributes && echo "
	    "1 >code.c && "
	    "git add . && git commit -qm code && echo 2 >code.c && git add code.c && echo 3 "
	    ">code.c && echo n >new",
	    s->repo, s->repo);
	r = repo_made(s->repo);
	assert_sh("*.png binary\ndebriefs/**/*.json  merge=debrief diff=debrief text eol=lf",
	    "cat '%s/.gitattributes'", s->repo);
	assert_sh("MM code.c\n?? new", "git -C '%s' status --porcelain", s->repo);
	assert_sh(".gitattributes", "git -C '%s' show --format= --name-only HEAD", s->repo);
	repo_close(r);
}

static void
init_leaves_unsaved_attributes_alone(void **state)
{
	struct scratch *s = *state;
	struct strs said = { 0 };
	struct err e = { 0 };

	run("git init -q -b main '%s' && cd '%s' && echo '*.a b' >.gitattributes && git add . && "
	    "git commit -qm 1 && "
	    "echo '*.c d' >>.gitattributes",
	    s->repo, s->repo);
	assert_ok(repo_init(s->repo, &said, &e));
	assert_non_null(strstr(said.v[said.n - 1], "had changes of yours"));
	assert_sh("3", "wc -l <'%s/.gitattributes'", s->repo);
	assert_sh("1", "git -C '%s' rev-list --count HEAD", s->repo);
	strs_fini(&said);
}

static void
init_in_a_folder_of_a_repository(void **state)
{
	struct scratch *s = *state;
	char *sub = mem_fmt("%s/team/retros", s->repo), *other = mem_fmt("%s/other", s->repo);
	char *room = mem_fmt("%s/debriefs/2026", sub);
	struct strs said = { 0 };
	struct err e = { 0 };
	struct repo *r;

	run("git init -q -b main '%s' && cd '%s' && echo 1 >code.c && git add . && git commit -qm "
	    "code",
	    s->repo, s->repo);
	r = repo_made(sub);
	assert_string_equal(repo_prefix(r), "team/retros/");
	assert_string_equal(repo_work_dir(r), s->repo);
	assert_sh(
	    "team/retros/.gitattributes", "git -C '%s' show --format= --name-only HEAD", s->repo);
	assert_sh("", "git -C '%s' status --porcelain", s->repo);
	repo_close(r);
	assert_refused(ERR_REFUSED, "team/retros/debriefs", repo_init(other, &said, &e));
	assert_ok(repo_init(room, &said, &e)); /* inside it: the same history */
	r = repo_open(other, &e);
	assert_string_equal(repo_prefix(r), "team/retros/");
	repo_close(r);
	strs_fini(&said);
	free(sub);
	free(other);
	free(room);
}

static void
init_in_an_ignored_folder_makes_its_own(void **state)
{
	struct scratch *s = *state;
	char *sub = mem_fmt("%s/build/h", s->repo);
	struct repo *r;

	run("git init -q '%s' && echo build >'%s/.gitignore'", s->repo, s->repo);
	r = repo_made(sub);
	assert_string_equal(repo_work_dir(r), sub);
	repo_close(r);
	free(sub);
}

static void
init_refuses_what_it_cannot_do(void **state)
{
	struct scratch *s = *state;
	char *file = mem_fmt("%s/file", s->dir), *below = mem_fmt("%s/file/x", s->dir);
	char *git = mem_fmt("%s/.git/x", s->repo);
	struct strs said = { 0 };
	struct err e = { 0 };

	run("echo x >'%s' && git init -q '%s'", file, s->repo);
	assert_refused(ERR_STORE, "Not a directory", repo_init(file, &said, &e));
	assert_refused(ERR_STORE, "Not a directory", repo_init(below, &said, &e));
	assert_refused(ERR_REFUSED, "git's own folder", repo_init(git, &said, &e));
	assert_refused(ERR_STORE, "cannot be made", repo_init("/proc/nothing/here", &said, &e));
	strs_fini(&said);
	free(file);
	free(below);
	free(git);
}

static void
init_without_a_name_waits(void **state)
{
	struct scratch *s = *state;
	struct err e = { 0 };
	struct repo *r;

	run("git config --global --unset user.name");
	r = repo_made(s->repo);
	assert_sh("?? .gitattributes", "git -C '%s' status --porcelain", s->repo);
	assert_refused(ERR_REFUSED, "git config --global user.name \"Your Name\"",
	    commit_text(r, FILE_A, "{}\n", NULL, &e));
	assert_ok(repo_config_global_set("user.name", "lena", &e));
	assert_ok(commit_text(r, FILE_A, "{}\n", NULL, &e));
	assert_sh("", "git -C '%s' status --porcelain", s->repo);
	assert_sh(".gitattributes\n" FILE_A, "git -C '%s' ls-files", s->repo);
	repo_close(r);
}

static void
init_completes_a_bare_one(void **state)
{
	struct scratch *s = *state;
	struct err e = { 0 };
	struct repo *r;

	run("git init -q --bare -b main '%s'", s->repo);
	r = repo_made(s->repo);
	assert_null(repo_work_dir(r));
	assert_ok(commit_text(r, FILE_A, "{}\n", NULL, &e));
	assert_sh(".gitattributes\n" FILE_A, "git -C '%s' ls-tree -r --name-only main", s->repo);
	assert_sh("", "git -C '%s' fsck --strict 2>&1", s->repo);
	repo_close(r);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		TEST(init_makes_a_history),
		TEST(init_twice_changes_nothing),
		TEST(init_takes_the_default_branch),
		TEST(init_touches_only_its_paths),
		TEST(init_leaves_unsaved_attributes_alone),
		TEST(init_in_a_folder_of_a_repository),
		TEST(init_in_an_ignored_folder_makes_its_own),
		TEST(init_refuses_what_it_cannot_do),
		TEST(init_without_a_name_waits),
		TEST(init_completes_a_bare_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
