#include "commands/build.h"

#include <stdlib.h>
#include <string.h>

#include "commands/fields.h"

/* Items that a command names, each once; `words`: how many of its words they took. */
struct named {
	const struct item **v;
	size_t n, words;
};

BUILDER(build_set_debrief)
{
	struct field_job j = { .s = s, .kind = KIND_DEBRIEF, .item = &s->d->item };

	if (!words_count(c, args, 1, SIZE_MAX, e))
		return false;
	j.change = op_add(out, VERB_SET, KIND_DEBRIEF, s->d->item.id);
	return fields_read(&j, args, 0, e);
}

void
cause_take_whys(const struct debrief *d, struct op *out, struct id cause, struct id category)
{
	for (size_t i = 0; i < DEBRIEF_N(d, CAUSE); i++) {
		const struct cause *c = DEBRIEF_AT(d, CAUSE, cause, i);
		bool seen = false;

		if (!id_equal(c->parent, cause))
			continue;
		for (size_t k = 0; k < out->n; k++) /* a loop in damaged data ends here */
			seen = seen || id_equal(out->v[k].id, c->item.id);
		if (seen)
			continue;
		change_put_text(
		    op_add(out, VERB_SET, KIND_CAUSE, c->item.id), "category", category.s);
		cause_take_whys(d, out, c->item.id, category);
	}
}

void
cause_put(const struct debrief *d, struct op *out, const struct cause *c, struct id category,
    struct id parent)
{
	struct change *ch = op_add(out, VERB_SET, KIND_CAUSE, c->item.id);

	if (!id_equal(c->category, category))
		change_put_text(ch, "category", category.s);
	if (!id_equal(c->parent, parent))
		change_put_text(ch, "parent", id_some(parent) ? parent.s : NULL);
	if (!id_equal(c->category, category))
		cause_take_whys(d, out, c->item.id, category);
}

static bool
ref_of(const struct change *c, const char *name, struct id *id)
{
	for (size_t i = 0; i < c->n_set; i++)
		if (strcmp(c->set[i].field->name, name) == 0) {
			*id = (struct id){ "" };
			if (c->set[i].value.text != NULL)
				id_parse(c->set[i].value.text, id);
			return true;
		}
	return false;
}

/* `cause set C4 parent=C2` and `category=Process` take the whys along and leave nothing half. `at`:
 * its change in the op. */
static void
cause_follow(const struct command_scene *s, const struct cause *c, struct op *out, size_t at)
{
	struct id category = c->category, parent = c->parent, was = c->category;
	bool categorized = ref_of(&out->v[at], "category", &category);
	const struct cause *p;

	if (ref_of(&out->v[at], "parent", &parent) && id_some(parent) && !categorized) {
		p = (const struct cause *)debrief_find(s->d, KIND_CAUSE, parent);
		category = p != NULL ? p->category : category;
		if (!id_equal(category, was))
			change_put_text(&out->v[at], "category", category.s);
	} else if (categorized && id_some(c->parent) && id_equal(parent, c->parent) &&
		   !id_equal(category, was)) {
		change_put_text(&out->v[at], "parent", NULL);
	}
	if (id_some(category) && !id_equal(category, was))
		cause_take_whys(s->d, out, c->item.id, category);
}

/* The items that the first words name, up to one that is FIELD=VALUE. */
static bool
read_items(const struct command_scene *s, const struct command *c, const struct strs *args,
    struct named *all, struct err *e)
{
	*all = (struct named){ .v = mem_zero(args->n + 1, sizeof *all->v) };
	for (size_t i = 0; i < args->n && (i == 0 || strchr(args->v[i], '=') == NULL); i++) {
		const struct item *it = command_item(s->d, c->kind, args->v[i], e);
		bool twice = false;

		if (it == NULL) {
			free(all->v);
			return false;
		}
		for (size_t k = 0; k < all->n; k++)
			twice = twice || all->v[k] == it;
		all->v[all->n] = it;
		all->n += !twice;
		all->words++;
	}
	return true;
}

/* Does it go along with one that is named too? */
static bool
below_another(const struct debrief *d, const struct named *all, const struct cause *c)
{
	size_t steps = 0;

	while (id_some(c->parent) && steps++ < DEBRIEF_N(d, CAUSE)) {
		c = (const struct cause *)debrief_find(d, KIND_CAUSE, c->parent);
		if (c == NULL)
			return false;
		for (size_t i = 0; i < all->n; i++)
			if (all->v[i] == &c->item)
				return true;
	}
	return false;
}

BUILDER(build_set)
{
	struct named all;
	bool good = true;

	if (!words_count(c, args, 2, SIZE_MAX, e) || !read_items(s, c, args, &all, e))
		return false;
	if (all.words == args->n)
		good = say_usage(c, "what is to change is missing: FIELD=VALUE", e);
	for (size_t i = 0; i < all.n && good; i++) {
		struct field_job j = { .s = s, .kind = c->kind, .item = all.v[i] };
		const struct cause *cause = (const struct cause *)all.v[i];
		size_t at = out->n;

		j.change = op_add(out, VERB_SET, c->kind, j.item->id);
		good = fields_read(&j, args, all.words, e);
		if (good && c->kind == KIND_CAUSE && !below_another(s->d, &all, cause))
			cause_follow(s, cause, out, at);
	}
	free(all.v);
	return good;
}

BUILDER(build_remove)
{
	struct named all;

	if (!words_count(c, args, 1, SIZE_MAX, e) || !read_items(s, c, args, &all, e))
		return false;
	for (size_t i = 0; i < all.n; i++)
		if (c->kind != KIND_CAUSE ||
		    !below_another(s->d, &all, (const struct cause *)all.v[i]))
			op_add(out, VERB_REMOVE, c->kind, all.v[i]->id);
	free(all.v);
	return all.words == args->n || say_usage(c, "it takes ids alone", e);
}

/* "before=ID", or nothing: the end. */
static bool
read_place(const struct command_scene *s, enum kind kind, const char *text, struct change *ch,
    struct err *e)
{
	const struct item *before = command_item(s->d, kind, text, e);

	if (before == NULL)
		return false;
	if (id_equal(before->id, ch->id))
		return err_set(e, ERR_REFUSED,
		    "it cannot go before itself: nothing was changed: name "
		    "another with before=");
	ch->placed = true;
	ch->before = before->id;
	return true;
}

BUILDER(build_move)
{
	const struct item *it;
	const char *before;
	struct change *ch;

	if (!words_count(c, args, 1, 2, e))
		return false;
	it = command_item(s->d, c->kind, args->v[0], e);
	if (it == NULL)
		return false;
	ch = op_add(out, VERB_SET, c->kind, it->id);
	ch->placed = true;
	if (args->n == 1)
		return true;
	before = word_after(args->v[1], "before");
	if (before == NULL)
		return say_usage(c, "it takes before=ID alone", e);
	return before[0] == '\0' || read_place(s, c->kind, before, ch, e);
}

/* Where a cause goes: read from the words, each at most once. */
struct destination {
	const struct category *category;
	const struct cause *under, *before;
	size_t from; /* the first word of it */
};

static bool
read_destination(const struct command_scene *s, const struct command *c, const struct strs *args,
    struct destination *to, struct err *e)
{
	for (size_t i = to->from; i < args->n; i++) {
		const char *w = args->v[i], *v;
		bool good;

		if ((v = word_after(w, "category")) != NULL)
			good = (to->category =
				    (struct category *)command_item(s->d, KIND_CATEGORY, v, e));
		else if ((v = word_after(w, "under")) != NULL || (v = word_after(w, "parent")) != NULL)
			good = (to->under = (struct cause *)command_item(s->d, KIND_CAUSE, v, e));
		else if ((v = word_after(w, "before")) != NULL)
			good = v[0] == '\0' ||
			       (to->before = (struct cause *)command_item(s->d, KIND_CAUSE, v, e));
		else
			return say_usage(c, "it takes category=, under= and before=", e);
		if (!good)
			return false;
	}
	if (to->category != NULL && to->under != NULL)
		return say_usage(c, "category= or under=, not both", e);
	return true;
}

/* Where it goes, and that it can go there. */
static bool
destination_fits(const struct destination *to, struct id category, struct id parent,
    const char *last, struct err *e)
{
	if (to->before != NULL && (!id_equal(to->before->category, category) ||
				      !id_equal(to->before->parent, parent)))
		return err_set(e, ERR_REFUSED,
		    "%s is not there: nothing was changed: name one that is with "
		    "before=, or leave it out for the end",
		    last);
	return true;
}

static bool
move_causes(const struct command_scene *s, const struct named *all, const struct destination *to,
    struct op *out, struct err *e)
{
	struct id category = to->category ? to->category->item.id
			     : to->under  ? to->under->category
					  : to->before->category;
	struct id parent = { "" };

	if (to->category == NULL)
		parent = to->under != NULL ? to->under->item.id : to->before->parent;
	if (!destination_fits(to, category, parent, "that cause", e))
		return false;
	for (size_t i = 0; i < all->n; i++) {
		const struct cause *it = (const struct cause *)all->v[i];
		size_t at = out->n;

		if (it == to->before)
			return err_set(e, ERR_REFUSED,
			    "it cannot go before itself: nothing was changed: name "
			    "another with before=");
		if (below_another(s->d, all, it))
			continue;
		cause_put(s->d, out, it, category, parent);
		out->v[at].placed = true;
		if (to->before != NULL)
			out->v[at].before = to->before->item.id;
	}
	return true;
}

BUILDER(build_cause_move)
{
	struct destination to = { 0 };
	struct named all;
	bool good;

	if (!words_count(c, args, 2, SIZE_MAX, e) || !read_items(s, c, args, &all, e))
		return false;
	to.from = all.words;
	good = read_destination(s, c, args, &to, e);
	if (good && to.category == NULL && to.under == NULL && to.before == NULL)
		good = say_usage(c, "something is missing", e);
	good = good && move_causes(s, &all, &to, out, e);
	free(all.v);
	return good;
}

/* Its own members come along. */
static void
group_under(const struct debrief *d, const struct card *it, const struct card *head, struct op *out)
{
	for (size_t i = 0; i < DEBRIEF_N(d, CARD); i++) {
		const struct card *m = DEBRIEF_AT(d, CARD, card, i);
		if (m == it || id_equal(m->group, it->item.id))
			change_put_text(op_add(out, VERB_SET, KIND_CARD, m->item.id), "group",
			    head->item.id.s);
	}
}

BUILDER(build_card_group)
{
	const struct card *head;
	const char *under = NULL, *name = NULL;
	size_t n = args->n;

	if (!words_count(c, args, 2, 200, e))
		return false;
	if ((name = word_after(args->v[n - 1], "name")) != NULL)
		n--;
	if (n < 2 || (under = word_after(args->v[n - 1], "under")) == NULL)
		return say_usage(c, "it takes under=ID, then name=TEXT", e);
	if ((head = (const struct card *)command_item(s->d, KIND_CARD, under, e)) == NULL)
		return false;
	if (id_some(head->group)) /* a member stands for its group */
		head = (const struct card *)debrief_find(s->d, KIND_CARD, head->group);
	for (size_t i = 0; i + 1 < n; i++) {
		const struct card *it =
		    (const struct card *)command_item(s->d, KIND_CARD, args->v[i], e);
		if (it == NULL)
			return false;
		if (head == it && n > 2) /* one of those that are marked */
			continue;
		if (head == NULL || head == it)
			return err_set(e, ERR_REFUSED,
			    "a card cannot be grouped under itself: nothing was changed: "
			    "name another card");
		group_under(s->d, it, head, out);
	}
	if (name != NULL)
		change_put_text(op_add(out, VERB_SET, KIND_CARD, head->item.id), "name",
		    name[0] != '\0' ? name : NULL);
	return true;
}

BUILDER(build_card_ungroup)
{
	const struct item *it;

	if (!words_count(c, args, 1, 1, e))
		return false;
	it = command_item(s->d, KIND_CARD, args->v[0], e);
	if (it == NULL)
		return false;
	change_put_text(op_add(out, VERB_SET, KIND_CARD, it->id), "group", NULL);
	return true;
}

/* The first prose field says that something was here, the others are empty. */
static bool
blank_texts(const struct command_scene *s, enum kind kind, const struct item *it, const char *as,
    struct op *out, struct err *e)
{
	struct field_job j = { s, kind, it, op_add(out, VERB_SET, kind, it->id) };
	const struct schema *sc = schema_of(kind);
	bool first = true;

	if (schema_field(kind, "redacted") == NULL)
		return err_set(e, ERR_REFUSED,
		    "the %s hold nothing to redact: nothing was changed: remove "
		    "it instead",
		    sc->plural);
	change_put_num(j.change, "redacted", 1);
	for (size_t i = 0; i < sc->n_fields; i++) {
		const struct field *f = &sc->fields[i];
		if (!f->prose)
			continue;
		if (first && !field_text(&j, f->name, as, e))
			return false;
		if (!first && !field_is_default(it, f))
			change_set(j.change, f, value_default(f));
		first = false;
	}
	return true;
}

BUILDER(build_redact)
{
	const char *as = "[redacted]";
	const struct item *it;
	enum kind kind;

	if (!words_count(c, args, 1, 2, e))
		return false;
	if (args->n == 2 && (as = word_after(args->v[1], "as")) == NULL)
		return say_usage(c, "it takes as=TEXT", e);
	if (as[0] == '\0')
		as = "[redacted]";
	it = command_any(s->d, args->v[0], &kind, e);
	return it != NULL && blank_texts(s, kind, it, as, out, e);
}

static bool
shift_event(const struct event *ev, int64_t by_ns, struct op *out, struct err *e)
{
	int64_t at_ns, until_ns = ev->until_ns;
	struct change *ch;

	if (__builtin_add_overflow(ev->at_ns, by_ns, &at_ns) ||
	    (until_ns != TIME_NONE && __builtin_add_overflow(until_ns, by_ns, &until_ns)))
		return err_set(e, ERR_REFUSED,
		    "that would leave the calendar: nothing was changed: write a "
		    "smaller duration, -1h");
	ch = op_add(out, VERB_SET, KIND_EVENT, ev->item.id);
	change_put_num(ch, "at", at_ns);
	if (until_ns != TIME_NONE)
		change_put_num(ch, "until", until_ns);
	return true;
}

BUILDER(build_event_shift)
{
	const char *source;
	int64_t by_ns;

	if (!words_count(c, args, 2, 2, e))
		return false;
	if ((source = word_after(args->v[0], "source")) == NULL)
		return say_usage(c, "it takes source=NAME first", e);
	if (!duration_parse(args->v[1], &by_ns))
		return err_set(e, ERR_USAGE,
		    "%s is no length of time: nothing was changed: write -5m, 90s or "
		    "1h",
		    args->v[1]);
	for (size_t i = 0; i < DEBRIEF_N(s->d, EVENT); i++) {
		const struct event *ev = DEBRIEF_AT(s->d, EVENT, event, i);
		if (ev->source != NULL && strcmp(ev->source, source) == 0 &&
		    !shift_event(ev, by_ns, out, e))
			return false;
	}
	if (out->n == 0)
		return err_set(e, ERR_MISSING,
		    "no event comes from %s: nothing was changed: show names "
		    "the sources",
		    source);
	return true;
}
