#include "model/order.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

enum { JITTER = 2, KEY_MAX = 480 };

static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";

static int
digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c - 'a' + 10;
}

/* How many digits the integer of a key has: 'h' three, 'i' four, ...; below zero 'g' three, 'f'
 * four, ... */
static int
head_len(char c)
{
	return c >= 'h' ? c - 'h' + 3 : 'g' - c + 3;
}

bool
order_ok(const char *key)
{
	size_t len = 0;

	while (key != NULL && len <= KEY_MAX &&
	    ((key[len] >= '0' && key[len] <= '9') || (key[len] >= 'a' && key[len] <= 'z')))
		len++;
	if (len < 4 || len > KEY_MAX || key[len] != '\0')
		return false;
	return key[0] >= 'b' && key[0] <= 'y' && (size_t)(1 + head_len(key[0])) <= len;
}

/* The integer after (`step` 1) or before (-1) the one a key begins with, as a head and its digits.
 */
static void
integer_beside(const char *key, int step, struct buf *out)
{
	int len = head_len(key[0]);
	char body[32], head = key[0], stop = step > 0 ? 'z' : '0', roll = step > 0 ? '0' : 'z';
	int i = len - 1;

	memcpy(body, key + 1, (size_t)len);
	while (i >= 0 && body[i] == stop)
		body[i--] = roll;
	if (i >= 0) {
		body[i] = digits[digit(body[i]) + step];
	} else {
		/* Over the edge: the next head, whose first integer upwards is all 0, downwards all
		 * z. */
		head = (char)(head + step);
		len = head_len(head);
		memset(body, roll, (size_t)len);
	}
	buf_addc(out, head);
	buf_add(out, body, (size_t)len);
}

static void
add_jitter(struct buf *out, uint64_t random)
{
	buf_addc(out, digits[random % 36]);
	/* Never 0 at the end: there is always room before a key. */
	buf_addc(out, digits[1 + random / 36 % 35]);
}

/* A text strictly between `a` and `b` ("" is the least; NULL for `b` is beyond all), by bytes. */
static void
between(const char *a, const char *b, struct buf *out)
{
	for (size_t i = 0;; i++) {
		int lo = i < strlen(a) ? digit(a[i]) : 0;
		int hi = b != NULL && i < strlen(b) ? digit(b[i]) : 36;

		if (b != NULL && i >= strlen(b))
			hi = 0;
		if (hi - lo > 1) {
			buf_addc(out, digits[(lo + hi) / 2]);
			return;
		}
		buf_addc(out, digits[lo]);
		if (hi - lo == 1) { /* what follows need only be greater than the rest of `a` */
			b = NULL;
			a = i < strlen(a) ? a : "";
		}
	}
}

/* Between two keys: the next whole number where that is between, else a fraction behind `after`'s.
 */
static void
key_inside(const char *after, const char *before, struct buf *out)
{
	int la = 1 + head_len(after[0]), lb = 1 + head_len(before[0]);
	bool same = la == lb && strncmp(after, before, (size_t)la) == 0;

	integer_beside(after, 1, out);
	if (strncmp(out->data, before, (size_t)lb) < 0)
		return;
	buf_clear(out);
	buf_add(out, after, (size_t)la);
	between(after + la, same ? before + lb : NULL, out);
}

char *
order_between(const char *after, const char *before, uint64_t random)
{
	struct buf out = { 0 };

	if (after != NULL && !order_ok(after))
		after = NULL;
	if (before != NULL && !order_ok(before))
		before = NULL;
	if (after != NULL && before != NULL && strcmp(after, before) >= 0)
		before = NULL;
	if (after == NULL && before == NULL)
		buf_adds(&out, "h000");
	else if (before == NULL)
		integer_beside(after, 1, &out);
	else if (after == NULL)
		integer_beside(before, -1, &out);
	else
		key_inside(after, before, &out);
	if (out.len + JITTER > KEY_MAX) { /* after some 2,000 inserts in one gap: beside its
					     neighbor, told apart by id */
		buf_clear(&out);
		buf_adds(&out, after);
	} else {
		add_jitter(&out, random);
	}
	return buf_take(&out);
}
