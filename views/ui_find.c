#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/lookup.h"
#include "views/deck.h"
#include "views/draw.h"
#include "views/ui_state.h"
#include "views/words.h"

enum { FOUND_MAX = 200, FOUND_TEXT = 300 };

/* Does a text of the item hold the words? `where` gets the first that does. */
static bool
prose_with(enum kind kind, const struct item *it, const char *words, struct buf *where)
{
	const struct schema *sm = schema_of(kind);
	bool hit = false;

	for (size_t i = 0; i < sm->n_fields && !hit; i++) {
		struct value val;
		if (!sm->fields[i].prose)
			continue;
		val = field_get(it, &sm->fields[i]);
		hit = val.text != NULL && text_has(val.text, words);
		if (hit && where != NULL)
			text_clean(where, val.text, strlen(val.text), TEXT_LINE);
		value_fini(&val);
	}
	return hit;
}

/* The next item of the pane that holds the words, after the selected one, in the pane's order. */
static bool
find_from(struct ui *u, const struct scene *sc, const char *words, enum verb_of_key step)
{
	const struct view *v = ui_view(u);
	struct pane_state *s = &u->panes[u->pane];
	struct rect area = ui_pane_rect(u, sc);
	struct id start = s->selected, last = { "" };

	for (size_t turns = 0; turns < 20000; turns++) {
		struct view_answer a = { 0 };
		enum kind kind;
		const struct item *it;

		if (!id_equal(s->selected, last) && (it = debrief_any(sc->d, s->selected, &kind)) != NULL) {
			if (turns > 0 && prose_with(kind, it, words, NULL))
				return true;
		}
		last = s->selected;
		v->verb(s, sc, step, area, &a);
		view_fini_answer(&a);
		if (id_equal(last, s->selected)) {
			v->verb(s, sc, DO_FIRST, area, &a);
			view_fini_answer(&a);
			if (turns > 0 && id_equal(s->selected, start))
				break;
		}
	}
	s->selected = start;
	return false;
}

void
ui_find_key(struct ui *u, const struct scene *sc, const struct key *k)
{
	switch (modal_act(MODAL_FIND, k)) {
	case DOES_DO:
		if (edit_text(u->edit)[0] != '\0' && !find_from(u, sc, edit_text(u->edit), DO_DOWN))
			ui_say(u, word(WORD_SAY_NOT_FOUND_IN));
		ui_set_mode(u, MODE_PANE);
		break;
	case DOES_CLOSE:
		ui_set_mode(u, MODE_PANE);
		break;
	default:
		edit_key(u->edit, k);
		break;
	}
}

/* What a person at this screen, or on its wall, is not to be shown. */
static bool
kept_back(const struct scene *sc, enum kind kind, const struct item *it)
{
	if (kind == KIND_EVENT && sc->d->curtain_ns != TIME_NONE)
		return ((const struct event *)it)->at_ns > sc->d->curtain_ns;
	if (kind == KIND_CARD && scene_public(sc)) {
		const struct card *card = (const struct card *)it;
		const struct item *col = debrief_find(sc->d, KIND_COLUMN, card->column);
		return col == NULL || ((const struct column *)col)->hidden;
	}
	return false;
}

static void
find_in_kind(struct ui *u, const struct scene *sc, enum kind kind, const char *words)
{
	const struct items *items = &sc->d->of[kind];

	for (size_t i = 0; i < items->n && u->completions.n < FOUND_MAX; i++) {
		struct buf text = { 0 };
		char name[24];
		if (!kept_back(sc, kind, items->v[i]) &&
		    prose_with(kind, items->v[i], words, &text)) {
			item_short_name(sc->d, kind, items->v[i], name);
			strs_take(&u->completions, mem_fmt("%s\t%s\t%.*s", items->v[i]->id.s, name,
						       (int)utf8_valid(text.data, text.len < FOUND_TEXT
								       ? text.len
								       : FOUND_TEXT),
						       text.data));
		}
		buf_fini(&text);
	}
}

static void
find_everywhere(struct ui *u, const struct scene *sc)
{
	/* In the order a meeting makes them. */
	static const enum kind kinds[] = { KIND_EVENT, KIND_CARD, KIND_CAUSE, KIND_ACTION,
		KIND_COLUMN, KIND_CATEGORY };
	const char *words = edit_text(u->edit);

	strs_fini(&u->completions);
	for (size_t i = 0; words[0] != '\0' && i < sizeof kinds / sizeof *kinds; i++)
		find_in_kind(u, sc, kinds[i], words);
	if (u->choice >= (int)u->completions.n)
		u->choice = 0;
}

void
ui_open_find(struct ui *u, const struct scene *sc)
{
	ui_open_line(u, MODE_FIND_ALL, "");
	find_everywhere(u, sc);
}

static void
go_to_found(struct ui *u, const struct scene *sc)
{
	struct id id = { "" };
	char *line = u->completions.n > 0 ? mem_dup(u->completions.v[u->choice]) : NULL;
	bool typed = edit_text(u->edit)[0] != '\0';

	ui_set_mode(u, MODE_PANE);
	if (line != NULL) {
		line[strcspn(line, "\t")] = '\0';
		if (!id_parse(line, &id) || !ui_show_item(u, sc, id))
			ui_say(u, word(WORD_SAY_THAT_IS_NOT));
		else
			ui_free_moves(u, DO_FIND);
	} else if (typed) {
		ui_say(u, word(WORD_SAY_NOT_FOUND_IN_ANY));
	}
	free(line);
}

void
ui_find_all_key(struct ui *u, const struct scene *sc, const struct key *k)
{
	int n = (int)u->completions.n;

	switch (modal_act(MODAL_FIND_ALL, k)) {
	case DOES_DOWN: u->choice = n > 0 ? (u->choice + 1) % n : 0; break;
	case DOES_UP: u->choice = n > 0 ? (u->choice + n - 1) % n : 0; break;
	case DOES_DO: go_to_found(u, sc); break;
	case DOES_CLOSE: ui_set_mode(u, MODE_PANE); break;
	default:
		edit_key(u->edit, k);
		find_everywhere(u, sc);
		break;
	}
}

void
ui_draw_found(struct ui *u, struct canvas *c, struct rect area)
{
	ui_draw_rows(c, area,
	    &(struct ui_list){ .lines = &u->completions, .at = u->choice, .name_cols = UI_NAME_COLS });
}
