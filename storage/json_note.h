/* A note as a file, both ways, by the table of model/note.h. */
#ifndef STORAGE_JSON_NOTE_H
#define STORAGE_JSON_NOTE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "model/note.h"

#define NOTE_FORMAT "debrief-note/1"

void note_encode(const struct note *n, struct buf *out); /* canonical, appended */
/* ERR_REFUSED with what is wrong. Unknown members are kept. */
struct note *note_decode(const char *bytes, size_t len, struct err *e);

#endif
