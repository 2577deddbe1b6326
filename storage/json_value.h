/* Private to storage/json_*.c: one field's value as JSON, both ways, the same in the file, the
 * journal and the wire. */
#ifndef STORAGE_JSON_VALUE_H
#define STORAGE_JSON_VALUE_H

#include "base/json.h"
#include "model/schema.h"

/* What stands in an item, without copying it. */
void json_put_field(struct json_out *o, const struct item *it, const struct field *f);
/* A value apart from its item. */
void json_put_value(struct json_out *o, const struct field *f, const struct value *v);
/* A member that this version does not know: compact text in, canonical or compact out. */
void json_put_extra(struct json_out *o, const struct extra *x);

/* Read and check one. `out` borrows its texts from `json`: copy it, or use it before the tree goes,
 * and end it with value_return. The error says what is wrong, not where. */
bool json_read_value(const cJSON *json, const struct field *f, struct value *out, struct err *e);
void value_return(struct value *v);

/* The next field a member called `key` can be: looks at *next first, because members stand in the
 * table's order. NULL when the schema has none. */
const struct field *json_field(const struct schema *s, const char *key, size_t *next);

/* Keep an unknown member. */
void json_keep(struct extras *e, const cJSON *member);

#endif
