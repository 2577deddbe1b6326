/* The program's grammar: one table of every sub-command with its options. Parsing, --help and the
 * manual are made from it. Also what all sub-commands share: their parsed words, and how they fail.
 */
#ifndef CLI_PROGRAM_H
#define CLI_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

#define PROGRAM_VERSION "0.1.0"

struct option {
	const char *name;  /* "keep-going"; NULL ends a table */
	char letter;	   /* 'm', or 0 */
	const char *value; /* what it takes: "NAME"; NULL: nothing */
	const char *note;
	bool hidden; /* in no help: the program's own */
};

enum { OPTIONS_MOST = 24 };

/* One call of the program, parsed. All texts are borrowed from argv. */
struct invocation {
	const struct subcommand *sub;
	const char *repo_dir; /* --repo, or NULL */
	bool color;	      /* may standard output carry colors? */
	bool utf8;	      /* does the environment ask for UTF-8? */
	/* Under a forced command, or asked for: no program is started (editor, pager, shell) and no
	 * file written outside the history. */
	bool restricted;
	/* Who a forced command says this is; NULL: nobody said. Then `which` too: the debrief that
	 * may be used, or NULL for any of the history. */
	const char *pin_name, *pin_role, *pin_which;
	struct {
		const struct option *option;
		const char *value; /* "" for options that take none */
	} given[OPTIONS_MOST];
	size_t n_given;
	const char *const *words; /* operands, in order */
	size_t n_words;
};

struct subcommand {
	const char *name;
	const char *usage; /* its operands: "WHICH [COMMAND...]" */
	const char *note;  /* a line */
	const char *more;  /* for its help and the manual: sentences; may be NULL */
	const struct option *options;
	size_t least, most; /* operands */
	bool ends_options;  /* options end at the first word after the first operand */
	bool hidden;
	int (*run)(const struct invocation
		*in); /* returns the exit status, having said why on standard error */
};

extern const struct subcommand subcommands[];
extern const size_t n_subcommands;
extern const struct option global_options[];

const struct subcommand *subcommand_find(const char *name); /* NULL when there is none */

/* The value of a given option, or NULL. */
const char *option_value(const struct invocation *in, const char *name);

/* Parse and run. Returns the exit status. */
int program_run(int argc, char **argv);

/* Parse argv from the first word on into `in` (whose `words` points into `words`, room for argc).
 * ERR_USAGE. */
bool program_parse(int argc, char **argv, struct invocation *in, const char **words, struct err *e);

/* Run what was parsed: its help, the version, or the sub-command. Returns the exit status. */
int program_dispatch(const struct invocation *in);

/* Print "debrief: text" on standard error; returns the exit status. */
int program_fail(const struct err *e);
/* The same with a sentence of its own. */
int program_refuse(enum err_kind kind, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Write to standard output and flush; a status (0, or 4 having said why). */
int program_print(const struct buf *text);
/* The same for text that may come from anywhere: made harmless first. */
int program_print_clean(const struct buf *text);
/* A line on standard error that is no failure. */
void program_note(const char *text);

bool program_on_terminal(void); /* standard input and output are terminals */

/* help.c */
void help_program(struct buf *out);
void help_subcommand(const struct subcommand *c, struct buf *out);
void help_session(struct buf *out); /* the session's commands */
void help_mdoc(struct buf *out);    /* the COMMANDS and SESSION sections of the manual */

/* cmd_*.c */
int cmd_home(const struct invocation *in);
int cmd_demo(const struct invocation *in);
int cmd_init(const struct invocation *in);
int cmd_new(const struct invocation *in);
int cmd_open(const struct invocation *in);
int cmd_join(const struct invocation *in);
int cmd_do(const struct invocation *in);
int cmd_watch(const struct invocation *in);
int cmd_host(const struct invocation *in);
int cmd_relay(const struct invocation *in);
int cmd_gate(const struct invocation *in);
int cmd_invite(const struct invocation *in);
int cmd_door(const struct invocation *in);
int cmd_save(const struct invocation *in);
int cmd_show(const struct invocation *in);
int cmd_render(const struct invocation *in);
int cmd_list(const struct invocation *in);
int cmd_log(const struct invocation *in);
int cmd_diff(const struct invocation *in);
int cmd_actions(const struct invocation *in);
int cmd_templates(const struct invocation *in);
int cmd_note(const struct invocation *in);
int cmd_notes(const struct invocation *in);
int cmd_lint(const struct invocation *in);
int cmd_merge_file(const struct invocation *in);
int cmd_help(const struct invocation *in);
int cmd_version(const struct invocation *in);

#endif
