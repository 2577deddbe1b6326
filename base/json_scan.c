#include "base/json_scan.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define WHOLE_MAX 9007199254740992.0

enum { NUMBER_MAX = 60 };

bool
json_refuse(struct json_scan *s, const char *at, const char *why)
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

/* Bytes of spaces, for indentation. */
static const char *
space_run(const char *p, const char *end)
{
	while (end - p >= 8) {
		uint64_t w;
		memcpy(&w, p, 8);
		w ^= JSON_ONES * ' ';
		if (w != 0 && json_first_marked(w) < 8)
			return p + json_first_marked(w);
		if (w != 0)
			break;
		p += 8;
	}
	while (p < end && *p == ' ')
		p++;
	return p;
}

static inline void
skip_space(struct json_scan *s)
{
	while (s->p < s->end && (unsigned char)*s->p <= ' ') {
		if (*s->p != ' ' && *s->p != '\n' && *s->p != '\t' && *s->p != '\r')
			return;
		s->p = space_run(s->p + 1, s->end);
	}
}

/* A number as it was read: cJSON keeps it as an int too, as near as one comes. */
static void
set_number(cJSON *node, double v)
{
	node->type = cJSON_Number;
	node->valuedouble = v;
	node->valueint = v >= INT_MAX ? INT_MAX : v <= INT_MIN ? INT_MIN : (int)v;
}

/* At most fifteen digits are exact, whatever the order of the sums. */
static double
few_digits(const char *p, const char *end)
{
	bool minus = *p == '-';
	int64_t v = 0;

	for (p += minus; p < end; p++)
		v = v * 10 + (*p - '0');
	return minus ? -(double)v : (double)v;
}

static bool
number_value(struct json_scan *s, const char *at, bool whole, cJSON *node)
{
	size_t len = (size_t)(s->p - at);
	char copy[NUMBER_MAX + 1];
	double v;

	if (whole && len < 16) {
		set_number(node, few_digits(at, s->p));
		return true;
	}
	if (len > NUMBER_MAX)
		return json_refuse(s, at, "a number with too many digits");
	memcpy(copy, at, len);
	copy[len] = '\0';
	v = strtod(copy, NULL);
	/* 2^53 + 1 reads as 2^53 too. */
	if (whole && (fabs(v) > WHOLE_MAX || (fabs(v) == WHOLE_MAX && s->p[-1] != '2')))
		return json_refuse(s, at, "a whole number beyond 2^53");
	if (isinf(v))
		return json_refuse(s, at, "a number that is too large");
	set_number(node, v);
	return true;
}

/* Moves past one or more digits; false when there are none. */
static bool
digits(struct json_scan *s)
{
	const char *first = s->p;

	while (s->p < s->end && *s->p >= '0' && *s->p <= '9')
		s->p++;
	return s->p > first;
}

static bool
next_is(const struct json_scan *s, char a, char b)
{
	return s->p < s->end && (*s->p == a || *s->p == b);
}

static bool
number(struct json_scan *s, cJSON *node)
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
	return good ? number_value(s, at, whole, node)
		    : json_refuse(s, at, "not a number as JSON writes them");
}

static bool
word(struct json_scan *s, const char *w, int type, cJSON *node)
{
	size_t n = strlen(w);

	if ((size_t)(s->end - s->p) < n || memcmp(s->p, w, n) != 0)
		return json_refuse(s, s->p, "not a value");
	s->p += n;
	node->type = type;
	node->valueint = type == cJSON_True;
	return true;
}

static bool
begin_level(struct json_scan *s, cJSON *node)
{
	bool object = *s->p == '{';

	if (s->depth >= s->limits->depth || s->depth >= JSON_DEPTH_MAX)
		return json_refuse(s, s->p, "nested too deep");
	node->type = object ? cJSON_Object : cJSON_Array;
	s->levels[s->depth++] = (struct json_level){ object, node, s->n_keys };
	s->p++;
	s->want = object ? WANT_KEY_OR_END : WANT_VALUE_OR_END;
	return true;
}

/* A node for what comes next, in its place already, so that whatever happens the root frees it. The
 * first of a row holds the last as its `prev`. */
static cJSON *
node_new(struct json_scan *s)
{
	cJSON *node = mem_alloc(sizeof *node), *parent, *last;

	*node = (cJSON){ .type = cJSON_Invalid };
	if (s->depth == 0) {
		s->root = node;
		node->string = s->texts;
		return node;
	}
	parent = s->levels[s->depth - 1].node;
	if (parent->child == NULL) {
		parent->child = node;
	} else {
		last = parent->child->prev;
		last->next = node;
		node->prev = last;
	}
	parent->child->prev = node;
	return node;
}

static bool
value_of(struct json_scan *s, cJSON *node)
{
	switch (*s->p) {
	case '"':
		node->type = cJSON_String | cJSON_IsReference;
		return json_scan_text(s, &node->valuestring);
	case 't':
		return word(s, "true", cJSON_True, node);
	case 'f':
		return word(s, "false", cJSON_False, node);
	case 'n':
		return word(s, "null", cJSON_NULL, node);
	default:
		return *s->p == '-' || (*s->p >= '0' && *s->p <= '9')
			   ? number(s, node)
			   : json_refuse(s, s->p, "not a value");
	}
}

static bool
value(struct json_scan *s)
{
	bool inside = s->depth > 0, member = inside && s->levels[s->depth - 1].object, good;
	cJSON *node;

	if (++s->nodes > s->limits->nodes)
		return json_refuse(s, s->p, "too many values");
	node = node_new(s);
	if (*s->p == '{' || *s->p == '[') {
		good = begin_level(s, node);
	} else {
		good = value_of(s, node);
		s->want = inside ? WANT_COMMA_OR_END : WANT_NOTHING;
	}
	if (member) {
		node->string = s->name;
		node->type |= cJSON_StringIsConst;
	}
	return good;
}

static bool
member_key(struct json_scan *s)
{
	const char *at = s->p + 1;

	if (*s->p != '"')
		return json_refuse(s, s->p, "a member's name is wanted here");
	if (!json_scan_text(s, &s->name) ||
	    !json_keys_add(s, at, s->name, (size_t)(s->out - 1 - s->name)))
		return false;
	skip_space(s);
	if (s->p >= s->end || *s->p != ':')
		return json_refuse(s, s->p, "a colon is wanted here");
	s->p++;
	s->want = WANT_VALUE;
	return true;
}

static bool
end_level(struct json_scan *s)
{
	bool object = s->levels[s->depth - 1].object;

	if (*s->p != (object ? '}' : ']'))
		return json_refuse(s, s->p,
		    object ? "a comma or } is wanted here" : "a comma or ] is wanted here");
	if (object && !json_keys_end(s))
		return false;
	s->p++;
	s->depth--;
	s->want = s->depth > 0 ? WANT_COMMA_OR_END : WANT_NOTHING;
	return true;
}

static bool
step(struct json_scan *s)
{
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
		if (*s->p != ',')
			return end_level(s);
		s->p++;
		s->want = s->levels[s->depth - 1].object ? WANT_KEY : WANT_VALUE;
		return true;
	case WANT_NOTHING:
		break;
	}
	return json_refuse(s, s->p, "something after the end");
}

static bool
scan(struct json_scan *s, size_t len)
{
	bool good = true;

	if (len >= 3 && memcmp(s->text, "\xef\xbb\xbf", 3) == 0)
		return json_refuse(s, s->p, "a byte order mark");
	for (skip_space(s); good && s->p < s->end; skip_space(s))
		good = step(s);
	if (good && s->want != WANT_NOTHING)
		good = json_refuse(s, s->end, len == 0 ? "it is empty" : "it ends in the middle");
	return good;
}

/* The root owns all texts as its name, which it has none of: cJSON_Delete frees them in the end. */
cJSON *
json_scan(const char *text, size_t len, const struct json_limits *limits, struct err *e)
{
	struct json_scan s = { .text = text, .p = text, .end = text + len, .limits = limits, .e = e };

	if (len > limits->bytes) {
		err_set(e, ERR_REFUSED, "line 1, column 1: %zu bytes, at most %zu are read", len,
		    limits->bytes);
		return NULL;
	}
	s.texts = s.out = mem_alloc(json_text_room(len));
	if (!scan(&s, len)) {
		if (s.root == NULL)
			free(s.texts);
		cJSON_Delete(s.root);
		s.root = NULL;
	}
	free(s.keys);
	return s.root;
}
