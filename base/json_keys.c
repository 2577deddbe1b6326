#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_scan.h"
#include "base/mem.h"

enum { FEW_KEYS = 12 };

enum { NAMED_MOST = 60 };

/* Named where that can be read in a line. */
static bool
twice(struct json_scan *s, const struct json_key *k)
{
	char why[NAMED_MOST + 40] = "a member that is there twice";
	bool plain = k->len > 0 && k->len <= NAMED_MOST;

	for (size_t i = 0; plain && i < k->len; i++)
		plain = k->text[i] > ' ' && k->text[i] < 0x7f && k->text[i] != '"';
	if (plain)
		snprintf(why, sizeof why, "the member \"%.*s\" is there twice", (int)k->len,
		    k->text);
	return json_refuse(s, k->at - 1, why);
}

static bool
key_same(const struct json_key *a, const struct json_key *b)
{
	return a->hash == b->hash && a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

static int
by_text(const void *a, const void *b)
{
	const struct json_key *x = a, *y = b;
	int c;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	c = memcmp(x->text, y->text, x->len);
	return c != 0 ? c : (x->at > y->at) - (x->at < y->at);
}

/* Up to eight bytes as a number, without a step for each. */
static uint64_t
word_of(const char *p, size_t len)
{
	uint64_t w = 0;
	uint32_t first, last;

	if (len == 8) {
		memcpy(&w, p, 8);
	} else if (len >= 4) {
		memcpy(&first, p, 4);
		memcpy(&last, p + len - 4, 4);
		w = (uint64_t)first << 32 | last;
	} else if (len > 0) {
		w = (uint64_t)(unsigned char)p[0] << 16 | (uint64_t)(unsigned char)p[len / 2] << 8 |
		    (unsigned char)p[len - 1];
	}
	return w;
}

/* Nobody gains by keys that collide: equal hashes only cost a comparison. */
static uint64_t
hash_of(const char *p, size_t len)
{
	uint64_t h = len;

	for (; len > 8; p += 8, len -= 8) {
		h = (h ^ word_of(p, 8)) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 32;
	}
	h = (h ^ word_of(p, len)) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ h >> 32;
}

bool
json_keys_add(struct json_scan *s, const char *at, const char *text, size_t len)
{
	struct json_key k = { hash_of(text, len), at, text, len };
	size_t first = s->levels[s->depth - 1].first_key;

	if (s->n_keys - first < FEW_KEYS)
		for (size_t i = first; i < s->n_keys; i++)
			if (key_same(&s->keys[i], &k))
				return twice(s, &k);
	VEC_ROOM(s->keys, s->n_keys, s->cap_keys);
	s->keys[s->n_keys++] = k;
	return true;
}

/* An object with many members is checked when it ends, by sorting. */
bool
json_keys_end(struct json_scan *s)
{
	size_t first = s->levels[s->depth - 1].first_key, n = s->n_keys - first;

	if (n > FEW_KEYS) {
		qsort(s->keys + first, n, sizeof *s->keys, by_text);
		for (size_t i = first + 1; i < s->n_keys; i++)
			if (key_same(&s->keys[i - 1], &s->keys[i]))
				return twice(s, &s->keys[i]);
	}
	s->n_keys = first;
	return true;
}
