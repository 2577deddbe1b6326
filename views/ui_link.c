#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/ui_state.h"
#include "views/words.h"

/* The chain goes from events over causes to actions: a step on, or back. */
enum { LINK_TEXT = 300 };

static void
offer(struct ui *u, const struct scene *sc, enum kind kind, const struct item *it, const char *text)
{
	char name[24];

	item_short_name(sc->d, kind, it, name);
	text = text != NULL ? text : "";
	strs_take(&u->completions,
	    mem_fmt("%s\t%s\t%.*s", it->id.s, name,
		(int)utf8_valid(text, strlen(text) < LINK_TEXT ? strlen(text) : LINK_TEXT), text));
}

static void
offer_ids(struct ui *u, const struct scene *sc, const struct strs *ids, enum kind kind)
{
	for (size_t i = 0; i < ids->n; i++) {
		struct id id;
		const struct item *it =
		    id_parse(ids->v[i], &id) ? debrief_find(sc->d, kind, id) : NULL;
		if (it != NULL)
			offer(u, sc, kind, it,
			    kind == KIND_EVENT ? ((const struct event *)it)->text
					       : ((const struct cause *)it)->text);
	}
}

/* Causes that name the event, actions that are for the cause. */
static void
offer_users(struct ui *u, const struct scene *sc, enum kind kind, struct id of)
{
	for (size_t i = 0; i < sc->d->of[kind].n; i++) {
		const struct item *it = sc->d->of[kind].v[i];
		const struct cause *c = (const struct cause *)it;
		const struct action *a = (const struct action *)it;
		if (strs_has(kind == KIND_CAUSE ? &c->evidence : &a->causes, of.s))
			offer(u, sc, kind, it, kind == KIND_CAUSE ? c->text : a->text);
	}
}

static void
offer_links(struct ui *u, const struct scene *sc, bool on, enum kind kind, const struct item *it)
{
	if (kind == KIND_EVENT && on)
		offer_users(u, sc, KIND_CAUSE, it->id);
	else if (kind == KIND_CAUSE && on)
		offer_users(u, sc, KIND_ACTION, it->id);
	else if (kind == KIND_CAUSE)
		offer_ids(u, sc, &((const struct cause *)it)->evidence, KIND_EVENT);
	else if (kind == KIND_ACTION && !on)
		offer_ids(u, sc, &((const struct action *)it)->causes, KIND_CAUSE);
}

static const char *
nothing_there(enum kind kind, bool on)
{
	if (kind == KIND_EVENT && on)
		return word(WORD_SAY_NO_CAUSE_NAMES);
	if (kind == KIND_CAUSE && on)
		return word(WORD_SAY_NO_ACTION_IS);
	if (kind == KIND_CAUSE)
		return word(WORD_SAY_NOTHING_SHOWS_IT);
	if (kind == KIND_ACTION && !on)
		return word(WORD_SAY_NO_CAUSE_IS);
	return word(WORD_SAY_THE_CHAIN_GOES);
}

static void
go_to(struct ui *u, const struct scene *sc, const char *line)
{
	char *copy = mem_dup(line);
	struct id id;

	copy[strcspn(copy, "\t")] = '\0';
	if (id_parse(copy, &id) && ui_show_item(u, sc, id))
		ui_free_moves(u, DO_FIND);
	free(copy);
}

void
ui_link(struct ui *u, const struct scene *sc, bool on)
{
	struct id id = ui_state(u)->selected;
	enum kind kind = KIND_DEBRIEF;
	const struct item *it = debrief_any(sc->d, id, &kind);

	strs_fini(&u->completions);
	if (it != NULL)
		offer_links(u, sc, on, kind, it);
	if (u->completions.n == 0) {
		ui_say(u, nothing_there(kind, on));
	} else if (u->completions.n == 1) {
		go_to(u, sc, u->completions.v[0]);
		strs_fini(&u->completions);
	} else {
		u->mode = MODE_LINKS;
		u->choice = 0;
	}
}

void
ui_link_key(struct ui *u, const struct scene *sc, const struct key *k)
{
	char *line;

	if (!ui_list_key(u, k))
		return;
	line = mem_dup(u->completions.v[u->choice]);
	ui_set_mode(u, MODE_PANE);
	go_to(u, sc, line);
	free(line);
}

void
ui_draw_links(struct ui *u, struct canvas *c)
{
	ui_draw_list(c, MODAL_LIST, word(WORD_SAY_WHERE_TO), &(struct ui_list){ .lines = &u->completions,
		.at = u->choice, .name_cols = UI_NAME_COLS, .keys = UI_DIGITS });
}

/* Those of the marked that are of a kind, after `line`; how many. */
static size_t
add_marked(const struct ui *u, const struct debrief *d, enum kind kind, struct buf *line)
{
	struct id id;
	size_t n = 0;

	for (size_t i = 0; i < u->marked.n; i++)
		if (id_parse(u->marked.v[i], &id) && debrief_find(d, kind, id) != NULL)
			buf_addf(line, "%s%s", n++ > 0 ? "," : "", id.s);
	return n;
}

/* Every cause, to choose what an action is for. */
static void
offer_causes(struct ui *u, const struct debrief *d, const struct item *action)
{
	struct strs lines = { 0 };
	char name[24];

	for (size_t i = 0; i < DEBRIEF_N(d, CAUSE); i++) {
		const struct cause *c = DEBRIEF_AT(d, CAUSE, cause, i);
		item_short_name(d, KIND_CAUSE, &c->item, name);
		strs_take(&lines, mem_fmt("action set %s causes+=%s\t%s\t%s", action->id.s,
				      c->item.id.s, name, c->text != NULL ? c->text : ""));
	}
	if (lines.n > 0)
		ui_show_lines(u, word(WORD_SAY_WHICH_CAUSE), &lines);
	else
		ui_say(u, word(WORD_SAY_NO_CAUSES_YET));
	strs_fini(&lines);
}

static void
run_link(struct ui *u, const char *line, struct ui_out *out)
{
	ui_run(u, line, out);
	strs_fini(&u->marked);
}

/* The marked events become evidence of the selected cause, marked causes what an action is for. */
void
ui_link_marked(struct ui *u, const struct scene *sc, struct ui_out *out)
{
	struct id id = ui_state(u)->selected;
	const struct item *action = debrief_find(sc->d, KIND_ACTION, id);
	struct buf line = { 0 };

	if (action != NULL) {
		buf_addf(&line, "action set %s causes+=", id.s);
		if (add_marked(u, sc->d, KIND_CAUSE, &line) > 0)
			run_link(u, line.data, out);
		else
			offer_causes(u, sc->d, action);
	} else if (debrief_find(sc->d, KIND_CAUSE, id) != NULL) {
		buf_addf(&line, "cause set %s evidence+=", id.s);
		if (add_marked(u, sc->d, KIND_EVENT, &line) > 0)
			run_link(u, line.data, out);
		else if (!ui_open_evidence(u, sc))
			ui_say(u, word(WORD_SAY_NO_EVENTS_YET));
	} else {
		ui_say(u, word(WORD_SAY_SELECT_A_CAUSE));
	}
	buf_fini(&line);
}
