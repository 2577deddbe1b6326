#include <string.h>

#include "base/text.h"
#include "model/wording_internal.h"

enum { QUOTES = 5 /* kinds of them; a single one besides */, TICKS_MOST = 16, CODE_INDENT = 4 };

/* Where the reading of a text stands. */
struct reading {
	const struct wording *w;
	const char *text;
	size_t len, at;
	enum wording_form form;
	bool starts;	/* the next word begins a sentence */
	bool line_new;	/* nothing but blanks since the line began */
	bool after_blank; /* the line before was empty */
	bool in_list;	  /* since the last line that began at the margin */
	size_t unclosed[QUOTES + 1]; /* a kind of quote does not close before here */
	size_t unticked[TICKS_MOST + 1]; /* nor so many back-ticks */
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

/* "cannot", and what is typed in a hurry: "didnt". */
static bool
joined_negation(const char *low, size_t n)
{
	static const char *const verbs[] = { "did", "does", "do", "was", "were", "is", "are", "has",
		"have", "had", "could", "should", "would", "must" };

	if (n == 6 && memcmp(low, "cannot", 6) == 0)
		return true;
	if (n < 4 || memcmp(low + n - 2, "nt", 2) != 0)
		return false;
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (strlen(verbs[i]) == n - 2 && memcmp(verbs[i], low, n - 2) == 0)
			return true;
	return n == 4 && memcmp(low, "cant", 4) == 0;
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

/* "didn't", "we've", "the team's"; `t` and `low` are what stands before the apostrophe at t's end. */
static void
read_apostrophe(struct reading *r, const struct token *t, char low[WORD_MOST], size_t n,
    size_t mark)
{
	size_t end = t->at + t->len, after = run_end(r, end + mark);
	char tail[WORD_MOST];
	size_t n_tail = lower(r, end + mark, after, tail);
	struct token rest = { .at = (uint32_t)end, .len = (uint32_t)(after - end) };

	r->at = after;
	if (n_tail == 1 && tail[0] == 't' && n + 1 < WORD_MOST && n > 0 && low[n - 1] == 'n') {
		low[n++] = 't';
		put_negation(r, low, n, t, &rest);
		return;
	}
	put(r, low, n, t);
	if (n_tail > 0)
		put_ending(r, tail, n_tail, &rest);
	else
		put(r, "'s", 2, &rest); /* "the developers' choice" */
}

/* "didnt", "cant", "cannot": two words. */
static void
put_joined(struct reading *r, const char *low, size_t n, const struct token *t)
{
	bool can = low[0] == 'c' && low[1] == 'a';
	size_t of_not = low[n - 2] == 'n' ? 2 : 3; /* "nt", "not" */
	struct token first = *t;
	struct token rest = { .at = t->at + t->len - (uint32_t)of_not, .len = (uint32_t)of_not };

	first.len -= (uint32_t)of_not;
	put(r, can ? "can" : low, can ? 3 : n - of_not, &first);
	put(r, "not", 3, &rest);
}

/* A run of letters with hyphens in it; then what follows an apostrophe. */
static void
read_word(struct reading *r)
{
	size_t from = r->at, end = run_end(r, from), mark, n;
	char low[WORD_MOST];
	struct token t = { .at = (uint32_t)from };

	while (byte_at(r, end) == '-' && is_word_byte(byte_at(r, end + 1)))
		end = run_end(r, end + 1);
	t.capital = byte_at(r, from) >= 'A' && byte_at(r, from) <= 'Z';
	mark = apostrophe(r, end);
	n = lower(r, from, end, low);
	t.len = (uint32_t)(end - from);
	r->at = end;
	if (mark > 0 && (is_word_byte(byte_at(r, end + mark)) ||
	    (n > 1 && low[n - 1] == 's' && byte_at(r, end + mark) == ' ')))
		read_apostrophe(r, &t, low, n, mark);
	else if (joined_negation(low, n))
		put_joined(r, low, n, &t);
	else
		put(r, low, n, &t);
}

static size_t
line_end(const struct reading *r, size_t from)
{
	const char *nl = memchr(r->text + from, '\n', r->len - from);

	return nl != NULL ? (size_t)(nl - r->text) : r->len;
}

/* Quoted text ends where its quote does, in the same paragraph; 0: it does not, and *looked gets how
 * far that is known. */
static size_t
quote_end(const struct reading *r, size_t from, const char *close, size_t *looked)
{
	size_t n = strlen(close), i = from;

	for (; i + n <= r->len; i++) {
		if (r->text[i] == '\n' && byte_at(r, i + 1) == '\n')
			break;
		if (r->text[i] == *close && memcmp(r->text + i, close, n) == 0)
			return i + n;
	}
	*looked = i;
	return 0;
}

/* A single quote opens before a word and closes behind one. */
static size_t
single_end(const struct reading *r, size_t from, size_t *looked)
{
	size_t i = from;

	if ((r->at > 0 && is_word_byte(byte_at(r, r->at - 1))) || !is_word_byte(byte_at(r, from)))
		return 0;
	for (; i < r->len && r->text[i] != '\n'; i++)
		if (r->text[i] == '\'' && !is_word_byte(byte_at(r, i + 1)))
			return i + 1;
	*looked = i;
	return 0;
}

static const struct quote {
	const char *open, *close;
} quotes[QUOTES] = { { "\"", "\"" }, { "\xe2\x80\x9c", "\xe2\x80\x9d" }, { "\xe2\x80\x9e", "\xe2\x80\x9c" },
	{ "\xc2\xab", "\xc2\xbb" }, { "\xe2\x80\x98", "\xe2\x80\x99" } };

/* Does the text begin so where the reading stands? */
static bool
begins(const struct reading *r, const char *what)
{
	size_t n = strlen(what);

	return r->at + n <= r->len && r->text[r->at] == *what &&
	    memcmp(r->text + r->at, what, n) == 0;
}

static size_t
run_of(const struct reading *r, size_t i, char c)
{
	size_t n = 0;

	while (i + n < r->len && r->text[i + n] == c)
		n++;
	return n;
}

/* As many back-ticks as opened it close it, in the same paragraph. */
static size_t
ticks_end(struct reading *r)
{
	size_t ticks = run_of(r, r->at, '`'), i = r->at + ticks, run;

	if (ticks == 0 || ticks > TICKS_MOST || r->at < r->unticked[ticks])
		return 0;
	for (; i < r->len; i += run > 0 ? run : 1) {
		run = run_of(r, i, '`');
		if (run == ticks)
			return i + run;
		if (r->text[i] == '\n' && byte_at(r, i + 1) == '\n')
			break;
	}
	r->unticked[ticks] = i;
	return 0;
}

static bool
is_plain_letter(unsigned char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Past a quotation; true when there was one. */
static bool
skip_quote(struct reading *r)
{
	size_t end = byte_at(r, r->at) == '`' ? ticks_end(r) : 0;

	if (is_plain_letter(byte_at(r, r->at)))
		return false;
	for (size_t i = 0; i < QUOTES && end == 0; i++)
		if (begins(r, quotes[i].open) && r->at >= r->unclosed[i])
			end = quote_end(r, r->at + strlen(quotes[i].open), quotes[i].close,
			    &r->unclosed[i]);
	if (end == 0 && byte_at(r, r->at) == '\'' && r->at >= r->unclosed[QUOTES])
		end = single_end(r, r->at + 1, &r->unclosed[QUOTES]);
	if (end == 0)
		return false;
	put_mark(r, '"');
	r->at = end;
	return true;
}

/* Past the line that closes the open fence; all of it when there is none in this piece. */
static void
skip_fenced(struct reading *r)
{
	while (r->at < r->len) {
		size_t i = r->at, end = line_end(r, r->at);
		while (byte_at(r, i) == ' ' || byte_at(r, i) == '\t')
			i++;
		r->at = end < r->len ? end + 1 : end;
		if (run_of(r, i, r->out->fence) >= r->out->fence_len &&
		    i + run_of(r, i, r->out->fence) + (byte_at(r, end - 1) == '\r') >= end) {
			r->out->fence_len = 0;
			r->line_new = true;
			return;
		}
	}
}

/* A fenced block, a quoted line: not somebody's own words. */
static bool
skip_line(struct reading *r)
{
	char c = (char)byte_at(r, r->at);

	if (c == '>') {
		end_sentence(r);
		r->at = line_end(r, r->at);
		return true;
	}
	if (r->form != WORDING_MARKDOWN || (c != '`' && c != '~') || run_of(r, r->at, c) < 3)
		return false;
	end_sentence(r);
	r->out->fence = c;
	r->out->fence_len = run_of(r, r->at, c);
	r->at = line_end(r, r->at);
	r->at += r->at < r->len;
	skip_fenced(r);
	return true;
}

/* Code that is set in by four blanks after an empty line; not what goes on with a list. */
static bool
skip_indented(struct reading *r)
{
	size_t from = r->at, blanks = 0;

	for (; byte_at(r, r->at) == ' ' || byte_at(r, r->at) == '\t'; r->at++)
		blanks += byte_at(r, r->at) == '\t' ? CODE_INDENT : 1;
	if (blanks >= CODE_INDENT && r->after_blank && !r->in_list &&
	    byte_at(r, r->at) != '\n') {
		r->at = line_end(r, r->at); /* the next line is after a blank one as well */
		r->at += r->at < r->len;
		return true;
	}
	r->at = from;
	return false;
}

/* What a line of Markdown begins with says how the next ones are read. */
static bool
begin_line(struct reading *r)
{
	unsigned char c = byte_at(r, r->at);

	if (skip_indented(r))
		return true;
	if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
		r->in_list = c == '-' || c == '*' || c == '+' || (c >= '0' && c <= '9');
	r->after_blank = c == '\n' || (c == '\r' && byte_at(r, r->at + 1) == '\n');
	return false;
}

/* What a program said: "stderr: ...", up to the end of the line. */
static bool
skip_output(struct reading *r)
{
	static const char *const labels[] = { "stderr:", "stdout:", "output:", "log:", "ERROR:",
		"WARN:", "FATAL:" };

	if (memchr("soleEWF", byte_at(r, r->at), 7) == NULL)
		return false;
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (begins(r, labels[i])) {
			end_sentence(r);
			r->at = line_end(r, r->at);
			return true;
		}
	return false;
}

/* Where a link leads: an address, or in Markdown what stands in "](...)" and "]: ...". */
static bool
skip_address(struct reading *r)
{
	static const char *const schemes[] = { "http://", "https://", "ftp://", "ssh://", "file://",
		"git://", "mailto:", "www." };
	const char *ends = " \t\n\r)>\"";
	bool address = false;

	if (memchr("hfsgmw]", byte_at(r, r->at), 7) == NULL)
		return false;
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes && !address; i++)
		address = begins(r, schemes[i]);
	if (r->form == WORDING_MARKDOWN && !address && (begins(r, "](") || begins(r, "]: "))) {
		ends = begins(r, "](") ? ")\n" : " \n";
		r->at += begins(r, "](") ? 2 : 3;
		address = true;
	}
	while (address && r->at < r->len && strchr(ends, r->text[r->at]) == NULL)
		r->at++;
	return address;
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

	if ((c == '.' && is_word_byte(next)) || (c == ':' && next >= '0' && next <= '9')) {
		r->at++; /* a number, a file's name, a time of day */
		return;
	}
	if (c == '.' || c == '!' || c == '?') {
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

	if (fresh && r->form == WORDING_MARKDOWN && (r->at == 0 || r->text[r->at - 1] == '\n') &&
	    begin_line(r))
		return;
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
		.line_new = true, .after_blank = !out->begun, .out = out };

	out->begun = true;
	if (out->fence_len > 0)
		skip_fenced(&r);
	while (r.at < len)
		read_one(&r);
	end_sentence(&r);
}
