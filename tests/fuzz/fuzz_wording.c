/* Any bytes as a text: what is found lies in it, in its order, the same a second time. Any bytes as
 * rules: taken or refused with a line, and a text is looked at with them. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "storage/wording_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
	const char *text;
	size_t len, last, n;
	uint64_t sum;
};

static bool
look(void *ctx, const struct wording_finding *f)
{
	struct seen *s = ctx;

	if (f->len == 0 || f->at < s->last || f->at + f->len > s->len || f->rule[0] == '\0')
		__builtin_trap();
	s->last = f->at;
	s->n++;
	s->sum = s->sum * 31 + f->at * 7 + f->len;
	return true;
}

static void
as_text(const struct wording *w, const char *text, size_t len, enum wording_form form)
{
	struct seen once = { text, len, 0, 0, 0 }, again = once;
	struct wording_finding f[3];
	size_t n;

	wording_each(w, text, len, form, look, &once);
	wording_each(w, text, len, form, look, &again);
	n = wording_check(w, text, len, form, f, 3);
	if (once.n != again.n || once.sum != again.sum || n != (once.n < 3 ? once.n : 3))
		__builtin_trap();
}

static void
as_rules(const char *text, size_t len)
{
	static const char some[] = "You should have read it, why did nobody? \"It was\" human error.";
	struct wording *w = wording_new();
	struct err e = { 0 };

	if (!wording_load(w, text, len, &e) && e.text[0] == '\0')
		__builtin_trap();
	wording_ready(w);
	as_text(w, some, sizeof some - 1, WORDING_PLAIN);
	wording_free(w);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct wording *w;
	char *text;

	if (w == NULL) {
		w = wording_open(NULL, "en", NULL);
		wording_ready(w);
	}
	if (size == 0)
		return 0;
	text = mem_dupn((const char *)data + 1, size - 1);
	if (data[0] % 4 == 3 && size < 400)
		as_rules(text, size - 1);
	else
		as_text(w, text, size - 1, data[0] & 1 ? WORDING_MARKDOWN : WORDING_PLAIN);
	free(text);
	return 0;
}
