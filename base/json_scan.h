/* Private to base/json*.c: one pass over a text that refuses what is not strict JSON and builds cJSON's
 * tree on the way. */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include "base/json.h"

enum { JSON_DEPTH_MAX = 64 };

struct json_key {
	uint64_t hash;
	const char *at;	  /* in the source, for the position of an error */
	const char *text; /* without escapes */
	size_t len;
};

struct json_level {
	bool object;
	cJSON *node;
	size_t first_key;
};

enum json_expect {
	WANT_VALUE,
	WANT_VALUE_OR_END,
	WANT_KEY,
	WANT_KEY_OR_END,
	WANT_COMMA_OR_END,
	WANT_NOTHING,
};

struct json_scan {
	const char *text, *p, *end; /* the source */
	const struct json_limits *limits;
	struct json_level levels[JSON_DEPTH_MAX];
	int depth;
	size_t nodes;
	struct json_key *keys; /* of all objects that are open */
	size_t n_keys, cap_keys;
	cJSON *root;
	char *texts, *out; /* every text and name without its escapes, and where the next begins */
	char *name;	   /* of the member whose value comes next */
	enum json_expect want;
	struct err *e;
};

/* Eight bytes at a time. */
#define JSON_ONES UINT64_C(0x0101010101010101)
/* Which of eight bytes is the first that `mask` marks; 8 where the order of bytes does not say. */
static inline int
json_first_marked(uint64_t mask)
{
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_ctzll(mask) / 8 : 8;
}

/* The whole tree, or NULL and `e` with the place. */
cJSON *json_scan(const char *text, size_t len, const struct json_limits *limits, struct err *e);

/* Says "line L, column C: why" of the place `at`; always false. */
bool json_refuse(struct json_scan *s, const char *at, const char *why);

/* A text in quotes: `s->p` stands on the opening quote and ends behind the closing one; the text is
 * appended at `s->out` with a NUL, which is where *text points. json_text_room says how many bytes
 * the texts of a source of `len` bytes can take in all. */
bool json_scan_text(struct json_scan *s, char **text);
size_t json_text_room(size_t len);

/* The name of one more member of the innermost object, and the end of that object: refused when a
 * name is there twice. `at` is where it stands in the source, behind its quote. */
bool json_keys_add(struct json_scan *s, const char *at, const char *text, size_t len);
bool json_keys_end(struct json_scan *s);

#endif
