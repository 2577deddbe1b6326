#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "storage/json_read.h"

enum { MEND_DEPTH = 32 };
#define MEND_MARK_ESCAPED "\\u0001"

/* A walk over text that is nearly JSON. */
struct mend {
	const char *at, *end;
	struct buf *out;
	size_t comma; /* where in `out` the last comma stands that no value followed yet; SIZE_MAX:
			 none */
	bool value;   /* the last thing was a value (or its end), so that a comma must come before
			 another */
	struct mended done;
	struct strs keys[MEND_DEPTH]; /* of the objects that are open */
	int depth;
	size_t name_end; /* where in `out` the closing quote of the last string stands */
	size_t name_begin;
};

static void
mend_string(struct mend *m)
{
	const char *from = m->at++;

	while (m->at < m->end && *m->at != '"' && *m->at != '\n')
		m->at += *m->at == '\\' && m->at + 1 < m->end ? 2 : 1;
	m->at += m->at < m->end;
	m->name_begin = m->out->len + 1;
	buf_add(m->out, from, (size_t)(m->at - from));
	m->name_end = m->out->len - 1;
}

/* The last string was a name. One that its object has already gets a mark of its own, which nobody
 * types. */
static void
mend_name(struct mend *m)
{
	struct strs *keys = m->depth > 0 && m->depth <= MEND_DEPTH ? &m->keys[m->depth - 1] : NULL;
	bool doubled = false;

	if (keys == NULL || m->name_end < m->name_begin || m->name_end >= m->out->len)
		return;
	for (;;) {
		char *name = mem_dupn(m->out->data + m->name_begin, m->name_end - m->name_begin);
		bool again = strs_has(keys, name);
		struct buf rest = { 0 };
		if (!again) {
			strs_take(keys, name);
			break;
		}
		free(name);
		doubled = true;
		buf_adds(&rest, m->out->data + m->name_end);
		m->out->len = m->name_end;
		buf_adds(m->out, MEND_MARK_ESCAPED);
		m->name_end = m->out->len;
		buf_add(m->out, rest.data, rest.len);
		buf_fini(&rest);
	}
	m->done.doubled += doubled;
}

/* A value begins: put the comma that is missing before it, behind the last thing that is not space.
 */
static void
mend_before_value(struct mend *m)
{
	if (m->value) {
		size_t at = m->out->len;
		char c = ',';
		struct buf tail = { 0 };
		while (at > 0 && strchr(" \n\t\r", m->out->data[at - 1]) != NULL)
			at--;
		buf_add(&tail, m->out->data + at, m->out->len - at);
		m->out->len = at;
		buf_addc(m->out, c);
		buf_add(m->out, tail.data, tail.len);
		buf_fini(&tail);
		m->done.commas++;
	}
	m->comma = SIZE_MAX;
	m->value = false;
}

static void
mend_comma(struct mend *m)
{
	if (!m->value) {
		buf_addc(m->out, ' '); /* after an opening bracket or another comma */
		m->done.commas++;
	} else {
		m->comma = m->out->len;
		buf_addc(m->out, ',');
	}
	m->value = false;
	m->at++;
}

static void
mend_close(struct mend *m)
{
	if (m->comma != SIZE_MAX) {
		m->out->data[m->comma] = ' ';
		m->done.commas++;
	}
	m->comma = SIZE_MAX;
	m->value = true;
	if (m->depth > 0 && m->depth <= MEND_DEPTH)
		strs_fini(&m->keys[m->depth - 1]);
	m->depth -= m->depth > 0;
	buf_addc(m->out, *m->at++);
}

static void
mend_word(struct mend *m)
{
	mend_before_value(m);
	while (m->at < m->end && strchr(" \n\t\r,:[]{}\"", *m->at) == NULL)
		buf_addc(m->out, *m->at++);
	m->value = true;
}

static void
mend_step(struct mend *m)
{
	char c = *m->at;

	if (strchr(" \n\t\r", c) != NULL) {
		buf_addc(m->out, c);
		m->at++;
	} else if (c == ',') {
		mend_comma(m);
	} else if (c == '}' || c == ']') {
		mend_close(m);
	} else if (c == '{' || c == '[') {
		mend_before_value(m);
		buf_addc(m->out, c);
		m->depth++;
		m->at++;
	} else if (c == ':') {
		mend_name(m);
		buf_addc(m->out, c);
		m->value = false;
		m->at++;
	} else if (c == '"') {
		mend_before_value(m);
		mend_string(m);
		m->value = true;
	} else {
		mend_word(m);
	}
}

struct mended
json_mend(const char *text, size_t len, struct buf *out)
{
	struct mend m = { .at = text, .end = text + len, .out = out, .comma = SIZE_MAX };

	while (m.at < m.end && *m.at != '\0')
		mend_step(&m);
	for (int i = 0; i < MEND_DEPTH; i++)
		strs_fini(&m.keys[i]);
	return m.done;
}
