/* A debrief on another machine: `ssh -T HOST debrief relay WHICH` as a child, its standard input
 * and output are the wire. $DEBRIEF_SSH (split into words, no shell) replaces "ssh". OpenSSH is the
 * only transport. */
#ifndef LIVE_REMOTE_H
#define LIVE_REMOTE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/id.h"

struct remote;

/* The first line of a relay's output, followed by the debrief's id, its name, and the name that one
 * has there who gives none; whatever a login shell prints before it is passed over. */
#define RELAY_MAGIC "debrief-relay 1"

/* "HOST:WHICH" or "USER@HOST:WHICH". NULL with ERR_USAGE when it is not written so (a host may not
 * begin with "-"). */
struct remote *remote_new(const char *target, struct err *e);
/* Ends its child, which may take a moment to send what was written last. */
void remote_free(struct remote *r);
const char *remote_host(const struct remote *r);
const char *remote_which(const struct remote *r);
/* As the relay said them: the debrief, and the name of who gives none. None and NULL before a relay
 * answered. */
struct id remote_id(const struct remote *r);
const char *remote_debrief(const struct remote *r);
const char *remote_name(const struct remote *r);

/* The first connection, waiting until the relay answers; it may ask questions on the terminal, so
 * before the screen starts. */
bool remote_open(struct remote *r, struct err *e);
/* The descriptor that remote_open made (now yours), or -1. */
int remote_take(struct remote *r);

/* The parts of it for who must not wait. Start the child: a connected descriptor (yours), or -1
 * with ERR_STORE. `batch`: it must not ask questions. An earlier child is ended. Bytes before
 * RELAY_MAGIC (at most 64 KiB) are read away first: remote_skip. */
int remote_start(struct remote *r, bool batch, struct err *e);
/* 1: the magic line is behind `fd`'s next byte; 0: more must come; -1: it is no relay, or the child
 * ended: what it said on standard error is in `e`. Reads no byte beyond the line. */
int remote_skip(struct remote *r, int fd, struct err *e);
/* What the child last said on standard error, harmless, on one line; "" nothing. Also empties its
 * pipe: to be called now and then. */
const char *remote_words(struct remote *r);

#endif
