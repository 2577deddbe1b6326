#include "commands/build.h"

#include <string.h>

#include "base/text.h"
#include "commands/fields.h"
#include "model/schema.h"

struct change *
add_item(const struct command_scene *s, enum kind kind, struct op *out)
{
	return op_add(out, VERB_ADD, kind, id_make(s->random()));
}

/* The text an item of a kind cannot be without. */
static const char *
main_text(enum kind kind)
{
	switch (kind) {
	case KIND_CATEGORY:
	case KIND_COLUMN:
	case KIND_PERSON:
	case KIND_STAGE:
		return "name";
	case KIND_EXPERIMENT:
		return "hypothesis";
	default:
		return "text";
	}
}

/* Cards and causes go to a column or a category by its name. */
static bool
heading_is_free(const struct command_scene *s, enum kind kind, const char *name, struct err *e)
{
	const struct field *f = schema_field(kind, "name");

	for (size_t i = 0; i < s->d->of[kind].n; i++) {
		struct value v = field_get(s->d->of[kind].v[i], f);
		bool same = v.text != NULL && text_same(v.text, name);
		value_fini(&v);
		if (same)
			return err_set(e, ERR_REFUSED,
			    "there is a %s %s already: nothing was changed: give it another name",
			    schema_of(kind)->word, name);
	}
	return true;
}

BUILDER(build_add)
{
	struct field_job j = { .s = s, .kind = c->kind };

	if (!words_count(c, args, 1, SIZE_MAX, e))
		return false;
	if ((c->kind == KIND_CATEGORY || c->kind == KIND_COLUMN) &&
	    !heading_is_free(s, c->kind, args->v[0], e))
		return false;
	j.change = add_item(s, c->kind, out);
	return field_text(&j, main_text(c->kind), args->v[0], e) && fields_read(&j, args, 1, e);
}

BUILDER(build_event_add)
{
	struct field_job j = { .s = s, .kind = KIND_EVENT };

	if (!words_count(c, args, 2, SIZE_MAX, e))
		return false;
	j.change = add_item(s, KIND_EVENT, out);
	return field_text(&j, "at", args->v[0], e) && field_text(&j, "text", args->v[1], e) &&
	       fields_read(&j, args, 2, e);
}

static struct id
given_ref(const struct change *c, const char *name)
{
	struct id id = { "" };

	for (size_t i = 0; i < c->n_set; i++)
		if (strcmp(c->set[i].field->name, name) == 0 && c->set[i].value.text != NULL)
			id_parse(c->set[i].value.text, &id);
	return id;
}

/* A why is where its parent is. */
static bool
same_category(const struct debrief *d, const struct change *c, struct id category, struct err *e)
{
	struct id parent = given_ref(c, "parent");
	const struct cause *p = (const struct cause *)debrief_find(d, KIND_CAUSE, parent);
	const struct category *of;
	char name[24];

	if (!id_some(parent) || p == NULL || id_equal(p->category, category))
		return true;
	of = (const struct category *)debrief_find(d, KIND_CATEGORY, p->category);
	item_short_name(d, KIND_CAUSE, &p->item, name);
	return err_set(e, ERR_REFUSED,
	    "%s is a cause of %s: nothing was changed: a why goes where its "
	    "cause is: why %s TEXT",
	    name, of != NULL ? of->name : "no category", name);
}

BUILDER(build_cause_add)
{
	struct field_job j = { .s = s, .kind = KIND_CAUSE };
	const struct item *category;

	if (!words_count(c, args, 2, SIZE_MAX, e))
		return false;
	category = command_item(s->d, KIND_CATEGORY, args->v[0], e);
	if (category == NULL)
		return false;
	j.change = add_item(s, KIND_CAUSE, out);
	change_put_text(j.change, "category", category->id.s);
	return field_text(&j, "text", args->v[1], e) && fields_read(&j, args, 2, e) &&
	       same_category(s->d, j.change, category->id, e);
}

BUILDER(build_why)
{
	struct field_job j = { .s = s, .kind = KIND_CAUSE };
	const struct cause *parent;

	if (!words_count(c, args, 2, SIZE_MAX, e))
		return false;
	parent = (const struct cause *)command_item(s->d, KIND_CAUSE, args->v[0], e);
	if (parent == NULL)
		return false;
	j.change = add_item(s, KIND_CAUSE, out);
	change_put_text(j.change, "category", parent->category.s);
	change_put_text(j.change, "parent", parent->item.id.s);
	return field_text(&j, "text", args->v[1], e) && fields_read(&j, args, 2, e);
}

BUILDER(build_card_add)
{
	struct field_job j = { .s = s, .kind = KIND_CARD };
	const struct item *column;
	struct strs rest = { 0 };
	const char *seat = NULL;
	bool good;

	if (!words_count(c, args, 2, SIZE_MAX, e))
		return false;
	column = command_item(s->d, KIND_COLUMN, args->v[0], e);
	if (column == NULL)
		return false;
	j.change = add_item(s, KIND_CARD, out);
	change_put_text(j.change, "column", column->id.s);
	for (size_t i = 2; i < args->n; i++)
		if (strcmp(args->v[i], "anonymous") == 0)
			out->arg = out->arg != NULL ? out->arg : mem_dup("anonymous");
		else if (word_after(args->v[i], "seat") != NULL)
			seat = word_after(args->v[i], "seat");
		else
			strs_add(&rest, args->v[i]);
	good = (seat == NULL || read_seat(s, seat, out, e)) &&
	       field_text(&j, "text", args->v[1], e) && fields_read(&j, &rest, 0, e);
	strs_fini(&rest);
	return good;
}
