/* Rows of the lists that are printed for people: columns of a fixed width, text made harmless. */
#ifndef CLI_ROWS_H
#define CLI_ROWS_H

#include <stdbool.h>

#include "base/buf.h"
#include "model/debrief.h"

enum { ROW_NAME_COLS = 44 }; /* of a debrief's name */

void row_clean(const char *text, struct buf *out);
/* The same of a text that may be pages long: what a few lines hold of it, and that there is more. */
void row_text(const char *text, struct buf *out);
void row_column(const char *text, int cols, struct buf *out); /* padded, and two spaces */

struct row_action {
	const char *name; /* its debrief's */
	const struct action *action;
	bool overdue;
	const char *from; /* where it was carried from; or NULL */
	const char *asks; /* what is asked about it; or NULL */
};
void row_action(const struct row_action *row, struct buf *out);

#endif
