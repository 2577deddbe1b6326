/* Keys to verbs, as one table: dispatch, hint lines, `?` and the manual read it. */
#ifndef VIEWS_BINDINGS_H
#define VIEWS_BINDINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "views/view.h"

struct binding {
	const char *key;      /* as tui/keys.h names it */
	enum verb_of_key verb;
	const char *word;     /* in hint lines: "why" */
	const char *note;     /* in help: "a deeper cause under the selected one" */
	const char *panes;    /* names of views it is for, space-separated; NULL: all */
};
extern const struct binding bindings[];
extern const size_t n_bindings;

bool binding_is_for(const struct binding *b, const struct view *v);
/* The verb of a key in a view; letters of Cyrillic, Greek and Hebrew layouts act by position;
 * F1 doubles ?, F2 to F8 the digits 1 to 7. DO_NOTHING when it has none. */
enum verb_of_key binding_verb(const struct view *v, const struct key *k);
/* A key's name as the tables have it: that of a letter of another layout is the one that stands
 * there on a QWERTY keyboard. */
void binding_key_name(const struct key *k, char out[32]);
/* The first key of a verb in a view, and its word for the hint line; NULL when none. */
const struct binding *binding_of(const struct view *v, enum verb_of_key verb);
struct keymap;
/* " a add  w why  e edit ..." of `verbs` (DO_NOTHING-ended), cut at a whole hint, within `cols`; `?` always last. With the
 * person's own keys, where `own` has some. */
void binding_hints(const struct view *v, const enum verb_of_key *verbs, const struct keymap *own,
    int cols, struct buf *out);

/* The keys where the cursor is always in the entry line; `verb` DO_NOTHING: the line's own. */
extern const struct binding simple_bindings[];
extern const size_t n_simple_bindings;
/* " enter adds your line   arrows choose ...", cut at a whole hint. */
void binding_simple_hints(const struct view *v, bool line_empty, int cols, struct buf *out);

#endif
