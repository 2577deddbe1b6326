/* The kinds of debrief, as data: templates/NAME.json, built in, overridden by the history's
 * templates/ folder and by $XDG_CONFIG_HOME/debrief/templates. */
#ifndef STORAGE_TEMPLATE_H
#define STORAGE_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/op.h"

enum { N_LENGTHS = 4 }; /* meetings of 10 (alone), 30, 60 and 90 minutes */
struct template_stage {
	char *name, *pane;
	int64_t minutes[N_LENGTHS]; /* 0: it has no share of the clock; -1: not in a meeting of that
				       length */
	struct strs checks[N_LENGTHS];
	struct strs prompts;
	struct strs columns; /* that the board shows in it; none: all */
};
struct template_prompt { /* of an event's kind, beside the timeline */
	int event_kind;
	char *text;
};
struct template
{
	char *name, *title, *about; /* "incident", "Incident", a sentence */
	char *language; /* of the translation that was put over it; NULL: none was */
	struct template_stage *stages;
	size_t n_stages;
	struct strs categories; /* "Technical" ... */
	int *levels;		/* of the categories, enum level */
	struct strs columns, column_prompts;
	bool columns_hidden, columns_anonymous;
	int64_t votes; /* that each has when a vote opens; 0: the template says nothing of it */
	struct template_prompt *kind_prompts;
	size_t n_kind_prompts;
};

/* `folder` (the history's work tree, or NULL) is looked at first, then the account's, then those
 * built in. ERR_MISSING names those there are. In the language of
 * template_language(folder, NULL). Its name is its file's. */
struct template *template_load(const char *folder, const char *name, struct err *e);
/* The same in a language ("de", "pt-BR"; NULL: template_language(folder, NULL)): NAME.LANG.json, found in
 * the same places, says what it says over NAME.json; single prompts that it has not stay as they
 * are. NAME may hold the language itself: "incident.de". */
struct template *template_load_in(
    const char *folder, const char *name, const char *language, struct err *e);
/* The debrief's own language, else git's debrief.language (the history's, then the person's), else
 * that of LC_ALL, LC_MESSAGES or LANG; "en" where none says. Yours. */
char *template_language(const char *folder, const char *of_debrief);

/* The bytes of its file, as they are there, to begin another one with; NAME may hold a language.
 * ERR_MISSING names those there are. Appended. */
bool template_bytes(const char *folder, const char *name, struct buf *out, struct err *e);

/* From bytes; ERR_REFUSED with line, column and field. Every check must be one of model/checks.h,
 * panes known, names of stages, columns and categories there once. */
struct template *template_parse(const char *bytes, size_t len, struct err *e);
/* The same for any file of a template: a translation (it has a member "language") is read over its
 * template, whose stages it must name. */
struct template *template_check(const char *folder, const char *bytes, size_t len, struct err *e);
void template_free(struct template *t);
void template_names(const char *folder, struct strs *out); /* sorted, unique */
/* Languages that there is a translation of it into, sorted. */
void template_languages(const char *folder, const char *name, struct strs *out);
/* Where the file that template_load takes is. */
enum template_source { TEMPLATE_BUILT_IN, TEMPLATE_OF_HISTORY, TEMPLATE_OF_ACCOUNT };
enum template_source template_source(const char *folder, const char *name);

/* The batch that begins a debrief from it: stages for a meeting of `minutes` (10, 30, 60, 90, else
 * the longest that fits; 0 is 60), categories, columns with ids and order keys made from `random`;
 * command "new". The debrief's own fields (template, stage, title) are the caller's. */
void template_begin(const struct template *t, int minutes, uint64_t random, struct op *out);

/* Files compiled in (templates/, templates/incidents/): NULL when there is none of that name. */
const char *embedded_file(const char *name, size_t *len);
size_t embedded_count(void);
const char *embedded_name(size_t i);

#endif
