#include "commands/build.h"

/* The order is the manual's. A command's first word is the name its ops carry, unless it is of a
 * kind: then the kind's. */
#define ANY KIND_DEBRIEF

/* What every kind has, with notes that fit all. */
#define SET_OF(word, kind, a_word)                                                                 \
	{                                                                                          \
		word " set", "ID... FIELD=VALUE...", "change fields of " a_word, false, false, kind,  \
		    build_set                                                                      \
	}
#define REMOVE_OF(word, kind, a_word)                                                              \
	{                                                                                          \
		word " remove", "ID...", "remove " a_word, false, false, kind, build_remove           \
	}
#define MOVE_OF(word, kind, what)                                                                  \
	{                                                                                          \
		word " move", "ID [before=ID]", "put " what ", or last", false, false, kind,       \
		    build_move                                                                     \
	}
#define ITEM_COMMANDS(word, kind, a_word)                                                          \
	SET_OF(word, kind, a_word), REMOVE_OF(word, kind, a_word),                                 \
	    MOVE_OF(word, kind, a_word " before another")

const struct command commands[] = {
	{ "set", "FIELD=VALUE...", "the debrief's own fields", false, false, ANY,
	    build_set_debrief },

	{ "person add", "NAME [role=ROLE] [FIELD=VALUE...]", "somebody who takes part", false,
	    false, KIND_PERSON, build_add },
	ITEM_COMMANDS("person", KIND_PERSON, "a person"),

	{ "event add", "WHEN TEXT [FIELD=VALUE...]",
	    "something that happened: WHEN is now, 23:27, "
	    "2017-01-31T23:27, RFC 3339 or +5m",
	    false, false, KIND_EVENT, build_event_add },
	SET_OF("event", KIND_EVENT, "an event"),
	REMOVE_OF("event", KIND_EVENT, "an event"),
	MOVE_OF("event", KIND_EVENT, "an event before another of the same time"),
	{ "event shift", "source=NAME DURATION",
	    "move all times of one source, whose clock was off", false, false, KIND_EVENT,
	    build_event_shift },

	{ "category add", "NAME [level=LEVEL] [FIELD=VALUE...]", "a bone of the fish", false, false,
	    KIND_CATEGORY, build_add },
	ITEM_COMMANDS("category", KIND_CATEGORY, "a category"),

	{ "categories", "SET",
	    "look at it by another set of categories; causes stay: levels, 6m, 4s, shell, "
	    "service-life",
	    true, false, ANY, build_categories },

	{ "cause add", "CATEGORY TEXT [FIELD=VALUE...]", "a condition that made it possible", false,
	    false, KIND_CAUSE, build_cause_add },
	{ "why", "ID TEXT [FIELD=VALUE...]", "a deeper cause under a cause", false, false,
	    KIND_CAUSE, build_why },
	{ "cause move", "ID... category=NAME|under=ID [before=ID]",
	    "put a cause, with its whys, elsewhere", false, false, KIND_CAUSE, build_cause_move },
	SET_OF("cause", KIND_CAUSE, "a cause"),
	REMOVE_OF("cause", KIND_CAUSE, "a cause and its whys"),

	{ "column add", "NAME [prompt=TEXT] [FIELD=VALUE...]", "a column of the board", false,
	    false, KIND_COLUMN, build_add },
	ITEM_COMMANDS("column", KIND_COLUMN, "a column"),

	{ "card add", "COLUMN TEXT [anonymous] [seat=SEAT] [FIELD=VALUE...]",
	    "a card on the board; seat=: a paper card of somebody in the room", false, false,
	    KIND_CARD, build_card_add },
	{ "card group", "ID... under=ID [name=TEXT]", "put cards, or their groups, under another",
	    false, false, KIND_CARD, build_card_group },
	{ "card ungroup", "ID", "take a card out of its group", false, false, KIND_CARD,
	    build_card_ungroup },
	{ "card claim", "ID", "put your name on a card that you wrote without one", false, false,
	    KIND_CARD, build_card_claim },
	ITEM_COMMANDS("card", KIND_CARD, "a card"),
	{ "jot", "ID TEXT", "a line to the notes of a topic that is discussed", false, false, ANY,
	    build_jot },
	{ "kudos", "TEXT", "thanks to somebody, in a column of their own; at any time", false, false,
	    ANY, build_side },
	{ "park", "TEXT", "into the parking lot: worth a time of its own", false, false, ANY,
	    build_side },
	{ "plus", "TEXT", "what of this meeting should stay", false, false, ANY, build_side },
	{ "delta", "TEXT", "what of this meeting should be different", false, false, ANY,
	    build_side },
	{ "reveal", "", "show the hidden cards to everybody", true, false, ANY, build_reveal },

	{ "action add",
	    "TEXT [owner=NAME] [due=DATE] [kind=KIND] [causes=ID,...] [done_when=TEXT] "
	    "[FIELD=VALUE...]",
	    "what is to be done", false, false, KIND_ACTION, build_add },
	ITEM_COMMANDS("action", KIND_ACTION, "an action"),
	{ "later", "DATE", "let the ideas soak: decide on DATE (2026-12-01, 14d or 2w)", true, false,
	    ANY, build_later },

	{ "question add", "TEXT [about=ID] [FIELD=VALUE...]", "what nobody here knows", false,
	    false, KIND_QUESTION, build_add },
	ITEM_COMMANDS("question", KIND_QUESTION, "a question"),

	{ "experiment add", "TEXT [FIELD=VALUE...]", "a hypothesis to try", false, false,
	    KIND_EXPERIMENT, build_add },
	{ "experiment start", "ID", "note in the timeline that it runs", false, false,
	    KIND_EXPERIMENT, build_experiment_start },
	{ "experiment stop", "ID", "note in the timeline that it ended", false, false,
	    KIND_EXPERIMENT, build_experiment_stop },
	ITEM_COMMANDS("experiment", KIND_EXPERIMENT, "an experiment"),

	{ "redact", "ID [as=TEXT]",
	    "blank an item's text for good; says which commits still have it", true, false, ANY,
	    build_redact },
	{ "confirm", "", "the room agrees on the timeline", true, false, ANY, build_confirm },
	{ "curtain", "down|next|back|up",
	    "the walk: cover what came later than the room is, for everybody; next lifts it a step",
	    true, false, ANY, build_curtain },
	{ "agree", "ID", "agree with a cause", false, false, ANY, build_count },
	{ "doubt", "ID", "doubt a cause", false, false, ANY, build_count },
	{ "vote", "ID [seat=SEAT]", "give one of your votes; nobody sees whose it is", false, false,
	    ANY, build_vote },
	{ "unvote", "ID [seat=SEAT]", "take one of your votes back", false, false, ANY,
	    build_vote },
	{ "votes open", "N [several=no] [on=ID,...]",
	    "give everybody N votes, on anything or on these; several=no: one on an item", true,
	    false, ANY, build_votes_open },
	{ "votes close", "", "count the votes and show the totals", true, false, ANY,
	    build_votes_close },
	{ "seat add", "NAME...", "somebody in the room who has no keyboard", false, false, ANY,
	    build_seat_add },
	{ "seat next", "", "hand the keyboard to the next seat, with the screen blanked", false,
	    true, ANY, build_seat_next },
	{ "rate", "QUESTION 1..5 [COMMENT]", "rate the meeting, without a name", false, false, ANY,
	    build_rate },
	{ "pass", "", "no answer, which counts as one", false, false, ANY, build_pass },
	{ "arrive", "WORD", "how you arrive, in a word; no name stands beside it", false, false, ANY,
	    build_arrive },

	{ "stage", "next|back|NAME", "move to another stage", true, false, ANY, build_stage },
	{ "tick", "CHECK", "a check mark that only the room can tell: read aloud, walked", true, false,
	    ANY, build_tick },
	{ "untick", "CHECK", "take it back", true, false, ANY, build_tick },
	{ "override", "REASON", "pass the gate that was last refused; the reason is kept", true,
	    false, ANY, build_words },
	{ "stage add", "NAME [FIELD=VALUE...]", "one more stage", true, false, KIND_STAGE,
	    build_add },
	ITEM_COMMANDS("stage", KIND_STAGE, "a stage"),

	{ "timer", "5m|+2m|stop", "set the clock, give it more, stop it", true, false, ANY,
	    build_timer },
	{ "prompt", "TEXT|off", "a question on every screen, until the stage ends", true, false, ANY,
	    build_prompt },
	{ "projector", "wall|question", "what every projector shows: all panes at once, or one question",
	    true, false, ANY, build_projector },
	{ "spread", "", "share what is left of the meeting among the stages to come", true, false,
	    ANY, build_spread },
	{ "ask", "more|topic|stop",
	    "ask the room, secretly: five more minutes, or go on with the topic; stop takes it back", true,
	    false, ANY, build_ask },
	{ "answer", "yes|no [seat=SEAT]", "go on, or enough; nobody learns who said what", false,
	    false, ANY, build_answer },
	{ "focus", "ID", "point everybody's screen at an item", true, false, ANY, build_focus },
	{ "hand", "[done]", "ask to speak; done: you have spoken", false, false, ANY,
	    build_hand },
	{ "ready", "", "you are done with this stage", false, false, ANY, build_ready },
	{ "pause", "", "ask for a break; nobody learns who asked", false, false, ANY, build_plain },
	{ "abort", "[REASON]", "stop the game day at once; everybody may", false, false, ANY,
	    build_abort },
	{ "leave", "[1..5 1..5 [WORD]]",
	    "you go; was it useful, would you come again, and a word to it", false, false, ANY,
	    build_leave },
	{ "give", "ROLE NAME", "hand over a role", true, false, ANY, build_give },
	{ "mute", "NAME", "ask somebody to be silent; again: no longer", true, false, ANY,
	    build_mute },
	{ "lock", "", "newcomers knock", true, false, ANY, build_lock },
	{ "unlock", "", "newcomers come in", true, false, ANY, build_lock },

	{ "undo", "", "take back your own last change", false, false, ANY, build_plain },
	{ "redo", "", "bring back what you took back", false, false, ANY, build_plain },
	{ "draft", "", "write summary and impact from the data, where they are empty", true, false,
	    ANY, build_draft },
	{ "save", "[MESSAGE]", "commit", true, false, ANY, build_words },
	{ "close", "", "commit and close the debrief", true, false, ANY, build_status },
	{ "reopen", "", "go on with a closed debrief", true, false, ANY, build_status },
	{ "quit", "", "leave the screen", false, true, ANY, build_quit },
};
const size_t n_commands = sizeof commands / sizeof *commands;
