/* JSON, strictly: a tree of cJSON's, built by a scanner that refuses what cJSON would let pass. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/err.h"

struct json_limits {
	size_t bytes; /* of the whole text */
	size_t nodes; /* values in all */
	int depth;    /* of nested lists and objects */
};
extern const struct json_limits json_file_limits; /* 64 MiB, 32 deep */
extern const struct json_limits json_wire_limits; /* 256 KiB, 32 deep */

/* Parse exactly one value. Refused with ERR_REFUSED and "line L, column C: why" (columns count
 * characters from 1): too large, too deep, too many, broken UTF-8, raw control characters, \u0000,
 * lone surrogates, doubled keys in one object, numbers that are not JSON's or longer than 60
 * characters, integers beyond 2^53, anything after the value. Byte order marks are refused too. Not
 * recursive. Free with cJSON_Delete. The tree is for reading, and goes whole: its root owns the texts
 * of all, so no part of it can be taken out, copied by cJSON_Duplicate or put into another. */
cJSON *json_parse(const char *text, size_t len, const struct json_limits *limits, struct err *e);

/* Member `key` of an object (case matters), or NULL; also NULL when `obj` is NULL or no object. */
const cJSON *json_get(const cJSON *obj, const char *key);
/* The text of a string member, or NULL. */
const char *json_text(const cJSON *obj, const char *key);
/* A whole number within 2^53; false when absent or something else. */
bool json_int(const cJSON *value, int64_t *out);

/* The writer. Canonical form: two spaces, one member a line, a list of plain values on one line, a
 * list of objects one after the other, escapes only where JSON needs them (\" \\ \n \t \u00XX), no
 * floats. Compact form: no white space at all, for the wire. The caller calls begin and end in
 * pairs; texts and keys are valid UTF-8. */
struct json_out {
	struct buf *b;
	bool compact;
	int depth;
	bool first;	/* nothing written yet in this list or object */
	bool in_line;	/* inside a list of plain values */
	bool after_key; /* the next value belongs to the name just written */
};

void json_out_init(struct json_out *o, struct buf *b, bool compact);
void json_object_begin(struct json_out *o);
void json_object_end(struct json_out *o);
void json_list_begin(struct json_out *o, bool plain); /* plain: only plain values, on one line */
void json_list_end(struct json_out *o);
void json_key(struct json_out *o, const char *key);
void json_put_text(struct json_out *o, const char *text);
void json_put_int(struct json_out *o, int64_t value);
void json_put_bool(struct json_out *o, bool value);
/* Any value as it came (unknown members): canonical white space, the same members in the same
 * order; numbers that are not whole are printed as the shortest text that reads back the same. */
void json_put_any(struct json_out *o, const cJSON *value);
void json_end_line(struct json_out *o); /* the final newline */

#endif
