#include <stdio.h>
#include <string.h>

#include "model/schema.h"
#include "views/draw.h"
#include "views/fishbone.h"
#include "views/words.h"

/* The item under the cursor. */
struct here {
	const struct scene *sc;
	const struct cause *cause;	 /* NULL: its category is selected */
	const struct category *category; /* of the bone; NULL: none */
	char name[24];			 /* "C4", or the category's name, short */
};

static struct here
find_here(const struct bones *b, const struct scene *sc)
{
	struct here h = { .sc = sc };

	if (b->at >= b->tree.n)
		return h;
	h.cause = b->tree.v[b->at].cause;
	h.category = b->tree.v[b->at].category;
	if (h.cause != NULL)
		item_short_name(sc->d, KIND_CAUSE, &h.cause->item, h.name);
	return h;
}

/* An answer whose command has the id and whose label has the short name in it. */
static enum answer
type_about(struct view_answer *out, const char *command, const char *after, enum word label,
    const char *name)
{
	struct buf text = { 0 };
	enum answer what;

	word_put(&text, label, name);
	what = answer_type(out, command, after, text.data);
	buf_fini(&text);
	return what;
}

static enum answer
add_cause(const struct here *h, struct view_answer *out)
{
	char command[64];

	out->again = true;
	if (h->category == NULL && DEBRIEF_N(h->sc->d, CATEGORY) == 0)
		return answer_type(out, "category add ", NULL, word(WORD_ADD_CATEGORY));
	snprintf(command, sizeof command, "cause add %s ",
	    h->category ? h->category->item.id.s : h->sc->d->of[KIND_CATEGORY].v[0]->id.s);
	return type_about(out, command, NULL, WORD_ADD_CAUSE,
	    h->category && h->category->name ? h->category->name : word(WORD_UNPLACED));
}

static enum answer
edit_here(const struct here *h, struct view_answer *out)
{
	char command[64];

	out->edits = true;
	if (h->cause == NULL) {
		snprintf(command, sizeof command, "category set %s name=", h->category->item.id.s);
		buf_adds(&out->text, h->category->name ? h->category->name : "");
		return answer_type(out, command, NULL, word(WORD_EDIT_NAME));
	}
	snprintf(command, sizeof command, "cause set %s text=", h->cause->item.id.s);
	buf_adds(&out->text, h->cause->text ? h->cause->text : "");
	return type_long(type_about(out, command, NULL, WORD_EDIT_TEXT, h->name), out);
}

static enum answer
move_here(const struct here *h, struct view_answer *out)
{
	struct buf names = { 0 };
	char command[64];
	enum answer what;

	snprintf(command, sizeof command, "cause move %s category=", h->cause->item.id.s);
	for (size_t i = 0; i < DEBRIEF_N(h->sc->d, CATEGORY); i++) {
		const struct category *c = DEBRIEF_AT(h->sc->d, CATEGORY, category, i);
		buf_addf(&names, "%s%s", i > 0 ? ", " : "", c->name ? c->name : "");
	}
	what = type_about(out, command, NULL, WORD_MOVE_CAUSE, names.data ? names.data : "");
	buf_fini(&names);
	return what;
}

static enum answer
run_on(struct view_answer *out, const char *command, struct id id)
{
	char line[64];

	snprintf(line, sizeof line, "%s %s", command, id.s);
	return answer_run(out, line);
}

/* Verbs that need a cause under the cursor. */
static enum answer
cause_verb(const struct here *h, enum verb_of_key v, struct view_answer *out)
{
	char command[64], after[64];

	switch (v) {
	case DO_WHY:
		snprintf(command, sizeof command, "why %s ", h->cause->item.id.s);
		return type_about(out, command, NULL, WORD_ADD_WHY, h->name);
	case DO_MOVE:
		return move_here(h, out);
	case DO_REMOVE:
		return run_on(out, "cause remove", h->cause->item.id);
	case DO_AGREE:
		return run_on(out, "agree", h->cause->item.id);
	case DO_DOUBT:
		return run_on(out, "doubt", h->cause->item.id);
	case DO_ACTION_HERE:
		snprintf(after, sizeof after, " causes=%s", h->cause->item.id.s);
		return type_about(out, "action add ", after, WORD_ADD_ACTION_FOR, h->name);
	case DO_QUESTION_HERE:
		snprintf(after, sizeof after, " about=%s", h->cause->item.id.s);
		return type_about(out, "question add ", after, WORD_ADD_QUESTION, h->name);
	default:
		return ANSWER_NOT_MINE;
	}
}

enum answer
fish_verb(struct bones *b, struct pane_state *s, const struct scene *sc, enum verb_of_key v,
    struct view_answer *out)
{
	struct here h = find_here(b, sc);

	(void)s;
	if (v == DO_ADD)
		return add_cause(&h, out);
	if (v == DO_EVENT_NOW)
		return answer_type(out, "event add now ", NULL, word(WORD_ADD_EVENT_NOW));
	if (v == DO_EDIT && (h.cause != NULL || h.category != NULL))
		return edit_here(&h, out);
	if (v == DO_REMOVE && h.cause == NULL && h.category != NULL)
		return run_on(out, "category remove", h.category->item.id);
	if (v == DO_ACTION_HERE && h.cause == NULL)
		return answer_type(out, "action add ", NULL, word(WORD_ADD_ACTION));
	return h.cause != NULL ? cause_verb(&h, v, out) : ANSWER_NOT_MINE;
}
