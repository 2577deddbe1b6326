/* Shared by the files of the wording rules. Private to model/. */
#ifndef MODEL_WORDING_INTERNAL_H
#define MODEL_WORDING_INTERNAL_H

#include <stdint.h>

#include "model/wording.h"

enum { CLASSES_MOST = 64, ELEMENTS_MOST = 24, WORD_MOST = 48 };

/* A word of the rules. Classes it is in, as bits; the patterns that are looked for where it stands.
 */
struct entry_of_word {
	char *text; /* lower case */
	uint64_t classes;
	uint32_t *hooks; /* pattern << 8 | element */
	size_t n_hooks, cap_hooks;
};

enum element_kind {
	ELEMENT_WORDS, /* one of `words` */
	ELEMENT_CLASS, /* of the class */
	ELEMENT_GAP,   /* up to `n` words that are not of the class `stop`, no punctuation */
	ELEMENT_START, /* of a sentence; takes no word */
	ELEMENT_END    /* of a sentence; takes no word */
};
struct element {
	enum element_kind kind;
	bool optional, negative; /* negative: one word that is none of these, or no word */
	bool capital;		 /* written with a capital */
	bool wide;		 /* a gap that goes over words of the class stop too */
	int n;			 /* the class, or the words of a gap */
	uint32_t words[CLASSES_MOST];
	size_t n_words;
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

struct class_of {
	char *name;
	uint64_t holds; /* itself, and the classes whose words are its own too */
	char **ends; /* "*ed": endings that count too */
	size_t n_ends, cap_ends;
};

struct wording {
	struct entry_of_word *words; /* [0] is no word */
	size_t n_words, cap_words;
	uint32_t *slots; /* open addressing over words; 0 is free */
	size_t n_slots;
	struct class_of classes[CLASSES_MOST];
	int n_classes;
	int stop; /* the class a gap does not cross; -1: none */
	struct rule_of_wording *rules;
	size_t n_rules, cap_rules;
	struct pattern *patterns;
	size_t n_patterns, cap_patterns;
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
};
void tokens_read(const struct wording *w, const char *text, size_t len, enum wording_form form,
    struct tokens *out);

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
