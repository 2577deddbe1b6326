/* Three files that can be read merge, the same both ways round. The input is cut in three at zero bytes. */
#include <stdint.h>
#include <string.h>

#include "model/merge.h"
#include "storage/json_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct debrief *
part(const uint8_t **data, size_t *size)
{
	const uint8_t *end = memchr(*data, 0, *size);
	size_t len = end ? (size_t)(end - *data) : *size;
	struct err e = { 0 };
	struct debrief *d = file_decode((const char *)*data, len, NULL, NULL, &e);

	*data += len + (end != NULL);
	*size -= len + (end != NULL);
	return d;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct debrief *base = part(&data, &size), *a = part(&data, &size), *b = part(&data, &size);
	struct err e = { 0 };

	if (a != NULL && b != NULL) {
		struct debrief *ab = debrief_merge(base, a, b, NULL, &e);
		struct debrief *ba = debrief_merge(base, b, a, NULL, &e);
		struct buf x = { 0 }, y = { 0 };
		if ((ab == NULL) != (ba == NULL))
			__builtin_trap();
		if (ab != NULL) {
			file_encode(ab, &x);
			file_encode(ba, &y);
			if (x.len != y.len || memcmp(x.data, y.data, x.len) != 0)
				__builtin_trap();
		}
		buf_fini(&x);
		buf_fini(&y);
		debrief_free(ab);
		debrief_free(ba);
	}
	debrief_free(base);
	debrief_free(a);
	debrief_free(b);
	return 0;
}
