#define _GNU_SOURCE /* pipe2 */
#include "live/place.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "base/when.h"

enum { REACH_MS = 10000, PAUSE_MS = 5, PAUSE_MOST_MS = 100, STATUS_FD = 3 };

/* The environment without what ssh says of who came and with which words: a host outlives them, and
 * its environment can be read. Yours; the texts are borrowed. */
static char **
env_of_host(void)
{
	size_t n = 0, kept = 0;
	char **env;

	while (environ[n] != NULL)
		n++;
	env = mem_zero(n + 1, sizeof *env);
	for (size_t i = 0; i < n; i++)
		if (strncmp(environ[i], "SSH_", 4) != 0)
			env[kept++] = environ[i];
	return env;
}

/* In the new process, until it is another program: nothing that is not safe after a fork. */
static void
become_host(int status_fd, char *const argv[], char *const env[])
{
	static const char failed[] =
	    "error 4 this program cannot be started anew: nothing was changed: is /proc mounted?\n";
	int null = open("/dev/null", O_RDWR);
	sigset_t none;

	/* Out of the way first: whoever started us may have had no standard input. */
	status_fd = fcntl(status_fd, F_DUPFD, STATUS_FD + 1);
	for (int fd = 0; fd < 3; fd++)
		dup2(null, fd);
	dup2(status_fd, STATUS_FD);
	for (int fd = STATUS_FD + 1; fd < 1024; fd++)
		close(fd);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (chdir("/") == 0)
		execve("/proc/self/exe", argv, env);
	if (write(STATUS_FD, failed, sizeof failed - 1) < 0)
		_exit(5);
	_exit(4);
}

/* Forked twice, so that it is nobody's child and has no terminal. */
static bool
start(int status_fd, char *const argv[])
{
	char **env = env_of_host();
	pid_t pid = fork();
	int how;

	if (pid == 0) {
		setsid();
		pid = fork();
		if (pid == 0)
			become_host(status_fd, argv, env);
		_exit(pid < 0);
	}
	free(env);
	if (pid < 0)
		return false;
	while (waitpid(pid, &how, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(how) && WEXITSTATUS(how) == 0;
}

static int
not_ours(const struct place *p, struct err *e)
{
	err_set(e, ERR_MISSING,
	    "the host of %s is gone, and only the account %s can start it: your text is kept here: "
	    "wait, or ask %s to open it",
	    p->name, p->owner, p->owner);
	return -1;
}

static int
launch_ours(const struct place *p, struct err *e)
{
	const char *share = p->share != NULL ? p->share : p->alone ? "none" : NULL;
	char *argv[] = { mem_dup("debrief"), mem_dup("host"), mem_dup(p->name), mem_dup("--repo"),
		mem_dup(p->repo_dir), mem_dup("--background"), mem_dup("--status-fd"),
		mem_fmt("%d", STATUS_FD), share != NULL ? mem_dup("--share") : NULL, mem_dup(share),
		NULL };
	int ends[2];
	bool started = false;

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0) {
		started = start(ends[1], argv);
		close(ends[1]);
		if (!started)
			close(ends[0]);
	}
	for (size_t i = 0; argv[i] != NULL; i++)
		free(argv[i]);
	if (started)
		return ends[0];
	err_set(e, ERR_STORE,
	    "no host can be started (%s): nothing was changed: close some programs",
	    strerror(errno));
	return -1;
}

int
place_launch(void *unused, const struct place *p, struct err *e)
{
	(void)unused;
	return p->owner != NULL ? not_ours(p, e) : launch_ours(p, e);
}

bool
place_launched(int status_fd, struct err *e)
{
	char said[1200];
	ssize_t n = read(status_fd, said, sizeof said - 1);
	struct buf words = { 0 };
	enum err_kind kind;

	said[n > 0 ? n : 0] = '\0';
	if (strncmp(said, "ok\n", 3) == 0 || strncmp(said, "busy\n", 5) == 0)
		return true;
	if (strncmp(said, "error ", 6) != 0 || said[6] < '1' || said[6] > '4' || said[7] != ' ')
		return err_set(e, ERR_STORE,
		    "the host did not start: nothing was changed: `debrief host` says why");
	kind = (enum err_kind)(said[6] - '0');
	text_clean(&words, said + 8, strcspn(said + 8, "\n"), TEXT_LINE);
	err_set(e, kind, "%s", words.data != NULL ? words.data : "");
	buf_fini(&words);
	return false;
}

static bool
wait_status(int fd, int64_t until_ms)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t left;

	while ((left = until_ms - clock_mono_ms()) > 0) {
		int n = poll(&p, 1, (int)left);
		if (n > 0)
			return true;
		if (n < 0 && errno != EINTR)
			return false;
	}
	return false;
}

static bool
launch_and_wait(
    const struct place *p, place_launch_fn *launch, void *ctx, int64_t until_ms, struct err *e)
{
	int fd = launch(ctx, p, e);
	bool good;

	if (fd < 0)
		return false;
	good = wait_status(fd, until_ms) ? place_launched(fd, e)
					 : err_set(e, ERR_STORE,
					       "the host takes too long to start: nothing was "
					       "changed: try again");
	close(fd);
	return good;
}

int
place_reach_by(const struct place *p, place_launch_fn *launch, void *ctx, struct err *e)
{
	int64_t until_ms = clock_mono_ms() + REACH_MS;
	struct err why = { 0 };

	for (int pause_ms = PAUSE_MS;;
	     pause_ms = pause_ms * 2 < PAUSE_MOST_MS ? pause_ms * 2 : PAUSE_MOST_MS) {
		int fd = place_connect(p, &why);
		if (fd >= 0)
			return fd;
		if (why.kind == ERR_NONE && launch_and_wait(p, launch, ctx, until_ms, &why)) {
			fd = place_connect(p, &why);
			if (fd >= 0)
				return fd;
		}
		if (why.kind == ERR_NONE && clock_mono_ms() > until_ms)
			err_set(&why, ERR_STORE,
			    "another process holds %s and does not answer: nothing was changed: "
			    "its number is in that file",
			    p->lock_file);
		if (why.kind != ERR_NONE) {
			if (e != NULL)
				*e = why;
			return -1;
		}
		usleep((useconds_t)pause_ms * 1000);
	}
}

int
place_reach(const struct place *p, struct err *e)
{
	return place_reach_by(p, place_launch, NULL, e);
}
