/* The ops a host has accepted, by their client's id: what a repeat is answered with. Private to
 * live/. */
#ifndef LIVE_LEDGER_H
#define LIVE_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/op.h"

struct ledger_row {
	struct id cid;
	struct id item; /* the first it added, or none */
	uint64_t seq;
};
struct ledger {		      /* zero-initialized is empty */
	struct ledger_row *v; /* open addressing; a row without cid is free */
	size_t n, cap;
};

/* Note an accepted op (completed or as it was sent). An op without cid is passed over. */
void ledger_add(struct ledger *l, const struct op *op);
/* The op that is kept under the hash `kept_as`, if there is one, came as `cid`: in memory alone, so
 * that a repeat is known after the key is gone, too. */
void ledger_alias(struct ledger *l, struct id cid, struct id kept_as);
const struct ledger_row *ledger_find(const struct ledger *l, struct id cid); /* NULL: unknown */
void ledger_fini(struct ledger *l);
/* What the author of `op` is told: the first item it added by name (not the person that came along
 * with a first op, not what an undo brought back), or none. */
struct id ledger_item(const struct op *op);
/* When the event that it adds was, the last of several; TIME_NONE when it adds none. */
int64_t ledger_event_time(const struct op *op);

#endif
