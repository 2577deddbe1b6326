/* Private to the screen: the bytes that turn one canvas into another, given a terminal's capabilities. */
#ifndef TUI_EMIT_H
#define TUI_EMIT_H

#include <stdbool.h>

#include "base/buf.h"
#include "tui/canvas.h"
#include "tui/theme.h"

/* What a terminal can do; texts are ready to send, NULL where it cannot. */
struct caps {
	const char *off, *bold, *dim, *underline, *reverse; /* attributes */
	const char *wipe_tail, *wipe_all, *hide, *show;
	int colors; /* 0 none, 8, 16, 256, or more: direct */
	bool last_cell_scrolls; /* writing the bottom right cell scrolls the screen */
	/* Append: cursor to, foreground (`ground` false) or background color. */
	void (*move)(void *ctx, struct buf *out, int y, int x);
	void (*color)(void *ctx, struct buf *out, bool ground, int color);
	void *ctx;
};

struct pen {
	int y, x;   /* -1: unknown */
	int style;  /* -1: unknown */
	int cursor; /* 1 shown, 0 hidden, -1 unknown */
};

/* Append what turns `shown` into `next` (of the same size); `all`: nothing is known of the screen. */
void emit_difference(struct buf *out, const struct caps *caps, const struct theme *t, struct pen *pen,
    const struct canvas *shown, const struct canvas *next, bool all);

#endif
