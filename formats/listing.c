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
	json_object_end(&l->o);
}
