/* What the room does to the debrief as a whole: put off, draft, look at it by other categories. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "commands/build.h"
#include "commands/fields.h"
#include "model/category_set.h"
#include "model/draft.h"

/* A day to come: "2026-12-01", "14d". */
static bool
read_day(const struct command_scene *s, const char *text, struct change *c, struct err *e)
{
	struct field_job j = { .s = s, .kind = KIND_DEBRIEF, .change = c };
	int64_t today = zone_day(s->zone, s->now_ns), day;

	if (date_said(text, today, &day) && day <= today)
		return err_set(e, ERR_REFUSED,
		    "%s is not later than today: nothing was changed: write the date when you "
		    "look at it again",
		    text);
	return field_text(&j, "look_again", text, e);
}

BUILDER(build_later)
{
	size_t soaking = 0;

	if (!words_count(c, args, 1, 1, e) ||
	    !read_day(s, args->v[0], op_add(out, VERB_SET, KIND_DEBRIEF, s->d->item.id), e))
		return false;
	for (size_t i = 0; i < DEBRIEF_N(s->d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(s->d, ACTION, action, i);
		soaking += a->status == ACTION_SOAKING;
		if (a->status != ACTION_IDEA && a->status != ACTION_PROPOSED)
			continue;
		if (a->urgent && a->kind == ACT_MITIGATE) /* a safety fix cannot wait */
			continue;
		soaking++;
		change_put_num(
		    op_add(out, VERB_SET, KIND_ACTION, a->item.id), "status", ACTION_SOAKING);
	}
	return soaking > 0 ||
	       err_set(e, ERR_REFUSED,
		   "there is no idea that could wait: nothing was changed: action add TEXT keeps "
		   "one, set look_again=%s the date alone",
		   args->v[0]);
}

/* ---- drafts ---- */

static bool
draft_into(
    const struct command_scene *s, const char *field, const char *now, char *text, struct op *out)
{
	bool empty = now == NULL && text != NULL && text[0] != '\0';

	if (empty)
		change_put_text(op_add(out, VERB_SET, KIND_DEBRIEF, s->d->item.id), field, text)
		    ->has_seen = true; /* somebody may be writing it just now */
	free(text);
	return empty;
}

BUILDER(build_draft)
{
	bool some;

	if (!words_count(c, args, 0, 0, e))
		return false;
	some = draft_into(s, "summary", s->d->summary, draft_summary(s->d, s->zone), out);
	some |= draft_into(s, "impact", s->d->impact, draft_impact(s->d, s->zone), out);
	if (some)
		return true;
	if (s->d->summary != NULL && s->d->impact != NULL)
		return err_set(e, ERR_REFUSED,
		    "summary and impact are written already: nothing was changed: set "
		    "summary=TEXT writes it anew");
	return err_set(e, ERR_REFUSED,
	    "the timeline does not say yet for how long it was felt: nothing was changed: event "
	    "set E1 phase=started says when it began, set impact=TEXT writes it");
}

/* ---- categories ---- */

static bool
say_sets(const char *name, struct err *e)
{
	struct buf list = { 0 };

	for (size_t i = 0; i < n_category_sets; i++)
		buf_addf(&list, "%s%s", i > 0 ? ", " : "", category_sets[i].name);
	err_set(e, ERR_MISSING,
	    "there is no set of categories \"%.40s\": nothing was changed: take "
	    "one of %s",
	    name, list.data);
	buf_fini(&list);
	return false;
}

static const struct category *
namesake(const struct debrief *d, const char *name)
{
	for (size_t i = 0; i < DEBRIEF_N(d, CATEGORY); i++) {
		const struct category *c = DEBRIEF_AT(d, CATEGORY, category, i);
		if (c->name != NULL && text_same(c->name, name))
			return c;
	}
	return NULL;
}

static bool
in_set(const struct category_set *set, const struct category *c)
{
	for (size_t i = 0; c->name != NULL && i < set->n; i++)
		if (text_same(set->v[i].name, c->name))
			return true;
	return false;
}

static bool
is_empty(const struct debrief *d, const struct category *c)
{
	for (size_t i = 0; i < DEBRIEF_N(d, CAUSE); i++)
		if (id_equal(DEBRIEF_AT(d, CAUSE, cause, i)->category, c->item.id))
			return false;
	return true;
}

/* One of the set: the category of that name, moved to its place with its causes, or a new one. */
static void
put_category(const struct command_scene *s, const struct set_category *of, struct op *out)
{
	const struct category *old = namesake(s->d, of->name);
	struct change *c;

	if (old != NULL) {
		c = op_add(out, VERB_SET, KIND_CATEGORY, old->item.id);
	} else {
		c = add_item(s, KIND_CATEGORY, out);
		change_put_text(c, "name", of->name);
		change_put_num(c, "level", of->level);
	}
	c->placed = true;
}

BUILDER(build_categories)
{
	const struct category_set *set;

	if (!words_count(c, args, 1, 1, e))
		return false;
	set = category_set_find(args->v[0]);
	if (set == NULL)
		return say_sets(args->v[0], e);
	for (size_t i = 0; i < set->n; i++)
		put_category(s, &set->v[i], out);
	for (size_t i = 0; i < DEBRIEF_N(s->d, CATEGORY); i++) {
		const struct category *old = DEBRIEF_AT(s->d, CATEGORY, category, i);
		bool keeps = !is_empty(s->d, old);
		if (in_set(set, old) && old == namesake(s->d, old->name))
			continue;
		op_add(out, keeps ? VERB_SET : VERB_REMOVE, KIND_CATEGORY, old->item.id)->placed =
		    keeps;
	}
	return true;
}
