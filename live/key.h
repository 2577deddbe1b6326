/* The key of a debrief's present vote and hidden writing: random, in a 0600 file outside journal and
 * git ($XDG_STATE_HOME/debrief/keys/ID, folder 0700). What anonymous ops leave in the journal are
 * keyed hashes; once the key is erased nobody can tell any more whose they were. Keyed BLAKE2b of
 * libsodium. */
#ifndef LIVE_KEY_H
#define LIVE_KEY_H

#include <stdbool.h>

#include "base/err.h"
#include "base/id.h"
#include "base/mem.h"

enum { KEY_BYTES = 32 };
struct key_of { /* zero-initialized: none */
	bool some;
	unsigned char bytes[KEY_BYTES];
};

/* The debrief's key, made (and on disk) when there is none yet. */
bool key_load(struct id debrief, struct key_of *out, struct err *e);
/* As long as it is there; none is made. False: there is none. */
bool key_peek(struct id debrief, struct key_of *out);
/* Overwritten and removed, in memory and on disk. True when none is left. */
bool key_erase(struct id debrief, struct key_of *k, struct err *e);

/* What an anonymous op is known by instead of its client's id. */
struct id key_cid(const struct key_of *k, const char *name, struct id cid);
/* The id of the `n`-th ballot of a voter. */
struct id key_ballot(const struct key_of *k, const char *name, int n);

#endif
