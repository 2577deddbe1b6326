#include "base/id.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

struct id
id_make(uint64_t bits)
{
	struct id id;

	for (int i = ID_LEN - 1; i >= 0; i--) {
		id.s[i] = digits[bits & 31];
		bits >>= 5;
	}
	id.s[ID_LEN] = '\0';
	return id;
}

static bool
is_digit(char c)
{
	return (c >= '0' && c <= '9') ||
	       (c >= 'a' && c <= 'z' && c != 'i' && c != 'l' && c != 'o' && c != 'u');
}

bool
id_parse(const char *text, struct id *out)
{
	size_t n = 0;

	while (text != NULL && n < ID_LEN && is_digit(text[n]))
		n++;
	if (n != ID_LEN || text[n] != '\0')
		return false;
	memcpy(out->s, text, ID_LEN + 1);
	return true;
}

bool
id_some(struct id a)
{
	return a.s[0] != '\0';
}

bool
id_equal(struct id a, struct id b)
{
	return memcmp(a.s, b.s, ID_LEN) == 0;
}

int
id_cmp(struct id a, struct id b)
{
	return memcmp(a.s, b.s, ID_LEN);
}

void
rand_bytes(void *out, size_t len)
{
	char *p = out;

	while (len > 0) {
		ssize_t n = getrandom(p, len, 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			abort();
		p += n;
		len -= (size_t)n;
	}
}

uint64_t
rand_bits(void)
{
	uint64_t bits;

	rand_bytes(&bits, sizeof bits);
	return bits;
}

struct id
id_random(void)
{
	return id_make(rand_bits());
}
