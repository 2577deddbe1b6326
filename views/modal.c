#include "views/modal.h"

#include <string.h>

#include "base/text.h"
#include "views/bindings.h"

/* In the order of the hint line. What two keys do alike stands once with a word: the first. */
const struct modal_key modal_keys[] = {
	{ MODAL_ADD, "enter", DOES_DO, "adds",
	    "adds it; the next one is open already; on an empty line: closes it" },
	{ MODAL_ADD, "esc", DOES_CLOSE, "or empty enter ends",
	    "closes the line; the up key brings it back in the next one" },
	{ MODAL_ADD, "ctrl-e", DOES_PROGRAM, NULL, NULL },
	{ MODAL_KEEP, "enter", DOES_DO, "keeps it", NULL },
	{ MODAL_KEEP, "esc", DOES_CLOSE, "leaves it", NULL },
	{ MODAL_KEEP, "ctrl-e", DOES_PROGRAM, NULL, NULL },
	{ MODAL_TEXT, "alt-enter", DOES_DO, "keeps it", "keeps a text of several lines" },
	{ MODAL_TEXT, "esc", DOES_CLOSE, "leaves it as it was", NULL },
	{ MODAL_TEXT, "ctrl-d", DOES_DO, NULL, NULL },
	{ MODAL_TEXT, "ctrl-e", DOES_PROGRAM, NULL, NULL },
	{ MODAL_EDITING, "up", DOES_EDIT, NULL, "what was typed before; in several lines a row up" },
	{ MODAL_EDITING, "alt-b", DOES_EDIT, NULL, "a word back; alt-f a word on" },
	{ MODAL_EDITING, "alt-f", DOES_EDIT, NULL, NULL },
	{ MODAL_EDITING, "ctrl-a", DOES_EDIT, NULL, "to the beginning; end goes to the end" },
	{ MODAL_EDITING, "end", DOES_EDIT, NULL, NULL },
	{ MODAL_EDITING, "ctrl-w", DOES_EDIT, NULL,
	    "takes a word away; ctrl-u all before the cursor, ctrl-k all after it" },
	{ MODAL_EDITING, "ctrl-u", DOES_EDIT, NULL, NULL },
	{ MODAL_EDITING, "ctrl-k", DOES_EDIT, NULL, NULL },
	{ MODAL_EDITING, "ctrl-y", DOES_EDIT, NULL, "puts back what was taken away" },
	{ MODAL_EDITING, "ctrl-z", DOES_EDIT, NULL, "undo in the line; ctrl-r brings it back" },
	{ MODAL_EDITING, "ctrl-r", DOES_EDIT, NULL, NULL },
	{ MODAL_EDITING, "ctrl-e", DOES_PROGRAM, NULL,
	    "your own editor ($VISUAL, $EDITOR), where programs may be started; else the end" },
	{ MODAL_COMMAND, "enter", DOES_DO, "does it", NULL },
	{ MODAL_COMMAND, "tab", DOES_COMPLETE, "completes", "after : completes the word" },
	{ MODAL_COMMAND, "down", DOES_DOWN, "choose", NULL },
	{ MODAL_COMMAND, "backtab", DOES_DOWN, NULL, NULL },
	{ MODAL_COMMAND, "esc", DOES_CLOSE, "closes the line", NULL },
	{ MODAL_FIND, "enter", DOES_DO, "goes there", NULL },
	{ MODAL_FIND, "esc", DOES_CLOSE, "closes the line", NULL },
	{ MODAL_FIND_ALL, "enter", DOES_DO, "goes there", NULL },
	{ MODAL_FIND_ALL, "down", DOES_DOWN, "choose", NULL },
	{ MODAL_FIND_ALL, "tab", DOES_DOWN, NULL, NULL },
	{ MODAL_FIND_ALL, "up", DOES_UP, NULL, NULL },
	{ MODAL_FIND_ALL, "backtab", DOES_UP, NULL, NULL },
	{ MODAL_FIND_ALL, "esc", DOES_CLOSE, "closes the line", NULL },
	{ MODAL_LIST, "enter", DOES_DO, "does it", NULL },
	{ MODAL_LIST, "down", DOES_DOWN, "choose", NULL },
	{ MODAL_LIST, "tab", DOES_DOWN, NULL, NULL },
	{ MODAL_LIST, "j", DOES_DOWN, NULL, NULL },
	{ MODAL_LIST, "up", DOES_UP, NULL, NULL },
	{ MODAL_LIST, "backtab", DOES_UP, NULL, NULL },
	{ MODAL_LIST, "k", DOES_UP, NULL, NULL },
	{ MODAL_LIST, "page-down", DOES_PAGE_DOWN, NULL, NULL },
	{ MODAL_LIST, "page-up", DOES_PAGE_UP, NULL, NULL },
	{ MODAL_LIST, "1-9", DOES_NONE, "the same", NULL },
	{ MODAL_LIST, "esc", DOES_CLOSE, "closes", NULL },
	{ MODAL_LIST, "backspace", DOES_CLOSE, NULL, NULL },
	{ MODAL_LIST, "q", DOES_CLOSE, NULL, NULL },
	{ MODAL_MENU, "enter", DOES_DO, "does it", NULL },
	{ MODAL_MENU, "down", DOES_DOWN, "choose", NULL },
	{ MODAL_MENU, "tab", DOES_DOWN, NULL, NULL },
	{ MODAL_MENU, "j", DOES_DOWN, NULL, NULL },
	{ MODAL_MENU, "up", DOES_UP, NULL, NULL },
	{ MODAL_MENU, "backtab", DOES_UP, NULL, NULL },
	{ MODAL_MENU, "k", DOES_UP, NULL, NULL },
	{ MODAL_MENU, "page-down", DOES_PAGE_DOWN, NULL, NULL },
	{ MODAL_MENU, "page-up", DOES_PAGE_UP, NULL, NULL },
	{ MODAL_MENU, "1-9", DOES_NONE, "the same", NULL },
	{ MODAL_MENU, "esc", DOES_CLOSE, "closes", NULL },
	{ MODAL_MENU, "backspace", DOES_CLOSE, NULL, NULL },
	{ MODAL_HELP, "down", DOES_DOWN, "scrolls", NULL },
	{ MODAL_HELP, "j", DOES_DOWN, NULL, NULL },
	{ MODAL_HELP, "up", DOES_UP, NULL, NULL },
	{ MODAL_HELP, "k", DOES_UP, NULL, NULL },
	{ MODAL_HELP, "space", DOES_PAGE_DOWN, NULL, NULL },
	{ MODAL_HELP, "page-down", DOES_PAGE_DOWN, NULL, NULL },
	{ MODAL_HELP, "page-up", DOES_PAGE_UP, NULL, NULL },
	{ MODAL_HELP, "home", DOES_FIRST, NULL, NULL },
	{ MODAL_HELP, "end", DOES_LAST, NULL, NULL },
	{ MODAL_HELP, "esc", DOES_CLOSE, "closes", NULL },
	{ MODAL_ASK, "enter", DOES_DO, "yes", NULL },
	{ MODAL_ASK, "y", DOES_DO, NULL, NULL },
	{ MODAL_ASK, "esc", DOES_CLOSE, "no", NULL },
	{ MODAL_ASK, "backspace", DOES_CLOSE, NULL, NULL },
	{ MODAL_ASK, "n", DOES_CLOSE, NULL, NULL },
	{ MODAL_SURE, "y", DOES_DO, "yes", NULL },
	{ MODAL_SURE, "tab", DOES_DO, "yes too", NULL },
	{ MODAL_SURE, "esc", DOES_CLOSE, "no", NULL },
	{ MODAL_SURE, "backspace", DOES_CLOSE, NULL, NULL },
	{ MODAL_SURE, "n", DOES_CLOSE, NULL, NULL },
	{ MODAL_BELL, "enter", DOES_DO, "go on", NULL },
	{ MODAL_BELL, "y", DOES_DO, NULL, NULL },
	{ MODAL_BELL, "backspace", DOES_NO, "enough", NULL },
	{ MODAL_BELL, "n", DOES_NO, NULL, NULL },
	{ MODAL_BELL, "esc", DOES_CLOSE, "says nothing", NULL },
	{ MODAL_REVEAL, "R", DOES_DO, "reveals", NULL },
	{ MODAL_REVEAL, "tab", DOES_DO, NULL, NULL },
	{ MODAL_REVEAL, "enter", DOES_WAIT, "waits 30 s", NULL },
	{ MODAL_REVEAL, "esc", DOES_CLOSE, "goes on writing", NULL },
	{ MODAL_REVEAL, "?", DOES_HELP, "help", NULL },
	{ MODAL_REVEAL, "q", DOES_CLOSE, NULL, NULL },
	{ MODAL_UNVEIL, "y", DOES_DO, "reveals", NULL },
	{ MODAL_UNVEIL, "tab", DOES_DO, NULL, NULL },
	{ MODAL_UNVEIL, "enter", DOES_WAIT, "waits 30 s", NULL },
	{ MODAL_UNVEIL, "esc", DOES_CLOSE, "goes on writing", NULL },
	{ MODAL_UNVEIL, "?", DOES_HELP, "help", NULL },
	{ MODAL_UNVEIL, "q", DOES_CLOSE, NULL, NULL },
	{ MODAL_BOTH, "enter", DOES_DO, "edits yours over theirs", NULL },
	{ MODAL_BOTH, "esc", DOES_CLOSE, "keeps theirs", NULL },
	{ MODAL_RATE, "1-5", DOES_NONE, "nobody learns whose it is", NULL },
	{ MODAL_RATE, "enter", DOES_PASS, "passes", NULL },
	{ MODAL_RATE, "backspace", DOES_BACK, NULL, NULL },
	{ MODAL_RATE, "esc", DOES_CLOSE, "stays", NULL },
	{ MODAL_WORD, "enter", DOES_DO, "leaves", NULL },
	{ MODAL_WORD, "esc", DOES_CLOSE, "stays", NULL },
	{ MODAL_NUDGE, "tab", DOES_DO, "rewrite the line", NULL },
	{ MODAL_NUDGE, "enter", DOES_EDIT, "add it as it is", NULL },
	{ MODAL_NUDGE, "esc", DOES_CLOSE, "drop the question", NULL },
	{ MODAL_EVIDENCE, "space", DOES_DO, "links it, or no longer", NULL },
	{ MODAL_EVIDENCE, "down", DOES_EDIT, "choose", NULL },
	{ MODAL_EVIDENCE, "esc", DOES_CLOSE, "back", NULL },
	{ MODAL_EVIDENCE, "enter", DOES_DO, NULL, NULL },
	{ MODAL_EVIDENCE, "s", DOES_DO, NULL, NULL },
	{ MODAL_EVIDENCE, "n", DOES_EDIT, "next", NULL },
	{ MODAL_EVIDENCE, "L", DOES_EDIT, "lanes", NULL },
	{ MODAL_EVIDENCE, "z", DOES_EDIT, "zoom", NULL },
	{ MODAL_EVIDENCE, "backspace", DOES_CLOSE, NULL, NULL },
	{ MODAL_EVIDENCE, "q", DOES_CLOSE, NULL, NULL },
	{ MODAL_EVIDENCE, "E", DOES_CLOSE, NULL, NULL },
	{ MODAL_WELCOME, "enter", DOES_DO, "comes in", NULL },
	{ MODAL_WELCOME, "down", DOES_DOWN, "read more", NULL },
	{ MODAL_WELCOME, "tab", DOES_WATCH, "only watch", NULL },
	{ MODAL_WELCOME, "page-down", DOES_DOWN, NULL, NULL },
	{ MODAL_WELCOME, "up", DOES_UP, NULL, NULL },
	{ MODAL_WELCOME, "page-up", DOES_UP, NULL, NULL },
	{ MODAL_WELCOME, "esc", DOES_LEAVE, "leaves", NULL },
	{ MODAL_WELCOME, "q", DOES_LEAVE, NULL, NULL },
	{ MODAL_OTHERS, "esc", DOES_CLOSE, NULL, NULL },
	{ MODAL_SEAT, "enter", DOES_DO, NULL, NULL },
	{ MODAL_SEAT, "esc", DOES_CLOSE, NULL, NULL },
	{ MODAL_HOME, "enter", DOES_DO, "open", "open what is chosen: a debrief, its action, a note" },
	{ MODAL_HOME, "tab", DOES_COMPLETE, "next part", "the next part; backtab the one before" },
	{ MODAL_HOME, "a", DOES_ADD, "begin a debrief", "begin a debrief: its title, then enter" },
	{ MODAL_HOME, "ctrl-f", DOES_FIND, "find", "find in titles, actions and notes" },
	{ MODAL_HOME, "/", DOES_FIND, NULL, NULL },
	{ MODAL_HOME, ":", DOES_COMMAND, "command", "any of the program's commands: note TEXT, new -t sprint TITLE" },
	{ MODAL_HOME, "?", DOES_HELP, "help", "these keys" },
	{ MODAL_HOME, "F1", DOES_HELP, NULL, NULL },
	{ MODAL_HOME, "down", DOES_DOWN, NULL, "arrows choose; so do j and k" },
	{ MODAL_HOME, "j", DOES_DOWN, NULL, NULL },
	{ MODAL_HOME, "up", DOES_UP, NULL, NULL },
	{ MODAL_HOME, "k", DOES_UP, NULL, NULL },
	{ MODAL_HOME, "page-down", DOES_PAGE_DOWN, NULL, NULL },
	{ MODAL_HOME, "page-up", DOES_PAGE_UP, NULL, NULL },
	{ MODAL_HOME, "home", DOES_FIRST, NULL, NULL },
	{ MODAL_HOME, "g", DOES_FIRST, NULL, NULL },
	{ MODAL_HOME, "end", DOES_LAST, NULL, NULL },
	{ MODAL_HOME, "G", DOES_LAST, NULL, NULL },
	{ MODAL_HOME, "left", DOES_LEFT, NULL, "left and right choose an answer to: did it hold?" },
	{ MODAL_HOME, "h", DOES_LEFT, NULL, NULL },
	{ MODAL_HOME, "right", DOES_RIGHT, NULL, NULL },
	{ MODAL_HOME, "l", DOES_RIGHT, NULL, NULL },
	{ MODAL_HOME, "backtab", DOES_BACK, NULL, NULL },
	{ MODAL_HOME, "ctrl-r", DOES_REFRESH, NULL, "look again at what there is" },
	{ MODAL_HOME, "q", DOES_LEAVE, NULL, "leave; so do esc and backspace" },
	{ MODAL_HOME, "esc", DOES_LEAVE, NULL, NULL },
	{ MODAL_HOME, "backspace", DOES_LEAVE, NULL, NULL },
	{ MODAL_HELD, "enter", DOES_DO, "says so", NULL },
	{ MODAL_HELD, "right", DOES_RIGHT, "other answers", NULL },
	{ MODAL_HELD, "tab", DOES_COMPLETE, "next part", NULL },
	{ MODAL_HELD, "?", DOES_HELP, "help", NULL },
	{ MODAL_FIRST, "down", DOES_DOWN, "choose", "the next of the three; so do tab and j" },
	{ MODAL_FIRST, "tab", DOES_DOWN, NULL, NULL },
	{ MODAL_FIRST, "j", DOES_DOWN, NULL, NULL },
	{ MODAL_FIRST, "up", DOES_UP, NULL, "the one before; so do backtab and k" },
	{ MODAL_FIRST, "backtab", DOES_UP, NULL, NULL },
	{ MODAL_FIRST, "k", DOES_UP, NULL, NULL },
	{ MODAL_FIRST, "enter", DOES_DO, "begins", "begin what is chosen" },
	{ MODAL_FIRST, "1-3", DOES_NONE, "the same", "begin the first, second or third at once" },
	{ MODAL_FIRST, "?", DOES_HELP, "help", "these keys; so does F1" },
	{ MODAL_FIRST, "F1", DOES_HELP, NULL, NULL },
	{ MODAL_FIRST, "esc", DOES_LEAVE, "leaves", "leave, nothing is made; so do q and backspace" },
	{ MODAL_FIRST, "q", DOES_LEAVE, NULL, NULL },
	{ MODAL_FIRST, "backspace", DOES_LEAVE, NULL, NULL },
};
const size_t n_modal_keys = sizeof modal_keys / sizeof *modal_keys;

enum modal_act
modal_act(enum modal m, const struct key *k)
{
	char name[32];

	binding_key_name(k, name);
	for (size_t i = 0; i < n_modal_keys; i++)
		if (modal_keys[i].modal == m && strcmp(modal_keys[i].key, name) == 0)
			return modal_keys[i].act;
	return DOES_NONE;
}

/* "1-5" is read as "1 2 3 4 5", and where down does so up does the opposite. */
static const char *
shown_key(const struct modal_key *k)
{
	if (strcmp(k->key, "1-3") == 0)
		return "1 2 3";
	return strcmp(k->key, "down") == 0 ? "arrows" : k->key;
}

static const char *
gap_of(enum modal m)
{
	return m == MODAL_HOME ? "  " : m == MODAL_NUDGE ? "     " : "   ";
}

static const struct modal_key *
row_for(enum modal m, enum modal_act act)
{
	for (size_t i = 0; i < n_modal_keys; i++)
		if (modal_keys[i].modal == m && modal_keys[i].act == act)
			return &modal_keys[i];
	return NULL;
}

const char *
modal_key_for(enum modal m, enum modal_act act)
{
	const struct modal_key *k = row_for(m, act);

	return k != NULL ? shown_key(k) : "";
}

const char *
modal_word_for(enum modal m, enum modal_act act)
{
	const struct modal_key *k = row_for(m, act);

	return k != NULL && k->word != NULL ? k->word : "";
}

int
modal_digit(const struct key *k)
{
	static const uint32_t azerty[] = { '&', 0xe9, '"', '\'', '(', '-', 0xe8, '_', 0xe7 };

	if (k->code != KEY_CHAR || k->mods != 0)
		return -1;
	for (int i = 0; i < 9; i++)
		if (k->cp == azerty[i] || k->cp == (uint32_t)('1' + i))
			return i;
	return -1;
}

void
modal_title(enum modal m, const char *title, int cols, struct buf *out)
{
	int w = text_width(title, strlen(title)) + 3;
	struct buf hints = { 0 };

	buf_adds(out, title);
	modal_hints(m, cols - w, &hints);
	if (hints.len > 0)
		buf_addf(out, "   %s", hints.data);
	buf_fini(&hints);
}

void
modal_hints(enum modal m, int cols, struct buf *out)
{
	struct buf hint = { 0 };
	int used = 0;

	for (size_t i = 0; i < n_modal_keys; i++) {
		const struct modal_key *k = &modal_keys[i];
		if (k->modal != m || k->word == NULL)
			continue;
		buf_clear(&hint);
		buf_addf(&hint, "%s%s %s", used > 0 ? gap_of(m) : "", shown_key(k), k->word);
		if (used + text_width(hint.data, hint.len) > cols) {
			if (used > 0)
				break;
			continue; /* better a later one than none */
		}
		buf_adds(out, hint.data);
		used += text_width(hint.data, hint.len);
	}
	buf_fini(&hint);
}
