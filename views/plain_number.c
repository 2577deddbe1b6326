#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/plain_state.h"

int64_t
plain_numbered(const struct plain *p, struct id id)
{
	for (size_t i = 0; i < p->n_numbers; i++)
		if (id_equal(p->numbers[i], id))
			return (int64_t)i + 1;
	return 0;
}

int64_t
plain_number(struct plain *p, struct id id)
{
	int64_t number = plain_numbered(p, id);

	if (number > 0)
		return number;
	VEC_ROOM(p->numbers, p->n_numbers, p->cap_numbers);
	p->numbers[p->n_numbers++] = id;
	return (int64_t)p->n_numbers;
}

static bool
is_number(const char *text)
{
	return text[0] != '\0' && text[strspn(text, "0123456789")] == '\0' && strlen(text) < 10;
}

bool
plain_of_number(const struct plain *p, const struct debrief *d, int64_t number, struct id *out,
    struct err *e)
{
	enum kind kind;

	if (number < 1 || (size_t)number > p->n_numbers)
		return p->n_numbers == 0
			   ? err_set(e, ERR_MISSING,
				 "nothing has a number yet: nothing was sent: where gives numbers")
			   : err_set(e, ERR_MISSING,
				 "there is no %lld yet, the last is %zu: nothing was sent: where "
				 "says what there is",
				 (long long)number, p->n_numbers);
	*out = p->numbers[number - 1];
	return debrief_any(d, *out, &kind) != NULL ||
	       err_set(e, ERR_MISSING, "%lld is not there any more: nothing was sent",
		   (long long)number);
}

void
plain_name_ids(const struct plain *p, const char *text, struct buf *out)
{
	while (*text != '\0') {
		size_t len = strspn(text, "0123456789abcdefghjkmnpqrstvwxyz");
		char *word = mem_dupn(text, len > 0 ? len : 1);
		struct id id;
		int64_t number =
		    len == ID_LEN && id_parse(word, &id) ? plain_numbered(p, id) : 0;

		buf_adds(out, number > 0 ? digits(number).s : word);
		text += strlen(word);
		free(word);
	}
}

/* One element of a list of numbers, or something else that is left as it is. */
static bool
put_id(const struct plain *p, const struct debrief *d, const char *word, struct buf *out,
    struct err *e)
{
	struct id id;

	if (!is_number(word)) {
		buf_adds(out, word);
		return true;
	}
	if (!plain_of_number(p, d, strtoll(word, NULL, 10), &id, e))
		return false;
	buf_adds(out, id.s);
	return true;
}

/* "7", or "7,8": yours; NULL: there is no such number. */
static char *
ids_of(const struct plain *p, const struct debrief *d, const char *list, struct err *e)
{
	struct buf out = { 0 };

	for (bool more = true; more;) {
		size_t len = strcspn(list, ",");
		char *word = mem_dupn(list, len);
		bool good = put_id(p, d, word, &out, e);

		free(word);
		if (!good) {
			buf_fini(&out);
			return NULL;
		}
		more = list[len] == ',';
		if (more)
			buf_addc(&out, ',');
		list += len + more;
	}
	return buf_take(&out);
}

/* The n-th word of a command's usage that stands in a fixed place; "" when there is none. The last
 * one that ends in "..." goes on. */
static void
place_of(const char *usage, size_t n, struct buf *out)
{
	for (size_t i = 0; *usage != '\0' && *usage != '['; i++) {
		size_t len = strcspn(usage, " ");
		bool on = len > 3 && strncmp(usage + len - 3, "...", 3) == 0;

		if (i == n || on) {
			buf_add(out, usage, on ? len - 3 : len);
			return;
		}
		usage += len + strspn(usage + len, " ");
	}
}

/* Does NAME=VALUE of this command take items? */
static bool
takes_ids(const struct command *c, const char *name, size_t len)
{
	char *word = mem_dupn(name, len), *shown = mem_fmt("%s=ID", word);
	const struct field *f = schema_field(c->kind, word);
	bool takes = strstr(c->usage, shown) != NULL ||
		     (f != NULL && (f->type == FIELD_REF || f->type == FIELD_REFS));

	free(word);
	free(shown);
	return takes;
}

static bool
takes_id_at(const struct command *c, size_t place)
{
	struct buf b = { 0 };
	bool takes;

	place_of(c->usage, place, &b);
	takes = b.data != NULL && strcmp(b.data, "ID") == 0;
	buf_fini(&b);
	return takes;
}

static bool
number_words(const struct plain *p, const struct debrief *d, const struct command *c, size_t used,
    struct strs *words, struct err *e)
{
	for (size_t i = used; i < words->n; i++) {
		char *word = words->v[i], *equals = strchr(word, '='), *ids, *whole;
		size_t name = equals != NULL ? (size_t)(equals - word) : 0;

		name -= name > 0 && (word[name - 1] == '+' || word[name - 1] == '-');
		if (equals == NULL ? !takes_id_at(c, i - used) : !takes_ids(c, word, name))
			continue;
		ids = ids_of(p, d, equals != NULL ? equals + 1 : word, e);
		if (ids == NULL)
			return false;
		whole = equals != NULL ? mem_fmt("%.*s=%s", (int)(equals - word), word, ids)
				       : mem_dup(ids);
		free(ids);
		free(word);
		words->v[i] = whole;
	}
	return true;
}

/* Where the word at `p` ends: at a blank that is in no quotes; an open quote is a letter. */
static const char *
word_end(const char *p)
{
	while (*p != '\0' && *p != ' ') {
		const char *close = *p == '"' || *p == '\'' ? strchr(p + 1, *p) : NULL;
		p = close != NULL ? close + 1 : p + 1;
	}
	return p;
}

static const char *
skip_words(const char *p, size_t n)
{
	p += strspn(p, " ");
	while (n-- > 0) {
		p = word_end(p);
		p += strspn(p, " ");
	}
	return p;
}

/* Is this what may follow the text: a field, or a word of the usage? */
static bool
is_option(const struct command *c, const char *word, size_t len)
{
	const char *equals = memchr(word, '=', len);
	char *name = mem_dupn(word, equals != NULL ? (size_t)(equals - word) : len), *shown;
	bool is;

	if (equals != NULL && name[0] != '\0' && strchr("+-", name[strlen(name) - 1]) != NULL)
		name[strlen(name) - 1] = '\0';
	shown = mem_fmt(equals != NULL ? "%s=" : "[%s]", name);
	is = strstr(c->usage, shown) != NULL || (equals != NULL && schema_field(c->kind, name) != NULL);
	free(shown);
	free(name);
	return is;
}

/* From `at` on: where the words begin that only say more of it; its end when there are none. */
static const char *
options_begin(const struct command *c, const char *at)
{
	const char *begin = NULL, *end = at;

	for (const char *p = at; *p != '\0';) {
		const char *stop = word_end(p);
		if (!is_option(c, p, (size_t)(stop - p)))
			begin = NULL;
		else if (begin == NULL)
			begin = p;
		end = stop;
		p = stop + strspn(stop, " ");
	}
	return begin != NULL ? begin : end;
}

/* Which fixed place of the command is a text; -1: none. */
static int
text_place(const struct command *c)
{
	for (int i = 0; i < 4; i++) {
		struct buf b = { 0 };
		bool is, none;

		place_of(c->usage, (size_t)i, &b);
		none = b.data == NULL;
		is = !none && strncmp(b.data, "TEXT", 4) == 0;
		buf_fini(&b);
		if (is || none)
			return is ? i : -1;
	}
	return -1;
}

static void
add_first_words(const char *from, const char *to, struct strs *out)
{
	char *part = mem_dupn(from, (size_t)(to - from));
	struct strs words = { 0 };

	if (words_split(part, &words, NULL))
		for (size_t i = 0; i < words.n; i++)
			strs_add(out, words.v[i]);
	strs_fini(&words);
	free(part);
}

static bool
is_named(const struct debrief *d, enum kind kind, const char *name)
{
	for (size_t i = 0; i < d->of[kind].n; i++) {
		const struct item *it = d->of[kind].v[i];
		const char *own = kind == KIND_COLUMN ? ((const struct column *)it)->name
						      : ((const struct category *)it)->name;
		if (own != NULL && text_same(own, name))
			return true;
	}
	return false;
}

/* A column's or category's name of several words needs no quotes either: how many it is. */
static size_t
name_words(const struct debrief *d, const struct command *c, const char *at)
{
	enum { WORDS_MOST = 6 };
	enum kind kind = strncmp(c->usage, "COLUMN", 6) == 0 ? KIND_COLUMN : KIND_CATEGORY;

	if (kind == KIND_CATEGORY && strncmp(c->usage, "CATEGORY", 8) != 0)
		return 1;
	for (size_t n = WORDS_MOST; n > 1; n--) {
		const char *end = skip_words(at, n);
		char *name;
		bool is;

		while (end > at && end[-1] == ' ')
			end--;
		name = mem_dupn(at, (size_t)(end - at));
		is = is_named(d, kind, name);
		free(name);
		if (is)
			return n;
	}
	return 1;
}

/* The text of a command, written without quotes: all that is left of the line. */
static bool
split_open_text(const struct debrief *d, const char *typed, struct strs *out)
{
	struct strs raw = { 0 };
	const struct command *c;
	const char *text, *options, *end, *first;
	size_t used, named = 0;
	int place;

	for (const char *p = skip_words(typed, 0); raw.n < 2 && *p != '\0'; p = skip_words(p, 1))
		strs_addn(&raw, p, (size_t)(word_end(p) - p));
	c = command_find(&raw, &used, NULL);
	strs_fini(&raw);
	place = c != NULL ? text_place(c) : -1;
	if (place < 0)
		return false;
	first = skip_words(typed, used);
	if (place == 1)
		named = name_words(d, c, first);
	text = skip_words(first, place == 1 ? named : (size_t)place);
	if (*text == '\0' || ((*text == '"' || *text == '\'') && strchr(text + 1, *text) != NULL))
		return false;
	end = options = options_begin(c, text);
	if (options == text)
		return false;
	while (end > text && end[-1] == ' ')
		end--;
	add_first_words(typed, named > 1 ? first : text, out);
	if (named > 1) {
		const char *stop = text;
		while (stop > first && stop[-1] == ' ')
			stop--;
		strs_addn(out, first, (size_t)(stop - first));
	}
	strs_addn(out, text, (size_t)(end - text));
	add_first_words(options, options + strlen(options), out);
	return out->n > used;
}

bool
plain_words(const struct plain *p, const struct command_scene *cs, const char *typed,
    struct strs *out, struct err *e)
{
	struct strs words = { 0 };
	const struct command *c;
	size_t used;

	if (!split_open_text(cs->d, typed, &words)) {
		strs_fini(&words);
		if (!words_split(typed, &words, e))
			return false;
	}
	if (words.n == 0) {
		*out = words;
		return true;
	}
	c = command_find(&words, &used, e);
	if (c == NULL || !number_words(p, cs->d, c, used, &words, e)) {
		strs_fini(&words);
		return false;
	}
	*out = words;
	return true;
}
