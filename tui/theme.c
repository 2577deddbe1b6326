#include "tui/theme.h"

#include <string.h>

/* Contrast (WCAG 2.1, 1.4.3) of the colors below: default and color-blind at least 6.8 on #1e1e2e,
 * light at least 5.7 on white, high-contrast at least 12 on black; dim text 4.8, 5.3 and 13.6. A
 * test computes it. Meaning never hangs on color: the selected is reversed and marked, states have
 * words. */
const struct theme themes[] = {
	{ "default",
	    {
		[ROLE_PLAIN] = { -1, -1, 0 },
		[ROLE_DIM] = { 245, -1, 0 },
		[ROLE_TITLE] = { -1, -1, STYLE_BOLD },
		[ROLE_HEAD] = { 117, -1, STYLE_BOLD },
		[ROLE_LINE] = { 109, -1, 0 },
		[ROLE_SELECTED] = { -1, -1, STYLE_REVERSE },
		[ROLE_KEY] = { 180, -1, 0 },
		[ROLE_GOOD] = { 114, -1, 0 },
		[ROLE_WARN] = { 221, -1, 0 },
		[ROLE_BAD] = { 210, -1, STYLE_BOLD },
		[ROLE_TECHNICAL] = { 117, -1, 0 },
		[ROLE_PROCESS] = { 150, -1, 0 },
		[ROLE_ORGANIZATION] = { 216, -1, 0 },
		[ROLE_COUNT] = { 180, -1, 0 },
		[ROLE_ENTRY] = { -1, -1, 0 },
		[ROLE_NEW] = { 221, -1, STYLE_BOLD },
	    } },
	{ "light",
	    {
		[ROLE_PLAIN] = { -1, -1, 0 },
		[ROLE_DIM] = { 242, -1, 0 },
		[ROLE_TITLE] = { -1, -1, STYLE_BOLD },
		[ROLE_HEAD] = { 24, -1, STYLE_BOLD },
		[ROLE_LINE] = { 60, -1, 0 },
		[ROLE_SELECTED] = { -1, -1, STYLE_REVERSE },
		[ROLE_KEY] = { 94, -1, 0 },
		[ROLE_GOOD] = { 22, -1, 0 },
		[ROLE_WARN] = { 94, -1, 0 },
		[ROLE_BAD] = { 124, -1, STYLE_BOLD },
		[ROLE_TECHNICAL] = { 24, -1, 0 },
		[ROLE_PROCESS] = { 22, -1, 0 },
		[ROLE_ORGANIZATION] = { 90, -1, 0 },
		[ROLE_COUNT] = { 94, -1, 0 },
		[ROLE_ENTRY] = { -1, -1, 0 },
		[ROLE_NEW] = { 124, -1, STYLE_BOLD },
	    } },
	{ "mono",
	    {
		[ROLE_PLAIN] = { -1, -1, 0 },
		[ROLE_DIM] = { -1, -1, 0 },
		[ROLE_TITLE] = { -1, -1, STYLE_BOLD },
		[ROLE_HEAD] = { -1, -1, STYLE_BOLD },
		[ROLE_LINE] = { -1, -1, 0 },
		[ROLE_SELECTED] = { -1, -1, STYLE_REVERSE },
		[ROLE_KEY] = { -1, -1, STYLE_BOLD },
		[ROLE_GOOD] = { -1, -1, 0 },
		[ROLE_WARN] = { -1, -1, STYLE_BOLD },
		[ROLE_BAD] = { -1, -1, STYLE_BOLD | STYLE_UNDERLINE },
		[ROLE_TECHNICAL] = { -1, -1, 0 },
		[ROLE_PROCESS] = { -1, -1, 0 },
		[ROLE_ORGANIZATION] = { -1, -1, 0 },
		[ROLE_COUNT] = { -1, -1, 0 },
		[ROLE_ENTRY] = { -1, -1, 0 },
		[ROLE_NEW] = { -1, -1, STYLE_BOLD },
	    } },
	{ "high-contrast",
	    {
		[ROLE_PLAIN] = { 231, 16, 0 },
		[ROLE_DIM] = { 252, 16, 0 },
		[ROLE_TITLE] = { 231, 16, STYLE_BOLD },
		[ROLE_HEAD] = { 51, 16, STYLE_BOLD },
		[ROLE_LINE] = { 231, 16, 0 },
		[ROLE_SELECTED] = { 231, 16, STYLE_REVERSE | STYLE_BOLD },
		[ROLE_KEY] = { 226, 16, STYLE_BOLD },
		[ROLE_GOOD] = { 46, 16, 0 },
		[ROLE_WARN] = { 226, 16, STYLE_BOLD },
		[ROLE_BAD] = { 217, 16, STYLE_BOLD },
		[ROLE_TECHNICAL] = { 51, 16, 0 },
		[ROLE_PROCESS] = { 120, 16, 0 },
		[ROLE_ORGANIZATION] = { 222, 16, 0 },
		[ROLE_COUNT] = { 226, 16, 0 },
		[ROLE_ENTRY] = { 231, 16, 0 },
		[ROLE_NEW] = { 226, 16, STYLE_BOLD },
	    } },
	/* Blue, orange and gray stay apart with every common kind of color blindness (Okabe and
	   Ito). */
	{ "color-blind",
	    {
		[ROLE_PLAIN] = { -1, -1, 0 },
		[ROLE_DIM] = { 245, -1, 0 },
		[ROLE_TITLE] = { -1, -1, STYLE_BOLD },
		[ROLE_HEAD] = { 117, -1, STYLE_BOLD },
		[ROLE_LINE] = { 250, -1, 0 },
		[ROLE_SELECTED] = { -1, -1, STYLE_REVERSE },
		[ROLE_KEY] = { 215, -1, 0 },
		[ROLE_GOOD] = { 117, -1, 0 },
		[ROLE_WARN] = { 215, -1, STYLE_BOLD },
		[ROLE_BAD] = { 208, -1, STYLE_BOLD | STYLE_UNDERLINE },
		[ROLE_TECHNICAL] = { 117, -1, 0 },
		[ROLE_PROCESS] = { 229, -1, 0 },
		[ROLE_ORGANIZATION] = { 215, -1, 0 },
		[ROLE_COUNT] = { 229, -1, 0 },
		[ROLE_ENTRY] = { -1, -1, 0 },
		[ROLE_NEW] = { 229, -1, STYLE_BOLD },
	    } },
};
const int n_themes = (int)(sizeof themes / sizeof *themes);

const struct theme *
theme_find(const char *name)
{
	for (int i = 0; i < n_themes; i++)
		if (strcmp(themes[i].name, name) == 0)
			return &themes[i];
	return NULL;
}

struct look
theme_look(const struct theme *t, int style)
{
	int role = style & 0xff;
	struct look l = t->looks[role < N_ROLES ? role : ROLE_PLAIN];

	l.attrs |= style & ~0xff;
	return l;
}

void
theme_rgb(int color, unsigned char rgb[3])
{
	static const unsigned char basic[16][3] = { { 0, 0, 0 }, { 205, 0, 0 }, { 0, 205, 0 },
		{ 205, 205, 0 }, { 0, 0, 238 }, { 205, 0, 205 }, { 0, 205, 205 }, { 229, 229, 229 },
		{ 127, 127, 127 }, { 255, 0, 0 }, { 0, 255, 0 }, { 255, 255, 0 }, { 92, 92, 255 },
		{ 255, 0, 255 }, { 0, 255, 255 }, { 255, 255, 255 } };

	if (color < 16) {
		memcpy(rgb, basic[color < 0 ? 7 : color], 3);
	} else if (color < 232) {
		int n = color - 16, part[3] = { n / 36, n / 6 % 6, n % 6 };
		for (int i = 0; i < 3; i++)
			rgb[i] = (unsigned char)(part[i] ? 55 + 40 * part[i] : 0);
	} else {
		memset(rgb, 8 + 10 * (color - 232), 3);
	}
}
