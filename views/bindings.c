#include "views/bindings.h"

#include <string.h>

#include "base/text.h"
#include "views/keymap.h"
#include "views/words.h"

#define LISTS "agenda timeline actions"
#define ITEMS "fishbone timeline actions"

/* A key may stand here several times, for different panes. Where two keys do the same, the one with
 * a word is named in hint lines. */
const struct binding bindings[] = {
	{ "up", DO_UP, NULL, "up; so do h j k l for left, down, up, right", NULL },
	{ "down", DO_DOWN, NULL, NULL, NULL },
	{ "left", DO_LEFT, NULL, NULL, NULL },
	{ "right", DO_RIGHT, NULL, NULL, NULL },
	{ "h", DO_LEFT, "bone", "the bone beside this one", "fishbone" },
	{ "l", DO_RIGHT, NULL, NULL, "fishbone" },
	{ "j", DO_DOWN, "cause", "the next cause, its whys included", "fishbone" },
	{ "k", DO_UP, NULL, NULL, "fishbone" },
	{ "h", DO_LEFT, NULL, NULL, LISTS },
	{ "l", DO_RIGHT, NULL, NULL, LISTS },
	{ "j", DO_DOWN, "action", NULL, "actions" },
	{ "j", DO_DOWN, NULL, NULL, "agenda timeline" },
	{ "k", DO_UP, NULL, NULL, LISTS },
	{ "home", DO_FIRST, NULL, "the first one; so does g", NULL },
	{ "g", DO_FIRST, NULL, NULL, NULL },
	{ "end", DO_LAST, NULL, "the last one; so does G", NULL },
	{ "G", DO_LAST, NULL, NULL, NULL },
	{ "page-up", DO_PAGE_UP, NULL, "a page up", NULL },
	{ "page-down", DO_PAGE_DOWN, NULL, "a page down", NULL },
	{ "tab", DO_ACROSS, "side", "the other side of the spine (backtab: the next pane)",
	    "fishbone" },
	{ "tab", DO_NEXT_PANE, "next pane", "the next pane", "agenda timeline" },
	{ "tab", DO_ACROSS, "coverage", "the causes without action, and back (backtab: the next pane)",
	    "actions" },
	{ "space", DO_FOLD, "card", "one action over the whole pane, and back", "actions" },
	{ "z", DO_ZOOM_OUT, NULL, NULL, "actions" },
	{ "Z", DO_ZOOM_IN, NULL, NULL, "actions" },
	{ "]", DO_LINK_ON, "causes", "the causes that name this event", "timeline" },
	{ "]", DO_LINK_ON, "actions", "the actions for this cause", "fishbone" },
	{ "[", DO_LINK_BACK, "events", "the events that show this cause", "fishbone" },
	{ "[", DO_LINK_BACK, "its cause", "the cause this action is for", "actions" },
	{ "E", DO_LINK_MARKED, "evidence",
	    "link events that show this cause, the timeline beside it; those marked with s at once",
	    "fishbone" },
	{ "E", DO_LINK_MARKED, "its causes", "which causes it is for: those marked with s, else from a list",
	    "actions" },
	{ "f", DO_GAPS, "filter",
	    "only those open, overdue, without owner, unproven, without cause, ideas", "actions" },
	{ "L", DO_LAYOUT, "sort", "by date, level, kind, owner, votes", "actions" },
	{ "backtab", DO_NEXT_PANE, NULL, "the next pane", NULL },
	{ "enter", DO_MENU, "menu", "what can be done with the selected item, as a menu", NULL },
	{ "space", DO_FOLD, "fold", "fold away what is below, or show it again", "fishbone" },
	{ "a", DO_ADD, "add", "a cause in this category; in the why-ladder the next why", "fishbone" },
	{ "a", DO_ADD, "add", "an event; its time first, else now", "timeline" },
	{ "a", DO_ADD, "add", "an action", "actions" },
	{ "a", DO_ADD, "say", "at the start a word to arrive with, at the end a plus, else for the parking lot",
	    "agenda" },
	{ "e", DO_EDIT, "edit", "change the text", ITEMS },
	{ "e", DO_EDIT, "minutes", "the minutes planned for a stage", "agenda" },
	{ "w", DO_WHY, "why", "a deeper cause under the selected one", "fishbone" },
	{ "w", DO_WHY, "seen", "what was visible and known at that moment", "timeline" },
	{ "w", DO_WHY, "done when", "how to tell that it is done", "actions" },
	{ "m", DO_MOVE, "move", "put the cause into another category", "fishbone" },
	{ "m", DO_MOVE, "owner", "the team or contact who takes it", "actions" },
	{ "t", DO_TIME, "time", "when it happened", "timeline" },
	{ "t", DO_TIME, "due", "the date it is due", "actions" },
	{ "p", DO_PHASE, "phase", "the phase that begins with it: the next of five, then none",
	    "timeline" },
	{ "p", DO_PHASE, "status", "the next status", "actions" },
	{ "c", DO_CAUSE_HERE, "cause", "a cause with this event, or this quiet, as evidence",
	    "timeline" },
	{ "A", DO_ACTION_HERE, "action", "an action for this", NULL },
	{ "Q", DO_QUESTION_HERE, "question", "an open question about this", ITEMS },
	{ "+", DO_AGREE, "agree", "agree with it", "fishbone timeline" },
	{ "-", DO_DOUBT, "doubt", "doubt it", "fishbone timeline" },
	{ "x", DO_REMOVE, "remove", "remove it; u brings it back; on the open rung of the ladder: deep enough",
	    "fishbone" },
	{ "x", DO_REMOVE, "remove", "remove it; u brings it back", "timeline actions" },
	{ "n", DO_NEXT, "next", "the next decision or quiet stretch; the curtain: a step on",
	    "timeline" },
	{ "W", DO_ACCOUNT, "my account",
	    "what you saw, for you alone, to be released line by line", "timeline" },
	{ "f", DO_GAPS, "gaps", "all gaps of a minute and more, or only the long ones; lanes: unfold",
	    "timeline" },
	{ "L", DO_LAYOUT, "lanes", "lanes beside the line of time, or the list", "timeline" },
	{ "z", DO_ZOOM_OUT, "zoom", "out: from a minute about this event to the whole, a strip a lane",
	    "timeline" },
	{ "Z", DO_ZOOM_IN, "zoom in", "in: from the whole to a minute about this event", "timeline" },
	{ "b", DO_LANES_BY, "lanes by", "what makes a lane: role or source, source, kind", "timeline" },
	{ "D", DO_DAY, "day", "which day it was: of that day are all times without a date",
	    "agenda timeline" },
	{ "d", DO_DURATIONS, "durations", "how long it took, and from what that is computed",
	    "timeline" },
	{ "z", DO_ZOOM_OUT, "zoom",
	    "see more with less of each: overview, fish, two sides, outline, why-ladder",
	    "fishbone" },
	{ "Z", DO_ZOOM_IN, "zoom in", "the other way: more of each", "fishbone" },
	{ "L", DO_LAYOUT, "layout", "the next layout", "fishbone" },
	{ "d", DO_LADDER, "ladder", "the why-ladder: one cause, its whys, what shows them; again: back",
	    "fishbone" },
	{ "b", DO_OTHER_FISH, "not worse",
	    "the other fish: why it was not worse, what helped and luck; again: back", "fishbone" },
	{ "h", DO_LEFT, NULL, NULL, "run" },
	{ "l", DO_RIGHT, NULL, NULL, "run" },
	{ "j", DO_DOWN, NULL, NULL, "run" },
	{ "k", DO_UP, NULL, NULL, "run" },
	{ "tab", DO_ACROSS, "experiment", "the next experiment (backtab: the next pane)", "run" },
	{ "a", DO_ADD, "add", "an event of the run; before it, an experiment", "run" },
	{ "e", DO_EDIT, "edit", "change what happened", "run" },
	{ "p", DO_PHASE, "start, stop", "begin the run, or end it", "run" },
	{ "x", DO_REMOVE, "remove", "remove what happened; u brings it back", "run" },
	{ "T", DO_TIME, NULL, NULL, "run" },
	{ "h", DO_LEFT, "column", "the column beside this one", "board" },
	{ "l", DO_RIGHT, NULL, NULL, "board" },
	{ "j", DO_DOWN, "card", "the next card", "board" },
	{ "k", DO_UP, NULL, NULL, "board" },
	{ "tab", DO_ACROSS, "next column", "the next column (backtab: the next pane)", "board" },
	{ "space", DO_FOLD, "fold", "fold a group, or open it", "board" },
	{ "a", DO_ADD, "add", "a card in this column; in a discussion a note on its topic", "board" },
	{ "e", DO_EDIT, "edit", "change the card, or the group's name", "board" },
	{ "w", DO_WHY, "notes", "what the discussion of it brought", "board" },
	{ "x", DO_REMOVE, "remove", "remove it; u brings it back", "board" },
	{ "s", DO_MARK, "mark", "mark it, or no longer; verbs on a marked one act on all marked",
	    "board " ITEMS },
	{ "m", DO_GROUP, "group", "put the marked cards together, else this one under the next",
	    "board" },
	{ "U", DO_UNGROUP, "ungroup", "take a card out of its group", "board" },
	{ "v", DO_VOTE, "vote", "give it one of your votes", "board" },
	{ "-", DO_UNVOTE, "unvote", "take one of your votes back", "board" },
	{ "R", DO_REVEAL, "reveal", "show the hidden cards to everybody; it asks", "board" },
	{ "n", DO_NEXT, "next topic", "the next topic by votes, for everybody", "board" },
	{ "Q", DO_QUESTION_HERE, "question", "an open question about this", "board" },
	{ "L", DO_LAYOUT, "layout", "columns, or topics by votes", "board" },
	{ ",", DO_EVENT_NOW, "event now", "an event that happens now", NULL },
	{ ".", DO_PROMPT, "next prompt", "the next question for the room", NULL },
	{ ";", DO_PROMPT_ALL, "ask all", "the question on every screen; again: no longer", NULL },
	{ "/", DO_FIND, "find", "find in this pane", NULL },
	{ "ctrl-f", DO_FIND_ALL, "find all", "find in every pane", NULL },
	{ ":", DO_PALETTE, "command", "any command, with completion", NULL },
	{ "u", DO_UNDO, "undo", "take back your own last change", NULL },
	{ "ctrl-r", DO_REDO, "redo", "bring it back", NULL },
	{ ">", DO_STAGE_NEXT, "next stage", "move the room to the next stage", NULL },
	{ "<", DO_STAGE_BACK, "back", "move the room to the stage before", NULL },
	{ "1", DO_PANE_1, "agenda", "agenda", NULL },
	{ "2", DO_PANE_2, "timeline", "timeline", NULL },
	{ "3", DO_PANE_3, "causes", "causes: the fishbone", NULL },
	{ "4", DO_PANE_4, "actions", "actions", NULL },
	{ "5", DO_PANE_5, "board", "board", NULL },
	{ "6", DO_PANE_6, NULL, NULL, NULL },
	{ "7", DO_PANE_7, NULL, NULL, NULL },
	{ "q", DO_BACK, "leave", "leave (it asks); so does esc", NULL },
	{ "esc", DO_BACK, NULL, NULL, NULL },
	{ "backspace", DO_BACK, NULL, NULL, NULL },
	{ "F", DO_FOLLOW, "follow", "go where the room is pointed; again: your own way", NULL },
	{ "o", DO_FOCUS, "point", "point everybody's screen at this", NULL },
	{ "r", DO_READY, "ready", "you are done with this stage", NULL },
	{ "H", DO_HAND, "hand", "ask to speak; again: you have spoken", NULL },
	{ "T", DO_TIME, "clock", "the time: spread the rest, five more, set the clock", "agenda console board fishbone" },
	{ "v", DO_VOTE, "vote", "give it one of your votes", "agenda timeline fishbone actions" },
	{ "O", DO_OTHERS_VIEW, "others", "this pane as the others are sent it", NULL },
	{ "P", DO_PROJECTOR, "question", "one question, in big letters", "wall" },
	{ "P", DO_PROJECTOR, "wall", "what projectors show; again: they show all panes at once, or one question", NULL },
	{ "y", DO_COPY, "copy", "copy its words to your clipboard, from a screen on your own machine",
	    NULL },
	{ "!", DO_ABORT, "stop", "stop the game day; twice", NULL },
	{ "ctrl-l", DO_REDRAW, NULL, "paint the screen anew", NULL },
	{ "?", DO_HELP, "help", "the keys of this pane; so does F1 (and F2 to F8 for 1 to 7)",
	    NULL },
	{ "F1", DO_HELP, NULL, NULL, NULL },
	{ "F9", DO_EVERYTHING, "everything", "every key of this pane, as a menu; so does F10", NULL },
	{ "F10", DO_EVERYTHING, NULL, NULL, NULL },
	{ "F2", DO_PANE_1, NULL, NULL, NULL },
	{ "F3", DO_PANE_2, NULL, NULL, NULL },
	{ "F4", DO_PANE_3, NULL, NULL, NULL },
	{ "F5", DO_PANE_4, NULL, NULL, NULL },
	{ "F6", DO_PANE_5, NULL, NULL, NULL },
	{ "F7", DO_PANE_6, NULL, NULL, NULL },
	{ "F8", DO_PANE_7, NULL, NULL, NULL },
};
const size_t n_bindings = sizeof bindings / sizeof *bindings;

const struct binding simple_bindings[] = {
	{ "enter", DO_NOTHING, "adds your line", "adds your line; on an empty one: what can be done",
	    NULL },
	{ "up", DO_UP, "choose", "arrows choose an item", NULL },
	{ "tab", DO_ACROSS, "next column", "the next column, then the next pane", "board" },
	{ "tab", DO_NEXT_PANE, "next pane", "the next pane", "agenda timeline fishbone actions run" },
	{ "esc", DO_BACK, "clears", "clears the line; on an empty one: leave (it asks)", NULL },
	{ "F1", DO_HELP, "help", "these keys; F2 to F8 are the panes 1 to 7", NULL },
	{ ":", DO_PALETTE, NULL, "first in the line: any command, :hand, :ready, :full", NULL },
};
const size_t n_simple_bindings = sizeof simple_bindings / sizeof *simple_bindings;

/* Letters of other layouts on the keys of a QWERTY keyboard, key by key. */
struct layout {
	const char *letters, *keys;
};
static const struct layout keyboards[] = {
	{ "йцукенгшщзфывапролдячсмитьбюі", "qwertyuiopasdfghjklzxcvbnm,.s" },
	{ "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬБЮІ", "QWERTYUIOPASDFGHJKLZXCVBNM<>S" },
	{ "ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm" },
	{ "ΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ", "ERTYUIOPASDFGHJKLZXCVBNM" },
	{ "קראטוןםפשדגכעיחלךזסבהנמצ", "ertyuiopasdfghjklzxcvbnm" },
};

static char
key_of_letter(uint32_t cp)
{
	for (size_t i = 0; i < sizeof keyboards / sizeof *keyboards; i++) {
		const char *p = keyboards[i].letters;
		size_t len = strlen(p), used, nth = 0;
		uint32_t letter;
		for (; len > 0 && (used = utf8_decode(p, len, &letter)) > 0;
		     p += used, len -= used, nth++)
			if (letter == cp)
				return keyboards[i].keys[nth];
	}
	return '\0';
}

bool
binding_is_for(const struct binding *b, const struct view *v)
{
	size_t len = strlen(v->name);

	for (const char *p = b->panes; p != NULL; p = strchr(p, ' ') ? strchr(p, ' ') + 1 : NULL)
		if (strncmp(p, v->name, len) == 0 && (p[len] == ' ' || p[len] == '\0'))
			return true;
	return b->panes == NULL;
}

void
binding_key_name(const struct key *k, char out[32])
{
	key_name(k, out);
	if (k->code == KEY_CHAR && k->cp >= 0x80 && (k->mods & ~KEY_MOD_SHIFT) == 0 &&
	    key_of_letter(k->cp) != '\0') {
		out[0] = key_of_letter(k->cp);
		out[1] = '\0';
	}
}

enum verb_of_key
binding_verb(const struct view *v, const struct key *k)
{
	char name[32];

	binding_key_name(k, name);
	for (size_t i = 0; i < n_bindings; i++)
		if (strcmp(bindings[i].key, name) == 0 && binding_is_for(&bindings[i], v))
			return bindings[i].verb;
	return DO_NOTHING;
}

const struct binding *
binding_of(const struct view *v, enum verb_of_key verb)
{
	const struct binding *first = NULL;

	for (size_t i = 0; i < n_bindings; i++) {
		if (bindings[i].verb != verb || !binding_is_for(&bindings[i], v))
			continue;
		if (bindings[i].word != NULL)
			return &bindings[i];
		first = first ? first : &bindings[i];
	}
	return first;
}

/* "a add"; both keys where there is a pair of them: "h/l bone". */
static void
put_hint(struct buf *out, const struct binding *b, const struct keymap *own)
{
	const char *other = "", *key = keymap_key(own, b->verb, b->word, b->key);

	if (key != b->key)
		other = "";
	else if (b->verb == DO_LEFT && strcmp(b->key, "h") == 0)
		other = "/l";
	else if (b->verb == DO_DOWN && strcmp(b->key, "j") == 0)
		other = "/k";
	buf_addf(out, "%s%s %s", key, other, b->word ? b->word : "");
}

void
binding_hints(const struct view *v, const enum verb_of_key *verbs, const struct keymap *own, int cols,
    struct buf *out)
{
	const struct binding *help = binding_of(v, DO_HELP);
	const char *gap = cols >= 160 ? "   " : "  ";
	int used = 0, last = (int)strlen(gap) + 1;
	struct buf hint = { 0 };

	for (size_t i = 0; verbs[i] != DO_NOTHING; i++) {
		const struct binding *b = binding_of(v, verbs[i]);
		int w;
		if (b == NULL)
			continue;
		buf_clear(&hint);
		put_hint(&hint, b, own);
		w = text_width(hint.data, hint.len) + (used > 0 ? (int)strlen(gap) : 1);
		if (used + w + last + 1 > cols)
			break;
		buf_addf(out, "%s%s", used > 0 ? gap : " ", hint.data);
		used += w;
	}
	if (help != NULL && used + last <= cols) {
		buf_addf(out, "%s%s", used > 0 ? gap : " ", help->key);
		if (used + last + (int)strlen(help->word) + 2 <= cols)
			buf_addf(out, " %s", help->word);
	}
	buf_fini(&hint);
}

void
binding_simple_hints(const struct view *v, bool line_empty, int cols, struct buf *out)
{
	struct buf hint = { 0 };
	int used = 0;

	for (size_t i = 0; i < n_simple_bindings; i++) {
		const struct binding *b = &simple_bindings[i];
		if (b->word == NULL || !binding_is_for(b, v))
			continue;
		buf_clear(&hint);
		buf_addf(&hint, "%s%s %s", used > 0 ? "   " : " ",
		    b->verb == DO_UP ? "arrows" : b->key,
		    b->verb == DO_BACK && line_empty ? word(WORD_LEAVES) : b->word);
		if (used + text_width(hint.data, hint.len) > cols) {
			/* The first one's key and what it does, without to what. */
			size_t verb = strlen(b->key) + 2;
			verb += strcspn(hint.data + verb, " ");
			if (used == 0 && text_width(hint.data, verb) <= cols)
				buf_add(out, hint.data, verb);
			break;
		}
		buf_adds(out, hint.data);
		used += text_width(hint.data, hint.len);
	}
	buf_fini(&hint);
}
