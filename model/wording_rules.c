/* The rules as text, a line each:
 *
 *	class NAME WORDS...	words of a class; "*ed" is an ending, "mis*ed" a beginning too,
 *				"*" any word; @other all of another class; -word and -@other are none of it,
 *				whatever their endings; a class may grow
 *	rule NAME		what follows belongs to it
 *	ask TEXT		its question
 *	about TEXT		what it listens for
 *	say PATTERN		is found where the pattern fits
 *	not PATTERN		silences the rule where both fit
 *	unless WORDS...		silence the rule where one stands up to eight words before, in the
 *				same sentence; a comma and a word of the class clause begin another
 *	mask PATTERN		before any rule: what it fits is judged by none
 *
 * A pattern is words with spaces between them: word, one/or/another, @class, word? (may be missing),
 * -word or -@class (the word before what follows, at the end of a pattern the next word, is none of
 * these; takes no word), ..N (up to N other words, none of the class stop; with three dots of that
 * class too), ^ and $ (a sentence's begin and end), @class! (written with a capital), one of the marks
 * , : ; ? ( ) for itself; a word, a @class and a mark may be alternatives of each other.
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
	set_add(&w->classes[w->n_classes].holds, w->n_classes);
	return w->n_classes++;
}

/* Classes that hold the class hold what it holds, whichever grew first. */
static bool
class_include(struct line_of *l, int class, const char *name, size_t len, bool less)
{
	struct wording *w = l->w;
	int other = class_find(w, name, len);

	if (other < 0)
		return refuse(l, "there is no class", name, len);
	for (int i = 0; i < w->n_classes && !less; i++)
		if (set_has(&w->classes[i].holds, class))
			set_add_all(&w->classes[i].holds, &w->classes[other].holds);
	if (less)
		set_add_all(&w->classes[class].less, &w->classes[other].holds);
	return true;
}

/* A word as rules know it: texts are looked at in lower case. */
static uint32_t
rule_word(struct wording *w, const char *word, size_t len)
{
	char *low = mem_dupn(word, len);
	uint32_t at;

	for (size_t i = 0; i < len; i++)
		if (low[i] >= 'A' && low[i] <= 'Z')
			low[i] |= 0x20;
	at = words_add(w, low, len);
	free(low);
	return at;
}

static void
class_add(struct wording *w, int class, const char *word, size_t len)
{
	struct class_of *c = &w->classes[class];
	const char *star = memchr(word, '*', len);

	if (star != NULL) {
		size_t begin = (size_t)(star - word);
		VEC_ROOM(c->shapes, c->n_shapes, c->cap_shapes);
		c->shapes[c->n_shapes++] = (struct shape_of_word){ mem_dupn(word, begin),
			mem_dupn(star + 1, len - begin - 1) };
	} else {
		uint32_t at = rule_word(w, word, len); /* may move the words */
		set_add(&w->words[at].classes, class);
	}
}

/* The words that a class is without are one of their own, named as no other can be. */
static bool
class_without(struct line_of *l, int class, const char *word, size_t len)
{
	char *name = mem_fmt("less %s", l->w->classes[class].name);
	int less = class_need(l->w, name, strlen(name));

	free(name);
	if (less < 0)
		return refuse(l, "there are too many classes at", word, len);
	set_add_all(&l->w->classes[class].less, &l->w->classes[less].holds);
	class_add(l->w, less, word, len);
	return true;
}

static bool
read_member(struct line_of *l, int class, const char *word, size_t len)
{
	bool less = len > 1 && *word == '-';

	word += less;
	len -= less;
	if (*word == '@')
		return class_include(l, class, word + 1, len - 1, less);
	if (less)
		return class_without(l, class, word, len);
	class_add(l->w, class, word, len);
	return true;
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
		if (!read_member(l, class, p, len))
			return false;
	return true;
}

/* A word of a pattern, or "@class". */
static bool
read_choice(struct line_of *l, struct element *el, const char *p, size_t len)
{
	int class;

	if (len == 0 || (len == 1 && *p == '@'))
		return refuse(l, "an empty word in a pattern", "", 0);
	if (*p != '@') {
		VEC_ROOM(el->words, el->n_words, el->cap_words);
		el->words[el->n_words++] = rule_word(l->w, p, len);
		return true;
	}
	class = class_find(l->w, p + 1, len - 1);
	if (class < 0)
		return refuse(l, "there is no class", p + 1, len - 1);
	set_add(&el->classes, class);
	return true;
}

static bool
read_choices(struct line_of *l, struct element *el, const char *p, size_t len)
{
	const char *end = p + len;

	for (;;) {
		const char *slash = memchr(p, '/', (size_t)(end - p));
		if (!read_choice(l, el, p, (size_t)((slash != NULL ? slash : end) - p)))
			return false;
		if (slash == NULL)
			return true;
		p = slash + 1;
	}
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
	return read_choices(l, el, p, len);
}

static void
pattern_fini(struct pattern *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->v[i].words);
	free(p->v);
}

static bool
read_elements(struct line_of *l, struct pattern *made, const char *p, const char *end)
{
	for (size_t len; (len = next_word(&p, end)) > 0; p += len) {
		if (made->n == ELEMENTS_MOST)
			return refuse(l, "a pattern is too long at", p, len);
		if (!read_element(l, &made->v[made->n++], p, len))
			return false;
	}
	return made->n > 0 || refuse(l, "an empty pattern", "", 0);
}

static bool
read_pattern(struct line_of *l, const char *p, const char *end, int rule, bool exempts)
{
	struct wording *w = l->w;
	struct pattern made = { .rule = rule, .exempts = exempts,
		.v = mem_zero(ELEMENTS_MOST, sizeof *made.v) };

	if (!read_elements(l, &made, p, end)) {
		pattern_fini(&made);
		return false;
	}
	made.v = mem_resize(made.v, made.n, sizeof *made.v);
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

/* A word that the rules know otherwise ("Will", "Mark") stays what it is. */
static void
add_name_word(struct wording *w, int class, const char *word, size_t len)
{
	char low[WORD_MOST];

	if (len < 2 || len > sizeof low)
		return;
	for (size_t i = 0; i < len; i++)
		low[i] = (char)(word[i] >= 'A' && word[i] <= 'Z' ? word[i] | 0x20 : word[i]);
	if (words_find(w, low, len) == 0)
		class_add(w, class, low, len);
}

void
wording_add_name(struct wording *w, const char *name)
{
	int class = class_need(w, "name", 4);
	const char *end = name + strlen(name);
	bool first = true;

	for (size_t len; class >= 0 && (len = next_word(&name, end)) > 0; name += len) {
		if (first || (*name >= 'A' && *name <= 'Z') || (unsigned char)*name >= 0x80)
			add_name_word(w, class, name, len);
		first = false;
	}
}

/* How often a word stands in any text: patterns are looked for at their rarest. */
static int
commonness(const char *word)
{
	static const char *const common[] = { "the", "a", "an", "to", "of", "in", "on", "for", "it",
		"is", "was", "were", "be", "been", "have", "has", "had", "not", "and", "or", "did",
		"do", "this", "that", "we", "i", "you", "they", "he", "she", "with", "by", "at",
		"are", "who", "no", "'s", "'d" };

	for (size_t k = 0; k < sizeof common / sizeof *common; k++)
		if (strcmp(word, common[k]) == 0)
			return 200;
	return 1;
}

/* A mark is no word that one could look up. */
static bool
has_mark(const struct wording *w, const struct element *el)
{
	for (size_t i = 0; i < el->n_words; i++)
		if (strchr(",:;?()", w->words[el->words[i]].text[0]) != NULL)
			return true;
	return false;
}

/* Can a pattern be looked for where a word of the element stands? Not by endings alone. */
static bool
is_hook(const struct wording *w, const struct element *el)
{
	if (el->optional || el->negative || el->kind != ELEMENT_WORD || has_mark(w, el))
		return false;
	for (int i = 0; i < w->n_classes; i++)
		if (set_has(&el->classes, i) && w->classes[i].n_shapes > 0)
			return false;
	return true;
}

/* The bits of all words that are of one of the element's classes. */
static struct class_set
all_held(const struct wording *w, const struct element *el)
{
	struct class_set held = { { 0 } };

	for (int i = 0; i < w->n_classes; i++)
		if (set_has(&el->classes, i))
			set_add_all(&held, &w->classes[i].holds);
	return held;
}

/* What each class costs: its words, and that it is one. */
static void
count_classes(const struct wording *w, int cost[CLASSES_MOST])
{
	for (int i = 0; i < w->n_classes; i++)
		cost[i] = 100;
	for (uint32_t k = 1; k < w->n_words; k++) {
		const struct class_set *its = &w->words[k].classes;
		int common = set_is_empty(its) ? 0 : commonness(w->words[k].text);
		for (int i = 0; common > 0 && i < w->n_classes; i++)
			cost[i] += sets_meet(its, &w->classes[i].holds) ? common : 0;
	}
}

static int
cost_of(const struct wording *w, const struct element *el, const int of_class[])
{
	int cost = 0;

	for (size_t i = 0; i < el->n_words; i++)
		cost += commonness(w->words[el->words[i]].text);
	for (int i = 0; i < w->n_classes; i++)
		cost += set_has(&el->classes, i) ? of_class[i] : 0;
	return cost;
}

static void
hook(struct wording *w, uint32_t word, size_t pattern)
{
	struct entry_of_word *at = &w->words[word];
	uint32_t made = (uint32_t)pattern;

	if (at->n_hooks > 0 && at->hooks[at->n_hooks - 1] == made)
		return; /* a word of the pattern's own and of its class */
	VEC_ROOM(at->hooks, at->n_hooks, at->cap_hooks);
	at->hooks[at->n_hooks++] = made;
}

/* Has a word to stand there that is known by itself, without its letters? */
static bool
is_known_by_word(const struct wording *w, const struct element *el)
{
	return is_hook(w, el) && set_is_empty(&el->shaped);
}

static struct beside
beside_of(const struct wording *w, const struct pattern *p, size_t k)
{
	struct beside b = { .element = (uint8_t)k,
		.exact = p->v[k].capital || !set_is_empty(&p->v[k].shaped) };
	const struct element *el = NULL;

	if (k + 1 < p->n && is_known_by_word(w, &p->v[k + 1]))
		b.step = 1;
	else if (k > 0 && is_known_by_word(w, &p->v[k - 1]))
		b.step = -1;
	if (b.step == 0)
		return b;
	el = b.step > 0 ? &p->v[k + 1] : &p->v[k - 1];
	b.some = el->some;
	b.held = el->held;
	return b;
}

static void
hook_pattern(struct wording *w, size_t i, const int of_class[])
{
	const struct pattern *p = &w->patterns[i];
	const struct element *best = NULL;
	struct class_set held;
	int least = 0;

	for (size_t k = 0; k < p->n; k++) {
		int cost = is_hook(w, &p->v[k]) ? cost_of(w, &p->v[k], of_class) : 0;
		if (cost > 0 && (best == NULL || cost < least)) {
			best = &p->v[k];
			least = cost;
		}
	}
	if (best == NULL)
		return; /* nothing to find it by */
	held = all_held(w, best);
	w->beside[i] = beside_of(w, p, (size_t)(best - p->v));
	for (size_t k = 0; k < best->n_words; k++)
		hook(w, best->words[k], i);
	for (uint32_t k = 1; !set_is_empty(&held) && k < w->n_words; k++)
		if (sets_meet(&w->words[k].classes, &held))
			hook(w, k, i);
}

static void
ready_element(const struct wording *w, struct element *el)
{
	el->some = el->marks = 0;
	el->held = el->shaped = (struct class_set){ { 0 } };
	for (size_t i = 0; i < el->n_words; i++) {
		const char *word = w->words[el->words[i]].text;
		el->some |= UINT64_C(1) << (el->words[i] & 63);
		if (word[0] != '\0' && word[1] == '\0' && word[0] >= ' ' && word[0] < '_')
			el->marks |= mark_bit(word[0]);
	}
	for (int i = 0; i < w->n_classes; i++) {
		const struct class_of *c = &w->classes[i];
		if (!set_has(&el->classes, i))
			continue;
		if (c->n_shapes > 0 || !set_is_empty(&c->less))
			set_add(&el->shaped, i);
		else
			set_add_all(&el->held, &c->holds);
	}
}

void
wording_ready(struct wording *w)
{
	int of_class[CLASSES_MOST];

	w->stop = class_find(w, "stop", 4);
	w->clause = class_find(w, "clause", 6);
	count_classes(w, of_class);
	for (uint32_t k = 0; k < w->n_words; k++)
		w->words[k].n_hooks = 0;
	free(w->beside);
	w->beside = mem_zero(w->n_patterns + 1, sizeof *w->beside);
	for (size_t i = 0; i < w->n_patterns; i++) {
		for (size_t k = 0; k < w->patterns[i].n; k++)
			ready_element(w, &w->patterns[i].v[k]);
		hook_pattern(w, i, of_class);
	}
	words_rehash(w);
}

struct wording *
wording_new(void)
{
	struct wording *w = mem_zero(1, sizeof *w);

	w->stop = w->clause = -1;
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
		for (size_t k = 0; k < w->classes[i].n_shapes; k++) {
			free(w->classes[i].shapes[k].begin);
			free(w->classes[i].shapes[k].end);
		}
		free(w->classes[i].shapes);
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
	free(w->beside);
	free(w);
}
