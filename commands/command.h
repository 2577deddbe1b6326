/* The session's grammar: one table of every command, used by keys, the `:` prompt, `debrief do`, completion, help and
 * the manual. A command's words become an op; nothing here talks to a host. */
#ifndef COMMANDS_COMMAND_H
#define COMMANDS_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/when.h"
#include "model/op.h"

/* What a command is read against. All borrowed. */
struct command_scene {
	const struct debrief *d; /* the replica, as this person sees it */
	const char *me;
	enum role_of role;
	int64_t now_ns;
	const struct zone *zone;  /* the debrief's */
	int64_t last_event_ns;	  /* of the event this person added last, or TIME_NONE */
	uint64_t (*random)(void); /* ids of new items */
	const struct strs *here;  /* names of who is here; NULL: not known */
};

struct command {
	const char *words; /* "event add", "stage": one or two fixed words */
	const char *usage; /* "WHEN TEXT [FIELD=VALUE...]" */
	const char *note;  /* a line for help, completion and the manual */
	bool lead;	   /* facilitator or scribe only, for help; the model enforces it */
	bool screen;	   /* only on a screen (quit, seat next): what reads commands elsewhere
			    * refuses it */
	enum kind kind;	   /* of KIND commands; KIND_DEBRIEF otherwise */
	/* `args` after the fixed words. Fills `out` (with its command name) or refuses: ERR_USAGE for wrong words,
	 * ERR_MISSING for an id that is not there (or ambiguous: the choices are named), ERR_REFUSED otherwise. */
	bool (*build)(const struct command_scene *s, const struct command *c, const struct strs *args,
	    struct op *out, struct err *e);
};

extern const struct command commands[];
extern const size_t n_commands;

/* Split a line as a shell does: spaces, '...', "..." (with \n, \t, \", \\ in them), backslash. Blank lines and those that
 * begin with # give no words. ERR_USAGE for an open quote. */
bool words_split(const char *line, struct strs *out, struct err *e);
/* The reverse: a line that splits into these words again. */
void words_join(const struct strs *words, struct buf *out);

/* The command these words begin with (its fixed words may not be shortened), or NULL with ERR_USAGE that names the
 * nearest ones; *used gets how many words are the command's own. */
const struct command *command_find(const struct strs *words, size_t *used, struct err *e);
/* Words to op: command_find and its build. */
bool command_read(const struct command_scene *s, const struct strs *words, struct op *out,
    struct err *e);
/* The same from one line. An empty line gives an op with no command (command NULL) and true. */
bool command_read_line(const struct command_scene *s, const char *line, struct op *out,
    struct err *e);

/* An item by what a person types: "E17", "C4", "A3" (case does not matter), the whole id or a unique start of it (2 or
 * more characters), for categories, columns, stages and people also the name (text_same, then a unique start). */
struct item *command_item(const struct debrief *d, enum kind kind, const char *text, struct err *e);
struct item *command_any(const struct debrief *d, const char *text, enum kind *kind,
    struct err *e);

/* WHEN: now, RFC 3339, 2017-01-31T23:27[:05], 23:27[:05], +5m. Without a zone it is in the scene's zone; gaps and
 * overlaps are refused with both offsets. *precision gets PRECISION_MINUTE where no seconds were given. */
bool command_when(const struct command_scene *s, const char *text, int64_t *at_ns, int *precision,
    struct err *e);

/* Is nothing wrong with this line but that the day of a bare time in it is not known? */
bool command_wants_day(const struct command_scene *s, const char *line);

/* What could follow: whole replacement words for the last word of `line`, best first (commands, ids with a hint after a
 * tab, field names, enum values). */
void command_complete(const struct command_scene *s, const char *line, struct strs *out);
/* Is it the heading of a column that a command makes by itself (kudos, park, plus, delta)? */
bool command_is_side_column(const char *name);
/* Fuzzy: the commands whose words, note or key fit `typed`, best first. */
size_t command_match(const char *typed, const struct command *out[], size_t most);

#endif
