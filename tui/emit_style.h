/* Private to the screen: the bytes of each style, made once. */
#ifndef TUI_EMIT_STYLE_H
#define TUI_EMIT_STYLE_H

#include "tui/emit.h"

struct emit_look {
	char *text; /* takes all attributes off and sets these */
	bool clear; /* a space in it shows nothing */
};

enum { EMIT_STYLES = 16 * 16 };

struct emit_styles {
	const struct caps *caps;
	const struct theme *theme;
	const struct emit_look *of[EMIT_STYLES]; /* by style; NULL: not made yet */
	struct emit_look *made[EMIT_STYLES];	 /* each once */
	int n_made;
};

void emit_styles_init(struct emit_styles *s, const struct caps *caps, const struct theme *t);
void emit_styles_fini(struct emit_styles *s);
/* Two styles that look the same have the same look, so pointers can be compared. */
const struct emit_look *emit_look_of(struct emit_styles *s, int style);

#endif
