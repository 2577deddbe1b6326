/* Shared by the files of place*.c. Private to live/. */
#ifndef LIVE_PLACE_INTERNAL_H
#define LIVE_PLACE_INTERNAL_H

#include <sys/types.h>
#include <sys/un.h>

#include "live/place.h"

enum { NOTE_MOST = 4096 /* bytes of a lock's words or of a note */ };

/* place.c */
bool place_fits(const char *socket); /* into an address */
void place_address(const char *path, struct sockaddr_un *a);
char *place_folder(const char *path); /* of a file. Yours */
/* The `n`-th line (from 0) of what the holder of the lock, or the one before, noted there. Yours;
 * NULL: it does not say. */
char *place_noted(const char *lock_file, int n);
/* The hash that names its socket. Yours. */
char *place_hash(const char *lock_file);
/* Where it is when it is not shared. Yours. */
char *place_private_socket(const char *lock_file);

/* place_group.c */
/* Where shared ones are found: $DEBRIEF_RUNDIR, else git config debrief.rundir. NULL: nobody said.
 * Yours. */
char *group_rundir(const struct repo *r);
/* What the settings, or else the last host of this debrief, say about sharing it. */
void group_of(struct place *p, const struct repo *r);
/* May a socket of ours be put there for that group? ERR_REFUSED or ERR_STORE. */
bool group_check(const struct place *p, gid_t *gid, struct err *e);
/* No other account can swap what is in `folder` (a real path): ERR_REFUSED. `own`: and it is ours
 * or root's. */
bool group_folder_safe(const char *folder, bool own, struct err *e);
bool group_put_note(const struct place *p, gid_t gid, struct err *e);

#endif
