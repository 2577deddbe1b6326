/* The terminal. ncurses knows what it can do (and never writes to it); the difference of two
 * canvases is ours; one write a frame, between CSI ?2026 h and l where it is like xterm. */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "tui/canvas.h"
#include "tui/theme.h"

struct screen;

struct screen_options {
	int in_fd, out_fd;	   /* terminals; out_fd may be any descriptor in tests */
	const char *term;	   /* NULL: $TERM; an unknown entry falls back to xterm-256color */
	const struct theme *theme; /* NULL: the default one */
	bool color;		   /* false: NO_COLOR */
	bool mouse;
	bool raw_only_output; /* tests: no termios, size given by screen_resize */
};

/* Could one be opened on a terminal of that name (NULL: $TERM)? Not on one that cannot place its
 * cursor, such as "dumb". */
bool screen_possible(const char *term);

/* Enter full-screen mode. ERR_USAGE when the terminal has no cursor addressing ("dumb": use --plain
 * or the commands) or is none. A crash handler restores the terminal with one constant string. */
struct screen *screen_open(const struct screen_options *o, struct err *e);
void screen_close(struct screen *s); /* restores everything; safe twice with NULL */

/* The terminal's size now (80x24 until told), from the kernel. */
void screen_size(const struct screen *s, int *rows, int *cols);
void screen_resize(struct screen *s, int rows, int cols); /* next frame is painted whole */
void screen_redraw(struct screen *s);			  /* the same, same size (ctrl-l) */

/* Put the bytes that turn the last frame into `c` on the queue. Frames coalesce: while the terminal
 * is slow only the newest counts. Nothing is queued for an equal frame. */
void screen_draw(struct screen *s, const struct canvas *c);
/* Write what is queued, as much as goes without blocking; true when all is out. Call again when
 * out_fd is writable. */
bool screen_flush(struct screen *s);
size_t screen_pending(const struct screen *s); /* bytes not yet out */
size_t screen_bytes(const struct screen *s);   /* written in all, for measuring */

void screen_suspend(struct screen *s); /* leave for another program */
void screen_resume(struct screen *s);
void screen_set_theme(struct screen *s, const struct theme *t);
void screen_set_mouse(struct screen *s, bool on);
void screen_copy(struct screen *s, const char *text); /* OSC 52, at most 64 KiB */
void screen_bell(struct screen *s);

#endif
