/* FIELD=VALUE words: read against the schema, names and numbers resolved to ids, times to moments.
 */
#ifndef COMMANDS_FIELDS_H
#define COMMANDS_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "commands/command.h"

/* What the fields of one command are for. */
struct field_job {
	const struct command_scene *s;
	enum kind kind;
	const struct item *item; /* being set; NULL: being added */
	struct change *change;	 /* the assignments go here */
};

/* Is it written FIELD=VALUE, FIELD+=VALUE or FIELD-=VALUE? */
bool field_word(const char *word);

/* One such word, or the words of `args` from `first` on. ERR_USAGE for what is not that, or names
 * no field (the fields are listed); ERR_REFUSED for a value that the field does not take;
 * ERR_MISSING for an item that is not there. */
bool field_read(const struct field_job *j, const char *word, struct err *e);
bool fields_read(const struct field_job *j, const struct strs *args, size_t first, struct err *e);

/* A required text in a fixed place of the command, checked like `name`=`text`. ERR_REFUSED when it
 * is empty. */
bool field_text(const struct field_job *j, const char *name, const char *text, struct err *e);

/* Was a field given already? */
bool field_given(const struct change *c, const char *name);

/* May people set it with FIELD=VALUE of a command of this name? For help and completion. */
bool field_settable(const struct field *f, const char *command);

#endif
