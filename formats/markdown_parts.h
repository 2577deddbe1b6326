/* Private to formats/markdown*.c. */
#ifndef FORMATS_MARKDOWN_PARTS_H
#define FORMATS_MARKDOWN_PARTS_H

#include "formats/markdown.h"

/* Several lines, each behind `indent`. */
void markdown_block(const char *text, const char *indent, struct buf *out);
/* "- label: text"; nothing when there is no text. */
void markdown_field(const char *label, const char *text, const char *indent, struct buf *out);
void markdown_list(const char *label, const struct strs *list, const char *indent, struct buf *out);
void markdown_time(int64_t t_ns, int precision, const struct zone *zone, struct buf *out);

/* One section each, with its heading; nothing when there is nothing. */
void markdown_people(const struct debrief *d, struct buf *out);
void markdown_timeline(const struct debrief *d, const struct zone *zone, struct buf *out);
void markdown_causes(const struct debrief *d, struct buf *out);
void markdown_actions(const struct debrief *d, const struct zone *zone, struct buf *out);
void markdown_cards(const struct debrief *d, struct buf *out);
void markdown_questions(const struct debrief *d, struct buf *out);
void markdown_experiments(const struct debrief *d, struct buf *out);
void markdown_agenda(const struct debrief *d, struct buf *out);
void markdown_ratings(const struct debrief *d, struct buf *out);

#endif
