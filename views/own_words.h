/* Words that a screen and the conversation of plain mode have beside the grammar of the session. One
 * table for what reads them, completion, help and the manual. */
#ifndef VIEWS_OWN_WORDS_H
#define VIEWS_OWN_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct own_word {
	const char *words, *usage, *note;
	bool screen, plain; /* where it is known */
};
extern const struct own_word own_words[];
extern const size_t n_own_words;

/* The word that a line of the screen (else of plain mode) begins with; NULL: it is of the grammar. */
const struct own_word *own_word_of(const char *line, bool screen);

#endif
