/* Private to storage/json_*.c: the pieces of file_decode. */
#ifndef STORAGE_JSON_READ_H
#define STORAGE_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "model/debrief.h"

/* One text without conflict markers. A side of a conflict is read with forbearance: names that
 * json_mend marked as doubled are joined, and what an item lacks may come from the other side. */
struct file_input {
	const char *bytes;
	size_t len;
	bool side;
};
struct debrief *file_read(
    const struct file_input *in, struct strs *notes, bool *newer, struct err *e);
/* Has every item what it must have? */
bool file_whole(const struct debrief *d, struct err *e);

/* The text with what line merges get wrong put right, appended: a comma too many or too few; a name
 * that its object has already gets MEND_MARK at its end, so that it can be parsed. No line is added
 * or lost. */
struct mended {
	size_t commas, doubled;
};
enum { MEND_MARK = 1 };
struct mended json_mend(const char *text, size_t len, struct buf *out);

/* Line of the first conflict marker, from 1; 0 when there is none. */
size_t markers_find(const char *bytes, size_t len);
/* A text with markers, of which the first stands in `line`: its sides read and merged. */
struct debrief *markers_heal(
    const char *bytes, size_t len, struct strs *notes, bool *newer, struct err *e);

#endif
