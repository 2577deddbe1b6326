/* The host of one debrief: puts ops in one order, checks, journals, applies, acknowledges,
 * broadcasts, saves. One round is: read every ready peer, check and sequence, one journal
 * transaction with fsync, then acks and broadcasts. */
#ifndef LIVE_HOST_H
#define LIVE_HOST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/loop.h"
#include "live/place.h"

struct host;

/* Writes the report that is committed beside a debrief's file (git config debrief.report md). */
typedef void host_twin_fn(const struct debrief *d, struct buf *out);

struct host_options {
	host_twin_fn *twin;	  /* NULL: there is none */
	bool foreground;	  /* stays; a background host ends a minute after its last client */
	int linger_ms;		  /* of a background host; 0: a minute */
	int64_t (*now_ns)(void);  /* NULL: the wall clock; tests give their own */
	uint64_t (*random)(void); /* NULL: the kernel's */
};

/* Open the debrief behind `place` (journal, or HEAD's file when there is none), replay, merge what
 * git or a hand changed underneath (one journaled batch by `git`), bind the socket, listen on
 * `loop`. Takes over the held lock `lock_fd`, which is released when this fails too. `r` and `loop`
 * stay the caller's and must outlive it. Without a journal none is made before the first op. */
struct host *host_new(struct loop *loop, struct repo *r, const struct place *place,
    const struct host_options *o, int lock_fd, struct err *e);
/* Also serve an already connected descriptor (tests, relay). */
void host_adopt(struct host *h, int fd);
/* Asked to step down, lingered out, or its history is gone: the loop was stopped. */
bool host_done(const struct host *h);
/* Flush, save nothing by itself, say bye, close the journal and the socket. */
void host_free(struct host *h);
size_t host_peers(const struct host *h);
const struct debrief *host_debrief(const struct host *h);

/* The whole of `debrief host`: take the lock (in the foreground asking a background host to step
 * down; beside another one in the foreground ERR_REFUSED), serve until SIGINT, SIGTERM or the end
 * of its time. `ready` (may be NULL) is called once it can be reached. In the background with
 * status_fd >= 0 (the number after --status-fd) one line goes there, "ok", "busy" (another process
 * is the host: true is returned) or the error, and it is closed. */
struct host_run {
	bool foreground;
	host_twin_fn *twin;
	const char *share; /* a Unix group that may come (--share); NULL: as the settings say */
	int status_fd; /* or -1 */
	void (*ready)(void *ctx);
	void *ctx;
};
bool host_run(struct repo *r, const struct entry *entry, const struct host_run *how, struct err *e);
/* An error from before host_run (no such history, no such debrief), for who waits there. */
void host_report(int status_fd, const struct err *e);

/* A debrief's present state without a host of its own: asks a running one; else takes the lock,
 * replays, releases. For `viewer_name` (NULL: nobody in particular), but nothing hidden is in it,
 * own or not. What git or a hand changed underneath is merged in, in memory only. `notes` (may be NULL) gets what is to be said
 * about it. Yours to free. */
struct debrief *host_read(struct repo *r, const struct entry *entry, const char *viewer_name,
    struct strs *notes, struct err *e);

/* The same for nobody in particular, and how many people are in it: -1 where no host runs. */
struct debrief *host_look(struct repo *r, const struct entry *entry, int *here, struct err *e);

/* Begin a debrief: its journal with `d` (borrowed) as it is; no host is left. Fills `out`. */
bool host_begin(struct repo *r, struct debrief *d, struct entry *out, struct err *e);

#endif
