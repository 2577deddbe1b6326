/* Small private files under $XDG_STATE_HOME/debrief (else ~/.local/state/debrief): folders 0700,
 * files 0600, nothing is followed out of them. Private to live/. */
#ifndef LIVE_STATE_FILE_H
#define LIVE_STATE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* "STATE/debrief/FOLDER/NAME", its folders made where they are missing. NULL with ERR_STORE. Yours.
 */
char *state_file_path(const char *folder, const char *name, struct err *e);
/* All `len` bytes of it. False: there is no such file of ours that has them. */
bool state_file_read(const char *path, void *bytes, size_t len);
/* Put there whole or not at all, on disk when it returns true; one that somebody else put there
 * at the same moment stays (read it afterwards). ERR_STORE. */
bool state_file_put(const char *path, const void *bytes, size_t len, struct err *e);
/* Overwritten and gone. True when it is not there any more. ERR_STORE. */
bool state_file_erase(const char *path, struct err *e);

/* The folder that a file is in, for this process alone until unlocked, which also syncs it: so there
 * is no other file to lock. -1, which may be unlocked too: a file system that knows no such lock. */
int state_file_lock(const char *path);
void state_file_unlock(int lock);

#endif
