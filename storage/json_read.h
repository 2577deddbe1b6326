/* Private to storage/json_*.c: the pieces of file_decode. */
#ifndef STORAGE_JSON_READ_H
#define STORAGE_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/debrief.h"

/* One text without conflict markers. */
struct debrief *file_read(
    const char *bytes, size_t len, struct strs *notes, bool *newer, struct err *e);

/* Line of the first conflict marker, from 1; 0 when there is none. */
size_t markers_find(const char *bytes, size_t len);
/* A text with markers, of which the first stands in `line`: its sides read and merged. */
struct debrief *markers_heal(
    const char *bytes, size_t len, struct strs *notes, bool *newer, struct err *e);

#endif
