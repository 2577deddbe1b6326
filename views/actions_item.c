#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/coverage.h"
#include "model/schema.h"
#include "views/actions.h"
#include "views/draw.h"
#include "views/words.h"

enum { LABEL_COLS = 11, ROWS = 5, ROWS_MOST = 8, DETAILS = 7, TEXT_ROWS_MOST = 4 };

static const struct action *
selected_action(const struct scene *sc, const struct pane_state *s)
{
	return (const struct action *)debrief_find(sc->d, KIND_ACTION, s->selected);
}

/* "C1 Cache stampede on cold keys ▸ why 3" for each of its causes. */
static void
put_causes(struct buf *out, const struct debrief *d, const struct action *a)
{
	const struct cause **v = mem_zero(a->causes.n + 1, sizeof(struct cause *));
	size_t n = action_causes(a, d, v);

	for (size_t i = 0; i < n; i++) {
		const struct cause *c = v[i];
		int depth;
		buf_addf(out, "%sC%lld %s", out->len > 0 ? ", " : "", (long long)c->item.number,
		    c->text ? c->text : "");
		depth = cause_depth(d, c);
		if (depth > 0)
			word_put(out, WORD_WHY_STEP, digits(depth).s);
	}
	free(v);
}

static void
put_title(struct buf *out, const struct scene *sc, const struct action *a)
{
	struct buf status = { 0 };
	long days = action_days(a, sc);
	char name[24];

	item_short_name(sc->d, KIND_ACTION, &a->item, name);
	action_status(&status, a, sc);
	if (days != LONG_MAX) {
		buf_adds(&status, ", ");
		if (days < 0)
			word_count(&status, -days, WORD_OVERDUE_BY_1);
		else if (days == 0)
			buf_adds(&status, word(WORD_DUE_TODAY));
		else
			word_count(&status, days, WORD_DUE_IN_1);
	}
	word_put(out, WORD_WITH_STATUS, name, status.data ? status.data : "");
	buf_fini(&status);
}

static void
put_facts(struct buf *out, const struct scene *sc, const struct action *a)
{
	const char *facts[] = { a->urgent ? word(WORD_URGENT) : "",
		enum_name(KIND_ACTION, "kind", a->kind),
		enum_name(KIND_CAUSE, "level", action_level(a, sc->d)),
		a->owner ? a->owner : word(WORD_NO_OWNER),
		a->carried_from ? word(WORD_CARRIED) : "" };

	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		if (facts[i][0] != '\0')
			buf_addf(out, "%s%s", out->len > 0 ? " · " : "", facts[i]);
	if (a->votes > 0) {
		buf_adds(out, " · ");
		word_count(out, a->votes, WORD_VOTE_1);
	}
}

struct details {
	enum word labels[DETAILS];
	const char *texts[DETAILS];
	int n;
};

static void
add_detail(struct details *t, enum word label, const char *text)
{
	if (text == NULL || text[0] == '\0' || t->n == DETAILS)
		return;
	t->labels[t->n] = label;
	t->texts[t->n++] = text;
}

static struct details
details_of(const struct action *a, const char *causes)
{
	struct details t = { .n = 0 };

	add_detail(&t, WORD_DONE_WHEN, a->done_when);
	add_detail(&t, WORD_CAUSE_LABEL, causes);
	add_detail(&t, WORD_REASON, a->reason);
	add_detail(&t, WORD_PROOF, a->proof);
	add_detail(&t, WORD_LINK, a->link);
	add_detail(&t, WORD_INSTEAD, a->instead_of);
	return t;
}

static void
draw_details(struct canvas *c, struct rect r, const struct details *t)
{
	for (int i = 0; i < t->n && i < r.h; i++) {
		int used =
		    draw_text(c, line_at(r.y + i, r.x, r.w / 2), word(t->labels[i]), ROLE_DIM);
		used = used < LABEL_COLS - 1 ? LABEL_COLS : used + 2;
		draw_text(c, line_at(r.y + i, r.x + used, r.w - used), t->texts[i], ROLE_PLAIN);
	}
}

static void
draw_strip(const struct scene *sc, const struct action *a, struct canvas *c, struct rect r)
{
	struct rect in = { .y = r.y + 1, .x = r.x + 2, .h = r.h - 1, .w = r.w - 3 };
	struct buf title = { 0 }, facts = { 0 }, causes = { 0 };
	struct details t;
	int rows;

	put_title(&title, sc, a);
	put_facts(&facts, sc, a);
	put_causes(&causes, sc->d, a);
	draw_rule(c, line_at(r.y, r.x, r.w), title.data, NULL);
	rows = draw_wrapped(c, in, a->text, ROLE_HEAD | STYLE_BOLD);
	in.y += rows;
	in.h -= rows;
	if (rows == 1 &&
	    text_width(a->text, strlen(a->text)) + text_width(facts.data, facts.len) + 3 <= in.w) {
		draw_right(c, line_at(in.y - 1, in.x, in.w), facts.data, ROLE_COUNT);
	} else if (in.h > 0) {
		draw_text(c, line_at(in.y++, in.x, in.w), facts.data, ROLE_COUNT);
		in.h--;
	}
	t = details_of(a, causes.data);
	draw_details(c, in, &t);
	buf_fini(&title);
	buf_fini(&facts);
	buf_fini(&causes);
}

/* The whole of a cause that no action is for. */
static int
loose_strip(const struct scene *sc, const struct cause *cause, struct canvas *c, struct rect r)
{
	int rows = wrapped_rows(cause->text, r.w - 3, TEXT_ROWS_MOST);
	const struct category *cat =
	    (const struct category *)debrief_find(sc->d, KIND_CATEGORY, cause->category);
	struct buf title = { 0 };
	char name[24];

	if (c != NULL) {
		item_short_name(sc->d, KIND_CAUSE, &cause->item, name);
		word_put(&title, WORD_WITH_STATUS, name, word(WORD_NO_ACTION_YET));
		draw_rule(c, line_at(r.y, r.x, r.w), title.data, cat != NULL ? cat->name : NULL);
		draw_wrapped(c, (struct rect){ r.y + 1, r.x + 2, r.h - 1, r.w - 3 }, cause->text,
		    ROLE_HEAD | STYLE_BOLD);
	}
	buf_fini(&title);
	return rows + 1;
}

int
action_strip(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	struct action_list list;
	const struct cause *loose;
	const struct action *a;
	int rows = ROWS;

	action_list_init(&list, sc, s);
	a = list.at < list.n ? list.v[list.at] : NULL;
	loose = list.loose_at < list.n_loose ? list.loose[list.loose_at] : NULL;
	action_list_fini(&list);
	if (a != NULL && a->text != NULL)
		rows += wrapped_rows(a->text, area.w - 3, TEXT_ROWS_MOST) - 1;
	if (loose != NULL)
		rows = loose_strip(sc, loose, c, area);
	else if (s->layout == ACTIONS_CARD)
		return 0;
	else if (c != NULL && a != NULL)
		draw_strip(sc, a, c, area);
	else if (c != NULL)
		draw_rule(c, line_at(area.y, area.x, area.w), NULL, NULL);
	return rows < ROWS_MOST ? rows : ROWS_MOST;
}

static enum answer
type_for(const struct action *a, struct view_answer *out, const char *field, enum word label,
    const char *name)
{
	struct buf text = { 0 };
	char command[64];
	enum answer what;

	snprintf(command, sizeof command, "action set %s %s=", a->item.id.s, field);
	word_put(&text, label, name);
	what = answer_type(out, command, NULL, text.data);
	buf_fini(&text);
	return what;
}

/* Round through what an action can be, without the two that need a reason to be said. */
static enum answer
next_status(const struct action *a, struct view_answer *out)
{
	int next =
	    a->status >= ACTION_DONE || a->status < ACTION_IDEA ? ACTION_IDEA : a->status + 1;
	char command[80];

	snprintf(command, sizeof command, "action set %s status=%s", a->item.id.s,
	    enum_name(KIND_ACTION, "status", next));
	return answer_run(out, command);
}

static enum answer
about_action(const struct action *a, struct view_answer *out, const char *name)
{
	struct buf label = { 0 };
	char after[64];
	enum answer what;

	snprintf(after, sizeof after, " about=%s", a->item.id.s);
	word_put(&label, WORD_ADD_QUESTION, name);
	what = answer_type(out, "question add ", after, label.data);
	buf_fini(&label);
	return what;
}

static enum answer
edit(const struct action *a, struct view_answer *out, enum verb_of_key v, const char *name)
{
	char due[TIME_TEXT];

	out->edits = true;
	switch (v) {
	case DO_WHY:
		buf_adds(&out->text, a->done_when ? a->done_when : "");
		return type_long(type_for(a, out, "done_when", WORD_EDIT_DONE_WHEN, name), out);
	case DO_MOVE:
		buf_adds(&out->text, a->owner ? a->owner : "");
		return type_for(a, out, "owner", WORD_EDIT_OWNER, name);
	case DO_TIME:
		out->edits = false;
		if (a->due_day != TIME_NONE)
			buf_adds(&out->text, date_text(a->due_day, due));
		return type_for(a, out, "due", WORD_EDIT_DUE, name);
	default:
		buf_adds(&out->text, a->text ? a->text : "");
		return type_long(type_for(a, out, "text", WORD_EDIT_TEXT, name), out);
	}
}

/* An action for the cause that has none. */
static bool
answer_loose(const struct scene *sc, const struct pane_state *s, struct view_answer *out)
{
	const struct item *cause = debrief_find(sc->d, KIND_CAUSE, s->selected);
	struct buf label = { 0 };
	char after[64], name[24];

	if (cause == NULL)
		return false;
	item_short_name(sc->d, KIND_CAUSE, cause, name);
	snprintf(after, sizeof after, " causes=%s", cause->id.s);
	word_put(&label, WORD_ADD_ACTION_FOR, name);
	answer_type(out, "action add ", after, label.data);
	buf_fini(&label);
	return true;
}

enum answer
action_verb(
    struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct view_answer *out)
{
	const struct action *a = selected_action(sc, s);
	char name[24], command[64];

	if ((v == DO_ADD || v == DO_ACTION_HERE || v == DO_MENU) && a == NULL &&
	    answer_loose(sc, s, out))
		return ANSWER_TYPE;
	if (v == DO_ADD || v == DO_ACTION_HERE) {
		out->again = v == DO_ADD;
		return answer_type(out, "action add ", NULL, word(WORD_ADD_ACTION));
	}
	if (v == DO_EVENT_NOW)
		return answer_type(out, "event add now ", NULL, word(WORD_ADD_EVENT_NOW));
	if (a == NULL)
		return ANSWER_NOT_MINE;
	item_short_name(sc->d, KIND_ACTION, &a->item, name);
	switch (v) {
	case DO_EDIT:
	case DO_WHY:
	case DO_MOVE:
	case DO_TIME:
		return edit(a, out, v, name);
	case DO_PHASE:
		return next_status(a, out);
	case DO_QUESTION_HERE:
		return about_action(a, out, name);
	case DO_REMOVE:
		snprintf(command, sizeof command, "action remove %s", a->item.id.s);
		return answer_run(out, command);
	default:
		return ANSWER_NOT_MINE;
	}
}
