/* One poll loop: file descriptors, timers, and signals as events. Not nested, no threads. */
#ifndef BASE_LOOP_H
#define BASE_LOOP_H

#include <stdbool.h>
#include <stdint.h>

struct loop;

enum { LOOP_READ = 1, LOOP_WRITE = 2, LOOP_ERROR = 4 /* always reported */ };

typedef void loop_fd_fn(void *ctx, int fd, int ready);
typedef void loop_timer_fn(void *ctx);
typedef void loop_signal_fn(void *ctx, int signo);

struct loop *loop_new(void);
void loop_free(
    struct loop *l); /* closes nothing but its own pipe; restores signal handlers it set */

/* Watch `fd` for LOOP_READ and/or LOOP_WRITE (0: errors only); called again it changes what for. */
void loop_watch(struct loop *l, int fd, int what, loop_fd_fn *fn, void *ctx);
void loop_unwatch(struct loop *l, int fd); /* safe from inside a callback */

/* Call `fn` once, `in_ms` from now. Returns a handle (never 0) for loop_cancel. */
uint64_t loop_after(struct loop *l, int in_ms, loop_timer_fn *fn, void *ctx);
void loop_cancel(struct loop *l, uint64_t timer); /* 0 and finished timers are fine */

/* Turn a signal into a call from the loop (a self-pipe; the handler only writes a byte). Signals go
 * to the loop of the process that asked last. */
void loop_signal(struct loop *l, int signo, loop_signal_fn *fn, void *ctx);

/* Called after each round of ready descriptors (the host's "one transaction a round"). */
void loop_each_round(struct loop *l, loop_timer_fn *fn, void *ctx);

/* Wait for and handle one round: all that is ready, then due timers. `max_ms` -1: no bound. */
void loop_once(struct loop *l, int max_ms);
void loop_run(struct loop *l); /* until loop_stop, which may also have come before */
void loop_stop(struct loop *l);

#endif
