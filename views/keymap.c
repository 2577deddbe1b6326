#include "views/keymap.h"

#include <stdio.h>
#include <string.h>

#include "views/bindings.h"

/* "next prompt" is next-prompt: git's names hold letters, digits and - alone. */
static void
name_of(const char *word, char out[32])
{
	snprintf(out, 32, "%s", word);
	for (char *p = out; *p != '\0'; p++)
		if (*p == ' ')
			*p = '-';
}

static bool
named_before(size_t nth)
{
	for (size_t i = 0; i < nth; i++)
		if (bindings[i].word != NULL && strcmp(bindings[i].word, bindings[nth].word) == 0)
			return true;
	return false;
}

void
keymap_names(void (*use)(void *ctx, const char *name), void *ctx)
{
	char name[32];

	for (size_t i = 0; i < n_bindings; i++) {
		if (bindings[i].word == NULL || named_before(i))
			continue;
		name_of(bindings[i].word, name);
		use(ctx, name);
	}
}

bool
keymap_add(struct keymap *m, const char *name, const char *key)
{
	char known[32];
	struct key k;
	bool some = false;

	if (key == NULL || !key_parse(key, &k))
		return false;
	for (size_t i = 0; i < n_bindings && m->n < sizeof m->v / sizeof *m->v; i++) {
		if (bindings[i].word == NULL)
			continue;
		name_of(bindings[i].word, known);
		if (strcmp(known, name) != 0)
			continue;
		some = true;
		m->v[m->n].verb = bindings[i].verb;
		snprintf(m->v[m->n].word, sizeof m->v[0].word, "%s", bindings[i].word);
		key_name(&k, m->v[m->n++].key);
	}
	return some;
}

static bool
has_word(const struct view *v, enum verb_of_key verb, const char *word)
{
	for (size_t i = 0; i < n_bindings; i++)
		if (bindings[i].verb == verb && bindings[i].word != NULL &&
		    strcmp(bindings[i].word, word) == 0 && binding_is_for(&bindings[i], v))
			return true;
	return false;
}

enum verb_of_key
keymap_verb(const struct keymap *m, const struct view *v, const struct key *k)
{
	char name[32];

	key_name(k, name);
	for (size_t i = 0; m != NULL && i < m->n; i++)
		if (strcmp(m->v[i].key, name) == 0 && has_word(v, m->v[i].verb, m->v[i].word))
			return m->v[i].verb;
	return binding_verb(v, k);
}

const char *
keymap_key(const struct keymap *m, enum verb_of_key verb, const char *word, const char *usual)
{
	for (size_t i = 0; m != NULL && word != NULL && i < m->n; i++)
		if (m->v[i].verb == verb && strcmp(m->v[i].word, word) == 0)
			return m->v[i].key;
	return usual;
}
