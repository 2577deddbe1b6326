#include <string.h>

#include "base/text.h"
#include "model/wording_internal.h"

/* Where the reading of a text stands. */
struct reading {
	const struct wording *w;
	const char *text;
	size_t len, at;
	enum wording_form form;
	bool starts;	/* the next word begins a sentence */
	bool line_new;	/* nothing but blanks since the line began */
	struct tokens *out;
};

static unsigned char
byte_at(const struct reading *r, size_t i)
{
	return i < r->len ? (unsigned char)r->text[i] : 0;
}

static bool
is_letter(unsigned char c)
{
	return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c >= 0x80;
}

static bool
is_word_byte(unsigned char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

/* A curly apostrophe, a quote or a dash of three bytes at `i`; its last byte, or 0. */
static unsigned char
general_mark(const struct reading *r, size_t i)
{
	return byte_at(r, i) == 0xe2 && byte_at(r, i + 1) == 0x80 ? byte_at(r, i + 2) : 0;
}

static size_t
apostrophe(const struct reading *r, size_t i)
{
	if (byte_at(r, i) == '\'')
		return 1;
	return general_mark(r, i) == 0x99 ? 3 : 0;
}

static void
put(struct reading *r, const char *word, size_t n, const struct token *like)
{
	struct token t = *like;

	t.word = words_find(r->w, word, n);
	t.starts = r->starts;
	r->starts = false;
	VEC_ROOM(r->out->v, r->out->n, r->out->cap);
	r->out->v[r->out->n++] = t;
}

static void
put_mark(struct reading *r, char mark)
{
	VEC_ROOM(r->out->v, r->out->n, r->out->cap);
	r->out->v[r->out->n++] =
	    (struct token){ .at = (uint32_t)r->at, .len = 1, .mark = mark };
}

static void
end_sentence(struct reading *r)
{
	if (r->out->n > 0 && r->out->v[r->out->n - 1].mark != '.')
		put_mark(r, '.');
	r->starts = true;
}

/* What an apostrophe and letters behind a word stand for. */
static const struct ending {
	const char *typed, *word;
} endings[] = { { "s", "'s" }, { "ve", "have" }, { "re", "are" }, { "ll", "will" }, { "d", "'d" },
	{ "m", "am" } };

static void
put_ending(struct reading *r, const char *low, size_t n, const struct token *like)
{
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (strlen(endings[i].typed) == n && memcmp(endings[i].typed, low, n) == 0) {
			put(r, endings[i].word, strlen(endings[i].word), like);
			return;
		}
	put(r, low, n, like);
}

/* "didn't" is two words, "won't" and "can't" are not written as they are said. */
static void
put_negation(struct reading *r, const char *low, size_t n, const struct token *like,
    const struct token *rest)
{
	if (n == 4 && memcmp(low, "wont", 4) == 0)
		put(r, "will", 4, like);
	else if (n == 4 && memcmp(low, "cant", 4) == 0)
		put(r, "can", 3, like);
	else
		put(r, low, n - 2, like);
	put(r, "not", 3, rest);
}

/* Letters of a word, lower case, its own apostrophes apart. */
static size_t
lower(const struct reading *r, size_t from, size_t to, char low[WORD_MOST])
{
	size_t n = 0;

	for (size_t i = from; i < to && n < WORD_MOST; i++) {
		unsigned char c = byte_at(r, i);
		low[n++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
	}
	return n;
}

static size_t
run_end(const struct reading *r, size_t i)
{
	while (is_word_byte(byte_at(r, i)) && general_mark(r, i) == 0)
		i++;
	return i;
}

/* A run of letters with hyphens in it; then what follows an apostrophe. */
static void
read_word(struct reading *r)
{
	size_t from = r->at, end = run_end(r, from), mark, after;
	char low[WORD_MOST];
	size_t n;
	struct token t = { .at = (uint32_t)from };

	while (byte_at(r, end) == '-' && is_word_byte(byte_at(r, end + 1)))
		end = run_end(r, end + 1);
	t.capital = byte_at(r, from) >= 'A' && byte_at(r, from) <= 'Z';
	mark = apostrophe(r, end);
	after = mark > 0 ? run_end(r, end + mark) : end;
	n = lower(r, from, end, low);
	t.len = (uint32_t)(end - from);
	r->at = end;
	if (mark > 0 && after > end + mark) {
		char tail[WORD_MOST];
		size_t n_tail = lower(r, end + mark, after, tail);
		struct token rest = { .at = (uint32_t)end, .len = (uint32_t)(after - end) };
		r->at = after;
		if (n_tail == 1 && tail[0] == 't' && n + 1 < WORD_MOST && n > 0 &&
		    low[n - 1] == 'n') {
			low[n++] = 't';
			put_negation(r, low, n, &t, &rest);
			return;
		}
		put(r, low, n, &t);
		put_ending(r, tail, n_tail, &rest);
		return;
	}
	put(r, low, n, &t);
}

static size_t
line_end(const struct reading *r, size_t from)
{
	const char *nl = memchr(r->text + from, '\n', r->len - from);

	return nl != NULL ? (size_t)(nl - r->text) : r->len;
}

/* Quoted text ends where its quote does, in the same paragraph; 0: it does not. */
static size_t
quote_end(const struct reading *r, size_t from, const char *close)
{
	size_t n = strlen(close);

	for (size_t i = from; i + n <= r->len; i++) {
		if (r->text[i] == '\n' && byte_at(r, i + 1) == '\n')
			return 0;
		if (memcmp(r->text + i, close, n) == 0)
			return i + n;
	}
	return 0;
}

/* A single quote opens before a word and closes behind one. */
static size_t
single_end(const struct reading *r, size_t from)
{
	if ((r->at > 0 && is_word_byte(byte_at(r, r->at - 1))) || !is_word_byte(byte_at(r, from)))
		return 0;
	for (size_t i = from; i < r->len && r->text[i] != '\n'; i++)
		if (r->text[i] == '\'' && !is_word_byte(byte_at(r, i + 1)))
			return i + 1;
	return 0;
}

static const struct quote {
	const char *open, *close;
} quotes[] = { { "```", "```" }, { "`", "`" }, { "\"", "\"" }, { "\xe2\x80\x9c", "\xe2\x80\x9d" },
	{ "\xe2\x80\x9e", "\xe2\x80\x9c" }, { "\xc2\xab", "\xc2\xbb" },
	{ "\xe2\x80\x98", "\xe2\x80\x99" } };

/* Past a quotation; true when there was one. */
static bool
skip_quote(struct reading *r)
{
	size_t end = 0;

	for (size_t i = 0; i < sizeof quotes / sizeof *quotes && end == 0; i++) {
		size_t n = strlen(quotes[i].open);
		if (r->at + n <= r->len && memcmp(r->text + r->at, quotes[i].open, n) == 0)
			end = quote_end(r, r->at + n, quotes[i].close);
	}
	if (end == 0 && byte_at(r, r->at) == '\'')
		end = single_end(r, r->at + 1);
	if (end == 0)
		return false;
	put_mark(r, '"');
	r->at = end;
	return true;
}

static bool
begins(const struct reading *r, const char *what)
{
	size_t n = strlen(what);

	return r->at + n <= r->len && memcmp(r->text + r->at, what, n) == 0;
}

/* A fenced block, a quoted line, a table's rule: not somebody's own words. */
static bool
skip_line(struct reading *r)
{
	const char *fence = begins(r, "```") ? "\n```" : begins(r, "~~~") ? "\n~~~" : NULL;
	size_t end;

	if (begins(r, ">")) {
		end_sentence(r);
		r->at = line_end(r, r->at);
		return true;
	}
	if (fence == NULL || r->form != WORDING_MARKDOWN)
		return false;
	end_sentence(r);
	end = quote_end(r, r->at + 3, fence);
	for (size_t i = r->at; end == 0 && i + 4 <= r->len; i++)
		if (memcmp(r->text + i, fence, 4) == 0)
			end = i + 4;
	r->at = end == 0 ? r->len : line_end(r, end);
	return true;
}

/* What a program said: "stderr: ...", up to the end of the line. */
static bool
skip_output(struct reading *r)
{
	static const char *const labels[] = { "stderr:", "stdout:", "output:", "log:", "ERROR:",
		"WARN:", "FATAL:" };

	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (begins(r, labels[i])) {
			end_sentence(r);
			r->at = line_end(r, r->at);
			return true;
		}
	return false;
}

static bool
skip_address(struct reading *r)
{
	if (!begins(r, "http://") && !begins(r, "https://"))
		return false;
	while (r->at < r->len && strchr(" \t\n)>\"", r->text[r->at]) == NULL)
		r->at++;
	return true;
}

static void
read_newline(struct reading *r)
{
	size_t next = r->at + 1;

	while (byte_at(r, next) == ' ' || byte_at(r, next) == '\t')
		next++;
	/* A list's item and a heading begin anew; a line that is only wrapped goes on. */
	if (byte_at(r, next) == '\n' || byte_at(r, next) == '-' || byte_at(r, next) == '*' ||
	    byte_at(r, next) == '#' || byte_at(r, next) == '|' || next >= r->len)
		end_sentence(r);
	r->at++;
	r->line_new = true;
}

static void
read_mark(struct reading *r)
{
	unsigned char c = byte_at(r, r->at), next = byte_at(r, r->at + 1);
	unsigned char general = general_mark(r, r->at);
	size_t n = general != 0 ? 3 : 1;

	if (c == '.' && is_word_byte(next))
		n = 1; /* a number, a file's name */
	else if (c == '.' || c == '!' || c == '?') {
		if (c == '?')
			put_mark(r, '?');
		end_sentence(r);
	} else if (c == ',' || c == ';' || c == ':' || c == '(' || c == ')')
		put_mark(r, (char)c);
	else if (general == 0x93 || general == 0x94 || (c == '-' && next == '-'))
		put_mark(r, ';');
	if (c == ':')
		r->starts = true;
	r->at += n;
}

static void
read_one(struct reading *r)
{
	unsigned char c = byte_at(r, r->at);
	bool fresh = r->line_new;

	if (c == '\n') {
		read_newline(r);
		return;
	}
	if (c == ' ' || c == '\t') {
		r->at++;
		return;
	}
	r->line_new = false;
	if (fresh && (skip_line(r) || skip_output(r)))
		return;
	if (skip_quote(r) || skip_address(r) || skip_output(r))
		return;
	if (is_word_byte(c) && general_mark(r, r->at) == 0)
		read_word(r);
	else
		read_mark(r);
}

void
tokens_read(const struct wording *w, const char *text, size_t len, enum wording_form form,
    struct tokens *out)
{
	struct reading r = { .w = w, .text = text, .len = len, .form = form, .starts = true,
		.line_new = true, .out = out };

	while (r.at < len)
		read_one(&r);
	end_sentence(&r);
}
