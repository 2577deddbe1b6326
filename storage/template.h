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
};
struct template_prompt { /* of an event's kind, beside the timeline */
	int event_kind;
	char *text;
};
struct template
{
	char *name, *title, *about; /* "incident", "Incident", a sentence */
	struct template_stage *stages;
	size_t n_stages;
	struct strs categories; /* "Technical" ... */
	int *levels;		/* of the categories, enum level */
	struct strs columns, column_prompts;
	bool columns_hidden, columns_anonymous;
	struct template_prompt *kind_prompts;
	size_t n_kind_prompts;
};

/* `folder` (the history's work tree, or NULL) is looked at first. ERR_MISSING names those there
 * are. */
struct template *template_load(const char *folder, const char *name, struct err *e);
/* From bytes; ERR_REFUSED with line and field. Every check must be one of model/checks.h, panes
 * known. */
struct template *template_parse(const char *bytes, size_t len, struct err *e);
void template_free(struct template *t);
void template_names(const char *folder, struct strs *out); /* sorted, unique */

/* The batch that begins a debrief from it: stages for a meeting of `minutes` (10, 30, 60, 90, else
 * the longest that fits; 0 is 60), categories, columns with ids and order keys made from `random`;
 * command "new". The debrief's own fields (template, stage, title) are the caller's. */
void template_begin(const struct template *t, int minutes, uint64_t random, struct op *out);

/* Files compiled in (templates/, templates/incidents/): NULL when there is none of that name. */
const char *embedded_file(const char *name, size_t *len);
size_t embedded_count(void);
const char *embedded_name(size_t i);

#endif
