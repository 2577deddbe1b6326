#include <string.h>

#include "model/wording_internal.h"

struct matching {
	const struct wording *w;
	const char *text;
	const struct tokens *t;
	const struct pattern *p;
};

static bool
same_letters(const char *text, const char *low, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((text[i] | 0x20) != low[i])
			return false;
	return true;
}

/* Two letters at least stand between its beginning and its end; "*" is any word. */
static bool
shaped_so(const char *text, const struct token *t, const struct shape_of_word *s)
{
	size_t begin = strlen(s->begin), end = strlen(s->end);

	if (begin + end == 0)
		return true;
	return t->len >= begin + end + 2 && same_letters(text + t->at, s->begin, begin) &&
	    same_letters(text + t->at + t->len - end, s->end, end);
}

bool
class_has(const struct wording *w, int class, const char *text, const struct token *t)
{
	const struct class_of *c = &w->classes[class];
	const struct class_set *its = &w->words[t->word].classes; /* word 0 is of none */

	if (t->mark != 0 || sets_meet(its, &c->less))
		return false;
	if (sets_meet(its, &c->holds))
		return true;
	for (size_t i = 0; i < c->n_shapes; i++)
		if (shaped_so(text, t, &c->shapes[i]))
			return true;
	return false;
}

/* Of one of the classes whose bits are set? */
static bool
any_class_has(const struct matching *m, const struct class_set *classes, const struct token *t)
{
	for (int i = 0; i < CLASSES_MOST; i += 64)
		for (uint64_t bits = classes->bits[i / 64]; bits != 0; bits &= bits - 1)
			if (class_has(m->w, i + __builtin_ctzll(bits), m->text, t))
				return true;
	return false;
}

/* Is the word at `i` one of the element's? */
static bool
fits(const struct matching *m, const struct element *el, size_t i)
{
	const struct token *t = &m->t->v[i];

	if (t->mark != 0)
		return (el->marks & mark_bit(t->mark)) != 0;
	if (el->capital && !t->capital)
		return false;
	if (t->word != 0) {
		if (sets_meet(&m->w->words[t->word].classes, &el->held))
			return true;
		for (size_t k = 0; (el->some >> (t->word & 63) & 1) != 0 && k < el->n_words; k++)
			if (t->word == el->words[k])
				return true;
	}
	return !set_is_empty(&el->shaped) && any_class_has(m, &el->shaped, t);
}

static bool
is_wall(const struct matching *m, const struct element *gap, size_t i)
{
	const struct token *t = &m->t->v[i];

	return t->mark != 0 ||
	    (!gap->wide && m->w->stop >= 0 && class_has(m->w, m->w->stop, m->text, t));
}

static bool
sentence_begins(const struct matching *m, size_t i)
{
	return i == 0 || m->t->v[i - 1].mark == '.' || m->t->v[i - 1].mark == ':' ||
	    m->t->v[i - 1].mark == ';';
}

static bool
sentence_ends(const struct matching *m, size_t i)
{
	return i >= m->t->n || m->t->v[i].mark == '.' || m->t->v[i].mark == '?';
}

/* The elements from `k` on, words from `i` on; *last gets the word behind the last one. */
static bool
match_on(const struct matching *m, size_t k, size_t i, size_t *last)
{
	const struct element *el;

	if (k == m->p->n) {
		*last = i;
		return true;
	}
	el = &m->p->v[k];
	if (el->kind == ELEMENT_START)
		return sentence_begins(m, i) && match_on(m, k + 1, i, last);
	if (el->kind == ELEMENT_END)
		return sentence_ends(m, i) && match_on(m, k + 1, i, last);
	if (el->kind == ELEMENT_GAP) {
		for (int n = 0; n <= el->n; n++, i++) {
			if (match_on(m, k + 1, i, last))
				return true;
			if (i >= m->t->n || is_wall(m, el, i))
				return false;
		}
		return false;
	}
	if (el->negative) {
		size_t at = k + 1 < m->p->n ? i - 1 : i; /* i - 1 of 0 is no word */
		return (at >= m->t->n || !fits(m, el, at)) && match_on(m, k + 1, i, last);
	}
	if (i < m->t->n && fits(m, el, i) && match_on(m, k + 1, i + 1, last))
		return true;
	return el->optional && match_on(m, k + 1, i, last);
}

/* The elements before `k`, words before `i`; *first gets the first word. */
static bool
match_back(const struct matching *m, size_t k, size_t i, size_t *first)
{
	const struct element *el;

	if (k == 0) {
		*first = i;
		return true;
	}
	el = &m->p->v[k - 1];
	if (el->kind == ELEMENT_START)
		return sentence_begins(m, i) && match_back(m, k - 1, i, first);
	if (el->kind == ELEMENT_END)
		return sentence_ends(m, i) && match_back(m, k - 1, i, first);
	if (el->kind == ELEMENT_GAP) {
		for (int n = 0; n <= el->n; n++, i--) {
			if (match_back(m, k - 1, i, first))
				return true;
			if (i == 0 || is_wall(m, el, i - 1))
				return false;
		}
		return false;
	}
	if (el->negative)
		return (i == 0 || !fits(m, el, i - 1)) && match_back(m, k - 1, i, first);
	if (i > 0 && fits(m, el, i - 1) && match_back(m, k - 1, i - 1, first))
		return true;
	return el->optional && match_back(m, k - 1, i, first);
}

/* May the word beside the `i`-th be the one that the pattern needs there? */
static bool
may_stand(const struct matching *m, const struct beside *b, size_t i)
{
	const struct token *t;

	if (b->step == 0)
		return true;
	if (b->step > 0 ? i + 1 >= m->t->n : i == 0)
		return false;
	t = b->step > 0 ? &m->t->v[i + 1] : &m->t->v[i - 1];
	return t->word != 0 && ((b->some >> (t->word & 63) & 1) != 0 ||
	    sets_meet(&m->w->words[t->word].classes, &b->held));
}

static void
match_hook(struct matching *m, uint32_t hook, size_t i, struct matches *out)
{
	const struct beside *b = &m->w->beside[hook];
	size_t first, last;

	if (!may_stand(m, b, i))
		return;
	m->p = &m->w->patterns[hook];
	if ((b->exact && !fits(m, &m->p->v[b->element], i)) ||
	    !match_on(m, b->element + 1u, i + 1, &last) || !match_back(m, b->element, i, &first))
		return;
	VEC_ROOM(out->v, out->n, out->cap);
	out->v[out->n++] =
	    (struct match){ hook, (uint32_t)first, (uint32_t)(last > first ? last - 1 : first) };
}

void
match_all(const struct wording *w, const char *text, const struct tokens *t, struct matches *out)
{
	struct matching m = { .w = w, .text = text, .t = t };

	for (size_t i = 0; i < t->n; i++) {
		const struct entry_of_word *word = &w->words[t->v[i].word];
		if (t->v[i].mark != 0 || t->v[i].word == 0)
			continue;
		for (size_t k = 0; k < word->n_hooks; k++)
			match_hook(&m, word->hooks[k], i, out);
	}
}
