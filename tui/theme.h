/* How roles look: themes as a table. Nothing may depend on color alone. */
#ifndef TUI_THEME_H
#define TUI_THEME_H

#include <stdbool.h>

#include "tui/canvas.h"

struct look {
	int fg, bg; /* -1: the terminal's default; else 0 to 255 of the xterm palette */
	int attrs;  /* STYLE_BOLD ... */
};

struct theme {
	const char *name; /* "default", "light", "mono", "high-contrast", "color-blind" */
	struct look looks[N_ROLES];
};

extern const struct theme themes[];
extern const int n_themes;

const struct theme *theme_find(const char *name); /* NULL when there is none */
/* The look of a style under a theme: the role's, with the style's own attributes added. */
struct look theme_look(const struct theme *t, int style);
/* Red, green, blue of a palette color, as xterm draws it. */
void theme_rgb(int color, unsigned char rgb[3]);

#endif
