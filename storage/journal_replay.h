/* Rows of a journal without SQLite: what one consists of, its checksum, and a debrief built from
 * them. */
#ifndef STORAGE_JOURNAL_REPLAY_H
#define STORAGE_JOURNAL_REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "storage/journal.h"

/* Raised when rows mean something that older programs would misread. */
enum { ROW_VERSION = 1 };

enum row_kind {
	ROW_OP,
	ROW_SNAPSHOT,	  /* a part of the beginning, more follow */
	ROW_SNAPSHOT_END, /* its last part */
};

struct row {
	int64_t n; /* from 1, without a gap */
	int64_t kind, version;
	const char *body; /* an op (storage/json_op.h); borrowed */
	size_t len;
	uint64_t sum;
};

/* Of everything in it but `sum` itself. */
uint64_t row_sum(const struct row *r);
uint64_t meta_sum(const char *name, const void *value, size_t len);

enum replay_end {
	REPLAY_GOING,
	REPLAY_DAMAGED, /* this row is not what was written */
	REPLAY_NEWER,	/* whole, but of a program that knows more */
};

struct replay {
	struct debrief *d;
	int64_t n;	       /* rows applied */
	bool begun;	       /* the snapshot is complete */
	journal_each_fn *each; /* may be NULL */
	void *ctx;
};

/* Apply the next row. Anything but REPLAY_GOING leaves the debrief as it is: stop there. */
enum replay_end replay_row(struct replay *p, const struct row *r);

/* The i-th row of the beginning of a journal of `d`; its body is appended to `body`. */
size_t beginning_count(const struct debrief *d);
struct row beginning_row(const struct debrief *d, size_t i, struct buf *body);
struct row op_row(const struct op *op, int64_t n, struct buf *body);

#endif
