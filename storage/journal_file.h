/* A journal's files apart from what is in them: names, setting a damaged one aside, replacing one
 * by another so that a crash leaves either, overwriting. Nothing here knows SQLite but for the
 * "-wal" that it keeps beside a file. */
#ifndef STORAGE_JOURNAL_FILE_H
#define STORAGE_JOURNAL_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* "ID.name" beside "ID.journal": the debrief's path in one line, so that a listing opens no
 * journal. Written as far as possible; read gives NULL when it is not there. Yours. */
void journal_name_write(const char *file, const char *path);
char *journal_name_read(const char *file);

/* Where a replacement is written. With `keep_old` the old file will be set aside, else thrown away.
 * Yours. */
char *journal_next_file(const char *file, bool keep_old);
/* Put a replacement that is complete (and on disk) in place; no connection is open. *aside (may be
 * NULL) gets where the old one was set aside, yours. Also finishes one that a crash interrupted:
 * call it before opening. */
bool journal_swap(const char *file, char **aside, struct err *e);
/* Set the file and its companion aside under a new name. Yours, NULL when that failed. */
char *journal_set_aside(const char *file, struct err *e);

bool journal_sync(const char *file, bool folder, struct err *e);

/* The bytes of a file and its companion, held open to be overwritten once nobody uses them. */
struct remains {
	int fd[2];
};
void remains_open(struct remains *r, const char *file);
void remains_close(struct remains *r);
bool remains_overwrite(struct remains *r); /* with zeros, on disk; closes them */
/* Remove the file and everything beside it that is the journal's. */
bool journal_remove(const char *file, struct err *e);

#endif
