/* Shared by storage/journal.c, which speaks to SQLite, and storage/journal_life.c, which decides.
 */
#ifndef STORAGE_JOURNAL_INTERNAL_H
#define STORAGE_JOURNAL_INTERNAL_H

#include "storage/journal_replay.h"

struct sqlite3;
struct sqlite3_stmt;

enum { JOURNAL_STATEMENTS = 5 };

struct journal {
	char *file;
	struct sqlite3 *db; /* NULL after a failure of the disk, until it is opened again */
	struct sqlite3_stmt *st[JOURNAL_STATEMENTS];
	int64_t n; /* rows acknowledged */
	bool read_only;
	struct buf body;
};

/* What reading came to. */
struct reading {
	struct journal_meta meta; /* base only where it can be believed */
	struct replay replay;
};
void reading_fini(struct reading *g);

enum found {
	FOUND_WHOLE,
	FOUND_PART,    /* damaged after the rows that were read, at least one */
	FOUND_NEWER,   /* whole, but it goes on with what this program does not know */
	FOUND_NOTHING, /* no journal, or nothing of it is whole */
	FOUND_FOREIGN, /* not even the beginning is for this program */
	FOUND_FAILED,  /* `e` says why: busy, no rights, the disk */
};
/* Connect, and read all that is whole. `peek`: without anything changing on disk. The connection
 * stays. */
enum found journal_load(struct journal *j, bool peek, struct reading *g, struct err *e);
/* Make ready for writing what was loaded. *damaged: the file itself stands against it. */
bool journal_ready(struct journal *j, bool *damaged, struct err *e);
/* Connect for writing without reading. */
bool journal_connect(struct journal *j, struct err *e);
/* `untouched`: the file stays as it is, its log too; else the log goes into the file. */
void journal_disconnect(struct journal *j, bool untouched);
/* May it be written to? Connects again after a failure, and verifies that what was acknowledged is
 * there. */
bool journal_may_write(struct journal *j, struct err *e);
void journal_load_meta(struct journal *j, struct journal_meta *m);

/* A new file, complete and on disk when it returns true, else not there: the meta, and either the
 * rows of `from` up to the `whole`th or a beginning of `d`. */
struct fresh {
	const struct journal_meta *meta;
	const struct debrief *d;
	struct journal *from;
	int64_t whole;
};
bool journal_write_fresh(const char *file, const struct fresh *f, struct err *e);

#endif
