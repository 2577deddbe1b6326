#include "storage/json_op.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "storage/json_value.h"

/* An op:
 *   {"cid": ID, "seq": N, "at": TIME, "by": NAME, "do": COMMAND, "arg": TEXT, "changes": [CHANGE,
 * ...]} where what is none is left out. A change, its first member being the verb:
 *   {"add"|"set"|"remove": KIND, "id": ID, "before": ID, "fields": {}, "plus": {}, "minus": {},
 * "seen": {}, "extra": {}, "drop": [KEY, ...]} `before` says that the host places it: before that
 * item, or with "" at the end. `fields` replace a value (null: by the default), `plus` and `minus`
 * add to and take from a list, `plus` adds to a number; `seen` is what the author saw in those
 * fields (null: the default). `extra` are members that this program does not know, `drop` names
 * those that go. Values are written as in the file. */

static const char *const verb_names[] = { "add", "set", "remove", NULL };
enum { N_HOWS = 3 };
static const char *const how_names[N_HOWS] = { "fields", "plus", "minus" };

/* A journal's row holds what a file held, one level deeper. */
static const struct json_limits op_limits = { (size_t)64 << 20, (size_t)8 << 20, 48 };

static void
put_value(struct json_out *o, const struct assign *a, const struct value *v, bool null_default)
{
	json_key(o, a->field->name);
	if (null_default && value_is_default(a->field, v))
		json_put_any(o, NULL); /* null */
	else
		json_put_value(o, a->field, v);
}

/* The assignments of one way as an object; nothing when there are none. */
static void
put_assigns(struct json_out *o, const struct change *c, enum how how)
{
	bool begun = false;

	for (size_t i = 0; i < c->n_set; i++) {
		if (c->set[i].how != how)
			continue;
		if (!begun) {
			json_key(o, how_names[how]);
			json_object_begin(o);
			begun = true;
		}
		put_value(o, &c->set[i], &c->set[i].value, how == HOW_SET);
	}
	if (begun)
		json_object_end(o);
}

/* What the author saw, in the order in which the assignments are written. */
static void
put_seen(struct json_out *o, const struct change *c)
{
	bool begun = false;

	for (int how = 0; how < N_HOWS; how++)
		for (size_t i = 0; i < c->n_set; i++) {
			if ((int)c->set[i].how != how || !c->set[i].has_seen)
				continue;
			if (!begun) {
				json_key(o, "seen");
				json_object_begin(o);
				begun = true;
			}
			put_value(o, &c->set[i], &c->set[i].seen, true);
		}
	if (begun)
		json_object_end(o);
}

static void
put_extras(struct json_out *o, const struct extras *e)
{
	size_t n_drop = 0;

	for (size_t i = 0; i < e->n; i++)
		n_drop += e->v[i].json[0] == '\0';
	if (n_drop < e->n) {
		json_key(o, "extra");
		json_object_begin(o);
		for (size_t i = 0; i < e->n; i++)
			if (e->v[i].json[0] != '\0')
				json_put_extra(o, &e->v[i]);
		json_object_end(o);
	}
	if (n_drop > 0) {
		json_key(o, "drop");
		json_list_begin(o, true);
		for (size_t i = 0; i < e->n; i++)
			if (e->v[i].json[0] == '\0')
				json_put_text(o, e->v[i].key);
		json_list_end(o);
	}
}

static void
put_change(struct json_out *o, const struct change *c)
{
	json_object_begin(o);
	json_key(o, verb_names[c->verb]);
	json_put_text(o, schema_of(c->kind)->word);
	json_key(o, "id");
	json_put_text(o, c->id.s);
	if (c->placed) {
		json_key(o, "before");
		json_put_text(o, c->before.s);
	}
	for (int how = 0; how < N_HOWS; how++)
		put_assigns(o, c, (enum how)how);
	put_seen(o, c);
	put_extras(o, &c->extra);
	json_object_end(o);
}

static void
put_text_if(struct json_out *o, const char *key, const char *text)
{
	if (text == NULL)
		return;
	json_key(o, key);
	json_put_text(o, text);
}

void
op_encode_out(const struct op *op, struct json_out *o)
{
	char at[TIME_TEXT];

	json_object_begin(o);
	put_text_if(o, "cid", id_some(op->cid) ? op->cid.s : NULL);
	if (op->seq != 0) {
		json_key(o, "seq");
		json_put_int(o, (int64_t)op->seq);
	}
	put_text_if(o, "at", op->at_ns == TIME_NONE ? NULL : time_text(op->at_ns, at));
	put_text_if(o, "by", op->by);
	put_text_if(o, "do", op->command == NULL ? "" : op->command);
	put_text_if(o, "arg", op->arg);
	json_key(o, "changes");
	json_list_begin(o, false);
	for (size_t i = 0; i < op->n; i++)
		put_change(o, &op->v[i]);
	json_list_end(o);
	json_object_end(o);
}

void
op_encode(const struct op *op, struct buf *out)
{
	struct json_out o;

	json_out_init(&o, out, true);
	op_encode_out(op, &o);
}

/* Reading. Every function refuses with a sentence and leaves what it began to the op's own op_fini.
 */

static bool
read_id(const cJSON *json, struct id *out, struct err *e)
{
	const char *text = cJSON_GetStringValue(json);

	if (text != NULL && id_parse(text, out))
		return true;
	return err_set(e, ERR_REFUSED, "\"%.40s\" is no id", text == NULL ? "" : text);
}

static bool
read_free_text(const cJSON *json, enum text_form form, char **out, struct err *e)
{
	const char *text = cJSON_GetStringValue(json);

	if (text == NULL)
		return err_set(e, ERR_REFUSED, "this takes a text");
	if (!text_ok(text, strlen(text), form, e))
		return false;
	*out = mem_dup(text);
	return true;
}

static bool
read_assign_value(
    const cJSON *json, const struct field *f, enum how how, struct value *out, struct err *e)
{
	struct value v = { 0 };
	bool is_list = f->type == FIELD_SET || f->type == FIELD_LIST || f->type == FIELD_REFS;

	if (how == HOW_SET && cJSON_IsNull(json)) {
		*out = value_default(f);
		return true;
	}
	if (how == HOW_PLUS && f->type == FIELD_INT)
		return json_int(json, &out->num) ||
		       err_set(e, ERR_REFUSED, "this takes a whole number");
	if (how != HOW_SET && !is_list)
		return err_set(e, ERR_REFUSED, "only lists and counts take plus and minus");
	if (!json_read_value(json, f, &v, e))
		return false;
	*out = value_copy(&v);
	value_return(&v);
	return true;
}

static const struct field *
read_field(const cJSON *member, enum kind kind, size_t *next, struct err *e)
{
	const struct field *f = json_field(schema_of(kind), member->string, next);

	if (f != NULL && f->type != FIELD_ID)
		return f;
	err_set(e, ERR_REFUSED, "a %s has no field \"%.60s\" to set", schema_of(kind)->word,
	    member->string);
	return NULL;
}

static bool
read_assigns(const cJSON *json, struct change *c, enum how how, struct err *e)
{
	const cJSON *member;
	size_t next = 0;

	if (!cJSON_IsObject(json))
		return err_set(e, ERR_REFUSED, "this takes an object");
	cJSON_ArrayForEach(member, json)
	{
		const struct field *f = read_field(member, c->kind, &next, e);
		struct value v = { 0 };
		if (f == NULL)
			return false;
		if (!read_assign_value(member, f, how, &v, e))
			return err_prefix(e, "%s", f->name);
		change_set(c, f, v)->how = how;
	}
	return true;
}

static struct assign *
unseen_assign(struct change *c, const struct field *f)
{
	for (size_t i = 0; i < c->n_set; i++)
		if (c->set[i].field == f && !c->set[i].has_seen)
			return &c->set[i];
	return NULL;
}

static bool
read_seen(const cJSON *json, struct change *c, struct err *e)
{
	const cJSON *member;
	size_t next = 0;

	if (!cJSON_IsObject(json))
		return err_set(e, ERR_REFUSED, "this takes an object");
	cJSON_ArrayForEach(member, json)
	{
		const struct field *f = read_field(member, c->kind, &next, e);
		struct assign *a = f == NULL ? NULL : unseen_assign(c, f);
		if (f == NULL)
			return false;
		if (a == NULL)
			return err_set(e, ERR_REFUSED, "%s: was seen, but is not changed", f->name);
		if (!read_assign_value(member, f, HOW_SET, &a->seen, e))
			return err_prefix(e, "%s", f->name);
		a->has_seen = true;
	}
	return true;
}

/* Known members cannot come in as unknown ones: they would stand in the file twice. */
static bool
is_known(enum kind kind, const char *key)
{
	return schema_field(kind, key) != NULL ||
	       (kind == KIND_DEBRIEF &&
		   (schema_by_list(key) != NULL || strcmp(key, "format") == 0));
}

static bool
read_extra(const cJSON *json, struct change *c, struct err *e)
{
	const cJSON *member;

	if (!cJSON_IsObject(json))
		return err_set(e, ERR_REFUSED, "this takes an object");
	cJSON_ArrayForEach(member, json)
	{
		if (is_known(c->kind, member->string))
			return err_set(
			    e, ERR_REFUSED, "\"%.60s\" is a field: it is no extra", member->string);
		json_keep(&c->extra, member);
	}
	return true;
}

static bool
read_drop(const cJSON *json, struct change *c, struct err *e)
{
	const cJSON *member;

	if (!cJSON_IsArray(json))
		return err_set(e, ERR_REFUSED, "this takes a list");
	cJSON_ArrayForEach(member, json)
	{
		const char *key = cJSON_GetStringValue(member);
		if (key == NULL)
			return err_set(e, ERR_REFUSED, "this takes names");
		extras_set(&c->extra, key, "");
	}
	return true;
}

static bool
read_before(const cJSON *json, struct change *c, struct err *e)
{
	const char *text = cJSON_GetStringValue(json);

	c->placed = true;
	return (text != NULL && text[0] == '\0') || read_id(json, &c->before, e);
}

/* Members of a change, in the order in which they have to be read. */
static const struct member {
	const char *name;
	bool (*read)(const cJSON *json, struct change *c, struct err *e);
} change_members[] = {
	{ "before", read_before }, { "extra", read_extra }, { "drop", read_drop },
	{ "seen", read_seen }, /* after the three ways to assign */
};
enum { N_MEMBERS = sizeof change_members / sizeof *change_members };

static bool
known_member(const char *name)
{
	for (int i = 0; i < N_HOWS; i++)
		if (strcmp(how_names[i], name) == 0 || strcmp(verb_names[i], name) == 0)
			return true;
	for (int i = 0; i < N_MEMBERS; i++)
		if (strcmp(change_members[i].name, name) == 0)
			return true;
	return strcmp(name, "id") == 0;
}

static bool
read_all_members(const cJSON *json, struct change *c, struct err *e)
{
	const cJSON *member;

	cJSON_ArrayForEach(member, json)
	{
		if (!known_member(member->string))
			return err_set(e, ERR_REFUSED, "\"%.60s\": no such member", member->string);
		if (c->verb == VERB_REMOVE && member != json->child &&
		    strcmp(member->string, "id") != 0)
			return err_set(
			    e, ERR_REFUSED, "\"%.60s\": remove takes an id alone", member->string);
	}
	for (int i = 0; i < N_HOWS; i++) {
		const cJSON *set = json_get(json, how_names[i]);
		if (set != NULL && !read_assigns(set, c, (enum how)i, e))
			return err_prefix(e, "%s", how_names[i]);
	}
	for (int i = 0; i < N_MEMBERS; i++) {
		const cJSON *m = json_get(json, change_members[i].name);
		if (m != NULL && !change_members[i].read(m, c, e))
			return err_prefix(e, "%s", change_members[i].name);
	}
	return true;
}

static bool
read_change(const cJSON *json, struct op *op, struct err *e)
{
	const cJSON *first = cJSON_IsObject(json) ? json->child : NULL;
	const struct schema *s = NULL;
	struct id id;
	int verb = 0;

	while (first != NULL && verb_names[verb] != NULL &&
	       strcmp(verb_names[verb], first->string) != 0)
		verb++;
	if (first == NULL || verb_names[verb] == NULL)
		return err_set(e, ERR_REFUSED, "a change begins with add, set or remove");
	if (cJSON_IsString(first))
		s = schema_by_word(first->valuestring);
	if (s == NULL)
		return err_set(e, ERR_REFUSED, "%s: no such kind of thing", verb_names[verb]);
	if (!read_id(json_get(json, "id"), &id, e))
		return err_prefix(e, "id");
	return read_all_members(json, op_add(op, (enum verb)verb, s->kind, id), e);
}

static bool
read_changes(const cJSON *json, struct op *op, struct err *e)
{
	const cJSON *v;

	if (!cJSON_IsArray(json))
		return err_set(e, ERR_REFUSED, "changes: this takes a list");
	cJSON_ArrayForEach(v, json) if (!read_change(v, op, e)) return err_prefix(
	    e, "changes[%zu]", op->n == 0 ? 0 : op->n - 1);
	return true;
}

static bool
read_seq(const cJSON *json, uint64_t *seq, struct err *e)
{
	int64_t n;

	if (!json_int(json, &n) || n < 0)
		return err_set(e, ERR_REFUSED, "this takes a number from 0");
	*seq = (uint64_t)n;
	return true;
}

static bool
read_at(const cJSON *json, int64_t *at_ns, struct err *e)
{
	const char *text = cJSON_GetStringValue(json);

	return (text != NULL && time_parse(text, at_ns)) ||
	       err_set(e, ERR_REFUSED, "this takes a time");
}

static bool
read_member(const cJSON *m, struct op *op, struct err *e)
{
	if (strcmp(m->string, "cid") == 0)
		return read_id(m, &op->cid, e);
	if (strcmp(m->string, "seq") == 0)
		return read_seq(m, &op->seq, e);
	if (strcmp(m->string, "at") == 0)
		return read_at(m, &op->at_ns, e);
	if (strcmp(m->string, "by") == 0)
		return read_free_text(m, TEXT_LINE, &op->by, e);
	if (strcmp(m->string, "do") == 0)
		return read_free_text(m, TEXT_LINE, &op->command, e);
	if (strcmp(m->string, "arg") == 0)
		return read_free_text(m, TEXT_BLOCK, &op->arg, e);
	if (strcmp(m->string, "changes") == 0)
		return read_changes(m, op, e);
	return err_set(e, ERR_REFUSED, "no such member of an op");
}

static bool
read_op(const cJSON *json, struct op *op, struct err *e)
{
	const cJSON *m;

	if (!cJSON_IsObject(json))
		return err_set(e, ERR_REFUSED, "an op is an object");
	cJSON_ArrayForEach(m, json) if (!read_member(m, op, e)) return err_prefix(
	    e, "%.60s", m->string);
	if (op->command == NULL || json_get(json, "changes") == NULL)
		return err_set(e, ERR_REFUSED, "an op has \"do\" and \"changes\"");
	return true;
}

bool
op_decode(const cJSON *json, struct op *out, struct err *e)
{
	struct op op = { .at_ns = TIME_NONE };

	if (!read_op(json, &op, e)) {
		op_fini(&op);
		return false;
	}
	*out = op;
	return true;
}

bool
op_decode_text(const char *text, size_t len, struct op *out, struct err *e)
{
	cJSON *tree = json_parse(text, len, &op_limits, e);
	bool ok = tree != NULL && op_decode(tree, out, e);

	cJSON_Delete(tree);
	return ok;
}
