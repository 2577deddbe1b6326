#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/ui_state.h"

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
		return "no cause names it yet: c makes one of it";
	if (kind == KIND_CAUSE && on)
		return "no action is for it yet: A adds one";
	if (kind == KIND_CAUSE)
		return "nothing shows it yet: E links events while the timeline is beside it";
	if (kind == KIND_ACTION && !on)
		return "no cause is named by it: :action set ID causes=C1";
	return "the chain goes from events over causes to actions";
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
	int n = (int)u->completions.n;

	if (k->code == KEY_DOWN || k->code == KEY_TAB || ui_is_char(k, 'j')) {
		u->choice = (u->choice + 1) % n;
	} else if (k->code == KEY_UP || k->code == KEY_BACKTAB || ui_is_char(k, 'k')) {
		u->choice = (u->choice + n - 1) % n;
	} else {
		char *line = k->code == KEY_ENTER ? mem_dup(u->completions.v[u->choice]) : NULL;
		ui_set_mode(u, MODE_PANE);
		if (line != NULL)
			go_to(u, sc, line);
		free(line);
	}
}

void
ui_draw_links(struct ui *u, struct canvas *c)
{
	struct rect in = ui_box(c, (int)u->completions.n, canvas_cols(c) < 100 ? 72 : 92,
	    "where to?   arrows choose, enter goes there, esc stays");

	ui_draw_found(u, c, in);
}

/* The marked events become evidence of the selected cause. */
void
ui_link_marked(struct ui *u, const struct scene *sc, struct ui_out *out)
{
	struct id id = ui_state(u)->selected, event;
	struct buf line = { 0 };
	size_t n = 0;

	if (debrief_find(sc->d, KIND_CAUSE, id) == NULL) {
		ui_say(u, "select a cause: E links the events that show it");
		return;
	}
	buf_addf(&line, "cause set %s evidence+=", id.s);
	for (size_t i = 0; i < u->marked.n; i++)
		if (id_parse(u->marked.v[i], &event) &&
		    debrief_find(sc->d, KIND_EVENT, event) != NULL)
			buf_addf(&line, "%s%s", n++ > 0 ? "," : "", event.s);
	if (n == 0 && ui_open_evidence(u, sc)) {
		buf_fini(&line);
		return;
	}
	if (n > 0) {
		ui_run(u, line.data, out);
		strs_fini(&u->marked);
	} else {
		ui_say(u, "there are no events yet: , adds one that happens now");
	}
	buf_fini(&line);
}
