#include "model/note.h"

#include <stdlib.h>
#include <string.h>

static const char *const kind_names[] = { NULL, "near-miss", "failure", "surprise", NULL };
static const char *const status_names[] = { NULL, "new", "linked", "promoted", "dismissed", NULL };

#define AT(m) .offset = offsetof(struct note, m)

const struct field note_fields[] = {
	{ .name = "id", .type = FIELD_ID, AT(item.id), .writer = WRITE_HOST, .help = "its id" },
	{ .name = "at", .type = FIELD_TIME, AT(at_ns), .dflt = TIME_NONE, .required = true,
	    .help = "when it was noted" },
	{ .name = "text", .type = FIELD_TEXT, AT(text), .required = true, .prose = true,
	    .help = "what nearly happened" },
	{ .name = "kind", .type = FIELD_ENUM, AT(kind), .names = kind_names, .dflt = NOTE_NEAR_MISS,
	    .help = "what kind of thing it was" },
	{ .name = "service", .type = FIELD_LINE, AT(service), .help = "the service it was about" },
	{ .name = "tags", .type = FIELD_SET, AT(tags), .help = "tags" },
	{ .name = "status", .type = FIELD_ENUM, AT(status), .names = status_names,
	    .dflt = NOTE_NEW, .merge = MERGE_MAX, .writer = WRITE_HOST,
	    .help = "what became of it" },
	{ .name = "debrief", .type = FIELD_REF, AT(debrief), .refers = N_KINDS,
	    .writer = WRITE_HOST, .help = "the debrief it belongs to" },
	{ .name = "reason", .type = FIELD_TEXT, AT(reason), .prose = true, .writer = WRITE_HOST,
	    .help = "why it was dismissed" },
	{ .name = "changed", .type = FIELD_TIME, AT(item.changed_ns), .dflt = TIME_NONE,
	    .writer = WRITE_HOST, .help = "when it was changed last" },
};
const size_t n_note_fields = sizeof note_fields / sizeof *note_fields;

const struct field *
note_field(const char *name)
{
	for (size_t i = 0; i < n_note_fields; i++)
		if (strcmp(note_fields[i].name, name) == 0)
			return &note_fields[i];
	return NULL;
}

struct note *
note_new(struct id id)
{
	struct note *n = mem_zero(1, sizeof *n);

	n->item.id = id;
	n->at_ns = n->item.changed_ns = TIME_NONE;
	n->kind = NOTE_NEAR_MISS;
	n->status = NOTE_NEW;
	return n;
}

void
note_free(struct note *n)
{
	if (n == NULL)
		return;
	free(n->text);
	free(n->service);
	free(n->reason);
	strs_fini(&n->tags);
	extras_fini(&n->item.extra);
	free(n);
}

bool
note_set(struct note *n, const char *field, const char *text, struct err *e)
{
	const struct field *f = note_field(field);
	struct value v = { 0 };

	if (f == NULL || f->writer == WRITE_HOST)
		return err_set(e, ERR_USAGE,
		    "a note has no %.40s: nothing was noted: it has kind, service and tags", field);
	if (!value_parse(f, text, &v, e) || !value_ok(f, &v, e)) {
		value_fini(&v);
		return err_prefix(e, "%s", field);
	}
	field_set(&n->item, f, &v);
	value_fini(&v);
	return true;
}
