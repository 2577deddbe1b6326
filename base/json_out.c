#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

#define WHOLE_MAX 9007199254740992.0

void
json_out_init(struct json_out *o, struct buf *b, bool compact)
{
	*o = (struct json_out){ .b = b, .compact = compact, .first = true };
}

/* What stands before a value of a list, or before a member's name. */
static void
before_element(struct json_out *o)
{
	size_t n = o->compact || o->in_line ? 0 : (size_t)o->depth * 2;
	char *p = buf_room(o->b, n + 2);

	if (!o->first)
		*p++ = ',';
	if (!o->compact && !o->in_line && o->depth > 0)
		*p++ = '\n';
	if (!o->compact && o->in_line && !o->first)
		*p++ = ' ';
	memset(p, ' ', n);
	p[n] = '\0';
	o->b->len = (size_t)(p + n - o->b->data);
	o->first = false;
}

/* A value right after its member's name needs nothing before it. */
static void
before_value(struct json_out *o)
{
	if (o->after_key) {
		o->after_key = false;
		return;
	}
	if (o->depth > 0 || o->in_line)
		before_element(o);
}

static void
begin(struct json_out *o, char c, bool in_line)
{
	before_value(o);
	buf_addc(o->b, c);
	o->depth++;
	o->first = true;
	o->in_line = in_line;
}

static void
end(struct json_out *o, char c)
{
	size_t n = (size_t)--o->depth * 2;
	bool line = !o->first && !o->in_line && !o->compact;
	char *p = buf_room(o->b, n + 2);

	if (line) {
		*p++ = '\n';
		memset(p, ' ', n);
		p += n;
	}
	*p++ = c;
	*p = '\0';
	o->b->len = (size_t)(p - o->b->data);
	o->first = false;
	o->in_line = false;
}

void
json_object_begin(struct json_out *o)
{
	begin(o, '{', false);
}

void
json_object_end(struct json_out *o)
{
	end(o, '}');
}

void
json_list_begin(struct json_out *o, bool plain)
{
	begin(o, '[', plain);
}

void
json_list_end(struct json_out *o)
{
	end(o, ']');
}

static bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

static char *
put_escape(char *p, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";

	*p++ = '\\';
	if (c == '"' || c == '\\') {
		*p++ = (char)c;
	} else if (c == '\n' || c == '\t') {
		*p++ = c == '\n' ? 'n' : 't';
	} else {
		memcpy(p, "u00", 3);
		p[3] = hex[c >> 4];
		p[4] = hex[c & 15];
		p += 5;
	}
	return p;
}

/* How many bytes from `s` need no escape: eight at a time, then one by one. */
static size_t
plain_run(const char *s, size_t len)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
	size_t i = 0;

	for (; i + 8 <= len; i += 8) {
		uint64_t w, quote, slash, del;
		memcpy(&w, s + i, 8);
		quote = w ^ (ones * '"');
		slash = w ^ (ones * '\\');
		del = w ^ (ones * 0x7f);
		w = ((w - ones * 0x20) | (quote - ones) | (slash - ones) | (del - ones)) & ~w &
		    highs;
		if (w != 0)
			break;
	}
	while (i < len && is_plain((unsigned char)s[i]))
		i++;
	return i;
}

static void
put_quoted(struct buf *b, const char *s)
{
	size_t left = strlen(s);
	char *p = buf_room(b, 6 * left + 2);

	*p++ = '"';
	while (left > 0) {
		size_t run = plain_run(s, left);
		memcpy(p, s, run);
		p += run;
		s += run;
		left -= run;
		if (left > 0) {
			p = put_escape(p, (unsigned char)*s++);
			left--;
		}
	}
	*p++ = '"';
	*p = '\0';
	b->len = (size_t)(p - b->data);
}

void
json_key(struct json_out *o, const char *key)
{
	before_element(o);
	put_quoted(o->b, key);
	buf_adds(o->b, o->compact ? ":" : ": ");
	o->after_key = true;
}

void
json_put_text(struct json_out *o, const char *text)
{
	before_value(o);
	put_quoted(o->b, text);
}

void
json_put_int(struct json_out *o, int64_t value)
{
	char digits[24], *p = digits + sizeof digits;
	uint64_t v = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	before_value(o);
	do
		*--p = (char)('0' + v % 10);
	while ((v /= 10) != 0);
	if (value < 0)
		*--p = '-';
	buf_add(o->b, p, (size_t)(digits + sizeof digits - p));
}

void
json_put_bool(struct json_out *o, bool value)
{
	before_value(o);
	buf_adds(o->b, value ? "true" : "false");
}

static void
put_number(struct json_out *o, double v)
{
	char text[40];

	if (v == floor(v) && fabs(v) <= WHOLE_MAX) {
		json_put_int(o, (int64_t)v);
		return;
	}
	/* Without its exponent a large one would read as a whole number beyond 2^53. */
	for (int digits = 1; digits <= 17; digits++) {
		if (fabs(v) > WHOLE_MAX)
			snprintf(text, sizeof text, "%.*e", digits - 1, v);
		else
			snprintf(text, sizeof text, "%.*g", digits, v);
		if (strtod(text, NULL) == v)
			break;
	}
	before_value(o);
	buf_adds(o->b, text);
}

static bool
all_plain(const cJSON *list)
{
	const cJSON *v;

	for (v = list->child; v != NULL; v = v->next)
		if (cJSON_IsObject(v) || cJSON_IsArray(v))
			return false;
	return true;
}

void
json_put_any(struct json_out *o, const cJSON *value)
{
	const cJSON *v;
	bool in_line = o->in_line;

	if (cJSON_IsString(value)) {
		json_put_text(o, value->valuestring);
	} else if (cJSON_IsNumber(value)) {
		put_number(o, value->valuedouble);
	} else if (cJSON_IsBool(value)) {
		json_put_bool(o, cJSON_IsTrue(value));
	} else if (cJSON_IsArray(value)) {
		json_list_begin(o, all_plain(value));
		for (v = value->child; v != NULL; v = v->next)
			json_put_any(o, v);
		json_list_end(o);
		o->in_line = in_line;
	} else if (cJSON_IsObject(value)) {
		json_object_begin(o);
		for (v = value->child; v != NULL; v = v->next) {
			json_key(o, v->string);
			json_put_any(o, v);
		}
		json_object_end(o);
		o->in_line = in_line;
	} else {
		before_value(o);
		buf_adds(o->b, "null");
	}
}

void
json_end_line(struct json_out *o)
{
	buf_addc(o->b, '\n');
}
