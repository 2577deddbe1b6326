/* The crash journal: one SQLite file a debrief in the git directory (folder 0700, file 0600). It
 * begins with a snapshot, then a row an op: version, the op as JSON, a checksum. What is in it
 * survives kill -9 and a power cut. sqlite3 is known to journal.c alone. */
#ifndef STORAGE_JOURNAL_H
#define STORAGE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "model/op.h"

struct journal;

/* What is known of a debrief apart from its content. */
struct journal_meta {
	struct id id;
	/* In the history: "debriefs/2026/11/2026-11-22-checkout-5xx-7k3f.json"; "" when damage took
	 * it. */
	char *path;
	/* The file's bytes that the last save (or the beginning) stands on. NULL: never saved, or
	 * rows that came before that save are damaged: then what is committed is joined, nothing in
	 * it was removed. */
	char *base;
	char base_blob[65]; /* their blob id in hex; "" with a NULL base */
};
void journal_meta_fini(struct journal_meta *m);

/* What opening found. */
struct journal_state {
	bool damaged;	 /* something after the last whole row is missing or broken */
	bool read_only;	 /* written by a newer version: shown, not changed */
	char words[400]; /* says what is missing and where the damaged file was set aside */
};

/* Begin one: the snapshot of `d` (storage/json_op.h) with its meta, durable when it returns.
 * Refuses an existing file. */
struct journal *journal_create(
    const char *file, const struct journal_meta *meta, const struct debrief *d, struct err *e);

/* Open and replay: `d` is built through debrief_apply from the snapshot and every whole row in
 * order; `each` (may be NULL) sees an op just before it is applied. Damaged from some row on: opens
 * as far as it is whole, the damaged file is set aside under a new name beside it (never deleted),
 * a fresh one written with what was whole. ERR_MISSING no such file; ERR_STORE not a journal at all
 * (set aside too, said), busy with another process, no rights. */
typedef void journal_each_fn(void *ctx, const struct debrief *d, const struct op *op);
struct journal *journal_open(const char *file, struct journal_meta *meta, struct debrief **d,
    journal_each_fn *each, void *ctx, struct journal_state *state, struct err *e);

/* Read without changing anything on disk or holding it afterwards (list, home). */
bool journal_peek(const char *file, struct journal_meta *meta, struct debrief **d, struct err *e);

void journal_close(struct journal *j);

/* One transaction, on disk when it returns true. On a full disk ERR_STORE: nothing of the batch is
 * in it, the journal stays usable and the caller retries. After a failed fsync the connection is
 * closed, reopened and verified. */
bool journal_append(struct journal *j, const struct op *ops, size_t n, struct err *e);

/* The debrief was saved as these bytes. */
bool journal_set_base(
    struct journal *j, const char *bytes, size_t len, const char *blob, struct err *e);

/* Begin anew with the snapshot of `d` and no ops: what was written before is gone from the file's
 * bytes too (after a redaction). */
bool journal_restart(struct journal *j, const struct debrief *d, struct err *e);

/* After close: overwrite and remove the file and SQLite's companions. Closes `j`. */
bool journal_scrub(struct journal *j, struct err *e);

#endif
