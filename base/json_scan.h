/* Private to base/json*.c: the scanner that refuses what cJSON would let through. */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include "base/json.h"

bool json_scan(const char *text, size_t len, const struct json_limits *limits, struct err *e);

#endif
