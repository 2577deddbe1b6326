#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/manual.h"
#include "cli/program.h"
#include "commands/command.h"
#include "commands/fields.h"
#include "storage/json_file.h"

enum { HELP_COLS = 78, COLUMN_MAX = 34 };

/* Words, wrapped behind `indent` columns; the first line goes on where the cursor is. */
static void
add_wrapped(struct buf *out, const char *text, int indent)
{
	size_t len = strlen(text), next;

	while (len > 0) {
		size_t n = text_wrap(text, len, HELP_COLS - indent, &next);
		buf_add(out, text, n);
		buf_addc(out, '\n');
		text += next;
		len -= next;
		if (len > 0)
			buf_addf(out, "%*s", indent, "");
	}
}

static void
add_row(struct buf *out, const char *what, const char *note, int column)
{
	int width = text_width(what, strlen(what));

	buf_adds(out, "  ");
	if (width > column - 4) {
		add_wrapped(out, what, 6);
		buf_addf(out, "%*s", column, "");
		width = column - 2;
	} else {
		buf_adds(out, what);
	}
	buf_addf(out, "%*s", column - 2 - width, "");
	add_wrapped(out, note, column);
}

static void
option_words(const struct option *o, struct buf *out)
{
	if (o->letter != 0)
		buf_addf(out, "-%c, ", o->letter);
	buf_addf(out, "--%s", o->name);
	if (o->value != NULL)
		buf_addf(out, " %s", o->value);
}

static void
add_options(struct buf *out, const struct option *table)
{
	for (const struct option *o = table; o->name != NULL; o++) {
		struct buf words = { 0 };
		if (!o->hidden) {
			option_words(o, &words);
			add_row(out, words.data, o->note, COLUMN_MAX);
		}
		buf_fini(&words);
	}
}

static void
usage_line(const struct subcommand *c, struct buf *out)
{
	bool options = false;

	for (const struct option *o = c->options; o->name != NULL; o++)
		options = options || !o->hidden;
	buf_addf(out, "debrief %s%s%s%s", c->name, options ? " [OPTIONS]" : "",
	    c->usage[0] != '\0' ? " " : "", c->usage);
}

void
help_program(struct buf *out)
{
	buf_adds(out,
	    "debrief leads a team through a blameless retrospective, and keeps it in git.\n\n"
	    "  debrief                         go on with the one used last\n");
	for (size_t i = 0; i < n_subcommands; i++) {
		const struct subcommand *c = &subcommands[i];
		char *what;
		if (c->hidden)
			continue;
		what = mem_fmt("debrief %s %s", c->name, c->usage);
		add_row(out, what, c->note, COLUMN_MAX);
		free(what);
	}
	buf_adds(out, "\nOptions of all:\n");
	add_options(out, global_options);
	buf_adds(out, "\ndebrief COMMAND --help says more of each; debrief help do names the words "
		      "of a session.\n"
		      "Exit status: 0 done, 1 refused, 2 wrong usage, 3 no such thing, 4 the "
		      "history cannot be used.\n");
}

void
help_subcommand(const struct subcommand *c, struct buf *out)
{
	buf_adds(out, "usage: ");
	usage_line(c, out);
	buf_addf(out, "\n\n");
	add_wrapped(out, c->note, 0);
	if (c->more != NULL) {
		buf_addc(out, '\n');
		add_wrapped(out, c->more, 0);
	}
	if (c->options->name != NULL && !c->options->hidden)
		buf_addc(out, '\n');
	add_options(out, c->options);
	buf_addc(out, '\n');
	add_options(out, global_options);
	if (strcmp(c->name, "do") == 0) {
		buf_addc(out, '\n');
		help_session(out);
	}
}

static void
add_fields(struct buf *out, enum kind kind)
{
	const struct schema *s = schema_of(kind);
	struct buf names = { 0 };

	for (size_t i = 0; i < s->n_fields; i++)
		if (field_settable(&s->fields[i], kind == KIND_DEBRIEF ? "set" : s->word))
			buf_addf(&names, "%s%s", names.len > 0 ? " " : "", s->fields[i].name);
	add_row(
	    out, kind == KIND_DEBRIEF ? "(debrief)" : s->word, names.data ? names.data : "", 14);
	buf_fini(&names);
}

void
help_session(struct buf *out)
{
	buf_adds(out, "In a session:\n");
	for (size_t i = 0; i < n_commands; i++) {
		char *what = mem_fmt("%s %s", commands[i].words, commands[i].usage);
		add_row(out, what, commands[i].note, COLUMN_MAX);
		free(what);
	}
	buf_adds(out, "\nFields (FIELD=VALUE; F= clears; lists F=a,b F+=a F-=a):\n");
	add_fields(out, KIND_DEBRIEF);
	for (int kind = 1; kind < N_KINDS; kind++)
		if (kind != KIND_RATING)
			add_fields(out, (enum kind)kind);
}

/* A part of the manual: the commands, the file's fields, or the wire's messages. */
static int
help_manual(const char *part)
{
	struct buf out = { 0 };
	int status;

	if (strcmp(part, "fields") == 0)
		manual_fields(&out);
	else if (strcmp(part, "wire") == 0)
		manual_wire(&out);
	else
		help_mdoc(&out);
	status = program_print(&out);
	buf_fini(&out);
	return status;
}

int
cmd_help(const struct invocation *in)
{
	const struct subcommand *c = in->n_words > 0 ? subcommand_find(in->words[0]) : NULL;
	struct buf out = { 0 };
	int status;

	if (option_value(in, "schema") != NULL) {
		file_schema(&out);
		status = program_print(&out);
		buf_fini(&out);
		return status;
	}
	if (option_value(in, "mdoc") != NULL)
		return help_manual(in->n_words > 0 ? in->words[0] : "");
	if (in->n_words > 0 && c == NULL && strcmp(in->words[0], "session") != 0)
		return program_refuse(
		    ERR_USAGE, "no such command: nothing was changed: debrief --help lists them");
	if (c != NULL)
		help_subcommand(c, &out);
	else if (in->n_words > 0)
		help_session(&out);
	else
		help_program(&out);
	status = program_print(&out);
	buf_fini(&out);
	return status;
}

int
cmd_version(const struct invocation *in)
{
	struct buf out = { 0 };
	int status;

	(void)in;
	buf_adds(&out, "debrief " PROGRAM_VERSION "\n");
	status = program_print(&out);
	buf_fini(&out);
	return status;
}
