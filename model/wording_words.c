#include <stdlib.h>
#include <string.h>

#include "model/wording_internal.h"

static uint32_t
hash_of(const char *text, size_t len)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)text[i]) * 16777619u;
	return h ^ h >> 15;
}

uint32_t
words_find(const struct wording *w, const char *text, size_t len)
{
	if (w->n_slots == 0)
		return 0;
	for (size_t i = hash_of(text, len);; i++) {
		uint32_t at = w->slots[i & (w->n_slots - 1)];
		const char *have = w->words[at].text;
		if (at == 0)
			return 0;
		if (w->words[at].len == len && memcmp(have, text, len) == 0)
			return at;
	}
}

void
words_rehash(struct wording *w)
{
	size_t n = 1024;

	while (n < w->n_words * 4)
		n *= 2;
	free(w->slots);
	w->slots = mem_zero(n, sizeof *w->slots);
	w->n_slots = n;
	for (uint32_t k = 1; k < w->n_words; k++) {
		size_t i = hash_of(w->words[k].text, strlen(w->words[k].text));
		while (w->slots[i & (n - 1)] != 0)
			i++;
		w->slots[i & (n - 1)] = k;
	}
}

uint32_t
words_add(struct wording *w, const char *text, size_t len)
{
	uint32_t have = words_find(w, text, len);

	if (have != 0)
		return have;
	if (w->n_words == 0) {
		VEC_ROOM(w->words, w->n_words, w->cap_words);
		w->words[w->n_words++] = (struct entry_of_word){ .text = mem_dup("") };
	}
	VEC_ROOM(w->words, w->n_words, w->cap_words);
	w->words[w->n_words++] = (struct entry_of_word){ .text = mem_dupn(text, len), .len = len };
	if (w->n_words * 2 > w->n_slots) {
		words_rehash(w);
	} else {
		size_t i = hash_of(text, len);
		while (w->slots[i & (w->n_slots - 1)] != 0)
			i++;
		w->slots[i & (w->n_slots - 1)] = (uint32_t)w->n_words - 1;
	}
	return (uint32_t)w->n_words - 1;
}
