/* clock CMD...: runs it, prints the milliseconds it took. */
#include <sys/wait.h>
#include <unistd.h>

#include "bench/bench.h"

int
main(int argc, char **argv)
{
	double begun = bench_ms();
	pid_t pid;
	int status;

	if (argc < 2)
		return 2;
	pid = fork();
	if (pid == 0) {
		if (freopen("/dev/null", "w", stdout) != NULL)
			execvp(argv[1], argv + 1);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	printf("%.4f\n", bench_ms() - begun);
	return status != 0;
}
