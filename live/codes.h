/* One-time codes for guests: GITDIR/debrief/ID.codes (0600) holds hashes of them with the names
 * they were made for. Written whole under a lock; a code works once, and gives another to come back
 * with. */
#ifndef LIVE_CODES_H
#define LIVE_CODES_H

#include <stdbool.h>

#include "base/err.h"
#include "base/id.h"
#include "base/mem.h"
#include "storage/repo.h"

enum { CODE_LETTERS = 9 }; /* "7K3F-9Q2M": 40 random bits */

/* A new code for `name`, beside those it has. `role` is "participant" or "observer". ERR_STORE,
 * ERR_REFUSED for a name that is no line. */
bool codes_make(const struct repo *r, struct id debrief, const char *name, const char *role,
    char code[CODE_LETTERS + 1], struct err *e);

struct guest {
	struct id debrief;
	char *name, *role;
	char again[CODE_LETTERS + 1]; /* what this guest comes back with */
};
void guest_fini(struct guest *g);
/* Who may enter the history with these two (written in any case, with or without the dash); the
 * code is used up. ERR_REFUSED when they do not belong together. */
bool codes_use(
    const struct repo *r, const char *code, const char *name, struct guest *out, struct err *e);

/* Those not used yet, a sentence each: "moss, participant", with ", was here" for one to come back
 * with. Appended. */
bool codes_list(const struct repo *r, struct id debrief, struct strs *out, struct err *e);
/* Does the name belong to a guest, who is let in by a code alone? */
bool codes_bound(const struct repo *r, struct id debrief, const char *name);
/* Make all worthless that were not used (cancel), and forget the guests too (erase: the debrief is
 * closed). `n` (may be NULL) gets how many were. */
bool codes_cancel(const struct repo *r, struct id debrief, size_t *n, struct err *e);
bool codes_erase(const struct repo *r, struct id debrief, struct err *e);

#endif
