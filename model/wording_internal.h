/* Shared by the files of the wording rules. Private to model/. */
#ifndef MODEL_WORDING_INTERNAL_H
#define MODEL_WORDING_INTERNAL_H

#include <stdint.h>

#include "model/wording.h"

enum { CLASSES_MOST = 128, ELEMENTS_MOST = 24, WORD_MOST = 48 };

/* Classes, a bit each. */
struct class_set {
	uint64_t bits[CLASSES_MOST / 64];
};

static inline void
set_add(struct class_set *s, int class)
{
	s->bits[class / 64] |= UINT64_C(1) << class % 64;
}

static inline void
set_add_all(struct class_set *s, const struct class_set *more)
{
	s->bits[0] |= more->bits[0];
	s->bits[1] |= more->bits[1];
}

static inline bool
set_has(const struct class_set *s, int class)
{
	return (s->bits[class / 64] >> class % 64 & 1) != 0;
}

static inline bool
sets_meet(const struct class_set *a, const struct class_set *b)
{
	return ((a->bits[0] & b->bits[0]) | (a->bits[1] & b->bits[1])) != 0;
}

static inline bool
set_is_empty(const struct class_set *s)
{
	return (s->bits[0] | s->bits[1]) == 0;
}

/* A word of the rules. Classes it is in, as bits; the patterns that are looked for where it stands.
 */
struct entry_of_word {
	char *text; /* lower case */
	size_t len;
	struct class_set classes;
	uint32_t *hooks; /* patterns */
	size_t n_hooks, cap_hooks;
};

enum element_kind {
	ELEMENT_WORD,  /* one of `words`, or of a class of `classes` */
	ELEMENT_GAP,   /* up to `n` words that are not of the class `stop`, no punctuation */
	ELEMENT_START, /* of a sentence; takes no word */
	ELEMENT_END    /* of a sentence; takes no word */
};
struct element {
	enum element_kind kind;
	bool optional, negative; /* negative: the word before what follows, at the end of a pattern
				  * the next one, is none of these; takes no word */
	bool capital;		 /* written with a capital */
	bool wide;		 /* a gap that goes over words of the class stop too */
	int n;			 /* the words of a gap */
	uint32_t *words;	 /* its own */
	size_t n_words, cap_words;
	struct class_set classes;
	/* Of wording_ready: what tells at a glance that a word is none of it, or one. */
	uint64_t some;	/* bit n: there is a word whose number ends in n */
	uint64_t marks; /* bit n: the mark of that code, counted from the blank */
	struct class_set held;	 /* a word with one of these bits fits */
	struct class_set shaped; /* the classes that have to be asked themselves */
};

/* What a word beside the one a pattern is looked for at has to be, at a glance: most places are none.
 * It is asked before the pattern itself is touched. */
struct beside {
	uint64_t some; /* as of the element there */
	struct class_set held;
	int8_t step;	/* 1: the next word, -1: the one before, 0: it may be any */
	bool exact;	/* the word itself has to be asked as well: a capital, an ending */
	uint8_t element; /* where in the pattern it is looked for */
};

struct pattern {
	struct element *v;
	size_t n;
	int rule;     /* index; -1: what it covers is not judged by any rule */
	bool exempts; /* silences its own rule where they touch */
};

struct rule_of_wording {
	char *name, *question, *about;
	int unless; /* the class of words before which it is silent; -1: none */
};

/* "mis*ed": how a word begins and ends; either may be "". */
struct shape_of_word {
	char *begin, *end;
};

struct class_of {
	char *name;
	struct class_set holds; /* itself, and the classes whose words are its own too */
	struct class_set less;	/* the classes whose words are not, whatever their shape */
	struct shape_of_word *shapes;
	size_t n_shapes, cap_shapes;
};

struct wording {
	struct entry_of_word *words; /* [0] is no word */
	size_t n_words, cap_words;
	uint32_t *slots; /* open addressing over words; 0 is free */
	size_t n_slots;
	struct class_of classes[CLASSES_MOST];
	int n_classes;
	int stop; /* the class a gap does not cross; -1: none */
	int clause; /* the class that begins a clause after a comma; -1: none */
	struct rule_of_wording *rules;
	size_t n_rules, cap_rules;
	struct pattern *patterns;
	size_t n_patterns, cap_patterns;
	struct beside *beside; /* of each pattern; of wording_ready */
};

/* wording_words.c */
uint32_t words_find(const struct wording *w, const char *text, size_t len); /* 0: not known */
uint32_t words_add(struct wording *w, const char *text, size_t len);
void words_rehash(struct wording *w);

/* wording_tokens.c: a text as words and marks. */
struct token {
	uint32_t word; /* 0: no word of the rules */
	uint32_t at, len;
	char mark;	/* punctuation; 0: a word */
	bool capital;
	bool starts;	/* begins a sentence */
};
struct tokens {
	struct token *v;
	size_t n, cap;
	char fence; /* a block of code that goes on in the next piece: its mark, how many of it */
	size_t fence_len;
	bool begun; /* a piece was read already */
};
/* Adds those of the text. */
void tokens_read(const struct wording *w, const char *text, size_t len, enum wording_form form,
    struct tokens *out);

/* The bit of a mark: all of them are between the blank and "_". */
static inline uint64_t
mark_bit(char mark)
{
	return UINT64_C(1) << (((unsigned char)mark - ' ') & 63);
}

/* wording_match.c */
bool class_has(const struct wording *w, int class, const char *text, const struct token *t);
/* Every place where a pattern fits, as a finding with the pattern's number. */
struct match {
	uint32_t pattern, first, last; /* tokens */
};
struct matches {
	struct match *v;
	size_t n, cap;
};
void match_all(const struct wording *w, const char *text, const struct tokens *t,
    struct matches *out);

#endif
