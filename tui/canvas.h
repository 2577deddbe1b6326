/* A grid of cells that views draw on. Tests compare it, `render` prints it, the screen shows it. It
 * cannot hold a control character, and everything drawn outside it, or outside the clip, is cut. */
#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rect {
	int y, x, h, w; /* in cells; empty when h or w is 0 or less */
};

/* What a piece of the screen means; a theme says how that looks. */
enum role {
	ROLE_PLAIN,
	ROLE_DIM,      /* rules, hints, what is far away */
	ROLE_TITLE,    /* the title line */
	ROLE_HEAD,     /* headings, labels of bones, the effect */
	ROLE_LINE,     /* drawn structure: spine, bones, leaders */
	ROLE_SELECTED, /* the selected item: always also reverse and a mark */
	ROLE_KEY,      /* a key in a hint line */
	ROLE_GOOD,
	ROLE_WARN,
	ROLE_BAD,
	ROLE_TECHNICAL, /* the three levels */
	ROLE_PROCESS,
	ROLE_ORGANIZATION,
	ROLE_COUNT, /* votes and other counts */
	ROLE_ENTRY, /* text being typed */
	ROLE_NEW,   /* flashes once */
	N_ROLES
};

/* A style is a role with extra attributes: ROLE_HEAD | STYLE_BOLD. */
enum { STYLE_BOLD = 0x100, STYLE_REVERSE = 0x200, STYLE_UNDERLINE = 0x400, STYLE_DIM = 0x800 };

struct cell {
	uint32_t glyph; /* a code point, or CELL_CLUSTER | index of a cluster; 0: a right half */
	uint16_t style;
	uint8_t width; /* 1, 2, or 0 for the right half */
	uint8_t spare;
};
enum { CELL_CLUSTER = 0x80000000u };

struct canvas;

/* A blank canvas. `ascii`: every glyph is replaced by one ASCII character as it is drawn (the table
 * is in ascii.c; letters lose their accents, unknown ones become '?'), keeping its columns. */
struct canvas *canvas_new(int rows, int cols, bool ascii);
void canvas_free(struct canvas *c);
void canvas_resize(struct canvas *c, int rows, int cols); /* blank afterwards */
void canvas_clear(struct canvas *c);			  /* blank, no cursor, no clip */
int canvas_rows(const struct canvas *c);
int canvas_cols(const struct canvas *c);
bool canvas_ascii(const struct canvas *c);
struct rect canvas_area(const struct canvas *c); /* all of it */

/* Until the next call nothing is drawn outside `area` (canvas_area lifts it). */
void canvas_clip(struct canvas *c, struct rect area);

/* Draw one character. A wide one that does not fit whole is drawn as a space. */
void canvas_put(struct canvas *c, int y, int x, uint32_t cp, int style);
void canvas_fill(struct canvas *c, struct rect area, uint32_t cp, int style);
void canvas_hline(struct canvas *c, int y, int x, int w, uint32_t cp, int style);
void canvas_vline(struct canvas *c, int y, int x, int h, uint32_t cp, int style);
/* Change the style of what is there. */
void canvas_paint(struct canvas *c, struct rect area, int style);

/* Draw text on one line in at most `cols` columns (-1: to the edge); what does not fit ends in one
 * "…" (without a space before it). Newline and tab are drawn as a space. Returns the columns. */
int canvas_text(struct canvas *c, int y, int x, int cols, const char *text, int style);
int canvas_textn(struct canvas *c, int y, int x, int cols, const char *text, size_t len, int style);
int canvas_textf(struct canvas *c, int y, int x, int cols, int style, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
/* The same, ending at column `right` (exclusive). Returns the column it begins at. */
int canvas_text_right(struct canvas *c, int y, int right, int cols, const char *text, int style);
/* Draw text wrapped at spaces into `area`; returns the rows used; the last ends in "…" if cut. */
int canvas_text_wrap(struct canvas *c, struct rect area, const char *text, int style);

/* Where the terminal's cursor should stand; hidden when none was set since the last clear. */
void canvas_cursor(struct canvas *c, int y, int x);
bool canvas_cursor_at(const struct canvas *c, int *y, int *x);

/* Read back. canvas_glyph writes the cell's UTF-8 (at most 32 bytes with NUL) and returns its
 * length. */
const struct cell *canvas_row(const struct canvas *c, int y); /* `cols` cells */
size_t canvas_glyph(const struct canvas *c, const struct cell *cell, char out[32]);
bool canvas_cell_equal(
    const struct canvas *a, const struct cell *ca, const struct canvas *b, const struct cell *cb);
/* Do both show the same in row `y`? They have the same number of columns, and that row. */
bool canvas_row_equal(const struct canvas *a, const struct canvas *b, int y);
/* Make `to` the same as `from`, size and cursor included; the clip is lifted. */
void canvas_copy(struct canvas *to, const struct canvas *from);

#endif
