#include <string.h>

#include "live/wire.h"

enum {
	CUT_AT = 64 * 1024, /* bytes taken before the rest is moved to the front */
	IDLE_MOST = 4096    /* held on to while there is nothing to take */
};

void
wire_feed(struct wire_in *in, const char *bytes, size_t len)
{
	if (in->taken == in->bytes.len || in->taken > CUT_AT) {
		buf_cut_front(&in->bytes, in->taken);
		in->scanned -= in->taken;
		in->taken = 0;
	}
	buf_add(&in->bytes, bytes, len);
}

int
wire_line(struct wire_in *in, const char **line, size_t *len)
{
	const char *begin, *end = NULL;

	if (in->bytes.data == NULL)
		return 0;
	if (in->taken == in->bytes.len && in->bytes.cap > IDLE_MOST) {
		wire_in_fini(in);
		return 0;
	}
	begin = in->bytes.data + in->taken;
	if (in->scanned < in->bytes.len)
		end = memchr(in->bytes.data + in->scanned, '\n', in->bytes.len - in->scanned);
	if (end == NULL) {
		in->scanned = in->bytes.len;
		return in->bytes.len - in->taken > WIRE_LINE_MAX ? -1 : 0;
	}
	if ((size_t)(end - begin) > WIRE_LINE_MAX)
		return -1;
	*line = begin;
	*len = (size_t)(end - begin);
	in->taken += *len + 1;
	in->scanned = in->taken;
	return 1;
}

void
wire_in_fini(struct wire_in *in)
{
	buf_fini(&in->bytes);
	*in = (struct wire_in){ 0 };
}
