/* The free words of a debrief's file, each with where every byte of it stands: what wording rules
 * look at. */
#ifndef FORMATS_PROSE_H
#define FORMATS_PROSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Is it the JSON of a debrief or of a note? Looks at its first members alone. */
bool prose_is_ours(const char *bytes, size_t len);

/* Each text of people's own words, in the order of the file; imported events (those with a source)
 * are not theirs. `at[i]` is the byte of the file that text[i] comes from; at[len] is where it
 * ends. ERR_REFUSED with line and column when it is not JSON. */
typedef void prose_each_fn(void *ctx, const char *text, size_t len, const size_t *at);
bool prose_read(const char *bytes, size_t len, prose_each_fn *each, void *ctx, struct err *e);

/* The name of each of its people, in the order of the file. */
typedef void prose_name_fn(void *ctx, const char *name);
void prose_people(const char *bytes, size_t len, prose_name_fn *each, void *ctx);

/* Its "language", or NULL. Yours. */
char *prose_language(const char *bytes, size_t len);

#endif
