/* Failure of the world or the user, as a sentence for people. A bug is an assert instead, and
 * running out of memory ends the process (the journal is on disk). */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

/* The numbers are the program's exit statuses. */
enum err_kind {
	ERR_NONE = 0,
	ERR_REFUSED = 1, /* a rule said no */
	ERR_USAGE = 2,	 /* words that no grammar has */
	ERR_MISSING = 3, /* no such debrief, file, item or host */
	ERR_STORE = 4,	 /* the history cannot be read or written */
};

struct err {
	enum err_kind kind;
	char text[1024]; /* "what happened: what was kept: what to do", one line, no newline */
};

/* Fill `e` (may be NULL). Always returns false, so that a caller can `return err_set(...)`. What
 * does not fit is cut at a character boundary; control characters in the arguments are made
 * harmless. */
bool err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Put "prefix: " before what `e` says already, keeping its kind. Returns false. */
bool err_prefix(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
