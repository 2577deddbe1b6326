#include <stdlib.h>
#include <string.h>

#include "model/checks.h"
#include "views/frame.h"
#include "views/ui_state.h"
#include "views/words.h"

static bool
show_view(struct ui *u, const char *name)
{
	const struct view *v = name != NULL ? view_find(name) : NULL;

	for (size_t i = 0; i < n_views && v != NULL; i++)
		if (views[i] == v) {
			u->pane = i;
			return true;
		}
	return false;
}

static const char *
pane_of(const struct debrief *d, const char *stage)
{
	const struct stage *s = debrief_stage(d, stage);

	return s != NULL ? s->pane : NULL;
}

static const char *
pane_of_stage(const struct debrief *d)
{
	return pane_of(d, d->stage);
}

/* Is the pane on this screen the one that the room is leaving? Who looked about in it goes along. */
static bool
was_with_room(const struct ui *u, const struct debrief *d)
{
	const char *pane = pane_of(d, u->stage_seen);

	return pane != NULL && view_find(pane) == ui_view(u);
}

static const char *
pane_of_kind(enum kind kind)
{
	switch (kind) {
	case KIND_STAGE: return "agenda";
	case KIND_EVENT: return "timeline";
	case KIND_CATEGORY:
	case KIND_CAUSE: return "fishbone";
	case KIND_COLUMN:
	case KIND_CARD: return "board";
	case KIND_ACTION: return "actions";
	case KIND_EXPERIMENT: return "run";
	default: return NULL;
	}
}

bool
ui_show_item(struct ui *u, const struct scene *sc, struct id id)
{
	enum kind kind;

	if (debrief_any(sc->d, id, &kind) == NULL || !show_view(u, pane_of_kind(kind)))
		return false;
	u->panes[u->pane].selected = id;
	return true;
}

bool
ui_go_to(struct ui *u, const struct scene *sc, struct id id)
{
	if (u->fixed != NULL || !ui_show_item(u, sc, id))
		return false;
	ui_free_moves(u, DO_FIND);
	return true;
}

static bool
same_stage(const struct ui *u, const struct debrief *d)
{
	if (u->stage_seen == NULL || d->stage == NULL)
		return u->stage_seen == d->stage;
	return strcmp(u->stage_seen, d->stage) == 0;
}

/* The cursor of the timeline goes with the curtain. */
static void
follow_curtain(struct ui *u, const struct scene *sc)
{
	size_t n = DEBRIEF_N(sc->d, EVENT);

	if (u->curtain_ns == sc->d->curtain_ns)
		return;
	u->curtain_ns = sc->d->curtain_ns;
	for (size_t i = 0; i < n_views && n > 0 && u->curtain_ns != TIME_NONE; i++)
		if (views[i] == &view_timeline)
			u->panes[i].selected = sc->d->of[KIND_EVENT].v[n - 1]->id;
}

/* A discussion begins with its first topic, not with the card that was voted on last. */
static void
forget_card(struct ui *u)
{
	for (size_t i = 0; i < n_views; i++)
		if (views[i] == &view_board)
			u->panes[i].selected = (struct id){ "" };
}

/* A projector shows what those who lead say; its own key chooses until they say again. */
static void
follow_wall(struct ui *u, const struct scene *sc)
{
	if (u->wall_seen == sc->d->wall)
		return;
	u->wall_seen = sc->d->wall;
	if (ui_for_room(u))
		u->fixed = sc->d->wall ? &view_wall : &view_projector;
}

/* Who does not follow stays where they are, and is told where the stage is: what is typed here is for
 * here. */
static void
say_where(struct ui *u, const struct scene *sc)
{
	const char *pane = pane_of_stage(sc->d);
	const struct view *v = pane != NULL ? view_find(pane) : NULL;
	struct buf b = { 0 };

	if (u->following || u->fixed != NULL || v == NULL || v == ui_view(u) || u->said != NULL)
		return;
	word_put(&b, WORD_SAY_STAGE_IS_IN, sc->d->stage, v->title + 2, digits(v->digit).s);
	ui_say(u, b.data);
	buf_fini(&b);
}

/* Not while anything is open or typed: then it happens afterwards. */
void
ui_follow(struct ui *u, const struct scene *sc)
{
	bool moved = !same_stage(u, sc->d), pointed = !id_equal(u->focus_seen, sc->d->focus);
	bool along;

	follow_curtain(u, sc);
	follow_wall(u, sc);
	if ((!moved && !pointed) || u->mode != MODE_PANE || ui_typing(u))
		return;
	along = moved && u->fixed == NULL && was_with_room(u, sc->d);
	free(u->stage_seen);
	u->stage_seen = mem_dup(sc->d->stage);
	u->focus_seen = sc->d->focus;
	if (along)
		show_view(u, pane_of_stage(sc->d));
	if (moved && sc->d->stage != NULL && strcmp(sc->d->stage, "discuss") == 0)
		forget_card(u);
	if (moved && !along)
		say_where(u, sc);
	if (!u->following || u->fixed != NULL)
		return;
	if (moved)
		show_view(u, pane_of_stage(sc->d));
	if (pointed)
		ui_show_item(u, sc, sc->d->focus);
}

void
ui_follow_now(struct ui *u, const struct scene *sc)
{
	const char *leader = people_leader(sc);
	char *text;

	if (u->following) {
		u->following = false;
		ui_say(u, word(WORD_SAY_YOU_GO_YOUR));
		return;
	}
	u->following = true;
	if (!ui_show_item(u, sc, sc->d->focus))
		show_view(u, pane_of_stage(sc->d));
	text = word_made(
	    WORD_SAY_FOLLOWING, leader != NULL ? leader : word(WORD_SAY_THE_ROOM));
	ui_say(u, text);
	free(text);
}

void
ui_free_moves(struct ui *u, enum verb_of_key verb)
{
	switch (verb) {
	case DO_UP:
	case DO_DOWN:
	case DO_LEFT:
	case DO_RIGHT:
	case DO_FIRST:
	case DO_LAST:
	case DO_PAGE_UP:
	case DO_PAGE_DOWN:
	case DO_ACROSS:
	case DO_NEXT:
	case DO_NEXT_PANE:
	case DO_FIND:
		break;
	default:
		if (verb < DO_PANE_1 || verb > DO_PANE_7)
			return;
	}
	if (u->fixed == NULL)
		u->following = false;
}
