#include "cli/begin.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/zones.h"
#include "commands/command.h"
#include "storage/template.h"

static struct change *
debrief_change(struct op *op, struct id id)
{
	for (size_t i = 0; i < op->n; i++)
		if (op->v[i].kind == KIND_DEBRIEF && op->v[i].verb == VERB_SET)
			return &op->v[i];
	return op_add(op, VERB_SET, KIND_DEBRIEF, id);
}

static const struct assign *
field_of(const struct change *c, const char *name)
{
	for (size_t i = 0; i < c->n_set; i++)
		if (strcmp(c->set[i].field->name, name) == 0)
			return &c->set[i];
	return NULL;
}

static bool
has_field(const struct change *c, const char *name)
{
	return field_of(c, name) != NULL;
}

/* Of those that a meeting of this length has. */
static const char *
first_stage(const struct op *op)
{
	for (size_t i = 0; i < op->n; i++)
		for (size_t j = 0; op->v[i].kind == KIND_STAGE && j < op->v[i].n_set; j++)
			if (strcmp(op->v[i].set[j].field->name, "name") == 0)
				return op->v[i].set[j].value.text;
	return NULL;
}

static void
copy_field(struct change *c, const struct item *it, enum kind kind, const char *name)
{
	const struct field *f = schema_field(kind, name);

	if (!field_is_default(it, f))
		change_set(c, f, field_get(it, f));
}

/* Everybody of last time, but for who leads: that is said apart. */
static void
bring_people(const struct beginning *b, struct op *op)
{
	for (size_t i = 0; i < DEBRIEF_N(b->again, PERSON); i++) {
		const struct person *p = DEBRIEF_AT(b->again, PERSON, person, i);
		struct change *c;
		if (p->name == NULL || strcmp(p->name, b->name) == 0)
			continue;
		c = op_add(op, VERB_ADD, KIND_PERSON, id_random());
		change_put_text(c, "name", p->name);
		copy_field(c, &p->item, KIND_PERSON, "shown_as");
		change_put_num(c, "role",
		    p->role == PERSON_FACILITATOR ? PERSON_PARTICIPANT : p->role);
	}
}

/* Columns and categories are those of last time instead of the template's. */
static void
bring_kind(const struct beginning *b, struct op *op, enum kind kind, const char *const *fields)
{
	size_t kept = 0;

	if (b->again->of[kind].n == 0)
		return;
	for (size_t i = 0; i < op->n; i++) {
		if (op->v[i].kind == kind)
			change_fini(&op->v[i]);
		else
			op->v[kept++] = op->v[i];
	}
	op->n = kept;
	for (size_t i = 0; i < b->again->of[kind].n; i++) {
		const struct item *it = b->again->of[kind].v[i];
		struct change *c = op_add(op, VERB_ADD, kind, id_random());
		for (size_t k = 0; fields[k] != NULL; k++)
			copy_field(c, it, kind, fields[k]);
	}
}

/* The columns of last time; those that say kudos and the like come when somebody says so again. They
 * are hidden as the template hides them: last time's were shown in the end. */
static void
bring_columns(const struct beginning *b, struct op *op)
{
	static const char *const fields[] = { "order", "name", "prompt", "anonymous", NULL };
	bool hidden = false;
	size_t kept = 0;

	for (size_t i = 0; i < op->n; i++)
		hidden |= op->v[i].kind == KIND_COLUMN && has_field(&op->v[i], "hidden");
	bring_kind(b, op, KIND_COLUMN, fields);
	for (size_t i = 0; b->again->of[KIND_COLUMN].n > 0 && i < op->n; i++) {
		struct change *c = &op->v[i];
		const struct assign *name = c->kind == KIND_COLUMN ? field_of(c, "name") : NULL;
		if (name != NULL && command_is_side_column(name->value.text)) {
			change_fini(c);
			continue;
		}
		if (name != NULL && hidden)
			change_put_num(c, "hidden", 1);
		op->v[kept++] = op->v[i];
	}
	if (b->again->of[KIND_COLUMN].n > 0)
		op->n = kept;
}

/* What was promised and is not done comes along, and says where it comes from. */
static void
bring_actions(const struct beginning *b, struct op *op)
{
	static const char *const fields[] = { "order", "text", "kind", "urgent", "owner", "due",
		"status", "done_when", "instead_of", "reason", "level", "link", NULL };

	for (size_t i = 0; i < DEBRIEF_N(b->again, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(b->again, ACTION, action, i);
		struct change *c;
		if (a->status == ACTION_DONE || a->status == ACTION_DROPPED || a->item.redacted)
			continue;
		c = op_add(op, VERB_ADD, KIND_ACTION, id_random());
		for (size_t k = 0; fields[k] != NULL; k++)
			copy_field(c, &a->item, KIND_ACTION, fields[k]);
		change_put_text(c, "carried_from",
		    a->carried_from != NULL ? a->carried_from : b->again->item.id.s);
	}
}

static void
go_on(const struct beginning *b, struct id id, struct op *op)
{
	static const char *const categories[] = { "order", "name", "level", NULL };
	static const char *const own[] = { "timezone", "services", "language", "audience" };
	struct change *c = debrief_change(op, id);

	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (!has_field(c, own[i]))
			copy_field(c, &b->again->item, KIND_DEBRIEF, own[i]);
	change_put_text(c, "series",
	    b->again->series != NULL ? b->again->series : b->again->title);
	bring_people(b, op);
	bring_columns(b, op);
	bring_kind(b, op, KIND_CATEGORY, categories);
	bring_actions(b, op);
}

/* The near miss is the first event; its service and tags are the debrief's. */
static void
take_note(const struct note *n, struct id id, struct op *op)
{
	struct change *c = debrief_change(op, id);
	struct value v = { 0 };

	if (n->service != NULL) {
		strs_add(&v.list, n->service);
		change_put(c, "services", v);
	}
	if (n->tags.n > 0)
		change_put(c, "tags", field_get(&n->item, note_field("tags")));
	c = op_add(op, VERB_ADD, KIND_EVENT, id_random());
	change_put_num(c, "at", n->at_ns);
	change_put_text(c, "text", n->text);
	change_put_text(c, "source", "note");
	change_put_text(c, "source_id", n->item.id.s);
}

static void
fill_op(const struct template *t, const struct beginning *b, struct id id, struct op *op)
{
	struct change *c;

	template_begin(t, b->minutes, rand_bits(), op);
	c = debrief_change(op, id);
	c->id = id;
	change_put_text(c, "title", b->title);
	if (!has_field(c, "template") && strcmp(t->name, "incident") != 0)
		change_put_text(c, "template", t->name);
	if (t->language != NULL) /* its prompts go on in the words its columns begin with */
		change_put_text(c, "language", t->language);
	if (!has_field(c, "stage") && first_stage(op) != NULL)
		change_put_text(c, "stage", first_stage(op));
	change_put_num(c, "held_at", b->now_ns - b->now_ns % NS_PER_S);
	c = op_add(op, VERB_ADD, KIND_PERSON, id_random());
	change_put_text(c, "name", b->name);
	change_put_num(c, "role", PERSON_FACILITATOR);
	if (b->again != NULL)
		go_on(b, id, op);
	if (b->from != NULL)
		take_note(b->from, id, op);
}

static bool
title_ok(const char *title, struct err *e)
{
	if (text_blank(title))
		return err_set(
		    e, ERR_REFUSED, "the title is empty: nothing was begun: give it a title");
	return text_ok(title, strlen(title), TEXT_LINE, e) || err_prefix(e, "title");
}

struct debrief *
begin_debrief(struct repo *r, const struct beginning *b, struct err *e)
{
	struct actor host = { .name = b->name, .role = PERSON_FACILITATOR, .host = true };
	struct host_gift gift = { b->now_ns, rand_bits() };
	struct debrief *d;
	struct template *t;
	struct op op = { 0 };

	if (!title_ok(b->title, e))
		return NULL;
	t = template_load_in(r != NULL ? repo_work_dir(r) : NULL, b->template,
	    b->again != NULL ? b->again->language : NULL, e);
	if (t == NULL)
		return NULL;
	d = debrief_new(id_random());
	fill_op(t, b, d->item.id, &op);
	if (debrief_check(d, &host, &op, e)) {
		debrief_complete(d, &host, &op, &gift);
		debrief_apply(d, &op);
	} else {
		debrief_free(d);
		d = NULL;
	}
	op_fini(&op);
	template_free(t);
	return d;
}

/* One script's run: what a host keeps while commands come in. */
struct scripted {
	struct debrief *d;
	const char *name;
	int64_t now_ns, last_event_ns;
	struct zones zones;
};

static void
note_event(struct scripted *k, const struct op *op)
{
	for (size_t i = 0; i < op->n; i++)
		if (op->v[i].kind == KIND_EVENT && op->v[i].verb == VERB_ADD) {
			const struct item *it = debrief_find(k->d, KIND_EVENT, op->v[i].id);
			k->last_event_ns = ((const struct event *)it)->at_ns;
		}
}

static bool
run_line(struct scripted *k, const char *line, struct err *e)
{
	struct actor who = { .name = k->name, .role = PERSON_FACILITATOR, .host = false };
	struct host_gift gift = { k->now_ns, rand_bits() };
	struct command_scene s = { k->d, k->name, PERSON_FACILITATOR, k->now_ns,
		zones_of(&k->zones, k->d), k->last_event_ns, rand_bits };
	struct op op;
	bool good;

	if (!command_read_line(&s, line, &op, e))
		return false;
	if (op.command == NULL)
		return true;
	op.by = mem_dup(k->name);
	good = debrief_check(k->d, &who, &op, e);
	if (good) {
		debrief_complete(k->d, &who, &op, &gift);
		debrief_apply(k->d, &op);
		note_event(k, &op);
	}
	op_fini(&op);
	return good;
}

bool
begin_script(struct debrief *d, const char *script, size_t len, const char *name, int64_t now_ns,
    struct err *e)
{
	struct scripted k = { d, name, now_ns, TIME_NONE, { 0 } };
	const char *end = script + len;
	bool good = true;

	for (size_t number = 1; good && script < end; number++) {
		const char *newline = memchr(script, '\n', (size_t)(end - script));
		size_t n = newline != NULL ? (size_t)(newline - script) : (size_t)(end - script);
		char *line = mem_dupn(script, n);

		good = run_line(&k, line, e) || err_prefix(e, "line %zu", number);
		free(line);
		script += n + 1;
	}
	zones_fini(&k.zones);
	return good;
}
