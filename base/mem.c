#include "base/mem.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
out_of_memory(void)
{
	static const char words[] = "debrief: out of memory: what was acknowledged is on disk\n";

	if (write(STDERR_FILENO, words, sizeof words - 1) < 0)
		abort();
	abort();
}

void *
mem_alloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (p == NULL)
		out_of_memory();
	return p;
}

void *
mem_zero(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (p == NULL)
		out_of_memory();
	return p;
}

void *
mem_resize(void *old, size_t n, size_t size)
{
	void *p;

	if (size != 0 && n > SIZE_MAX / size)
		out_of_memory();
	p = realloc(old, n > 0 && size > 0 ? n * size : 1);
	if (p == NULL)
		out_of_memory();
	return p;
}

void *
mem_grow(void *old, size_t *cap, size_t size)
{
	size_t more = *cap + *cap / 2 + 4;

	old = mem_resize(old, more, size);
	*cap = more;
	return old;
}

char *
mem_dup(const char *text)
{
	return text == NULL ? NULL : mem_dupn(text, strlen(text));
}

char *
mem_dupn(const char *bytes, size_t len)
{
	char *copy = mem_alloc(len + 1);

	if (len > 0)
		memcpy(copy, bytes, len);
	copy[len] = '\0';
	return copy;
}

char *
mem_fmt(const char *fmt, ...)
{
	va_list ap;
	char *text;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	assert(len >= 0);
	text = mem_alloc((size_t)len + 1);
	va_start(ap, fmt);
	vsnprintf(text, (size_t)len + 1, fmt, ap);
	va_end(ap);
	return text;
}

void
strs_take(struct strs *s, char *text)
{
	VEC_ROOM(s->v, s->n, s->cap);
	s->v[s->n++] = text;
}

void
strs_addn(struct strs *s, const char *bytes, size_t len)
{
	strs_take(s, mem_dupn(bytes, len));
}

void
strs_add(struct strs *s, const char *text)
{
	strs_take(s, mem_dup(text));
}

void
strs_drop(struct strs *s, size_t i)
{
	assert(i < s->n);
	free(s->v[i]);
	memmove(s->v + i, s->v + i + 1, (s->n - i - 1) * sizeof *s->v);
	s->n--;
}

void
strs_copy(struct strs *to, const struct strs *from)
{
	*to = (struct strs){ 0 };
	if (from->n == 0)
		return;
	to->v = mem_alloc(from->n * sizeof *to->v);
	to->n = to->cap = from->n;
	for (size_t i = 0; i < from->n; i++)
		to->v[i] = mem_dup(from->v[i]);
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void
strs_sort(struct strs *s, bool unique)
{
	size_t n = 0;

	if (s->n < 2)
		return;
	qsort(s->v, s->n, sizeof *s->v, by_bytes);
	if (!unique)
		return;
	for (size_t i = 0; i < s->n; i++) {
		if (n > 0 && strcmp(s->v[n - 1], s->v[i]) == 0)
			free(s->v[i]);
		else
			s->v[n++] = s->v[i];
	}
	s->n = n;
}

bool
strs_equal(const struct strs *a, const struct strs *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->v[i], b->v[i]) != 0)
			return false;
	return true;
}

bool
strs_has(const struct strs *s, const char *text)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i], text) == 0)
			return true;
	return false;
}

void
strs_fini(struct strs *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i]);
	free(s->v);
	*s = (struct strs){ 0 };
}
