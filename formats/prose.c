#include "formats/prose.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "model/schema.h"

enum { HEAD = 400, ITEM_DEPTH = 3 };

bool
prose_is_ours(const char *bytes, size_t len)
{
	char head[HEAD + 1];
	size_t n = len < HEAD ? len : HEAD;

	memcpy(head, bytes, n);
	head[n] = '\0';
	return head[strspn(head, " \t\r\n")] == '{' &&
	    (strstr(head, "\"debrief/") != NULL || strstr(head, "\"debrief-note/") != NULL);
}

/* A decoded text with the places of its bytes. */
struct piece {
	struct buf text;
	size_t *at;
	size_t n, cap;
};

struct walk {
	const char *p, *end, *begin;
	prose_each_fn *each;
	void *ctx;
	int depth;
	const struct schema *schema; /* of the items that are read */
	bool foreign;		     /* the present item came from elsewhere */
	struct piece *pieces;	     /* of the present item */
	size_t n_pieces, cap_pieces;
};

static void
piece_put(struct piece *p, const char *bytes, size_t n, size_t at)
{
	for (size_t i = 0; i < n; i++) {
		VEC_ROOM(p->at, p->n, p->cap);
		p->at[p->n++] = at;
	}
	buf_add(&p->text, bytes, n);
}

static uint32_t
hex4(const char *p)
{
	char digits[5];

	memcpy(digits, p, 4);
	digits[4] = '\0';
	return (uint32_t)strtoul(digits, NULL, 16);
}

/* "\\u" and four digits, twice for what is beyond them. Returns the bytes that were read. */
static size_t
put_unicode(struct piece *out, const char *p, size_t at)
{
	uint32_t cp = hex4(p + 2);
	size_t used = 6;
	char bytes[4];

	if (cp >= 0xd800 && cp < 0xdc00) {
		cp = 0x10000 + ((cp - 0xd800) << 10) + (hex4(p + 8) - 0xdc00);
		used = 12;
	}
	piece_put(out, bytes, utf8_encode(cp, bytes), at);
	return used;
}

static size_t
put_escape(struct piece *out, const char *p, size_t at)
{
	static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
	const char *known = strchr(from, p[1]);

	if (p[1] == 'u')
		return put_unicode(out, p, at);
	piece_put(out, known != NULL ? &to[known - from] : &p[1], 1, at);
	return 2;
}

/* The string that begins at the quote; the text was parsed once already, so it is whole. */
static struct piece
read_string(struct walk *w)
{
	struct piece out = { 0 };

	for (w->p++; *w->p != '"';) {
		size_t at = (size_t)(w->p - w->begin);
		if (*w->p == '\\') {
			w->p += put_escape(&out, w->p, at);
		} else {
			piece_put(&out, w->p, 1, at);
			w->p++;
		}
	}
	VEC_ROOM(out.at, out.n, out.cap);
	out.at[out.n] = (size_t)(w->p - w->begin);
	buf_add(&out.text, "", 0);
	w->p++;
	return out;
}

static void
piece_fini(struct piece *p)
{
	buf_fini(&p->text);
	free(p->at);
}

static void
hand_over(struct walk *w)
{
	for (size_t i = 0; i < w->n_pieces; i++) {
		struct piece *p = &w->pieces[i];
		if (!w->foreign)
			w->each(w->ctx, p->text.data, p->text.len, p->at);
		piece_fini(p);
	}
	w->n_pieces = 0;
	w->foreign = false;
}

static void
skip_blanks(struct walk *w)
{
	while (w->p < w->end && strchr(" \t\r\n", *w->p) != NULL)
		w->p++;
}

static bool
is_prose(const struct walk *w, const char *key)
{
	const struct field *f = w->schema != NULL ? schema_field(w->schema->kind, key) : NULL;

	/* A note has no table: its text is its words. */
	return w->depth == 1 && strcmp(key, "text") == 0 ? true : f != NULL && f->prose;
}

/* A member's value that is a string. */
static void
take_value(struct walk *w, const char *key)
{
	struct piece value = read_string(w);

	if (strcmp(key, "source") == 0 && value.text.len > 0)
		w->foreign = true;
	if (is_prose(w, key) && value.text.len > 0) {
		VEC_ROOM(w->pieces, w->n_pieces, w->cap_pieces);
		w->pieces[w->n_pieces++] = value;
	} else {
		piece_fini(&value);
	}
}

static void
take_string(struct walk *w)
{
	struct piece key = read_string(w);

	skip_blanks(w);
	if (w->p < w->end && *w->p == ':') {
		w->p++;
		skip_blanks(w);
		if (w->depth == 1 && w->p < w->end && *w->p == '[') {
			hand_over(w);
			w->schema = schema_by_list(key.text.data);
		} else if (w->p < w->end && *w->p == '"' &&
		    (w->depth == 1 || w->depth == ITEM_DEPTH)) {
			take_value(w, key.text.data);
		}
	}
	piece_fini(&key);
}

static void
walk(struct walk *w)
{
	while (w->p < w->end) {
		char c = *w->p;
		if (c == '"') {
			take_string(w);
			continue;
		}
		if (c == '{' || c == '[')
			w->depth++;
		if (c == '}' || c == ']') {
			if (c == '}')
				hand_over(w);
			w->depth--;
			if (w->depth == 1)
				w->schema = schema_of(KIND_DEBRIEF);
		}
		w->p++;
	}
}

bool
prose_read(const char *bytes, size_t len, prose_each_fn *each, void *ctx, struct err *e)
{
	cJSON *tree = json_parse(bytes, len, &json_file_limits, e);
	struct walk w = { .p = bytes, .end = bytes + len, .begin = bytes, .each = each, .ctx = ctx,
		.schema = schema_of(KIND_DEBRIEF) };

	if (tree == NULL)
		return false;
	cJSON_Delete(tree);
	walk(&w);
	free(w.pieces);
	return true;
}

char *
prose_language(const char *bytes, size_t len)
{
	cJSON *tree = json_parse(bytes, len, &json_file_limits, NULL);
	char *language = mem_dup(json_text(tree, "language"));

	cJSON_Delete(tree);
	return language;
}

void
prose_people(const char *bytes, size_t len, prose_name_fn *each, void *ctx)
{
	cJSON *tree = json_parse(bytes, len, &json_file_limits, NULL);
	const cJSON *one, *list = cJSON_GetObjectItemCaseSensitive(tree, "people");

	cJSON_ArrayForEach(one, list)
		if (json_text(one, "name") != NULL)
			each(ctx, json_text(one, "name"));
	cJSON_Delete(tree);
}
