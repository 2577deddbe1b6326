/* What the tests of storage/ share: a scratch folder with a home of its own, and the git program as
 * the judge. */
#ifndef TESTS_STORAGE_SCRATCH_H
#define TESTS_STORAGE_SCRATCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "storage/repo.h"

#define SHARED __attribute__((unused)) static

struct scratch {
	char *dir;  /* removed at the end */
	char *repo; /* a path in it where nothing is yet */
};

SHARED char *sh(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Run a shell command; its output without the last newline is yours. Asserts that it succeeds. */
SHARED char *
sh(const char *fmt, ...)
{
	struct buf out = { 0 };
	char *command, part[4096];
	va_list ap;
	FILE *f;
	size_t n;
	int status;

	va_start(ap, fmt);
	buf_vaddf(&out, fmt, ap);
	va_end(ap);
	command = buf_take(&out);
	f = popen(command, "r");
	assert_non_null(f);
	buf_adds(&out, "");
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		buf_add(&out, part, n);
	status = pclose(f);
	if (status != 0)
		print_message("`%s` ended with %d: %s\n", command, WEXITSTATUS(status), out.data);
	assert_int_equal(status, 0);
	free(command);
	if (out.len > 0 && out.data[out.len - 1] == '\n')
		out.data[--out.len] = '\0';
	return buf_take(&out);
}

#define run(...) free(sh(__VA_ARGS__))

#define assert_sh(expected, ...)                                                                   \
	do {                                                                                       \
		char *got_ = sh(__VA_ARGS__);                                                      \
		assert_string_equal(got_, expected);                                               \
		free(got_);                                                                        \
	} while (0)

SHARED int
scratch_setup(void **state)
{
	struct scratch *s = mem_zero(1, sizeof *s);
	/* Where there is memory for it: thousands of syncs to a disk would take minutes beside
	 * other work. */
	char *dir = mem_fmt("%s/debrief-test-XXXXXX", getenv("TMPDIR") != NULL ? getenv("TMPDIR")
						      : access("/dev/shm", W_OK) == 0 ? "/dev/shm"
										      : "/tmp");

	assert_non_null(mkdtemp(dir));
	s->dir = realpath(dir, NULL);
	free(dir);
	s->repo = mem_fmt("%s/history", s->dir);
	setenv("HOME", s->dir, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_DATA_HOME");
	unsetenv("GIT_AUTHOR_NAME");
	unsetenv("GIT_AUTHOR_EMAIL");
	unsetenv("GIT_CONFIG_GLOBAL");
	unsetenv("DEBRIEF_REPO");
	unsetenv("EMAIL");
	run("git config --global user.name 'Lena Example' && git config --global user.email "
	    "lena@example.org");
	*state = s;
	return 0;
}

SHARED int
scratch_teardown(void **state)
{
	struct scratch *s = *state;

	run("chmod -R u+rwX '%s' && rm -rf '%s'", s->dir, s->dir);
	free(s->dir);
	free(s->repo);
	free(s);
	return 0;
}

#define assert_ok(call)                                                                            \
	do {                                                                                       \
		if (!(call)) {                                                                     \
			print_message("%s: %s\n", #call, e.text);                                  \
			fail();                                                                    \
		}                                                                                  \
	} while (0)

/* The call fails with this kind, and its sentence holds these words. */
#define assert_refused(expected, words, call)                                                      \
	do {                                                                                       \
		e = (struct err){ 0 };                                                             \
		assert_false(call);                                                                \
		if (e.kind != (expected) || strstr(e.text, words) == NULL)                         \
			print_message("kind %d: %s\n", (int)e.kind, e.text);                       \
		assert_int_equal(e.kind, expected);                                                \
		assert_non_null(strstr(e.text, words));                                            \
	} while (0)

SHARED struct repo *
repo_made(const char *dir)
{
	struct strs said = { 0 };
	struct err e = { 0 };
	struct repo *r;

	assert_ok(repo_init(dir, &said, &e));
	strs_fini(&said);
	r = repo_open(dir, &e);
	if (r == NULL)
		print_message("%s\n", e.text);
	assert_non_null(r);
	return r;
}

/* Commit one text; what was said goes to `said` (may be NULL). */
SHARED bool
commit_text(struct repo *r, const char *path, const char *text, struct strs *said, struct err *e)
{
	struct repo_file f = {
		.path = path, .bytes = text, .len = text == NULL ? 0 : strlen(text)
	};
	struct commit_request q = { .files = &f,
		.n_files = 1,
		.message = "Checkout: two events added",
		.at_ns = INT64_C(1784200000000000000) };
	struct commit_result out;
	bool good = repo_identity(r, &q.author, e) && repo_commit(r, &q, &out, e);

	identity_fini(&q.author);
	if (good && said != NULL)
		*said = out.said;
	else if (good)
		strs_fini(&out.said);
	return good;
}

#endif
