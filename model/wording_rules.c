/* The rules as text, a line each:
 *
 *	class NAME WORDS...	words of a class; "*ed" is an ending, @other all of another class;
 *				a class may grow
 *	rule NAME		what follows belongs to it
 *	ask TEXT		its question
 *	about TEXT		what it listens for
 *	say PATTERN		is found where the pattern fits
 *	not PATTERN		silences the rule where both fit
 *	unless WORDS...		silence the rule where one stands up to eight words before, in the
 *				same sentence
 *	mask PATTERN		before any rule: what it fits is judged by none
 *
 * A pattern is words with spaces between them: word, one/or/another, @class, word? (may be missing),
 * -word or -@class (one word that is none of these, or none at all), ..N (up to N other words, none
 * of the class stop; with three dots of that class too), ^ and $ (a sentence's begin and end), @class! (written with a capital).
 * A "#" begins a comment. */
#include <stdlib.h>
#include <string.h>

#include "model/wording_internal.h"

struct line_of {
	struct wording *w;
	struct err *e;
	int number;
	int rule; /* the present one; -1: none */
};

static bool
refuse(const struct line_of *l, const char *what, const char *word, size_t len)
{
	return err_set(l->e, ERR_REFUSED, "line %d: %s%s%.*s: nothing of these rules was taken",
	    l->number, what, len > 0 ? " " : "", (int)len, word);
}

/* The next word of `*p`; 0 at the end of the line. */
static size_t
next_word(const char **p, const char *end)
{
	const char *at = *p;

	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	*p = at;
	while (at < end && *at != ' ' && *at != '\t')
		at++;
	return (size_t)(at - *p);
}

static int
class_find(const struct wording *w, const char *name, size_t len)
{
	for (int i = 0; i < w->n_classes; i++)
		if (strncmp(w->classes[i].name, name, len) == 0 &&
		    w->classes[i].name[len] == '\0')
			return i;
	return -1;
}

static int
class_need(struct wording *w, const char *name, size_t len)
{
	int i = class_find(w, name, len);

	if (i >= 0 || w->n_classes == CLASSES_MOST)
		return i;
	w->classes[w->n_classes].name = mem_dupn(name, len);
	w->classes[w->n_classes].holds = UINT64_C(1) << w->n_classes;
	return w->n_classes++;
}

static bool
class_include(struct line_of *l, int class, const char *name, size_t len)
{
	int other = class_find(l->w, name, len);

	if (other < 0)
		return refuse(l, "there is no class", name, len);
	l->w->classes[class].holds |= l->w->classes[other].holds;
	return true;
}

static void
class_add(struct wording *w, int class, const char *word, size_t len)
{
	struct class_of *c = &w->classes[class];

	if (word[0] == '*' && len > 1) {
		VEC_ROOM(c->ends, c->n_ends, c->cap_ends);
		c->ends[c->n_ends++] = mem_dupn(word + 1, len - 1);
	} else {
		uint32_t at = words_add(w, word, len); /* may move the words */
		w->words[at].classes |= UINT64_C(1) << class;
	}
}

static bool
read_class(struct line_of *l, const char *p, const char *end)
{
	size_t len = next_word(&p, end);
	int class = len > 0 ? class_need(l->w, p, len) : -1;

	if (class < 0)
		return refuse(l, len > 0 ? "there are too many classes at" : "a class has a name",
		    p, len);
	for (p += len; (len = next_word(&p, end)) > 0; p += len)
		if (*p != '@')
			class_add(l->w, class, p, len);
		else if (!class_include(l, class, p + 1, len - 1))
			return false;
	return true;
}

static bool
read_words(struct line_of *l, struct element *el, const char *p, size_t len)
{
	const char *end = p + len;

	el->kind = ELEMENT_WORDS;
	while (p < end) {
		const char *slash = memchr(p, '/', (size_t)(end - p));
		size_t n = slash != NULL ? (size_t)(slash - p) : (size_t)(end - p);
		if (n == 0 || el->n_words == CLASSES_MOST)
			return refuse(l, "too many words, or an empty one, in", p, n);
		el->words[el->n_words++] = words_add(l->w, p, n);
		p += n + (slash != NULL);
	}
	return el->n_words > 0;
}

static bool
read_element(struct line_of *l, struct element *el, const char *p, size_t len)
{
	*el = (struct element){ 0 };
	if (len == 1 && (*p == '^' || *p == '$')) {
		el->kind = *p == '^' ? ELEMENT_START : ELEMENT_END;
		return true;
	}
	if (len > 2 && p[0] == '.' && p[1] == '.' && p[len - 1] >= '1' && p[len - 1] <= '9') {
		el->kind = ELEMENT_GAP;
		el->n = p[len - 1] - '0';
		el->wide = p[2] == '.';
		return true;
	}
	el->negative = len > 1 && *p == '-';
	p += el->negative;
	len -= el->negative;
	el->optional = len > 1 && p[len - 1] == '?';
	len -= el->optional;
	el->capital = len > 1 && p[len - 1] == '!';
	len -= el->capital;
	if (*p != '@')
		return read_words(l, el, p, len);
	el->kind = ELEMENT_CLASS;
	el->n = class_find(l->w, p + 1, len - 1);
	return el->n >= 0 || refuse(l, "there is no class", p + 1, len - 1);
}

static bool
read_pattern(struct line_of *l, const char *p, const char *end, int rule, bool exempts)
{
	struct wording *w = l->w;
	struct element el[ELEMENTS_MOST];
	struct pattern made = { .rule = rule, .exempts = exempts };

	for (size_t len; (len = next_word(&p, end)) > 0; p += len) {
		if (made.n == ELEMENTS_MOST)
			return refuse(l, "a pattern is too long at", p, len);
		if (!read_element(l, &el[made.n++], p, len))
			return false;
	}
	if (made.n == 0)
		return refuse(l, "an empty pattern", "", 0);
	made.v = mem_alloc(made.n * sizeof *made.v);
	memcpy(made.v, el, made.n * sizeof *made.v);
	VEC_ROOM(w->patterns, w->n_patterns, w->cap_patterns);
	w->patterns[w->n_patterns++] = made;
	return true;
}

static bool
read_rule(struct line_of *l, const char *p, const char *end)
{
	struct wording *w = l->w;
	size_t len = next_word(&p, end);

	if (len == 0)
		return refuse(l, "a rule has a name", "", 0);
	for (size_t i = 0; i < w->n_rules; i++)
		if (strncmp(w->rules[i].name, p, len) == 0 && w->rules[i].name[len] == '\0') {
			l->rule = (int)i;
			return true;
		}
	VEC_ROOM(w->rules, w->n_rules, w->cap_rules);
	w->rules[w->n_rules] = (struct rule_of_wording){ mem_dupn(p, len), mem_dup(""),
		mem_dup(""), -1 };
	l->rule = (int)w->n_rules++;
	return true;
}

/* The words are a class of their own, named as no other can be. */
static bool
read_unless(struct line_of *l, const char *p, const char *end)
{
	struct rule_of_wording *r = &l->w->rules[l->rule];
	char *name = mem_fmt("unless %s", r->name);

	r->unless = class_need(l->w, name, strlen(name));
	free(name);
	if (r->unless < 0)
		return refuse(l, "there are too many classes at", r->name, strlen(r->name));
	for (size_t len; (len = next_word(&p, end)) > 0; p += len)
		class_add(l->w, r->unless, p, len);
	return true;
}

static bool
read_text(char **text, const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	free(*text);
	*text = mem_dupn(p, (size_t)(end - p));
	return true;
}

static bool
read_line(struct line_of *l, const char *p, const char *end)
{
	size_t len = next_word(&p, end);
	const char *word = p;

	p += len;
	if (len == 0 || *word == '#')
		return true;
	if (len == 5 && memcmp(word, "class", 5) == 0)
		return read_class(l, p, end);
	if (len == 4 && memcmp(word, "rule", 4) == 0)
		return read_rule(l, p, end);
	if (len == 4 && memcmp(word, "mask", 4) == 0)
		return read_pattern(l, p, end, -1, false);
	if (l->rule < 0)
		return refuse(l, "no rule begins before", word, len);
	if (len == 3 && memcmp(word, "ask", 3) == 0)
		return read_text(&l->w->rules[l->rule].question, p, end);
	if (len == 5 && memcmp(word, "about", 5) == 0)
		return read_text(&l->w->rules[l->rule].about, p, end);
	if (len == 6 && memcmp(word, "unless", 6) == 0)
		return read_unless(l, p, end);
	if (len == 3 && memcmp(word, "say", 3) == 0)
		return read_pattern(l, p, end, l->rule, false);
	if (len == 3 && memcmp(word, "not", 3) == 0)
		return read_pattern(l, p, end, l->rule, true);
	return refuse(l, "there is no such thing as", word, len);
}

static void
pattern_fini(struct pattern *p)
{
	free(p->v);
}

bool
wording_load(struct wording *w, const char *text, size_t len, struct err *e)
{
	struct line_of l = { w, e, 0, -1 };
	size_t before = w->n_patterns;
	const char *end = text + len;

	while (text < end) {
		const char *nl = memchr(text, '\n', (size_t)(end - text));
		const char *stop = nl != NULL ? nl : end;
		l.number++;
		if (!read_line(&l, text, stop)) {
			while (w->n_patterns > before)
				pattern_fini(&w->patterns[--w->n_patterns]);
			return false;
		}
		text = stop + 1;
	}
	return true;
}

void
wording_add_name(struct wording *w, const char *name)
{
	int class = class_need(w, "name", 4);
	char low[WORD_MOST];
	size_t n = 0;

	for (; class >= 0 && name[n] != '\0' && name[n] != ' ' && n < WORD_MOST; n++)
		low[n] = (char)(name[n] >= 'A' && name[n] <= 'Z' ? name[n] | 0x20 : name[n]);
	if (n > 1)
		class_add(w, class, low, n);
}

/* How often a word stands in any text: patterns are looked for at their rarest. */
static int
commonness(const struct wording *w, const struct element *el)
{
	static const char *const common[] = { "the", "a", "an", "to", "of", "in", "on", "for", "it",
		"is", "was", "were", "be", "been", "have", "has", "had", "not", "and", "or", "did",
		"do", "this", "that", "we", "i", "you", "they", "he", "she", "with", "by", "at",
		"are", "who", "no", "'s", "'d" };
	int sum = 0;

	for (size_t i = 0; i < el->n_words; i++) {
		sum++;
		for (size_t k = 0; k < sizeof common / sizeof *common; k++)
			sum += strcmp(w->words[el->words[i]].text, common[k]) == 0 ? 200 : 0;
	}
	return sum;
}

static void
hook(struct wording *w, uint32_t word, size_t pattern, size_t element)
{
	struct entry_of_word *at = &w->words[word];

	VEC_ROOM(at->hooks, at->n_hooks, at->cap_hooks);
	at->hooks[at->n_hooks++] = (uint32_t)(pattern << 8 | element);
}

/* All words of a class, for a pattern that has no word of its own. */
static void
hook_class(struct wording *w, int class, size_t pattern, size_t element)
{
	for (uint32_t k = 1; k < w->n_words; k++)
		if ((w->words[k].classes & w->classes[class].holds) != 0)
			hook(w, k, pattern, element);
}

static int
class_size(const struct wording *w, int class)
{
	int n = 0;

	for (uint32_t k = 1; k < w->n_words; k++)
		n += (w->words[k].classes & w->classes[class].holds) != 0;
	return n + 100;
}

static void
hook_pattern(struct wording *w, size_t i)
{
	const struct pattern *p = &w->patterns[i];
	int best = -1, least = 0;

	for (size_t k = 0; k < p->n; k++) {
		const struct element *el = &p->v[k];
		int cost;
		if (el->optional || el->negative || el->kind > ELEMENT_CLASS ||
		    (el->kind == ELEMENT_CLASS && w->classes[el->n].n_ends > 0))
			continue;
		cost = el->kind == ELEMENT_WORDS ? commonness(w, el) : class_size(w, el->n);
		if (best < 0 || cost < least) {
			best = (int)k;
			least = cost;
		}
	}
	if (best < 0)
		return; /* nothing to find it by */
	if (p->v[best].kind == ELEMENT_CLASS)
		hook_class(w, p->v[best].n, i, (size_t)best);
	else
		for (size_t k = 0; k < p->v[best].n_words; k++)
			hook(w, p->v[best].words[k], i, (size_t)best);
}

void
wording_ready(struct wording *w)
{
	w->stop = class_find(w, "stop", 4);
	for (uint32_t k = 0; k < w->n_words; k++)
		w->words[k].n_hooks = 0;
	for (size_t i = 0; i < w->n_patterns; i++)
		hook_pattern(w, i);
	words_rehash(w);
}

struct wording *
wording_new(void)
{
	struct wording *w = mem_zero(1, sizeof *w);

	w->stop = -1;
	words_add(w, "'s", 2);
	return w;
}

void
wording_free(struct wording *w)
{
	if (w == NULL)
		return;
	for (size_t i = 0; i < w->n_words; i++) {
		free(w->words[i].text);
		free(w->words[i].hooks);
	}
	for (int i = 0; i < w->n_classes; i++) {
		free(w->classes[i].name);
		for (size_t k = 0; k < w->classes[i].n_ends; k++)
			free(w->classes[i].ends[k]);
		free(w->classes[i].ends);
	}
	for (size_t i = 0; i < w->n_rules; i++) {
		free(w->rules[i].name);
		free(w->rules[i].question);
		free(w->rules[i].about);
	}
	for (size_t i = 0; i < w->n_patterns; i++)
		pattern_fini(&w->patterns[i]);
	free(w->words);
	free(w->slots);
	free(w->rules);
	free(w->patterns);
	free(w);
}
