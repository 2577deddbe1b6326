/* Private to storage/json_*.c: where in a text that was parsed already a value stands, for error
 * messages. */
#ifndef STORAGE_JSON_WHERE_H
#define STORAGE_JSON_WHERE_H

#include <stddef.h>

/* "causes[3].category": a list of the file, which item of it, which member. NULL and -1: not so
 * deep. Where the member is an object or a list itself: which member of it, then which value, from
 * 1; NULL and 0: not so deep. */
struct json_place {
	const char *list;
	long index;
	const char *member;
	const char *key;
	size_t nth;
};

struct json_spot {
	size_t line, column; /* from 1; columns count characters */
};

/* The deepest part of `place` that is there. The text must be valid JSON. */
struct json_spot json_where(const char *text, size_t len, const struct json_place *place);
struct json_spot json_spot_at(const char *text, size_t offset);

#endif
