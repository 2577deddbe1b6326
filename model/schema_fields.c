#include "model/schema.h"

#include <limits.h>
#include <stddef.h>
#include <string.h>

/* Names of enums, by value: [0] is "absent". */
static const char *const status_names[] = { NULL, "open", "closed", NULL };
static const char *const detected_names[] = { NULL, "alert", "person", "customer", "test", NULL };
static const char *const audience_names[] = { NULL, "room", "team", "company", "public", NULL };
static const char *const role_names[] = { NULL, "facilitator", "scribe", "participant", "observer",
	NULL };
static const char *const precision_names[] = { NULL, "exact", "minute", "about", "order", NULL };
static const char *const event_names[] = { NULL, "observation", "decision", "action", "alert",
	"change", "communication", "impact", "gap", NULL };
static const char *const phase_names[] = { NULL, "started", "detected", "acknowledged", "mitigated",
	"resolved", NULL };
static const char *const certainty_names[] = { NULL, "fact", "account", "hypothesis", NULL };
static const char *const level_names[] = { NULL, "technical", "process", "organization", NULL };
static const char *const act_names[] = { NULL, "prevent", "detect", "mitigate", "recover", "learn",
	NULL };
static const char *const action_names[] = { NULL, "idea", "soaking", "proposed", "accepted",
	"doing", "done", "dropped", NULL };
static const char *const result_names[] = { NULL, "confirmed", "refuted", "aborted", NULL };

/* A row: F(struct, member, TYPE, "help", more designators...). The file's name of a field is its
 * member's, less units. */
#define F(s, name_, m, t, h, ...) \
	{ .name = name_, .type = FIELD_##t, .offset = offsetof(struct s, m), .help = h, \
		__VA_ARGS__ }
#define ID(s) F(s, "id", item.id, ID, "its id", .writer = WRITE_HOST)
#define ORDER(s) F(s, "order", item.order, LINE, "its place in the list", .writer = WRITE_HOST)
#define NUMBER(s) \
	F(s, "number", item.number, INT, "its short number", .writer = WRITE_HOST, \
	    .max = INT32_MAX, .merge = MERGE_MAX)
#define CHANGED(s) \
	F(s, "redacted", item.redacted, BOOL, "its words were taken out for good", \
	    .writer = WRITE_COMMAND, .command = "redact", .merge = MERGE_MAX), \
	F(s, "changed", item.changed_ns, TIME, "when it was changed last", .writer = WRITE_HOST, \
	    .dflt = TIME_NONE)
#define LINE(s, m, h, ...) F(s, #m, m, LINE, h, __VA_ARGS__)
#define PROSE(s, m, h, ...) F(s, #m, m, TEXT, h, .prose = true, __VA_ARGS__)
#define WORDS(s, m, h, ...) F(s, #m, m, LINE, h, .prose = true, __VA_ARGS__)
#define AT(s, name_, m, h, ...) F(s, name_, m, TIME, h, .dflt = TIME_NONE, __VA_ARGS__)
#define DATE(s, name_, m, h, ...) F(s, name_, m, DATE, h, .dflt = TIME_NONE, __VA_ARGS__)
#define BOOL(s, m, h, ...) F(s, #m, m, BOOL, h, __VA_ARGS__)
#define ENUM(s, m, list_, d, h, ...) F(s, #m, m, ENUM, h, .names = list_, .dflt = d, __VA_ARGS__)
#define SET(s, m, h, ...) F(s, #m, m, SET, h, __VA_ARGS__)
#define COUNT(s, m, h, ...) F(s, #m, m, INT, h, .max = INT32_MAX, .merge = MERGE_SUM, __VA_ARGS__)

/* Journaled and sent, never in the file. */
#define LIVE(by) .writer = WRITE_COMMAND, .command = by, .live = true

static const struct field debrief_fields[] = {
	ID(debrief),
	WORDS(debrief, title, "what happened, in a line", .required = true),
	LINE(debrief, template, "the kind of debrief it began as", .dflt_text = "incident",
	    .writer = WRITE_COMMAND, .command = "new"),
	ENUM(debrief, status, status_names, STATUS_OPEN, "open or closed", .writer = WRITE_COMMAND,
	    .command = "close reopen override", .merge = MERGE_MAX),
	LINE(debrief, stage, "where the room is", .writer = WRITE_COMMAND,
	    .command = "stage override new"),
	AT(debrief, "held_at", held_at_ns, "when the meeting is held", .writer = WRITE_LEAD),
	LINE(debrief, timezone, "the zone times are shown and typed in (Europe/Berlin)"),
	DATE(debrief, "day", day, "date of the incident"),
	LINE(debrief, severity, "how bad, in the team's own scale"),
	ENUM(debrief, detected_by, detected_names, 0, "who or what noticed"),
	SET(debrief, services, "services that took part"),
	SET(debrief, tags, "tags"),
	SET(debrief, symptoms, "words that the next person will search for"),
	LINE(debrief, series, "the series it belongs to"),
	LINE(debrief, language, "language of its words (en, de)"),
	ENUM(debrief, audience, audience_names, AUDIENCE_TEAM, "who may read it",
	    .writer = WRITE_LEAD),
	PROSE(debrief, summary, "what happened and what we learned"),
	PROSE(debrief, impact, "who felt it, how long, how much"),
	WORDS(debrief, effect, "the fish's head; the title where absent"),
	F(debrief, "overrides", overrides, LIST, "gates that were passed, with the reason",
	    .writer = WRITE_COMMAND, .command = "override"),
	AT(debrief, "confirmed_at", confirmed_at_ns, "when the room agreed on the timeline",
	    .writer = WRITE_COMMAND, .command = "confirm"),
	DATE(debrief, "look_again", look_again_day, "when to look at it again"),
	SET(debrief, share, "who outside the room should hear of it"),
	AT(debrief, "stage_since", stage_since_ns, "when the present stage began",
	    .writer = WRITE_HOST, .live = true),
	AT(debrief, "timer_ends", timer_ends_ns, "when the timer rings", LIVE("timer")),
	AT(debrief, "aborted", aborted_ns, "when the game day was stopped", LIVE("abort stage experiment")),
	F(debrief, "focus", focus, REF, "what everybody is asked to look at", .refers = N_KINDS,
	    .on_remove = REF_CLEAR, LIVE("focus")),
	F(debrief, "hands", hands, LIST, "who asks for the word", LIVE("hand")),
	SET(debrief, ready, "who is done with this stage", LIVE("ready stage override")),
	SET(debrief, muted, "who is asked to be silent", LIVE("mute")),
	F(debrief, "seats", seats, LIST, "who takes part without a keyboard", LIVE("seat")),
	BOOL(debrief, locked, "newcomers knock", LIVE("lock unlock")),
	F(debrief, "votes_each", votes_each, INT, "votes that each has; 0: no vote is open",
	    .max = 1000, LIVE("votes")),
	BOOL(debrief, votes_single, "one vote on an item at most", LIVE("votes")),
	SET(debrief, votes_on, "what may be voted on; all where empty", LIVE("votes")),
	SET(debrief, ballots, "votes that are given", LIVE("vote unvote votes")),
	LINE(debrief, asked, "what everybody is asked at the bell", LIVE("ask")),
	AT(debrief, "asked_until", asked_until_ns, "when it is counted at the latest",
	    LIVE("ask")),
	SET(debrief, answers, "what was answered", LIVE("answer ask")),
	F(debrief, "shown_prompt", shown_prompt, TEXT, "the question on every screen",
	    LIVE("prompt")),
	BOOL(debrief, wall, "projectors show all panes at once, not one question", LIVE("projector")),
	F(debrief, "arrivals", arrivals, LIST, "how the room arrives, a word each", LIVE("arrive")),
	F(debrief, "passed", passed, INT, "how often somebody passed in this stage",
	    .max = INT32_MAX, LIVE("pass")),
	AT(debrief, "curtain", curtain_ns, "events later than this are covered",
	    LIVE("curtain")),
	CHANGED(debrief),
};

static const struct field stage_fields[] = {
	ID(stage),
	ORDER(stage),
	LINE(stage, name, "its name", .writer = WRITE_LEAD, .required = true),
	F(stage, "minutes", minutes, INT, "planned minutes", .writer = WRITE_LEAD, .max = 1440),
	F(stage, "used_s", used_s, INT, "seconds spent in it", .writer = WRITE_COMMAND,
	    .command = "stage", .max = 10000000),
	LINE(stage, pane, "the pane it is led in", .writer = WRITE_LEAD),
	BOOL(stage, done, "the room has been through it", .writer = WRITE_COMMAND,
	    .command = "stage", .merge = MERGE_MAX),
	F(stage, "checks", checks, LIST, "its check marks", .writer = WRITE_LEAD),
	SET(stage, ticked, "its check marks that were ticked by hand", .writer = WRITE_COMMAND,
	    .command = "tick untick"),
	SET(stage, columns, "columns of the board that it works with; all where empty",
	    .writer = WRITE_LEAD),
};

static const struct field person_fields[] = {
	ID(person),
	LINE(person, name, "the name", .required = true),
	LINE(person, shown_as, "what is shown instead of the role later (on-call 1)"),
	ENUM(person, role, role_names, PERSON_PARTICIPANT, "what they may do",
	    .writer = WRITE_COMMAND, .command = "person give"),
	F(person, "turns", turns, INT, "how often this person has had the word", .max = INT32_MAX,
	    LIVE("hand")),
	BOOL(person, unseen, "all that this person has written yet is hidden",
	    .writer = WRITE_HOST, .live = true),
	F(person, "changed", item.changed_ns, TIME, "when it was changed last",
	    .writer = WRITE_HOST, .dflt = TIME_NONE),
};

static const struct field event_fields[] = {
	ID(event),
	NUMBER(event),
	ORDER(event),
	AT(event, "at", at_ns, "when", .required = true),
	AT(event, "until", until_ns, "until when"),
	ENUM(event, precision, precision_names, PRECISION_EXACT, "how well the time is known"),
	PROSE(event, text, "what was seen or done", .required = true),
	ENUM(event, kind, event_names, EVENT_OBSERVATION, "what kind of moment"),
	ENUM(event, phase, phase_names, 0, "the milestone it marks"),
	LINE(event, lane, "its lane: a source or a role"),
	LINE(event, source, "where it comes from"),
	LINE(event, source_id, "its id there"),
	LINE(event, link, "where to read on"),
	PROSE(event, seen, "what was visible and known then"),
	PROSE(event, note, "a note"),
	ENUM(event, certainty, certainty_names, CERTAINTY_FACT, "how sure"),
	COUNT(event, agree, "how many agreed", .writer = WRITE_COMMAND, .command = "agree doubt"),
	COUNT(event, doubt, "how many doubted", .writer = WRITE_COMMAND, .command = "agree doubt"),
	COUNT(event, votes, "votes", .writer = WRITE_HOST),
	CHANGED(event),
};

static const struct field category_fields[] = {
	ID(category),
	ORDER(category),
	WORDS(category, name, "its name", .required = true),
	ENUM(category, level, level_names, LEVEL_TECHNICAL, "the level its causes are on"),
	CHANGED(category),
};

static const struct field cause_fields[] = {
	ID(cause),
	NUMBER(cause),
	ORDER(cause),
	F(cause, "category", category, REF, "its bone", .refers = KIND_CATEGORY,
	    .on_remove = REF_REFUSE, .required = true),
	F(cause, "parent", parent, REF, "the cause it is a why of", .refers = KIND_CAUSE,
	    .on_remove = REF_CASCADE),
	PROSE(cause, text, "the condition", .required = true),
	ENUM(cause, level, level_names, 0, "its level where not its category's"),
	F(cause, "evidence", evidence, REFS, "events that show it", .refers = KIND_EVENT,
	    .on_remove = REF_CLEAR),
	ENUM(cause, certainty, certainty_names, CERTAINTY_ACCOUNT, "how sure"),
	COUNT(cause, agree, "how many agreed", .writer = WRITE_COMMAND, .command = "agree doubt"),
	COUNT(cause, doubt, "how many doubted", .writer = WRITE_COMMAND, .command = "agree doubt"),
	BOOL(cause, deep_enough, "no further why is needed"),
	SET(cause, tags, "factors it shares with other debriefs"),
	COUNT(cause, votes, "votes", .writer = WRITE_HOST),
	CHANGED(cause),
};

static const struct field column_fields[] = {
	ID(column),
	ORDER(column),
	WORDS(column, name, "its heading", .required = true),
	WORDS(column, prompt, "the question it asks"),
	BOOL(column, hidden, "cards are hidden until reveal", .writer = WRITE_LEAD),
	BOOL(column, anonymous, "cards carry no name", .writer = WRITE_LEAD),
	CHANGED(column),
};

static const struct field card_fields[] = {
	ID(card),
	ORDER(card),
	F(card, "column", column, REF, "its column", .refers = KIND_COLUMN, .on_remove = REF_REFUSE,
	    .required = true),
	PROSE(card, text, "what it says", .writer = WRITE_AUTHOR, .required = true),
	F(card, "group", group, REF, "the card it is grouped under", .refers = KIND_CARD,
	    .on_remove = REF_CLEAR),
	WORDS(card, name, "the group's name, on its head card"),
	F(card, "by", by, REF, "who wrote it", .refers = KIND_PERSON, .on_remove = REF_CLEAR,
	    .writer = WRITE_HOST),
	PROSE(card, notes, "notes of the discussion"),
	COUNT(card, votes, "votes", .writer = WRITE_HOST),
	LINE(card, owner, "what its author's secret is checked against", .writer = WRITE_HOST,
	    .live = true),
	CHANGED(card),
};

static const struct field action_fields[] = {
	ID(action),
	NUMBER(action),
	ORDER(action),
	PROSE(action, text, "verb, object", .required = true),
	ENUM(action, kind, act_names, ACT_PREVENT, "what it is for"),
	BOOL(action, urgent, "cannot wait for the end of the debrief"),
	LINE(action, owner, "a team or contact"),
	DATE(action, "due", due_day, "until when"),
	ENUM(action, status, action_names, ACTION_IDEA, "how far it is", .merge = MERGE_MAX),
	PROSE(action, done_when, "how we know it is done"),
	PROSE(action, instead_of, "what is not done because of it"),
	PROSE(action, proof, "how we know that it held"),
	PROSE(action, reason, "why it was dropped or waits"),
	F(action, "causes", causes, REFS, "the causes it answers", .refers = KIND_CAUSE,
	    .on_remove = REF_CLEAR),
	ENUM(action, level, level_names, 0, "its level"),
	LINE(action, link, "where it is tracked"),
	AT(action, "done_at", done_at_ns, "when it was done"),
	LINE(action, carried_from, "the debrief it comes from"),
	F(action, "about", about, REF, "what it came of: a topic of the discussion, or any item",
	    .refers = N_KINDS, .on_remove = REF_CLEAR),
	COUNT(action, votes, "votes", .writer = WRITE_HOST),
	CHANGED(action),
};

static const struct field experiment_fields[] = {
	ID(experiment),
	ORDER(experiment),
	PROSE(experiment, hypothesis, "what we believe will happen", .required = true),
	PROSE(experiment, steady_state, "how normal looks"),
	PROSE(experiment, method, "what we do"),
	PROSE(experiment, blast_radius, "who could feel it"),
	F(experiment, "abort_when", abort_when, LIST, "signs at which we stop"),
	PROSE(experiment, rollback, "how we go back"),
	ENUM(experiment, result, result_names, 0, "how it ended"),
	PROSE(experiment, expected, "what we expected"),
	PROSE(experiment, observed, "what we saw"),
	PROSE(experiment, surprised, "what surprised us"),
	DATE(experiment, "again", again_day, "when to run it again"),
	AT(experiment, "started", started_ns, "when its run began", LIVE("experiment")),
	AT(experiment, "stopped", stopped_ns, "when its run ended", LIVE("experiment")),
	CHANGED(experiment),
};

static const struct field question_fields[] = {
	ID(question),
	ORDER(question),
	PROSE(question, text, "what nobody in the room knew", .required = true),
	LINE(question, owner, "who finds out"),
	PROSE(question, answer, "the answer"),
	F(question, "about", about, REF, "the item it is about", .refers = N_KINDS,
	    .on_remove = REF_CLEAR),
	COUNT(question, votes, "votes", .writer = WRITE_HOST),
	CHANGED(question),
};

static const struct field rating_fields[] = {
	ID(rating),
	LINE(rating, question, "what was rated", .required = true),
	F(rating, "value", value, INT, "1 to 5", .min = 1, .max = 5, .required = true),
	PROSE(rating, comment, "a word to it"),
};

#define N(a) (sizeof(a) / sizeof *(a))
#define KIND(k, w, l, p, ltr, s, m) \
	[KIND_##k] = { KIND_##k, w, l, p, ltr, sizeof(struct s), m, s##_fields, N(s##_fields) }

const struct schema schemas[N_KINDS] = {
	KIND(DEBRIEF, "debrief", NULL, "debriefs", 0, debrief, 1),
	KIND(STAGE, "stage", "stages", "stages", 0, stage, 10000),
	KIND(PERSON, "person", "people", "people", 0, person, 10000),
	KIND(EVENT, "event", "events", "events", 'E', event, 100000),
	KIND(CATEGORY, "category", "categories", "categories", 0, category, 10000),
	KIND(CAUSE, "cause", "causes", "causes", 'C', cause, 10000),
	KIND(COLUMN, "column", "columns", "columns", 0, column, 10000),
	KIND(CARD, "card", "cards", "cards", 0, card, 10000),
	KIND(ACTION, "action", "actions", "actions", 'A', action, 10000),
	KIND(EXPERIMENT, "experiment", "experiments", "experiments", 0, experiment, 10000),
	KIND(QUESTION, "question", "questions", "questions", 0, question, 10000),
	KIND(RATING, "rating", "ratings", "ratings", 0, rating, 10000),
};
