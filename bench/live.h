/* Shared by the live benches: what a process costs, the load of the machine. */
#ifndef BENCH_LIVE_H
#define BENCH_LIVE_H

#include <stdbool.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "bench/bench.h"

struct cost { /* of a process, so far */
	double cpu_ms;
	long rss_kb;
};

static inline struct cost
cost_of(pid_t pid)
{
	struct cost c = { 0 };
	char path[64], line[1024];
	double ns;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/schedstat", (int)pid);
	f = fopen(path, "r");
	if (f != NULL && fscanf(f, "%lf", &ns) == 1)
		c.cpu_ms = ns / 1e6;
	if (f != NULL)
		fclose(f);
	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	f = fopen(path, "r");
	while (f != NULL && fgets(line, sizeof line, f) != NULL)
		sscanf(line, "VmRSS: %ld", &c.rss_kb);
	if (f != NULL)
		fclose(f);
	return c;
}

#endif
