#include "tui/theme.h"

#include <string.h>

/* How contrast is reckoned: the ratio of relative luminances of WCAG 2.1, success criterion 1.4.3
 * (https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio), from what theme_rgb says of each color. The
 * least of each theme on its grounds stands beside its name; a test computes it anew. What meets
 * the eye of who sees no red or no green is reckoned by the matrices of Machado, Oliveira and
 * Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009).
 * Meaning never hangs on color: the selected is reversed and marked, states have words. */
const struct theme themes[] = {
	{ "default", GROUND_DARK, { 4.7, 6.8, 7.0 },
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
	{ "light", GROUND_LIGHT, { 4.8, 5.6, 5.3 },
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
	{ "mono", GROUND_ANY, { 0 },
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
	{ "high-contrast", GROUND_OWN, { 13.6, 21.0, 12.0 },
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
	/* Blue, yellow and orange stay apart with every common kind of color blindness. */
	{ "color-blind", GROUND_DARK, { 4.7, 8.6, 6.8 },
	    {
		[ROLE_PLAIN] = { -1, -1, 0 },
		[ROLE_DIM] = { 245, -1, 0 },
		[ROLE_TITLE] = { -1, -1, STYLE_BOLD },
		[ROLE_HEAD] = { 117, -1, STYLE_BOLD },
		[ROLE_LINE] = { 250, -1, 0 },
		[ROLE_SELECTED] = { -1, -1, STYLE_REVERSE },
		[ROLE_KEY] = { 215, -1, 0 },
		[ROLE_GOOD] = { 117, -1, 0 },
		[ROLE_WARN] = { 229, -1, STYLE_BOLD },
		[ROLE_BAD] = { 208, -1, STYLE_BOLD | STYLE_UNDERLINE },
		[ROLE_TECHNICAL] = { 117, -1, 0 },
		[ROLE_PROCESS] = { 229, -1, 0 },
		[ROLE_ORGANIZATION] = { 208, -1, 0 },
		[ROLE_COUNT] = { 229, -1, 0 },
		[ROLE_ENTRY] = { -1, -1, 0 },
		[ROLE_NEW] = { 229, -1, STYLE_BOLD },
	    } },
	{ "color-blind-light", GROUND_LIGHT, { 4.8, 6.5, 5.0 },
	    {
		[ROLE_PLAIN] = { -1, -1, 0 },
		[ROLE_DIM] = { 242, -1, 0 },
		[ROLE_TITLE] = { -1, -1, STYLE_BOLD },
		[ROLE_HEAD] = { 24, -1, STYLE_BOLD },
		[ROLE_LINE] = { 240, -1, 0 },
		[ROLE_SELECTED] = { -1, -1, STYLE_REVERSE },
		[ROLE_KEY] = { 94, -1, 0 },
		[ROLE_GOOD] = { 24, -1, 0 },
		[ROLE_WARN] = { 57, -1, STYLE_BOLD },
		[ROLE_BAD] = { 160, -1, STYLE_BOLD | STYLE_UNDERLINE },
		[ROLE_TECHNICAL] = { 24, -1, 0 },
		[ROLE_PROCESS] = { 21, -1, 0 },
		[ROLE_ORGANIZATION] = { 94, -1, 0 },
		[ROLE_COUNT] = { 94, -1, 0 },
		[ROLE_ENTRY] = { -1, -1, 0 },
		[ROLE_NEW] = { 57, -1, STYLE_BOLD },
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

const struct theme *
theme_on(const char *name, bool light)
{
	if (name == NULL)
		return theme_find(light ? "light" : "default");
	if (light && strcmp(name, "color-blind") == 0)
		return theme_find("color-blind-light");
	return theme_find(name);
}

bool
theme_ground_is_light(const char *colorfgbg)
{
	const char *last = colorfgbg != NULL ? strrchr(colorfgbg, ';') : NULL;

	return last != NULL && (strcmp(last, ";7") == 0 || strcmp(last, ";15") == 0);
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

/* Relative luminance in thousandths, near enough: the square for the power of 2.4. */
static int
luminance(const unsigned char rgb[3])
{
	return (2126 * rgb[0] * rgb[0] + 7152 * rgb[1] * rgb[1] + 722 * rgb[2] * rgb[2]) /
	       (255 * 255 * 10);
}

/* Can it be read where the color itself can? Dark ink is for light grounds, light ink for dark
 * ones. */
static bool
reads_alike(int small, const unsigned char rgb[3])
{
	enum { MIDDLE = 200, LIGHT_MOST = 300, DARK_LEAST = 110 };
	unsigned char other[3];
	int its;

	theme_rgb(small, other);
	its = luminance(other);
	return luminance(rgb) < MIDDLE ? its <= LIGHT_MOST : its >= DARK_LEAST;
}

int
theme_small(int color, int colors)
{
	unsigned char rgb[3];
	int most, least, bits;

	theme_rgb(color, rgb);
	most = rgb[0] > rgb[1] ? rgb[0] : rgb[1];
	most = rgb[2] > most ? rgb[2] : most;
	least = rgb[0] < rgb[1] ? rgb[0] : rgb[1];
	least = rgb[2] < least ? rgb[2] : least;
	if (most < 48)
		return 0;
	if (most - least < 32)
		return most > 200 ? (colors >= 16 ? 15 : 7) : colors >= 16 ? 8 : -1;
	bits = (rgb[0] * 3 > most * 2 ? 1 : 0) | (rgb[1] * 3 > most * 2 ? 2 : 0) |
	       (rgb[2] * 3 > most * 2 ? 4 : 0);
	if (colors >= 16 && most > 200 && bits != 7 && reads_alike(bits + 8, rgb))
		return bits + 8;
	return reads_alike(bits, rgb) ? bits : -1;
}
