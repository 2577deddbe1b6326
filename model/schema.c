#include "model/schema.h"

#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct schema *
schema_of(enum kind kind)
{
	assert(kind >= 0 && kind < N_KINDS);
	return &schemas[kind];
}

const struct schema *
schema_by_word(const char *word)
{
	for (int k = 0; k < N_KINDS; k++)
		if (strcmp(schemas[k].word, word) == 0)
			return &schemas[k];
	return NULL;
}

const struct schema *
schema_by_list(const char *list)
{
	for (int k = 0; k < N_KINDS; k++)
		if (schemas[k].list != NULL && strcmp(schemas[k].list, list) == 0)
			return &schemas[k];
	return NULL;
}

const struct field *
schema_field(enum kind kind, const char *name)
{
	const struct schema *s = schema_of(kind);

	for (size_t i = 0; i < s->n_fields; i++)
		if (strcmp(s->fields[i].name, name) == 0)
			return &s->fields[i];
	return NULL;
}

static bool
prefix_is_unique(const struct debrief *d, struct id id, size_t len)
{
	for (int k = 0; k < N_KINDS; k++)
		for (size_t i = 0; i < d->of[k].n; i++) {
			struct id other = d->of[k].v[i]->id;
			if (!id_equal(other, id) && memcmp(other.s, id.s, len) == 0)
				return false;
		}
	return true;
}

void
item_short_name(const struct debrief *d, enum kind kind, const struct item *it, char out[24])
{
	size_t len = 4;

	if (schemas[kind].letter != 0 && it->number > 0) {
		snprintf(out, 24, "%c%lld", schemas[kind].letter, (long long)it->number);
		return;
	}
	while (len < ID_LEN && !prefix_is_unique(d, it->id, len))
		len++;
	snprintf(out, 24, "%.*s", (int)len, it->id.s);
}
