#include "base/json_scan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#define ONES UINT64_C(0x0101010101010101)

enum { DEPTH_MAX = 64, FEW_KEYS = 12, NUMBER_MAX = 60 /* more than cJSON's buffer takes */ };

struct key {
	uint64_t hash;
	const char *at;	  /* in the text, for the position of an error */
	const char *text; /* without escapes: in the text, or (once looked up) in the arena */
	size_t len, arena_at;
	bool escaped;
};

struct level {
	bool object;
	size_t first_key;
};

enum expect {
	WANT_VALUE,
	WANT_VALUE_OR_END,
	WANT_KEY,
	WANT_KEY_OR_END,
	WANT_COMMA_OR_END,
	WANT_NOTHING,
};

struct scan {
	const char *text, *p, *end;
	const struct json_limits *limits;
	struct level levels[DEPTH_MAX];
	int depth;
	size_t nodes;
	struct key *keys;
	size_t n_keys, cap_keys;
	struct buf arena;
	enum expect want;
	struct err *e;
};

static bool
refuse(struct scan *s, const char *at, const char *why)
{
	size_t line = 1, column = 1;

	for (const char *p = s->text; p < at; p++) {
		if (*p == '\n') {
			line++;
			column = 1;
		} else if (((unsigned char)*p & 0xc0) != 0x80) {
			column++;
		}
	}
	return err_set(s->e, ERR_REFUSED, "line %zu, column %zu: %s", line, column, why);
}

/* Which of eight bytes is the first that `mask` marks; 8 where the order of bytes does not say. */
static int
first_marked(uint64_t mask)
{
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_ctzll(mask) / 8 : 8;
}

/* Bytes of spaces, for indentation. */
static const char *
space_run(const char *p, const char *end)
{
	while (end - p >= 8) {
		uint64_t w;
		memcpy(&w, p, 8);
		w ^= ONES * ' ';
		if (w != 0 && first_marked(w) < 8)
			return p + first_marked(w);
		if (w != 0)
			break;
		p += 8;
	}
	while (p < end && *p == ' ')
		p++;
	return p;
}

static inline void
skip_space(struct scan *s)
{
	while (s->p < s->end && (unsigned char)*s->p <= ' ') {
		if (*s->p != ' ' && *s->p != '\n' && *s->p != '\t' && *s->p != '\r')
			return;
		s->p = space_run(s->p + 1, s->end);
	}
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
unicode_escape(struct scan *s)
{
	const char *at = s->p - 2;
	int v = s->end - s->p >= 4 ? hex4(s->p) : -1, low;

	if (v < 0)
		return refuse(s, at, "\\u wants four hexadecimal digits");
	if (v == 0)
		return refuse(s, at, "\\u0000 is not allowed in a text");
	s->p += 4;
	if (v >= 0xdc00 && v <= 0xdfff)
		return refuse(s, at, "half of a surrogate pair");
	if (v < 0xd800 || v > 0xdbff)
		return true;
	low = s->end - s->p >= 6 && s->p[0] == '\\' && s->p[1] == 'u' ? hex4(s->p + 2) : -1;
	if (low < 0xdc00 || low > 0xdfff)
		return refuse(s, at, "half of a surrogate pair");
	s->p += 6;
	return true;
}

/* `s->p` stands on the backslash. */
static bool
escape(struct scan *s)
{
	if (s->end - s->p < 2 || s->p[1] == '\0' || strchr("\"\\/bfnrtu", s->p[1]) == NULL)
		return refuse(s, s->p, "an escape that JSON does not have");
	s->p += 2;
	return s->p[-1] != 'u' || unicode_escape(s);
}

/* Past all bytes that need no look: printable ASCII but quote and backslash, eight at a time. */
static const char *
plain_run(const char *p, const char *end)
{
	while (end - p >= 8) {
		uint64_t w, quote, slash, marked;
		memcpy(&w, p, 8);
		quote = w ^ (ONES * '"');
		slash = w ^ (ONES * '\\');
		/* The first mark is true; a borrow may set false ones after it. */
		marked = (w | (w - ONES * 0x20) | (quote - ONES) | (slash - ONES)) & (ONES << 7);
		if (marked != 0 && first_marked(marked) < 8)
			return p + first_marked(marked);
		if (marked != 0)
			break;
		p += 8;
	}
	while (p < end && *p >= 0x20 && (unsigned char)*p < 0x80 && *p != '"' && *p != '\\')
		p++;
	return p;
}

/* `s->p` stands on the opening quote; moves it past the closing one. */
static bool
string(struct scan *s, bool *escaped)
{
	const char *open = s->p++;

	*escaped = false;
	for (;;) {
		uint32_t cp;
		size_t n;

		s->p = plain_run(s->p, s->end);
		if (s->p >= s->end)
			return refuse(s, open, "a text that does not end");
		if (*s->p == '"') {
			s->p++;
			return true;
		}
		if (*s->p == '\\') {
			*escaped = true;
			if (!escape(s))
				return false;
			continue;
		}
		if ((unsigned char)*s->p < 0x20)
			return refuse(s, s->p, "a control character in a text");
		n = utf8_decode(s->p, (size_t)(s->end - s->p), &cp);
		if (n == 0)
			return refuse(s, s->p, "bytes that are not UTF-8");
		s->p += n;
	}
}

/* One escape of a checked text; returns where it ends. */
static const char *
decode_escape(struct buf *out, const char *p)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	char utf8[4];
	int v;

	if (p[1] != 'u') {
		buf_addc(out, to[strchr(from, p[1]) - from]);
		return p + 2;
	}
	v = hex4(p + 2);
	p += 6;
	if (v >= 0xd800 && v <= 0xdbff) {
		v = 0x10000 + ((v - 0xd800) << 10) + (hex4(p + 2) - 0xdc00);
		p += 6;
	}
	buf_add(out, utf8, utf8_encode((uint32_t)v, utf8));
	return p;
}

static void
decode_key(struct scan *s, struct key *k)
{
	const char *p = k->at, *end = p + k->len;

	k->arena_at = s->arena.len;
	while (p < end) {
		if (*p == '\\')
			p = decode_escape(&s->arena, p);
		else
			buf_addc(&s->arena, *p++);
	}
	k->len = s->arena.len - k->arena_at;
}

/* The arena moves as it grows, so this holds only until the next key. */
static void
look_up(const struct scan *s, struct key *k)
{
	k->text = k->escaped ? s->arena.data + k->arena_at : k->at;
}

static bool
key_same(const struct scan *s, struct key *a, struct key *b)
{
	if (a->hash != b->hash || a->len != b->len)
		return false;
	look_up(s, a);
	look_up(s, b);
	return memcmp(a->text, b->text, a->len) == 0;
}

static int
by_text(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	int c;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	c = memcmp(x->text, y->text, x->len);
	return c != 0 ? c : (x->at > y->at) - (x->at < y->at);
}

/* Nobody gains by keys that collide: equal hashes only cost a comparison. */
static uint64_t
hash_of(const char *p, size_t len)
{
	uint64_t h = len, w = 0;

	for (; len >= 8; p += 8, len -= 8) {
		memcpy(&w, p, 8);
		h = (h ^ w) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 32;
	}
	w = 0;
	for (size_t i = 0; i < len; i++)
		w = w << 8 | (unsigned char)p[i];
	h = (h ^ w) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ h >> 32;
}

static bool
add_key(struct scan *s, const char *at, size_t len, bool escaped)
{
	struct key k = { .at = at, .len = len, .escaped = escaped };
	size_t first = s->levels[s->depth - 1].first_key;

	if (escaped)
		decode_key(s, &k);
	look_up(s, &k);
	k.hash = hash_of(k.text, k.len);
	if (s->n_keys - first < FEW_KEYS)
		for (size_t i = first; i < s->n_keys; i++)
			if (key_same(s, &s->keys[i], &k))
				return refuse(s, at - 1, "a member that is there twice");
	VEC_ROOM(s->keys, s->n_keys, s->cap_keys);
	s->keys[s->n_keys++] = k;
	return true;
}

/* An object with many members is checked when it ends, by sorting. */
static bool
end_object(struct scan *s)
{
	size_t first = s->levels[s->depth - 1].first_key, n = s->n_keys - first;

	if (n > FEW_KEYS) {
		for (size_t i = first; i < s->n_keys; i++)
			look_up(s, &s->keys[i]);
		qsort(s->keys + first, n, sizeof *s->keys, by_text);
		for (size_t i = first + 1; i < s->n_keys; i++)
			if (key_same(s, &s->keys[i - 1], &s->keys[i]))
				return refuse(s, s->keys[i].at - 1, "a member that is there twice");
	}
	s->n_keys = first;
	return true;
}

static bool
number_range(struct scan *s, const char *at, bool whole)
{
	size_t len = (size_t)(s->p - at);
	char copy[NUMBER_MAX + 1];
	double v;

	if (whole && len < 16)
		return true;
	if (len > NUMBER_MAX)
		return refuse(s, at, "a number with too many digits");
	memcpy(copy, at, len);
	copy[len] = '\0';
	v = strtod(copy, NULL);
	if (whole && fabs(v) > 9007199254740992.0)
		return refuse(s, at, "a whole number beyond 2^53");
	/* 2^53 + 1 reads as 2^53 too. */
	if (whole && fabs(v) == 9007199254740992.0 && s->p[-1] != '2')
		return refuse(s, at, "a whole number beyond 2^53");
	if (isinf(v))
		return refuse(s, at, "a number that is too large");
	return true;
}

/* Moves past one or more digits; false when there are none. */
static bool
digits(struct scan *s)
{
	const char *first = s->p;

	while (s->p < s->end && *s->p >= '0' && *s->p <= '9')
		s->p++;
	return s->p > first;
}

static bool
next_is(const struct scan *s, char a, char b)
{
	return s->p < s->end && (*s->p == a || *s->p == b);
}

static bool
number(struct scan *s)
{
	const char *at = s->p, *first = at + (*at == '-');
	bool good, whole = true;

	s->p = first;
	good = digits(s) && (*first != '0' || s->p == first + 1);
	if (good && next_is(s, '.', '.')) {
		whole = false;
		s->p++;
		good = digits(s);
	}
	if (good && next_is(s, 'e', 'E')) {
		whole = false;
		s->p++;
		s->p += next_is(s, '+', '-');
		good = digits(s);
	}
	return good ? number_range(s, at, whole)
		    : refuse(s, at, "not a number as JSON writes them");
}

static bool
word(struct scan *s, const char *w)
{
	size_t n = strlen(w);

	if ((size_t)(s->end - s->p) < n || memcmp(s->p, w, n) != 0)
		return refuse(s, s->p, "not a value");
	s->p += n;
	return true;
}

static bool
begin_level(struct scan *s, bool object)
{
	if (s->depth >= s->limits->depth || s->depth >= DEPTH_MAX)
		return refuse(s, s->p, "nested too deep");
	s->levels[s->depth++] = (struct level){ object, s->n_keys };
	s->p++;
	s->want = object ? WANT_KEY_OR_END : WANT_VALUE_OR_END;
	return true;
}

static bool
value(struct scan *s)
{
	bool escaped, good;

	if (++s->nodes > s->limits->nodes)
		return refuse(s, s->p, "too many values");
	switch (*s->p) {
	case '{':
		return begin_level(s, true);
	case '[':
		return begin_level(s, false);
	case '"':
		good = string(s, &escaped);
		break;
	case 't':
		good = word(s, "true");
		break;
	case 'f':
		good = word(s, "false");
		break;
	case 'n':
		good = word(s, "null");
		break;
	default:
		good = *s->p == '-' || (*s->p >= '0' && *s->p <= '9')
			   ? number(s)
			   : refuse(s, s->p, "not a value");
	}
	s->want = s->depth > 0 ? WANT_COMMA_OR_END : WANT_NOTHING;
	return good;
}

static bool
member_key(struct scan *s)
{
	const char *at = s->p + 1;
	bool escaped;

	if (*s->p != '"')
		return refuse(s, s->p, "a member's name is wanted here");
	if (!string(s, &escaped) || !add_key(s, at, (size_t)(s->p - 1 - at), escaped))
		return false;
	skip_space(s);
	if (s->p >= s->end || *s->p != ':')
		return refuse(s, s->p, "a colon is wanted here");
	s->p++;
	s->want = WANT_VALUE;
	return true;
}

static bool
end_level(struct scan *s)
{
	struct level *l = &s->levels[s->depth - 1];

	if (*s->p != (l->object ? '}' : ']'))
		return refuse(s, s->p,
		    l->object ? "a comma or } is wanted here" : "a comma or ] is wanted here");
	if (l->object && !end_object(s))
		return false;
	s->p++;
	s->depth--;
	s->want = s->depth > 0 ? WANT_COMMA_OR_END : WANT_NOTHING;
	return true;
}

static bool
step(struct scan *s)
{
	bool closing = *s->p == '}' || *s->p == ']';

	switch (s->want) {
	case WANT_VALUE:
		return value(s);
	case WANT_VALUE_OR_END:
		return *s->p == ']' ? end_level(s) : value(s);
	case WANT_KEY:
		return member_key(s);
	case WANT_KEY_OR_END:
		return *s->p == '}' ? end_level(s) : member_key(s);
	case WANT_COMMA_OR_END:
		if (closing || *s->p != ',')
			return end_level(s);
		s->p++;
		s->want = s->levels[s->depth - 1].object ? WANT_KEY : WANT_VALUE;
		return true;
	case WANT_NOTHING:
		break;
	}
	return refuse(s, s->p, "something after the end");
}

bool
json_scan(const char *text, size_t len, const struct json_limits *limits, struct err *e)
{
	struct scan s = { .text = text, .p = text, .end = text + len, .limits = limits, .e = e };
	bool good = true;

	if (len > limits->bytes)
		return err_set(e, ERR_REFUSED, "line 1, column 1: %zu bytes, at most %zu are read",
		    len, limits->bytes);
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		return refuse(&s, s.p, "a byte order mark");
	s.want = WANT_VALUE;
	for (skip_space(&s); good && s.p < s.end; skip_space(&s))
		good = step(&s);
	if (good && s.want != WANT_NOTHING)
		good = refuse(&s, s.end, len == 0 ? "it is empty" : "it ends in the middle");
	free(s.keys);
	buf_fini(&s.arena);
	return good;
}
