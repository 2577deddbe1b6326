/* Where a debrief's host is found: the lock GITDIR/debrief/ID.host says who runs it, the socket's
 * path is in it. A flock held for the host's life is the truth about liveness.
 *
 * Shared with a Unix group (`debrief host --share GROUP`, git config debrief.share) the socket is
 * in the folder debrief.rundir instead, 0660 of that group, and beside it a note, HASH.live, by
 * which other accounts find it: lines with the host's process, the debrief's name, its id, our uid.
 */
#ifndef LIVE_PLACE_H
#define LIVE_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/id.h"
#include "storage/history.h"

struct place {
	struct id id;
	char *repo_dir;	 /* for a host started in the background: --repo; NULL where not ours */
	char *name;	 /* the debrief's */
	char *lock_file; /* GITDIR/debrief/ID.host; NULL where not ours */
	char *socket; /* $XDG_RUNTIME_DIR/debrief/HASH.sock, else /tmp/debrief-UID/..., or shared */
	char *live_file;   /* RUNDIR/HASH.live; NULL: not shared, or there is no such folder */
	char *share;	   /* the group; NULL: our account alone */
	bool alone;	   /* that was asked for: no setting shares it */
	char *owner;	   /* login of the account whose debrief it is; NULL: ours */
	unsigned long uid; /* of that account */
};
/* Of our own. `share` and what follows from it as git config debrief.share says. */
bool place_of(const struct repo *r, const struct entry *entry, struct place *out, struct err *e);
void place_fini(struct place *p);
void place_dup(struct place *to, const struct place *from); /* deep; `to` is overwritten */
/* Share it with a group (--share; "none": with nobody, whatever the settings say). Checks the group
 * and the folder: ERR_REFUSED or ERR_STORE says what is wrong with them. `r` for the settings. */
bool place_share(struct place *p, const struct repo *r, const char *group, struct err *e);
/* Where a host in the background listens elsewhere (it was started before `share` was asked for),
 * ask it to step down: the next place_reach starts one that shares, its clients come back by
 * themselves. Nothing to do: true. ERR_REFUSED: one in the foreground has it. */
bool place_move(const struct place *p, struct err *e);

/* Debriefs of other accounts, by the notes in debrief.rundir of the own settings (DEBRIEF_RUNDIR).
 * Join them with no name but --as: the name is the login, anything else the host refuses. */
struct places { /* zero-initialized: none */
	struct place *v;
	size_t n, cap;
};
void places_fini(struct places *p);
/* What is live now: of the history `r` (NULL: none is here), then what others share and answers. */
bool places_live(struct repo *r, struct places *out, struct err *e);
/* The one that others share whose name, id, or name without its date begins like that, live or
 * waited for. ERR_MISSING: none; ERR_USAGE: several, listed. `r` as above. */
bool place_shared(const struct repo *r, const char *which, struct place *out, struct err *e);

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
 * the account that it belongs to. -1 when nobody answers there (e->kind ERR_NONE), or somebody else
 * does (ERR_REFUSED). */
int place_connect(const struct place *p, struct err *e);
/* Connect; where nobody answers start a host in the background (tmux's way: double fork, then this
 * program anew as `debrief host NAME --background`), and connect to it. ERR_STORE carries the
 * host's own words when it could not start. Hundreds at once give one host. */
int place_reach(const struct place *p, struct err *e);

/* The parts of place_reach for who must not block. Start one in the background: a descriptor
 * (yours) that becomes readable when it runs or could not; -1 with ERR_STORE when nothing could be
 * started. Only the account that owns a debrief starts its host: for others -1 with ERR_MISSING,
 * which says whose host is gone; no failure to count: wait and try place_connect again. */
typedef int place_launch_fn(void *ctx, const struct place *p, struct err *e);
int place_launch(void *unused, const struct place *p, struct err *e);
/* What it said there: true when a host runs now (this one or another); else its own words. Reads
 * without waiting. */
bool place_launched(int status_fd, struct err *e);
/* place_reach with another way to start (tests). */
int place_reach_by(const struct place *p, place_launch_fn *launch, void *ctx, struct err *e);

/* Make the folder of the socket ready (0700, ours) and listen there under umask 0177; replaces a
 * stale socket, so hold the lock. Shared: the socket is the group's, and the note is written. -1
 * with ERR_STORE. */
int place_listen(const struct place *p, struct err *e);
/* Remove socket and note: only who holds the lock. */
void place_unlisten(const struct place *p);
/* Are they still there? Somebody who cleans up may have removed them. */
bool place_listens(const struct place *p);

#endif
