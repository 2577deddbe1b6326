#include <stdio.h>
#include <string.h>

#include "views/ui_state.h"
#include "views/words.h"

static bool
is_kind(const struct debrief *d, const char *text, enum kind kind)
{
	struct id id;

	return id_parse(text, &id) && debrief_find(d, kind, id) != NULL;
}

static size_t
marks_of(const struct ui *u, const struct debrief *d, enum kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < u->marked.n; i++)
		n += is_kind(d, u->marked.v[i], kind);
	return n;
}

/* What the marks are good for. */
static void
say_marks(struct ui *u, const struct debrief *d, enum kind kind)
{
	size_t n = marks_of(u, d, kind);
	struct buf b = { 0 };

	if (n == 0) {
		buf_adds(&b, word(WORD_SAY_NOTHING_IS_MARKED));
	} else {
		word_put(&b, WORD_SAY_MARKED, digits((int64_t)n).s);
		switch (kind) {
		case KIND_CARD: buf_adds(&b, word(WORD_SAY_M_PUTS_THEM)); break;
		case KIND_EVENT: buf_adds(&b, word(WORD_SAY_EVIDENCE_FOR_A)); break;
		case KIND_CAUSE: buf_adds(&b, word(WORD_SAY_M_X_ON)); break;
		default: buf_adds(&b, word(WORD_SAY_P_T_M)); break;
		}
	}
	ui_say(u, b.data);
	buf_fini(&b);
}

void
ui_mark(struct ui *u, const struct scene *sc)
{
	struct id id = ui_state(u)->selected;
	struct strs rest = { 0 };
	bool was = strs_has(&u->marked, id.s);
	enum kind kind;

	if (debrief_any(sc->d, id, &kind) == NULL || kind == KIND_STAGE || kind == KIND_COLUMN ||
	    kind == KIND_CATEGORY) {
		ui_say(u, word(WORD_SAY_CARDS_EVENTS_CAUSES));
		return;
	}
	for (size_t i = 0; i < u->marked.n; i++)
		if (strcmp(u->marked.v[i], id.s) != 0)
			strs_add(&rest, u->marked.v[i]);
	if (!was)
		strs_add(&rest, id.s);
	strs_fini(&u->marked);
	u->marked = rest;
	if (kind != KIND_CARD || was)
		say_marks(u, sc->d, kind);
}

static bool
acts_on_all(enum verb_of_key verb)
{
	return verb == DO_REMOVE || verb == DO_MOVE || verb == DO_TIME || verb == DO_PHASE;
}

void
ui_mark_spread(struct ui *u, const struct scene *sc, enum verb_of_key verb, struct view_answer *a)
{
	struct id id = ui_state(u)->selected;
	const char *at = a->command.data != NULL ? strstr(a->command.data, id.s) : NULL;
	struct buf line = { 0 };
	enum kind kind;

	if (at == NULL || !acts_on_all(verb) || !strs_has(&u->marked, id.s) ||
	    debrief_any(sc->d, id, &kind) == NULL || marks_of(u, sc->d, kind) < 2)
		return;
	buf_add(&line, a->command.data, (size_t)(at - a->command.data));
	buf_adds(&line, id.s);
	for (size_t i = 0; i < u->marked.n; i++)
		if (strcmp(u->marked.v[i], id.s) != 0 && is_kind(sc->d, u->marked.v[i], kind))
			buf_addf(&line, " %s", u->marked.v[i]);
	buf_adds(&line, at + strlen(id.s));
	if (a->label.len > 0)
		word_put(&a->label, WORD_SAY_AND_MORE,
		    digits((int64_t)marks_of(u, sc->d, kind) - 1).s);
	buf_fini(&a->command);
	a->command = line;
	a->edits = false;
}

void
ui_unmark(struct ui *u, const char *line)
{
	if (strncmp(line, "card group", 10) == 0 || strstr(line, " remove ") != NULL)
		strs_fini(&u->marked);
}
