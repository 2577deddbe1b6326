/* pty KEYS ROWS COLS N SETTLE_TEXT CMD...: starts CMD under a pseudo terminal N / 50 + 5 times for the time to the first
 * frame (first bytes after which SETTLE_TEXT was seen), then sends N keys, one at a time, and measures each from its write
 * to the first byte back. Prints "start MS...", "key MS...", "bytes N" lines for bench/run.sh. */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/bench.h"

struct run {
	int fd;
	pid_t pid;
};

static struct run
start(char **cmd, int rows, int cols)
{
	struct winsize w = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
	struct run r;

	r.pid = forkpty(&r.fd, NULL, NULL, &w);
	if (r.pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		execvp(cmd[0], cmd);
		_exit(127);
	}
	return r;
}

/* Read until `ms` pass without a byte; -1 when it ended. Counts bytes, notes when the first came and whether the text did. */
static long
drain(int fd, int ms, double *first, const char *want)
{
	static char seen[1 << 20];
	long total = 0;

	for (;;) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		char buf[65536];
		ssize_t n;

		if (poll(&p, 1, total == 0 ? 2000 : ms) <= 0)
			return total;
		n = read(fd, buf, sizeof buf);
		if (n <= 0)
			return total;
		if (total == 0 && first != NULL)
			*first = bench_ms();
		if (want != NULL && (size_t)(total + n) < sizeof seen) {
			memcpy(seen + total, buf, (size_t)n);
			seen[total + n] = '\0';
			if (strstr(seen, want) != NULL) {
				if (first != NULL)
					*first = bench_ms();
				want = NULL;
			}
		}
		total += n;
	}
}

static void
stop(struct run *r)
{
	close(r->fd);
	kill(r->pid, SIGKILL);
	waitpid(r->pid, NULL, 0);
}

int
main(int argc, char **argv)
{
	const char *keys = argv[1], *want = argv[5];
	int rows, cols, n;
	long bytes = 0;
	struct run r;

	if (argc < 7)
		return 2;
	rows = atoi(argv[2]);
	cols = atoi(argv[3]);
	n = atoi(argv[4]);
	signal(SIGPIPE, SIG_IGN);
	for (int i = 0; i < n / 50 + 5; i++) {
		double begun = bench_ms(), first = begun;
		r = start(argv + 6, rows, cols);
		drain(r.fd, 60, &first, want);
		printf("start %.4f\n", first - begun);
		stop(&r);
	}
	r = start(argv + 6, rows, cols);
	drain(r.fd, 400, NULL, NULL);
	for (int i = 0; i < n; i++) {
		double begun = bench_ms(), first = 0;
		long got;
		if (write(r.fd, &keys[(size_t)i % strlen(keys)], 1) != 1)
			return 1;
		got = drain(r.fd, 20, &first, NULL);
		if (got <= 0)
			continue;
		bytes += got;
		printf("key %.4f\n", first - begun);
	}
	printf("bytes %ld\n", bytes / n);
	stop(&r);
	return 0;
}
