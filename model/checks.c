#include "model/checks_internal.h"

#include <string.h>

#include "base/text.h"
#include "model/coverage.h"
#include "model/person_end.h"
#include "model/schema.h"

static bool
has_facilitator(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, PERSON); i++)
		if (DEBRIEF_AT(d, PERSON, person, i)->role == PERSON_FACILITATOR)
			return true;
	return false;
}

static bool
has_people(const struct debrief *d)
{
	return DEBRIEF_N(d, PERSON) >= 2;
}

static bool
day_set(const struct debrief *d)
{
	return d->day != TIME_NONE;
}

enum { EVIDENCE_LEAST = 3 }; /* events: one or two are what somebody remembers; `how` says it */

static bool
has_events(const struct debrief *d)
{
	return DEBRIEF_N(d, EVENT) >= EVIDENCE_LEAST;
}

static bool
decisions_say_seen(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++) {
		const struct event *ev = DEBRIEF_AT(d, EVENT, event, i);
		if (ev->kind == EVENT_DECISION && ev->seen == NULL)
			return false;
	}
	return DEBRIEF_N(d, EVENT) > 0;
}

static bool
timeline_confirmed(const struct debrief *d)
{
	return d->confirmed_at_ns != TIME_NONE;
}

/* Does the n-th column hold a card? */
static bool
column_used(const struct debrief *d, size_t n)
{
	struct id id;

	if (n >= DEBRIEF_N(d, COLUMN))
		return false;
	id = d->of[KIND_COLUMN].v[n]->id;
	for (size_t i = 0; i < DEBRIEF_N(d, CARD); i++)
		if (id_equal(DEBRIEF_AT(d, CARD, card, i)->column, id))
			return true;
	return false;
}

static bool
has_surprise(const struct debrief *d)
{
	return column_used(d, 0);
}

static bool
has_helped(const struct debrief *d)
{
	return column_used(d, 1);
}

static bool
has_luck(const struct debrief *d)
{
	return column_used(d, 2);
}

/* Is there a cause or a why on each level? With `found`, one that says there is nothing is none. */
static bool
every_level(const struct debrief *d, bool found)
{
	bool level[4] = { false };

	for (size_t i = 0; i < DEBRIEF_N(d, CAUSE); i++) {
		const struct cause *c = DEBRIEF_AT(d, CAUSE, cause, i);
		if (c->text != NULL && !(found && text_begins(c->text, "nothing found")))
			level[cause_level(d, c)] = true;
	}
	return level[LEVEL_TECHNICAL] && level[LEVEL_PROCESS] && level[LEVEL_ORGANIZATION];
}

/* "Nothing found" counts as looked at: it is a cause of that level with those words. */
static bool
levels_looked_at(const struct debrief *d)
{
	return every_level(d, false);
}

static bool
level_causes(const struct debrief *d)
{
	return every_level(d, true);
}

static int
deepest(const struct debrief *d)
{
	struct coverage c = coverage_of(d);
	int most = 0;

	for (int i = 0; i < 4; i++)
		if (c.deepest_by_level[i] > most)
			most = c.deepest_by_level[i];
	return most;
}

static bool
why_two_deep(const struct debrief *d)
{
	return deepest(d) >= 2;
}

static bool
why_three_deep(const struct debrief *d)
{
	return deepest(d) >= 3;
}

static bool
no_person_end(const struct debrief *d)
{
	return DEBRIEF_N(d, CAUSE) > 0 && person_end(d) == NULL;
}

static bool
ideas_linked(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		if (a->status == ACTION_IDEA && a->causes.n == 0)
			return false;
	}
	return true;
}

static bool
agreed(const struct action *a)
{
	return a->status == ACTION_ACCEPTED || a->status == ACTION_DOING ||
	    a->status == ACTION_DONE;
}

/* There is an action that was agreed on (or is soaking), and each agreed one has what `has` asks
 * for. */
static bool
each_agreed(const struct debrief *d, bool (*has)(const struct action *a))
{
	bool some = false;

	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		some |= agreed(a) || a->status == ACTION_SOAKING;
		if (agreed(a) && !has(a))
			return false;
	}
	return some;
}

static bool
has_owner(const struct action *a)
{
	return a->owner != NULL;
}

static bool
has_due(const struct action *a)
{
	return a->due_day != TIME_NONE;
}

static bool
has_test(const struct action *a)
{
	return a->done_when != NULL;
}

static bool
has_cause(const struct action *a)
{
	return a->causes.n > 0;
}

static bool
actions_owned(const struct debrief *d)
{
	return each_agreed(d, has_owner);
}

static bool
actions_dated(const struct debrief *d)
{
	return each_agreed(d, has_due);
}

static bool
actions_tested(const struct debrief *d)
{
	return each_agreed(d, has_test);
}

static bool
actions_caused(const struct debrief *d)
{
	return each_agreed(d, has_cause);
}

static bool
refused_have_reason(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		if (a->status == ACTION_DROPPED && a->reason == NULL)
			return false;
	}
	return true;
}

bool
checks_put_off(const struct debrief *d)
{
	bool some = false;

	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		bool real = agreed(a) && has_owner(a) && has_due(a) && has_test(a) && has_cause(a);
		some |= a->status == ACTION_SOAKING;
		if (a->status != ACTION_SOAKING && a->status != ACTION_DROPPED && !real)
			return false;
	}
	return some && d->look_again_day != TIME_NONE;
}

/* ---- the board ---- */

static bool
cards_written(const struct debrief *d)
{
	return DEBRIEF_N(d, CARD) > 0;
}

static bool
cards_revealed(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN); i++)
		if (DEBRIEF_AT(d, COLUMN, column, i)->hidden)
			return false;
	return DEBRIEF_N(d, CARD) > 0;
}

static bool
votes_counted(const struct debrief *d)
{
	bool some = false;

	for (size_t i = 0; i < DEBRIEF_N(d, CARD); i++)
		some |= DEBRIEF_AT(d, CARD, card, i)->votes > 0;
	for (size_t i = 0; i < DEBRIEF_N(d, CAUSE); i++)
		some |= DEBRIEF_AT(d, CAUSE, cause, i)->votes > 0;
	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++)
		some |= DEBRIEF_AT(d, ACTION, action, i)->votes > 0;
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++)
		some |= DEBRIEF_AT(d, EVENT, event, i)->votes > 0;
	for (size_t i = 0; i < DEBRIEF_N(d, QUESTION); i++)
		some |= DEBRIEF_AT(d, QUESTION, question, i)->votes > 0;
	return some && d->votes_each == 0;
}

static bool
topics_noted(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, CARD); i++)
		if (DEBRIEF_AT(d, CARD, card, i)->notes != NULL)
			return true;
	return DEBRIEF_N(d, ACTION) > 0;
}

/* ---- the close ---- */

static bool
summary_written(const struct debrief *d)
{
	return d->summary != NULL;
}

static bool
impact_written(const struct debrief *d)
{
	return d->impact != NULL;
}

static bool
in_stage(const struct debrief *d, const char *name)
{
	return d->stage != NULL && strcmp(d->stage, name) == 0;
}

static bool
ratings_given(const struct debrief *d)
{
	return DEBRIEF_N(d, RATING) >= 2 || (d->passed > 0 && in_stage(d, "close"));
}

/* A word each, or a pass; what was said goes with the stage. */
static bool
checked_in(const struct debrief *d)
{
	const struct stage *open = debrief_stage(d, "open");

	return d->arrivals.n + (size_t)d->passed > 0 || (open != NULL && open->done);
}

static bool
symptoms_set(const struct debrief *d)
{
	return d->symptoms.n > 0;
}

static bool
share_set(const struct debrief *d)
{
	return d->share.n > 0;
}

static bool
look_again_set(const struct debrief *d)
{
	return d->look_again_day != TIME_NONE;
}

/* The usual one has to be said by hand: nobody can tell it from one that was never thought of. */
static bool
audience_set(const struct debrief *d)
{
	return d->audience != AUDIENCE_TEAM;
}

const char *const stage_words[] = { "back", "add", "set", "remove", "move", NULL };
const char *const stage_panes[] = { "agenda", "timeline", "fishbone", "board", "run", "actions",
	"history", NULL };

const struct check_rule check_rules[] = {
	{ "has-facilitator", "somebody leads", "person add NAME role=facilitator",
	    "give facilitator ", has_facilitator },
	{ "has-people", "who is here", "person add NAME",
	    "person add ", has_people },
	{ "checked-in", "check-in", "arrive WORD, or pass", "arrive ", checked_in },
	{ "ground-rule-read", "ground rule read", "tick ground-rule-read, once it was read aloud",
	    "tick ground-rule-read", NULL, true },
	{ "day-set", "which day it was", "D, or set day=DATE: 14:05 is a time of that day",
	    "set day=", day_set, false, "today yesterday" },
	{ "has-events", "evidence is there", "event add WHEN TEXT, three of them at least",
	    "event add ", has_events },
	{ "earlier-looked-at", "earlier ones seen",
	    "tick earlier-looked-at: open actions, and debriefs that look alike",
	    "tick earlier-looked-at", NULL, true },
	{ "closest-asked", "closest one asked",
	    "tick closest-asked: what would make it useful, what not to ask before all",
	    "tick closest-asked", NULL, true },
	{ "written-in-silence", "silent writing", "tick written-in-silence, after those minutes",
	    "tick written-in-silence", NULL, true },
	{ "walked", "walked", "tick walked: once through it together, n by n", "tick walked", NULL,
	    true },
	{ "decisions-say-seen", "decisions say what was seen", "event set E4 seen=TEXT",
	    "event set ", decisions_say_seen },
	{ "timeline-confirmed", "confirmed", "confirm",
	    "confirm", timeline_confirmed },
	{ "has-surprise", "a surprise", "card add COLUMN TEXT in the first column",
	    "card add ", has_surprise },
	{ "has-helped", "something that helped", "card add COLUMN TEXT in the second column",
	    "card add ", has_helped },
	{ "has-luck", "a piece of luck", "card add COLUMN TEXT in the third column",
	    "card add ", has_luck },
	{ "levels-looked-at", "each level looked at",
	    "cause add CATEGORY TEXT, or the text nothing found",
	    "cause add ", levels_looked_at },
	{ "level-causes", "each level has a cause", "cause add CATEGORY TEXT",
	    "cause add ", level_causes },
	{ "why-two-deep", "one why two deep", "why C4 TEXT, twice",
	    "why ", why_two_deep },
	{ "why-three-deep", "one why three deep", "why C4 TEXT, three times",
	    "why ", why_three_deep },
	{ "no-person-end", "no branch ends at a person", "why C4 TEXT: what made it possible?",
	    "why ", no_person_end },
	{ "ideas-linked", "ideas have a cause", "action set A1 causes=C4",
	    "action set ", ideas_linked },
	{ "actions-owned", "owner", "action set A1 owner=TEAM",
	    "action set ", actions_owned },
	{ "actions-dated", "date", "action set A1 due=DATE",
	    "action set ", actions_dated },
	{ "actions-tested", "test of done", "action set A1 done_when=TEXT",
	    "action set ", actions_tested },
	{ "actions-caused", "cause", "action set A1 causes=C4",
	    "action set ", actions_caused },
	{ "refused-have-reason", "refused ideas have a reason", "action set A1 reason=TEXT",
	    "action set ", refused_have_reason },
	{ "cards-written", "cards are there", "card add COLUMN TEXT",
	    "card add ", cards_written },
	{ "cards-revealed", "cards revealed", "reveal",
	    "reveal", cards_revealed },
	{ "votes-counted", "votes counted", "votes open 3, vote ID, votes close",
	    "votes open ", votes_counted },
	{ "topics-noted", "a note or an action", "card set ID notes=TEXT, or action add TEXT",
	    "card set ", topics_noted },
	{ "has-experiment", "a hypothesis", "experiment add TEXT",
	    "experiment add ", experiments_there },
	{ "experiments-planned", "normal and method",
	    "experiment set ID steady_state=TEXT method=TEXT",
	    "experiment set ", experiments_planned },
	{ "experiments-bounded", "who could feel it", "experiment set ID blast_radius=TEXT",
	    "experiment set ", experiments_bounded },
	{ "abort-when-set", "signs to stop", "experiment set ID abort_when+=TEXT",
	    "experiment set ", experiments_have_signs },
	{ "rollback-written", "the way back", "experiment set ID rollback=TEXT",
	    "experiment set ", experiments_go_back },
	{ "experiments-run", "it ran", "experiment start ID",
	    "experiment start ", experiments_run },
	{ "experiments-judged", "seen and judged",
	    "experiment set ID observed=TEXT result=confirmed",
	    "experiment set ", experiments_judged },
	{ "again-set", "when again", "experiment set ID again=DATE",
	    "experiment set ", experiments_again },
	{ "summary-written", "summary", "set summary=TEXT",
	    "draft", summary_written },
	{ "impact-written", "impact", "set impact=TEXT",
	    "draft", impact_written },
	{ "ratings-given", "ratings", "rate QUESTION 1..5, or pass",
	    "rate useful ", ratings_given },
	{ "symptoms-set", "symptoms", "set symptoms=WORD,WORD",
	    "set symptoms=", symptoms_set },
	{ "share-set", "share list", "set share=TEAM,TEAM",
	    "set share=", share_set },
	{ "look-again-set", "look-again date", "set look_again=DATE",
	    "set look_again=", look_again_set, false, "30d 90d" },
	{ "read-aloud", "read aloud", "tick read-aloud, when summary and impact were",
	    "tick read-aloud", NULL, true },
	{ "audience-set", "audience", "set audience=company, or tick audience-set for the team",
	    "set audience=", audience_set, true },
};
const size_t n_check_rules = sizeof check_rules / sizeof *check_rules;

const struct check_rule *
check_find(const char *name)
{
	for (size_t i = 0; i < n_check_rules; i++)
		if (strcmp(check_rules[i].name, name) == 0)
			return &check_rules[i];
	return NULL;
}

struct stage *
check_stage(const struct debrief *d, const char *name)
{
	struct stage *now = debrief_stage(d, d->stage);

	if (now != NULL && strs_has(&now->checks, name))
		return now;
	for (size_t i = 0; i < DEBRIEF_N(d, STAGE); i++) {
		struct stage *s = DEBRIEF_AT(d, STAGE, stage, i);
		if (strs_has(&s->checks, name))
			return s;
	}
	return NULL;
}

/* In any stage that has it: who goes through a stage twice read the rule once. */
static bool
ticked_by_hand(const struct debrief *d, const char *name)
{
	for (size_t i = 0; i < DEBRIEF_N(d, STAGE); i++)
		if (strs_has(&DEBRIEF_AT(d, STAGE, stage, i)->ticked, name))
			return true;
	return false;
}

bool
check_done(const struct debrief *d, const char *name)
{
	const struct check_rule *r = check_find(name);

	return r == NULL || (r->done != NULL && r->done(d)) ||
	    (r->by_hand && ticked_by_hand(d, name));
}

bool
stage_is_before(const struct debrief *d, const struct stage *s)
{
	bool after = false, planned = false;

	for (size_t i = 0; i < DEBRIEF_N(d, STAGE); i++) {
		const struct stage *one = DEBRIEF_AT(d, STAGE, stage, i);
		if (!after && one->minutes > 0)
			return false;
		after = after || one == s;
		planned = planned || one->minutes > 0;
	}
	return after && planned;
}

struct stage *
debrief_stage(const struct debrief *d, const char *name)
{
	for (size_t i = 0; name != NULL && i < DEBRIEF_N(d, STAGE); i++) {
		struct stage *s = DEBRIEF_AT(d, STAGE, stage, i);
		if ((s->name != NULL && strcmp(s->name, name) == 0) ||
		    strcmp(s->item.id.s, name) == 0)
			return s;
	}
	return NULL;
}

size_t
stage_checks(const struct debrief *d, const struct stage *s, size_t *of)
{
	size_t done = 0;

	for (size_t i = 0; i < s->checks.n; i++)
		done += check_done(d, s->checks.v[i]);
	if (of != NULL)
		*of = s->checks.n;
	return done;
}
