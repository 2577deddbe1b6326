#include <string.h>

#include "base/text.h"
#include "model/op_internal.h"
#include "model/rules.h"
#include "model/visible.h"

enum { LIST_MOST = 10000 };

struct checking {
	const struct debrief *d;
	const struct actor *who;
	const struct op *op;
	struct err *e;
	struct op_index index;
	struct viewer eyes; /* what the author sees */
	size_t n_added[N_KINDS];
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

/* `card claim`: the one way to sign a card by hand; rules_people.c knows whose it is. */
static bool
claims(const struct checking *k, const struct change *c)
{
	return op_is(k->op, "card") && k->op->arg != NULL && strcmp(k->op->arg, "claim") == 0 &&
	       c->kind == KIND_CARD && c->verb == VERB_SET;
}

static bool
may_write(const struct checking *k, const struct change *c, const struct field *f)
{
	const char *word = schema_of(c->kind)->word;

	if (k->who->host || op_is_undo(k->op))
		return true;
	switch (f->writer) {
	case WRITE_ANYONE:
	case WRITE_AUTHOR: /* rules.c knows whose card it is */
		return true;
	case WRITE_LEAD:
		return actor_leads(k->who) ||
		       err_set(k->e, ERR_REFUSED,
			   "only the facilitator or the scribe can set %s %s: nothing was "
			   "changed: ask one of them",
			   word, f->name);
	case WRITE_COMMAND:
		if (has_word(f->command, k->op->command))
			return true;
		return err_set(k->e, ERR_REFUSED,
		    "%s %s is not set by hand: nothing was changed: the command "
		    "%.*s does it",
		    word, f->name, (int)strcspn(f->command, " "), f->command);
	case WRITE_HOST:
		if (claims(k, c) && strcmp(f->name, "by") == 0)
			return true;
		break;
	}
	return err_set(k->e, ERR_REFUSED,
	    "%s %s is filled in by itself: nothing was changed: leave it out", word, f->name);
}

/* The item, as far as the author can know of it. */
static const struct item *
known(const struct checking *k, struct id id, enum kind *is)
{
	const struct item *it = debrief_any(k->d, id, is);

	return it != NULL && (k->who->host || visible_item(k->d, &k->eyes, *is, it)) ? it : NULL;
}

static const struct item *
known_of(const struct checking *k, enum kind kind, struct id id)
{
	enum kind is;
	const struct item *it = known(k, id, &is);

	return it != NULL && is == kind ? it : NULL;
}

/* What others see does not name what they do not. */
static bool
names_hidden(const struct checking *k, const struct change *c, enum kind is, struct id id)
{
	return !k->who->host && is == KIND_CARD && card_hidden_after(&k->index, k->d, id) &&
	       !(c->kind == KIND_CARD && card_hidden_after(&k->index, k->d, c->id));
}

static bool
say_hidden(const struct checking *k, const struct field *f)
{
	return err_set(k->e, ERR_REFUSED,
	    "%s: that card is hidden still: nothing was changed: others must not know of it before "
	    "the reveal",
	    f->name);
}

static enum kind
kind_added(const struct checking *k, struct id id)
{
	for (size_t i = op_index_first(&k->index, id); i != INDEX_NONE;
	     i = op_index_next(&k->index, i))
		if (k->op->v[i].verb == VERB_ADD)
			return k->op->v[i].kind;
	return N_KINDS;
}

static bool
ref_ok(const struct checking *k, const struct change *c, const struct field *f, const char *text)
{
	const struct item *it;
	struct id id;
	enum kind is;

	if (!id_parse(text, &id))
		return err_set(k->e, ERR_REFUSED, "%s: \"%.40s\" is no id: nothing was changed",
		    f->name, text);
	if (op_index_removed(&k->index, id))
		return err_set(k->e, ERR_REFUSED,
		    "%s: %s is removed by the same change: "
		    "nothing was changed: name another",
		    f->name, text);
	if (op_index_added(&k->index, f->refers, id))
		return !names_hidden(k, c, kind_added(k, id), id) || say_hidden(k, f);
	it = known(k, id, &is);
	if (it != NULL && (f->refers == N_KINDS || is == f->refers))
		return !names_hidden(k, c, is, id) || say_hidden(k, f);
	return err_set(k->e, ERR_MISSING,
	    "%s: there is no %s %s: nothing was changed: look for another", f->name,
	    f->refers == N_KINDS ? "item" : schema_of(f->refers)->word, text);
}

static bool
refs_ok(const struct checking *k, const struct change *c, const struct assign *a)
{
	if (a->how == HOW_MINUS)
		return true;
	if (a->field->type == FIELD_REF && a->value.text != NULL)
		return ref_ok(k, c, a->field, a->value.text);
	if (a->field->type != FIELD_REFS)
		return true;
	for (size_t i = 0; i < a->value.list.n; i++)
		if (!ref_ok(k, c, a->field, a->value.list.v[i]))
			return false;
	return true;
}

static bool
is_list(const struct field *f)
{
	return f->type == FIELD_SET || f->type == FIELD_LIST || f->type == FIELD_REFS;
}

/* What it would put a value over, or NULL where the item is new. */
static const struct item *
item_of(const struct checking *k, const struct change *c)
{
	return c->kind == KIND_DEBRIEF ? &k->d->item : debrief_find(k->d, c->kind, c->id);
}

static bool
plus_ok(const struct checking *k, const struct change *c, const struct assign *a)
{
	const struct item *it = item_of(k, c);
	const struct field *f = a->field;
	struct value now = it != NULL ? field_get(it, f) : value_default(f);
	int64_t sum = 0;
	bool fits;

	if (is_list(f)) {
		fits = now.list.n + a->value.list.n <= LIST_MOST ||
		       err_set(k->e, ERR_REFUSED, "%s: at most %d entries: nothing was changed",
			   f->name, LIST_MOST);
		fits = fits && value_ok(f, &a->value, k->e);
	} else {
		fits = !__builtin_add_overflow(now.num, a->value.num, &sum) && sum >= f->min &&
		       sum <= f->max;
		fits = fits || err_set(k->e, ERR_REFUSED,
				   "%s: nothing was changed: it is from %lld to %lld", f->name,
				   (long long)f->min, (long long)f->max);
	}
	value_fini(&now);
	return fits;
}

/* Counts grow by one for one person's word; the host may know more. */
static bool
count_ok(const struct checking *k, const struct change *c, const struct assign *a)
{
	bool one =
	    c->verb == VERB_SET && a->how == HOW_PLUS && (a->value.num == 1 || a->value.num == -1);

	if (a->field->merge != MERGE_SUM || k->who->host || op_is_undo(k->op) || one)
		return true;
	return err_set(k->e, ERR_REFUSED,
	    "%s is counted: nothing was changed: it grows by one at a time", a->field->name);
}

/* Has a field that every item needs got nothing that can be read? What is in a file already may. */
static bool
says_nothing(const struct checking *k, const struct field *f, const struct value *v)
{
	bool words = f->type == FIELD_TEXT || f->type == FIELD_LINE;

	return value_is_default(f, v) ||
	       (words && !k->who->host && !op_is_undo(k->op) && text_blank(v->text));
}

static bool
value_fits(const struct checking *k, const struct change *c, const struct assign *a)
{
	const struct field *f = a->field;

	if (a->how != HOW_SET && !is_list(f) && (a->how == HOW_MINUS || f->type != FIELD_INT))
		return err_set(k->e, ERR_REFUSED,
		    "%s holds one value: nothing was changed: use %s=VALUE", f->name, f->name);
	if (a->how == HOW_PLUS && !plus_ok(k, c, a))
		return false;
	if (a->how == HOW_SET && !value_ok(f, &a->value, k->e))
		return false;
	if (a->how == HOW_SET && c->verb == VERB_SET && f->required &&
	    says_nothing(k, f, &a->value))
		return err_set(k->e, ERR_REFUSED, "%s needs its %s: nothing was changed: write one",
		    schema_of(c->kind)->word, f->name);
	return true;
}

/* Sets are compared as sets, however they came. */
static bool
same_value(const struct field *f, const struct value *a, const struct value *b)
{
	struct value x, y;
	bool same;

	if (f->type != FIELD_SET && f->type != FIELD_REFS)
		return value_equal(f, a, b);
	x = value_copy(a);
	y = value_copy(b);
	strs_sort(&x.list, true);
	strs_sort(&y.list, true);
	same = value_equal(f, &x, &y);
	value_fini(&x);
	value_fini(&y);
	return same;
}

static void
refuse_both(const struct checking *k, const struct change *c, const struct assign *a,
    const struct value *now)
{
	bool removing = c->verb == VERB_REMOVE;
	struct buf theirs = { 0 }, yours = { 0 };
	char name[24] = "the debrief";

	if (c->kind != KIND_DEBRIEF)
		item_short_name(k->d, c->kind, item_of(k, c), name);
	value_words(a->field, now, &theirs);
	value_words(a->field, removing ? &a->seen : &a->value, &yours);
	err_set(k->e, ERR_REFUSED,
	    "%s of %s: somebody changed this meanwhile: it now says \"%.*s\"; yours was "
	    "\"%.*s\": nothing was %s: look at both, then write it again",
	    a->field->name, name, (int)text_fit(theirs.data, theirs.len, 300, NULL), theirs.data,
	    (int)text_fit(yours.data, yours.len, 300, NULL), yours.data,
	    removing ? "removed" : "changed");
	buf_fini(&theirs);
	buf_fini(&yours);
}

static bool
seen_ok(const struct checking *k, const struct change *c, const struct assign *a)
{
	const struct item *it = item_of(k, c);
	struct value now;
	bool same;

	if (!a->has_seen || it == NULL)
		return true;
	now = field_get(it, a->field);
	same = same_value(a->field, &now, &a->seen);
	if (!same && it->redacted && a->field->prose) /* what it said is not said again */
		err_set(k->e, ERR_REFUSED,
		    "its words were taken out for good: nothing was changed: add a new one");
	else if (!same)
		refuse_both(k, c, a, &now);
	value_fini(&now);
	return same;
}

static bool
assign_ok(const struct checking *k, const struct change *c, const struct assign *a)
{
	const struct schema *s = schema_of(c->kind);

	if (a->field < s->fields || a->field >= s->fields + s->n_fields ||
	    a->field->type == FIELD_ID)
		return err_set(
		    k->e, ERR_REFUSED, "%s has no such field: nothing was changed", s->word);
	if (c->verb == VERB_REMOVE) /* only what the author expects to take away */
		return seen_ok(k, c, a);
	return value_fits(k, c, a) && may_write(k, c, a->field) && count_ok(k, c, a) &&
	       refs_ok(k, c, a) && seen_ok(k, c, a);
}

static bool
required_there(const struct checking *k, const struct change *c)
{
	const struct schema *s = schema_of(c->kind);

	for (size_t i = 0; i < s->n_fields; i++) {
		bool there = !s->fields[i].required;
		for (size_t j = 0; j < c->n_set && !there; j++)
			there = c->set[j].field == &s->fields[i] && c->set[j].how == HOW_SET &&
				!says_nothing(k, &s->fields[i], &c->set[j].value);
		if (!there)
			return err_set(k->e, ERR_REFUSED,
			    "%s needs its %s: nothing was added: write one", s->word,
			    s->fields[i].name);
	}
	return true;
}

static bool
add_ok(struct checking *k, const struct change *c, size_t index)
{
	const struct schema *s = schema_of(c->kind);
	bool free = debrief_any(k->d, c->id, NULL) == NULL;
	struct id parsed;

	if (c->kind == KIND_DEBRIEF)
		return err_set(k->e, ERR_REFUSED, "there is one debrief here: nothing was added");
	if (!id_parse(c->id.s, &parsed))
		return err_set(k->e, ERR_REFUSED, "\"%.20s\" is no id: nothing was added", c->id.s);
	for (size_t i = op_index_first(&k->index, c->id); i != index;
	     i = op_index_next(&k->index, i))
		free = k->op->v[i].verb == VERB_REMOVE; /* it became another kind of thing */
	if (!free || id_equal(c->id, k->d->item.id))
		return err_set(k->e, ERR_REFUSED,
		    "the id %s is taken: nothing was added: draw another", c->id.s);
	if (k->d->of[c->kind].n + ++k->n_added[c->kind] > s->most)
		return err_set(k->e, ERR_REFUSED,
		    "a debrief holds at most %zu %s: nothing "
		    "was added: remove some first",
		    s->most, s->plural);
	return required_there(k, c);
}

static bool
there_ok(const struct checking *k, const struct change *c, size_t index)
{
	bool there;

	if (c->kind == KIND_DEBRIEF) {
		if (c->verb == VERB_REMOVE)
			return err_set(k->e, ERR_REFUSED,
			    "a debrief is never removed: nothing was changed: close it");
		return !id_some(c->id) || id_equal(c->id, k->d->item.id) ||
		       err_set(k->e, ERR_MISSING, "this is not the debrief %s: nothing was changed",
			   c->id.s);
	}
	/* Undoing what took others' references along puts them back, seen or not. */
	there = op_is_undo(k->op) && !change_takes_words(c)
		    ? debrief_find(k->d, c->kind, c->id) != NULL
		    : known_of(k, c->kind, c->id) != NULL;
	for (size_t i = op_index_first(&k->index, c->id); i != index;
	     i = op_index_next(&k->index, i))
		if (k->op->v[i].verb != VERB_SET)
			there = k->op->v[i].verb == VERB_ADD && k->op->v[i].kind == c->kind;
	return there ||
	       err_set(k->e, ERR_MISSING, "there is no %s %s any more: nothing was changed",
		   schema_of(c->kind)->word, c->id.s);
}

static bool
before_ok(const struct checking *k, const struct change *c)
{
	const char *word = schema_of(c->kind)->word;

	if (!c->placed)
		return true;
	if (schema_field(c->kind, "order") == NULL)
		return c->verb == VERB_ADD || c->n_set > 0 ||
		       err_set(k->e, ERR_REFUSED, "%s have no order: nothing was moved",
			   schema_of(c->kind)->plural);
	if (!id_some(c->before) ||
	    (known_of(k, c->kind, c->before) != NULL && !names_hidden(k, c, c->kind, c->before)))
		return true;
	return err_set(
	    k->e, ERR_MISSING, "before: there is no %s %s: nothing was moved", word, c->before.s);
}

static bool
change_ok(struct checking *k, const struct change *c, size_t index)
{
	if ((unsigned)c->kind >= N_KINDS)
		return err_set(k->e, ERR_REFUSED, "no such kind of thing: nothing was changed");
	if (c->verb == VERB_ADD ? !add_ok(k, c, index) : !there_ok(k, c, index))
		return false;
	if (c->extra.n > 0 && !k->who->host && !op_is_undo(k->op))
		return err_set(k->e, ERR_REFUSED, "%s has no field \"%.60s\": nothing was changed",
		    schema_of(c->kind)->word, c->extra.v[0].key);
	for (size_t i = 0; i < c->n_set; i++)
		if (!assign_ok(k, c, &c->set[i]))
			return false;
	return before_ok(k, c);
}

static bool
changes_ok(struct checking *k)
{
	op_index_init(&k->index, k->op);
	for (size_t i = 0; i < k->op->n; i++)
		if (!change_ok(k, &k->op->v[i], i)) {
			op_index_fini(&k->index);
			return false;
		}
	op_index_fini(&k->index);
	return true;
}

bool
debrief_check(const struct debrief *d, const struct actor *who, const struct op *op, struct err *e)
{
	struct checking k = { .d = d, .who = who, .op = op, .e = e, .eyes = actor_eyes(who) };

	if (op->command == NULL || op->command[0] == '\0' || strlen(op->command) > TEXT_LINE_MAX)
		return err_set(e, ERR_REFUSED, "an op without a command: nothing was changed");
	if (op->arg != NULL && !text_ok(op->arg, strlen(op->arg), TEXT_BLOCK, e))
		return false;
	return changes_ok(&k) && rules_check(d, who, op, e);
}
