/* The last accepted ops as the lines that went to everybody, so that who was away for a moment goes
 * on where it was. Private to live/. */
#ifndef LIVE_RECENT_H
#define LIVE_RECENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/id.h"

struct recent_op {
	uint64_t seq;
	struct id cid;
	char *lines;
	size_t len;
};
struct recent { /* zero-initialized is empty */
	struct recent_op *v;
	size_t first, n, cap; /* v[first .. n) are there */
	size_t bytes;
};

void recent_add(struct recent *r, uint64_t seq, struct id cid, const struct buf *lines);
/* All that came after the op `seq` with `cid`, appended. False when that one is not known (any
 * more). */
bool recent_since(const struct recent *r, uint64_t seq, struct id cid, struct buf *out);
/* Forget all: after an op that not everybody may see, and after a redaction. */
void recent_clear(struct recent *r);
void recent_fini(struct recent *r);

#endif
