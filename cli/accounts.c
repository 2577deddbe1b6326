#include "cli/accounts.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const char usage[] =
    "account, account add WHEN TEXT, account drop N, account release N or all";

bool
is_account(const char *line)
{
	line += strspn(line, " ");
	return strncmp(line, "account", 7) == 0 && (line[7] == ' ' || line[7] == '\0');
}

void
accounted_fini(struct accounted *x)
{
	buf_fini(&x->said);
	strs_fini(&x->lines);
	strs_fini(&x->keys);
}

static bool
add(struct account *a, const struct command_scene *s, const struct strs *words,
    struct accounted *out, struct err *e)
{
	struct buf text = { 0 };
	int64_t at_ns;
	int precision = PRECISION_EXACT;
	bool good;

	if (words->n < 4)
		return err_set(e, ERR_USAGE, "what you saw is missing: nothing was added: %s", usage);
	for (size_t i = 3; i < words->n; i++)
		buf_addf(&text, "%s%s", i > 3 ? " " : "", words->v[i]);
	good = command_when(s, words->v[2], &at_ns, &precision, e) &&
	       account_add(a, at_ns, precision == PRECISION_MINUTE, text.data, e);
	if (good)
		buf_adds(&out->said, "kept for you alone: account release N shows a line to all");
	buf_fini(&text);
	return good;
}

static bool
read_number(const struct account *a, const char *word, size_t *i, struct err *e)
{
	char *end;
	unsigned long n = strtoul(word, &end, 10);

	if (*end != '\0' || n < 1 || n > a->n)
		return err_set(e, ERR_MISSING,
		    "there is no line %s in your account: nothing was changed: it has %zu", word,
		    a->n);
	*i = n - 1;
	return true;
}

/* As the event that it becomes. */
static void
release(const struct account_line *l, struct accounted *out)
{
	struct strs words = { 0 };
	struct buf line = { 0 };
	char when[TIME_TEXT];

	strs_add(&words, "event");
	strs_add(&words, "add");
	strs_add(&words, time_text(l->at_ns, when));
	strs_add(&words, l->text);
	strs_add(&words, "certainty=account");
	if (l->minute)
		strs_add(&words, "precision=minute");
	words_join(&words, &line);
	strs_take(&out->lines, buf_take(&line));
	strs_take(&out->keys, account_key(l));
	strs_fini(&words);
}

bool
account_run(struct account *a, const struct command_scene *s, const struct strs *words,
    struct accounted *out, struct err *e)
{
	const char *word = words->n > 1 ? words->v[1] : "";
	size_t i = 0;
	char *key;
	bool good;

	*out = (struct accounted){ .list = words->n == 1 };
	if (words->n == 1)
		return true;
	if (strcmp(word, "add") == 0)
		return add(a, s, words, out, e);
	if (words->n != 3 || (strcmp(word, "drop") != 0 && strcmp(word, "release") != 0))
		return err_set(e, ERR_USAGE, "that is not said so: nothing was changed: %s", usage);
	if (strcmp(word, "release") == 0 && strcmp(words->v[2], "all") == 0) {
		for (i = 0; i < a->n; i++)
			release(&a->v[i], out);
		return true;
	}
	if (!read_number(a, words->v[2], &i, e))
		return false;
	if (strcmp(word, "release") == 0) {
		release(&a->v[i], out);
		return true;
	}
	buf_adds(&out->said, "dropped: nobody has seen it");
	key = account_key(&a->v[i]);
	good = account_drop(a, key, e);
	free(key);
	return good;
}

void
account_put(const struct account *a, const struct zone *zone, struct strs *out)
{
	for (size_t i = 0; i < a->n; i++) {
		struct civil t = zone_civil(zone, a->v[i].at_ns);
		strs_take(out, mem_fmt("%zu\t%04d-%02d-%02d %02d:%02d\t%s", i + 1, t.year, t.month,
				   t.day, t.hour, t.minute, a->v[i].text));
	}
}
