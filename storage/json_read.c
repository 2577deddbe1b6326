#include "storage/json_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/merge_internal.h"
#include "storage/json_file.h"
#include "storage/json_value.h"
#include "storage/json_where.h"

struct reader {
	const char *text;
	size_t len;
	struct strs *notes;
	struct debrief *d;
	struct json_place place; /* what is being read */
	size_t joined;		 /* items that stood twice */
	bool side;		 /* half of a conflict */
	struct err *e;
};

/* Put line, column and path before what `e` says. */
static bool
refuse_here(struct reader *r)
{
	struct json_spot s = json_where(r->text, r->len, &r->place);
	char path[160] = "";

	if (r->place.list != NULL && r->place.index >= 0)
		snprintf(path, sizeof path, "%s[%ld]%s", r->place.list, r->place.index,
		    r->place.member != NULL ? "." : "");
	else if (r->place.list != NULL)
		snprintf(path, sizeof path, "%s", r->place.list);
	if (r->place.member != NULL)
		snprintf(path + strlen(path), sizeof path - strlen(path), "%s", r->place.member);
	if (path[0] != '\0')
		err_prefix(r->e, "%s", path);
	return err_prefix(r->e, "line %zu, column %zu", s.line, s.column);
}

static bool
read_field(struct reader *r, struct item *it, const struct field *f, const cJSON *json)
{
	struct value v;

	if (!json_read_value(json, f, &v, r->e)) {
		r->place.member = f->name;
		return refuse_here(r);
	}
	field_set(it, f, &v);
	value_return(&v);
	return true;
}

/* The first field that must be there and is not, or NULL. A reference that names nothing is mended,
 * not refused. */
static const struct field *
missing_field(enum kind kind, const struct item *it)
{
	const struct schema *s = schema_of(kind);

	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		if ((f->required || f->type == FIELD_ID) && f->type != FIELD_REF &&
		    field_is_default(it, f))
			return f;
	}
	return NULL;
}

static bool
read_required(struct reader *r, enum kind kind, const struct item *it)
{
	const struct field *f = missing_field(kind, it);

	if (f == NULL || (r->side && f->type != FIELD_ID))
		return true;
	err_set(r->e, ERR_REFUSED, "\"%s\" is missing", f->name);
	return refuse_here(r);
}

static bool
item_whole(const struct debrief *d, enum kind kind, const struct item *it, struct err *e)
{
	const struct field *f = missing_field(kind, it);
	char name[24] = "";

	if (f == NULL)
		return true;
	if (kind != KIND_DEBRIEF)
		item_short_name(d, kind, it, name);
	return err_set(
	    e, ERR_REFUSED, "%s %s: \"%s\" is missing", schema_of(kind)->word, name, f->name);
}

bool
file_whole(const struct debrief *d, struct err *e)
{
	if (!item_whole(d, KIND_DEBRIEF, &d->item, e))
		return false;
	for (int k = 1; k < N_KINDS; k++)
		for (size_t i = 0; i < d->of[k].n; i++)
			if (!item_whole(d, (enum kind)k, d->of[k].v[i], e))
				return false;
	return true;
}

/* A member that this version does not know; of a doubled one the last counts. */
static void
keep_extra(struct reader *r, struct item *it, const cJSON *member)
{
	if (r->side)
		extras_set(&it->extra, member->string, NULL);
	json_keep(&it->extra, member);
}

static bool
read_members(struct reader *r, enum kind kind, struct item *it, const cJSON *json)
{
	const struct schema *s = schema_of(kind);
	const cJSON *member;
	size_t next = 0;

	if (!cJSON_IsObject(json)) {
		err_set(r->e, ERR_REFUSED, "this takes an object in braces");
		return refuse_here(r);
	}
	cJSON_ArrayForEach(member, json)
	{
		const struct field *f = json_field(s, member->string, &next);
		if (f == NULL)
			keep_extra(r, it, member);
		else if (!f->live && !read_field(r, it, f, member))
			return false;
	}
	return read_required(r, kind, it);
}

/* A new item that is like `blank`, which has every default: quicker than item_new for the many of a
 * long list. */
static struct item *
item_like(const struct schema *s, const struct item *blank)
{
	struct item *it = mem_alloc(s->size);
	const char *const none = NULL;

	memcpy(it, blank, s->size);
	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		struct value v;
		if (f->dflt_text == NULL)
			continue;
		memcpy(
		    (char *)it + f->offset, &none, sizeof none); /* the text there is `blank`'s */
		v = value_default(f);
		field_set(it, f, &v);
		value_fini(&v);
	}
	return it;
}

static void
item_swap(enum kind kind, struct item *a, struct item *b)
{
	size_t size = schema_of(kind)->size;
	void *hold = mem_alloc(size);

	memcpy(hold, a, size);
	memcpy(a, b, size);
	memcpy(b, hold, size);
	free(hold);
}

/* A line merge can leave an item twice: what both say is joined, in whatever order they stand. */
static bool
read_put(struct reader *r, enum kind kind, struct item *it)
{
	enum kind other = kind;
	struct item *old = debrief_any(r->d, it->id, &other);

	if (old == NULL && !id_equal(it->id, r->d->item.id)) {
		debrief_put(r->d, kind, it);
		return true;
	}
	if (old != NULL && other == kind) {
		struct versions v = { .kind = kind, .a = old, .b = it, .fresh = true };
		struct item *both = item_merge(&v, MERGE_SOUND, NULL);
		item_swap(kind, old, both);
		item_free(kind, both);
		item_free(kind, it);
		r->joined++;
		return true;
	}
	r->place.member = "id";
	err_set(r->e, ERR_REFUSED, "%s is the id of a %s already: give one of them another",
	    it->id.s, schema_of(other)->word);
	item_free(kind, it);
	return refuse_here(r);
}

static bool
read_items(struct reader *r, const struct schema *s, const struct item *blank, const cJSON *json)
{
	const cJSON *v;

	cJSON_ArrayForEach(v, json)
	{
		struct item *it = item_like(s, blank);
		r->place.index++;
		r->place.member = NULL;
		if (!read_members(r, s->kind, it, v)) {
			item_free(s->kind, it);
			return false;
		}
		if (!read_put(r, s->kind, it))
			return false;
		if (r->d->of[s->kind].n > s->most) {
			err_set(r->e, ERR_REFUSED, "a debrief holds at most %zu %s", s->most,
			    s->plural);
			return refuse_here(r);
		}
	}
	return true;
}

static bool
read_list(struct reader *r, const struct schema *s, const cJSON *json)
{
	struct item *blank;
	bool ok;

	r->place = (struct json_place){ .list = s->list, .index = -1 };
	if (!cJSON_IsArray(json)) {
		err_set(r->e, ERR_REFUSED, "this takes a list in square brackets");
		return refuse_here(r);
	}
	blank = item_new(s->kind, (struct id){ 0 });
	ok = read_items(r, s, blank, json);
	item_free(s->kind, blank);
	if (ok)
		r->place = (struct json_place){ .index = -1 };
	return ok;
}

/* The debrief's own members come first, so that items can be told apart from it by their ids. */
static bool
read_own(struct reader *r, const cJSON *tree)
{
	const struct schema *s = schema_of(KIND_DEBRIEF);
	const cJSON *member;
	size_t next = 0;

	cJSON_ArrayForEach(member, tree)
	{
		const struct field *f = json_field(s, member->string, &next);
		if (f == NULL && schema_by_list(member->string) == NULL &&
		    strcmp(member->string, "format") != 0)
			keep_extra(r, &r->d->item, member);
		if (f != NULL && !f->live && !read_field(r, &r->d->item, f, member))
			return false;
	}
	return read_required(r, KIND_DEBRIEF, &r->d->item);
}

static bool
read_lists(struct reader *r, const cJSON *tree)
{
	const cJSON *member;

	cJSON_ArrayForEach(member, tree)
	{
		const struct schema *s = schema_by_list(member->string);
		if (s != NULL && !read_list(r, s, member))
			return false;
	}
	return true;
}

static bool
read_format(struct reader *r, const cJSON *tree, bool *newer)
{
	const char *format = json_text(tree, "format");
	size_t major = strlen("debrief/");

	if (format != NULL && strcmp(format, FILE_FORMAT) == 0)
		return true;
	r->place.member = "format";
	if (format == NULL) {
		err_set(r->e, ERR_REFUSED, "no format is named: this is no debrief's file");
	} else if (strncmp(format, "debrief/", major) == 0 && format[major] >= '1' &&
		   format[major] <= '9') {
		if (newer != NULL) {
			*newer = true; /* what is known of it is read, the rest is kept as it came */
			r->place.member = NULL;
			return true;
		}
		err_set(r->e, ERR_REFUSED,
		    "\"%.40s\" is newer than this program, which reads \"%s\": nothing was "
		    "changed: update debrief",
		    format, FILE_FORMAT);
	} else {
		err_set(r->e, ERR_REFUSED, "\"%.40s\" is not \"%s\": this is no debrief's file",
		    format, FILE_FORMAT);
	}
	return refuse_here(r);
}

static bool
read_tree(struct reader *r, const cJSON *tree, bool *newer)
{
	if (!cJSON_IsObject(tree)) {
		err_set(r->e, ERR_REFUSED, "this is no debrief's file: it holds no object");
		return refuse_here(r);
	}
	if (!read_format(r, tree, newer) || !read_own(r, tree) || !read_lists(r, tree))
		return false;
	if (r->joined > 0 && r->notes != NULL)
		strs_take(r->notes, mem_fmt("%zu %s twice in the file: what both said was joined",
					r->joined, r->joined == 1 ? "item stood" : "items stood"));
	debrief_heal(r->d, r->notes);
	return true;
}

/* Take the marks off names again, of the debrief and of its items. */
static void
unmark(cJSON *obj)
{
	cJSON *m;

	cJSON_ArrayForEach(m, obj)
	{
		char *mark = m->string == NULL ? NULL : strchr(m->string, MEND_MARK);
		if (mark != NULL)
			*mark = '\0';
	}
}

static void
unmark_all(cJSON *tree)
{
	cJSON *list, *it;

	unmark(tree);
	cJSON_ArrayForEach(list, tree)
	{
		if (!cJSON_IsArray(list))
			continue;
		cJSON_ArrayForEach(it, list) if (cJSON_IsObject(it)) unmark(it);
	}
}

struct debrief *
file_read(const struct file_input *in, struct strs *notes, bool *newer, struct err *e)
{
	struct err mine = { 0 };
	struct reader r = { .text = in->bytes,
		.len = in->len,
		.side = in->side,
		.notes = notes,
		.e = e != NULL ? e : &mine };
	cJSON *tree = json_parse(in->bytes, in->len, &json_file_limits, r.e);

	if (tree == NULL)
		return NULL;
	if (in->side)
		unmark_all(tree);
	r.place.index = -1;
	r.d = debrief_new((struct id){ 0 });
	if (!read_tree(&r, tree, newer)) {
		debrief_free(r.d);
		r.d = NULL;
	}
	cJSON_Delete(tree);
	return r.d;
}

struct debrief *
file_decode(const char *bytes, size_t len, struct strs *notes, bool *newer, struct err *e)
{
	const struct file_input in = { bytes, len, false };
	struct debrief *d;

	if (newer != NULL)
		*newer = false;
	d = file_read(&in, notes, newer, e);
	if (d == NULL && markers_find(bytes, len) != 0)
		d = markers_heal(bytes, len, notes, newer, e);
	return d;
}
