/* The strict reader never crashes, and what it accepts it can print and read again. */
#include <stdint.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err e = { 0 };
	cJSON *tree = json_parse((const char *)data, size, &json_file_limits, &e);
	struct buf b = { 0 };
	struct json_out o;

	if (tree == NULL)
		return 0;
	json_out_init(&o, &b, false);
	json_put_any(&o, tree);
	cJSON_Delete(tree);
	tree = json_parse(b.data, b.len, &json_file_limits, &e);
	if (tree == NULL)
		__builtin_trap();
	cJSON_Delete(tree);
	buf_fini(&b);
	return 0;
}
