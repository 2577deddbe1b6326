/* Text: UTF-8, graphemes (utf8proc), width in columns (wcwidth is the authority, platform-wide),
 * and what may come in from outside. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

/* Make wcwidth and friends work: LC_CTYPE from the environment, else C.UTF-8; LC_NUMERIC stays C.
 * Returns whether the environment asks for UTF-8 (false: draw ASCII). Call once, first thing in
 * main. */
bool text_locale(void);

/* Decode one code point from `s` (len > 0). Returns the bytes used (1 to 4), 0 when they are not
 * UTF-8 (overlong, surrogate, above U+10FFFF, cut). */
size_t utf8_decode(const char *s, size_t len, uint32_t *cp);
size_t utf8_encode(uint32_t cp, char out[4]); /* bytes written */

/* Offset of the first byte that is not UTF-8, or `len` when all is. */
size_t utf8_valid(const char *s, size_t len);

/* Bytes of the first grapheme cluster of valid UTF-8 `s`; 0 only when len is 0. */
size_t text_grapheme(const char *s, size_t len);
/* Start of the grapheme that ends at `pos` (0 when pos is 0). */
size_t text_grapheme_back(const char *s, size_t pos);

/* Columns (0, 1, 2) one grapheme takes: 2 if its base is wide, 1 otherwise; a character that the
 * terminal does not know counts 1 (it is drawn as U+FFFD). */
int text_grapheme_width(const char *g, size_t len);
/* Columns a text takes on one line (tab and newline count 1). */
int text_width(const char *s, size_t len);
/* The longest run of whole graphemes of `s` within `cols`; *used gets its columns (may be NULL). */
size_t text_fit(const char *s, size_t len, int cols, int *used);
/* Bytes of `s` that go on a first line of `cols` columns when it is broken at spaces (a word longer
 * than a line is broken at a grapheme); *next gets where the following line begins. */
size_t text_wrap(const char *s, size_t len, int cols, size_t *next);

enum text_form { TEXT_LINE, TEXT_BLOCK /* newline allowed */ };

/* Limits of the format: bytes of a line, of a block, marks on one base character. */
enum { TEXT_LINE_MAX = 500, TEXT_BLOCK_MAX = 16 * 1024, TEXT_MARKS_MAX = 8 };

/* May this text enter a debrief? Refuses (ERR_REFUSED) broken UTF-8, control characters but tab
 * (and newline in a block), line and paragraph separators, bidirectional overrides and isolates,
 * tag characters, non-characters, zero-width no-break space (BOM), more than 8 marks on a base
 * (joiners and zero-width spaces count as marks), too many bytes. The message names the
 * byte or the limit. */
bool text_ok(const char *s, size_t len, enum text_form form, struct err *e);

/* What of it may: the same rules applied by leaving out or replacing (broken UTF-8 by U+FFFD, CR LF
 * by LF, line breaks in a line by a space; U+FE0F is left out too). The length is not limited.
 * Appended to `out`. Used for paste, for anything printed and for the canvas. */
void text_clean(struct buf *out, const char *s, size_t len, enum text_form form);

/* Is there nothing to read: no byte, or blanks, breaks and characters without width alone? */
bool text_blank(const char *s);

/* Compare without regard to case and compatibility forms (NFKC_Casefold; accents do matter). For
 * looking up names. */
bool text_same(const char *a, const char *b);
bool text_begins(const char *text, const char *prefix); /* the same, as a prefix */
/* Does `part` occur in `text`, without regard to case? An empty part occurs everywhere. */
bool text_has(const char *text, const char *part);

#endif
