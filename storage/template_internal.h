/* Private to storage/template*.c. */
#ifndef STORAGE_TEMPLATE_INTERNAL_H
#define STORAGE_TEMPLATE_INTERNAL_H

#include "base/json.h"
#include "storage/json_where.h"
#include "base/buf.h"
#include "storage/template.h"

bool template_language_ok(const char *language); /* "de", "pt-BR": a language's name, as in a file's */

extern const int template_lengths[N_LENGTHS]; /* in minutes */

/* Where people keep their own: the history's folder, then their account's. NULL: there is none
 * such. Yours. */
char *template_folder_of_history(const char *folder);
char *template_folder_of_account(void);

/* A file that is being read; errors name the place in it. */
struct reading {
	const char *text;
	size_t len;
	struct template *t;
	struct json_place place; /* what is being read */
	struct err *e;
};

cJSON *reading_begin(struct reading *r); /* the tree, or NULL with the error */
/* Line, column and field before what the error says. Returns false. */
bool reading_refuse(struct reading *r);
/* Every member must be one of `known`, so that a misspelled one is not passed over. */
bool reading_members(struct reading *r, const cJSON *obj, const char *const *known);
/* Is it a text of one line that is not empty? */
bool reading_good_line(struct reading *r, const cJSON *value);
/* A text member of the object in place; `must`: it may not be missing (else *out stays as it is).
 */
bool reading_line(struct reading *r, const cJSON *obj, const char *key, bool must, char **out);
/* The event kind of that name, or EVENT_NONE. */
int reading_event_kind(const char *word);

/* Puts a translation over `t`: what it says goes in, all else stays. `strict`: what it names must
 * be in `t` (else it is passed over: a team's own template may have other stages). */
bool template_translate(
    struct template *t, const char *bytes, size_t len, bool strict, struct err *e);
/* Is it a translation? Then the name of its template goes to *name (yours). */
bool template_is_translation(const char *bytes, size_t len, char **name);

/* One of people's own files, or one that is built in. */
struct template_file {
	struct buf bytes;
	char *path; /* NULL: built in */
};
/* Read `file` of a folder (taken over; NULL: none). 1: it is there; 0: it is not; -1: it cannot be
 * read, and `e` says why. */
int template_file_in(char *folder, const char *file, struct template_file *f, struct err *e);
void template_file_fini(struct template_file *f);

#endif
