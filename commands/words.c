#include "commands/command.h"

#include <stdlib.h>
#include <string.h>

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What a backslash before `c` stands for inside double quotes; 0: it stands for itself, backslash
 * included. */
static char
escaped(char c)
{
	switch (c) {
	case 'n':
		return '\n';
	case '"':
	case '\\':
		return c;
	default:
		return '\0';
	}
}

/* Each of these takes `p` just behind what opened it and returns where reading goes on; NULL: never
 * closed. */
static const char *
read_single(const char *p, struct buf *word)
{
	const char *end = strchr(p, '\'');

	if (end == NULL)
		return NULL;
	buf_add(word, p, (size_t)(end - p));
	return end + 1;
}

static const char *
read_double(const char *p, struct buf *word)
{
	for (; *p != '"'; p++) {
		if (*p == '\0')
			return NULL;
		if (*p == '\\' && escaped(p[1]) != '\0')
			buf_addc(word, escaped(*++p));
		else
			buf_addc(word, *p);
	}
	return p + 1;
}

static const char *
read_plain(const char *p, struct buf *word)
{
	while (*p != '\0' && !is_blank(*p) && *p != '\'' && *p != '"') {
		if (*p == '\\' && *++p == '\0')
			return NULL;
		buf_addc(word, *p++);
	}
	return p;
}

static bool
read_word(const char **at, struct buf *word, struct err *e)
{
	const char *p = *at;

	while (*p != '\0' && !is_blank(*p)) {
		char open = *p;

		if (open == '\'')
			p = read_single(p + 1, word);
		else if (open == '"')
			p = read_double(p + 1, word);
		else
			p = read_plain(p, word);
		if (p == NULL && (open == '\'' || open == '"'))
			return err_set(e, ERR_USAGE,
			    "a %s quote is never closed: nothing was changed: "
			    "add the closing %c",
			    open == '"' ? "double" : "single", open);
		if (p == NULL)
			return err_set(e, ERR_USAGE,
			    "the line ends in a backslash: nothing was "
			    "changed: write two for one that is meant");
	}
	*at = p;
	return true;
}

bool
words_split(const char *line, struct strs *out, struct err *e)
{
	struct strs words = { 0 };
	const char *p = line;

	while (is_blank(*p))
		p++;
	if (*p == '#')
		p += strlen(p);
	while (*p != '\0') {
		struct buf word = { 0 };

		if (!read_word(&p, &word, e)) {
			buf_fini(&word);
			strs_fini(&words);
			return false;
		}
		strs_take(&words, buf_take(&word));
		while (is_blank(*p))
			p++;
	}
	*out = words;
	return true;
}

static bool
is_simple(const char *word, bool first)
{
	static const char special[] = " \t\n\r'\"\\";

	return word[0] != '\0' && word[strcspn(word, special)] == '\0' &&
	       !(first && word[0] == '#');
}

/* Always on one line: newlines become \n. */
static void
add_quoted(struct buf *out, const char *word)
{
	buf_addc(out, '"');
	for (const char *p = word; *p != '\0'; p++) {
		if (*p == '\n')
			buf_adds(out, "\\n");
		else if (*p == '"' || *p == '\\')
			buf_addf(out, "\\%c", *p);
		else
			buf_addc(out, *p);
	}
	buf_addc(out, '"');
}

void
words_join(const struct strs *words, struct buf *out)
{
	for (size_t i = 0; i < words->n; i++) {
		if (i > 0)
			buf_addc(out, ' ');
		if (is_simple(words->v[i], i == 0))
			buf_adds(out, words->v[i]);
		else
			add_quoted(out, words->v[i]);
	}
}
