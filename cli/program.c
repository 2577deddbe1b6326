#include "cli/program.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

/* The table behind an empty command line. */
static const struct option home_options[] = { { NULL, 0, NULL, NULL, false } };
static const struct subcommand home = { "", "", "", NULL, home_options, 0, 0, false, true,
	cmd_home };

int
program_fail(const struct err *e)
{
	fflush(stdout);
	fprintf(stderr, "debrief: %s\n", e->text);
	return (int)e->kind;
}

int
program_refuse(enum err_kind kind, const char *fmt, ...)
{
	struct err e = { 0 };
	char *text;
	struct buf b = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	text = buf_take(&b);
	err_set(&e, kind, "%s", text);
	free(text);
	return program_fail(&e);
}

void
program_note(const char *text)
{
	struct buf clean = { 0 };

	text_clean(&clean, text, strlen(text), TEXT_LINE);
	fprintf(stderr, "debrief: %s\n", clean.data ? clean.data : "");
	buf_fini(&clean);
}

int
program_print(const struct buf *text)
{
	if (fwrite(text->data ? text->data : "", 1, text->len, stdout) != text->len ||
	    fflush(stdout) != 0)
		return program_refuse(ERR_STORE,
		    "standard output cannot be written: nothing was changed: look at "
		    "where it goes");
	return 0;
}

/* Much of what is printed needs no copy to be clean. */
static bool
is_plain(const struct buf *text)
{
	for (size_t i = 0; i < text->len; i++)
		if ((text->data[i] < ' ' || text->data[i] > '~') && text->data[i] != '\n')
			return false;
	return true;
}

int
program_print_clean(const struct buf *text)
{
	struct buf clean = { 0 };
	int status;

	if (is_plain(text))
		return program_print(text);
	text_clean(&clean, text->data != NULL ? text->data : "", text->len, TEXT_BLOCK);
	status = program_print(&clean);
	buf_fini(&clean);
	return status;
}

bool
program_on_terminal(void)
{
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

const struct subcommand *
subcommand_find(const char *name)
{
	for (size_t i = 0; i < n_subcommands; i++)
		if (strcmp(subcommands[i].name, name) == 0)
			return &subcommands[i];
	return NULL;
}

const char *
option_value(const struct invocation *in, const char *name)
{
	for (size_t i = in->n_given; i-- > 0;)
		if (strcmp(in->given[i].option->name, name) == 0)
			return in->given[i].value;
	return NULL;
}

static const struct option *
find_in(const struct option *table, const char *name, size_t len)
{
	for (const struct option *o = table; o->name != NULL; o++)
		if ((len == 1 && o->letter != 0 && o->letter == name[0]) ||
		    (len > 1 && strlen(o->name) == len && memcmp(o->name, name, len) == 0))
			return o;
	return NULL;
}

/* The reading of argv. */
struct reader {
	int argc, at;
	char **argv;
	struct invocation *in;
	bool no_more; /* behind "--", or the first command word */
};

static bool
say_no_option(const struct reader *r, const char *word, struct err *e)
{
	const char *sub = r->in->sub != NULL ? r->in->sub->name : "";

	return err_set(e, ERR_USAGE,
	    "there is no option %s here: nothing was changed: debrief %s%s--help lists them", word,
	    sub, sub[0] != '\0' ? " " : "");
}

static bool
give(struct reader *r, const struct option *o, const char *value, struct err *e)
{
	if (r->in->n_given == OPTIONS_MOST)
		return err_set(
		    e, ERR_USAGE, "too many options: nothing was changed: give each once");
	r->in->given[r->in->n_given].option = o;
	r->in->given[r->in->n_given++].value = value;
	return true;
}

/* --name, --name=value, --name value, -x, -xvalue, -x value. */
static bool
read_option(struct reader *r, struct err *e)
{
	const char *word = r->argv[r->at], *name = word + 1 + (word[1] == '-');
	bool is_long = word[1] == '-';
	size_t len = is_long ? strcspn(name, "=") : 1;
	const struct option *o = find_in(global_options, name, len);
	const char *value = is_long ? (name[len] == '=' ? name + len + 1 : NULL)
				    : (name[1] != '\0' ? name + 1 : NULL);

	if (o == NULL && r->in->sub != NULL)
		o = find_in(r->in->sub->options, name, len);
	if (o == NULL || (is_long && len == 1))
		return say_no_option(r, word, e);
	if (o->value == NULL && value != NULL)
		return err_set(e, ERR_USAGE,
		    "--%s takes no value: nothing was changed: leave it out", o->name);
	if (o->value != NULL && value == NULL && ++r->at < r->argc)
		value = r->argv[r->at];
	if (o->value != NULL && value == NULL)
		return err_set(e, ERR_USAGE,
		    "--%s needs a value: nothing was changed: write --%s %s", o->name, o->name,
		    o->value);
	return give(r, o, value != NULL ? value : "", e);
}

static bool
read_word(struct reader *r, const char **words, struct err *e)
{
	struct invocation *in = r->in;
	const char *word = r->argv[r->at];

	if (in->sub == NULL) {
		in->sub = subcommand_find(word);
		return in->sub != NULL ||
		       err_set(e, ERR_USAGE,
			   "no such command: nothing was changed: debrief --help "
			   "lists them");
	}
	words[in->n_words++] = word;
	if (in->sub->ends_options && in->n_words > 1)
		r->no_more = true;
	return true;
}

static bool
wants_color(const char *when, bool *color, struct err *e)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	*color = isatty(STDOUT_FILENO) && (no_color == NULL || no_color[0] == '\0') &&
		 (term == NULL || strcmp(term, "dumb") != 0);
	if (when == NULL || strcmp(when, "auto") == 0)
		return true;
	*color = strcmp(when, "always") == 0;
	return *color || strcmp(when, "never") == 0 ||
	       err_set(e, ERR_USAGE,
		   "--color=%s is unknown: nothing was changed: it is auto, always or never", when);
}

static bool
count_words(const struct invocation *in, struct err *e)
{
	const struct subcommand *c = in->sub;

	if (in->n_words >= c->least && in->n_words <= c->most)
		return true;
	return err_set(e, ERR_USAGE, "%s: %s: nothing was changed: write debrief %s%s%s", c->name,
	    in->n_words < c->least ? "something is missing" : "there is too much", c->name,
	    c->usage[0] != '\0' ? " " : "", c->usage);
}

bool
program_parse(int argc, char **argv, struct invocation *in, const char **words, struct err *e)
{
	struct reader r = { .argc = argc, .at = 1, .argv = argv, .in = in };
	bool asks;

	in->words = words;
	for (; r.at < argc; r.at++) {
		const char *word = argv[r.at];
		bool good = true;

		if (!r.no_more && strcmp(word, "--") == 0)
			r.no_more = true;
		else if (!r.no_more && word[0] == '-' && word[1] != '\0')
			good = read_option(&r, e);
		else
			good = read_word(&r, words, e);
		if (!good)
			return false;
	}
	in->repo_dir = option_value(in, "repo");
	in->restricted = in->restricted || option_value(in, "restricted") != NULL;
	asks = option_value(in, "help") != NULL || option_value(in, "version") != NULL;
	if (in->sub == NULL)
		in->sub = &home;
	return wants_color(option_value(in, "color"), &in->color, e) &&
	       (asks || count_words(in, e));
}

static int
show_help(const struct invocation *in)
{
	struct buf out = { 0 };
	int status;

	if (in->sub == &home)
		help_program(&out);
	else
		help_subcommand(in->sub, &out);
	status = program_print(&out);
	buf_fini(&out);
	return status;
}

int
program_dispatch(const struct invocation *in)
{
	if (option_value(in, "help") != NULL)
		return show_help(in);
	if (option_value(in, "version") != NULL)
		return cmd_version(in);
	return in->sub->run(in);
}

int
program_run(int argc, char **argv)
{
	const char **words = mem_zero((size_t)argc + 1, sizeof *words);
	struct invocation in = { .utf8 = text_locale() };
	struct err e = { 0 };
	int status;

	if (!program_parse(argc, argv, &in, words, &e))
		status = program_fail(&e);
	else
		status = program_dispatch(&in);
	free(words);
	return status;
}
