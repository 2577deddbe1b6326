/* A debrief, a note and a problem as files: the canonical writer and the strict reader, from the
 * schema. */
#ifndef STORAGE_JSON_FILE_H
#define STORAGE_JSON_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "model/debrief.h"

#define FILE_FORMAT "debrief/1"

/* The canonical bytes, appended. Live fields and what model/visible.h hides are not in them: pass a
 * visible_copy() for a file. Writing what was read from canonical bytes gives the same bytes. */
void file_encode(const struct debrief *d, struct buf *out);

/* Read one. Conflict markers of a line merge and doubled ids are healed (both sides joined by the
 * merge's rules), references mended (debrief_heal), each said as a sentence in `notes` (may be
 * NULL). Refused with ERR_REFUSED and line and column or the path ("causes[3].category: ..."): what
 * base/json.h refuses, wrong types, values over the limits, bad ids, another major format where
 * `newer` is NULL. With it such a file is read as far as it is known, to be shown and not changed, and `*newer` is
 * true. */
struct debrief *file_decode(
    const char *bytes, size_t len, struct strs *notes, bool *newer, struct err *e);

/* What changed between two states of a debrief as a JSON list, appended: an object for each item that
 * was "added", "changed" or "removed", with `kind`, `id`, `name` (E17) and, under `was` and `is`, the
 * members that differ as the file has them. Live fields and stamps are no news. */
void file_difference(const struct debrief *from, const struct debrief *to, struct buf *out);

/* The JSON Schema (draft 2020-12) of the file, from the same table; appended, canonical. */
void file_schema(struct buf *out);

#endif
