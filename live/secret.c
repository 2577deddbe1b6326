#include "live/secret.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "live/state_file.h"

enum { SECRET_BYTES = 16, NAME_BYTES = 10 };

static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

/* Five bits a letter, the last one filled up with zeros. */
static void
letters_of(const unsigned char *bytes, size_t len, char *out)
{
	unsigned bits = 0;
	int n = 0;

	for (size_t i = 0; i < len; i++) {
		bits = bits << 8 | bytes[i];
		for (n += 8; n >= 5; n -= 5)
			*out++ = digits[bits >> (n - 5) & 31];
	}
	if (n > 0)
		*out++ = digits[bits << (5 - n) & 31];
	*out = '\0';
}

char *
secret_new(void)
{
	unsigned char bytes[SECRET_BYTES];
	char *secret = mem_alloc(SECRET_LETTERS + 1);

	rand_bytes(bytes, sizeof bytes);
	letters_of(bytes, sizeof bytes, secret);
	sodium_memzero(bytes, sizeof bytes);
	return secret;
}

bool
secret_ok(const char *secret)
{
	return secret != NULL && strlen(secret) == SECRET_LETTERS &&
	       strspn(secret, digits) == SECRET_LETTERS;
}

static char *
path_of(struct id debrief, const char *name, struct err *e)
{
	unsigned char hash[crypto_generichash_BYTES_MIN];
	char letters[OWNER_LETTERS + 1];
	char *file, *path;

	crypto_generichash(
	    hash, sizeof hash, (const unsigned char *)name, strlen(name), NULL, 0);
	letters_of(hash, NAME_BYTES, letters);
	file = mem_fmt("%s-%s", debrief.s, letters);
	path = state_file_path("secrets", file, e);
	free(file);
	return path;
}

static char *
read_secret(const char *path)
{
	char *secret = mem_zero(SECRET_LETTERS + 1, 1);

	if (state_file_read(path, secret, SECRET_LETTERS) && secret_ok(secret))
		return secret;
	free(secret);
	return NULL;
}

/* What is there is no secret: whatever it proved, it proves no longer. */
static char *
make_secret(const char *path, struct err *e)
{
	char *secret = secret_new(), *kept = NULL;
	struct err why = { 0 };

	if (state_file_erase(path, &why) && state_file_put(path, secret, SECRET_LETTERS, &why)) {
		kept = read_secret(path);
		if (kept == NULL)
			err_set(&why, ERR_STORE,
			    "%s is not yours alone: nothing was kept: set XDG_STATE_HOME to a "
			    "folder of yours",
			    path);
	}
	if (kept == NULL && e != NULL)
		*e = why;
	free(secret);
	return kept;
}

char *
secret_load(struct id debrief, const char *name, struct err *e)
{
	char *path = path_of(debrief, name, e), *secret;
	int lock;

	if (path == NULL)
		return NULL;
	secret = read_secret(path);
	if (secret == NULL) { /* under the lock, or one would erase what another has just made */
		lock = state_file_lock(path);
		secret = read_secret(path);
		if (secret == NULL)
			secret = make_secret(path, e);
		state_file_unlock(lock);
	}
	free(path);
	return secret;
}

void
secret_owner(const char *secret, struct id card, char out[OWNER_LETTERS + 1])
{
	unsigned char hash[SECRET_BYTES];

	crypto_generichash(hash, sizeof hash, (const unsigned char *)card.s, ID_LEN,
	    (const unsigned char *)secret, strlen(secret));
	letters_of(hash, sizeof hash, out);
}

bool
secret_owns(const char *secret, struct id card, const char *owner)
{
	char mine[OWNER_LETTERS + 1];

	if (secret == NULL || owner == NULL || strlen(owner) != OWNER_LETTERS)
		return false;
	secret_owner(secret, card, mine);
	return sodium_memcmp(mine, owner, OWNER_LETTERS) == 0;
}
