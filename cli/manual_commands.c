#include <stdlib.h>
#include <string.h>

#include "cli/program.h"
#include "commands/command.h"
#include "commands/fields.h"
#include "views/bindings.h"
#include "views/own_words.h"

/* Text in a manual's source: a backslash is \e, and no line may begin with a dot or a quote. */
static void
mdoc_text(struct buf *out, const char *text)
{
	if (text[0] == '.' || text[0] == '\'')
		buf_adds(out, "\\&");
	for (; *text != '\0'; text++)
		if (*text == '\\')
			buf_adds(out, "\\e");
		else if (*text == '-')
			buf_adds(out, "\\-");
		else
			buf_addc(out, *text);
}

/* One argument of a macro: in quotes, so that no word of it is taken for another macro, and a stop alone
 * for the end of a sentence. */
static void
mdoc_quoted(struct buf *out, const char *text)
{
	buf_adds(out, strlen(text) == 1 && text[0] != '-' ? "\"\\&" : "\"");
	mdoc_text(out, text);
	buf_addc(out, '"');
}

/* A sentence ends its line. */
static void
mdoc_sentences(struct buf *out, const char *text)
{
	const char *end;

	while ((end = strstr(text, ". ")) != NULL) {
		char *one = mem_dupn(text, (size_t)(end - text) + 1);
		mdoc_text(out, one);
		buf_addc(out, '\n');
		free(one);
		text = end + 2;
	}
	mdoc_text(out, text);
	buf_addc(out, '\n');
}

static void
mdoc_item(struct buf *out, const char *words, const char *usage)
{
	buf_adds(out, ".It Ic ");
	mdoc_quoted(out, words);
	if (usage[0] != '\0') {
		buf_adds(out, " Ar ");
		mdoc_quoted(out, usage);
	}
	buf_addc(out, '\n');
}

static void
mdoc_options(struct buf *out, const struct option *table)
{
	bool any = false;

	for (const struct option *o = table; o->name != NULL; o++) {
		if (o->hidden)
			continue;
		if (!any)
			buf_adds(out, ".Bl -tag -width Ds\n");
		any = true;
		buf_adds(out, ".It ");
		if (o->letter != 0)
			buf_addf(out, "Fl %c , ", o->letter);
		buf_addf(out, "Fl \\-%s", o->name);
		if (o->value != NULL)
			buf_addf(out, " Ar %s", o->value);
		buf_addc(out, '\n');
		mdoc_sentences(out, o->note);
	}
	if (any)
		buf_adds(out, ".El\n");
}

static void
mdoc_commands(struct buf *out)
{
	buf_adds(out, ".Sh COMMANDS\nOptions of all commands:\n");
	mdoc_options(out, global_options);
	buf_adds(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < n_subcommands; i++) {
		const struct subcommand *c = &subcommands[i];
		if (c->hidden)
			continue;
		mdoc_item(out, c->name, c->usage);
		mdoc_sentences(out, c->note);
		if (c->more != NULL) {
			buf_adds(out, ".Pp\n");
			mdoc_sentences(out, c->more);
		}
		mdoc_options(out, c->options);
	}
	buf_adds(out, ".El\n");
}

static void
mdoc_fields(struct buf *out, enum kind kind)
{
	const struct schema *s = schema_of(kind);

	buf_addf(out, ".It %s\n", kind == KIND_DEBRIEF ? "the debrief" : s->word);
	buf_adds(out, ".Bl -tag -width \"instead_of\" -compact\n");
	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		if (!field_settable(f, kind == KIND_DEBRIEF ? "set" : s->word))
			continue;
		buf_addf(out, ".It Cm %s\n", f->name);
		mdoc_text(out, f->help);
		for (size_t n = 1; f->type == FIELD_ENUM && f->names[n] != NULL; n++)
			buf_addf(out, "%s%s", n == 1 ? ": " : ", ", f->names[n]);
		buf_addc(out, '\n');
	}
	buf_adds(out, ".El\n");
}

/* What is no command of the grammar. */
static void
mdoc_own_words(struct buf *out)
{
	for (int plain = 0; plain < 2; plain++) {
		buf_adds(out, plain ? ".Ss Words of plain mode\n"
				      "The conversation has these words beside the commands.\n"
				    : ".Ss Words of a screen\nAfter\n.Ql \\&:\nthere are also:\n");
		buf_adds(out, ".Bl -tag -width Ds\n");
		for (size_t i = 0; i < n_own_words; i++) {
			const struct own_word *w = &own_words[i];
			if (!(plain ? w->plain : w->screen))
				continue;
			mdoc_item(out, w->words, w->usage);
			mdoc_sentences(out, w->note);
		}
		buf_adds(out, ".El\n");
	}
}

/* Every key of the panes that has a note; where it is not for all of them, for which. */
static void
mdoc_keys(struct buf *out)
{
	buf_adds(out, ".Sh KEYS\nIn a pane;\n.Ql \\&?\nthere lists its own.\n.Bl -tag -width Ds\n");
	for (size_t i = 0; i < n_bindings; i++) {
		const struct binding *b = &bindings[i];
		if (b->note == NULL)
			continue;
		mdoc_item(out, b->key, "");
		if (b->panes != NULL)
			buf_addf(out, "%s:\n", b->panes);
		mdoc_sentences(out, b->note);
	}
	buf_adds(out, ".El\n.Ss Simple keys\nA participant's, where the cursor is always in the entry line.\n"
		      ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < n_simple_bindings; i++)
		if (simple_bindings[i].note != NULL) {
			mdoc_item(out, simple_bindings[i].key, "");
			mdoc_sentences(out, simple_bindings[i].note);
		}
	buf_adds(out, ".El\n");
}

static void
mdoc_session(struct buf *out)
{
	buf_adds(out,
	    ".Sh SESSION\n"
	    "The same words serve the keys, the\n.Ql \\&:\nprompt and\n.Ic \"debrief do\" .\n"
	    ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < n_commands; i++) {
		mdoc_item(out, commands[i].words, commands[i].usage);
		mdoc_sentences(out, commands[i].note);
		if (commands[i].lead)
			buf_adds(out, "For the facilitator and the scribe.\n");
	}
	buf_adds(out, ".El\n");
	mdoc_own_words(out);
	buf_adds(out, ".Ss Fields\n"
		      "Every command that adds or sets takes\n.Ar FIELD Ns = Ns Ar VALUE .\n"
		      ".Bl -tag -width \"the debrief\"\n");
	mdoc_fields(out, KIND_DEBRIEF);
	for (int kind = 1; kind < N_KINDS; kind++)
		if (kind != KIND_RATING)
			mdoc_fields(out, (enum kind)kind);
	buf_adds(out, ".El\n");
}

void
help_mdoc(struct buf *out)
{
	mdoc_commands(out);
	mdoc_session(out);
	mdoc_keys(out);
}
