#include "views/words.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "views/words_table.h"

const char *
word(enum word w)
{
	assert(w < N_WORDS && words_table[w] != NULL);
	return words_table[w];
}

void
word_fill(struct buf *out, enum word w, const char *const args[])
{
	const char *p = word(w), *mark;
	size_t n = 0;

	while (args[n] != NULL)
		n++;
	while ((mark = strchr(p, '%')) != NULL) {
		buf_add(out, p, (size_t)(mark - p));
		p = mark + 1;
		if (*p >= '1' && *p <= '9') {
			assert((size_t)(*p - '1') < n);
			buf_adds(out, args[*p++ - '1']);
		} else {
			buf_addc(out, '%');
		}
	}
	buf_adds(out, p);
}

char *
word_make(enum word w, const char *const args[])
{
	struct buf b = { 0 };

	buf_adds(&b, "");
	word_fill(&b, w, args);
	return buf_take(&b);
}

const char *
word_fit(enum word w, int cols)
{
	const char *text = word(w);

	return text_width(text, strlen(text)) <= cols ? text : word(w + 1);
}

void
word_count(struct buf *out, int64_t n, enum word one)
{
	word_put(out, n == 1 ? one : one + 1, digits(n).s);
}

struct digits
digits(int64_t n)
{
	struct digits d;

	snprintf(d.s, sizeof d.s, "%lld", (long long)n);
	return d;
}
