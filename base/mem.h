/* Memory that is always there: when it runs out, one line is written to standard error and the
 * process aborts. Everything acknowledged is in the journal by then. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

void *mem_alloc(size_t size);			    /* never NULL, not cleared */
void *mem_zero(size_t n, size_t size);		    /* n * size bytes of zero; overflow aborts */
void *mem_resize(void *old, size_t n, size_t size); /* like realloc of n * size bytes */
char *mem_dup(const char *text);		    /* NULL gives NULL */
char *mem_dupn(const char *bytes, size_t len);	    /* adds the NUL */
char *mem_fmt(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Make room for one more in the array `v` that holds `n` of `cap`: VEC_ROOM(v, n, cap) evaluates
 * its arguments more than once. Growth is by half. */
#define VEC_ROOM(v, n, cap)                                                                        \
	((n) < (cap) ? (void)0 : (void)((v) = mem_grow((v), &(cap), sizeof *(v))))
void *mem_grow(void *old, size_t *cap, size_t size);

/* A list of texts, each owned. Zero-initialized is empty. */
struct strs {
	char **v;
	size_t n, cap;
};

void strs_add(struct strs *s, const char *text);	       /* copies */
void strs_addn(struct strs *s, const char *bytes, size_t len); /* copies */
void strs_take(struct strs *s, char *text);		       /* owns `text` afterwards */
void strs_drop(struct strs *s, size_t i);		       /* removes and frees the i-th */
void strs_copy(struct strs *to, const struct strs *from);      /* `to` is overwritten, not freed */
void strs_sort(struct strs *s, bool unique);		       /* by bytes */
bool strs_equal(const struct strs *a, const struct strs *b);
bool strs_has(const struct strs *s, const char *text);
void strs_fini(struct strs *s); /* frees all, leaves it empty */

#endif
