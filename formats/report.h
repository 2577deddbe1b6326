/* A debrief on one page of Markdown, for those who were not in the room: what happened, what it was
 * made possible by, what is done about it. Roles stand for names; votes, overrides, ratings and
 * other inner matters of the meeting are not in it. */
#ifndef FORMATS_REPORT_H
#define FORMATS_REPORT_H

#include "base/buf.h"
#include "model/debrief.h"

/* `d` is what everybody may see of it (visible_copy); times in `zone`; appended. A person is called
 * as `shown_as` says, else by the role in the meeting, wherever the name stands in a text. */
void report_write(const struct debrief *d, const struct zone *zone, struct buf *out);

#endif
