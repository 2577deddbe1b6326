/* Debriefs of a history: names, where each stands, finding one by what a person types. */
#ifndef STORAGE_HISTORY_H
#define STORAGE_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "model/debrief.h"
#include "storage/journal.h"
#include "storage/repo.h"

/* One debrief of a history. */
struct entry {
	struct id id;	     /* none until read (entry_id) where only a path is known */
	char *name;	     /* "2026-11-22-checkout-5xx-7k3f" */
	char *path;	     /* in the repository */
	char blob[REPO_HEX]; /* HEAD's; "" when never committed */
	char *journal;	     /* absolute path of its journal if there is one, else NULL */
	bool live;	     /* a host runs it now */
};
void entry_fini(struct entry *e);
/* Fill in the id where only a path is known, from the journal's name or the file. */
bool entry_id(struct repo *r, struct entry *e, struct err *err);

struct entries {
	struct entry *v;
	size_t n, cap;
};
void entries_fini(struct entries *e);

/* $DEBRIEF_REPO or `dir` (--repo) or git config debrief.repo or the repository around the working
 * directory when it holds debriefs, else $XDG_DATA_HOME/debrief (ERR_MISSING when that is not
 * there). */
struct repo *history_open(const char *dir, struct err *e);
/* The folder that history_open would take, for `init` without an argument. Yours. */
char *history_default_dir(void);

/* GITDIR/debrief (made 0700 when `make`), and the files in it by id. Yours to free. */
char *history_state_dir(const struct repo *r, bool make, struct err *e);
char *history_journal_file(const struct repo *r, struct id id);
char *history_lock_file(const struct repo *r, struct id id);

/* Where a new debrief goes: "debriefs/2026/11/2026-11-22-slug-7k3f.json" under the prefix. The
 * slug: lower-case ASCII letters and digits of the title (accents dropped), dashes between, at most
 * 40 characters, "debrief" if nothing is left. `day` is the date of beginning in the debrief's
 * zone. */
char *history_path(const struct repo *r, int64_t day, const char *title, struct id id);

/* All of them: HEAD's files and journals that were never committed, newest name first. */
bool history_list(struct repo *r, struct entries *out, struct err *e);
/* WHICH, as written in the manual: exact name, unique prefix of an id, of the name, or of the name
 * without its date (a live one first, then the newest of a series), or "@". ERR_MISSING: none;
 * ERR_USAGE: several (lists them). Fast for an exact name: no listing. */
bool history_find(struct repo *r, const char *which, struct entry *out, struct err *e);
/* Remember for "@". */
void history_used(struct repo *r, const struct entry *entry);

/* Say in `e`, which says why already, that a debrief's file cannot be read and what to do:
 * ERR_STORE. Returns false. */
bool history_unreadable(const char *path, struct err *e);
/* What is said of a file of a newer format; takes its name. */
#define HISTORY_NEWER                                                                              \
	"%s was written by a newer debrief: it is shown as far as this one knows it, and not "     \
	"changed: update debrief"

/* The committed (or, never committed, journaled) content, whatever the host has since: for list and
 * for reviews. `notes` gets what was healed. */
struct debrief *history_read(
    struct repo *r, const struct entry *entry, struct strs *notes, struct err *e);

#endif
