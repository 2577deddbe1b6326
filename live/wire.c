#include "live/wire.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "storage/json_op.h"

enum { HERE_MAX = 4096 };

/* A member that this program does not know may be as deep as a file's, inside an op inside a
 * message. */
static const struct json_limits line_limits = { WIRE_LINE_MAX, (size_t)1 << 18, 48 };

static const char *const type_names[N_MESSAGES] = { "hello", "op", "presence", "ping", "pong",
	"welcome", "ready", "ack", "refuse", "notice", "bye", "pin", "keep" };

/* The texts of a message. What a type calls by a name of its own stands before the general row. */
struct text_member {
	int type; /* -1: any */
	const char *key;
	size_t offset;
	bool sentence; /* any length; made harmless instead of refused */
};
static const struct text_member text_members[] = {
	{ MSG_WELCOME, "you", offsetof(struct message, name), false },
	{ -1, "name", offsetof(struct message, name), false },
	{ -1, "role", offsetof(struct message, role), false },
	{ -1, "client", offsetof(struct message, client), false },
	{ -1, "want", offsetof(struct message, want), false },
	{ MSG_WELCOME, "debrief", offsetof(struct message, text), true },
	{ MSG_REFUSE, "reason", offsetof(struct message, text), true },
	{ MSG_BYE, "reason", offsetof(struct message, text), true },
	{ -1, "text", offsetof(struct message, text), true },
	{ -1, "pane", offsetof(struct message, pane), false },
	{ MSG_WELCOME, "id", offsetof(struct message, item), false },
	{ -1, "item", offsetof(struct message, item), false },
	{ -1, "secret", offsetof(struct message, secret), false },
};
enum { N_TEXTS = sizeof text_members / sizeof *text_members };

static char **
text_at(struct message *m, const struct text_member *t)
{
	return (char **)(void *)((char *)m + t->offset);
}

static const char *
text_of(const struct message *m, const struct text_member *t)
{
	return *(char *const *)(const void *)((const char *)m + t->offset);
}

/* Does this row name its text for messages of that type? */
static bool
names_text(const struct text_member *t, enum message_type type)
{
	if (t->type >= 0)
		return t->type == (int)type;
	for (const struct text_member *own = text_members; own < t; own++)
		if (own->offset == t->offset && own->type == (int)type)
			return false;
	return true;
}

void
message_init(struct message *m, enum message_type type)
{
	*m = (struct message){ .type = type, .last_ns = TIME_NONE, .op = { .at_ns = TIME_NONE } };
}

void
message_fini(struct message *m)
{
	char *texts[] = { m->name, m->role, m->client, m->want, m->text, m->pane, m->item,
		m->secret };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		free(texts[i]);
	for (size_t i = 0; i < m->n_here; i++) {
		free(m->here[i].name);
		free(m->here[i].role);
		free(m->here[i].pane);
		free(m->here[i].item);
		free(m->here[i].want);
	}
	free(m->here);
	op_fini(&m->op);
	message_init(m, m->type);
}

static void
put_text(struct json_out *o, const char *key, const char *text)
{
	if (text == NULL)
		return;
	json_key(o, key);
	json_put_text(o, text);
}

static void
put_int(struct json_out *o, const char *key, int64_t n)
{
	json_key(o, key);
	json_put_int(o, n);
}

static void
put_true(struct json_out *o, const char *key)
{
	json_key(o, key);
	json_put_bool(o, true);
}

static void
put_here(struct json_out *o, const struct message *m)
{
	json_key(o, "here");
	json_list_begin(o, false);
	for (size_t i = 0; i < m->n_here; i++) {
		const struct here *h = &m->here[i];
		json_object_begin(o);
		put_text(o, "name", h->name);
		put_text(o, "role", h->role);
		put_text(o, "pane", h->pane);
		put_text(o, "item", h->item);
		put_text(o, "want", h->want);
		if (h->typing)
			put_true(o, "typing");
		if (h->ready)
			put_true(o, "ready");
		if (h->away_s != 0)
			put_int(o, "away_s", h->away_s);
		json_object_end(o);
	}
	json_list_end(o);
}

static const struct count_member {
	const char *key;
	size_t offset;
} count_members[] = {
	{ "written", offsetof(struct counts, written) },
	{ "typing", offsetof(struct counts, typing) },
	{ "ready", offsetof(struct counts, ready) },
	{ "voted", offsetof(struct counts, voted) },
	{ "voters", offsetof(struct counts, voters) },
};
enum { N_COUNTS = sizeof count_members / sizeof *count_members };

static int64_t *
count_at(struct counts *c, size_t i)
{
	return (int64_t *)(void *)((char *)c + count_members[i].offset);
}

static void
put_counts(struct json_out *o, const struct message *m)
{
	struct counts c = m->counts;

	json_key(o, "counts");
	json_object_begin(o);
	for (size_t i = 0; i < N_COUNTS; i++)
		if (*count_at(&c, i) != 0)
			put_int(o, count_members[i].key, *count_at(&c, i));
	json_object_end(o);
}

static void
put_numbers(struct json_out *o, const struct message *m)
{
	char at[TIME_TEXT];

	if (id_some(m->cid))
		put_text(o, "cid", m->cid.s);
	if (m->has_since)
		put_int(o, "since", (int64_t)m->seq);
	else if (m->seq != 0 || m->type == MSG_WELCOME || m->type == MSG_READY)
		put_int(o, "seq", (int64_t)m->seq);
	if (m->kind != ERR_NONE)
		put_int(o, "kind", (int64_t)m->kind);
	if (m->typing)
		put_true(o, "typing");
	if (m->hidden != 0)
		put_int(o, "hidden", (int64_t)m->hidden);
	if (m->away_s != 0)
		put_int(o, "away_s", m->away_s);
	if (m->last_ns != TIME_NONE)
		put_text(o, "last", time_text(m->last_ns, at));
}

void
message_encode(const struct message *m, struct buf *out)
{
	struct json_out o;

	json_out_init(&o, out, true);
	json_object_begin(&o);
	put_text(&o, "type", type_names[m->type]);
	if (m->version != 0)
		put_int(&o, "version", m->version);
	put_numbers(&o, m);
	for (size_t i = 0; i < N_TEXTS; i++)
		if (names_text(&text_members[i], m->type))
			put_text(&o, text_members[i].key, text_of(m, &text_members[i]));
	if (m->here != NULL) {
		put_here(&o, m);
		put_counts(&o, m);
	}
	if (m->type == MSG_OP) {
		json_key(&o, "op");
		op_encode_out(&m->op, &o);
	}
	json_object_end(&o);
	buf_addc(out, '\n');
}

/* A text that may be shown on somebody's screen. */
static bool
read_text(const cJSON *obj, const char *key, bool sentence, char **out, struct err *e)
{
	const cJSON *value = json_get(obj, key);
	const char *text = cJSON_GetStringValue(value);
	struct buf clean = { 0 };

	if (value == NULL)
		return true;
	if (text == NULL)
		return err_set(e, ERR_REFUSED, "%s takes a text", key);
	if (!sentence) {
		if (!text_ok(text, strlen(text), TEXT_LINE, e))
			return err_prefix(e, "%s", key);
		*out = mem_dup(text);
		return true;
	}
	text_clean(&clean, text, strlen(text), TEXT_BLOCK);
	*out = buf_take(&clean);
	return true;
}

static bool
read_number(const cJSON *obj, const char *key, int64_t most, int64_t *out, struct err *e)
{
	const cJSON *value = json_get(obj, key);
	int64_t n;

	if (value == NULL)
		return true;
	if (!json_int(value, &n) || n < 0 || n > most)
		return err_set(e, ERR_REFUSED, "%s takes a whole number", key);
	*out = n;
	return true;
}

static bool
read_one_here(const cJSON *obj, struct here *h, struct err *e)
{
	h->typing = cJSON_IsTrue(json_get(obj, "typing"));
	h->ready = cJSON_IsTrue(json_get(obj, "ready"));
	return read_text(obj, "name", false, &h->name, e) &&
	       read_text(obj, "role", false, &h->role, e) &&
	       read_text(obj, "pane", false, &h->pane, e) &&
	       read_text(obj, "item", false, &h->item, e) &&
	       read_text(obj, "want", false, &h->want, e) &&
	       read_number(obj, "away_s", INT32_MAX, &h->away_s, e) &&
	       (h->name != NULL || err_set(e, ERR_REFUSED, "here: somebody without a name"));
}

static bool
read_here(const cJSON *obj, struct message *m, struct err *e)
{
	const cJSON *list = json_get(obj, "here"), *one;
	int n = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : -1;

	if (list == NULL)
		return true;
	if (n < 0 || n > HERE_MAX)
		return err_set(e, ERR_REFUSED, "here takes a list of people");
	m->here = mem_zero((size_t)n + 1, sizeof *m->here);
	cJSON_ArrayForEach(
	    one, list) if (!read_one_here(one, &m->here[m->n_here++], e)) return false;
	return true;
}

static bool
read_counts(const cJSON *obj, struct message *m, struct err *e)
{
	const cJSON *counts = json_get(obj, "counts");

	if (counts == NULL)
		return true;
	if (!cJSON_IsObject(counts))
		return err_set(e, ERR_REFUSED, "counts takes an object");
	for (size_t i = 0; i < N_COUNTS; i++)
		if (!read_number(
			counts, count_members[i].key, INT32_MAX, count_at(&m->counts, i), e))
			return false;
	return true;
}

static bool
read_since(const cJSON *obj, struct message *m, struct err *e)
{
	const char *last = json_text(obj, "last"), *cid = json_text(obj, "cid");
	int64_t seq = 0;

	if (cid != NULL && !id_parse(cid, &m->cid))
		return err_set(e, ERR_REFUSED, "cid is no id");
	if (last != NULL && !time_parse(last, &m->last_ns))
		return err_set(e, ERR_REFUSED, "last is no time");
	m->has_since = json_get(obj, "since") != NULL;
	if (!read_number(obj, m->has_since ? "since" : "seq", INT64_C(1) << 53, &seq, e))
		return false;
	m->seq = (uint64_t)seq;
	return true;
}

static bool
read_members(const cJSON *obj, struct message *m, struct err *e)
{
	int64_t kind = 0, hidden = 0;

	for (size_t i = 0; i < N_TEXTS; i++)
		if (names_text(&text_members[i], m->type) &&
		    !read_text(obj, text_members[i].key, text_members[i].sentence,
			text_at(m, &text_members[i]), e))
			return false;
	m->typing = cJSON_IsTrue(json_get(obj, "typing"));
	if (!read_number(obj, "version", INT32_MAX, &m->version, e) ||
	    !read_number(obj, "kind", ERR_STORE, &kind, e) ||
	    !read_number(obj, "hidden", INT32_MAX, &hidden, e) ||
	    !read_number(obj, "away_s", INT32_MAX, &m->away_s, e) || !read_since(obj, m, e) ||
	    !read_here(obj, m, e) || !read_counts(obj, m, e))
		return false;
	m->kind = (enum err_kind)kind;
	m->hidden = (uint64_t)hidden;
	if (m->type != MSG_OP)
		return true;
	if (json_get(obj, "op") == NULL)
		return err_set(e, ERR_REFUSED, "an op message without an op");
	return op_decode(json_get(obj, "op"), &m->op, e);
}

static bool
read_type(const cJSON *obj, struct message *m, struct err *e)
{
	const char *type = json_text(obj, "type");

	for (int i = 0; type != NULL && i < N_MESSAGES; i++)
		if (strcmp(type_names[i], type) == 0) {
			message_init(m, (enum message_type)i);
			return true;
		}
	return err_set(e, ERR_REFUSED, "that is no message");
}

/* What a message cannot do without. */
static bool
is_whole(const struct message *m, struct err *e)
{
	struct id id;

	if (m->type == MSG_PIN && m->name == NULL)
		return err_set(e, ERR_REFUSED, "a pin without a name");
	if ((m->type == MSG_ACK || m->type == MSG_REFUSE) && !id_some(m->cid))
		return err_set(e, ERR_REFUSED, "an answer without a cid");
	if (m->type == MSG_WELCOME &&
	    (m->name == NULL || m->item == NULL || !id_parse(m->item, &id)))
		return err_set(e, ERR_REFUSED, "a welcome without a name and an id");
	return true;
}

bool
message_decode(const char *line, size_t len, struct message *m, struct err *e)
{
	cJSON *tree = json_parse(line, len, &line_limits, e);
	struct message got;
	bool ok;

	if (tree == NULL)
		return false;
	if (!read_type(tree, &got, e)) {
		cJSON_Delete(tree);
		return false;
	}
	ok = read_members(tree, &got, e) && is_whole(&got, e);
	cJSON_Delete(tree);
	if (ok)
		*m = got;
	else
		message_fini(&got);
	return ok;
}
