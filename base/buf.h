/* A growing run of bytes, always followed by a NUL. Zero-initialized is empty. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct buf {
	char *data; /* NULL only while nothing was ever added */
	size_t len, cap;
};

void buf_add(struct buf *b, const void *bytes, size_t len);
/* Room for `more` bytes and a NUL at the returned end of the text; whoever writes there sets `len`
 * and the NUL. For inner loops only. */
char *buf_room(struct buf *b, size_t more);
void buf_adds(struct buf *b, const char *text);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
void buf_cut_front(struct buf *b, size_t len); /* drops the first `len` bytes */
void buf_clear(struct buf *b);		       /* empty, memory kept */
char *buf_take(struct buf *b);		       /* the text is yours, `b` is empty; never NULL */
void buf_fini(struct buf *b);

/* Append a whole file (or what is left in a descriptor) of at most `limit` bytes. ERR_MISSING when
 * it is not there, ERR_STORE otherwise; nothing is appended then. */
bool buf_read_file(struct buf *out, const char *path, size_t limit, struct err *e);
bool buf_read_fd(struct buf *out, int fd, size_t limit, struct err *e);

/* Write `bytes` so that a crash leaves the old file or the new one: temporary beside it, fsync,
 * rename, fsync of the folder. The mode of the file that was there, else 0666 less the umask; a
 * symbolic link is replaced, not followed. ERR_STORE on failure; the message says whether anything
 * was changed. */
bool buf_write_file(const char *path, const void *bytes, size_t len, struct err *e);

#endif
