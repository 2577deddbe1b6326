#include "commands/command.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { PREFIX_MIN = 2, CHOICES_NAMED = 5 };

/* What a kind's items are called by besides numbers and ids; NULL: nothing. */
static const char *
item_name(enum kind kind, const struct item *it)
{
	switch (kind) {
	case KIND_CATEGORY:
		return ((const struct category *)it)->name;
	case KIND_COLUMN:
		return ((const struct column *)it)->name;
	case KIND_STAGE:
		return ((const struct stage *)it)->name;
	case KIND_PERSON:
		return ((const struct person *)it)->name;
	default:
		return NULL;
	}
}

/* "E17" of a kind whose letter is E: 17; 0 when it is not that. */
static int64_t
spoken_number(enum kind kind, const char *text)
{
	char letter = schema_of(kind)->letter;
	char *end;
	long long n;

	if (letter == 0 || toupper((unsigned char)text[0]) != letter ||
	    !isdigit((unsigned char)text[1]))
		return 0;
	n = strtoll(text + 1, &end, 10);
	return *end == '\0' && n > 0 ? n : 0;
}

static bool
id_begins(struct id id, const char *text, size_t len)
{
	if (len < PREFIX_MIN || len > ID_LEN)
		return false;
	for (size_t i = 0; i < len; i++)
		if (id.s[i] != (char)tolower((unsigned char)text[i]))
			return false;
	return true;
}

/* How well `text` names an item; the best fit wins, and two equally good ones are one too many. */
enum fit { FIT_NONE, FIT_START, FIT_ID, FIT_NAME, FIT_NUMBER };

struct search {
	const char *text;
	enum fit best;
	enum kind kind;
	struct item *found[CHOICES_NAMED];
	enum kind kinds[CHOICES_NAMED];
	size_t n;
};

static enum fit
item_fit(enum kind kind, const struct item *it, const char *text, int64_t number)
{
	const char *name = item_name(kind, it);
	size_t len = strlen(text);

	if (number > 0 && it->number == number)
		return FIT_NUMBER;
	if (name != NULL && text_same(name, text))
		return FIT_NAME;
	if (len == ID_LEN && id_begins(it->id, text, len))
		return FIT_ID;
	if (id_begins(it->id, text, len) || (name != NULL && len > 0 && text_begins(name, text)))
		return FIT_START;
	return FIT_NONE;
}

static void
search_kind(struct search *q, const struct debrief *d, enum kind kind)
{
	const struct items *items = &d->of[kind];
	int64_t number = spoken_number(kind, q->text);

	for (size_t i = 0; i < items->n; i++) {
		enum fit fit = item_fit(kind, items->v[i], q->text, number);

		if (fit == FIT_NONE || fit < q->best)
			continue;
		if (fit > q->best)
			q->n = 0;
		q->best = fit;
		if (q->n < CHOICES_NAMED) {
			q->kinds[q->n] = kind;
			q->found[q->n] = items->v[i];
		}
		q->n++;
	}
}

static bool
say_several(const struct search *q, const struct debrief *d, struct err *e)
{
	struct buf choices = { 0 };
	size_t named = q->n < CHOICES_NAMED ? q->n : CHOICES_NAMED;

	for (size_t i = 0; i < named; i++) {
		const char *name = item_name(q->kinds[i], q->found[i]);
		char number[24];

		item_short_name(d, q->kinds[i], q->found[i], number);
		buf_addf(&choices, "%s%s %s", i > 0 ? ", " : "", schema_of(q->kinds[i])->word,
		    name != NULL ? name : number);
	}
	err_set(e, ERR_MISSING, "%s may be any of %zu: %s%s: nothing was changed: write more of it",
	    q->text, q->n, choices.data, q->n > named ? ", ..." : "");
	buf_fini(&choices);
	return false;
}

struct item *
command_item(const struct debrief *d, enum kind kind, const char *text, struct err *e)
{
	struct search q = { .text = text };
	const struct schema *s = schema_of(kind);
	struct item *other;
	enum kind is;
	struct id id;

	if (id_parse(text, &id) && (other = debrief_find(d, kind, id)) != NULL)
		return other;
	search_kind(&q, d, kind);
	if (q.n == 1)
		return q.found[0];
	if (q.n > 1) {
		say_several(&q, d, e);
		return NULL;
	}
	other = command_any(d, text, &is, NULL);
	if (other != NULL)
		err_set(e, ERR_MISSING,
		    "%s is of the %s, not of the %s: nothing was changed: "
		    "name one of the %s",
		    text, schema_of(is)->plural, s->plural, s->plural);
	else
		err_set(e, ERR_MISSING, "no %s %s here: nothing was changed: show lists the %s",
		    s->word, text[0] != '\0' ? text : "\"\"", s->plural);
	return NULL;
}

struct item *
command_any(const struct debrief *d, const char *text, enum kind *kind, struct err *e)
{
	struct search q = { .text = text };
	struct item *it;
	struct id id;

	if (id_parse(text, &id) && (it = debrief_any(d, id, kind)) != NULL)
		return it;
	for (int k = 1; k < N_KINDS; k++)
		search_kind(&q, d, (enum kind)k);
	if (q.n == 1) {
		*kind = q.kinds[0];
		return q.found[0];
	}
	if (q.n > 1)
		say_several(&q, d, e);
	else
		err_set(e, ERR_MISSING,
		    "nothing here is called %s: nothing was changed: show lists what "
		    "there is",
		    text[0] != '\0' ? text : "\"\"");
	return NULL;
}
