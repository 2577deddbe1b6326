/* A person's own keys over those of the table (views/bindings.h): `git config debrief.key.NAME KEY`,
 * where NAME is a key's word with - for spaces ("next-prompt"), in every pane that has it. */
#ifndef VIEWS_KEYMAP_H
#define VIEWS_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "views/view.h"

struct keymap {
	struct {
		enum verb_of_key verb;
		char word[32]; /* of the table: verbs may have several words */
		char key[32];  /* as tui/keys.h names it */
	} v[32];
	size_t n;
};

/* Calls `use` with each NAME there is, once, in the table's order. */
void keymap_names(void (*use)(void *ctx, const char *name), void *ctx);
/* False, nothing changed: no such name, or nothing that is a key. */
bool keymap_add(struct keymap *m, const char *name, const char *key);
/* The verb of a key in a view: the person's own, else the table's. A key that was given another
 * meaning loses the one of the table. `m` may be NULL. */
enum verb_of_key keymap_verb(const struct keymap *m, const struct view *v, const struct key *k);
/* What to call a verb's key: the person's own, else the table's `usual`. */
const char *keymap_key(const struct keymap *m, enum verb_of_key verb, const char *word,
    const char *usual);

#endif
