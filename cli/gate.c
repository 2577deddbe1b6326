#include "cli/gate.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "commands/command.h"

enum { ORIGINAL_MOST = 64 * 1024 };

/* What may be said, and with which options; none of these names a file, a program or a place. */
static const struct door {
	const char *sub;
	const char *options[11];
} doors[] = {
	{ "join",
	    { "as", "role", "projector", "console", "simple", "full", "plain", "ascii", "theme",
		"color" } },
	{ "relay", { NULL } },
	{ "do", { "as", "role", "keep-going" } },
	{ "watch", { "as", "role" } },
};

static bool
refuse(const char *what, struct err *e)
{
	return err_set(e, ERR_USAGE,
	    "this login takes no such thing (%s): nothing was done: it takes debrief join, relay, "
	    "do or watch, and a debrief",
	    what);
}

/* "debrief", or the whole path of one. */
static bool
is_program(const char *word)
{
	const char *slash = strrchr(word, '/');

	return strcmp(slash != NULL ? slash + 1 : word, "debrief") == 0;
}

static const struct door *
door_of(const char *sub)
{
	for (size_t i = 0; i < sizeof doors / sizeof *doors; i++)
		if (strcmp(doors[i].sub, sub) == 0)
			return &doors[i];
	return NULL;
}

static bool
takes(const struct door *d, const char *option)
{
	for (size_t i = 0; d->options[i] != NULL; i++)
		if (strcmp(d->options[i], option) == 0)
			return true;
	return false;
}

static bool
options_ok(const struct invocation *in, const struct gate_rule *rule, struct err *e)
{
	const struct door *d = door_of(in->sub->name);
	const char *as = option_value(in, "as"), *role = option_value(in, "role");

	if (d == NULL)
		return refuse(in->sub->name, e);
	for (size_t i = 0; i < in->n_given; i++)
		if (!takes(d, in->given[i].option->name))
			return refuse(in->given[i].option->name, e);
	if (as != NULL && strcmp(as, rule->name) != 0)
		return err_set(e, ERR_USAGE,
		    "this login is for %s alone: nothing was done: leave --as out", rule->name);
	if (role != NULL && (rule->role == NULL || strcmp(role, rule->role) != 0))
		return err_set(e, ERR_USAGE,
		    "the role of this login is fixed: nothing was done: leave --role out");
	return true;
}

/* Not another machine's: that would start ssh. */
static bool
operands_ok(const struct invocation *in, struct err *e)
{
	return in->n_words == 0 || strcmp(in->sub->name, "do") == 0 ||
	       strchr(in->words[0], ':') == NULL || refuse("a debrief elsewhere", e);
}

/* The words as the program's own grammar has them: `out->words` gets them, with argv beside. */
static bool
read_words(struct gate_order *out, struct err *e)
{
	size_t n = out->words.n;

	out->argv = mem_zero(n + 1, sizeof *out->argv);
	out->operands = mem_zero(n + 1, sizeof *out->operands);
	memcpy(out->argv, out->words.v, n * sizeof *out->argv);
	return program_parse((int)n, out->argv, &out->in, out->operands, e);
}

static void
pin(struct invocation *in, const struct gate_rule *rule)
{
	in->restricted = true;
	in->utf8 = rule->utf8;
	in->repo_dir = rule->repo_dir;
	in->pin_name = rule->name;
	in->pin_role = rule->role;
	in->pin_which = rule->only;
}

static bool
split(const char *original, struct strs *words, struct err *e)
{
	struct err why = { 0 };

	if (strlen(original) > ORIGINAL_MOST ||
	    !text_ok(original, strlen(original), TEXT_BLOCK, &why))
		return refuse("bytes that are no text", e);
	if (!words_split(original, words, &why))
		return refuse("a quote without an end", e);
	if (words->n > 0)
		return true;
	strs_add(words, "debrief");
	strs_add(words, "join");
	return true;
}

bool
gate_read(const char *original, const struct gate_rule *rule, struct gate_order *out, struct err *e)
{
	struct gate_order o = { 0 };
	struct err why = { 0 };
	bool good;

	if (!split(original != NULL ? original : "", &o.words, e))
		return false;
	good = is_program(o.words.v[0]) || refuse(o.words.v[0], e);
	good = good && ((o.words.n > 1 && door_of(o.words.v[1]) != NULL) ||
			   refuse(o.words.n > 1 ? o.words.v[1] : "nothing", e));
	if (good && !read_words(&o, &why))
		good = err_set(e, ERR_USAGE, "%s", why.text);
	good = good && options_ok(&o.in, rule, e) && operands_ok(&o.in, e);
	if (!good) {
		gate_fini(&o);
		return false;
	}
	pin(&o.in, rule);
	*out = o;
	return true;
}

void
gate_fini(struct gate_order *o)
{
	free(o->operands);
	free(o->argv);
	strs_fini(&o->words);
	*o = (struct gate_order){ 0 };
}
