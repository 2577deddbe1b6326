/* The near-miss notes of a history: one file each under notes/YYYY/MM/, each its own commit. */
#ifndef STORAGE_NOTES_H
#define STORAGE_NOTES_H

#include "model/note.h"
#include "storage/repo.h"

struct notes { /* zero-initialized is empty */
	struct note **v;
	size_t n, cap;
};
void notes_fini(struct notes *notes);

/* All of them, newest first; those that wait to be committed too. One that cannot be read is
 * named in `said`. */
bool notes_list(struct repo *r, struct notes *out, struct strs *said, struct err *e);
/* By a unique beginning of its id. Yours. ERR_MISSING, ERR_USAGE (several). */
struct note *notes_find(struct repo *r, const char *which, struct err *e);

/* Commit it, new or changed. `author` NULL: nobody's name stands in the commit. Where a commit
 * cannot be made now it is kept in the git directory and committed with the next one: `said` says
 * so. */
bool notes_save(struct repo *r, const struct note *n, const struct identity *author,
    struct strs *said, struct err *e);

#endif
