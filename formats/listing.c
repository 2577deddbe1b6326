#include "formats/listing.h"

#include <stdlib.h>

#include "base/json.h"
#include "model/schema.h"

struct listing {
	struct json_out o;
};

struct listing *
listing_begin(struct buf *out)
{
	struct listing *l = mem_zero(1, sizeof *l);

	json_out_init(&l->o, out, false);
	json_list_begin(&l->o, false);
	return l;
}

void
listing_end(struct listing *l)
{
	json_list_end(&l->o);
	json_end_line(&l->o);
	free(l);
}

static void
put_text(struct listing *l, const char *key, const char *text)
{
	if (text == NULL)
		return;
	json_key(&l->o, key);
	json_put_text(&l->o, text);
}

static void
put_set(struct listing *l, const char *key, const struct strs *set)
{
	json_key(&l->o, key);
	json_list_begin(&l->o, true);
	for (size_t i = 0; i < set->n; i++)
		json_put_text(&l->o, set->v[i]);
	json_list_end(&l->o);
}

static void
put_int(struct listing *l, const char *key, int64_t n)
{
	json_key(&l->o, key);
	json_put_int(&l->o, n);
}

static void
put_time(struct listing *l, const char *key, int64_t t_ns)
{
	char text[TIME_TEXT];

	if (t_ns != TIME_NONE)
		put_text(l, key, time_text(t_ns, text));
}

static void
put_choice(struct listing *l, enum kind kind, const char *key, int value)
{
	if (value > 0)
		put_text(l, key, schema_field(kind, key)->names[value]);
}

static void
put_content(struct listing *l, const struct debrief *d)
{
	char day[TIME_TEXT];

	put_text(l, "id", d->item.id.s);
	put_text(l, "title", d->title);
	put_text(l, "template", d->template);
	put_choice(l, KIND_DEBRIEF, "status", d->status);
	put_text(l, "stage", d->stage);
	put_time(l, "held_at", d->held_at_ns);
	if (d->day != TIME_NONE)
		put_text(l, "day", date_text(d->day, day));
	put_text(l, "severity", d->severity);
	for (int kind = 1; kind < N_KINDS; kind++)
		if (schema_of((enum kind)kind)->letter != 0)
			put_int(l, schema_of((enum kind)kind)->list, (int64_t)d->of[kind].n);
}

void
listing_debrief(
    struct listing *l, const char *name, bool live, const struct debrief *d, const char *why)
{
	json_object_begin(&l->o);
	put_text(l, "name", name);
	json_key(&l->o, "live");
	json_put_bool(&l->o, live);
	if (d != NULL)
		put_content(l, d);
	else
		put_text(l, "error", why);
	json_object_end(&l->o);
}

void
listing_alike(
    struct listing *l, const char *name, bool live, const struct debrief *d, const char *why)
{
	json_object_begin(&l->o);
	put_text(l, "name", name);
	json_key(&l->o, "live");
	json_put_bool(&l->o, live);
	put_text(l, "why", why);
	put_content(l, d);
	json_object_end(&l->o);
}

void
listing_commit(struct listing *l, const struct listing_commit *c)
{
	json_object_begin(&l->o);
	put_text(l, "commit", c->commit);
	put_time(l, "at", c->at_ns);
	put_text(l, "author", c->author);
	put_text(l, "subject", c->subject);
	json_object_end(&l->o);
}

void
listing_action(struct listing *l, const char *debrief, const struct action *a, bool overdue)
{
	char day[TIME_TEXT];

	json_object_begin(&l->o);
	put_text(l, "debrief", debrief);
	put_text(l, "id", a->item.id.s);
	put_int(l, "number", a->item.number);
	put_text(l, "text", a->text);
	put_choice(l, KIND_ACTION, "kind", a->kind);
	put_choice(l, KIND_ACTION, "status", a->status);
	put_text(l, "owner", a->owner);
	if (a->due_day != TIME_NONE)
		put_text(l, "due", date_text(a->due_day, day));
	json_key(&l->o, "overdue");
	json_put_bool(&l->o, overdue);
	put_text(l, "carried_from", a->carried_from);
	json_object_end(&l->o);
}

void
listing_finding(struct listing *l, const struct listing_finding *f)
{
	json_object_begin(&l->o);
	put_text(l, "file", f->file);
	put_int(l, "line", (int64_t)f->line);
	put_int(l, "column", (int64_t)f->column);
	put_text(l, "rule", f->rule);
	put_text(l, "words", f->words);
	put_text(l, "question", f->question);
	json_object_end(&l->o);
}

void
listing_rule(struct listing *l, const char *rule, const char *about, const char *question)
{
	json_object_begin(&l->o);
	put_text(l, "rule", rule);
	put_text(l, "about", about);
	put_text(l, "question", question);
	json_object_end(&l->o);
}

void
listing_template(struct listing *l, const struct listing_template *t)
{
	json_object_begin(&l->o);
	put_text(l, "name", t->name);
	put_text(l, "source", t->source);
	put_text(l, "about", t->about);
	put_set(l, "languages", t->languages);
	put_text(l, "unusable", t->why);
	json_object_end(&l->o);
}

void
listing_note(struct listing *l, const struct note *n)
{
	json_object_begin(&l->o);
	put_text(l, "id", n->item.id.s);
	put_time(l, "at", n->at_ns);
	put_text(l, "text", n->text);
	put_text(l, "kind", note_field("kind")->names[n->kind]);
	put_text(l, "service", n->service);
	put_set(l, "tags", &n->tags);
	put_text(l, "status", note_field("status")->names[n->status]);
	if (id_some(n->debrief))
		put_text(l, "debrief", n->debrief.s);
	put_text(l, "reason", n->reason);
	json_object_end(&l->o);
}
