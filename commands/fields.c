#include "commands/fields.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* In any case: telephones begin a line with a capital. */
static size_t
name_len(const char *word)
{
	return strspn(word, "abcdefghijklmnopqrstuvwxyz_ABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

bool
field_word(const char *word)
{
	const char *p = word + name_len(word);

	if (*p == '+' || *p == '-')
		p++;
	return p > word && *p == '=' && name_len(word) > 0;
}

/* Other names people use for a field. */
static const char *
field_alias(enum kind kind, const char *name)
{
	if (strcmp(name, "under") != 0)
		return name;
	return kind == KIND_CAUSE ? "parent" : kind == KIND_CARD ? "group" : name;
}

static bool
word_in(const char *words, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = words; *p != '\0';) {
		size_t n = strcspn(p, " ");
		if (n == len && memcmp(p, word, n) == 0)
			return true;
		p += n;
		p += *p == ' ';
	}
	return false;
}

bool
field_settable(const struct field *f, const char *command)
{
	if (f->type == FIELD_ID || f->writer == WRITE_HOST)
		return false;
	return f->writer != WRITE_COMMAND || (f->command != NULL && word_in(f->command, command));
}

static bool
say_fields(enum kind kind, const char *name, struct err *e)
{
	const struct schema *s = schema_of(kind);
	struct buf list = { 0 };

	for (size_t i = 0; i < s->n_fields; i++)
		if (field_settable(&s->fields[i], kind == KIND_DEBRIEF ? "set" : s->word))
			buf_addf(&list, "%s%s", list.len > 0 ? " " : "", s->fields[i].name);
	err_set(e, ERR_USAGE, "%s has no field %s: nothing was changed: its fields are %s",
	    kind == KIND_DEBRIEF ? "a debrief" : s->word, name, list.data);
	buf_fini(&list);
	return false;
}

/* The host refuses these too; here the command that does it is named. */
static bool
may_set(enum kind kind, const struct field *f, struct err *e)
{
	if (f->writer == WRITE_HOST || f->type == FIELD_ID)
		return err_set(e, ERR_REFUSED,
		    "%s of a %s is given by the host: nothing was changed: "
		    "leave it out",
		    f->name, schema_of(kind)->word);
	return true;
}

/* Times take every form of WHEN; `until` counts from the same item's `at`. */
static bool
read_time(const struct field_job *j, const struct field *f, const char *text, struct value *out,
    int *precision, struct err *e)
{
	struct command_scene s = *j->s;

	if (strcmp(f->name, "until") == 0 && j->kind == KIND_EVENT) {
		if (j->item != NULL)
			s.last_event_ns = ((const struct event *)j->item)->at_ns;
		for (size_t i = 0; i < j->change->n_set; i++)
			if (strcmp(j->change->set[i].field->name, "at") == 0)
				s.last_event_ns = j->change->set[i].value.num;
	}
	return command_when(&s, text, &out->num, precision, e);
}

static bool
read_day(const struct field_job *j, const struct field *f, const char *text, struct value *out,
    struct err *e)
{
	return date_said(text, zone_day(j->s->zone, j->s->now_ns), &out->num) ||
	       err_set(e, ERR_REFUSED,
		   "%s=%.60s: nothing was changed: it takes a date such as 2026-12-24, or today, "
		   "tomorrow, 14d or 2w",
		   f->name, text);
}

static bool
read_ref(const struct field_job *j, const struct field *f, const char *text, struct id *id,
    struct err *e)
{
	enum kind kind = f->refers;
	const struct item *it = kind == N_KINDS ? command_any(j->s->d, text, &kind, e)
						: command_item(j->s->d, kind, text, e);

	if (it == NULL)
		return false;
	*id = it->id;
	return true;
}

static bool
read_refs(const struct field_job *j, const struct field *f, const char *text, struct value *out,
    struct err *e)
{
	while (*text != '\0') {
		size_t len = strcspn(text, ",");
		char *one = mem_dupn(text, len);
		struct id id;
		bool good = len == 0 || read_ref(j, f, one, &id, e);

		free(one);
		if (!good)
			return false;
		if (len > 0)
			strs_add(&out->list, id.s);
		text += len + (text[len] == ',');
	}
	strs_sort(&out->list, true);
	return true;
}

static bool
read_value(const struct field_job *j, const struct field *f, const char *text, struct value *out,
    struct err *e)
{
	struct id id;
	int precision;

	if (text[0] == '\0')
		return value_parse(f, text, out, e);
	switch (f->type) {
	case FIELD_TIME:
		return read_time(j, f, text, out, &precision, e);
	case FIELD_DATE:
		return read_day(j, f, text, out, e);
	case FIELD_REF:
		if (!read_ref(j, f, text, &id, e))
			return false;
		out->text = mem_dup(id.s);
		return true;
	case FIELD_REFS:
		return read_refs(j, f, text, out, e);
	default:
		return value_parse(f, text, out, e);
	}
}

/* A zone is what the system's zone files know. */
static bool
zone_ok(const struct field_job *j, const struct field *f, const char *text, struct err *e)
{
	struct zone *z;

	if (j->kind != KIND_DEBRIEF || strcmp(f->name, "timezone") != 0 || text[0] == '\0')
		return true;
	z = zone_open(text, e);
	zone_free(z);
	return z != NULL;
}

static bool
how_of(const struct field *f, char sign, enum how *how, struct err *e)
{
	bool list = f->type == FIELD_REFS || f->type == FIELD_SET || f->type == FIELD_LIST;

	*how = sign == '+' ? HOW_PLUS : sign == '-' ? HOW_MINUS : HOW_SET;
	if (*how != HOW_SET && !list)
		return err_set(e, ERR_USAGE,
		    "%s%c= is for lists, and %s is none: nothing was changed: "
		    "write %s=VALUE",
		    f->name, sign, f->name, f->name);
	return true;
}

/* A clock time without seconds is exact to the minute, unless the command says otherwise. */
static void
add_precision(const struct field_job *j, const char *text)
{
	const struct event *ev = (const struct event *)j->item;
	int precision, had = ev != NULL ? ev->precision : PRECISION_EXACT;
	int64_t at_ns;

	if (field_given(j->change, "precision") ||
	    !command_when(j->s, text, &at_ns, &precision, NULL) || precision == had ||
	    (precision == PRECISION_EXACT && had != PRECISION_MINUTE))
		return;
	change_put_num(j->change, "precision", precision);
}

static bool
value_read(const struct field_job *j, const struct field *f, const char *text, struct value *v,
    struct err *e)
{
	if (utf8_valid(text, strlen(text)) < strlen(text))
		return err_set(e, ERR_REFUSED,
		    "%s is not UTF-8 (byte %zu): nothing was changed: write it "
		    "in UTF-8",
		    f->name, utf8_valid(text, strlen(text)) + 1);
	return zone_ok(j, f, text, e) && read_value(j, f, text, v, e) && value_ok(f, v, e);
}

static struct assign *
given(const struct change *c, const char *name)
{
	for (size_t i = 0; i < c->n_set; i++)
		if (strcmp(c->set[i].field->name, name) == 0)
			return &c->set[i];
	return NULL;
}

bool
field_given(const struct change *c, const char *name)
{
	return given(c, name) != NULL;
}

/* F+=a F+=b is F+=a,b. */
static void
add_pieces(struct assign *before, struct value *more)
{
	for (size_t i = 0; i < more->list.n; i++)
		strs_add(&before->value.list, more->list.v[i]);
	value_fini(more);
}

static bool
put_field(
    const struct field_job *j, const struct field *f, enum how how, const char *text, struct err *e)
{
	struct assign *before = given(j->change, f->name);
	bool precision = j->kind == KIND_EVENT && strcmp(f->name, "precision") == 0;
	struct value v = { 0 };

	if (how == HOW_SET && before != NULL && !precision)
		return err_set(
		    e, ERR_USAGE, "%s is given twice: nothing was changed: give it once", f->name);
	if (!value_read(j, f, text, &v, e)) {
		value_fini(&v);
		return false;
	}
	if (before != NULL && precision) /* the time's own: what is said wins */
		before->value = v;
	else if (before != NULL && before->how == how && how != HOW_SET && f->type != FIELD_INT)
		add_pieces(before, &v);
	else
		change_set(j->change, f, v)->how = how;
	if (j->kind == KIND_EVENT && strcmp(f->name, "at") == 0 && text[0] != '\0')
		add_precision(j, text);
	return true;
}

bool
field_read(const struct field_job *j, const char *word, struct err *e)
{
	size_t len = name_len(word);
	char name[64] = "", sign = '\0';
	const struct field *f;
	enum how how;

	if (!field_word(word) || len >= sizeof name)
		return err_set(e, ERR_USAGE,
		    "%s is no FIELD=VALUE: nothing was changed: put a text of "
		    "several words in quotes",
		    word[0] != '\0' ? word : "\"\"");
	for (size_t i = 0; i < len; i++)
		name[i] = (char)tolower((unsigned char)word[i]);
	if (word[len] != '=')
		sign = word[len];
	f = schema_field(j->kind, field_alias(j->kind, name));
	if (f == NULL || f->type == FIELD_ID)
		return say_fields(j->kind, name, e);
	if (!may_set(j->kind, f, e) || !how_of(f, sign, &how, e))
		return false;
	return put_field(j, f, how, word + len + 1 + (sign != '\0'), e);
}

bool
fields_read(const struct field_job *j, const struct strs *args, size_t first, struct err *e)
{
	for (size_t i = first; i < args->n; i++)
		if (!field_read(j, args->v[i], e))
			return false;
	return true;
}

bool
field_text(const struct field_job *j, const char *name, const char *text, struct err *e)
{
	const struct field *f = schema_field(j->kind, name);

	if (text_blank(text))
		return err_set(e, ERR_REFUSED,
		    "the %s of the %s is empty: nothing was changed: give it "
		    "a %s",
		    name, schema_of(j->kind)->word, name);
	return put_field(j, f, HOW_SET, text, e);
}
