#include "live/key.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "live/state_file.h"

static char *
path_of(struct id debrief, struct err *e)
{
	return state_file_path("keys", debrief.s, e);
}

static bool
read_key(const char *path, struct key_of *out)
{
	out->some = state_file_read(path, out->bytes, sizeof out->bytes);
	return out->some;
}

bool
key_peek(struct id debrief, struct key_of *out)
{
	char *path = path_of(debrief, NULL);
	bool some = path != NULL && read_key(path, out);

	out->some = some;
	free(path);
	return some;
}

/* One that is cut short proves nothing. */
static bool
make_key(const char *path, struct key_of *out, struct err *e)
{
	struct key_of fresh;
	bool good;

	rand_bytes(fresh.bytes, sizeof fresh.bytes);
	good = state_file_erase(path, e) &&
	       state_file_put(path, fresh.bytes, sizeof fresh.bytes, e);
	sodium_memzero(&fresh, sizeof fresh);
	return good && (read_key(path, out) ||
			   err_set(e, ERR_STORE,
			       "%s cannot be read back: nothing was changed: see whose it is",
			       path));
}

bool
key_load(struct id debrief, struct key_of *out, struct err *e)
{
	char *path = path_of(debrief, e);
	bool good = path != NULL && (read_key(path, out) || make_key(path, out, e));

	free(path);
	return good;
}

bool
key_erase(struct id debrief, struct key_of *k, struct err *e)
{
	char *path = path_of(debrief, e);
	bool good = path != NULL && state_file_erase(path, e);

	sodium_memzero(k, sizeof *k);
	free(path);
	return good;
}

/* Each part ends with a NUL, which none of them holds: no two lists of parts are the same bytes. */
static struct id
hash_parts(const struct key_of *k, const char *const parts[3])
{
	crypto_generichash_state st;
	unsigned char hash[crypto_generichash_BYTES_MIN];
	uint64_t bits = 0;

	crypto_generichash_init(&st, k->bytes, sizeof k->bytes, sizeof hash);
	for (size_t i = 0; i < 3; i++)
		crypto_generichash_update(
		    &st, (const unsigned char *)parts[i], strlen(parts[i]) + 1);
	crypto_generichash_final(&st, hash, sizeof hash);
	for (size_t i = 0; i < sizeof bits; i++)
		bits = bits << 8 | hash[i];
	return id_make(bits);
}

struct id
key_cid(const struct key_of *k, const char *name, struct id cid)
{
	const char *const parts[] = { "cid", name, cid.s };

	return hash_parts(k, parts);
}

struct id
key_ballot(const struct key_of *k, const char *name, int n)
{
	char *number = mem_fmt("%d", n);
	const char *const parts[] = { "ballot", name, number };
	struct id id = hash_parts(k, parts);

	free(number);
	return id;
}
