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

static bool
has_field(const struct change *c, const char *name)
{
	for (size_t i = 0; i < c->n_set; i++)
		if (strcmp(c->set[i].field->name, name) == 0)
			return true;
	return false;
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
fill_op(const struct template *t, const struct beginning *b, struct id id, struct op *op)
{
	struct change *c;

	template_begin(t, b->minutes, rand_bits(), op);
	c = debrief_change(op, id);
	c->id = id;
	change_put_text(c, "title", b->title);
	if (!has_field(c, "template") && strcmp(t->name, "incident") != 0)
		change_put_text(c, "template", t->name);
	if (!has_field(c, "stage") && first_stage(op) != NULL)
		change_put_text(c, "stage", first_stage(op));
	change_put_num(c, "held_at", b->now_ns - b->now_ns % NS_PER_S);
	c = op_add(op, VERB_ADD, KIND_PERSON, id_random());
	change_put_text(c, "name", b->name);
	change_put_num(c, "role", PERSON_FACILITATOR);
}

static bool
title_ok(const char *title, struct err *e)
{
	if (title[0] == '\0')
		return err_set(
		    e, ERR_REFUSED, "the title is empty: nothing was begun: give it a title");
	return text_ok(title, strlen(title), TEXT_LINE, e) || err_prefix(e, "title");
}

struct debrief *
begin_debrief(struct repo *r, const struct beginning *b, struct err *e)
{
	struct actor host = { b->name, PERSON_FACILITATOR, true };
	struct host_gift gift = { b->now_ns, rand_bits() };
	struct debrief *d;
	struct template *t;
	struct op op = { 0 };

	if (!title_ok(b->title, e))
		return NULL;
	t = template_load(r != NULL ? repo_work_dir(r) : NULL, b->template, e);
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
	struct actor who = { k->name, PERSON_FACILITATOR, false };
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
