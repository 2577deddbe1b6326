#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/session_state.h"
#include "live/host.h"
#include "storage/earlier.h"

/* What the history remembers for this debrief, to choose from: open actions are carried over, of
 * those done it is asked whether they held. */
enum { SHOW_MOST = 60 };

static struct debrief *
read_newest(struct repo *r, const struct entry *entry, struct err *e)
{
	return entry->live || entry->journal != NULL ? host_read(r, entry, NULL, NULL, e)
						     : history_read(r, entry, NULL, e);
}

static void
add_field(struct strs *words, const char *field, const char *value)
{
	if (value != NULL && value[0] != '\0')
		strs_take(words, mem_fmt("%s=%s", field, value));
}

/* "action add TEXT carried_from=ID ..." */
static void
offer_open(const struct earlier *all, const struct earlier_action *a, struct strs *out)
{
	static const char *const kept[] = { "owner", "due", "kind", "done_when" };
	struct strs words = { 0 };
	struct buf line = { 0 };

	strs_add(&words, "action");
	strs_add(&words, "add");
	strs_add(&words, a->action->text != NULL ? a->action->text : "");
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->v[i].name, a->name) == 0)
			add_field(&words, "carried_from",
			    a->action->carried_from != NULL ? a->action->carried_from
							    : all->v[i].d->item.id.s);
	add_field(&words, "status", "accepted");
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		const struct field *f = schema_field(KIND_ACTION, kept[i]);
		struct value v = field_get(&a->action->item, f);
		struct buf text = { 0 };
		if (!value_is_default(f, &v))
			value_words(f, &v, &text);
		add_field(&words, kept[i], text.data);
		buf_fini(&text);
		value_fini(&v);
	}
	words_join(&words, &line);
	strs_take(out, mem_fmt("%s\t%s\tcarry over: %s (%s, %s)", line.data,
			   a->state == EARLIER_OVERDUE ? "◆" : "○",
			   a->action->text != NULL ? a->action->text : "",
			   a->action->owner != NULL ? a->action->owner : "nobody",
			   a->name));
	buf_fini(&line);
	strs_fini(&words);
}

static void
offer_done(const struct earlier_action *a, struct strs *out)
{
	char *question = mem_fmt("Did it hold: %s (%s A%lld)?",
	    a->action->text != NULL ? a->action->text : "", a->name,
	    (long long)a->action->item.number);
	struct strs words = { 0 };
	struct buf line = { 0 };

	strs_add(&words, "question");
	strs_add(&words, "add");
	strs_add(&words, question);
	words_join(&words, &line);
	strs_take(out, mem_fmt("%s\t✓\tdone, and did it hold? %s (%s)", line.data,
			   a->action->text != NULL ? a->action->text : "", a->name));
	buf_fini(&line);
	strs_fini(&words);
	free(question);
}

static void
offer_all(const struct earlier *s, int64_t today, struct strs *out)
{
	struct earlier_actions acts;

	earlier_actions(s, today, &acts);
	for (size_t i = 0; i < acts.n && out->n < SHOW_MOST; i++) {
		if (acts.v[i].state == EARLIER_DONE)
			offer_done(&acts.v[i], out);
		else
			offer_open(s, &acts.v[i], out);
	}
	earlier_actions_fini(&acts);
	for (size_t i = 0; i < s->n && out->n < SHOW_MOST; i++)
		if (s->v[i].why != NULL)
			strs_take(out, mem_fmt("\t≈\tlooks alike: %s (%s)", s->v[i].name, s->v[i].why));
}

bool
session_earlier_lines(struct session *s, struct strs *out, struct err *e)
{
	const struct earlier_how how = { .read = read_newest };
	struct scene sc = session_scene(s);
	struct earlier found;
	struct entry entry;
	bool good;

	if (s->o->repo == NULL || s->o->place == NULL || s->o->entry_name == NULL)
		return err_set(e, ERR_MISSING, "the history is not on this machine: nothing to show");
	if (!history_find(s->o->repo, s->o->entry_name, &entry, e))
		return false;
	good = earlier_read(s->o->repo, &entry, &how, NULL, &found, e);
	if (good) {
		struct civil t = zone_civil(sc.zone, sc.now_ns);
		offer_all(&found, day_of_civil(t.year, t.month, t.day), out);
		earlier_fini(&found);
	}
	entry_fini(&entry);
	return good;
}

void
session_earlier(struct session *s)
{
	struct strs lines = { 0 };
	struct err e = { 0 };

	if (!session_earlier_lines(s, &lines, &e))
		ui_say(s->ui, e.text);
	else if (lines.n == 0)
		ui_say(s->ui, "no earlier debrief has open actions or looks like this one");
	else
		ui_show_lines(s->ui, "earlier debriefs   enter carries over or asks, esc closes", &lines);
	strs_fini(&lines);
}

/* Who prepares is told that there is something, once. */
static void
look_due(void *ctx)
{
	struct session *s = ctx;
	struct strs lines = { 0 };
	char *said;

	s->earlier_timer = 0;
	if (session_earlier_lines(s, &lines, NULL) && lines.n > 0 && ui_idle(s->ui)) {
		said = mem_fmt("%zu things of earlier debriefs belong here, open actions and look-alikes: "
			       ":earlier shows them",
		    lines.n);
		ui_say(s->ui, said);
		free(said);
		session_draw_soon(s);
		session_round_done(s);
	}
	strs_fini(&lines);
}

void
session_prepare(struct session *s)
{
	enum { LOOK_MS = 300 };
	const struct debrief *d = client_debrief(s->client);
	enum role_of role = client_role(s->client);

	if (d->stage != NULL && strcmp(d->stage, "prepare") == 0 && !s->o->demo &&
	    s->o->repo != NULL && (role == PERSON_FACILITATOR || role == PERSON_SCRIBE))
		s->earlier_timer = loop_after(s->loop, LOOK_MS, look_due, s);
}
