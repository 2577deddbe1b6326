/* Order keys: short texts whose byte order is the list's order, so that an insert never renumbers.
 * A key is an integer head (one letter that tells how many base-36 digits follow: 'h' three, 'i'
 * four, ...; below zero 'g', 'f', ...), a fraction if it was made between two neighbours, and two
 * digits of jitter, so that two people who insert at the same place in two clones get different
 * keys. "h0a0k3". */
#ifndef MODEL_ORDER_H
#define MODEL_ORDER_H

#include <stdbool.h>
#include <stdint.h>

/* A key after `after` and before `before`; either may be NULL (the ends). When they are not in
 * order (equal keys after a merge) the key goes right after `after`; where a gap is used up (some
 * 2,000 inserts at the very same place) it is `after` again. Yours to free. At most 8 characters
 * for the 2,000th append. */
char *order_between(const char *after, const char *before, uint64_t random);
bool order_ok(const char *key); /* 4 to 480 characters of 0-9a-z that begin with a letter */

#endif
