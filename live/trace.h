/* Where redacted words still stand: in commits of the history, which nobody rewrites. Private to
 * live/. */
#ifndef LIVE_TRACE_H
#define LIVE_TRACE_H

#include "live/host_internal.h"

/* The words that a redaction is about to blank, as they stand in a file. Appended. */
void trace_words(const struct debrief *d, const struct op *op, struct strs *out);
/* Say to everybody which commits still have them. */
void trace_tell(struct host *h, const struct strs *words);

#endif
