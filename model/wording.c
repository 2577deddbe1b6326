#include "model/wording.h"

#include <stdlib.h>
#include <string.h>

#include "model/wording_internal.h"

enum { PIECE = 1 << 20 /* looked at together; cut at a line */ };

static bool
touch(const struct match *a, const struct match *b)
{
	return a->first <= b->last && b->first <= a->last;
}

enum { UNLESS_WORDS = 8 };

/* Does the sentence, or a clause after a comma, begin anew behind the `i`-th? */
static bool
begins_anew(const struct wording *w, const char *text, const struct tokens *t, size_t i)
{
	char mark = t->v[i].mark;

	return mark == '.' || mark == ';' ||
	       (mark == ',' && w->clause >= 0 && class_has(w, w->clause, text, &t->v[i + 1]));
}

/* Does a word before it in its clause say that it is not meant? */
static bool
not_meant(const struct wording *w, const char *text, const struct tokens *t, const struct match *m)
{
	int unless = w->rules[w->patterns[m->pattern].rule].unless;

	for (size_t i = m->first, n = 0; unless >= 0 && i-- > 0 && n < UNLESS_WORDS; n++) {
		if (begins_anew(w, text, t, i))
			return false;
		if (class_has(w, unless, text, &t->v[i]))
			return true;
	}
	return false;
}

/* Words that a pattern can be long at most: so far before a match one that touches it begins. */
enum { REACH = ELEMENTS_MOST * 9 };

/* Is the `i`-th, of all in their order, covered by a mask, or silenced by its own rule? */
static bool
silent(const struct wording *w, const struct matches *all, size_t i)
{
	const struct match *m = &all->v[i];
	size_t k = i;

	while (k > 0 && all->v[k - 1].first + REACH >= m->first)
		k--;
	for (; k < all->n && all->v[k].first <= m->last; k++) {
		const struct pattern *p = &w->patterns[all->v[k].pattern];
		bool mutes = p->rule < 0 || (p->exempts && p->rule == w->patterns[m->pattern].rule);
		if (mutes && touch(&all->v[k], m))
			return true;
	}
	return false;
}

static int
by_place(const void *a, const void *b)
{
	const struct match *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	if (x->last != y->last)
		return x->last > y->last ? -1 : 1; /* the longer one first */
	return x->pattern < y->pattern ? -1 : x->pattern > y->pattern;
}

/* One that begins inside the last one of its rule, or is inside another's, says nothing new. */
static bool
is_new(const struct wording *w, const struct matches *kept, const struct match *m)
{
	for (size_t i = kept->n; i-- > 0 && i + 8 > kept->n;) {
		const struct match *k = &kept->v[i];
		bool inside = m->first >= k->first && m->last <= k->last;
		if (inside ||
		    (touch(k, m) && w->patterns[k->pattern].rule == w->patterns[m->pattern].rule))
			return false;
	}
	return true;
}

static void
keep_new(const struct wording *w, const char *text, const struct tokens *t,
    const struct matches *all, struct matches *kept)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct match *m = &all->v[i];
		const struct pattern *p = &w->patterns[m->pattern];
		if (p->rule < 0 || p->exempts || silent(w, all, i) || not_meant(w, text, t, m) ||
		    !is_new(w, kept, m))
			continue;
		VEC_ROOM(kept->v, kept->n, kept->cap);
		kept->v[kept->n++] = *m;
	}
}

/* A text that is looked at in pieces. */
struct checking {
	const struct wording *w;
	enum wording_form form;
	wording_each_fn *each;
	void *ctx;
	struct tokens t; /* of the present piece */
	struct matches all, kept;
};

/* `base` is where the piece stands in the whole; false: no more are wanted. */
static bool
check_piece(struct checking *c, const char *text, size_t len, size_t base)
{
	bool more = true;

	c->t.n = c->all.n = c->kept.n = 0;
	tokens_read(c->w, text, len, c->form, &c->t);
	match_all(c->w, text, &c->t, &c->all);
	if (c->all.n > 0)
		qsort(c->all.v, c->all.n, sizeof *c->all.v, by_place);
	keep_new(c->w, text, &c->t, &c->all, &c->kept);
	for (size_t i = 0; more && i < c->kept.n; i++) {
		const struct match *m = &c->kept.v[i];
		const struct token *first = &c->t.v[m->first], *last = &c->t.v[m->last];
		const struct rule_of_wording *r = &c->w->rules[c->w->patterns[m->pattern].rule];
		struct wording_finding f = { base + first->at, last->at + last->len - first->at,
			r->name, r->question };
		more = c->each(c->ctx, &f);
	}
	return more;
}

/* Long texts are cut at an empty line, so that nothing of a sentence is torn. */
static size_t
piece_len(const char *text, size_t len)
{
	if (len <= PIECE)
		return len;
	for (size_t i = PIECE; i + 1 < len && i < 2 * (size_t)PIECE; i++)
		if (text[i] == '\n' && text[i + 1] == '\n')
			return i + 1;
	for (size_t i = PIECE; i < len && i < 2 * (size_t)PIECE; i++)
		if (text[i] == '\n')
			return i + 1;
	return PIECE;
}

/* "---" in the first line of Markdown begins what programs read, up to the next such line. */
static size_t
front_matter_len(const char *text, size_t len)
{
	const char *end = len > 4 && memcmp(text, "---", 3) == 0 ? text + 3 : NULL;

	if (end == NULL || (*end != '\n' && *end != '\r'))
		return 0;
	while ((end = memchr(end, '\n', (size_t)(text + len - end))) != NULL) {
		end++;
		if (text + len - end >= 3 && memcmp(end, "---", 3) == 0)
			return (size_t)(end - text) + 3;
	}
	return 0;
}

void
wording_each(const struct wording *w, const char *text, size_t len, enum wording_form form,
    wording_each_fn *each, void *ctx)
{
	struct checking c = { .w = w, .form = form, .each = each, .ctx = ctx };
	size_t at = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0; /* a BOM */
	bool more = w->n_words > 0;

	if (form == WORDING_MARKDOWN)
		at += front_matter_len(text + at, len - at);
	while (more && at < len) {
		size_t piece = piece_len(text + at, len - at);
		more = check_piece(&c, text + at, piece, at);
		at += piece;
	}
	free(c.t.v);
	free(c.all.v);
	free(c.kept.v);
}

struct some {
	struct wording_finding *out;
	size_t n, most;
};

static bool
keep_some(void *ctx, const struct wording_finding *f)
{
	struct some *s = ctx;

	if (s->n < s->most)
		s->out[s->n++] = *f;
	return s->n < s->most;
}

size_t
wording_check(const struct wording *w, const char *text, size_t len, enum wording_form form,
    struct wording_finding *out, size_t most)
{
	struct some s = { out, 0, most };

	wording_each(w, text, len, form, keep_some, &s);
	return s.n;
}

size_t
wording_rules(const struct wording *w)
{
	return w->n_rules;
}

const char *
wording_rule(const struct wording *w, size_t i, const char **question, const char **about)
{
	*question = w->rules[i].question;
	*about = w->rules[i].about;
	return w->rules[i].name;
}
