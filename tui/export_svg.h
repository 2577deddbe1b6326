/* Private to tui/export_svg*.c: a picture being made. */
#ifndef TUI_EXPORT_SVG_H
#define TUI_EXPORT_SVG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "tui/canvas.h"
#include "tui/theme.h"

/* A cell's size and the margin, in the picture's units. */
enum { SVG_CW = 9, SVG_CH = 18, SVG_PAD = 9 };

enum svg_kind {
	SVG_THIN,
	SVG_HEAVY,
	SVG_DASHED,
	SVG_HEAVY_DASHED,
	SVG_FULL,
	SVG_LIGHT,
	SVG_MEDIUM,
	SVG_DARK
};

/* All that is drawn in one color and one way. */
struct svg_path {
	const char *ink;
	enum svg_kind kind;
	struct buf d;
};

struct svg {
	const struct canvas *c;
	const struct theme *t;
	char paper[8], ink[8]; /* "#rrggbb" */
	char inks[256][2][8];  /* by style: of letters, of the ground; empty: not known yet */
	struct svg_path *paths;
	size_t n_paths, cap_paths;
};

/* A style's color, of the letters or of the ground behind them; the same pointer for the same
 * style. */
const char *svg_ink(struct svg *s, int style, bool ground);
/* The path to add to. */
struct buf *svg_path(struct svg *s, const char *ink, enum svg_kind kind);
/* Is this character drawn as lines or areas (and not as text)? */
bool svg_is_drawn(uint32_t glyph);
/* Add all of those on the canvas to the paths: they join from cell to cell. */
void svg_add_lines(struct svg *s);
void svg_add_blocks(struct svg *s);

#endif
