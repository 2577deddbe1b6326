#include "base/json.h"

#include <math.h>
#include <string.h>

#include "base/json_scan.h"

const struct json_limits json_file_limits = { (size_t)64 << 20, (size_t)8 << 20, 32 };
const struct json_limits json_wire_limits = { (size_t)256 << 10, (size_t)1 << 16, 32 };

cJSON *
json_parse(const char *text, size_t len, const struct json_limits *limits, struct err *e)
{
	return json_scan(text, len, limits, e);
}

const cJSON *
json_get(const cJSON *obj, const char *key)
{
	return cJSON_IsObject(obj) ? cJSON_GetObjectItemCaseSensitive(obj, key) : NULL;
}

const char *
json_text(const cJSON *obj, const char *key)
{
	return cJSON_GetStringValue(json_get(obj, key));
}

bool
json_int(const cJSON *value, int64_t *out)
{
	double v;

	if (!cJSON_IsNumber(value))
		return false;
	v = value->valuedouble;
	if (v != floor(v) || fabs(v) > 9007199254740992.0)
		return false;
	*out = (int64_t)v;
	return true;
}
