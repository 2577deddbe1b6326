#include "views/possible.h"

#include <string.h>

#include "model/checks.h"
#include "model/lookup.h"
#include "model/run.h"
#include "views/bindings.h"
#include "views/draw.h"

/* Who looks at what. */
struct now {
	const struct view *v;
	const struct pane_state *s;
	const struct scene *sc;
	const struct debrief *d;
};

/* A picture of a debrief, without a host, is as its facilitator sees it. */
static bool
leads(const struct now *n)
{
	return !n->sc->live || n->sc->role == PERSON_FACILITATOR || n->sc->role == PERSON_SCRIBE;
}

static bool
is_open(const struct now *n)
{
	return n->d->status != STATUS_CLOSED && (!n->sc->live || n->sc->role != PERSON_OBSERVER);
}

static bool
may_lead(const struct now *n)
{
	return leads(n) && n->d->status != STATUS_CLOSED;
}

static enum kind
kind_of_pane(const struct view *v)
{
	static const struct {
		const struct view *view;
		enum kind kind;
	} kinds[] = { { &view_agenda, KIND_STAGE }, { &view_timeline, KIND_EVENT },
		{ &view_fishbone, KIND_CAUSE }, { &view_actions, KIND_ACTION },
		{ &view_board, KIND_CARD }, { &view_run, KIND_EXPERIMENT } };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].view == v)
			return kinds[i].kind;
	return KIND_DEBRIEF;
}

static bool
has_items(const struct now *n)
{
	enum kind kind = kind_of_pane(n->v);

	return kind == KIND_DEBRIEF || n->d->of[kind].n > 0;
}

static bool
may_change_item(const struct now *n)
{
	return is_open(n) && has_items(n);
}

/* Somebody else's words are theirs; whose a card without a name is, only the host can tell. */
static bool
may_edit_card(const struct now *n)
{
	const struct card *c = (const struct card *)debrief_find(n->d, KIND_CARD, n->s->selected);
	const struct person *by =
	    c != NULL ? (const struct person *)debrief_find(n->d, KIND_PERSON, c->by) : NULL;

	return leads(n) || by == NULL || by->name == NULL || n->sc->me == NULL ||
	       strcmp(by->name, n->sc->me) == 0;
}

static bool
may_add_cause(const struct now *n)
{
	return is_open(n) && DEBRIEF_N(n->d, CATEGORY) > 0;
}

static bool
may_add_card(const struct now *n)
{
	return is_open(n) && DEBRIEF_N(n->d, COLUMN) > 0;
}

static bool
has_columns(const struct now *n)
{
	return DEBRIEF_N(n->d, COLUMN) > 1;
}

static bool
has_bones(const struct now *n)
{
	return DEBRIEF_N(n->d, CATEGORY) > 1;
}

static bool
may_reveal(const struct now *n)
{
	for (size_t i = 0; may_lead(n) && i < DEBRIEF_N(n->d, COLUMN); i++)
		if (DEBRIEF_AT(n->d, COLUMN, column, i)->hidden)
			return true;
	return false;
}

static bool
has_stage(const struct now *n, int step)
{
	const struct stage *now = debrief_stage(n->d, n->d->stage);
	size_t all = DEBRIEF_N(n->d, STAGE),
	       at = now != NULL ? debrief_index(n->d, KIND_STAGE, &now->item) : 0;

	if (!may_lead(n) || all == 0)
		return false;
	if (now == NULL)
		return step > 0;
	return step > 0 ? at + 1 < all : at > 0;
}

/* In a stage that is a vote the same key opens it and closes it. */
static bool
may_go_on(const struct now *n)
{
	return has_stage(n, 1) || (may_lead(n) && n->d->votes_each > 0);
}

static bool
may_go_back(const struct now *n)
{
	return has_stage(n, -1);
}

static bool
may_vote(const struct now *n)
{
	return may_change_item(n) && n->d->votes_each > 0;
}

static bool
may_unvote(const struct now *n)
{
	if (!may_vote(n) || !n->sc->live)
		return may_vote(n);
	for (size_t i = 0; i < n->d->ballots.n; i++)
		if (strchr(n->d->ballots.v[i], ' ') != NULL)
			return true;
	return false;
}

static bool
has_prompts(const struct now *n)
{
	return n->sc->prompts != NULL && n->sc->prompts->n > 1;
}

/* No day is said, and someone waits for it: the stage, or all that has no time yet. */
static bool
wants_day(const struct now *n)
{
	const struct stage *now = debrief_stage(n->d, n->d->stage);

	if (!is_open(n) || n->d->day != TIME_NONE)
		return false;
	if (now != NULL && strs_has(&now->checks, "day-set"))
		return true;
	return DEBRIEF_N(n->d, EVENT) == 0 && check_stage(n->d, "day-set") != NULL;
}

static bool
has_two_cards(const struct now *n)
{
	return is_open(n) && DEBRIEF_N(n->d, CARD) > 1;
}

static bool
has_groups(const struct now *n)
{
	for (size_t i = 0; i < DEBRIEF_N(n->d, CARD); i++)
		if (id_some(DEBRIEF_AT(n->d, CARD, card, i)->group))
			return true;
	return false;
}

static bool
may_ungroup(const struct now *n)
{
	return is_open(n) && has_groups(n);
}

static bool
has_whys(const struct now *n)
{
	for (size_t i = 0; i < DEBRIEF_N(n->d, CAUSE); i++)
		if (id_some(DEBRIEF_AT(n->d, CAUSE, cause, i)->parent))
			return true;
	return false;
}

static bool
has_run(const struct now *n)
{
	return is_open(n) && run_possible(n->d);
}

static bool
may_start(const struct now *n)
{
	return may_lead(n) && has_items(n);
}

#define CHANGES "fishbone timeline actions board run"

static const struct {
	enum verb_of_key verb;
	const char *panes; /* as in the table of keys; NULL: all */
	bool (*can)(const struct now *n);
} conditions[] = {
	{ DO_ADD, "fishbone", may_add_cause },
	{ DO_ADD, "board", may_add_card },
	{ DO_ADD, NULL, is_open },
	{ DO_EDIT, "agenda", may_lead },
	{ DO_EDIT, "agenda", may_change_item },
	{ DO_EDIT, CHANGES, may_change_item },
	{ DO_EDIT, "board", may_edit_card },
	{ DO_REMOVE, "board", may_edit_card },
	{ DO_WHY, CHANGES, may_change_item },
	{ DO_MOVE, CHANGES, may_change_item },
	{ DO_REMOVE, CHANGES, may_change_item },
	{ DO_AGREE, CHANGES, may_change_item },
	{ DO_DOUBT, CHANGES, may_change_item },
	{ DO_CAUSE_HERE, CHANGES, may_change_item },
	{ DO_QUESTION_HERE, CHANGES, may_change_item },
	{ DO_LINK_MARKED, CHANGES, may_change_item },
	{ DO_TIME, "timeline actions", may_change_item },
	{ DO_TIME, "agenda console board fishbone", may_lead },
	{ DO_PHASE, "run", may_start },
	{ DO_PHASE, "timeline actions", may_change_item },
	{ DO_ACTION_HERE, NULL, is_open },
	{ DO_EVENT_NOW, NULL, is_open },
	{ DO_UNDO, NULL, is_open },
	{ DO_MARK, NULL, may_change_item },
	{ DO_GROUP, NULL, has_two_cards },
	{ DO_UNGROUP, NULL, may_ungroup },
	{ DO_FOLD, "board", has_groups },
	{ DO_FOLD, "fishbone", has_whys },
	{ DO_FOLD, "actions", has_items },
	{ DO_REVEAL, NULL, may_reveal },
	{ DO_VOTE, NULL, may_vote },
	{ DO_UNVOTE, NULL, may_unvote },
	{ DO_STAGE_NEXT, NULL, may_go_on },
	{ DO_STAGE_BACK, NULL, may_go_back },
	{ DO_PROMPT, NULL, has_prompts },
	{ DO_DAY, NULL, wants_day },
	{ DO_READY, NULL, is_open },
	{ DO_HAND, NULL, is_open },
	{ DO_ABORT, NULL, has_run },
	{ DO_NEXT, "timeline board", has_items },
	{ DO_DOWN, NULL, has_items },
	{ DO_LEFT, "board", has_columns },
	{ DO_LEFT, "fishbone", has_bones },
	{ DO_GAPS, NULL, has_items },
	{ DO_LAYOUT, "timeline", has_items },
	{ DO_ZOOM_OUT, "timeline", has_items },
	{ DO_LANES_BY, NULL, has_items },
	{ DO_DURATIONS, NULL, has_items },
	{ DO_LADDER, NULL, has_items },
	{ DO_FIND, NULL, has_items },
};

bool
verb_possible(
    const struct view *v, const struct pane_state *s, const struct scene *sc, enum verb_of_key verb)
{
	const struct now n = { v, s, sc, sc->d };

	for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
		const struct binding for_panes = { .panes = conditions[i].panes };
		if (conditions[i].verb == verb && binding_is_for(&for_panes, v) && !conditions[i].can(&n))
			return false;
	}
	return true;
}

void
verbs_possible(const struct view *v, const struct pane_state *s, const struct scene *sc,
    const enum verb_of_key *verbs, enum verb_of_key out[POSSIBLE_MOST])
{
	size_t n = 0;

	for (size_t i = 0; verbs[i] != DO_NOTHING && n + 1 < POSSIBLE_MOST; i++)
		if (verb_possible(v, s, sc, verbs[i]))
			out[n++] = verbs[i];
	out[n] = DO_NOTHING;
}
