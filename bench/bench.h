/* Shared by the benches: samples, and a row "what ours theirs ratio n p99". */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline double
bench_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static inline int
bench_cmp(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static inline double
bench_at(double *v, size_t n, double share)
{
	qsort(v, n, sizeof *v, bench_cmp);
	return v[(size_t)((double)(n - 1) * share)];
}

/* Milliseconds: lower is better; the ratio is ours to theirs. */
static inline void
bench_row(const char *what, double *ours, double *theirs, size_t n, const char *peer)
{
	double o = bench_at(ours, n, 0.5), t = bench_at(theirs, n, 0.5);

	printf("%-44s %10.4f %10.4f %7.2f  n=%zu  p99 %.4f / %.4f ms  against %s\n", what, o, t,
	    o / t, n, bench_at(ours, n, 0.99), bench_at(theirs, n, 0.99), peer);
	fflush(stdout);
}

#endif
