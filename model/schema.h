/* The one place that says what a debrief consists of. Everything generic is written from this
 * table: JSON both ways, checking, applying, inverse, merge, difference, index, CSV, and the
 * grammar's FIELD=VALUE. */
#ifndef MODEL_SCHEMA_H
#define MODEL_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "model/debrief.h"

enum field_type {
	FIELD_ID,   /* the item's own id: struct id */
	FIELD_LINE, /* char *, at most 500 bytes */
	FIELD_TEXT, /* char *, at most 16 KiB, newlines allowed */
	FIELD_TIME, /* int64_t ns */
	FIELD_DATE, /* int64_t days */
	FIELD_BOOL, /* bool */
	FIELD_INT,  /* int64_t within min and max */
	FIELD_ENUM, /* int, an index into names */
	FIELD_REF,  /* struct id of an item of kind `refers` (N_KINDS: any) */
	FIELD_REFS, /* struct strs: a set of such ids, sorted */
	FIELD_SET,  /* struct strs: lines, sorted, each once */
	FIELD_LIST, /* struct strs: lines in their order */
};

enum writer {
	WRITE_ANYONE,  /* who may change the item at all */
	WRITE_AUTHOR,  /* the card's author, and lead */
	WRITE_LEAD,    /* facilitator, scribe */
	WRITE_COMMAND, /* one named command only: `command` of the field */
	WRITE_HOST,    /* nobody: the host fills it in */
};
enum on_remove { REF_CLEAR, REF_CASCADE, REF_REFUSE };
enum merge_rule { MERGE_LATER, MERGE_MAX, MERGE_SUM };

struct field {
	const char *name; /* in the file and in the grammar */
	enum field_type type;
	size_t offset;		  /* in the item's struct */
	const char *const *names; /* FIELD_ENUM: [0] is NULL (absent), NULL at the end */
	int64_t dflt;		  /* of a number, bool, enum; TIME_NONE for times, dates */
	const char *dflt_text;	  /* the default of a line ("incident"), or NULL */
	int64_t min, max;	  /* FIELD_INT */
	enum writer writer;
	const char *command; /* WRITE_COMMAND: the command whose ops may set it */
	enum kind refers;    /* FIELD_REF, FIELD_REFS */
	enum on_remove on_remove;
	enum merge_rule merge;
	bool live;	  /* journaled and sent, never written to the file */
	bool required;	  /* an item without it is refused */
	bool prose;	  /* free words: blanked by redact, looked at by wording rules, indexed */
	const char *help; /* a few words for --help, completion and the manual */
};

struct schema {
	enum kind kind;
	const char *word;  /* the grammar's KIND: "event" */
	const char *list;  /* the member of the file: "events"; NULL for the debrief itself */
	const char *plural; /* for sentences: "events", "people" */
	char letter;	   /* of spoken numbers: 'E', 'C', 'A'; 0 for none */
	size_t size;	   /* of its struct */
	size_t most;	   /* how many a debrief may hold */
	const struct field *fields; /* in the file's order */
	size_t n_fields;
};

extern const struct schema schemas[N_KINDS];

const struct schema *schema_of(enum kind kind);
const struct schema *schema_by_word(const char *word); /* "event"; NULL when there is none */
const struct schema *schema_by_list(const char *list); /* "events" */
const struct field *schema_field(enum kind kind, const char *name);

/* A field's value apart from its item: numbers, bools, times, dates and enums in `num`; lines,
 * texts and references in `text` (NULL: absent); sets and lists in `list`. Owned; value_fini
 * frees. */
struct value {
	int64_t num;
	char *text;
	struct strs list;
};

void value_fini(struct value *v);
struct value value_copy(const struct value *v);
bool value_equal(const struct field *f, const struct value *a, const struct value *b);
bool value_is_default(const struct field *f, const struct value *v);
struct value value_default(const struct field *f);
/* Total order by bytes, for merges: the same on every machine. */
int value_cmp(const struct field *f, const struct value *a, const struct value *b);
/* For people and for commands (times as RFC 3339 in UTC, lists with commas, bools yes/no);
 * appended. */
void value_words(const struct field *f, const struct value *v, struct buf *out);
/* From the grammar's text, except times (commands/ reads those, it knows the zone; here only RFC
 * 3339). "" gives the default. ERR_REFUSED names the field and what it takes. Does not look ids
 * up. */
bool value_parse(const struct field *f, const char *text, struct value *out, struct err *e);
/* Type, limits, text rules of a value, wherever it came from. */
bool value_ok(const struct field *f, const struct value *v, struct err *e);

struct value field_get(const struct item *it, const struct field *f); /* a copy: value_fini it */
/* The only place that frees a field. Sets are sorted and made unique. Does not re-sort the
 * debrief. */
void field_set(struct item *it, const struct field *f, const struct value *v);
/* The same with the value of another item of the kind. */
void field_set_from(struct item *to, const struct item *from, const struct field *f);
bool field_is_default(const struct item *it, const struct field *f);
bool field_equal(const struct item *a, const struct item *b, const struct field *f);

/* "E17", "C4", "A3", else the first 4 to 12 characters of the id that are unique in `d`. */
void item_short_name(const struct debrief *d, enum kind kind, const struct item *it, char out[24]);

#endif
