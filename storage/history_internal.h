/* Shared by storage/history*.c only. */
#ifndef STORAGE_HISTORY_INTERNAL_H
#define STORAGE_HISTORY_INTERNAL_H

#include "storage/history.h"

/* "2026-11-22-checkout-5xx-7k3f" of ".../2026-11-22-checkout-5xx-7k3f.json", or NULL. Yours. */
char *history_name_of_path(const char *path);
/* "checkout-5xx" of it: without date and id; NULL when the name is of another form. Yours. */
char *history_slug_of_name(const char *name);
/* Where a debrief of that name is, if its name has the usual form; else NULL. Yours. */
char *history_path_of_name(const struct repo *r, const char *name);
/* "7k3f": the beginning of the id at the end of a name, or NULL. Borrowed. */
const char *history_id_part(const char *name);
/* The part after the date, or the whole name. Borrowed. */
const char *history_after_date(const char *name);

/* A journal found in the state folder. */
struct kept {
	struct id id;
	char *file, *path; /* path: in the repository */
	bool live;
};
struct kepts {
	struct kept *v;
	size_t n, cap;
};
void kepts_fini(struct kepts *k);
/* All journals whose id begins with `prefix` ("": all). A journal whose path cannot be told is
 * passed over. */
void kepts_find(const struct repo *r, const char *prefix, struct kepts *out);
bool lock_held(const char *file);

#endif
