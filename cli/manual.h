/* Parts of the manual that are made from tables: the file's fields, the wire's messages. */
#ifndef CLI_MANUAL_H
#define CLI_MANUAL_H

#include "base/buf.h"

void manual_fields(struct buf *out); /* for debrief-format(5), from the schema */
void manual_wire(struct buf *out);   /* for debrief-wire(5), from the examples of the wire */

#endif
