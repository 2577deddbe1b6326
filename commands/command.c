#include "commands/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "commands/build.h"

enum { NEAR_MOST = 2, WORD_MAX = 40 };

bool
say_usage(const struct command *c, const char *what, struct err *e)
{
	return err_set(e, ERR_USAGE, "%s: %s: nothing was changed: write %s%s%s", c->words, what,
	    c->words, c->usage[0] != '\0' ? " " : "", c->usage);
}

bool
words_count(
    const struct command *c, const struct strs *args, size_t least, size_t most, struct err *e)
{
	if (args->n < least)
		return say_usage(c, "something is missing", e);
	if (args->n > most && most == 0)
		return say_usage(c, "it takes nothing more", e);
	if (args->n > most)
		return say_usage(c, "there is too much", e);
	return true;
}

/* How many of a command's own words `words` begins with: all of them, or 0. */
static size_t
command_fits(const struct command *c, const struct strs *words)
{
	size_t len = strcspn(c->words, " ");
	const char *second = c->words[len] == ' ' ? c->words + len + 1 : NULL;

	if (words->n == 0 || strlen(words->v[0]) != len || memcmp(words->v[0], c->words, len) != 0)
		return 0;
	if (second == NULL)
		return 1;
	return words->n > 1 && strcmp(words->v[1], second) == 0 ? 2 : 0;
}

/* Edits between two short words; a large number for long ones. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[WORD_MAX + 1], n = strlen(a), m = strlen(b);

	if (n > WORD_MAX || m > WORD_MAX)
		return WORD_MAX;
	for (size_t j = 0; j <= m; j++)
		row[j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= m; j++) {
			size_t above = row[j], best = diagonal + (a[i - 1] != b[j - 1]);
			best = above + 1 < best ? above + 1 : best;
			row[j] = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
			diagonal = above;
		}
	}
	return row[m];
}

static void
add_second_words(const char *first, struct buf *list)
{
	size_t len = strlen(first);

	for (size_t i = 0; i < n_commands; i++)
		if (strncmp(commands[i].words, first, len) == 0 && commands[i].words[len] == ' ')
			buf_addf(
			    list, "%s%s", list->len > 0 ? ", " : "", commands[i].words + len + 1);
}

static void
add_nearest(const char *typed, bool two, struct buf *list)
{
	size_t nearest = NEAR_MOST + 1;

	for (size_t i = 0; i < n_commands; i++) {
		const char *words = commands[i].words;
		size_t first = strcspn(words, " ");
		char *one = two ? mem_dup(words) : mem_dupn(words, first);
		size_t far = distance(typed, one);
		bool begins = strlen(typed) > 1 && strncmp(one, typed, strlen(typed)) == 0;

		far = begins ? 0 : far;
		if (far < nearest)
			buf_clear(list);
		if (far <= nearest && far <= NEAR_MOST) {
			nearest = far;
			if (list->len == 0 || strstr(list->data, one) == NULL)
				buf_addf(list, "%s%s", list->len > 0 ? " or " : "", one);
		}
		free(one);
	}
}

static bool
say_unknown(const struct strs *words, struct err *e)
{
	const char *first = words->n > 0 ? words->v[0] : "";
	struct buf list = { 0 }, both = { 0 };

	add_second_words(first, &list);
	if (list.len > 0) {
		err_set(e, ERR_USAGE, "no such command: %s%s%s: nothing was changed: %s takes %s",
		    first, words->n > 1 ? " " : "", words->n > 1 ? words->v[1] : "", first,
		    list.data);
	} else {
		buf_addf(&both, "%s %s", first, words->n > 1 ? words->v[1] : "");
		add_nearest(first, false, &list);
		if (list.len == 0)
			add_nearest(both.data, true, &list);
		if (list.len > 0)
			err_set(e, ERR_USAGE,
			    "no such command: %s: nothing was changed: did you mean %s?", first,
			    list.data);
		else
			err_set(e, ERR_USAGE,
			    "no such command: %s: nothing was changed: debrief help do "
			    "lists them",
			    first[0] != '\0' ? first : "\"\"");
	}
	buf_fini(&list);
	buf_fini(&both);
	return false;
}

const struct command *
command_find(const struct strs *words, size_t *used, struct err *e)
{
	const struct command *found = NULL;
	size_t best = 0;

	for (size_t i = 0; i < n_commands; i++) {
		size_t fits = command_fits(&commands[i], words);
		if (fits > best) {
			best = fits;
			found = &commands[i];
		}
	}
	if (found == NULL)
		say_unknown(words, e);
	else
		*used = best;
	return found;
}

/* The name an op of this command carries. */
static void
begin_op(const struct command *c, struct op *op)
{
	char *first = mem_dupn(c->words, strcspn(c->words, " "));

	op_init(op, c->kind != KIND_DEBRIEF ? schema_of(c->kind)->word : first);
	free(first);
}

bool
command_read(const struct command_scene *s, const struct strs *words, struct op *out, struct err *e)
{
	struct strs args = { 0 };
	const struct command *c;
	size_t used;
	struct op op;

	c = command_find(words, &used, e);
	if (c == NULL)
		return false;
	args.v = words->v + used; /* borrowed */
	args.n = words->n - used;
	begin_op(c, &op);
	if (!c->build(s, c, &args, &op, e)) {
		op_fini(&op);
		return false;
	}
	*out = op;
	return true;
}

bool
command_read_line(const struct command_scene *s, const char *line, struct op *out, struct err *e)
{
	struct strs words = { 0 };
	bool good;

	if (!words_split(line, &words, e))
		return false;
	if (words.n == 0) {
		*out = (struct op){ 0 };
		return true;
	}
	good = command_read(s, &words, out, e);
	strs_fini(&words);
	return good;
}

/* Letters of `typed` in their order in `text`: how close together they stand; 0: not there. */
static int
fuzzy_score(const char *text, const char *typed)
{
	const char *p = text, *last = NULL;
	int score = 1;

	if (text_has(text, typed))
		return 1000 - (int)strlen(text) + (text_begins(text, typed) ? 1000 : 0);
	for (const char *t = typed; *t != '\0'; t++) {
		if (*t == ' ')
			continue;
		p = strchr(p, *t);
		if (p == NULL)
			return 0;
		score += last != NULL && p == last + 1 ? 10 : 1;
		last = p++;
	}
	return score;
}

size_t
command_match(const char *typed, const struct command *out[], size_t most)
{
	int *scores = mem_zero(most + 1, sizeof *scores);
	size_t n = 0;

	for (size_t i = 0; i < n_commands; i++) {
		const struct command *c = &commands[i];
		int score = fuzzy_score(c->words, typed);
		size_t at;

		if (score == 0 && text_has(c->note, typed))
			score = 1;
		if (score == 0)
			continue;
		for (at = n < most ? n++ : most; at > 0 && scores[at - 1] < score; at--)
			if (at < most) {
				scores[at] = scores[at - 1];
				out[at] = out[at - 1];
			}
		if (at < most) {
			scores[at] = score;
			out[at] = c;
		}
	}
	free(scores);
	return n;
}
