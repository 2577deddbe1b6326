/* Blameless wording: looks at what people write and says with which question to go on. Rules and
 * word lists are data (templates/wording.LANG; the format is in wording_rules.c). It never blocks
 * and keeps nothing. Quoted and back-ticked text is not judged. */
#ifndef MODEL_WORDING_H
#define MODEL_WORDING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"

struct wording;

struct wording *wording_new(void); /* no rules: finds nothing */
void wording_free(struct wording *w);
/* Add rules from the text of a file; several add up: a rule or class that is there already grows.
 * ERR_REFUSED names the line; nothing of the file is taken then. */
bool wording_load(struct wording *w, const char *text, size_t len, struct err *e);
/* A participant's name counts as a person, each of its words that is none of the rules already. */
void wording_add_name(struct wording *w, const char *name);
/* Call once after the last of the above and before the first check. */
void wording_ready(struct wording *w);

struct wording_finding {
	size_t at, len;	      /* bytes of the text */
	const char *rule;     /* "counterfactual"; borrowed from the rules, like the question */
	const char *question;
};

enum wording_form {
	WORDING_PLAIN,
	WORDING_MARKDOWN /* blocks of code, links' targets and a file's header are not judged */
};

/* What is found in `text` (any bytes; meant for UTF-8), in its order; false ends it. Time grows
 * with the text alone, ten megabytes a second and more. */
typedef bool wording_each_fn(void *ctx, const struct wording_finding *f);
void wording_each(const struct wording *w, const char *text, size_t len, enum wording_form form,
    wording_each_fn *each, void *ctx);
/* The same, at most `most` (the rest is not looked for). Returns how many. */
size_t wording_check(const struct wording *w, const char *text, size_t len, enum wording_form form,
    struct wording_finding *out, size_t most);

size_t wording_rules(const struct wording *w);
/* Name, question, and what it listens for in a few words. */
const char *wording_rule(const struct wording *w, size_t i, const char **question,
    const char **about);

#endif
