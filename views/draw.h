/* Small things that several panes draw alike: cut texts, rules with a title, lists that scroll,
 * times and dates. */
#ifndef VIEWS_DRAW_H
#define VIEWS_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/id.h"
#include "tui/canvas.h"
#include "views/scene.h"
#include "views/view.h"

/* From here a frame has all its parts, and panes their wide forms. */
enum { FRAME_WIDE_COLS = 110, FRAME_MEDIUM_COLS = 72, FRAME_MEDIUM_ROWS = 20 };

/* A place for one line. */
struct rect line_at(int y, int x, int w);

/* What of a text goes into `cols` columns; when `cut`, one of them is left for the ellipsis and
 * spaces before it are left off. */
struct slice {
	const char *s;
	size_t len;
	int cols; /* that it takes, the ellipsis included */
	bool cut;
};
struct slice slice_fit(const char *s, size_t len, int cols);
void draw_slice(struct canvas *c, int y, int x, const struct slice *sl, int style);
/* Text on the first row of `r`, cut to its width. Returns the columns used. NULL draws nothing. */
int draw_text(struct canvas *c, struct rect r, const char *text, int style);
/* The same, ending at the right end of `r`. */
void draw_right(struct canvas *c, struct rect r, const char *text, int style);
/* Text over several rows of `r`, broken at spaces; the last row ends in … when it is cut. Returns
 * the rows used. */
int draw_wrapped(struct canvas *c, struct rect r, const char *text, int style);
/* Rows that draw_wrapped would use, at most `most`. */
int wrapped_rows(const char *text, int cols, int most);

/* "── left ─────────── right ──" over the whole of `r`; either may be NULL or "". */
void draw_rule(struct canvas *c, struct rect r, const char *left, const char *right);

/* "a add  w why": keys stand out from what they do; hints are two blanks apart. NULL: nothing. */
void draw_hint_text(struct canvas *c, struct rect at, const char *text);

/* "━━ TITLE ━━━━━━━━━━ right": the title gives way; either may be NULL or "". */
void draw_band(struct canvas *c, struct rect r, const char *title, const char *right);

/* The lines of a box round the whole of `r`, with a title at its left and at its right; either may
 * be NULL or "". */
void draw_titled_box(struct canvas *c, struct rect r, const char *left, const char *right);

/* How many items a list has out of sight: on the rules at the top and bottom of `area`, else over
 * the right ends of its first and last rows. */
struct more {
	size_t above, below;
	const char *left; /* at the left of the lower rule; or NULL */
};
void draw_more(struct canvas *c, struct rect area, bool rules, const struct more *m);

/* The first row to show of `n`, so that row `at` is in sight in a window of `h`, moving as little
 * as may be. */
int list_scroll(int scroll, int at, int n, int h);

/* Upper case where the script has it, one character for one; appended. */
void upper_case(struct buf *out, const char *text);

/* Times as a wall clock in the scene's zone shows them. */
void put_clock(struct buf *out, const struct scene *sc, int64_t t_ns, bool seconds);
void put_day(struct buf *out, int64_t day);		 /* "16 Jul" */
void put_day_year(struct buf *out, int64_t day);	 /* "Thu 16 Jul 2026" */
int64_t scene_day(const struct scene *sc, int64_t t_ns); /* the date there, in days since 1970 */
/* "40 s", "23 min", "4 h 20 min", "3 d 2 h": rounded down to two units. */
void put_length(struct buf *out, int64_t ns);

/* "INC-2041" when the title begins with such a word, as a length; else 0. */
size_t ticket_len(const char *title);
const char *scene_title(const struct scene *sc); /* the title, or a word for none; never NULL */
/* Is something shown in columns this wide, or at this height, in the wide form? */
bool area_wide(struct rect area);

/* Answers of views. */
enum answer answer_type(
    struct view_answer *a, const char *command, const char *after, const char *label);
/* The editor of several lines, where the text at hand has several. */
enum answer type_long(enum answer what, const struct view_answer *a);
enum answer answer_run(struct view_answer *a, const char *command);

#endif
