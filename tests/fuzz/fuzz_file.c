/* Whatever is read as a debrief is written canonically: reading and writing once more gives the same bytes. */
#include <stdint.h>
#include <string.h>

#include "storage/json_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err e = { 0 };
	struct buf once = { 0 }, twice = { 0 };
	struct debrief *d = file_decode((const char *)data, size, NULL, NULL, &e);

	if (d == NULL)
		return 0;
	file_encode(d, &once);
	debrief_free(d);
	d = file_decode(once.data, once.len, NULL, NULL, &e);
	if (d == NULL)
		__builtin_trap();
	file_encode(d, &twice);
	if (once.len != twice.len || memcmp(once.data, twice.data, once.len) != 0)
		__builtin_trap();
	debrief_free(d);
	buf_fini(&once);
	buf_fini(&twice);
	return 0;
}
