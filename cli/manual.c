#include "cli/manual.h"

#include "live/wire.h"
#include "model/schema.h"

static const char *
type_word(const struct field *f)
{
	switch (f->type) {
	case FIELD_ID:
	case FIELD_REF:
		return "id";
	case FIELD_LINE:
		return "line";
	case FIELD_TEXT:
		return "text";
	case FIELD_TIME:
		return "time";
	case FIELD_DATE:
		return "date";
	case FIELD_BOOL:
		return "bool";
	case FIELD_INT:
		return "int";
	case FIELD_ENUM:
		return "one of";
	case FIELD_REFS:
		return "set of ids";
	case FIELD_SET:
		return "set";
	case FIELD_LIST:
		return "list";
	}
	return "";
}

static void
add_default(struct buf *out, const struct field *f)
{
	if (f->dflt_text != NULL)
		buf_addf(out, "; default %s", f->dflt_text);
	else if (f->type == FIELD_ENUM && f->dflt > 0)
		buf_addf(out, "; default %s", f->names[f->dflt]);
	if (f->type == FIELD_INT && f->min > 0)
		buf_addf(out, "; %lld to %lld", (long long)f->min, (long long)f->max);
}

static void
add_field(struct buf *out, const struct field *f)
{
	buf_addf(out, ".It Cm %s\n%s", f->name, type_word(f));
	for (size_t n = 1; f->type == FIELD_ENUM && f->names[n] != NULL; n++)
		buf_addf(out, "%s%s", n == 1 ? " " : ", ", f->names[n]);
	if ((f->type == FIELD_REF || f->type == FIELD_REFS) && f->refers < N_KINDS)
		buf_addf(out, " of %s",
		    f->type == FIELD_REF ? schema_of(f->refers)->word
					 : schema_of(f->refers)->plural);
	buf_addf(out, ": %s", f->help);
	add_default(out, f);
	buf_addc(out, '\n');
}

void
manual_fields(struct buf *out)
{
	for (int kind = 0; kind < N_KINDS; kind++) {
		const struct schema *s = schema_of((enum kind)kind);

		if (s->list != NULL)
			buf_addf(out, ".Ss %s\nAt most %zu.\n", s->list, s->most);
		else
			buf_adds(out, ".Ss The debrief\nThe first member is\n.Cm format ,\n.Ql "
				      "debrief/1 .\n");
		buf_adds(out, ".Bl -tag -width \"stage_since\" -compact\n");
		for (size_t i = 0; i < s->n_fields; i++)
			if (!s->fields[i].live)
				add_field(out, &s->fields[i]);
		buf_adds(out, ".El\n");
	}
}

/* Inside a literal block: only a backslash and a line's first dot mean something. */
static void
add_literal(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\\')
			buf_adds(out, "\\e");
		else
			buf_addc(out, *text);
	}
}

void
manual_wire(struct buf *out)
{
	for (size_t i = 0; i < n_wire_examples; i++) {
		const struct wire_example *x = &wire_examples[i];

		buf_addf(out, ".It Ic %s , from the %s\n%s.\n.Bd -literal\n", x->name, x->from,
		    x->means);
		add_literal(out, x->line);
		buf_adds(out, "\n.Ed\n");
	}
}
