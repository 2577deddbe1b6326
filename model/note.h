/* A near miss in a line, noted in a second, one file each. Its fields are a table like those of a
 * debrief. */
#ifndef MODEL_NOTE_H
#define MODEL_NOTE_H

#include "model/schema.h"

enum note_kind { NOTE_NONE, NOTE_NEAR_MISS, NOTE_FAILURE, NOTE_SURPRISE };
enum note_status { NOTE_STATUS_NONE, NOTE_NEW, NOTE_LINKED, NOTE_PROMOTED, NOTE_DISMISSED };

struct note {
	struct item item;
	int64_t at_ns;
	char *text, *service, *reason;
	struct strs tags;
	int kind, status; /* enum note_kind, enum note_status */
	struct id debrief; /* linked to, or promoted to */
};

extern const struct field note_fields[];
extern const size_t n_note_fields;
const struct field *note_field(const char *name); /* NULL: there is none */

struct note *note_new(struct id id); /* with every default */
void note_free(struct note *n);
/* Set a field from a word's text; ERR_REFUSED names it. */
bool note_set(struct note *n, const char *field, const char *text, struct err *e);

#endif
