/* Commits that meet each other, that are killed, and that the disk refuses: nothing acknowledged is
 * lost, the repository is whole, and the next commit goes through. */
#include "tests/storage/fault.h"

#include <poll.h>
#include <signal.h>
#include <utime.h>

#include "base/id.h"
#include "storage/repo_internal.h"

enum { WRITERS = 8, COMMITS = 25, KILLS = 25 };

static void
assert_whole(const char *dir)
{
	assert_sh("", "git -C '%s' fsck --strict --no-dangling 2>&1", dir);
}

/* A lock that a broken disk left is taken for what it is only after a minute: let that pass. What
 * a killed writer left is known at once. */
static void
age_lock(const char *dir)
{
	char *lock = mem_fmt("%s/.git/refs/heads/main.lock", dir);
	struct utimbuf t = { 0, 0 };

	t.actime = t.modtime = time(NULL) - 100;
	utime(lock, &t);
	free(lock);
}

static void
write_many(const char *dir, int who)
{
	struct err e = { 0 };
	struct repo *r = repo_open(dir, &e);

	for (int i = 0; r != NULL && i < COMMITS; i++) {
		char *path = mem_fmt("debriefs/2026/%02d/%d.json", 1 + i % 12, who);
		char *text = mem_fmt("{%d}\n", i);
		if (!commit_text(r, path, text, NULL, &e)) {
			fprintf(stderr, "writer %d: %s\n", who, e.text);
			_exit(1);
		}
		free(path);
		free(text);
	}
	_exit(r == NULL);
}

static void
eight_at_once_lose_nothing(void **state)
{
	struct scratch *s = *state;
	pid_t pid[WRITERS];
	int status;

	repo_close(repo_made(s->repo));
	for (int i = 0; i < WRITERS; i++)
		if ((pid[i] = fork()) == 0)
			write_many(s->repo, i);
	for (int i = 0; i < WRITERS; i++) {
		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
		assert_int_equal(status, 0);
	}
	assert_sh("201", "git -C '%s' rev-list --count HEAD", s->repo);
	assert_sh("", "git -C '%s' status --porcelain", s->repo);
	assert_whole(s->repo);
}

/* Commit numbers without end, and say each once it is committed. */
static void
write_and_tell(const char *dir, int from, int to_fd)
{
	struct err e = { 0 };
	struct repo *r = repo_open(dir, &e);

	if (r == NULL)
		_exit(4);
	for (int i = from;; i++) {
		char *path = mem_fmt("debriefs/2026/11/%d.json", i), *text = mem_fmt("{%d}\n", i);
		if (!commit_text(r, path, text, NULL, &e)) {
			fprintf(stderr, "%s\n", e.text);
			_exit(1);
		}
		if (write(to_fd, &i, sizeof i) != sizeof i)
			_exit(2);
		free(path);
		free(text);
	}
	_exit(3);
}

/* Let a child commit, kill it after about `us`; returns the last number it acknowledged (`from` -
 * 1: none). */
static int
killed_after(const char *dir, int from, unsigned us)
{
	int ends[2], n = from - 1, got, status;
	struct timespec t = { 0, (long)us * 1000 };
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	if ((pid = fork()) == 0)
		write_and_tell(dir, from, ends[1]);
	close(ends[1]);
	/* Once it works: the moment within a commit is what is random. */
	if (read(ends[0], &got, sizeof got) == sizeof got)
		n = got;
	nanosleep(&t, NULL);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	while (read(ends[0], &got, sizeof got) == sizeof got)
		n = got;
	close(ends[0]);
	return n;
}

static void
killed_writers_lose_nothing(void **state)
{
	struct scratch *s = *state;
	struct err e = { 0 };
	struct repo *r;
	uint64_t seed = 42;
	int next = 1;

	repo_close(repo_made(s->repo));
	for (int i = 0; i < KILLS; i++) {
		char *listed;
		int last;
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		last = killed_after(s->repo, next, (unsigned)(seed >> 33) % 8000);
		listed = sh("git -C '%s' ls-tree -r --name-only HEAD debriefs | wc -l", s->repo);
		assert_true(atoi(listed) >= last);
		assert_true(atoi(listed) <= last + 1);
		next = atoi(listed) + 1;
		free(listed);
	}
	assert_whole(s->repo);
	r = repo_open(s->repo, &e);
	assert_ok(commit_text(r, "debriefs/2026/12/end.json", "{}\n", NULL, &e));
	assert_sh("", "git -C '%s' status --porcelain", s->repo);
	repo_close(r);
}

/* In the child: change one file and add another. */
static int
child_commit(const char *dir)
{
	struct err e = { 0 };
	struct repo *r = repo_open(dir, &e);
	int status = 10;

	if (r != NULL) {
		r->retry_ms = 20;
		status = commit_text(r, "debriefs/2026/11/a.json", "{2}\n", NULL, &e) ? 0 : 20;
	}
	repo_close(r);
	if (status != 0 && strstr(e.text, "everything is kept") == NULL &&
	    strstr(e.text, "nothing was changed") == NULL &&
	    strstr(e.text, "nothing was read") == NULL)
		fprintf(stderr, "without comfort: %s\n", e.text);
	return status;
}

/* A repository with a first version, copied so that it is quick to make anew. */
static void
begin_again(const char *dir, const char *model)
{
	run("rm -rf '%s' && cp -a '%s' '%s'", dir, model, dir);
}

/* Every sixth call; all of them where TEST_LONG is set (a minute). */
static int
stride(void)
{
	return getenv("TEST_LONG") != NULL ? 1 : 6;
}

static void
each_call_struck(struct scratch *s, const struct fault *f)
{
	char *model = mem_fmt("%s/model", s->dir),
	     *index_lock = mem_fmt("%s/.git/index.lock", s->repo);
	struct repo *r = repo_made(model);
	struct err e = { 0 };
	bool struck = true;
	int nth;

	assert_ok(commit_text(r, "debriefs/2026/11/a.json", "{1}\n", NULL, &e));
	repo_close(r);
	for (nth = 1; struck && nth < 300; nth += stride()) {
		int status;
		begin_again(s->repo, model);
		status = fault_run(f, nth, "--commit", s->repo, &struck);
		if (WIFEXITED(status))
			assert_sh(WEXITSTATUS(status) == 0 ? "{2}" : "{1}",
			    "git -C '%s' show HEAD:debriefs/2026/11/a.json", s->repo);
		if (strcmp(f->what, "kill") != 0)
			age_lock(s->repo);
		unlink(index_lock);
		r = repo_open(s->repo, &e);
		assert_ok(
		    r != NULL && commit_text(r, "debriefs/2026/11/a.json", "{3}\n", NULL, &e));
		repo_close(r);
		assert_sh("",
		    "cd '%s' && git status --porcelain && git fsck --strict --no-dangling 2>&1",
		    s->repo);
	}
	assert_true(nth > 3);
	assert_false(struck);
	free(model);
	free(index_lock);
}

static void
killed_at_every_call(void **state)
{
	static const struct fault f = { NULL, "/history", "kill", false };

	if (fault_library() == NULL)
		skip();
	each_call_struck(*state, &f);
}

static void
full_disk_at_every_write(void **state)
{
	static const struct fault f = { "write,create,mkdir,truncate", "/history", "ENOSPC", true };

	if (fault_library() == NULL)
		skip();
	each_call_struck(*state, &f);
}

static void
broken_disk_at_every_call(void **state)
{
	static const struct fault f = { "write,fsync,rename,link", "/history", "EIO", false };

	if (fault_library() == NULL)
		skip();
	each_call_struck(*state, &f);
}

int
main(int argc, char **argv)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		TEST(eight_at_once_lose_nothing),
		TEST(killed_writers_lose_nothing),
		TEST(killed_at_every_call),
		TEST(full_disk_at_every_write),
		TEST(broken_disk_at_every_call),
	};

	if (argc == 3 && strcmp(argv[1], "--commit") == 0)
		return child_commit(argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
