#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/schema.h"

static bool
is_list(const struct field *f)
{
	return f->type == FIELD_SET || f->type == FIELD_LIST || f->type == FIELD_REFS;
}

static bool
is_text(const struct field *f)
{
	return f->type == FIELD_LINE || f->type == FIELD_TEXT || f->type == FIELD_REF ||
	    f->type == FIELD_ID;
}

void
value_fini(struct value *v)
{
	free(v->text);
	strs_fini(&v->list);
	*v = (struct value){ 0 };
}

struct value
value_copy(const struct value *v)
{
	struct value copy = { .num = v->num, .text = mem_dup(v->text) };

	strs_copy(&copy.list, &v->list);
	return copy;
}

static int
cmp_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

int
value_cmp(const struct field *f, const struct value *a, const struct value *b)
{
	size_t n = a->list.n < b->list.n ? a->list.n : b->list.n;

	if (is_text(f))
		return cmp_text(a->text, b->text);
	if (!is_list(f))
		return (a->num > b->num) - (a->num < b->num);
	for (size_t i = 0; i < n; i++) {
		int c = strcmp(a->list.v[i], b->list.v[i]);
		if (c != 0)
			return c;
	}
	return (a->list.n > b->list.n) - (a->list.n < b->list.n);
}

bool
value_equal(const struct field *f, const struct value *a, const struct value *b)
{
	return value_cmp(f, a, b) == 0;
}

struct value
value_default(const struct field *f)
{
	return (struct value){ .num = f->dflt, .text = mem_dup(f->dflt_text) };
}

bool
value_is_default(const struct field *f, const struct value *v)
{
	struct value d = value_default(f);
	bool is = value_equal(f, v, &d);

	value_fini(&d);
	return is;
}

void
value_words(const struct field *f, const struct value *v, struct buf *out)
{
	char text[TIME_TEXT];

	switch (f->type) {
	case FIELD_BOOL:
		buf_adds(out, v->num ? "yes" : "no");
		break;
	case FIELD_INT:
		buf_addf(out, "%lld", (long long)v->num);
		break;
	case FIELD_ENUM:
		buf_adds(out, v->num > 0 ? f->names[v->num] : "");
		break;
	case FIELD_TIME:
		buf_adds(out, v->num == TIME_NONE ? "" : time_text(v->num, text));
		break;
	case FIELD_DATE:
		buf_adds(out, v->num == TIME_NONE ? "" : date_text(v->num, text));
		break;
	case FIELD_REFS:
	case FIELD_SET:
	case FIELD_LIST:
		for (size_t i = 0; i < v->list.n; i++)
			buf_addf(out, "%s%s", i ? ", " : "", v->list.v[i]);
		break;
	default:
		buf_adds(out, v->text ? v->text : "");
	}
	buf_add(out, "", 0);
}

static bool
parse_enum(const struct field *f, const char *text, struct value *out, struct err *e)
{
	struct buf names = { 0 };

	for (int i = 1; f->names[i] != NULL; i++) {
		if (strcmp(f->names[i], text) == 0) {
			out->num = i;
			buf_fini(&names);
			return true;
		}
		buf_addf(&names, "%s%s", i > 1 ? ", " : "", f->names[i]);
	}
	err_set(e, ERR_REFUSED, "%s=%.60s: nothing was changed: it is one of %s", f->name, text,
	    names.data);
	buf_fini(&names);
	return false;
}

static bool
parse_int(const struct field *f, const char *text, struct value *out, struct err *e)
{
	char *end;
	long long v = strtoll(text, &end, 10);

	if (*text == '\0' || *end != '\0' || strlen(text) > 15)
		return err_set(e, ERR_REFUSED,
		    "%s=%.60s: nothing was changed: it takes a whole number", f->name, text);
	out->num = v;
	return true;
}

static void
parse_list(const char *text, struct value *out)
{
	while (*text != '\0') {
		size_t len = strcspn(text, ",");
		while (len > 0 && *text == ' ')
			text++, len--;
		if (len > 0)
			strs_addn(&out->list, text, len);
		text += len;
		text += *text == ',';
	}
}

static bool
parse_bool(const struct field *f, const char *text, struct value *out, struct err *e)
{
	out->num = strcmp(text, "yes") == 0;
	if (out->num || strcmp(text, "no") == 0)
		return true;
	return err_set(e, ERR_REFUSED,
	    "%s=%.60s: nothing was changed: it is yes or no", f->name, text);
}

static bool
parse(const struct field *f, const char *text, struct value *out, struct err *e)
{
	switch (f->type) {
	case FIELD_BOOL:
		return parse_bool(f, text, out, e);
	case FIELD_INT:
		return parse_int(f, text, out, e);
	case FIELD_ENUM:
		return parse_enum(f, text, out, e);
	case FIELD_TIME:
		return time_parse(text, &out->num) ||
		    err_set(e, ERR_REFUSED,
			"%s=%.60s: nothing was changed: it takes a time such as "
			"2017-01-31T23:30:00Z",
			f->name, text);
	case FIELD_DATE:
		return date_parse(text, &out->num) ||
		    err_set(e, ERR_REFUSED,
			"%s=%.60s: nothing was changed: it takes a date such as "
			"2017-01-31",
			f->name, text);
	case FIELD_REFS:
	case FIELD_SET:
	case FIELD_LIST:
		parse_list(text, out);
		return true;
	default:
		out->text = mem_dup(text);
		return true;
	}
}

bool
value_parse(const struct field *f, const char *text, struct value *out, struct err *e)
{
	struct value v = { 0 };

	if (text[0] == '\0') {
		*out = value_default(f);
		return true;
	}
	if (!parse(f, text, &v, e) || !value_ok(f, &v, e)) {
		value_fini(&v);
		return false;
	}
	*out = v;
	return true;
}

static bool
one_text_ok(const struct field *f, const char *text, enum text_form form, struct err *e)
{
	return text_ok(text, strlen(text), form, e) || err_prefix(e, "%s", f->name);
}

static bool
list_ok(const struct field *f, const struct value *v, struct err *e)
{
	struct id id;

	if (v->list.n > 10000)
		return err_set(e, ERR_REFUSED,
		    "%s: at most 10000 entries: nothing was changed", f->name);
	for (size_t i = 0; i < v->list.n; i++) {
		if (f->type == FIELD_REFS && !id_parse(v->list.v[i], &id))
			return err_set(e, ERR_REFUSED,
			    "%s: \"%.40s\" is no id: nothing was changed", f->name, v->list.v[i]);
		if (v->list.v[i][0] == '\0')
			return err_set(e, ERR_REFUSED,
			    "%s: an entry is empty: nothing was changed", f->name);
		if (!one_text_ok(f, v->list.v[i], TEXT_LINE, e))
			return false;
	}
	return true;
}

static bool
number_ok(const struct field *f, int64_t num, struct err *e)
{
	int n = 0;

	if (f->type == FIELD_INT && num != f->dflt && (num < f->min || num > f->max))
		return err_set(e, ERR_REFUSED,
		    "%s=%lld: nothing was changed: it is from %lld to %lld", f->name,
		    (long long)num, (long long)f->min, (long long)f->max);
	if (f->type == FIELD_BOOL && num != 0 && num != 1)
		return err_set(e, ERR_REFUSED, "%s is yes or no: nothing was changed", f->name);
	if (f->type == FIELD_ENUM) {
		while (f->names[n + 1] != NULL)
			n++;
		if (num < 0 || num > n || (num == 0 && f->dflt != 0))
			return err_set(e, ERR_REFUSED,
			    "%s: there is no such choice: nothing was changed", f->name);
	}
	if (f->type == FIELD_DATE && num != TIME_NONE && (num < -719528 || num > 2932896))
		return err_set(e, ERR_REFUSED,
		    "%s: nothing was changed: a date is from 0000 to 9999", f->name);
	return true;
}

bool
value_ok(const struct field *f, const struct value *v, struct err *e)
{
	struct id id;

	if (is_list(f))
		return list_ok(f, v, e);
	if (!is_text(f))
		return number_ok(f, v->num, e);
	if (v->text == NULL)
		return true;
	if ((f->type == FIELD_REF || f->type == FIELD_ID) && !id_parse(v->text, &id))
		return err_set(e, ERR_REFUSED, "%s: \"%.40s\" is no id: nothing was changed",
		    f->name, v->text);
	return one_text_ok(f, v->text, f->type == FIELD_TEXT ? TEXT_BLOCK : TEXT_LINE, e);
}

/* A member of an item's struct. */
#define MEMBER(type, it, f) ((type *)(void *)((char *)(it) + (f)->offset))
#define CONST_MEMBER(type, it, f) ((type const *)(const void *)((const char *)(it) + (f)->offset))

struct value
field_get(const struct item *it, const struct field *f)
{
	struct value v = { 0 };

	switch (f->type) {
	case FIELD_ID:
	case FIELD_REF:
		if (id_some(*CONST_MEMBER(struct id, it, f)))
			v.text = mem_dup(CONST_MEMBER(struct id, it, f)->s);
		break;
	case FIELD_LINE:
	case FIELD_TEXT:
		v.text = mem_dup(*CONST_MEMBER(char *, it, f));
		break;
	case FIELD_TIME:
	case FIELD_DATE:
	case FIELD_INT:
		v.num = *CONST_MEMBER(int64_t, it, f);
		break;
	case FIELD_BOOL:
		v.num = *CONST_MEMBER(bool, it, f);
		break;
	case FIELD_ENUM:
		v.num = *CONST_MEMBER(int, it, f);
		break;
	case FIELD_REFS:
	case FIELD_SET:
	case FIELD_LIST:
		strs_copy(&v.list, CONST_MEMBER(struct strs, it, f));
		break;
	}
	return v;
}

static void
set_text(char **member, const char *text)
{
	char *copy = text != NULL && text[0] != '\0' ? mem_dup(text) : NULL;

	free(*member);
	*member = copy;
}

static void
set_list(struct strs *member, const struct strs *list, bool sorted)
{
	struct strs copy;

	strs_copy(&copy, list);
	strs_fini(member);
	*member = copy;
	if (sorted)
		strs_sort(member, true);
}

void
field_set(struct item *it, const struct field *f, const struct value *v)
{
	switch (f->type) {
	case FIELD_ID:
	case FIELD_REF:
		if (v->text == NULL || !id_parse(v->text, MEMBER(struct id, it, f)))
			*MEMBER(struct id, it, f) = (struct id){ 0 };
		break;
	case FIELD_LINE:
	case FIELD_TEXT:
		set_text(MEMBER(char *, it, f), v->text);
		break;
	case FIELD_TIME:
	case FIELD_DATE:
	case FIELD_INT:
		*MEMBER(int64_t, it, f) = v->num;
		break;
	case FIELD_BOOL:
		*MEMBER(bool, it, f) = v->num != 0;
		break;
	case FIELD_ENUM:
		*MEMBER(int, it, f) = (int)v->num;
		break;
	case FIELD_REFS:
	case FIELD_SET:
		set_list(MEMBER(struct strs, it, f), &v->list, true);
		break;
	case FIELD_LIST:
		set_list(MEMBER(struct strs, it, f), &v->list, false);
		break;
	}
}

void
field_set_from(struct item *to, const struct item *from, const struct field *f)
{
	struct value v = { 0 }; /* borrows what it holds */

	switch (f->type) {
	case FIELD_ID:
	case FIELD_REF:
		*MEMBER(struct id, to, f) = *CONST_MEMBER(struct id, from, f);
		return;
	case FIELD_LINE:
	case FIELD_TEXT:
		set_text(MEMBER(char *, to, f), *CONST_MEMBER(char *, from, f));
		return;
	case FIELD_REFS:
	case FIELD_SET:
	case FIELD_LIST:
		set_list(MEMBER(struct strs, to, f), CONST_MEMBER(struct strs, from, f), false);
		return;
	default:
		v = field_get(from, f);
		field_set(to, f, &v);
	}
}

bool
field_is_default(const struct item *it, const struct field *f)
{
	switch (f->type) {
	case FIELD_ID:
	case FIELD_REF:
		return !id_some(*CONST_MEMBER(struct id, it, f));
	case FIELD_LINE:
	case FIELD_TEXT:
		return cmp_text(*CONST_MEMBER(char *, it, f), f->dflt_text) == 0;
	case FIELD_TIME:
	case FIELD_DATE:
	case FIELD_INT:
		return *CONST_MEMBER(int64_t, it, f) == f->dflt;
	case FIELD_BOOL:
		return *CONST_MEMBER(bool, it, f) == (f->dflt != 0);
	case FIELD_ENUM:
		return *CONST_MEMBER(int, it, f) == f->dflt;
	default:
		return CONST_MEMBER(struct strs, it, f)->n == 0;
	}
}

bool
field_equal(const struct item *a, const struct item *b, const struct field *f)
{
	switch (f->type) {
	case FIELD_ID:
	case FIELD_REF:
		return id_equal(*CONST_MEMBER(struct id, a, f), *CONST_MEMBER(struct id, b, f));
	case FIELD_LINE:
	case FIELD_TEXT:
		return cmp_text(*CONST_MEMBER(char *, a, f), *CONST_MEMBER(char *, b, f)) == 0;
	case FIELD_TIME:
	case FIELD_DATE:
	case FIELD_INT:
		return *CONST_MEMBER(int64_t, a, f) == *CONST_MEMBER(int64_t, b, f);
	case FIELD_BOOL:
		return *CONST_MEMBER(bool, a, f) == *CONST_MEMBER(bool, b, f);
	case FIELD_ENUM:
		return *CONST_MEMBER(int, a, f) == *CONST_MEMBER(int, b, f);
	default:
		return strs_equal(CONST_MEMBER(struct strs, a, f), CONST_MEMBER(struct strs, b, f));
	}
}
