/* An op as JSON: a row of the journal and the body of an `op` message of the wire are the same
 * text. */
#ifndef STORAGE_JSON_OP_H
#define STORAGE_JSON_OP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"
#include "model/op.h"

/* Compact, one line, no newline; appended. The members are listed in json_op.c and debrief-wire(5);
 * values are written as in the file. For example:
 * {"cid":ID,"seq":17,"at":TIME,"by":"lena","do":"event","changes":[{"add":"event","id":ID,"before":"",
 * "fields":{"at":TIME,"text":"p99 page"}}]} */
void op_encode(const struct op *op, struct buf *out);
void op_encode_out(const struct op *op, struct json_out *o); /* as one value inside a message */

/* Strict: unknown verbs, kinds, fields and wrong types are refused with ERR_REFUSED. `out` on
 * success only. */
bool op_decode(const cJSON *json, struct op *out, struct err *e);
bool op_decode_text(const char *text, size_t len, struct op *out, struct err *e);

/* A debrief as a stream of ops that each add at most `most` items (the debrief's own fields in the
 * first), for a join and for the journal's snapshot. Applying them in order to
 * debrief_new(d->item.id) gives d back, live fields, numbers' counters and unknown members
 * included. */
size_t snapshot_count(const struct debrief *d, size_t most);
void snapshot_op(const struct debrief *d, size_t most, size_t i, struct op *out);

#endif
