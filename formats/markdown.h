/* A debrief as Markdown, for reading and for pasting where Markdown is read. */
#ifndef FORMATS_MARKDOWN_H
#define FORMATS_MARKDOWN_H

#include "base/buf.h"
#include "model/debrief.h"

/* Everything that `d` holds (pass a visible_copy), with times in `zone`; appended. Every text is
 * cleaned, and escaped so that it reads as it was typed. Ratings are averages. */
void markdown_write(const struct debrief *d, const struct zone *zone, struct buf *out);

/* One text of one line: what would be markup is escaped, line breaks become spaces; appended. */
void markdown_text(const char *text, struct buf *out);

#endif
