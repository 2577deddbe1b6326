#include "views/own_words.h"

#include <string.h>

/* In the order of the manual. */
const struct own_word own_words[] = {
	{ "earlier", "",
	    "earlier debriefs: their open actions, to be carried over, what is done and not proven, and "
	    "what looks alike",
	    true, true },
	{ "held", "NAME ACTION yes|no|untested [HOW]",
	    "whether a done action of an earlier debrief held: yes keeps HOW there as its proof, no "
	    "carries it over, untested makes it an open question here",
	    true, true },
	{ "account", "[add WHEN TEXT|drop N|release N|release all]",
	    "what you saw, for you alone until you release it, line by line; alone: lists it", true,
	    true },
	{ "onair", "",
	    "others see this screen: own votes and private lists are off; again: no longer", true, false },
	{ "wall", "", "all panes at once, as a projector shows them", true, false },
	{ "full", "", "every key is a command", true, false },
	{ "simple", "", "the cursor is always in the entry line", true, false },
	{ "mouse", "", "the mouse chooses here; again: it is the terminal's", true, false },
	{ "where", "[PANE]",
	    "the stage, its time, its question, and what there is; also of agenda, timeline, causes, "
	    "cards, actions or run",
	    false, true },
	{ "more", "", "the next twelve lines of a long list", false, true },
	{ "read", "NUMBER...",
	    "the whole of an item: read 7, read 3 to 8, read 1 4 7, or of all under a heading; alone what "
	    "the room looks at",
	    false, true },
	{ "who", "", "who is here; while something is hidden no more than counts", false, true },
	{ "news", "", "what is new, as an empty line says it", false, true },
	{ "quiet", "", "nothing but the bell and a new stage, until news", false, true },
	{ "follow", "", "the news tell, or tell no more, where the room looks", false, true },
	{ "drop", "", "the line that waits for an answer", false, true },
	{ "yes", "", "to a question: of the bell, of somebody at the door, of the host", false, true },
	{ "no", "", "the same, the other way", false, true },
	{ "another", "", "the next question of the stage", false, true },
	{ "next", "", "the next topic of a discussion, the next step of the curtain", false, true },
	{ "help", "[COMMAND]", "the words, how a command is written; help lead, help all", false, true },
};
const size_t n_own_words = sizeof own_words / sizeof *own_words;

const struct own_word *
own_word_of(const char *line, bool screen)
{
	for (size_t i = 0; i < n_own_words; i++) {
		const struct own_word *w = &own_words[i];
		size_t n = strlen(w->words);
		if ((screen ? w->screen : w->plain) && strncmp(line, w->words, n) == 0 &&
		    (line[n] == '\0' || line[n] == ' '))
			return w;
	}
	return NULL;
}
