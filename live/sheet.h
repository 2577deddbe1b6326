/* Bytes that go to many, kept once: what each of them has yet to be sent of it is a piece. A sheet
 * is filled, sent, and used again once nobody has a piece of it. Private to live/. */
#ifndef LIVE_SHEET_H
#define LIVE_SHEET_H

#include <stddef.h>

#include "base/buf.h"

struct sheet {
	size_t refs;
	struct buf bytes;
};
struct sheet_part { /* a part of a sheet; borrowed until the next sheet_put */
	struct sheet *sheet;
	size_t at, len;
};

/* Put at the end of `*now` (made when NULL), or of a new one when that is full and somebody still
 * has pieces of it; `*now` is yours, to be dropped in the end. */
struct sheet_part sheet_put(struct sheet **now, const char *bytes, size_t len);
const char *sheet_part_bytes(const struct sheet_part *what); /* borrowed as long as it */
void sheet_drop(struct sheet *s);			     /* one reference; NULL is fine */

#endif
