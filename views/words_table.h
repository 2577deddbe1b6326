/* Private to words*.c: the table itself. */
#ifndef VIEWS_WORDS_TABLE_H
#define VIEWS_WORDS_TABLE_H

#include "views/words.h"

extern const char *const words_table[N_WORDS];

#endif
