/* Bytes into the names of the keys they give. */
#ifndef TESTS_TUI_KEYS_OF_H
#define TESTS_TUI_KEYS_OF_H

#include "base/buf.h"
#include "tui/keys.h"

static inline void
key_write(const struct key *key, struct buf *out)
{
	char name[32];

	key_name(key, name);
	if (key->code == KEY_PASTE)
		buf_addf(out, "[%.*s] ", (int)key->paste_len, key->paste);
	else if (key->code == KEY_MOUSE)
		buf_addf(out, "%s%d@%d,%d ", name, key->button, key->y, key->x);
	else
		buf_addf(out, "%s ", name);
}

static inline void
keys_drain(struct keys *k, struct buf *out)
{
	struct key key;

	while (keys_next(k, &key))
		key_write(&key, out);
}

/* Fed `piece` bytes at a time; a time-out at the end when one is waited for. */
static inline void
keys_of(const char *bytes, size_t len, size_t piece, struct buf *out)
{
	struct keys *k = keys_new();

	buf_adds(out, "");
	for (size_t at = 0; at < len; at += piece) {
		keys_feed(k, bytes + at, len - at < piece ? len - at : piece);
		keys_drain(k, out);
	}
	if (keys_waiting(k)) {
		keys_timeout(k);
		keys_drain(k, out);
	}
	keys_free(k);
}

#endif
