#include "storage/json_where.h"

#include <stdbool.h>
#include <string.h>

/* A walk over valid JSON; it stops at the end of the text whatever comes. */
struct walk {
	const char *at, *end;
};

static void
skip_space(struct walk *w)
{
	while (
	    w->at < w->end && (*w->at == ' ' || *w->at == '\n' || *w->at == '\t' || *w->at == '\r'))
		w->at++;
}

static void
skip_string(struct walk *w)
{
	for (w->at++; w->at < w->end && *w->at != '"'; w->at++)
		if (*w->at == '\\' && w->at + 1 < w->end)
			w->at++;
	if (w->at < w->end)
		w->at++;
}

static void
skip_value(struct walk *w)
{
	int depth = 0;

	do {
		char c = *w->at;
		if (c == '"') {
			skip_string(w);
			continue;
		}
		if (c == '{' || c == '[')
			depth++;
		else if (c == '}' || c == ']')
			depth--;
		else if (c == ',' && depth == 0)
			return;
		if (depth < 0)
			return;
		w->at++;
	} while (
	    w->at < w->end && (depth > 0 || (*w->at != ',' && *w->at != '}' && *w->at != ']')));
}

/* From `{` to the value of a member; false leaves `w` where it was. */
static bool
enter_member(struct walk *w, const char *name)
{
	struct walk v = { w->at + 1, w->end };
	size_t len = strlen(name);

	while (v.at < v.end) {
		const char *key;
		skip_space(&v);
		if (v.at >= v.end || *v.at != '"')
			return false;
		key = v.at + 1;
		skip_string(&v);
		skip_space(&v);
		v.at++;
		skip_space(&v);
		if ((size_t)(v.end - key) > len && memcmp(key, name, len) == 0 && key[len] == '"') {
			*w = v;
			return true;
		}
		skip_value(&v);
		skip_space(&v);
		if (v.at < v.end && *v.at == ',')
			v.at++;
	}
	return false;
}

/* From `[` to the value that stands there as number `index`. */
static bool
enter_index(struct walk *w, long index)
{
	struct walk v = { w->at + 1, w->end };

	for (; v.at < v.end; index--) {
		skip_space(&v);
		if (v.at >= v.end || *v.at == ']')
			return false;
		if (index == 0) {
			*w = v;
			return true;
		}
		skip_value(&v);
		skip_space(&v);
		if (v.at < v.end && *v.at == ',')
			v.at++;
	}
	return false;
}

struct json_spot
json_spot_at(const char *text, size_t offset)
{
	struct json_spot s = { 1, 1 };

	for (size_t i = 0; i < offset; i++) {
		if (text[i] == '\n') {
			s.line++;
			s.column = 1;
		} else if (((unsigned char)text[i] & 0xc0) != 0x80) {
			s.column++;
		}
	}
	return s;
}

/* Into an object or a list; false leaves `w` where it was. */
static bool
enter(struct walk *w, const char *member, long index)
{
	if (w->at >= w->end)
		return false;
	if (member != NULL)
		return *w->at == '{' && enter_member(w, member);
	return *w->at == '[' && enter_index(w, index);
}

struct json_spot
json_where(const char *text, size_t len, const struct json_place *place)
{
	struct walk w = { text, text + len };
	bool there;

	skip_space(&w);
	there = (place->list == NULL || enter(&w, place->list, 0)) &&
		(place->index < 0 || enter(&w, NULL, place->index)) &&
		(place->member == NULL || enter(&w, place->member, 0)) &&
		(place->key == NULL || enter(&w, place->key, 0));
	if (there && place->nth > 0)
		enter(&w, NULL, (long)place->nth - 1);
	return json_spot_at(text, (size_t)(w.at - text));
}
