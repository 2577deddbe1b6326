/* Private to the screen: the bytes that turn one canvas into another, for one terminal. */
#ifndef TUI_EMIT_H
#define TUI_EMIT_H

#include <stdbool.h>

#include "base/buf.h"
#include "tui/canvas.h"
#include "tui/theme.h"

/* What a terminal can do: texts ready to send, NULL where it cannot. */
struct caps {
	const char *off, *bold, *dim, *underline, *reverse; /* attributes */
	const char *wipe_tail;				    /* to the end of the row */
	const char *wipe_all;	 /* the whole screen; the cursor goes to the top left */
	const char *hide, *show; /* the cursor */
	const char *insert;	 /* room for one character */
	int colors;		 /* 0: none */
	bool ansi_moves;	 /* the cursor obeys ECMA-48 */
	bool corner_scrolls;	 /* a character in the bottom right cell scrolls the screen */
	/* Append: the cursor to a cell; a color for letters or (`ground`) behind them. */
	void (*move)(void *ctx, struct buf *out, int y, int x);
	void (*color)(void *ctx, struct buf *out, bool ground, int color);
	void *ctx;
};

struct emit;
/* `caps` stays the caller's and in place. */
struct emit *emit_new(const struct caps *caps, const struct theme *t);
void emit_free(struct emit *e);
void emit_theme(struct emit *e, const struct theme *t);
void emit_size(struct emit *e, int rows, int cols); /* the terminal's; nothing is drawn outside */
/* Append what turns `shown` into `next`, of the same size; nothing when they look alike. `all`:
 * nothing is known of what the terminal shows or where its cursor is. */
void emit_frame(struct emit *e, struct buf *out, const struct canvas *shown,
    const struct canvas *next, bool all);
/* Append what takes all attributes off. */
void emit_off(struct emit *e, struct buf *out);

#endif
