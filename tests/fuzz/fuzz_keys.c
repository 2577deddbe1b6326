/* Any bytes from a terminal, in any pieces: keys come out, none of them with a control character in its text. */
#include <stdint.h>

#include "base/text.h"
#include "tui/keys.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct keys *k = keys_new();
	struct key key;

	for (size_t at = 0; at < size;) {
		size_t n = 1 + data[at] % 7;
		if (n > size - at)
			n = size - at;
		keys_feed(k, (const char *)data + at, n);
		at += n;
		if (n == 3 && keys_waiting(k))
			keys_timeout(k);
		while (keys_next(k, &key)) {
			if (key.code == KEY_CHAR && (unsigned char)key.text[0] < 0x20)
				__builtin_trap();
			if (key.code == KEY_PASTE &&
			    utf8_valid(key.paste, key.paste_len) != key.paste_len)
				__builtin_trap();
		}
	}
	keys_free(k);
	return 0;
}
