/* Reading a repository: versions of a path, listings, the log. */
#include "tests/storage/scratch.h"

#define FILE_A "debriefs/2026/11/2026-11-22-checkout-5xx-7k3f.json"

static void
files_are_read_where_they_are(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	char head[REPO_HEX], work[REPO_HEX], want[REPO_HEX];
	struct buf b = { 0 };
	struct err e = { 0 };

	assert_ok(repo_head_file(r, FILE_A, head, &b, &e));
	assert_string_equal(head, "");
	assert_int_equal(b.len, 0);
	assert_ok(commit_text(r, FILE_A, "{1}\n", NULL, &e));
	assert_ok(commit_text(r, FILE_A, "{2}\n", NULL, &e));
	run("echo '{3}' >'%s/" FILE_A "'", s->repo);
	assert_ok(repo_head_file(r, FILE_A, head, &b, &e));
	assert_ok(repo_work_file(r, FILE_A, work, &b, &e));
	assert_ok(repo_file_at(r, "HEAD~1", FILE_A, &b, &e));
	assert_string_equal(b.data, "{2}\n{3}\n{1}\n");
	repo_hash("{2}\n", 4, want);
	assert_string_equal(head, want);
	repo_hash("{3}\n", 4, want);
	assert_string_equal(work, want);
	assert_sh(want, "echo '{3}' | git hash-object --stdin");
	assert_refused(ERR_MISSING, "no revision", repo_file_at(r, "HEAD~9", FILE_A, &b, &e));
	assert_refused(ERR_MISSING, "no revision", repo_file_at(r, "", FILE_A, &b, &e));
	assert_refused(
	    ERR_MISSING, "is not in revision", repo_file_at(r, "HEAD~2", FILE_A, &b, &e));
	assert_refused(
	    ERR_MISSING, "is not in revision", repo_file_at(r, "HEAD", "debriefs", &b, &e));
	run("rm '%s/" FILE_A "' && mkdir '%s/" FILE_A "'", s->repo, s->repo);
	assert_refused(ERR_STORE, "is not a file", repo_work_file(r, FILE_A, work, NULL, &e));
	buf_fini(&b);
	repo_close(r);
}

static void
line_ends_are_git_s_affair(void **state)
{
	struct scratch *s = *state;
	char head[REPO_HEX], work[REPO_HEX];
	struct repo *r;
	struct err e = { 0 };

	run("git init -q -b main '%s' && git -C '%s' config core.autocrlf true", s->repo, s->repo);
	r = repo_open(s->repo, &e);
	assert_non_null(r);
	assert_ok(commit_text(r, FILE_A, "{\n}\n", NULL, &e));
	assert_sh("", "git -C '%s' status --porcelain", s->repo);
	run("cd '%s' && rm " FILE_A
	    " && git checkout -q -- . && grep -q \"$(printf '\\r')\" " FILE_A,
	    s->repo);
	assert_ok(repo_head_file(r, FILE_A, head, NULL, &e));
	assert_ok(repo_work_file(r, FILE_A, work, NULL, &e));
	assert_string_equal(head, work);
	assert_ok(commit_text(r, FILE_A, "{\n1\n}\n", NULL, &e));
	assert_sh("", "git -C '%s' status --porcelain", s->repo);
	repo_close(r);
}

struct seen {
	struct strs paths;
	size_t most;
};

static bool
see_file(void *ctx, const char *path, const char *hex)
{
	struct seen *seen = ctx;

	assert_int_equal(strlen(hex), 40);
	strs_add(&seen->paths, path);
	return seen->paths.n < seen->most;
}

static void
listings_are_in_byte_order(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct seen seen = { .most = 100 };
	struct err e = { 0 };

	assert_ok(repo_each_file(r, "debriefs", see_file, &seen, &e));
	assert_int_equal(seen.paths.n, 0);
	run("cd '%s' && mkdir -p debriefs/a debriefs/a.b debriefs/a0/x && touch debriefs/a/z "
	    "debriefs/a.b/y "
	    "debriefs/a-c debriefs/a0/x/1 debriefs/B other && ln -s x debriefs/link && git add . "
	    "&& git commit -qm 1",
	    s->repo);
	assert_ok(repo_each_file(r, "debriefs", see_file, &seen, &e));
	assert_int_equal(seen.paths.n, 6);
	for (size_t i = 1; i < seen.paths.n; i++)
		assert_true(strcmp(seen.paths.v[i - 1], seen.paths.v[i]) < 0);
	strs_fini(&seen.paths);
	seen.most = 2;
	assert_ok(repo_each_file(r, "debriefs", see_file, &seen, &e));
	assert_int_equal(seen.paths.n, 2);
	strs_fini(&seen.paths);
	assert_ok(repo_each_file(r, "other", see_file, &seen, &e));
	assert_int_equal(seen.paths.n, 0);
	repo_close(r);
}

static bool
see_commit(void *ctx, const struct repo_commit_info *c)
{
	struct seen *seen = ctx;

	strs_take(&seen->paths, mem_fmt("%s", c->hex));
	assert_string_equal(c->author, "Lena Example");
	assert_true(strlen(c->blob) == 40 || c->blob[0] == '\0');
	return seen->paths.n < seen->most;
}

static void
assert_log_as_git(struct scratch *s, struct repo *r, const char *path)
{
	struct seen seen = { .most = 1000 };
	struct buf ours = { 0 };
	struct err e = { 0 };
	char *theirs = sh("git -C '%s' log --format=%%H -- '%s'", s->repo, path);

	assert_ok(repo_log(r, path, see_commit, &seen, &e));
	buf_adds(&ours, "");
	for (size_t i = 0; i < seen.paths.n; i++)
		buf_addf(&ours, "%s%s", i > 0 ? "\n" : "", seen.paths.v[i]);
	assert_string_equal(ours.data, theirs);
	buf_fini(&ours);
	strs_fini(&seen.paths);
	free(theirs);
}

static void
log_is_what_git_log_says(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct err e = { 0 };
	struct seen seen = { .most = 2 };

	run("cd '%s' && export GIT_COMMITTER_DATE='2026-01-01T00:00:00Z' && n=0 && "
	    "c() { n=$((n+1)); GIT_COMMITTER_DATE=$((1800000000 + n * 60))' +0000' git commit -qam "
	    "\"$1\"; } && "
	    "m() { n=$((n+1)); GIT_COMMITTER_DATE=$((1800000000 + n * 60))' +0000' git merge -q "
	    "--no-ff -m \"$2\" $1; } && "
	    "echo 1 >o && git add o && c o && echo 1 >f && git add f && c f1 && git checkout -q -b "
	    "side && "
	    "echo 2 >f && c f2 && echo 2 >o && c o2 && git checkout -q main && echo x >p && git "
	    "add p && c p && "
	    "m side merge && echo 3 >f && c f3 && git checkout -q -b third HEAD~1 && echo 3 >f && "
	    "c f3too && "
	    "git checkout -q main && m third same && "
	    "git checkout -q -b left && printf '3\\na\\n' >f && c left && git checkout -q main && "
	    "printf 'b\\n3\\n' >f && c right && m left both && git rm -q f && c gone",
	    s->repo);
	assert_log_as_git(s, r, "f");
	assert_log_as_git(s, r, "o");
	assert_log_as_git(s, r, "p");
	assert_log_as_git(s, r, "nothing");
	assert_log_as_git(s, r, ".gitattributes");
	assert_ok(repo_log(r, "o", see_commit, &seen, &e));
	assert_int_equal(seen.paths.n, 2);
	strs_fini(&seen.paths);
	repo_close(r);
}

static void
empty_history_is_no_error(void **state)
{
	struct scratch *s = *state;
	struct seen seen = { .most = 9 };
	char hex[REPO_HEX];
	struct err e = { 0 };
	struct repo *r;

	run("git init -q '%s'", s->repo);
	r = repo_open(s->repo, &e);
	assert_ok(repo_each_file(r, "debriefs", see_file, &seen, &e));
	assert_ok(repo_log(r, FILE_A, see_commit, &seen, &e));
	assert_ok(repo_head_file(r, FILE_A, hex, NULL, &e));
	assert_int_equal(seen.paths.n, 0);
	assert_string_equal(hex, "");
	repo_close(r);
}

static void
damage_is_said(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct buf b = { 0 };
	char hex[REPO_HEX];
	struct err e = { 0 };

	assert_ok(commit_text(r, FILE_A, "{1}\n", NULL, &e));
	repo_close(r);
	run("cd '%s' && o=$(git rev-parse HEAD:" FILE_A
	    ") && rm -f .git/objects/$(echo $o | cut -c1-2)/$(echo $o | "
	    "cut -c3-)",
	    s->repo);
	r = repo_open(s->repo, &e);
	assert_ok(repo_head_file(r, FILE_A, hex, NULL, &e));
	assert_refused(ERR_STORE, "git fsck", repo_head_file(r, FILE_A, hex, &b, &e));
	run("cd '%s' && rm -rf .git/objects/*", s->repo);
	repo_close(r);
	r = repo_open(s->repo, &e);
	assert_refused(ERR_STORE, "git fsck", repo_head_file(r, FILE_A, hex, &b, &e));
	assert_refused(ERR_STORE, "everything is kept", commit_text(r, FILE_A, "{1}\n", NULL, &e));
	buf_fini(&b);
	repo_close(r);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		TEST(files_are_read_where_they_are),
		TEST(line_ends_are_git_s_affair),
		TEST(listings_are_in_byte_order),
		TEST(log_is_what_git_log_says),
		TEST(empty_history_is_no_error),
		TEST(damage_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
