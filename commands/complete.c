#include "commands/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "commands/fields.h"
#include "model/category_set.h"

enum { CHOICES_MAX = 200, HINT_BYTES = 60 };

/* One request: the whole words before the last, the command they name, and what is typed of the
 * last. */
struct request {
	const struct command_scene *s;
	struct strs words; /* before the last */
	char *typed;
	struct strs *out;
};

static void
offer(struct request *r, const char *word, const char *hint)
{
	struct strs one = { 0 };
	struct buf line = { 0 };

	if (r->out->n >= CHOICES_MAX)
		return;
	strs_add(&one, word);
	words_join(&one, &line);
	if (hint != NULL) {
		size_t len = strlen(hint),
		       cut = len < HINT_BYTES ? len : utf8_valid(hint, HINT_BYTES);
		buf_addc(&line, '\t');
		text_clean(&line, hint, cut, TEXT_LINE);
	}
	strs_take(r->out, buf_take(&line));
	strs_fini(&one);
}

/* The words of a line whose last one may still be open. */
static void
split_open(struct request *r, const char *line)
{
	static const char *const closers[] = { "", "\"", "'", "\\" };
	size_t len = strlen(line);
	bool fresh = len == 0 || line[len - 1] == ' ' || line[len - 1] == '\t';

	for (size_t i = 0; i < sizeof closers / sizeof *closers; i++) {
		char *whole = mem_fmt("%s%s", line, closers[i]);
		bool good = words_split(whole, &r->words, NULL);
		free(whole);
		if (good)
			break;
	}
	if (!fresh && r->words.n > 0) {
		r->typed = mem_dup(r->words.v[r->words.n - 1]);
		strs_drop(&r->words, r->words.n - 1);
	} else {
		r->typed = mem_dup("");
	}
}

static bool
offered(const struct strs *out, const char *word)
{
	size_t len = strlen(word);

	for (size_t i = 0; i < out->n; i++)
		if (strncmp(out->v[i], word, len) == 0 &&
		    (out->v[i][len] == '\0' || out->v[i][len] == '\t'))
			return true;
	return false;
}

static void
offer_first_words(struct request *r)
{
	for (size_t i = 0; i < n_commands; i++) {
		size_t len = strcspn(commands[i].words, " ");
		char *first = mem_dupn(commands[i].words, len);
		bool one = commands[i].words[len] == '\0';

		if (text_begins(first, r->typed) && !offered(r->out, first))
			offer(r, first, one ? commands[i].note : NULL);
		free(first);
	}
}

static void
offer_second_words(struct request *r)
{
	size_t len = strlen(r->words.v[0]);

	for (size_t i = 0; i < n_commands; i++) {
		const char *words = commands[i].words;
		if (strncmp(words, r->words.v[0], len) == 0 && words[len] == ' ' &&
		    text_begins(words + len + 1, r->typed))
			offer(r, words + len + 1, commands[i].note);
	}
}

/* A line about an item: what it says. */
static const char *
item_hint(enum kind kind, const struct item *it)
{
	static const char *const fields[] = { "text", "hypothesis", "name" };

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		const struct field *f = schema_field(kind, fields[i]);
		if (f != NULL)
			return *(char *const *)(const void *)((const char *)it + f->offset);
	}
	return NULL;
}

/* `prefix`: what stands before the name in the same word ("causes=C1,"). */
static void
offer_item(struct request *r, enum kind kind, const struct item *it, const char *prefix,
    const char *typed)
{
	bool by_name = kind == KIND_CATEGORY || kind == KIND_COLUMN || kind == KIND_STAGE ||
		       kind == KIND_PERSON;
	const char *hint = item_hint(kind, it);
	char name[24], *word;

	item_short_name(r->s->d, kind, it, name);
	word = mem_fmt("%s%s", prefix, by_name && hint != NULL ? hint : name);
	if (text_begins(word + strlen(prefix), typed))
		offer(r, word, by_name ? NULL : hint);
	free(word);
}

static void
offer_items(struct request *r, enum kind kind, const char *prefix, const char *typed)
{
	const struct items *items = &r->s->d->of[kind];

	for (size_t i = 0; i < items->n && r->out->n < CHOICES_MAX; i++)
		offer_item(r, kind, items->v[i], prefix, typed);
}

static void
offer_any_item(struct request *r, const char *prefix, const char *typed)
{
	for (int kind = 1; kind < N_KINDS; kind++)
		if (schema_of((enum kind)kind)->letter != 0)
			offer_items(r, (enum kind)kind, prefix, typed);
}

/* Whatever takes votes; while a vote is open, what it is about. */
static void
offer_ballot(struct request *r, const char *prefix, const char *typed)
{
	const struct strs *on = &r->s->d->votes_on;
	enum kind kind;

	for (size_t i = 0; i < on->n; i++) {
		struct id id;
		const struct item *it =
		    id_parse(on->v[i], &id) ? debrief_any(r->s->d, id, &kind) : NULL;
		if (it != NULL)
			offer_item(r, kind, it, prefix, typed);
	}
	for (int k = 1; on->n == 0 && k < N_KINDS; k++)
		if (schema_field((enum kind)k, "votes") != NULL)
			offer_items(r, (enum kind)k, prefix, typed);
}

static void
offer_names(struct request *r, const char *const *names, const char *prefix, const char *typed)
{
	for (size_t i = 0; names[i] != NULL; i++)
		if (text_begins(names[i], typed)) {
			char *word = mem_fmt("%s%s", prefix, names[i]);
			offer(r, word, NULL);
			free(word);
		}
}

static const char *const yes_no[] = { "yes", "no", NULL };
static const char *const days[] = { "today", "tomorrow", "7d", "14d", "4w", NULL };

/* Behind FIELD=. */
static void
offer_values(struct request *r, enum kind kind)
{
	size_t name_len = strcspn(r->typed, "+-="), equals = strcspn(r->typed, "=") + 1;
	char *name = mem_dupn(r->typed, name_len);
	const struct field *f = schema_field(
	    kind, strcmp(name, "under") == 0 ? kind == KIND_CARD ? "group" : "parent" : name);
	const char *comma = strrchr(r->typed, ','), *typed;
	char *prefix;

	if (f != NULL && f->type == FIELD_REFS && comma != NULL)
		equals = (size_t)(comma - r->typed) + 1;
	prefix = mem_dupn(r->typed, equals);
	typed = r->typed + equals;
	if (f != NULL && f->type == FIELD_ENUM)
		offer_names(r, f->names + 1, prefix, typed);
	else if (f != NULL && f->type == FIELD_BOOL)
		offer_names(r, yes_no, prefix, typed);
	else if (f != NULL && f->type == FIELD_DATE)
		offer_names(r, days, prefix, typed);
	else if (f != NULL && (f->type == FIELD_REF || f->type == FIELD_REFS) &&
		 f->refers != N_KINDS)
		offer_items(r, f->refers, prefix, typed);
	else if (f != NULL && (f->type == FIELD_REF || f->type == FIELD_REFS))
		offer_any_item(r, prefix, typed);
	free(prefix);
	free(name);
}

static void
offer_strs(struct request *r, const struct strs *names, const char *prefix, const char *typed)
{
	for (size_t i = 0; i < names->n; i++)
		if (text_begins(names->v[i], typed)) {
			char *word = mem_fmt("%s%s", prefix, names->v[i]);
			offer(r, word, NULL);
			free(word);
		}
}

/* Who takes part or is here. */
static void
offer_people(struct request *r)
{
	struct strs names = { 0 };

	for (size_t i = 0; i < DEBRIEF_N(r->s->d, PERSON); i++)
		strs_add(&names, DEBRIEF_AT(r->s->d, PERSON, person, i)->name);
	for (size_t i = 0; r->s->here != NULL && i < r->s->here->n; i++)
		strs_add(&names, r->s->here->v[i]);
	strs_sort(&names, true);
	offer_strs(r, &names, "", r->typed);
	strs_fini(&names);
}

/* What stands before `=` in usages without being a field. True: that is what is being typed. */
static bool
offer_options(struct request *r, const struct command *c)
{
	static const struct {
		const char *word, *hint;
	} options[] = { { "seat=", "for somebody without a keyboard" },
		{ "several=", "may more than one vote go on an item?" },
		{ "on=", "what may be voted on" } };
	const char *comma = strrchr(r->typed, ',');

	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		const char *word = options[i].word;
		size_t len = strlen(word);
		char *prefix;

		if (strstr(c->usage, word) == NULL)
			continue;
		if (strncmp(r->typed, word, len) != 0) {
			if (text_begins(word, r->typed))
				offer(r, word, options[i].hint);
			continue;
		}
		prefix = mem_dupn(r->typed, comma != NULL ? (size_t)(comma - r->typed) + 1 : len);
		if (strcmp(word, "seat=") == 0)
			offer_strs(r, &r->s->d->seats, word, r->typed + len);
		else if (strcmp(word, "several=") == 0)
			offer_names(r, yes_no, word, r->typed + len);
		else
			offer_ballot(r, prefix, r->typed + strlen(prefix));
		free(prefix);
		return true;
	}
	return false;
}

static void
offer_fields(struct request *r, const struct command *c)
{
	const struct schema *s = schema_of(c->kind);

	if (offer_options(r, c) ||
	    (c->kind == KIND_DEBRIEF && strstr(c->usage, "FIELD=") == NULL))
		return;
	if (strchr(r->typed, '=') != NULL) {
		offer_values(r, c->kind);
		return;
	}
	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		char *word = mem_fmt("%s=", f->name);
		if (field_settable(f, c->kind == KIND_DEBRIEF ? "set" : s->word) &&
		    text_begins(f->name, r->typed))
			offer(r, word, f->help);
		free(word);
	}
}

/* The n-th word of a command's usage; what is optional counts as its fields. */
static void
usage_word(const char *usage, size_t n, char out[32])
{
	for (size_t i = 0; i < n && *usage != '\0'; i++) {
		usage += strcspn(usage, " ");
		usage += *usage == ' ';
	}
	snprintf(
	    out, 32, "%.*s", (int)(strcspn(usage, " ") < 31 ? strcspn(usage, " ") : 31), usage);
}

static void
offer_argument(struct request *r, const struct command *c, size_t n)
{
	static const char *const when[] = { "now", "+5m", NULL };
	static const char *const steps[] = { "next", "back", NULL };
	static const char *const clock[] = { "5m", "+2m", "stop", NULL };
	static const char *const done[] = { "done", NULL };
	char want[32];

	usage_word(c->usage, n, want);
	if (strcmp(want, "WHEN") == 0) {
		offer_names(r, when, "", r->typed);
	} else if (strcmp(want, "DATE") == 0) {
		offer_names(r, days + 1, "", r->typed);
	} else if (strcmp(want, "CATEGORY") == 0) {
		offer_items(r, KIND_CATEGORY, "", r->typed);
	} else if (strcmp(want, "COLUMN") == 0) {
		offer_items(r, KIND_COLUMN, "", r->typed);
	} else if (strncmp(want, "next|", 5) == 0) {
		offer_names(r, steps, "", r->typed);
		offer_items(r, KIND_STAGE, "", r->typed);
	} else if (strcmp(want, "ROLE") == 0) {
		offer_names(r, schema_field(KIND_PERSON, "role")->names + 1, "", r->typed);
	} else if (strcmp(want, "NAME") == 0 && c->kind == KIND_DEBRIEF) {
		offer_people(r);
	} else if (strcmp(want, "SET") == 0) {
		for (size_t i = 0; i < n_category_sets; i++)
			if (text_begins(category_sets[i].name, r->typed))
				offer(r, category_sets[i].name, category_sets[i].about);
	} else if (strncmp(want, "5m|", 3) == 0) {
		offer_names(r, clock, "", r->typed);
	} else if (strcmp(want, "[done]") == 0) {
		offer_names(r, done, "", r->typed);
	} else if (strcmp(want, "ID") == 0 && strstr(c->words, "vote") != NULL) {
		offer_ballot(r, "", r->typed);
	} else if (strcmp(want, "ID") == 0 && c->kind != KIND_DEBRIEF) {
		offer_items(r, c->kind, "", r->typed);
	} else if (strcmp(want, "ID") == 0) {
		offer_any_item(r, "", r->typed);
	} else if (strchr(c->usage, '=') != NULL && strcmp(want, "TEXT") != 0 &&
		   strcmp(want, "NAME") != 0) {
		offer_fields(r, c);
	}
}

void
command_complete(const struct command_scene *s, const char *line, struct strs *out)
{
	struct request r = { .s = s, .out = out };
	const struct command *c = NULL;
	size_t used = 0;

	split_open(&r, line);
	if (r.words.n == 0)
		offer_first_words(&r);
	else
		c = command_find(&r.words, &used, NULL);
	/* "stage " goes on with a second word as well as with a stage. */
	if (r.words.n == 1)
		offer_second_words(&r);
	if (c != NULL)
		offer_argument(&r, c, r.words.n - used);
	strs_fini(&r.words);
	free(r.typed);
}
