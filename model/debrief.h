/* What a debrief is: plain structs that views read directly. Which fields there are, their order
 * in the file, limits and rules stand in the table of model/schema.c. Only model/ changes a
 * debrief. Texts are UTF-8, owned by the item, NULL when absent (never ""). Times are ns since
 * 1970 UTC or TIME_NONE, dates days since 1970 or TIME_NONE. Enums are the constants below; 0 is
 * "absent". */
#ifndef MODEL_DEBRIEF_H
#define MODEL_DEBRIEF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/id.h"
#include "base/mem.h"
#include "base/when.h"

enum kind {
	KIND_DEBRIEF, /* the record itself, one item */
	KIND_STAGE,
	KIND_PERSON,
	KIND_EVENT,
	KIND_CATEGORY,
	KIND_CAUSE,
	KIND_COLUMN,
	KIND_CARD,
	KIND_ACTION,
	KIND_EXPERIMENT,
	KIND_QUESTION,
	KIND_RATING,
	N_KINDS
};

/* A member of the file that this program does not know: kept as it came. */
struct extra {
	char *key;
	char *json; /* compact JSON of the value */
};
struct extras {
	struct extra *v;
	size_t n, cap;
};

/* What every item begins with. A kind that has no order, number or changed leaves them empty. */
struct item {
	struct id id;
	char *order; /* model/order.h */
	int64_t number; /* E17, C4, A3: 0 is none yet */
	int64_t changed_ns;
	bool redacted; /* its texts were blanked for good; wins every merge */
	struct extras extra;
};

enum status { STATUS_NONE, STATUS_OPEN, STATUS_CLOSED };
enum detected_by {
	DETECTED_NONE, DETECTED_ALERT, DETECTED_PERSON, DETECTED_CUSTOMER, DETECTED_TEST
};
enum audience { AUDIENCE_NONE, AUDIENCE_ROOM, AUDIENCE_TEAM, AUDIENCE_COMPANY, AUDIENCE_PUBLIC };
enum role_of {
	PERSON_NONE, PERSON_FACILITATOR, PERSON_SCRIBE, PERSON_PARTICIPANT, PERSON_OBSERVER
};
enum precision {
	PRECISION_NONE, PRECISION_EXACT, PRECISION_MINUTE, PRECISION_ABOUT, PRECISION_ORDER
};
enum event_kind {
	EVENT_NONE, EVENT_OBSERVATION, EVENT_DECISION, EVENT_ACTION, EVENT_ALERT, EVENT_CHANGE,
	EVENT_COMMUNICATION, EVENT_IMPACT, EVENT_GAP, N_EVENT_KINDS
};
enum phase {
	PHASE_NONE, PHASE_STARTED, PHASE_DETECTED, PHASE_ACKNOWLEDGED, PHASE_MITIGATED,
	PHASE_RESOLVED
};
enum certainty { CERTAINTY_NONE, CERTAINTY_FACT, CERTAINTY_ACCOUNT, CERTAINTY_HYPOTHESIS };
enum level { LEVEL_NONE, LEVEL_TECHNICAL, LEVEL_PROCESS, LEVEL_ORGANIZATION };
enum action_kind { ACT_NONE, ACT_PREVENT, ACT_DETECT, ACT_MITIGATE, ACT_RECOVER, ACT_LEARN };
enum action_status {
	ACTION_NONE, ACTION_IDEA, ACTION_SOAKING, ACTION_PROPOSED, ACTION_ACCEPTED, ACTION_DOING,
	ACTION_DONE, ACTION_DROPPED
};
enum result { RESULT_NONE, RESULT_CONFIRMED, RESULT_REFUTED, RESULT_ABORTED };

struct stage {
	struct item item;
	char *name;
	int64_t minutes, used_s;
	char *pane;
	bool done;
	struct strs checks; /* names of model/checks.h, in order */
	struct strs ticked; /* those of them that were ticked by hand, sorted */
	struct strs columns; /* names of those that the board shows in it; none: all */
};

struct person {
	struct item item;
	char *name, *shown_as;
	int role; /* enum role_of */
	int64_t turns; /* live: how often this person has had the word */
	bool unseen;   /* live: all that this person has written yet is hidden */
};

struct event {
	struct item item;
	int64_t at_ns, until_ns;
	int precision, kind, phase, certainty;
	char *text, *lane, *source, *source_id, *link, *seen, *note;
	int64_t agree, doubt, votes;
};

struct category {
	struct item item;
	char *name;
	int level;
};

struct cause {
	struct item item;
	struct id category, parent; /* parent: this one is a "why" of it */
	char *text;
	int level; /* LEVEL_NONE: the category's; see cause_level() */
	struct strs evidence; /* ids of events, sorted */
	int certainty;
	int64_t agree, doubt, votes;
	bool deep_enough;
	struct strs tags;
};

struct column {
	struct item item;
	char *name, *prompt;
	bool hidden, anonymous;
};

struct card {
	struct item item;
	struct id column, group, by; /* group: the head card; by: a person */
	char *text, *name, *notes;
	int64_t votes;
	char *owner; /* live, of the host alone: what the secret that wrote it is checked against */
};

struct action {
	struct item item;
	char *text;
	int kind;
	bool urgent;
	char *owner;
	int64_t due_day;
	int status, level;
	char *done_when, *instead_of, *proof, *reason, *link, *carried_from;
	struct strs causes; /* ids, sorted */
	struct id about; /* any item: the topic that it came of */
	int64_t done_at_ns, votes;
};

struct experiment {
	struct item item;
	char *hypothesis, *steady_state, *method, *blast_radius, *rollback;
	struct strs abort_when;
	int result;
	char *expected, *observed, *surprised;
	int64_t again_day;
	int64_t started_ns, stopped_ns; /* live: of its run; TIME_NONE: not yet */
};

struct question {
	struct item item;
	char *text, *owner, *answer;
	struct id about; /* any item */
	int64_t votes;
};

struct rating {
	struct item item;
	char *question, *comment;
	int64_t value;
};

/* Items of one kind, always in their order: events by at, order, id; the rest by order, then id
 * (people and ratings by id). The pointers stay valid until the item is removed. */
struct items {
	struct item **v;
	size_t n, cap;
};

struct debrief {
	struct item item;
	char *title, *template, *stage, *timezone, *severity, *series, *language;
	int status, detected_by, audience;
	int64_t held_at_ns, day, confirmed_at_ns, look_again_day;
	struct strs services, tags, symptoms, overrides, share;
	char *summary, *impact, *effect;
	/* Live: */
	int64_t stage_since_ns; /* when the present stage began */
	int64_t timer_ends_ns;	/* of the timer that was set by hand; TIME_NONE: none */
	int64_t aborted_ns;	/* when the game day was stopped; TIME_NONE: it was not */
	struct id focus;	/* what everybody is asked to look at */
	struct strs hands;	/* names that ask for the word, as they came */
	struct strs ready;	/* names; others see the number alone */
	struct strs muted;	/* names */
	struct strs seats;	/* names of those without a keyboard, in order: seat 1, seat 2 */
	bool locked;		/* newcomers knock */
	int64_t votes_each;	/* how many each has; 0: no vote is open */
	bool votes_single;	/* one on an item at most */
	struct strs votes_on;	/* ids that may be voted on; none: anything */
	struct strs ballots;	/* "SLOT ITEM": two ids; everybody sees own ones alone */
	char *asked;		/* what everybody is asked at the bell: "more", "topic"; NULL: nothing */
	int64_t asked_until_ns; /* when it is counted at the latest */
	struct strs answers;	/* "SLOT yes|no"; everybody sees the own one alone */
	char *shown_prompt;	/* the question on every screen; NULL: each screen its own */
	bool wall;		/* projectors show all panes at once; else one question */
	struct strs arrivals;	/* a word each: how the room arrives; nobody's name */
	int64_t passed;		/* how often somebody passed in this stage */
	int64_t curtain_ns;	/* events later than this are covered; TIME_NONE: none are */

	struct items of[N_KINDS];    /* of[KIND_DEBRIEF] stays empty */
	int64_t last_number[N_KINDS]; /* the highest ever given: none is reused */
	struct id_map *ids;	     /* private to debrief.c */
};

struct debrief *debrief_new(struct id id); /* with every default set; nothing in it */
void debrief_free(struct debrief *d);
struct debrief *debrief_copy(const struct debrief *d); /* deep */
/* Every field of every item is the same, unknown members included (live fields too). */
bool debrief_equal(const struct debrief *a, const struct debrief *b);

/* The item with that id, of that kind, or NULL. debrief_any finds it in whatever kind. */
struct item *debrief_find(const struct debrief *d, enum kind kind, struct id id);
struct item *debrief_any(const struct debrief *d, struct id id, enum kind *kind);
/* By exact name, or NULL. */
struct person *debrief_person(const struct debrief *d, const char *name);

/* For model/ and the decoder only: a new item of a kind with every default set, not yet in a
 * debrief; put it in (owned afterwards; asserts that the id is new), take it out (yours), and set
 * the order right again after a change of what it is sorted by. */
struct item *item_new(enum kind kind, struct id id);
void item_free(enum kind kind, struct item *it);
struct item *item_copy(enum kind kind, const struct item *it);
void debrief_put(struct debrief *d, enum kind kind, struct item *it);
struct item *debrief_take(struct debrief *d, enum kind kind, struct id id);
void debrief_sort(struct debrief *d, enum kind kind);
/* The same where the others are in order and only the `i`-th is new or changed: as cheap as a
 * search. */
void debrief_settle(struct debrief *d, enum kind kind, size_t i);
/* Where an item of a sorted list stands in it. */
size_t debrief_index(const struct debrief *d, enum kind kind, const struct item *it);
/* Take out and free those of these ids that are there: cheap for many at once, sorted or not. */
void debrief_drop(struct debrief *d, enum kind kind, const struct id *ids, size_t n);

/* `json` NULL removes the key. */
void extras_set(struct extras *e, const char *key, const char *json);
void extras_fini(struct extras *e);
void extras_copy(struct extras *to, const struct extras *from); /* adds to `to` */
bool extras_equal(const struct extras *a, const struct extras *b); /* keys in the same order, too */
const char *extras_get(const struct extras *e, const char *key); /* NULL when there is none */

/* Convenience for loops: struct cause *c = DEBRIEF_AT(d, CAUSE, cause, i) */
#define DEBRIEF_AT(d, KIND, type, i) ((struct type *)(d)->of[KIND_##KIND].v[i])
#define DEBRIEF_N(d, KIND) ((d)->of[KIND_##KIND].n)

#endif
