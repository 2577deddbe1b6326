#include "model/alike.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "base/text.h"

enum {
	WORD_LEAST = 3, /* characters of a word that counts */
	WORD_MOST = 64, /* bytes */
	STEM_LEAST = 5, /* a plural's s is taken off words of that many */
	THIN_LEAST = 8,
	SAID_MOST = 4 /* of one reason */
};
enum { SERVICE_SCORE = 4, SERIES_SCORE = 6, SYMPTOM_SCORE = 4, TAG_SCORE = 2, TITLE_SCORE = 4 };
enum { SERVICES_MOST = 12, SYMPTOMS_MOST = 12, TAGS_MOST = 8, TITLE_MOST = 12, WORDS_MOST = 6 };

/* Sorted. What every debrief is about, and what holds sentences together. */
static const char *const stop_words[] = { "aber", "about", "after", "again", "all", "alle", "also",
	"and", "any", "are", "auch", "auf", "aus", "because", "been", "before", "bei", "but", "can",
	"cause", "caused", "could", "das", "dass", "day", "dem", "den", "der", "des", "did", "die",
	"does", "down", "during", "each", "ein", "eine", "einem", "einen", "einer", "every",
	"failed", "failure", "few", "first", "for", "from", "für", "had", "has", "hat", "have",
	"how", "ihr", "incident", "into", "ist", "its", "kein", "keine", "long", "made", "many",
	"mit", "more", "most", "nach", "new", "nicht", "nobody", "not", "now", "nur", "oder", "off",
	"old", "one", "only", "other", "our", "out", "outage", "over", "problem", "retro", "same",
	"sich", "sie", "sind", "some", "still", "than", "that", "the", "their", "them", "then",
	"there", "they", "this", "through", "too", "two", "und", "under", "until", "very", "vom",
	"von", "vor", "war", "waren", "was", "were", "what", "when", "where", "which", "while",
	"who", "why", "will", "wir", "wird", "with", "without", "would", "wurde", "you", "zum",
	"zur" };

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool
is_stop(const char *word)
{
	return bsearch(&word, stop_words, sizeof stop_words / sizeof *stop_words,
		   sizeof *stop_words, by_bytes) != NULL;
}

/* Scripts that put no spaces between words: there two characters count as a word. */
static bool
is_dense(uint32_t cp)
{
	return (cp >= 0x3041 && cp <= 0x30ff) || (cp >= 0x3400 && cp <= 0x9fff) ||
	       (cp >= 0xf900 && cp <= 0xfaff) || (cp >= 0x20000 && cp <= 0x3ffff);
}

static bool
is_letter(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') ||
		       (cp >= 'a' && cp <= 'z');
	return !iswpunct((wint_t)cp) && !iswspace((wint_t)cp) && !iswcntrl((wint_t)cp);
}

static uint32_t
fold(uint32_t cp)
{
	return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp < 0x80 ? cp : (uint32_t)towlower((wint_t)cp);
}

struct wording_of {
	struct strs *out;
	char word[WORD_MOST];
	size_t len, n_chars;
	bool letter; /* not all digits */
	uint32_t dense;
};

/* "retries", "retry"; "queues", "queue". */
static void
drop_plural(struct wording_of *w)
{
	const char *end = w->word + w->len;

	if (end[-1] != 's' || end[-2] == 's')
		return;
	w->len--;
	if (end[-2] == 'e' && end[-3] == 'i') {
		w->len--;
		w->word[w->len - 1] = 'y';
	}
}

static void
end_word(struct wording_of *w)
{
	if (w->n_chars >= STEM_LEAST)
		drop_plural(w);
	w->word[w->len] = '\0';
	if (w->n_chars >= WORD_LEAST && w->letter && !is_stop(w->word))
		strs_addn(w->out, w->word, w->len);
	w->len = w->n_chars = 0;
	w->letter = false;
}

static void
add_dense(struct wording_of *w, uint32_t cp)
{
	char pair[8];
	size_t n;

	end_word(w);
	if (w->dense != 0) {
		n = utf8_encode(w->dense, pair);
		strs_addn(w->out, pair, n + utf8_encode(cp, pair + n));
	}
	w->dense = cp;
}

static void
add_letter(struct wording_of *w, uint32_t cp)
{
	char bytes[4];
	size_t n = utf8_encode(fold(cp), bytes);

	w->dense = 0;
	if (w->len + n >= WORD_MOST)
		return;
	memcpy(w->word + w->len, bytes, n);
	w->len += n;
	w->n_chars++;
	w->letter = w->letter || cp > '9';
}

static void
add_words(struct strs *out, const char *text)
{
	struct wording_of w = { .out = out };
	size_t len = text != NULL ? strlen(text) : 0, used;
	uint32_t cp;

	for (size_t i = 0; i < len; i += used) {
		used = utf8_decode(text + i, len - i, &cp);
		if (used > 0 && is_dense(cp)) {
			add_dense(&w, cp);
		} else if (used > 0 && is_letter(cp)) {
			add_letter(&w, cp);
		} else {
			end_word(&w);
			w.dense = 0;
		}
		used = used > 0 ? used : 1;
	}
	end_word(&w);
}

static void
add_folded(struct strs *out, const char *text)
{
	struct buf b = { 0 };
	size_t len = strlen(text), used;
	uint32_t cp;
	char bytes[4];

	for (size_t i = 0; i < len; i += used) {
		used = utf8_decode(text + i, len - i, &cp);
		if (used == 0)
			break;
		buf_add(&b, bytes, utf8_encode(fold(cp), bytes));
	}
	if (b.len > 0)
		strs_add(out, b.data);
	buf_fini(&b);
}

static void
fold_list(struct strs *out, const struct strs *list)
{
	for (size_t i = 0; i < list->n; i++)
		add_folded(out, list->v[i]);
	strs_sort(out, true);
}

void
alike_read(struct alike *a, const struct debrief *d)
{
	*a = (struct alike){ .series = mem_dup(d->series != NULL ? d->series : d->title) };
	fold_list(&a->services, &d->services);
	fold_list(&a->tags, &d->tags);
	fold_list(&a->symptoms, &d->symptoms);
	add_words(&a->title, d->title);
	strs_sort(&a->title, true);
	add_words(&a->words, d->title);
	for (size_t i = 0; i < d->symptoms.n; i++)
		add_words(&a->words, d->symptoms.v[i]);
	for (size_t i = 0; i < DEBRIEF_N(d, CAUSE); i++)
		add_words(&a->words, DEBRIEF_AT(d, CAUSE, cause, i)->text);
	strs_sort(&a->words, true);
}

void
alike_fini(struct alike *a)
{
	strs_fini(&a->services);
	strs_fini(&a->tags);
	strs_fini(&a->symptoms);
	strs_fini(&a->title);
	strs_fini(&a->words);
	free(a->series);
	*a = (struct alike){ 0 };
}

/* Takes those of `common` (sorted) out. */
static void
thin(struct strs *words, const struct strs *common)
{
	size_t kept = 0;

	for (size_t i = 0; i < words->n; i++)
		if (common->n > 0 && bsearch(&words->v[i], common->v, common->n, sizeof *common->v,
					 by_bytes) != NULL)
			free(words->v[i]);
		else
			words->v[kept++] = words->v[i];
	words->n = kept;
}

void
alike_thin(struct alike *const *v, size_t n)
{
	struct strs all = { 0 }, common = { 0 };
	size_t run = 0;

	if (n < THIN_LEAST)
		return;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < v[i]->words.n; j++)
			strs_add(&all, v[i]->words.v[j]);
	strs_sort(&all, false);
	for (size_t i = 0; i < all.n; i += run) {
		for (run = 1; i + run < all.n && strcmp(all.v[i], all.v[i + run]) == 0;)
			run++;
		if (run * 2 > n)
			strs_add(&common, all.v[i]);
	}
	for (size_t i = 0; i < n; i++) {
		thin(&v[i]->title, &common);
		thin(&v[i]->words, &common);
	}
	strs_fini(&all);
	strs_fini(&common);
}

/* The first reasons are said, all are counted. */
static void
say(struct buf *why, const char *what, const struct strs *both)
{
	if (why == NULL || both->n == 0)
		return;
	buf_addf(why, "%s%s%s", why->len > 0 ? "; " : "", what, both->n > 1 ? "s" : "");
	for (size_t i = 0; i < both->n && i < SAID_MOST; i++)
		buf_addf(why, "%s %s", i > 0 ? "," : "", both->v[i]);
	if (both->n > SAID_MOST)
		buf_addf(why, " and %zu more", both->n - SAID_MOST);
}

/* Both lists are sorted; what `without` has is passed over. */
static void
in_both(const struct strs *a, const struct strs *b, const struct strs *without, struct strs *out)
{
	for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
		int c = strcmp(a->v[i], b->v[j]);
		if (c == 0 && (without == NULL || !strs_has(without, a->v[i])))
			strs_add(out, a->v[i]);
		i += c <= 0;
		j += c >= 0;
	}
}

static int
at_most(size_t n, int each, int most)
{
	return n > (size_t)(most / each) ? most : (int)n * each;
}

static int
score_list(const struct strs *a, const struct strs *b, const char *what, int each, int most,
    struct buf *why)
{
	struct strs both = { 0 };
	int score;

	in_both(a, b, NULL, &both);
	say(why, what, &both);
	score = at_most(both.n, each, most);
	strs_fini(&both);
	return score;
}

static int
score_words(const struct alike *a, const struct alike *b, struct buf *why)
{
	struct strs title = { 0 }, words = { 0 };
	int score;

	in_both(&a->title, &b->title, NULL, &title);
	in_both(&a->words, &b->words, &title, &words);
	score = at_most(title.n, TITLE_SCORE, TITLE_MOST) + at_most(words.n, 1, WORDS_MOST);
	if (title.n > 0)
		say(why, "title's word", &title);
	say(why, "word", &words);
	strs_fini(&title);
	strs_fini(&words);
	return score;
}

bool
alike_service(const struct alike *a, const struct alike *b)
{
	return score_list(&a->services, &b->services, "", 1, 1, NULL) > 0;
}

int
alike_score(const struct alike *a, const struct alike *b, struct buf *why)
{
	int score = 0;

	if (a->series != NULL && b->series != NULL && strcmp(a->series, b->series) == 0) {
		score = SERIES_SCORE;
		if (why != NULL)
			buf_addf(why, "%sthe same series", why->len > 0 ? "; " : "");
	}
	score +=
	    score_list(&a->services, &b->services, "service", SERVICE_SCORE, SERVICES_MOST, why);
	score +=
	    score_list(&a->symptoms, &b->symptoms, "symptom", SYMPTOM_SCORE, SYMPTOMS_MOST, why);
	score += score_list(&a->tags, &b->tags, "tag", TAG_SCORE, TAGS_MOST, why);
	return score + score_words(a, b, why);
}
