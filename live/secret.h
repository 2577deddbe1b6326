/* The secret of a person in a debrief: 128 random bits, kept by the client, never in an op. It proves
 * which hidden and anonymous cards this person wrote; the host keeps of it what a card can be
 * checked against, and nothing by which two cards could be told to have one author. Hashes are
 * libsodium's BLAKE2b (crypto_generichash). */
#ifndef LIVE_SECRET_H
#define LIVE_SECRET_H

#include <stdbool.h>

#include "base/err.h"
#include "base/id.h"

enum { SECRET_LETTERS = 26, OWNER_LETTERS = 26 };

/* The secret of `name` in the debrief, made when there is none yet: the file
 * $XDG_STATE_HOME/debrief/secrets/ID-HASH (else under ~/.local/state), folder 0700, file 0600, HASH
 * of the name. NULL with ERR_STORE when it cannot be kept. Yours. */
char *secret_load(struct id debrief, const char *name, struct err *e);
/* A new one that is kept nowhere. Yours. */
char *secret_new(void);
bool secret_ok(const char *secret); /* written like one */

/* What a card of this secret carries as its `owner`: another for each card. */
void secret_owner(const char *secret, struct id card, char out[OWNER_LETTERS + 1]);
bool secret_owns(const char *secret, struct id card, const char *owner);

#endif
