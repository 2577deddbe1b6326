/* How roles look: themes as a table. Nothing may depend on color alone. */
#ifndef TUI_THEME_H
#define TUI_THEME_H

#include <stdbool.h>

#include "tui/canvas.h"

struct look {
	int fg, bg; /* -1: the terminal's default; else 0 to 255 of the xterm palette */
	int attrs;  /* STYLE_BOLD ... */
};

/* What a theme is made to be read on. GROUND_OWN: it paints its own; GROUND_ANY: it has no colors. */
enum ground { GROUND_DARK, GROUND_LIGHT, GROUND_OWN, GROUND_ANY };

/* The least contrast on the usual grounds of its kind (dark: #000000 and #1e1e2e; light: #ffffff
 * and #fdf6e3; its own: that), of dim text, of drawn lines and marks, of all other text. The
 * terminal's own letters are as the terminal has them. 0: no colors. */
struct contrast {
	double dim, marks, text;
};

struct theme {
	const char *name; /* "default", "light", "mono", "high-contrast", "color-blind", ... */
	enum ground ground;
	struct contrast least;
	struct look looks[N_ROLES];
};

extern const struct theme themes[];
extern const int n_themes;

const struct theme *theme_find(const char *name); /* NULL when there is none */
/* The theme for a terminal: of that name, or where none is asked for (NULL) that of its ground; who
 * asks for color-blind on a light ground gets the one made for that. NULL: there is none. */
const struct theme *theme_on(const char *name, bool light);
/* What $COLORFGBG says of the terminal's ground; false also where it says nothing (NULL). */
bool theme_ground_is_light(const char *colorfgbg);
/* The look of a style under a theme: the role's, with the style's own attributes added. */
struct look theme_look(const struct theme *t, int style);
/* Red, green, blue of a palette color, as xterm draws it. */
void theme_rgb(int color, unsigned char rgb[3]);
/* The one of the first 8 or 16 colors that stands for it; -1: the terminal's own letters, where
 * none of them could be read on the same ground. */
int theme_small(int color, int colors);

#endif
