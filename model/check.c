#include <string.h>

#include "base/text.h"
#include "model/op.h"
#include "model/rules.h"

struct checking {
	const struct debrief *d;
	const struct actor *who;
	const struct op *op;
	struct err *e;
};

static bool
has_word(const char *words, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = words; p != NULL && *p != '\0';) {
		size_t n = strcspn(p, " ");
		if (n == len && memcmp(p, word, n) == 0)
			return true;
		p += n + (p[n] == ' ');
	}
	return false;
}

static bool
is_lead(const struct actor *who)
{
	return who->host || who->role == PERSON_FACILITATOR || who->role == PERSON_SCRIBE;
}

static bool
undoing(const struct op *op)
{
	return strcmp(op->command, "undo") == 0 || strcmp(op->command, "redo") == 0;
}

/* Does this batch add an item of that kind and id? N_KINDS: any kind. */
static bool
added_here(const struct op *op, enum kind kind, struct id id)
{
	for (size_t i = 0; i < op->n; i++)
		if (op->v[i].verb == VERB_ADD && (kind == N_KINDS || op->v[i].kind == kind) &&
		    id_equal(op->v[i].id, id))
			return true;
	return false;
}

static bool
may_write(const struct checking *k, const struct change *c, const struct field *f)
{
	if (k->who->host || undoing(k->op))
		return true;
	switch (f->writer) {
	case WRITE_ANYONE:
	case WRITE_AUTHOR: /* rules.c knows whose card it is */
		return true;
	case WRITE_LEAD:
		return is_lead(k->who) ||
		       err_set(k->e, ERR_REFUSED, "only the facilitator or the scribe can set %s: nothing was "
				"changed: ask one of them", f->name);
	case WRITE_COMMAND:
		if (has_word(f->command, k->op->command))
			return true;
		return err_set(k->e, ERR_REFUSED, "%s %s is not set by hand: nothing was changed: the command "
			"%.*s does it", schema_of(c->kind)->word, f->name, (int)strcspn(f->command, " "),
		    f->command);
	case WRITE_HOST:
		break;
	}
	return err_set(k->e, ERR_REFUSED, "%s %s is filled in by itself: nothing was changed",
	    schema_of(c->kind)->word, f->name);
}

static bool
ref_ok(const struct checking *k, const struct field *f, const char *text)
{
	struct id id;
	enum kind is;

	if (!id_parse(text, &id))
		return err_set(k->e, ERR_REFUSED, "%s: \"%.40s\" is no id: nothing was changed", f->name, text);
	for (size_t i = 0; i < k->op->n; i++)
		if (k->op->v[i].verb == VERB_REMOVE && id_equal(k->op->v[i].id, id))
			return err_set(k->e, ERR_REFUSED, "%s: %s is removed by the same change: nothing was changed",
			    f->name, text);
	if (added_here(k->op, f->refers, id))
		return true;
	if (debrief_any(k->d, id, &is) == NULL || (f->refers != N_KINDS && is != f->refers))
		return err_set(k->e, ERR_MISSING, "%s: there is no %s %s: nothing was changed", f->name,
		    f->refers == N_KINDS ? "item" : schema_of(f->refers)->word, text);
	return true;
}

static bool
refs_ok(const struct checking *k, const struct assign *a)
{
	if (a->how == HOW_MINUS)
		return true;
	if (a->field->type == FIELD_REF && a->value.text != NULL)
		return ref_ok(k, a->field, a->value.text);
	if (a->field->type != FIELD_REFS)
		return true;
	for (size_t i = 0; i < a->value.list.n; i++)
		if (!ref_ok(k, a->field, a->value.list.v[i]))
			return false;
	return true;
}

static bool
how_ok(const struct checking *k, const struct assign *a)
{
	enum field_type t = a->field->type;
	bool list = t == FIELD_SET || t == FIELD_LIST || t == FIELD_REFS;

	if (a->how == HOW_SET || list || (a->how == HOW_PLUS && t == FIELD_INT))
		return true;
	return err_set(k->e, ERR_REFUSED, "%s holds one value: nothing was changed: use %s=VALUE",
	    a->field->name, a->field->name);
}

/* The value a change would put over, or NULL where the item is new. */
static const struct item *
item_of(const struct checking *k, const struct change *c)
{
	return c->kind == KIND_DEBRIEF ? &k->d->item : debrief_find(k->d, c->kind, c->id);
}

static bool
seen_ok(const struct checking *k, const struct change *c, const struct assign *a)
{
	const struct item *it = item_of(k, c);
	struct value now;
	struct buf theirs = { 0 }, yours = { 0 };
	char name[24];
	bool same;

	if (!a->has_seen || it == NULL)
		return true;
	now = field_get(it, a->field);
	same = value_equal(a->field, &now, &a->seen);
	if (!same) {
		value_words(a->field, &now, &theirs);
		value_words(a->field, &a->value, &yours);
		item_short_name(k->d, c->kind, it, name);
		err_set(k->e, ERR_REFUSED, "%s %s of %s was changed meanwhile: nothing of it was touched: it now "
			"says \"%.300s\", yours was \"%.300s\"", schema_of(c->kind)->word, a->field->name,
		    c->kind == KIND_DEBRIEF ? "the debrief" : name, theirs.data, yours.data);
	}
	value_fini(&now);
	buf_fini(&theirs);
	buf_fini(&yours);
	return same;
}

static bool
assign_ok(const struct checking *k, const struct change *c, const struct assign *a)
{
	const struct schema *s = schema_of(c->kind);

	if (a->field < s->fields || a->field >= s->fields + s->n_fields || a->field->type == FIELD_ID)
		return err_set(k->e, ERR_REFUSED, "%s has no such field: nothing was changed", s->word);
	if (!how_ok(k, a))
		return false;
	if (a->how == HOW_SET && !value_ok(a->field, &a->value, k->e))
		return false;
	if (a->how == HOW_PLUS && a->field->type != FIELD_INT && !value_ok(a->field, &a->value, k->e))
		return false;
	if (a->how == HOW_SET && c->verb == VERB_SET && a->field->required &&
	    value_is_default(a->field, &a->value))
		return err_set(k->e, ERR_REFUSED, "%s needs its %s: nothing was changed", s->word,
		    a->field->name);
	return may_write(k, c, a->field) && refs_ok(k, a) && seen_ok(k, c, a);
}

static bool
required_there(const struct checking *k, const struct change *c)
{
	const struct schema *s = schema_of(c->kind);

	for (size_t i = 0; i < s->n_fields; i++) {
		bool there = !s->fields[i].required;
		for (size_t j = 0; j < c->n_set && !there; j++)
			there = c->set[j].field == &s->fields[i] && c->set[j].how == HOW_SET &&
				!value_is_default(&s->fields[i], &c->set[j].value);
		if (!there)
			return err_set(k->e, ERR_REFUSED, "%s needs its %s: nothing was added", s->word,
			    s->fields[i].name);
	}
	return true;
}

static bool
add_ok(const struct checking *k, const struct change *c, size_t index)
{
	const struct schema *s = schema_of(c->kind);
	size_t adding = 1;

	if (c->kind == KIND_DEBRIEF || !id_some(c->id))
		return err_set(k->e, ERR_REFUSED, "that cannot be added");
	if (debrief_any(k->d, c->id, NULL) != NULL)
		return err_set(k->e, ERR_REFUSED, "there is an item with the id %s already: nothing was added",
		    c->id.s);
	for (size_t i = 0; i < index; i++) {
		if (k->op->v[i].verb != VERB_ADD)
			continue;
		if (id_equal(k->op->v[i].id, c->id))
			return err_set(k->e, ERR_REFUSED, "the id %s is there twice: nothing was added", c->id.s);
		adding += k->op->v[i].kind == c->kind;
	}
	if (k->d->of[c->kind].n + adding > s->most)
		return err_set(k->e, ERR_REFUSED, "a debrief holds at most %zu %s: nothing was added", s->most,
		    s->plural);
	return required_there(k, c);
}

static bool
there_ok(const struct checking *k, const struct change *c)
{
	if (c->kind == KIND_DEBRIEF)
		return c->verb == VERB_SET || err_set(k->e, ERR_REFUSED, "a debrief is never removed");
	if (debrief_find(k->d, c->kind, c->id) != NULL || added_here(k->op, c->kind, c->id))
		return true;
	return err_set(k->e, ERR_MISSING, "there is no %s %s any more: nothing was changed",
	    schema_of(c->kind)->word, c->id.s);
}

static bool
before_ok(const struct checking *k, const struct change *c)
{
	if (!c->placed || !id_some(c->before))
		return true;
	return debrief_find(k->d, c->kind, c->before) != NULL ||
	       err_set(k->e, ERR_MISSING, "before: there is no %s %s: nothing was moved",
		   schema_of(c->kind)->word, c->before.s);
}

static bool
change_ok(const struct checking *k, const struct change *c, size_t index)
{
	if (c->verb == VERB_ADD ? !add_ok(k, c, index) : !there_ok(k, c))
		return false;
	if (c->extra.n > 0 && !k->who->host && !undoing(k->op))
		return err_set(k->e, ERR_REFUSED, "a field that is not known: nothing was changed");
	for (size_t i = 0; i < c->n_set; i++)
		if (!assign_ok(k, c, &c->set[i]))
			return false;
	return before_ok(k, c);
}

bool
debrief_check(const struct debrief *d, const struct actor *who, const struct op *op, struct err *e)
{
	struct checking k = { d, who, op, e };

	if (op->command == NULL || strlen(op->command) > TEXT_LINE_MAX)
		return err_set(e, ERR_REFUSED, "an op without a command");
	if (op->arg != NULL && !text_ok(op->arg, strlen(op->arg), TEXT_LINE, e))
		return false;
	for (size_t i = 0; i < op->n; i++)
		if (!change_ok(&k, &op->v[i], i))
			return false;
	return rules_check(d, who, op, e);
}
