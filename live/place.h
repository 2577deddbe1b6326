/* Where a debrief's host is found: the lock GITDIR/debrief/ID.host says who runs it, the socket's
 * path is in it. A flock held for the host's life is the truth about liveness. */
#ifndef LIVE_PLACE_H
#define LIVE_PLACE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/id.h"
#include "storage/history.h"

struct place {
	struct id id;
	char *repo_dir;	 /* for a host started in the background: --repo */
	char *name;	 /* the debrief's */
	char *lock_file; /* GITDIR/debrief/ID.host */
	char *socket;	 /* $XDG_RUNTIME_DIR/debrief/HASH.sock, else /tmp/debrief-UID/... */
};
bool place_of(const struct repo *r, const struct entry *entry, struct place *out, struct err *e);
void place_fini(struct place *p);

/* Take the lock. false without error (e->kind ERR_NONE) when another process holds it. The
 * descriptor is closed on exec; closing it releases. */
bool place_lock(const struct place *p, int *fd, struct err *e);
/* Take it from whoever holds it in the background: asks that host to step down and waits (bounded).
 * ERR_REFUSED names a host in the foreground. */
bool place_take(const struct place *p, int *fd, struct err *e);
/* Note in the held lock who we are, a line each: pid, "foreground" or "background", the socket's
 * path. */
bool place_announce(int fd, const struct place *p, bool foreground, struct err *e);

/* Connect to the socket that the lock names (else the place's own); checks that the other end is
 * our own account. -1 when nobody answers there (e->kind ERR_NONE), or somebody else does
 * (ERR_REFUSED). */
int place_connect(const struct place *p, struct err *e);
/* Connect; where nobody answers start a host in the background (tmux's way: double fork, then this
 * program anew as `debrief host NAME --background`), and connect to it. ERR_STORE carries the
 * host's own words when it could not start. Hundreds at once give one host. */
int place_reach(const struct place *p, struct err *e);

/* The parts of place_reach for who must not block. Start one in the background: a descriptor
 * (yours) that becomes readable when it runs or could not; -1 with ERR_STORE when nothing could be
 * started. */
typedef int place_launch_fn(void *ctx, const struct place *p, struct err *e);
int place_launch(void *unused, const struct place *p, struct err *e);
/* What it said there: true when a host runs now (this one or another); else its own words. Reads
 * without waiting. */
bool place_launched(int status_fd, struct err *e);
/* place_reach with another way to start (tests). */
int place_reach_by(const struct place *p, place_launch_fn *launch, void *ctx, struct err *e);

/* Make the folder of the socket ready (0700, ours) and listen there under umask 0177; replaces a
 * stale socket, so hold the lock. -1 with ERR_STORE. */
int place_listen(const struct place *p, struct err *e);

#endif
