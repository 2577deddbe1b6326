/* A canvas as something to print: plain text, text with ANSI colors, or an SVG picture. */
#ifndef TUI_EXPORT_H
#define TUI_EXPORT_H

#include <stdbool.h>

#include "base/buf.h"
#include "tui/canvas.h"
#include "tui/theme.h"

/* Every row is padded to the full width and ends in a newline: an exact rectangle. */
void export_text(struct buf *out, const struct canvas *c);
void export_ansi(struct buf *out, const struct canvas *c, const struct theme *t, bool color);
/* Cell-exact: text is selectable, box drawing and blocks are real lines. Background by theme. */
void export_svg(struct buf *out, const struct canvas *c, const struct theme *t, const char *title);
/* Text rows (each ends in "|"), and under a row that has styles a row of a letter a cell for them
 * (golden frames). */
void export_frame(struct buf *out, const struct canvas *c);

#endif
