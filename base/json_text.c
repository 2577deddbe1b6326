#include <string.h>

#include "base/json_scan.h"
#include "base/text.h"

/* A text never grows by losing its escapes; eight bytes are written where fewer count. */
size_t
json_text_room(size_t len)
{
	return len + 8;
}

/* Copies what needs no look: printable ASCII but quote and backslash, eight at a time. */
static inline void
plain_run(struct json_scan *s)
{
	const char *p = s->p;
	char *out = s->out;

	for (; s->end - p >= 8; p += 8, out += 8) {
		uint64_t w, quote, slash, marked;
		memcpy(&w, p, 8);
		memcpy(out, &w, 8);
		quote = w ^ (JSON_ONES * '"');
		slash = w ^ (JSON_ONES * '\\');
		/* The first mark is true; a borrow may set false ones after it. */
		marked = (w | (w - JSON_ONES * 0x20) | (quote - JSON_ONES) | (slash - JSON_ONES)) & (JSON_ONES << 7);
		if (marked == 0)
			continue;
		if (json_first_marked(marked) == 8)
			break;
		s->p = p + json_first_marked(marked);
		s->out = out + json_first_marked(marked);
		return;
	}
	while (p < s->end && *p >= 0x20 && (unsigned char)*p < 0x80 && *p != '"' && *p != '\\')
		*out++ = *p++;
	s->p = p;
	s->out = out;
}

static int
hex4(const char *p)
{
	int v = 0;

	for (int i = 0; i < 4; i++) {
		int c = (unsigned char)p[i];
		int d = c >= '0' && c <= '9'   ? c - '0'
			: c >= 'a' && c <= 'f' ? c - 'a' + 10
			: c >= 'A' && c <= 'F' ? c - 'A' + 10
					       : -1;
		if (d < 0)
			return -1;
		v = v * 16 + d;
	}
	return v;
}

/* `s->p` stands after "\u". */
static bool
unicode_escape(struct json_scan *s)
{
	const char *at = s->p - 2;
	int v = s->end - s->p >= 4 ? hex4(s->p) : -1, low;

	if (v < 0)
		return json_refuse(s, at, "\\u wants four hexadecimal digits");
	if (v == 0)
		return json_refuse(s, at, "\\u0000 is not allowed in a text");
	s->p += 4;
	if (v >= 0xdc00 && v <= 0xdfff)
		return json_refuse(s, at, "half of a surrogate pair");
	if (v >= 0xd800 && v <= 0xdbff) {
		low = s->end - s->p >= 6 && s->p[0] == '\\' && s->p[1] == 'u' ? hex4(s->p + 2) : -1;
		if (low < 0xdc00 || low > 0xdfff)
			return json_refuse(s, at, "half of a surrogate pair");
		v = 0x10000 + ((v - 0xd800) << 10) + (low - 0xdc00);
		s->p += 6;
	}
	s->out += utf8_encode((uint32_t)v, s->out);
	return true;
}

/* `s->p` stands on the backslash. */
static bool
escape(struct json_scan *s)
{
	static const char from[] = "\"\\/bfnrtu", to[] = "\"\\/\b\f\n\r\t";
	const char *which;

	if (s->end - s->p < 2 || s->p[1] == '\0' || (which = strchr(from, s->p[1])) == NULL)
		return json_refuse(s, s->p, "an escape that JSON does not have");
	s->p += 2;
	if (*which == 'u')
		return unicode_escape(s);
	*s->out++ = to[which - from];
	return true;
}

bool
json_scan_text(struct json_scan *s, char **text)
{
	const char *open = s->p++;

	*text = s->out;
	for (;;) {
		uint32_t cp;
		size_t n;

		plain_run(s);
		if (s->p >= s->end)
			return json_refuse(s, open, "a text that does not end");
		if (*s->p == '"') {
			s->p++;
			*s->out++ = '\0';
			return true;
		}
		if (*s->p == '\\') {
			if (!escape(s))
				return false;
			continue;
		}
		if ((unsigned char)*s->p < 0x20)
			return json_refuse(s, s->p, "a control character in a text");
		n = utf8_decode(s->p, (size_t)(s->end - s->p), &cp);
		if (n == 0)
			return json_refuse(s, s->p, "bytes that are not UTF-8");
		memcpy(s->out, s->p, n);
		s->out += n;
		s->p += n;
	}
}
