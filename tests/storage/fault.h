/* Run this test program again as a child, with the fault library preloaded: a child does one thing
 * and a fault strikes at a chosen call. */
#ifndef TESTS_STORAGE_FAULT_H
#define TESTS_STORAGE_FAULT_H

#include "tests/storage/scratch.h"

struct fault {
	const char *call; /* "write,fsync"; NULL: all */
	const char *path; /* part of a path; NULL: all */
	const char *what; /* "kill", "ENOSPC", "EIO" */
	bool on;	  /* from then on */
};

/* The library, or NULL where the tests are run without it. */
SHARED const char *
fault_library(void)
{
	const char *shim = getenv("FAULT_SHIM");

	return shim != NULL && access(shim, R_OK) == 0 ? shim : NULL;
}

/* Run `self CHILD DIR` with the fault at the nth call. Returns the child's wait status; *struck
 * says whether the nth call came at all. */
SHARED int
fault_run(const struct fault *f, int nth, const char *child, const char *dir, bool *struck)
{
	char *seen = mem_fmt("%s.struck", dir), *at = mem_fmt("%d", nth);
	pid_t pid;
	int status;

	unlink(seen);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		setenv("LD_PRELOAD", fault_library(), 1);
		setenv("FAULT_AT", at, 1);
		setenv("FAULT_DO", f->what, 1);
		setenv("FAULT_SEEN", seen, 1);
		setenv("ASAN_OPTIONS", "verify_asan_link_order=0:detect_leaks=0", 1);
		if (f->call != NULL)
			setenv("FAULT_CALL", f->call, 1);
		if (f->path != NULL)
			setenv("FAULT_PATH", f->path, 1);
		if (f->on)
			setenv("FAULT_ON", "1", 1);
		execl("/proc/self/exe", "self", child, dir, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	*struck = access(seen, F_OK) == 0;
	unlink(seen);
	free(seen);
	free(at);
	return status;
}

#endif
