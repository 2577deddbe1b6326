/* A real full disk: a small file system of its own in memory, where the machine lets one be
 * mounted. */
#include "tests/storage/journals.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>

#define FILE_A "debriefs/2026/11/2026-11-22-checkout-5xx-7k3f.json"

int unshare(int flags); /* glibc shows it only with _GNU_SOURCE */

enum { NO_MOUNT = 77, MOUNT_NAMESPACE = 0x00020000 };

static void
fill(const char *file)
{
	static const char zeros[4096];
	int fd = open(file, O_WRONLY | O_CREAT, 0600);
	ssize_t n;

	assert_true(fd >= 0);
	do
		n = write(fd, zeros, sizeof zeros);
	while (n > 0);
	close(fd);
}

static void
refuse_and_go_on(const char *dir)
{
	char *repo_dir = mem_fmt("%s/history", dir), *filler = mem_fmt("%s/filler", dir);
	char *file = mem_fmt("%s/history/.git/debrief/0123456789ab.journal", dir);
	uint64_t seed = 71;
	struct debrief *d = debrief_begun(&seed);
	struct repo *r = repo_made(repo_dir);
	struct journal *j = journal_begun(file, d);
	struct opened o;
	struct err e = { 0 };
	struct op op;

	assert_ok(commit_text(r, FILE_A, "{1}\n", NULL, &e));
	grow(j, d, 20, &seed);
	fill(filler);
	op_make(&op, d, &seed);
	for (int i = 0; i < 200 && journal_append(j, &op, 1, &e); i++) {
		debrief_apply(d, &op); /* the file's last page has room yet */
		op_fini(&op);
		op_make(&op, d, &seed);
	}
	assert_refused(ERR_STORE, "the disk is full", journal_append(j, &op, 1, &e));
	assert_refused(ERR_STORE, "the disk is full", commit_text(r, FILE_A, "{2}\n", NULL, &e));
	assert_sh("{1}", "git -C '%s' show HEAD:" FILE_A, repo_dir);
	assert_int_equal(unlink(filler), 0);
	assert_ok(journal_append(j, &op, 1, &e));
	debrief_apply(d, &op);
	op_fini(&op);
	assert_ok(commit_text(r, FILE_A, "{2}\n", NULL, &e));
	assert_sh("", "cd '%s' && git status --porcelain && git fsck --strict 2>&1", repo_dir);
	journal_close(j);
	assert_ok(reopen(&o, file, &e));
	assert_true(debrief_equal(o.d, d));
	opened_fini(&o);
	repo_close(r);
	debrief_free(d);
	free(repo_dir);
	free(filler);
	free(file);
}

static void
full_disk(void **state)
{
	struct scratch *s = *state;
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		if (unshare(MOUNT_NAMESPACE) != 0 ||
		    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
		    mount("none", s->dir, "tmpfs", 0, "size=1m") != 0)
			_exit(NO_MOUNT);
		run("git config --global user.name lena && git config --global user.email "
		    "l@example.org");
		refuse_and_go_on(s->dir);
		_exit(0); /* a failed assertion has left by another way */
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == NO_MOUNT)
		skip();
	assert_int_equal(status, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(full_disk, scratch_setup, scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
