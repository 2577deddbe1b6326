/* Ids: 12 characters of lower-case Crockford base32 (60 bits), random, never reused. */
#ifndef BASE_ID_H
#define BASE_ID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ID_LEN = 12 };

/* Zero-initialized is "none". Copied by value. */
struct id {
	char s[ID_LEN + 1];
};

struct id id_make(uint64_t bits); /* the lower 60 bits, as digits 0-9a-z without i l o u */
bool id_parse(const char *text, struct id *out); /* exactly 12 such characters */
bool id_some(struct id a);			 /* not "none" */
bool id_equal(struct id a, struct id b);
int id_cmp(struct id a, struct id b);

/* Randomness from the kernel. The model never calls these. */
void rand_bytes(void *out, size_t len);
uint64_t rand_bits(void);
struct id id_random(void);

#endif
