/* Bytes of a peer, cut at any place: no crash, and what is a message is one again after it is written. */
#include <stdint.h>

#include "live/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
one_line(const char *line, size_t len)
{
	struct message m, again;
	struct err e = { 0 };
	struct buf b = { 0 };

	if (!message_decode(line, len, &m, &e))
		return;
	message_encode(&m, &b);
	message_fini(&m);
	if (b.len < 2 || !message_decode(b.data, b.len - 1, &again, &e))
		__builtin_trap();
	message_fini(&again);
	buf_fini(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wire_in in = { 0 };
	size_t half = size / 2;
	const char *line;
	size_t len;

	wire_feed(&in, (const char *)data, half);
	while (wire_line(&in, &line, &len) == 1)
		one_line(line, len);
	wire_feed(&in, (const char *)data + half, size - half);
	while (wire_line(&in, &line, &len) == 1)
		one_line(line, len);
	wire_in_fini(&in);
	return 0;
}
